//! A session over storage that fails: what is saved, what is said, what is undone.

use super::*;
use crate::domain::contact::Contact;
use crate::domain::id::ContactId;
use crate::persist::backup::Backup;
use crate::persist::memory::Memory;
use std::cell::Cell;
use std::rc::Rc;

fn now() -> DateTime<Utc> {
    "2026-03-02T10:00:00Z".parse().unwrap()
}

fn no_bank() -> Vec<Question> {
    Vec::new()
}

/// A session over `memory`, under an owner that keeps its signals alive.
fn session(memory: &Rc<Memory>) -> (Owner, Session) {
    let owner = Owner::new();
    let session = owner.with(|| {
        let (store, workspace) =
            Store::open(Box::new(Rc::clone(memory)), no_bank(), now()).unwrap();
        Session::new(store, workspace, true, no_bank)
    });
    (owner, session)
}

fn add(session: Session, n: u128, name: &str) {
    session.edit(|w| w.add_contact(Contact::named(ContactId::fixed(n), name, now())));
}

fn bring_in(session: Session, backup: &Backup, way: Way) -> Result<(), StorageError> {
    let mut preview = Preview::default();
    while session.preview(&mut preview, backup, way, 1, now()) {}
    session.import(&preview, "Brought in", now())
}

/// Every stored record, and every text that could not be read.
fn records(memory: &Memory) -> std::collections::BTreeMap<String, String> {
    let mut all = memory.all();
    all.retain(|place, _| !crate::persist::store::is_own_business(place));
    all
}

fn names(session: Session) -> Vec<String> {
    session.peek(|w| w.contacts().map(|contact| contact.name.clone()).collect())
}

#[test]
fn an_edit_waits_arms_the_timer_and_is_stored_by_a_flush() {
    let memory = Rc::new(Memory::default());
    let (_owner, session) = session(&memory);
    let armed = Rc::new(Cell::new(0));
    let count = Rc::clone(&armed);
    session.on_pending(move || count.set(count.get() + 1));
    add(session, 1, "Ada");
    assert_eq!(session.save_state().get_untracked(), SaveState::Saving);
    assert_eq!(armed.get(), 1);
    assert!(records(&memory).is_empty());
    session.flush(now());
    assert_eq!(session.save_state().get_untracked(), SaveState::Saved);
    assert_eq!(records(&memory).len(), 1);
}

#[test]
fn a_failed_save_keeps_the_text_and_says_so_until_it_succeeds() {
    let memory = Rc::new(Memory::default());
    let (_owner, session) = session(&memory);
    memory.limit(Some(0));
    add(session, 1, "Ada");
    session.flush(now());
    assert_eq!(session.save_state().get_untracked(), SaveState::NotSaved(StorageError::Full));
    assert_eq!(names(session), ["Ada"]);
    let file = session.export(now()).unwrap();
    assert!(file.contains("Ada"), "what can't be stored can be taken away");
    memory.limit(None);
    session.flush(now());
    assert_eq!(session.save_state().get_untracked(), SaveState::Saved);
    assert!(memory.all().values().any(|text| text.contains("Ada")));
}

#[test]
fn a_deletion_is_undone_in_storage_too() {
    let memory = Rc::new(Memory::default());
    let (_owner, session) = session(&memory);
    add(session, 1, "Ada");
    session.flush(now());
    session.edit_undoable("Deleted Ada", |w| w.delete_contact(ContactId::fixed(1)));
    session.flush(now());
    assert_eq!(session.undo_message().get_untracked().as_deref(), Some("Deleted Ada"));
    session.undo(now()).unwrap();
    session.flush(now());
    assert_eq!(session.undo_message().get_untracked(), None);
    let (_owner, again) = self::session(&memory);
    assert_eq!(names(again), ["Ada"]);
}

#[test]
fn an_offer_to_undo_is_gone_once_it_would_take_later_words_away() {
    let memory = Rc::new(Memory::default());
    let (_owner, session) = session(&memory);
    let rename = |name: &str| {
        session.edit(|w| w.edit_contact(ContactId::fixed(1), |c| name.clone_into(&mut c.name)));
    };
    add(session, 1, "Ada");
    session.edit_undoable("Changed", |w| {
        let before = w.before(&Key::Contact(ContactId::fixed(1)));
        w.edit_contact(ContactId::fixed(1), |c| c.role = "Archivist".to_owned());
        before
    });
    add(session, 2, "Grace");
    assert!(session.undo_message().get_untracked().is_some(), "Grace has nothing to do with it");
    rename("Ada L");
    assert_eq!(session.undo_message().get_untracked(), None);
    session.undo(now()).unwrap();
    assert_eq!(names(session), ["Ada L", "Grace"]);
}

#[test]
fn an_import_and_a_wipe_are_undone_to_the_letter() {
    let other = Rc::new(Memory::default());
    let (_other_owner, theirs) = session(&other);
    add(theirs, 2, "Grace");
    let backup = backup::read(&theirs.export(now()).unwrap()).unwrap();

    let memory = Rc::new(Memory::default());
    let (_owner, session) = session(&memory);
    add(session, 1, "Ada");
    session.flush(now());
    let before = records(&memory);
    bring_in(session, &backup, Way::Replace).unwrap();
    assert_eq!(names(session), ["Grace"]);
    session.undo(now()).unwrap();
    assert_eq!(names(session), ["Ada"]);
    assert_eq!(records(&memory), before);
    session.wipe("Deleted everything", now()).unwrap();
    assert_eq!(names(session), Vec::<String>::new());
    session.undo(now()).unwrap();
    assert_eq!(names(session), ["Ada"]);
    assert_eq!(records(&memory), before);
}

#[test]
fn nothing_is_brought_in_while_words_wait_that_could_not_be_saved() {
    let memory = Rc::new(Memory::default());
    let (_owner, session) = session(&memory);
    let backup = backup::read(&session.export(now()).unwrap()).unwrap();
    memory.limit(Some(0));
    add(session, 1, "Ada");
    assert_eq!(bring_in(session, &backup, Way::Replace), Err(StorageError::Full));
    assert_eq!(names(session), ["Ada"]);
}

#[test]
fn a_failed_import_changes_nothing_at_all() {
    let other = Rc::new(Memory::default());
    let (_other_owner, theirs) = session(&other);
    for n in 0..5 {
        add(theirs, n, &format!("Person {n}"));
    }
    let backup = backup::read(&theirs.export(now()).unwrap()).unwrap();
    let memory = Rc::new(Memory::default());
    let (_owner, session) = session(&memory);
    add(session, 9, "Ada");
    session.flush(now());
    let before = records(&memory);
    let room: usize = memory.all().iter().map(|(key, text)| key.len() + text.len()).sum();
    memory.limit(Some(room + 1_000));
    assert_eq!(bring_in(session, &backup, Way::Merge), Err(StorageError::Full));
    assert_eq!(records(&memory), before);
    assert_eq!(names(session), ["Ada"]);
}

#[test]
fn a_session_with_nowhere_to_save_never_claims_to_have_saved() {
    let owner = Owner::new();
    owner.with(|| {
        let (store, workspace) =
            Store::open(Box::new(Memory::default()), no_bank(), now()).unwrap();
        let session = Session::new(store, workspace, false, no_bank);
        add(session, 1, "Ada");
        session.flush(now());
        assert_eq!(session.save_state().get_untracked(), SaveState::NowhereToSave);
    });
}
