//! The signer's key, from a PKCS#12 file or from a key and its certificates.

use crate::args::KeyArgs;
use crate::exit::{CliError, Done};
use crate::files;
use hoso::digest::Sha256;
use hoso::pki::pkcs12::{self, Choice};
use hoso::pki::{Certificate, KeyStore, key_file};
use hoso::wire;
use std::env::VarError;
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// Opens it; the password is asked for when it is needed and none of the arguments says where it is.
pub fn open(options: &KeyArgs) -> Done<KeyStore> {
    if let Some(path) = &options.p12 {
        let file = files::read(path)?;
        let digest = options.alias.as_deref().and_then(digest);
        let choice = match (&options.alias, digest) {
            (_, Some(digest)) => Choice::Certificate(digest),
            (Some(name), None) => Choice::Name(name),
            (None, None) => Choice::Only,
        };
        return Ok(pkcs12::open_chosen(&file, &password(options, path)?, choice)?);
    }
    let path = options.key.as_deref().unwrap_or(Path::new(""));
    let file = Zeroizing::new(files::read(path)?);
    let mut certificates = Vec::new();
    for path in options.cert.iter().chain(&options.chain) {
        certificates.extend(Certificate::read_all(&files::read(path)?)?);
    }
    let password = if key_file::is_encrypted(&file) { password(options, path)? } else { Zeroizing::default() };
    Ok(key_file::open(&file, &password, &certificates)?)
}

/// The digest of a certificate, for keys without a name of their own.
fn digest(text: &str) -> Option<Sha256> {
    wire::digest(text).ok()
}

/// Every file that is read, so that none is written over.
pub fn files(options: &KeyArgs) -> impl Iterator<Item = &PathBuf> {
    options.p12.iter().chain(&options.key).chain(&options.cert).chain(&options.chain).chain(&options.password_file)
}

/// From a file, an environment variable or a prompt; never from an argument, which other users of the machine can read.
fn password(options: &KeyArgs, of: &Path) -> Done<Zeroizing<String>> {
    let unreadable = |reason: String| CliError::PasswordUnreadable { reason };
    if let Some(path) = &options.password_file {
        let bytes = Zeroizing::new(files::read(path)?);
        let text = std::str::from_utf8(&bytes).map_err(|_| unreadable("UTF-8".to_owned()))?;
        return Ok(Zeroizing::new(text.lines().next().unwrap_or_default().to_owned()));
    }
    if let Some(name) = &options.password_env {
        return Ok(std::env::var(name).map(Zeroizing::new).map_err(|error| unreadable(format!("{name}: {}", not_shown(&error))))?);
    }
    let question = format!("Mật khẩu của / password of {}: ", of.display());
    Ok(rpassword::prompt_password(question).map(Zeroizing::new).map_err(|error| unreadable(error.to_string()))?)
}

/// The error's own words would show the value.
const fn not_shown(error: &VarError) -> &'static str {
    match error {
        VarError::NotPresent => "environment variable not found",
        VarError::NotUnicode(_) => "UTF-8",
    }
}
