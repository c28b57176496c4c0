//! One page a file, each in the same order: what it reads, what it does, what
//! it shows. A page keeps no draft of its own: every keystroke goes through
//! [`Session::edit`], and what is shown comes back from there.

mod bound;
mod contact;
mod contacts;
mod data;
mod debrief;
// The macro that marks where the app is cut writes `unsafe` of its own.
#[allow(unsafe_code)]
mod download;
mod experience;
mod export;
mod guide;
mod interviews;
mod live;
mod not_found;
mod now;
mod plan;
mod prepare;
mod questions;
mod reminders;
mod safety;
#[allow(unsafe_code)]
mod sample;
mod settings;
mod today;
mod welcome;

pub use contact::Contact;
pub use contacts::Contacts;
pub use data::Data;
pub use debrief::Debrief;
pub use download::DownloadButton;
pub use guide::Guide;
pub use interviews::Interviews;
pub use live::Live;
pub use not_found::NotFound;
pub use now::Now;
pub use plan::Plan;
pub use prepare::Prepare;
pub use questions::Questions;
pub use reminders::Reminders;
pub use safety::Safety;
pub use settings::Settings;
pub use today::Today;
pub use welcome::Welcome;
