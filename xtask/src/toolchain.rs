//! Makes sure of the Rust toolchain: new enough, with the wasm32 target, rustfmt and clippy, and with
//! the libraries of the lock file on disk.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::child::{ask, watch};
use crate::failure::Failure;
use crate::terminal::say;
use crate::version::{rust_version, word_with_version, Version};

const WASM: &str = "wasm32-unknown-unknown";

/// Cargo itself: the one that started us, so that a `cargo +toolchain xtask` stays on its toolchain.
pub fn cargo() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// Says in one sentence that Rust is too old, if it is.
pub fn check_rust(root: &Path) -> Result<(), Failure> {
    let manifest = std::fs::read_to_string(root.join("Cargo.toml"))
        .map_err(|error| Failure::new(format!("could not read Cargo.toml: {error}")))?;
    let Some(needed) = rust_version(&manifest) else {
        return Ok(());
    };
    let line = ask("rustc", &["--version"]).ok_or_else(|| {
        Failure::new(format!("could not run `rustc`: install Rust {needed} or newer with rustup"))
    })?;
    let found = word_with_version(&line).unwrap_or("unknown");
    match Version::parse(found) {
        Some(version) if version < needed => Err(Failure::new(format!(
            "Ask Around needs Rust {needed} or newer and this is Rust {found}: \
             run `rustup update stable`, then try again"
        ))),
        _ => Ok(()),
    }
}

/// Downloads the libraries named in the lock file beside `manifest`, which the builds then use offline.
pub fn fetch_libraries(manifest: &Path) -> Result<(), Failure> {
    let mut fetch = cargo();
    fetch.arg("fetch").arg("--manifest-path").arg(manifest);
    let what = "the libraries that Ask Around is built from";
    let fetched = watch(&mut fetch, &format!("downloading {what}"))?;
    if fetched.success {
        Ok(())
    } else {
        Err(Failure::of_download(what, "cargo fetch", &fetched.printed))
    }
}

/// Adds the wasm32 target where it is missing.
pub fn ensure_wasm_target() -> Result<(), Failure> {
    let sysroot = ask("rustc", &["--print", "sysroot"]).map(PathBuf::from).unwrap_or_default();
    if sysroot.join("lib/rustlib").join(WASM).join("lib").is_dir() {
        return Ok(());
    }
    rustup(&["target", "add", WASM], &format!("the Rust target {WASM}"))
}

/// Adds rustfmt and clippy where they are missing.
pub fn ensure_components() -> Result<(), Failure> {
    for (subcommand, component) in [("fmt", "rustfmt"), ("clippy", "clippy")] {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        if ask(cargo, &[subcommand, "--version"]).is_none() {
            rustup(&["component", "add", component], component)?;
        }
    }
    Ok(())
}

fn rustup(args: &[&str], what: &str) -> Result<(), Failure> {
    let by_hand = format!("rustup {}", args.join(" "));
    if ask("rustup", &["--version"]).is_none() {
        return Err(Failure::new(format!(
            "{what} is missing and there is no rustup to add it: install it the way you installed \
             Rust, or install rustup and run `{by_hand}`"
        )));
    }
    say(format!("Installing {what} with `{by_hand}` (less than a minute, once)."));
    let added = watch(Command::new("rustup").args(args), &format!("installing {what}"))?;
    if added.success {
        Ok(())
    } else {
        Err(Failure::of_download(what, &by_hand, &added.printed))
    }
}
