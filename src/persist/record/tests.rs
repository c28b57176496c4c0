//! Records read back as they were, and nothing makes the decoder panic.

use super::*;
use crate::domain::contact::Contact;
use crate::domain::id::ContactId;
use crate::persist::arbitrary;
use chrono::DateTime;
use proptest::prelude::*;

fn stamp(at: i64, by: u128) -> Stamp {
    Stamp { at, count: 0, by: DeviceId::fixed(by) }
}

fn ada() -> Record {
    Record::Contact(Contact::named(ContactId::fixed(1), "Ada", DateTime::UNIX_EPOCH))
}

fn text_of(record: &Record) -> String {
    edited(&record.key(), None, Some(record), stamp(1_770_000_000_000, 5)).unwrap().0
}

#[test]
fn one_changed_character_anywhere_is_noticed() {
    let text = text_of(&ada());
    for (position, _) in text.char_indices() {
        let mut changed = text.clone().into_bytes();
        changed[position] ^= 1;
        let Ok(changed) = String::from_utf8(changed) else { continue };
        match decode(&changed) {
            Err(_) => {}
            Ok(same) => assert_eq!(Ok(same), decode(&text), "changed at {position}: {changed}"),
        }
    }
}

#[test]
fn a_record_cut_short_anywhere_is_refused() {
    let text = text_of(&ada());
    for end in 0..text.len() {
        assert!(decode(&text[..end]).is_err(), "cut at {end}");
    }
}

#[test]
fn a_tombstone_reads_back() {
    let key = ada().key();
    let (text, meta) = edited(&key, Some(&text_of(&ada())), None, stamp(i64::MAX, 5)).unwrap();
    assert!(meta.deleted);
    assert_eq!(decode(&text), Ok((key, meta, None)));
    assert!(!text.contains("Ada"), "what is deleted here is gone from the text");
}

#[test]
fn a_newer_format_is_named_not_guessed_at() {
    let text = text_of(&ada()).replace("\"format\":2", "\"format\":7");
    assert_eq!(decode(&text), Err(Unreadable::Newer(7)));
}

#[test]
fn a_record_under_another_id_than_its_own_is_refused() {
    let other = Key::Contact(ContactId::fixed(2));
    let (text, _) = edited(&other, None, Some(&ada()), stamp(1, 1)).unwrap();
    assert!(matches!(decode(&text), Err(Unreadable::NotUnderstood(_))));
}

#[test]
fn fields_of_a_newer_version_survive_an_edit_here() {
    let key = Key::Interview(crate::domain::id::InterviewId::fixed(3));
    let body = format!(
        r#"{{"id":"{}","contact":"{}","created":"2026-03-02T10:00:00Z","minutes":20,
            "mood":"sunny","debrief":{{"learned":"much","stars":5}}}}"#,
        crate::domain::id::InterviewId::fixed(3),
        ContactId::fixed(1)
    );
    let body: Box<RawValue> = RawValue::from_string(body).unwrap();
    let mut envelope = Envelope {
        key: key.to_string(),
        format: 1,
        rev: 1,
        at: 0,
        n: 0,
        by: DeviceId::fixed(1),
        history: None,
        sum: String::new(),
        body: &body,
    };
    envelope.sum = envelope.checksum();
    let text = serde_json::to_string(&envelope).unwrap();
    let (key, _, content) = decode(&text).unwrap();
    let Some(Record::Interview(mut interview)) = content else { panic!("an interview") };
    interview.debrief.learned = "more".to_owned();
    let interview = Record::Interview(interview);
    let (again, _) = edited(&key, Some(&text), Some(&interview), stamp(1, 1)).unwrap();
    let value: Value = serde_json::from_str(&again).unwrap();
    assert_eq!(value["body"]["mood"], "sunny");
    assert_eq!(value["body"]["debrief"]["stars"], 5);
    assert_eq!(value["body"]["debrief"]["learned"], "more");
}

#[test]
fn a_field_emptied_here_does_not_come_back() {
    let Record::Contact(mut contact) = ada() else { panic!("a contact") };
    contact.email = "ada@example.org".to_owned();
    let text = text_of(&Record::Contact(contact));
    let (key, _, content) = decode(&text).unwrap();
    let Some(Record::Contact(mut contact)) = content else { panic!("a contact") };
    contact.email.clear();
    let record = Record::Contact(contact);
    let (text, _) = edited(&key, Some(&text), Some(&record), stamp(i64::MAX, 5)).unwrap();
    let (_, _, again) = decode(&text).unwrap();
    assert_eq!(again, Some(record));
}

#[test]
fn stamps_always_move_on_even_when_the_clock_goes_back() {
    let by = DeviceId::fixed(1);
    let mut stamp = Stamp { at: 0, count: 0, by };
    for now in [10, 10, 9, -5, 11, 11, 3] {
        let next = stamp.next(now, by);
        assert!(next > stamp, "{next:?} after {stamp:?}");
        stamp = next;
    }
    let last = Stamp { at: 5, count: u32::MAX, by };
    assert!(last.next(5, by) > last);
}

proptest! {
    #[test]
    fn any_record_reads_back_as_it_was(record in arbitrary::record(), at in any::<i64>()) {
        let (text, meta) = edited(&record.key(), None, Some(&record), stamp(at, 5)).unwrap();
        prop_assert_eq!(decode(&text), Ok((record.key(), meta, Some(record))));
    }

    #[test]
    fn any_text_is_decoded_without_panic(text in arbitrary::text()) {
        prop_assert!(decode(&text).is_err());
    }

    #[test]
    fn a_mutated_record_never_panics_or_reads_as_another(
        record in arbitrary::record(),
        at in any::<prop::sample::Index>(),
        byte in any::<u8>(),
    ) {
        let text = text_of(&record);
        let mut bytes = text.clone().into_bytes();
        let place = at.index(bytes.len());
        bytes[place] = byte;
        let changed = String::from_utf8_lossy(&bytes).into_owned();
        if let Ok(read) = decode(&changed) {
            prop_assert_eq!(Ok(read), decode(&text));
        }
    }
}
