//! Backup files that were spoiled on the way: refused, or shown before anything changes; and what
//! was brought in can be undone to the letter.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use ask_around_e2e::app::{add_person, download_backup, go_to_section, saved, title};
use ask_around_e2e::locator::{Locator, button, field, role, text};
use ask_around_e2e::{Browser, Server, dist, thorough};

use crate::chance::Chance;
use crate::workspace::{put_storage, texts};

fn preview() -> Locator {
    role("region", "What this file would change")
}

/// What came of a spoiled file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Outcome {
    Refused,
    Cancelled,
    BroughtInAndUndone,
}

#[test]
fn spoiled_backups_change_nothing_or_what_they_change_can_be_undone() {
    const SEED: u64 = 0x00ba_c4b9_5000;
    let rounds = if thorough() { 100 } else { 4 };
    let server = Server::start(dist());
    let browser = Browser::start(&server);
    browser.open("#/data");
    browser.click(button("Load the sample"));
    browser.see(title("Today"));
    saved(&browser);
    go_to_section(&browser, "Data", "Your data");
    let (file, _) = download_backup(&browser);
    let backup = fs::read(file).unwrap();
    browser.go_outside();
    let full = browser.local_storage();
    put_storage(&browser, &BTreeMap::new());
    browser.open("");
    add_person(&browser, "Ana Ruiz");
    saved(&browser);
    browser.go_outside();
    let other = browser.local_storage();

    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("backup.json");
    let mut outcomes: BTreeMap<Outcome, usize> = BTreeMap::new();
    for round in 0..rounds {
        let mut chance = Chance::of_round(SEED, round);
        // The first file is whole, and is brought in where it is new.
        let is_whole = round == 0;
        put_storage(&browser, if !is_whole && chance.below(3) == 0 { &full } else { &other });
        browser.open("#/data");
        browser.see(title("Your data"));
        let mut spoiled = backup.clone();
        for _ in 0..if is_whole { 0 } else { chance.between(1, 3) } {
            spoiled = spoil(&spoiled, &mut chance);
        }
        fs::write(&file, spoiled).unwrap();
        let yes = is_whole || chance.below(4) > 0;
        *outcomes.entry(bring_in(&browser, &file, yes)).or_default() += 1;
    }

    let of = |outcome| outcomes.get(&outcome).copied().unwrap_or_default();
    println!(
        "spoiled backups: {rounds} of {rounds} changed nothing ({} refused, {} shown and cancelled, {} brought in \
         and undone to the letter)",
        of(Outcome::Refused),
        of(Outcome::Cancelled),
        of(Outcome::BroughtInAndUndone)
    );
    assert_eq!(outcomes.values().sum::<usize>(), rounds);
    assert!(of(Outcome::BroughtInAndUndone) > 0, "not even the whole one was brought in");
}

/// Gives a file to the app, and takes back what comes of it. Fails unless all is as it was then.
#[track_caller]
fn bring_in(browser: &Browser, file: &Path, says_yes: bool) -> Outcome {
    let before = texts(browser);
    browser.upload(field("Backup file"), file);
    let refused = || role("alert", "This file was not brought in*");
    browser.wait_until("the file is refused or shown", |browser| {
        browser.count(refused()) + browser.count(preview()) > 0
    });
    assert_eq!(texts(browser), before, "something changed before it was agreed to");
    let outcome = if browser.count(preview()) == 0 {
        Outcome::Refused
    } else {
        let yes = button("Merge it in").within(preview());
        if says_yes && browser.is_enabled(yes.clone()) {
            browser.click(yes);
            browser.gone(preview());
            assert_ne!(texts(browser), before, "it was brought in, and nothing is new");
            browser.click(button("Undo"));
            browser.gone(button("Undo"));
            Outcome::BroughtInAndUndone
        } else {
            browser.click(button("Cancel").within(preview()));
            browser.gone(preview());
            Outcome::Cancelled
        }
    };
    assert_eq!(texts(browser), before, "{outcome:?}");
    // Nor does it come back.
    browser.reload();
    browser.see(title("Your data"));
    assert_eq!(texts(browser), before, "{outcome:?}, after a reload");
    outcome
}

/// Spoils a file in one way.
fn spoil(file: &[u8], chance: &mut Chance) -> Vec<u8> {
    let lines: Vec<&[u8]> = file.split(|byte| *byte == b'\n').collect();
    let (one, other) = (chance.below(lines.len()), chance.below(lines.len()));
    let at = chance.below(file.len());
    match chance.below(9) {
        0 | 1 => {
            let mut file = file.to_vec();
            file[at] ^= 1 << chance.below(8);
            file
        }
        2 => file[..at].to_vec(),
        3 => [&file[..at], &file[chance.between(at, file.len() - 1)..]].concat(),
        4 => {
            let mut lines = lines;
            lines.insert(other, lines[one]);
            lines.join(&b'\n')
        }
        5 => {
            let mut lines = lines;
            lines.swap(one, other);
            lines.join(&b'\n')
        }
        6 => {
            let mut lines = lines;
            lines.remove(one);
            lines.join(&b'\n')
        }
        7 => lines.join(&b"\r\n"[..]),
        _ => {
            let text = String::from_utf8_lossy(file);
            match chance.below(3) {
                0 => [b"\xef\xbb\xbf", file].concat(),
                1 => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
                // As a program would that knows no more than the first 256 characters.
                _ => text.chars().map(|letter| u8::try_from(letter).unwrap_or(b'?')).collect(),
            }
        }
    }
}

#[test]
fn a_whole_backup_brought_in_twice_changes_nothing_the_second_time() {
    let server = Server::start(dist());
    let browser = Browser::start(&server);
    browser.open("#/data");
    browser.click(button("Load the sample"));
    browser.see(title("Today"));
    saved(&browser);
    go_to_section(&browser, "Data", "Your data");
    let (file, _) = download_backup(&browser);
    let before = texts(&browser);

    put_storage(&browser, &BTreeMap::new());
    browser.open("#/data");
    browser.upload(field("Backup file"), &file);
    browser.click(button("Merge it in"));
    browser.see(role("status", "*is brought in."));
    assert_eq!(texts(&browser), before);
    for _ in 0..2 {
        browser.reload();
        browser.see(title("Your data"));
        browser.upload(field("Backup file"), &file);
        browser.see(text("Nothing would change: all of it is here already."));
        assert!(!browser.is_enabled(button("Merge it in")));
        browser.click(button("Cancel").within(preview()));
        assert_eq!(texts(&browser), before);
    }
    println!("a whole backup brought in three times: changed something once");
}
