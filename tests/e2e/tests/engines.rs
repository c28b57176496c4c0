//! The main journey on the engines beside Chromium: Firefox and WebKitGTK, which Safari is made of.
//! They run with `cargo xtask test --thorough` alone, which installs them.

#[path = "journey/steps.rs"]
mod steps;

use std::path::Path;

use ask_around_e2e::{Browser, Engine, Options, Server, Witness, dist, thorough};

/// Does something in one of the other engines, with an app that has a witness in it.
fn on(engine: Engine, app: &Path, act: impl Fn(&Browser, &Server)) {
    if !thorough() {
        println!("engine {engine}: only with `cargo xtask test --thorough`");
        return;
    }
    let witness = Witness::of(app);
    let server = Server::start(witness.folder());
    let options = Options { engine, witness: Some(witness.folder()), ..Options::default() };
    act(&Browser::start_with(&server, options), &server);
}

/// The journey ends with a look at what the witness heard; the server has its own list.
fn journey_on(engine: Engine) {
    on(engine, &dist(), |browser, server| {
        steps::whole(browser);
        let asked = server.requests();
        let failed: Vec<_> = asked.iter().filter(|request| request.status != 200).collect();
        assert!(asked.len() > 4 && failed.is_empty(), "{engine} asked for {failed:?}");
    });
}

#[test]
fn the_journey_on_firefox() {
    journey_on(Engine::Firefox);
}

#[test]
fn the_journey_on_webkit_gtk() {
    journey_on(Engine::WebKitGtk);
}

const PAGE: &str = r##"<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self'; img-src data:">
<link rel="icon" href="data:,">
<script src="page.js" defer></script>
<h1>Small</h1>
"##;

/// What can go wrong in a page, each behind an address of its own: what a driver's script does is not
/// the page's doing in every engine.
const SCRIPT: &str = r##"
const wrong = {
  "#console": () => console.error("a broken thing"),
  "#exception": () => { throw new Error("nobody caught me") },
  "#rejection": () => { Promise.reject(new Error("a broken promise")) },
  "#file": () => document.body.append(Object.assign(document.createElement("script"), { src: "missing.js" })),
  "#inline": () => document.body.append(Object.assign(document.createElement("script"), { textContent: "1" })),
  "#image": () => document.body.append(Object.assign(new Image(), { src: "http://elsewhere.test/a.png" })),
  "#elsewhere": () => { location.href = "http://elsewhere.test/" },
};
addEventListener("hashchange", () => wrong[location.hash]());
"##;

/// A journey that ends clean says something only if what is not clean is heard.
fn hears_what_is_wrong(engine: Engine) {
    let app = tempfile::tempdir().unwrap();
    std::fs::write(app.path().join("index.html"), PAGE).unwrap();
    std::fs::write(app.path().join("page.js"), SCRIPT).unwrap();
    on(engine, app.path(), |browser, _| {
        browser.open("");
        browser.assert_clean();

        for (place, words) in [
            ("#console", "a broken thing"),
            ("#exception", "nobody caught me"),
            ("#rejection", "a broken promise"),
            ("#file", "missing.js could not be loaded"),
        ] {
            browser.go(place);
            browser.wait_until(&format!("{words} is heard"), |browser| {
                let log = browser.log();
                log.iter().any(|entry| entry.level == "SEVERE" && entry.message.contains(words))
            });
        }
        assert!(browser.policy_violations().is_empty(), "{:?}", browser.log());

        for (place, count) in [("#inline", 1), ("#image", 2)] {
            browser.go(place);
            browser.wait_until(&format!("the violation of {place} is heard"), |browser| {
                browser.policy_violations().len() == count
            });
        }
        assert!(browser.foreign_requests().is_empty(), "{:?}", browser.foreign_requests());

        // What was heard before it outlives the page.
        browser.go("#elsewhere");
        browser.wait_until("the request is heard", |browser| {
            browser.foreign_requests().iter().any(|url| url == "http://elsewhere.test/")
        });
        assert_eq!(browser.policy_violations().len(), 2);
        println!("engine {}: what is wrong is heard", browser.name());
    });
}

#[test]
fn what_is_wrong_is_heard_in_firefox() {
    hears_what_is_wrong(Engine::Firefox);
}

#[test]
fn what_is_wrong_is_heard_in_webkit_gtk() {
    hears_what_is_wrong(Engine::WebKitGtk);
}
