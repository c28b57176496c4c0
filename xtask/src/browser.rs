//! Finds Chromium and its driver for the tests, and installs them where apt-get can.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::child::{ask, watch};
use crate::failure::Failure;
use crate::terminal::say;
use crate::version::{word_with_version, Version};

/// Where the browser and the driver of its version are.
#[derive(Debug, Clone)]
pub struct Browser {
    /// Chromium or Chrome.
    pub chrome: PathBuf,
    /// ChromeDriver, of the same major version.
    pub driver: PathBuf,
}

/// The names that Chromium goes by, in the order they are tried.
const CHROMES: [&str; 6] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "Google Chrome",
];

/// How to install both, by the package manager that is there.
const RECIPES: [(&str, &str); 6] = [
    ("apt-get", "sudo apt-get install chromium chromium-driver"),
    ("dnf", "sudo dnf install chromium chromedriver"),
    ("pacman", "sudo pacman -S chromium"),
    ("zypper", "sudo zypper install chromium chromedriver"),
    ("brew", "brew install --cask google-chrome chromedriver"),
    ("winget", "winget install Google.Chrome Chromium.ChromeDriver"),
];

impl Browser {
    /// Finds both or installs them.
    pub fn ensure() -> Result<Self, Failure> {
        if let Some(found) = Self::find()? {
            return found.matched();
        }
        if on_path(&["apt-get"]).is_some() {
            if let Some(before) = as_root() {
                install_with_apt(before)?;
                if let Some(found) = Self::find()? {
                    return found.matched();
                }
            }
        }
        Err(Failure::new(missing()))
    }

    fn find() -> Result<Option<Self>, Failure> {
        let chrome = named("CHROME")?.or_else(|| on_path(&CHROMES)).or_else(in_its_usual_place);
        let driver = named("CHROMEDRIVER")?.or_else(|| on_path(&["chromedriver"]));
        Ok(chrome.zip(driver).map(|(chrome, driver)| Self { chrome, driver }))
    }

    /// A driver of another major version refuses to start the browser, with a long-winded error.
    fn matched(self) -> Result<Self, Failure> {
        let browser = major(&self.chrome);
        let driver = major(&self.driver);
        match (browser, driver) {
            (Some(browser), Some(driver)) if browser != driver => Err(Failure::new(format!(
                "{} is version {browser} but {} is version {driver}: install the same version of \
                 both, or name a matching pair in CHROME and CHROMEDRIVER",
                self.chrome.display(),
                self.driver.display(),
            ))),
            _ => Ok(self),
        }
    }
}

fn major(program: &Path) -> Option<u32> {
    // Chrome on Windows prints nothing; then there is nothing to compare.
    Some(Version::parse(word_with_version(&ask(program, &["--version"])?)?)?.major)
}

pub(crate) fn named(variable: &str) -> Result<Option<PathBuf>, Failure> {
    let Some(path) = std::env::var_os(variable).filter(|path| !path.is_empty()).map(PathBuf::from)
    else {
        return Ok(None);
    };
    if path.is_file() {
        return Ok(Some(path));
    }
    Err(Failure::new(format!("{variable} names {}, where there is no program", path.display())))
}

pub(crate) fn on_path(names: &[&str]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    names.iter().find_map(|name| {
        folders
            .iter()
            .map(|folder| folder.join(format!("{name}{}", std::env::consts::EXE_SUFFIX)))
            .find(|file| file.is_file())
    })
}

fn in_its_usual_place() -> Option<PathBuf> {
    [
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
    ]
    .iter()
    .map(PathBuf::from)
    .find(|file| file.is_file())
}

/// The words to put before `apt-get`: none for root, `sudo -n` where that asks for no password.
pub(crate) fn as_root() -> Option<&'static [&'static str]> {
    if ask("id", &["-u"]).as_deref() == Some("0") {
        Some(&[])
    } else if ask("sudo", &["-n", "true"]).is_some() {
        Some(&["sudo", "-n"])
    } else {
        None
    }
}

fn install_with_apt(before: &[&str]) -> Result<(), Failure> {
    say("Installing Chromium and its driver with apt-get (about 2 minutes, once).");
    apt(before, &["chromium", "chromium-driver"], "Chromium and its driver")
}

/// Installs packages; `what` names them to a person.
pub(crate) fn apt(before: &[&str], packages: &[&str], what: &str) -> Result<(), Failure> {
    let apt = |args: &[&str], doing: &str| {
        let words: Vec<&str> = before
            .iter()
            .chain(&["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"])
            .chain(args)
            .copied()
            .collect();
        watch(Command::new(words[0]).args(&words[1..]), doing)
    };
    // An update without a network ends well and says so only in passing; keep what it printed.
    let updated = apt(&["update"], "asking for the list of packages")?;
    let install = [&["install", "-y", "--no-install-recommends"], packages].concat();
    let installed = apt(&install, &format!("installing {what}"))?;
    if installed.success {
        Ok(())
    } else {
        Err(Failure::of_download(
            what,
            "apt-get",
            &format!("{}{}", updated.printed, installed.printed),
        ))
    }
}

fn missing() -> String {
    let recipe = RECIPES
        .iter()
        .find(|(manager, _)| on_path(&[manager]).is_some())
        .map_or_else(String::new, |(_, command)| format!(" (`{command}`)"));
    format!(
        "the browser tests need Chromium or Chrome and the ChromeDriver of the same version: install \
         both{recipe}, or name them in CHROME and CHROMEDRIVER"
    )
}
