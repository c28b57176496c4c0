//! Two devices become one again: what wins, what stays, what goes.

use super::*;
use serde_json::json;

fn stamp(at: i64, by: u128) -> Stamp {
    Stamp { at, count: 0, by: DeviceId::fixed(by) }
}

fn body(value: Value) -> Map<String, Value> {
    value.as_object().cloned().unwrap()
}

fn edit(history: &History, kind: &str, value: Value, at: i64, by: u128) -> History {
    history.edited(kind, Some(&body(value)), stamp(at, by)).0
}

fn begun(kind: &str, value: Value) -> History {
    edit(&History::default(), kind, value, 1, 1)
}

#[test]
fn different_fields_changed_on_two_devices_are_both_there() {
    let both = begun("contact", json!({"name": "Ada", "role": "Clerk"}));
    let mine = edit(&both, "contact", json!({"name": "Ada L", "role": "Clerk"}), 5, 1);
    let theirs = edit(&both, "contact", json!({"name": "Ada", "role": "Poet"}), 3, 2);
    let joined = mine.joined(&theirs);
    assert_eq!(joined.body("contact"), body(json!({"name": "Ada L", "role": "Poet"})));
    assert!(!joined.has_new_conflicts(&mine));
}

#[test]
fn of_one_field_changed_on_both_the_later_stays() {
    let both = begun("contact", json!({"name": "Ada"}));
    let mine = edit(&both, "contact", json!({"name": "Earlier"}), 3, 1);
    let theirs = edit(&both, "contact", json!({"name": "Later"}), 4, 2);
    let joined = mine.joined(&theirs);
    assert_eq!(joined.body("contact"), body(json!({"name": "Later"})));
    assert!(joined.has_new_conflicts(&mine));
}

#[test]
fn a_text_that_only_went_on_is_not_kept_twice() {
    let mine = begun("answer", json!({"text": "She said no"}));
    let theirs = edit(&mine, "answer", json!({"text": "She said maybe"}), 3, 2);
    let joined = mine.joined(&theirs);
    assert_eq!(joined.body("answer"), body(json!({"text": "She said maybe"})));
}

#[test]
fn a_text_changed_on_both_keeps_both_until_it_is_edited() {
    let both = begun("answer", json!({"text": "Start"}));
    let mine = edit(&both, "answer", json!({"text": "Start\nmine"}), 3, 1);
    let theirs = edit(&both, "answer", json!({"text": "Start\ntheirs"}), 2, 2);
    let joined = mine.joined(&theirs);
    assert_eq!(joined.body("answer"), body(json!({"text": "Start\ntheirs\n\nmine"})));
    let tidied = edit(&joined, "answer", json!({"text": "Tidied"}), 9, 1);
    for other in [&mine, &theirs, &joined] {
        assert_eq!(tidied.joined(other), tidied);
    }
}

#[test]
fn tags_of_both_stay_and_one_taken_off_stays_off() {
    let both = begun("contact", json!({"name": "Ada", "tags": ["old", "shared"]}));
    let mine = edit(&both, "contact", json!({"name": "Ada", "tags": ["mine", "shared"]}), 3, 1);
    let theirs =
        edit(&both, "contact", json!({"name": "Ada", "tags": ["old", "shared", "theirs"]}), 2, 2);
    let joined = mine.joined(&theirs).body("contact");
    let mut tags: Vec<_> =
        joined["tags"].as_array().unwrap().iter().map(|t| t.as_str().unwrap()).collect();
    tags.sort_unstable();
    assert_eq!(tags, ["mine", "shared", "theirs"]);
}

#[test]
fn an_edit_beats_a_deletion_that_had_not_seen_it_and_no_other() {
    let both = begun("answer", json!({"text": "Start", "useful": true}));
    let deleted = both.edited("answer", None, stamp(9, 1)).0;
    assert!(!deleted.is_alive());
    assert!(!deleted.joined(&both).is_alive(), "there was nothing new in it");
    let edited = edit(&both, "answer", json!({"text": "More", "useful": true}), 2, 2);
    let joined = deleted.joined(&edited);
    assert!(joined.is_alive());
    assert_eq!(
        joined.body("answer"),
        body(json!({"text": "More", "useful": true})),
        "all of it is back"
    );
    let again = joined.edited("answer", None, stamp(10, 2)).0;
    for other in [&both, &edited, &deleted, &joined] {
        assert!(!again.joined(other).is_alive());
    }
}

#[test]
fn what_was_deleted_and_written_anew_is_there() {
    let first = begun("answer", json!({"text": "Start"}));
    let deleted = first.edited("answer", None, stamp(2, 1)).0;
    let anew = edit(&deleted, "answer", json!({"text": "Anew"}), 3, 1);
    assert!(anew.is_alive());
    for other in [&first, &deleted] {
        assert_eq!(anew.joined(other).body("answer"), body(json!({"text": "Anew"})));
    }
}

#[test]
fn entries_of_a_list_keep_their_order() {
    let one = json!({"on": 3});
    let two = json!({"on": 1});
    let three = json!({"on": 2});
    let mine = begun("contact", json!({"touches": [one, two]}));
    let more = edit(&mine, "contact", json!({"touches": [one, two, three]}), 4, 2);
    let turned = edit(&more, "contact", json!({"touches": [three, one, two]}), 5, 1);
    for (history, expected) in [
        (&mine, json!([one, two])),
        (&more, json!([one, two, three])),
        (&turned, json!([three, one, two])),
    ] {
        assert_eq!(
            history.joined(&mine.clone()).joined(history).body("contact")["touches"],
            expected
        );
    }
}

#[test]
fn a_history_reads_back_from_its_text() {
    let both = begun("contact", json!({"name": "Ada", "known": "glue", "tags": ["a"]}));
    let mine =
        edit(&both, "contact", json!({"name": "Ada L", "known": "mine", "tags": ["a"]}), 5, 1);
    let theirs = edit(&both, "contact", json!({"name": "Ada", "known": "theirs"}), 4, 2);
    let joined = mine.joined(&theirs);
    let deleted = mine.edited("contact", None, stamp(6, 1)).0;
    let buried = deleted.joined(&both);
    let raised = deleted.joined(&theirs);
    for history in [both, mine, theirs, joined, deleted, buried, raised] {
        let stamp = history.stamp().unwrap();
        let body = history.is_alive().then(|| history.body("contact"));
        let again = match history.to_json("contact", stamp) {
            Some(json) => {
                History::from_json("contact", stamp, json.as_object().unwrap(), body.as_ref())
            }
            None => History::plain("contact", stamp, body.as_ref()),
        };
        assert_eq!(again, history);
    }
}
