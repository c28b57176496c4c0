//! What other programs can read: tables, a calendar entry, address cards, a letter begun.
//!
//! Text goes out here and never comes in: nothing of this is a backup, and the
//! app reads none of it back. Nothing here knows the browser either; whoever
//! calls hands the text out.
//!
//! | module | what it writes | by |
//! |---|---|---|
//! | [`csv`] | people and notes as tables | RFC 4180 |
//! | [`calendar`] | a talk as an entry of a calendar | RFC 5545 |
//! | [`vcard`] | people as cards of an address book | RFC 6350 |
//! | [`mail`] | a link that begins an email | RFC 6068 |
//!
//! The words of others are data in all of them: a name, a note or an address can
//! add no cell, no line, no property and no header, and no formula. The tests
//! read every output back with readers by other hands.
//!
//! The writers are our own because each is a few lines: no library writes cards
//! that is small, and the one for calendars neither drops the characters that
//! RFC 5545 forbids nor folds a long note in linear time.

use chrono::NaiveDate;

pub mod calendar;
mod content_line;
pub mod csv;
pub mod mail;
#[cfg(test)]
mod tests;
pub mod vcard;

/// A text to be handed out as a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Export {
    /// The name of the file: lower-case ASCII letters, digits, hyphens and one dot.
    pub name: String,
    /// What kind of file it is, as in RFC 6838; the text is UTF-8.
    pub media_type: &'static str,
    /// What is in it.
    pub text: String,
}

/// The name of a file of many records, dated: `ask-around-people-2026-11-22.csv`.
fn dated_name(what: &str, on: NaiveDate, ending: &str) -> String {
    format!("ask-around-{what}-{on}.{ending}")
}

/// The name of a file about one person: `talk-with-noor-haddad.ics`. Of a name
/// without a letter that ASCII has anything like, nothing is left but `first`.
fn personal_name(first: &str, name: &str, ending: &str) -> String {
    /// Longer names are cut, since some systems refuse them.
    const LONGEST: usize = 60;
    let mut file = first.to_owned();
    let mut word_ended = true;
    for c in name.chars().flat_map(char::to_lowercase) {
        let plain = without_accent(c);
        if plain.is_ascii_alphanumeric() && file.len() < LONGEST {
            file.push_str(if word_ended { "-" } else { "" });
            file.push(plain);
            word_ended = false;
        } else if c.is_whitespace() || c.is_ascii_punctuation() {
            word_ended = true;
        }
    }
    format!("{file}.{ending}")
}

/// The ASCII letter under the commoner accents of Latin script; any other character as it is.
fn without_accent(c: char) -> char {
    match c {
        'à'..='å' | 'ā' | 'ă' | 'ą' => 'a',
        'ç' | 'ć' | 'č' => 'c',
        'ď' | 'đ' | 'ð' => 'd',
        'è'..='ë' | 'ē' | 'ė' | 'ę' | 'ě' => 'e',
        'ğ' => 'g',
        'ì'..='ï' | 'ī' | 'ı' => 'i',
        'ł' => 'l',
        'ñ' | 'ń' | 'ň' => 'n',
        'ò'..='ö' | 'ø' | 'ō' | 'ő' => 'o',
        'ř' => 'r',
        'ś' | 'š' | 'ş' | 'ș' => 's',
        'ť' | 'ț' => 't',
        'ù'..='ü' | 'ū' | 'ů' | 'ű' => 'u',
        'ý' | 'ÿ' => 'y',
        'ź' | 'ż' | 'ž' => 'z',
        other => other,
    }
}

/// Whether none of the formats has a place for a character: the control
/// characters of ASCII but for the tab and the line breaks (`CONTROL` in
/// RFC 5545, section 3.1; `VALUE-CHAR` in RFC 6350, section 3.3; `TEXTDATA` in
/// RFC 4180). Nobody can type them; a text that was pasted may hold some.
fn is_forbidden(c: char) -> bool {
    c.is_ascii_control() && !matches!(c, '\t' | '\r' | '\n')
}

/// A text without what is forbidden, every line break a single LF.
fn with_single_breaks(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut after_cr = false;
    for c in text.chars().filter(|c| !is_forbidden(*c)) {
        if !(after_cr && c == '\n') {
            plain.push(if c == '\r' { '\n' } else { c });
        }
        after_cr = c == '\r';
    }
    plain
}
