//! Journeys through the built app in a real browser: a static server that stands in for the web
//! host, a browser driven over WebDriver, and a way to name what a person sees and touches.
//!
//! - [`Server`] serves a `dist/` gzipped under a sub-path of 127.0.0.1 and records every request
//! - [`Browser`] is one Chromium with a fresh profile, or one of the other engines; each method waits,
//!   and fails with a sentence, a picture under `target/e2e/` and the browser's console
//! - [`Witness`] hears in the page what the drivers of the other engines do not tell
//! - [`locator`] names elements by role and accessible name, by label or by text
//! - [`app`] knows the way around in Ask Around, for the journeys that begin somewhere else
//!
//! `cargo xtask e2e [FILTER]` builds the app, finds the browser and runs the tests beside this crate.

pub mod app;
mod browser;
mod devtools;
mod driver;
mod elsewhere;
pub mod locator;
mod screen;
mod server;
mod witness;

pub use browser::{Browser, Engine, LogEntry, Options};
pub use locator::Locator;
pub use server::{Request, Server};
pub use thirtyfour::Key;
pub use witness::Witness;

use std::path::PathBuf;

/// The release build under test: `ASK_AROUND_DIST`, or `dist/` of this checkout.
pub fn dist() -> PathBuf {
    std::env::var_os("ASK_AROUND_DIST").map_or_else(|| root().join("dist"), PathBuf::from)
}

/// The app as one file: `ASK_AROUND_SINGLE_FILE`, or where `cargo xtask build --single-file` leaves it.
pub fn single_file() -> PathBuf {
    std::env::var_os("ASK_AROUND_SINGLE_FILE")
        .map_or_else(|| root().join("target/one-file/ask-around.html"), PathBuf::from)
}

/// Whether the long variants of journeys run too (`cargo xtask test --thorough`).
pub fn thorough() -> bool {
    std::env::var_os("ASK_AROUND_THOROUGH").is_some_and(|value| value == "1")
}

/// Where pictures of failures go.
fn pictures() -> PathBuf {
    root().join("target").join("e2e")
}

fn root() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}
