//! What the commands print. Nothing here fails when nobody reads it (`cargo xtask help | head -1`).

use std::io::{self, Write};
use std::time::Duration;

/// Prints one line.
pub fn say(line: impl AsRef<str>) {
    let _ = writeln!(io::stdout(), "{}", line.as_ref());
}

/// Prints one line where errors belong.
pub fn complain(line: impl AsRef<str>) {
    let _ = writeln!(io::stderr(), "{}", line.as_ref());
}

/// `4 s`, `1 min 5 s`.
pub fn duration(time: Duration) -> String {
    match (time.as_secs() / 60, time.as_secs() % 60) {
        (0, seconds) => format!("{seconds} s"),
        (minutes, seconds) => format!("{minutes} min {seconds} s"),
    }
}

/// `12.3 KB`, counting 1024 bytes a kilobyte as the budget does.
pub fn kilobytes(bytes: u64) -> String {
    let tenths = (bytes * 10 + 512) / 1024;
    format!("{}.{} KB", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_read_as_minutes_and_seconds() {
        assert_eq!(duration(Duration::from_millis(4_900)), "4 s");
        assert_eq!(duration(Duration::from_secs(65)), "1 min 5 s");
    }

    #[test]
    fn sizes_are_rounded_to_a_tenth() {
        assert_eq!(kilobytes(0), "0.0 KB");
        assert_eq!(kilobytes(1536), "1.5 KB");
        assert_eq!(kilobytes(300 * 1024), "300.0 KB");
    }
}
