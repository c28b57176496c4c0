//! Values into words: stages, dates, durations and errors, said plainly.
//!
//! The only place that phrases an error. Each one says what happened, what is
//! safe, and what to do.

use crate::domain::contact::{ChosenFor, Contact, Contacted, Seniority, Warmth};
use crate::domain::follow_up::Urgency;
use crate::domain::id::QuestionId;
use crate::domain::interview::{Fit, Mode, Stage};
use crate::domain::plan::Purpose;
use crate::domain::policy::Appearance;
use crate::domain::prepare::{Gap, Step};
use crate::domain::question::{Aim, Question, Theme, ThemeGroup, Weight};
use crate::domain::timebox::Part;
use crate::persist::backup::{BackupError, MAX_BYTES};
use crate::persist::record::Unreadable;
use crate::persist::sealed::SealedError;
use crate::persist::storage::StorageError;
use chrono::{Datelike, NaiveDate, NaiveDateTime, TimeDelta, Timelike, Weekday};

/// Shows a name, or says that there is none yet.
#[must_use]
pub fn name(contact: &Contact) -> String {
    let name = contact.name.trim();
    if name.is_empty() { "Name to come".to_owned() } else { name.to_owned() }
}

/// The same in the middle of a sentence, and for nobody (any more) too.
#[must_use]
pub fn name_of(contact: Option<&Contact>) -> String {
    match contact {
        Some(contact) if !contact.name.trim().is_empty() => name(contact),
        _ => "someone".to_owned(),
    }
}

/// Role and organisation in one line; empty if neither is known.
#[must_use]
pub fn position(contact: &Contact) -> String {
    match (contact.role.trim(), contact.organisation.trim()) {
        ("", organisation) => organisation.to_owned(),
        (role, "") => role.to_owned(),
        (role, organisation) => format!("{role}, {organisation}"),
    }
}

/// A link to a page, only if it is http or https; no other kind is ever followed.
#[must_use]
pub fn web_link(text: &str) -> Option<String> {
    let text = text.trim();
    let scheme = text.split_once("://")?.0.to_ascii_lowercase();
    let whole = matches!(scheme.as_str(), "http" | "https") && !text.contains(char::is_whitespace);
    whole.then(|| text.to_owned())
}

/// A link that calls a number, if there is one in the text (RFC 3966).
#[must_use]
pub fn phone_link(text: &str) -> Option<String> {
    let digits: String = text.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
    (digits.len() >= 3).then(|| format!("tel:{digits}"))
}

/// A number with its noun: `1 note`, `3 notes`.
#[must_use]
pub fn count(number: usize, one: &str, many: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{number} {many}") }
}

/// A large number with marks between the thousands: `12,000`.
#[must_use]
pub fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let mut marked = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            marked.push(',');
        }
        marked.push(digit);
    }
    marked
}

/// A number of characters, about: `53,000`, `1.9 million`.
#[must_use]
pub fn about(number: usize) -> String {
    match number {
        0..1_000 => thousands(number),
        1_000..100_000 => thousands((number + 500) / 1_000 * 1_000),
        _ => format!("{}.{} million", number / 1_000_000, number / 100_000 % 10),
    }
}

/// How much of `all` characters are taken: `1.9 of 5.2 million characters`.
#[must_use]
pub fn characters(number: usize, all: usize) -> String {
    let (number, all) = (about(number), about(all));
    format!("{} of {all} characters", number.trim_end_matches(" million"))
}

/// A day as people say it, seen from `today`.
#[must_use]
pub fn day(day: NaiveDate, today: NaiveDate) -> String {
    match (day - today).num_days() {
        0 => "today".to_owned(),
        1 => "tomorrow".to_owned(),
        -1 => "yesterday".to_owned(),
        2..=6 => weekday(day).to_owned(),
        _ if day.year() == today.year() => {
            format!("{:.3} {} {:.3}", weekday(day), day.day(), month(day))
        }
        _ => format!("{} {:.3} {}", day.day(), month(day), day.year()),
    }
}

/// A day and time as people say it, in local time.
#[must_use]
pub fn moment(at: NaiveDateTime, today: NaiveDate) -> String {
    format!("{}, {}", day(at.date(), today), time(at))
}

/// A full date, for print: `Monday 2 March 2026`.
#[must_use]
pub fn full_day(day: NaiveDate) -> String {
    format!("{} {} {} {}", weekday(day), day.day(), month(day), day.year())
}

// Named here and not by chrono's format strings, which weigh twenty times as much.
fn weekday(day: NaiveDate) -> &'static str {
    match day.weekday() {
        Weekday::Mon => "Monday",
        Weekday::Tue => "Tuesday",
        Weekday::Wed => "Wednesday",
        Weekday::Thu => "Thursday",
        Weekday::Fri => "Friday",
        Weekday::Sat => "Saturday",
        Weekday::Sun => "Sunday",
    }
}

fn month(day: NaiveDate) -> &'static str {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    MONTHS.get(day.month0() as usize).copied().unwrap_or_default()
}

/// A time of day: `09:30`.
#[must_use]
pub fn time(at: NaiveDateTime) -> String {
    format!("{:02}:{:02}", at.hour(), at.minute())
}

/// The name of a backup file made at `at`, local time: dated, and another every second.
#[must_use]
pub fn backup_name(at: NaiveDateTime) -> String {
    let time = time(at).replace(':', "");
    format!("ask-around-{}-{time}{:02}.json", at.date(), at.second())
}

/// How long ago, or how soon, a day is.
#[must_use]
pub fn days_away(day: NaiveDate, today: NaiveDate) -> String {
    match (day - today).num_days() {
        0 => "today".to_owned(),
        1 => "tomorrow".to_owned(),
        -1 => "yesterday".to_owned(),
        ahead @ 2.. => format!("in {ahead} days"),
        behind => format!("{} days ago", behind.unsigned_abs()),
    }
}

/// A clock reading: `7:05`, and `1:02:03` from an hour on.
#[must_use]
pub fn clock(time: TimeDelta) -> String {
    let seconds = time.num_seconds().max(0);
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 {
        format!("{hours}:{minutes:02}:{seconds:02}")
    } else {
        format!("{minutes}:{seconds:02}")
    }
}

/// Minutes in words, rounded to halves: `1 min`, `2½ min`.
#[must_use]
pub fn minutes(time: TimeDelta) -> String {
    let halves = (time.num_seconds() + 15) / 30;
    match (halves / 2, halves % 2) {
        (0, 1) => "½ min".to_owned(),
        (whole, 1) => format!("{whole}½ min"),
        (whole, _) => format!("{whole} min"),
    }
}

/// How long `text` takes to say, at 140 words a minute: `About 55 seconds to say`.
#[must_use]
pub fn time_to_say(text: &str) -> String {
    let words = i64::try_from(text.split_whitespace().count()).unwrap_or(i64::MAX / 60);
    let seconds = words * 60 / 140;
    if seconds < 90 {
        format!("About {} seconds to say", (seconds / 5).max(1) * 5)
    } else {
        format!("About {} to say", minutes(TimeDelta::seconds(seconds)))
    }
}

/// A stretch of a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stretch<'a> {
    /// Words as they will be said.
    Said(&'a str),
    /// What still stands in square brackets, brackets included.
    Gap(&'a str),
}

/// A draft cut at its gaps: what is not known yet stands in it in square brackets.
#[must_use]
pub fn stretches(draft: &str) -> Vec<Stretch<'_>> {
    let mut found = Vec::new();
    let mut rest = draft;
    while let Some((said, opened)) = rest.split_once('[') {
        let Some((gap, after)) = opened.split_once(']') else { break };
        let gap = rest.get(said.len()..said.len() + gap.len() + 2).unwrap_or_default();
        found.extend((!said.is_empty()).then_some(Stretch::Said(said)));
        found.push(Stretch::Gap(gap));
        rest = after;
    }
    found.extend((!rest.is_empty()).then_some(Stretch::Said(rest)));
    found
}

macro_rules! words {
    ($(#[$doc:meta])* $name:ident($kind:ty) { $($value:pat => $word:literal),* $(,)? }) => {
        $(#[$doc])*
        #[must_use]
        pub fn $name(value: $kind) -> &'static str {
            match value { $($value => $word),* }
        }
    };
}

words! {
    /// A stage of a talk.
    stage(Stage) {
        Stage::Preparing => "Preparing",
        Stage::Scheduled => "Time set",
        Stage::Live => "Talking now",
        Stage::ToDebrief => "To debrief",
        Stage::Done => "Done",
    }
}

words! {
    /// Seniority, with what it means.
    seniority(Seniority) {
        Seniority::Junior => "New to the field",
        Seniority::Mid => "Some years in",
        Seniority::Senior => "Many years in",
    }
}

words! {
    /// Warm or cold.
    warmth(Warmth) {
        Warmth::Warm => "Warm",
        Warmth::Cold => "Cold",
    }
}

words! {
    /// Why a person was chosen.
    chosen_for(ChosenFor) {
        ChosenFor::Position => "The work they do",
        ChosenFor::Organisation => "Where they work",
        ChosenFor::Both => "Both",
    }
}

words! {
    /// What passed between you.
    contacted(Contacted) {
        Contacted::Asked => "Asked for a talk",
        Contacted::Replied => "They replied",
        Contacted::Nudged => "Asked once more",
        Contacted::Talked => "Talked",
        Contacted::Thanked => "Thanked them",
        Contacted::SecondNote => "Sent a second note",
        Contacted::Other => "Something else",
    }
}

words! {
    /// How a talk is held.
    mode(Mode) {
        Mode::InPerson => "In person",
        Mode::Video => "Video call",
        Mode::Phone => "Phone",
        Mode::InWriting => "In writing",
    }
}

words! {
    /// Whether the path fits.
    fit(Fit) {
        Fit::Yes => "Yes",
        Fit::Partly => "In part",
        Fit::No => "No",
        Fit::Unsure => "Can't tell yet",
    }
}

words! {
    /// A declared purpose.
    purpose(Purpose) {
        Purpose::LearnTheField => "To learn about the field",
        Purpose::BuildANetwork => "To get to know people in the field",
    }
}

words! {
    /// A theme of questions.
    theme(Theme) {
        Theme::PathIn => "How they got in",
        Theme::TypicalDay => "A typical day",
        Theme::Skills => "Skills and knowledge",
        Theme::Training => "Training",
        Theme::Hiring => "How hiring works",
        Theme::Challenges => "The hard parts",
        Theme::Rewards => "What is enjoyed",
        Theme::Downsides => "Downsides",
        Theme::Culture => "Team and culture",
        Theme::Hours => "Hours and life",
        Theme::Pay => "How pay is built",
        Theme::Advancement => "Moving up",
        Theme::RelatedRoles => "Related roles",
        Theme::Trends => "The next ten years",
        Theme::Organisation => "This organisation",
        Theme::Gaps => "My gaps",
        Theme::Hindsight => "Hindsight",
        Theme::Resources => "What to read and join",
        Theme::WhoElse => "Who else to ask",
        Theme::Closing => "Closing",
    }
}

/// What a note is about: the question, which is no longer there if it was deleted since.
#[must_use]
pub fn noted_on(question: Option<Question>, slot: &QuestionId) -> String {
    match question {
        Some(question) => question.text,
        None if *slot == QuestionId::free_notes() => "Free notes".to_owned(),
        None => "A question that is gone".to_owned(),
    }
}

words! {
    /// A group of themes.
    theme_group(ThemeGroup) {
        ThemeGroup::Work => "The work",
        ThemeGroup::Conditions => "The conditions",
        ThemeGroup::YouAndNext => "You and what comes next",
    }
}

words! {
    /// What a question is for (P67).
    aim(Aim) {
        Aim::ShowInterest => "Shows interest",
        Aim::TestFit => "Tests the fit",
        Aim::InsideEdge => "Inside knowledge",
        Aim::WinAdvocates => "Wins support",
    }
}

words! {
    /// Must ask, or reserve.
    weight(Weight) {
        Weight::Must => "Must ask",
        Weight::Reserve => "If time allows",
    }
}

words! {
    /// A part of a talk.
    part(Part) {
        Part::Opening => "Opening",
        Part::Introduction => "About you",
        Part::Story => "Their story",
        Part::Advice => "Advice",
        Part::Closing => "Closing",
    }
}

words! {
    /// A wizard step, in a word or two.
    step(Step) {
        Step::Purpose => "Purpose",
        Step::Person => "Person",
        Step::Meeting => "When and where",
        Step::Questions => "Questions",
        Step::Words => "Your words",
        Step::Packing => "Pack",
        Step::Ready => "Ready",
    }
}

words! {
    /// What is missing, and so what to do.
    gap(Gap) {
        Gap::NoGoal => "Say what you want to learn",
        Gap::NothingKnown => "Note one thing you know of their work",
        Gap::WarmthUnexplained => "Say what you share, or who introduced you",
        Gap::NoMode => "Choose how you will talk",
        Gap::NoTime => "Set the date and time",
        Gap::NoPlace => "Add the place, link or number",
        Gap::NoQuestions => "Pick your questions",
        Gap::NothingOnPathIn => "Add a question on how they got in",
        Gap::NothingOnResources => "Add a question on what to read or join",
        Gap::NothingToClose => "Add a closing question about the next step",
        Gap::NothingPacked => "Go through the packing list",
    }
}

words! {
    /// How pressing something is.
    urgency(Urgency) {
        Urgency::Late => "Late",
        Urgency::Due => "Due",
        Urgency::Soon => "Soon",
    }
}

words! {
    /// Light or dark.
    appearance(Appearance) {
        Appearance::System => "As this device",
        Appearance::Light => "Light",
        Appearance::Dark => "Dark",
    }
}

/// Why something could not be saved: what happened, what is safe, what to do.
#[must_use]
pub fn storage_error(error: &StorageError) -> String {
    match error {
        StorageError::Denied => "This browser does not let the page keep anything. You can go on \
            working, but only until this tab closes: download a backup before you leave."
            .to_owned(),
        StorageError::Full => "This browser has no room left for this page. What was saved before \
            is safe; your latest words are still here in the tab. Download a backup now."
            .to_owned(),
        StorageError::Elsewhere | StorageError::Overtaken => "Another tab of this browser has \
            changed this in the meantime. Nothing was changed from here; look again, then try again."
            .to_owned(),
        StorageError::Crowded(percent) => format!(
            "There is not enough room: with it, {percent} % of what this browser lets the page keep \
             would be taken. Download a backup, delete what you no longer need, then try again."
        ),
        StorageError::Failed(why) => format!(
            "The browser could not save your latest words ({why}). They are still here in the \
             tab, and what was saved before is safe. Try again, or download a backup now."
        ),
    }
}

/// Why a file could not be brought in. Nothing has changed when this is said.
#[must_use]
pub fn backup_error(error: &BackupError) -> String {
    let what = match error {
        BackupError::Empty => "This file is empty.".to_owned(),
        BackupError::TooLarge(bytes) => format!(
            "This file has {} MB. No backup of Ask Around is larger than {} MB, so it must be \
             something else.",
            bytes / 1_000_000,
            MAX_BYTES / 1_000_000
        ),
        BackupError::NotJson => "This is not a backup file. A backup of Ask Around is a JSON \
            file; its name begins with \u{201c}ask-around\u{201d}."
            .to_owned(),
        BackupError::CutShort => "This backup is not whole: the end of it, or a part of it, is \
            missing. Perhaps the download was cut off. Try another copy."
            .to_owned(),
        BackupError::OtherProgram => {
            "This file comes from another program. Choose a backup made by Ask Around.".to_owned()
        }
        BackupError::Newer(_) => "This backup was made by a newer version of Ask Around. Reload \
            the page to get the newest version, then try again."
            .to_owned(),
        BackupError::WrongShape(_) => "This backup has something in it that does not belong \
            there. Perhaps it was edited by hand. Try another copy."
            .to_owned(),
        BackupError::BadRecord { number, why } => {
            format!(
                "Entry {number} of this backup can't be read: {}. Try another copy.",
                unreadable(why)
            )
        }
    };
    format!("{what} Nothing here was changed.")
}

/// Why a stored text could not be read, as the end of a sentence.
#[must_use]
pub fn unreadable(why: &Unreadable) -> &'static str {
    match why {
        Unreadable::NotARecord => "it is not something this app wrote",
        Unreadable::Newer(_) => "a newer version of this app wrote it",
        Unreadable::Damaged => "part of it is damaged",
        Unreadable::NotUnderstood(_) => "something in it makes no sense to this version",
        Unreadable::Overtaken => "another tab had changed the same entry first",
    }
}

/// Why a text that was put aside could not be put back. Nothing has changed when this is said.
#[must_use]
pub fn unmended(why: &Unreadable) -> String {
    format!("It can't be read yet: {}. Nothing was changed.", unreadable(why))
}

/// Why a file with a passphrase could not be opened. Nothing has changed when this is said.
#[must_use]
pub fn sealed_error(error: &SealedError) -> String {
    let like = match error {
        SealedError::TooLarge(bytes) => BackupError::TooLarge(*bytes),
        SealedError::CutShort => BackupError::CutShort,
        SealedError::NotSealed => BackupError::NotJson,
        SealedError::Newer(format) => BackupError::Newer(*format),
        SealedError::WrongShape(what) => BackupError::WrongShape(what.clone()),
    };
    backup_error(&like)
}

/// What a field of a record holds, by its name in the backup file.
#[must_use]
pub fn field(kind: &str, name: &str) -> String {
    let known = match (kind, name) {
        ("answer", "text") => "Note",
        ("answer", "begun") => "Begun",
        ("answer", "useful") => "Marked as useful",
        ("task", "text") => "To do",
        ("question", "text") => "Question",
        ("question", "retired") => "Put away",
        ("interview", "step") => "Step of the preparation",
        ("interview", "in_hand" | "clock") => "How far the talk went",
        ("interview", "goals") | ("plan", "goals") => "What to learn",
        ("interview", "read") => "What was read",
        ("interview", "mode") => "How you talk",
        ("interview", "starts_at") => "When",
        ("interview", "picks") => "Questions",
        ("interview", "contact") => "With",
        ("contact", "known") => "Their work, as far as you know it",
        ("contact", "touches") => "What passed between you",
        ("contact", "link") => "Web page",
        ("contact", "source") => "Where you found them",
        _ => "",
    };
    if !known.is_empty() {
        return known.to_owned();
    }
    let mut letters = name.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    format!("{first}{}", letters.as_str().replace(['_', '-'], " "))
}

/// What a record is, by the kind in its storage key: `1 note`, `3 people`.
#[must_use]
pub fn records(kind: &str, number: usize) -> String {
    let (one, many) = match kind {
        "contact" => ("person", "people"),
        "interview" => ("talk", "talks"),
        "answer" => ("note", "notes"),
        "question" => ("question", "questions"),
        "task" => ("task", "tasks"),
        "plan" => ("plan", "plans"),
        "settings" => ("set of settings", "sets of settings"),
        _ => ("entry", "entries"),
    };
    count(number, one, many)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    #[test]
    fn days_are_said_as_people_say_them() {
        let today = date(2026, 3, 2);
        for (other, words) in [
            (date(2026, 3, 2), "today"),
            (date(2026, 3, 3), "tomorrow"),
            (date(2026, 3, 1), "yesterday"),
            (date(2026, 3, 6), "Friday"),
            (date(2026, 3, 9), "Mon 9 Mar"),
            (date(2026, 2, 27), "Fri 27 Feb"),
            (date(2027, 1, 5), "5 Jan 2027"),
        ] {
            assert_eq!(day(other, today), words);
        }
        assert_eq!(full_day(today), "Monday 2 March 2026");
        assert_eq!(days_away(date(2026, 3, 9), today), "in 7 days");
        assert_eq!(days_away(date(2026, 2, 1), today), "29 days ago");
    }

    #[test]
    fn large_numbers_can_be_read() {
        assert_eq!(thousands(0), "0");
        assert_eq!(thousands(999), "999");
        assert_eq!(thousands(12_000), "12,000");
        assert_eq!(thousands(1_234_567), "1,234,567");
        assert_eq!(characters(1_980_000, 5_242_880), "1.9 of 5.2 million characters");
        assert_eq!(characters(12_345, 5_242_880), "12,000 of 5.2 million characters");
    }

    #[test]
    fn a_field_has_a_name_even_if_a_newer_version_made_it() {
        assert_eq!(field("answer", "text"), "Note");
        assert_eq!(field("contact", "warmth_reason"), "Warmth reason");
        assert_eq!(field("contact", ""), "");
    }

    #[test]
    fn only_safe_links_become_links() {
        assert_eq!(web_link(" https://example.org/a ").as_deref(), Some("https://example.org/a"));
        for bad in [
            "javascript:alert(1)",
            "javascript://x",
            "data:text/html,x",
            "example.org",
            "https://a b",
        ] {
            assert_eq!(web_link(bad), None, "{bad}");
        }
        assert_eq!(phone_link("+44 (0)20 555").as_deref(), Some("tel:+44020555"));
        assert_eq!(phone_link("call me"), None);
    }

    #[test]
    fn a_clock_shows_hours_only_when_there_are_any() {
        assert_eq!(clock(TimeDelta::seconds(0)), "0:00");
        assert_eq!(clock(TimeDelta::seconds(425)), "7:05");
        assert_eq!(clock(TimeDelta::seconds(3_723)), "1:02:03");
        assert_eq!(clock(TimeDelta::seconds(-5)), "0:00");
    }

    #[test]
    fn words_take_as_long_as_they_are_said() {
        for (count, words) in [
            (0, "About 5 seconds to say"),
            (140, "About 60 seconds to say"),
            (280, "About 2 min to say"),
        ] {
            assert_eq!(time_to_say(&"word ".repeat(count)), words);
        }
    }

    #[test]
    fn a_draft_is_cut_at_its_gaps_and_nothing_is_lost() {
        use Stretch::{Gap, Said};
        assert_eq!(
            stretches("Hello [their name], I like [it]."),
            [Said("Hello "), Gap("[their name]"), Said(", I like "), Gap("[it]"), Said(".")]
        );
        assert_eq!(stretches("[a][é]"), [Gap("[a]"), Gap("[é]")]);
        assert_eq!(stretches("an [open one"), [Said("an [open one")]);
        assert_eq!(stretches(""), []);
    }

    #[test]
    fn minutes_are_rounded_to_halves() {
        for (seconds, words) in [
            (0, "0 min"),
            (48, "1 min"),
            (40, "½ min"),
            (44, "½ min"),
            (60, "1 min"),
            (816, "13½ min"),
        ] {
            assert_eq!(minutes(TimeDelta::seconds(seconds)), words, "{seconds} s");
        }
    }

    #[test]
    fn a_position_has_no_stray_comma() {
        let mut contact = Contact::named(
            crate::domain::id::ContactId::fixed(1),
            " ",
            chrono::DateTime::UNIX_EPOCH,
        );
        assert_eq!(name(&contact), "Name to come");
        assert_eq!(position(&contact), "");
        contact.organisation = "City Library".to_owned();
        assert_eq!(position(&contact), "City Library");
        contact.role = "Archivist".to_owned();
        assert_eq!(position(&contact), "Archivist, City Library");
    }
}
