//! Texts that a careless page would obey, in every text field of every record and in every view:
//! each is shown to the letter, and nothing runs, opens, is fetched or leads anywhere else.
//!
//! They come in as they would from somebody else: in a backup file. A few are used by default, all of
//! them with `cargo xtask test --thorough`.

mod attacks;
mod views;
mod workspace;

use std::collections::BTreeSet;
use std::fs;

use ask_around_e2e::app::{add_person, contents, download_backup, go_to_section, saved, title};
use ask_around_e2e::locator::{button, field};
use ask_around_e2e::{Browser, Server, dist, thorough};
use views::{Tally, Tour};
use workspace::{CAPACITY, MARKS, TEXTS, listed, strings_of};

fn texts() -> Vec<String> {
    if thorough() { attacks::all() } else { attacks::few() }
}

// ---- What is tried -------------------------------------------------------------

#[test]
fn there_are_two_hundred_texts_and_each_is_another() {
    let all = attacks::all();
    assert!(all.len() >= 200, "{}", all.len());
    assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), all.len());
    assert!(all.iter().all(|text| text.trim() == text));
    let few = attacks::few();
    assert!((15..=CAPACITY).contains(&few.len()), "all families, and one workspace: {}", few.len());
}

/// The fields of the stored structs that hold text, read from the source of the domain: whoever adds
/// one is told to put it into the table.
fn text_fields_of_the_domain() -> BTreeSet<(String, String)> {
    const PLACES: [(&str, &str, &str); 8] = [
        ("Contact", "contact", ""),
        ("Touch", "contact", "touches[]."),
        ("QuestionChange", "question", ""),
        ("Interview", "interview", ""),
        ("Debrief", "interview", "debrief."),
        ("Suggestion", "interview", "debrief.suggestions[]."),
        ("Answer", "answer", ""),
        ("Task", "task", ""),
    ];
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../src/domain");
    let mut found = BTreeSet::new();
    for file in fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        let Ok(source) = fs::read_to_string(path) else { continue };
        let (mut stored, mut inside) = (false, None);
        for line in source.lines() {
            if line.starts_with("#[derive(") {
                stored = line.contains("Serialize");
            } else if let Some(rest) = line.strip_prefix("pub struct ") {
                let name = rest.split([' ', '(', '<']).next().unwrap().to_owned();
                inside = (stored && line.ends_with('{')).then_some(name);
            } else if line == "}" {
                inside = None;
            }
            let (Some(name), Some((before, of))) = (&inside, line.split_once(": ")) else {
                continue;
            };
            let Some(part) = before.trim().strip_prefix("pub ") else { continue };
            if !of.contains("String") {
                continue;
            }
            let place = PLACES.iter().find(|(known, ..)| known == name);
            let (kind, above) = match (place, name.as_str()) {
                (Some((_, kind, above)), _) => (*kind, *above),
                (None, "Plan") => ("plan", ""),
                (None, name) => panic!("{name}.{part} holds text; where is it stored?"),
            };
            let list =
                if of.starts_with("String") || of.starts_with("Option<") { "" } else { "[]" };
            found.insert((kind.to_owned(), format!("{above}{part}{list}")));
        }
    }
    found
}

#[test]
fn the_table_has_every_text_field_of_the_domain_and_a_workspace_fills_them_all() {
    let table = listed(&TEXTS);
    assert_eq!(text_fields_of_the_domain(), table);
    let text = "the text".to_owned();
    let mut filled = BTreeSet::new();
    for (key, body) in workspace::records(std::slice::from_ref(&text)) {
        let kind = key.split(':').next().unwrap();
        let holding = strings_of(&body).into_iter().filter(|(_, held)| *held == text);
        filled.extend(holding.map(|(path, _)| (kind.to_owned(), path)));
    }
    assert_eq!(filled, table);
}

#[test]
fn every_string_of_the_sample_is_in_the_table_or_is_no_text() {
    let server = Server::start(dist());
    let browser = Browser::start(&server);
    browser.open("");
    browser.click(button("Load the sample"));
    browser.see(title("Today"));
    saved(&browser);
    go_to_section(&browser, "Data", "Your data");
    let (_, backup) = download_backup(&browser);
    let (texts, marks) = (listed(&TEXTS), listed(&MARKS));
    let mut seen = BTreeSet::new();
    for record in backup["records"].as_array().unwrap() {
        let kind = record["key"].as_str().unwrap().split(':').next().unwrap().to_owned();
        seen.extend(strings_of(&record["body"]).into_iter().map(|(path, _)| (kind.clone(), path)));
    }
    let unknown: Vec<_> =
        seen.iter().filter(|one| !texts.contains(one) && !marks.contains(one)).collect();
    assert!(unknown.is_empty(), "{unknown:?}");
    let absent: Vec<_> = texts.difference(&seen).collect();
    println!(
        "payloads: {} of {} text fields are in the sample; not {absent:?}",
        texts.len() - absent.len(),
        texts.len(),
    );
    browser.assert_clean();
}

// ---- What comes of it -----------------------------------------------------------

#[test]
fn no_text_brought_in_is_ever_more_than_text_in_any_view() {
    let texts = texts();
    let mut tally = Tally::default();
    let mut foreign = 0;
    let mut violations = 0;
    for batch in texts.chunks(CAPACITY) {
        let server = Server::start(dist());
        let browser = Browser::start(&server);
        views::watch(&browser);
        browser.open("#/data");
        let mut tour = Tour::new(&browser, &mut tally);
        tour.bring_in(batch);
        tour.lists(batch);
        for text in batch.iter().step_by(7) {
            tour.refused(text);
        }
        for (number, text) in batch.iter().enumerate() {
            tour.of_one(number, text);
        }
        foreign += browser.foreign_requests().len();
        violations += browser.policy_violations().len();
        if tally.found.is_empty() && tally.missing.is_empty() {
            browser.assert_clean();
        }
    }
    println!(
        "payloads: {} x {} text fields x {} views ({} looks): {} violations, {} dialogs, {} foreign \
         requests, {} runs, {} elements of theirs, {} bad links of {} looked at, {} not shown",
        texts.len(),
        listed(&TEXTS).len(),
        tally.views.len(),
        tally.looks,
        violations.max(tally.count("violation")),
        tally.count("dialog"),
        foreign,
        tally.count("ran"),
        tally.count("element"),
        tally.count("link"),
        tally.links,
        tally.missing.len(),
    );
    tally.assert_none();
    assert_eq!((foreign, violations), (0, 0));
}

#[test]
fn no_text_typed_or_pasted_is_ever_more_than_text() {
    let server = Server::start(dist());
    let browser = Browser::start(&server);
    views::watch(&browser);
    browser.open("");
    add_person(&browser, "Noor Haddad");
    let mut tally = Tally::default();
    let texts = texts();
    let mut typed = 0;
    Tour::new(&browser, &mut tally).unfold();
    for text in &texts {
        // A line break or a tab is a key of its own, and what no key gives can only be pasted.
        let has_keys = text.chars().all(|letter| !letter.is_control()) && text.len() < 200;
        for (label, view) in [("Name", "name typed"), ("Notes", "note typed")] {
            if has_keys {
                browser.fill(field(label), text);
            } else {
                browser.paste(field(label), text);
            }
            Tour::new(&browser, &mut tally).typed(view, text);
        }
        typed += usize::from(has_keys);
    }
    saved(&browser);
    let last = texts.last().unwrap();
    let kept = contents(&browser, "contact");
    assert!(kept.values().all(|contact| contact["notes"] == last.replace('\r', "").as_str()));
    println!(
        "payloads typed: {typed} by key and {} pasted, into 2 fields: {} dialogs, {} runs, {} links \
         looked at",
        texts.len() - typed,
        tally.count("dialog"),
        tally.count("ran"),
        tally.links,
    );
    tally.assert_none();
    browser.assert_clean();
}

#[test]
fn the_rescue_page_says_why_the_app_stopped_as_text_and_hands_the_texts_out_as_they_are() {
    let server = Server::start(dist());
    // What a browser keeps would start without the host.
    server.lose("service-worker.js");
    let browser = Browser::start(&server);
    views::watch(&browser);
    browser.open("#/data");
    let texts = texts();
    let mut tally = Tally::default();
    let some = &texts[..texts.len().min(CAPACITY)];
    Tour::new(&browser, &mut tally).bring_in(some);
    // Without its code the app can't start.
    let broken = tempfile::tempdir().unwrap();
    for name in ["index.html", "boot.js"] {
        fs::copy(dist().join(name), broken.path().join(name)).unwrap();
    }
    server.release(broken.path());
    browser.reload();
    browser.see(title("Ask Around has stopped"));
    for text in &texts {
        Tour::new(&browser, &mut tally).stop(text);
    }
    let file = browser.download(button("Download my data"));
    let rescued: serde_json::Value =
        serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap();
    let held: Vec<String> = rescued["texts"]
        .as_object()
        .unwrap()
        .values()
        .map(|text| {
            let record: serde_json::Value =
                serde_json::from_str(text.as_str().unwrap_or_default()).unwrap_or_default();
            record["body"]["name"].as_str().unwrap_or_default().to_owned()
        })
        .collect();
    assert!(some.iter().all(|text| held.contains(text)));
    assert!(browser.policy_violations().is_empty());
    assert!(browser.foreign_requests().is_empty());
    // What the missing files leave in the log is no finding.
    tally.found.retain(|(kind, _)| kind != "request");
    println!(
        "payloads at the rescue page: {}: {} dialogs, {} runs, {} elements of theirs",
        texts.len(),
        tally.count("dialog"),
        tally.count("ran"),
        tally.count("element"),
    );
    tally.assert_none();
}
