//! A newer version comes quietly, whole, and only when it is told to.

use ask_around_e2e::app::{add_person, go_to_section, saved, title};
use ask_around_e2e::locator::{Locator, button, field, text};
use ask_around_e2e::{Browser, Server};
use serde_json::json;

use super::release::Release;
use super::{caches, kept};

const OFFER: &str = "A newer version of Ask Around is ready";

fn offer() -> Locator {
    text(OFFER)
}

/// Has the browser look for a newer version now, and waits until it is here and waits.
#[track_caller]
fn newer_is_here(browser: &Browser) {
    browser.js_async("await (await navigator.serviceWorker.getRegistration()).update()");
    browser.wait_until("the newer version waits", |browser| {
        browser
            .js_async("return (await navigator.serviceWorker.getRegistration()).waiting !== null")
            == json!(true)
    });
}

#[test]
fn a_newer_version_takes_over_when_told_and_takes_every_word_along() {
    let (first, second) = (Release::new(1), Release::new(2));
    let server = Server::start(first.path());
    let browser = Browser::start(&server);
    browser.open("");
    add_person(&browser, "Noor Haddad");
    kept(&browser);
    browser.gone(offer());

    server.release(second.path());
    newer_is_here(&browser);
    browser.see(offer());
    assert!(first.runs_in(&browser), "it waits to be told");
    // Who does not care goes on, even through a reload.
    browser.reload();
    browser.see(offer());
    assert!(first.runs_in(&browser));

    browser.type_into(field("Role"), "written a moment before");
    browser.click(button("Use it now"));
    browser.wait_until("the newer version runs", |browser| second.runs_in(browser));
    browser.see(title("Noor Haddad"));
    browser.has_value(field("Role"), "written a moment before");
    browser.gone(offer());
    browser.assert_clean();
}

#[test]
fn nothing_changes_in_the_middle_of_a_talk() {
    let (first, second) = (Release::new(1), Release::new(2));
    let server = Server::start(first.path());
    let browser = Browser::start(&server);
    browser.open("#/now");
    browser.fill(field("Their name, if you have it"), "Noor Haddad");
    browser.click(button("Start the talk"));
    browser.see(title("*Noor Haddad*"));
    kept(&browser);
    browser.js("window.sameAsBefore = true", &[]);

    server.release(second.path());
    newer_is_here(&browser);
    browser.type_into(field("Your notes"), "still talking");
    saved(&browser);
    browser.gone(offer());
    assert_eq!(
        browser.js("return window.sameAsBefore", &[]),
        json!(true),
        "it was not loaded anew"
    );
    // Not even where the page is loaded again, or where the host is half gone.
    browser.reload();
    browser.has_value(field("Your notes"), "still talking");
    browser.gone(offer());
    assert!(first.runs_in(&browser));

    go_to_section(&browser, "People", "People");
    browser.see(offer());
    browser.click(button("Use it now"));
    browser.wait_until("the newer version runs", |browser| second.runs_in(browser));
}

#[test]
fn another_tab_is_not_pulled_along() {
    let (first, second) = (Release::new(1), Release::new(2));
    let server = Server::start(first.path());
    let browser = Browser::start(&server);
    browser.open("");
    add_person(&browser, "Noor Haddad");
    kept(&browser);
    browser.new_tab("#/plan");
    browser.see(title("Plan"));
    browser.js("window.sameAsBefore = true", &[]);
    server.release(second.path());
    browser.switch_to_tab(0);
    newer_is_here(&browser);
    browser.click(button("Use it now"));
    browser.wait_until("the newer version runs", |browser| second.runs_in(browser));
    browser.switch_to_tab(1);
    assert_eq!(browser.js("return window.sameAsBefore", &[]), json!(true));
    // It still finds the pieces of its own version, and can follow when it likes.
    browser.see(offer());
    assert!(first.runs_in(&browser) && first.is_kept_by(&browser));
}

#[test]
fn nobody_elses_caches_are_touched_and_two_builds_are_kept_at_most() {
    let releases: Vec<Release> = (1..=4).map(Release::new).collect();
    let server = Server::start(releases[0].path());
    let browser = Browser::start(&server);
    browser.go_outside();
    let others = ["another-app", "ask-around:/elsewhere/:0123456789ab", "ask-around"];
    for other in others {
        browser.js_async(&format!(
            "await (await caches.open('{other}')).put('./kept', new Response('theirs'))"
        ));
    }
    browser.open("");
    add_person(&browser, "Noor Haddad");
    kept(&browser);
    for next in &releases[1..] {
        server.release(next.path());
        newer_is_here(&browser);
        browser.click(button("Use it now"));
        browser.wait_until("the newer version runs", |browser| next.runs_in(browser));
        browser.see(title("Noor Haddad"));
    }
    browser
        .wait_until("earlier builds are gone", |browser| caches(browser).len() <= others.len() + 2);
    let all = caches(&browser);
    for other in others {
        assert!(all.contains(&other.to_owned()), "{other} is gone: {all:?}");
    }
    assert!(releases[3].is_kept_by(&browser) && !releases[0].is_kept_by(&browser));
}
