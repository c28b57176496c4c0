//! Whatever was exported comes back the same after everything was deleted.

use super::*;
use crate::domain::key::Key;
use crate::persist::backup;
use crate::persist::import::{Way, preview};
use crate::persist::store::place_of;

/// A storage with any records, some of them deleted or edited twice, and some
/// texts that can't be read.
fn any_storage(seed: u64) -> Rc<Disk> {
    let mut chance = Chance::new(seed);
    let disk = Disk::of_device(1);
    let (mut store, mut w) = open(&disk, None);
    let count = chance.below(10);
    let records = any_records(seed, count);
    edit(&mut store, &mut w, now(), |w| w.add_sample(records.clone()));
    for record in records {
        match record {
            Record::Contact(contact) if chance.one_in(2) => {
                edit(&mut store, &mut w, now(), |w| drop(w.delete_contact(contact.id)));
            }
            Record::Task(task) => {
                edit(&mut store, &mut w, now(), |w| {
                    w.edit_task(task.id, |task| task.text.push_str(" again"));
                });
            }
            _ => {}
        }
    }
    let mut texts = disk.all();
    if chance.one_in(2) {
        let newer = "{\"key\":\"plan\",\"format\":9,\"words\":\"of another time\"}";
        texts.insert("ask-around:kept:5:ask-around:plan".to_owned(), newer.to_owned());
    }
    if chance.one_in(2) {
        texts.insert("ask-around:contact:broken".to_owned(), "half a rec \u{0}\n\"".to_owned());
    }
    if chance.one_in(2) {
        texts.entry(place_of(&Key::Settings)).or_insert_with(|| "{\"half\":".to_owned());
    }
    if let Some((place, text)) = texts.clone().iter().find(|(place, _)| place.contains(":task:"))
        && chance.one_in(2)
    {
        // Words that another tab was faster than.
        texts.insert(format!("ask-around:kept:7:{place}"), text.clone());
    }
    Disk::with(texts)
}

#[test]
fn what_was_exported_comes_back_the_same_after_a_wipe() {
    let begun = std::time::Instant::now();
    let seeds = cases(1_000, 30);
    let (mut records, mut kept) = (0, 0);
    for seed in 0..seeds {
        for way in [Way::Merge, Way::Replace] {
            let disk = any_storage(seed);
            let (mut store, w) = open(&disk, None);
            let before = worth(&disk.all());
            let file = export(&store, &w, now());
            let _ = store.wipe().unwrap();
            let nothing = store.reload(Vec::new()).unwrap();
            assert!(nothing.is_empty(), "seed {seed}");
            assert_eq!(
                worth(&disk.all()),
                Worth { records: BTreeMap::new(), kept: BTreeSet::new() }
            );
            // Here, and on a laptop that never saw it.
            let elsewhere = Disk::of_device(2);
            let (other, clean) = open(&elsewhere, None);
            for (disk, mut store, empty) in [(disk, store, nothing), (elsewhere, other, clean)] {
                let read = backup::read(&file).unwrap();
                let preview = preview(&read, &empty, &store, way, now());
                assert_eq!(preview.must_fit(&store), Ok(()), "seed {seed} {way:?}");
                let _ = store.change_texts(preview.changes()).unwrap();
                let again = store.reload(Vec::new()).unwrap();
                assert!(again == w, "seed {seed} {way:?}: other records");
                assert_eq!(worth(&disk.all()), before, "seed {seed} {way:?}");
                assert!(open(&disk, None).1 == w, "seed {seed} {way:?}: after reopening");
            }
            records += before.records.len();
            kept += before.kept.len();
        }
    }
    println!(
        "round trip: {seeds} workspaces exported, wiped and imported both ways, here and \
         elsewhere: {records} records and {kept} kept texts the same to the letter ({:?})",
        begun.elapsed()
    );
}

#[test]
fn an_unreadable_text_comes_back_even_where_another_one_lies() {
    let broken = "ask-around:contact:broken".to_owned();
    let of = |text: &str| {
        let disk = Disk::of_device(1);
        disk.texts.borrow_mut().insert(broken.clone(), text.to_owned());
        disk
    };
    let (store, w) = open(&of("one text"), None);
    let file = backup::read(&export(&store, &w, now())).unwrap();
    let disk = of("another text");
    let (mut store, w) = open(&disk, None);
    let coming = preview(&file, &w, &store, Way::Merge, now());
    let _ = store.change_texts(coming.changes()).unwrap();
    let w = store.reload(Vec::new()).unwrap();
    let both = BTreeSet::from(["one text".to_owned(), "another text".to_owned()]);
    assert_eq!(worth(&disk.all()).kept, both);
    assert!(preview(&file, &w, &store, Way::Merge, now()).is_idle(), "once is enough");
}
