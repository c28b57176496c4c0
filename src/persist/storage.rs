//! The port to wherever text can be kept by key.

use std::fmt;

/// What every key of this app begins with. Other apps may share the origin
/// (all of one user's project sites on a static host do), so no other key is
/// ever read, written or removed.
pub const PREFIX: &str = "ask-around:";

/// Why storage did not do as it was told.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StorageError {
    /// The browser does not let this page keep anything.
    #[error("storage is denied")]
    Denied,
    /// There is no room left.
    #[error("storage is full")]
    Full,
    /// Another tab of this browser writes; this one only follows.
    #[error("another tab writes")]
    Elsewhere,
    /// Another tab has changed what was to be changed here.
    #[error("another tab was faster")]
    Overtaken,
    /// It would be so full after it that the next words might find no room: in per cent.
    #[error("storage would be {0} % full")]
    Crowded(usize),
    /// Anything else, in the browser's words.
    #[error("storage failed: {0}")]
    Failed(String),
}

/// Somewhere to keep text by key. One call is all or nothing; several are not.
pub trait Storage: fmt::Debug {
    /// Every key that begins with [`PREFIX`], in any order.
    ///
    /// # Errors
    /// When storage can't be read at all.
    fn keys(&self) -> Result<Vec<String>, StorageError>;

    /// The text at `key`, or `None`.
    ///
    /// # Errors
    /// When storage can't be read at all.
    fn read(&self, key: &str) -> Result<Option<String>, StorageError>;

    /// Puts `text` at `key`. After an error the old text is still there.
    ///
    /// # Errors
    /// When there is no room, or storage refuses.
    fn write(&self, key: &str, text: &str) -> Result<(), StorageError>;

    /// Removes `key`, if it is there.
    ///
    /// # Errors
    /// When storage refuses.
    fn remove(&self, key: &str) -> Result<(), StorageError>;

    /// How many UTF-16 units everybody else's keys and texts take: other apps
    /// of the same origin share the room. Nothing but their length is looked at.
    fn foreign_units(&self) -> usize {
        0
    }
}
