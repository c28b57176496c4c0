//! The command line, read into one value.

use crate::failure::Failure;

/// What `cargo xtask help` prints.
pub const HELP: &str = "\
cargo xtask <command>

  serve [--port N] [--no-open]   build the app, serve it on 127.0.0.1 and open the browser
                                 (port 8080 unless told otherwise; rebuilds when a file changes)
  build [--single-file]          make the deployable dist/ and print what a first visit weighs;
                                 or the whole app as one file that needs no server
  test [--thorough]              every check: format, lints, tests, size, journeys in a browser
  e2e [FILTER] [--thorough]      only the release build and the journeys in a browser
  help                           this page

Each command installs what it needs and says so. Tools are kept in a cache of your user
(ASK_AROUND_TOOLS names another folder); CHROME and CHROMEDRIVER name another browser.
";

/// The port that `serve` uses unless told otherwise.
const PORT: u16 = 8080;

/// One command with its options.
#[derive(Debug, PartialEq, Eq)]
pub enum Request {
    /// Print the commands.
    Help,
    /// Serve the app while it is worked on.
    Serve {
        /// The port on 127.0.0.1.
        port: u16,
        /// Whether to open the browser.
        open: bool,
    },
    /// Make the deployable folder.
    Build {
        /// Or the whole app as one file.
        one_file: bool,
    },
    /// Run every check.
    Test {
        /// Whether the long variants run too.
        thorough: bool,
    },
    /// Run the journeys alone.
    E2e {
        /// Part of a test's name.
        filter: Option<String>,
        /// Whether the long variants run too.
        thorough: bool,
    },
}

impl Request {
    /// Reads the words after `cargo xtask`.
    pub fn read(words: impl Iterator<Item = String>) -> Result<Self, Failure> {
        let mut words: Vec<String> = words.collect();
        let command = if words.is_empty() { "help".to_owned() } else { words.remove(0) };
        let request = match command.as_str() {
            "help" | "--help" | "-h" => return Ok(Self::Help),
            "serve" => {
                Self::Serve { port: take_port(&mut words)?, open: !take(&mut words, "--no-open") }
            }
            "build" => Self::Build { one_file: take(&mut words, "--single-file") },
            "test" => Self::Test { thorough: take(&mut words, "--thorough") },
            "e2e" => {
                let thorough = take(&mut words, "--thorough");
                let named = words.first().is_some_and(|word| !word.starts_with('-'));
                Self::E2e { filter: named.then(|| words.remove(0)), thorough }
            }
            other => {
                return Err(Failure::new(format!(
                    "there is no command `{other}`: `cargo xtask help` lists them"
                )))
            }
        };
        match words.first() {
            None => Ok(request),
            Some(word) => Err(Failure::new(format!(
                "`cargo xtask {command}` does not understand `{word}`: `cargo xtask help` lists the options"
            ))),
        }
    }
}

fn take(words: &mut Vec<String>, flag: &str) -> bool {
    let before = words.len();
    words.retain(|word| word != flag);
    words.len() < before
}

fn take_port(words: &mut Vec<String>) -> Result<u16, Failure> {
    let wrong =
        || Failure::new("`--port` wants a number from 1 to 65535, for example `--port 8090`");
    let value = if let Some(at) = words.iter().position(|word| word == "--port") {
        words.remove(at);
        if at == words.len() {
            return Err(wrong());
        }
        words.remove(at)
    } else if let Some(at) = words.iter().position(|word| word.starts_with("--port=")) {
        words.remove(at)["--port=".len()..].to_owned()
    } else {
        return Ok(PORT);
    };
    value.parse().ok().filter(|port| *port != 0).ok_or_else(wrong)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Result<Request, Failure> {
        Request::read(line.split_whitespace().map(String::from))
    }

    #[test]
    fn commands_and_their_options_are_read() {
        assert_eq!(read(""), Ok(Request::Help));
        assert_eq!(read("serve"), Ok(Request::Serve { port: 8080, open: true }));
        assert_eq!(
            read("serve --no-open --port 9000"),
            Ok(Request::Serve { port: 9000, open: false })
        );
        assert_eq!(read("serve --port=9000"), Ok(Request::Serve { port: 9000, open: true }));
        assert_eq!(read("build"), Ok(Request::Build { one_file: false }));
        assert_eq!(read("build --single-file"), Ok(Request::Build { one_file: true }));
        assert_eq!(read("test --thorough"), Ok(Request::Test { thorough: true }));
        assert_eq!(
            read("e2e a_note --thorough"),
            Ok(Request::E2e { filter: Some("a_note".to_owned()), thorough: true })
        );
    }

    #[test]
    fn what_is_not_understood_is_named() {
        for (line, word) in [
            ("sevre", "sevre"),
            ("build --fast", "--fast"),
            ("serve --port", "--port"),
            ("serve --port 70000", "--port"),
            ("serve --port 0", "--port"),
            ("e2e --slow", "--slow"),
        ] {
            assert!(read(line).unwrap_err().to_string().contains(word), "{line}");
        }
    }
}
