//! The address bar, the title, and where the keyboard is.

use crate::browser::on_window;
use crate::route::Route;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

fn current() -> Route {
    let hash = web_sys::window().and_then(|window| window.location().hash().ok());
    Route::parse(&hash.unwrap_or_default())
}

/// The place the address names, following it as it changes.
#[must_use]
pub fn route() -> Signal<Route> {
    let (route, set_route) = signal(current());
    on_window("hashchange", move || set_route.set(current()));
    route.into()
}

/// Goes to a place, as if its link had been followed.
pub fn go(route: &Route) {
    if let Some(window) = web_sys::window() {
        // A fragment of our own making is always a valid one.
        let _ = window.location().set_hash(&route.to_string());
    }
}

/// Goes to a place without a new entry to come back to.
pub fn replace(route: &Route) {
    if let Some(window) = web_sys::window() {
        let _ = window.location().replace(&route.to_string());
    }
}

/// Sets the title of the page, shown in the tab.
pub fn set_title(title: &str) {
    if let Some(document) = web_sys::window().and_then(|window| window.document()) {
        document.set_title(title);
    }
}

/// Where the keyboard is; nowhere, if it is with the page as a whole.
fn active() -> Option<web_sys::Element> {
    let element = web_sys::window()?.document()?.active_element()?;
    (!element.tag_name().eq_ignore_ascii_case("body")).then_some(element)
}

/// Runs `act` once the page is drawn anew, unless the keyboard is by then
/// anywhere but where it is now or nowhere. A busy machine draws late, and
/// whoever has begun to type must not lose the field.
fn when_drawn(act: impl FnOnce() + 'static) {
    let before = active();
    request_animation_frame(move || {
        let now = active();
        if now.is_none() || now == before {
            act();
        }
    });
}

/// After a change of place: to the top, with the keyboard at the heading, so
/// that a screen reader says where one is.
pub fn arrive() {
    when_drawn(|| {
        if let Some(window) = web_sys::window() {
            window.scroll_to_with_x_and_y(0.0, 0.0);
        }
        focus("main h1");
    });
}

/// As [`arrive`], for a page that came later than its address: only if the
/// keyboard is nowhere else by now.
pub fn arrive_late() {
    request_animation_frame(|| {
        if active().is_none() {
            focus("main h1");
        }
    });
}

/// Once the page is drawn anew, puts the keyboard at the last of these
/// selectors that finds something.
pub fn focus_when_drawn(selectors: Vec<String>) {
    when_drawn(move || selectors.iter().for_each(|selector| focus(selector)));
}

/// Puts the keyboard at the first element that `selector` finds.
pub fn focus(selector: &str) {
    let found = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.query_selector(selector).ok().flatten())
        .and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok());
    if let Some(element) = found {
        // An element that can't take the keyboard leaves it where it is.
        let _ = element.focus();
    }
}

/// Loads the page anew.
pub fn reload() {
    if let Some(window) = web_sys::window() {
        let _ = window.location().reload();
    }
}
