//! `cargo xtask keys FOLDER`: a throw-away certification authority and a citizen's keys, to try things out with.

use std::fs;
use std::path::Path;

use crate::pki::{self, CITIZEN, PASSWORD, Pki};
use crate::run::Outcome;
use crate::setup::{self, For};

/// Makes `citizen-ec.p12` and `citizen-rsa.p12` with `password.txt`, the trust anchor `root.pem` and the lists `crl.pem`.
///
/// # Errors
/// When openssl is missing or fails, or the folder cannot be written.
pub fn make(folder: &str) -> Outcome {
    make_for(folder, CITIZEN)
}

/// The same for a citizen of that subject.
pub fn make_for(folder: &str, citizen: &str) -> Outcome {
    setup::set_up(For::Terminal).into_iter().next().map_or(Ok(()), Err)?;
    let unwritable = |error| format!("{folder}: {error}.");
    fs::create_dir_all(folder).map_err(unwritable)?;
    let path = Path::new(folder).canonicalize().map_err(unwritable)?;
    Pki::create(&path, citizen, pki::now())?;
    fs::write(path.join("password.txt"), PASSWORD).map_err(unwritable)?;
    println!(
        "Made in {folder}: citizen-ec.p12, citizen-rsa.p12, password.txt, root.pem, crl.pem. All of it is worth nothing outside tests."
    );
    Ok(())
}
