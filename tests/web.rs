//! What only a browser can show: its storage, its clock, and text that stays text.
//! Run in headless Chromium by `cargo xtask test`.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail")]
#![cfg(target_arch = "wasm32")]

use ask_around::browser::local_storage::LocalStorage;
use ask_around::browser::{clock, lifecycle};
use ask_around::components::{TextArea, TextField};
use ask_around::domain::contact::Contact;
use ask_around::domain::id::ContactId;
use ask_around::persist::storage::{PREFIX, Storage};
use ask_around::persist::store::Store;
use ask_around::session::{SaveState, Session};
use chrono::{NaiveDate, TimeDelta};
use leptos::prelude::*;
use std::cell::Cell;
use std::rc::Rc;
use std::sync::{Arc, Mutex};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

#[path = "web/database.rs"]
mod database;
#[path = "web/safety.rs"]
mod safety;

wasm_bindgen_test_configure!(run_in_browser);

fn raw() -> web_sys::Storage {
    web_sys::window().unwrap().local_storage().unwrap().unwrap()
}

/// Removes what a test has stored; other tests run in the same page.
fn clean() {
    let port = LocalStorage::open().unwrap();
    for key in port.keys().unwrap() {
        port.remove(&key).unwrap();
    }
}

/// Lets the browser do its other work for a moment.
async fn moment() {
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        let _ = web_sys::window()
            .unwrap()
            .set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, 5);
    });
    wasm_bindgen_futures::JsFuture::from(promise).await.unwrap();
}

/// Waits for `condition`, two seconds at the most, and returns how long it took.
async fn until(condition: impl Fn() -> bool) -> TimeDelta {
    let start = clock::now();
    while !condition() {
        assert!(clock::now() - start < TimeDelta::seconds(2), "waited in vain");
        moment().await;
    }
    clock::now() - start
}

const AWKWARD: &str = "<script>alert(1)</script> \u{202e}שלום & 👩🏽‍🔬 \"'`\u{7f}\tend";

#[wasm_bindgen_test]
fn storage_keeps_text_to_the_letter_and_leaves_others_alone() {
    clean();
    raw().set_item("another-app", "theirs").unwrap();
    let port = LocalStorage::open().unwrap();
    let key = format!("{PREFIX}contact:x");
    port.write(&key, AWKWARD).unwrap();
    assert_eq!(port.read(&key).unwrap().as_deref(), Some(AWKWARD));
    assert_eq!(port.keys().unwrap(), std::slice::from_ref(&key));
    port.remove(&key).unwrap();
    assert_eq!(port.read(&key).unwrap(), None);
    assert_eq!(raw().get_item("another-app").unwrap().as_deref(), Some("theirs"));
    raw().remove_item("another-app").unwrap();
}

#[wasm_bindgen_test]
fn a_full_storage_says_that_it_is_full_and_keeps_what_it_has() {
    clean();
    let port = LocalStorage::open().unwrap();
    let key = format!("{PREFIX}contact:full");
    port.write(&key, "small").unwrap();
    let error = port.write(&key, &"x".repeat(12_000_000)).unwrap_err();
    assert_eq!(error, ask_around::persist::storage::StorageError::Full);
    assert_eq!(port.read(&key).unwrap().as_deref(), Some("small"));
    clean();
}

#[wasm_bindgen_test]
fn a_session_saved_in_the_browser_opens_again() {
    clean();
    let owner = Owner::new();
    owner.with(|| {
        let open = || {
            let port = LocalStorage::open().unwrap();
            let (store, w) = Store::open(Box::new(port), Vec::new(), clock::now()).unwrap();
            Session::new(store, w, true, Vec::new)
        };
        let session = open();
        let contact = Contact::named(ContactId::new(clock::now()), AWKWARD, clock::now());
        session.edit(|w| w.add_contact(contact));
        session.flush(clock::now());
        assert_eq!(session.save_state().get_untracked(), SaveState::Saved);
        let again = open();
        assert!(again.peek(|w| session.peek(|other| w == other)));
        assert_eq!(
            again.peek(|w| w.contacts().map(|c| c.name.clone()).collect::<Vec<_>>()),
            [AWKWARD]
        );
    });
    clean();
}

#[wasm_bindgen_test]
async fn steady_typing_does_not_put_the_save_off() {
    let saves = Rc::new(Cell::new(0));
    let count = Rc::clone(&saves);
    let arm = lifecycle::save_timer(move || count.set(count.get() + 1));
    let seen = Rc::clone(&saves);
    // Armed again at every look, as by a keystroke every five milliseconds.
    let waited = until(move || {
        arm();
        seen.get() >= 2
    })
    .await;
    let delay = TimeDelta::from_std(lifecycle::SAVE_DELAY).unwrap();
    assert!(waited >= delay * 2, "two saves after {waited}");
    assert!(waited < delay * 4, "two saves only after {waited}");
}

#[wasm_bindgen_test]
fn local_readings_and_instants_agree() {
    let day = NaiveDate::from_ymd_opt(2026, 6, 15).unwrap();
    for hour in 0..24 {
        let reading = day.and_hms_opt(hour, 30, 0).unwrap();
        let instant = clock::from_local(reading).unwrap();
        assert_eq!(clock::to_local(instant), reading);
    }
    // Whatever the zone, every hour of a year means some instant: none is lost to a change of clocks.
    let start = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap().and_hms_opt(0, 30, 0).unwrap();
    for hour in 0..24 * 365 {
        assert!(clock::from_local(start + TimeDelta::hours(hour)).is_some());
    }
}

#[wasm_bindgen_test]
async fn a_field_shows_text_as_text_and_hands_it_back_to_the_letter() {
    let typed = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&typed);
    let body = web_sys::window().unwrap().document().unwrap().body().unwrap();
    let place: web_sys::HtmlElement = web_sys::window()
        .unwrap()
        .document()
        .unwrap()
        .create_element("div")
        .unwrap()
        .unchecked_into();
    body.append_child(&place).unwrap();
    let handle = leptos::mount::mount_to(place.clone(), move || {
        let value = RwSignal::new(AWKWARD.to_owned());
        let on_input = move |text: String| seen.lock().unwrap().push(text);
        view! {
            <TextField label="Name" value on_input=move |_: String| {} />
            <TextArea label="Note" value on_input />
            <p class="shown">{move || value.get()}</p>
        }
    });
    let area: web_sys::HtmlTextAreaElement =
        place.query_selector("textarea").unwrap().unwrap().unchecked_into();
    until(|| area.value() == AWKWARD).await;
    assert!(place.query_selector("script").unwrap().is_none());
    assert_eq!(
        place.query_selector("p.shown").unwrap().unwrap().text_content().as_deref(),
        Some(AWKWARD)
    );
    let long = "ä𝄞".repeat(50_000);
    area.set_value(&long);
    let input = web_sys::Event::new("input").unwrap();
    input.init_event_with_bubbles("input", true);
    area.dispatch_event(&input).unwrap();
    assert_eq!(typed.lock().unwrap().as_slice(), [long]);
    drop(handle);
    place.remove();
}
