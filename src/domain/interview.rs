//! One talk with one person, from the first thought of it to the debrief.

use super::{choices, is_off};
use crate::domain::id::{ContactId, InterviewId, QuestionId, SuggestionId};
use crate::domain::prepare::Step;
use crate::domain::timebox::{Clock, Item};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

choices! {
    /// How the talk is held. The order is the order of preference (P62).
    Mode {
        /// Face to face.
        InPerson,
        /// By video.
        Video,
        /// By phone.
        Phone,
        /// They answer in writing; that is an interview too (P15).
        InWriting,
    }
}

choices! {
    /// How far a talk has come.
    Stage {
        /// No time is set yet.
        Preparing,
        /// A time is set.
        Scheduled,
        /// It is going on.
        Live,
        /// It is over and waits for its debrief.
        ToDebrief,
        /// Debriefed.
        Done,
    }
}

choices! {
    /// Does this path still fit? (P35)
    Fit {
        /// Yes.
        Yes,
        /// In part.
        Partly,
        /// No.
        No,
        /// Can't tell yet.
        Unsure,
    }
}

/// A name that somebody gave in a talk (P78, P82): a person, or a group, or a place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suggestion {
    /// Tells two suggestions of one talk apart.
    pub id: SuggestionId,
    /// The name.
    pub name: String,
    /// What was said of them, how to reach them.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub about: String,
    /// The contact it has become, once it has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<ContactId>,
}

/// What is written down when the talk is over.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Debrief {
    /// What I learned.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub learned: String,
    /// What surprised me, or went against what I believed (P23).
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub surprised: String,
    /// Whether the path still fits (P35).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fit: Option<Fit>,
    /// Why, or why not.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub fit_why: String,
    /// Names suggested.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub suggestions: Vec<Suggestion>,
    /// What to name in the thank-you: what I enjoyed, what I will do with it (P36).
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub thanks_for: String,
    /// When the thank-you was sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub thanked: Option<DateTime<Utc>>,
    /// When the second note was sent (P37).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub second_note: Option<DateTime<Utc>>,
    /// When the debrief was called done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub done: Option<DateTime<Utc>>,
}

/// One talk: its preparation, its clock and its debrief.
/// The notes are records of their own, see [`crate::domain::answer`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Interview {
    /// The record's id.
    pub id: InterviewId,
    /// With whom.
    pub contact: ContactId,
    /// When it was created.
    pub created: DateTime<Utc>,
    /// What I most want to learn from this person (P23).
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub goals: String,
    /// What I read beforehand (P13).
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub read: String,
    /// How the talk is held; `None` until chosen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mode: Option<Mode>,
    /// The instant it is set for; `None` until agreed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub starts_at: Option<DateTime<Utc>>,
    /// The minutes agreed on (P66).
    pub minutes: u16,
    /// Where: a place, a link or a number.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub place: String,
    /// How they will recognise me, and what else was agreed (P65, P96).
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub arrangements: String,
    /// The questions picked, most important first (P97).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub picks: Vec<QuestionId>,
    /// The opening words as the user changed them; `None` follows the draft.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opening: Option<String>,
    /// The closing words as the user changed them; `None` follows the draft.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closing: Option<String>,
    /// The checklist lines that are ticked, by their ids (P98).
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub packed: BTreeSet<String>,
    /// The wizard step last open, to come back to.
    #[serde(default)]
    pub step: Step,
    /// The clock, once the talk has begun.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clock: Option<Clock>,
    /// What is in hand while talking.
    #[serde(default)]
    pub in_hand: Item,
    /// What is written down afterwards.
    #[serde(default)]
    pub debrief: Debrief,
    /// Whether this talk belongs to the sample.
    #[serde(default, skip_serializing_if = "is_off")]
    pub sample: bool,
}

impl Interview {
    /// A talk with `contact` of which only the agreed `minutes` are known.
    #[must_use]
    pub fn with(id: InterviewId, contact: ContactId, minutes: u16, now: DateTime<Utc>) -> Self {
        Self {
            id,
            contact,
            created: now,
            goals: String::new(),
            read: String::new(),
            mode: None,
            starts_at: None,
            minutes,
            place: String::new(),
            arrangements: String::new(),
            picks: Vec::new(),
            opening: None,
            closing: None,
            packed: BTreeSet::new(),
            step: Step::default(),
            clock: None,
            in_hand: Item::OpeningWords,
            debrief: Debrief::default(),
            sample: false,
        }
    }

    /// How far the talk has come.
    #[must_use]
    pub fn stage(&self) -> Stage {
        match &self.clock {
            Some(clock) if clock.ended().is_none() => Stage::Live,
            Some(_) if self.debrief.done.is_none() => Stage::ToDebrief,
            Some(_) => Stage::Done,
            None if self.starts_at.is_some() => Stage::Scheduled,
            None => Stage::Preparing,
        }
    }

    /// When the talk took place: its end, once it has one.
    #[must_use]
    pub fn ended(&self) -> Option<DateTime<Utc>> {
        self.clock.as_ref().and_then(Clock::ended)
    }
}
