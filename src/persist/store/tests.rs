//! Opening and saving, with storage that fails.

use super::*;
use crate::domain::contact::Contact;
use crate::domain::id::{ContactId, QuestionId};
use crate::persist::memory::Memory;
use std::rc::Rc;

fn now() -> DateTime<Utc> {
    "2026-03-02T10:00:00Z".parse().unwrap()
}

fn open(memory: &Rc<Memory>) -> (Store, Workspace) {
    Store::open(Box::new(Rc::clone(memory)), Vec::new(), now()).unwrap()
}

/// Every stored record, and every text that could not be read.
fn records(memory: &Memory) -> BTreeMap<String, String> {
    let mut all = memory.all();
    all.retain(|place, _| !is_own_business(place));
    all
}

/// A workspace with one contact, one talk and one note, saved.
fn saved() -> (Rc<Memory>, Store, Workspace) {
    let memory = Rc::new(Memory::default());
    let (mut store, mut w) = open(&memory);
    let contact = w.add_contact(Contact::named(ContactId::fixed(1), "Ada", now()));
    let interview = w.plan_interview(contact, now());
    w.note(interview, &QuestionId::free_notes(), "Bring the map", now());
    let touched = w.take_touched();
    store.save(&w, &touched, now()).unwrap();
    (memory, store, w)
}

#[test]
fn what_was_saved_opens_again() {
    let (memory, _, w) = saved();
    let (store, again) = open(&memory);
    assert_eq!(again, w);
    assert!(store.kept().is_empty());
    assert!(memory.all().keys().all(|key| key.starts_with(PREFIX)));
}

#[test]
fn a_keystroke_writes_one_small_record() {
    let (memory, mut store, mut w) = saved();
    let before = memory.all();
    let id = w.interviews().next().unwrap().id;
    w.note(id, &QuestionId::free_notes(), "Bring the map!", now());
    let touched = w.take_touched();
    store.save(&w, &touched, now()).unwrap();
    let after = memory.all();
    let changed: Vec<_> =
        after.iter().filter(|(key, text)| before.get(*key) != Some(text)).collect();
    assert_eq!(changed.len(), 1);
    assert!(changed[0].1.len() < 1_024, "{} bytes", changed[0].1.len());
}

#[test]
fn a_deleted_record_leaves_a_tombstone_and_stays_deleted() {
    let (memory, mut store, mut w) = saved();
    let _ = w.delete_contact(ContactId::fixed(1));
    let touched = w.take_touched();
    store.save(&w, &touched, now()).unwrap();
    let (store, again) = open(&memory);
    assert!(again.is_empty());
    assert_eq!(store.metas().filter(|(_, meta)| meta.deleted).count(), 3);
}

#[test]
fn unreadable_text_is_reported_and_the_rest_is_shown() {
    let (memory, _, w) = saved();
    for (n, bad) in
        ["", "null", "{\"key\":1}", "\u{0}\u{ffff}", "{\"key\":\"ghost:1\",\"format\":1}"]
            .iter()
            .enumerate()
    {
        memory.write(&format!("{PREFIX}contact:bad{n}"), bad).unwrap();
    }
    let before = memory.all();
    let (store, again) = open(&memory);
    assert_eq!(again, w);
    assert_eq!(store.kept().len(), 5);
    assert_eq!(memory.all(), before, "opening changes nothing");
}

#[test]
fn unreadable_text_makes_room_for_a_new_record_without_being_lost() {
    let (memory, _, _) = saved();
    let place = place_of(&Key::Settings);
    memory.write(&place, "{\"half\":").unwrap();
    let (mut store, mut w) = open(&memory);
    w.edit_settings(|settings| settings.clock_hidden = true);
    let touched = w.take_touched();
    store.save(&w, &touched, now()).unwrap();
    store.save(&w, &touched, now()).unwrap();
    let (store, again) = open(&memory);
    assert!(again.settings().clock_hidden);
    let kept: Vec<_> = store.kept().iter().map(|kept| kept.text.as_str()).collect();
    assert_eq!(kept, ["{\"half\":"]);
}

#[test]
fn unreadable_text_goes_only_when_its_owner_says_so() {
    let (memory, _, _) = saved();
    let key = format!("{PREFIX}task:broken");
    memory.write(&key, "?").unwrap();
    let (mut store, _) = open(&memory);
    store.discard(&key).unwrap();
    assert!(store.kept().is_empty());
    assert!(!memory.all().contains_key(&key));
}

#[test]
fn a_record_lying_at_another_place_is_not_taken_for_the_one_there() {
    let (memory, _, _) = saved();
    let text = memory.all()[&place_of(&Key::Contact(ContactId::fixed(1)))].clone();
    memory.write(&place_of(&Key::Contact(ContactId::fixed(2))), &text).unwrap();
    let (store, w) = open(&memory);
    assert_eq!(w.contacts().count(), 1);
    assert_eq!(store.kept().len(), 1);
}

#[test]
fn a_failed_save_names_what_failed_and_saves_the_rest() {
    let (memory, mut store, mut w) = saved();
    let id = w.interviews().next().unwrap().id;
    memory.limit(Some(memory.all().iter().map(|(k, t)| (k.len() + t.len()) * 2).sum::<usize>()));
    w.edit_contact(ContactId::fixed(1), |contact| contact.role = "Archivist".to_owned());
    w.note(id, &QuestionId::free_notes(), &"long ".repeat(10_000), now());
    let touched = w.take_touched();
    let failure = store.save(&w, &touched, now()).unwrap_err();
    assert_eq!(failure.error, StorageError::Full);
    let failed: Vec<_> = failure.keys.into_iter().collect();
    assert_eq!(failed, [Key::Answer(id, QuestionId::free_notes())]);
    let (_, again) = open(&memory);
    assert_eq!(again.contact(ContactId::fixed(1)).unwrap().role, "Archivist");
    let note = again.answer(id, &QuestionId::free_notes()).unwrap();
    assert_eq!(note.text, "Bring the map", "the old text is still there");
}

#[test]
fn changing_many_texts_is_all_or_nothing_at_every_failure() {
    let (memory, _, _) = saved();
    let before = records(&memory);
    let changes: Vec<_> = before
        .keys()
        .map(|key| (key.clone(), None))
        .chain((0..4).map(|n| (format!("{PREFIX}task:{n}"), Some("new".to_owned()))))
        .collect();
    let mut failures = 0;
    for calls in 0.. {
        // The failing port refuses the way back too, so heal it after the first refusal.
        let failing =
            Rc::new(HealsAfterOneFailure { inner: Rc::clone(&memory), left: calls.into() });
        let (mut store, _) = Store::open(Box::new(Rc::clone(&failing)), Vec::new(), now()).unwrap();
        if store.change_texts(&changes).is_ok() {
            break;
        }
        failures += 1;
        assert_eq!(records(&memory), before, "after {calls} calls");
    }
    assert!(failures > changes.len());
    assert_eq!(records(&memory).len(), 4);
}

#[test]
fn a_change_of_many_texts_can_be_undone() {
    let (memory, mut store, _) = saved();
    let before = records(&memory);
    let undo = store.wipe().unwrap();
    let left: Vec<_> = memory.all().into_keys().collect();
    assert_eq!(left, [DEVICE, GENERATION], "the device's own id stays, and that it was wiped");
    let _ = store.put_back(&undo).unwrap();
    assert_eq!(records(&memory), before);
}

#[test]
fn the_device_keeps_its_id() {
    let memory = Rc::new(Memory::default());
    let first = open(&memory).0.device();
    assert_eq!(open(&memory).0.device(), first);
}

#[test]
fn changes_since_the_last_backup_are_counted() {
    let (memory, mut store, mut w) = saved();
    assert_eq!(store.changed_since_backup(), 3);
    store.note_backup(now()).unwrap();
    assert_eq!(store.changed_since_backup(), 0);
    w.edit_contact(ContactId::fixed(1), |contact| contact.role = "Archivist".to_owned());
    let touched = w.take_touched();
    store.save(&w, &touched, now() + chrono::TimeDelta::seconds(1)).unwrap();
    assert_eq!(open(&memory).0.changed_since_backup(), 1);
    assert_eq!(open(&memory).0.backed_up(), Some(now()));
}

/// Fails one write or removal, the one after `left` others, and works again from then on.
#[derive(Debug)]
struct HealsAfterOneFailure {
    inner: Rc<Memory>,
    left: std::cell::Cell<usize>,
}

impl HealsAfterOneFailure {
    fn fault(&self) -> Result<(), StorageError> {
        let left = self.left.get();
        self.left.set(left.wrapping_sub(1));
        if left == 0 { Err(StorageError::Failed("as ordered".to_owned())) } else { Ok(()) }
    }
}

impl Storage for Rc<HealsAfterOneFailure> {
    fn keys(&self) -> Result<Vec<String>, StorageError> {
        self.inner.keys()
    }

    fn read(&self, key: &str) -> Result<Option<String>, StorageError> {
        self.inner.read(key)
    }

    fn write(&self, key: &str, text: &str) -> Result<(), StorageError> {
        self.fault()?;
        self.inner.write(key, text)
    }

    fn remove(&self, key: &str) -> Result<(), StorageError> {
        self.fault()?;
        self.inner.remove(key)
    }
}

#[test]
fn what_a_newer_version_wrote_is_looked_at_and_not_touched() {
    let (memory, _, _) = saved();
    let place = place_of(&Key::Contact(ContactId::fixed(1)));
    let newer = memory.all()[&place].replace("\"format\":2", "\"format\":3");
    memory.write(&place, &newer).unwrap();
    let before = memory.all();
    let texts = Texts::new(before.clone().into_iter().collect());
    let port = Box::new(Rc::clone(&memory));
    let (mut store, mut w) = Store::open_beside(port, Some(&texts), Vec::new(), now()).unwrap();
    assert!(store.is_outdated());
    assert_eq!(w.interviews().count(), 1, "the rest is shown");
    w.edit_settings(|settings| settings.clock_hidden = true);
    let touched = w.take_touched();
    assert!(store.save(&w, &touched, now()).is_err());
    assert!(store.wipe().is_err());
    assert_eq!(memory.all(), before);
    assert_eq!(store.take_outbox(), None, "nor is its second copy touched");
}
