//! Every view there is, gone through with texts in all fields, and what was found on the way.

use std::collections::BTreeSet;
use std::fs;

use ask_around_e2e::Browser;
use ask_around_e2e::locator::{button, field, role};
use serde_json::{Value, json};

use crate::workspace::{self, Places};

/// Notes what no text may cause, and looks at pages for what no text may become.
const WATCH: &str = include_str!("watch.js");

/// The name of the file that is brought in: it is shown too.
const FILE: &str = "<img src=x onerror=window.__ran='file'>.json";

/// How many findings of a kind are said.
const SAID: usize = 12;

/// What a text has to be in before a view counts as seen.
#[derive(Clone, Copy)]
struct Shown {
    /// In this many fields, to the letter.
    fields: usize,
    /// In the words of this many elements, to the letter.
    words: usize,
}

const fn shown(fields: usize, words: usize) -> Shown {
    Shown { fields, words }
}

/// What one run has looked at.
#[derive(Default)]
pub struct Tally {
    /// The kinds of views.
    pub views: BTreeSet<&'static str>,
    /// How often a view was looked at.
    pub looks: usize,
    /// How many links were looked at.
    pub links: u64,
    /// What no text may cause, each with its kind, where it was found and what it is.
    pub found: Vec<(String, String)>,
    /// What was to be shown and was not.
    pub missing: Vec<String>,
}

impl Tally {
    /// How many findings there are of a kind.
    pub fn count(&self, kind: &str) -> usize {
        self.found.iter().filter(|(of, _)| of == kind).count()
    }

    /// Takes in the answer of `watch.js`.
    fn take(&mut self, view: &'static str, text: &str, answer: &Value) {
        self.views.insert(view);
        self.looks += 1;
        self.links += answer["links"].as_u64().unwrap_or_default();
        let short: String = text.chars().take(80).collect();
        for one in answer["found"].as_array().into_iter().flatten() {
            let kind = one["kind"].as_str().unwrap_or_default().to_owned();
            let what = one["what"].as_str().unwrap_or_default();
            self.found.push((kind, format!("{view} with {short:?}: {what}")));
        }
        for one in answer["missing"].as_array().into_iter().flatten() {
            self.missing.push(format!("{view}: {}", one.as_str().unwrap_or_default()));
        }
    }

    /// Fails if anything was found or missed, and says the first findings of each kind.
    pub fn assert_none(&self) {
        let kinds: BTreeSet<&str> = self.found.iter().map(|(kind, _)| kind.as_str()).collect();
        let mut said = Vec::new();
        for kind in kinds {
            said.push(format!("{} of kind {kind:?}:", self.count(kind)));
            let of_it = self.found.iter().filter(|(of, _)| of == kind).take(SAID);
            said.extend(of_it.map(|(_, what)| format!("  {what}")));
        }
        if !self.missing.is_empty() {
            said.push(format!("{} not shown:", self.missing.len()));
            said.extend(self.missing.iter().take(SAID).map(|what| format!("  {what}")));
        }
        assert!(said.is_empty(), "{}", said.join("\n"));
    }
}

/// Watches every page that this browser loads from now on.
pub fn watch(browser: &Browser) {
    browser.before_every_page(WATCH);
}

/// Goes through the views, and keeps what was found.
pub struct Tour<'a> {
    browser: &'a Browser,
    tally: &'a mut Tally,
}

impl<'a> Tour<'a> {
    /// A tour in a browser that is being watched and shows the app.
    pub fn new(browser: &'a Browser, tally: &'a mut Tally) -> Self {
        Self { browser, tally }
    }

    /// Goes to a view, does something there, and looks.
    fn visit(
        &mut self,
        view: &'static str,
        (hash, deed, title): (Option<&str>, Option<&str>, Option<&str>),
        texts: &[String],
        Shown { fields, words }: Shown,
    ) {
        let visit = json!({
            "hash": hash, "deed": deed, "title": title, "texts": texts, "fields": fields,
            "words": words,
        });
        // Without what is not wanted, so that it is undefined there and not null.
        let script = format!(
            "const wanted = {visit}; \
             for (const name in wanted) if (wanted[name] === null) delete wanted[name]; \
             return window.__watch.visit(wanted);"
        );
        let answer = self.browser.js_async(&script);
        self.tally.take(view, texts.first().map_or("", String::as_str), &answer);
    }

    /// Brings a workspace with these texts in by the file, after a look at both previews: of what is
    /// new, and of what differs.
    pub fn bring_in(&mut self, texts: &[String]) {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join(FILE);
        let records = workspace::records(texts);
        fs::write(&file, workspace::backup(&records, texts, 1)).unwrap();
        self.browser.upload(field("Backup file"), &file);
        self.browser.see(role("region", "What this file would change"));
        self.visit("preview of new", (None, Some("unfold"), None), texts, shown(0, 2));
        self.browser.click(role("radio", "Replace"));
        self.browser.click(button("Replace everything"));
        self.browser.see(role("status", "*is brought in."));

        let again: Vec<String> = texts.iter().map(|text| format!("{text} again")).collect();
        let records = workspace::records(&again);
        fs::write(&file, workspace::backup(&records, &[], 2)).unwrap();
        self.browser.upload(field("Backup file"), &file);
        self.browser.see(role("region", "What this file would change"));
        self.visit("preview of changes", (None, Some("unfold"), None), texts, shown(0, 20));
        self.visit("data", (None, Some("cancel"), None), &[], shown(0, 0));
        self.browser.gone(role("region", "What this file would change"));
        self.visit("data", (None, Some("unfold"), Some("Data · Ask Around")), texts, shown(1, 3));
    }

    /// Looks at what is said of a file in which the text stands where there are a few words to choose
    /// from.
    pub fn refused(&mut self, text: &String) {
        let mut records = workspace::records(std::slice::from_ref(text));
        records[0].1["warmth"] = json!(text);
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join(FILE);
        fs::write(&file, workspace::backup(&records, &[], 3)).unwrap();
        self.visit("data", (Some("#/data"), None, None), &[], shown(0, 0));
        self.browser.upload(field("Backup file"), &file);
        self.browser.see(role("alert", "This file was not brought in*"));
        self.visit("refused file", (None, Some("unfold"), None), &[], shown(0, 0));
        self.visit("settings", (Some("#/settings"), None, None), &[], shown(0, 0));
    }

    /// Looks at the views that show everything at once.
    pub fn lists(&mut self, texts: &[String]) {
        for (view, hash, title, wanted) in [
            ("today", "#/", "Today", shown(0, 4)),
            ("people", "#/contacts", "People", shown(0, 1)),
            ("talks", "#/interviews", "Talks", shown(0, 3)),
            ("settings", "#/settings", "Settings", shown(0, 0)),
            ("questions", "#/questions", "Questions", shown(0, 2)),
        ] {
            let title = format!("{title} · Ask Around");
            self.visit(view, (Some(hash), None, Some(&title)), texts, wanted);
        }
    }

    /// Looks at every view of one person and of three talks with them; in the end they are deleted.
    pub fn of_one(&mut self, number: usize, text: &String) {
        let Places { person, ahead, now, over } = workspace::places(number);
        let texts = std::slice::from_ref(text);
        let titled = |before: &str| format!("{before}{text} · Ask Around");
        let route = |talk: &str, page: &str| format!("{talk}/{page}");
        self.visit("plan", (Some("#/plan"), Some("plan"), None), texts, shown(7, 0));
        let title = titled("");
        self.visit("person", (Some(&person), None, Some(&title)), texts, shown(11, 4));
        let title = titled("Prepare for ");
        for (view, talk, step, wanted) in [
            ("prepare: purpose", &ahead, "purpose", shown(1, 2)),
            ("prepare: person", &ahead, "person", shown(1, 3)),
            ("prepare: meeting", &ahead, "meeting", shown(2, 2)),
            ("prepare: questions", &ahead, "questions", shown(0, 4)),
            ("prepare: words", &ahead, "words", shown(2, 2)),
            ("prepare: packing", &ahead, "packing", shown(0, 2)),
            ("prepare: ready", &ahead, "ready", shown(0, 2)),
            ("prepare: drafts", &now, "words", shown(0, 2)),
        ] {
            let hash = route(talk, &format!("prepare/{step}"));
            self.visit(view, (Some(&hash), None, Some(&title)), texts, wanted);
        }
        let title = titled("Guide for ");
        for (view, talk, wanted) in
            [("guide", &ahead, shown(0, 8)), ("guide: drafts", &now, shown(0, 5))]
        {
            self.visit(view, (Some(&route(talk, "guide")), None, Some(&title)), texts, wanted);
        }
        let title = titled("Talking with ");
        let (begin, going) = (route(&ahead, "live"), route(&now, "live"));
        self.visit("talk: before", (Some(&begin), None, Some(&title)), texts, shown(0, 1));
        self.visit("talk: opening", (Some(&going), None, Some(&title)), texts, shown(1, 4));
        self.visit("talk: question", (None, Some("question"), None), texts, shown(2, 5));
        self.visit("talk: closing", (None, Some("closing"), None), texts, shown(1, 4));
        let (hash, title) = (route(&over, "debrief"), titled("After "));
        self.visit("debrief", (Some(&hash), None, Some(&title)), texts, shown(6, 5));
        self.visit(
            "search of people",
            (Some("#/contacts"), Some("search"), None),
            texts,
            shown(0, 1),
        );
        let questions = Some("#/questions");
        self.visit("search of questions", (questions, Some("search"), None), texts, shown(0, 2));
        self.visit("edit of a question", (None, Some("edit"), None), texts, shown(2, 2));
        self.visit("edit of a question", (None, Some("leave"), None), texts, shown(0, 2));
        let nowhere = Some("Nothing here · Ask Around");
        let hash = format!("#/{text}");
        self.visit("nowhere", (Some(&hash), None, nowhere), &[], shown(0, 0));
        self.visit("delete", (Some(&person), Some("ask"), None), texts, shown(11, 4));
        self.visit("toast", (None, Some("remove"), None), texts, shown(0, 1));
    }

    /// Looks at what a page says whose app stopped with this text.
    pub fn stop(&mut self, text: &str) {
        let answer = self.browser.js_async(&format!("return window.__watch.stop({})", json!(text)));
        self.tally.take("rescue", text, &answer);
    }

    /// Opens every disclosure of the page on the screen.
    pub fn unfold(&mut self) {
        self.visit("unfolded", (None, Some("unfold"), None), &[], shown(0, 0));
    }

    /// Looks at whatever is on the screen, which must show this text in a field.
    pub fn typed(&mut self, view: &'static str, text: &String) {
        self.visit(view, (None, None, None), std::slice::from_ref(text), shown(1, 0));
    }
}
