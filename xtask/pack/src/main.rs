//! Prints, for each file named on the command line, its size and its size after `gzip -9`, in bytes,
//! one line a file in the order given. A program of its own so that `xtask` needs no dependency.

use std::io::Write;
use std::process::ExitCode;

use flate2::{write::GzEncoder, Compression};

fn main() -> ExitCode {
    for path in std::env::args_os().skip(1) {
        match sizes(path.as_ref()) {
            Ok((plain, zipped)) => println!("{plain} {zipped}"),
            Err(error) => {
                eprintln!("could not weigh {}: {error}", path.to_string_lossy());
                return ExitCode::FAILURE;
            }
        }
    }
    ExitCode::SUCCESS
}

fn sizes(path: &std::path::Path) -> std::io::Result<(usize, usize)> {
    let plain = std::fs::read(path)?;
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(&plain)?;
    Ok((plain.len(), encoder.finish()?.len()))
}
