//! The way around in Ask Around: what most journeys do before they come to their own point, and how
//! its records are read behind its back.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::Browser;
use crate::locator::{Locator, button, field, heading, link, role};

/// What every key of the app begins with.
const PREFIX: &str = "ask-around:";
/// What is this browser's own business and in no backup.
const OWN_BUSINESS: [&str; 4] =
    ["ask-around:device", "ask-around:backup", "ask-around:generation", "ask-around:reserve"];

/// The page's own heading.
pub fn title(text: &str) -> Locator {
    heading(text).of_level(1)
}

/// The page without the frame around it.
pub fn page() -> Locator {
    role("main", "*")
}

/// Goes to a section by the menu and waits for its heading.
#[track_caller]
pub fn go_to_section(browser: &Browser, name: &str, page_title: &str) {
    browser.click(link(name).within(role("navigation", "Sections")));
    browser.see(title(page_title));
}

/// Adds somebody by name; their page opens.
#[track_caller]
pub fn add_person(browser: &Browser, name: &str) {
    browser.fill(field("Add someone by name"), name);
    browser.click(button("Add"));
    browser.see(title(name));
}

/// Waits until the app says that everything is stored.
#[track_caller]
pub fn saved(browser: &Browser) {
    browser.see(role("status", "Saved"));
}

/// Downloads a backup from the page on the screen: where the file is, and what is in it.
#[track_caller]
pub fn download_backup(browser: &Browser) -> (PathBuf, Value) {
    let file = browser.download(button("Download a backup"));
    let content = read_json(browser, &file);
    (file, content)
}

/// What is in a downloaded file.
#[track_caller]
pub fn read_json(browser: &Browser, file: &Path) -> Value {
    let text = std::fs::read_to_string(file).unwrap_or_default();
    match serde_json::from_str(&text) {
        Ok(content) => content,
        Err(error) => browser.fail(&format!("{} is no JSON: {error}\n{text}", file.display())),
    }
}

/// The stored text of every record and tombstone, by its key.
#[track_caller]
pub fn records(browser: &Browser) -> BTreeMap<String, String> {
    let mut all = browser.local_storage();
    all.retain(|key, _| key.starts_with(PREFIX) && !OWN_BUSINESS.contains(&key.as_str()));
    all
}

/// The content of every stored record of a kind (`contact`, `interview`, `answer`, ...), by its id.
#[track_caller]
pub fn contents(browser: &Browser, kind: &str) -> BTreeMap<String, Value> {
    let prefix = format!("{PREFIX}{kind}:");
    let content = |text: &str| {
        let envelope: Value = serde_json::from_str(text).ok()?;
        envelope.get("body").filter(|body| !body.is_null()).cloned()
    };
    records(browser)
        .iter()
        .filter_map(|(key, text)| Some((key.strip_prefix(&prefix)?.to_owned(), content(text)?)))
        .collect()
}
