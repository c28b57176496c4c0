//! Every page fits the window it is in, from the narrowest phone on.

use ask_around_e2e::app::title;
use ask_around_e2e::locator::{button, heading};
use ask_around_e2e::{Browser, Options, Server, dist};

/// The talk of the sample that is fully prepared, and one that is over.
const AHEAD: &str = "00005a3b-1e00-7000-8000-000000002004";
const OVER: &str = "00005a3b-1e00-7000-8000-000000002001";

#[test]
fn no_page_scrolls_sideways_on_the_narrowest_phone_or_on_a_laptop() {
    let server = Server::start(dist());
    for width in [320, 1280] {
        let browser =
            Browser::start_with(&server, Options { width, height: 1600, ..Options::default() });
        browser.open("");
        assert!(!browser.scrolls_sideways(), "the welcome at {width}");
        browser.click(button("Load the sample"));
        browser.see(title("Today"));
        let mut routes: Vec<String> =
            ["", "#/plan", "#/contacts", "#/questions", "#/interviews", "#/data", "#/settings"]
                .map(str::to_owned)
                .to_vec();
        routes.push("#/contacts/00005a3b-1e00-7000-8000-000000001002".to_owned());
        for step in ["purpose", "person", "meeting", "questions", "words", "packing", "ready"] {
            routes.push(format!("#/interviews/{AHEAD}/prepare/{step}"));
        }
        routes.push(format!("#/interviews/{AHEAD}/guide"));
        routes.push(format!("#/interviews/{AHEAD}/live"));
        routes.push(format!("#/interviews/{OVER}/debrief"));
        for route in routes {
            browser.open(&route);
            browser.see(heading("*").of_level(1));
            browser.settle();
            assert!(!browser.scrolls_sideways(), "{route} at {width}");
        }
        browser.open(&format!("#/interviews/{AHEAD}/live"));
        browser.click(button("Start the talk"));
        browser.click(button("Next"));
        assert!(!browser.scrolls_sideways(), "a talk going on at {width}");
        browser.assert_clean();
    }
}
