//! Counts what the test runners say and draws up the account at the end.

use std::time::{Duration, Instant};

use crate::failure::Failure;
use crate::terminal::{complain, duration, say};

/// How many checks passed and failed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Checks that passed.
    pub passed: u32,
    /// Checks that failed.
    pub failed: u32,
}

impl Counts {
    /// One check that either passed or failed, such as a format check.
    pub fn of_one(passed: bool) -> Self {
        Self { passed: u32::from(passed), failed: u32::from(!passed) }
    }

    /// The sum of all `test result:` lines, of libtest and of the wasm runner alike.
    pub fn in_output(printed: &str) -> Self {
        let mut sum = Self::default();
        for line in printed.lines().filter_map(|line| line.trim().strip_prefix("test result: ")) {
            sum.passed += number_before(line, " passed");
            sum.failed += number_before(line, " failed");
        }
        sum
    }

    /// Adds up two counts.
    pub fn plus(self, other: Self) -> Self {
        Self { passed: self.passed + other.passed, failed: self.failed + other.failed }
    }

    /// A runner that gave up without naming a failed test failed all the same, and so did one that
    /// ran no test at all.
    pub fn judged(self, success: bool) -> Self {
        if (success && self.passed > 0) || self.failed > 0 {
            self
        } else {
            Self { failed: 1, ..self }
        }
    }
}

fn number_before(line: &str, word: &str) -> u32 {
    line.split_once(word)
        .and_then(|(before, _)| before.rsplit(|letter: char| !letter.is_ascii_digit()).next())
        .and_then(|digits| digits.parse().ok())
        .unwrap_or(0)
}

/// What happened in one stage; `None` counts mean that it did not run.
struct Line {
    name: String,
    counts: Option<Counts>,
    took: Duration,
}

/// The account of a run.
#[derive(Default)]
pub struct Report {
    lines: Vec<Line>,
}

impl Report {
    /// Runs a stage under its header, notes how it went and says whether all of it passed.
    pub fn stage(&mut self, name: &str, run: impl FnOnce() -> Result<Counts, Failure>) -> bool {
        say(format!("\n==> {name}"));
        let start = Instant::now();
        let counts = run().unwrap_or_else(|failure| {
            complain(failure.to_string());
            Counts::of_one(false)
        });
        let took = start.elapsed();
        let passed = counts.failed == 0;
        say(format!(
            "    {name}: {} after {}",
            if passed { "ok" } else { "FAILED" },
            duration(took)
        ));
        self.lines.push(Line { name: name.to_owned(), counts: Some(counts), took });
        passed
    }

    /// Notes a stage that could not run because of an earlier one.
    pub fn skip(&mut self, name: &str, because: &str) {
        say(format!("\n==> {name}\n    {name}: not run, because {because}"));
        self.lines.push(Line { name: name.to_owned(), counts: None, took: Duration::ZERO });
    }

    /// The sum of all stages.
    fn counts(&self) -> Counts {
        self.lines.iter().filter_map(|line| line.counts).fold(Counts::default(), Counts::plus)
    }

    /// Prints the table and, as the very last line, the sum. Says whether everything passed.
    pub fn close(&self) -> bool {
        say(format!("\n{:<24}{:>8}{:>8}{:>9}", "stage", "passed", "failed", "seconds"));
        for line in &self.lines {
            say(line.to_row());
        }
        let sum = self.counts();
        say(format!("\n{} passed, {} failed", sum.passed, sum.failed));
        self.all_passed()
    }

    /// A stage that did not run is no success either.
    fn all_passed(&self) -> bool {
        let passed = |line: &Line| line.counts.is_some_and(|counts| counts.failed == 0);
        self.lines.iter().all(passed)
    }
}

impl Line {
    fn to_row(&self) -> String {
        match self.counts {
            Some(Counts { passed, failed }) => format!(
                "{:<24}{passed:>8}{failed:>8}{:>9.1}  {}",
                self.name,
                self.took.as_secs_f64(),
                if failed == 0 { "ok" } else { "FAILED" }
            ),
            None => format!("{:<24}{:>8}{:>8}{:>9}  not run", self.name, "-", "-", "-"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIBTEST: &str = "running 3 tests\n\
        test a ... ok\n\n\
        test result: ok. 2 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.01s\n\n\
        test result: FAILED. 10 passed; 3 failed; 0 ignored; 0 measured; 0 filtered out\n";

    #[test]
    fn counts_are_summed_over_all_runners() {
        assert_eq!(Counts::in_output(LIBTEST), Counts { passed: 12, failed: 3 });
        let wasm =
            "test result: ok. 7 passed; 0 failed; 0 ignored; 0 filtered out; finished in 0.01s";
        assert_eq!(Counts::in_output(wasm), Counts { passed: 7, failed: 0 });
        assert_eq!(Counts::in_output("error: could not compile"), Counts::default());
    }

    #[test]
    fn a_runner_that_gave_up_or_ran_nothing_counts_as_one_failure() {
        let some = Counts { passed: 4, failed: 0 };
        assert_eq!(some.judged(true), some);
        assert_eq!(some.judged(false), Counts { passed: 4, failed: 1 });
        assert_eq!(Counts::default().judged(true), Counts { passed: 0, failed: 1 });
        let broken = Counts { passed: 4, failed: 2 };
        assert_eq!(broken.judged(false), broken);
    }

    fn line(counts: Option<Counts>) -> Line {
        Line { name: "format".to_owned(), counts, took: Duration::from_millis(1_250) }
    }

    #[test]
    fn the_report_sums_its_stages() {
        let good = line(Some(Counts { passed: 3, failed: 0 }));
        let bad = line(Some(Counts { passed: 1, failed: 2 }));
        assert!(good.to_row().ends_with("3       0      1.2  ok"));
        assert!(bad.to_row().ends_with("1       2      1.2  FAILED"));
        let report = Report { lines: vec![good, bad] };
        assert_eq!(report.counts(), Counts { passed: 4, failed: 2 });
        assert!(!report.all_passed());
    }

    #[test]
    fn a_stage_that_did_not_run_is_no_success() {
        let report = Report { lines: vec![line(None)] };
        assert_eq!(report.counts(), Counts::default());
        assert!(!report.all_passed());
    }
}
