//! A passphrase on a backup file, with the browser's own cryptography (W3C Web
//! Cryptography). The file is [`crate::persist::sealed`]'s; what is done to it is
//! said there, to the byte.
//!
//! Salt and iv are random and new for every file, so no key is used for two texts
//! (NIST SP 800-38D, section 8.2.2). Keys can't be read out of the browser.

use crate::browser::words_of;
use crate::persist::sealed::{Header, ITERATIONS, Sealed};
use js_sys::{Array, JsString, Promise, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AesDerivedKeyParams, AesGcmParams, Crypto, CryptoKey, DomException, Pbkdf2Params, SubtleCrypto,
};

/// Why a text could not be sealed or opened.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// The browser does no cryptography on this page: it is not served securely.
    #[error("no cryptography on this page")]
    NoCrypto,
    /// The passphrase is not the one it was sealed with, or something in the file
    /// was changed. Which of the two can't be told.
    #[error("wrong passphrase, or damaged")]
    WrongPassphraseOrDamaged,
    /// Anything else, in the browser's words.
    #[error("cryptography failed: {0}")]
    Failed(String),
}

impl From<JsValue> for SealError {
    fn from(error: JsValue) -> Self {
        Self::Failed(words_of(&error))
    }
}

/// Seals `text`, and returns the file. It takes a good part of a second, which is
/// what makes guessing slow; the page goes on meanwhile.
///
/// # Errors
/// [`SealError::NoCrypto`], or what else the browser says.
pub async fn seal(text: &str, passphrase: &str) -> Result<String, SealError> {
    let (crypto, subtle) = crypto()?;
    let mut header = Header { iterations: ITERATIONS, salt: [0; 16], iv: [0; 12] };
    crypto.get_random_values_with_u8_array(&mut header.salt)?;
    crypto.get_random_values_with_u8_array(&mut header.iv)?;
    let key = key(&subtle, &header, passphrase, "encrypt").await?;
    let data =
        finished(subtle.encrypt_with_object_and_u8_array(&cipher(&header), &key, text.as_bytes()))
            .await?;
    Ok(Sealed { header, data: Uint8Array::new(&data).to_vec() }.write())
}

/// Opens what was sealed, and returns the text.
///
/// # Errors
/// [`SealError::NoCrypto`]; [`SealError::WrongPassphraseOrDamaged`] if so much as
/// one bit of the file or the passphrase is another; or what else the browser says.
pub async fn open(sealed: &Sealed, passphrase: &str) -> Result<String, SealError> {
    let (_, subtle) = crypto()?;
    let header = &sealed.header;
    let key = key(&subtle, header, passphrase, "decrypt").await?;
    let opened =
        finished(subtle.decrypt_with_object_and_u8_array(&cipher(header), &key, &sealed.data));
    let opened = opened.await.map_err(|error| match error.dyn_ref::<DomException>() {
        // All that a browser says of a tag that does not fit.
        Some(known) if known.name() == "OperationError" => SealError::WrongPassphraseOrDamaged,
        _ => error.into(),
    })?;
    String::from_utf8(Uint8Array::new(&opened).to_vec())
        .map_err(|error| SealError::Failed(error.to_string()))
}

fn crypto() -> Result<(Crypto, SubtleCrypto), SealError> {
    let crypto = web_sys::window().and_then(|window| window.crypto().ok());
    let crypto = crypto.ok_or(SealError::NoCrypto)?;
    let subtle = crypto.subtle();
    // Random numbers there are on every page, ciphers only on secure ones.
    if subtle.is_undefined() { Err(SealError::NoCrypto) } else { Ok((crypto, subtle)) }
}

/// The key that a passphrase gives (RFC 8018, section 5.2), for one use.
///
/// One keyboard writes `é` as one character and another as two, so the passphrase
/// is normalised to NFKC first, as NIST SP 800-63B, section 5.1.1.2 asks.
async fn key(
    subtle: &SubtleCrypto,
    header: &Header,
    passphrase: &str,
    usage: &str,
) -> Result<CryptoKey, SealError> {
    let passphrase = String::from(JsString::from(passphrase).normalize("NFKC"));
    let phrase = finished(subtle.import_key_with_str(
        "raw",
        &Uint8Array::from(passphrase.as_bytes()),
        "PBKDF2",
        false,
        &Array::of1(&"deriveKey".into()),
    ))
    .await?;
    let derivation = Pbkdf2Params::new_with_str(
        "PBKDF2",
        "SHA-256",
        header.iterations,
        &Uint8Array::from(header.salt.as_slice()),
    );
    let key = finished(subtle.derive_key_with_object_and_object(
        &derivation,
        phrase.unchecked_ref(),
        &AesDerivedKeyParams::new("AES-GCM", 256),
        false,
        &Array::of1(&usage.into()),
    ))
    .await?;
    Ok(key.unchecked_into())
}

fn cipher(header: &Header) -> AesGcmParams {
    let iv = Uint8Array::from(header.iv.as_slice());
    let cipher = AesGcmParams::new_with_u8_array("AES-GCM", &iv);
    cipher.set_additional_data_u8_array(&Uint8Array::from(header.text().as_bytes()));
    cipher.set_tag_length(128);
    cipher
}

async fn finished(begun: Result<Promise, JsValue>) -> Result<JsValue, JsValue> {
    JsFuture::from(begun?).await
}
