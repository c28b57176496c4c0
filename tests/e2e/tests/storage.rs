//! When the browser keeps nothing, keeps too little, or hands back something broken: the app says so,
//! works on, and nothing that was written is lost.

use std::fs;
use std::path::Path;

use ask_around_e2e::app::{
    add_person, contents, download_backup, go_to_section, read_json, records, saved, title,
};
use ask_around_e2e::locator::{button, field, link, role, text};
use ask_around_e2e::{Browser, Options, Server, dist};
use serde_json::{Value, json};

const AWKWARD: &str = "glue \u{1f4da} \u{645}\u{631}\u{62d}\u{628}\u{627} <b>then patience</b>";

// ---- Denied --------------------------------------------------------------------

/// The app without storage: it says so, works, and lets everything be taken away.
#[track_caller]
fn works_from_memory(browser: &Browser) {
    browser.open("");
    browser.see(role("status", "Nothing is being kept*"));
    browser.see(role("status", "Nothing is kept"));
    add_person(browser, "Noor Haddad");
    browser.fill(field("Their work, as far as you know it"), AWKWARD);
    go_to_section(browser, "People", "People");
    browser.see(link("Noor Haddad"));
    browser.see(role("status", "Nothing is being kept*"));
    browser.click(link("Noor Haddad"));
    browser.has_value(field("Their work, as far as you know it"), AWKWARD);
    let (_, backup) = download_backup(browser);
    let person = in_backup(&backup, "contact:");
    assert_eq!(person["name"], "Noor Haddad");
    assert_eq!(person["known"], AWKWARD);
    browser.assert_clean();
}

/// The content of the only record of a kind in a backup.
#[track_caller]
fn in_backup(backup: &Value, kind: &str) -> Value {
    let all = backup["records"].as_array().cloned().unwrap_or_default();
    let of_kind = |record: &&Value| record["key"].as_str().is_some_and(|key| key.starts_with(kind));
    let found: Vec<&Value> = all.iter().filter(of_kind).collect();
    assert_eq!(found.len(), 1, "{backup}");
    found[0]["body"].clone()
}

#[test]
fn with_storage_denied_by_the_browser_the_app_works_from_memory() {
    let server = Server::start(dist());
    let preferences = json!({ "profile.default_content_setting_values.cookies": 2 });
    let browser = Browser::start_with(&server, Options { preferences, ..Options::default() });
    works_from_memory(&browser);
}

#[test]
fn with_storage_that_throws_the_app_works_from_memory() {
    let server = Server::start(dist());
    let browser = Browser::start(&server);
    browser.before_every_page(
        "Object.defineProperty(window, 'localStorage', { get() { \
             throw new DOMException('The operation is insecure.', 'SecurityError'); \
         } });",
    );
    works_from_memory(&browser);
}

#[test]
fn with_storage_that_is_null_the_app_works_from_memory() {
    let server = Server::start(dist());
    let browser = Browser::start(&server);
    browser
        .before_every_page("Object.defineProperty(window, 'localStorage', { get: () => null });");
    works_from_memory(&browser);
}

#[test]
fn a_backup_made_without_storage_comes_in_where_there_is_some() {
    let server = Server::start(dist());
    let browser = Browser::start(&server);
    browser
        .before_every_page("Object.defineProperty(window, 'localStorage', { get: () => null });");
    works_from_memory(&browser);
    let file = browser.downloaded().remove(0);

    let elsewhere = Browser::start(&server);
    elsewhere.open("#/data");
    elsewhere.upload(field("Backup file"), &file);
    elsewhere.click(button("Merge it in"));
    elsewhere.see(role("status", "*is brought in."));
    elsewhere.reload();
    go_to_section(&elsewhere, "People", "People");
    elsewhere.click(link("Noor Haddad"));
    elsewhere.has_value(field("Their work, as far as you know it"), AWKWARD);
    elsewhere.assert_clean();
}

// ---- Full ----------------------------------------------------------------------

/// Fills storage to the last character, as another app on the same host could.
fn fill_storage(browser: &Browser) {
    browser.js(
        "let number = 0; \
         for (let size = 1 << 20; size >= 1; size >>= 1) { \
             try { for (;;) localStorage.setItem(`other:${number++}`, 'x'.repeat(size)); } catch {} \
         }",
        &[],
    );
}

fn make_room(browser: &Browser) {
    browser.js(
        "for (const key of Object.keys(localStorage)) \
             if (key.startsWith('other:')) localStorage.removeItem(key);",
        &[],
    );
}

/// Takes the time, in the page itself, from a first input to the first sight of "Not saved".
fn watch_the_badge(browser: &Browser) {
    browser.js(
        "window.watched = {}; \
         addEventListener('input', () => { watched.typed ??= performance.now(); }, true); \
         const look = () => { \
             const said = [...document.querySelectorAll('[role=status]')].some((badge) => badge.innerText.trim() === 'Not saved'); \
             const banner = [...document.querySelectorAll('[role=alert]')].some((alert) => alert.innerText.includes('Your latest words are not saved')); \
             if (said && banner) watched.said ??= performance.now(); \
         }; \
         new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true });",
        &[],
    );
}

#[test]
fn when_storage_is_full_it_is_said_at_once_and_nothing_is_lost() {
    let server = Server::start(dist());
    let browser = Browser::start(&server);
    browser.open("");
    add_person(&browser, "Noor Haddad");
    browser.fill(field("Role"), "Conservator");
    saved(&browser);
    let before = records(&browser);
    fill_storage(&browser);
    watch_the_badge(&browser);

    // The last words go where room was held back for them.
    let known = field("Their work, as far as you know it");
    browser.paste(known.clone(), AWKWARD);
    browser.see(role("alert", "Storage is full*Your words are saved*"));
    saved(&browser);
    let mut now = records(&browser);
    let (person, text) = now.pop_first().unwrap();
    assert!(now.is_empty() && before.contains_key(&person) && text.contains("glue"), "{text}");

    // When that is gone too, it is said.
    let before = records(&browser);
    browser.js("watched.typed = undefined", &[]);
    let words = format!("{AWKWARD} {}", "and so on ".repeat(3_000));
    browser.paste(known.clone(), &words);
    browser.see(role("status", "Not saved"));
    browser.see(role("alert", "Your latest words are not saved*no room left*"));
    let delay = browser.js("return watched.said - watched.typed", &[]);
    assert!(delay.as_f64().is_some_and(|delay| delay < 1_000.0), "said after {delay} ms");
    browser.has_value(known.clone(), &words);
    assert_eq!(records(&browser), before, "what was saved before is safe");

    let (_, backup) = download_backup(&browser);
    assert_eq!(in_backup(&backup, "contact:")["known"], words.as_str());

    // It is said on every page, and trying in vain loses nothing.
    go_to_section(&browser, "Plan", "Plan");
    browser.click(button("Try again"));
    browser.see(role("status", "Not saved"));
    browser.see(role("alert", "Your latest words are not saved*"));

    make_room(&browser);
    browser.click(button("Try again"));
    saved(&browser);
    browser.gone(role("alert", "*"));
    browser.reload();
    go_to_section(&browser, "People", "People");
    browser.click(link("Noor Haddad"));
    browser.has_value(known, &words);
    browser.has_value(field("Role"), "Conservator");
    browser.assert_clean();
}

#[test]
fn an_import_for_which_there_is_no_room_changes_nothing() {
    let server = Server::start(dist());
    let browser = Browser::start(&server);
    browser.open("");
    add_person(&browser, "Noor Haddad");
    go_to_section(&browser, "People", "People");
    add_person(&browser, "Grace Ito");
    browser.paste(field("Their work, as far as you know it"), &"glue ".repeat(400));
    saved(&browser);
    go_to_section(&browser, "Data", "Your data");
    let (file, _) = download_backup(&browser);
    browser.click(button("Delete everything"));
    let sure = role("dialog", "Delete everything from this browser?");
    browser.click(button("Delete everything").within(sure));
    browser.see(text("There is nothing here yet."));

    // Room for the first and smaller record alone: it is written, and must go again.
    fill_storage(&browser);
    browser.js("localStorage.setItem('other:0', localStorage.getItem('other:0').slice(1200))", &[]);
    let before = browser.local_storage();
    browser.upload(field("Backup file"), &file);
    browser.click(button("Merge it in"));
    browser.see(role("alert", "This file was not brought in*Nothing was brought in."));
    assert!(browser.local_storage() == before, "something was written");

    make_room(&browser);
    browser.click(button("Merge it in"));
    browser.see(role("status", "*is brought in."));
    assert_eq!(contents(&browser, "contact").len(), 2);
    browser.assert_clean();
}

// ---- Broken ----------------------------------------------------------------------

#[test]
fn what_cannot_be_read_is_kept_as_it_is_and_the_rest_is_shown() {
    let server = Server::start(dist());
    let browser = Browser::start(&server);
    browser.open("");
    add_person(&browser, "Noor Haddad");
    go_to_section(&browser, "People", "People");
    add_person(&browser, "Grace Ito");
    saved(&browser);
    let all = records(&browser);
    let (grace, whole) = all.iter().find(|(_, text)| text.contains("Grace Ito")).unwrap();
    let damaged = whole.replace("Grace Ito", "Grace It\u{fffd}");
    let foreign = "ask-around:contact:01900000-0000-7000-8000-000000000000";
    let rubbish = "{\"name\": \"<b>half a rec";
    // With the second copy gone too, nothing can mend it.
    browser.go_outside();
    browser.delete_database();
    browser.set_local_storage(grace, &damaged);
    browser.set_local_storage(foreign, rubbish);

    browser.open("");
    browser.see(role("status", "2 entries could not be read*"));
    go_to_section(&browser, "People", "People");
    browser.see(link("Noor Haddad"));
    browser.see(text("1 of 1 person"));

    browser.click(link("See what it is"));
    browser.see(title("Your data"));
    browser.see(text(&format!("{grace}: part of it is damaged.")));
    browser.see(text(&format!("{foreign}: it is not something this app wrote.")));
    browser.click(button("See the text").nth(0));
    browser.click(button("See the text").nth(1));
    browser.see(text(rubbish));
    browser.see(text(&damaged));

    // Nor does working on change it, and every backup carries it.
    go_to_section(&browser, "People", "People");
    add_person(&browser, "Ana Ruiz");
    saved(&browser);
    let now = browser.local_storage();
    assert_eq!(now[grace], damaged);
    assert_eq!(now[foreign], rubbish);
    go_to_section(&browser, "Data", "Your data");
    let (_, backup) = download_backup(&browser);
    let mut kept = vec![json!({ "key": grace, "text": damaged })];
    kept.push(json!({ "key": foreign, "text": rubbish }));
    kept.sort_by_key(|kept| kept["key"].to_string());
    assert_eq!(backup["kept"], Value::Array(kept));

    // It goes only when its owner says so.
    browser.click(button("Delete it for good").first());
    browser.click(button("Delete it").within(role("dialog", "Delete this text for good?")));
    browser.see(role("status", "1 entry could not be read*"));
    browser.assert_clean();
}

#[test]
fn what_is_damaged_comes_back_from_the_second_copy_and_is_kept_as_well() {
    let server = Server::start(dist());
    let browser = Browser::start(&server);
    browser.open("");
    add_person(&browser, "Grace Ito");
    saved(&browser);
    let all = records(&browser);
    let (grace, whole) = all.iter().find(|(_, text)| text.contains("Grace Ito")).unwrap();
    browser.wait_until("the second copy is whole", |browser| {
        browser.shadow().get(grace) == Some(whole)
    });
    let damaged = whole.replace("Grace Ito", "Grace It\u{fffd}");
    browser.set_local_storage(grace, &damaged);
    browser.reload();
    browser.see(role("status", "1 entry could not be read*"));
    let now = browser.local_storage();
    assert_eq!(&now[grace], whole);
    assert!(now.iter().any(|(key, text)| key.starts_with("ask-around:kept:") && *text == damaged));

    // And what was lost altogether comes back too.
    browser.js("localStorage.clear()", &[]);
    browser.reload();
    go_to_section(&browser, "People", "People");
    browser.see(link("Grace Ito"));
    assert_eq!(&browser.local_storage()[grace], whole);
    browser.assert_clean();
}

// ---- No app ------------------------------------------------------------------------

/// A copy of the app without the files of this kind.
fn without(extension: &str) -> tempfile::TempDir {
    let copy = tempfile::tempdir().unwrap();
    for file in fs::read_dir(dist()).unwrap() {
        let file = file.unwrap().path();
        if file.is_file() && file.extension() != Some(extension.as_ref()) {
            fs::copy(&file, copy.path().join(file.file_name().unwrap())).unwrap();
        }
    }
    copy
}

/// Fails unless the page offers everything that is stored, to the letter.
#[track_caller]
fn rescues(browser: &Browser) {
    let mut stored = browser.local_storage();
    stored.retain(|key, _| key.starts_with("ask-around:"));
    browser.see(role("alert", "Ask Around has stopped*"));
    browser.see(title("Ask Around has stopped"));
    browser.see(text(&format!("*still stored in this browser ({} entries).*", stored.len())));
    let file = browser.download(button("Download my data"));
    let rescued = read_json(browser, Path::new(&file));
    assert_eq!(rescued["app"], "ask-around");
    assert_eq!(rescued["texts"], json!(stored));
}

#[test]
fn when_the_app_is_missing_the_page_still_hands_out_what_is_stored() {
    let server = Server::start(dist());
    let browser = Browser::start(&server);
    browser.open("");
    add_person(&browser, "Noor Haddad");
    browser.fill(field("Their work, as far as you know it"), AWKWARD);
    saved(&browser);
    browser.set_local_storage("other:app", "not ours");
    let before = browser.local_storage();

    for extension in ["wasm", "js"] {
        let broken = without(extension);
        if extension == "js" {
            // The loader itself must be there.
            fs::copy(dist().join("boot.js"), broken.path().join("boot.js")).unwrap();
        }
        server.release(broken.path());
        browser.reload();
        rescues(&browser);
        assert_eq!(browser.local_storage(), before);
    }

    // With the app back, so is everything.
    server.release(dist());
    browser.click(button("Reload the page"));
    browser.see(title("Noor Haddad"));
    browser.has_value(field("Their work, as far as you know it"), AWKWARD);
    browser.gone(role("alert", "*"));
    assert_eq!(browser.local_storage(), before);
    assert!(browser.policy_violations().is_empty());
    assert!(browser.foreign_requests().is_empty());
}

#[test]
fn when_the_app_is_missing_and_nothing_is_stored_the_page_says_so() {
    let broken = without("wasm");
    let server = Server::start(broken.path());
    let browser = Browser::start(&server);
    browser.go("");
    browser.see(title("Ask Around has stopped"));
    browser.see(text("Nothing has been stored in this browser yet, so nothing is lost."));
    browser.gone(button("Download my data"));
}
