//! How steps wait, and how one that waits in vain ends the test.

use std::fmt::Display;
use std::panic::Location;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use thirtyfour::WebElement;
use thirtyfour::error::{WebDriverError, WebDriverErrorInner};

use super::{Browser, say, strings};
use crate::locator::{FIND, Locator};
use crate::pictures;

/// How often a waiting step looks.
const INTERVAL: Duration = Duration::from_millis(40);

impl Browser {
    /// Waits until something is so.
    #[track_caller]
    pub fn wait_until(&self, what: &str, mut so: impl FnMut(&Self) -> bool) {
        if self.poll(|| if so(self) { Ok(()) } else { Err(()) }).is_err() {
            self.fail(&format!("waited {} s in vain until {what}", self.patience.as_secs_f32()));
        }
    }

    /// Waits until fonts are there and every animation that ends has ended.
    #[track_caller]
    pub fn settle(&self) {
        self.next_frame();
        self.wait_until("the page has settled", |browser| browser.js(SETTLED, &[]) == json!(true));
    }

    /// Waits until the page has drawn what happened so far.
    #[track_caller]
    pub(super) fn next_frame(&self) {
        let drawn = self.wait_for(self.session().execute_async(TWO_FRAMES, vec![]));
        self.must("wait for the next frame", drawn);
    }

    pub(super) fn query(
        &self,
        what: &Locator,
        question: &str,
    ) -> Result<Vec<Value>, WebDriverError> {
        let found =
            self.wait_for(self.session().execute(FIND, vec![what.to_json(), json!(question)]))?;
        found.convert()
    }

    /// Waits for exactly one element.
    #[track_caller]
    pub(super) fn one(&self, what: &Locator) -> WebElement {
        match self.poll(|| self.try_one(what)) {
            Ok(element) => element,
            Err(why) => self.fail(&format!(
                "waited {} s in vain for {what}: {why}",
                self.patience.as_secs_f32()
            )),
        }
    }

    fn try_one(&self, what: &Locator) -> Result<WebElement, String> {
        let elements = self
            .wait_for(async {
                let arguments = vec![what.to_json(), json!("elements")];
                self.session().execute(FIND, arguments).await?.elements()
            })
            .map_err(say)?;
        let count = elements.len();
        match (count, elements.into_iter().next()) {
            (1, Some(element)) => Ok(element),
            (0, _) => Err("there is none".to_owned()),
            _ => {
                let names =
                    self.query(what, "names").map(|names| strings(&names)).unwrap_or_default();
                Err(format!("there are {count}: {}", names.join(", ")))
            }
        }
    }

    /// Does something with one element, again if the page replaced or covered it meanwhile.
    #[track_caller]
    pub(super) fn act(
        &self,
        verb: &str,
        what: &Locator,
        action: impl AsyncFn(WebElement) -> Result<(), WebDriverError>,
    ) {
        let mut fatal = None;
        let done = self.poll(|| {
            let element = self.try_one(what)?;
            match self.wait_for(action(element)) {
                Ok(()) => Ok(()),
                Err(error) if passes(&error) => Err(say(error)),
                Err(error) => {
                    fatal = Some(say(error));
                    Ok(())
                }
            }
        });
        if let Some(why) = fatal.or(done.err()) {
            self.fail(&format!("could not {verb} {what}: {why}"));
        }
    }

    #[track_caller]
    pub(super) fn must<T>(&self, what: &str, result: Result<T, impl Display>) -> T {
        match result {
            Ok(value) => value,
            Err(error) => self.fail(&format!("could not {what}: {error}")),
        }
    }

    /// Looks until it is so, or returns the last reason why not.
    fn poll<T, E>(&self, mut look: impl FnMut() -> Result<T, E>) -> Result<T, E> {
        let deadline = Instant::now() + self.patience;
        loop {
            let found = look();
            if found.is_ok() || Instant::now() > deadline {
                return found;
            }
            thread::sleep(INTERVAL);
        }
    }
}

impl Browser {
    /// Ends the test: says what went wrong, what the page shows and what the console holds, and
    /// saves a picture.
    ///
    /// # Panics
    /// Always.
    #[track_caller]
    pub fn fail(&self, what: &str) -> ! {
        let caller = Location::caller();
        let file = Path::new(caller.file()).file_stem().unwrap_or_default().to_string_lossy();
        let picture = pictures().join(format!("{file}-{}.png", caller.line()));
        let taken = match self.try_picture(&picture) {
            Ok(()) => picture.canonicalize().unwrap_or(picture).display().to_string(),
            Err(error) => format!("none ({error})"),
        };
        let shown = self.wait_for(
            self.session()
                .execute("return location.href + '\\n' + (document.body?.innerText ?? '')", vec![]),
        );
        let shown =
            shown.ok().and_then(|page| page.json().as_str().map(str::to_owned)).unwrap_or_default();
        let shown: String = shown.chars().take(1_500).collect();
        let log: Vec<String> = self
            .log()
            .iter()
            .map(|entry| format!("{} {} {}", entry.level, entry.source, entry.message))
            .collect();
        panic!(
            "{what}\n--- picture: {taken}\n--- page: {shown}\n--- console:\n{}\n---",
            log.join("\n")
        );
    }
}

/// Errors that a page in motion causes and that may be gone at the next look.
fn passes(error: &WebDriverError) -> bool {
    matches!(
        **error,
        WebDriverErrorInner::StaleElementReference(_)
            | WebDriverErrorInner::NoSuchElement(_)
            | WebDriverErrorInner::ElementClickIntercepted(_)
            | WebDriverErrorInner::ElementNotInteractable(_)
            | WebDriverErrorInner::InvalidElementState(_)
            | WebDriverErrorInner::MoveTargetOutOfBounds(_)
    )
}

const SETTLED: &str = r#"
    const ends = (animation) => Number.isFinite(animation.effect?.getComputedTiming().endTime ?? 0);
    return document.readyState === "complete" && document.fonts.status === "loaded"
        && !document.getAnimations().some((animation) => animation.playState === "running" && ends(animation));
"#;

/// The second frame begins after the first is drawn. A page behind another tab draws none.
const TWO_FRAMES: &str = r#"
    const [done] = arguments;
    requestAnimationFrame(() => requestAnimationFrame(() => done()));
    setTimeout(done, 500);
"#;
