//! Takes pictures of pages, to look at: each route on a phone and on a laptop, in light and in dark,
//! as tall as the page is. Says so where a page is wider than the window or its console complains.
//!
//! ```text
//! cargo xtask build
//! cargo run -p ask-around-e2e --bin screens -- OUT_DIR [--on ROUTE] [--click NAME]... [ROUTE]...
//! cargo run -p ask-around-e2e --bin screens -- /tmp/screens --on '#/data' --click 'Load the sample'
//! ```
//!
//! `--click` presses the button or link of that name on the route of the last `--on`, before the
//! first picture. A `*` in a route stands for the first stored id of that kind, `*1` for the second:
//! `#/interviews/*/live`. Without routes it takes the pages of the main menu.

use std::path::PathBuf;
use std::process::ExitCode;

use ask_around_e2e::locator::{button, link};
use ask_around_e2e::{Browser, Options, Server, dist};
use serde_json::json;

const USAGE: &str = "usage: screens OUT_DIR [--on ROUTE] [--click NAME]... [ROUTE]...";
const MENU: [&str; 9] = [
    "#/",
    "#/plan",
    "#/contacts",
    "#/questions",
    "#/interviews",
    "#/insights",
    "#/data",
    "#/settings",
    "#/now",
];
const WIDTHS: [u32; 2] = [360, 1280];
const HEIGHT: u32 = 900;
/// A page taller than this is cut.
const TALLEST: u32 = 8_000;

#[derive(Debug, Default, PartialEq, Eq)]
struct Wish {
    out: PathBuf,
    first: Vec<Step>,
    routes: Vec<String>,
}

#[derive(Debug, PartialEq, Eq)]
enum Step {
    On(String),
    Click(String),
}

fn main() -> ExitCode {
    let Some(wish) = Wish::read(std::env::args().skip(1)) else {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    };
    let dist = dist();
    if !dist.join("index.html").is_file() {
        eprintln!("there is no app in {}: run `cargo xtask build` first", dist.display());
        return ExitCode::FAILURE;
    }
    let server = Server::start(dist);
    let options = Options { reduced_motion: true, height: HEIGHT, ..Options::default() };
    let browser = Browser::start_with(&server, options);
    browser.cdp("Emulation.setScrollbarsHidden", json!({ "hidden": true }));

    browser.open("#/");
    for step in &wish.first {
        match step {
            Step::On(route) => browser.open(route),
            Step::Click(name) => click(&browser, name),
        }
    }
    let mut sound = true;
    for route in &wish.routes {
        let Some(address) = with_ids(&browser, route) else {
            println!("{route}: nothing is stored that it could show");
            sound = false;
            continue;
        };
        for dark in [false, true] {
            browser.set_dark(dark);
            for width in WIDTHS {
                sound &= take(&browser, &wish, route, &address, width, dark);
            }
        }
    }
    for entry in browser.log() {
        sound &= entry.level != "SEVERE";
        println!("console: {} {} {}", entry.level, entry.source, entry.message);
    }
    if sound { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

impl Wish {
    fn read(mut words: impl Iterator<Item = String>) -> Option<Self> {
        let mut wish = Self::default();
        let mut out = None;
        while let Some(word) = words.next() {
            match word.as_str() {
                "--on" => wish.first.push(Step::On(words.next()?)),
                "--click" => wish.first.push(Step::Click(words.next()?)),
                flag if flag.starts_with("--") => return None,
                route if route.starts_with('#') => wish.routes.push(word),
                _ if out.is_none() => out = Some(PathBuf::from(word)),
                _ => return None,
            }
        }
        if wish.routes.is_empty() {
            wish.routes = MENU.map(String::from).to_vec();
        }
        Some(Self { out: out?, ..wish })
    }
}

fn click(browser: &Browser, name: &str) {
    let (button, link) = (button(name), link(name));
    let mut wanted = button.clone();
    browser.wait_until(&format!("there is a button or a link {name:?}"), |browser| {
        if browser.count(button.clone()) == 0 && browser.count(link.clone()) > 0 {
            wanted = link.clone();
        }
        browser.count(wanted.clone()) > 0
    });
    browser.click(wanted);
    // Else whatever lies under the pointer later looks as if it were pointed at.
    browser.cdp("Input.dispatchMouseEvent", json!({ "type": "mouseMoved", "x": 0, "y": 0 }));
    browser.settle();
}

/// Puts stored ids in the place of `*`: the segment before it names the kind, in the plural.
fn with_ids(browser: &Browser, route: &str) -> Option<String> {
    if !route.contains('*') {
        return Some(route.to_owned());
    }
    let keys: Vec<String> = browser.local_storage().into_keys().collect();
    let mut kind = "";
    let mut address = Vec::new();
    for segment in route.split('/') {
        match segment.strip_prefix('*') {
            None => {
                kind = segment.trim_end_matches('s');
                address.push(segment);
            }
            Some(at) => {
                let prefix = format!("ask-around:{kind}:");
                let mut ids = keys.iter().filter_map(|key| key.strip_prefix(&prefix));
                address.push(ids.nth(at.parse().unwrap_or(0))?);
            }
        }
    }
    Some(address.join("/"))
}

/// Takes one picture and says whether the page fits the window.
fn take(
    browser: &Browser,
    wish: &Wish,
    route: &str,
    address: &str,
    width: u32,
    dark: bool,
) -> bool {
    browser.set_size(width, HEIGHT);
    browser.open(address);
    browser.settle();
    let fits = !browser.scrolls_sideways();
    let page = browser.js("return document.documentElement.scrollHeight", &[]);
    let page = page.as_u64().and_then(|height| u32::try_from(height).ok()).unwrap_or(HEIGHT);
    browser.set_size(width, page.clamp(HEIGHT, TALLEST));
    browser.settle();
    let scheme = if dark { "dark" } else { "light" };
    let file = wish.out.join(format!("{}-{width}-{scheme}.png", slug(route)));
    browser.picture(&file);
    println!("{}", file.display());
    if !fits {
        println!("{route} scrolls sideways at {width} px: {}", wide(browser, width));
    }
    fits
}

/// The elements that reach furthest beyond the window.
fn wide(browser: &Browser, width: u32) -> String {
    let found = browser.js(
        "const beyond = [...document.querySelectorAll('body *')]
             .map((element) => [element.getBoundingClientRect().right, element])
             .filter(([right]) => right > arguments[0] + 0.5)
             .sort(([a], [b]) => b - a).slice(0, 3);
         return beyond.map(([right, element]) =>
             `<${element.localName} class=\"${element.className}\"> to ${Math.round(right)} px`).join(', ');",
        &[width.into()],
    );
    found.as_str().unwrap_or_default().to_owned()
}

fn slug(route: &str) -> String {
    let words: Vec<&str> = route
        .split(['#', '/', '?'])
        .filter(|word| !word.is_empty() && !word.starts_with('*'))
        .collect();
    if words.is_empty() { "today".to_owned() } else { words.join("-") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_read_in_order() {
        let words = ["out", "--on", "#/data", "--click", "Load the sample", "#/contacts/*"];
        let wish = Wish::read(words.map(String::from).into_iter()).unwrap();
        assert_eq!(wish.out, PathBuf::from("out"));
        let first = [Step::On("#/data".to_owned()), Step::Click("Load the sample".to_owned())];
        assert_eq!(wish.first, first);
        assert_eq!(wish.routes, ["#/contacts/*"]);
        assert_eq!(Wish::read(["--on".to_owned()].into_iter()), None);
    }

    #[test]
    fn pictures_are_named_after_their_route() {
        assert_eq!(slug("#/"), "today");
        assert_eq!(slug("#/interviews/*/live"), "interviews-live");
    }
}
