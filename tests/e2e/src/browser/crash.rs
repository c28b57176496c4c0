//! Ends that nobody planned: of one page's process, or of the whole browser.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use serde_json::Value;
use thirtyfour::error::WebDriverError;

use super::Browser;
use crate::devtools;

impl Browser {
    /// Ends the process that draws the tab shown, as a crash in it would, and closes what is left of
    /// the tab. Then the first of the other tabs is driven, without being brought to the front
    /// before: there must be one, or the driver would end the whole browser. Chromium alone can do
    /// it.
    #[track_caller]
    pub fn crash_renderer(&self) {
        self.chromium_alone("crash a page");
        let crashed = self.try_crash_renderer();
        self.must("crash the page", crashed);
    }

    fn try_crash_renderer(&self) -> Result<(), String> {
        let session = self.session();
        let (tab, other) = self
            .wait_for(async {
                let tab = session.window().await?;
                let other = session.windows().await?.into_iter().find(|other| *other != tab);
                let other = other.ok_or_else(|| {
                    WebDriverError::FatalError("there is no other tab to go to".to_owned())
                })?;
                session.switch_to_window(other.clone()).await?;
                Ok((tab, other))
            })
            .map_err(super::say)?;
        let address = session.handle().capabilities().get("goog:chromeOptions");
        let address = address.and_then(|options| options["debuggerAddress"].as_str());
        let address = address.ok_or("the driver does not tell where the browser listens")?;
        let tab = tab.to_string();
        devtools::crash(address, &tab).map_err(super::say)?;
        devtools::close(address, &tab).map_err(super::say)?;
        // Until the driver knows, whatever else fails would end the session.
        let deadline = Instant::now() + self.patience;
        loop {
            let tabs = self.wait_for(session.windows()).map_err(super::say)?;
            if tabs.iter().all(|open| open.to_string() != tab) {
                break;
            }
            if Instant::now() > deadline {
                return Err("the tab does not close".to_owned());
            }
            thread::sleep(Duration::from_millis(10));
        }
        self.wait_for(session.switch_to_window(other)).map_err(super::say)
    }

    /// Ends the browser's process without a word, as a crash or a dead battery would. The profile
    /// given in [`super::Options::profile`] stays as it was on disk, and can be opened again at
    /// once. Returns the moment at which the process was ended. Only the driver of Chromium tells
    /// which process it is.
    #[track_caller]
    pub fn kill(mut self) -> SystemTime {
        self.chromium_alone("end the process of the browser");
        let process =
            self.session().handle().capabilities().get("goog:processID").and_then(Value::as_u64);
        let Some(process) = process else {
            self.fail("the driver does not tell the browser's process")
        };
        let helpers = descendants(process);
        let process = process.to_string();
        let killed = if cfg!(windows) {
            Command::new("taskkill").args(["/F", "/T", "/PID", &process]).status()
        } else {
            Command::new("kill").args(["-9", &process]).status()
        };
        let moment = SystemTime::now();
        if !killed.is_ok_and(|status| status.success()) {
            self.fail("could not end the browser's process");
        }
        // They end by themselves, and until then they hold the files of the profile.
        let deadline = Instant::now() + self.patience;
        while helpers.iter().any(|helper| runs(*helper)) {
            if Instant::now() > deadline {
                self.fail("the browser has ended, but its helpers have not");
            }
            thread::sleep(Duration::from_millis(5));
        }
        if let Some(session) = self.session.take() {
            // There is nobody left to say goodbye to.
            let _ = session.leak();
        }
        moment
    }
}

/// The processes that a process started, and those started by them. None where there is no `/proc`.
fn descendants(ancestor: u64) -> BTreeSet<u64> {
    let processes = std::fs::read_dir("/proc").into_iter().flatten().flatten();
    let parents: Vec<(u64, u64)> = processes
        .filter_map(|entry| {
            let process = entry.file_name().to_str()?.parse().ok()?;
            Some((process, state(process)?.1))
        })
        .collect();
    let mut found = BTreeSet::from([ancestor]);
    loop {
        let before = found.len();
        for (process, parent) in &parents {
            if found.contains(parent) {
                found.insert(*process);
            }
        }
        if found.len() == before {
            found.remove(&ancestor);
            return found;
        }
    }
}

/// Whether a process is still at work; one that has ended and waits for its parent is not.
fn runs(process: u64) -> bool {
    Path::new("/proc").exists() && state(process).is_some_and(|(state, _)| state != 'Z')
}

/// The state of a process, and its parent.
fn state(process: u64) -> Option<(char, u64)> {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    // The name stands in brackets and may hold anything.
    let mut words = stat.rsplit_once(')')?.1.split_whitespace();
    let state = words.next()?.chars().next()?;
    Some((state, words.next()?.parse().ok()?))
}
