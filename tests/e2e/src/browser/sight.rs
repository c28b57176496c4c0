//! Seeing something: what is there, what it says, what has the focus.

use serde_json::{Value, json};

use super::{Browser, strings};
use crate::locator::{FIND, Locator};

impl Browser {
    /// Waits until exactly this is there.
    #[track_caller]
    pub fn see(&self, what: Locator) {
        self.one(&what);
    }

    /// Waits until nothing of this is there.
    #[track_caller]
    pub fn gone(&self, what: Locator) {
        self.wait_until(&format!("{what} is gone"), |browser| browser.count(what.clone()) == 0);
    }

    /// How many there are at this moment.
    #[track_caller]
    pub fn count(&self, what: Locator) -> usize {
        self.must(&format!("look for {what}"), self.query(&what, "names")).len()
    }

    /// Waits until there are this many.
    #[track_caller]
    pub fn counts(&self, what: Locator, count: usize) {
        self.wait_until(&format!("there are {count} of {what}"), |browser| {
            browser.count(what.clone()) == count
        });
    }

    /// The text of the one element, as it is shown.
    #[track_caller]
    pub fn text(&self, what: Locator) -> String {
        self.one(&what);
        self.texts(what).into_iter().next().unwrap_or_default()
    }

    /// The texts of all that are there at this moment.
    #[track_caller]
    pub fn texts(&self, what: Locator) -> Vec<String> {
        strings(&self.must(&format!("read {what}"), self.query(&what, "texts")))
    }

    /// What is in a field; `true` or `false` for a check box.
    #[track_caller]
    pub fn value(&self, what: Locator) -> String {
        self.one(&what);
        let values = strings(&self.must(&format!("read {what}"), self.query(&what, "values")));
        values.into_iter().next().unwrap_or_default()
    }

    /// Waits until a field holds this.
    #[track_caller]
    pub fn has_value(&self, what: Locator, value: &str) {
        self.wait_until(&format!("{what} holds {value:?}"), |browser| {
            browser.query(&what, "values").is_ok_and(|found| strings(&found) == [value])
        });
    }

    /// Whether the one element can be used.
    #[track_caller]
    pub fn is_enabled(&self, what: Locator) -> bool {
        self.one(&what);
        self.must(&format!("look at {what}"), self.query(&what, "enabled")) == [json!(true)]
    }

    /// What has the focus, as role and name: `textbox "Name"`.
    #[track_caller]
    pub fn focused(&self) -> String {
        let found = self.js(FIND, &[Value::Null, json!("focused")]);
        found.as_str().unwrap_or_default().to_owned()
    }

    /// Waits until the focus is on this, written as [`Browser::focused`] does.
    #[track_caller]
    pub fn has_focus(&self, what: &str) {
        self.wait_until(&format!("the focus is on {what}"), |browser| browser.focused() == what);
    }
}
