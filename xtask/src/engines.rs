//! Finds Firefox, WebKitGTK and what drives them for the thorough journeys, and installs them where
//! apt-get and cargo can.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::browser::{apt, as_root, named, on_path};
use crate::failure::Failure;
use crate::terminal::say;
use crate::tools::geckodriver;

/// Where the engines beside Chromium and their drivers are.
#[derive(Debug, Clone)]
pub struct Engines {
    firefox: PathBuf,
    geckodriver: PathBuf,
    webkit_driver: PathBuf,
    xvfb: PathBuf,
}

/// What package managers have, with the name that can stand for each in the surroundings.
const PROGRAMS: [(&str, &[&str], &str); 3] = [
    ("FIREFOX", &["firefox-esr", "firefox"], "Firefox"),
    ("WEBKITDRIVER", &["WebKitWebDriver"], "WebKitWebDriver"),
    ("XVFB", &["Xvfb"], "Xvfb"),
];

/// How to install all of them, by the package manager that is there.
const RECIPES: [(&str, &str); 4] = [
    ("apt-get", "sudo apt-get install firefox-esr webkit2gtk-driver xvfb"),
    ("dnf", "sudo dnf install firefox webkit2gtk4.1 xorg-x11-server-Xvfb"),
    ("pacman", "sudo pacman -S firefox webkit2gtk-4.1 xorg-server-xvfb"),
    ("zypper", "sudo zypper install MozillaFirefox webkit2gtk-driver xorg-x11-server-Xvfb"),
];

impl Engines {
    /// Finds them or installs them.
    pub fn ensure() -> Result<Self, Failure> {
        let mut found = find()?;
        if found.iter().any(Option::is_none) && on_path(&["apt-get"]).is_some() {
            if let Some(before) = as_root() {
                say("Installing Firefox, WebKitGTK and Xvfb with apt-get (about 2 minutes, once).");
                apt(
                    before,
                    &["firefox-esr", "webkit2gtk-driver", "xvfb"],
                    "Firefox, WebKitGTK and Xvfb",
                )?;
                found = find()?;
            }
        }
        match found {
            [Some(firefox), Some(webkit_driver), Some(xvfb)] => {
                Ok(Self { firefox, geckodriver: geckodriver()?, webkit_driver, xvfb })
            }
            found => Err(Failure::new(missing(&found))),
        }
    }

    /// Tells the journeys where they are.
    pub fn tell(&self, cargo: &mut Command) {
        let told: [(&str, &Path); 4] = [
            ("ASK_AROUND_FIREFOX", &self.firefox),
            ("ASK_AROUND_GECKODRIVER", &self.geckodriver),
            ("ASK_AROUND_WEBKITDRIVER", &self.webkit_driver),
            ("ASK_AROUND_XVFB", &self.xvfb),
        ];
        cargo.envs(told);
    }
}

fn find() -> Result<[Option<PathBuf>; 3], Failure> {
    let one = |at: usize| {
        let (variable, names, _) = PROGRAMS[at];
        Ok(named(variable)?.or_else(|| on_path(names)))
    };
    Ok([one(0)?, one(1)?, one(2)?])
}

fn missing(found: &[Option<PathBuf>; 3]) -> String {
    let absent = PROGRAMS.iter().zip(found).filter(|(_, found)| found.is_none());
    let names: Vec<&str> = absent.map(|((_, _, name), _)| *name).collect();
    let recipe = RECIPES
        .iter()
        .find(|(manager, _)| on_path(&[manager]).is_some())
        .map_or_else(String::new, |(_, command)| format!(" (`{command}`)"));
    format!(
        "the thorough journeys need Firefox, WebKitGTK and Xvfb, and {} is not there: install it{recipe}, \
         or name it in FIREFOX, WEBKITDRIVER or XVFB",
        names.join(" and "),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_is_named() {
        let sentence = missing(&[Some(PathBuf::from("firefox")), None, None]);
        assert!(sentence.contains("WebKitWebDriver and Xvfb is not there"), "{sentence}");
    }
}
