//! Questions: the bank that is compiled in, and what a user makes of it.

use super::{choices, is_off};
use crate::domain::contact::{Contact, Seniority};
use crate::domain::id::QuestionId;
use serde::{Deserialize, Serialize};

choices! {
    /// The twenty themes a complete bank covers.
    Theme {
        /// How they got in (P30).
        PathIn,
        /// A day, and where the time goes (P45).
        TypicalDay,
        /// What it takes to do the work (P54).
        Skills,
        /// Training and credentials (P84, P103).
        Training,
        /// How people are really hired (P81).
        Hiring,
        /// The hard parts (P32).
        Challenges,
        /// What is enjoyed (P44, P84).
        Rewards,
        /// Downsides, and who leaves (P84).
        Downsides,
        /// Team and culture (P54).
        Culture,
        /// Hours, travel and life.
        Hours,
        /// How pay is built.
        Pay,
        /// Advancement (P84).
        Advancement,
        /// Related roles (P34).
        RelatedRoles,
        /// What ten years will change (P84).
        Trends,
        /// This organisation.
        Organisation,
        /// Gaps in my background (P54).
        Gaps,
        /// Hindsight.
        Hindsight,
        /// What to read, join and attend (P30).
        Resources,
        /// Who else, and who disagrees (P78, P102).
        WhoElse,
        /// Closing with a plan (P29, P51, P52).
        Closing,
    }
}

choices! {
    /// The three groups that the themes fall into.
    ThemeGroup {
        /// The work itself.
        Work,
        /// The conditions around it.
        Conditions,
        /// You, and what comes next.
        YouAndNext,
    }
}

impl Theme {
    /// The group this theme belongs to.
    #[must_use]
    pub fn group(self) -> ThemeGroup {
        use Theme::{
            Advancement, Challenges, Closing, Culture, Downsides, Gaps, Hindsight, Hiring, Hours,
            Organisation, PathIn, Pay, RelatedRoles, Resources, Rewards, Skills, Training, Trends,
            TypicalDay, WhoElse,
        };
        match self {
            PathIn | TypicalDay | Skills | Training | Hiring | Challenges | Rewards | Downsides => {
                ThemeGroup::Work
            }
            Culture | Hours | Pay | Advancement | RelatedRoles | Trends | Organisation => {
                ThemeGroup::Conditions
            }
            Gaps | Hindsight | Resources | WhoElse | Closing => ThemeGroup::YouAndNext,
        }
    }
}

choices! {
    /// What a question is for (P67).
    Aim {
        /// Shows honest interest in the person.
        ShowInterest,
        /// Tests whether this path fits me.
        TestFit,
        /// Gives knowledge that reading would not.
        InsideEdge,
        /// Lets someone help me, and want to.
        WinAdvocates,
    }
}

choices! {
    /// Whether a question must be asked or waits in reserve.
    Weight {
        /// Nice to have, if time allows.
        Reserve,
        /// Fills a slot that must not stay empty (P30, P84).
        Must,
    }
}

/// One question, whole, as it is shown and asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// Its id.
    pub id: QuestionId,
    /// The words to say: open-ended, never answerable by yes or no (P44).
    pub text: String,
    /// A follow-up for when the answer stays short.
    pub probe: String,
    /// What it is about.
    pub theme: Theme,
    /// What it is for (P67).
    pub aim: Aim,
    /// Usual time to hear the answer, in minutes.
    pub minutes: u16,
    /// Whom it suits best; `None` suits anyone (P58).
    pub suits: Option<Seniority>,
    /// Must ask, or reserve.
    pub weight: Weight,
    /// Whether an hour of reading could answer it (P13).
    pub homework: bool,
    /// Whether the user put it aside.
    pub retired: bool,
    /// Whether it came with the app.
    pub built_in: bool,
}

impl Question {
    /// Whether the question suits this person's seniority (P58).
    /// Unknown seniority rules nothing out.
    #[must_use]
    pub fn suits(&self, contact: &Contact) -> bool {
        match (self.suits, contact.seniority()) {
            (Some(wanted), Some(has)) => wanted == has,
            _ => true,
        }
    }

    /// Whether every word of `query` occurs in the question or its probe.
    #[must_use]
    pub fn matches(&self, query: &str) -> bool {
        let text = format!("{}\n{}", self.text, self.probe).to_lowercase();
        query.to_lowercase().split_whitespace().all(|word| text.contains(word))
    }
}

/// What is stored of a question: for one's own question everything, for a
/// built-in one only the parts that were changed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct QuestionChange {
    /// The words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// The follow-up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub probe: Option<String>,
    /// The theme.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub theme: Option<Theme>,
    /// The purpose.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub aim: Option<Aim>,
    /// The minutes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minutes: Option<u16>,
    /// Must ask, or reserve.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weight: Option<Weight>,
    /// Whether the question was put aside.
    #[serde(default, skip_serializing_if = "is_off")]
    pub retired: bool,
    /// Whether this question belongs to the sample.
    #[serde(default, skip_serializing_if = "is_off")]
    pub sample: bool,
}

impl QuestionChange {
    /// Whether nothing differs from the built-in question any more.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The question that results: the built-in one with the changes laid over it,
    /// or a question of one's own made from the changes alone.
    #[must_use]
    pub fn apply(&self, id: &QuestionId, built_in: Option<&Question>) -> Question {
        let base = built_in.cloned().unwrap_or_else(|| Question {
            id: id.clone(),
            text: String::new(),
            probe: String::new(),
            theme: Theme::PathIn,
            aim: Aim::ShowInterest,
            minutes: 2,
            suits: None,
            weight: Weight::Reserve,
            homework: false,
            retired: false,
            built_in: false,
        });
        Question {
            text: self.text.clone().unwrap_or(base.text),
            probe: self.probe.clone().unwrap_or(base.probe),
            theme: self.theme.unwrap_or(base.theme),
            aim: self.aim.unwrap_or(base.aim),
            minutes: self.minutes.unwrap_or(base.minutes),
            weight: self.weight.unwrap_or(base.weight),
            retired: self.retired,
            ..base
        }
    }
}
