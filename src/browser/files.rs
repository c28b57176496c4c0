//! Files out of and into the browser, without a server.

use crate::browser::words_of;
use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};

/// Why a file could not be handed over or read, in the browser's words.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct FileError(String);

impl From<JsValue> for FileError {
    fn from(error: JsValue) -> Self {
        Self(words_of(&error))
    }
}

/// The media type of a backup file.
pub const BACKUP: &str = "application/json";

/// Offers `text` as a download called `name`, a file of the kind `media_type`
/// (RFC 6838), in UTF-8. The browser decides where it goes.
///
/// # Errors
/// When the browser refuses to make the file.
pub fn download(name: &str, media_type: &str, text: &str) -> Result<(), FileError> {
    let parts = js_sys::Array::of1(&JsValue::from_str(text));
    let options = web_sys::BlobPropertyBag::new();
    options.set_type(media_type);
    let blob = web_sys::Blob::new_with_str_sequence_and_options(&parts, &options)?;
    let address = web_sys::Url::create_object_url_with_blob(&blob)?;
    let document = web_sys::window()
        .and_then(|window| window.document())
        .ok_or_else(|| FileError("there is no page".to_owned()))?;
    let link: web_sys::HtmlAnchorElement = document.create_element("a")?.unchecked_into();
    link.set_href(&address);
    link.set_download(name);
    link.click();
    // The browser takes the file when it gets round to it, so let go of it a good while later.
    set_timeout(
        move || {
            let _ = web_sys::Url::revoke_object_url(&address);
        },
        std::time::Duration::from_secs(60),
    );
    Ok(())
}

/// A file that the user chose.
#[derive(Debug, Clone)]
pub struct Chosen {
    /// Its name.
    pub name: String,
    /// Its size in bytes.
    pub bytes: usize,
    file: web_sys::File,
}

impl Chosen {
    /// Reads it as text. Bytes that are not UTF-8 come out as replacement marks.
    ///
    /// # Errors
    /// When the browser can't read it, for example because it is gone.
    pub async fn text(&self) -> Result<String, FileError> {
        let text = wasm_bindgen_futures::JsFuture::from(self.file.text()).await?;
        text.as_string().ok_or_else(|| FileError("it is not text".to_owned()))
    }
}

/// The file chosen in a file input, if any. The input is emptied, so that
/// choosing the same file again is noticed.
#[must_use]
pub fn chosen(event: &ev::Event) -> Option<Chosen> {
    let input: web_sys::HtmlInputElement = event.target()?.dyn_into().ok()?;
    let file = input.files()?.get(0)?;
    input.set_value("");
    // A size in JavaScript is a whole number far below 2^53.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let bytes = file.size() as usize;
    Some(Chosen { name: file.name(), bytes, file })
}

/// Opens the browser's print dialog.
pub fn print() {
    if let Some(window) = web_sys::window() {
        // A browser without print simply does nothing.
        let _ = window.print();
    }
}
