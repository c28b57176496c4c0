//! A browser that was closed opens every page of the app while the host is gone.

use ask_around_e2e::app::{saved, title};
use ask_around_e2e::locator::{button, heading, text};
use ask_around_e2e::{Browser, Options, Server, dist, thorough};

/// Of the sample: somebody, the talk that is fully prepared, and one that is over.
const PERSON: &str = "00005a3b-1e00-7000-8000-000000001002";
const AHEAD: &str = "00005a3b-1e00-7000-8000-000000002004";
const OVER: &str = "00005a3b-1e00-7000-8000-000000002001";

/// Every route of the app.
fn routes() -> Vec<String> {
    let mut routes: Vec<String> = [
        "",
        "#/",
        "#/plan",
        "#/contacts",
        "#/questions",
        "#/interviews",
        "#/data",
        "#/settings",
        "#/now",
        "#/nowhere",
        "?from=elsewhere#/plan",
    ]
    .map(str::to_owned)
    .to_vec();
    routes.push(format!("#/contacts/{PERSON}"));
    for step in
        ["", "/purpose", "/person", "/meeting", "/questions", "/words", "/packing", "/ready"]
    {
        routes.push(format!("#/interviews/{AHEAD}/prepare{step}"));
    }
    for page in ["guide", "live"] {
        routes.push(format!("#/interviews/{AHEAD}/{page}"));
    }
    routes.push(format!("#/interviews/{OVER}/debrief"));
    routes
}

#[test]
fn every_route_opens_cold_without_a_host() {
    let mut server = Server::start(dist());
    let profile = tempfile::tempdir().unwrap();
    let options = Options { profile: Some(profile.path().to_owned()), ..Options::default() };
    let browser = Browser::start_with(&server, options.clone());
    browser.open("");
    browser.click(button("Load the sample"));
    browser.see(title("Today"));
    saved(&browser);
    super::kept(&browser);
    drop(browser);
    server.stop();

    let routes = routes();
    let starts = if thorough() { 50 } else { 6 };
    // Each route in its turn; a few starts are spread over all of them.
    let step = if thorough() { 1 } else { routes.len().div_ceil(starts) };
    let mut opened = 0;
    for start in 0..starts {
        let route = &routes[start * step % routes.len()];
        let browser = Browser::start_with(&server, options.clone());
        browser.open(route);
        browser.see(heading("*").of_level(1));
        browser.gone(heading("This page could not be loaded"));
        browser.gone(text("Ask Around has stopped"));
        if route == "#/contacts" {
            browser.see(text("12 of 12 people"));
        }
        browser.assert_clean();
        opened += 1;
    }
    println!(
        "cold offline starts: {opened} of {starts} opened, over {} routes",
        routes.len().min(starts)
    );
    assert_eq!(opened, starts);
}
