//! Doing something: clicks, keys, fields, files.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use thirtyfour::error::WebDriverError;
use thirtyfour::{Key, TypingData, WebElement};

use super::{Browser, Engine};
use crate::locator::{Locator, role};

impl Browser {
    /// Clicks the one element found.
    #[track_caller]
    pub fn click(&self, what: Locator) {
        let session = self.session();
        self.act("click", &what, async |element| {
            if self.engine == Engine::WebKitGtk {
                // Its driver neither brings everything into view nor waits until it stands still. The
                // pointer comes before the press, as a person's does: it can make WebKit lay the page
                // out anew, and what was in the middle of the element before is beside it then.
                session.execute_async(INTO_VIEW, vec![element.to_json()?]).await?;
                session.action_chain().move_to_element_center(&element).perform().await?;
                session.execute_async(INTO_VIEW, vec![element.to_json()?]).await?;
            }
            element.click().await
        });
    }

    /// Replaces what is in a field, as a person who selects all and types. Fields that the browser
    /// draws with parts (dates, times, colours, sliders) are set at once, in their value's format.
    #[track_caller]
    pub fn fill(&self, what: Locator, text: &str) {
        let session = self.session();
        self.act("fill", &what, async |element| {
            let set = session.execute(SET_WHOLE, vec![element.to_json()?, json!(text)]).await?;
            if set.json() == &json!(true) {
                return Ok(());
            }
            let all = if cfg!(target_os = "macos") { Key::Meta } else { Key::Control };
            element.send_keys(all + "a").await?;
            element.send_keys(Key::Delete + "").await?;
            self.send_text(&element, text).await
        });
    }

    /// Replaces what is in a field at once and to the letter, as a paste does. For texts too long or
    /// too odd to be typed.
    #[track_caller]
    pub fn paste(&self, what: Locator, text: &str) {
        let session = self.session();
        self.act("paste into", &what, async |element| {
            session.execute(PASTE, vec![element.to_json()?, json!(text)]).await.map(|_| ())
        });
    }

    /// Runs the body of a function in the page, with the one element found as its first argument.
    #[track_caller]
    pub fn js_on(&self, what: Locator, script: &str, arguments: &[Value]) -> Value {
        let element = self.one(&what);
        let ran = self.wait_for(async {
            let mut all = vec![element.to_json()?];
            all.extend_from_slice(arguments);
            self.session().execute(script, all).await
        });
        self.must(&format!("run a script on {what}"), ran).json().clone()
    }

    /// Types at the end of what is in a field.
    #[track_caller]
    pub fn type_into(&self, what: Locator, text: &str) {
        let session = self.session();
        self.act("type into", &what, async |element| {
            session.execute(CARET_TO_END, vec![element.to_json()?]).await?;
            self.send_text(&element, text).await
        });
    }

    /// Presses keys wherever the focus is: `Key::Escape`, `"n"`, `Key::Control + "s"`.
    #[track_caller]
    pub fn press(&self, keys: impl Into<TypingData>) {
        let pressed = self.session().action_chain().send_keys(keys);
        self.must("press keys", self.wait_for(pressed.perform()));
    }

    /// Chooses an option of a drop-down by its text.
    #[track_caller]
    pub fn choose(&self, what: Locator, option: &str) {
        let inner = role("option", option).within(what.clone());
        self.one(&inner);
        let session = self.session();
        self.act("choose in", &what, async |element| {
            session.execute(CHOOSE, vec![element.to_json()?, json!(option)]).await.map(|_| ())
        });
    }

    /// Ticks or clears a check box or a radio button.
    #[track_caller]
    pub fn set_checked(&self, what: Locator, checked: bool) {
        if self.value(what.clone()) != checked.to_string() {
            self.click(what.clone());
            self.has_value(what, &checked.to_string());
        }
    }

    /// Gives a file to a file field.
    #[track_caller]
    pub fn upload(&self, what: Locator, file: &Path) {
        let path = file.to_string_lossy().into_owned();
        self.act("upload to", &what, async |element| element.send_keys(path.as_str()).await);
    }

    /// Clicks something that downloads a file, waits for the whole of it and returns where it is.
    #[track_caller]
    pub fn download(&self, what: Locator) -> PathBuf {
        let before = self.downloaded();
        self.click(what.clone());
        let mut new = None;
        self.wait_until(&format!("{what} downloads a file"), |browser| {
            new = browser.downloaded().into_iter().find(|file| !before.contains(file));
            new.is_some()
        });
        new.unwrap_or_default()
    }

    /// Every finished download so far.
    pub fn downloaded(&self) -> Vec<PathBuf> {
        let files = std::fs::read_dir(self.downloads.path());
        let files = files.into_iter().flatten().flatten().map(|entry| entry.path());
        let whole = |file: &PathBuf| {
            let name = file.file_name().unwrap_or_default().to_string_lossy();
            // Until the whole of it is there, a browser may hold its place with an empty file, and
            // write beside it.
            let held = file.metadata().is_ok_and(|about| about.len() == 0);
            let partial = [".crdownload", ".part", ".wkdownload"];
            !held
                && !partial.iter().any(|end| name.ends_with(end))
                && !name.starts_with(".org.chromium")
        };
        files.filter(whole).collect()
    }

    async fn send_text(&self, element: &WebElement, text: &str) -> Result<(), WebDriverError> {
        let first_plane = text.chars().all(|letter| (letter as u32) < 0x1_0000);
        if first_plane || self.engine == Engine::Firefox {
            return element.send_keys(text).await;
        }
        // The other drivers type no character beyond the first plane, such as an emoji.
        element.focus().await?;
        if self.engine == Engine::Chromium {
            self.session().cdp().send_raw("Input.insertText", json!({ "text": text })).await?;
        } else {
            self.session().execute(INSERT, vec![json!(text)]).await?;
        }
        Ok(())
    }
}

/// Only what is not in view already, lest a press move the page. Until it stands still a press meets
/// what was there before.
const INTO_VIEW: &str = r#"
    const [element, done] = arguments;
    const place = () => element.getBoundingClientRect();
    if (place().top < 0 || place().bottom > innerHeight) element.scrollIntoView({ block: "center", behavior: "instant" });
    let [before, calm] = [null, 0];
    const look = () => {
        const { top, left } = place();
        const now = `${top} ${left}`;
        calm = now === before ? calm + 1 : 0;
        before = now;
        if (calm < 3) requestAnimationFrame(look);
        else setTimeout(done);
    };
    look();
"#;

/// Sets fields that are drawn in parts; says whether the field was one.
const SET_WHOLE: &str = r#"
    const [field, value] = arguments;
    field.scrollIntoView({ block: "center" });
    field.focus();
    if (!["date", "time", "datetime-local", "month", "week", "color", "range"].includes(field.type)) return false;
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set.call(field, value);
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new Event("change", { bubbles: true }));
    return true;
"#;

const PASTE: &str = r#"
    const [field, text] = arguments;
    field.focus();
    Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), "value").set.call(field, text);
    field.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertFromPaste" }));
"#;

/// Where the caret is, with the events of typing.
const INSERT: &str = r#"
    if (!document.execCommand("insertText", false, arguments[0])) throw new Error("nothing takes text");
"#;

const CARET_TO_END: &str = r#"
    const [field] = arguments;
    field.focus();
    try { field.setSelectionRange(field.value.length, field.value.length); } catch {}
"#;

const CHOOSE: &str = r#"
    const [select, wanted] = arguments;
    const clean = (text) => text.replace(/\s+/g, " ").trim();
    select.focus();
    const at = [...select.options].findIndex((option) => clean(option.label) === wanted);
    if (at < 0) throw new Error("no such option");
    select.selectedIndex = at;
    select.dispatchEvent(new Event("input", { bubbles: true }));
    select.dispatchEvent(new Event("change", { bubbles: true }));
"#;
