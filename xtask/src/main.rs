//! The commands of Ask Around: `cargo xtask help` lists them.
//!
//! - `arguments`: the command line, read into one value
//! - `commands`: `serve` and `build`, and what every command prepares first
//! - `stages`: `test` and `e2e`, stage by stage
//! - `split`, `styles`, `pack`: the release build cut into chunks, its style sheets joined, its worker written
//! - `toolchain`, `tools`, `browser`, `engines`: what must be there, found or installed
//! - `first_visit`: what a visitor downloads, weighed
//! - `report`: counting tests, and the account at the end
//! - `child`, `terminal`, `version`, `failure`: running programs, printing, reading versions, errors

mod arguments;
mod browser;
mod child;
mod commands;
mod engines;
mod failure;
mod first_visit;
mod pack;
mod report;
mod split;
mod stages;
mod styles;
mod terminal;
mod toolchain;
mod tools;
mod version;

use std::path::PathBuf;
use std::process::ExitCode;

use arguments::{Request, HELP};
use failure::Failure;

fn main() -> ExitCode {
    let request = match Request::read(std::env::args().skip(1)) {
        Ok(request) => request,
        Err(failure) => {
            terminal::complain(failure.to_string());
            return ExitCode::from(2);
        }
    };
    match obey(request) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(failure) => {
            terminal::complain(failure.to_string());
            ExitCode::FAILURE
        }
    }
}

fn obey(request: Request) -> Result<bool, Failure> {
    let root = root();
    match request {
        Request::Help => {
            terminal::say(HELP.trim_end());
            Ok(true)
        }
        Request::Serve { port, open } => commands::serve(&root, port, open),
        Request::Build { one_file: false } => commands::build(&root),
        Request::Build { one_file: true } => commands::build_one_file(&root),
        Request::Test { thorough } => stages::test(&root, thorough),
        Request::E2e { filter, thorough } => stages::e2e(&root, filter.as_deref(), thorough),
    }
}

/// The checkout: the folder above this crate's.
fn root() -> PathBuf {
    let here = std::env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    here.parent().map_or_else(|| here.clone(), PathBuf::from)
}
