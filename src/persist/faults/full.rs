//! Storage fills up while somebody types, with every size of room that is left.

use super::*;
use crate::persist::backup;
use crate::persist::import::{Way, preview};
use crate::persist::space::{LIMIT, RESERVE_UNITS};

/// What one case has come to.
#[derive(Default)]
struct Tried {
    saves: usize,
    deletions: usize,
    wipes: usize,
    imports: usize,
}

fn talk() -> InterviewId {
    InterviewId::fixed(1)
}

/// About forty characters to type; in every fourth note some that are not ASCII.
fn words(note: usize, at: usize) -> String {
    match note % 4 {
        0 => format!("{note}.{at}: \"glue\" \\ שלום 👩🏽‍🔬 and patience\n"),
        _ => format!("{note}.{at}: she began with glue and patience. "),
    }
}

fn question(note: usize) -> QuestionId {
    format!("full-{note}").parse().unwrap()
}

/// One thing that can be deleted in one go.
type Deletion = (&'static str, fn(&mut Workspace));

fn deletions() -> Vec<Deletion> {
    vec![
        ("a contact with a talk", |w| drop(w.delete_contact(ContactId::fixed(1)))),
        ("a contact with a task", |w| drop(w.delete_contact(ContactId::fixed(2)))),
        ("a contact of one letter", |w| drop(w.delete_contact(ContactId::fixed(3)))),
        ("a talk", |w| drop(w.delete_interview(talk()))),
        ("a task", |w| drop(w.delete_task(TaskId::fixed(1)))),
        ("a task of one letter", |w| drop(w.delete_task(TaskId::fixed(2)))),
        ("a short note", |w| w.note(talk(), &question(9_999), "", now())),
        ("a long note", |w| w.note(talk(), &question(0), "", now())),
        ("everything", |w| drop(w.delete_everything())),
    ]
}

fn furnish(w: &mut Workspace) {
    w.add_sample(a_few_records());
    w.add_contact(Contact::named(ContactId::fixed(3), "G", now()));
    w.note(talk(), &question(9_999), "n", now());
    w.put_task(Task {
        id: TaskId::fixed(2),
        text: "t".to_owned(),
        due: None,
        done: None,
        contact: None,
        interview: None,
        sample: false,
    });
}

/// Another storage with the same texts and not one unit free.
fn brimful(disk: &Rc<Disk>) -> Rc<Disk> {
    let full = Disk::with(disk.all());
    full.room.set(Some(full.used()));
    full
}

/// A backup that brings in more than there is.
fn another_laptops_file() -> String {
    let (mut store, mut w) = open(&Disk::of_device(2), None);
    edit(&mut store, &mut w, now(), |w| w.add_sample(any_records(5, 3)));
    export(&store, &w, now())
}

fn typed_until_full(free: usize, file: &str, tried: &mut Tried) {
    let case = format!("{free} units free");
    let disk = Disk::of_device(1);
    let (mut store, mut w) = open(&disk, None);
    edit(&mut store, &mut w, now(), furnish);
    let mut shadow = Texts::new();
    take_over(&mut shadow, store.take_outbox().unwrap());
    let earlier: Vec<_> = w.records().collect();
    assert!(!store.room().reserve_in_use, "{case}");
    disk.room.set(Some(disk.used() + free));

    // Typing, and going on for a while when nothing can be saved any more.
    let mut saved = w.clone();
    let (mut note, mut text, mut at) = (0, String::new(), 0);
    let (mut in_reserve, mut refused) = (0, 0);
    let mut unsaved = BTreeSet::new();
    while refused < 3 {
        at += 1;
        text.push_str(&words(note, at));
        w.note(talk(), &question(note), &text, now());
        let touched = w.take_touched();
        let was_in_use = store.room().reserve_in_use;
        tried.saves += 1;
        match store.save(&w, &touched, now()) {
            Ok(()) => {
                assert_eq!(refused, 0, "{case}: saved again though nothing became free");
                saved = w.clone();
                if was_in_use {
                    in_reserve += units(&words(note, at));
                }
                if text.len() > 1_000 {
                    (note, text, at) = (note + 1, String::new(), 0);
                }
            }
            Err(failure) => {
                assert_eq!(failure.error, StorageError::Full, "{case}");
                assert_eq!(failure.keys, touched, "{case}");
                unsaved.extend(failure.keys);
                refused += 1;
            }
        }
    }
    assert!(store.room().reserve_in_use, "{case}");
    assert!(in_reserve > RESERVE_UNITS / 2, "{case}: only {in_reserve} units of last words");

    // All that was typed can be carried out of the browser.
    let texts = store.texts(&w, &unsaved, now()).unwrap();
    let out = backup::write(&texts, store.kept(), store.device(), now()).unwrap();
    let out = backup::read(&out).unwrap();
    let contents: Vec<_> = out.entries.values().filter_map(|entry| entry.content.clone()).collect();
    assert_eq!(contents, w.records().collect::<Vec<_>>(), "{case}");

    // Nothing is brought in that would not fit.
    let file = backup::read(file).unwrap();
    disk.order(Fault::Never);
    tried.imports += 1;
    let refusal = preview(&file, &w, &store, Way::Merge, now()).must_fit(&store);
    assert!(matches!(refusal, Err(StorageError::Crowded(90..))), "{case}: {refusal:?}");
    assert_eq!(disk.log.borrow().len(), 0, "{case}: written before it was refused");

    // What was said to be saved is there, alone and beside the shadow.
    if let Some(outbox) = store.take_outbox() {
        take_over(&mut shadow, outbox);
    }
    drop(store);
    for beside in [None, Some(&shadow)] {
        let again = Disk::with(disk.all());
        again.room.set(disk.room.get());
        let (store, found) = open(&again, beside);
        assert!(found == saved, "{case}: not all that was saved is there");
        assert!(earlier.iter().all(|record| found.record(&record.key()).as_ref() == Some(record)));
        assert!(store.kept().is_empty(), "{case}");
    }

    // There is always room to make room.
    for (what, delete) in deletions() {
        let full = brimful(&disk);
        let (mut store, mut w) = open(&full, Some(&shadow));
        delete(&mut w);
        let touched = w.take_touched();
        tried.deletions += 1;
        store.save(&w, &touched, now()).unwrap_or_else(|error| panic!("{case}: {what}: {error:?}"));
        drop(store);
        let (mut store, again) = open(&full, None);
        assert!(again == w, "{case}: {what}");
        // And everything can still go.
        tried.wipes += 1;
        store.wipe().unwrap_or_else(|error| panic!("{case}: wipe after {what}: {error:?}"));
    }
    let full = brimful(&disk);
    let (mut store, _) = open(&full, Some(&shadow));
    tried.wipes += 1;
    store.wipe().unwrap_or_else(|error| panic!("{case}: wipe: {error:?}"));
    drop(store);
    let left: Vec<_> = full.all().into_keys().filter(|place| !is_own_business(place)).collect();
    assert_eq!(left, Vec::<String>::new(), "{case}");
    assert!(open(&full, None).1.is_empty(), "{case}");
}

#[test]
fn when_storage_is_full_nothing_that_was_saved_or_typed_is_lost() {
    let begun = std::time::Instant::now();
    let file = another_laptops_file();
    let steps = usize::try_from(cases(256, 4)).unwrap();
    let mut tried = Tried::default();
    for step in 0..steps {
        // In steps of 256 bytes, two a unit.
        typed_until_full(step * (256 / steps) * 128, &file, &mut tried);
    }
    let Tried { saves, deletions, wipes, imports } = tried;
    println!(
        "full storage: {steps} sizes of free space below 64 KiB, {saves} saves, \
         {deletions} deletions, {wipes} wipes and {imports} imports when full; nothing lost ({:?})",
        begun.elapsed()
    );
}

#[test]
fn after_a_deletion_when_full_there_is_still_room_to_wipe() {
    let disk = Disk::of_device(1);
    let (mut store, mut w) = open(&disk, None);
    edit(&mut store, &mut w, now(), furnish);
    disk.room.set(Some(disk.used()));
    for round in 0..3 {
        let mut text = String::new();
        for at in 0.. {
            text.push_str(&words(round, at));
            w.note(talk(), &question(round), &text, now());
            let touched = w.take_touched();
            if store.save(&w, &touched, now()).is_err() {
                break;
            }
        }
        disk.room.set(Some(disk.used()));
        edit(&mut store, &mut w, now(), |w| {
            w.note(talk(), &question(round), "", now());
        });
    }
    let full = brimful(&disk);
    open(&full, None).0.wipe().unwrap();
}

#[test]
fn an_import_beyond_nine_tenths_is_refused_before_the_first_write() {
    let talk_to_be = |notes: usize, length: usize| {
        let (mut store, mut w) = open(&Disk::of_device(2), None);
        edit(&mut store, &mut w, now(), |w| {
            w.add_sample(a_few_records());
            for note in 0..notes {
                w.note(talk(), &question(note), &"w".repeat(length), now());
            }
        });
        export(&store, &w, now())
    };
    for (per_cent, fits) in [(88, true), (91, false)] {
        let file = talk_to_be(40, LIMIT * per_cent / 100 / 40);
        let disk = Disk::of_device(1);
        let (mut store, mut w) = open(&disk, None);
        edit(&mut store, &mut w, now(), |w| {
            w.add_contact(Contact::named(ContactId::fixed(9), "Here already", now()));
        });
        disk.order(Fault::Never);
        let before = disk.all();
        let preview = preview(&backup::read(&file).unwrap(), &w, &store, Way::Merge, now());
        let fit = preview.must_fit(&store);
        assert_eq!(fit.is_ok(), fits, "{per_cent} %: {fit:?}");
        assert!(fits || matches!(fit, Err(StorageError::Crowded(90..))), "{fit:?}");
        assert!(disk.log.borrow().is_empty());
        assert!(disk.all() == before);
    }
}
