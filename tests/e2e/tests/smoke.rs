//! The built app opens on a static host under a sub-path.

use ask_around_e2e::locator::heading;
use ask_around_e2e::{Browser, Server, dist};

#[test]
fn the_app_opens_under_a_sub_path_and_asks_nobody_else() {
    let server = Server::start(dist());
    let browser = Browser::start(&server);
    browser.open("");
    assert_eq!(browser.count(heading("*").of_level(1)), 1);
    browser.settle();
    browser.assert_clean();
    let missed: Vec<_> =
        server.requests().into_iter().filter(|request| request.status != 200).collect();
    assert!(missed.is_empty(), "{missed:?}");
}
