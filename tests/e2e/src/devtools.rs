//! The browser's own DevTools port, for what the driver does not survive: it ends its session when a
//! page that it watches crashes under a command of its own.

use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

/// Crashes the process that draws a tab and returns when it is gone.
pub fn crash(address: &str, tab: &str) -> io::Result<()> {
    let mut connection = connect(address)?;
    write!(
        connection,
        "GET /devtools/page/{tab} HTTP/1.1\r\nHost: {address}\r\nUpgrade: websocket\r\n\
         Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n\
         Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
    )?;
    let head = read_head(&mut connection)?;
    if !head.starts_with("HTTP/1.1 101") {
        return Err(io::Error::other(format!("the tab can't be reached: {head}")));
    }
    send(&mut connection, r#"{"id":1,"method":"Inspector.enable"}"#)?;
    while !receive(&mut connection)?.contains("\"id\":1") {}
    send(&mut connection, r#"{"id":2,"method":"Page.crash"}"#)?;
    while !receive(&mut connection)?.contains("Inspector.targetCrashed") {}
    Ok(())
}

/// Closes a tab, crashed or not.
pub fn close(address: &str, tab: &str) -> io::Result<()> {
    let mut connection = connect(address)?;
    write!(
        connection,
        "GET /json/close/{tab} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n"
    )?;
    let head = read_head(&mut connection)?;
    if !head.starts_with("HTTP/1.1 200") {
        return Err(io::Error::other(format!("the tab can't be closed: {head}")));
    }
    Ok(())
}

fn connect(address: &str) -> io::Result<TcpStream> {
    let connection = TcpStream::connect(address)?;
    connection.set_read_timeout(Some(Duration::from_secs(10)))?;
    Ok(connection)
}

/// Byte by byte, lest it take something of the first frame with it.
fn read_head(connection: &mut TcpStream) -> io::Result<String> {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") {
        connection.read_exact(&mut byte)?;
        head.extend(byte);
    }
    Ok(String::from_utf8_lossy(&head).into_owned())
}

/// Sends one short text (RFC 6455, 5.2). A mask of zeros changes nothing.
fn send(connection: &mut TcpStream, text: &str) -> io::Result<()> {
    let length = u8::try_from(text.len()).ok().filter(|length| *length < 126);
    let length = length.ok_or_else(|| io::Error::other("too long for one short frame"))?;
    let mut frame = vec![0x81, 0x80 | length, 0, 0, 0, 0];
    frame.extend(text.as_bytes());
    connection.write_all(&frame)
}

/// Receives one frame as text, of whatever kind it is.
fn receive(connection: &mut TcpStream) -> io::Result<String> {
    let mut head = [0; 2];
    connection.read_exact(&mut head)?;
    let length = match head[1] & 0x7f {
        126 => {
            let mut bytes = [0; 2];
            connection.read_exact(&mut bytes)?;
            u64::from(u16::from_be_bytes(bytes))
        }
        127 => {
            let mut bytes = [0; 8];
            connection.read_exact(&mut bytes)?;
            u64::from_be_bytes(bytes)
        }
        length => u64::from(length),
    };
    let mut text = Vec::new();
    connection.take(length).read_to_end(&mut text)?;
    Ok(String::from_utf8_lossy(&text).into_owned())
}
