//! One browser with a profile of its own, driven step by step. Every step waits for what it needs;
//! a step that waits in vain fails the test with a sentence, the browser's console and a picture.

mod actions;
mod console;
mod crash;
mod engine;
mod navigation;
mod options;
mod protocol;
mod sight;
mod waiting;

pub use console::LogEntry;
pub use engine::Engine;
pub use options::Options;

use std::cell::{Cell, RefCell};
use std::fmt::Display;
use std::path::PathBuf;
use std::time::Duration;

use serde_json::Value;
use tempfile::TempDir;
use thirtyfour::WebDriver;
use thirtyfour::error::WebDriverError;
use tokio::runtime::Runtime;

use crate::Server;
use crate::driver::Driver;
use crate::elsewhere::Elsewhere;

/// A running browser; dropping it ends it.
pub struct Browser {
    // Dropped in this order: the session, then the driver, then the folders.
    session: Option<WebDriver>,
    runtime: Runtime,
    _driver: Driver,
    _profile: Option<TempDir>,
    downloads: TempDir,
    base: String,
    engine: Engine,
    witness: Option<PathBuf>,
    elsewhere: Option<Elsewhere>,
    scripts: Cell<usize>,
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
    /// If the browser or its driver is missing or does not start.
    pub fn start(server: &Server) -> Self {
        Self::start_with(server, Options::default())
    }

    /// Starts a browser with these options.
    ///
    /// # Panics
    /// If the browser or its driver is missing or does not start.
    pub fn start_with(server: &Server, options: Options) -> Self {
        Self::try_start(server.url(), options)
            .unwrap_or_else(|error| panic!("could not start the browser: {error}"))
    }

    /// Starts a browser for an app that stands at an address of its own, such as a file.
    ///
    /// # Panics
    /// If the browser or its driver is missing or does not start.
    pub fn start_at(address: &str, options: Options) -> Self {
        Self::try_start(address.to_owned(), options)
            .unwrap_or_else(|error| panic!("could not start the browser: {error}"))
    }

    fn try_start(base: String, options: Options) -> Result<Self, String> {
        let engine = options.engine;
        if engine != Engine::Chromium && options.witness.is_none() {
            return Err(format!("{engine} does not tell what its pages say: name a witness"));
        }
        let downloads = tempfile::tempdir().map_err(say)?;
        let driver = Driver::start(engine, downloads.path())?;
        let own_profile = match (engine, &options.profile) {
            (Engine::Chromium, None) => Some(tempfile::tempdir().map_err(say)?),
            // The others make one by themselves.
            _ => None,
        };
        let profile = options.profile.as_deref().or(own_profile.as_ref().map(TempDir::path));
        let elsewhere = match engine {
            Engine::Chromium => None,
            _ => Some(Elsewhere::start().map_err(say)?),
        };
        let capabilities = match &elsewhere {
            None => options::capabilities(&options, profile, downloads.path())?,
            Some(elsewhere) if engine == Engine::Firefox => {
                engine::firefox(&options, downloads.path(), elsewhere)?
            }
            Some(elsewhere) => engine::webkit_gtk(&options, elsewhere)?,
        };
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
            engine,
            witness: options.witness.filter(|_| engine != Engine::Chromium),
            elsewhere,
            scripts: Cell::default(),
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

    /// The engine and the version of this browser: `Firefox 140.4.0`.
    pub fn name(&self) -> String {
        let version = self.session().handle().capabilities().get("browserVersion");
        let version = version.and_then(Value::as_str).unwrap_or("of an unknown version");
        format!("{} {version}", self.engine)
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
