//! Releases: the built app, again and again under new names, as if something had changed each time.

use std::path::{Path, PathBuf};
use std::process::Command;

use ask_around_e2e::{Browser, dist};
use serde_json::json;
use tempfile::TempDir;

/// One release in a folder of its own.
pub struct Release {
    folder: TempDir,
    stem: String,
}

impl Release {
    /// The built app as release number `number`: its hashed files have other names, so that no file of
    /// one release serves another, and its worker knows them.
    pub fn new(number: usize) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let names = below(&dist());
        let hashes: Vec<String> = names.iter().filter_map(|name| hash_of(name)).collect();
        // As long as before: the program names its script in the middle of its code.
        let renewed = |bytes: Vec<u8>| {
            hashes.iter().fold(bytes, |bytes, hash| {
                replaced(bytes, hash.as_bytes(), format!("{number:04x}{}", &hash[4..]).as_bytes())
            })
        };
        for name in &names {
            let new_name = String::from_utf8(renewed(name.clone().into_bytes())).unwrap();
            let to = folder.path().join(new_name);
            std::fs::create_dir_all(to.parent().unwrap()).unwrap();
            std::fs::write(to, renewed(std::fs::read(dist().join(name)).unwrap())).unwrap();
        }
        let release = Self { stem: String::new(), folder };
        release.write_worker();
        let page = std::fs::read_to_string(release.path().join("index.html")).unwrap();
        Self { stem: stem_in(&page), ..release }
    }

    /// Where it lies.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Every file in it.
    pub fn files(&self) -> Vec<String> {
        below(self.path())
    }

    /// Whether it is the one that a tab runs.
    pub fn runs_in(&self, browser: &Browser) -> bool {
        browser.js("return document.querySelector('script[data-js]')?.dataset.js", &[])
            == json!(self.stem)
    }

    /// Whether it is the one that this browser keeps for when there is no connection.
    pub fn is_kept_by(&self, browser: &Browser) -> bool {
        let page = browser.js_async(
            "const kept = (await caches.keys()).filter((name) => name.startsWith('ask-around:')); \
             const pages = await Promise.all(kept.map(async (name) => \
                 (await caches.match('./', { cacheName: name }))?.text())); \
             return pages.filter((page) => page !== undefined).join('\\n')",
        );
        page.as_str().unwrap_or_default().contains(&self.stem)
    }

    fn write_worker(&self) {
        let root = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."));
        let pack = std::env::var_os("ASK_AROUND_PACK")
            .map_or_else(|| root.join("xtask/target/debug/pack"), PathBuf::from);
        let written = Command::new(pack)
            .arg("worker")
            .arg(self.path())
            .arg(root.join("public").join("service-worker.js"))
            .status()
            .unwrap();
        assert!(written.success());
    }
}

/// What the page names as the app's script.
fn stem_in(page: &str) -> String {
    let (_, rest) = page.split_once("data-js=").unwrap();
    rest.split([' ', '>']).next().unwrap().trim_matches('"').to_owned()
}

/// Every occurrence replaced by another text of the same length.
fn replaced(mut bytes: Vec<u8>, old: &[u8], new: &[u8]) -> Vec<u8> {
    assert_eq!(old.len(), new.len());
    let mut at = 0;
    while let Some(found) = bytes[at..].windows(old.len()).position(|window| window == old) {
        at += found;
        bytes[at..at + new.len()].copy_from_slice(new);
    }
    bytes
}

/// The hash in a name such as `ask-around-33e1b537e5e15202_bg.wasm`.
fn hash_of(name: &str) -> Option<String> {
    let hash = name.strip_prefix("ask-around-")?.get(..16)?;
    hash.chars().all(|letter| letter.is_ascii_hexdigit()).then(|| hash.to_owned())
}

/// Every file below a folder, by its path inside it.
fn below(folder: &Path) -> Vec<String> {
    let mut names = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            names.extend(below(&path).into_iter().map(|inside| format!("{name}/{inside}")));
        } else {
            names.push(name);
        }
    }
    names.sort();
    names
}
