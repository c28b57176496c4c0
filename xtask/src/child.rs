//! Runs other programs, shows what they print while they print it, and keeps it for those who ask.

use std::ffi::OsStr;
use std::io::{self, IsTerminal, Read, Write};
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use crate::failure::Failure;
use crate::terminal::{duration, say};

/// How often a job that shows nothing says that it is still there.
const HEARTBEAT: Duration = Duration::from_secs(15);

/// A program that ended.
pub struct Finished {
    /// Whether it reported success.
    pub success: bool,
    /// What it printed, without colours: standard output alone for [`tee`], both streams for [`watch`].
    pub printed: String,
}

/// Asks a program a short question: what it printed, or `None` if it is missing or failed.
pub fn ask(program: impl AsRef<OsStr>, args: &[&str]) -> Option<String> {
    let output = Command::new(program).args(args).stdin(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Runs a program in the foreground, with the terminal to itself, and keeps nothing.
pub fn show(command: &mut Command) -> Result<bool, Failure> {
    let status = command.status().map_err(|error| did_not_start(command, &error))?;
    Ok(status.success())
}

/// Becomes the program where a process can do that, so that whoever ends us ends it too.
pub fn become_program(command: &mut Command) -> Result<bool, Failure> {
    #[cfg(unix)]
    {
        let error = std::os::unix::process::CommandExt::exec(command);
        Err(did_not_start(command, &error))
    }
    #[cfg(not(unix))]
    show(command)
}

/// Runs a program whose standard output is shown and kept. Its standard error goes straight to ours,
/// so that a progress bar stays one.
pub fn tee(command: &mut Command) -> Result<Finished, Failure> {
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| did_not_start(command, &error))?;
    let mut printed = Vec::new();
    if let Some(mut stdout) = child.stdout.take() {
        let mut chunk = [0; 4096];
        while let Ok(length @ 1..) = stdout.read(&mut chunk) {
            let chunk = &chunk[..length];
            let mut ours = io::stdout();
            let _ = ours.write_all(chunk).and_then(|()| ours.flush());
            printed.extend_from_slice(chunk);
        }
    }
    let status = child.wait().map_err(|error| did_not_start(command, &error))?;
    Ok(Finished { success: status.success(), printed: plain_text(&printed) })
}

/// Runs a job of minutes. On a terminal it shows the job's own progress; elsewhere a line every
/// quarter of a minute, and the job's last lines if it fails.
pub fn watch(command: &mut Command, doing: &str) -> Result<Finished, Failure> {
    let on_terminal = io::stderr().is_terminal();
    if on_terminal {
        // Cargo draws its bar into a pipe only when told to, and then wants a width.
        let width = std::env::var("COLUMNS").unwrap_or_else(|_| "80".to_owned());
        command
            .env("CARGO_TERM_COLOR", "always")
            .env("CARGO_TERM_PROGRESS_WHEN", "always")
            .env("CARGO_TERM_PROGRESS_WIDTH", width);
    }
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| did_not_start(command, &error))?;

    let (sender, chunks) = mpsc::channel();
    if let Some(stdout) = child.stdout.take() {
        read_in_background(stdout, sender.clone(), on_terminal);
    }
    if let Some(stderr) = child.stderr.take() {
        read_in_background(stderr, sender.clone(), on_terminal);
    }
    drop(sender);

    let start = Instant::now();
    let mut next_beat = start + HEARTBEAT;
    let mut printed = Vec::new();
    loop {
        match chunks.recv_timeout(next_beat.saturating_duration_since(Instant::now())) {
            Ok(chunk) => printed.extend_from_slice(&chunk),
            Err(mpsc::RecvTimeoutError::Disconnected) => break,
            Err(mpsc::RecvTimeoutError::Timeout) => {
                next_beat += HEARTBEAT;
                if !on_terminal {
                    say(format!(
                        "    … {doing}: {}{}",
                        duration(start.elapsed()),
                        crates_done(&printed)
                    ));
                }
            }
        }
    }
    let status = child.wait().map_err(|error| did_not_start(command, &error))?;
    let printed = plain_text(&printed);
    if !status.success() && !on_terminal {
        for line in last_lines(&printed, 15) {
            say(format!("    | {line}"));
        }
    }
    Ok(Finished { success: status.success(), printed })
}

fn read_in_background(
    mut stream: impl Read + Send + 'static,
    sender: mpsc::Sender<Vec<u8>>,
    echo: bool,
) {
    thread::spawn(move || {
        let mut chunk = [0; 4096];
        while let Ok(length @ 1..) = stream.read(&mut chunk) {
            let chunk = &chunk[..length];
            if echo {
                let mut ours = io::stderr();
                let _ = ours.write_all(chunk).and_then(|()| ours.flush());
            }
            if sender.send(chunk.to_vec()).is_err() {
                break;
            }
        }
    });
}

fn did_not_start(command: &Command, error: &io::Error) -> Failure {
    let program = command.get_program().to_string_lossy().into_owned();
    Failure::new(format!("could not run `{program}`: {error}"))
}

fn crates_done(printed: &[u8]) -> String {
    match String::from_utf8_lossy(printed).matches("Compiling ").count() {
        0 => String::new(),
        count => format!(", {count} crates so far"),
    }
}

fn last_lines(text: &str, count: usize) -> Vec<&str> {
    let lines: Vec<&str> =
        text.split(['\n', '\r']).map(str::trim_end).filter(|line| !line.is_empty()).collect();
    let start = lines.len().saturating_sub(count);
    lines[start..].to_vec()
}

/// Drops the escape sequences that colour text, so that lines can be compared.
fn plain_text(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    let mut plain = String::with_capacity(text.len());
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        if letter != '\u{1b}' {
            plain.push(letter);
        } else if letters.next() == Some('[') {
            // A control sequence ends with its first letter.
            letters.by_ref().find(char::is_ascii_alphabetic);
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_dropped_and_words_are_kept() {
        assert_eq!(
            plain_text(b"test result: \x1b[32mok\x1b[0m. 2 passed"),
            "test result: ok. 2 passed"
        );
    }

    #[test]
    fn the_last_lines_skip_blanks_and_redrawn_bars() {
        assert_eq!(
            last_lines("one\n\n  Building 1/2\r  Building 2/2\rlast\n", 2),
            ["  Building 2/2", "last"]
        );
        assert!(last_lines("", 3).is_empty());
    }
}
