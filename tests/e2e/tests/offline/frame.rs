//! Inside somebody else's page the app does not open.

use ask_around_e2e::locator::css;
use ask_around_e2e::{Browser, Server, dist};
use serde_json::json;

#[test]
fn inside_another_page_the_app_does_not_open() {
    let server = Server::start(dist());
    let browser = Browser::start(&server);
    browser.go_outside();
    browser.js(
        "const frame = document.createElement('iframe'); frame.src = './'; \
         document.body.replaceChildren(frame);",
        &[],
    );
    let inside = |browser: &Browser, script: &str| {
        browser.js(
            &format!("const page = document.querySelector('iframe').contentDocument; {script}"),
            &[],
        )
    };
    browser.wait_until("the page in the frame says why it does not open", |browser| {
        inside(browser, "return page.querySelector('#splash a')?.textContent")
            == json!("Open it by itself")
    });
    assert_eq!(inside(&browser, "return page.querySelector('.shell')"), json!(null));
    assert_eq!(inside(&browser, "return page.querySelector('#splash a').target"), json!("_blank"));
    browser.gone(css(".shell"));
}
