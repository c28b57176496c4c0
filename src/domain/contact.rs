//! People: who they are, how one came by their name, and what has passed between you (P105).

use super::{choices, is_off};
use crate::domain::id::ContactId;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

choices! {
    /// Where someone stands in their field, by total years in it (P59).
    Seniority {
        /// Under about three years in all: knows hiring and the first years (P58).
        Junior,
        /// Three to ten years.
        Mid,
        /// Over ten years: knows what is looked for and what has changed (P58).
        Senior,
    }
}

impl Seniority {
    /// What `years` of total time in the field suggest (P59).
    #[must_use]
    pub fn from_years(years: u16) -> Self {
        match years {
            0..3 => Self::Junior,
            3..=10 => Self::Mid,
            _ => Self::Senior,
        }
    }
}

choices! {
    /// Whether something is shared with a person before the first message (P60).
    Warmth {
        /// Nothing is known to be shared.
        Cold,
        /// Something shared, or an introduction: goes first.
        Warm,
    }
}

choices! {
    /// Why this person was chosen (P57).
    ChosenFor {
        /// For the work they do.
        Position,
        /// For the place they work at.
        Organisation,
        /// For both.
        Both,
    }
}

choices! {
    /// What passed between you on one day.
    Contacted {
        /// I asked for a talk.
        Asked,
        /// They answered.
        Replied,
        /// I asked a second time.
        Nudged,
        /// We talked.
        Talked,
        /// I thanked them.
        Thanked,
        /// I told them what I did with their advice (P37).
        SecondNote,
        /// Anything else.
        Other,
    }
}

/// One dated line of the history with a person (P105).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Touch {
    /// The day, in the user's own calendar.
    pub on: NaiveDate,
    /// What happened.
    pub what: Contacted,
    /// A few words about it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// A person one wants to talk to, or has talked to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// Who this is; also the record's id.
    pub id: ContactId,
    /// When the name was added.
    pub added: DateTime<Utc>,
    /// Their name, as they write it. Empty only until it is filled in.
    pub name: String,
    /// What they do.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub role: String,
    /// Where they do it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub organisation: String,
    /// Total years in the field, over all employers (P59).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub years_in_field: Option<u16>,
    /// Seniority as the user sets it; `None` follows [`Contact::years_in_field`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seniority: Option<Seniority>,
    /// Warm or cold (P60).
    #[serde(default)]
    pub warmth: Warmth,
    /// What is shared, or who introduced us (P60).
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub warmth_reason: String,
    /// Why this person (P57); `None` until said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chosen_for: Option<ChosenFor>,
    /// How I got the name (P27).
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub source: String,
    /// The contact who gave me the name, if it was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub introduced_by: Option<ContactId>,
    /// Email address.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub email: String,
    /// Phone number.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub phone: String,
    /// Postal address.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub address: String,
    /// A page about them. Shown as a link only when it is http or https.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub link: String,
    /// What I know of them and their work, from reading (P27).
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub known: String,
    /// Anything else.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub notes: String,
    /// Free labels.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub tags: BTreeSet<String>,
    /// Dates of contact (P105), oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub touches: Vec<Touch>,
    /// Whether this person belongs to the sample.
    #[serde(default, skip_serializing_if = "is_off")]
    pub sample: bool,
}

impl Contact {
    /// A contact of whom only the name is known.
    #[must_use]
    pub fn named(id: ContactId, name: &str, now: DateTime<Utc>) -> Self {
        Self {
            id,
            added: now,
            name: name.to_owned(),
            role: String::new(),
            organisation: String::new(),
            years_in_field: None,
            seniority: None,
            warmth: Warmth::Cold,
            warmth_reason: String::new(),
            chosen_for: None,
            source: String::new(),
            introduced_by: None,
            email: String::new(),
            phone: String::new(),
            address: String::new(),
            link: String::new(),
            known: String::new(),
            notes: String::new(),
            tags: BTreeSet::new(),
            touches: Vec::new(),
            sample: false,
        }
    }

    /// Seniority as set, else as the years suggest (P59), else unknown.
    #[must_use]
    pub fn seniority(&self) -> Option<Seniority> {
        self.seniority.or(self.years_in_field.map(Seniority::from_years))
    }

    /// Whether every word of `query` occurs somewhere in what is known of the person.
    /// Case does not matter; an empty query matches everyone.
    #[must_use]
    pub fn matches(&self, query: &str) -> bool {
        let mut text = String::new();
        for part in [
            &self.name,
            &self.role,
            &self.organisation,
            &self.email,
            &self.phone,
            &self.address,
            &self.source,
            &self.warmth_reason,
            &self.known,
            &self.notes,
        ] {
            text.push_str(part);
            text.push('\n');
        }
        for tag in &self.tags {
            text.push_str(tag);
            text.push('\n');
        }
        let text = text.to_lowercase();
        query.to_lowercase().split_whitespace().all(|word| text.contains(word))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn someone() -> Contact {
        Contact::named(ContactId::fixed(1), "Renée O'Neil", DateTime::UNIX_EPOCH)
    }

    #[test]
    fn seniority_follows_total_years_until_it_is_set() {
        let mut contact = someone();
        assert_eq!(contact.seniority(), None);
        for (years, expected) in [
            (0, Seniority::Junior),
            (2, Seniority::Junior),
            (3, Seniority::Mid),
            (10, Seniority::Mid),
            (11, Seniority::Senior),
        ] {
            contact.years_in_field = Some(years);
            assert_eq!(contact.seniority(), Some(expected), "{years} years");
        }
        contact.seniority = Some(Seniority::Junior);
        assert_eq!(contact.seniority(), Some(Seniority::Junior));
    }

    #[test]
    fn search_wants_every_word_anywhere() {
        let mut contact = someone();
        contact.organisation = "City Library".to_owned();
        contact.tags.insert("archives".to_owned());
        assert!(contact.matches(""));
        assert!(contact.matches("RENÉE library"));
        assert!(contact.matches("archiv"));
        assert!(!contact.matches("renée museum"));
    }
}
