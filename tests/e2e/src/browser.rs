//! One Chromium with a profile of its own, driven step by step. Every step waits for what it needs;
//! a step that waits in vain fails the test with a sentence, the browser's console and a picture.

mod actions;
mod console;
mod crash;
mod navigation;
mod options;
mod protocol;
mod sight;
mod waiting;

pub use console::LogEntry;
pub use options::Options;

use std::cell::{Cell, RefCell};
use std::fmt::Display;
use std::time::Duration;

use serde_json::Value;
use tempfile::TempDir;
use thirtyfour::WebDriver;
use thirtyfour::error::WebDriverError;
use tokio::runtime::Runtime;

use crate::Server;
use crate::driver::Driver;

/// A running browser; dropping it ends it.
pub struct Browser {
    // Dropped in this order: the session, then the driver, then the folders.
    session: Option<WebDriver>,
    runtime: Runtime,
    _driver: Driver,
    _profile: Option<TempDir>,
    downloads: TempDir,
    base: String,
    dark: Cell<bool>,
    reduced_motion: Cell<bool>,
    patience: Duration,
    log: RefCell<Vec<LogEntry>>,
    requested: RefCell<Vec<String>>,
}

impl Browser {
    /// Starts a browser as on a laptop, for the app on this server. It shows an empty page until
    /// [`Browser::go`].
    ///
    /// # Panics
    /// If Chromium or its driver is missing or does not start.
    pub fn start(server: &Server) -> Self {
        Self::start_with(server, Options::default())
    }

    /// Starts a browser with these options.
    ///
    /// # Panics
    /// If Chromium or its driver is missing or does not start.
    pub fn start_with(server: &Server, options: Options) -> Self {
        Self::try_start(server.url(), options)
            .unwrap_or_else(|error| panic!("could not start the browser: {error}"))
    }

    fn try_start(base: String, options: Options) -> Result<Self, String> {
        let driver = Driver::start()?;
        let downloads = tempfile::tempdir().map_err(say)?;
        let own_profile = match options.profile {
            Some(_) => None,
            None => Some(tempfile::tempdir().map_err(say)?),
        };
        let profile = options.profile.as_deref().or(own_profile.as_ref().map(TempDir::path));
        let capabilities = options::capabilities(&options, profile, downloads.path())?;
        let runtime =
            tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(say)?;
        let session = runtime.block_on(WebDriver::new(driver.url(), capabilities)).map_err(say)?;
        let browser = Self {
            session: Some(session),
            runtime,
            _driver: driver,
            _profile: own_profile,
            downloads,
            base,
            dark: Cell::new(options.dark),
            reduced_motion: Cell::new(options.reduced_motion),
            patience: options.patience,
            log: RefCell::default(),
            requested: RefCell::default(),
        };
        browser.set_size(options.width, options.height);
        browser.emulate_media();
        Ok(browser)
    }

    fn session(&self) -> &WebDriver {
        // Taken only by `kill` and `drop`, which are the last to hold the browser.
        self.session.as_ref().unwrap_or_else(|| unreachable!("the browser has ended"))
    }

    fn wait_for<T>(
        &self,
        future: impl Future<Output = Result<T, WebDriverError>>,
    ) -> Result<T, WebDriverError> {
        self.runtime.block_on(future)
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        if let Some(session) = self.session.take() {
            let _ = self.runtime.block_on(session.quit());
        }
    }
}

fn strings(values: &[Value]) -> Vec<String> {
    values.iter().map(|value| value.as_str().unwrap_or_default().to_owned()).collect()
}

/// The first line of an error; the driver's own stack trace helps nobody.
fn say(error: impl Display) -> String {
    let text = error.to_string();
    text.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .take(4)
        .collect::<Vec<_>>()
        .join(" ")
}
