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
}
