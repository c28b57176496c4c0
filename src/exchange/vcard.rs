//! People as cards of an address book (vCard 4.0, RFC 6350).
//!
//! Version 4.0 is read by Apple, Android, Thunderbird and the address books of
//! most mail servers. Outlook and the import of Google Contacts know 3.0 best;
//! they take the version for what it says and read these properties all the
//! same, since each is written in the form that both versions share: `N` is
//! always there, numbers are plain text, and the address has no parameters.

use super::content_line::{ContentLines, escaped, instant};
use super::{Export, dated_name, mail, personal_name};
use crate::domain::contact::Contact;
use crate::domain::workspace::Workspace;
use crate::words;
use chrono::{DateTime, NaiveDate, Utc};

/// The media type of cards (RFC 6350, 10.1).
const MEDIA_TYPE: &str = "text/vcard;charset=utf-8";

/// One person's card as a file; `now` is what it says it was written at.
#[must_use]
pub fn person(contact: &Contact, now: DateTime<Utc>) -> Export {
    Export {
        name: personal_name("contact", &contact.name, "vcf"),
        media_type: MEDIA_TYPE,
        text: card(contact, now),
    }
}

/// Everyone's cards in one file that is named after the day `today`.
#[must_use]
pub fn people(w: &Workspace, now: DateTime<Utc>, today: NaiveDate) -> Export {
    Export {
        name: dated_name("people", today, "vcf"),
        media_type: MEDIA_TYPE,
        text: w.contacts().map(|contact| card(contact, now)).collect(),
    }
}

/// One card. Its id is the person's, so that a second import can find the first.
fn card(contact: &Contact, now: DateTime<Utc>) -> String {
    let name = words::name(contact);
    let mut lines = ContentLines::default();
    lines.raw("BEGIN", "VCARD");
    lines.raw("VERSION", "4.0");
    lines.raw("PRODID", "-//Ask Around//Ask Around//EN");
    lines.raw("UID", &format!("urn:uuid:{}", contact.id));
    lines.raw("REV", &instant(now));
    lines.text("FN", &name);
    lines.raw("N", &parts_of_name(&name));
    lines.text_if_any("TITLE", contact.role.trim());
    lines.text_if_any("ORG", contact.organisation.trim());
    lines.text_if_any("EMAIL", mail::address(&contact.email).unwrap_or(contact.email.trim()));
    lines.text_if_any("TEL", contact.phone.trim());
    let address = contact.address.trim();
    if !address.is_empty() {
        // Post office box, extended address, street, locality, region, code, country (RFC 6350,
        // 6.3.1). Which line of it is which nobody knows, so all of it is the street. A label
        // would say it once more, in a parameter; some readers take a backslash at the end of
        // one for the escape of its closing quote.
        lines.raw("ADR", &format!(";;{};;;;", escaped(address)));
    }
    if let Some(link) = words::web_link(&contact.link) {
        lines.raw("URL", &link);
    }
    let labels: Vec<_> = contact.tags.iter().map(|label| escaped(label)).collect();
    if !labels.is_empty() {
        lines.raw("CATEGORIES", &labels.join(","));
    }
    lines.text_if_any("NOTE", contact.notes.trim());
    lines.raw("END", "VCARD");
    lines.into_text()
}

/// A name as family name and given names, and no more parts (RFC 6350, 6.2.2).
///
/// The last word is taken for the family name. That is wrong for some; but
/// whoever puts the two together again, given names first, gets the name as it
/// was written, and `FN` says it anyway.
fn parts_of_name(name: &str) -> String {
    let (given, family) = name.trim().rsplit_once(char::is_whitespace).unwrap_or((name, ""));
    format!("{};{};;;", escaped(family.trim()), escaped(given.trim()))
}
