//! The whole app as one file, opened from a disk, where there is no server at all.

#[path = "journey/steps.rs"]
mod steps;

use ask_around_e2e::app::{add_person, go_to_section, title};
use ask_around_e2e::locator::{button, field, text};
use ask_around_e2e::{Browser, Options, single_file};
use serde_json::json;

/// The address of the file, as a browser shows it after a double click.
fn address() -> String {
    let file = single_file().canonicalize().unwrap();
    format!("file://{}", file.display())
}

#[test]
fn the_journey_passes_from_a_single_file() {
    let browser = Browser::start_at(&address(), Options::default());
    steps::whole(&browser);
    let asked = browser.requested();
    // The empty tab that a browser begins with is made of pieces of its own.
    let inside = ["data:", "blob:", "chrome:", &address()];
    let others: Vec<_> =
        asked.iter().filter(|url| !inside.iter().any(|own| url.starts_with(own))).collect();
    assert!(!asked.is_empty() && others.is_empty(), "the file asked for {others:?}");
    println!("single file: the journey passed from file:// and asked for nothing else");
}

#[test]
fn the_file_says_where_its_words_are_and_keeps_them() {
    let profile = tempfile::tempdir().unwrap();
    let options = Options { profile: Some(profile.path().to_owned()), ..Options::default() };
    let browser = Browser::start_at(&address(), options.clone());
    browser.open("");
    browser.see(text("*You opened it as a file*"));
    add_person(&browser, "Noor Haddad");
    browser.fill(field("Role"), "Book conservator");
    go_to_section(&browser, "Data", "Your data");
    browser.see(text("You opened Ask Around as a file.*"));
    drop(browser);

    let browser = Browser::start_at(&address(), options);
    browser.open("#/contacts");
    browser.see(text("*Book conservator*"));
    browser.assert_clean();
}

#[test]
fn where_a_file_may_keep_nothing_it_says_so_and_runs() {
    let options = Options {
        preferences: json!({ "profile.default_content_setting_values.cookies": 2 }),
        ..Options::default()
    };
    let browser = Browser::start_at(&address(), options);
    browser.open("");
    browser.see(text("Nothing is being kept"));
    add_person(&browser, "Noor Haddad");
    browser.click(button("Prepare a talk"));
    browser.see(title("Prepare for Noor Haddad"));
}
