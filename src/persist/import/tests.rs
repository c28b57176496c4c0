//! Bringing backups in: merge, replace, and back again.

use super::*;
use crate::domain::contact::Contact;
use crate::domain::id::{ContactId, QuestionId};
use crate::persist::arbitrary;
use crate::persist::backup;
use crate::persist::memory::Memory;
use crate::persist::storage::Storage;
use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::rc::Rc;

fn now() -> DateTime<Utc> {
    "2026-03-02T10:00:00Z".parse().unwrap()
}

/// One browser: its storage, what is known of it, and its workspace.
struct Laptop {
    memory: Rc<Memory>,
    store: Store,
    workspace: Workspace,
    time: DateTime<Utc>,
}

impl Laptop {
    fn new() -> Self {
        let memory = Rc::new(Memory::default());
        let port: Box<dyn Storage> = Box::new(Rc::clone(&memory));
        let (store, workspace) = Store::open(port, Vec::new(), now()).unwrap();
        Self { memory, store, workspace, time: now() }
    }

    fn edit(&mut self, edit: impl FnOnce(&mut Workspace)) {
        self.time += TimeDelta::minutes(1);
        edit(&mut self.workspace);
        let touched = self.workspace.take_touched();
        self.store.save(&self.workspace, &touched, self.time).unwrap();
    }

    fn add(&mut self, n: u128, name: &str) {
        let contact = Contact::named(ContactId::fixed(n), name, self.time);
        self.edit(|w| {
            w.add_contact(contact);
        });
    }

    fn export(&self) -> String {
        let texts = self.store.texts(&self.workspace, &BTreeSet::new(), self.time).unwrap();
        backup::write(&texts, self.store.kept(), self.store.device(), self.time).unwrap()
    }

    fn import(&mut self, file: &str, way: Way) -> Preview {
        let backup = backup::read(file).unwrap();
        let preview = preview(&backup, &self.workspace, &self.store, way, self.time);
        let _ = self.store.change_texts(preview.changes()).unwrap();
        self.workspace = self.store.reload(Vec::new()).unwrap();
        preview
    }
}

#[test]
fn merging_adds_what_is_new_takes_what_is_newer_and_removes_nothing() {
    let (mut mine, mut theirs) = (Laptop::new(), Laptop::new());
    for laptop in [&mut mine, &mut theirs] {
        laptop.add(1, "Ada");
        laptop.add(2, "Grace");
    }
    mine.add(3, "Only mine");
    theirs.add(4, "Only theirs");
    mine.edit(|w| w.edit_contact(ContactId::fixed(1), |c| c.role = "Mine, older".to_owned()));
    theirs.time += TimeDelta::hours(1);
    theirs.edit(|w| w.edit_contact(ContactId::fixed(1), |c| c.role = "Theirs, newer".to_owned()));
    mine.time += TimeDelta::hours(2);
    mine.edit(|w| w.edit_contact(ContactId::fixed(2), |c| c.role = "Mine, newer".to_owned()));
    let preview = mine.import(&theirs.export(), Way::Merge);
    for (effect, count) in [
        (Effect::Added, 1),
        (Effect::Changed, 1),
        (Effect::Conflicting, 1),
        (Effect::KeptMine, 0),
        (Effect::Same, 0),
        (Effect::Removed, 0),
    ] {
        assert_eq!(preview.count(effect), count, "{effect:?}");
    }
    let role = |n| mine.workspace.contact(ContactId::fixed(n)).map(|c| c.role.clone());
    assert_eq!(role(1).as_deref(), Some("Theirs, newer"));
    assert_eq!(role(2).as_deref(), Some("Mine, newer"));
    assert!(role(3).is_some() && role(4).is_some());
}

#[test]
fn replacing_makes_everything_as_it_is_in_the_file() {
    let (mut mine, mut theirs) = (Laptop::new(), Laptop::new());
    mine.add(1, "Mine");
    mine.edit(|w| w.edit_settings(|s| s.clock_hidden = true));
    theirs.add(2, "Theirs");
    let preview = mine.import(&theirs.export(), Way::Replace);
    assert_eq!(preview.count(Effect::Removed), 2);
    assert_eq!(preview.count(Effect::Added), 1);
    assert_eq!(mine.workspace, theirs.workspace);
}

#[test]
fn a_record_deleted_here_stays_deleted_in_a_merge_and_comes_back_in_a_replacement() {
    let mut mine = Laptop::new();
    mine.add(1, "Ada");
    let file = mine.export();
    mine.edit(|w| {
        let _ = w.delete_contact(ContactId::fixed(1));
    });
    let preview = mine.import(&file, Way::Merge);
    assert_eq!(preview.count(Effect::StaysDeleted), 1);
    assert!(mine.workspace.contact(ContactId::fixed(1)).is_none());
    let preview = mine.import(&file, Way::Replace);
    assert_eq!(preview.count(Effect::Added), 1);
    assert!(mine.workspace.contact(ContactId::fixed(1)).is_some());
}

#[test]
fn importing_ones_own_export_changes_nothing() {
    let mut mine = Laptop::new();
    mine.add(1, "Ada");
    mine.edit(|w| {
        let talk = w.plan_interview(ContactId::fixed(1), now());
        w.note(talk, &QuestionId::free_notes(), "שלום <b>", now());
    });
    let before = mine.memory.all();
    for way in [Way::Merge, Way::Replace] {
        let preview = mine.import(&mine.export(), way);
        assert!(preview.is_idle(), "{way:?}");
        assert_eq!(mine.memory.all(), before, "{way:?}");
    }
}

#[test]
fn export_wipe_import_gives_the_same_texts() {
    let mut mine = Laptop::new();
    mine.add(1, "Ada");
    mine.add(2, "Grace");
    mine.edit(|w| {
        let _ = w.delete_contact(ContactId::fixed(2));
    });
    mine.memory.write("ask-around:contact:broken", "half a rec").unwrap();
    mine.workspace = mine.store.reload(Vec::new()).unwrap();
    let file = mine.export();
    let before = mine.memory.all();
    for way in [Way::Merge, Way::Replace] {
        let _ = mine.store.wipe().unwrap();
        mine.workspace = mine.store.reload(Vec::new()).unwrap();
        assert!(mine.workspace.is_empty());
        let _ = mine.import(&file, way);
        let records = |all: &std::collections::BTreeMap<String, String>| {
            let mut all = all.clone();
            all.retain(|place, _| !is_own_business(place));
            all
        };
        assert_eq!(records(&mine.memory.all()), records(&before), "{way:?}");
    }
}

#[test]
fn a_backup_cannot_plant_a_text_over_anything_of_this_browser() {
    let mut mine = Laptop::new();
    mine.add(1, "Ada");
    let before = mine.memory.all();
    let mut evil = backup::read(&Laptop::new().export()).unwrap();
    for place in before.keys().map(String::as_str).chain(["other-app:key", "ask-around:backup"]) {
        evil.kept.push((place.to_owned(), "planted".to_owned()));
    }
    let preview = preview(&evil, &mine.workspace, &mine.store, Way::Merge, now());
    for (place, _) in preview.changes() {
        assert!(place.starts_with("ask-around:kept:"), "{place}");
    }
}

proptest! {
    #[test]
    fn any_workspace_survives_export_wipe_import(
        records in prop::collection::vec(arbitrary::record(), 0..10),
    ) {
        let mut mine = Laptop::new();
        mine.edit(|w| w.add_sample(records));
        let (file, before) = (mine.export(), mine.workspace.clone());
        let _ = mine.store.wipe().unwrap();
        mine.workspace = mine.store.reload(Vec::new()).unwrap();
        prop_assert!(mine.workspace.is_empty());
        let _ = mine.import(&file, Way::Merge);
        prop_assert_eq!(&mine.workspace, &before);
        prop_assert!(mine.import(&file, Way::Merge).is_idle());
    }
}
