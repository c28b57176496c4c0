//! `serve` and `build`, and what every command prepares first.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::child::{become_program, show};
use crate::failure::Failure;
use crate::first_visit;
use crate::pack;
use crate::split::{split, strip};
use crate::styles;
use crate::terminal::say;
use crate::toolchain;
use crate::tools::Tools;

/// Makes sure of everything that a build needs, and says what it installs.
pub fn prepare(root: &Path) -> Result<Tools, Failure> {
    toolchain::check_rust(root)?;
    toolchain::fetch_libraries(&root.join("Cargo.toml"))?;
    toolchain::fetch_libraries(&pack::folder(root).join("Cargo.toml"))?;
    toolchain::ensure_wasm_target()?;
    Tools::ensure(root)
}

/// Builds the app, serves it on 127.0.0.1 and opens the browser, until it is interrupted.
pub fn serve(root: &Path, port: u16, open: bool) -> Result<bool, Failure> {
    toolchain::check_rust(root)?;
    // Asked first, because the answer should not come after minutes of installing.
    if let Err(error) = TcpListener::bind(("127.0.0.1", port)) {
        return Err(Failure::new(format!(
            "port {port} can't be used ({}): stop the program that uses it, or choose another port, \
             for example `cargo xtask serve --port {}`",
            plain(&error),
            if port < 65_000 { port + 1 } else { 8090 },
        )));
    }
    let tools = prepare(root)?;
    say(format!("Building the app; it will be at http://127.0.0.1:{port}/ (Ctrl-C stops it)."));
    // A folder of its own, so that dist/ only ever holds a release build.
    let served = root.join("target").join("serve");
    let mut trunk = trunk(&tools, root);
    trunk.args(["serve", "--address", "127.0.0.1", "--port", &port.to_string()]);
    // Its list of other names for this machine would only hide the one address to open.
    trunk.arg("--disable-address-lookup").arg("--dist").arg(&served);
    if open {
        trunk.arg("--open");
    }
    become_program(&mut trunk)
}

/// Makes the deployable `dist/` and prints what a first visit weighs.
pub fn build(root: &Path) -> Result<bool, Failure> {
    let tools = prepare(root)?;
    if !build_release(&tools, root)? {
        return Err(Failure::new("the build failed: the lines above say why"));
    }
    let dist = dist(root);
    say("\nA first visit downloads:");
    first_visit::weigh(root, &dist)?;
    say(format!("\nThe app is in {}: any static web host can serve that folder.", dist.display()));
    Ok(true)
}

/// Where a release build goes.
pub fn dist(root: &Path) -> PathBuf {
    root.join("dist")
}

/// Builds `dist/` and says whether that went well.
pub fn build_release(tools: &Tools, root: &Path) -> Result<bool, Failure> {
    let mut trunk = trunk(tools, root);
    trunk.args(["build", "--release", "--features", "split", "--dist"]).arg(dist(root));
    trunk.env("RUSTFLAGS", release_flags(root));
    if !show(&mut trunk)? || !split(tools, root, &dist(root))? {
        return Ok(false);
    }
    let dist = dist(root);
    styles::join(&dist)?;
    pack::run(root, "scripts", &[&dist])?;
    // Last of all: it knows every other file by its hash.
    pack::run(root, "worker", &[&dist, &root.join("public").join("service-worker.js")])?;
    Ok(true)
}

/// Makes the whole app as one file, which opens from a disk without any server.
pub fn build_one_file(root: &Path) -> Result<bool, Failure> {
    let tools = prepare(root)?;
    let file = one_file(&tools, root)?;
    say(format!("\nThe whole app is in {}: open it with a browser.", file.display()));
    Ok(true)
}

/// Where the single file goes.
pub fn single_file(root: &Path) -> PathBuf {
    root.join("target").join("one-file").join("ask-around.html")
}

/// Builds the single file and says where it is.
pub fn one_file(tools: &Tools, root: &Path) -> Result<PathBuf, Failure> {
    let file = single_file(root);
    let folder = root.join("target").join("one-file");
    let mut trunk = trunk(tools, root);
    // Not cut: a page from a disk can fetch no piece.
    trunk.args(["build", "--release", "--dist"]).arg(folder.join("dist"));
    trunk.env("RUSTFLAGS", release_flags(root));
    if !show(&mut trunk)? {
        return Err(Failure::new("the build failed: the lines above say why"));
    }
    strip(&folder.join("dist"))?;
    styles::join(&folder.join("dist"))?;
    pack::run(root, "one-file", &[&folder.join("dist"), &file])?;
    Ok(file)
}

/// What rustc is told for a release: what `.cargo/config.toml` says, relocations for the cut, and
/// no path of this machine in the app.
fn release_flags(root: &Path) -> String {
    let cargo_home = std::env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| std::env::var_os("HOME").map(|home| Path::new(&home).join(".cargo")));
    let mut shortened = vec![(root.to_owned(), "app")];
    if let Some(home) = cargo_home {
        // The later one counts: where the libraries lie is the longest part of their names.
        shortened.push((home.clone(), "cargo"));
        let sources = std::fs::read_dir(home.join("registry").join("src"));
        let registries = sources.into_iter().flatten().flatten().map(|entry| entry.path());
        shortened.extend(registries.map(|folder| (folder, "")));
    }
    let mut flags = "--cfg erase_components -Clink-args=--emit-relocs".to_owned();
    for (folder, name) in shortened {
        // A path with a space can't be said here; then it is said in the app.
        if !folder.to_string_lossy().contains(' ') {
            flags.push_str(&format!(" --remap-path-prefix={}={name}", folder.display()));
        }
    }
    flags
}

fn trunk(tools: &Tools, root: &Path) -> Command {
    let mut trunk = tools.command("trunk");
    trunk.current_dir(root);
    // Trunk reads this variable as true or false, while https://no-color.org says that any value counts.
    if std::env::var_os("NO_COLOR").is_some() {
        trunk.env("NO_COLOR", "true");
    }
    trunk
}

/// `address already in use`, without the number of the error.
fn plain(error: &std::io::Error) -> String {
    let text = error.to_string();
    text.split(" (os error").next().unwrap_or_default().to_lowercase()
}
