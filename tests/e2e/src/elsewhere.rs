//! Everywhere but loopback. A browser that logs no requests is told to go through this proxy to any
//! other host; it answers nothing and remembers who was asked for.

use std::io::{self, BufRead, BufReader, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

/// A running proxy; dropping it stops it.
pub struct Elsewhere {
    address: SocketAddr,
    asked: Arc<Mutex<Vec<String>>>,
    stop: Arc<AtomicBool>,
}

impl Elsewhere {
    /// Listens on a free port.
    pub fn start() -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let address = listener.local_addr()?;
        let (asked, stop) = (Arc::<Mutex<Vec<String>>>::default(), Arc::<AtomicBool>::default());
        thread::spawn({
            let (asked, stop) = (Arc::clone(&asked), Arc::clone(&stop));
            move || {
                for connection in listener.incoming() {
                    if stop.load(Ordering::SeqCst) {
                        break;
                    }
                    let Ok(connection) = connection else { continue };
                    let asked = Arc::clone(&asked);
                    thread::spawn(move || {
                        if let Some(url) = refuse(&connection) {
                            asked.lock().unwrap_or_else(PoisonError::into_inner).push(url);
                        }
                    });
                }
            }
        });
        Ok(Self { address, asked, stop })
    }

    /// Host and port of the proxy.
    pub fn address(&self) -> String {
        self.address.to_string()
    }

    /// Every address that was asked for, in full where it was not encrypted.
    pub fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Drop for Elsewhere {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::SeqCst);
        // Wakes the thread that waits for the next connection.
        let _ = TcpStream::connect(self.address);
    }
}

/// Refuses one request; what it was for.
fn refuse(mut connection: &TcpStream) -> Option<String> {
    connection.set_read_timeout(Some(Duration::from_secs(30))).ok()?;
    let mut lines = BufReader::new(connection).lines();
    let first = lines.next()?.ok()?;
    let mut words = first.split(' ');
    let url = match (words.next()?, words.next()?) {
        ("CONNECT", host) => format!("https://{}/", host.trim_end_matches(":443")),
        (_, url) => url.to_owned(),
    };
    // All of it is read first, or the browser may take the end of the connection for an error.
    lines.map_while(Result::ok).take_while(|line| !line.is_empty()).for_each(drop);
    let answer = "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    let _ = connection.write_all(answer.as_bytes());
    Some(url)
}
