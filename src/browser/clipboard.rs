//! Copying text for the user to paste elsewhere.

use wasm_bindgen_futures::JsFuture;

/// Copies `text`; false if the browser does not allow it.
pub async fn copy(text: &str) -> bool {
    let Some(window) = web_sys::window() else { return false };
    // Pages that are not served securely have no clipboard at all.
    if !window.is_secure_context() {
        return false;
    }
    JsFuture::from(window.navigator().clipboard().write_text(text)).await.is_ok()
}
