//! The lines that calendars and address cards are made of: `NAME;PARAMETERS:VALUE`.
//!
//! RFC 5545 (section 3.1) and RFC 6350 (sections 3.2 and 3.3) have them in common.

use super::{is_forbidden, with_single_breaks};
use chrono::{DateTime, Datelike, Timelike, Utc};

/// The octets a line may have, its line break not counted.
const LONGEST: usize = 75;

/// Lines one after another, each ended by CR LF.
#[derive(Debug, Default)]
pub(super) struct ContentLines(String);

impl ContentLines {
    /// Adds a line whose value stands as it is: a date, a number, a link, or parts that are escaped
    /// already. Whatever would end the line is left out of it.
    ///
    /// A long line goes on in the next one, which begins with a space (RFC 5545, 3.1). It is cut at
    /// 75 octets or a little before, never within a character.
    pub fn raw(&mut self, name: &str, value: &str) {
        let mut room = LONGEST;
        let colon = std::iter::once(':');
        for c in name.chars().chain(colon).chain(value.chars()) {
            if is_forbidden(c) || matches!(c, '\r' | '\n') {
                continue;
            }
            if c.len_utf8() > room {
                self.0.push_str("\r\n ");
                room = LONGEST - 1;
            }
            self.0.push(c);
            room -= c.len_utf8();
        }
        self.0.push_str("\r\n");
    }

    /// Adds a line whose value is text.
    pub fn text(&mut self, name: &str, value: &str) {
        self.raw(name, &escaped(value));
    }

    /// Adds a line whose value is text, if there is any.
    pub fn text_if_any(&mut self, name: &str, value: &str) {
        let value = escaped(value);
        if !value.is_empty() {
            self.raw(name, &value);
        }
    }

    /// All of it.
    pub fn into_text(self) -> String {
        self.0
    }
}

/// Text as a value: the backslash, the comma, the semicolon and the line break
/// are escaped (RFC 5545, 3.3.11; RFC 6350, 3.4), so that it can't end its
/// value, its component or its line. CR LF and CR count as a line break too.
pub(super) fn escaped(text: &str) -> String {
    let mut value = String::with_capacity(text.len());
    for c in with_single_breaks(text).chars() {
        match c {
            '\\' | ',' | ';' => value.extend(['\\', c]),
            '\n' => value.push_str("\\n"),
            c => value.push(c),
        }
    }
    value
}

/// An instant in UTC, to the second: `20261122T161500Z` (RFC 5545, 3.3.5; RFC 6350, 4.3.5).
pub(super) fn instant(at: DateTime<Utc>) -> String {
    // Named here and not by chrono's format strings, which weigh twenty times as much.
    let (date, time) = (at.date_naive(), at.time());
    format!(
        "{:04}{:02}{:02}T{:02}{:02}{:02}Z",
        date.year(),
        date.month(),
        date.day(),
        time.hour(),
        time.minute(),
        time.second()
    )
}
