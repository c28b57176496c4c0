//! What the verbs of a workspace must do.

use super::*;
use crate::domain::contact::Warmth;
use crate::domain::interview::Stage;
use crate::domain::question::{Aim, Theme, Weight};
use chrono::TimeDelta;

fn now() -> DateTime<Utc> {
    "2026-03-02T10:00:00Z".parse().unwrap()
}

fn bank() -> Vec<Question> {
    ["one", "two", "three"]
        .into_iter()
        .map(|name| Question {
            id: name.parse().unwrap(),
            text: format!("What about {name}?"),
            probe: "How so?".to_owned(),
            theme: Theme::TypicalDay,
            aim: Aim::InsideEdge,
            minutes: 2,
            suits: None,
            weight: Weight::Reserve,
            homework: false,
            retired: false,
            built_in: true,
        })
        .collect()
}

/// A person, a talk with them, a note and a task.
fn filled() -> (Workspace, ContactId, InterviewId, QuestionId) {
    let mut w = Workspace::with_bank(bank());
    let contact = w.add_contact(Contact::named(ContactId::fixed(1), "Ada", now()));
    let interview = w.plan_interview(contact, now());
    let question: QuestionId = "one".parse().unwrap();
    w.toggle_pick(interview, &question);
    w.note(interview, &question, "Early mornings", now());
    w.put_task(Task {
        id: TaskId::fixed(1),
        text: "Read her article".to_owned(),
        due: None,
        done: None,
        contact: Some(contact),
        interview: Some(interview),
        sample: false,
    });
    (w, contact, interview, question)
}

#[test]
fn an_edit_marks_the_records_it_changed_and_no_other() {
    let (mut w, contact, interview, question) = filled();
    let _ = w.take_touched();
    w.edit_contact(contact, |c| c.name = "Ada".to_owned());
    assert!(!w.has_touched(), "nothing changed");
    w.note(interview, &question, "Early mornings, long evenings", now());
    let touched: Vec<_> = w.take_touched().into_iter().collect();
    assert_eq!(touched, [Key::Answer(interview, question)]);
}

#[test]
fn a_deleted_contact_takes_everything_along_and_undo_brings_it_all_back() {
    let (mut w, contact, interview, question) = filled();
    let whole = w.clone();
    let before = w.delete_contact(contact);
    assert!(w.contact(contact).is_none());
    assert!(w.interview(interview).is_none());
    assert!(w.answer(interview, &question).is_none());
    assert_eq!(w.tasks().count(), 0);
    assert!(w.is_empty());
    let _ = w.take_touched();
    w.put_back(before);
    assert_eq!(w, whole);
    assert_eq!(w.take_touched().len(), 4, "what came back is saved again");
}

#[test]
fn an_edit_of_something_gone_does_not_bring_it_back() {
    let (mut w, contact, interview, question) = filled();
    let _ = w.delete_contact(contact);
    w.edit_contact(contact, |c| c.name = "Ghost".to_owned());
    w.edit_interview(interview, |i| i.minutes = 5);
    w.note(interview, &question, "late words", now());
    assert!(w.is_empty());
}

#[test]
fn an_emptied_note_leaves_no_record_unless_it_is_marked() {
    let (mut w, _, interview, question) = filled();
    w.toggle_useful(interview, &question);
    w.note(interview, &question, "", now());
    assert!(w.answer(interview, &question).is_some());
    w.toggle_useful(interview, &question);
    assert!(w.answer(interview, &question).is_none());
}

#[test]
fn a_note_remembers_when_it_was_begun() {
    let (mut w, _, interview, question) = filled();
    w.note(interview, &question, "more", now() + TimeDelta::minutes(5));
    assert_eq!(w.answer(interview, &question).and_then(|a| a.begun), Some(now()));
}

#[test]
fn only_what_was_changed_of_a_built_in_question_is_stored() {
    let (mut w, ..) = filled();
    let id: QuestionId = "two".parse().unwrap();
    let original = w.question(&id).unwrap();
    w.edit_question(&id, |c| c.text = Some("What about the second?".to_owned()));
    let change = w.question_change(&id).unwrap();
    assert_eq!(change.probe, None);
    assert_eq!(w.question(&id).unwrap().text, "What about the second?");
    assert_eq!(w.question(&id).unwrap().probe, "How so?");
    w.edit_question(&id, |c| c.text = Some(original.text.clone()));
    assert_eq!(w.question_change(&id), None, "back to the original leaves no record");
    assert_eq!(w.question(&id), Some(original));
}

#[test]
fn a_retired_question_stays_readable_and_can_come_back() {
    let (mut w, ..) = filled();
    let id: QuestionId = "one".parse().unwrap();
    w.edit_question(&id, |c| c.retired = true);
    assert!(w.question(&id).unwrap().retired);
    assert_eq!(w.questions().len(), 3);
    w.edit_question(&id, |c| c.retired = false);
    assert_eq!(w.question_change(&id), None);
}

#[test]
fn picks_are_ranked_within_bounds() {
    let (mut w, _, interview, _) = filled();
    let id = |name: &str| -> QuestionId { name.parse().unwrap() };
    w.toggle_pick(interview, &id("two"));
    w.toggle_pick(interview, &id("three"));
    w.rank_pick(interview, &id("three"), -5);
    w.rank_pick(interview, &id("one"), 9);
    let picks = w.interview(interview).map(|i| i.picks.clone()).unwrap();
    assert_eq!(picks, [id("three"), id("two"), id("one")]);
    w.toggle_pick(interview, &id("two"));
    assert_eq!(w.interview(interview).map(|i| i.picks.len()), Some(2));
}

#[test]
fn starting_twice_keeps_the_first_start() {
    let (mut w, _, interview, question) = filled();
    w.start(interview, now());
    w.start(interview, now() + TimeDelta::minutes(3));
    let talk = w.interview(interview).unwrap();
    assert_eq!(talk.clock.as_ref().map(Clock::started), Some(now()));
    assert_eq!(talk.in_hand, Item::OpeningWords);
    w.step(interview, 1);
    assert_eq!(w.interview(interview).map(|t| t.in_hand.clone()), Some(Item::Question(question)));
}

#[test]
fn a_talk_reopened_and_ended_again_is_logged_once() {
    let (mut w, contact, interview, _) = filled();
    w.start(interview, now());
    for _ in 0..2 {
        w.talked(interview, now(), now().date_naive());
        w.reopen(interview, now());
    }
    let touches = w.contact(contact).map(|c| c.touches.len());
    assert_eq!(touches, Some(1));
}

#[test]
fn a_suggested_name_becomes_one_warm_contact_however_often_it_is_taken() {
    let (mut w, contact, interview, _) = filled();
    w.suggest_name(interview, "Grace", "met at the lab", now());
    let suggestion = w.interview(interview).unwrap().debrief.suggestions[0].id;
    let first = w.adopt(interview, suggestion, now()).unwrap();
    assert_eq!(w.adopt(interview, suggestion, now()), Some(first));
    assert_eq!(w.contacts().count(), 2);
    let grace = w.contact(first).unwrap();
    assert_eq!(grace.warmth, Warmth::Warm);
    assert_eq!(grace.introduced_by, Some(contact));
    assert_eq!(grace.notes, "met at the lab");
}

#[test]
fn thanks_are_logged_with_the_person() {
    let (mut w, contact, interview, _) = filled();
    w.thanked(interview, now(), now().date_naive());
    assert_eq!(w.interview(interview).and_then(|i| i.debrief.thanked), Some(now()));
    assert_eq!(w.contact(contact).map(|c| c.touches[0].what), Some(Contacted::Thanked));
}

#[test]
fn thanks_said_by_mistake_can_be_unsaid() {
    let (mut w, _, interview, _) = filled();
    let whole = w.clone();
    let before = w.undoable_talk(interview, |w| w.thanked(interview, now(), now().date_naive()));
    assert_ne!(w, whole);
    w.put_back(before);
    assert_eq!(w, whole);
}

#[test]
fn the_history_stays_in_the_order_of_days() {
    let (mut w, contact, ..) = filled();
    let day = |d| NaiveDate::from_ymd_opt(2026, 3, d).unwrap();
    for d in [5, 1, 3] {
        w.log(contact, day(d), Contacted::Asked, "");
    }
    let days: Vec<_> = w.contact(contact).unwrap().touches.iter().map(|t| t.on).collect();
    assert_eq!(days, [day(1), day(3), day(5)]);
}

#[test]
fn removing_the_sample_keeps_what_my_own_work_hangs_on() {
    let mut w = Workspace::with_bank(bank());
    let mut met = Contact::named(ContactId::fixed(1), "Sample met", now());
    let mut unmet = Contact::named(ContactId::fixed(2), "Sample unmet", now());
    met.sample = true;
    unmet.sample = true;
    w.add_sample([Record::Contact(met), Record::Contact(unmet)]);
    let mine = w.plan_interview(ContactId::fixed(1), now());
    let whole = w.clone();
    let before = w.remove_sample();
    assert!(!w.has_sample());
    assert!(w.contact(ContactId::fixed(1)).is_some());
    assert!(w.contact(ContactId::fixed(2)).is_none());
    assert!(w.interview(mine).is_some());
    w.put_back(before);
    assert_eq!(w, whole);
}

#[test]
fn notes_whose_talk_is_lost_are_still_found() {
    let (mut w, _, interview, question) = filled();
    assert_eq!(w.orphans(), Vec::<String>::new());
    let mut without = Workspace::default();
    without.load(w.record(&Key::Answer(interview, question)).unwrap());
    assert_eq!(without.orphans(), ["Early mornings"]);
    let _ = w.take_touched();
}

#[test]
fn the_sample_never_replaces_what_is_there() {
    let mut w = Workspace::with_bank(bank());
    w.edit_plan(|plan| plan.field = "Archives".to_owned());
    let sample = Plan { field: "Museums".to_owned(), sample: true, ..Plan::default() };
    w.add_sample([Record::Plan(sample)]);
    assert_eq!(w.plan().field, "Archives");
}

#[test]
fn every_record_reads_back_by_its_key() {
    let (mut w, _, _, question) = filled();
    w.edit_plan(|plan| plan.field = "Archives".to_owned());
    w.choose(Policy::Minutes, 3);
    w.edit_question(&question, |c| c.retired = true);
    let mut copy = Workspace::with_bank(bank());
    for record in w.records() {
        assert_eq!(w.record(&record.key()), Some(record.clone()));
        copy.load(record);
    }
    assert_eq!(copy, w);
    let _ = w.delete_everything();
    assert!(w.is_empty());
}

#[test]
fn a_talk_that_begins_at_once_needs_no_name_and_has_its_questions() {
    let mut w = Workspace::with_bank(bank());
    let id = w.talk_now("", now());
    let talk = w.interview(id).unwrap();
    assert_eq!(talk.stage(), Stage::Live);
    assert_eq!(talk.minutes, 15);
    assert!(!talk.picks.is_empty());
    assert_eq!(w.contact(talk.contact).unwrap().name, "");
    let keys = [Key::Contact(talk.contact), Key::Interview(id)];
    assert!(keys.iter().all(|key| w.touched().contains(key)), "both are saved");
}
