//! The code of a page comes when it is needed, and all of it once somebody has begun.

use ask_around_e2e::app::{add_person, go_to_section};
use ask_around_e2e::locator::{button, heading, link};
use ask_around_e2e::{Browser, Server, dist};

/// The chunks that lie in the built app.
fn chunks_built() -> usize {
    let folder = dist().join("chunks");
    std::fs::read_dir(&folder).map_or(0, Iterator::count)
}

/// The chunks that the page itself has asked for; what its worker takes in to keep is another matter.
fn chunks_fetched(browser: &Browser) -> usize {
    let names = browser.js(
        "return new Set(performance.getEntriesByType('resource').map((entry) => entry.name) \
             .filter((name) => name.includes('/chunks/'))).size",
        &[],
    );
    names.as_u64().and_then(|number| usize::try_from(number).ok()).unwrap_or_default()
}

/// A host without the worker, so that nothing is kept for when there is no connection.
fn server_without_worker() -> Server {
    let server = Server::start(dist());
    server.lose("service-worker.js");
    server
}

#[test]
fn a_first_visit_fetches_no_chunk() {
    let server = Server::start(dist());
    let browser = Browser::start(&server);
    browser.open("");
    // Longer than the app waits before it fetches the rest for those who have begun.
    browser.wait_until("the page is five seconds old", |b| {
        b.js("return performance.now() > 5000", &[]) == true
    });
    assert!(chunks_built() > 0, "the app is not cut at all");
    assert_eq!(chunks_fetched(&browser), 0);
}

#[test]
fn who_has_begun_gets_every_page_and_goes_on_without_a_connection() {
    let mut server = server_without_worker();
    let browser = Browser::start(&server);
    browser.open("");
    add_person(&browser, "Noor Haddad");
    browser.wait_until("every chunk has been fetched", |b| chunks_fetched(b) == chunks_built());
    browser.settle();
    server.stop();
    for (section, title) in [
        ("Questions", "Questions"),
        ("Plan", "Plan"),
        ("Talks", "Talks"),
        ("Data", "Your data"),
        ("Settings", "Settings"),
        ("People", "People"),
    ] {
        go_to_section(&browser, section, title);
    }
}

#[test]
fn a_page_that_cannot_be_fetched_says_so_and_comes_when_the_connection_is_back() {
    let mut server = server_without_worker();
    let browser = Browser::start(&server);
    browser.open("");
    browser.settle();
    server.stop();
    browser.click(link("Questions").first());
    browser.see(heading("This page could not be loaded").of_level(1));
    server.start_again();
    browser.click(button("Try again"));
    browser.see(heading("Questions").of_level(1));
}
