//! Shows that what the journeys rely on works: the server, the locators, the steps and the console,
//! on a small page made by hand.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::time::Duration;

use ask_around_e2e::locator::{button, css, field, heading, link, role, text};
use ask_around_e2e::{Browser, Key, Options, Server};
use tempfile::TempDir;

const PAGE: &str = r##"<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Small</title>
<link rel="icon" href="data:,">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'">
<script src="page.js" defer></script>
</head>
<body>
<main>
<h1>People</h1>
<p>Two people <b>so far</b></p>
<label for="name">Name</label> <input id="name">
<label>Role <select><option>Peer</option><option>Manager</option></select></label>
<label><input type="checkbox"> Recorded</label>
<label>On <input type="date"></label>
<label>Notes <textarea></textarea></label>
<label>Backup <input type="file"></label>
<button type="button" id="add"><span aria-hidden="true">+</span> Add <b>person</b></button>
<button type="button" hidden>Hidden</button>
<ul>
<li>Ada Lovelace <button type="button" aria-label="Delete Ada">x</button></li>
<li>Grace Hopper <button type="button" aria-label="Delete Grace">x</button></li>
</ul>
<a href="#/second">Second page</a>
<a href="data.json" download="saved.json">Save a copy</a>
</main>
</body>
</html>
"##;

const SCRIPT: &str = r##"
document.getElementById("add").onclick = () => {
  // Late on purpose: a step must wait for it.
  setTimeout(() => {
    const item = document.createElement("li");
    item.textContent = document.getElementById("name").value;
    document.querySelector("ul").append(item);
    localStorage.setItem("small:name", item.textContent);
  }, 300);
};
for (const remove of document.querySelectorAll("li button")) {
  remove.onclick = () => remove.closest("li").remove();
}
const route = () => { document.querySelector("h1").textContent = location.hash === "#/second" ? "Second" : "People"; };
addEventListener("hashchange", route);
route();
"##;

fn small_app() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("index.html"), PAGE).unwrap();
    std::fs::write(folder.path().join("page.js"), SCRIPT).unwrap();
    std::fs::write(folder.path().join("data.json"), "{}").unwrap();
    std::fs::write(folder.path().join("app.wasm"), b"\0asm").unwrap();
    folder
}

fn ask(server: &Server, path: &str) -> String {
    let address = server.origin().replace("http://", "");
    let mut connection = TcpStream::connect(address).unwrap();
    write!(connection, "GET {path} HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip\r\n\r\n").unwrap();
    let mut answer = Vec::new();
    connection.read_to_end(&mut answer).unwrap();
    String::from_utf8_lossy(&answer).into_owned()
}

#[test]
fn the_server_answers_as_a_project_site_does() {
    let folder = small_app();
    let mut server = Server::start(folder.path());

    let page = ask(&server, "/ask-around/?x=1");
    assert!(page.starts_with("HTTP/1.1 200 "), "{page}");
    assert!(page.contains("Content-Encoding: gzip") && page.contains("Content-Type: text/html"));
    assert!(!page.contains("<h1>"), "the page is sent as it is, in spite of the header");
    assert!(ask(&server, "/ask-around/app.wasm").contains("Content-Type: application/wasm"));
    assert!(ask(&server, "/ask-around").contains("Location: /ask-around/"));
    assert!(ask(&server, "/").starts_with("HTTP/1.1 404 "));
    assert!(ask(&server, "/ask-around/../secret").starts_with("HTTP/1.1 404 "));

    let answered: Vec<(String, u16)> =
        server.requests().into_iter().map(|request| (request.path, request.status)).collect();
    assert_eq!(answered[0], ("/ask-around/?x=1".to_owned(), 200));
    assert_eq!(answered.len(), 5);

    let address = server.origin().replace("http://", "");
    server.stop();
    assert!(TcpStream::connect(&address).is_err(), "the host is still there");
    server.start_again();
    assert!(ask(&server, "/ask-around/").starts_with("HTTP/1.1 200 "));
}

#[test]
fn steps_find_what_a_person_sees_and_wait_for_it() {
    let folder = small_app();
    let server = Server::start(folder.path());
    let browser = Browser::start(&server);
    browser.open("#/");

    browser.see(heading("People"));
    browser.see(text("Two people so far"));
    browser.see(role("main", "*Grace Hopper*"));
    browser.gone(button("Hidden"));
    browser.fill(field("Name"), "Katherine Johnson");
    browser.fill(field("Name"), "Mary Jackson 🚀");
    browser.click(button("Add person"));
    browser.see(role("listitem", "Mary Jackson 🚀"));
    assert_eq!(browser.local_storage()["small:name"], "Mary Jackson 🚀");

    browser.click(button("Delete *").within(role("listitem", "Ada*")));
    browser.counts(role("listitem", "*"), 2);
    assert_eq!(browser.texts(css("li"))[0], "Grace Hopper x");

    browser.choose(field("Role"), "Manager");
    browser.has_value(field("Role"), "Manager");
    browser.set_checked(field("Recorded"), true);
    browser.has_value(field("Recorded"), "true");
    browser.fill(field("On"), "2026-03-02");
    assert_eq!(browser.value(field("On")), "2026-03-02");
    browser.fill(field("Notes"), "one");
    browser.type_into(field("Notes"), " two");
    browser.has_value(field("Notes"), "one two");
    browser.press(Key::Tab);
    browser.has_focus("input \"Backup\"");
    browser.upload(field("Backup"), &folder.path().join("data.json"));
    browser.has_value(field("Backup"), r"C:\fakepath\data.json");

    browser.click(link("Second page"));
    browser.at_route("#/se*d");
    browser.see(heading("Second"));
    browser.back();
    browser.see(heading("People"));
    let saved = browser.download(link("Save a copy"));
    assert_eq!(std::fs::read_to_string(&saved).unwrap(), "{}");
    assert!(saved.ends_with("saved.json"));
    browser.assert_clean();
}

#[test]
fn the_console_and_the_requests_are_heard() {
    let folder = small_app();
    let server = Server::start(folder.path());
    let browser = Browser::start(&server);
    browser.open("");
    browser.assert_clean();

    browser.js("console.error('a broken thing')", &[]);
    browser.wait_until("the error is heard", |browser| {
        browser
            .log()
            .iter()
            .any(|entry| entry.level == "SEVERE" && entry.message.contains("a broken thing"))
    });
    assert!(browser.policy_violations().is_empty());
    browser.js("document.body.append(Object.assign(document.createElement('script'), { textContent: '1' }))", &[]);
    browser.wait_until("the violation is heard", |browser| browser.policy_violations().len() == 1);

    assert!(browser.foreign_requests().is_empty());
    browser.js("location.href = 'http://elsewhere.test/'", &[]);
    browser.wait_until("the request is heard", |browser| {
        browser.foreign_requests() == ["http://elsewhere.test/"]
    });
}

#[test]
fn a_killed_browser_leaves_its_profile_and_nothing_else() {
    let folder = small_app();
    let profile = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path());
    let options = Options { profile: Some(profile.path().to_owned()), ..Options::default() };

    let browser = Browser::start_with(&server, options.clone());
    browser.open("");
    browser.set_local_storage("small:kept", "yes");
    drop(browser);

    let browser = Browser::start_with(&server, options.clone());
    browser.open("");
    assert_eq!(browser.local_storage()["small:kept"], "yes");
    browser.kill();

    let browser = Browser::start_with(&server, options);
    browser.open("");
    assert_eq!(browser.local_storage()["small:kept"], "yes");
}

#[test]
fn the_window_can_be_a_phone_in_the_dark_with_storage_denied() {
    let folder = small_app();
    let server = Server::start(folder.path());
    let browser = Browser::start_with(
        &server,
        Options {
            width: 360,
            height: 740,
            dark: true,
            preferences: serde_json::json!({ "profile.default_content_setting_values.cookies": 2 }),
            ..Options::default()
        },
    );
    browser.open("");
    assert_eq!(browser.js("return innerWidth", &[]), 360);
    assert_eq!(browser.js("return matchMedia('(prefers-color-scheme: dark)').matches", &[]), true);
    browser.set_dark(false);
    assert_eq!(browser.js("return matchMedia('(prefers-color-scheme: dark)').matches", &[]), false);
    assert!(!browser.scrolls_sideways());
    let denied =
        browser.js("try { localStorage; return 'open' } catch (error) { return error.name }", &[]);
    assert_eq!(denied, "SecurityError");
}

#[test]
fn tabs_share_storage_and_are_told_apart() {
    let folder = small_app();
    let server = Server::start(folder.path());
    let browser = Browser::start(&server);
    browser.open("");
    browser.new_tab("#/second");
    browser.see(heading("Second"));
    browser.set_local_storage("small:tab", "two");
    browser.switch_to_tab(0);
    browser.see(heading("People"));
    assert_eq!(browser.local_storage()["small:tab"], "two");
    browser.switch_to_tab(1);
    browser.close_tab();
    browser.see(heading("People"));
}

#[test]
fn a_crashed_page_leaves_the_browser_and_what_it_wrote() {
    let folder = small_app();
    let server = Server::start(folder.path());
    let browser = Browser::start(&server);
    browser.open("");
    browser.new_tab("#/second");
    browser.see(heading("Second"));
    browser.set_local_storage("small:last", "words");
    browser.crash_renderer();
    browser.see(heading("People"));
    assert_eq!(browser.local_storage()["small:last"], "words");
    browser.new_tab("#/second");
    browser.see(heading("Second"));
    browser.crash_renderer();
    browser.see(heading("People"));
}

#[test]
fn a_window_hides_no_other_and_a_tab_does() {
    let folder = small_app();
    let server = Server::start(folder.path());
    let browser = Browser::start(&server);
    browser.open("");
    browser.js(
        "addEventListener('visibilitychange', () => localStorage.setItem('small:seen', document.visibilityState))",
        &[],
    );
    browser.new_window("#/second");
    browser.see(heading("Second"));
    assert!(!browser.local_storage().contains_key("small:seen"));
    browser.close_tab();
    browser.new_tab("#/second");
    browser.switch_to_tab(1);
    browser.wait_until("the first tab is hidden", |browser| {
        browser.local_storage().get("small:seen").is_some_and(|seen| seen == "hidden")
    });
}

#[test]
fn the_second_copy_can_be_read_and_deleted() {
    let folder = small_app();
    let server = Server::start(folder.path());
    let browser = Browser::start(&server);
    browser.open("");
    assert!(browser.shadow().is_empty());
    browser.js(
        "const opened = indexedDB.open('ask-around'); \
         opened.onupgradeneeded = () => opened.result.createObjectStore('texts').put('one', 'first'); \
         opened.onsuccess = () => { opened.result.close(); document.title = 'made'; };",
        &[],
    );
    browser.wait_until("the database is made", |b| b.js("return document.title", &[]) == "made");
    assert_eq!(browser.shadow().into_iter().collect::<Vec<_>>(), [("first".into(), "one".into())]);
    browser.delete_database();
    assert!(browser.shadow().is_empty());
    assert_eq!(browser.js("return indexedDB.databases().then((all) => all.length)", &[]), 0);
}

#[test]
fn a_step_that_waits_in_vain_says_what_it_missed_and_takes_a_picture() {
    let folder = small_app();
    let failed = std::panic::catch_unwind(|| {
        let server = Server::start(folder.path());
        let patience = Duration::from_millis(300);
        let browser = Browser::start_with(&server, Options { patience, ..Options::default() });
        browser.open("");
        browser.click(role("listitem", "*"));
    });
    let message = *failed.unwrap_err().downcast::<String>().unwrap();
    assert!(
        message.contains("could not click listitem \"*\": there are 2: listitem \"Ada Lovelace"),
        "{message}"
    );
    assert!(message.contains("Two people so far"), "{message}");
    let picture = message.lines().find_map(|line| line.strip_prefix("--- picture: ")).unwrap();
    assert!(Path::new(picture).is_file(), "{picture}");
    std::fs::remove_file(picture).unwrap();
}
