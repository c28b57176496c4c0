//! Every text field there is, and whole workspaces that hold one text in all of them, written as a
//! backup file that the app brings in itself.

use std::collections::BTreeSet;

use flate2::Crc;
use serde_json::{Value, json};

/// Every text field of every kind of record, as a path in its body. `[]` stands for any entry of a
/// list.
pub const TEXTS: [(&str, &[&str]); 6] = [
    (
        "contact",
        &[
            "name",
            "role",
            "organisation",
            "warmth_reason",
            "source",
            "email",
            "phone",
            "address",
            "link",
            "known",
            "notes",
            "tags[]",
            "touches[].note",
        ],
    ),
    ("question", &["text", "probe"]),
    (
        "interview",
        &[
            "goals",
            "read",
            "place",
            "arrangements",
            "opening",
            "closing",
            "packed[]",
            "debrief.learned",
            "debrief.surprised",
            "debrief.fit_why",
            "debrief.thanks_for",
            "debrief.suggestions[].name",
            "debrief.suggestions[].about",
        ],
    ),
    ("answer", &["text"]),
    ("task", &["text"]),
    ("plan", &["name", "about_me", "field", "roles", "organisations", "goals", "beliefs"]),
];

/// What else is written as a string: ids, times, and the words of a choice. Whatever else stood there
/// would make the record unreadable.
pub const MARKS: [(&str, &[&str]); 6] = [
    (
        "contact",
        &[
            "id",
            "added",
            "seniority",
            "warmth",
            "chosen_for",
            "introduced_by",
            "touches[].on",
            "touches[].what",
        ],
    ),
    ("question", &["theme", "aim", "weight"]),
    (
        "interview",
        &[
            "id",
            "contact",
            "created",
            "mode",
            "starts_at",
            "picks[]",
            "step",
            "in_hand",
            "clock.started",
            "clock.ended",
            "clock.pauses[].from",
            "clock.pauses[].to",
            "debrief.fit",
            "debrief.suggestions[].id",
            "debrief.suggestions[].contact",
            "debrief.thanked",
            "debrief.done",
        ],
    ),
    ("answer", &["begun"]),
    ("task", &["id", "due", "done", "contact", "interview"]),
    ("plan", &["purpose"]),
];

/// The kinds and paths of a table, each once.
pub fn listed(table: &[(&str, &[&str])]) -> BTreeSet<(String, String)> {
    let paths = table.iter().flat_map(|(kind, paths)| paths.iter().map(move |path| (kind, path)));
    paths.map(|(kind, path)| ((*kind).to_owned(), (*path).to_owned())).collect()
}

/// Every string in a body with its path.
pub fn strings_of(body: &Value) -> Vec<(String, String)> {
    let mut found = Vec::new();
    walk("", body, &mut found);
    found
}

fn walk(path: &str, value: &Value, found: &mut Vec<(String, String)>) {
    match value {
        Value::String(text) => found.push((path.to_owned(), text.clone())),
        Value::Array(entries) => {
            entries.iter().for_each(|entry| walk(&format!("{path}[]"), entry, found));
        }
        Value::Object(fields) => {
            for (name, value) in fields {
                let dot = if path.is_empty() { "" } else { "." };
                walk(&format!("{path}{dot}{name}"), value, found);
            }
        }
        _ => {}
    }
}

/// The kinds of records that get ids of their own here.
#[derive(Clone, Copy)]
enum Of {
    Person = 1,
    TalkAhead = 2,
    TalkNow = 3,
    TalkOver = 4,
    TalkLost = 5,
    Question = 6,
    Task = 7,
    Undated = 8,
    Name = 9,
}

fn id(of: Of, number: usize) -> String {
    format!("{:08x}-0000-7000-8000-{number:012x}", of as u8)
}

/// Questions that come with the app, to be reworded: one for each text of a workspace.
const BUILT_IN: [&str; 20] = [
    "path-in-1",
    "typical-day-1",
    "typical-day-2",
    "skills-3",
    "skills-5",
    "training-2",
    "hiring-1",
    "hiring-2",
    "challenges-1",
    "challenges-2",
    "rewards-2",
    "rewards-5",
    "downsides-2",
    "culture-2",
    "culture-3",
    "trends-3",
    "gaps-2",
    "gaps-4",
    "resources-1",
    "closing-2",
];

/// How many texts one workspace holds.
pub const CAPACITY: usize = BUILT_IN.len();

/// Where the records about one text are.
pub struct Places {
    /// The route of the person.
    pub person: String,
    /// The route of the talk ahead, without what is done with it.
    pub ahead: String,
    /// The route of the talk that is going on.
    pub now: String,
    /// The route of the talk that is over.
    pub over: String,
}

/// Where the records about the text with this number are.
pub fn places(number: usize) -> Places {
    let talk = |of| format!("#/interviews/{}", id(of, number));
    Places {
        person: format!("#/contacts/{}", id(Of::Person, number)),
        ahead: talk(Of::TalkAhead),
        now: talk(Of::TalkNow),
        over: talk(Of::TalkOver),
    }
}

/// The key and the body of each record of a workspace that holds these texts: somebody for each of
/// them, with three talks, every text field of whose records is that text.
///
/// # Panics
/// If there are more than [`CAPACITY`].
pub fn records(texts: &[String]) -> Vec<(String, Value)> {
    assert!(texts.len() <= CAPACITY, "{} texts in one workspace", texts.len());
    let mut records: Vec<(String, Value)> =
        texts.iter().enumerate().flat_map(|(number, text)| about(number, text)).collect();
    let text = &texts[0];
    let plan = json!({
        "name": text, "about_me": text, "field": text, "roles": text, "organisations": text,
        "goals": text, "beliefs": text,
    });
    records.push(("plan:mine".to_owned(), plan));
    records
}

fn about(number: usize, text: &str) -> Vec<(String, Value)> {
    let (person, question, built_in) =
        (id(Of::Person, number), id(Of::Question, number), BUILT_IN[number]);
    let (ahead, now, over) =
        (id(Of::TalkAhead, number), id(Of::TalkNow, number), id(Of::TalkOver, number));
    let created = "2026-01-01T10:00:00Z";
    let picks = json!([question, built_in]);
    let answer = json!({ "text": text, "begun": "2026-01-05T12:01:00Z" });
    let task = |of, due: Option<&str>| {
        let mut task = json!({
            "id": id(of, number), "text": text, "contact": person, "interview": over,
        });
        if let Some(due) = due {
            task["due"] = json!(due);
        }
        (format!("task:{}", id(of, number)), task)
    };
    let mut records = vec![
        (
            format!("contact:{person}"),
            json!({
                "id": person, "added": created, "name": text, "role": text, "organisation": text,
                "warmth": "warm", "warmth_reason": text, "source": text, "email": text,
                "phone": text, "address": text, "link": text, "known": text, "notes": text,
                "tags": [text],
                "touches": [{ "on": "2026-01-02", "what": "asked", "note": text }],
            }),
        ),
        (
            format!("interview:{ahead}"),
            json!({
                "id": ahead, "contact": person, "created": created, "goals": text, "read": text,
                "mode": "in-person", "starts_at": "2099-01-05T12:00:00Z", "minutes": 20,
                "place": text, "arrangements": text, "picks": picks, "opening": text,
                "closing": text, "packed": [text],
            }),
        ),
        // By phone and without a place or words of its own: the number and drafts stand for them.
        (
            format!("interview:{now}"),
            json!({
                "id": now, "contact": person, "created": created, "mode": "phone", "minutes": 20,
                "picks": picks, "clock": { "started": "2026-01-05T12:00:00Z" },
            }),
        ),
        (
            format!("interview:{over}"),
            json!({
                "id": over, "contact": person, "created": created, "mode": "in-writing",
                "minutes": 20, "picks": picks,
                "clock": { "started": "2026-01-03T12:00:00Z", "ended": "2026-01-03T12:20:00Z" },
                "debrief": {
                    "learned": text, "surprised": text, "fit_why": text, "thanks_for": text,
                    "suggestions": [{ "id": id(Of::Name, number), "name": text, "about": text }],
                },
            }),
        ),
        task(Of::Task, Some("2026-01-07")),
        task(Of::Undated, None),
    ];
    for (question, change) in [
        (&*question, json!({ "text": text, "probe": text, "theme": "skills", "weight": "must" })),
        (built_in, json!({ "text": text, "probe": text })),
    ] {
        records.push((format!("question:{question}"), change));
    }
    // The notes of the last talk are without it.
    for talk in [now, over, id(Of::TalkLost, number)] {
        records.push((format!("answer:{talk}.{question}"), answer.clone()));
        records.push((format!("answer:{talk}.free-notes"), answer.clone()));
    }
    records
}

/// Who wrote all this.
const DEVICE: &str = "0d0d0d0d-0000-7000-8000-000000000001";

/// A backup of these records as the app itself writes one, and of what could not be read when it was
/// made: a damaged record for each text. `edit` is the number of the edit that left them so.
pub fn backup(records: &[(String, Value)], damaged: &[String], edit: u32) -> String {
    let lines: Vec<String> =
        records.iter().map(|(key, body)| line(key, &body.to_string(), edit)).collect();
    let kept: Vec<Value> = damaged
        .iter()
        .map(|text| json!({ "key": format!("ask-around:contact:{text}"), "text": text }))
        .collect();
    let mut sum = Crc::new();
    lines.iter().for_each(|line| sum.update(format!("{line}\n").as_bytes()));
    format!(
        "{{\"app\":\"ask-around\",\"format\":2,\"exported\":\"2026-01-10T10:00:00.000Z\",\
         \"by\":\"{DEVICE}\",\n\"counts\":{{}},\n\"records\":[\n{}\n],\n\"kept\":{},\n\
         \"end\":{{\"records\":{},\"sum\":\"{:08x}\"}}}}\n",
        lines.join(",\n"),
        Value::from(kept),
        lines.len(),
        sum.sum(),
    )
}

/// The text of a record. Its checksum covers what comes before it and the body as it stands.
fn line(key: &str, body: &str, edit: u32) -> String {
    let at = 1_767_225_600_000_u64 + u64::from(edit);
    let mut sum = Crc::new();
    sum.update(format!("{key}\n2\n{edit}\n{at}\n0\n{DEVICE}\n{body}").as_bytes());
    format!(
        "{{\"key\":\"{key}\",\"format\":2,\"rev\":{edit},\"at\":{at},\"n\":0,\"by\":\"{DEVICE}\",\
         \"sum\":\"{:08x}\",\"body\":{body}}}",
        sum.sum(),
    )
}
