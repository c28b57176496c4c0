//! A change of many texts, written down whole before the first of them is
//! touched, so that a crash in the middle leaves all of it or nothing.
//!
//! A journal says either how to go on (*forth*: the new texts) or how to go
//! back (the old ones), whichever is shorter: room is scarce. While it lies in
//! storage, opening the store first carries it out; that may happen any number
//! of times. It is one text, and one text is written whole or not at all.

/// A place and the text that belongs there; `None` is no text.
pub type Change = (String, Option<String>);

/// The way out of a change that was cut off.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Journal {
    /// Whether everything that is not listed goes.
    pub all_else_goes: bool,
    /// What must be where.
    pub texts: Vec<Change>,
}

impl Journal {
    /// Its text: a list of both parts and a checksum over them.
    pub fn text(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string(&(self.all_else_goes, &self.texts, self.sum()))
    }

    /// Reads a journal; `None` if it is not whole.
    pub fn read(text: &str) -> Option<Self> {
        let (all_else_goes, texts, sum): (bool, Vec<Change>, u32) =
            serde_json::from_str(text).ok()?;
        let journal = Self { all_else_goes, texts };
        (journal.sum() == sum).then_some(journal)
    }

    fn sum(&self) -> u32 {
        let mut crc = crc32fast::Hasher::new();
        crc.update(&[u8::from(self.all_else_goes)]);
        for (place, text) in &self.texts {
            crc.update(place.as_bytes());
            crc.update(&[0, u8::from(text.is_some())]);
            crc.update(text.as_deref().unwrap_or_default().as_bytes());
            crc.update(&[0]);
        }
        crc.finalize()
    }
}
