//! Going somewhere: routes, tabs, reload and back.

use serde_json::json;
use thirtyfour::error::WebDriverError;

use super::{Browser, Engine};
use crate::locator::heading;

impl Browser {
    /// Goes to a hash route of the app, such as `#/contacts`, and waits until a page is drawn that has
    /// a main heading. Inside the app this does not reload.
    #[track_caller]
    pub fn open(&self, route: &str) {
        self.go(route);
        self.next_frame();
        self.wait_until(&format!("the page at {route} has a main heading"), |browser| {
            browser.count(heading("*").of_level(1)) > 0
        });
    }

    /// Goes to a hash route of the app and waits for nothing.
    #[track_caller]
    pub fn go(&self, route: &str) {
        let url = format!("{}{route}", self.base);
        self.must(&format!("go to {route}"), self.wait_for(self.session().goto(url)));
    }

    /// Goes to a whole address.
    #[track_caller]
    pub fn go_to(&self, url: &str) {
        self.must(&format!("go to {url}"), self.wait_for(self.session().goto(url)));
    }

    /// Loads the page again.
    #[track_caller]
    pub fn reload(&self) {
        self.must("reload", self.wait_for(self.session().refresh()));
    }

    /// Presses the browser's back button.
    #[track_caller]
    pub fn back(&self) {
        self.must("go back", self.wait_for(self.session().back()));
    }

    /// The hash route shown, such as `#/contacts`; empty at the start page.
    #[track_caller]
    pub fn route(&self) -> String {
        let hash = self.js("return location.hash", &[]);
        hash.as_str().unwrap_or_default().to_owned()
    }

    /// Waits until the route matches; a `*` stands for anything.
    #[track_caller]
    pub fn at_route(&self, pattern: &str) {
        let parts: Vec<&str> = pattern.split('*').collect();
        self.wait_until(&format!("the route is {pattern}"), |browser| {
            fits(&parts, &browser.route())
        });
    }

    /// Opens a tab on a route and stays in it. Tabs are counted from 0 in the order they were opened.
    #[track_caller]
    pub fn new_tab(&self, route: &str) {
        self.question_the_witness();
        let session = self.session();
        let opened = self.wait_for(async {
            let tab = session.new_tab().await?;
            session.switch_to_window(tab).await
        });
        self.must("open a tab", opened);
        self.emulate_media();
        self.go(route);
    }

    /// Opens a window on a route and stays in it. It counts as a tab, but hides none.
    #[track_caller]
    pub fn new_window(&self, route: &str) {
        self.question_the_witness();
        let session = self.session();
        let opened = self.wait_for(async {
            let window = session.new_window().await?;
            session.switch_to_window(window).await
        });
        self.must("open a window", opened);
        self.emulate_media();
        self.go(route);
    }

    /// Goes to a page of the same origin that does not run the app, to look at or change what is
    /// stored behind its back.
    #[track_caller]
    pub fn go_outside(&self) {
        // The loader, as text.
        self.go("boot.js");
    }

    /// Brings another tab to the front.
    #[track_caller]
    pub fn switch_to_tab(&self, at: usize) {
        self.question_the_witness();
        self.bring_to_front(at);
    }

    #[track_caller]
    fn bring_to_front(&self, at: usize) {
        let session = self.session();
        let switched = self.wait_for(async {
            let tabs = session.windows().await?;
            match tabs.get(at) {
                Some(tab) => session.switch_to_window(tab.clone()).await,
                None => {
                    Err(WebDriverError::FatalError(format!("there are only {} tabs", tabs.len())))
                }
            }
        });
        self.must(&format!("switch to tab {at}"), switched);
        if self.engine == Engine::Chromium {
            // The others bring forward what they are switched to.
            let _ = self.try_cdp("Page.bringToFront", json!({}));
        }
    }

    /// Closes the tab shown and brings the first one to the front.
    #[track_caller]
    pub fn close_tab(&self) {
        self.question_the_witness();
        self.must("close the tab", self.wait_for(self.session().close_window()));
        self.bring_to_front(0);
    }
}

/// Whether a text is made of these parts, in this order, with anything between them.
fn fits(parts: &[&str], text: &str) -> bool {
    match parts {
        [] => text.is_empty(),
        [whole] => *whole == text,
        [first, rest @ ..] => text.strip_prefix(first).is_some_and(|after| {
            (0..=after.len())
                .filter(|at| after.is_char_boundary(*at))
                .any(|at| fits(rest, &after[at..]))
        }),
    }
}
