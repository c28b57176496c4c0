//! What a record remembers of how it came to be, so that two devices which
//! have both changed it become one again, whatever the order they meet in.
//!
//! Each value of a field carries the stamp of the edit that wrote it, and the
//! record carries how much of each device's edits it includes (a version
//! vector). When two versions of a record meet, a value stays if both hold it,
//! or if the other side has never seen it; a value the other side has seen and
//! no longer holds was replaced there on purpose. This is the observed-remove
//! rule of Bieniusa et al., "An optimized conflict-free replicated set" (2012),
//! and of Shapiro et al., "Conflict-free Replicated Data Types" (2011): joining
//! is commutative, associative and idempotent.
//!
//! A deletion remembers what it had seen. An edit it had not seen brings the
//! record back, whole: edit beats delete, and absence says nothing.

use crate::domain::id::DeviceId;
use crate::domain::order::sorted_by_key;
use crate::persist::fields::{Leaf, assembled, leaves, shown};
use crate::persist::record::Stamp;
use serde_json::{Map, Value, json};

/// How much of each device's edits is included: the latest of each.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Seen(Vec<Stamp>);

impl Seen {
    fn of(stamp: Stamp) -> Self {
        Self(vec![stamp])
    }

    fn covers(&self, stamp: Stamp) -> bool {
        self.0.iter().any(|seen| seen.by == stamp.by && *seen >= stamp)
    }

    fn includes(&self, other: &Self) -> bool {
        other.0.iter().all(|stamp| self.covers(*stamp))
    }

    fn add(&mut self, stamp: Stamp) {
        if !self.covers(stamp) {
            self.0.retain(|seen| seen.by != stamp.by);
            let later = self.0.iter().position(|seen| *seen > stamp);
            self.0.insert(later.unwrap_or(self.0.len()), stamp);
        }
    }

    fn join(&mut self, other: &Self) {
        for stamp in &other.0 {
            self.add(*stamp);
        }
    }

    fn latest(&self) -> Option<Stamp> {
        self.0.last().copied()
    }
}

/// One value of one field, and the edit that wrote it.
#[derive(Debug, Clone, PartialEq)]
struct Written {
    path: String,
    stamp: Stamp,
    value: Value,
}

/// All that is known of one record: what it holds and how it came to be.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct History {
    seen: Seen,
    /// By path, then by stamp. More than one of a path: written on several
    /// devices, none of which had seen the other.
    written: Vec<Written>,
    /// What somebody had seen when they deleted the record.
    gone: Option<Seen>,
}

impl History {
    /// The history of a record whose every field was written by one edit: what
    /// a text without a history of its own means. `None` is a deletion.
    pub(super) fn plain(kind: &str, stamp: Stamp, body: Option<&Map<String, Value>>) -> Self {
        match body {
            None => Self { gone: Some(Seen::of(stamp)), ..Self::default() },
            Some(body) => {
                let mut history = Self { seen: Seen::of(stamp), ..Self::default() };
                for Leaf { path, value, .. } in leaves(kind, body) {
                    history.written.push(Written { path, stamp, value });
                }
                history.sort();
                history
            }
        }
    }

    fn sort(&mut self) {
        let written = std::mem::take(&mut self.written);
        self.written = sorted_by_key(written, |one| (one.path.clone(), one.stamp));
    }

    /// Whether there is a record, as far as is known.
    pub(super) fn is_alive(&self) -> bool {
        self.gone.as_ref().is_none_or(|gone| !gone.includes(&self.seen))
    }

    /// The stamp of the latest edit or deletion that is known of.
    pub(super) fn stamp(&self) -> Option<Stamp> {
        self.seen.latest().max(self.gone.as_ref().and_then(Seen::latest))
    }

    /// Runs of values of the same field.
    fn fields(&self) -> impl Iterator<Item = &[Written]> {
        self.written.chunk_by(|a, b| a.path == b.path)
    }

    /// The content of the record, even if it was deleted since.
    pub(super) fn body(&self, kind: &str) -> Map<String, Value> {
        assembled(
            self.fields()
                .filter_map(|versions| {
                    let last = versions.last()?;
                    let values: Vec<_> = versions.iter().map(|version| &version.value).collect();
                    Some((last.path.as_str(), last.stamp, shown(kind, &last.path, &values)))
                })
                .collect(),
        )
    }

    /// The history after an edit here that leaves `body`, or deletes the record
    /// (`None`). `first` is a stamp later than all before; returns the last one used.
    pub(super) fn edited(
        &self,
        kind: &str,
        body: Option<&Map<String, Value>>,
        first: Stamp,
    ) -> (Self, Stamp) {
        let Some(body) = body else {
            // Nothing but the fact stays of what is deleted here.
            let mut gone = self.gone.clone().unwrap_or_default();
            gone.join(&self.seen);
            gone.add(first);
            return (Self { gone: Some(gone), ..Self::default() }, first);
        };
        let mut stamp = first;
        let mut edited =
            Self { seen: self.seen.clone(), gone: self.gone.clone(), ..Self::default() };
        if let Some(gone) = &self.gone {
            edited.seen.join(gone);
        }
        // Entries of a list are in the order of their stamps.
        let mut in_order: Option<Stamp> = None;
        for Leaf { path, value, ordered } in leaves(kind, body) {
            let before = self.fields().find(|versions| versions.iter().any(|v| v.path == path));
            let kept = before.filter(|versions| {
                let values: Vec<_> = versions.iter().map(|version| &version.value).collect();
                let follows = !ordered
                    || versions
                        .last()
                        .is_some_and(|last| in_order.is_none_or(|at| last.stamp > at));
                follows && shown(kind, &path, &values) == value
            });
            match kept {
                Some(versions) => edited.written.extend(versions.iter().cloned()),
                None => {
                    if ordered && in_order.is_some_and(|at| at >= stamp) {
                        stamp = stamp.next(stamp.at, stamp.by);
                    }
                    edited.written.push(Written { path, stamp, value });
                }
            }
            if ordered {
                in_order = edited.written.last().map(|written| written.stamp);
            }
        }
        edited.seen.add(stamp);
        edited.sort();
        (edited, stamp)
    }

    /// What two devices know together.
    pub(super) fn joined(&self, other: &Self) -> Self {
        let mut joined =
            Self { seen: self.seen.clone(), gone: self.gone.clone(), ..Self::default() };
        joined.seen.join(&other.seen);
        if let Some(gone) = &other.gone {
            joined.gone.get_or_insert_default().join(gone);
        }
        for (mine, theirs, is_left) in [(self, other, true), (other, self, false)] {
            for written in &mine.written {
                let twin = theirs
                    .written
                    .iter()
                    .find(|w| w.stamp == written.stamp && w.path == written.path);
                match twin {
                    // The same edit can't have written two values; should a copied
                    // profile have done it, both sides must choose alike.
                    Some(twin) if is_left => {
                        let text = |w: &Written| w.value.to_string();
                        let chosen = if text(twin) > text(written) { twin } else { written };
                        joined.written.push(chosen.clone());
                    }
                    Some(_) => {}
                    None if !theirs.seen.covers(written.stamp) => {
                        joined.written.push(written.clone());
                    }
                    None => {}
                }
            }
        }
        joined.sort();
        joined
    }

    /// Whether every edit and deletion that `other` knows of is known here.
    pub(super) fn includes(&self, other: &Self) -> bool {
        let known = |history: &Self| {
            let mut known = history.seen.clone();
            history.gone.iter().for_each(|gone| known.join(gone));
            known
        };
        known(self).includes(&known(other))
    }

    /// Whether some field holds different values of several devices that
    /// `before` did not hold yet.
    pub(super) fn has_new_conflicts(&self, before: &Self) -> bool {
        self.fields().any(|versions| {
            let differ = versions.windows(2).any(|pair| match pair {
                [a, b] => a.value != b.value,
                _ => false,
            });
            differ && versions.iter().any(|version| !before.written.contains(version))
        })
    }

    // ---- As text -----------------------------------------------------------

    /// The part of the stored text that only a record with a past needs:
    /// `None` if every field was written by the edit `stamp`, on one device.
    pub(super) fn to_json(&self, kind: &str, stamp: Stamp) -> Option<Value> {
        let mut json = Map::new();
        let alive = self.is_alive();
        let text = |other: Stamp| match other.by == stamp.by {
            true => format!("{}.{}", other.at, other.count),
            false => format!("{}.{}.{}", other.at, other.count, other.by),
        };
        // It goes without saying that a living record includes its own latest edit.
        let implied = alive && self.seen.0.contains(&stamp);
        let seen: Vec<_> =
            self.seen.0.iter().filter(|s| !implied || **s != stamp).map(|s| text(*s)).collect();
        if !implied {
            json.insert("only".to_owned(), json!(seen));
        } else if !seen.is_empty() {
            json.insert("seen".to_owned(), json!(seen));
        }
        let mut edits = Map::new();
        let mut also = Vec::new();
        for versions in self.fields() {
            match versions {
                [only] if only.stamp == stamp => {}
                [only] => {
                    let paths = edits.entry(text(only.stamp)).or_insert_with(|| json!([]));
                    if let Value::Array(paths) = paths {
                        paths.push(json!(only.path));
                    }
                }
                several => also.extend(
                    several.iter().map(|one| json!([one.path, text(one.stamp), one.value])),
                ),
            }
        }
        if !edits.is_empty() {
            json.insert("edits".to_owned(), Value::Object(edits));
        }
        if !also.is_empty() {
            json.insert("also".to_owned(), Value::Array(also));
        }
        if let Some(gone) = &self.gone {
            let gone: Vec<_> = gone.0.iter().map(|stamp| text(*stamp)).collect();
            json.insert("gone".to_owned(), json!(gone));
        }
        if !alive && !self.written.is_empty() {
            json.insert("buried".to_owned(), Value::Object(self.body(kind)));
        }
        (!json.is_empty()).then_some(Value::Object(json))
    }

    /// Reads back what [`History::to_json`] wrote. What can't be read is taken
    /// as if it were not there.
    pub(super) fn from_json(
        kind: &str,
        stamp: Stamp,
        json: &Map<String, Value>,
        body: Option<&Map<String, Value>>,
    ) -> Self {
        let read = |text: &Value| stamp_of(text.as_str()?, stamp.by);
        let list = |name: &str| {
            let stamps = json.get(name)?.as_array()?.iter().filter_map(read);
            let mut seen = Seen::default();
            stamps.for_each(|stamp| seen.add(stamp));
            Some(seen)
        };
        let buried = json.get("buried").and_then(Value::as_object);
        let mut history = Self::default();
        if let Some(content) = body.or(buried) {
            history = Self::plain(kind, stamp, Some(content));
        }
        if let Some(gone) = list("gone") {
            history.gone = Some(gone);
        }
        if let Some(seen) = list("seen") {
            history.seen.join(&seen);
        }
        if let Some(only) = list("only") {
            history.seen = only;
        }
        for (at, paths) in json.get("edits").and_then(Value::as_object).into_iter().flatten() {
            let Some(at) = stamp_of(at, stamp.by) else { continue };
            for path in paths.as_array().into_iter().flatten().filter_map(Value::as_str) {
                for written in history.written.iter_mut().filter(|written| written.path == path) {
                    written.stamp = at;
                }
            }
        }
        let also: Vec<Written> = json
            .get("also")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .filter_map(|one| match one.as_array()?.as_slice() {
                [path, at, value] => Some(Written {
                    path: path.as_str()?.to_owned(),
                    stamp: read(at)?,
                    value: value.clone(),
                }),
                _ => None,
            })
            .collect();
        history.written.retain(|written| also.iter().all(|other| other.path != written.path));
        history.written.extend(also);
        history.sort();
        history
    }
}

/// Reads a stamp; one without a device is of device `by`.
fn stamp_of(text: &str, by: DeviceId) -> Option<Stamp> {
    let mut parts = text.splitn(3, '.');
    let at = parts.next()?.parse().ok()?;
    let count = parts.next()?.parse().ok()?;
    let by = match parts.next() {
        Some(device) => device.parse().ok()?,
        None => by,
    };
    Some(Stamp { at, count, by })
}

#[cfg(test)]
mod tests;
