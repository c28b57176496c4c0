//! Whatever is typed, pasted or brought in: it is shown as text, kept to the letter, or refused with
//! a sentence while nothing changes.

use std::fs;
use std::path::{Path, PathBuf};

use ask_around_e2e::app::{
    add_person, contents, download_backup, go_to_section, records, saved, title,
};
use ask_around_e2e::locator::{Locator, button, field, heading, link, role, text};
use ask_around_e2e::{Browser, Server, dist};
use tempfile::TempDir;

const NOT_JSON: &str = "This is not a backup file. A backup of Ask Around is a JSON file; its name \
    begins with \u{201c}ask-around\u{201d}. Nothing here was changed.";
const OTHER_PROGRAM: &str = "This file comes from another program. Choose a backup made by Ask \
    Around. Nothing here was changed.";
const CUT_SHORT: &str = "This backup is not whole: the end of it, or a part of it, is missing. \
    Perhaps the download was cut off. Try another copy. Nothing here was changed.";
const NEWER: &str = "This backup was made by a newer version of Ask Around. Reload the page to get \
    the newest version, then try again. Nothing here was changed.";
const WRONG_SHAPE: &str = "This backup has something in it that does not belong there. Perhaps it \
    was edited by hand. Try another copy. Nothing here was changed.";
const DAMAGED: &str = "Entry 1 of this backup can't be read: part of it is damaged. Try another \
    copy. Nothing here was changed.";
const EMPTY: &str = "This file is empty. Nothing here was changed.";
const TOO_LARGE: &str = "This file has 50 MB. No backup of Ask Around is larger than 20 MB, so it \
    must be something else. Nothing here was changed.";

// ---- Files --------------------------------------------------------------------

/// A browser with somebody and a note in it, and the text of a real backup of that.
fn with_a_backup(server: &Server) -> (Browser, String) {
    let browser = Browser::start(server);
    browser.open("");
    add_person(&browser, "Noor Haddad");
    browser.fill(field("Role"), "Book conservator");
    go_to_section(&browser, "People", "People");
    add_person(&browser, "Grace Ito");
    saved(&browser);
    go_to_section(&browser, "Data", "Your data");
    let (file, _) = download_backup(&browser);
    let backup = fs::read_to_string(file).unwrap();
    (browser, backup)
}

fn written(folder: &TempDir, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
    let file = folder.path().join(name);
    fs::write(&file, content).unwrap();
    file
}

/// Chooses a file and fails unless it is refused with this sentence and nothing changes.
#[track_caller]
fn refuses(browser: &Browser, file: &Path, sentence: &str) {
    browser.reload();
    browser.see(title("Your data"));
    browser.gone(role("alert", "*"));
    let before = browser.local_storage();
    browser.upload(field("Backup file"), file);
    browser.see(role("alert", "This file was not brought in*"));
    browser.see(text(sentence));
    browser.gone(role("region", "What this file would change"));
    assert_eq!(browser.local_storage(), before, "{}", file.display());
    browser.reload();
    browser.see(title("Your data"));
    assert_eq!(browser.local_storage(), before, "{}", file.display());
}

#[test]
fn a_file_that_is_no_backup_is_refused_and_changes_nothing() {
    let server = Server::start(dist());
    let (browser, _) = with_a_backup(&server);
    let folder = tempfile::tempdir().unwrap();

    let empty = written(&folder, "empty.json", "");
    refuses(&browser, &empty, EMPTY);
    let blank = written(&folder, "blank.json", " \n\t ");
    refuses(&browser, &blank, EMPTY);
    let prose = written(&folder, "prose.json", "Dear diary, today I asked around.");
    refuses(&browser, &prose, NOT_JSON);
    let bytes: Vec<u8> = (0..=255).cycle().take(4_096).collect();
    let picture = written(&folder, "picture.json", bytes);
    refuses(&browser, &picture, NOT_JSON);
    let theirs = written(&folder, "theirs.json", r#"{"version":3,"contacts":[{"name":"Ada"}]}"#);
    refuses(&browser, &theirs, OTHER_PROGRAM);
    let lookalike = written(&folder, "lookalike.json", r#"{"app":"ask-a-round","format":1}"#);
    refuses(&browser, &lookalike, OTHER_PROGRAM);
    let number = written(&folder, "number.json", "42");
    refuses(&browser, &number, OTHER_PROGRAM);
    browser.assert_clean();
}

#[test]
fn a_spoiled_backup_is_refused_and_changes_nothing() {
    let server = Server::start(dist());
    let (browser, backup) = with_a_backup(&server);
    let folder = tempfile::tempdir().unwrap();

    let half: String = backup.chars().take(backup.chars().count() / 2).collect();
    let half = written(&folder, "half.json", half);
    refuses(&browser, &half, CUT_SHORT);

    // Still good JSON, but one record is missing.
    let mut lines: Vec<&str> = backup.lines().collect();
    let first = lines.iter().position(|line| line.starts_with("{\"key\":")).unwrap();
    lines.remove(first);
    let fewer = written(&folder, "fewer.json", lines.join("\n"));
    refuses(&browser, &fewer, CUT_SHORT);

    let newer = backup.replacen("\"format\":2", "\"format\":3", 1);
    assert_ne!(newer, backup);
    let newer = written(&folder, "newer.json", newer);
    refuses(&browser, &newer, NEWER);

    for (name, from, to) in [
        ("words.json", "\"format\":2", "\"format\":\"two\""),
        ("list.json", "\"kept\":[]", "\"kept\":\"none\""),
        ("end.json", "\"end\":{", "\"end\":7,\"was\":{"),
        ("date.json", "\"exported\":\"2", "\"exported\":\"the 2"),
    ] {
        assert!(backup.contains(from), "{name}: {backup}");
        let wrong = written(&folder, name, backup.replacen(from, to, 1));
        refuses(&browser, &wrong, WRONG_SHAPE);
    }

    let damaged = backup.replacen("Book conservator", "Cook conservator", 1);
    assert_ne!(damaged, backup);
    let damaged = written(&folder, "damaged.json", damaged);
    refuses(&browser, &damaged, DAMAGED);

    // The good one still comes in, or rather: is here already.
    let good = written(&folder, "good.json", &backup);
    browser.upload(field("Backup file"), &good);
    browser.see(text("Nothing would change: all of it is here already."));
    browser.assert_clean();
}

#[test]
fn a_huge_file_is_refused_and_changes_nothing() {
    let server = Server::start(dist());
    let (browser, backup) = with_a_backup(&server);
    let folder = tempfile::tempdir().unwrap();

    let zeros = written(&folder, "zeros.json", vec![0; 50_000_000]);
    refuses(&browser, &zeros, TOO_LARGE);
    fs::remove_file(zeros).unwrap();
    let mut padded = vec![b' '; 50_000_000 - backup.len()];
    padded.extend(backup.bytes());
    let padded = written(&folder, "padded.json", padded);
    refuses(&browser, &padded, TOO_LARGE);
    browser.assert_clean();
}

// ---- Text ------------------------------------------------------------------------

/// Texts that break careless programs. None begins or ends with white space or has two spaces in a
/// row, so that what is seen can be compared with what was entered.
fn awkward_texts() -> Vec<String> {
    vec![
        "Zo\u{eb} \u{1f469}\u{1f3fd}\u{200d}\u{1f680} \u{1f1e8}\u{1f1ed} e\u{301}".to_owned(),
        "\u{645}\u{631}\u{62d}\u{628}\u{627} Noor \u{202e}\u{5e9}\u{5dc}\u{5d5}\u{5dd}".to_owned(),
        "<script>alert(1)</script><img src=x onerror=alert(2)> & &lt; \" ' ` ${1} {{2}} \\"
            .to_owned(),
        long_text(),
    ]
}

/// A hundred thousand characters.
fn long_text() -> String {
    let words = "Noor said: \u{201c}glue, then patience\u{201d} \u{1f4da}. ";
    let text: String = words.chars().cycle().take(99_999).collect();
    // Ends in a letter, not in white space.
    format!("{}.", text.trim_end())
}

fn begin() -> (Server, Browser) {
    let server = Server::start(dist());
    let browser = Browser::start(&server);
    browser.open("");
    (server, browser)
}

/// Fails if any text has become a part of the page.
#[track_caller]
fn nothing_ran(browser: &Browser) {
    let parts =
        browser.js("return document.querySelectorAll('#main script, #main img').length", &[]);
    assert_eq!(parts, 0);
    browser.assert_clean();
}

#[track_caller]
fn stored(browser: &Browser, kind: &str, part: &str) -> Vec<String> {
    let text = |content: &serde_json::Value| content[part].as_str().map(str::to_owned);
    contents(browser, kind).values().filter_map(text).collect()
}

/// Too long to be a pattern: compared here, and said in short.
#[track_caller]
fn holds(browser: &Browser, what: Locator, text: &str) {
    let shown = browser.value(what);
    assert!(shown == text, "{} characters instead of {}", shown.len(), text.len());
}

#[test]
fn an_awkward_name_is_shown_as_it_is_and_kept_to_the_letter() {
    let (_server, browser) = begin();
    add_person(&browser, "Noor Haddad");
    for name in awkward_texts() {
        browser.paste(field("Name"), &name);
        let is_title = |browser: &Browser| browser.texts(title("*")) == [name.as_str()];
        browser.wait_until("the name is the title", is_title);
        saved(&browser);
        browser.reload();
        browser.wait_until("the name is the title again", is_title);
        holds(&browser, field("Name"), &name);
        assert!(stored(&browser, "contact", "name") == [name.as_str()]);
        go_to_section(&browser, "People", "People");
        let row = role("listitem", "*").within(role("main", "*"));
        browser.counts(row.clone(), 1);
        assert!(browser.texts(row) == [name.as_str()]);
        browser.click(link("*").within(role("listitem", "*").within(role("main", "*"))));
        browser.wait_until("the name is the title once more", is_title);
    }
    nothing_ran(&browser);
}

#[test]
fn an_awkward_note_is_shown_as_it_is_and_kept_to_the_letter() {
    let (_server, browser) = begin();
    add_person(&browser, "Noor Haddad");
    browser.click(button("Prepare a talk"));
    browser.click(link("Questions").within(role("navigation", "Steps of preparing")));
    browser.click(button("Suggest questions"));
    browser.click(link("Ready").within(role("navigation", "Steps of preparing")));
    browser.click(button("Start the talk"));
    browser.see(title("Talking with Noor Haddad"));
    let agenda = || role("complementary", "Agenda");
    browser.click(button("*").within(role("listitem", "*").within(agenda()).nth(3)));
    browser.gone(heading("Your opening words"));
    let mut notes = awkward_texts();
    notes.push(" two  spaces,\ta tab\n\n\nand empty lines \n".to_owned());
    for note in notes {
        browser.paste(field("Your notes"), &note);
        // At once, without a moment for the app to save in.
        browser.reload();
        browser.see(title("Talking with Noor Haddad"));
        holds(&browser, field("Your notes"), &note);
        assert!(stored(&browser, "answer", "text") == [note]);
    }
    nothing_ran(&browser);
}

#[test]
fn an_awkward_question_is_shown_as_it_is_and_kept_to_the_letter() {
    let (_server, browser) = begin();
    go_to_section(&browser, "Questions", "Questions");
    let mut asked = Vec::new();
    for question in awkward_texts() {
        browser.paste(field("Add a question of your own"), &question);
        browser.click(button("Add"));
        browser.has_value(field("Add a question of your own"), "");
        asked.push(question);
        browser.counts(button("Delete this question"), asked.len());
    }
    saved(&browser);
    for _ in 0..2 {
        let shown = browser.texts(role("listitem", "*").within(role("group", "Your own*")));
        assert_eq!(shown.len(), asked.len());
        for question in &asked {
            assert!(shown.iter().any(|line| line.starts_with(question.as_str())));
        }
        let mut kept = stored(&browser, "question", "text");
        kept.sort();
        let mut wanted = asked.clone();
        wanted.sort();
        assert!(kept == wanted);
        browser.reload();
        browser.counts(button("Delete this question"), asked.len());
    }
    nothing_ran(&browser);
}

#[test]
fn a_field_of_blanks_adds_nothing() {
    let (_server, browser) = begin();
    browser.fill(field("Add someone by name"), "   ");
    browser.click(button("Add"));
    browser.see(text("Type a name first."));
    go_to_section(&browser, "Questions", "Questions");
    browser.click(button("Add"));
    browser.see(text("Type the question first."));
    browser.reload();
    assert!(records(&browser).is_empty());
    browser.assert_clean();
}
