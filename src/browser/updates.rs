//! What `public/updates.js` and the way this page was opened say: whether a newer version of the app is
//! here, and whether this one opens without a connection.

use crate::browser::on_window;
use leptos::prelude::*;

/// Said by the script when a newer version has been taken in whole.
const NEWER: &str = "ask-around:newer";
/// Said by the app when everything is written down and the newer version may take over.
const USE_NEWER: &str = "ask-around:use-newer";

/// What the script has left on the page's root element.
fn mark(name: &str) -> bool {
    web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.document_element())
        .is_some_and(|root| root.has_attribute(name))
}

/// Whether a newer version is here and waits.
#[must_use]
pub fn newer() -> Signal<bool> {
    let (newer, set_newer) = signal(mark("data-newer"));
    on_window(NEWER, move || set_newer.set(true));
    newer.into()
}

/// Lets the newer version take over: the page loads anew.
pub fn use_newer() {
    if let (Some(window), Ok(event)) = (web_sys::window(), web_sys::Event::new(USE_NEWER)) {
        // It can only fail for an event that is being sent already.
        let _ = window.dispatch_event(&event);
    }
}

/// Whether every page opens without a connection by now.
#[must_use]
pub fn works_offline() -> bool {
    opened_from_disk() || mark("data-offline")
}

/// Whether this page is a file on this device (the single file), not a site.
#[must_use]
pub fn opened_from_disk() -> bool {
    web_sys::window()
        .and_then(|window| window.location().protocol().ok())
        .is_some_and(|protocol| protocol == "file:")
}
