//! A change of many texts, written down whole before the first of them is
//! touched, so that a crash in the middle leaves all of it or nothing.
//!
//! A journal says either how to go on (*forth*: the new texts) or how to go
//! back (the old ones), whichever is shorter: room is scarce. While it lies in
//! storage, opening the store first carries it out; that may happen any number
//! of times. It is one text, and one text is written whole or not at all.

use serde::{Deserialize, Serialize};

/// A place and the text that belongs there; `None` is no text.
pub type Change = (String, Option<String>);

/// The way out of a change that was cut off.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Journal {
    /// Whether everything that is not listed goes.
    #[serde(default)]
    pub all_else_goes: bool,
    /// What must be where.
    pub texts: Vec<Change>,
    sum: String,
}

impl Journal {
    pub fn new(texts: Vec<Change>, all_else_goes: bool) -> Self {
        let sum = sum_of(&texts, all_else_goes);
        Self { all_else_goes, texts, sum }
    }

    /// Reads a journal; `None` if it is not whole.
    pub fn read(text: &str) -> Option<Self> {
        let journal: Self = serde_json::from_str(text).ok()?;
        (journal.sum == sum_of(&journal.texts, journal.all_else_goes)).then_some(journal)
    }
}

fn sum_of(texts: &[Change], all_else_goes: bool) -> String {
    let mut crc = crc32fast::Hasher::new();
    crc.update(&[u8::from(all_else_goes)]);
    for (place, text) in texts {
        crc.update(place.as_bytes());
        crc.update(&[0, u8::from(text.is_some())]);
        crc.update(text.as_deref().unwrap_or_default().as_bytes());
        crc.update(&[0]);
    }
    format!("{:08x}", crc.finalize())
}
