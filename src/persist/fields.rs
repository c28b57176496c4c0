//! What a record is made of when two devices have changed it: single fields,
//! prose, sets and lists, each with a path of its own.
//!
//! Works on the JSON of a body, not on our types, so that fields which a newer
//! version added are merged like any other.

use crate::domain::order::sorted_by_key;
use crate::persist::record::Stamp;
use serde_json::{Map, Value};

/// How the versions of a field from several devices become one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// The last writer wins.
    Field,
    /// An object whose fields hang together: as a whole, the last writer wins.
    Whole,
    /// Prose of many lines: nobody's lines are dropped.
    Text,
    /// Prose of one line: both stay, side by side.
    Line,
    /// Values without an order: each comes and goes on its own.
    Set,
    /// Values in the order they were added, each on its own.
    List,
    /// Objects with an id, each on its own.
    Items,
}

fn shape(kind: &str, path: &str) -> Shape {
    match (kind, path) {
        ("contact", "tags") | ("interview", "packed") => Shape::Set,
        ("contact", "touches") => Shape::List,
        ("interview", "debrief/suggestions") => Shape::Items,
        ("interview", "clock" | "in_hand") => Shape::Whole,
        ("plan", "about_me" | "roles" | "organisations" | "goals" | "beliefs")
        | ("contact", "known" | "notes" | "address")
        | ("interview", "goals" | "read" | "arrangements" | "opening" | "closing")
        | (
            "interview",
            "debrief/learned" | "debrief/surprised" | "debrief/fit_why" | "debrief/thanks_for",
        )
        | ("answer", "text") => Shape::Text,
        ("plan", "field")
        | ("contact", "warmth_reason" | "source")
        | ("interview", "place")
        | ("question", "text" | "probe")
        | ("task", "text") => Shape::Line,
        _ => Shape::Field,
    }
}

/// One field of a body, as it stands there.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Leaf {
    /// Its names from the outside in, with slashes between; an entry of a set
    /// or list ends in `=` and a checksum, one of items in `#` and its id.
    pub path: String,
    /// What it holds.
    pub value: Value,
    /// Whether its place among its neighbours matters.
    pub ordered: bool,
}

/// Marks that have a meaning of their own in a path.
fn escaped(name: &str) -> String {
    let name = name.replace('~', "~0").replace('/', "~1");
    match name.chars().next() {
        Some('=') => name.replacen('=', "~2", 1),
        Some('#') => name.replacen('#', "~3", 1),
        _ => name,
    }
}

fn unescaped(name: &str) -> String {
    name.replace("~3", "#").replace("~2", "=").replace("~1", "/").replace("~0", "~")
}

/// Every field of a body.
pub(super) fn leaves(kind: &str, body: &Map<String, Value>) -> Vec<Leaf> {
    let mut found = Vec::new();
    take_apart(kind, "", body, &mut found);
    found
}

fn take_apart(kind: &str, above: &str, body: &Map<String, Value>, found: &mut Vec<Leaf>) {
    for (name, value) in body {
        let name = escaped(name);
        let path = if above.is_empty() { name } else { format!("{above}/{name}") };
        match (shape(kind, &path), value) {
            // One that is empty says nothing: it is there as soon as a field of it is.
            (Shape::Field, Value::Object(inner)) => {
                take_apart(kind, &path, inner, found);
            }
            (shape @ (Shape::Set | Shape::List | Shape::Items), Value::Array(entries)) => {
                for entry in entries {
                    let id = entry.get("id").and_then(Value::as_str);
                    let mut own = match id.filter(|_| shape == Shape::Items) {
                        Some(id) => format!("{path}/#{}", escaped(id)),
                        None => {
                            let sum = crc32fast::hash(entry.to_string().as_bytes());
                            format!("{path}/={sum:08x}")
                        }
                    };
                    // The same entry twice is two entries.
                    while found.iter().any(|leaf| leaf.path == own) {
                        own.push('+');
                    }
                    let ordered = shape == Shape::List;
                    found.push(Leaf { path: own, value: entry.clone(), ordered });
                }
            }
            _ => found.push(Leaf { path, value: value.clone(), ordered: false }),
        }
    }
}

/// The body that these fields make up: path, latest stamp and value of each.
pub(super) fn assembled(fields: Vec<(&str, Stamp, Value)>) -> Map<String, Value> {
    // Entries of lists in the order they were written; all else by name.
    let fields = sorted_by_key(fields, key_of);
    let mut body = Map::new();
    for (path, _, value) in fields {
        let mut names: Vec<&str> = path.split('/').collect();
        let last = names.pop().unwrap_or_default();
        let is_entry = last.starts_with(['=', '#']);
        let array = if is_entry { names.pop() } else { None };
        let Some(inner) = descend(&mut body, &names) else { continue };
        match array {
            Some(array) => {
                let entries = inner.entry(unescaped(array)).or_insert(Value::Array(Vec::new()));
                if let Value::Array(entries) = entries {
                    entries.push(value);
                }
            }
            None => {
                inner.insert(unescaped(last), value);
            }
        }
    }
    body
}

fn key_of<'a>((path, stamp, _): &(&'a str, Stamp, Value)) -> (&'a str, Option<Stamp>, &'a str) {
    match path.rsplit_once("/=") {
        Some((array, _)) => (array, Some(*stamp), path),
        None => (path, None, path),
    }
}

fn descend<'a>(
    body: &'a mut Map<String, Value>,
    names: &[&str],
) -> Option<&'a mut Map<String, Value>> {
    let Some((first, rest)) = names.split_first() else { return Some(body) };
    match body.entry(unescaped(first)).or_insert(Value::Object(Map::new())) {
        Value::Object(inner) => descend(inner, rest),
        _ => None,
    }
}

/// What is shown of a field that several devices have written: `versions`, the
/// oldest first.
pub(super) fn shown(kind: &str, path: &str, versions: &[&Value]) -> Value {
    let latest = versions.last().map_or(Value::Null, |value| (*value).clone());
    if versions.len() < 2 {
        return latest;
    }
    let last = path.rsplit('/').next().unwrap_or_default();
    if last.starts_with('#') {
        return shown_item(versions).unwrap_or(latest);
    }
    let between = match shape(kind, path) {
        Shape::Text => "\n",
        Shape::Line => " / ",
        _ => return latest,
    };
    versions
        .iter()
        .map(|value| value.as_str())
        .collect::<Option<Vec<_>>>()
        .map_or(latest, |texts| Value::String(side_by_side(&texts, between)))
}

/// An object with an id that several devices have written: the words of all of
/// them, and of the rest what was written last.
fn shown_item(versions: &[&Value]) -> Option<Value> {
    let mut whole = Map::new();
    for version in versions {
        for (name, value) in version.as_object()? {
            let value = match (whole.get(name), value) {
                (Some(Value::String(before)), Value::String(text))
                    if name == "name" || name == "about" =>
                {
                    Value::String(side_by_side(&[before, text], " / "))
                }
                _ => value.clone(),
            };
            whole.insert(name.clone(), value);
        }
    }
    Some(Value::Object(whole))
}

/// All of these texts in one, without saying a thing twice: what the later ones
/// add to the earlier ones follows them. Whole lines are compared, or, in prose
/// of one line, whole parts: "No" is not said by "Norway".
fn side_by_side(texts: &[&str], between: &str) -> String {
    let says = |whole: &str, part: &str| {
        part.trim().is_empty() || whole.split(between).any(|other| other == part)
    };
    let mut all = String::new();
    for text in texts {
        if all.split(between).all(|part| says(text, part)) {
            all = (*text).to_owned();
            continue;
        }
        if text.split(between).all(|part| says(&all, part)) {
            continue;
        }
        let added: Vec<&str> = text
            .split(between)
            .filter(|part| part.trim().is_empty() || !says(&all, part))
            .collect();
        let added = added.join(between);
        // One line of prose stays one line; paragraphs stand apart.
        all.push_str(between);
        if between == "\n" {
            all.push('\n');
        }
        all.push_str(added.trim_matches('\n'));
    }
    all
}

#[cfg(test)]
mod tests;
