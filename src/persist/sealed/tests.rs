//! The sealed file to the letter, and everything about it that is refused.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail")]

use super::{Header, ITERATIONS, MAX_BYTES, Sealed, SealedError, is_sealed};

/// As a released version wrote it: it must be read for ever.
const FILE: &str = "{\"app\":\"ask-around\",\"sealed\":1,\
    \"kdf\":{\"name\":\"PBKDF2\",\"hash\":\"SHA-256\",\"iterations\":600000,\
    \"salt\":\"AAECAwQFBgcICQoLDA0ODw==\"},\
    \"cipher\":{\"name\":\"AES-GCM\",\"iv\":\"//79/Pv6+fj39vX0\"},\
    \"data\":\"AQIDBAUGBwgJCgsMDQ4PEBES\"}\n";

fn sealed() -> Sealed {
    let salt = std::array::from_fn(|at| u8::try_from(at).unwrap());
    let iv = std::array::from_fn(|at| 255 - u8::try_from(at).unwrap());
    Sealed { header: Header { iterations: ITERATIONS, salt, iv }, data: (1..=18).collect() }
}

/// The file with one thing in it replaced by another.
fn with(old: &str, new: &str) -> String {
    assert_eq!(FILE.matches(old).count(), 1, "{old}");
    FILE.replace(old, new)
}

fn refused(old: &str, new: &str) -> SealedError {
    Sealed::read(&with(old, new)).unwrap_err()
}

fn wrong(what: &str) -> SealedError {
    SealedError::WrongShape(what.to_owned())
}

#[test]
fn the_file_is_written_and_read_to_the_letter() {
    assert_eq!(sealed().write(), FILE);
    assert_eq!(Sealed::read(FILE).unwrap(), sealed());
}

#[test]
fn the_bytes_that_are_bound_are_the_file_without_its_data() {
    let (header, _) = FILE.split_once(",\"data\"").unwrap();
    assert_eq!(sealed().header.text(), format!("{header}}}"));
}

#[test]
fn a_file_laid_out_by_another_program_is_the_same_file() {
    let value: serde_json::Value = serde_json::from_str(FILE).unwrap();
    let pretty = format!("\u{feff}\r\n{}\r\n", serde_json::to_string_pretty(&value).unwrap());
    assert_eq!(Sealed::read(&pretty).unwrap(), sealed());
    let escaped = with("AES-GCM", "\\u0041ES-GCM");
    assert_eq!(Sealed::read(&escaped).unwrap(), sealed());
}

#[test]
fn data_of_any_length_comes_back() {
    for length in 16..200 {
        let data: Vec<u8> = (0..length).map(|at| u8::try_from(at * 37 % 256).unwrap()).collect();
        let sealed = Sealed { data, ..sealed() };
        assert_eq!(Sealed::read(&sealed.write()).unwrap(), sealed);
    }
}

#[test]
fn a_sealed_file_is_told_from_others_by_its_first_bytes() {
    assert!(is_sealed(FILE));
    assert!(is_sealed(&format!("\u{feff} \n{}", FILE.replace(':', " :\n\t"))));
    assert!(is_sealed(&with("\"sealed\":1", "\"sealed\":2")));
    for other in [
        "",
        "{",
        "{\"app\":\"ask-around\"",
        "{\"app\":\"ask-around\",\"format\":1,\"sealed\":1}",
        "{\"app\":\"another\",\"sealed\":1}",
        "[1]",
        "not JSON at all",
    ] {
        assert!(!is_sealed(other), "{other}");
    }
}

#[test]
fn a_file_cut_short_anywhere_is_never_read() {
    for (at, _) in FILE.trim_end().char_indices() {
        let error = Sealed::read(&FILE[..at]).unwrap_err();
        let expected =
            if is_sealed(&FILE[..at]) { SealedError::CutShort } else { SealedError::NotSealed };
        assert_eq!(error, expected, "cut at {at}");
    }
}

#[test]
fn what_is_not_ours_is_called_so() {
    for text in ["", "[]", "null", "7", "not JSON", "{\"app\":\"ask-around\",\"format\":1}"] {
        assert_eq!(Sealed::read(text).unwrap_err(), SealedError::NotSealed, "{text}");
    }
    assert_eq!(refused("ask-around", "another"), SealedError::NotSealed);
    assert_eq!(refused("\"ask-around\"", "7"), SealedError::NotSealed);
    assert_eq!(
        Sealed::read(&" ".repeat(MAX_BYTES + 1)).unwrap_err(),
        SealedError::TooLarge(MAX_BYTES + 1)
    );
}

#[test]
fn a_newer_format_is_called_newer_and_an_impossible_one_wrong() {
    assert_eq!(refused("\"sealed\":1", "\"sealed\":2"), SealedError::Newer(2));
    // What a newer version adds is no reason to call it anything else.
    assert_eq!(refused("\"sealed\":1", "\"sealed\":3,\"more\":{}"), SealedError::Newer(3));
    for format in ["0", "-1", "1.5", "\"1\"", "[1]"] {
        assert_eq!(refused("\"sealed\":1", &format!("\"sealed\":{format}")), wrong("sealed"));
    }
}

#[test]
fn weak_or_endless_derivations_are_refused() {
    for iterations in ["0", "1", "99999", "10000001", "4294967295"] {
        assert_eq!(refused("600000", iterations), wrong("kdf.iterations"), "{iterations}");
    }
    for iterations in ["-600000", "600000.5", "4294967296", "\"600000\"", "null"] {
        let error = refused("600000", iterations);
        assert!(matches!(error, SealedError::WrongShape(_)), "{iterations}");
    }
    for iterations in [100_000, 10_000_000] {
        let read = Sealed::read(&with("600000", &iterations.to_string())).unwrap();
        assert_eq!(read.header.iterations, iterations);
    }
}

#[test]
fn other_algorithms_and_lengths_are_refused() {
    for (old, new, what) in [
        ("PBKDF2", "scrypt", "kdf.name"),
        ("SHA-256", "SHA-1", "kdf.hash"),
        ("AES-GCM", "AES-CBC", "cipher.name"),
        // 15 and 17 bytes, no padding, a letter that is none, blanks, and bits left over.
        ("AAECAwQFBgcICQoLDA0ODw==", "AAECAwQFBgcICQoLDA0O", "kdf.salt"),
        ("AAECAwQFBgcICQoLDA0ODw==", "AAECAwQFBgcICQoLDA0ODxA=", "kdf.salt"),
        ("AAECAwQFBgcICQoLDA0ODw==", "AAECAwQFBgcICQoLDA0ODw", "kdf.salt"),
        ("AAECAwQFBgcICQoLDA0ODw==", "AAECAwQFBgcICQoLDA0O-w==", "kdf.salt"),
        ("AAECAwQFBgcICQoLDA0ODw==", " AAECAwQFBgcICQoLDA0ODw==", "kdf.salt"),
        ("AAECAwQFBgcICQoLDA0ODw==", "AAECAwQFBgcICQoLDA0ODx==", "kdf.salt"),
        ("//79/Pv6+fj39vX0", "", "cipher.iv"),
        ("//79/Pv6+fj39vX0", "//79/Pv6+fj39vX08w==", "cipher.iv"),
        ("AQIDBAUGBwgJCgsMDQ4PEBES", "", "data"),
        ("AQIDBAUGBwgJCgsMDQ4PEBES", "AQIDBAUGBwgJCgsMDQ4P", "data"),
        ("AQIDBAUGBwgJCgsMDQ4PEBES", "AQIDBAUGBwgJCgsMDQ4PEBE?", "data"),
    ] {
        assert_eq!(refused(old, new), wrong(what), "{new}");
    }
}

#[test]
fn fields_that_are_missing_double_or_unknown_are_refused() {
    for (old, new) in [
        ("\"hash\":\"SHA-256\",", ""),
        (",\"data\":\"AQIDBAUGBwgJCgsMDQ4PEBES\"", ""),
        ("\"hash\":", "\"hint\":\"my cat\",\"hash\":"),
        ("\"iv\":", "\"tag\":96,\"iv\":"),
        ("\"data\":", "\"note\":\"\",\"data\":"),
        (
            "\"cipher\":",
            "\"cipher\":{\"name\":\"AES-GCM\",\"iv\":\"//79/Pv6+fj39vX0\"},\"cipher\":",
        ),
    ] {
        let error = refused(old, new);
        assert!(matches!(error, SealedError::WrongShape(_)), "{old} → {new}: {error}");
    }
    // A double of what says whose it is makes it nobody's.
    assert_eq!(refused("\"sealed\":1", "\"sealed\":1,\"sealed\":2"), SealedError::NotSealed);
}
