//! A backup sealed with a passphrase: the file, not the sealing.
//!
//! ```json
//! {"app":"ask-around","sealed":1,
//! "kdf":{"name":"PBKDF2","hash":"SHA-256","iterations":600000,"salt":"…"},
//! "cipher":{"name":"AES-GCM","iv":"…"},
//! "data":"…"}
//! ```
//!
//! The real file has no line breaks but one at its end. `salt` (16 bytes), `iv`
//! (12 bytes) and `data` are base64 with padding (RFC 4648, section 4). The key is
//! PBKDF2 with HMAC-SHA-256 (RFC 8018) of the passphrase, normalised to NFKC and
//! written in UTF-8; it is 256 bits long. `data` is AES-GCM (NIST SP 800-38D) of
//! the text in UTF-8, with the tag of 16 bytes at its end.
//!
//! Everything but `data` is bound to it as additional authenticated data. The bytes
//! so bound are those of [`Header::text`]: the object without its last field,
//! without spaces or line breaks, fields in the order above. They are made anew
//! from what was read, so another program may lay the file out as it likes; but a
//! changed value is found out, and a field that has no place here is refused.

use crate::persist::backup;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde::Deserialize;
use serde::de::IgnoredAny;
use std::borrow::Cow;

/// The format this version writes and reads.
const FORMAT: u64 = 1;

/// How often PBKDF2 goes round in a new file: the figure of OWASP's Password
/// Storage Cheat Sheet of 2023 for HMAC-SHA-256.
pub const ITERATIONS: u32 = 600_000;

/// What is accepted of a file. Fewer rounds would be no protection, and a file
/// that asked for more would only make the page stand still.
const ACCEPTED_ITERATIONS: std::ops::RangeInclusive<u32> = 100_000..=10_000_000;

/// The bytes that AES-GCM adds to a text, however short.
const TAG: usize = 16;

/// The largest file that is read, in bytes: the largest backup, in base64, and its header.
pub const MAX_BYTES: usize = backup::MAX_BYTES / 3 * 4 + 1000;

/// Why a file is no sealed backup that can be opened.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SealedError {
    /// It is larger than any sealed backup can be.
    #[error("the file has {0} bytes")]
    TooLarge(usize),
    /// It begins well and then stops.
    #[error("cut short")]
    CutShort,
    /// It is no sealed backup of this app.
    #[error("not a sealed backup")]
    NotSealed,
    /// It was made by a newer version of the app, in this format.
    #[error("sealed in the newer format {0}")]
    Newer(u64),
    /// Something in it is not what it should be.
    #[error("wrong shape: {0}")]
    WrongShape(String),
}

/// What is needed, besides the passphrase, to open the data. None of it is secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Header {
    /// How often PBKDF2 goes round.
    pub iterations: u32,
    /// Makes the key another one in every file.
    pub salt: [u8; 16],
    /// The initialisation vector of AES-GCM.
    pub iv: [u8; 12],
}

impl Header {
    /// The header as a JSON object. Its bytes are what the data is bound to, so
    /// not one of them may ever change.
    #[must_use]
    pub fn text(&self) -> String {
        format!(
            "{{\"app\":\"{}\",\"sealed\":{FORMAT},\
             \"kdf\":{{\"name\":\"PBKDF2\",\"hash\":\"SHA-256\",\"iterations\":{},\"salt\":\"{}\"}},\
             \"cipher\":{{\"name\":\"AES-GCM\",\"iv\":\"{}\"}}}}",
            backup::APP,
            self.iterations,
            BASE64.encode(self.salt),
            BASE64.encode(self.iv),
        )
    }
}

/// A sealed backup, read but not opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealed {
    /// How it was sealed.
    pub header: Header,
    /// The text, encrypted, and its tag.
    pub data: Vec<u8>,
}

/// The whole file, as it is read. What it has beyond this nothing would vouch for.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File<'a> {
    #[serde(rename = "app")]
    _app: IgnoredAny,
    #[serde(rename = "sealed")]
    _sealed: IgnoredAny,
    #[serde(borrow)]
    kdf: Kdf<'a>,
    cipher: Cipher<'a>,
    data: Cow<'a, str>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Kdf<'a> {
    #[serde(borrow)]
    name: Cow<'a, str>,
    hash: Cow<'a, str>,
    iterations: u32,
    salt: Cow<'a, str>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cipher<'a> {
    #[serde(borrow)]
    name: Cow<'a, str>,
    iv: Cow<'a, str>,
}

/// Whether a file looks like one of ours that is sealed, from its first few bytes.
#[must_use]
pub fn is_sealed(text: &str) -> bool {
    let mut seen = trimmed(text).chars().filter(|c| !c.is_ascii_whitespace());
    format!("{{\"app\":\"{}\",\"sealed\":", backup::APP).chars().all(|c| seen.next() == Some(c))
}

/// Without the byte order mark and the blanks that a text editor may have added.
fn trimmed(text: &str) -> &str {
    text.trim_start_matches('\u{feff}').trim()
}

fn wrong(what: &str) -> SealedError {
    SealedError::WrongShape(what.to_owned())
}

/// Bytes of exactly one length. Each can be written in one way only, so that no
/// two texts of a header mean the same.
fn bytes<const N: usize>(text: &str, what: &str) -> Result<[u8; N], SealedError> {
    let bytes = BASE64.decode(text).map_err(|_| wrong(what))?;
    bytes.try_into().map_err(|_| wrong(what))
}

impl Sealed {
    /// Reads a file and checks all that can be checked without the passphrase.
    ///
    /// # Errors
    /// Names the first thing that is wrong.
    pub fn read(text: &str) -> Result<Self, SealedError> {
        /// What says whether the rest is for us.
        #[derive(Deserialize)]
        struct Head {
            app: Option<serde_json::Value>,
            sealed: Option<serde_json::Value>,
        }
        if text.len() > MAX_BYTES {
            return Err(SealedError::TooLarge(text.len()));
        }
        let text = trimmed(text);
        let head: Head = serde_json::from_str(text).map_err(|error| {
            if error.is_eof() && is_sealed(text) {
                SealedError::CutShort
            } else {
                SealedError::NotSealed
            }
        })?;
        let (Some(app), Some(sealed)) = (head.app, head.sealed) else {
            return Err(SealedError::NotSealed);
        };
        if app.as_str() != Some(backup::APP) {
            return Err(SealedError::NotSealed);
        }
        match sealed.as_u64() {
            Some(FORMAT) => {}
            Some(format) if format > FORMAT => return Err(SealedError::Newer(format)),
            _ => return Err(wrong("sealed")),
        }
        let file: File<'_> =
            serde_json::from_str(text).map_err(|error| wrong(&error.to_string()))?;
        if file.kdf.name != "PBKDF2" {
            return Err(wrong("kdf.name"));
        }
        if file.kdf.hash != "SHA-256" {
            return Err(wrong("kdf.hash"));
        }
        if !ACCEPTED_ITERATIONS.contains(&file.kdf.iterations) {
            return Err(wrong("kdf.iterations"));
        }
        if file.cipher.name != "AES-GCM" {
            return Err(wrong("cipher.name"));
        }
        let header = Header {
            iterations: file.kdf.iterations,
            salt: bytes(&file.kdf.salt, "kdf.salt")?,
            iv: bytes(&file.cipher.iv, "cipher.iv")?,
        };
        let data = BASE64.decode(file.data.as_bytes()).map_err(|_| wrong("data"))?;
        if data.len() < TAG {
            return Err(wrong("data"));
        }
        Ok(Self { header, data })
    }

    /// The file.
    #[must_use]
    pub fn write(&self) -> String {
        let mut text = self.header.text();
        // The brace that ends the header goes to the end of the file.
        text.pop();
        text.push_str(",\"data\":\"");
        BASE64.encode_string(&self.data, &mut text);
        text.push_str("\"}\n");
        text
    }
}

#[cfg(test)]
mod tests;
