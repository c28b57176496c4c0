//! Who may import whom. Read from the sources themselves, so that an arrow that
//! turns back turns this red.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The layers of the crate and what each may name of the others.
fn allowed() -> BTreeMap<&'static str, Vec<&'static str>> {
    BTreeMap::from([
        ("domain", vec![]),
        ("content", vec!["domain"]),
        ("persist", vec!["domain"]),
        ("route", vec!["domain"]),
        ("words", vec!["domain", "persist"]),
        ("exchange", vec!["domain", "words"]),
        ("derived", vec![]),
        ("view", vec![]),
        ("chunk", vec![]),
        ("session", vec!["persist", "domain", "derived"]),
        ("browser", vec!["persist", "route"]),
        ("components", vec!["words", "domain", "derived", "view"]),
        (
            "pages",
            vec![
                "session",
                "route",
                "components",
                "words",
                "domain",
                "content",
                "browser",
                "persist",
                "exchange",
                "derived",
                "view",
                "chunk",
            ],
        ),
        (
            "app",
            vec![
                "session",
                "route",
                "components",
                "words",
                "domain",
                "content",
                "browser",
                "persist",
                "derived",
                "view",
                "chunk",
                "chunks",
                "pages",
            ],
        ),
        ("chunks", vec!["session", "route", "view", "chunk", "pages", "content", "domain"]),
        ("main", vec!["app"]),
    ])
}

/// Crates that only one layer may name.
const ONLY_THERE: &[(&str, &[&str])] = &[
    ("web_sys", &["browser"]),
    ("js_sys", &["browser"]),
    ("wasm_bindgen", &["browser"]),
    ("wasm_bindgen_futures", &["browser"]),
    ("gloo_storage", &["browser"]),
    ("leptos", &["chunks", "browser", "derived", "view", "session", "components", "pages", "app"]),
    ("leptos_icons", &["components"]),
    ("icondata_lu", &["components"]),
    ("percent_encoding", &["exchange"]),
];

/// Words that stand nowhere in the code, and why.
const NOWHERE: &[(&str, &str)] = &[
    ("inner_html", "text is shown as text"),
    ("style=\"", "the content security policy forbids style attributes"),
    ("Utc::now", "only the browser layer has a clock"),
    ("Local::now", "only the browser layer has a clock"),
];

fn sources() -> Vec<(PathBuf, String)> {
    fn walk(folder: &Path, found: &mut Vec<(PathBuf, String)>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                found.push((path.clone(), fs::read_to_string(&path).unwrap()));
            }
        }
    }
    let mut found = Vec::new();
    walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
    found
}

/// The layer a file belongs to: its first folder under `src`, or its own name.
fn layer(path: &Path) -> String {
    let inside = path.strip_prefix(Path::new(env!("CARGO_MANIFEST_DIR")).join("src")).unwrap();
    let first = inside.components().next().unwrap().as_os_str().to_str().unwrap();
    first.trim_end_matches(".rs").to_owned()
}

/// The code of a file: no comments, and no tests, which may use what they like.
fn code(text: &str) -> String {
    let before_tests = text.split("#[cfg(test)]\nmod tests").next().unwrap();
    let lines = before_tests.lines().map(|line| line.split("//").next().unwrap_or_default());
    lines.collect::<Vec<_>>().join("\n")
}

/// Whether a file holds nothing but tests, or what they need; they may use what they like.
fn is_test(path: &Path) -> bool {
    path.ends_with("tests.rs")
        || path.ends_with("arbitrary.rs")
        || path.parent().is_some_and(|folder| folder.ends_with("persist/faults"))
}

/// Whether `text` names the path `root` as a whole word followed by `::`.
fn names(text: &str, root: &str) -> bool {
    text.match_indices(root).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let boundary = before.is_none_or(|c| !c.is_alphanumeric() && c != '_' && c != ':');
        boundary && text[at + root.len()..].starts_with("::")
    })
}

/// Every `crate::x` that a file names, in `use crate::{…}` lists too.
fn named_layers(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (at, prefix) in text.match_indices("crate::") {
        let rest = &text[at + prefix.len()..];
        match rest.strip_prefix('{') {
            None => found.extend(first_word(rest)),
            Some(list) => {
                let mut depth = 0;
                let mut item = String::new();
                for c in list.chars() {
                    match c {
                        '{' => depth += 1,
                        '}' if depth == 0 => break,
                        '}' => depth -= 1,
                        ',' if depth == 0 => found.extend(first_word(&std::mem::take(&mut item))),
                        c if depth == 0 => item.push(c),
                        _ => {}
                    }
                }
                found.extend(first_word(&item));
            }
        }
    }
    found
}

fn first_word(text: &str) -> Option<String> {
    let word: String =
        text.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
    (!word.is_empty()).then_some(word)
}

#[test]
fn arrows_between_layers_never_turn_back() {
    let allowed = allowed();
    let mut wrong = Vec::new();
    let mut seen = 0;
    for (path, text) in sources() {
        let layer = layer(&path);
        if layer == "lib" || is_test(&path) {
            continue;
        }
        let may = allowed.get(layer.as_str());
        let may = may.unwrap_or_else(|| panic!("{} is in no known layer", path.display()));
        for other in named_layers(&code(&text).replace("ask_around::", "crate::")) {
            seen += 1;
            if other != layer && !may.contains(&other.as_str()) {
                wrong.push(format!("{}: {layer} names {other}", path.display()));
            }
        }
    }
    assert!(seen > 100, "only {seen} imports were seen: is the reader broken?");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn each_outside_crate_is_named_only_in_its_layer() {
    let mut wrong = Vec::new();
    for (path, text) in sources().into_iter().filter(|(path, _)| !is_test(path)) {
        let (layer, code) = (layer(&path), code(&text));
        for (krate, layers) in ONLY_THERE {
            if names(&code, krate) && !layers.contains(&layer.as_str()) {
                wrong.push(format!("{} names {krate}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn some_words_stand_nowhere() {
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        let code = code(&text);
        for (word, why) in NOWHERE {
            let clock = word.ends_with("::now") && layer(&path) == "browser";
            if code.contains(word) && !clock {
                wrong.push(format!("{} has {word}: {why}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_file_says_what_it_is_for() {
    let silent: Vec<_> = sources()
        .into_iter()
        .filter(|(_, text)| !text.starts_with("//!"))
        .map(|(path, _)| path.display().to_string())
        .collect();
    assert!(silent.is_empty(), "{}", silent.join("\n"));
}

#[test]
fn the_reader_finds_imports_in_every_form() {
    let text = "use crate::domain::id::X;\nuse crate::{words, persist::{record, store}};\n crate::app::go()";
    assert_eq!(named_layers(text), ["domain", "words", "persist", "app"]);
    assert!(names("let x = web_sys::window();", "web_sys"));
    assert!(!names("my_web_sys::x", "web_sys"));
}
