//! The storage port over the browser's localStorage.
//!
//! It may be denied (privacy settings, an embedding page), null, or full.
//! gloo-storage panics when it is denied, so the way to it is tried first.

use crate::browser::words_of;
use crate::persist::space::units;
use crate::persist::storage::{PREFIX, Storage, StorageError};
use gloo_storage::Storage as _;
use wasm_bindgen::{JsCast, JsValue};

/// The key that is written and removed to see whether storage works. Other tabs
/// see that too, and must make nothing of it.
pub(super) const PROBE: &str = "ask-around:probe";

/// localStorage, known to be there.
#[derive(Debug)]
pub struct LocalStorage {
    raw: web_sys::Storage,
}

impl LocalStorage {
    /// Opens localStorage.
    ///
    /// # Errors
    /// [`StorageError::Denied`] when the browser does not give it, or gives one
    /// that can't be read. A full one opens: what is in it can be read.
    pub fn open() -> Result<Self, StorageError> {
        let given = web_sys::window().and_then(|window| window.local_storage().ok().flatten());
        if given.is_none() {
            return Err(StorageError::Denied);
        }
        let raw = gloo_storage::LocalStorage::raw();
        raw.length().map_err(|_| StorageError::Denied)?;
        match raw.set_item(PROBE, "1") {
            Ok(()) => {
                // It could be written, so it can be removed; were it not, it is two words of rubbish.
                let _ = raw.remove_item(PROBE);
            }
            Err(error) if error_of(&error) == StorageError::Full => {}
            Err(_) => return Err(StorageError::Denied),
        }
        Ok(Self { raw })
    }
}

/// What kind of failure the browser means.
fn error_of(error: &JsValue) -> StorageError {
    let name = error.dyn_ref::<web_sys::DomException>().map(web_sys::DomException::name);
    match name.as_deref() {
        // Firefox has a name of its own for it.
        Some("QuotaExceededError" | "NS_ERROR_DOM_QUOTA_REACHED") => StorageError::Full,
        Some("SecurityError") => StorageError::Denied,
        _ => StorageError::Failed(words_of(error)),
    }
}

impl Storage for LocalStorage {
    fn keys(&self) -> Result<Vec<String>, StorageError> {
        let length = self.raw.length().map_err(|error| error_of(&error))?;
        let mut keys = Vec::new();
        for index in 0..length {
            let key = self.raw.key(index).map_err(|error| error_of(&error))?;
            keys.extend(key.filter(|key| key.starts_with(PREFIX)));
        }
        Ok(keys)
    }

    fn read(&self, key: &str) -> Result<Option<String>, StorageError> {
        self.raw.get_item(key).map_err(|error| error_of(&error))
    }

    fn write(&self, key: &str, text: &str) -> Result<(), StorageError> {
        self.raw.set_item(key, text).map_err(|error| error_of(&error))
    }

    fn remove(&self, key: &str) -> Result<(), StorageError> {
        self.raw.remove_item(key).map_err(|error| error_of(&error))
    }

    fn foreign_units(&self) -> usize {
        let mut sum = 0;
        for index in 0..self.raw.length().unwrap_or(0) {
            let Ok(Some(key)) = self.raw.key(index) else { continue };
            if !key.starts_with(PREFIX) {
                let text = self.raw.get_item(&key).ok().flatten().unwrap_or_default();
                sum += units(&key) + units(&text);
            }
        }
        sum
    }
}
