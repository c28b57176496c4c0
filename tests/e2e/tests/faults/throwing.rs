//! Storage that throws, at any call: the app runs on, says what is not kept, and hands out what was
//! written.

use std::collections::BTreeMap;
use std::fs;

use ask_around_e2e::app::{add_person, contents, go_to_section, saved};
use ask_around_e2e::locator::{button, field, role};
use ask_around_e2e::{Browser, Server, dist, thorough};
use serde_json::Value;

use crate::workspace::{put_storage, texts};

const WORDS: &str = "Glue first, then patience, says she.";

/// Counts the calls of storage, and throws at the one that the address names, or from it on.
const THROW: &str = "
    const asked = new URLSearchParams(location.search);
    const at = Number(asked.get('throw') ?? Infinity);
    const until = asked.has('onwards') ? Infinity : at;
    const names = ['QuotaExceededError', 'SecurityError', 'InvalidStateError'];
    const calls = window.storageCalls = { made: 0, thrown: 0 };
    const counted = (call) => function (...given) {
        calls.made += 1;
        if (calls.made < at || calls.made > until) return call.apply(this, given);
        calls.thrown += 1;
        throw new DOMException('thrown on purpose', names[at % names.length]);
    };
    for (const name of ['getItem', 'setItem', 'removeItem', 'key'])
        Storage.prototype[name] = counted(Storage.prototype[name]);
    const length = Object.getOwnPropertyDescriptor(Storage.prototype, 'length');
    Object.defineProperty(Storage.prototype, 'length', { ...length, get: counted(length.get) });
";

#[test]
fn storage_that_throws_at_any_call_is_survived_and_said() {
    let server = Server::start(dist());
    let browser = Browser::start(&server);
    let beginning = beginning(&browser);
    browser.before_every_page(&format!("{{ {THROW} }}"));

    let faultless = journey(&browser, &beginning, "");
    assert_eq!(faultless, Outcome { said: "Saved".to_owned(), thrown: 0 });
    let calls = browser.js("return storageCalls.made", &[]).as_u64().unwrap_or_default() as usize;
    assert!(calls > 10, "only {calls} calls: they are not counted");

    let mut said: BTreeMap<String, usize> = BTreeMap::new();
    let (mut runs, mut struck) = (0, 0);
    // Few at a time: the single calls, and in between those from which on all fail.
    let step = if thorough() { 1 } else { calls.div_ceil(3) };
    for (mode, offset) in [("", 0), ("&onwards", step / 2)] {
        for at in (1 + offset..=calls).step_by(step) {
            let outcome = journey(&browser, &beginning, &format!("?throw={at}{mode}"));
            runs += 1;
            struck += usize::from(outcome.thrown > 0);
            *said.entry(outcome.said).or_default() += 1;
        }
    }

    let said: Vec<String> = said.iter().map(|(said, runs)| format!("{runs} {said}")).collect();
    println!(
        "storage throws at call 1 to {calls}, once and for good: {runs} of {runs} went on ({}); {struck} were struck",
        said.join(", ")
    );
    // How often the app saves depends on the moment, so the last calls may not come.
    assert!(struck * 100 >= runs * 90, "only {struck} of {runs} were struck");
}

/// What is stored before each journey: somebody, and a question.
#[track_caller]
fn beginning(browser: &Browser) -> BTreeMap<String, String> {
    browser.open("");
    add_person(browser, "Grace Ito");
    browser.fill(field("Role"), "Binder");
    go_to_section(browser, "Questions", "Questions");
    browser.fill(field("Add a question of your own"), "What would you read first?");
    browser.click(button("Add"));
    browser.see(button("Delete this question"));
    saved(browser);
    browser.go_outside();
    browser.local_storage()
}

/// What came of a journey.
#[derive(Debug, PartialEq, Eq)]
struct Outcome {
    said: String,
    thrown: u64,
}

/// From the start to a backup, with somebody added and noted on the way.
#[track_caller]
fn journey(browser: &Browser, beginning: &BTreeMap<String, String>, query: &str) -> Outcome {
    put_storage(browser, beginning);
    let before = texts(browser);
    browser.open(query);
    browser.gone(role("alert", "Ask Around has stopped*"));
    go_to_section(browser, "People", "People");
    add_person(browser, "Noor Haddad");
    browser.paste(field("Their work, as far as you know it"), WORDS);
    let said = what_is_said(browser);
    let stored = contents(browser, "contact");
    let is_stored =
        stored.values().any(|person| person["name"] == "Noor Haddad" && person["known"] == WORDS);
    let not_kept = role("status", "Nothing is being kept*");
    match said.as_str() {
        "Saved" => assert!(is_stored, "{query}: it says saved, and stored is {stored:?}"),
        "Not saved" => browser.wait_until("a banner says that it is not saved", |browser| {
            let alert = role("alert", "Your latest words are not saved*");
            browser.count(alert) + browser.count(not_kept.clone()) == 1
        }),
        "Nothing is kept" => browser.see(not_kept),
        other => browser.fail(&format!("{query}: it says {other:?}")),
    }

    go_to_section(browser, "Data", "Your data");
    // A banner may offer the same.
    let file = browser.download(button("Download a backup").first());
    let backup: Value = serde_json::from_slice(&fs::read(&file).unwrap()).unwrap();
    let records = backup["records"].as_array().cloned().unwrap_or_default();
    let noor = records.iter().find(|record| record["body"]["name"] == "Noor Haddad");
    let Some(noor) = noor else { browser.fail(&format!("{query}: nobody is in {backup}")) };
    assert_eq!(noor["body"]["known"], WORDS, "{query}");
    let now = texts(browser);
    for (key, text) in &before {
        assert_eq!(now.get(key), Some(text), "{query}: {key} has changed");
    }
    browser.gone(role("alert", "Ask Around has stopped*"));
    let thrown = browser.js("return storageCalls.thrown", &[]).as_u64().unwrap_or_default();
    Outcome { said, thrown }
}

/// What the app says of the words just typed, once it is no longer about to save them.
#[track_caller]
fn what_is_said(browser: &Browser) -> String {
    let mut said = String::new();
    browser.wait_until("the app has said whether it keeps the words", |browser| {
        let states = ["Saved", "Not saved", "Nothing is kept"];
        // In the page's own next tasks at the latest, an input shows as "Saving".
        let shown = browser.texts(role("status", "*"));
        said = shown.into_iter().find(|text| states.contains(&text.as_str())).unwrap_or_default();
        !said.is_empty()
    });
    said
}
