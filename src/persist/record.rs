//! The text of one record: an envelope that says what it holds, who wrote it
//! and when, with a checksum over all of it.
//!
//! ```json
//! {"key":"contact:0190…","format":1,"rev":3,"at":1770000000000,"n":0,
//!  "by":"0190…","sum":"9ae0daaf","body":{"name":"Ada"}}
//! ```
//!
//! `rev` counts the edits of this record, `at` is milliseconds since 1970 and
//! `n` breaks ties within one (together a hybrid logical clock), `by` is the
//! device. `sum` is the CRC-32 (IEEE 802.3) of every other part as it stands
//! in the text. A `body` of `null` says that the record was deleted. Fields of
//! a body that this version does not know are kept and written back.

use crate::domain::id::DeviceId;
use crate::domain::key::Key;
use crate::domain::workspace::Record;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::value::{RawValue, to_raw_value};
use serde_json::{Map, Value};

/// The format that this version writes, and the newest it reads.
pub const FORMAT: u32 = 1;

/// When and where a record was written: a hybrid logical clock.
/// Stamps order all writes of all devices, even if their clocks are wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stamp {
    /// Milliseconds since 1970, UTC; never less than any stamp seen before.
    pub at: i64,
    /// Tells stamps of the same millisecond apart.
    pub count: u32,
    /// Which device wrote.
    pub by: DeviceId,
}

impl Stamp {
    /// The stamp of the next write on device `by`: later than `self`, and
    /// not before `now` (milliseconds).
    #[must_use]
    pub fn next(self, now: i64, by: DeviceId) -> Self {
        if now > self.at {
            Self { at: now, count: 0, by }
        } else {
            let count = self.count.checked_add(1);
            let at = if count.is_none() { self.at.saturating_add(1) } else { self.at };
            Self { at, count: count.unwrap_or(0), by }
        }
    }
}

/// What is known of a stored record besides its value.
#[derive(Debug, Clone, PartialEq)]
pub struct Meta {
    /// How often it was written.
    pub rev: u64,
    /// When and by whom it was written last.
    pub stamp: Stamp,
    /// Fields of the body that this version does not know.
    pub unknown: Map<String, Value>,
    /// Whether the record was deleted and only its tombstone is left.
    pub deleted: bool,
}

/// Why a stored text is not a record that this version can read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// It is not a record at all.
    #[error("not a record")]
    NotARecord,
    /// It was written by a newer version of the app, in this format.
    #[error("written in the newer format {0}")]
    Newer(u32),
    /// Its checksum does not fit: some of it is lost or was changed.
    #[error("damaged")]
    Damaged,
    /// It is whole, but its content makes no sense to this version.
    #[error("content not understood: {0}")]
    NotUnderstood(String),
}

/// The envelope, as it is written and read.
#[derive(Serialize, Deserialize)]
struct Envelope<'a> {
    key: String,
    format: u32,
    rev: u64,
    at: i64,
    n: u32,
    by: DeviceId,
    sum: String,
    #[serde(borrow)]
    body: &'a RawValue,
}

impl Envelope<'_> {
    fn checksum(&self) -> String {
        let mut crc = crc32fast::Hasher::new();
        let head = format!(
            "{}\n{}\n{}\n{}\n{}\n{}\n",
            self.key, self.format, self.rev, self.at, self.n, self.by
        );
        crc.update(head.as_bytes());
        crc.update(self.body.get().as_bytes());
        format!("{:08x}", crc.finalize())
    }
}

/// Writes a record, or the tombstone of a deleted one, as text.
///
/// # Errors
/// Only if the record can't be written as JSON, which no value of ours is known to do.
pub fn encode(
    key: &Key,
    meta: &Meta,
    record: Option<&Record>,
) -> Result<String, serde_json::Error> {
    let body = match record {
        Some(record) => {
            let mut body = meta.unknown.clone();
            overlay(&mut body, body_of(record)?);
            to_raw_value(&body)?
        }
        None => to_raw_value(&Value::Null)?,
    };
    let mut envelope = Envelope {
        key: key.to_string(),
        format: FORMAT,
        rev: meta.rev,
        at: meta.stamp.at,
        n: meta.stamp.count,
        by: meta.stamp.by,
        sum: String::new(),
        body: &body,
    };
    envelope.sum = envelope.checksum();
    serde_json::to_string(&envelope)
}

/// Reads a record back from its text. `None` stands for a tombstone.
///
/// # Errors
/// Says why it can't be read; the text itself is never changed.
pub fn decode(text: &str) -> Result<(Key, Meta, Option<Record>), Unreadable> {
    /// The two fields that say whether the rest is for us.
    #[derive(Deserialize)]
    struct Head {
        key: String,
        format: u32,
    }
    let head: Head = serde_json::from_str(text).map_err(|_| Unreadable::NotARecord)?;
    if head.format > FORMAT {
        return Err(Unreadable::Newer(head.format));
    }
    let key: Key = head.key.parse().map_err(|_| Unreadable::NotARecord)?;
    let envelope: Envelope<'_> = serde_json::from_str(text).map_err(|_| Unreadable::NotARecord)?;
    if envelope.checksum() != envelope.sum {
        return Err(Unreadable::Damaged);
    }
    let stamp = Stamp { at: envelope.at, count: envelope.n, by: envelope.by };
    let mut meta = Meta { rev: envelope.rev, stamp, unknown: Map::new(), deleted: true };
    if envelope.body.get() == "null" {
        return Ok((key, meta, None));
    }
    let not_understood = |error: serde_json::Error| Unreadable::NotUnderstood(error.to_string());
    let body: Map<String, Value> =
        serde_json::from_str(envelope.body.get()).map_err(not_understood)?;
    let record = record_of(&key, body.clone()).map_err(not_understood)?;
    if record.key() != key {
        return Err(Unreadable::NotUnderstood("the id inside is another".to_owned()));
    }
    meta.unknown = unknown(body, &body_of(&record).map_err(not_understood)?);
    meta.deleted = false;
    Ok((key, meta, Some(record)))
}

fn body_of(record: &Record) -> Result<Map<String, Value>, serde_json::Error> {
    let value = match record {
        Record::Plan(plan) => serde_json::to_value(plan),
        Record::Settings(settings) => serde_json::to_value(settings),
        Record::Contact(contact) => serde_json::to_value(contact),
        Record::Question(_, change) => serde_json::to_value(change),
        Record::Interview(interview) => serde_json::to_value(interview),
        Record::Answer(_, _, answer) => serde_json::to_value(answer),
        Record::Task(task) => serde_json::to_value(task),
    }?;
    match value {
        Value::Object(map) => Ok(map),
        _ => Ok(Map::new()),
    }
}

fn record_of(key: &Key, body: Map<String, Value>) -> Result<Record, serde_json::Error> {
    fn read<T: DeserializeOwned>(body: Map<String, Value>) -> Result<T, serde_json::Error> {
        serde_json::from_value(Value::Object(body))
    }
    Ok(match key {
        Key::Plan => Record::Plan(read(body)?),
        Key::Settings => Record::Settings(read(body)?),
        Key::Contact(_) => Record::Contact(read(body)?),
        Key::Question(id) => Record::Question(id.clone(), read(body)?),
        Key::Interview(_) => Record::Interview(read(body)?),
        Key::Answer(interview, question) => {
            Record::Answer(*interview, question.clone(), read(body)?)
        }
        Key::Task(_) => Record::Task(read(body)?),
    })
}

/// What is in `raw` but not in `known`, objects inside objects included.
/// Lists are taken as a whole: their items have no names to go by.
fn unknown(raw: Map<String, Value>, known: &Map<String, Value>) -> Map<String, Value> {
    raw.into_iter()
        .filter_map(|(name, value)| match (value, known.get(&name)) {
            (value, None) => Some((name, value)),
            (Value::Object(raw), Some(Value::Object(known))) => {
                let rest = unknown(raw, known);
                (!rest.is_empty()).then_some((name, Value::Object(rest)))
            }
            (_, Some(_)) => None,
        })
        .collect()
}

/// Lays `top` over `base`, objects inside objects included; `top` wins.
fn overlay(base: &mut Map<String, Value>, top: Map<String, Value>) {
    for (name, value) in top {
        match (base.get_mut(&name), value) {
            (Some(Value::Object(base)), Value::Object(top)) => overlay(base, top),
            (_, value) => {
                base.insert(name, value);
            }
        }
    }
}

#[cfg(test)]
mod tests;
