//! A static web host on loopback: serves one folder under a sub-path, gzipped, and remembers what
//! was asked of it.
//!
//! Written out rather than taken from a library because it must be able to vanish: every answer
//! closes its connection, so that after [`Server::stop`] a browser is refused at once instead of
//! hanging on a connection kept alive.

use std::collections::BTreeMap;
use std::io::{self, BufRead, BufReader, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Component, Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use flate2::Compression;
use flate2::write::GzEncoder;

/// Where the app lives on the host, as project sites do.
const SUB_PATH: &str = "/ask-around/";

/// One request and how it was answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// `GET`, usually.
    pub method: String,
    /// The path as it was asked for, with the query.
    pub path: String,
    /// The status of the answer.
    pub status: u16,
}

/// A running host; dropping it stops it.
pub struct Server {
    address: SocketAddr,
    shared: Arc<Shared>,
    accepting: Option<Accepting>,
}

struct Shared {
    sub_path: String,
    folder: Mutex<PathBuf>,
    /// Files that are answered otherwise than as they are.
    otherwise: Mutex<BTreeMap<String, Otherwise>>,
    requests: Mutex<Vec<Request>>,
}

/// How a file is answered that is not answered as it is.
enum Otherwise {
    /// As if it were not there.
    Gone,
    /// With another file.
    With(PathBuf),
    /// With another file, but only under the address that everybody asks for.
    FromCache(PathBuf),
}

struct Accepting {
    stop: Arc<AtomicBool>,
    thread: JoinHandle<()>,
}

impl Server {
    /// Serves the folder under `/ask-around/` on a free port.
    ///
    /// # Panics
    /// If no port of 127.0.0.1 can be listened on.
    pub fn start(folder: impl Into<PathBuf>) -> Self {
        Self::start_under(SUB_PATH, folder)
    }

    /// Serves the folder under another sub-path, which begins and ends with a slash.
    ///
    /// # Panics
    /// If no port of 127.0.0.1 can be listened on.
    pub fn start_under(sub_path: &str, folder: impl Into<PathBuf>) -> Self {
        let shared = Arc::new(Shared {
            sub_path: sub_path.to_owned(),
            folder: Mutex::new(folder.into()),
            otherwise: Mutex::default(),
            requests: Mutex::default(),
        });
        let mut server =
            Self { address: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)), shared, accepting: None };
        server.start_again();
        server
    }

    /// Where the app is, ending with a slash.
    pub fn url(&self) -> String {
        format!("{}{}", self.origin(), self.shared.sub_path)
    }

    /// Scheme, host and port.
    pub fn origin(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Every request so far, in the order they were answered.
    pub fn requests(&self) -> Vec<Request> {
        lock(&self.shared.requests).clone()
    }

    /// Serves another folder from now on, as after a new release.
    pub fn release(&self, folder: impl Into<PathBuf>) {
        *lock(&self.shared.folder) = folder.into();
    }

    /// Answers for this file (its path inside the folder) as if it were not there, whatever is released.
    pub fn lose(&self, name: &str) {
        lock(&self.shared.otherwise).insert(name.to_owned(), Otherwise::Gone);
    }

    /// Answers for this file with another one, as a host does that missed half of a release.
    pub fn hand_out(&self, name: &str, file: impl Into<PathBuf>) {
        lock(&self.shared.otherwise).insert(name.to_owned(), Otherwise::With(file.into()));
    }

    /// Answers for this file with another one unless the address has a query, as a cache on the way
    /// does that missed a release: it knows the addresses that were asked for.
    pub fn cache(&self, name: &str, file: impl Into<PathBuf>) {
        lock(&self.shared.otherwise).insert(name.to_owned(), Otherwise::FromCache(file.into()));
    }

    /// Answers for every file as it is from now on.
    pub fn be_whole(&self) {
        lock(&self.shared.otherwise).clear();
    }

    /// Vanishes from the network.
    pub fn stop(&mut self) {
        if let Some(accepting) = self.accepting.take() {
            accepting.stop.store(true, Ordering::SeqCst);
            // Wakes the thread that waits for the next connection.
            let _ = TcpStream::connect(self.address);
            let _ = accepting.thread.join();
        }
    }

    /// Comes back on the same port, so that a browser finds its origin again.
    ///
    /// # Panics
    /// If the port was taken meanwhile.
    pub fn start_again(&mut self) {
        if self.accepting.is_some() {
            return;
        }
        let listener = TcpListener::bind(self.address)
            .unwrap_or_else(|error| panic!("could not listen on {}: {error}", self.address));
        self.address = listener.local_addr().unwrap_or(self.address);
        let stop = Arc::new(AtomicBool::new(false));
        let thread = thread::spawn({
            let (stop, shared) = (Arc::clone(&stop), Arc::clone(&self.shared));
            move || accept(&listener, &stop, &shared)
        });
        self.accepting = Some(Accepting { stop, thread });
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop();
    }
}

fn accept(listener: &TcpListener, stop: &Arc<AtomicBool>, shared: &Arc<Shared>) {
    for connection in listener.incoming() {
        if stop.load(Ordering::SeqCst) {
            break;
        }
        let Ok(connection) = connection else { continue };
        let (stop, shared) = (Arc::clone(stop), Arc::clone(shared));
        // A thread each, because browsers open connections they do not use yet.
        thread::spawn(move || answer(&connection, &stop, &shared));
    }
}

/// Reads one request and answers it. A browser that goes away in the middle is no error.
fn answer(connection: &TcpStream, stop: &AtomicBool, shared: &Shared) -> Option<()> {
    connection.set_read_timeout(Some(Duration::from_secs(30))).ok()?;
    let mut lines = BufReader::new(connection).lines();
    let first = lines.next()?.ok()?;
    let headers: Vec<String> =
        lines.by_ref().map_while(Result::ok).take_while(|line| !line.is_empty()).collect();
    if stop.load(Ordering::SeqCst) {
        return None;
    }
    let mut words = first.split(' ');
    let (method, path) = (words.next()?, words.next()?);
    let response = Response::to(method, path, accepts_gzip(&headers), shared);
    lock(&shared.requests).push(Request {
        method: method.to_owned(),
        path: path.to_owned(),
        status: response.status,
    });
    response.send(connection, method == "HEAD").ok()
}

fn accepts_gzip(headers: &[String]) -> bool {
    headers.iter().any(|header| {
        let header = header.to_ascii_lowercase();
        header.starts_with("accept-encoding:") && header.contains("gzip")
    })
}

struct Response {
    status: u16,
    headers: Vec<(&'static str, String)>,
    body: Vec<u8>,
}

impl Response {
    fn to(method: &str, path: &str, gzip: bool, shared: &Shared) -> Self {
        if !matches!(method, "GET" | "HEAD") {
            return Self::plain(405, "only GET is served");
        }
        let has_query = path.contains('?');
        let path = path.split(['?', '#']).next().unwrap_or_default();
        if format!("{path}/") == shared.sub_path {
            let mut response = Self::plain(301, "moved");
            response.headers.push(("Location", shared.sub_path.clone()));
            return response;
        }
        let Some(inside) = path.strip_prefix(shared.sub_path.as_str()) else {
            return Self::plain(404, "nothing is served here");
        };
        let folder = lock(&shared.folder).clone();
        let name = if inside.is_empty() { "index.html" } else { inside };
        let file = match lock(&shared.otherwise).get(name) {
            Some(Otherwise::Gone) => None,
            Some(Otherwise::With(other)) => Some(other.clone()),
            Some(Otherwise::FromCache(other)) if !has_query => Some(other.clone()),
            _ => file_in(&folder, inside),
        };
        match file.and_then(|file| Some((std::fs::read(&file).ok()?, file))) {
            Some((bytes, file)) => Self::file(&bytes, &file, gzip),
            None => Self::plain(404, "there is no such file"),
        }
    }

    fn plain(status: u16, text: &str) -> Self {
        Self {
            status,
            headers: vec![("Content-Type", "text/plain; charset=utf-8".to_owned())],
            body: text.as_bytes().to_vec(),
        }
    }

    fn file(bytes: &[u8], file: &Path, gzip: bool) -> Self {
        let mut headers = vec![
            ("Content-Type", media_type(file).to_owned()),
            ("X-Content-Type-Options", "nosniff".to_owned()),
            ("Cache-Control", "no-cache".to_owned()),
            ("Vary", "Accept-Encoding".to_owned()),
        ];
        let zipped = gzip.then(|| zip(bytes).ok()).flatten();
        if zipped.is_some() {
            headers.push(("Content-Encoding", "gzip".to_owned()));
        }
        Self { status: 200, headers, body: zipped.unwrap_or_else(|| bytes.to_vec()) }
    }

    fn send(&self, mut connection: &TcpStream, head_only: bool) -> io::Result<()> {
        let mut head = format!("HTTP/1.1 {} {}\r\n", self.status, reason(self.status));
        for (name, value) in &self.headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        head.push_str(&format!("Content-Length: {}\r\nConnection: close\r\n\r\n", self.body.len()));
        connection.write_all(head.as_bytes())?;
        if !head_only {
            connection.write_all(&self.body)?;
        }
        connection.flush()
    }
}

/// The file behind a path, if the path stays inside the folder.
fn file_in(folder: &Path, path: &str) -> Option<PathBuf> {
    let path = path.replace("%20", " ");
    let stays = Path::new(&path).components().all(|part| matches!(part, Component::Normal(_)));
    let file = folder.join(&path);
    let file = if path.is_empty() || path.ends_with('/') { file.join("index.html") } else { file };
    (stays && file.is_file()).then_some(file)
}

fn zip(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes)?;
    encoder.finish()
}

fn media_type(file: &Path) -> &'static str {
    match file.extension().and_then(|extension| extension.to_str()).unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        301 => "Moved Permanently",
        405 => "Method Not Allowed",
        _ => "Not Found",
    }
}

/// A thread that panicked while it held the list has not made the list wrong.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_path_leaves_the_folder() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("dist")).unwrap();
        std::fs::write(folder.path().join("secret.txt"), "no").unwrap();
        std::fs::write(folder.path().join("dist/index.html"), "yes").unwrap();
        let dist = folder.path().join("dist");
        assert_eq!(file_in(&dist, ""), Some(dist.join("index.html")));
        assert_eq!(file_in(&dist, "../secret.txt"), None);
        assert_eq!(file_in(&dist, "/etc/hostname"), None);
        assert_eq!(file_in(&dist, "missing.js"), None);
    }
}
