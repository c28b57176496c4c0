//! The ids of records: random, so that two laptops can never invent the same one.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use uuid::{NoContext, Timestamp, Uuid};

/// Why a piece of text is not an id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an id")]
pub struct NotAnId;

/// A UUID v7: the creation time in its first half, chance in its second.
fn fresh(now: DateTime<Utc>) -> Uuid {
    let seconds = u64::try_from(now.timestamp()).unwrap_or(0);
    Uuid::new_v7(Timestamp::from_unix(NoContext, seconds, now.timestamp_subsec_nanos()))
}

macro_rules! uuid_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl $name {
            /// A new id; ids sort by the `now` they were made at.
            #[must_use]
            pub fn new(now: DateTime<Utc>) -> Self {
                Self(fresh(now))
            }

            /// An id that is the same on every machine, for the sample and for tests.
            #[must_use]
            pub const fn fixed(n: u128) -> Self {
                Self(Uuid::from_u128(n))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.hyphenated().fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = NotAnId;

            /// Reads the hyphenated lower-case form alone, so that an id has one spelling.
            fn from_str(text: &str) -> Result<Self, NotAnId> {
                let id = Self(Uuid::try_parse(text).map_err(|_| NotAnId)?);
                if id.to_string() == text { Ok(id) } else { Err(NotAnId) }
            }
        }
    };
}

uuid_id!(
    /// One person someone wants to talk to.
    ContactId
);
uuid_id!(
    /// One talk with one contact.
    InterviewId
);
uuid_id!(
    /// One dated thing to do.
    TaskId
);
uuid_id!(
    /// A name that somebody suggested, within one debrief.
    SuggestionId
);
uuid_id!(
    /// One browser profile on one machine; it says who wrote a record.
    DeviceId
);

/// A question: a readable slug for a built-in one (`path-in-1`), a UUID for one's own.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct QuestionId(String);

impl QuestionId {
    /// The place for notes that belong to no question.
    pub const FREE_NOTES: &'static str = "free-notes";

    /// A new id for a question of the user's own.
    #[must_use]
    pub fn new(now: DateTime<Utc>) -> Self {
        Self(fresh(now).hyphenated().to_string())
    }

    /// The slot for notes that belong to no question.
    #[must_use]
    pub fn free_notes() -> Self {
        Self(Self::FREE_NOTES.to_owned())
    }

    /// What comes before every id, to begin a search at. No question has it.
    pub(super) fn first() -> Self {
        Self(String::new())
    }

    /// The id as it is stored and shown in addresses.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for QuestionId {
    type Err = NotAnId;

    /// Accepts 1 to 64 of `a-z`, `0-9` and `-`: what can stand in a key and an address as it is.
    fn from_str(text: &str) -> Result<Self, NotAnId> {
        let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
        if (1..=64).contains(&text.len()) && text.bytes().all(plain) {
            Ok(Self(text.to_owned()))
        } else {
            Err(NotAnId)
        }
    }
}

impl TryFrom<String> for QuestionId {
    type Error = NotAnId;

    fn try_from(text: String) -> Result<Self, NotAnId> {
        text.parse()
    }
}

impl From<QuestionId> for String {
    fn from(id: QuestionId) -> Self {
        id.0
    }
}

impl fmt::Display for QuestionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_made_in_the_same_instant_differ() {
        let now = DateTime::UNIX_EPOCH;
        assert_ne!(ContactId::new(now), ContactId::new(now));
    }

    #[test]
    fn an_id_has_one_spelling() {
        let id = ContactId::fixed(0xabc);
        assert_eq!(id.to_string().parse(), Ok(id));
        assert_eq!(id.to_string().to_uppercase().parse::<ContactId>(), Err(NotAnId));
        assert_eq!("".parse::<ContactId>(), Err(NotAnId));
    }

    #[test]
    fn a_question_id_is_plain() {
        assert!("path-in-1".parse::<QuestionId>().is_ok());
        for bad in ["", "Path", "a b", "a/b", "a.b", "é", &"x".repeat(65)] {
            assert!(bad.parse::<QuestionId>().is_err(), "{bad}");
        }
    }
}
