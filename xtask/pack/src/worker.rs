//! The service worker of one build: our template with the list of what the build holds. The worker
//! takes over only when every file of it has arrived and has this very hash.

use std::path::Path;

use serde_json::{Map, Value};

use crate::hash::sha256;

/// The worker's own file, as the page asks for it.
const NAME: &str = "service-worker.js";

/// What only a browser that installs the app asks for, and then keeps by itself.
const INSTALL: &str = "install/";

/// Writes the service worker into the folder.
pub fn write(dist: &Path, template: &Path) -> Result<(), String> {
    let names = crate::files_below(dist)?;
    let mut files = Map::new();
    for name in names.iter().filter(|name| *name != NAME && !name.starts_with(INSTALL)) {
        let hash = sha256(&crate::read(&dist.join(name))?);
        // Under the address that people open: some hosts send on from index.html.
        let asked_for = if name == "index.html" { "./" } else { name };
        files.insert(asked_for.to_owned(), Value::String(hash));
    }
    if !files.contains_key("./") {
        return Err(format!("there is no index.html in {}", dist.display()));
    }
    let worker = filled(&crate::read_text(template)?, &Value::Object(files).to_string())?;
    crate::write(&dist.join(NAME), crate::scripts::small(&worker)?.as_bytes())
}

/// The template with its two gaps filled.
fn filled(template: &str, files: &str) -> Result<String, String> {
    // The template counts too: another worker is another build.
    let build: String = sha256(format!("{template}{files}").as_bytes())
        .chars()
        .skip("sha256-".len())
        .filter(char::is_ascii_alphanumeric)
        .take(12)
        .collect();
    let worker = template.replace("'BUILD'", &format!("'{build}'")).replace("'FILES'", files);
    if worker.contains(files) && worker.contains(&build) {
        Ok(worker)
    } else {
        Err("the template of the service worker has no 'BUILD' or no 'FILES'".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEMPLATE: &str =
        "const BUILD = 'BUILD';\nconst FILES = 'FILES';\nglobalThis.all = [BUILD, FILES];";

    #[test]
    fn the_worker_knows_each_file_by_its_hash() {
        let folder = std::env::temp_dir().join(format!("pack-worker-{}", std::process::id()));
        std::fs::create_dir_all(folder.join("chunks")).unwrap();
        std::fs::create_dir_all(folder.join("install")).unwrap();
        for (name, text) in [
            ("index.html", "abc"),
            ("chunks/a.wasm", "abc"),
            ("install/a.png", "abc"),
            ("service-worker.js", "old"),
            ("template", TEMPLATE),
        ] {
            std::fs::write(folder.join(name), text).unwrap();
        }
        write(&folder, &folder.join("template")).unwrap();
        let worker = std::fs::read_to_string(folder.join("service-worker.js")).unwrap();
        std::fs::remove_dir_all(&folder).unwrap();
        let hash = "sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=";
        assert_eq!(worker.matches(hash).count(), 2, "{worker}");
        assert!(worker.contains("./") && worker.contains("chunks/a.wasm"), "{worker}");
        assert!(!worker.contains("index.html") && !worker.contains("install"), "{worker}");
    }

    #[test]
    fn another_file_or_another_worker_is_another_build() {
        let one = filled(TEMPLATE, "{\"a\":1}").unwrap();
        let other = filled(TEMPLATE, "{\"a\":2}").unwrap();
        let third = filled(&format!("{TEMPLATE}//"), "{\"a\":1}").unwrap();
        let build = |worker: &str| worker.split('\'').nth(1).unwrap().to_owned();
        assert_eq!(build(&one).len(), 12);
        assert_ne!(build(&one), build(&other));
        assert_ne!(build(&one), build(&third));
        assert!(filled("const A = 1;", "{}").is_err());
    }
}
