//! Ears inside the page. Only Chromium tells its driver what the console says, what the policy
//! refuses and which requests are made; for the other engines a copy of the app is served with one
//! more script of the same origin, before any other, that hears it in the page and keeps it for
//! [`crate::Browser::log`]. It runs under the policy of the page as it is.

use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::TempDir;

const FILE: &str = "witness.js";
const SCRIPT: &str = include_str!("witness.js");

/// What the script has heard in this tab, handed over once.
pub(crate) const HAND_OVER: &str = r#"
    try {
        const heard = JSON.parse(sessionStorage.getItem("witness:heard") ?? "[]");
        sessionStorage.removeItem("witness:heard");
        return heard;
    } catch {
        return [];
    }
"#;

/// Turns on one of the scripts added with [`add`] for every later page of this tab.
pub(crate) const TURN_ON: &str = "sessionStorage.setItem(arguments[0], 'on')";

/// A copy of an app with the script in it; dropping it deletes it.
pub struct Witness {
    folder: TempDir,
}

impl Witness {
    /// Copies the app.
    ///
    /// # Panics
    /// If it can't be copied, or if its page has no policy to put the script behind.
    pub fn of(app: impl AsRef<Path>) -> Self {
        Self::try_of(app.as_ref())
            .unwrap_or_else(|error| panic!("could not copy the app for a witness: {error}"))
    }

    fn try_of(app: &Path) -> io::Result<Self> {
        let folder = tempfile::tempdir()?;
        copy(app, folder.path())?;
        let page = folder.path().join("index.html");
        let text = with_script(&std::fs::read_to_string(&page)?)
            .ok_or_else(|| io::Error::other("the page has no content security policy"))?;
        std::fs::write(page, text)?;
        std::fs::write(folder.path().join(FILE), SCRIPT)?;
        Ok(Self { folder })
    }

    /// What to serve, and what to name in [`crate::Options::witness`].
    pub fn folder(&self) -> PathBuf {
        self.folder.path().to_owned()
    }
}

/// Adds a script that runs in every page of those tabs in which this mark is turned on.
pub(crate) fn add(folder: &Path, mark: &str, script: &str) -> io::Result<()> {
    let mut file = OpenOptions::new().append(true).open(folder.join(FILE))?;
    write!(file, "\nif (sessionStorage.getItem(\"{mark}\") === \"on\") {{\n{script}\n}}\n")
}

/// Directly behind the policy, which holds for what comes after it.
fn with_script(page: &str) -> Option<String> {
    let policy = page.find("Content-Security-Policy")?;
    let end = policy + page.get(policy..)?.find('>')? + 1;
    let (before, after) = page.split_at(end);
    Some(format!("{before}<script src=\"./{FILE}\"></script>{after}"))
}

fn copy(from: &Path, to: &Path) -> io::Result<()> {
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            std::fs::create_dir(&target)?;
            copy(&entry.path(), &target)?;
        } else {
            std::fs::copy(entry.path(), &target)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_stands_behind_the_policy_and_before_all_else() {
        let page = "<meta content=\"x\" http-equiv=Content-Security-Policy><script src=a.js>";
        assert_eq!(
            with_script(page).as_deref(),
            Some(
                "<meta content=\"x\" http-equiv=Content-Security-Policy>\
                 <script src=\"./witness.js\"></script><script src=a.js>"
            )
        );
        assert_eq!(with_script("<p>no policy"), None);
    }
}
