//! A file on the user's own disk that is written again and again, where the
//! browser can do that (WICG File System Access: Chromium, on secure pages).

use crate::browser::files::FileError;
use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::prelude::{JsCast, JsValue, wasm_bindgen};
use wasm_bindgen_futures::JsFuture;
use web_sys::DomException;

// web-sys has these only as unstable, or not at all.
#[wasm_bindgen]
extern "C" {
    type WithPicker;
    /// Missing where there is no such thing.
    #[wasm_bindgen(method, getter, js_name = showSaveFilePicker)]
    fn picker(this: &WithPicker) -> Option<Function>;
    #[wasm_bindgen(method, getter, js_name = showOpenFilePicker)]
    fn opener(this: &WithPicker) -> Option<Function>;

    /// A `FileSystemFileHandle`.
    #[derive(Debug, Clone)]
    type Handle;
    #[wasm_bindgen(method, getter)]
    fn name(this: &Handle) -> String;
    #[wasm_bindgen(method, getter, js_name = queryPermission)]
    fn query(this: &Handle) -> Option<Function>;
    #[wasm_bindgen(method, getter, js_name = requestPermission)]
    fn request(this: &Handle) -> Option<Function>;
    #[wasm_bindgen(method, catch, js_name = getFile)]
    fn get_file(this: &Handle) -> Result<Promise, JsValue>;
    #[wasm_bindgen(method, catch, js_name = createWritable)]
    fn create_writable(this: &Handle) -> Result<Promise, JsValue>;

    /// A `FileSystemWritableFileStream`.
    type Writable;
    #[wasm_bindgen(method, catch)]
    fn write(this: &Writable, text: &str) -> Result<Promise, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn close(this: &Writable) -> Result<Promise, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn abort(this: &Writable) -> Result<Promise, JsValue>;
}

/// Whether the page may read and write a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Permission {
    /// It may.
    Granted,
    /// The user is to be asked, which needs a click.
    Ask,
    /// The user has said no.
    Denied,
}

/// A file that the user linked.
#[derive(Debug, Clone)]
pub struct LinkedFile {
    handle: Handle,
}

/// Whether this browser can link a file at all.
#[must_use]
pub fn can_link() -> bool {
    picker().is_some()
}

fn picker() -> Option<Function> {
    web_sys::window()?.unchecked_into::<WithPicker>().picker()
}

fn opener() -> Option<Function> {
    web_sys::window()?.unchecked_into::<WithPicker>().opener()
}

/// What is not to be had here.
fn missing() -> JsValue {
    JsValue::from_str("no file can be linked here")
}

impl LinkedFile {
    /// Lets the user say where a file is to be and what it is called; needs a
    /// click. `None` when the user thinks better of it.
    ///
    /// A file that is there already is emptied as soon as it is chosen, so it
    /// can't be read first, and should be written at once.
    ///
    /// # Errors
    /// When the browser can't, or won't without a click.
    pub async fn choose(suggested_name: &str) -> Result<Option<Self>, FileError> {
        let options = Self::options()?;
        Reflect::set(&options, &"suggestedName".into(), &suggested_name.into())?;
        Self::picked(picker().ok_or_else(missing)?, &options).await
    }

    /// Lets the user choose a file that is there; needs a click, and stays as it
    /// is. `None` when the user thinks better of it.
    ///
    /// # Errors
    /// When the browser can't, or won't without a click.
    pub async fn open() -> Result<Option<Self>, FileError> {
        let options = Self::options()?;
        Self::picked(opener().ok_or_else(missing)?, &options).await
    }

    fn options() -> Result<Object, JsValue> {
        let accept = Object::new();
        Reflect::set(&accept, &"application/json".into(), &Array::of1(&".json".into()))?;
        let kind = Object::new();
        Reflect::set(&kind, &"accept".into(), &accept)?;
        let options = Object::new();
        Reflect::set(&options, &"types".into(), &Array::of1(&kind))?;
        // By this the browser knows which folder to begin in the next time.
        Reflect::set(&options, &"id".into(), &"ask-around".into())?;
        Ok(options)
    }

    async fn picked(picker: Function, options: &Object) -> Result<Option<Self>, FileError> {
        let chosen: Promise = picker.call1(&JsValue::UNDEFINED, options)?.unchecked_into();
        match JsFuture::from(chosen).await {
            // One picker gives a file, the other a list of them.
            Ok(handle) => match handle.dyn_ref::<Array>() {
                Some(list) => Ok(Some(Self::from_handle(list.get(0)))),
                None => Ok(Some(Self::from_handle(handle))),
            },
            Err(error) => match error.dyn_ref::<DomException>() {
                Some(known) if known.name() == "AbortError" => Ok(None),
                _ => Err(error.into()),
            },
        }
    }

    /// The file of a handle that was kept. It must be a `FileSystemFileHandle`.
    #[must_use]
    pub fn from_handle(handle: JsValue) -> Self {
        Self { handle: handle.unchecked_into() }
    }

    /// The handle, to be kept; IndexedDB can.
    #[must_use]
    pub fn handle(&self) -> &JsValue {
        &self.handle
    }

    /// The name of the file. Where it lies the browser does not tell.
    #[must_use]
    pub fn name(&self) -> String {
        self.handle.name()
    }

    /// Whether it may be written; nobody is asked.
    pub async fn permission(&self) -> Permission {
        self.permission_by(self.handle.query()).await
    }

    /// Asks the user, if need be; needs a click.
    pub async fn ask_permission(&self) -> Permission {
        self.permission_by(self.handle.request()).await
    }

    async fn permission_by(&self, asking: Option<Function>) -> Permission {
        // Files for which there is nothing to ask, such as a site's private ones,
        // have no such function in some browsers.
        let Some(asking) = asking else { return Permission::Granted };
        let asked = async {
            let options = Object::new();
            Reflect::set(&options, &"mode".into(), &"readwrite".into())?;
            let said: Promise = asking.call1(&self.handle, &options)?.unchecked_into();
            JsFuture::from(said).await
        };
        // An error, such as a click that is missing, is not a no.
        match asked.await.ok().and_then(|said| said.as_string()).as_deref() {
            Some("granted") => Permission::Granted,
            Some("denied") => Permission::Denied,
            _ => Permission::Ask,
        }
    }

    /// What is in it. Bytes that are not UTF-8 come out as replacement marks.
    ///
    /// # Errors
    /// When it is gone, or may not be read.
    pub async fn read(&self) -> Result<String, FileError> {
        let file: web_sys::File = JsFuture::from(self.handle.get_file()?).await?.unchecked_into();
        let text = JsFuture::from(file.text()).await?;
        Ok(text.as_string().ok_or_else(|| JsValue::from_str("it is not text"))?)
    }

    /// Replaces what is in it. The browser writes another file beside it and swaps
    /// the two when that is whole, so after an error the old text is still there.
    ///
    /// # Errors
    /// When it may not be written, its folder is gone, or the disk is full.
    pub async fn write(&self, text: &str) -> Result<(), FileError> {
        let writable: Writable =
            JsFuture::from(self.handle.create_writable()?).await?.unchecked_into();
        let written = async {
            JsFuture::from(writable.write(text)?).await?;
            JsFuture::from(writable.close()?).await
        };
        if let Err(error) = written.await {
            // What was begun is thrown away; if it is gone already, so much the better.
            if let Ok(gone) = writable.abort() {
                let _ = JsFuture::from(gone).await;
            }
            return Err(error.into());
        }
        Ok(())
    }
}
