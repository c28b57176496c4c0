//! Two tabs at once: one writes, the other follows, and nothing that was typed in either is lost.

use std::time::{Duration, Instant};

use ask_around_e2e::app::contents;
use ask_around_e2e::locator::{Locator, button, role};
use ask_around_e2e::{Browser, Server, dist, thorough};

use crate::chance::Chance;
use crate::figures::spread;
use crate::workspace::{all_is_readable, begin_a_talk, note};

/// How soon what is typed in one tab shows in the other.
const MUST_FOLLOW_IN_MS: u64 = 1_000;

/// What a tab says that does not write.
fn elsewhere() -> Locator {
    role("status", "Ask Around is open in another tab*")
}

/// Waits until exactly one of the two tabs writes, with the other one saying so; which.
#[track_caller]
fn writer(browser: &Browser) -> usize {
    let mut found = None;
    browser.wait_until("one of the two tabs writes", |browser| {
        let writes = [0, 1].map(|tab| {
            browser.switch_to_tab(tab);
            browser.count(note()) == 1 && browser.count(elsewhere()) == 0
        });
        found = match writes {
            [true, false] => Some(0),
            [false, true] => Some(1),
            _ => None,
        };
        found.is_some()
    });
    found.unwrap_or_default()
}

/// Opens the second tab, beside the first or in a window of its own.
#[track_caller]
fn open_second(browser: &Browser, route: &str, chance: &mut Chance) {
    if chance.coin() {
        browser.new_tab(route);
    } else {
        browser.new_window(route);
    }
    browser.see(note());
}

/// Types a sentence into the tab that writes, and waits until the other shows it; after how long.
#[track_caller]
fn type_sentence(browser: &Browser, sentence: &str) -> u64 {
    let writer = writer(browser);
    browser.switch_to_tab(writer);
    browser.type_into(note(), sentence);
    let typed = Instant::now();
    browser.switch_to_tab(1 - writer);
    browser.wait_until(&format!("the other tab shows {sentence:?}"), |browser| {
        browser.value(note()).contains(sentence)
    });
    let delay = typed.elapsed();
    u64::try_from(delay.as_millis()).unwrap_or(u64::MAX)
}

#[test]
fn what_is_typed_in_two_tabs_is_all_there_once() {
    const SEED: u64 = 0x0002_7ab5_0000;
    let rounds = if thorough() { 100 } else { 4 };
    let server = Server::start(dist());
    let mut delays = Vec::new();
    let mut sentences = 0;
    let browser = Browser::start(&server);
    let route = begin_a_talk(&browser);
    for round in 0..rounds {
        let mut chance = Chance::of_round(SEED, round);
        browser.switch_to_tab(0);
        browser.paste(note(), "");
        open_second(&browser, &route, &mut chance);
        let mut typed = Vec::new();
        for step in 0..6 {
            // Something is typed in the first step and the last, and something else happens between.
            match if step % 5 == 0 { 0 } else { chance.below(6) } {
                0..=2 => {
                    let sentence = format!("Round {round}, step {step}. ");
                    delays.push(type_sentence(&browser, &sentence));
                    typed.push(sentence);
                }
                3 => take_over(&browser),
                4 => {
                    browser.switch_to_tab(chance.below(2));
                    browser.reload();
                    browser.see(note());
                }
                _ => {
                    let leaves = chance.below(2);
                    browser.switch_to_tab(leaves);
                    browser.close_tab();
                    // Whoever is left writes, without being asked.
                    browser.gone(elsewhere());
                    assert!(browser.is_enabled(note()));
                    open_second(&browser, &route, &mut chance);
                }
            }
        }
        is_all_there(&browser, &typed.concat(), &typed);
        sentences += typed.len();
        browser.switch_to_tab(1);
        browser.close_tab();
        browser.gone(elsewhere());
    }

    println!(
        "two tabs: {rounds} of {rounds} interleavings kept all of {sentences} sentences once; the other tab showed them \
         after {} (limit {MUST_FOLLOW_IN_MS} ms)",
        spread(&delays)
    );
    let longest = delays.iter().max().copied().unwrap_or(u64::MAX);
    assert!(longest <= MUST_FOLLOW_IN_MS, "{delays:?}");
}

/// Presses the button in the tab that does not write.
#[track_caller]
fn take_over(browser: &Browser) {
    let before = writer(browser);
    browser.switch_to_tab(1 - before);
    is_asleep(browser);
    browser.click(button("Use it here").within(elsewhere()));
    browser.gone(elsewhere());
    let enabled = |browser: &Browser| browser.is_enabled(note());
    browser.wait_until("the note can be typed into", enabled);
    assert_eq!(writer(browser), 1 - before);
    browser.switch_to_tab(before);
    is_asleep(browser);
}

/// A tab that does not write takes nothing in, but shows how to take over.
#[track_caller]
fn is_asleep(browser: &Browser) {
    browser.see(elsewhere());
    assert!(!browser.is_enabled(note()), "the note can be typed into");
    assert!(!browser.is_enabled(button("Pause")), "the clock can be paused");
    assert!(browser.is_enabled(button("Use it here").within(elsewhere())));
}

/// Fails unless both tabs show all of it, and storage holds it once.
#[track_caller]
fn is_all_there(browser: &Browser, text: &str, typed: &[String]) {
    let writer = writer(browser);
    for tab in [1 - writer, writer] {
        browser.switch_to_tab(tab);
        browser.has_value(note(), text);
        all_is_readable(browser);
    }
    ask_around_e2e::app::saved(browser);
    let stored: Vec<String> = contents(browser, "answer")
        .values()
        .filter_map(|answer| answer["text"].as_str().map(str::to_owned))
        .collect();
    for sentence in typed {
        let times: usize = stored.iter().map(|note| note.matches(sentence.as_str()).count()).sum();
        assert_eq!(times, 1, "{sentence:?} in {stored:?}");
    }
}

#[test]
fn when_the_tab_that_writes_dies_the_other_goes_on() {
    let server = Server::start(dist());
    let browser = Browser::start(&server);
    let route = begin_a_talk(&browser);
    browser.new_tab(&route);
    browser.see(elsewhere());
    is_asleep(&browser);
    type_sentence(&browser, "Before. ");

    browser.switch_to_tab(0);
    let crashed = Instant::now();
    browser.crash_renderer();
    browser.switch_to_tab(0);
    browser.gone(elsewhere());
    let delay = crashed.elapsed();
    browser.type_into(note(), "After. ");
    browser.has_value(note(), "Before. After. ");
    all_is_readable(&browser);
    println!("the tab that writes dies: the other writes after {} ms", delay.as_millis());
    assert!(delay < Duration::from_secs(5), "after {delay:?}");
}
