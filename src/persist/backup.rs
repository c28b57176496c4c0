//! The backup file: everything in one JSON text that a person can keep, move
//! and, if need be, read.
//!
//! ```json
//! {"app":"ask-around","format":1,"exported":"2026-03-02T10:00:00Z","by":"0190…",
//! "counts":{"contact":12,"answer":40},
//! "records":[
//! {"key":"contact:0190…", … },
//! {"key":"answer:0190….path-in-1", … }
//! ],
//! "kept":[],
//! "end":{"records":2,"sum":"9ae0daaf"}}
//! ```
//!
//! One record a line, each with its own checksum (see [`crate::persist::record`]);
//! `end` counts them and holds the CRC-32 over their lines, so a file that was
//! cut short or mended by hand is told from a whole one. `kept` holds the texts
//! that could not be read when the file was made, as they were.

use crate::domain::id::DeviceId;
use crate::domain::key::Key;
use crate::domain::workspace::Record;
use crate::persist::record::{self, FORMAT, Meta, Unreadable};
use crate::persist::storage::PREFIX;
use crate::persist::store::{Kept, is_own_business, place_of};
use chrono::{DateTime, SecondsFormat, Utc};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use std::collections::BTreeMap;
use std::ops::Range;

/// What the `app` field of a backup says.
pub const APP: &str = "ask-around";

/// The largest file that is read, in bytes. Browsers give a site about five
/// million UTF-16 units, which is 15 MB at the very most.
pub const MAX_BYTES: usize = 20_000_000;

/// Why a file can't be brought in. Nothing has changed when one of these is said.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BackupError {
    /// There is nothing in it.
    #[error("the file is empty")]
    Empty,
    /// It is larger than any backup can be.
    #[error("the file has {0} bytes")]
    TooLarge(usize),
    /// It is not JSON.
    #[error("not JSON")]
    NotJson,
    /// It begins well and then stops, or lines are missing.
    #[error("cut short")]
    CutShort,
    /// It is JSON, but of another program.
    #[error("from another program")]
    OtherProgram,
    /// It was made by a newer version of the app, in this format.
    #[error("made in the newer format {0}")]
    Newer(u64),
    /// Something in it is not what it should be.
    #[error("wrong shape: {0}")]
    WrongShape(String),
    /// One of its records can't be read.
    #[error("record {number} can't be read: {why}")]
    BadRecord {
        /// Which record, counted from one.
        number: usize,
        /// What is wrong with it.
        why: Unreadable,
    },
}

/// One record of a backup, read and checked.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// What is known of it.
    pub meta: Meta,
    /// Its value; `None` for a tombstone.
    pub content: Option<Record>,
    /// Its text, as it is stored.
    pub text: String,
}

/// A backup that was read whole and checked.
#[derive(Debug, Clone, PartialEq)]
pub struct Backup {
    /// When it was made.
    pub exported: DateTime<Utc>,
    /// Every record and tombstone in it.
    pub entries: BTreeMap<Key, Entry>,
    /// Texts that could not be read when it was made: place and text.
    pub kept: Vec<(String, String)>,
}

#[derive(Serialize, Deserialize)]
struct KeptText {
    key: String,
    text: String,
}

#[derive(Debug, Serialize, Deserialize)]
struct End {
    records: usize,
    sum: String,
}

/// The whole file, as it is read.
#[derive(Deserialize)]
struct File<'a> {
    exported: DateTime<Utc>,
    #[serde(borrow)]
    records: Vec<&'a RawValue>,
    #[serde(default)]
    kept: Vec<KeptText>,
    end: End,
}

fn sum_of<'a>(lines: impl Iterator<Item = &'a str>) -> String {
    let mut crc = crc32fast::Hasher::new();
    for line in lines {
        crc.update(line.as_bytes());
        crc.update(b"\n");
    }
    format!("{:08x}", crc.finalize())
}

/// Writes a backup from the texts of all records.
///
/// # Errors
/// Only if something can't be written as JSON, which no value of ours is known to do.
pub fn write(
    texts: &[String],
    kept: &[Kept],
    by: DeviceId,
    now: DateTime<Utc>,
) -> Result<String, serde_json::Error> {
    /// The one field that names what a record is.
    #[derive(Deserialize)]
    struct Named {
        key: String,
    }
    let mut counts = serde_json::Map::new();
    for text in texts {
        let named: Named = serde_json::from_str(text)?;
        let kind = named.key.split(':').next().unwrap_or_default();
        let count = counts.get(kind).and_then(serde_json::Value::as_u64).unwrap_or(0);
        counts.insert(kind.to_owned(), (count + 1).into());
    }
    let kept: Vec<_> = kept
        .iter()
        .map(|kept| KeptText { key: kept.key.clone(), text: kept.text.clone() })
        .collect();
    let end = End { records: texts.len(), sum: sum_of(texts.iter().map(String::as_str)) };
    Ok(format!(
        "{{\"app\":\"{APP}\",\"format\":{FORMAT},\"exported\":\"{}\",\"by\":\"{by}\",\n\
         \"counts\":{},\n\"records\":[\n{}\n],\n\"kept\":{},\n\"end\":{}}}\n",
        now.to_rfc3339_opts(SecondsFormat::Millis, true),
        serde_json::to_string(&counts)?,
        texts.join(",\n"),
        serde_json::to_string(&kept)?,
        serde_json::to_string(&end)?,
    ))
}

/// Reads a backup and checks all of it, before anything is changed anywhere.
///
/// # Errors
/// Names the first thing that is wrong.
pub fn read(text: &str) -> Result<Backup, BackupError> {
    let mut reading = Reading::begin(text.to_owned())?;
    while reading.step(usize::MAX)? {}
    reading.end()
}

/// A backup that is read a bit at a time, so that a large one does not stop the page.
#[derive(Debug)]
pub struct Reading {
    text: String,
    lines: Vec<Range<usize>>,
    next: usize,
    end: End,
    backup: Backup,
}

impl Reading {
    /// Looks at the whole: is it one of ours, and complete in its outline?
    ///
    /// # Errors
    /// Names the first thing that is wrong.
    pub fn begin(text: String) -> Result<Self, BackupError> {
        /// What says whether the rest is for us.
        #[derive(Deserialize)]
        struct Head {
            app: Option<serde_json::Value>,
            format: Option<serde_json::Value>,
        }
        if text.len() > MAX_BYTES {
            return Err(BackupError::TooLarge(text.len()));
        }
        let trimmed = text.trim_start_matches('\u{feff}').trim();
        if trimmed.is_empty() {
            return Err(BackupError::Empty);
        }
        let head: Head = serde_json::from_str(trimmed).map_err(|error| match error.classify() {
            serde_json::error::Category::Eof if trimmed.starts_with("{") => BackupError::CutShort,
            serde_json::error::Category::Data => BackupError::OtherProgram,
            _ => BackupError::NotJson,
        })?;
        if head.app.as_ref().and_then(|app| app.as_str()) != Some(APP) {
            return Err(BackupError::OtherProgram);
        }
        match head.format.as_ref().and_then(serde_json::Value::as_u64) {
            Some(format) if format > u64::from(FORMAT) => return Err(BackupError::Newer(format)),
            Some(format) if format > 0 => {}
            _ => return Err(BackupError::WrongShape("format".to_owned())),
        }
        let file: File<'_> = serde_json::from_str(trimmed)
            .map_err(|error| BackupError::WrongShape(error.to_string()))?;
        // Where each record lies in the text, which is kept beside this.
        let base = text.as_ptr().addr();
        let lines = file.records.iter().map(|line| {
            let start = line.get().as_ptr().addr() - base;
            start..start + line.get().len()
        });
        let lines: Vec<_> = lines.collect();
        let kept = file.kept.into_iter().map(|kept| (kept.key, kept.text)).collect();
        let backup = Backup { exported: file.exported, entries: BTreeMap::new(), kept };
        let end = file.end;
        Ok(Self { text, lines, next: 0, end, backup })
    }

    /// How many records have been read, and of how many.
    #[must_use]
    pub fn progress(&self) -> (usize, usize) {
        (self.next, self.lines.len())
    }

    fn line(&self, at: usize) -> Option<&str> {
        self.text.get(self.lines.get(at)?.clone())
    }

    /// Reads `count` more records; false once there are none left.
    ///
    /// # Errors
    /// Names the record that can't be read.
    pub fn step(&mut self, count: usize) -> Result<bool, BackupError> {
        for _ in 0..count {
            let Some(line) = self.line(self.next) else { return Ok(false) };
            let number = self.next + 1;
            let bad = |why| BackupError::BadRecord { number, why };
            let (key, meta, content) = record::decode(line).map_err(bad)?;
            let entry = Entry { meta, content, text: line.to_owned() };
            if self.backup.entries.insert(key, entry).is_some() {
                return Err(bad(Unreadable::NotUnderstood("it is there twice".to_owned())));
            }
            self.next += 1;
        }
        Ok(true)
    }

    /// What was read, once all of it was.
    ///
    /// # Errors
    /// When a record is missing.
    pub fn end(self) -> Result<Backup, BackupError> {
        let sum = sum_of((0..self.lines.len()).filter_map(|at| self.line(at)));
        if self.end.records != self.lines.len() || self.end.sum != sum {
            return Err(BackupError::CutShort);
        }
        Ok(self.backup)
    }
}

/// What could be saved from a file that is not whole.
#[derive(Debug, Clone, PartialEq)]
pub struct Salvaged {
    /// Every record in it that is whole.
    pub backup: Backup,
    /// How many there should have been, if the file still says so.
    pub of: Option<usize>,
}

/// Finds every whole record in a damaged backup, or in the file that the rescue
/// page hands out. `None` if there is not one.
#[must_use]
pub fn salvage(text: &str, now: DateTime<Utc>) -> Option<Salvaged> {
    if text.len() > MAX_BYTES {
        return None;
    }
    let mut backup = Backup { exported: now, entries: BTreeMap::new(), kept: Vec::new() };
    let mut of = None;
    if let Ok(rescue) = serde_json::from_str::<Rescue>(text) {
        backup.exported = rescue.saved;
        for (place, text) in rescue.texts.into_iter().chain(rescue.shadow) {
            let in_place = record::decode(&text).is_ok_and(|(key, ..)| place == place_of(&key));
            let _ = backup.take(&text);
            // Words that were put aside are kept too, whichever record counts.
            let known = backup.kept.iter().any(|(at, other)| *at == place && *other == text);
            if !in_place && !known && place.starts_with(PREFIX) && !is_own_business(&place) {
                backup.kept.push((place, text));
            }
        }
    } else {
        if let Some(exported) =
            after(text, "\"exported\":\"").and_then(|rest| rest.split('"').next())
        {
            backup.exported = exported.parse().unwrap_or(now);
        }
        if let Some(counts) = after(text, "\"counts\":") {
            let mut values = serde_json::Deserializer::from_str(counts).into_iter();
            let counts: Option<BTreeMap<String, usize>> = values.next().and_then(Result::ok);
            of = counts.map(|counts| counts.values().sum());
        }
        let mut rest = text;
        while let Some(at) = rest.find(RECORD_BEGINS) {
            rest = rest.get(at..).unwrap_or_default();
            let mut values = serde_json::Deserializer::from_str(rest).into_iter::<&RawValue>();
            let found = values.next().and_then(Result::ok);
            let step = match found {
                Some(record) if backup.take(record.get()) => record.get().len(),
                _ => RECORD_BEGINS.len(),
            };
            rest = rest.get(step..).unwrap_or_default();
        }
    }
    (!backup.entries.is_empty()).then_some(Salvaged { backup, of })
}

/// How the text of every record begins.
const RECORD_BEGINS: &str = "{\"key\":\"";

/// What the rescue page hands out: raw texts by their places.
#[derive(Deserialize)]
struct Rescue {
    #[serde(rename = "rescue")]
    _rescue: u32,
    saved: DateTime<Utc>,
    texts: BTreeMap<String, String>,
    #[serde(default)]
    shadow: BTreeMap<String, String>,
}

fn after<'a>(text: &'a str, mark: &str) -> Option<&'a str> {
    text.split_once(mark).map(|(_, rest)| rest)
}

impl Backup {
    /// Takes a record in if its text is whole, the later of two; false if it is not.
    fn take(&mut self, text: &str) -> bool {
        let Ok((key, meta, content)) = record::decode(text) else { return false };
        let newer = |known: &Entry| (known.meta.rev, known.meta.stamp) >= (meta.rev, meta.stamp);
        if !self.entries.get(&key).is_some_and(newer) {
            self.entries.insert(key, Entry { meta, content, text: text.to_owned() });
        }
        true
    }
}

#[cfg(test)]
mod tests;
