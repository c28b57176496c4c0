//! A page or a browser dies while someone types. What was typed bears its own time, so that what
//! is missing afterwards can be measured.

use std::collections::BTreeMap;
use std::time::UNIX_EPOCH;

use ask_around_e2e::app::page;
use ask_around_e2e::{Browser, Options, Server, dist, thorough};
use serde_json::{Value, json};

use crate::chance::Chance;
use crate::figures::{percentile, spread};
use crate::workspace::{all_is_readable, begin_a_talk, note};

/// What a page that dies may take with it.
const PAGE_MAY_LOSE_MS: u64 = 300;
/// What a browser that dies may take with it, nineteen times in twenty.
const BROWSER_MAY_LOSE_MS: u64 = 1_000;
/// What a browser that dies may take with it at the very most.
const BROWSER_MAY_LOSE_AT_MOST_MS: u64 = 2_000;

/// Types about thirty times a second into a field, from empty, until the page dies. Each stroke adds
/// a token: round, number and time. All of it also goes to a key that is not the app's, at once.
const TYPE: &str = "
    const [field, round] = arguments;
    const set = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value').set;
    const typing = window.typing = { text: '', count: 0, began: Date.now() };
    field.focus();
    setInterval(() => {
        const token = `${round}.${typing.count++}:${Date.now()}`;
        typing.text += typing.text ? ` ${token}` : token;
        set.call(field, typing.text);
        field.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertText', data: token }));
        localStorage.setItem('test:typed', typing.text);
    }, 33);
";

/// Types until that many milliseconds have passed; everything typed until a moment ago.
#[track_caller]
fn type_for(browser: &Browser, round: usize, milliseconds: usize) -> String {
    browser.js_on(note(), TYPE, &[json!(round)]);
    let mut typed = String::new();
    browser.wait_until("enough is typed", |browser| {
        let seen = browser.js("return [Date.now() - typing.began, typing.text]", &[]);
        typed = seen[1].as_str().unwrap_or_default().to_owned();
        seen[0].as_u64().is_some_and(|passed| passed >= milliseconds as u64)
    });
    // A machine that is too busy to type would show how little is lost when nothing is typed.
    let strokes = typed.split(' ').count();
    assert!(strokes * 100 >= milliseconds, "{strokes} strokes in {milliseconds} ms");
    typed
}

/// When the last token was typed. Fails unless the tokens of this round follow each other from the
/// first, with none missing, doubled or broken. `None` if the text is not of this round.
#[track_caller]
fn last_typed(text: &str, round: usize) -> Option<u64> {
    if !text.starts_with(&format!("{round}.")) {
        return None;
    }
    let mut last = 0;
    for (number, token) in text.split(' ').enumerate() {
        let time = token.strip_prefix(&format!("{round}.{number}:"));
        let time = time.filter(|time| time.len() == 13).and_then(|time| time.parse::<u64>().ok());
        match time {
            Some(time) if time >= last => last = time,
            _ => panic!("round {round}: token {number} is {token:?} in {text:?}"),
        }
    }
    Some(last)
}

/// What is stored of the one note that is typed into.
fn stored_note(texts: &BTreeMap<String, String>) -> String {
    let answers = texts.iter().filter(|(key, _)| key.starts_with("ask-around:answer:"));
    answers
        .filter_map(|(_, text)| serde_json::from_str::<Value>(text).ok())
        .filter_map(|answer| answer["body"]["text"].as_str().map(str::to_owned))
        .find(|text| !text.is_empty())
        .unwrap_or_default()
}

#[test]
fn a_page_that_is_killed_while_someone_types_loses_less_than_a_third_of_a_second() {
    const SEED: u64 = 0x00de_ad7a_b000;
    let rounds = if thorough() { 200 } else { 3 };
    let server = Server::start(dist());
    let browser = Browser::start(&server);
    let route = begin_a_talk(&browser);
    browser.go_outside();
    browser.new_tab(&route);

    let mut lost = Vec::new();
    for round in 0..rounds {
        let mut chance = Chance::of_round(SEED, round);
        browser.switch_to_tab(1);
        type_for(&browser, round, chance.between(1_500, 4_000));
        browser.crash_renderer();

        browser.new_tab(&route);
        let shown = browser.value(note());
        let texts = browser.local_storage();
        let typed = &texts["test:typed"];
        all_is_readable(&browser);
        browser.see(page());
        assert_eq!(stored_note(&texts), shown, "what is stored is what is shown");
        assert!(typed.starts_with(&shown), "round {round}: {shown:?} of {typed:?}");
        let (Some(last), Some(kept)) = (last_typed(typed, round), last_typed(&shown, round)) else {
            panic!("round {round}: nothing is left of {typed:?} but {shown:?}");
        };
        lost.push(last - kept);
    }

    let whole = lost.iter().filter(|lost| **lost <= PAGE_MAY_LOSE_MS).count();
    println!(
        "renderer killed while typing: {whole} of {rounds}; typing lost {} (limit {PAGE_MAY_LOSE_MS} ms)",
        spread(&lost)
    );
    assert_eq!(whole, rounds, "{lost:?}");
}

/// What was typed in a round before the browser died.
struct Typed {
    round: usize,
    text: String,
    began: u64,
    killed: u64,
}

impl Typed {
    /// How much of the typing is missing in a note: all of it, if the note is an older one.
    #[track_caller]
    fn missing_in(&self, note: &str) -> u64 {
        let last = last_typed(note, self.round);
        if last.is_some() {
            // More may have been typed after the last look.
            let agrees = note.starts_with(&self.text) || self.text.starts_with(note);
            assert!(agrees, "{note:?} is not what was typed: {:?}", self.text);
        }
        self.killed.saturating_sub(last.unwrap_or(self.began))
    }
}

#[test]
fn a_browser_that_is_killed_in_the_middle_of_a_talk_loses_a_second_of_it() {
    const SEED: u64 = 0x00ba_77e2_1000;
    let rounds = if thorough() { 100 } else { 3 };
    let profile = tempfile::tempdir().unwrap();
    let server = Server::start(dist());
    let options = Options { profile: Some(profile.path().to_owned()), ..Options::default() };
    let browser = Browser::start_with(&server, options.clone());
    let route = begin_a_talk(&browser);
    // Ended in peace, so that all of it is on disk.
    drop(browser);

    let (mut with, mut without) = (Vec::new(), Vec::new());
    let mut before: Option<Typed> = None;
    // One more browser than there are deaths, to look at what the last one left.
    for round in 0..=rounds {
        let mut chance = Chance::of_round(SEED, round);
        let browser = Browser::start_with(&server, options.clone());
        browser.go_outside();
        let bare = stored_note(&browser.local_storage());
        browser.open(&route);
        let shown = browser.value(note());
        all_is_readable(&browser);
        if let Some(typed) = before.take() {
            without.push(typed.missing_in(&bare));
            with.push(typed.missing_in(&shown));
            assert_eq!(stored_note(&browser.local_storage()), shown, "round {round}");
        }
        if round < rounds {
            let text = type_for(&browser, round, chance.between(2_000, 3_000));
            let began = browser.js("return typing.began", &[]).as_u64().unwrap_or_default();
            let killed = browser.kill().duration_since(UNIX_EPOCH).unwrap_or_default().as_millis();
            before = Some(Typed { round, text, began, killed: killed as u64 });
        }
    }

    println!(
        "browser killed in the middle of a talk: {rounds}; typing lost with the shadow {} (limits p95 \
         {BROWSER_MAY_LOSE_MS} ms, max {BROWSER_MAY_LOSE_AT_MOST_MS} ms); without it {}",
        spread(&with),
        spread(&without)
    );
    assert_eq!(with.len(), rounds);
    assert!(percentile(&with, 95) <= BROWSER_MAY_LOSE_MS, "{with:?}");
    assert!(percentile(&with, 100) <= BROWSER_MAY_LOSE_AT_MOST_MS, "{with:?}");
}
