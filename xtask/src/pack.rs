//! Runs `pack`, the program beside this one that may use libraries.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::child::{ask, show};
use crate::failure::Failure;
use crate::toolchain::cargo;

/// Where its sources are.
pub fn folder(root: &Path) -> PathBuf {
    root.join("xtask").join("pack")
}

/// Where the program is once it has run.
pub fn program(root: &Path) -> PathBuf {
    let name = format!("pack{}", std::env::consts::EXE_SUFFIX);
    root.join("xtask").join("target").join("debug").join(name)
}

/// Has it do something, and fails if it could not.
pub fn run(root: &Path, what: &str, args: &[&Path]) -> Result<(), Failure> {
    let mut pack = cargo();
    pack.args(arguments(root)).arg(what).args(args);
    if show(&mut pack)? {
        Ok(())
    } else {
        Err(Failure::new(format!("could not pack the app (`{what}`): the lines above say why")))
    }
}

/// What it prints.
pub fn answer(root: &Path, what: &str, args: &[String]) -> Option<String> {
    let mut words = arguments(root);
    words.push(what.to_owned());
    words.extend_from_slice(args);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let cargo: Command = cargo();
    let name: &OsStr = cargo.get_program();
    ask(name, &words)
}

fn arguments(root: &Path) -> Vec<String> {
    let text = |path: PathBuf| path.to_string_lossy().into_owned();
    let manifest = text(folder(root).join("Cargo.toml"));
    let target = text(root.join("xtask").join("target"));
    ["run", "--quiet", "--locked", "--manifest-path", &manifest, "--target-dir", &target, "--"]
        .map(String::from)
        .to_vec()
}
