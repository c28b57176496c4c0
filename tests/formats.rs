//! Files written by released versions open for ever.
//!
//! A fixture is never edited, only added to: one for each format that was ever
//! released, with what must be found in it.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail")]

use ask_around::content::bank;
use ask_around::domain::interview::Stage;
use ask_around::domain::workspace::Workspace;
use ask_around::persist::backup;
use ask_around::persist::import::{self, Effect, Way};
use ask_around::persist::memory::Memory;
use ask_around::persist::storage::Storage;
use ask_around::persist::store::{Store, place_of};
use chrono::{DateTime, Utc};
use std::rc::Rc;

const FORMAT_1: &str = include_str!("fixtures/backup-format-1.json");

fn now() -> DateTime<Utc> {
    "2030-01-01T00:00:00Z".parse().unwrap()
}

fn must_hold_the_sample(w: &Workspace) {
    assert_eq!(w.contacts().count(), 12);
    assert_eq!(w.interviews().count(), 5);
    let stages: Vec<_> = w.interviews().map(|talk| talk.stage()).collect();
    assert_eq!(stages.iter().filter(|stage| **stage == Stage::Done).count(), 3);
    assert_eq!(w.plan().field, "museum conservation");
    let noor = w.contacts().find(|contact| contact.name == "Noor Haddad").unwrap();
    let talk = w.interviews_with(noor.id).next().unwrap();
    assert!(w.answers(talk.id).count() >= 5);
    assert!(talk.clock.as_ref().unwrap().elapsed(now()).num_minutes() >= 15);
}

#[test]
fn a_backup_of_format_1_is_read_and_brought_in() {
    let backup = backup::read(FORMAT_1).unwrap();
    let (mut store, w) =
        Store::open(Box::new(Memory::default()), bank::questions(), now()).unwrap();
    let preview = import::preview(&backup, &w, &store, Way::Replace, now());
    assert_eq!(preview.count(Effect::Added), backup.entries.len());
    let _ = store.change_texts(preview.changes()).unwrap();
    must_hold_the_sample(&store.reload(bank::questions()).unwrap());
}

#[test]
fn records_stored_in_format_1_open_where_they_lie() {
    let memory = Rc::new(Memory::default());
    for (key, entry) in backup::read(FORMAT_1).unwrap().entries {
        memory.write(&place_of(&key), &entry.text).unwrap();
    }
    let before = memory.all();
    let (store, w) = Store::open(Box::new(Rc::clone(&memory)), bank::questions(), now()).unwrap();
    assert!(store.kept().is_empty());
    must_hold_the_sample(&w);
    let after = memory.all();
    assert!(
        before.iter().all(|(key, text)| after.get(key) == Some(text)),
        "opening rewrites nothing"
    );
}

const FORMAT_2: &str = include_str!("fixtures/backup-format-2.json");

/// Two devices have worked on the sample of this one: it holds every part of a history.
#[test]
fn a_backup_of_format_2_is_read_with_its_history() {
    for part in ["\"edits\":", "\"also\":", "\"seen\":", "\"gone\":", "\"buried\":", "\"only\":"] {
        assert!(FORMAT_2.contains(part), "{part}");
    }
    let backup = backup::read(FORMAT_2).unwrap();
    let (mut store, w) =
        Store::open(Box::new(Memory::default()), bank::questions(), now()).unwrap();
    let preview = import::preview(&backup, &w, &store, Way::Merge, now());
    let _ = store.change_texts(preview.changes()).unwrap();
    let w = store.reload(bank::questions()).unwrap();
    let noor = w.contacts().find(|contact| contact.name == "Noor Haddad").unwrap();
    assert_eq!(noor.known, "Written there\n\nWritten here");
    assert_eq!(w.contacts().count(), 11, "one was deleted on the other device");
    let again = import::preview(&backup, &w, &store, Way::Merge, now());
    assert!(again.is_idle());
}
