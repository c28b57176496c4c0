//! Safety copies: which are made by themselves, and which are let go.
//!
//! A safety copy is the text of a backup, kept in the browser beside the
//! records. It helps against one's own mistakes; only a downloaded file helps
//! against the loss of the browser.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// How many are kept in all.
pub const MOST: usize = 10;
/// How many of the latest day are kept.
const OF_TODAY: usize = 3;
/// How much time lies between two that are made by themselves.
const BETWEEN: TimeDelta = TimeDelta::hours(2);

/// What is known of a safety copy without opening it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    /// When it was made.
    pub at: DateTime<Utc>,
    /// Before which risky act; empty if it was made by itself.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub before: String,
    /// How many people, talks and notes are in it.
    pub people: usize,
    /// How many talks.
    pub talks: usize,
    /// How many notes.
    pub notes: usize,
    /// How many texts could not be read when it was made.
    #[serde(default)]
    pub unreadable: usize,
    /// A checksum of what is in it: two copies of the same are one too many.
    pub print: u32,
}

impl About {
    /// Whether it is worth keeping: it holds something, and all of it can be read.
    #[must_use]
    pub fn is_good(&self) -> bool {
        self.people + self.talks + self.notes > 0 && self.unreadable == 0
    }
}

/// A safety copy by its name.
pub type Named = (String, About);

/// Whether a copy of the present state should be made by itself.
#[must_use]
pub fn is_due(all: &[Named], present: &About) -> bool {
    if present.people + present.talks + present.notes == 0 {
        return false;
    }
    let latest = all.iter().map(|(_, about)| about).max_by_key(|about| about.at);
    latest.is_none_or(|latest| {
        // A clock that was put back must not stop the copies.
        let since = present.at - latest.at;
        latest.print != present.print && (since >= BETWEEN || since < TimeDelta::zero())
    })
}

/// The names of the copies to let go, so that the latest of each day, the
/// latest three of the last day and at most [`MOST`] in all stay. The latest
/// good one always stays: an empty or unreadable state never takes its place.
#[must_use]
pub fn to_drop(all: &[Named], day_of: impl Fn(DateTime<Utc>) -> NaiveDate) -> Vec<String> {
    let mut newest_first: Vec<&Named> = all.iter().collect();
    newest_first.sort_by(|a, b| (b.1.at, &b.0).cmp(&(a.1.at, &a.0)));
    let mut stay: BTreeSet<&str> = BTreeSet::new();
    // Good ones first: where there is a choice they are what is kept of a day.
    let good = newest_first.iter().filter(|(_, about)| about.is_good());
    stay.extend(good.clone().map(|(name, _)| name.as_str()).take(1));
    let last_day = newest_first.first().map(|(_, about)| day_of(about.at));
    let of_last_day = newest_first.iter().filter(|(_, about)| Some(day_of(about.at)) == last_day);
    stay.extend(of_last_day.map(|(name, _)| name.as_str()).take(OF_TODAY));
    let mut days: BTreeSet<NaiveDate> = last_day.into_iter().collect();
    let others = newest_first.iter().filter(|(_, about)| !about.is_good());
    for (name, about) in good.chain(others) {
        if days.insert(day_of(about.at)) && stay.len() < MOST {
            stay.insert(name);
        }
    }
    all.iter().map(|(name, _)| name).filter(|name| !stay.contains(name.as_str())).cloned().collect()
}

#[cfg(test)]
mod tests;
