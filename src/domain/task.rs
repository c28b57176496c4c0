//! Dated things to do: a next step, a promised call (P90), a thing to send (P6).

use super::is_off;
use crate::domain::id::{ContactId, InterviewId, TaskId};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// Something the user means to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Task {
    /// The record's id.
    pub id: TaskId,
    /// What is to be done.
    pub text: String,
    /// The day it is due, in the user's own calendar; `None` is "some time".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<NaiveDate>,
    /// When it was done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub done: Option<DateTime<Utc>>,
    /// The person it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<ContactId>,
    /// The talk it came from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub interview: Option<InterviewId>,
    /// Whether this task belongs to the sample.
    #[serde(default, skip_serializing_if = "is_off")]
    pub sample: bool,
}
