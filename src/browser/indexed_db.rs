//! The browser's database, IndexedDB: a second home for texts, beside localStorage.
//!
//! localStorage takes a text at once, but the browser may bring it to the disk
//! seconds later. This one answers later, and means it: what it says is
//! complete is on the disk. It also has room for what localStorage has not.
//!
//! It may be denied, broken, held up by another tab, or taken away at any time.
//! So it opens or it doesn't, and whatever goes wrong later is an answer like
//! any other. Other apps may share the origin: only [`NAME`] is ever touched.

use crate::browser::words_of;
use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    Event, EventTarget, IdbDatabase, IdbObjectStore, IdbRequest, IdbTransaction, IdbTransactionMode,
};

const NAME: &str = "ask-around";
const VERSION: u32 = 1;
/// Records by their key, text for text as in localStorage.
const TEXTS: &str = "texts";
/// Copies of everything at one time, by id.
const SNAPSHOTS: &str = "snapshots";
/// What each copy is of, by the same id: so that listing them reads none.
const ABOUTS: &str = "abouts";
/// What the browser gives only as objects, such as the way to a file.
const HANDLES: &str = "handles";
const FILE: &str = "file";

/// How long the start of the app may wait for the database.
const PATIENCE_MS: i32 = 1_500;

// The bindings can't ask for durability yet, and pass every text through an object of its own.
#[wasm_bindgen]
extern "C" {
    #[derive(Debug, Clone)]
    #[wasm_bindgen(extends = IdbDatabase)]
    type Connection;

    #[wasm_bindgen(method, catch)]
    fn transaction(
        this: &Connection,
        stores: &JsValue,
        mode: IdbTransactionMode,
        options: &Object,
    ) -> Result<Transaction, JsValue>;

    #[wasm_bindgen(method, catch, js_name = createObjectStore)]
    fn create(this: &Connection, store: &str) -> Result<(), JsValue>;

    // As a value, to be called by the browser itself.
    #[wasm_bindgen(method, getter, js_name = close)]
    fn close_function(this: &Connection) -> Function;

    #[wasm_bindgen(extends = IdbTransaction, extends = EventTarget)]
    type Transaction;

    #[wasm_bindgen(method, catch, js_name = objectStore)]
    fn store(this: &Transaction, name: &str) -> Result<Store, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn commit(this: &Transaction) -> Result<(), JsValue>;

    #[wasm_bindgen(extends = IdbObjectStore)]
    type Store;

    #[wasm_bindgen(method, catch)]
    fn get(this: &Store, key: &str) -> Result<IdbRequest, JsValue>;

    #[wasm_bindgen(method, catch, js_name = put)]
    fn put_text(this: &Store, text: &str, key: &str) -> Result<(), JsValue>;

    #[wasm_bindgen(method, catch, js_name = put)]
    fn put_object(this: &Store, object: &JsValue, key: &str) -> Result<(), JsValue>;

    #[wasm_bindgen(method, catch)]
    fn delete(this: &Store, key: &str) -> Result<(), JsValue>;

    #[wasm_bindgen(method, catch)]
    fn clear(this: &Store) -> Result<(), JsValue>;
}

/// Why the database did not do as it was told, in the browser's words.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct DatabaseError(String);

impl From<JsValue> for DatabaseError {
    fn from(error: JsValue) -> Self {
        Self(words_of(&error))
    }
}

/// The database, open. When another tab wants it gone, or its owner clears it
/// away, it closes; from then on every call fails.
#[derive(Debug, Clone)]
pub struct Database {
    raw: Connection,
}

impl Database {
    /// Opens the database, and makes it if it is not there. `None` when it is
    /// denied, broken or newer than this app, or when it has not answered
    /// within a second and a half: the app must start without it.
    pub async fn open() -> Option<Self> {
        let factory = web_sys::window()?.indexed_db().ok()??;
        let request = factory.open_with_u32(NAME, VERSION).ok()?;
        let opening = request.clone();
        let prepare = Closure::<dyn Fn()>::new(move || {
            if let Ok(raw) = opening.result() {
                let raw: Connection = raw.unchecked_into();
                // Whoever wants it gone would wait for us for ever.
                raw.set_onversionchange(Some(&raw.close_function().bind0(&raw)));
                for store in &[TEXTS, SNAPSHOTS, ABOUTS, HANDLES] {
                    // Works while the database is being made, and only then.
                    let _ = raw.create(store);
                }
            }
        });
        let listener = Some(prepare.as_ref().unchecked_ref());
        request.set_onupgradeneeded(listener);
        request.set_onsuccess(listener);
        if answered(&request, true).await.is_err() {
            // It may still open after we gave up, and even then it is to be made whole.
            prepare.forget();
            return None;
        }
        Some(Self { raw: request.result().ok()?.unchecked_into() })
    }

    /// Every key with its text.
    ///
    /// # Errors
    /// When the database can't be read, or takes longer than a second and a half.
    pub async fn texts(&self) -> Result<Vec<(String, String)>, DatabaseError> {
        self.all(TEXTS, true).await
    }

    /// Makes all these changes or none, in one transaction: forgets every text
    /// if `clear`, then puts each text at its key, or removes it where there is
    /// none. The changes of a later call come after those of an earlier one.
    ///
    /// The browser has been told everything when this returns, so it goes on
    /// even if the page does not. `on_done` is always called later: with `true`
    /// once everything is on the disk, with `false` if nothing was changed.
    pub fn put(
        &self,
        clear: bool,
        changes: &[(String, Option<String>)],
        on_done: impl FnOnce(bool) + 'static,
    ) {
        let written = self.write(&TEXTS.into(), &mut |transaction| {
            let store = transaction.store(TEXTS)?;
            if clear {
                store.clear()?;
            }
            for (key, text) in changes {
                match text {
                    Some(text) => store.put_text(text, key)?,
                    None => store.delete(key)?,
                }
            }
            Ok(())
        });
        tell(written, Box::new(on_done));
    }

    /// The id of every snapshot, with what it is of.
    ///
    /// # Errors
    /// When the database can't be read.
    pub async fn abouts(&self) -> Result<Vec<(String, String)>, DatabaseError> {
        self.all(ABOUTS, false).await
    }

    /// The text of a snapshot, if it is there.
    ///
    /// # Errors
    /// When the database can't be read.
    pub async fn snapshot(&self, id: &str) -> Result<Option<String>, DatabaseError> {
        Ok(self.one(SNAPSHOTS, id).await?.as_string())
    }

    /// Removes some snapshots and adds one, all or nothing. When this is done
    /// the snapshot is on the disk.
    ///
    /// # Errors
    /// When there is no room, or the database refuses; then nothing has changed.
    pub async fn add_snapshot(
        &self,
        id: &str,
        about: &str,
        text: &str,
        remove: &[String],
    ) -> Result<(), DatabaseError> {
        self.change_snapshots(remove, Some((id, about, text))).await
    }

    /// Removes some snapshots, all or nothing.
    ///
    /// # Errors
    /// When the database refuses; then nothing has changed.
    pub async fn remove_snapshots(&self, ids: &[String]) -> Result<(), DatabaseError> {
        self.change_snapshots(ids, None).await
    }

    /// The object kept by [`Database::set_handle`], if any.
    ///
    /// # Errors
    /// When the database can't be read.
    pub async fn handle(&self) -> Result<Option<JsValue>, DatabaseError> {
        let handle = self.one(HANDLES, FILE).await?;
        Ok((!handle.is_undefined()).then_some(handle))
    }

    /// Keeps an object that the browser gave, in place of the one before, or none.
    ///
    /// # Errors
    /// When the database refuses, or the object can't be kept; then the one
    /// before is still there.
    pub async fn set_handle(&self, handle: Option<&JsValue>) -> Result<(), DatabaseError> {
        let written = self.write(&HANDLES.into(), &mut |transaction| {
            let store = transaction.store(HANDLES)?;
            match handle {
                Some(handle) => store.put_object(handle, FILE),
                None => store.delete(FILE),
            }
        });
        done(written).await
    }

    fn begin(&self, stores: &JsValue, mode: IdbTransactionMode) -> Result<Transaction, JsValue> {
        let options = Object::new();
        // Else complete would only mean that the disk has been asked. A plain object takes it.
        let _ = Reflect::set(&options, &"durability".into(), &"strict".into());
        self.raw.transaction(stores, mode, &options)
    }

    async fn all(&self, name: &str, hurry: bool) -> Result<Vec<(String, String)>, DatabaseError> {
        let store = self.begin(&name.into(), IdbTransactionMode::Readonly)?.store(name)?;
        let keys = store.get_all_keys()?;
        let texts = store.get_all()?;
        // Both are of one moment, and the answer to the later comes last.
        answered(&texts, hurry).await.map_err(failure)?;
        let keys: Array = keys.result()?.unchecked_into();
        let texts: Array = texts.result()?.unchecked_into();
        let mut all = Vec::new();
        for at in 0..keys.length() {
            // Whatever is not text is not ours to read.
            if let (Some(key), Some(text)) = (keys.get(at).as_string(), texts.get(at).as_string()) {
                all.push((key, text));
            }
        }
        Ok(all)
    }

    async fn one(&self, name: &str, key: &str) -> Result<JsValue, DatabaseError> {
        let store = self.begin(&name.into(), IdbTransactionMode::Readonly)?.store(name)?;
        let request = store.get(key)?;
        answered(&request, false).await.map_err(failure)?;
        Ok(request.result()?)
    }

    async fn change_snapshots(
        &self,
        remove: &[String],
        add: Option<(&str, &str, &str)>,
    ) -> Result<(), DatabaseError> {
        let stores = Array::of2(&SNAPSHOTS.into(), &ABOUTS.into());
        let written = self.write(&stores, &mut |transaction| {
            let snapshots = transaction.store(SNAPSHOTS)?;
            let abouts = transaction.store(ABOUTS)?;
            for id in remove {
                snapshots.delete(id)?;
                abouts.delete(id)?;
            }
            if let Some((id, about, text)) = add {
                snapshots.put_text(text, id)?;
                abouts.put_text(about, id)?;
            }
            Ok(())
        });
        done(written).await
    }

    /// Tells the browser everything that `changes` does, in one transaction.
    fn write(
        &self,
        stores: &JsValue,
        changes: &mut dyn FnMut(&Transaction) -> Result<(), JsValue>,
    ) -> Result<JsFuture, DatabaseError> {
        let transaction = self.begin(stores, IdbTransactionMode::Readwrite)?;
        if let Err(error) = changes(&transaction) {
            // Half of it must not stay.
            let _ = transaction.abort();
            return Err(error.into());
        }
        // Else it would be kept only once the page has heard of every change. A browser
        // that does not know the word does just that.
        let _ = transaction.commit();
        Ok(settled(&transaction, "complete", "abort", false))
    }
}

/// Waits for the answer to a request, at most [`PATIENCE_MS`] if in a `hurry`.
fn answered(request: &IdbRequest, hurry: bool) -> JsFuture {
    settled(request, "success", "error", hurry)
}

/// Waits for the one event or fails with the other. Listens from now on.
fn settled(target: &EventTarget, good: &str, bad: &str, hurry: bool) -> JsFuture {
    // The browser calls the ends of the promise itself: there is no closure to keep or to free.
    JsFuture::from(Promise::new(&mut |resolve, reject| {
        let _ = target.add_event_listener_with_callback(good, &resolve);
        let _ = target.add_event_listener_with_callback(bad, &reject);
        if let Some(window) = web_sys::window().filter(|_| hurry) {
            let _ =
                window.set_timeout_with_callback_and_timeout_and_arguments_0(&reject, PATIENCE_MS);
        }
    }))
}

/// Why it was not [`settled`]: the event says, and a clock that ran out says nothing.
fn failure(event: JsValue) -> DatabaseError {
    if event.is_undefined() {
        return DatabaseError("it did not answer in time".to_owned());
    }
    let target = event.unchecked_into::<Event>().target();
    let error = target.and_then(|target| Reflect::get(&target, &"error".into()).ok());
    error.unwrap_or_default().into()
}

async fn done(written: Result<JsFuture, DatabaseError>) -> Result<(), DatabaseError> {
    written?.await.map(|_| ()).map_err(failure)
}

fn tell(written: Result<JsFuture, DatabaseError>, on_done: Box<dyn FnOnce(bool)>) {
    spawn_local(async move { on_done(done(written).await.is_ok()) });
}
