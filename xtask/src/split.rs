//! Cuts the release build into the files that a first visit needs and those that are fetched when
//! their page is first opened.
//!
//! Trunk leaves the whole app in one file. Where the code marks a chunk (`src/chunks.rs`),
//! wasm-split-cli cuts the linked program; wasm-bindgen then runs anew on what is left. The pieces
//! go to `dist/chunks/`, named after the app's own hash, so that no build ever loads another's.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use crate::child::show;
use crate::failure::Failure;
use crate::tools::Tools;

/// The folder of `dist/` whose files no first visit loads.
pub const CHUNKS: &str = "chunks";

/// Where cargo leaves the linked program, inside the checkout.
const LINKED: &str = "target/wasm32-unknown-unknown/release/ask-around.wasm";

/// Replaces the whole app in `dist` by its pieces.
pub fn split(tools: &Tools, root: &Path, dist: &Path) -> Result<bool, Failure> {
    let stem = stem(dist)?;
    let pieces = root.join("target").join("split");
    let _ = std::fs::remove_dir_all(&pieces);
    create(&pieces)?;
    let mut cut = tools.command("wasm-split-cli");
    cut.arg(root.join(LINKED)).arg(&pieces).args(["--out-name", "main"]);
    let mut bind = tools.command("wasm-bindgen");
    bind.args(["--target", "web", "--no-typescript", "--keep-lld-exports"])
        .args(["--remove-name-section", "--remove-producers-section", "--out-name", &stem])
        .arg("--out-dir")
        .arg(dist)
        .arg(pieces.join("main.wasm"));
    if !show(&mut cut)? || !show(&mut bind)? {
        return Ok(false);
    }

    let link = format!("{stem}-split.js");
    let app = dist.join(format!("{stem}.js"));
    // Only where the file is loaded from: the program itself asks for it by its first name.
    let from = |name: &str| format!("from \"./{name}\"");
    write(&app, read(&app)?.replace(&from("__wasm_split.js"), &from(&link)).as_bytes())?;
    let mut script =
        read(&pieces.join("__wasm_split.js"))?.replace("./main.js", &format!("./{stem}.js"));
    create(&dist.join(CHUNKS))?;
    for file in files(&pieces)? {
        let name = file.file_name().and_then(OsStr::to_str).unwrap_or_default().to_owned();
        if name == "main.wasm" || !name.ends_with(".wasm") {
            continue;
        }
        let placed = format!("{CHUNKS}/{stem}-{name}");
        let code = std::fs::read(&file).map_err(|error| unreadable(&file, &error))?;
        write(&dist.join(&placed), &without_names(&code))?;
        let named = format!("./{name}");
        if !script.contains(&named) {
            return Err(Failure::new(format!("nothing fetches {name}: the split went wrong")));
        }
        script = script.replace(&named, &format!("./{placed}"));
    }
    write(&dist.join(link), script.as_bytes())?;
    Ok(true)
}

/// Leaves the whole app in one piece, but without what only debuggers and the cut need.
pub fn strip(dist: &Path) -> Result<(), Failure> {
    let program = dist.join(format!("{}_bg.wasm", stem(dist)?));
    let code = std::fs::read(&program).map_err(|error| unreadable(&program, &error))?;
    write(&program, &without_names(&code))
}

/// `ask-around-<hash>`, as trunk named the app's program.
fn stem(dist: &Path) -> Result<String, Failure> {
    files(dist)?
        .iter()
        .filter_map(|file| file.file_name()?.to_str()?.strip_suffix("_bg.wasm").map(str::to_owned))
        .next()
        .ok_or_else(|| Failure::new(format!("there is no built app in {}", dist.display())))
}

/// The program without its custom sections, which are names for debuggers.
/// What is not a program comes back as it is.
fn without_names(code: &[u8]) -> Vec<u8> {
    let mut kept = code[..code.len().min(8)].to_vec();
    let mut at = kept.len();
    while at < code.len() {
        let Some((length, body)) = length(code, at + 1) else { return code.to_vec() };
        let end = body + length;
        if end > code.len() {
            return code.to_vec();
        }
        if code[at] != 0 {
            kept.extend_from_slice(&code[at..end]);
        }
        at = end;
    }
    kept
}

/// A number in LEB128, and where it ends.
fn length(code: &[u8], mut at: usize) -> Option<(usize, usize)> {
    let (mut number, mut shift) = (0usize, 0);
    loop {
        let byte = *code.get(at)?;
        number |= usize::from(byte & 0x7f).checked_shl(shift)?;
        at += 1;
        shift += 7;
        if byte < 0x80 {
            return Some((number, at));
        }
    }
}

fn files(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let entries = std::fs::read_dir(folder).map_err(|error| unreadable(folder, &error))?;
    let mut files: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.sort();
    Ok(files)
}

fn read(file: &Path) -> Result<String, Failure> {
    std::fs::read_to_string(file).map_err(|error| unreadable(file, &error))
}

fn write(file: &Path, content: &[u8]) -> Result<(), Failure> {
    std::fs::write(file, content)
        .map_err(|error| Failure::new(format!("could not write {}: {error}", file.display())))
}

fn create(folder: &Path) -> Result<(), Failure> {
    std::fs::create_dir_all(folder)
        .map_err(|error| Failure::new(format!("could not create {}: {error}", folder.display())))
}

fn unreadable(file: &Path, error: &std::io::Error) -> Failure {
    Failure::new(format!("could not read {}: {error}", file.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &[u8] = b"\0asm\x01\0\0\0";

    #[test]
    fn names_are_taken_out_and_code_stays() {
        let mut code = HEAD.to_vec();
        code.extend_from_slice(&[0, 3, 1, b'n', 7]);
        code.extend_from_slice(&[10, 2, 1, 2]);
        code.extend_from_slice(&[0, 0x81, 0x00, 9]);
        let mut expected = HEAD.to_vec();
        expected.extend_from_slice(&[10, 2, 1, 2]);
        assert_eq!(without_names(&code), expected);
    }

    #[test]
    fn what_is_cut_short_is_left_as_it_is() {
        let mut code = HEAD.to_vec();
        code.extend_from_slice(&[0, 200, 1, 4]);
        assert_eq!(without_names(&code), code);
        assert_eq!(without_names(b"\0a"), b"\0a");
    }
}
