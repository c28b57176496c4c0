//! What files weigh: one line each, its size and its size after `gzip -9`, in bytes.

use std::io::Write;
use std::path::Path;

use flate2::{Compression, write::GzEncoder};

/// Prints the weights in the order given.
pub fn print(files: &[&str]) -> Result<(), String> {
    for file in files {
        let plain = crate::read(Path::new(file))?;
        println!("{} {}", plain.len(), zip(&plain)?.len());
    }
    Ok(())
}

/// As small as gzip makes it.
pub fn zip(plain: &[u8]) -> Result<Vec<u8>, String> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(plain).and_then(|()| encoder.finish()).map_err(|error| error.to_string())
}
