//! Without a connection, and with a host that holds half of what it should: the app opens from what this
//! browser keeps, takes in a newer version only whole, and never in the middle of a talk.
//!
//! There are few rounds by default, and all of them with `cargo xtask test --thorough`.

mod cold;
mod deploys;
mod frame;
mod release;
mod updates;

use ask_around_e2e::Browser;
use serde_json::json;

/// Waits until this browser keeps the whole app.
#[track_caller]
fn kept(browser: &Browser) {
    browser.wait_until("the whole app is kept", |browser| {
        browser.js("return 'offline' in document.documentElement.dataset", &[]) == json!(true)
    });
}

/// The names of every cache of this origin.
fn caches(browser: &Browser) -> Vec<String> {
    let names = browser.js_async("return await caches.keys()");
    serde_json::from_value(names).unwrap_or_default()
}
