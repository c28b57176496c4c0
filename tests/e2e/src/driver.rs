//! The ChromeDriver process: found, started on a free port, ended when dropped.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use tempfile::TempDir;

/// A running ChromeDriver that is ours alone.
pub struct Driver {
    process: Child,
    url: String,
    _litter: TempDir,
}

impl Driver {
    /// Starts one and waits until it listens.
    pub fn start() -> Result<Self, String> {
        let program = program("CHROMEDRIVER", &["chromedriver"])?;
        let litter = tempfile::tempdir().map_err(|error| error.to_string())?;
        let mut command = Command::new(&program);
        if cfg!(target_os = "linux") {
            // Where a browser that was killed leaves its sockets. Elsewhere such paths grow too long.
            command.env("TMPDIR", litter.path());
        }
        let mut process = command
            .arg("--port=0")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| format!("could not start {}: {error}", program.display()))?;
        let ports = process.stdout.take().map(announced_ports);
        let mut driver = Self { process, url: String::new(), _litter: litter };
        let port = ports
            .and_then(|ports| ports.recv_timeout(Duration::from_secs(30)).ok())
            .ok_or_else(|| format!("{} did not say which port it listens on", program.display()))?;
        driver.url = format!("http://127.0.0.1:{port}");
        Ok(driver)
    }

    /// Where it listens.
    pub fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Chromium or Chrome.
pub fn chrome() -> Result<PathBuf, String> {
    program(
        "CHROME",
        &["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"],
    )
}

/// Reads everything the driver prints, lest it block, and passes on the port it names.
fn announced_ports(stdout: impl std::io::Read + Send + 'static) -> mpsc::Receiver<u16> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        for line in BufReader::new(stdout).lines().map_while(Result::ok) {
            if let Some((_, rest)) = line.split_once("started successfully on port ")
                && let Ok(port) = rest.trim_end_matches('.').parse()
            {
                let _ = sender.send(port);
            }
        }
    });
    receiver
}

/// What `cargo xtask` found, what the person names, or the first of the names on `PATH`.
fn program(variable: &str, names: &[&str]) -> Result<PathBuf, String> {
    let named = [format!("ASK_AROUND_{variable}"), variable.to_owned()];
    if let Some(path) = named.iter().find_map(std::env::var_os) {
        return Ok(PathBuf::from(path));
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    names
        .iter()
        .flat_map(|name| folders.iter().map(move |folder| folder.join(name)))
        .map(|file| file.with_extension(std::env::consts::EXE_EXTENSION))
        .find(|file| file.is_file())
        .ok_or_else(|| {
            format!("there is no {}: `cargo xtask e2e` installs it or says how", names[0])
        })
}
