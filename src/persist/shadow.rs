//! What a second copy of all texts tells about the first.
//!
//! localStorage is the home of the records, but browsers write it to disk
//! seconds late, and lose the last words when they are killed. The shadow holds
//! the same texts at the same places and is written to disk at once. A change
//! of many texts gives both a new *generation*: the copy of an older generation
//! knows nothing that counts. Within one generation the higher revision of each
//! record that can be read wins.

use crate::persist::journal::Change;
use crate::persist::record::{self, Unreadable};
use std::collections::BTreeMap;

/// All texts of a copy, by place.
pub type Texts = BTreeMap<String, String>;

/// What opening two copies comes to.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Healing {
    /// What to change in the home, all at once or one by one.
    pub changes: Vec<Change>,
    /// Whether the changes make sense only together.
    pub together: bool,
    /// Whether the shadow must be made anew from the home.
    pub renew: bool,
}

/// The generation of a copy; that of one which never saw a change of many is nought.
pub(super) fn generation_of(text: Option<&str>) -> u64 {
    text.and_then(|text| text.parse().ok()).unwrap_or(0)
}

/// Whether any of these texts was written by a newer version of the app.
pub(super) fn is_newer(texts: &Texts) -> bool {
    texts.values().any(|text| matches!(record::decode(text), Err(Unreadable::Newer(_))))
}

/// Works out what the home must take from its shadow. `aside` names a free
/// place for a text that has to make room.
pub(super) fn heal(
    home: &Texts,
    shadow: &Texts,
    generation: &str,
    aside: impl Fn(&str) -> String,
) -> Healing {
    let here = generation_of(home.get(generation).map(String::as_str));
    let there = generation_of(shadow.get(generation).map(String::as_str));
    if there < here {
        return Healing { renew: true, ..Healing::default() };
    }
    let mut healing = Healing { together: there > here, ..Healing::default() };
    for (place, text) in shadow {
        match home.get(place) {
            Some(mine) if mine == text => {}
            Some(_) if healing.together => {
                healing.changes.push((place.clone(), Some(text.clone())));
            }
            None => healing.changes.push((place.clone(), Some(text.clone()))),
            Some(mine) => match (record::decode(mine), record::decode(text)) {
                (Ok((_, mine, _)), Ok((_, theirs, _))) => {
                    if (theirs.rev, theirs.stamp) > (mine.rev, mine.stamp) {
                        healing.changes.push((place.clone(), Some(text.clone())));
                    }
                }
                (Err(_), Ok(_)) => {
                    healing.changes.push((aside(place), Some(mine.clone())));
                    healing.changes.push((place.clone(), Some(text.clone())));
                }
                _ => {}
            },
        }
    }
    if healing.together {
        let gone = home.keys().filter(|place| !shadow.contains_key(*place));
        healing.changes.extend(gone.map(|place| (place.clone(), None)));
    }
    healing
}
