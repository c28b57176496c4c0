//! Bodies are taken apart and put together without loss, and prose of two
//! devices loses no line.

use super::*;
use crate::domain::id::DeviceId;
use crate::persist::arbitrary;
use crate::persist::record::edited;
use proptest::prelude::*;
use serde_json::json;

fn body(value: Value) -> Map<String, Value> {
    value.as_object().cloned().unwrap()
}

fn stamp(at: i64) -> Stamp {
    Stamp { at, count: 0, by: DeviceId::fixed(1) }
}

fn again(kind: &str, body: &Map<String, Value>) -> Map<String, Value> {
    let leaves = leaves(kind, body);
    let in_order = leaves.iter().enumerate();
    let stamped = in_order.map(|(n, leaf)| (leaf.path.as_str(), n));
    assembled(
        stamped
            .zip(&leaves)
            .map(|((path, n), leaf)| (path, stamp(i64::try_from(n).unwrap()), leaf.value.clone()))
            .collect(),
    )
}

#[test]
fn names_with_marks_in_them_come_back() {
    let odd = body(json!({"a/b": 1, "~": {"=x": 2, "#y": 3, "": 4}, "tags": []}));
    assert_eq!(again("plan", &odd), odd);
}

#[test]
fn the_same_entry_twice_is_two_entries() {
    let touches = body(json!({"touches": [{"on": 1}, {"on": 1}, {"on": 0}]}));
    assert_eq!(leaves("contact", &touches).len(), 3);
    assert_eq!(again("contact", &touches), touches);
}

#[test]
fn what_the_later_text_adds_follows_the_earlier() {
    let of = |texts: &[&str]| side_by_side(texts, "\n");
    assert_eq!(of(&["one", "one\ntwo"]), "one\ntwo");
    assert_eq!(of(&["one\ntwo", "two"]), "one\ntwo");
    assert_eq!(of(&["one\nmine", "one\ntheirs"]), "one\nmine\n\ntheirs");
    assert_eq!(of(&["", "theirs"]), "theirs");
    assert_eq!(of(&["Norway", "No"]), "Norway\n\nNo", "one word is not in another");
    assert_eq!(
        side_by_side(&["call Ada / call Grace", "call Ada"], " / "),
        "call Ada / call Grace"
    );
    assert_eq!(side_by_side(&["call Ada", "call Grace"], " / "), "call Ada / call Grace");
}

proptest! {
    #[test]
    fn any_body_comes_back_as_it_was(record in arbitrary::record()) {
        let key = record.key();
        let (text, _) = edited(&key, None, Some(&record), stamp(1)).unwrap();
        let envelope: Value = serde_json::from_str(&text).unwrap();
        let mut body = body(envelope["body"].clone());
        // Items have an order of their own: that of their ids, which is that of their making.
        if let Some(Value::Array(items)) = body.get_mut("debrief").and_then(|d| d.get_mut("suggestions")) {
            items.sort_by_key(|item| item["id"].to_string());
        }
        prop_assert_eq!(again(key.kind(), &body), body);
    }

    #[test]
    fn every_line_of_every_text_is_still_there(texts in prop::collection::vec(".{0,12}(\n.{0,12}){0,3}", 1..4)) {
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let all = side_by_side(&texts, "\n");
        let lines = texts.iter().flat_map(|text| text.split('\n'));
        for line in lines.filter(|line| !line.trim().is_empty()) {
            prop_assert!(all.contains(line), "{line:?} in {all:?}");
        }
    }
}
