//! The words that come with the app: questions, drafts, checklists, the two
//! sides of each policy, and a sample search to look around in.
//!
//! Pure, and about wording alone: which rule applies when is decided in
//! [`crate::domain`], and nothing here is stored. All texts are our own.

pub mod bank;
pub mod checklists;
pub mod drafts;
pub mod policies;
pub mod sample;
