//! Bringing a backup in: first what it would do, then doing it.
//!
//! *Merge* joins what two devices know, field by field ([`crate::persist::history`]):
//! prose written on both stays, of all else the later counts, an edit beats a
//! deletion, and what is not in the file says nothing. *Replace* makes this
//! browser's records exactly those of the file. Either way every text is worked
//! out before the first is written.

use crate::domain::key::Key;
use crate::domain::workspace::Workspace;
use crate::persist::backup::{Backup, Entry};
use crate::persist::journal::Change;
use crate::persist::record;
use crate::persist::space::{LIMIT, Room, units};
use crate::persist::storage::{PREFIX, StorageError};
use crate::persist::store::{Known, Store, is_own_business, place_aside, place_of};
use chrono::{DateTime, Utc};
use std::collections::BTreeMap;

/// How to bring a backup in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Way {
    /// Join what both know; lose nothing.
    #[default]
    Merge,
    /// Make everything as it is in the file.
    Replace,
}

/// What would become of one record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Effect {
    /// Not here yet: it is added.
    Added,
    /// Here too, but other: what the file has newer comes in.
    Changed,
    /// Written on both sides, neither knowing of the other: prose is kept of
    /// both, of all else the later.
    Conflicting,
    /// Here too, but newer here: this browser's version stays.
    KeptMine,
    /// In the file, but deleted here since: it stays deleted.
    StaysDeleted,
    /// The same on both sides.
    Same,
    /// Here, but deleted there since; when replacing: not in the file. It goes.
    Removed,
}

/// What bringing a backup in would do, and the texts that do it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Preview {
    effects: BTreeMap<Key, Effect>,
    changes: Vec<Change>,
    /// What lay there when it was looked at.
    known: Vec<Known>,
    /// How many records of the file have been looked at.
    done: usize,
}

impl Preview {
    /// How many records have this effect.
    #[must_use]
    pub fn count(&self, effect: Effect) -> usize {
        self.effects.values().filter(|other| **other == effect).count()
    }

    /// The records that have this effect.
    pub fn keys(&self, effect: Effect) -> impl Iterator<Item = &Key> {
        self.effects.iter().filter(move |(_, other)| **other == effect).map(|(key, _)| key)
    }

    /// Whether nothing at all would change.
    #[must_use]
    pub fn is_idle(&self) -> bool {
        self.changes.is_empty()
    }

    /// The stored texts that carry it out, for [`Store::change_texts`].
    #[must_use]
    pub fn changes(&self) -> &[Change] {
        &self.changes
    }

    /// What it was worked out from, for [`Store::must_be_as`].
    #[must_use]
    pub fn known(&self) -> &[Known] {
        &self.known
    }

    /// How many records of the file have been looked at so far.
    #[must_use]
    pub fn done(&self) -> usize {
        self.done
    }

    /// Looks at `count` more records of the file; false once all are done.
    /// Begun with `Preview::default()`, for large files that must not stop the page.
    pub fn step(
        &mut self,
        backup: &Backup,
        workspace: &Workspace,
        store: &Store,
        way: Way,
        count: usize,
        now: DateTime<Utc>,
    ) -> bool {
        for (key, entry) in backup.entries.iter().skip(self.done).take(count) {
            match way {
                Way::Merge => self.merge(key, entry, workspace, store, now),
                Way::Replace => self.replace(key, entry, workspace, store, now),
            }
            self.done += 1;
        }
        if self.done < backup.entries.len() {
            return true;
        }
        self.finish(backup, workspace, store, way, now);
        false
    }

    fn put(&mut self, key: &Key, text: Option<String>, store: &Store, now: DateTime<Utc>) {
        let place = place_of(key);
        // What can't be read is never written over.
        if let Some(kept) = store.kept().iter().find(|kept| kept.key == place) {
            let aside = self.place_aside(&place, store, now);
            self.changes.push((aside, Some(kept.text.clone())));
        }
        self.known.push(store.known(&place));
        self.changes.push((place, text));
    }

    /// A place for a text that has to make room: nothing lies there, nor will.
    fn place_aside(&self, place: &str, store: &Store, now: DateTime<Utc>) -> String {
        place_aside(place, now, |aside| {
            store.kept().iter().any(|kept| kept.key == aside)
                || self.changes.iter().any(|(other, _)| other == aside)
        })
    }

    fn merge(
        &mut self,
        key: &Key,
        entry: &Entry,
        workspace: &Workspace,
        store: &Store,
        now: DateTime<Utc>,
    ) {
        let here = workspace.record(key);
        let theirs = entry.content.as_ref();
        let mine = store.meta(key).and_then(|_| store.text(key));
        let Some(mine) = mine else {
            if theirs.is_some() {
                self.effects.insert(key.clone(), Effect::Added);
            }
            self.put(key, Some(entry.text.clone()), store, now);
            return;
        };
        if mine == entry.text {
            if here.is_some() {
                self.effects.insert(key.clone(), Effect::Same);
            }
            return;
        }
        let Ok(joined) = record::joined(&mine, &entry.text) else {
            // Both can be read, yet make no sense together: this one stays.
            self.effects.insert(key.clone(), Effect::KeptMine);
            return;
        };
        let changes = joined.text.is_some();
        let effect = match (joined.alive, here.as_ref(), theirs) {
            (true, None, _) => Some(Effect::Added),
            (true, Some(_), _) if joined.conflicts => Some(Effect::Conflicting),
            (true, Some(here), Some(theirs)) if here == theirs => Some(Effect::Same),
            (true, Some(_), _) if changes => Some(Effect::Changed),
            (true, Some(_), _) => Some(Effect::KeptMine),
            (false, Some(_), _) => Some(Effect::Removed),
            (false, None, Some(_)) => Some(Effect::StaysDeleted),
            (false, None, None) => None,
        };
        if let Some(effect) = effect {
            self.effects.insert(key.clone(), effect);
        }
        if let Some(text) = joined.text {
            self.put(key, Some(text), store, now);
        }
    }

    fn replace(
        &mut self,
        key: &Key,
        entry: &Entry,
        workspace: &Workspace,
        store: &Store,
        now: DateTime<Utc>,
    ) {
        let effect = match (&entry.content, workspace.record(key)) {
            (None, None) => None,
            (None, Some(_)) => Some(Effect::Removed),
            (Some(_), None) => Some(Effect::Added),
            (Some(theirs), Some(here)) if *theirs == here => Some(Effect::Same),
            (Some(_), Some(_)) => Some(Effect::Changed),
        };
        if let Some(effect) = effect {
            self.effects.insert(key.clone(), effect);
        }
        if store.meta(key).is_none() || store.text(key).as_ref() != Some(&entry.text) {
            self.put(key, Some(entry.text.clone()), store, now);
        }
    }

    fn finish(
        &mut self,
        backup: &Backup,
        workspace: &Workspace,
        store: &Store,
        way: Way,
        now: DateTime<Utc>,
    ) {
        if way == Way::Replace {
            for (key, _) in store.metas() {
                if !backup.entries.contains_key(key) {
                    if workspace.record(key).is_some() {
                        self.effects.insert(key.clone(), Effect::Removed);
                    }
                    self.known.push(store.known(&place_of(key)));
                    self.changes.push((place_of(key), None));
                }
            }
        }
        for (place, text) in &backup.kept {
            if !place.starts_with(PREFIX) || is_own_business(place) {
                continue;
            }
            if store.kept().iter().any(|kept| kept.text == *text) {
                continue;
            }
            // A text that could not be read when the file was made must not hide
            // what can be read, nor make this app think itself outdated.
            let taken = place.strip_prefix(PREFIX).and_then(|key| key.parse().ok()).is_some_and(
                |key: Key| store.meta(&key).is_some() || backup.entries.contains_key(&key),
            );
            let newer = matches!(record::decode(text), Err(record::Unreadable::Newer(_)));
            let twice = self.changes.iter().any(|(other, _)| other == place)
                || store.kept().iter().any(|kept| kept.key == *place);
            let place = match taken || newer || twice {
                true => self.place_aside(place, store, now),
                false => place.clone(),
            };
            self.changes.push((place, Some(text.clone())));
        }
    }

    /// Whether there is room for it, with some to spare for the next words.
    ///
    /// # Errors
    /// [`StorageError::Crowded`] if storage would be more than nine tenths full.
    pub fn must_fit(&self, store: &Store) -> Result<(), StorageError> {
        let room = store.room();
        let (mut more, mut less) = (0, 0);
        for (place, text) in &self.changes {
            let before = place.strip_prefix(PREFIX).and_then(|key| key.parse().ok());
            let before = before.and_then(|key: Key| store.text(&key));
            less += before.map_or(0, |text| units(place) + units(&text));
            more += text.as_ref().map_or(0, |text| units(place) + units(text));
        }
        let after = (room.used + room.others + more).saturating_sub(less) * 100 / LIMIT;
        // What makes room is always welcome.
        if after >= Room::REFUSE && more > less {
            return Err(StorageError::Crowded(after));
        }
        Ok(())
    }
}

/// Works out what bringing `backup` in would do. Changes nothing.
#[must_use]
pub fn preview(
    backup: &Backup,
    workspace: &Workspace,
    store: &Store,
    way: Way,
    now: DateTime<Utc>,
) -> Preview {
    let mut preview = Preview::default();
    while preview.step(backup, workspace, store, way, usize::MAX, now) {}
    preview
}

#[cfg(test)]
mod tests;
