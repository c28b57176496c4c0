//! `test` and `e2e`: the checks, stage by stage. A stage that fails does not keep the others from
//! running, unless they need what it makes.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::browser::Browser;
use crate::child::{show, tee};
use crate::commands::{build_release, dist, one_file, prepare, single_file};
use crate::engines::Engines;
use crate::failure::Failure;
use crate::first_visit;
use crate::pack;
use crate::report::{Counts, Report};
use crate::terminal::{complain, kilobytes, say};
use crate::toolchain;
use crate::tools::{cargo_deny, Tools};

const JOURNEYS: &str = "journeys (e2e)";

/// Every check there is. Says whether all passed.
pub fn test(root: &Path, thorough: bool) -> Result<bool, Failure> {
    let setup = set_up(root, toolchain::ensure_components);
    let Some(Setup { tools, browser }) = setup else {
        return Ok(false);
    };
    let run = Run { root, tools: &tools, thorough };
    let mut report = Report::default();

    report.stage("format", || {
        run.all_succeed([
            run.app("fmt --all --check"),
            run.commands("xtask", "fmt --check"),
            run.commands("xtask/pack", "fmt --check"),
        ])
    });
    report.stage("lints, host", || {
        run.all_succeed([
            run.app("clippy --workspace --all-targets -- -D warnings"),
            run.commands("xtask", "clippy --all-targets -- -D warnings"),
            run.commands(
                "xtask/pack",
                "clippy --target-dir ../target --all-targets -- -D warnings",
            ),
        ])
    });
    report.stage("lints, wasm32", || {
        let target = "clippy -p ask-around --target wasm32-unknown-unknown";
        run.all_succeed([run.app(&format!("{target} --lib --bins --test web -- -D warnings"))])
    });
    report.stage("libraries", || run.libraries());
    report.stage("tests, commands", || run.count(run.commands("xtask", "test --no-fail-fast")));
    report.stage("tests, packing", || {
        run.count(run.commands("xtask/pack", "test --target-dir ../target --no-fail-fast"))
    });
    report.stage("tests, host", || {
        // The faults print what they have tried.
        run.count(
            run.app("test --workspace --exclude ask-around-e2e --no-fail-fast -- --show-output"),
        )
    });
    report.stage("tests, wasm32", || run.wasm_tests(browser.as_ref().map_err(Clone::clone)?));
    if report.stage("release build", || run.release()) {
        report.stage("first visit", || run.first_visit());
        report.stage(JOURNEYS, || run.journeys(browser.as_ref().map_err(Clone::clone)?, None));
    } else {
        report.skip("first visit", "there is no release build");
        report.skip(JOURNEYS, "there is no release build");
    }
    Ok(report.close())
}

/// The release build and the journeys alone, all of them or those whose name contains the filter.
pub fn e2e(root: &Path, filter: Option<&str>, thorough: bool) -> Result<bool, Failure> {
    let setup = set_up(root, || Ok(()));
    let Some(Setup { tools, browser }) = setup else {
        return Ok(false);
    };
    let run = Run { root, tools: &tools, thorough };
    let mut report = Report::default();
    if report.stage("release build", || run.release()) {
        report.stage(JOURNEYS, || run.journeys(browser.as_ref().map_err(Clone::clone)?, filter));
    } else {
        report.skip(JOURNEYS, "there is no release build");
    }
    Ok(report.close())
}

struct Setup {
    tools: Tools,
    /// Without a browser the stages that need none still run.
    browser: Result<Browser, Failure>,
}

/// Prepares everything; where that fails, says why and leaves the last line that a failed run has.
fn set_up(root: &Path, more: impl FnOnce() -> Result<(), Failure>) -> Option<Setup> {
    let prepared = prepare(root).and_then(|tools| more().map(|()| tools));
    match prepared {
        Ok(tools) => {
            let browser = Browser::ensure();
            if let Err(failure) = &browser {
                complain(failure.to_string());
            }
            Some(Setup { tools, browser })
        }
        Err(failure) => {
            complain(failure.to_string());
            say("0 passed, 1 failed");
            None
        }
    }
}

struct Run<'a> {
    root: &'a Path,
    tools: &'a Tools,
    thorough: bool,
}

impl Run<'_> {
    /// A cargo command on the app and the journeys.
    fn app(&self, words: &str) -> Command {
        let mut cargo = self.tools.cargo();
        cargo.current_dir(self.root).args(words.split(' '));
        if self.thorough {
            cargo.env("ASK_AROUND_THOROUGH", "1");
        }
        cargo
    }

    /// A cargo command on this very crate, or on the one inside it.
    fn commands(&self, folder: &str, words: &str) -> Command {
        let mut cargo = self.tools.cargo();
        cargo.current_dir(self.root.join(folder)).args(words.split(' '));
        cargo
    }

    fn all_succeed<const N: usize>(&self, commands: [Command; N]) -> Result<Counts, Failure> {
        let mut passed = true;
        for mut command in commands {
            passed &= show(&mut command)?;
        }
        Ok(Counts::of_one(passed))
    }

    fn count(&self, mut command: Command) -> Result<Counts, Failure> {
        let finished = tee(&mut command)?;
        let counts = Counts::in_output(&finished.printed);
        if finished.success && counts == Counts::default() {
            say("    no test ran, which is no success");
        }
        Ok(counts.judged(finished.success))
    }

    fn wasm_tests(&self, browser: &Browser) -> Result<Counts, Failure> {
        let mut cargo = self.app("test -p ask-around --target wasm32-unknown-unknown --test web");
        cargo
            // By its bare name, found on PATH: cargo splits this value at spaces.
            .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", "wasm-bindgen-test-runner")
            .env("CHROMEDRIVER", &browser.driver)
            .env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", capabilities(self.root, browser)?)
            // The runner's own stack tells nothing about a failed test.
            .env("RUST_BACKTRACE", "0")
            .env("WASM_BINDGEN_TEST_TIMEOUT", "120")
            .env("WASM_BINDGEN_TEST_DRIVER_TIMEOUT", "30");
        // The runner would prefer these to the driver we chose.
        for other in ["GECKODRIVER", "SAFARIDRIVER", "MSEDGEDRIVER"] {
            cargo.env_remove(other).env_remove(format!("{other}_REMOTE"));
        }
        cargo.env_remove("CHROMEDRIVER_REMOTE").env_remove("NO_HEADLESS");
        self.count(cargo)
    }

    /// Licences and sources of every library, with the rules in `deny.toml`. Asks nobody.
    fn libraries(&self) -> Result<Counts, Failure> {
        let program = cargo_deny()?;
        let check = |manifest: &str| {
            let mut deny = Command::new(&program);
            deny.current_dir(self.root).args(["--offline", "--workspace", "--config", "deny.toml"]);
            deny.args(["--manifest-path", manifest]);
            deny.args(["check", "bans", "licenses", "sources"]);
            deny
        };
        self.all_succeed([
            check("Cargo.toml"),
            check("xtask/Cargo.toml"),
            check("xtask/pack/Cargo.toml"),
        ])
    }

    fn release(&self) -> Result<Counts, Failure> {
        if !build_release(self.tools, self.root)? {
            return Ok(Counts::of_one(false));
        }
        one_file(self.tools, self.root)?;
        Ok(Counts::of_one(true))
    }

    fn first_visit(&self) -> Result<Counts, Failure> {
        let total = first_visit::weigh(self.root, &dist(self.root))?;
        let fits = total <= first_visit::BUDGET;
        let verdict = if fits { "within" } else { "above" };
        say(format!("    {verdict} the budget of {}", kilobytes(first_visit::BUDGET)));
        Ok(Counts::of_one(fits))
    }

    fn journeys(&self, browser: &Browser, filter: Option<&str>) -> Result<Counts, Failure> {
        let mut cargo = self.app("test -p ask-around-e2e --no-fail-fast");
        cargo
            .args(filter)
            // One browser at a time: journeys wait on clocks, and two cores are common.
            .args(["--", "--test-threads=1", "--show-output"])
            .env("ASK_AROUND_DIST", dist(self.root))
            .env("ASK_AROUND_PACK", pack::program(self.root))
            .env("ASK_AROUND_SINGLE_FILE", single_file(self.root))
            .env("ASK_AROUND_CHROME", &browser.chrome)
            .env("ASK_AROUND_CHROMEDRIVER", &browser.driver);
        if !self.thorough {
            return self.count(cargo);
        }
        // Without the other engines the rest still runs, but the stage has failed.
        match Engines::ensure() {
            Ok(engines) => {
                engines.tell(&mut cargo);
                self.count(cargo)
            }
            Err(failure) => {
                complain(failure.to_string());
                Ok(self.count(cargo)?.plus(Counts::of_one(false)))
            }
        }
    }
}

/// Writes what the wasm test runner should ask of the driver to a file under `target/`. The runner
/// adds `headless` and `no-sandbox` itself.
fn capabilities(root: &Path, browser: &Browser) -> Result<PathBuf, Failure> {
    let folder = root.join("target");
    let file = folder.join("webdriver.json");
    let chrome = browser.chrome.to_string_lossy().replace('\\', "\\\\").replace('"', "\\\"");
    let text = format!(
        "{{\"goog:chromeOptions\": {{\"binary\": \"{chrome}\", \"args\": [\"disable-gpu\", \
         \"disable-quic\", \"no-first-run\", \"disable-background-networking\", \
         \"disable-component-update\", \"disable-sync\"]}}}}\n"
    );
    std::fs::create_dir_all(&folder)
        .and_then(|()| std::fs::write(&file, text))
        .map_err(|error| Failure::new(format!("could not write {}: {error}", file.display())))?;
    Ok(file)
}
