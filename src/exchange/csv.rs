//! People and notes as tables for a spreadsheet (RFC 4180).
//!
//! UTF-8 with a byte order mark, without which Excel takes it for another
//! encoding; lines end with CR LF; every cell is quoted.
//!
//! **Cells that a spreadsheet would run are defused.** A cell that begins with
//! `=`, `+`, `-` or `@` is a formula to Excel, LibreOffice and Google Sheets,
//! and a formula can send the table away. So an apostrophe goes in front of it,
//! as OWASP advises ("CSV Injection"). The rule in full:
//!
//! - A cell is looked at in parts, cut after each semicolon, tab and line break:
//!   Excel takes the semicolon for the end of a cell in half of Europe, and a
//!   quote within a cell no longer protects there.
//! - An apostrophe goes in front of a part that begins with one of `= + - @`
//!   or their full-width forms `＝ ＋ － ＠`, whatever blanks, quotes,
//!   apostrophes or invisible characters come before it, since some programs drop
//!   those; and in front of a cell that begins with a tab or a line break.
//! - To undo it, take an apostrophe from the front of each part to whose rest the
//!   rule applies. That is exact: apostrophes do not count when the rule is
//!   applied, so a part that had its own, like `'=1`, got another one.
//!
//! A phone number such as `+44 20 …` is defused too. A spreadsheet would take
//! `+` for a formula and the number for a sum; with the apostrophe it stays
//! what was typed.
//!
//! Control characters, which no spreadsheet can show, are left out; see
//! [`super`]. A Rust string holds no lone surrogates.

use super::{Export, dated_name, is_forbidden};
use crate::domain::contact::Contact;
use crate::domain::id::{InterviewId, QuestionId};
use crate::domain::interview::Interview;
use crate::domain::order::sorted_by_key;
use crate::domain::workspace::Workspace;
use crate::words;
use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};

/// The media type of tables (RFC 4180, 3).
const MEDIA_TYPE: &str = "text/csv;charset=utf-8";

/// What an instant reads on the user's own clock.
pub type OwnClock = fn(DateTime<Utc>) -> NaiveDateTime;

/// Everyone as a table, the oldest contact first, in a file that is named after the day `today`.
#[must_use]
pub fn people(w: &Workspace, own_clock: OwnClock, today: NaiveDate) -> Export {
    Export {
        name: dated_name("people", today, "csv"),
        media_type: MEDIA_TYPE,
        text: table(&PEOPLE, w.contacts().map(|contact| row_of_person(w, contact, own_clock))),
    }
}

/// All notes as a table, talk by talk, in a file that is named after the day `today`.
#[must_use]
pub fn notes(w: &Workspace, own_clock: OwnClock, today: NaiveDate) -> Export {
    let talks = w.interviews().flat_map(|talk| rows_of_talk(w, talk, own_clock));
    let lost = w.orphans().into_iter().map(|text| {
        let [day, person] = Default::default();
        [day, person, "A note whose talk is gone".to_owned(), text, String::new()]
    });
    Export {
        name: dated_name("notes", today, "csv"),
        media_type: MEDIA_TYPE,
        text: table(&NOTES, talks.chain(lost)),
    }
}

/// The columns of the table of people.
const PEOPLE: [&str; 19] = [
    "Name",
    "Role",
    "Organisation",
    "Years in the field",
    "Experience",
    "How you got the name",
    "Introduced by",
    "Warm or cold",
    "What you share",
    "Email",
    "Phone",
    "Postal address",
    "Page",
    "Last contact",
    "What it was",
    "Talks",
    "Their work, as far as you know it",
    "Notes",
    "Labels",
];

fn row_of_person(w: &Workspace, contact: &Contact, own_clock: OwnClock) -> [String; 19] {
    let last = contact.touches.last();
    let introduced = contact.introduced_by.and_then(|by| w.contact(by)).map(words::name);
    let talks: Vec<_> = w
        .interviews_with(contact.id)
        .map(|talk| match day(talk, own_clock) {
            Some(day) => format!("{} ({day})", words::stage(talk.stage())),
            None => words::stage(talk.stage()).to_owned(),
        })
        .collect();
    let labels: Vec<_> = contact.tags.iter().map(String::as_str).collect();
    [
        contact.name.clone(),
        contact.role.clone(),
        contact.organisation.clone(),
        contact.years_in_field.map(|years| years.to_string()).unwrap_or_default(),
        contact.seniority().map(words::seniority).unwrap_or_default().to_owned(),
        contact.source.clone(),
        introduced.unwrap_or_default(),
        words::warmth(contact.warmth).to_owned(),
        contact.warmth_reason.clone(),
        contact.email.clone(),
        contact.phone.clone(),
        contact.address.clone(),
        contact.link.clone(),
        last.map(|touch| touch.on.to_string()).unwrap_or_default(),
        last.map(|touch| words::contacted(touch.what)).unwrap_or_default().to_owned(),
        talks.join(", "),
        contact.known.clone(),
        contact.notes.clone(),
        labels.join(", "),
    ]
}

/// The day of a talk: when it began, else when it is set for.
fn day(talk: &Interview, own_clock: OwnClock) -> Option<NaiveDate> {
    let began = talk.clock.as_ref().map(|clock| clock.started());
    began.or(talk.starts_at).map(|at| own_clock(at).date())
}

/// The columns of the table of notes.
const NOTES: [&str; 5] = ["Date", "Person", "Question", "Note", "Useful"];

/// The notes of a talk in the order of its questions, then the others, then what was made of it.
fn rows_of_talk(w: &Workspace, talk: &Interview, own_clock: OwnClock) -> Vec<[String; 5]> {
    let on = day(talk, own_clock).map(|day| day.to_string()).unwrap_or_default();
    let person = w.contact(talk.contact).map(words::name).unwrap_or_default();
    let row = |question: String, note: &str, useful: bool| {
        let useful = if useful { "yes" } else { "" }.to_owned();
        [on.clone(), person.clone(), question, note.to_owned(), useful]
    };
    let mut rows: Vec<_> = noted(w, talk.id, &talk.picks)
        .into_iter()
        .filter_map(|id| {
            let answer = w.answer(talk.id, &id)?;
            Some(row(words::noted_on(w.question(&id), &id), &answer.text, answer.useful))
        })
        .collect();
    let debrief = &talk.debrief;
    let fit = match (debrief.fit.map(words::fit), debrief.fit_why.trim()) {
        (None, why) => why.to_owned(),
        (Some(fit), "") => fit.to_owned(),
        (Some(fit), why) => format!("{fit}: {why}"),
    };
    let names = debrief.suggestions.iter().map(|suggested| match suggested.about.trim() {
        "" => suggested.name.clone(),
        about => format!("{}: {about}", suggested.name),
    });
    let made_of_it = [
        ("What I learned", debrief.learned.clone()),
        ("What surprised me", debrief.surprised.clone()),
        ("Does this path still fit me?", fit),
        ("Names they gave me", names.collect::<Vec<_>>().join("\n")),
        ("What I enjoyed, and what I will do with it", debrief.thanks_for.clone()),
    ];
    let made_of_it = made_of_it.into_iter().filter(|(_, text)| !text.trim().is_empty());
    rows.extend(made_of_it.map(|(question, text)| row(question.to_owned(), &text, false)));
    rows
}

/// What has a note in a talk: the questions picked in their rank, others last.
fn noted(w: &Workspace, talk: InterviewId, picks: &[QuestionId]) -> Vec<QuestionId> {
    let noted = w.answers(talk).map(|(id, _)| id.clone()).collect();
    sorted_by_key(noted, |id| picks.iter().position(|pick| pick == id).unwrap_or(usize::MAX))
}

/// A table with its heading.
fn table<const N: usize>(columns: &[&str; N], rows: impl Iterator<Item = [String; N]>) -> String {
    let mut text = "\u{feff}".to_owned();
    write_row(&mut text, &columns.map(str::to_owned));
    for row in rows {
        write_row(&mut text, &row);
    }
    text
}

/// Adds a row: each cell defused, its quotes doubled, in quotes (RFC 4180, 2.5 to 2.7).
pub(super) fn write_row(text: &mut String, cells: &[String]) {
    for (at, cell) in cells.iter().enumerate() {
        text.push_str(if at == 0 { "\"" } else { ",\"" });
        for c in defused(cell).chars() {
            text.push_str(if c == '"' { "\"" } else { "" });
            text.push(c);
        }
        text.push('"');
    }
    text.push_str("\r\n");
}

/// A cell without what is forbidden, and with an apostrophe in front of whatever a spreadsheet would run.
fn defused(cell: &str) -> String {
    let plain: String = cell.chars().filter(|c| !is_forbidden(*c)).collect();
    let mut safe = String::with_capacity(plain.len());
    for (at, part) in plain.split_inclusive([';', '\t', '\r', '\n']).enumerate() {
        // Apostrophes do not count, so that one of the user's own can be told from ours.
        let bare = part.trim_start_matches('\'');
        let trimmed = at == 0 && bare.starts_with(['\t', '\r', '\n']);
        if trimmed || bare.trim_start_matches(is_dropped).starts_with(RUNS) {
            safe.push('\'');
        }
        safe.push_str(part);
    }
    safe
}

/// What a formula begins with, and the full-width forms that some spreadsheets take for it.
const RUNS: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];

/// What a spreadsheet may drop from the front of a cell, or not show there.
fn is_dropped(c: char) -> bool {
    let invisible = matches!(
        c,
        '\u{ad}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
    );
    c.is_whitespace() || c.is_control() || invisible || matches!(c, '"' | '\'')
}
