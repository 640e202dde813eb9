//! Key files: PKCS#12 (RFC 7292), encrypted with PBES2 or in the older ways with Triple DES and RC2; in DER or BER.
//!
//! The MAC is required and checked first, so a wrong password is told from a damaged file and nothing that was not
//! protected is signed with.

mod bags;
mod pfx;

use crate::asn1::ber;
use crate::crypto::{Iterations, KeyError, KeyName, Password, PrivateKey};
use crate::digest::Sha256;
use crate::limits;
use crate::pki::Certificate;
use crate::text::visible;
use bags::{Bags, Held};
use pfx::Pfx;
use zeroize::Zeroizing;

/// A key of a key file.
#[derive(Debug)]
pub struct KeyStore {
    /// The friendly name, which programs call the alias.
    pub name: Option<String>,
    /// The private key.
    pub key: PrivateKey,
    /// The certificate that matches it.
    pub certificate: Certificate,
    /// The certificates above it that the file holds, from its issuer upwards. Hints, not to be trusted.
    pub chain: Vec<Certificate>,
}

/// Which key of a file is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice<'a> {
    /// The only one.
    Only,
    /// That of a friendly name.
    Name(&'a str),
    /// That of a certificate, by its SHA-256.
    Certificate(Sha256),
}

/// Opens a key file that holds one key with its certificate.
///
/// # Errors
/// As [`open_chosen`].
pub fn open(bytes: &[u8], password: &str) -> Result<KeyStore, KeyError> {
    open_chosen(bytes, password, Choice::Only)
}

/// Opens a key file and takes one key of those that have their certificates there. Of several certificates of one key the one that is valid
/// longest is taken, if none is chosen.
///
/// # Errors
/// No PKCS#12, another password, encryption that hoso does not read, no key with its certificate; and [`KeyError::SeveralKeys`] or
/// [`KeyError::NotFound`], which name those that there are, when the choice does not leave one.
pub fn open_chosen(bytes: &[u8], password: &str, choice: Choice<'_>) -> Result<KeyStore, KeyError> {
    chosen(&unlocked(bytes, password)?, choice).map(|(store, _)| store)
}

/// The same, with the key itself as PKCS#8, for another keeper of keys: see [`PrivateKey::rewritten`].
///
/// # Errors
/// As [`open_chosen`].
pub fn export_chosen(bytes: &[u8], password: &str, choice: Choice<'_>) -> Result<(KeyStore, Zeroizing<Vec<u8>>), KeyError> {
    let bags = unlocked(bytes, password)?;
    let (store, key) = chosen(&bags, choice)?;
    let pkcs8 = PrivateKey::rewritten(key, store.certificate.spki())?;
    Ok((store, pkcs8))
}

fn unlocked(bytes: &[u8], password: &str) -> Result<Bags, KeyError> {
    if bytes.len() > limits::PKCS12_BYTES {
        return Err(KeyError::TooLarge { bytes: bytes.len() });
    }
    let bytes = ber::to_der(bytes).map_err(|_| if pfx::begins(bytes) { KeyError::NotDer } else { KeyError::NotPkcs12 })?;
    let pfx = Pfx::read(&bytes)?;
    let (mut iterations, mut bags) = (Iterations::for_one_file(), Bags::default());
    match pfx.proven(Password::forms(password), &mut iterations)? {
        Some(password) => bags.read(pfx.content, &password, &mut iterations)?,
        None => return Err(refusal(&pfx, password, &mut iterations)),
    }
    Ok(bags)
}

/// Why the MAC is wrong: when the password decrypts something all the same, the file was changed.
fn refusal(pfx: &Pfx<'_>, password: &str, iterations: &mut Iterations) -> KeyError {
    for password in Password::forms(password) {
        let mut bags = Bags::default();
        drop(bags.read(pfx.content, &password, iterations));
        if bags.opened {
            return KeyError::Damaged;
        }
    }
    KeyError::WrongPassword
}

/// A key with the certificates that match it.
struct Entry<'a> {
    key: PrivateKey,
    /// The same as the file has it.
    pkcs8: &'a [u8],
    name: Option<&'a str>,
    certificates: Vec<&'a Held<Certificate>>,
}

fn chosen<'a>(bags: &'a Bags, choice: Choice<'_>) -> Result<(KeyStore, &'a [u8]), KeyError> {
    let entries = entries(bags)?;
    let keys: Vec<KeyName> = entries.iter().filter_map(Entry::label).collect();
    let (mut found, mut fitting) = (None, Vec::new());
    for (entry, label) in entries.into_iter().zip(&keys) {
        if let Some(certificate) = entry.fitting(choice) {
            fitting.push(label.clone());
            found = Some((entry, certificate));
        }
    }
    match found {
        Some((entry, certificate)) if fitting.len() == 1 => {
            let chain = chain(&certificate.held, bags.certificates.iter().map(|bag| &bag.held).collect());
            let name = entry.name.or(certificate.name.as_deref()).map(str::to_owned);
            Ok((KeyStore { name, key: entry.key, certificate: certificate.held.clone(), chain }, entry.pkcs8))
        }
        Some(_) => Err(KeyError::SeveralKeys { keys: fitting }),
        None => Err(KeyError::NotFound { keys }),
    }
}

/// The keys that have a certificate. One that has none is of no use for signing, and a certificate without its key is one of the chain.
fn entries(bags: &Bags) -> Result<Vec<Entry<'_>>, KeyError> {
    if bags.keys.is_empty() {
        return Err(KeyError::NoKey);
    }
    if bags.certificates.is_empty() {
        return Err(KeyError::NoCertificate);
    }
    let (mut entries, mut tries): (Vec<Entry<'_>>, usize) = (Vec::new(), 0);
    let mut reason = KeyError::DoesNotMatchCertificate;
    for key in &bags.keys {
        match matching(key, &bags.certificates, &mut tries) {
            Ok((private, certificate)) => {
                let spki = certificate.held.spki();
                // The same key may stand there twice, with a name for each of its certificates.
                let is_known = |entry: &Entry<'_>| entry.certificates.iter().any(|certificate| certificate.held.spki() == spki);
                if !entries.iter().any(is_known) {
                    let certificates = bags.certificates.iter().filter(|certificate| certificate.held.spki() == spki).collect();
                    entries.push(Entry { key: private, pkcs8: &key.held, name: key.name.as_deref(), certificates });
                }
            }
            Err(KeyError::DoesNotMatchCertificate | KeyError::CertificateMalformed) => {}
            Err(error) => reason = error,
        }
    }
    if entries.is_empty() { Err(reason) } else { Ok(entries) }
}

/// A certificate that matches a key. The one that names the key is tried first; what counts is that it matches.
fn matching<'a>(
    key: &Held<impl AsRef<[u8]>>,
    certificates: &'a [Held<Certificate>],
    tries: &mut usize,
) -> Result<(PrivateKey, &'a Held<Certificate>), KeyError> {
    let is_named = |certificate: &&Held<Certificate>| key.id.is_some() && certificate.id == key.id;
    let named = certificates.iter().filter(is_named);
    let others = certificates.iter().filter(|certificate| !is_named(certificate));
    let mut reason = KeyError::DoesNotMatchCertificate;
    for certificate in named.chain(others) {
        *tries += 1;
        if *tries > limits::PKCS12_PAIRS {
            return Err(KeyError::TooManyEntries);
        }
        match PrivateKey::from_pkcs8(key.held.as_ref(), certificate.held.spki()) {
            Ok(private) => return Ok((private, certificate)),
            Err(KeyError::DoesNotMatchCertificate | KeyError::CertificateMalformed) => {}
            Err(error) => reason = error,
        }
    }
    Err(reason)
}

impl<'a> Entry<'a> {
    /// The certificate to sign with, when this key is meant.
    fn fitting(&self, choice: Choice<'_>) -> Option<&'a Held<Certificate>> {
        match choice {
            Choice::Only => self.latest(|_| true),
            Choice::Certificate(digest) => self.latest(|certificate| certificate.held.sha256() == digest),
            Choice::Name(name) => {
                let named = self.latest(|certificate| certificate.name.as_deref() == Some(name));
                named.or_else(|| if self.name == Some(name) { self.latest(|_| true) } else { None })
            }
        }
    }

    /// Of some of its certificates the one that is valid longest.
    fn latest(&self, is_meant: impl Fn(&Held<Certificate>) -> bool) -> Option<&'a Held<Certificate>> {
        let mut latest: Option<&'a Held<Certificate>> = None;
        for &certificate in &self.certificates {
            let is_later = latest.is_none_or(|latest| certificate.held.not_after() > latest.held.not_after());
            if is_later && is_meant(certificate) {
                latest = Some(certificate);
            }
        }
        latest
    }

    fn label(&self) -> Option<KeyName> {
        let certificate = self.latest(|_| true)?;
        let name = self.name.or(certificate.name.as_deref());
        let name = name.map_or_else(|| certificate.held.display_name(), |name| visible(name).into_owned());
        Some(KeyName { name, certificate: certificate.held.sha256() })
    }
}

/// From the issuer upwards by name, as far as the file goes. Each certificate is taken once, so this ends.
pub(super) fn chain(leaf: &Certificate, mut left: Vec<&Certificate>) -> Vec<Certificate> {
    left.retain(|certificate| *certificate != leaf);
    let mut chain: Vec<Certificate> = Vec::new();
    while let Some(place) = {
        let last = chain.last().unwrap_or(leaf);
        left.iter().position(|candidate| !last.is_self_issued() && candidate.subject().raw() == last.issuer().raw())
    } {
        chain.push(left.swap_remove(place).clone());
    }
    chain
}
