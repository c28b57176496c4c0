//! The whole job, from the first name to the thank-you, and what a person does around it.

mod steps;

use std::collections::BTreeMap;

use ask_around_e2e::app::{add_person, contents, go_to_section, page, records, saved, title};
use ask_around_e2e::locator::{Locator, button, field, link, role, text};
use ask_around_e2e::{Browser, Server, dist};

use steps::{in_hand, step};

#[test]
fn a_talk_goes_from_the_first_name_to_the_thank_you_and_through_a_backup() {
    let server = Server::start(dist());
    let browser = Browser::start(&server);
    steps::whole(&browser);
}

// ---- Around it ----------------------------------------------------------------------------

/// The lines of the list on the page.
fn lines() -> Locator {
    role("listitem", "*").within(page())
}

#[track_caller]
fn the_sample_is_here(browser: &Browser) {
    go_to_section(browser, "People", "People");
    browser.counts(lines(), 12);
    go_to_section(browser, "Talks", "Talks");
    browser.counts(lines(), 5);
    browser.see(role("status", "A sample: made-up people*"));
}

#[test]
fn the_sample_comes_and_goes_and_comes_back() {
    let server = Server::start(dist());
    let browser = Browser::start(&server);
    browser.open("");
    browser.click(button("Load the sample"));
    browser.see(title("Today"));
    the_sample_is_here(&browser);

    browser.click(button("Remove the sample"));
    browser.gone(role("status", "A sample: made-up people*"));
    browser.counts(lines(), 0);
    go_to_section(&browser, "People", "People");
    browser.see(text("Nobody here yet"));

    browser.click(button("Undo"));
    the_sample_is_here(&browser);
    saved(&browser);
    browser.reload();
    the_sample_is_here(&browser);
    browser.assert_clean();
}

#[test]
fn what_is_ones_own_stays_when_the_sample_goes() {
    let server = Server::start(dist());
    let browser = Browser::start(&server);
    browser.open("");
    add_person(&browser, "Noor Haddad");
    go_to_section(&browser, "Data", "Your data");
    browser.click(button("Load the sample"));
    go_to_section(&browser, "People", "People");
    browser.counts(lines(), 13);
    browser.click(button("Remove the sample"));
    browser.counts(lines(), 1);
    browser.see(link("Noor Haddad"));
    saved(&browser);
    browser.reload();
    browser.counts(lines(), 1);
    browser.assert_clean();
}

#[test]
fn a_deleted_person_comes_back_with_undo() {
    let server = Server::start(dist());
    let browser = Browser::start(&server);
    browser.open("");
    add_person(&browser, "Noor Haddad");
    browser.fill(field("Role"), "Book conservator");
    browser.click(button("Prepare a talk"));
    browser.fill(field("From this talk, what do you most want to learn?"), "A bad week");
    saved(&browser);
    let (contact, talk) = (contents(&browser, "contact"), contents(&browser, "interview"));

    browser.click(link("Noor Haddad"));
    browser.click(button("Delete this person"));
    browser.click(button("Delete").within(role("dialog", "Delete this person?")));
    browser.see(title("People"));
    browser.gone(link("Noor Haddad"));
    browser.see(role("status", "Noor Haddad is deleted."));
    saved(&browser);
    assert_eq!(contents(&browser, "contact"), BTreeMap::new());
    assert_eq!(contents(&browser, "interview"), BTreeMap::new());

    browser.click(button("Undo"));
    browser.see(link("Noor Haddad"));
    browser.gone(button("Undo"));
    saved(&browser);
    browser.reload();
    browser.see(link("Noor Haddad"));
    assert_eq!(contents(&browser, "contact"), contact);
    assert_eq!(contents(&browser, "interview"), talk);
    browser.assert_clean();
}

#[test]
fn the_first_press_in_a_talk_counts() {
    let server = Server::start(dist());
    let browser = Browser::start(&server);
    browser.open("");
    add_person(&browser, "Noor Haddad");
    browser.click(button("Prepare a talk"));
    browser.click(link("Ready"));
    browser.click(button("Start the talk"));
    // The heading has the focus now, and must not move the page when it loses it.
    browser.has_focus("heading \"Talking with Noor Haddad\"");
    step(&browser, "Next");
    assert_eq!(in_hand(&browser), "Your closing words");
    browser.assert_clean();
}

/// Routes with the heading and the title they must have; `*` stands for anything.
fn places(contact: &str, talk: &str) -> Vec<(String, &'static str, &'static str)> {
    let of_talk = |place: &str| format!("#/interviews/{talk}/{place}");
    vec![
        ("#/".to_owned(), "Today", "Today"),
        ("#/plan".to_owned(), "Plan", "Plan"),
        ("#/contacts".to_owned(), "People", "People"),
        (format!("#/contacts/{contact}"), "Noor Haddad", "Noor Haddad"),
        ("#/questions".to_owned(), "Questions", "Questions"),
        ("#/interviews".to_owned(), "Talks", "Talks"),
        (of_talk("prepare"), "Prepare for Noor Haddad", "Prepare for Noor Haddad"),
        (of_talk("prepare/purpose"), "Prepare for Noor Haddad", "Prepare for Noor Haddad"),
        (of_talk("prepare/person"), "Prepare for Noor Haddad", "Prepare for Noor Haddad"),
        (of_talk("prepare/meeting"), "Prepare for Noor Haddad", "Prepare for Noor Haddad"),
        (of_talk("prepare/questions"), "Prepare for Noor Haddad", "Prepare for Noor Haddad"),
        (of_talk("prepare/words"), "Prepare for Noor Haddad", "Prepare for Noor Haddad"),
        (of_talk("prepare/packing"), "Prepare for Noor Haddad", "Prepare for Noor Haddad"),
        (of_talk("prepare/ready"), "Prepare for Noor Haddad", "Prepare for Noor Haddad"),
        (of_talk("live"), "Your talk with Noor Haddad", "Talking with Noor Haddad"),
        (of_talk("debrief"), "After your talk with Noor Haddad", "After Noor Haddad"),
        (of_talk("guide"), "Guide for Noor Haddad", "Guide for Noor Haddad"),
        ("#/data".to_owned(), "Your data", "Data"),
        ("#/settings".to_owned(), "Settings", "Settings"),
        ("#/nowhere/at/all".to_owned(), "There is nothing here", "Nothing here"),
        ("#/contacts/not-an-id".to_owned(), "There is nothing here", "Nothing here"),
    ]
}

#[track_caller]
fn is_titled(browser: &Browser, page_title: &str, tab: &str) {
    browser.see(title(page_title));
    let tab = format!("{tab} \u{b7} Ask Around");
    browser.wait_until(&format!("the tab is called {tab}"), |browser| {
        browser.js("return document.title", &[]) == tab
    });
}

#[test]
fn every_address_can_be_opened_and_reloaded() {
    let server = Server::start(dist());
    let browser = Browser::start(&server);
    browser.open("");
    add_person(&browser, "Noor Haddad");
    browser.click(button("Prepare a talk"));
    browser.see(title("Prepare for Noor Haddad"));
    saved(&browser);
    let first = |kind| contents(&browser, kind).into_keys().next().unwrap_or_default();
    let (contact, talk) = (first("contact"), first("interview"));

    for (route, page_title, tab) in places(&contact, &talk) {
        browser.go_to("about:blank");
        browser.open(&route);
        is_titled(&browser, page_title, tab);
        browser.reload();
        is_titled(&browser, page_title, tab);
        assert_eq!(browser.count(title("*")), 1, "{route}");
        assert_eq!(browser.route(), route);
    }

    browser.click(link("Go to Today"));
    is_titled(&browser, "Today", "Today");
    browser.assert_clean();
}

#[test]
fn a_record_that_is_gone_says_so_and_leads_back() {
    let server = Server::start(dist());
    let browser = Browser::start(&server);
    let gone = "01900000-0000-7000-8000-000000000000";
    browser.open(&format!("#/contacts/{gone}"));
    browser.see(title("This person is not here"));
    browser.click(link("See everyone"));
    browser.see(title("People"));
    for place in ["prepare", "prepare/words", "live", "debrief", "guide"] {
        browser.open(&format!("#/interviews/{gone}/{place}"));
        browser.see(title("This talk is not here"));
    }
    browser.click(link("See all talks"));
    browser.see(title("Talks"));
    assert_eq!(records(&browser), BTreeMap::new());
    browser.assert_clean();
}
