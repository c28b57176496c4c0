//! One entry of a backup in a few words, and what of it differs from here.

use crate::browser::clock;
use crate::components::Disclosure;
use crate::domain::id::{ContactId, DeviceId};
use crate::domain::key::Key;
use crate::domain::workspace::{Record, Workspace};
use crate::persist::backup::Backup;
use crate::persist::record::{self, Stamp};
use crate::session::Session;
use crate::view::view;
use crate::words;
use chrono::{DateTime, Utc};
use leptos::prelude::*;
use serde_json::{Map, Value};
use std::sync::Arc;

/// A line for one entry; one that `opens` shows what differs.
#[component]
pub fn Entry(
    /// The one session.
    session: Session,
    /// The file.
    backup: Arc<Backup>,
    /// Which entry.
    key: Key,
    /// Whether it can be opened.
    opens: bool,
    /// What the other side is called.
    there: &'static str,
) -> impl IntoView {
    let theirs = backup.entries.get(&key).and_then(|entry| entry.content.clone());
    let name = session.peek(|w| match theirs.or_else(|| w.record(&key)) {
        Some(record) => describe(&record, w, Some(&backup)),
        None => words::records(key.kind(), 1),
    });
    if !opens {
        return view! { <li dir="auto">{name}</li> };
    }
    // Looked up only once it is opened: there may be hundreds of them.
    let opened = RwSignal::new(false);
    let body = move || {
        opened.get().then(|| {
            let text = backup.entries.get(&key).map(|entry| entry.text.as_str());
            let differences =
                session.peek(|w| differences(&key, text.unwrap_or_default(), w));
            differences
                .into_iter()
                .map(|(label, here, other)| view! {
                    <div class="difference">
                        <h4>{label}</h4>
                        <div><p class="small muted">"Here"</p><p class="prose" dir="auto">{here}</p></div>
                        <div><p class="small muted">{there}</p><p class="prose" dir="auto">{other}</p></div>
                    </div>
                })
                .collect_view()
        })
    };
    view! {
        <li on:toggle:capture=move |_| opened.set(true)>
            <Disclosure summary=name><div class="differences">{body}</div></Disclosure>
        </li>
    }
}

/// A record in a few words. Names that are not here may be in the backup.
pub fn describe(record: &Record, w: &Workspace, backup: Option<&Backup>) -> String {
    let there = |key: &Key| {
        let entry = backup.and_then(|backup| backup.entries.get(key))?;
        entry.content.clone()
    };
    let person = |id| {
        let theirs = || match there(&Key::Contact(id)) {
            Some(Record::Contact(contact)) => words::name(&contact),
            _ => "someone".to_owned(),
        };
        w.contact(id).map_or_else(theirs, words::name)
    };
    let start = |text: &str| {
        let short: String = text.chars().take(60).collect();
        if short.len() < text.len() { format!("{short}…") } else { short }
    };
    match record {
        Record::Plan(_) => "Your plan".to_owned(),
        Record::Settings(_) => "Your settings".to_owned(),
        Record::Contact(contact) => format!("Person: {}", words::name(contact)),
        Record::Question(id, change) => {
            let text = change.text.clone().or_else(|| w.question(id).map(|q| q.text));
            format!("Question: {}", start(&text.unwrap_or_default()))
        }
        Record::Interview(talk) => format!("Talk with {}", person(talk.contact)),
        Record::Answer(talk, _, answer) => {
            let contact = w.interview(*talk).map(|talk| talk.contact);
            let contact = contact.or_else(|| match there(&Key::Interview(*talk)) {
                Some(Record::Interview(talk)) => Some(talk.contact),
                _ => None,
            });
            let with = contact.map(|id| format!(" ({})", person(id))).unwrap_or_default();
            format!("Note{with}: {}", start(&answer.text))
        }
        Record::Task(task) => format!("Task: {}", start(&task.text)),
    }
}

/// The fields in which the text of a record differs from what is here: what
/// they are called, what is here, what is there.
pub fn differences(key: &Key, text: &str, w: &Workspace) -> Vec<(String, String, String)> {
    let here = w.record(key).and_then(|record| {
        let now = clock::now();
        let stamp = Stamp { at: now.timestamp_millis(), count: 0, by: DeviceId::new(now) };
        record::edited(key, None, Some(&record), stamp).ok()
    });
    let body = |text: &str| {
        let value: Option<Value> = serde_json::from_str(text).ok();
        value.as_ref().and_then(|value| value.get("body").cloned()).unwrap_or_default()
    };
    let here = here.map(|(text, _)| body(&text)).unwrap_or_else(|| Value::Object(Map::new()));
    let mut found = Vec::new();
    walk(key.kind(), "", &here, &body(text), w, &mut found);
    found
}

fn walk(
    kind: &str,
    name: &str,
    here: &Value,
    there: &Value,
    w: &Workspace,
    found: &mut Vec<(String, String, String)>,
) {
    if here == there {
        return;
    }
    let (Value::Object(mine), Value::Object(theirs)) = (here, there) else {
        found.push((words::field(kind, name), said(here, w), said(there, w)));
        return;
    };
    let more = theirs.keys().filter(|name| !mine.contains_key(*name));
    for name in mine.keys().chain(more) {
        let of = |side: &Map<String, Value>| side.get(name).cloned().unwrap_or_default();
        walk(kind, name, &of(mine), &of(theirs), w, found);
    }
}

/// A value in words.
fn said(value: &Value, w: &Workspace) -> String {
    let all = |values: Vec<&Value>, between: &str| {
        values.into_iter().map(|value| said(value, w)).collect::<Vec<_>>().join(between)
    };
    let words = match value {
        Value::Null => String::new(),
        Value::Bool(true) => "Yes".to_owned(),
        Value::Bool(false) => "No".to_owned(),
        Value::Number(number) => number.to_string(),
        Value::String(text) => name_of(text, w).unwrap_or_else(|| text.clone()),
        Value::Array(values) => all(values.iter().collect(), "\n"),
        Value::Object(fields) => all(fields.values().collect(), " · "),
    };
    if words.trim().is_empty() { "(nothing)".to_owned() } else { words }
}

/// What a text stands for that is not prose: a time, a person, a question.
fn name_of(text: &str, w: &Workspace) -> Option<String> {
    if let Ok(at) = text.parse::<DateTime<Utc>>() {
        return Some(words::moment(clock::to_local(at), clock::today()));
    }
    if let Ok(id) = text.parse::<ContactId>() {
        return w.contact(id).map(words::name);
    }
    text.parse().ok().and_then(|id| w.question(&id)).map(|question| question.text)
}
