//! Opening what is stored, saving what changed, and changing much at once.

use crate::domain::id::DeviceId;
use crate::domain::key::Key;
use crate::domain::order::sorted_by_key;
use crate::domain::question::Question;
use crate::domain::workspace::{Record, Workspace};
use crate::persist::journal::{Change, Journal};
use crate::persist::memory::Memory;
use crate::persist::record::{self, Meta, Stamp, Unreadable, print_of};
use crate::persist::shadow::{self, Texts, generation_of};
use crate::persist::space::{LAST_UNITS, LIMIT, RESERVE_UNITS, Room, units};
use crate::persist::storage::{PREFIX, Storage, StorageError};
use chrono::{DateTime, Utc};
use std::collections::{BTreeMap, BTreeSet};

/// Where this device's own id lies.
const DEVICE: &str = "ask-around:device";
/// Where the time of the last backup lies, in milliseconds since 1970.
const BACKUP: &str = "ask-around:backup";
/// Where the number lies that changes whenever many texts changed at once.
const GENERATION: &str = "ask-around:generation";
/// Where the way out of an unfinished change of many lies.
const JOURNAL: &str = "ask-around:journal";
/// Where room is held for the last words when storage is full.
const RESERVE: &str = "ask-around:reserve";
/// Before the key of a text that could not be read and had to make room.
pub(super) const KEPT: &str = "ask-around:kept:";

/// A stored text that is no record of the workspace: it could not be read, or
/// another tab was faster. It is never deleted or written over unless its owner
/// says so.
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
pub struct TextsBefore {
    texts: Vec<Change>,
    /// What the change has left there.
    since: Vec<Known>,
}

/// A place, and what tells the text apart that is known to lie there.
pub type Known = (String, Option<u32>);

impl TextsBefore {
    /// Whether putting this back would change the text of this record.
    #[must_use]
    pub fn concerns(&self, key: &Key) -> bool {
        let place = place_of(key);
        self.texts.iter().any(|(other, _)| *other == place)
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

/// What the shadow has still to take over.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Outbox {
    /// Whether all that is in it goes first.
    pub clear: bool,
    /// The changes, in their order.
    pub changes: Vec<Change>,
}

/// What another tab's write means for this one.
#[derive(Debug, PartialEq)]
#[allow(clippy::large_enum_variant, reason = "short-lived, as the record in it is")]
pub enum Heard {
    /// Nothing that is shown.
    Nothing,
    /// One record is now so, or gone.
    Record(Key, Option<Record>),
    /// So much that all must be read again.
    Much,
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
    generation: u64,
    outbox: Outbox,
    /// UTF-16 units of our own keys and texts, and of everybody else's.
    used: usize,
    others: usize,
    /// UTF-16 units of the reserve that are still held.
    reserve: usize,
    /// Whether this tab may write at all.
    writes: bool,
    /// Whether a change of many could not be brought to its end yet.
    unfinished: bool,
    /// The shadow, if what it alone has could not be taken from it yet.
    unhealed: Option<Texts>,
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
        Self::open_beside(port, None, bank, now)
    }

    /// As [`Store::open`], with the shadow at hand: what storage has lost or
    /// damaged comes back from there.
    ///
    /// # Errors
    /// Only when storage can't be read at all.
    pub fn open_beside(
        port: Box<dyn Storage>,
        shadow: Option<&Texts>,
        bank: Vec<Question>,
        now: DateTime<Utc>,
    ) -> Result<(Self, Workspace), StorageError> {
        let mut store = Self::unread(port, now)?;
        if let Some(shadow) = shadow {
            store.heal(shadow, now)?;
            // What failed once may go through the second time.
            if let Some(shadow) = store.unhealed.take() {
                store.heal(&shadow, now)?;
            }
        } else {
            store.unfinished = store.finish().is_err();
            store.renew_shadow()?;
        }
        let workspace = store.reload(bank)?;
        Ok((store, workspace))
    }

    /// Reads everything and writes nothing, for a tab beside the one that writes.
    ///
    /// # Errors
    /// Only when storage can't be read at all.
    pub fn follow(
        port: Box<dyn Storage>,
        bank: Vec<Question>,
        now: DateTime<Utc>,
    ) -> Result<(Self, Workspace), StorageError> {
        let mut store = Self::over(port, DeviceId::new(now));
        store.writes = false;
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
        let device = device_of(&*port, now)?;
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
            generation: 0,
            outbox: Outbox::default(),
            used: 0,
            others: 0,
            reserve: 0,
            writes: true,
            unfinished: false,
            unhealed: None,
        }
    }

    // ---- Starting ----------------------------------------------------------

    /// Makes this tab the one that writes, and reads everything again.
    ///
    /// # Errors
    /// When storage can't be read.
    pub fn take_over(
        &mut self,
        bank: Vec<Question>,
        now: DateTime<Utc>,
    ) -> Result<Workspace, StorageError> {
        self.device = device_of(&*self.port, now)?;
        self.writes = true;
        // What does not go through now is tried again before the first save.
        match self.unhealed.take() {
            Some(shadow) => self.heal(&shadow, now)?,
            None => {
                self.unfinished = self.finish().is_err();
                self.renew_shadow()?;
            }
        }
        self.reload(bank)
    }

    /// Writes nothing from now on: another tab does.
    pub fn let_go(&mut self) {
        self.writes = false;
    }

    /// Whether this tab may write.
    #[must_use]
    pub fn writes(&self) -> bool {
        self.writes
    }

    /// Whether what is stored was written by a newer version of the app, whose
    /// records an older one must not touch.
    #[must_use]
    pub fn is_outdated(&self) -> bool {
        let newer = |kept: &Kept| matches!(kept.why, Unreadable::Newer(_));
        self.kept.iter().any(|kept| newer(kept) && !kept.key.starts_with(KEPT))
    }

    /// Carries out what a change of many left to do when it was cut off.
    fn finish(&mut self) -> Result<(), StorageError> {
        let Some(text) = self.port.read(JOURNAL)? else { return Ok(()) };
        if let Some(journal) = Journal::read(&text) {
            if journal.all_else_goes {
                let listed = |place: &str| journal.texts.iter().any(|(other, _)| other == place);
                for place in self.port.keys()? {
                    if is_mirrored(&place) && !listed(&place) {
                        self.put(&place, None)?;
                    }
                }
            }
            for (place, text) in journal.texts {
                // Should one not go through, the next start tries again.
                self.put(&place, text.as_deref())?;
            }
        }
        // One that is not whole was cut off before anything was touched.
        self.port.remove(JOURNAL)
    }

    /// Takes from the shadow what it has and storage has lost.
    fn heal(&mut self, shadow: &Texts, now: DateTime<Utc>) -> Result<(), StorageError> {
        let mut home = self.mirrored()?;
        if shadow::is_newer(&home) {
            // Not for this version to judge. Reading says so.
            return Ok(());
        }
        self.unfinished = self.finish().is_err();
        // Nothing else is of the shadow's business.
        let theirs = shadow.iter().filter(|(place, _)| is_mirrored(place)).cloned();
        let theirs = Texts::new(theirs.collect());
        if shadow::is_newer(&theirs) {
            return Ok(());
        }
        home = self.mirrored()?;
        let taken = |at: &str| home.get(at).is_some() || shadow.get(at).is_some();
        let aside = |place: &str| place_aside(place, now, taken);
        let mut healing = shadow::heal(&home, &theirs, GENERATION, aside);
        if healing.together {
            healing.changes.insert(0, self.new_device());
        }
        // Together if there is room for it, else one by one.
        let mut healed = healing.together && self.commit(&healing.changes).is_ok();
        if !healed && !self.unfinished {
            healed = healing.changes.iter().all(|(at, text)| self.put(at, text.as_deref()).is_ok());
        }
        if !healed {
            // What the shadow alone has is not lost: nothing is saved, here or
            // there, before it could be taken from it.
            self.unhealed = Some(shadow.clone());
            self.outbox = Outbox::default();
            return Ok(());
        }
        if healing.renew {
            return self.renew_shadow();
        }
        let home = self.mirrored()?;
        let mut changes: Vec<Change> = Vec::new();
        for (place, text) in home.iter() {
            if shadow.get(place) != Some(text) {
                changes.push((place.clone(), Some(text.clone())));
            }
        }
        let gone = shadow.iter().filter(|(place, _)| home.get(place).is_none());
        changes.extend(gone.map(|(place, _)| (place.clone(), None)));
        self.outbox = Outbox { clear: false, changes };
        Ok(())
    }

    /// Every text that the shadow has a copy of.
    fn mirrored(&self) -> Result<Texts, StorageError> {
        let mut texts = Vec::new();
        for place in self.port.keys()? {
            if is_mirrored(&place)
                && let Some(text) = self.port.read(&place)?
            {
                texts.push((place, text));
            }
        }
        Ok(Texts::new(texts))
    }

    /// Has the shadow made anew, with everything that is here.
    ///
    /// # Errors
    /// When storage can't be read.
    pub fn renew_shadow(&mut self) -> Result<(), StorageError> {
        let texts = self.mirrored()?;
        let changes = texts.iter().map(|(place, text)| (place.clone(), Some(text.clone())));
        let changes = changes.collect();
        self.outbox = Outbox { clear: true, changes };
        Ok(())
    }

    /// What the shadow has still to take over; handed out once.
    pub fn take_outbox(&mut self) -> Option<Outbox> {
        let outbox = std::mem::take(&mut self.outbox);
        (outbox.clear || !outbox.changes.is_empty()).then_some(outbox)
    }

    /// Reads everything again, after many texts were changed.
    ///
    /// # Errors
    /// When storage can't be read; the store is as it was then.
    pub fn reload(&mut self, bank: Vec<Question>) -> Result<Workspace, StorageError> {
        let mut workspace = Workspace::with_bank(bank);
        let (mut metas, mut kept, mut latest) = (BTreeMap::new(), Vec::new(), self.latest);
        let (mut used, mut reserve) = (0, 0);
        let backed_up = self.port.read(BACKUP)?;
        // Going back to an older state may have changed it.
        let device = device_at(&*self.port)?.unwrap_or(self.device);
        let generation = generation_of(self.port.read(GENERATION)?.as_deref());
        // In order, so that the same storage always opens the same way.
        for place in sorted_by_key(self.port.keys()?, String::clone) {
            if !place.starts_with(PREFIX) {
                continue;
            }
            let Some(text) = self.port.read(&place)? else { continue };
            used += units(&place) + units(&text);
            if place == RESERVE {
                reserve = units(&text);
            }
            if is_own_business(&place) {
                continue;
            }
            match record::decode(&text) {
                Ok((key, meta, content)) if place == place_of(&key) => {
                    latest = latest.max(meta.stamp);
                    metas.insert(key, meta);
                    if let Some(content) = content {
                        workspace.load(content);
                    }
                }
                Ok((key, ..)) if is_aside(&place, &key) => {
                    kept.push(Kept { key: place, text, why: Unreadable::Overtaken });
                }
                Ok(_) => kept.push(Kept { key: place, text, why: Unreadable::NotARecord }),
                Err(why) => kept.push(Kept { key: place, text, why }),
            }
        }
        self.device = device;
        self.metas = metas;
        self.kept = kept;
        // A stamp of our own that no record shows any more still counts.
        self.latest = Stamp { by: self.device, ..latest };
        self.generation = generation;
        self.used = used;
        self.others = self.port.foreign_units();
        self.reserve = reserve;
        self.backed_up =
            backed_up.and_then(|text| text.parse().ok()).and_then(DateTime::from_timestamp_millis);
        if self.is_outdated() {
            self.writes = false;
        }
        self.hold_reserve();
        Ok(workspace)
    }

    // ---- Knowing -----------------------------------------------------------

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

    /// The stored text of a record, if it can be had.
    #[must_use]
    pub fn text(&self, key: &Key) -> Option<String> {
        self.port.read(&place_of(key)).ok().flatten()
    }

    /// How much room there is.
    #[must_use]
    pub fn room(&self) -> Room {
        let in_use = self.reserve < RESERVE_UNITS && !self.metas.is_empty() && self.writes;
        Room { used: self.used, others: self.others, reserve_in_use: in_use }
    }

    // ---- Saving ------------------------------------------------------------

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
        let may = self.must_be_current();
        for key in touched {
            let saved =
                may.clone().and_then(|()| self.save_one(key, workspace.record(key).as_ref(), now));
            if let Err(error) = saved {
                let failure = failure.get_or_insert(SaveFailure { keys: BTreeSet::new(), error });
                failure.keys.insert(key.clone());
            }
        }
        self.hold_reserve();
        failure.map_or(Ok(()), Err)
    }

    /// Whether this tab may write and nobody has changed many texts meanwhile.
    fn must_be_current(&mut self) -> Result<(), StorageError> {
        if !self.writes {
            return Err(StorageError::Elsewhere);
        }
        if self.unfinished {
            // A journal that is carried out later would take later words away.
            self.finish()?;
            self.unfinished = false;
        }
        if let Some(shadow) = self.unhealed.take() {
            let now = DateTime::from_timestamp_millis(self.latest.at).unwrap_or_default();
            let healed = self.heal(&shadow, now);
            if healed.is_err() || self.unhealed.is_some() {
                self.unhealed = Some(shadow);
                return Err(healed.err().unwrap_or(StorageError::Full));
            }
            // What is shown is older than what is stored now.
            return Err(StorageError::Overtaken);
        }
        if generation_of(self.port.read(GENERATION)?.as_deref()) != self.generation {
            return Err(StorageError::Overtaken);
        }
        Ok(())
    }

    fn save_one(
        &mut self,
        key: &Key,
        content: Option<&Record>,
        now: DateTime<Utc>,
    ) -> Result<(), StorageError> {
        let known = self.metas.get(key);
        if content.is_none() && known.is_none() {
            return Ok(());
        }
        let place = place_of(key);
        let before = self.port.read(&place)?;
        // What lies there must be what this tab has read or written last.
        match (&before, known) {
            (None, None) => {}
            (Some(text), Some(meta)) if print_of(text) == meta.print => {}
            (Some(_), None) if self.kept.iter().any(|kept| kept.key == place) => {
                self.make_room_for(&place, now)?;
            }
            _ => return Err(StorageError::Overtaken),
        }
        let stamp = self.next_stamp(now);
        let (text, meta) = record::edited(key, before.as_deref(), content, stamp)
            .map_err(|error| StorageError::Failed(error.to_string()))?;
        // A deletion makes room, even if it takes some itself at first.
        self.put_with(&place, Some(&text), content.is_none())?;
        self.latest = Stamp { by: self.device, ..self.latest.max(meta.stamp) };
        self.metas.insert(key.clone(), meta);
        Ok(())
    }

    fn next_stamp(&self, now: DateTime<Utc>) -> Stamp {
        self.latest.next(now.timestamp_millis(), self.device)
    }

    /// If something unreadable lies at `place`, copies it aside first.
    fn make_room_for(&mut self, place: &str, now: DateTime<Utc>) -> Result<(), StorageError> {
        if let Some(at) = self.kept.iter().position(|kept| kept.key == place) {
            let text = self.kept.get(at).map(|kept| kept.text.clone()).unwrap_or_default();
            let taken = |place: &str| self.kept.iter().any(|kept| kept.key == place);
            let aside = place_aside(place, now, taken);
            self.put(&aside, Some(&text))?;
            if let Some(kept) = self.kept.get_mut(at) {
                kept.key = aside;
            }
        }
        Ok(())
    }

    /// Writes or removes one text, here and soon in the shadow. When there is
    /// no room, the reserve goes first.
    fn put(&mut self, place: &str, text: Option<&str>) -> Result<(), StorageError> {
        self.put_with(place, text, false)
    }

    /// As [`Store::put`]; what `frees` room may have all of the reserve.
    fn put_with(
        &mut self,
        place: &str,
        text: Option<&str>,
        frees: bool,
    ) -> Result<(), StorageError> {
        match self.put_without_reserve(place, text) {
            Err(StorageError::Full) if self.release_reserve(frees) => {
                self.put_without_reserve(place, text)
            }
            done => done,
        }
    }

    fn put_without_reserve(&mut self, place: &str, text: Option<&str>) -> Result<(), StorageError> {
        let before = self.port.read(place)?.map_or(0, |text| units(place) + units(&text));
        match text {
            Some(text) => self.port.write(place, text),
            None => self.port.remove(place),
        }?;
        let after = text.map_or(0, |text| units(place) + units(text));
        self.used = (self.used + after).saturating_sub(before);
        if is_mirrored(place) {
            self.outbox.changes.push((place.to_owned(), text.map(str::to_owned)));
        }
        Ok(())
    }

    /// Holds some room for the last words, once there is something to lose.
    fn hold_reserve(&mut self) {
        if !self.writes || self.metas.is_empty() {
            return;
        }
        // When there is no room for it, trying costs next to nothing.
        if self.reserve < RESERVE_UNITS && self.keep_reserve(RESERVE_UNITS) {
            // There is room again, so others may have made some.
            self.others = self.port.foreign_units();
        }
        if self.reserve < LAST_UNITS {
            self.keep_reserve(LAST_UNITS);
        }
    }

    /// Holds so much of the reserve; false if that can't be done.
    fn keep_reserve(&mut self, length: usize) -> bool {
        let text = (length > 0).then(|| ".".repeat(length));
        let kept = self.put_without_reserve(RESERVE, text.as_deref()).is_ok();
        if kept {
            self.reserve = length;
        }
        kept
    }

    /// Gives the reserve up, all of it for what frees room, else all but the
    /// last of it; false if there is none.
    fn release_reserve(&mut self, frees: bool) -> bool {
        let rest = if frees { 0 } else { LAST_UNITS };
        if self.reserve <= rest || !self.keep_reserve(rest) {
            return false;
        }
        // What is free by our own count may not be: others write here too.
        self.others = self.others.max(LIMIT.saturating_sub(self.used + RESERVE_UNITS));
        true
    }

    /// Puts the words aside that this tab could not save because another was
    /// faster: each at a place of its own, for their owner to decide.
    ///
    /// # Errors
    /// When storage refuses; the words are in memory alone then.
    pub fn set_aside(
        &mut self,
        workspace: &Workspace,
        keys: &BTreeSet<Key>,
        now: DateTime<Utc>,
    ) -> Result<(), StorageError> {
        for key in keys {
            let Some(content) = workspace.record(key) else { continue };
            // As if written elsewhere and long ago: brought in, its prose joins
            // the other tab's, and all else stays as it is.
            let stamp = Stamp { at: 0, count: 0, by: DeviceId::new(now) };
            let (text, _) = record::edited(key, None, Some(&content), stamp)
                .map_err(|error| StorageError::Failed(error.to_string()))?;
            self.put(&format!("{KEPT}{}:{}", stamp.by, place_of(key)), Some(&text))?;
        }
        Ok(())
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
        // What was never saved here may be forgotten here: it is another's.
        let another = DeviceId::new(now);
        let mut keys = BTreeSet::new();
        // One by one: to collect brings in a sort of its own, which is a lot of code.
        keys.extend(self.metas.keys().cloned());
        keys.extend(workspace.records().map(|record| record.key()));
        keys.iter()
            .map(|key| {
                let stored = self.text(key);
                let print = self.metas.get(key).map(|meta| meta.print);
                match stored {
                    Some(text) if !unsaved.contains(key) && Some(print_of(&text)) == print => {
                        Ok(text)
                    }
                    stored => {
                        let content = workspace.record(key);
                        let stamp = Stamp { by: another, ..self.next_stamp(now) };
                        record::edited(key, stored.as_deref(), content.as_ref(), stamp)
                            .map(|(text, _)| text)
                    }
                }
            })
            .collect()
    }

    // ---- Changing much -------------------------------------------------------

    /// Changes many stored texts, all or none, even if the browser is killed
    /// half way. `None` removes. Returns what was there before.
    ///
    /// # Errors
    /// When storage refuses one of them, or another tab was faster; then nothing has changed.
    pub fn change_texts(&mut self, changes: &[Change]) -> Result<TextsBefore, StorageError> {
        self.must_be_current()?;
        let mut changes = changes.to_vec();
        changes.push((GENERATION.to_owned(), Some((self.generation + 1).to_string())));
        if self.forgets(&changes)? {
            changes.push(self.new_device());
        }
        let before = self.commit(&changes)?;
        self.device = device_at(&*self.port)?.unwrap_or(self.device);
        Ok(before)
    }

    /// Whether anything that was ever edited here would be as if it never was.
    fn forgets(&self, changes: &[Change]) -> Result<bool, StorageError> {
        let records = changes.iter().filter(|(place, _)| !place.starts_with(KEPT));
        for (place, text) in records.filter(|(place, _)| !is_own_business(place)) {
            let Some(before) = self.port.read(place)? else { continue };
            if !text.as_ref().is_some_and(|text| record::goes_on(&before, text)) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Whoever goes back to an older state goes on as another device: what was
    /// written since may lie in a backup, and must not count as seen here.
    fn new_device(&self) -> Change {
        let now = DateTime::from_timestamp_millis(self.latest.at).unwrap_or_default();
        (DEVICE.to_owned(), Some(DeviceId::new(now).to_string()))
    }

    /// Undoes [`Store::change_texts`].
    ///
    /// # Errors
    /// When storage refuses, or something was written since; then nothing has changed.
    pub fn put_back(&mut self, before: &TextsBefore) -> Result<TextsBefore, StorageError> {
        self.must_be_as(&before.since)?;
        self.change_texts(&before.texts)
    }

    /// What lies at a place now, to be told from anything else.
    pub(super) fn known(&self, place: &str) -> Known {
        let text = self.port.read(place).ok().flatten();
        (place.to_owned(), text.as_deref().map(print_of))
    }

    /// Whether the same lies there still.
    ///
    /// # Errors
    /// When it does not, or storage can't be read.
    pub fn must_be_as(&self, known: &[Known]) -> Result<(), StorageError> {
        for (place, print) in known {
            if self.port.read(place)?.as_deref().map(print_of) != *print {
                return Err(StorageError::Overtaken);
            }
        }
        Ok(())
    }

    /// Writes the journal, carries it out, and takes it away.
    fn commit(&mut self, changes: &[Change]) -> Result<TextsBefore, StorageError> {
        let mut back: Vec<Change> = Vec::new();
        let mut forth: Vec<Change> = Vec::new();
        for (place, text) in changes {
            let was = self.port.read(place)?;
            if was != *text {
                back.push((place.clone(), was));
                forth.push((place.clone(), text.clone()));
            }
        }
        if forth.iter().all(|(place, _)| is_own_business(place)) {
            return Ok(TextsBefore::default());
        }
        let (journal, goes_back) = self.journal(&back, &forth)?;
        // The reserve is for words. What makes room may have it too.
        let length = |changes: &[Change]| -> usize {
            changes.iter().map(|(_, text)| text.as_deref().map_or(0, units)).sum()
        };
        let frees = length(&forth) <= length(&back);
        let written = match self.port.write(JOURNAL, &journal) {
            Err(StorageError::Full) if frees && self.release_reserve(true) => {
                self.port.write(JOURNAL, &journal)
            }
            done => done,
        };
        if let Err(error) = written {
            self.unfinished = self.port.remove(JOURNAL).is_err();
            return Err(error);
        }
        let outbox = self.outbox.clone();
        let done = self.carry_out(&forth, frees);
        let closed = match (&done, goes_back) {
            // Taking this journal away is what makes the change count.
            (Ok(()), true) => self.port.remove(JOURNAL),
            // This one counts already.
            (Ok(()), false) => {
                self.unfinished = self.port.remove(JOURNAL).is_err();
                Ok(())
            }
            (Err(error), _) => Err(error.clone()),
        };
        if let Err(error) = closed {
            // Back to what it was. Should even that fail, the journal brings it
            // to one end or the other before anything else is saved.
            let undone = self.carry_out(&back, true);
            self.outbox = outbox;
            self.unfinished = undone.is_err() || self.port.remove(JOURNAL).is_err();
            return Err(error);
        }
        self.generation = generation_of(self.port.read(GENERATION)?.as_deref());
        back.retain(|(place, _)| place != GENERATION && place != DEVICE);
        let since = back.iter().filter(|(place, _)| !is_own_business(place));
        let since = since.map(|(place, _)| self.known(place)).collect();
        Ok(TextsBefore { texts: back, since })
    }

    /// The shorter of two journals, and whether it leads back.
    fn journal(&self, back: &[Change], forth: &[Change]) -> Result<(String, bool), StorageError> {
        let write = |texts: Vec<Change>, all_else_goes| {
            Journal { all_else_goes, texts }
                .text()
                .map_err(|error| StorageError::Failed(error.to_string()))
        };
        // Deleting everything needs no list of it: there may be no room for one.
        let stays = |(place, text): &&Change| text.is_some() || !is_mirrored(place);
        let kept: Vec<Change> = forth.iter().filter(stays).cloned().collect();
        let mut places = BTreeSet::new();
        places.extend(forth.iter().map(|(place, _)| place.clone()));
        let nothing_stays =
            self.port.keys()?.iter().all(|place| !is_mirrored(place) || places.contains(place));
        let forth = if nothing_stays { write(kept, true) } else { write(forth.to_vec(), false) }?;
        let back = write(back.to_vec(), false)?;
        Ok(if units(&back) < units(&forth) { (back, true) } else { (forth, false) })
    }

    fn carry_out(&mut self, changes: &[Change], with_reserve: bool) -> Result<(), StorageError> {
        // Removals first: they make room for what is written.
        let (removals, writes): (Vec<_>, Vec<_>) =
            changes.iter().partition(|(_, text)| text.is_none());
        for (place, text) in removals.into_iter().chain(writes) {
            match with_reserve {
                true => self.put_with(place, text.as_deref(), true),
                false => self.put_without_reserve(place, text.as_deref()),
            }?;
        }
        Ok(())
    }

    /// Removes everything this app has stored, kept texts too, but for the
    /// device's id, which is a new one then. Returns it, so that it can be put back.
    ///
    /// # Errors
    /// When storage refuses; then nothing has changed.
    pub fn wipe(&mut self) -> Result<TextsBefore, StorageError> {
        self.unhealed = None;
        let mut keys = self.port.keys()?;
        keys.retain(|key| (is_mirrored(key) && key != GENERATION) || key == BACKUP);
        let changes: Vec<Change> = keys.into_iter().map(|key| (key, None)).collect();
        let before = self.change_texts(&changes)?;
        // Nothing is left that would need room held for it.
        if self.reserve > 0 {
            self.keep_reserve(0);
        }
        Ok(before)
    }

    /// Removes one unreadable text for good.
    ///
    /// # Errors
    /// When storage refuses, or another tab writes.
    pub fn discard(&mut self, key: &str) -> Result<(), StorageError> {
        self.must_be_current()?;
        self.put(key, None)?;
        self.kept.retain(|kept| kept.key != key);
        Ok(())
    }

    /// The changes that put a kept text back among the records: mended by its
    /// owner, or words that another tab was faster than. If the record is there,
    /// the two are joined.
    ///
    /// # Errors
    /// Says what is still wrong with the text.
    pub fn mending(&self, place: &str, text: &str) -> Result<Vec<Change>, Unreadable> {
        let (key, text) = record::mended(text)?;
        let home = place_of(&key);
        if place != home && !place.ends_with(&home) {
            return Err(Unreadable::NotUnderstood("it belongs to another record".to_owned()));
        }
        let text = match self.metas.get(&key).and_then(|_| self.text(&key)) {
            Some(mine) => record::joined(&mine, &text)?.text.unwrap_or(mine),
            None => text,
        };
        let mut changes = vec![(home.clone(), Some(text))];
        if place != home {
            changes.push((place.to_owned(), None));
        }
        Ok(changes)
    }

    // ---- Beside another tab ----------------------------------------------------

    /// Takes note of a text that another tab has written, or removed.
    pub fn hear(&mut self, place: &str, text: Option<&str>) -> Heard {
        if place == BACKUP {
            self.backed_up =
                text.and_then(|text| text.parse().ok()).and_then(DateTime::from_timestamp_millis);
            return Heard::Nothing;
        }
        if place == JOURNAL {
            // Its end is the end of a change of many.
            return if text.is_none() { Heard::Much } else { Heard::Nothing };
        }
        if is_own_business(place) || !place.starts_with(PREFIX) {
            return Heard::Nothing;
        }
        match text.map(record::decode) {
            Some(Ok((key, meta, content))) if place == place_of(&key) => {
                self.latest = self.latest.max(Stamp { by: self.device, ..meta.stamp });
                self.metas.insert(key.clone(), meta);
                Heard::Record(key, content)
            }
            // Single records are never removed but in a change of many.
            None if !place.starts_with(KEPT) => Heard::Nothing,
            _ => Heard::Much,
        }
    }
}

/// This device's own id, made if there is none yet.
fn device_of(port: &dyn Storage, now: DateTime<Utc>) -> Result<DeviceId, StorageError> {
    if let Some(device) = device_at(port)? {
        return Ok(device);
    }
    let device = DeviceId::new(now);
    // A device without an id for next time gets another one then: no harm.
    let _ = port.write(DEVICE, &device.to_string());
    Ok(device)
}

fn device_at(port: &dyn Storage) -> Result<Option<DeviceId>, StorageError> {
    Ok(port.read(DEVICE)?.and_then(|text| text.parse().ok()))
}

/// Whether a key holds something of this device alone, which no backup carries.
pub(crate) fn is_own_business(place: &str) -> bool {
    [DEVICE, BACKUP, GENERATION, JOURNAL, RESERVE].contains(&place)
}

/// Whether the shadow has a copy of what lies here.
fn is_mirrored(place: &str) -> bool {
    place.starts_with(PREFIX) && (place == GENERATION || !is_own_business(place))
}

/// Whether a place is one for words of this record that had to be put aside.
fn is_aside(place: &str, key: &Key) -> bool {
    place.starts_with(KEPT) && place.ends_with(&place_of(key))
}

/// Where a record lies in storage.
#[must_use]
pub fn place_of(key: &Key) -> String {
    format!("{PREFIX}{key}")
}

/// Where a text goes that has to make room for a record: `taken` says where
/// something else lies.
#[must_use]
pub fn place_aside(place: &str, now: DateTime<Utc>, taken: impl Fn(&str) -> bool) -> String {
    let mut at = now.timestamp_millis();
    loop {
        let aside = format!("{KEPT}{at}:{place}");
        if !taken(&aside) {
            return aside;
        }
        at = at.wrapping_add(1);
    }
}

#[cfg(test)]
mod tests;
