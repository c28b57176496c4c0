//! The main journey, in steps: from the first name to the thank-you, and through a backup. It is the
//! same on every engine.

use std::collections::BTreeMap;

use ask_around_e2e::Browser;
use ask_around_e2e::app::{
    add_person, contents, download_backup, go_to_section, records, saved, title,
};
use ask_around_e2e::locator::{Locator, button, field, heading, link, role, text};
use serde_json::{Value, json};

const OWN_QUESTION: &str = "What would you read first if you began again?";

/// What is noted on the first three questions.
const NOTES: [&str; 3] = [
    "Begins at six \u{1f680}\u{1f469}\u{1f3fd}\u{200d}\u{1f52c}, \"because the light is good\"\nand never on Fridays ",
    "\u{645}\u{631}\u{62d}\u{628}\u{627} \u{628}\u{627}\u{644}\u{639}\u{627}\u{644}\u{645} (she said) \u{5e9}\u{5dc}\u{5d5}\u{5dd}",
    "<script>alert(1)</script> & <b>not bold</b> &amp; \\n \u{201c}quoted\u{201d}",
];

/// The whole of it, in a browser that has not seen the app before; says who made it.
pub fn whole(browser: &Browser) {
    browser.open("");
    browser.see(title("Ask people what their work is really like"));

    note_the_person(browser);
    prepare(browser);
    let notes = talk(browser);
    debrief(browser, &notes);
    take_it_away_and_bring_it_back(browser);

    browser.click(link("Noor Haddad"));
    browser.has_value(field("Organisation"), "City Library");
    browser.assert_clean();
    println!("engine {}: the journey passed", browser.name());
}

// ---- The person -------------------------------------------------------------

fn note_the_person(browser: &Browser) {
    add_person(browser, "Noor Haddad");
    browser.fill(field("Role"), "Book conservator");
    browser.fill(field("Organisation"), "City Library");
    browser.fill(field("How you got the name"), "Ana Ruiz");
    browser.fill(field("Their work, as far as you know it"), "the flooded registers");
    saved(browser);
    browser.see(text("Book conservator, City Library"));
}

// ---- The wizard ----------------------------------------------------------------

fn prepare(browser: &Browser) {
    browser.click(button("Prepare a talk"));
    browser.see(title("Prepare for Noor Haddad"));
    say_why(browser);
    on(browser, "Who you are meeting");
    say_who(browser);
    on(browser, "When, where and how");
    say_when_and_where(browser);
    on(browser, "What you will ask");
    choose_questions(browser);
    on(browser, "How you begin and end");
    mend_the_words(browser);
    on(browser, "What to have with you");
    browser.set_checked(field("Photo ID, in case the building asks for it"), true);
    browser.see(role("status", "1 of * ready"));
    on(browser, "Ready to talk");
    browser.see(text("You are ready. Nothing is missing."));
    look_at_the_guide(browser);
}

/// Goes on to the next step of the wizard.
#[track_caller]
fn on(browser: &Browser, step: &str) {
    browser.click(link("Next: *"));
    browser.see(heading(step).of_level(2));
}

fn say_why(browser: &Browser) {
    browser.see(heading("Why you are asking").of_level(2));
    browser.fill(field("From this talk, what do you most want to learn?"), "What a bad week is");
    browser.set_checked(role("radio", "To get to know people in the field"), true);
    browser.fill(field("The field you are exploring"), "book conservation");
    browser.fill(field("Your name"), "Sam Vega");
    browser.fill(field("You, in a sentence"), "I teach chemistry.");
    browser.fill(
        field("What do you want to find out, over all your talks?"),
        "Whether one can live on it",
    );
    browser.fill(
        field("What do you believe now that may be wrong?"),
        "Nobody gets in without a second degree",
    );
}

fn say_who(browser: &Browser) {
    // What is known is shown and not asked again.
    browser.see(role("definition", "Book conservator"));
    browser.see(role("definition", "the flooded registers"));
    browser.gone(field("How you got the name"));
    browser.fill(field("Years in the field"), "12");
    browser.fill(field("What you have read for this talk"), "Her report on the flood");
    browser.see(role("figure", "*").within(role("region", "Who you are meeting")));
}

fn say_when_and_where(browser: &Browser) {
    browser.set_checked(role("radio", "In person"), true);
    browser.fill(field("Date and time"), &days_from_now(browser, 2, "T14:30"));
    browser.see(role("status", "*, in 2 days."));
    browser.set_checked(role("radio", "20").within(role("group", "Minutes")), true);
    browser.fill(field("Place"), "City Library, side door");
    browser.fill(field("What else you agreed on"), "She waits at the desk");
}

/// A day of the browser's own calendar, as fields for dates hold it.
fn days_from_now(browser: &Browser, days: i64, time: &str) -> String {
    let script = "const at = new Date(); at.setDate(at.getDate() + arguments[0]); \
        const two = (number) => String(number).padStart(2, '0'); \
        return [at.getFullYear(), two(at.getMonth() + 1), two(at.getDate())].join('-')";
    let day = browser.js(script, &[json!(days)]);
    format!("{}{time}", day.as_str().unwrap_or_default())
}

fn picks() -> Locator {
    role("list", "Your questions, most important first")
}

/// The picked questions in their order, without their rank.
fn picked(browser: &Browser) -> Vec<String> {
    let lines = browser.texts(role("listitem", "*").within(picks()));
    let unranked = |line: &String| line.trim_start_matches(char::is_numeric).trim().to_owned();
    lines.iter().map(unranked).collect()
}

fn choose_questions(browser: &Browser) {
    browser.click(button("Suggest questions"));
    browser.see(picks());
    let suggested = picked(browser);
    assert!(suggested.len() > 4, "{suggested:?}");

    browser.click(button("Move up: *").within(picks()).nth(1));
    browser.wait_until("the first two questions have changed places", |browser| {
        let now = picked(browser);
        same_question(&now[0], &suggested[1]) && same_question(&now[1], &suggested[0])
    });

    browser.fill(field("A question of your own"), OWN_QUESTION);
    browser.click(button("Add my question"));
    browser.see(role("listitem", &format!("*{OWN_QUESTION}*")).within(picks()));
    browser.click(button(&format!("Move up: {OWN_QUESTION}")));
    browser.wait_until("the own question is last but one", |browser| {
        let now = picked(browser);
        now.len() == suggested.len() + 1 && now[now.len() - 2].starts_with(OWN_QUESTION)
    });
    // Asked for the talk, so it must be there in time.
    for _ in 2..=suggested.len() {
        browser.click(button(&format!("Move up: {OWN_QUESTION}")));
    }
    browser.wait_until("the own question is first", |browser| {
        picked(browser)[0].starts_with(OWN_QUESTION)
    });
}

/// Whether two lines are about the same question; what else they say of it may differ.
fn same_question(one: &str, other: &str) -> bool {
    let start = |line: &str| line.chars().take(25).collect::<String>();
    start(one) == start(other)
}

fn mend_the_words(browser: &Browser) {
    let opening = browser.value(field("Your opening words"));
    assert!(opening.contains("Ana Ruiz") && !opening.contains('['), "{opening}");
    browser.type_into(field("Your closing words"), " It was a joy.");
    browser.see(button("Back to the draft"));
}

fn look_at_the_guide(browser: &Browser) {
    browser.click(link("Print the guide"));
    browser.see(title("Guide for Noor Haddad"));
    browser.see(heading("Noor Haddad").of_level(2));
    let guide = role("article", "*");
    browser.see(role("listitem", &format!("*{OWN_QUESTION}*")).within(guide.clone()));
    browser.see(text("Book conservator, City Library").within(guide.clone()));
    browser.see(text("In person: City Library, side door").within(guide.clone()));
    browser.see(text("*It was a joy.").within(guide));
    browser.back();
    browser.see(heading("Ready to talk").of_level(2));
}

// ---- The talk ----------------------------------------------------------------------

/// Holds the talk; the questions with what was noted on them.
fn talk(browser: &Browser) -> Vec<(String, String)> {
    browser.click(button("Start the talk"));
    browser.see(title("Talking with Noor Haddad"));
    browser.wait_until("the clock runs", |browser| elapsed(browser) >= 1);
    browser.see(heading("Your opening words"));

    let notes = take_notes(browser);
    survive_a_reload(browser, &notes);
    survive_a_closed_tab(browser, &notes);
    pause_and_go_on(browser);
    browser.click(button("End"));
    notes
}

fn take_notes(browser: &Browser) -> Vec<(String, String)> {
    let mut notes = Vec::new();
    for (number, note) in NOTES.iter().enumerate() {
        step(browser, "Next");
        // Questions are answered in the app's order, each with its own empty field.
        browser.has_value(field("Your notes"), "");
        browser.fill(field("Your notes"), note);
        notes.push((in_hand(browser), (*note).to_owned()));
        if number == 1 {
            step(browser, "Back");
            assert_eq!(in_hand(browser), notes[0].0);
            browser.has_value(field("Your notes"), NOTES[0]);
            step(browser, "Next");
            browser.has_value(field("Your notes"), NOTES[1]);
        }
    }
    notes
}

/// What is in hand, in large letters.
#[track_caller]
pub fn in_hand(browser: &Browser) -> String {
    browser.text(heading("*").of_level(2).within(role("region", "In hand")))
}

/// Goes on or back, and waits until something else is in hand.
#[track_caller]
pub fn step(browser: &Browser, way: &str) {
    let before = in_hand(browser);
    browser.click(button(way).within(role("region", "In hand")));
    browser.wait_until("something else is in hand", |browser| in_hand(browser) != before);
}

/// Without a pause for the app to save in: the last letter was typed a moment ago.
fn survive_a_reload(browser: &Browser, notes: &[(String, String)]) {
    browser.reload();
    clock_is_right(browser, 0);
    notes_are_there(browser, notes);
}

fn survive_a_closed_tab(browser: &Browser, notes: &[(String, String)]) {
    browser.new_tab("#/plan");
    browser.switch_to_tab(0);
    browser.close_tab();
    browser.open("#/");
    browser.click(link("Back to the talk"));
    clock_is_right(browser, 0);
    notes_are_there(browser, notes);

    later(browser, 10, |browser| {
        clock_is_right(browser, 10);
        browser.gone(text("Time to close*"));
    });
    later(browser, 17, |browser| {
        clock_is_right(browser, 17);
        browser.see(role("status", "Time to close*"));
        browser.see(button("Go to the closing"));
    });
    later(browser, 25, |browser| {
        clock_is_right(browser, 25);
        browser.see(role("status", "The agreed time is over.*"));
    });
    clock_is_right(browser, 0);
}

/// Looks at the talk in a tab of its own whose clocks are some minutes ahead.
fn later(browser: &Browser, minutes: i64, look: impl Fn(&Browser)) {
    let route = browser.route();
    browser.new_tab(&route);
    browser.before_every_page(&format!(
        "const Present = Date; \
         const now = () => Present.now() + {minutes} * 60_000; \
         window.Date = class extends Present {{ \
             constructor(...parts) {{ super(...(parts.length ? parts : [now()])); }} \
             static now() {{ return now(); }} \
         }};"
    ));
    browser.reload();
    look(browser);
    browser.close_tab();
}

fn notes_are_there(browser: &Browser, notes: &[(String, String)]) {
    for (question, note) in notes {
        browser.click(button(&format!("{question}*")).within(role("complementary", "Agenda")));
        browser.see(heading(question).of_level(2));
        browser.has_value(field("Your notes"), note);
    }
    let mut stored: Vec<String> = contents(browser, "answer")
        .values()
        .map(|answer| answer["text"].as_str().unwrap_or_default().to_owned())
        .collect();
    stored.sort();
    let mut noted: Vec<String> = notes.iter().map(|(_, note)| note.clone()).collect();
    noted.sort();
    assert_eq!(stored, noted);
}

/// The clock in whole seconds, as it is shown.
#[track_caller]
fn elapsed(browser: &Browser) -> i64 {
    seconds(&browser.text(role("timer", "*")))
}

/// `1:02:03` in seconds.
fn seconds(reading: &str) -> i64 {
    reading.split(':').fold(0, |whole, part| whole * 60 + part.trim().parse().unwrap_or(-1_000_000))
}

/// Fails unless the clock shows what its stored start and pauses come to, within a second.
#[track_caller]
fn clock_is_right(browser: &Browser, minutes_ahead: i64) {
    browser.see(role("timer", "*"));
    // The reading and the time are taken in one moment.
    let seen = browser.js(
        // The page's own clock: Firefox gives scripts of its driver another.
        "const { Date } = window; \
         const talks = Object.entries(localStorage).filter(([key]) => key.startsWith('ask-around:interview:')); \
         const { started, pauses = [] } = JSON.parse(talks[0][1]).body.clock; \
         const paused = pauses.map(({ from, to }) => (to ? Date.parse(to) : Date.now()) - Date.parse(from)); \
         return { \
             shown: document.querySelector('[role=timer]').textContent, \
             expected: Date.now() - Date.parse(started) - paused.reduce((all, one) => all + one, 0) \
         }",
        &[],
    );
    let shown = seconds(seen["shown"].as_str().unwrap_or_default());
    let expected = seen["expected"].as_i64().unwrap_or_default() / 1_000;
    assert!(
        (shown - expected).abs() <= 1,
        "the clock shows {shown} s and should show {expected} s"
    );
    assert!(shown > minutes_ahead * 60, "{shown} s, {minutes_ahead} minutes from now");
}

fn pause_and_go_on(browser: &Browser) {
    browser.click(button("Pause"));
    browser.see(text("Paused"));
    saved(browser);
    let paused_at = elapsed(browser);
    later(browser, 10, |browser| {
        browser.see(text("Paused"));
        assert_eq!(elapsed(browser), paused_at);
    });
    assert_eq!(elapsed(browser), paused_at);
    browser.click(button("Go on"));
    browser.see(button("Pause"));
    browser.wait_until("the clock runs on", |browser| elapsed(browser) > paused_at);
    clock_is_right(browser, 0);
}

// ---- After the talk ------------------------------------------------------------------

fn debrief(browser: &Browser, notes: &[(String, String)]) {
    browser.at_route("#/interviews/*/debrief");
    browser.see(title("After your talk with Noor Haddad"));
    for (question, note) in notes {
        browser.has_value(field(question), note);
    }
    browser.click(button("Worth remembering: *").first());
    browser.fill(field("What I learned"), "The work is half chemistry.");
    browser.set_checked(role("radio", "In part"), true);

    browser.fill(field("Name"), "Grace Ito");
    browser.fill(field("What they said of them"), "Knows every binder in town");
    browser.click(button("Note the name"));
    browser.click(button("Add Grace Ito to people"));
    browser.see(text("In your people"));

    browser.fill(field("Next step"), "Send her the article on glue");
    browser.fill(field("By"), &days_from_now(browser, 3, ""));
    browser.click(button("Add the step"));
    browser.see(role("listitem", "*Send her the article on glue*"));

    browser.fill(field("What I enjoyed, and what I will do with it"), "The smell of old glue.");
    browser.see(text("Subject: Thank you for telling me about book conservation"));
    browser.see(text("*Noor Haddad,*The smell of old glue.*Grace Ito*"));
    browser.click(button("I sent it"));
    browser.see(text("Thanked today*"));
    browser.gone(button("I sent it"));

    browser.click(button("Debrief done"));
    browser.at_route("#/");
    browser.see(title("Today"));
    browser.see(link("Send her the article on glue"));

    go_to_section(browser, "People", "People");
    browser.see(link("Noor Haddad"));
    browser.click(link("Grace Ito"));
    browser.see(title("Grace Ito"));
}

// ---- The data --------------------------------------------------------------------------

fn take_it_away_and_bring_it_back(browser: &Browser) {
    go_to_section(browser, "Data", "Your data");
    saved(browser);
    let before = records(browser);
    let (file, backup) = download_backup(browser);
    assert_eq!(backup["app"], "ask-around");
    assert_eq!(in_backup(&backup), parsed(&before));
    browser.see(text("Last backup today; nothing has changed since."));

    browser.click(button("Delete everything"));
    let sure = role("dialog", "Delete everything from this browser?");
    browser.click(button("Delete everything").within(sure.clone()));
    browser.gone(sure);
    browser.see(text("There is nothing here yet."));
    assert_eq!(records(browser), BTreeMap::new());
    browser.reload();
    browser.see(text("There is nothing here yet."));

    browser.upload(field("Backup file"), &file);
    browser.see(button(&format!("New: {}", before.len())));
    assert_eq!(records(browser), BTreeMap::new(), "a preview changes nothing");
    browser.click(button("Merge it in"));
    browser.see(role("status", "*is brought in."));
    assert_eq!(records(browser), before);

    browser.reload();
    go_to_section(browser, "People", "People");
    browser.see(link("Grace Ito"));
    assert_eq!(records(browser), before);
}

fn in_backup(backup: &Value) -> BTreeMap<String, Value> {
    let records = backup["records"].as_array().cloned().unwrap_or_default();
    let key = |record: &Value| format!("ask-around:{}", record["key"].as_str().unwrap_or_default());
    records.into_iter().map(|record| (key(&record), record)).collect()
}

fn parsed(texts: &BTreeMap<String, String>) -> BTreeMap<String, Value> {
    let parse = |text: &str| serde_json::from_str(text).unwrap_or(Value::Null);
    texts.iter().map(|(key, text)| (key.clone(), parse(text))).collect()
}
