//! What a first visit downloads, and what that weighs.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::failure::Failure;
use crate::pack;
use crate::split::CHUNKS;
use crate::terminal::{kilobytes, say};

/// What a first visit may weigh, gzipped: it must open quickly on a phone far from the office.
pub const BUDGET: u64 = 300 * 1024;

/// One file of the built app.
struct Weighed {
    name: String,
    bytes: u64,
    gzipped: u64,
}

/// Prints every file of a first visit with its size, and returns what they weigh together, gzipped.
pub fn weigh(root: &Path, dist: &Path) -> Result<u64, Failure> {
    let (names, chunks) = loaded(dist)?;
    let files = gzip(root, dist, &names)?;
    for file in &files {
        say(format!(
            "    {:>10} gzipped {:>10}  {}",
            kilobytes(file.bytes),
            kilobytes(file.gzipped),
            file.name
        ));
    }
    let total = total(&files);
    say(format!("    {:>10} gzipped {:>10}  in all", "", kilobytes(total)));
    let later = gzip(root, dist, &chunks)?;
    let (count, weight) = (later.len(), kilobytes(self::total(&later)));
    say(format!("    {:>10} gzipped {weight:>10}  later, in {count} files", ""));
    Ok(total)
}

fn total(files: &[Weighed]) -> u64 {
    files.iter().map(|file| file.gzipped).sum()
}

fn gzip(root: &Path, dist: &Path, names: &BTreeSet<String>) -> Result<Vec<Weighed>, Failure> {
    let paths: Vec<String> =
        names.iter().map(|name| dist.join(name).to_string_lossy().into_owned()).collect();
    let printed = pack::answer(root, "weigh", &paths)
        .ok_or_else(|| Failure::new("could not weigh the files of the first visit"))?;
    let files: Vec<Weighed> = names.iter().zip(printed.lines()).filter_map(weighed).collect();
    if files.len() == names.len() {
        Ok(files)
    } else {
        Err(Failure::new("could not weigh every file of the first visit"))
    }
}

fn weighed((name, line): (&String, &str)) -> Option<Weighed> {
    let (bytes, gzipped) = line.split_once(' ')?;
    Some(Weighed { name: name.clone(), bytes: bytes.parse().ok()?, gzipped: gzipped.parse().ok()? })
}

/// What keeps the app for when there is no connection: asked for once the app runs, and then it fetches
/// everything.
const IN_THE_BACKGROUND: [&str; 2] = ["updates.js", "service-worker.js"];

/// The files reached from `index.html`: those it names, those they name, and so on. And those that come
/// later: chunks, which are fetched when a page needs them (a journey holds that opening the app fetches
/// none), and what is fetched in the background.
fn loaded(dist: &Path) -> Result<(BTreeSet<String>, BTreeSet<String>), Failure> {
    let mut all = Vec::new();
    list(dist, dist, &mut all)
        .map_err(|error| Failure::new(format!("could not read {}: {error}", dist.display())))?;
    if !all.iter().any(|name| name == "index.html") {
        return Err(Failure::new(format!("there is no index.html in {}", dist.display())));
    }
    // What only a browser that installs the app asks for, at that moment.
    all.retain(|name| !name.starts_with("install/"));
    let after = |name: &String| {
        name.starts_with(&format!("{CHUNKS}/")) || IN_THE_BACKGROUND.contains(&name.as_str())
    };
    let later: BTreeSet<String> = all.iter().filter(|name| after(name)).cloned().collect();
    all.retain(|name| !after(name));
    Ok((reached("index.html", &all, |name| std::fs::read_to_string(dist.join(name)).ok()), later))
}

fn list(dist: &Path, folder: &Path, names: &mut Vec<String>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path: PathBuf = entry?.path();
        if path.is_dir() {
            list(dist, &path, names)?;
        } else if let Ok(name) = path.strip_prefix(dist) {
            names.push(name.to_string_lossy().replace('\\', "/"));
        }
    }
    Ok(())
}

fn reached(start: &str, all: &[String], text: impl Fn(&str) -> Option<String>) -> BTreeSet<String> {
    let mut reached = BTreeSet::from([start.to_owned()]);
    let mut unread = vec![start.to_owned()];
    while let Some(name) = unread.pop() {
        // What is not text (wasm, icons) names no other file.
        let Some(text) = text(&name) else { continue };
        for other in all {
            if names_file(&text, other) && reached.insert(other.clone()) {
                unread.push(other.clone());
            }
        }
    }
    reached
}

/// Whether the text names the file: its last part, with nothing on either side that would make it
/// another name.
fn names_file(text: &str, file: &str) -> bool {
    let name = file.rsplit('/').next().unwrap_or(file);
    let part_of_a_name = |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '_');
    text.match_indices(name).any(|(at, _)| {
        !text[..at].ends_with(part_of_a_name)
            && !text[at + name.len()..].starts_with(part_of_a_name)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_first_visit_follows_names_from_file_to_file() {
        let all: Vec<String> =
            ["index.html", "app-1.js", "app-1_bg.wasm", "my-app-1.js", "icons/a.svg", "later.json"]
                .map(String::from)
                .to_vec();
        let text = |name: &str| match name {
            "index.html" => {
                Some("<script src=\"./app-1.js\"></script>\n<link href=icons/a.svg>".to_owned())
            }
            "app-1.js" => Some("fetch('./app-1_bg.wasm')".to_owned()),
            _ => None,
        };
        let found = reached("index.html", &all, text);
        assert_eq!(
            found.into_iter().collect::<Vec<_>>(),
            ["app-1.js", "app-1_bg.wasm", "icons/a.svg", "index.html"]
        );
    }

    #[test]
    fn the_total_counts_gzipped_bytes() {
        let file = |gzipped| Weighed { name: String::new(), bytes: 9_999, gzipped };
        assert_eq!(total(&[file(100), file(23)]), 123);
        assert_eq!(total(&[]), 0);
    }

    #[test]
    fn a_line_of_the_weighing_program_is_read() {
        let file = weighed((&"a.js".to_owned(), "120 45")).unwrap();
        assert_eq!((file.bytes, file.gzipped), (120, 45));
        assert!(weighed((&"a.js".to_owned(), "nonsense")).is_none());
    }
}
