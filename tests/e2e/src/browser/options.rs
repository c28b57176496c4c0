//! How a browser is started.

use std::path::{Path, PathBuf};
use std::time::Duration;

use serde_json::{Value, json};
use thirtyfour::Capabilities;

use super::{Engine, say};
use crate::driver;

/// How a browser is started. `Options::default()` is a laptop in light colours.
#[derive(Debug, Clone)]
pub struct Options {
    /// Which browser; Chromium unless said otherwise.
    pub engine: Engine,
    /// The folder of a [`crate::Witness`], which every engine but Chromium needs.
    pub witness: Option<PathBuf>,
    /// Width of the page in CSS pixels.
    pub width: u32,
    /// Height of the page in CSS pixels.
    pub height: u32,
    /// Whether the system prefers dark colours.
    pub dark: bool,
    /// Whether the system asks for less motion.
    pub reduced_motion: bool,
    /// A profile that outlives this browser, for tests that open it again; else a fresh one.
    pub profile: Option<PathBuf>,
    /// Preferences of Chromium or Firefox, such as `{"profile.default_content_setting_values.cookies": 2}`, which
    /// denies all storage in Chromium.
    pub preferences: Value,
    /// More switches for the command line.
    pub arguments: Vec<String>,
    /// How long a step waits for what it needs.
    pub patience: Duration,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            engine: Engine::default(),
            witness: None,
            width: 1280,
            height: 900,
            dark: false,
            reduced_motion: false,
            profile: None,
            preferences: json!({}),
            arguments: Vec::new(),
            patience: Duration::from_secs(10),
        }
    }
}

/// What ChromeDriver is asked for.
pub(super) fn capabilities(
    options: &Options,
    profile: Option<&Path>,
    downloads: &Path,
) -> Result<Capabilities, String> {
    let mut arguments: Vec<String> = [
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--disable-dev-shm-usage",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-features=Translate,OptimizationHints,MediaRouter",
        "--lang=en-US",
        // Loopback and nothing else, whatever a page asks for.
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    ]
    .map(String::from)
    .to_vec();
    arguments.push(format!("--window-size={},{}", options.width, options.height));
    if let Some(profile) = profile {
        arguments.push(format!("--user-data-dir={}", profile.display()));
    }
    arguments.extend(options.arguments.iter().cloned());

    let mut preferences = json!({
        "download.default_directory": downloads,
        "download.prompt_for_download": false,
        "credentials_enable_service": false,
    });
    if let (Some(all), Some(more)) = (preferences.as_object_mut(), options.preferences.as_object())
    {
        all.extend(more.clone());
    }
    let wanted = json!({
        "browserName": "chrome",
        "goog:chromeOptions": {
            "binary": driver::chrome()?,
            "args": arguments,
            "prefs": preferences,
        },
        "goog:loggingPrefs": { "browser": "ALL", "performance": "ALL" },
        "unhandledPromptBehavior": "ignore",
    });
    serde_json::from_value(wanted).map_err(say)
}
