//! Hosts that hold half of what they should: a page of yesterday, a file that is missing, an upload that
//! stopped in the middle. Who has been here before notices nothing; who comes for the first time is never
//! left with a blank page.

use std::time::Duration;

use ask_around_e2e::app::{add_person, go_to_section, saved, title};
use ask_around_e2e::locator::{button, field, text};
use ask_around_e2e::{Browser, Options, Server, thorough};
use serde_json::json;

use super::kept;
use super::release::Release;

/// What is wrong with a host for one load.
#[derive(Debug, Clone)]
enum Fault {
    /// A cache on the way still hands out the page of the release before; its files are gone.
    StalePage,
    /// One file is not there.
    Missing(String),
    /// Half of the files have arrived, the page not yet; what was there before still is.
    HalfBeforeThePage,
    /// Half of the files have arrived, the page with them; what was there before is gone.
    HalfAfterThePage,
}

/// What a page shows.
#[derive(Debug, Default)]
struct Seen {
    app: usize,
    rescue: usize,
    words: usize,
}

/// Every kind of fault, and each file of a first visit missing in its turn.
fn fault(round: usize, new: &Release) -> Fault {
    let files = new.files();
    match round % 4 {
        0 => Fault::StalePage,
        1 => {
            let needed: Vec<_> = files.into_iter().filter(|name| !name.contains('/')).collect();
            Fault::Missing(needed[round / 4 % needed.len()].clone())
        }
        2 => Fault::HalfBeforeThePage,
        _ => Fault::HalfAfterThePage,
    }
}

/// Puts the host into this state.
fn befall(server: &Server, old: &Release, new: &Release, fault: &Fault, round: usize) {
    server.be_whole();
    server.release(new.path());
    let half = |name: &str| name.bytes().map(usize::from).sum::<usize>() % 2 == round / 4 % 2;
    match fault {
        Fault::StalePage => server.hand_out("index.html", old.path().join("index.html")),
        Fault::Missing(name) => server.lose(name),
        Fault::HalfBeforeThePage => {
            new.files().iter().filter(|name| half(name)).for_each(|name| server.lose(name));
            old.files()
                .iter()
                .filter(|name| !new.files().contains(name) || half(name) || *name == "index.html")
                .for_each(|name| server.hand_out(name, old.path().join(name)));
        }
        Fault::HalfAfterThePage => {
            let rest = |name: &&String| half(name) && *name != "index.html";
            new.files().iter().filter(rest).for_each(|name| server.lose(name));
        }
    }
}

/// Waits until the page has come to an end of some kind, which must not be a blank one.
#[track_caller]
fn comes_to_something(browser: &Browser, seen: &mut Seen) {
    let state = |browser: &Browser| {
        browser.js(
            "if (document.querySelector('.shell h1')) return 'app'; \
             const rescue = document.getElementById('rescue'); \
             if (rescue?.checkVisibility() && rescue.innerText.length > 80) return 'rescue'; \
             const late = document.querySelector('.splash-late a'); \
             if (late?.checkVisibility({ visibilityProperty: true })) return 'words'; \
             return 'nothing yet'",
            &[],
        )
    };
    let mut last = json!(null);
    browser.wait_until("the page has come to something", |browser| {
        last = state(browser);
        last != json!("nothing yet")
    });
    match last.as_str() {
        Some("app") => seen.app += 1,
        Some("rescue") => seen.rescue += 1,
        _ => seen.words += 1,
    }
}

#[test]
fn half_a_release_never_leaves_a_blank_page_and_never_gets_in() {
    let (builds, loads) = if thorough() { (10, 20) } else { (1, 8) };
    let mut first_visits = Seen::default();
    let (mut returned, mut in_a_talk) = (0, 0);

    let mut old = Release::new(0);
    let server = Server::start(old.path());
    let browser = Browser::start(&server);
    browser.open("");
    add_person(&browser, "Noor Haddad");
    kept(&browser);

    for build in 1..=builds {
        let new = Release::new(build);
        let talking = build % 2 == 1;
        if talking {
            browser.open("#/now");
            browser.click(button("Start the talk"));
            browser.see(field("Your notes"));
            browser.fill(field("Your notes"), &format!("said before release {build}"));
            saved(&browser);
        }
        for load in 0..loads {
            let fault = fault((build - 1) * loads / 2 + load / 2, &new);
            befall(&server, &old, &new, &fault, load / 2);
            if load % 2 == 0 {
                if matches!(&fault, Fault::Missing(name) if name == "index.html") {
                    // Then a newcomer gets the host's own page about it, and nothing of ours.
                    continue;
                }
                // A browser that has never been here.
                // Without a script the page itself says what to do, after twelve seconds.
                let patience = Duration::from_secs(20);
                let newcomer =
                    Browser::start_with(&server, Options { patience, ..Options::default() });
                newcomer.go("#/plan");
                comes_to_something(&newcomer, &mut first_visits);
                continue;
            }
            browser.reload();
            // Whatever the worker makes of this release, it has made it when this returns.
            browser.js_async(
                "try { await (await navigator.serviceWorker.getRegistration()).update() } catch {}",
            );
            browser.wait_until("nothing is being installed", |browser| {
                browser.js_async(
                    "return (await navigator.serviceWorker.getRegistration()).installing === null",
                ) == json!(true)
            });
            if talking {
                browser.has_value(field("Your notes"), &format!("said before release {build}"));
                browser.gone(text("A newer version of Ask Around is ready"));
                in_a_talk += 1;
            }
            assert!(old.runs_in(&browser), "{fault:?}");
            assert!(old.is_kept_by(&browser), "{fault:?}");
            let waits = browser.js_async(
                "return (await navigator.serviceWorker.getRegistration()).waiting !== null",
            );
            assert_eq!(waits, json!(false), "half a release waits: {fault:?}");
            returned += 1;
        }
        // The upload ends.
        server.be_whole();
        browser.js_async("await (await navigator.serviceWorker.getRegistration()).update()");
        browser.wait_until("the whole release waits", |browser| {
            browser.js_async(
                "return (await navigator.serviceWorker.getRegistration()).waiting !== null",
            ) == json!(true)
        });
        if talking {
            browser.gone(text("A newer version of Ask Around is ready"));
            assert!(old.runs_in(&browser));
        }
        go_to_section(&browser, "People", "People");
        browser.click(button("Use it now"));
        browser.wait_until("the newer version runs", |browser| new.runs_in(browser));
        browser.see(title("People"));
        browser.see(text("*Noor Haddad*"));
        old = new;
    }
    println!(
        "half releases: {builds} builds x {loads} loads: {returned} by people who had been here, all opened \
         the app ({in_a_talk} in the middle of a talk, none updated); {} first visits: {} opened the app, {} were \
         offered the rescue page, {} a link to load it afresh; 0 blank",
        first_visits.app + first_visits.rescue + first_visits.words,
        first_visits.app,
        first_visits.rescue,
        first_visits.words
    );
}

#[test]
fn a_page_of_yesterday_is_loaded_once_more_past_every_cache() {
    let (old, new) = (Release::new(1), Release::new(2));
    let server = Server::start(new.path());
    server.cache("index.html", old.path().join("index.html"));
    let browser = Browser::start(&server);
    browser.open("#/plan");
    browser.see(title("Plan"));
    assert!(new.runs_in(&browser));
    // And nothing of it stays in the address.
    assert_eq!(browser.js("return location.search", &[]), json!(""));
    // The worker gets past that cache as well.
    kept(&browser);
    assert!(new.is_kept_by(&browser));
}
