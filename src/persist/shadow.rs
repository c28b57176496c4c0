//! What a second copy of all texts tells about the first.
//!
//! localStorage is the home of the records, but browsers write it to disk
//! seconds late, and lose the last words when they are killed. The shadow holds
//! the same texts at the same places and is written to disk at once. A change
//! of many texts gives both a new *generation*: the copy of an older generation
//! knows nothing that counts. Within one generation the higher revision of each
//! record that can be read wins.

use crate::domain::order::sorted_by_key;
use crate::persist::journal::Change;
use crate::persist::record::{self, Meta, Unreadable};
use crate::persist::store::{KEPT, place_of};

/// All texts of a copy with their places, in the order of these.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Texts(Vec<(String, String)>);

impl Texts {
    /// Puts texts in order; of two at one place the later counts.
    #[must_use]
    pub fn new(texts: Vec<(String, String)>) -> Self {
        let mut texts = sorted_by_key(texts, |(place, _)| place.clone());
        texts.dedup_by(|later, earlier| {
            let twice = later.0 == earlier.0;
            if twice {
                std::mem::swap(&mut later.1, &mut earlier.1);
            }
            twice
        });
        Self(texts)
    }

    /// The text at a place.
    #[must_use]
    pub fn get(&self, place: &str) -> Option<&str> {
        let at = self.0.binary_search_by(|(other, _)| other.as_str().cmp(place)).ok()?;
        self.0.get(at).map(|(_, text)| text.as_str())
    }

    /// Every place and its text.
    pub fn iter(&self) -> impl Iterator<Item = &(String, String)> {
        self.0.iter()
    }
}

/// What opening two copies comes to.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Healing {
    /// What to change in the home, in this order.
    pub changes: Vec<Change>,
    /// Whether the home was of an older generation and becomes the shadow's.
    pub together: bool,
    /// Whether the shadow must be made anew from the home.
    pub renew: bool,
}

/// The generation of a copy; that of one which never saw a change of many is nought.
pub(super) fn generation_of(text: Option<&str>) -> u64 {
    told_generation(text).unwrap_or(0)
}

/// As [`generation_of`]; `None` if the text is damaged and tells nothing.
fn told_generation(text: Option<&str>) -> Option<u64> {
    // There must be a next one.
    text.map_or(Some(0), |text| text.parse().ok().filter(|number| *number < u64::MAX))
}

/// Whether any of these texts was written by a newer version of the app. One
/// that was put aside does not count.
pub(super) fn is_newer(texts: &Texts) -> bool {
    let newer = |text: &str| matches!(record::decode(text), Err(Unreadable::Newer(_)));
    texts.iter().any(|(place, text)| !place.starts_with(KEPT) && newer(text))
}

/// What is known of the record at a place, if one that can be read lies there.
fn record_at(place: &str, text: &str) -> Option<Meta> {
    let (key, meta, _) = record::decode(text).ok()?;
    (place == place_of(&key)).then_some(meta)
}

/// Works out what the home must take from its shadow. `aside` names a free
/// place for a text that has to make room.
pub(super) fn heal(
    home: &Texts,
    shadow: &Texts,
    generation: &str,
    aside: impl Fn(&str) -> String,
) -> Healing {
    let told = (told_generation(home.get(generation)), told_generation(shadow.get(generation)));
    // Where one of them tells nothing, every record is judged on its own.
    let (here, there) = match told {
        (Some(here), Some(there)) => (here, there),
        _ => (0, 0),
    };
    if there < here {
        return Healing { renew: true, ..Healing::default() };
    }
    let mut healing = Healing { together: there > here, ..Healing::default() };
    for (place, text) in shadow.iter() {
        match home.get(place) {
            Some(mine) if mine == text => {}
            _ if place == generation => {
                if healing.together || (told.0.is_none() && told.1.is_some()) {
                    healing.changes.push((place.clone(), Some(text.clone())));
                }
            }
            None => healing.changes.push((place.clone(), Some(text.clone()))),
            Some(mine) => match (record_at(place, mine), record_at(place, text)) {
                (Some(mine), Some(theirs)) => {
                    let later = (theirs.rev, theirs.stamp) > (mine.rev, mine.stamp);
                    if healing.together || later {
                        healing.changes.push((place.clone(), Some(text.clone())));
                    }
                }
                (None, theirs) if theirs.is_some() || healing.together => {
                    // The shadow may have put it aside itself.
                    if !healing.together || !shadow.iter().any(|(_, other)| other == mine) {
                        healing.changes.push((aside(place), Some(mine.to_owned())));
                    }
                    healing.changes.push((place.clone(), Some(text.clone())));
                }
                // What can be read never makes room for what can't.
                (Some(_), None) if healing.together => {
                    healing.changes.push((aside(place), Some(text.clone())));
                }
                _ => {}
            },
        }
    }
    if healing.together {
        // First what goes, to make room; last the generation, so that a start that is
        // cut off here is made again.
        let gone = home.iter().filter(|(place, _)| shadow.get(place).is_none());
        let mut changes: Vec<Change> = gone.map(|(place, _)| (place.clone(), None)).collect();
        let (last, others): (Vec<_>, Vec<_>) =
            healing.changes.into_iter().partition(|(place, _)| place == generation);
        changes.extend(others);
        changes.extend(last);
        healing.changes = changes;
    }
    healing
}
