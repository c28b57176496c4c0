//! What stands behind the records: safety copies, locked and linked files, two laptops, newer
//! versions, and what becomes of damage.

use std::fs;

use ask_around_e2e::app::{
    add_person, contents, download_backup, go_to_section, read_json, records, saved, title,
};
use ask_around_e2e::locator::{button, field, link, role, text};
use ask_around_e2e::{Browser, Server, dist};
use serde_json::json;

const ROLE: &str = "Role";
const KNOWN: &str = "Their work, as far as you know it";

/// Opens the one person there is.
#[track_caller]
fn open_person(browser: &Browser, name: &str) {
    go_to_section(browser, "People", "People");
    browser.click(link(name));
    browser.see(title(name));
}

#[track_caller]
fn to_data(browser: &Browser) {
    go_to_section(browser, "Data", "Your data");
}

fn begun(server: &Server) -> Browser {
    let browser = Browser::start(server);
    browser.open("");
    add_person(&browser, "Noor Haddad");
    browser.fill(field(ROLE), "Conservator");
    saved(&browser);
    browser
}

// ---- Safety copies ----------------------------------------------------------------

#[test]
fn a_safety_copy_brings_back_what_was_and_that_can_be_undone() {
    let server = Server::start(dist());
    let browser = begun(&server);
    to_data(&browser);
    browser.click(button("Make a safety copy now"));
    browser.see(role("status", "A safety copy is made."));
    let before = records(&browser);
    open_person(&browser, "Noor Haddad");
    browser.fill(field(ROLE), "Bookbinder");
    saved(&browser);
    let after = records(&browser);

    to_data(&browser);
    browser.click(button("1 safety copy*"));
    browser.click(button("Compare: *made by you"));
    browser.see(role("region", "What going back would change"));
    browser.click(button("Go back to this"));
    browser.see(role("status", "Everything is as it was*"));
    assert_eq!(records(&browser), before, "to the letter");
    browser.click(button("Undo"));
    open_person(&browser, "Noor Haddad");
    browser.has_value(field(ROLE), "Bookbinder");
    assert_eq!(records(&browser), after);
    browser.assert_clean();
}

#[test]
fn everything_deleted_by_mistake_comes_back_after_the_tab_was_closed() {
    let server = Server::start(dist());
    let browser = begun(&server);
    let before = records(&browser);
    to_data(&browser);
    browser.click(button("Delete everything"));
    let sure = role("dialog", "Delete everything from this browser?");
    browser.click(button("Delete everything").within(sure));
    browser.see(text("There is nothing here yet."));
    browser.reload();
    assert!(records(&browser).is_empty());
    browser.click(button("1 safety copy*"));
    browser.click(button("Compare: *before deleting everything"));
    browser.click(button("Go back to this"));
    browser.see(role("status", "Everything is as it was*"));
    assert_eq!(records(&browser), before);

    // Whoever wants nothing to stay says so.
    browser.click(button("Delete everything"));
    browser.click(role("checkbox", "Also delete the safety copies in this browser"));
    let sure = role("dialog", "Delete everything from this browser?");
    browser.click(button("Delete everything").within(sure));
    browser.see(text("There is nothing here yet."));
    browser.reload();
    browser.see(title("Your data"));
    browser.see(button("No safety copies yet*"));
    browser.assert_clean();
}

// ---- Files -------------------------------------------------------------------------

#[test]
fn a_locked_backup_opens_with_its_passphrase_alone() {
    let server = Server::start(dist());
    let browser = begun(&server);
    let before = records(&browser);
    to_data(&browser);
    browser.click(button("Lock the file with a passphrase"));
    browser.fill(field("Passphrase"), "glue then patience");
    let file = browser.download(button("Download a locked backup"));
    let locked = fs::read_to_string(&file).unwrap();
    assert!(!locked.contains("Noor") && locked.contains("PBKDF2"), "{locked}");

    let elsewhere = Browser::start(&server);
    elsewhere.open("#/data");
    elsewhere.upload(field("Backup file"), &file);
    elsewhere.fill(field("Passphrase of this file"), "glue and patience");
    elsewhere.click(button("Open it"));
    elsewhere.see(text("This passphrase does not open the file.*"));
    elsewhere.fill(field("Passphrase of this file"), "glue then patience");
    elsewhere.click(button("Open it"));
    elsewhere.see(role("region", "What this file would change"));
    elsewhere.click(button("Merge it in"));
    elsewhere.see(role("status", "*is brought in."));
    assert_eq!(records(&elsewhere), before);
    elsewhere.assert_clean();
    browser.assert_clean();
}

#[test]
fn a_damaged_backup_gives_back_every_whole_entry() {
    let server = Server::start(dist());
    let browser = begun(&server);
    go_to_section(&browser, "People", "People");
    add_person(&browser, "Grace Ito");
    saved(&browser);
    to_data(&browser);
    let (file, _) = download_backup(&browser);
    let whole = fs::read_to_string(&file).unwrap();
    let damaged = whole.replace("Noor Haddad", "Noor H\u{fffd}ddad");
    assert_ne!(damaged, whole);
    fs::write(&file, damaged).unwrap();

    let elsewhere = Browser::start(&server);
    elsewhere.open("#/data");
    elsewhere.upload(field("Backup file"), &file);
    elsewhere.see(role("alert", "This file was not brought in*"));
    assert!(records(&elsewhere).is_empty());
    elsewhere.click(button("Save what is whole (1 of 2 entries)"));
    elsewhere.click(button("Merge it in"));
    elsewhere.see(role("status", "*is brought in."));
    go_to_section(&elsewhere, "People", "People");
    elsewhere.see(link("Grace Ito"));
    elsewhere.see(text("1 of 1 person"));
    elsewhere.assert_clean();
}

/// The picker is the browser's own and can't be pressed by a script; a file of the page's own takes
/// the place of the one it would give.
const PICKER: &str = "const chosen = async () => \
         (await navigator.storage.getDirectory()).getFileHandle('linked.json', { create: true }); \
     window.showSaveFilePicker = chosen; \
     window.showOpenFilePicker = async () => [await chosen()];";

fn linked(browser: &Browser) -> String {
    let text = browser.js_async(
        "const folder = await navigator.storage.getDirectory(); \
         return (await (await folder.getFileHandle('linked.json')).getFile()).text()",
    );
    text.as_str().unwrap_or_default().to_owned()
}

#[test]
fn a_linked_file_keeps_itself_up_to_date_and_is_not_written_over_what_others_wrote() {
    let server = Server::start(dist());
    let other = begun(&server);
    to_data(&other);
    let (theirs, _) = download_backup(&other);
    let theirs = fs::read_to_string(theirs).unwrap();

    let browser = Browser::start(&server);
    browser.before_every_page(PICKER);
    browser.open("");
    add_person(&browser, "Grace Ito");
    saved(&browser);
    to_data(&browser);
    browser.click(button("Link a new file\u{2026}"));
    browser.see(text("linked.json is up to date*"));
    assert!(linked(&browser).contains("Grace Ito"));
    open_person(&browser, "Grace Ito");
    browser.fill(field(ROLE), "Archivist");
    browser
        .wait_until("the change is in the file", |browser| linked(browser).contains("Archivist"));

    // Another device has written to it: that comes in first.
    browser.js_async(&format!(
        "const folder = await navigator.storage.getDirectory(); \
         const file = await (await folder.getFileHandle('linked.json')).createWritable(); \
         await file.write({}); await file.close();",
        json!(theirs)
    ));
    browser.fill(field(ROLE), "Head archivist");
    saved(&browser);
    to_data(&browser);
    browser.see(text("linked.json was changed by another device"));
    assert_eq!(linked(&browser), theirs);
    browser.click(button("Bring it in"));
    browser.click(button("Merge it in"));
    browser.see(role("status", "*is brought in."));
    browser.wait_until("both are in the file", |browser| {
        let file = linked(browser);
        file.contains("Head archivist") && file.contains("Noor Haddad")
    });
    browser.assert_clean();
}

#[test]
fn what_the_rescue_page_hands_out_can_be_brought_in() {
    let server = Server::start(dist());
    let browser = begun(&server);
    let before = records(&browser);
    browser.wait_until("the second copy is whole", |browser| {
        let shadow = browser.shadow();
        before.iter().all(|(key, text)| shadow.get(key) == Some(text))
    });
    // localStorage loses all, and the app stops before it could notice.
    browser.go_outside();
    browser.js("localStorage.clear()", &[]);
    let broken = tempfile::tempdir().unwrap();
    for name in ["index.html", "boot.js"] {
        fs::copy(dist().join(name), broken.path().join(name)).unwrap();
    }
    server.release(broken.path());
    browser.go("");
    browser.see(title("Ask Around has stopped"));
    let file = browser.download(button("Download my data"));
    assert_eq!(read_json(&browser, &file)["texts"], json!({}));

    server.release(dist());
    let elsewhere = Browser::start(&server);
    elsewhere.open("#/data");
    elsewhere.upload(field("Backup file"), &file);
    elsewhere.click(button("Save what is whole*"));
    elsewhere.click(button("Merge it in"));
    elsewhere.see(role("status", "*is brought in."));
    assert_eq!(records(&elsewhere), before);
}

// ---- Two laptops ---------------------------------------------------------------------

#[test]
fn what_two_laptops_wrote_is_all_there_on_both() {
    let server = Server::start(dist());
    let mine = begun(&server);
    to_data(&mine);
    let (file, _) = download_backup(&mine);
    let theirs = Browser::start(&server);
    theirs.open("#/data");
    theirs.upload(field("Backup file"), &file);
    theirs.click(button("Merge it in"));
    theirs.see(role("status", "*is brought in."));

    for (browser, known, role) in
        [(&mine, "Mine: glue", ""), (&theirs, "Theirs: patience", "Head conservator")]
    {
        open_person(browser, "Noor Haddad");
        browser.fill(field(KNOWN), known);
        if !role.is_empty() {
            browser.fill(field(ROLE), role);
        }
        saved(browser);
        to_data(browser);
    }
    let (my_file, _) = download_backup(&mine);
    let (their_file, _) = download_backup(&theirs);
    for (browser, file) in [(&mine, their_file), (&theirs, my_file)] {
        browser.upload(field("Backup file"), &file);
        browser.see(button("Changed here and there: both kept: 1"));
        browser.click(button("Merge it in"));
        browser.see(role("status", "*is brought in."));
    }
    let bodies = [&mine, &theirs].map(|browser| contents(browser, "contact"));
    assert_eq!(bodies[0], bodies[1]);
    let noor = bodies[0].values().next().unwrap();
    assert_eq!(noor["known"], "Mine: glue\n\nTheirs: patience");
    assert_eq!(noor["role"], "Head conservator");
    mine.assert_clean();
    theirs.assert_clean();
}

// ---- Damage and newer versions ----------------------------------------------------------

#[test]
fn what_a_newer_version_wrote_is_shown_and_not_touched() {
    let server = Server::start(dist());
    let browser = begun(&server);
    go_to_section(&browser, "People", "People");
    add_person(&browser, "Grace Ito");
    saved(&browser);
    let all = records(&browser);
    let (grace, whole) = all.iter().find(|(_, text)| text.contains("Grace Ito")).unwrap();
    browser.go_outside();
    browser.set_local_storage(grace, &whole.replace("\"format\":2", "\"format\":9"));
    let before = browser.local_storage();
    browser.open("");
    browser.see(role("alert", "A newer version of Ask Around was here*"));
    browser.see(role("status", "Reading only"));
    go_to_section(&browser, "People", "People");
    browser.see(link("Noor Haddad"));
    browser.click(link("Noor Haddad"));
    browser.see(title("Noor Haddad"));
    let disabled =
        browser.js("return document.querySelector('main input').matches(':disabled')", &[]);
    assert_eq!(disabled, true);
    assert_eq!(browser.local_storage(), before);
    browser.assert_clean();
}

#[test]
fn what_is_damaged_can_be_mended_and_put_back() {
    let server = Server::start(dist());
    let browser = begun(&server);
    let all = records(&browser);
    let (noor, whole) = all.iter().next().unwrap();
    browser.go_outside();
    browser.delete_database();
    let damaged = whole.replace("Conservator\"", "Conserv\u{fffd}");
    assert_ne!(&damaged, whole);
    browser.set_local_storage(noor, &damaged);
    browser.open("#/data");
    browser.see(role("status", "1 entry could not be read*"));
    browser.click(button("Mend it"));
    let area = field("The text, as it should be");
    browser.has_value(area.clone(), &damaged);
    browser.click(button("Put it back"));
    browser.see(role("alert", "*"));
    browser.paste(area, &whole.replace("Conservator", "Conservator, paper"));
    browser.click(button("Put it back"));
    browser.see(role("status", "The entry is back."));
    browser.gone(role("status", "1 entry could not be read*"));
    open_person(&browser, "Noor Haddad");
    browser.has_value(field(ROLE), "Conservator, paper");
    browser.assert_clean();
}
