//! The driver process: found, started on a free port with what its browser needs around it, ended
//! when dropped.

use std::io::{BufRead, BufReader};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::Engine;
use crate::screen::Screen;

/// How long a driver may take until it listens.
const PATIENCE: Duration = Duration::from_secs(30);

/// A running driver that is ours alone.
pub struct Driver {
    // Dropped after the process itself has ended: see `drop`.
    process: Child,
    url: String,
    _screen: Option<Screen>,
    _litter: TempDir,
}

impl Driver {
    /// Starts the driver of an engine and waits until it listens. The downloads folder is for
    /// WebKitGTK, which learns it from its surroundings; the others are told with the session.
    pub fn start(engine: Engine, downloads: &Path) -> Result<Self, String> {
        let program = match engine {
            Engine::Chromium => program("CHROMEDRIVER", &["chromedriver"])?,
            Engine::Firefox => program("GECKODRIVER", &["geckodriver"])?,
            Engine::WebKitGtk => program("WEBKITDRIVER", &["WebKitWebDriver"])?,
        };
        let litter = tempfile::tempdir().map_err(|error| error.to_string())?;
        let mut command = Command::new(&program);
        if cfg!(target_os = "linux") {
            // Where a browser that was killed leaves its sockets. Elsewhere such paths grow too long.
            command.env("TMPDIR", litter.path());
        }
        if engine == Engine::Firefox {
            // Else a release fetches its own lists, whatever its preferences say of their place.
            command.env("MOZ_REMOTE_SETTINGS_DEVTOOLS", "1");
        }
        let mut screen = None;
        let mut port = 0;
        if engine == Engine::WebKitGtk {
            // It takes a port and does not tell one.
            port = free_port().map_err(|error| error.to_string())?;
            let own = Screen::start()?;
            command.env("DISPLAY", own.name());
            screen = Some(own);
            live_apart(&mut command, litter.path(), downloads)
                .map_err(|error| error.to_string())?;
        }
        let mut process = command
            .arg(format!("--port={port}"))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| format!("could not start {}: {error}", program.display()))?;
        let ports = process.stdout.take().map(announced_ports);
        let mut driver = Self { process, url: String::new(), _screen: screen, _litter: litter };
        let listens = match port {
            0 => ports.and_then(|ports| ports.recv_timeout(PATIENCE).ok()),
            port => answers(port).then_some(port),
        };
        let port = listens
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

/// Firefox, of whatever release.
pub fn firefox() -> Result<PathBuf, String> {
    program("FIREFOX", &["firefox-esr", "firefox"])
}

/// Gives WebKitGTK a home of its own: it keeps nothing between sessions, but it downloads into the
/// folder that the home names, in the language that the surroundings name.
fn live_apart(command: &mut Command, home: &Path, downloads: &Path) -> std::io::Result<()> {
    let settings = home.join("config");
    std::fs::create_dir(&settings)?;
    let folder = format!("XDG_DOWNLOAD_DIR=\"{}\"\n", downloads.display());
    std::fs::write(settings.join("user-dirs.dirs"), folder)?;
    command
        .env("HOME", home)
        .env("XDG_CONFIG_HOME", &settings)
        .env("XDG_CACHE_HOME", home.join("cache"))
        .env("XDG_DATA_HOME", home.join("data"))
        .env("LANG", "en_US.UTF-8")
        .env("LANGUAGE", "en_US")
        .env_remove("LC_ALL")
        .env_remove("WAYLAND_DISPLAY")
        // There is nobody on the other end of the bus for assistive technology.
        .env("NO_AT_BRIDGE", "1");
    Ok(())
}

fn free_port() -> std::io::Result<u16> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port())
}

fn answers(port: u16) -> bool {
    let deadline = Instant::now() + PATIENCE;
    while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
        if Instant::now() > deadline {
            return false;
        }
        thread::sleep(Duration::from_millis(20));
    }
    true
}

/// Reads everything the driver prints, lest it block, and passes on the port it names.
fn announced_ports(stdout: impl std::io::Read + Send + 'static) -> mpsc::Receiver<u16> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        for line in BufReader::new(stdout).lines().map_while(Result::ok) {
            let chromium = line.split_once("started successfully on port ");
            let firefox = || line.split_once("Listening on 127.0.0.1:");
            if let Some((_, rest)) = chromium.or_else(firefox)
                && let Ok(port) = rest.trim_end_matches('.').parse()
            {
                let _ = sender.send(port);
            }
        }
    });
    receiver
}

/// What `cargo xtask` found, what the person names, or the first of the names on `PATH`.
pub(crate) fn program(variable: &str, names: &[&str]) -> Result<PathBuf, String> {
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
