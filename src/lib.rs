//! Ask Around: prepare, hold and learn from informational interviews, in the
//! browser alone.
//!
//! | layer | what it is | may use |
//! |---|---|---|
//! | [`domain`] | what an interview is, and every rule about it | nothing of ours |
//! | [`content`] | questions, drafts, checklists, the sample | domain |
//! | [`persist`] | records, storage as a port, backup, import | domain |
//! | [`route`] | the place in the app, and its address | domain |
//! | [`words`] | values and errors as sentences | domain, the errors of persist |
//! | [`exchange`] | people, notes and talks as other programs read them | domain, words |
//! | [`derived`] | values that follow signals, compiled once | nothing of ours |
//! | `view` | `view!` with a result of one type | nothing of ours |
//! | `chunk` | code that is fetched when it is first needed | nothing of ours |
//! | [`session`] | the one living workspace; edits, saves, undo | domain, persist |
//! | [`browser`] | the only code that names the browser | the port of persist, route |
//! | [`components`] | parts of the screen: props in, callbacks out | words, domain values |
//! | [`pages`] | one page a file | all above |
//! | `chunks` | which page's code lies in which chunk | pages, route, session |
//! | [`app`] | wires them together | all |
//!
//! Arrows never turn back; `tests/architecture.rs` checks it.

pub mod app;
pub mod browser;
mod chunk;
// The macro that marks where the app is cut writes `unsafe` of its own.
#[allow(unsafe_code)]
mod chunks;
pub mod components;
pub mod content;
pub mod derived;
pub mod domain;
pub mod exchange;
pub mod pages;
pub mod persist;
pub mod route;
pub mod session;
mod view;
pub mod words;
