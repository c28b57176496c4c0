//! The one error of these commands: a sentence for the person at the terminal.

use std::fmt;

/// Why a command could not do its work, as one sentence that says what to do next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure(String);

impl Failure {
    /// Wraps a sentence.
    pub fn new(sentence: impl Into<String>) -> Self {
        Self(sentence.into())
    }

    /// Tells a missing network from every other reason why an installer gave up, by what it printed.
    pub fn of_download(what: &str, installer: &str, printed: &str) -> Self {
        if speaks_of_the_network(printed) {
            Self(format!(
                "could not download {what}: check your network connection, then run again"
            ))
        } else {
            Self(format!("could not install {what}: the lines of `{installer}` above say why"))
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What cargo, rustup and apt-get say when a host can't be reached.
fn speaks_of_the_network(printed: &str) -> bool {
    const SIGNS: [&str; 13] = [
        "failed to download",
        "could not download",
        "download of",
        "failed to fetch",
        "spurious network error",
        "could not resolve",
        "couldn't resolve",
        "could not connect",
        "failed to connect",
        "connection refused",
        "network failure",
        "temporary failure resolving",
        "timed out",
    ];
    let printed = printed.to_lowercase();
    SIGNS.iter().any(|sign| printed.contains(sign))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_network_is_told_from_a_failed_build() {
        let offline = Failure::of_download(
            "trunk",
            "cargo",
            "error: failed to download from `…`\n  [6] Could not resolve hostname",
        );
        assert_eq!(
            offline.to_string(),
            "could not download trunk: check your network connection, then run again"
        );
        let broken = Failure::of_download("trunk", "cargo", "error[E0308]: mismatched types");
        assert_eq!(
            broken.to_string(),
            "could not install trunk: the lines of `cargo` above say why"
        );
    }
}
