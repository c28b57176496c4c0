//! Whether the browser may throw this site's data away when it wants room.
//!
//! Unasked it may (WHATWG Storage: a "best-effort" bucket). Asked, it may promise
//! not to; its owner can still clear it by hand.

use js_sys::Promise;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

/// Asks the browser to keep this site's data until its owner clears it. `None`
/// where it can't be asked. Firefox asks the user, and so takes its time.
pub async fn ask_to_keep() -> Option<bool> {
    answer(web_sys::window()?.navigator().storage().persist()).await
}

/// Whether it has promised so already; nobody is asked. `None` where it can't say.
pub async fn is_kept() -> Option<bool> {
    answer(web_sys::window()?.navigator().storage().persisted()).await
}

/// On a page that is not served securely there is no storage manager, and the
/// call is the error.
async fn answer(asked: Result<Promise, JsValue>) -> Option<bool> {
    JsFuture::from(asked.ok()?).await.ok()?.as_bool()
}
