//! Opening what is stored, saving what changed, and changing much at once.

use crate::domain::id::DeviceId;
use crate::domain::key::Key;
use crate::domain::question::Question;
use crate::domain::workspace::{Record, Workspace};
use crate::persist::memory::Memory;
use crate::persist::record::{self, Meta, Stamp, Unreadable};
use crate::persist::storage::{PREFIX, Storage, StorageError};
use chrono::{DateTime, Utc};
use std::collections::{BTreeMap, BTreeSet};

/// Where this device's own id lies.
const DEVICE: &str = "ask-around:device";
/// Where the time of the last backup lies, in milliseconds since 1970.
const BACKUP: &str = "ask-around:backup";
/// Before the key of a text that could not be read and had to make room.
const KEPT: &str = "ask-around:kept:";

/// A stored text that could not be read. It is never deleted or written over
/// unless its owner says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Where it lies in storage.
    pub key: String,
    /// The text, to the letter.
    pub text: String,
    /// Why it could not be read.
    pub why: Unreadable,
}

/// Stored texts as they were before a change of many: `None` where there was none.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TextsBefore(Vec<(String, Option<String>)>);

impl TextsBefore {
    /// Whether putting this back would change the text of this record.
    #[must_use]
    pub fn concerns(&self, key: &Key) -> bool {
        let place = place_of(key);
        self.0.iter().any(|(other, _)| *other == place)
    }
}

/// Some records could not be saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SaveFailure {
    /// Which ones; everything else was saved.
    pub keys: BTreeSet<Key>,
    /// Why the first of them was not.
    pub error: StorageError,
}

/// The stored side of a workspace: the port, and what is known of each record.
#[derive(Debug)]
pub struct Store {
    port: Box<dyn Storage>,
    device: DeviceId,
    latest: Stamp,
    metas: BTreeMap<Key, Meta>,
    kept: Vec<Kept>,
    backed_up: Option<DateTime<Utc>>,
}

impl Store {
    /// Reads everything that is stored. What can't be read is kept aside and
    /// reported; the rest makes up the workspace.
    ///
    /// # Errors
    /// Only when storage can't be read at all.
    pub fn open(
        port: Box<dyn Storage>,
        bank: Vec<Question>,
        now: DateTime<Utc>,
    ) -> Result<(Self, Workspace), StorageError> {
        let mut store = Self::unread(port, now)?;
        let workspace = store.reload(bank)?;
        Ok((store, workspace))
    }

    /// An empty store that lasts as long as the tab, for when storage is denied.
    #[must_use]
    pub fn in_memory(memory: Memory, bank: Vec<Question>, now: DateTime<Utc>) -> (Self, Workspace) {
        let device = DeviceId::new(now);
        (Self::over(Box::new(memory), device), Workspace::with_bank(bank))
    }

    /// A store that knows its device, and has read nothing yet.
    fn unread(port: Box<dyn Storage>, now: DateTime<Utc>) -> Result<Self, StorageError> {
        let device = match port.read(DEVICE)?.and_then(|text| text.parse().ok()) {
            Some(device) => device,
            None => {
                let device = DeviceId::new(now);
                // A device without an id for next time gets another one then: no harm.
                let _ = port.write(DEVICE, &device.to_string());
                device
            }
        };
        Ok(Self::over(port, device))
    }

    fn over(port: Box<dyn Storage>, device: DeviceId) -> Self {
        Self {
            port,
            device,
            latest: Stamp { at: 0, count: 0, by: device },
            metas: BTreeMap::new(),
            kept: Vec::new(),
            backed_up: None,
        }
    }

    /// Reads everything again, after many texts were changed.
    ///
    /// # Errors
    /// When storage can't be read; the store is as it was then.
    pub fn reload(&mut self, bank: Vec<Question>) -> Result<Workspace, StorageError> {
        let mut workspace = Workspace::with_bank(bank);
        let (mut metas, mut kept, mut latest) = (BTreeMap::new(), Vec::new(), self.latest);
        let backed_up = self.port.read(BACKUP)?;
        // In order, so that the same storage always opens the same way.
        for place in BTreeSet::from_iter(self.port.keys()?) {
            if is_own_business(&place) || !place.starts_with(PREFIX) {
                continue;
            }
            let Some(text) = self.port.read(&place)? else { continue };
            match record::decode(&text) {
                Ok((key, meta, content)) if place == place_of(&key) => {
                    latest = latest.max(meta.stamp);
                    metas.insert(key, meta);
                    if let Some(content) = content {
                        workspace.load(content);
                    }
                }
                Ok(_) => kept.push(Kept { key: place, text, why: Unreadable::NotARecord }),
                Err(why) => kept.push(Kept { key: place, text, why }),
            }
        }
        self.metas = metas;
        self.kept = kept;
        self.latest = latest;
        self.backed_up =
            backed_up.and_then(|text| text.parse().ok()).and_then(DateTime::from_timestamp_millis);
        Ok(workspace)
    }

    /// What could not be read.
    #[must_use]
    pub fn kept(&self) -> &[Kept] {
        &self.kept
    }

    /// This device.
    #[must_use]
    pub fn device(&self) -> DeviceId {
        self.device
    }

    /// When the last backup was downloaded on this device.
    #[must_use]
    pub fn backed_up(&self) -> Option<DateTime<Utc>> {
        self.backed_up
    }

    /// How many records were written on any device since the last backup.
    #[must_use]
    pub fn changed_since_backup(&self) -> usize {
        let since = self.backed_up.map_or(i64::MIN, |at| at.timestamp_millis());
        self.metas.values().filter(|meta| meta.stamp.at > since).count()
    }

    /// Remembers that a backup was downloaded.
    ///
    /// # Errors
    /// When storage refuses; the time is remembered until the page closes.
    pub fn note_backup(&mut self, now: DateTime<Utc>) -> Result<(), StorageError> {
        self.backed_up = Some(now);
        self.port.write(BACKUP, &now.timestamp_millis().to_string())
    }

    /// What is known of a record.
    #[must_use]
    pub fn meta(&self, key: &Key) -> Option<&Meta> {
        self.metas.get(key)
    }

    /// Every record and tombstone that has been stored.
    pub fn metas(&self) -> impl Iterator<Item = (&Key, &Meta)> {
        self.metas.iter()
    }

    /// Saves the records in `touched` as they stand in `workspace`; one that is
    /// no longer there leaves a tombstone.
    ///
    /// # Errors
    /// Names the records that could not be saved. Each of the others was.
    pub fn save(
        &mut self,
        workspace: &Workspace,
        touched: &BTreeSet<Key>,
        now: DateTime<Utc>,
    ) -> Result<(), SaveFailure> {
        let mut failure: Option<SaveFailure> = None;
        for key in touched {
            if let Err(error) = self.save_one(key, workspace.record(key).as_ref(), now) {
                let failure = failure.get_or_insert(SaveFailure { keys: BTreeSet::new(), error });
                failure.keys.insert(key.clone());
            }
        }
        failure.map_or(Ok(()), Err)
    }

    fn save_one(
        &mut self,
        key: &Key,
        content: Option<&Record>,
        now: DateTime<Utc>,
    ) -> Result<(), StorageError> {
        let meta = self.next_meta(key, content.is_none(), now);
        if content.is_none() && !self.metas.contains_key(key) {
            return Ok(());
        }
        let text = record::encode(key, &meta, content)
            .map_err(|error| StorageError::Failed(error.to_string()))?;
        let place = place_of(key);
        self.make_room_for(&place)?;
        self.port.write(&place, &text)?;
        self.latest = meta.stamp;
        self.metas.insert(key.clone(), meta);
        Ok(())
    }

    /// If something unreadable lies at `place`, copies it aside first.
    fn make_room_for(&mut self, place: &str) -> Result<(), StorageError> {
        if let Some(kept) = self.kept.iter_mut().find(|kept| kept.key == place) {
            let aside = format!("{KEPT}{}:{place}", self.latest.at);
            self.port.write(&aside, &kept.text)?;
            kept.key = aside;
        }
        Ok(())
    }

    fn next_meta(&self, key: &Key, deleted: bool, now: DateTime<Utc>) -> Meta {
        let stamp = self.latest.next(now.timestamp_millis(), self.device);
        match self.metas.get(key) {
            Some(meta) => Meta { rev: meta.rev + 1, stamp, unknown: meta.unknown.clone(), deleted },
            None => Meta { rev: 1, stamp, unknown: serde_json::Map::new(), deleted },
        }
    }

    /// The text of every record and tombstone, as it would be stored: those of
    /// `workspace` that were never saved too, so that a backup is whole even
    /// when storage is full or denied.
    ///
    /// # Errors
    /// When a record can't be written as JSON.
    pub fn texts(
        &self,
        workspace: &Workspace,
        unsaved: &BTreeSet<Key>,
        now: DateTime<Utc>,
    ) -> Result<Vec<String>, serde_json::Error> {
        let mut keys: BTreeSet<Key> = self.metas.keys().cloned().collect();
        keys.extend(workspace.records().map(|record| record.key()));
        keys.iter()
            .map(|key| {
                let content = workspace.record(key);
                let meta = match self.metas.get(key) {
                    Some(meta) if !unsaved.contains(key) => meta.clone(),
                    _ => self.next_meta(key, content.is_none(), now),
                };
                record::encode(key, &meta, content.as_ref())
            })
            .collect()
    }

    /// Changes many stored texts, all or none: if one fails, those before it
    /// are put back. `None` removes. Returns what was there before.
    ///
    /// # Errors
    /// When storage refuses one of them; then nothing has changed.
    pub fn change_texts(
        &self,
        changes: &[(String, Option<String>)],
    ) -> Result<TextsBefore, StorageError> {
        let mut before = TextsBefore::default();
        // Removals first: they make room for what is written.
        let (removals, writes): (Vec<_>, Vec<_>) =
            changes.iter().partition(|(_, text)| text.is_none());
        for (place, text) in removals.into_iter().chain(writes) {
            let was = self.port.read(place)?;
            if was == *text {
                continue;
            }
            let done = match text {
                Some(text) => self.port.write(place, text),
                None => self.port.remove(place),
            };
            if let Err(error) = done {
                self.put_back(&before)?;
                return Err(error);
            }
            before.0.push((place.clone(), was));
        }
        Ok(before)
    }

    /// Undoes [`Store::change_texts`], the last change first.
    ///
    /// # Errors
    /// When storage refuses; what could be put back was.
    pub fn put_back(&self, before: &TextsBefore) -> Result<(), StorageError> {
        let mut failed = None;
        // Texts that were not there go first: they make room for those that were.
        let (added, changed): (Vec<_>, Vec<_>) =
            before.0.iter().rev().partition(|(_, text)| text.is_none());
        for (place, text) in added.into_iter().chain(changed) {
            let done = match text {
                Some(text) => self.port.write(place, text),
                None => self.port.remove(place),
            };
            if let Err(error) = done {
                failed.get_or_insert(error);
            }
        }
        failed.map_or(Ok(()), Err)
    }

    /// Removes everything this app has stored, kept texts too, but for the
    /// device's own id. Returns it, so that it can be put back.
    ///
    /// # Errors
    /// When storage refuses; then nothing has changed.
    pub fn wipe(&self) -> Result<TextsBefore, StorageError> {
        let mut keys = self.port.keys()?;
        keys.retain(|key| key.starts_with(PREFIX) && key != DEVICE);
        self.change_texts(&keys.into_iter().map(|key| (key, None)).collect::<Vec<_>>())
    }

    /// Removes one unreadable text for good.
    ///
    /// # Errors
    /// When storage refuses.
    pub fn discard(&mut self, key: &str) -> Result<(), StorageError> {
        self.port.remove(key)?;
        self.kept.retain(|kept| kept.key != key);
        Ok(())
    }
}

/// Whether a key holds something of this device alone, which no backup carries.
pub(crate) fn is_own_business(place: &str) -> bool {
    place == DEVICE || place == BACKUP
}

/// Where a record lies in storage.
#[must_use]
pub fn place_of(key: &Key) -> String {
    format!("{PREFIX}{key}")
}

#[cfg(test)]
mod tests;
