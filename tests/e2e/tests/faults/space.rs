//! Storage with little room left, or none: what is stored stays, whether the latest words are is told
//! in time, and they can be taken away in any case.

use std::collections::BTreeMap;
use std::fs;

use ask_around_e2e::app::{add_person, go_to_section, saved, title};
use ask_around_e2e::locator::{Locator, button, field, role};
use ask_around_e2e::{Browser, Server, dist, thorough};
use serde_json::{Value, json};

use crate::figures::spread;
use crate::workspace::{put_storage, texts};

/// Two bytes for each UTF-16 unit.
const UNITS_IN_A_STEP: usize = 128;
const STEPS: usize = 256;
const MUST_TELL_IN_MS: u64 = 1_000;

/// Fills storage to the last unit with one foreign text, as another app on the same host could, and
/// says how long that text is. Both keys are there from the first, because they take room too.
const FILL: &str = "
    const fits = (units) => {
        try { localStorage.setItem('other:pad', 'x'.repeat(units)); return true; } catch { return false; }
    };
    let [low, high] = [0, 1 << 24];
    while (high - low > 1) {
        const middle = (low + high) >> 1;
        if (fits(middle)) low = middle; else high = middle;
    }
    if (!fits(low) || fits(low + 1)) throw new Error('there is no last unit');
    return low;
";

/// Takes the time, in the page itself, from the first input until it is told what became of it: that
/// it is saved, and it is in storage, or that it is not, with what to do.
const WATCH: &str = "
    const [words] = arguments;
    const watched = window.watched = {};
    addEventListener('input', () => { watched.typed ??= performance.now(); }, true);
    const stored = () => Object.entries(localStorage)
        .some(([key, text]) => key.startsWith('ask-around:contact:') && text.includes(words));
    const look = () => {
        if (watched.typed === undefined || watched.told) return;
        const said = [...document.querySelectorAll('[role=status]')].map((badge) => badge.innerText.trim());
        const alerts = [...document.querySelectorAll('[role=alert]')].map((alert) => alert.innerText);
        if (said.includes('Not saved') && alerts.some((alert) => alert.includes('Your latest words are not saved')))
            watched.told = 'not saved';
        else if (said.includes('Saved') && stored()) watched.told = 'saved';
        if (watched.told) watched.delay = performance.now() - watched.typed;
    };
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true });
";

fn known() -> Locator {
    field("Their work, as far as you know it")
}

/// About two thousand letters, and never the same twice.
fn words_of(step: usize) -> String {
    format!("Step {step} begins. {}Step {step} ends.", "Glue, then patience. ".repeat(95))
}

/// Which steps are taken: all, or some, closest where there is least room.
fn steps() -> Vec<usize> {
    if thorough() { (0..=STEPS).collect() } else { vec![0, 1, 4, 8, 16, 20, 32, 64, STEPS] }
}

#[test]
fn with_up_to_64_kib_left_nothing_stored_is_lost_and_what_is_not_saved_is_told_in_a_second() {
    let server = Server::start(dist());
    let browser = Browser::start(&server);
    browser.open("");
    add_person(&browser, "Noor Haddad");
    browser.fill(field("Role"), "Conservator");
    go_to_section(&browser, "People", "People");
    add_person(&browser, "Grace Ito");
    browser.fill(known(), "Knows every binder in town");
    saved(&browser);
    let route = browser.route();
    browser.go_outside();
    let beginning = browser.local_storage();
    put_storage(&browser, &beginning);
    let whole = browser.js(FILL, &[]).as_u64().unwrap_or_default() as usize;

    let mut delays = Vec::new();
    let mut not_saved = 0;
    for step in steps() {
        put_storage(&browser, &beginning);
        let pad = whole - step * UNITS_IN_A_STEP;
        browser.js("localStorage.setItem('other:pad', 'x'.repeat(arguments[0]))", &[json!(pad)]);
        browser.open(&route);
        browser.see(title("Grace Ito"));
        let before = texts(&browser);
        let words = words_of(step);
        browser.js(WATCH, &[json!(words)]);
        browser.paste(known(), &words);
        browser.wait_until(&format!("step {step}: it is told"), |browser| {
            browser.js("return watched.told !== undefined", &[]) == true
        });
        let told = browser.js("return [watched.told, Math.ceil(watched.delay)]", &[]);
        delays.push(told[1].as_u64().unwrap_or(u64::MAX));
        let saved = told[0] == "saved";
        not_saved += usize::from(!saved);
        nothing_else_changed(&browser, step, &before, saved.then_some(words.as_str()));
        if !saved {
            browser.see(role("status", "Not saved"));
            browser.see(role("alert", "Your latest words are not saved*"));
        }
        browser.has_value(known(), &words);
        assert_eq!(exported(&browser), words, "step {step}");
    }

    let taken = delays.len();
    let longest = delays.iter().max().copied().unwrap_or(u64::MAX);
    println!(
        "0 to {} KiB of room: {taken} of {taken} lost nothing ({} saved, {not_saved} not saved and said so); \
         told after {} (limit {MUST_TELL_IN_MS} ms)",
        STEPS * UNITS_IN_A_STEP * 2 / 1024,
        taken - not_saved,
        spread(&delays)
    );
    assert!(longest <= MUST_TELL_IN_MS, "{delays:?}");
}

/// Fails unless every text is as it was, but for the one that was typed into, if that is saved.
#[track_caller]
fn nothing_else_changed(
    browser: &Browser,
    step: usize,
    before: &BTreeMap<String, String>,
    typed: Option<&str>,
) {
    let now = texts(browser);
    for (key, was) in before {
        let is = now.get(key);
        if let Some(typed) = typed
            && was.contains("Grace Ito")
        {
            assert!(is.is_some_and(|is| is.contains(typed)), "step {step}: {key} is {is:?}");
        } else {
            assert_eq!(is, Some(was), "step {step}: {key} has changed");
        }
    }
}

/// What a backup made now says of the second person.
#[track_caller]
fn exported(browser: &Browser) -> String {
    go_to_section(browser, "Data", "Your data");
    // A banner may offer the same.
    let file = browser.download(button("Download a backup").first());
    let backup: Value = serde_json::from_slice(&fs::read(&file).unwrap()).unwrap();
    let records = backup["records"].as_array().cloned().unwrap_or_default();
    let grace = records.iter().find(|record| record["body"]["name"] == "Grace Ito");
    grace.and_then(|grace| grace["body"]["known"].as_str()).unwrap_or_default().to_owned()
}
