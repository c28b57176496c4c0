//! The programs that the build needs beside cargo: trunk, the wasm-bindgen that equals the library's
//! version, and the one that cuts the app into chunks. One of the right version is used wherever it is found; otherwise it is built
//! once into a cache outside the checkout, so that a second clone installs nothing.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use crate::browser::named;
use crate::child::{ask, watch};
use crate::failure::Failure;
use crate::terminal::{duration, say};
use crate::toolchain::cargo;
use crate::version::{locked_version, word_with_version};

/// The newest trunk that builds with the Rust this project asks for.
const TRUNK_VERSION: &str = "0.21.14";

/// The one whose marks `wasm_split_helpers` in Cargo.lock writes.
const WASM_SPLIT_VERSION: &str = "0.2.4";

/// The newest that builds with the Rust this project asks for.
const CARGO_DENY_VERSION: &str = "0.20.2";

/// The driver of Firefox.
const GECKODRIVER_VERSION: &str = "0.37.1";

/// A program that `cargo install` builds, at exactly one version.
struct Tool {
    package: &'static str,
    version: String,
    /// All of them must be there, in one folder; the first one tells the version.
    programs: &'static [&'static str],
    /// What `cargo install` is told beyond the version.
    flags: &'static [&'static str],
    /// Nothing is optimised, because that builds fastest, but these libraries, which chew on megabytes.
    optimised: &'static [&'static str],
    /// How long the build takes on two cores.
    minutes: u32,
    /// Whether it answers `--version`. One that does not is trusted in our cache alone.
    tells_version: bool,
}

/// Folders to put first on `PATH`, so that our versions are the ones found.
pub struct Tools {
    folders: Vec<PathBuf>,
}

impl Tools {
    /// Finds all of them, and installs what is missing. Needs the lock file of the project.
    pub fn ensure(root: &Path) -> Result<Self, Failure> {
        let cache = cache_folder()?;
        let wanted = [wasm_bindgen(root)?, wasm_split(), trunk()];
        let missing: Vec<&Tool> =
            wanted.iter().filter(|tool| tool.find(&cache).is_none()).collect();
        if !missing.is_empty() {
            let names: Vec<String> = missing.iter().map(|tool| tool.name()).collect();
            let minutes: u32 = missing.iter().map(|tool| tool.minutes).sum();
            say(format!(
                "Installing {} into {}\n(about {minutes} minutes on two cores, once; later runs and other clones reuse it).",
                names.join(" and "),
                cache.display(),
            ));
        }
        let folders = wanted.iter().map(|tool| tool.ensure(&cache)).collect::<Result<_, _>>()?;
        Ok(Self { folders })
    }

    /// A command that finds our tools before any other.
    pub fn command(&self, program: impl Into<OsString>) -> Command {
        let mut command = Command::new(program.into());
        self.lead_path(&mut command);
        command
    }

    /// Cargo, finding our tools before any other.
    pub fn cargo(&self) -> Command {
        let mut command = cargo();
        self.lead_path(&mut command);
        command
    }

    fn lead_path(&self, command: &mut Command) {
        let path = std::env::var_os("PATH").unwrap_or_default();
        let folders = self.folders.iter().cloned().chain(std::env::split_paths(&path));
        if let Ok(path) = std::env::join_paths(folders) {
            command.env("PATH", path);
        }
    }
}

/// The driver of Firefox, for the thorough journeys alone. It can be named in GECKODRIVER.
pub fn geckodriver() -> Result<PathBuf, Failure> {
    if let Some(named) = named("GECKODRIVER")? {
        return Ok(named);
    }
    single(Tool {
        package: "geckodriver",
        version: GECKODRIVER_VERSION.to_owned(),
        programs: &["geckodriver"],
        flags: &["--locked"],
        optimised: &[],
        minutes: 3,
        tells_version: true,
    })
}

/// What looks at the licences and sources of the libraries, for the checks alone.
pub fn cargo_deny() -> Result<PathBuf, Failure> {
    single(Tool {
        package: "cargo-deny",
        version: CARGO_DENY_VERSION.to_owned(),
        programs: &["cargo-deny"],
        // Without its default features it can't download anything.
        flags: &["--no-default-features", "--locked"],
        optimised: &[],
        minutes: 1,
        tells_version: true,
    })
}

/// A tool that only some commands need: found, or installed.
fn single(tool: Tool) -> Result<PathBuf, Failure> {
    let cache = cache_folder()?;
    if tool.find(&cache).is_none() {
        say(format!(
            "Installing {} into {}\n(about {} minutes on two cores, once).",
            tool.name(),
            cache.display(),
            tool.minutes,
        ));
    }
    let program = format!("{}{}", tool.programs[0], std::env::consts::EXE_SUFFIX);
    Ok(tool.ensure(&cache)?.join(program))
}

fn trunk() -> Tool {
    Tool {
        package: "trunk",
        version: TRUNK_VERSION.to_owned(),
        programs: &["trunk"],
        // Without its default features trunk can't download anything, and nothing here wants it to.
        flags: &["--no-default-features", "--locked"],
        optimised: &[],
        minutes: 3,
        tells_version: true,
    }
}

fn wasm_bindgen(root: &Path) -> Result<Tool, Failure> {
    let lock = std::fs::read_to_string(root.join("Cargo.lock"))
        .map_err(|error| Failure::new(format!("could not read Cargo.lock: {error}")))?;
    let version = locked_version(&lock, "wasm-bindgen")
        .ok_or_else(|| Failure::new("Cargo.lock names no wasm-bindgen: restore it from git"))?;
    Ok(Tool {
        package: "wasm-bindgen-cli",
        version,
        programs: &["wasm-bindgen", "wasm-bindgen-test-runner"],
        // Its own lock file does not build; the newest compatible libraries do.
        flags: &[],
        optimised: &["walrus", "wasmparser", "wasm-encoder", "gimli", "wasm-bindgen-cli-support"],
        minutes: 2,
        tells_version: true,
    })
}

fn wasm_split() -> Tool {
    Tool {
        package: "wasm_split_cli_support",
        version: WASM_SPLIT_VERSION.to_owned(),
        programs: &["wasm-split-cli"],
        flags: &["--locked", "--features", "build-binary"],
        optimised: &["wasmparser", "wasm-encoder", "wasm_split_cli_support"],
        minutes: 1,
        tells_version: false,
    }
}

impl Tool {
    fn name(&self) -> String {
        format!("{} {}", self.package, self.version)
    }

    fn home(&self, cache: &Path) -> PathBuf {
        cache.join(format!("{}-{}", self.package, self.version))
    }

    /// The folder that holds it at the right version: our cache or a folder of `PATH`.
    fn find(&self, cache: &Path) -> Option<PathBuf> {
        let path = std::env::var_os("PATH").unwrap_or_default();
        let elsewhere = std::env::split_paths(&path).filter(|_| self.tells_version);
        std::iter::once(self.home(cache).join("bin"))
            .chain(elsewhere)
            .find(|folder| self.is_in(folder))
    }

    fn is_in(&self, folder: &Path) -> bool {
        let program = |name: &str| folder.join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
        self.programs.iter().all(|name| program(name).is_file())
            && (!self.tells_version
                || ask(program(self.programs[0]), &["--version"])
                    .and_then(|line| {
                        word_with_version(&line).map(|version| version == self.version)
                    })
                    .unwrap_or(false))
    }

    fn ensure(&self, cache: &Path) -> Result<PathBuf, Failure> {
        match self.find(cache) {
            Some(folder) => Ok(folder),
            None => self.install(cache),
        }
    }

    /// Builds it beside its final place and moves it there in one step, so that an interrupted run
    /// never leaves half a tool. What was compiled until then is kept for the next attempt.
    fn install(&self, cache: &Path) -> Result<PathBuf, Failure> {
        let home = self.home(cache);
        let partial = home.with_file_name(format!("{}-{}.partial", self.package, self.version));
        let workshop = home.with_file_name(format!("{}-{}.build", self.package, self.version));
        let start = Instant::now();
        std::fs::create_dir_all(cache).map_err(|error| {
            Failure::new(format!(
                "could not create {}: {error}; name another folder in ASK_AROUND_TOOLS",
                cache.display()
            ))
        })?;
        let _ = std::fs::remove_dir_all(&partial);

        let mut install = cargo();
        install
            .args(["install", self.package, "--version", &self.version, "--debug"])
            .args(self.flags)
            .arg("--root")
            .arg(&partial)
            .arg("--target-dir")
            .arg(&workshop)
            .current_dir(cache)
            .env("CARGO_PROFILE_DEV_OPT_LEVEL", "0")
            .env("CARGO_PROFILE_DEV_DEBUG", "0")
            .env("CARGO_PROFILE_DEV_DEBUG_ASSERTIONS", "false")
            .env("CARGO_PROFILE_DEV_OVERFLOW_CHECKS", "false");
        for library in self.optimised {
            install.arg("--config").arg(format!("profile.dev.package.{library}.opt-level=1"));
        }
        // Else cargo advises to put the passing folder on PATH.
        let path = std::env::var_os("PATH").unwrap_or_default();
        let folders = std::iter::once(partial.join("bin")).chain(std::env::split_paths(&path));
        if let Ok(path) = std::env::join_paths(folders) {
            install.env("PATH", path);
        }

        let built = watch(&mut install, &format!("building {}", self.name()))?;
        if !built.success {
            // Another clone may have finished the same tool meanwhile.
            return self.find(cache).ok_or_else(|| {
                Failure::of_download(&self.name(), "cargo install", &built.printed)
            });
        }
        let _ = std::fs::remove_dir_all(&home);
        let moved = std::fs::rename(&partial, &home);
        let _ = std::fs::remove_dir_all(&workshop);
        match self.find(cache) {
            Some(folder) => {
                say(format!("Installed {} in {}.", self.name(), duration(start.elapsed())));
                Ok(folder)
            }
            None => Err(Failure::new(format!(
                "{} was built but can't be used from {}: {}",
                self.name(),
                home.display(),
                moved.err().map_or_else(|| "it does not run".to_owned(), |error| error.to_string()),
            ))),
        }
    }
}

/// The folder of this user where tools are kept, whatever checkout asks.
fn cache_folder() -> Result<PathBuf, Failure> {
    if let Some(chosen) = folder_in("ASK_AROUND_TOOLS") {
        return std::env::current_dir()
            .map(|here| here.join(chosen))
            .map_err(|error| Failure::new(format!("could not find the current folder: {error}")));
    }
    let caches = if cfg!(windows) {
        folder_in("LOCALAPPDATA")
    } else if cfg!(target_os = "macos") {
        folder_in("HOME").map(|home| home.join("Library/Caches"))
    } else {
        folder_in("XDG_CACHE_HOME").or_else(|| folder_in("HOME").map(|home| home.join(".cache")))
    };
    caches.map(|caches| caches.join("ask-around").join("tools")).ok_or_else(|| {
        Failure::new(
            "there is no home folder to keep the build tools in: name one in ASK_AROUND_TOOLS",
        )
    })
}

fn folder_in(variable: &str) -> Option<PathBuf> {
    std::env::var_os(variable).filter(|value| !value.is_empty()).map(PathBuf::from)
}
