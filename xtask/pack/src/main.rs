//! Packs what was built: `pack <what> <arguments>`. A program of its own so that `xtask`, which calls
//! it, needs no dependency.
//!
//! - `scripts DIST`: makes every script in the folder small
//! - `worker DIST TEMPLATE`: writes the service worker, which knows each file of the folder by its hash
//! - `one-file DIST FILE`: the whole app in one page
//! - `weigh FILE...`: what each file weighs, plain and gzipped

mod hash;
mod one_file;
mod scripts;
mod weigh;
mod worker;

use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        ["scripts", dist] => scripts::make_small(Path::new(dist)),
        ["worker", dist, template] => worker::write(Path::new(dist), Path::new(template)),
        ["one-file", dist, file] => one_file::write(Path::new(dist), Path::new(file)),
        ["weigh", files @ ..] => weigh::print(files),
        _ => Err("pack scripts DIST | worker DIST TEMPLATE | one-file DIST FILE | weigh FILE..."
            .to_owned()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("{why}");
            ExitCode::FAILURE
        }
    }
}

/// Reads a file, or says which one could not be read.
fn read(file: &Path) -> Result<Vec<u8>, String> {
    std::fs::read(file).map_err(|error| format!("could not read {}: {error}", file.display()))
}

/// Reads a file that is text.
fn read_text(file: &Path) -> Result<String, String> {
    String::from_utf8(read(file)?).map_err(|_| format!("{} is not text", file.display()))
}

/// Writes a file, or says which one could not be written.
fn write(file: &Path, content: &[u8]) -> Result<(), String> {
    std::fs::write(file, content)
        .map_err(|error| format!("could not write {}: {error}", file.display()))
}

/// Every file below a folder, by its path inside it with slashes, in order.
fn files_below(folder: &Path) -> Result<Vec<String>, String> {
    let mut names = Vec::new();
    let mut unread = vec![folder.to_owned()];
    while let Some(next) = unread.pop() {
        let entries = std::fs::read_dir(&next)
            .map_err(|error| format!("could not read {}: {error}", next.display()))?;
        for entry in entries {
            let path = entry.map_err(|error| error.to_string())?.path();
            if path.is_dir() {
                unread.push(path);
            } else if let Ok(name) = path.strip_prefix(folder) {
                names.push(name.to_string_lossy().replace('\\', "/"));
            }
        }
    }
    names.sort();
    Ok(names)
}
