//! Stored texts that were damaged behind the app's back: it starts, shows the rest, counts what it
//! could not read and changes none of it.

use std::collections::{BTreeMap, BTreeSet};

use ask_around_e2e::app::{go_to_section, page, saved, title};
use ask_around_e2e::locator::{button, link, role, text};
use ask_around_e2e::{Browser, Server, dist, thorough};
use serde_json::{Value, json};

use crate::chance::Chance;
use crate::workspace::{put_storage, texts};

#[test]
fn stored_texts_that_were_damaged_stay_as_they_are_and_the_rest_is_shown() {
    const SEED: u64 = 0x0005_7042_e500;
    let rounds = if thorough() { 40 } else { 3 };
    let server = Server::start(dist());
    let browser = Browser::start(&server);
    browser.open("#/data");
    browser.click(button("Load the sample"));
    browser.see(title("Today"));
    saved(&browser);
    browser.go_outside();
    let whole = browser.local_storage();

    let (mut damaged, mut mended) = (0, 0);
    for round in 0..rounds {
        let mut chance = Chance::of_round(SEED, round);
        // With the second copy in the database, the app may mend what is damaged; without, it can't.
        let with_copy = chance.below(3) == 0;
        put_storage(&browser, &whole);
        if with_copy {
            browser.open("");
            browser.wait_until("the app has had time for its copy", |browser| {
                browser.js("return performance.now() > 2000", &[]) == true
            });
            browser.go_outside();
        }
        let before = texts(&browser);
        let spoiled = spoil(&before, &mut chance);
        for (key, text) in &spoiled {
            browser.set_local_storage(key, text);
        }
        if with_copy {
            mended += may_mend(&browser, &before, &spoiled);
        } else {
            keeps_all(&browser, &before, &spoiled);
        }
        damaged += spoiled.len();
    }
    println!(
        "stored texts damaged: {rounds} of {rounds} opened, {damaged} texts damaged, {mended} mended from the copy, \
         the others kept to the letter"
    );
}

/// Opens the app; how many entries it says it could not read.
#[track_caller]
fn counted_unreadable(browser: &Browser) -> usize {
    browser.open("#/contacts");
    browser.see(title("People"));
    browser.settle();
    let said = browser.texts(role("status", "*could not be read*"));
    let number = |said: &String| said.split(' ').next().and_then(|number| number.parse().ok());
    match said.as_slice() {
        [] => 0,
        [said] => number(said).unwrap_or_default(),
        more => browser.fail(&format!("it is said more than once: {more:?}")),
    }
}

/// The names of all people whose text is none of these.
fn names(texts: &BTreeMap<String, String>, but: &BTreeSet<&String>) -> Vec<String> {
    let people = texts
        .iter()
        .filter(|(key, _)| key.starts_with("ask-around:contact:") && !but.contains(key));
    people
        .filter_map(|(_, text)| serde_json::from_str::<Value>(text).ok())
        .filter_map(|person| person["body"]["name"].as_str().map(str::to_owned))
        .collect()
}

#[track_caller]
fn lists(browser: &Browser, names: &[String]) {
    let shown = browser.texts(link("*").within(page()));
    for name in names {
        assert!(shown.contains(name), "{name} is not among {shown:?}");
    }
}

/// Damage that nothing can mend is counted, kept and changes nothing else.
#[track_caller]
fn keeps_all(
    browser: &Browser,
    before: &BTreeMap<String, String>,
    spoiled: &BTreeMap<String, String>,
) {
    assert_eq!(counted_unreadable(browser), spoiled.len(), "{:?}", spoiled.keys());
    let people = names(before, &spoiled.keys().collect());
    // More people are in the sample than are ever damaged.
    let count = people.len();
    browser.see(text(&format!("{count} of {count} people")));
    lists(browser, &people);
    // Neither the start nor a walk around writes to any of it.
    go_to_section(browser, "Data", "Your data");
    let mut expected = before.clone();
    expected.extend(spoiled.clone());
    assert_eq!(texts(browser), expected);
}

/// Damage is mended to the letter, or counted and kept; how much was mended.
#[track_caller]
fn may_mend(
    browser: &Browser,
    before: &BTreeMap<String, String>,
    spoiled: &BTreeMap<String, String>,
) -> usize {
    let counted = counted_unreadable(browser);
    lists(browser, &names(before, &spoiled.keys().collect()));
    go_to_section(browser, "Data", "Your data");
    let now = texts(browser);
    let mut mended = BTreeSet::new();
    for (key, was) in before {
        match (now.get(key), spoiled.get(key)) {
            (Some(is), Some(_)) if is == was => {
                mended.insert(key);
            }
            (is, Some(spoiled)) => assert_eq!(is, Some(spoiled), "{key} is neither"),
            (is, None) => assert_eq!(is, Some(was), "{key} has changed"),
        }
    }
    let left = spoiled.len() - mended.len();
    assert!((left..=spoiled.len()).contains(&counted), "{counted} counted, {left} left damaged");
    mended.len()
}

/// Damages one to five texts, each in a way of its own, so that none of them can be read.
fn spoil(whole: &BTreeMap<String, String>, chance: &mut Chance) -> BTreeMap<String, String> {
    let keys: Vec<&String> = whole.keys().collect();
    let mut spoiled = BTreeMap::new();
    for _ in 0..chance.between(1, 5) {
        let key = *chance.pick(&keys);
        let text = spoilt(&whole[key], &whole[*chance.pick(&keys)], chance);
        // Another's text may by chance be its own.
        if text != whole[key] {
            spoiled.insert(key.clone(), text);
        }
    }
    spoiled
}

fn spoilt(text: &str, other: &str, chance: &mut Chance) -> String {
    let letters: Vec<char> = text.chars().collect();
    let at = chance.below(letters.len());
    let own = |letters: &[char]| letters.iter().collect::<String>();
    match chance.below(8) {
        0 => own(&letters[..at]),
        1 | 2 => {
            let mut letters = letters;
            letters[at] = char::from_u32(u32::from(letters[at]) ^ 1).unwrap_or('?');
            own(&letters)
        }
        3 => "\u{0}\u{1f}<b>half a rec\u{fffd}".to_owned(),
        4 => String::new(),
        5 if other != text => other.to_owned(),
        6 => format!("{{\"key\":{}", "[".repeat(100_000)),
        7 => text.replacen("\"format\":1", &format!("\"format\":1{}", "0".repeat(400)), 1),
        _ => json!({ "name": "of another program", "at": i64::MAX }).to_string(),
    }
}
