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
use crate::persist::store::Kept;
use chrono::{DateTime, SecondsFormat, Utc};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use std::collections::BTreeMap;

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

#[derive(Serialize, Deserialize)]
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
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for text in texts {
        let named: Named = serde_json::from_str(text)?;
        let kind = named.key.split(':').next().unwrap_or_default();
        *counts.entry(kind.to_owned()).or_default() += 1;
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
    /// What says whether the rest is for us.
    #[derive(Deserialize)]
    struct Head {
        app: Option<serde_json::Value>,
        format: Option<serde_json::Value>,
    }
    if text.len() > MAX_BYTES {
        return Err(BackupError::TooLarge(text.len()));
    }
    let text = text.trim_start_matches('\u{feff}').trim();
    if text.is_empty() {
        return Err(BackupError::Empty);
    }
    let head: Head = serde_json::from_str(text).map_err(|error| match error.classify() {
        serde_json::error::Category::Eof if text.starts_with("{") => BackupError::CutShort,
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
    let file: File<'_> =
        serde_json::from_str(text).map_err(|error| BackupError::WrongShape(error.to_string()))?;
    let mut entries = BTreeMap::new();
    for (position, line) in file.records.iter().enumerate() {
        let bad = |why| BackupError::BadRecord { number: position + 1, why };
        let (key, meta, content) = record::decode(line.get()).map_err(bad)?;
        let entry = Entry { meta, content, text: line.get().to_owned() };
        if entries.insert(key, entry).is_some() {
            return Err(bad(Unreadable::NotUnderstood("it is there twice".to_owned())));
        }
    }
    let sum = sum_of(file.records.iter().map(|line| line.get()));
    if file.end.records != file.records.len() || file.end.sum != sum {
        return Err(BackupError::CutShort);
    }
    let kept = file.kept.into_iter().map(|kept| (kept.key, kept.text)).collect();
    Ok(Backup { exported: file.exported, entries, kept })
}

#[cfg(test)]
mod tests;
