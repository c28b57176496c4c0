//! Beneath the page: scripts, storage, the DevTools protocol, the window.

use std::collections::BTreeMap;
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};
use thirtyfour::error::WebDriverError;

use super::{Browser, Engine};
use crate::witness;

impl Browser {
    /// Runs the body of a function in the page, which may `return` something.
    #[track_caller]
    pub fn js(&self, script: &str, arguments: &[Value]) -> Value {
        let ran = self.wait_for(self.session().execute(script, arguments.to_vec()));
        self.must("run a script", ran).json().clone()
    }

    /// Runs a script that may wait for promises, and returns what it returns.
    #[track_caller]
    pub fn js_async(&self, script: &str) -> Value {
        let whole = format!(
            "const done = arguments[arguments.length - 1]; \
             (async () => {{ {script} }})().then(done, (error) => done({{ failed: String(error) }}));"
        );
        let ran = self.wait_for(self.session().execute_async(whole, Vec::new()));
        let value = self.must("run a script", ran).json().clone();
        if let Some(error) = value.get("failed") {
            self.fail(&format!("a script failed: {error}"));
        }
        value
    }

    /// Sends a command of the Chrome DevTools Protocol. No engine but Chromium speaks it.
    #[track_caller]
    pub fn cdp(&self, method: &str, parameters: Value) -> Value {
        self.chromium_alone(method);
        self.must(method, self.try_cdp(method, parameters))
    }

    /// Runs a script in every page loaded from now on in this tab, before anything of the page
    /// itself. The other engines run it with their witness: in pages of the app alone, and only if
    /// one of them is in the tab already.
    #[track_caller]
    pub fn before_every_page(&self, script: &str) {
        if let Some(folder) = &self.witness {
            let mark = format!("witness:script-{}", self.scripts.replace(self.scripts.get() + 1));
            self.must("add a script", witness::add(folder, &mark, script));
            self.js(witness::TURN_ON, &[json!(mark)]);
            return;
        }
        self.cdp("Page.addScriptToEvaluateOnNewDocument", json!({ "source": script }));
    }

    /// Everything in localStorage of this origin.
    #[track_caller]
    pub fn local_storage(&self) -> BTreeMap<String, String> {
        let all = self.js("return Object.fromEntries(Object.entries(localStorage))", &[]);
        serde_json::from_value(all).unwrap_or_default()
    }

    /// Writes one entry of localStorage behind the app's back.
    #[track_caller]
    pub fn set_local_storage(&self, key: &str, value: &str) {
        self.js("localStorage.setItem(arguments[0], arguments[1])", &[json!(key), json!(value)]);
    }

    /// What is stored twice: the texts in the database of this origin, by their keys. Empty if there
    /// is no database.
    #[track_caller]
    pub fn shadow(&self) -> BTreeMap<String, String> {
        let read = self.wait_for(self.session().execute_async(SHADOW, vec![]));
        let texts = self.must("read the database", read);
        let Some(texts) = texts.json().get("texts").cloned() else {
            self.fail(&format!("could not read the database: {}", texts.json()["error"]))
        };
        serde_json::from_value(texts).unwrap_or_default()
    }

    /// Deletes the database of this origin. No page that uses it may be open: go to one that does
    /// not run the app first.
    #[track_caller]
    pub fn delete_database(&self) {
        let deleted = self.wait_for(self.session().execute_async(DELETE_DATABASE, vec![]));
        let answer = self.must("delete the database", deleted);
        if answer.json() != &json!("deleted") {
            self.fail(&format!("could not delete the database: {}", answer.json()));
        }
    }

    /// Resizes the page. Engines other than Chromium resize the window around it, and fail where
    /// that can't be so small.
    #[track_caller]
    pub fn set_size(&self, width: u32, height: u32) {
        if self.engine != Engine::Chromium {
            return self.resize_window(width, height);
        }
        let metrics =
            json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.cdp("Emulation.setDeviceMetricsOverride", metrics);
    }

    /// Changes which colours the system prefers. Other engines than Chromium are told only as they
    /// start, if at all.
    #[track_caller]
    pub fn set_dark(&self, dark: bool) {
        self.chromium_alone("change the colours that the system prefers");
        self.dark.set(dark);
        self.emulate_media();
    }

    /// Whether the page is wider than the window.
    #[track_caller]
    pub fn scrolls_sideways(&self) -> bool {
        self.js("return document.documentElement.scrollWidth > innerWidth", &[]) == json!(true)
    }

    #[track_caller]
    pub(super) fn emulate_media(&self) {
        if self.engine != Engine::Chromium {
            // Firefox was told in its preferences, and WebKitGTK can't be told.
            return;
        }
        let scheme = if self.dark.get() { "dark" } else { "light" };
        let motion = if self.reduced_motion.get() { "reduce" } else { "no-preference" };
        let features = json!([
            { "name": "prefers-color-scheme", "value": scheme },
            { "name": "prefers-reduced-motion", "value": motion },
        ]);
        self.cdp("Emulation.setEmulatedMedia", json!({ "features": features }));
    }

    /// Fails if this is another engine.
    #[track_caller]
    pub(super) fn chromium_alone(&self, what: &str) {
        if self.engine != Engine::Chromium {
            self.fail(&format!("only Chromium can do this, not {}: {what}", self.engine));
        }
    }

    /// A window is larger than its page by its bars, and takes its size when it likes.
    #[track_caller]
    fn resize_window(&self, width: u32, height: u32) {
        for _ in 0..20 {
            let sizes = self.js("return [innerWidth, innerHeight, outerWidth, outerHeight]", &[]);
            let size = |at: usize| sizes[at].as_u64().and_then(|size| u32::try_from(size).ok());
            let size = |at: usize| size(at).unwrap_or_default();
            if (size(0), size(1)) == (width, height) {
                return;
            }
            let (across, down) = (size(2).saturating_sub(size(0)), size(3).saturating_sub(size(1)));
            let set = self.session().set_window_rect(0, 0, width + across, height + down);
            self.must("resize the window", self.wait_for(set));
            thread::sleep(Duration::from_millis(50));
        }
        self.fail(&format!("the page does not become {width} by {height} pixels large"));
    }

    pub(super) fn try_cdp(&self, method: &str, parameters: Value) -> Result<Value, WebDriverError> {
        self.wait_for(self.session().cdp().send_raw(method, parameters))
    }
}

/// Looks first whether there is a database, because to open one is to make it.
const SHADOW: &str = r#"
    const [done] = arguments;
    const asked = (request) => new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
    });
    const read = async () => {
        if (!(await indexedDB.databases()).some(({ name }) => name === "ask-around")) return {};
        const database = await asked(indexedDB.open("ask-around"));
        try {
            if (!database.objectStoreNames.contains("texts")) return {};
            const store = database.transaction("texts").objectStore("texts");
            const [keys, texts] = await Promise.all([asked(store.getAllKeys()), asked(store.getAll())]);
            return Object.fromEntries(keys.map((key, at) => [key, texts[at]]));
        } finally {
            database.close();
        }
    };
    read().then((texts) => done({ texts }), (error) => done({ error: String(error) }));
"#;

/// A page that has the database open is asked to let go of it; one that does not is waited for.
const DELETE_DATABASE: &str = r#"
    const [done] = arguments;
    const request = indexedDB.deleteDatabase("ask-around");
    request.onsuccess = () => done("deleted");
    request.onerror = () => done(String(request.error));
"#;
