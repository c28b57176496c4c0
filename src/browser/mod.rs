//! The browser, in thin pieces: storage, clock, files, address, lifecycle.
//!
//! The only layer that names `web_sys`, `gloo` or `wasm_bindgen`. It decides
//! nothing; every rule lives in [`crate::domain`] and [`crate::persist`].

pub mod appearance;
pub mod clipboard;
pub mod clock;
pub mod files;
pub mod indexed_db;
pub mod keeping;
pub mod lifecycle;
pub mod linked_file;
pub mod local_storage;
pub mod location;
pub mod seal;
pub mod tabs;
pub mod updates;

use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};

/// A browser's error in its own words.
fn words_of(error: &JsValue) -> String {
    error
        .dyn_ref::<web_sys::DomException>()
        .map(web_sys::DomException::message)
        .or_else(|| error.as_string())
        .unwrap_or_else(|| "no reason given".to_owned())
}

/// Calls `act` on every event `name` that reaches the window, on its way down,
/// so that events which do not bubble are heard too. For as long as the page lives.
fn on_window(name: &str, act: impl Fn() + 'static) {
    let Some(window) = web_sys::window() else { return };
    let listener = Closure::<dyn Fn()>::new(act);
    let heard = window.add_event_listener_with_callback_and_bool(
        name,
        listener.as_ref().unchecked_ref(),
        true,
    );
    if heard.is_ok() {
        // The app itself never ends before the page does, so neither may this.
        listener.forget();
    }
}
