//! The text of one record: an envelope that says what it holds, who wrote it
//! and when, with a checksum over all of it.
//!
//! ```json
//! {"key":"contact:0190…","format":2,"rev":3,"at":1770000000000,"n":0,
//!  "by":"0190…","history":{"edits":{"1769990000000.0":["name"]}},
//!  "sum":"9ae0daaf","body":{"name":"Ada","role":"Conservator"}}
//! ```
//!
//! `rev` counts the edits of this record, `at` is milliseconds since 1970 and
//! `n` breaks ties within one (together a hybrid logical clock, Kulkarni et al.
//! 2014), `by` is the device. `history` says which edit wrote which field, if
//! it was not the latest ([`crate::persist::history`]); it may be missing.
//! `sum` is the CRC-32 (IEEE 802.3) of every other part as it stands in the
//! text. A `body` of `null` says that the record was deleted. Fields of a body
//! that this version does not know are kept and written back.
//!
//! Format 1 had no history: all fields count as written by the latest edit.

use crate::domain::id::DeviceId;
use crate::domain::key::Key;
use crate::domain::workspace::Record;
use crate::persist::history::History;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::value::{RawValue, to_raw_value};
use serde_json::{Map, Value};

/// The format that this version writes, and the newest it reads.
pub const FORMAT: u32 = 2;

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
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Meta {
    /// How often it was written.
    pub rev: u64,
    /// When and by whom it was written last.
    pub stamp: Stamp,
    /// Whether the record was deleted and only its tombstone is left.
    pub deleted: bool,
    /// Tells this very text from any other that might lie in its place.
    pub print: u32,
}

/// Tells one text from another.
#[must_use]
pub fn print_of(text: &str) -> u32 {
    crc32fast::hash(text.as_bytes())
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
    /// It can be read, but another tab had changed the record before it could
    /// be saved, so it was put aside.
    #[error("another tab was faster")]
    Overtaken,
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
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    history: Option<&'a RawValue>,
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
        if let Some(history) = self.history {
            crc.update(history.get().as_bytes());
            crc.update(b"\n");
        }
        crc.update(self.body.get().as_bytes());
        format!("{:08x}", crc.finalize())
    }

    fn stamp(&self) -> Stamp {
        Stamp { at: self.at, count: self.n, by: self.by }
    }
}

/// A text that was read, and its body as it stands there.
struct Opened<'a> {
    key: Key,
    envelope: Envelope<'a>,
    body: Option<Map<String, Value>>,
}

impl Opened<'_> {
    fn history(&self) -> History {
        let (kind, stamp) = (self.key.kind(), self.envelope.stamp());
        let json = self.envelope.history.and_then(|raw| serde_json::from_str(raw.get()).ok());
        match json {
            Some(json) => History::from_json(kind, stamp, &json, self.body.as_ref()),
            None => History::plain(kind, stamp, self.body.as_ref()),
        }
    }
}

/// Opens an envelope and checks it; what its body means is not looked at.
fn open(text: &str) -> Result<Opened<'_>, Unreadable> {
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
    let body = serde_json::from_str(envelope.body.get())
        .map_err(|error| Unreadable::NotUnderstood(error.to_string()))?;
    Ok(Opened { key, envelope, body })
}

/// Reads a record back from its text. `None` stands for a tombstone.
///
/// # Errors
/// Says why it can't be read; the text itself is never changed.
pub fn decode(text: &str) -> Result<(Key, Meta, Option<Record>), Unreadable> {
    let Opened { key, envelope, body } = open(text)?;
    let meta = Meta {
        rev: envelope.rev,
        stamp: envelope.stamp(),
        deleted: body.is_none(),
        print: print_of(text),
    };
    let content = body.map(|body| content_of(&key, body)).transpose()?;
    Ok((key, meta, content))
}

/// Makes sense of a body.
fn content_of(key: &Key, body: Map<String, Value>) -> Result<Record, Unreadable> {
    let record =
        record_of(key, body).map_err(|error| Unreadable::NotUnderstood(error.to_string()))?;
    if record.key() != *key {
        return Err(Unreadable::NotUnderstood("the id inside is another".to_owned()));
    }
    Ok(record)
}

/// Writes the text of a record after an edit here that left `content`, or
/// deleted it (`None`). `before` is its text until then, `stamp` later than any
/// stamp before. Fields that this version does not know are kept.
///
/// # Errors
/// Only if the record can't be written as JSON, which no value of ours is known to do.
pub fn edited(
    key: &Key,
    before: Option<&str>,
    content: Option<&Record>,
    stamp: Stamp,
) -> Result<(String, Meta), serde_json::Error> {
    let before = before.and_then(|text| open(text).ok()).filter(|before| before.key == *key);
    let body = match content {
        Some(record) => {
            let mut body = before.as_ref().map(unknown_in).unwrap_or_default();
            overlay(&mut body, body_of(record)?);
            Some(body)
        }
        None => None,
    };
    let rev = before.as_ref().map_or(0, |before| before.envelope.rev).saturating_add(1);
    let history = before.map(|before| before.history()).unwrap_or_default();
    let (history, stamp) = history.edited(key.kind(), body.as_ref(), stamp);
    seal(key, rev, &history, body.as_ref(), stamp)
}

/// Puts an envelope around a body and its history.
fn seal(
    key: &Key,
    rev: u64,
    history: &History,
    body: Option<&Map<String, Value>>,
    stamp: Stamp,
) -> Result<(String, Meta), serde_json::Error> {
    let stamp = history.stamp().unwrap_or(stamp);
    let past = history.to_json(key.kind(), stamp);
    let past = past.map(|past| to_raw_value(&past)).transpose()?;
    let raw = to_raw_value(&body)?;
    let mut envelope = Envelope {
        key: key.to_string(),
        format: FORMAT,
        rev,
        at: stamp.at,
        n: stamp.count,
        by: stamp.by,
        history: past.as_deref(),
        sum: String::new(),
        body: &raw,
    };
    envelope.sum = envelope.checksum();
    let text = serde_json::to_string(&envelope)?;
    let print = print_of(&text);
    Ok((text, Meta { rev, stamp, deleted: body.is_none(), print }))
}

/// What the versions of one record on two devices become.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Joined {
    /// The text; `None` if this device's own says it all already.
    pub text: Option<String>,
    /// Whether something was written on both devices, neither having seen the
    /// other: of prose both stay, of all else the later.
    pub conflicts: bool,
    /// Whether the record is there, after all.
    pub alive: bool,
}

/// Joins this device's version of a record with another's. The order of many
/// joins does not matter, and joining again changes nothing.
///
/// # Errors
/// When one of them can't be read, or what comes of both makes no sense.
pub fn joined(mine: &str, theirs: &str) -> Result<Joined, Unreadable> {
    let (mine, other) = (open(mine)?, open(theirs)?);
    if mine.key != other.key {
        return Err(Unreadable::NotUnderstood("two different records".to_owned()));
    }
    let (before, there) = (mine.history(), other.history());
    let joined = before.joined(&there);
    let alive = joined.is_alive();
    if joined == before {
        return Ok(Joined { text: None, conflicts: false, alive });
    }
    let key = &mine.key;
    let conflicts = joined.has_new_conflicts(&before);
    let rev = mine.envelope.rev.saturating_add(1);
    if joined == there && other.envelope.rev >= rev {
        return Ok(Joined { text: Some(theirs.to_owned()), conflicts, alive });
    }
    let body = alive.then(|| joined.body(key.kind()));
    if let Some(body) = &body {
        content_of(key, body.clone())?;
    }
    let rev = rev.max(other.envelope.rev);
    let (text, _) = seal(key, rev, &joined, body.as_ref(), mine.envelope.stamp())
        .map_err(|error| Unreadable::NotUnderstood(error.to_string()))?;
    Ok(Joined { text: Some(text), conflicts, alive })
}

/// Whether `later` knows every edit that `earlier` knows, be it to have replaced
/// it. A text that can't be read knows of none.
#[must_use]
pub fn goes_on(earlier: &str, later: &str) -> bool {
    let Ok(earlier) = open(earlier) else { return true };
    open(later)
        .is_ok_and(|later| later.key == earlier.key && later.history().includes(&earlier.history()))
}

/// The text of a damaged record once its owner has mended it: whatever is
/// changed in it, its checksum is made to fit if all the rest makes sense.
///
/// # Errors
/// Says what is still wrong.
pub fn mended(text: &str) -> Result<(Key, String), Unreadable> {
    let mut envelope: Envelope<'_> =
        serde_json::from_str(text.trim()).map_err(|_| Unreadable::NotARecord)?;
    envelope.sum = envelope.checksum();
    let text = serde_json::to_string(&envelope).map_err(|_| Unreadable::NotARecord)?;
    let (key, _, _) = decode(&text)?;
    Ok((key, text))
}

/// The fields of an opened body that this version does not know.
fn unknown_in(opened: &Opened<'_>) -> Map<String, Value> {
    let Some(body) = opened.body.clone() else { return Map::new() };
    match record_of(&opened.key, body.clone()).and_then(|record| body_of(&record)) {
        Ok(known) => unknown(body, &known),
        Err(_) => Map::new(),
    }
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
