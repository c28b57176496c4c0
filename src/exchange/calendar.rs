//! A talk as an entry of a calendar (iCalendar, RFC 5545).

use super::content_line::{ContentLines, instant};
use super::{Export, personal_name};
use crate::domain::contact::Contact;
use crate::domain::interview::{Interview, Mode};
use crate::words;
use chrono::{DateTime, Datelike, TimeDelta, Utc};

/// The media type of calendars (RFC 5545, 8.1).
const MEDIA_TYPE: &str = "text/calendar;charset=utf-8";

/// The talk as a file, if it has a time in the years 1 to 9998; `now` is what it says it was written at.
///
/// The entry's id is the talk's, and its number grows by the second, so that a
/// second import changes the first entry instead of adding another.
#[must_use]
pub fn talk(talk: &Interview, contact: &Contact, now: DateTime<Utc>) -> Option<Export> {
    // A year has four digits (RFC 5545, 3.3.4).
    let starts = talk.starts_at.filter(|at| (1..9999).contains(&at.year()))?;
    // An entry has to end after it begins (RFC 5545, 3.8.2.2).
    let ends = starts + TimeDelta::minutes(talk.minutes.max(1).into());
    let revision = (now - talk.created).num_seconds().clamp(0, i32::MAX.into());
    let title = format!("Talk with {}", words::name(contact));
    let mut lines = ContentLines::default();
    lines.raw("BEGIN", "VCALENDAR");
    lines.raw("VERSION", "2.0");
    lines.raw("PRODID", "-//Ask Around//Ask Around//EN");
    lines.raw("BEGIN", "VEVENT");
    lines.raw("UID", &talk.id.to_string());
    lines.raw("DTSTAMP", &instant(now));
    lines.raw("LAST-MODIFIED", &instant(now));
    lines.raw("SEQUENCE", &revision.to_string());
    lines.raw("DTSTART", &instant(starts));
    lines.raw("DTEND", &instant(ends));
    lines.text("SUMMARY", &title);
    lines.text_if_any("LOCATION", place(talk, contact));
    lines.text_if_any("DESCRIPTION", &description(talk, contact));
    if let Some(link) = words::web_link(&talk.place) {
        lines.raw("URL", &link);
    }
    for before in ["-P1D", "-PT15M"] {
        lines.raw("BEGIN", "VALARM");
        lines.raw("ACTION", "DISPLAY");
        lines.text("DESCRIPTION", &title);
        lines.raw("TRIGGER", before);
        lines.raw("END", "VALARM");
    }
    lines.raw("END", "VEVENT");
    lines.raw("END", "VCALENDAR");
    Some(Export {
        name: personal_name("talk-with", &contact.name, "ics"),
        media_type: MEDIA_TYPE,
        text: lines.into_text(),
    })
}

/// Where the talk is; on the phone the person's own number, unless another was agreed on.
fn place<'a>(talk: &'a Interview, contact: &'a Contact) -> &'a str {
    match (talk.place.trim(), talk.mode) {
        ("", Some(Mode::Phone)) => contact.phone.trim(),
        (place, _) => place,
    }
}

/// What is good to have in sight on the day, a paragraph for each thing that is known.
fn description(talk: &Interview, contact: &Contact) -> String {
    let page = words::web_link(&contact.link).unwrap_or_default();
    let known = [
        ("", words::position(contact).as_str()),
        ("How: ", talk.mode.map(words::mode).unwrap_or_default()),
        ("Agreed: ", talk.arrangements.trim()),
        ("To learn: ", talk.goals.trim()),
        ("Email: ", contact.email.trim()),
        ("Phone: ", contact.phone.trim()),
        ("Page: ", page.as_str()),
    ]
    .into_iter()
    .filter(|(_, text)| !text.is_empty())
    .map(|(what, text)| format!("{what}{text}"))
    .collect::<Vec<_>>();
    known.join("\n")
}
