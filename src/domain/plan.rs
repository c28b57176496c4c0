//! The plan of the whole search: what one wants to find out, and why (P1, P23).

use super::{choices, is_off};
use serde::{Deserialize, Serialize};

choices! {
    /// The purpose one declares to the people one asks (P21).
    Purpose {
        /// To learn about the field.
        LearnTheField,
        /// To get to know people in it, over time; said openly (C3).
        BuildANetwork,
    }
}

/// The user's own research plan. There is one.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Plan {
    /// My name, as I sign with it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// Who I am, in a sentence (P87).
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub about_me: String,
    /// The field being explored.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub field: String,
    /// Roles in it, with their other names (P61), one a line.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub roles: String,
    /// Organisations that might fit, and why (P39), one a line.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub organisations: String,
    /// The declared purpose (P21).
    #[serde(default)]
    pub purpose: Purpose,
    /// What I want to learn, one a line (P23).
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub goals: String,
    /// What I believe now and want to test, one a line (P23).
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub beliefs: String,
    /// Whether the plan came with the sample.
    #[serde(default, skip_serializing_if = "is_off")]
    pub sample: bool,
}

/// The filled lines of a field that holds one thing a line.
pub fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty())
}
