//! The browsers that can be driven, and what the driver of each but Chromium is asked for.

use std::fmt;
use std::path::Path;

use serde_json::{Value, json};
use thirtyfour::Capabilities;

use super::{Options, say};
use crate::driver;
use crate::elsewhere::Elsewhere;

/// A browser engine. What only Chromium can do says so where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Engine {
    /// Chromium or Chrome, which also speaks the DevTools protocol.
    #[default]
    Chromium,
    /// Firefox, headless.
    Firefox,
    /// The engine of Safari in its GTK edition, on a screen of its own. It keeps nothing between
    /// sessions, so no profile can be named.
    WebKitGtk,
}

impl fmt::Display for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Chromium => "Chromium",
            Self::Firefox => "Firefox",
            Self::WebKitGtk => "WebKitGTK",
        })
    }
}

/// What geckodriver is asked for. Nothing is asked of the outside by Firefox itself.
pub(super) fn firefox(
    options: &Options,
    downloads: &Path,
    elsewhere: &Elsewhere,
) -> Result<Capabilities, String> {
    let mut arguments = vec!["-headless".to_owned()];
    if let Some(profile) = &options.profile {
        arguments.extend(["-profile".to_owned(), profile.display().to_string()]);
    }
    arguments.extend(options.arguments.iter().cloned());
    let mut preferences = json!({
        "browser.download.dir": downloads,
        "browser.download.folderList": 2,
        "browser.download.useDownloadDir": true,
        "browser.helperApps.neverAsk.saveToDisk": "application/json",
        "intl.locale.requested": "en-US",
        "intl.accept_languages": "en-US, en",
        "services.settings.server": "data:,#nowhere/v1",
        // Colours and motion as the system would ask for them.
        "layout.css.prefers-color-scheme.content-override": if options.dark { 0 } else { 1 },
        "ui.prefersReducedMotion": u8::from(options.reduced_motion),
    });
    merge(&mut preferences, &options.preferences);
    capabilities(json!({
        "browserName": "firefox",
        "moz:firefoxOptions": {
            "binary": driver::firefox()?,
            "args": arguments,
            "prefs": preferences,
        },
        "proxy": proxy(elsewhere),
        "unhandledPromptBehavior": "ignore",
    }))
}

/// What WebKitWebDriver is asked for: the small browser that comes with the library.
pub(super) fn webkit_gtk(options: &Options, elsewhere: &Elsewhere) -> Result<Capabilities, String> {
    let told = options.preferences.as_object().is_some_and(|all| !all.is_empty());
    if options.profile.is_some() || options.dark || options.reduced_motion || told {
        return Err(
            "WebKitGTK takes no profile, no preferences and no wish for colours or motion".into()
        );
    }
    capabilities(json!({
        "proxy": proxy(elsewhere),
        "unhandledPromptBehavior": "ignore",
    }))
}

/// Loopback is asked directly, everything else is asked of somebody who refuses and remembers.
fn proxy(elsewhere: &Elsewhere) -> Value {
    json!({
        "proxyType": "manual",
        "httpProxy": elsewhere.address(),
        "sslProxy": elsewhere.address(),
        "noProxy": ["127.0.0.1", "localhost"],
    })
}

fn merge(all: &mut Value, more: &Value) {
    if let (Some(all), Some(more)) = (all.as_object_mut(), more.as_object()) {
        all.extend(more.clone());
    }
}

fn capabilities(wanted: Value) -> Result<Capabilities, String> {
    serde_json::from_value(wanted).map_err(say)
}
