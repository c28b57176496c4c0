//! What the browser has to say: its console, the requests of its pages, a picture.

use std::path::Path;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Value, json};

use super::{Browser, Engine, say};
use crate::witness;

/// One line of the browser's console.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogEntry {
    /// `SEVERE`, `WARNING`, `INFO`, ...
    pub level: String,
    /// `security`, `network`, `javascript`, `console-api`, ...
    pub source: String,
    /// Where and what.
    pub message: String,
}

impl Browser {
    /// The console of every page so far. Of engines other than Chromium it is what the pages of the
    /// app said that their witness could hear, in this tab and in those that were left or closed: not
    /// what the browser itself adds, such as a failed request of a script.
    pub fn log(&self) -> Vec<LogEntry> {
        if self.engine != Engine::Chromium {
            self.question_the_witness();
        } else if let Ok(entries) = self.wait_for(self.session().browser_log()) {
            self.log.borrow_mut().extend(entries.into_iter().map(|entry| LogEntry {
                level: entry.level,
                source: entry.source.unwrap_or_default(),
                message: entry.message,
            }));
        }
        self.log.borrow().clone()
    }

    /// Takes over what the witness heard in this tab. A tab that has crashed or shows a page of
    /// another origin has nothing to say.
    pub(super) fn question_the_witness(&self) {
        if self.witness.is_none() {
            return;
        }
        let heard = self.wait_for(self.session().execute(witness::HAND_OVER, vec![]));
        let heard = heard.ok().and_then(|heard| heard.json().as_array().cloned());
        for entry in heard.unwrap_or_default() {
            let word = |name: &str| entry[name].as_str().unwrap_or_default().to_owned();
            if entry.get("url").is_some() {
                self.requested.borrow_mut().push(word("url"));
            } else {
                let (level, source, message) = (word("level"), word("source"), word("message"));
                self.log.borrow_mut().push(LogEntry { level, source, message });
            }
        }
    }

    /// The console lines in which the content security policy refused something.
    pub fn policy_violations(&self) -> Vec<LogEntry> {
        let refused = |entry: &LogEntry| entry.message.contains("Content Security Policy");
        self.log().into_iter().filter(refused).collect()
    }

    /// Every address that pages asked for so far, over the network or not. Of engines other than
    /// Chromium it is what pages of the app asked for, and whatever the browser asked of any host but
    /// this machine, of which only the host is known if it was to be encrypted.
    pub fn requested(&self) -> Vec<String> {
        if let Some(elsewhere) = &self.elsewhere {
            self.question_the_witness();
            let mut all = self.requested.borrow().clone();
            all.extend(elsewhere.asked());
            return all;
        }
        if let Ok(entries) = self.wait_for(self.session().get_log("performance")) {
            let urls = entries.iter().filter_map(|entry| {
                let event: Value = serde_json::from_str(&entry.message).ok()?;
                let sent = event["message"]["method"] == "Network.requestWillBeSent";
                let url = event["message"]["params"]["request"]["url"].as_str()?;
                sent.then(|| url.to_owned())
            });
            self.requested.borrow_mut().extend(urls);
        }
        self.requested.borrow().clone()
    }

    /// The addresses asked for outside the app's own origin.
    pub fn foreign_requests(&self) -> Vec<String> {
        let origin = self.base.split('/').take(3).collect::<Vec<_>>().join("/") + "/";
        // Other schemes stay inside the browser.
        let network = |url: &String| ["http", "ws"].iter().any(|scheme| url.starts_with(scheme));
        self.requested()
            .into_iter()
            .filter(|url| network(url) && !url.starts_with(&origin))
            .collect()
    }

    /// Fails if the console holds an error, if the policy refused something or if anything was asked
    /// of another origin.
    #[track_caller]
    pub fn assert_clean(&self) {
        // Chromium asks for this by itself where a page names no icon, as one outside the app does.
        let ours = |entry: &LogEntry| !entry.message.contains("/favicon.ico");
        let severe: Vec<LogEntry> =
            self.log().into_iter().filter(|entry| entry.level == "SEVERE" && ours(entry)).collect();
        if !severe.is_empty() {
            self.fail("the console holds errors");
        }
        if !self.policy_violations().is_empty() {
            self.fail("the content security policy was violated");
        }
        let foreign = self.foreign_requests();
        if !foreign.is_empty() {
            self.fail(&format!("the page asked elsewhere for {foreign:?}"));
        }
    }

    /// Saves a picture of the window.
    #[track_caller]
    pub fn picture(&self, file: &Path) {
        let taken = self.try_picture(file);
        self.must("take a picture", taken);
    }

    pub(super) fn try_picture(&self, file: &Path) -> Result<(), String> {
        let png = if self.engine == Engine::Chromium {
            let taken =
                self.try_cdp("Page.captureScreenshot", json!({ "format": "png" })).map_err(say)?;
            BASE64_STANDARD.decode(taken["data"].as_str().unwrap_or_default()).map_err(say)?
        } else {
            self.wait_for(self.session().screenshot_as_png()).map_err(say)?
        };
        if let Some(folder) = file.parent() {
            std::fs::create_dir_all(folder).map_err(say)?;
        }
        std::fs::write(file, png).map_err(say)
    }
}
