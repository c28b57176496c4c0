//! Any record at all, for property tests: every text field gets any text.

use crate::domain::answer::Answer;
use crate::domain::contact::{ChosenFor, Contact, Contacted, Seniority, Touch, Warmth};
use crate::domain::id::{ContactId, InterviewId, QuestionId, SuggestionId, TaskId};
use crate::domain::interview::{Debrief, Fit, Interview, Mode, Suggestion};
use crate::domain::plan::{Plan, Purpose};
use crate::domain::policy::{Appearance, Policy, Settings};
use crate::domain::prepare::Step;
use crate::domain::question::{Aim, QuestionChange, Theme, Weight};
use crate::domain::task::Task;
use crate::domain::timebox::{Clock, Item};
use crate::domain::workspace::Record;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use proptest::collection::{btree_set, vec};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

/// Any text: every kind of character, line breaks and what looks like markup.
pub fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => any::<String>(),
        1 => "\\PC{0,40}",
        1 => Just("<script>alert(1)</script>".to_owned()),
        1 => Just("שלום 👩🏽‍🔬 \u{202e}\u{0}\r\n".to_owned()),
    ]
}

fn one_of<T: Copy + std::fmt::Debug + 'static>(all: &'static [T]) -> impl Strategy<Value = T> {
    select(all)
}

/// Any instant between 1970 and 2100, to the millisecond.
pub fn instant() -> impl Strategy<Value = DateTime<Utc>> {
    (0i64..4_102_444_800_000).prop_map(|ms| DateTime::UNIX_EPOCH + TimeDelta::milliseconds(ms))
}

fn day() -> impl Strategy<Value = NaiveDate> {
    instant().prop_map(|at| at.date_naive())
}

fn question_id() -> impl Strategy<Value = QuestionId> {
    "[a-z0-9-]{1,64}".prop_map(|id| id.parse().unwrap())
}

fn touch() -> impl Strategy<Value = Touch> {
    (day(), one_of(Contacted::ALL), text()).prop_map(|(on, what, note)| Touch { on, what, note })
}

fn contact() -> impl Strategy<Value = Contact> {
    let texts = vec(text(), 11);
    let choices = (
        option::of(any::<u16>()),
        option::of(one_of(Seniority::ALL)),
        one_of(Warmth::ALL),
        option::of(one_of(ChosenFor::ALL)),
        option::of(any::<u128>()),
    );
    (
        any::<u128>(),
        instant(),
        texts,
        choices,
        btree_set(text(), 0..4),
        vec(touch(), 0..4),
        any::<bool>(),
    )
        .prop_map(|(id, added, texts, choices, tags, touches, sample)| {
            let mut texts = texts.into_iter();
            let mut next = || texts.next().unwrap();
            Contact {
                id: ContactId::fixed(id),
                added,
                name: next(),
                role: next(),
                organisation: next(),
                years_in_field: choices.0,
                seniority: choices.1,
                warmth: choices.2,
                warmth_reason: next(),
                chosen_for: choices.3,
                source: next(),
                introduced_by: choices.4.map(ContactId::fixed),
                email: next(),
                phone: next(),
                address: next(),
                link: next(),
                known: next(),
                notes: next(),
                tags,
                touches,
                sample,
            }
        })
}

fn clock() -> impl Strategy<Value = Clock> {
    (instant(), vec((0u8..4, 0i64..5_000_000), 0..8)).prop_map(|(start, steps)| {
        let mut clock = Clock::start(start);
        let mut now = start;
        for (what, step) in steps {
            now += TimeDelta::milliseconds(step);
            match what {
                0 => clock.pause(now),
                1 => clock.resume(now),
                2 => clock.end(now),
                _ => clock.reopen(now),
            }
        }
        clock
    })
}

fn item() -> impl Strategy<Value = Item> {
    prop_oneof![
        Just(Item::OpeningWords),
        question_id().prop_map(Item::Question),
        Just(Item::ClosingWords),
    ]
}

fn suggestion() -> impl Strategy<Value = Suggestion> {
    (any::<u128>(), text(), text(), option::of(any::<u128>())).prop_map(
        |(id, name, about, contact)| Suggestion {
            id: SuggestionId::fixed(id),
            name,
            about,
            contact: contact.map(ContactId::fixed),
        },
    )
}

fn debrief() -> impl Strategy<Value = Debrief> {
    let dates = (option::of(instant()), option::of(instant()), option::of(instant()));
    (vec(text(), 4), option::of(one_of(Fit::ALL)), vec(suggestion(), 0..4), dates).prop_map(
        |(texts, fit, suggestions, (thanked, second_note, done))| {
            let mut texts = texts.into_iter();
            let mut next = || texts.next().unwrap();
            Debrief {
                learned: next(),
                surprised: next(),
                fit,
                fit_why: next(),
                suggestions,
                thanks_for: next(),
                thanked,
                second_note,
                done,
            }
        },
    )
}

fn interview() -> impl Strategy<Value = Interview> {
    (
        (any::<u128>(), any::<u128>(), instant(), vec(text(), 4), any::<u16>(), any::<bool>()),
        (option::of(one_of(Mode::ALL)), option::of(instant()), one_of(Step::ALL)),
        (option::of(text()), option::of(text()), btree_set(text(), 0..4)),
        (vec(question_id(), 0..6), option::of(clock()), item(), debrief()),
    )
        .prop_map(|(base, meeting, words, talk)| {
            let (id, contact, created, texts, minutes, sample) = base;
            let mut texts = texts.into_iter();
            let mut next = || texts.next().unwrap();
            Interview {
                id: InterviewId::fixed(id),
                contact: ContactId::fixed(contact),
                created,
                goals: next(),
                read: next(),
                mode: meeting.0,
                starts_at: meeting.1,
                minutes,
                place: next(),
                arrangements: next(),
                picks: talk.0,
                opening: words.0,
                closing: words.1,
                packed: words.2,
                step: meeting.2,
                clock: talk.1,
                in_hand: talk.2,
                debrief: talk.3,
                sample,
            }
        })
}

fn plan() -> impl Strategy<Value = Plan> {
    (vec(text(), 7), one_of(Purpose::ALL), any::<bool>()).prop_map(|(texts, purpose, sample)| {
        let mut texts = texts.into_iter();
        let mut next = || texts.next().unwrap();
        Plan {
            name: next(),
            about_me: next(),
            field: next(),
            roles: next(),
            organisations: next(),
            purpose,
            goals: next(),
            beliefs: next(),
            sample,
        }
    })
}

fn settings() -> impl Strategy<Value = Settings> {
    (vec(0usize..4, Policy::ALL.len()), one_of(Appearance::ALL), any::<bool>()).prop_map(
        |(positions, appearance, clock_hidden)| {
            let mut settings = Settings { appearance, clock_hidden, ..Settings::default() };
            for (policy, position) in Policy::ALL.iter().zip(positions) {
                settings.policies.choose(*policy, position);
            }
            settings
        },
    )
}

fn change() -> impl Strategy<Value = QuestionChange> {
    (
        option::of(text()),
        option::of(text()),
        option::of(one_of(Theme::ALL)),
        option::of(one_of(Aim::ALL)),
        option::of(any::<u16>()),
        option::of(one_of(Weight::ALL)),
        any::<bool>(),
        any::<bool>(),
    )
        .prop_map(|(text, probe, theme, aim, minutes, weight, retired, sample)| {
            QuestionChange { text, probe, theme, aim, minutes, weight, retired, sample }
        })
}

fn answer() -> impl Strategy<Value = Answer> {
    (text(), option::of(instant()), any::<bool>(), any::<bool>())
        .prop_map(|(text, begun, useful, sample)| Answer { text, begun, useful, sample })
}

fn task() -> impl Strategy<Value = Task> {
    let links = (option::of(any::<u128>()), option::of(any::<u128>()));
    (any::<u128>(), text(), option::of(day()), option::of(instant()), links, any::<bool>())
        .prop_map(|(id, text, due, done, (contact, interview), sample)| Task {
            id: TaskId::fixed(id),
            text,
            due,
            done,
            contact: contact.map(ContactId::fixed),
            interview: interview.map(InterviewId::fixed),
            sample,
        })
}

/// Any record of any kind.
pub fn record() -> impl Strategy<Value = Record> {
    prop_oneof![
        contact().prop_map(Record::Contact),
        interview().prop_map(Record::Interview),
        plan().prop_map(Record::Plan),
        settings().prop_map(Record::Settings),
        (question_id(), change()).prop_map(|(id, change)| Record::Question(id, change)),
        (any::<u128>(), question_id(), answer()).prop_map(|(id, q, answer)| Record::Answer(
            InterviewId::fixed(id),
            q,
            answer
        )),
        task().prop_map(Record::Task),
    ]
}
