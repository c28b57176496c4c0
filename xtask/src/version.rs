//! Versions: of Rust, of the tools and of the browser, read out of manifests and `--version` lines.

use std::fmt;

/// The first two or three numbers of a version; enough to compare toolchains.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version {
    /// The first number.
    pub major: u32,
    /// The second number.
    pub minor: u32,
}

impl Version {
    /// Reads `1.95`, `1.95.0` or `1.97.0-nightly`.
    pub fn parse(text: &str) -> Option<Self> {
        let mut numbers = text.split(['.', '-']);
        let major = numbers.next()?.trim().parse().ok()?;
        let minor = numbers.next()?.trim().parse().ok()?;
        Some(Self { major, minor })
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.major, self.minor)
    }
}

/// The first word that starts with a digit: `0.21.14` out of `trunk 0.21.14`.
pub fn word_with_version(line: &str) -> Option<&str> {
    line.split_whitespace().find(|word| word.starts_with(|letter: char| letter.is_ascii_digit()))
}

/// The value of `rust-version` in a manifest.
pub fn rust_version(manifest: &str) -> Option<Version> {
    let line = manifest.lines().find(|line| line.trim_start().starts_with("rust-version"))?;
    Version::parse(line.split('"').nth(1)?)
}

/// The version of one package in a `Cargo.lock`.
pub fn locked_version(lock: &str, package: &str) -> Option<String> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines();
    lines.find(|line| line.trim() == name)?;
    let version = lines.next()?.trim().strip_prefix("version = \"")?;
    Some(version.strip_suffix('"')?.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn toolchains_are_compared_by_number_and_not_by_letter() {
        let needed = Version::parse("1.95").unwrap();
        let of = |line| Version::parse(word_with_version(line).unwrap()).unwrap();
        assert!(of("rustc 1.78.0 (9b00956e5 2024-04-29)") < needed);
        assert!(of("rustc 1.100.0 (0000000 2027-01-01)") > needed);
        assert_eq!(of("rustc 1.95.0 (59807616e 2026-04-14)"), needed);
        assert!(of("rustc 1.97.0-nightly (0000000 2026-05-01)") > needed);
        assert_eq!(Version::parse("one"), None);
    }

    #[test]
    fn the_needed_rust_is_read_out_of_the_manifest() {
        let manifest = "[package]\nname = \"a\"\nrust-version = \"1.95\"\n";
        assert_eq!(rust_version(manifest), Some(Version { major: 1, minor: 95 }));
        assert_eq!(rust_version("[package]\n"), None);
    }

    #[test]
    fn the_lock_answers_for_the_exact_package() {
        let lock = "[[package]]\nname = \"wasm-bindgen-macro\"\nversion = \"0.1.0\"\n\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\n";
        assert_eq!(locked_version(lock, "wasm-bindgen").as_deref(), Some("0.2.130"));
        assert_eq!(locked_version(lock, "trunk"), None);
    }

    #[test]
    fn browsers_state_their_version_in_the_middle() {
        assert_eq!(
            word_with_version("Chromium 156.0.8078.79 built on Debian"),
            Some("156.0.8078.79")
        );
        assert_eq!(word_with_version("nothing"), None);
    }
}
