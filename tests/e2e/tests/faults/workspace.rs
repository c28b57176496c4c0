//! What the tests begin with, and how storage is put back between two rounds.

use std::collections::BTreeMap;

use ask_around_e2e::Browser;
use ask_around_e2e::app::{add_person, saved, title};
use ask_around_e2e::locator::{Locator, button, field, heading, link, role};
use serde_json::json;

/// The field for what somebody says.
pub fn note() -> Locator {
    field("Your notes")
}

/// Begins a talk with somebody and takes a question in hand; the route of the talk.
#[track_caller]
pub fn begin_a_talk(browser: &Browser) -> String {
    browser.open("");
    add_person(browser, "Noor Haddad");
    browser.click(button("Prepare a talk"));
    browser.click(link("Questions").within(role("navigation", "Steps of preparing")));
    browser.click(button("Suggest questions"));
    browser.click(link("Ready").within(role("navigation", "Steps of preparing")));
    browser.click(button("Start the talk"));
    browser.see(title("Talking with Noor Haddad"));
    let agenda = role("complementary", "Agenda");
    browser.click(button("*").within(role("listitem", "*").within(agenda).nth(3)));
    browser.gone(heading("Your opening words"));
    browser.see(note());
    saved(browser);
    browser.route()
}

/// Leaves the app and makes storage what is given, and nothing else. No other page may run the app.
#[track_caller]
pub fn put_storage(browser: &Browser, texts: &BTreeMap<String, String>) {
    browser.go_outside();
    browser.delete_database();
    browser.js(
        "localStorage.clear(); \
         for (const [key, text] of Object.entries(arguments[0])) localStorage.setItem(key, text);",
        &[json!(texts)],
    );
}

/// What no fault may change: every text of the app that is not this browser's own business.
#[track_caller]
pub fn texts(browser: &Browser) -> BTreeMap<String, String> {
    ask_around_e2e::app::records(browser)
}

/// Fails unless the app says of nothing that it could not be read.
#[track_caller]
pub fn all_is_readable(browser: &Browser) {
    let unread = role("status", "*could not be read*");
    if browser.count(unread) > 0 {
        browser.fail("something could not be read");
    }
}
