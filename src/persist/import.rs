//! Bringing a backup in: first what it would do, then doing it.
//!
//! *Merge* adds what is new and takes the newer of two versions; it never
//! removes a thing. *Replace* makes this browser's records exactly those of
//! the file. Either way every text is worked out before the first is written.

use crate::domain::key::Key;
use crate::domain::workspace::{Record, Workspace};
use crate::persist::backup::{Backup, Entry};
use crate::persist::storage::PREFIX;
use crate::persist::store::{Store, is_own_business, place_of};
use std::collections::BTreeMap;

/// How to bring a backup in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Way {
    /// Add what is new, take what is newer, remove nothing.
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
    /// Here too, but other: the file's version comes in its place.
    Changed,
    /// Here too, but newer here: this browser's version stays.
    KeptMine,
    /// The same on both sides.
    Same,
    /// Here, but not in the file: it goes. Only when replacing.
    Removed,
}

/// What bringing a backup in would do.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Preview {
    effects: BTreeMap<Key, Effect>,
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
        self.effects.values().all(|effect| matches!(effect, Effect::Same | Effect::KeptMine))
    }
}

/// Works out what bringing `backup` in would do. Changes nothing.
#[must_use]
pub fn preview(backup: &Backup, workspace: &Workspace, store: &Store, way: Way) -> Preview {
    let mut effects = BTreeMap::new();
    for (key, entry) in &backup.entries {
        let here = workspace.record(key);
        if let Some(effect) = effect(key, entry, here.as_ref(), store, way) {
            effects.insert(key.clone(), effect);
        }
    }
    if way == Way::Replace {
        for record in workspace.records() {
            effects.entry(record.key()).or_insert(Effect::Removed);
        }
    }
    Preview { effects }
}

fn effect(
    key: &Key,
    entry: &Entry,
    here: Option<&Record>,
    store: &Store,
    way: Way,
) -> Option<Effect> {
    match (&entry.content, here) {
        // A tombstone: nothing to add. Absence in a merge never deletes.
        (None, None) => None,
        (None, Some(_)) => (way == Way::Replace).then_some(Effect::Removed),
        (Some(_), None) => Some(Effect::Added),
        (Some(theirs), Some(mine)) if theirs == mine => Some(Effect::Same),
        (Some(_), Some(_)) if way == Way::Replace => Some(Effect::Changed),
        (Some(_), Some(_)) => {
            let newer_here = store.meta(key).is_some_and(|meta| meta.stamp > entry.meta.stamp);
            Some(if newer_here { Effect::KeptMine } else { Effect::Changed })
        }
    }
}

/// The stored texts that carry a preview out, for [`Store::change_texts`].
#[must_use]
pub fn changes(
    backup: &Backup,
    preview: &Preview,
    store: &Store,
    way: Way,
) -> Vec<(String, Option<String>)> {
    let mut changes: Vec<_> = preview
        .effects
        .iter()
        .filter_map(|(key, effect)| match effect {
            Effect::Added | Effect::Changed => {
                let entry = backup.entries.get(key)?;
                Some((place_of(key), Some(entry.text.clone())))
            }
            Effect::Removed => Some((place_of(key), None)),
            Effect::KeptMine | Effect::Same => None,
        })
        .collect();
    if way == Way::Replace {
        // Tombstones of this browser go as well, and those of the file come in.
        for (key, meta) in store.metas() {
            if meta.deleted && !preview.effects.contains_key(key) {
                changes.push((place_of(key), None));
            }
        }
        for (key, entry) in &backup.entries {
            if entry.content.is_none() {
                changes.retain(|(place, _)| *place != place_of(key));
                changes.push((place_of(key), Some(entry.text.clone())));
            }
        }
    }
    // A text that could not be read when the file was made comes back only to
    // a place that is free: it must not hide what can be read.
    for (place, text) in &backup.kept {
        let free = place.starts_with(PREFIX)
            && !is_own_business(place)
            && store.kept().iter().all(|kept| kept.key != *place)
            && place.strip_prefix(PREFIX).and_then(|key| key.parse().ok()).is_none_or(
                |key: Key| store.meta(&key).is_none() && !backup.entries.contains_key(&key),
            );
        if free {
            changes.push((place.clone(), Some(text.clone())));
        }
    }
    changes
}

#[cfg(test)]
mod tests;
