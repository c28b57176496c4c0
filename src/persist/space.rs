//! How much room there is, counted as browsers count it: in UTF-16 units.

/// How many UTF-16 units of keys and texts a browser lets one origin keep:
/// Chromium, Firefox and Safari all stop at 10 MiB, two bytes a unit.
pub const LIMIT: usize = 5 * 1024 * 1024;

/// How much is held back for the last words when storage is full: about as
/// much as is written in three hours of talking.
pub const RESERVE_UNITS: usize = 20_000;

/// How much of it is not for words, but for what makes room: deleting writes a
/// few words, too.
pub const LAST_UNITS: usize = 2_000;

/// UTF-16 units of a text.
#[must_use]
pub fn units(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.encode_utf16().count() }
}

/// How much room is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Room {
    /// UTF-16 units of this app's keys and texts.
    pub used: usize,
    /// Those of other apps at the same address, which share the room.
    pub others: usize,
    /// Whether storage was full, and the reserve had to be given up.
    pub reserve_in_use: bool,
}

impl Room {
    /// From how many per cent on a warning is shown.
    pub const WARN: usize = 70;
    /// From how many per cent on nothing is brought in any more.
    pub const REFUSE: usize = 90;

    /// How full it is, in per cent.
    #[must_use]
    pub fn percent(&self) -> usize {
        (self.used + self.others) * 100 / LIMIT
    }
}
