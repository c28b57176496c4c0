//! The whole app in one page, to be opened from a disk without any server.
//!
//! A page from a disk may fetch nothing and import nothing, so everything stands in the page: the
//! style sheet, the icon, the scripts, and the program, compressed, as text. The content security
//! policy then allows exactly these scripts and this sheet, by their hashes (W3C CSP 3, 2.3.1).

use std::path::Path;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;

use crate::hash::sha256;
use crate::scripts::small;
use crate::weigh::zip;

/// What wasm-bindgen's script ends with; here nobody can import it.
const EXPORT: &str = "export { initSync, __wbg_init as default };";

/// What it does here instead: `boot.js` looks for it there.
const HAND_OVER: &str = "globalThis.askAround = __wbg_init;";

/// What must not stand in the page any more: each would be a request.
const ELSEWHERE: [&str; 3] = ["<link", " src=", "@import"];

/// Writes the page.
pub fn write(dist: &Path, file: &Path) -> Result<(), String> {
    let page = crate::read_text(&dist.join("index.html"))?;
    let one = whole(&page, |name| crate::read(&dist.join(name)))?;
    crate::write(file, one.as_bytes())
}

fn whole(page: &str, read: impl Fn(&str) -> Result<Vec<u8>, String>) -> Result<String, String> {
    let text =
        |name: &str| String::from_utf8(read(name)?).map_err(|_| format!("{name} is not text"));
    let start = tag(page, "<script", "data-wasm")?;
    let sheet = tag(page, "<link", "stylesheet")?;
    let icon = tag(page, "<link", "icon")?;
    let (js, wasm) = (attribute(start, "data-js")?, attribute(start, "data-wasm")?);

    let style = text(attribute(sheet, "href")?)?;
    let program = BASE64_STANDARD.encode(zip(&read(wasm)?)?);
    let bindings = text(js)?;
    if !bindings.contains(EXPORT) {
        return Err(format!("{js} does not end as wasm-bindgen used to end it"));
    }
    let bindings = inside_a_page(&small(&bindings.replace(EXPORT, HAND_OVER))?);
    let boot = inside_a_page(&small(&text("boot.js")?)?);
    let picture = BASE64_STANDARD.encode(read(attribute(icon, "href")?)?);

    let scripts = format!(
        "<script type=application/gzip id=program>{program}</script>\
         <script type=module>{bindings}</script><script type=module>{boot}</script>"
    );
    let policy = format!(
        "default-src 'none'; script-src '{}' '{}' 'wasm-unsafe-eval'; style-src '{}'; \
         img-src data:; base-uri 'none'; form-action 'none'",
        sha256(bindings.as_bytes()),
        sha256(boot.as_bytes()),
        sha256(style.as_bytes()),
    );
    let asked = tag(page, "<meta", "Content-Security-Policy")?;
    let mut one = page
        .replace(asked, &format!("<meta content=\"{policy}\" http-equiv=Content-Security-Policy>"))
        .replace(icon, &format!("<link href=\"data:image/svg+xml;base64,{picture}\" rel=icon>"))
        .replace(sheet, &format!("<style>{style}</style>"));
    // What only an installed app or a server would use.
    while let Ok(other) = tag(&one, "<link", "href=./") {
        one = one.replace(other, "");
    }
    let closed = format!("{start}</script>");
    if !one.contains(&closed) {
        return Err("the page does not load the app as it used to".to_owned());
    }
    let frame = one.replace(&closed, "");
    if let Some(word) = ELSEWHERE.iter().find(|word| rest_names(&frame, word)) {
        return Err(format!("the page would still ask for a file: `{word}`"));
    }
    Ok(one.replace(&closed, &scripts))
}

/// Whether the page, but for its icon, holds the word in a tag.
fn rest_names(page: &str, word: &str) -> bool {
    page.split('<')
        .map(|part| format!("<{part}"))
        .filter(|part| !part.starts_with("<link href=\"data:") && !part.starts_with("<style"))
        .any(|part| part.contains(word))
}

/// The first tag of this kind with this in it.
fn tag<'a>(page: &'a str, kind: &str, mark: &str) -> Result<&'a str, String> {
    page.match_indices(kind)
        .filter_map(|(at, _)| page[at..].find('>').map(|end| &page[at..=at + end]))
        .find(|tag| tag.contains(mark))
        .ok_or_else(|| format!("the page has no {kind} with {mark}"))
}

/// The file that an attribute names, without the `./` before it.
fn attribute<'a>(tag: &'a str, name: &str) -> Result<&'a str, String> {
    let value = tag
        .split_once(&format!("{name}="))
        .map(|(_, rest)| rest.trim_start_matches('"'))
        .and_then(|rest| rest.split(['"', ' ', '>']).next())
        .ok_or_else(|| format!("{tag} has no {name}"))?;
    Ok(value.trim_start_matches("./"))
}

/// A script that can't end the element it stands in.
fn inside_a_page(script: &str) -> String {
    script.replace("</script", "<\\/script").replace("<!--", "<\\!--")
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "<!doctype html><meta content=\"default-src 'none'\" http-equiv=Content-Security-Policy>\
        <link href=./icon.svg rel=icon><link href=./manifest.webmanifest rel=manifest>\
        <link href=./a.css rel=stylesheet>\
        <script data-js=./a.js data-wasm=./a.wasm src=./boot.js type=module></script><body>text</body>";

    fn read(name: &str) -> Result<Vec<u8>, String> {
        let text = match name {
            "a.css" => "p{color:red}",
            "a.js" => {
                "function __wbg_init() { return '</script>'; }\nfunction initSync() {}\nexport { initSync, __wbg_init as default };"
            }
            "a.wasm" => "\0asm",
            "boot.js" => "globalThis.askAround();",
            "icon.svg" => "<svg/>",
            other => return Err(format!("nobody should ask for {other}")),
        };
        Ok(text.as_bytes().to_vec())
    }

    #[test]
    fn the_page_holds_everything_and_allows_nothing_else() {
        let one = whole(PAGE, read).unwrap();
        assert!(!one.contains("src=./") && !one.contains("href=./"), "{one}");
        assert!(one.contains("<style>p{color:red}</style>") && one.contains("id=program>"));
        assert!(one.contains("<body>text</body>"));
        // Three scripts, each ending once.
        assert_eq!(one.matches("</script>").count(), 3, "{one}");
        let policy = attribute_of_policy(&one);
        for script in one.split("<script type=module>").skip(1) {
            let script = script.split("</script>").next().unwrap();
            assert!(policy.contains(&sha256(script.as_bytes())), "{policy} without {script}");
        }
        assert!(policy.contains(&sha256(b"p{color:red}")) && !policy.contains("self"));
    }

    fn attribute_of_policy(page: &str) -> &str {
        page.split("content=\"").nth(1).unwrap().split('"').next().unwrap()
    }

    #[test]
    fn a_page_of_another_making_is_refused() {
        assert!(whole(&PAGE.replace("data-wasm", "data-x"), read).is_err());
        assert!(whole(&PAGE.replace("<body>", "<body><img src=x.png>"), read).is_err());
        let other = |name: &str| {
            if name == "a.js" { Ok(b"export default 1;".to_vec()) } else { read(name) }
        };
        assert!(whole(PAGE, other).is_err());
    }
}
