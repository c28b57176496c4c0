//! A note: what one person said to one question in one talk.

use super::is_off;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// The note on one question in one interview. Its own record, so that a
/// keystroke in a live talk rewrites about a kilobyte and nothing else.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Answer {
    /// What was typed, to the letter.
    #[serde(default)]
    pub text: String,
    /// When the first word of it was typed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub begun: Option<DateTime<Utc>>,
    /// Marked as one worth remembering (P68).
    #[serde(default, skip_serializing_if = "is_off")]
    pub useful: bool,
    /// Whether this note belongs to the sample.
    #[serde(default, skip_serializing_if = "is_off")]
    pub sample: bool,
}
