//! A backup reads back whole, and every kind of bad file is named.

use super::*;
use crate::domain::contact::Contact;
use crate::domain::id::ContactId;
use crate::domain::workspace::Workspace;
use crate::persist::arbitrary;
use crate::persist::memory::Memory;
use crate::persist::store::Store;
use proptest::prelude::*;
use std::collections::BTreeSet;

fn now() -> DateTime<Utc> {
    "2026-03-02T10:00:00Z".parse().unwrap()
}

fn file_of(records: Vec<Record>) -> (String, Workspace) {
    let (store, mut w) = Store::open(Box::new(Memory::default()), Vec::new(), now()).unwrap();
    w.add_sample(records);
    let texts = store.texts(&w, &BTreeSet::new(), now()).unwrap();
    (write(&texts, store.kept(), store.device(), now()).unwrap(), w)
}

fn small_file() -> String {
    let contact = Contact::named(ContactId::fixed(1), "Ada \u{1f600}", now());
    file_of(vec![Record::Contact(contact)]).0
}

#[test]
fn each_kind_of_bad_file_is_named() {
    let good = small_file();
    assert!(read(&good).is_ok());
    let wrong_shape = |text: &str| matches!(read(text), Err(BackupError::WrongShape(_)));
    assert_eq!(read(" \n"), Err(BackupError::Empty));
    assert_eq!(read("Dear Ada"), Err(BackupError::NotJson));
    assert_eq!(read("\u{0}PK\u{3}\u{4}"), Err(BackupError::NotJson));
    assert_eq!(read("[1, 2]"), Err(BackupError::OtherProgram));
    assert_eq!(read("\"ask-around\""), Err(BackupError::OtherProgram));
    assert_eq!(read("{\"app\":\"notes\",\"format\":1}"), Err(BackupError::OtherProgram));
    assert_eq!(
        read(&good.replace("\"format\":2,\"exp", "\"format\":3,\"exp")),
        Err(BackupError::Newer(3))
    );
    assert!(wrong_shape(&good.replace("\"format\":2,\"exp", "\"format\":\"one\",\"exp")));
    assert!(wrong_shape(&good.replace("\"exported\":\"2026", "\"exported\":\"soon")));
    assert!(wrong_shape("{\"app\":\"ask-around\",\"format\":1,\"records\":7}"));
    assert!(matches!(
        read(&good.replace("Ada", "Eve")),
        Err(BackupError::BadRecord { number: 1, why: Unreadable::Damaged })
    ));
    assert_eq!(read(&" ".repeat(MAX_BYTES + 1)), Err(BackupError::TooLarge(MAX_BYTES + 1)));
}

#[test]
fn a_file_that_lost_a_whole_line_is_noticed() {
    let people = (1..=3).map(|n| {
        Record::Contact(Contact::named(ContactId::fixed(n), &format!("Person {n}"), now()))
    });
    let (good, _) = file_of(people.collect());
    let lines: Vec<_> = good.lines().filter(|line| !line.contains("Person 2")).collect();
    assert_eq!(read(&lines.join("\n")), Err(BackupError::CutShort));
}

#[test]
fn a_file_cut_anywhere_is_refused() {
    let good = small_file();
    for end in (0..good.trim_end().len()).filter(|end| good.is_char_boundary(*end)) {
        let error = read(&good[..end]).unwrap_err();
        let expected = if end == 0 { BackupError::Empty } else { BackupError::CutShort };
        assert_eq!(error, expected, "cut at {end}");
    }
}

#[test]
fn a_byte_order_mark_in_front_does_not_matter() {
    assert!(read(&format!("\u{feff}{}", small_file())).is_ok());
}

proptest! {
    #[test]
    fn any_workspace_reads_back_equal(records in prop::collection::vec(arbitrary::record(), 0..12)) {
        let (file, w) = file_of(records);
        let backup = read(&file).unwrap();
        let mut again = Workspace::default();
        for entry in backup.entries.into_values() {
            again.load(entry.content.unwrap());
        }
        prop_assert_eq!(again, w);
    }

    #[test]
    fn any_text_is_read_without_panic(text in arbitrary::text()) {
        prop_assert!(read(&text).is_err());
    }

    #[test]
    fn a_mutated_file_never_panics(at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let good = small_file();
        let mut bytes = good.into_bytes();
        let place = at.index(bytes.len());
        bytes[place] = byte;
        let _ = read(&String::from_utf8_lossy(&bytes));
    }
}
