//! A screen that nobody looks at, for a browser that has no headless mode of its own.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use crate::driver::program;

/// A running Xvfb that is ours alone; dropping it ends it.
pub struct Screen {
    process: Child,
    name: String,
}

impl Screen {
    /// Starts one on a display that is free.
    pub fn start() -> Result<Self, String> {
        let program = program("XVFB", &["Xvfb"])?;
        let mut process = Command::new(&program)
            // It chooses the display and says which; it ends by itself when the browser has gone, so
            // that none is left behind a test that was ended.
            .args(["-displayfd", "1", "-terminate", "-nolisten", "tcp"])
            .args(["-screen", "0", "2000x1600x24"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| format!("could not start {}: {error}", program.display()))?;
        let (sender, receiver) = mpsc::channel();
        if let Some(stdout) = process.stdout.take() {
            thread::spawn(move || {
                let mut line = String::new();
                if BufReader::new(stdout).read_line(&mut line).is_ok() {
                    let _ = sender.send(line.trim().to_owned());
                }
            });
        }
        let mut screen = Self { process, name: String::new() };
        let number = receiver.recv_timeout(Duration::from_secs(30)).unwrap_or_default();
        if number.is_empty() {
            return Err(format!("{} did not say which display it has", program.display()));
        }
        screen.name = format!(":{number}");
        Ok(screen)
    }

    /// What `DISPLAY` must be.
    pub fn name(&self) -> &str {
        &self.name
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
