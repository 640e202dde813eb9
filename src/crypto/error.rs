//! Why a signature does not hold, and why a key cannot be used.

use crate::asn1::{Asn1Error, Oid};
use crate::digest::Sha256;
use crate::report::catalogue::{self, Area};
use crate::report::{Coded, Facts};
use std::fmt;

/// Why a public key or a signature was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CryptoError {
    /// The key or the parameters of an algorithm are not the DER their standard asks for.
    Malformed(Asn1Error),
    /// The algorithm, or a parameter of it, is none that hoso verifies.
    AlgorithmUnsupported {
        /// Which.
        oid: Oid,
    },
    /// The algorithm uses a hash that no longer protects: SHA-1 or MD5.
    AlgorithmWeak {
        /// Which.
        oid: Oid,
    },
    /// The algorithm needs another kind of key, another curve or another form of signature.
    AlgorithmDoesNotFitKey,
    /// The key is of a kind, curve or form that hoso does not verify with.
    KeyUnsupported {
        /// The kind of key or the curve.
        oid: Oid,
    },
    /// The RSA key is shorter than 2,048 bits, its modulus is even, or its exponent is even or below 3.
    KeyWeak {
        /// Bits of the modulus.
        bits: usize,
    },
    /// The RSA key is longer than 8,192 bits.
    KeyTooLong {
        /// Bits of the modulus.
        bits: usize,
    },
    /// The signature was not made over this message with this key.
    SignatureMismatch,
}

impl CryptoError {
    /// The algorithm, key kind or curve that is refused, when that is the reason.
    #[must_use]
    pub const fn oid(&self) -> Option<Oid> {
        match self {
            Self::AlgorithmUnsupported { oid } | Self::AlgorithmWeak { oid } | Self::KeyUnsupported { oid } => Some(*oid),
            _ => None,
        }
    }
}

impl Coded for CryptoError {
    fn code(&self) -> &'static str {
        match self {
            Self::Malformed(_) => "crypto.malformed",
            Self::AlgorithmUnsupported { .. } => "crypto.algorithm-unsupported",
            Self::AlgorithmWeak { .. } => "crypto.algorithm-weak",
            Self::AlgorithmDoesNotFitKey => "crypto.algorithm-does-not-fit-key",
            Self::KeyUnsupported { .. } => "crypto.key-unsupported",
            Self::KeyWeak { .. } => "crypto.key-weak",
            Self::KeyTooLong { .. } => "crypto.key-too-long",
            Self::SignatureMismatch => "crypto.signature-mismatch",
        }
    }

    fn sentences(&self) -> Area {
        catalogue::KEY
    }

    fn facts(&self) -> Facts {
        match self {
            Self::Malformed(error) => Facts::none().with("reason", error.code()),
            Self::KeyWeak { bits } | Self::KeyTooLong { bits } => Facts::none().with("bits", *bits),
            _ => self.oid().map_or_else(Facts::none, |oid| Facts::none().with("oid", oid.text())),
        }
    }
}

impl fmt::Display for CryptoError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed(error) => write!(out, "malformed key or parameters: {error}"),
            Self::AlgorithmUnsupported { oid } => write!(out, "algorithm `{oid}` is not supported"),
            Self::AlgorithmWeak { oid } => write!(out, "algorithm `{oid}` is too weak"),
            Self::AlgorithmDoesNotFitKey => out.write_str("the algorithm does not fit the key"),
            Self::KeyUnsupported { oid } => write!(out, "keys of `{oid}` are not supported"),
            Self::KeyWeak { bits } => write!(out, "the RSA key of {bits} bits is too weak"),
            Self::KeyTooLong { bits } => write!(out, "the RSA key of {bits} bits is too long"),
            Self::SignatureMismatch => out.write_str("the signature does not match"),
        }
    }
}

impl std::error::Error for CryptoError {}

impl From<Asn1Error> for CryptoError {
    fn from(error: Asn1Error) -> Self {
        Self::Malformed(error)
    }
}

/// Why a private key, or the file that holds it, cannot be used for signing.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum KeyError {
    /// The file is no PKCS#12.
    NotPkcs12,
    /// The file begins as a PKCS#12, but is neither DER nor BER: it was cut off or damaged.
    NotDer,
    /// The file is larger than [`crate::limits::PKCS12_BYTES`].
    TooLarge {
        /// Its bytes.
        bytes: usize,
    },
    /// The password does not open the file (its MAC differs).
    WrongPassword,
    /// The file has no MAC, so nothing tells a wrong password from a damaged file.
    NoMac,
    /// The MAC is of a kind hoso does not compute.
    MacUnsupported {
        /// Which.
        oid: Oid,
    },
    /// The file is encrypted in a way hoso does not read; RC4 is among them.
    EncryptionUnsupported {
        /// Which.
        oid: Oid,
    },
    /// The key is PEM encrypted as before PKCS#8, with headers (RFC 1421 4.6): one round of MD5 protects it.
    OldPem,
    /// The file asks for more rounds of password hashing, in sum, than [`crate::limits::PKCS12_ITERATIONS`].
    TooManyIterations {
        /// The rounds asked for at the place where the limit was passed.
        count: u64,
    },
    /// The password is right, but what it opens is damaged.
    Damaged,
    /// The file has more than [`crate::limits::PKCS12_BAGS`] entries.
    TooManyEntries,
    /// An entry is of a kind hoso does not read.
    EntryUnsupported {
        /// Which.
        oid: Oid,
    },
    /// The file has no private key.
    NoKey,
    /// The file has several private keys, and hoso does not choose which one a person signs with.
    SeveralKeys {
        /// Those that fit what was asked for.
        keys: Vec<KeyName>,
    },
    /// The file has no key of that name or certificate.
    NotFound {
        /// Those that there are.
        keys: Vec<KeyName>,
    },
    /// The file has no certificate.
    NoCertificate,
    /// A certificate in the file, or the one given with the key, cannot be read.
    CertificateMalformed,
    /// The key is no PKCS#8 private key.
    NotPkcs8,
    /// The key is of a kind, curve or length hoso does not sign with.
    Unsupported {
        /// The kind of key or the curve.
        oid: Oid,
    },
    /// The key and the certificate are not a pair.
    DoesNotMatchCertificate,
    /// The key cannot make signatures of that algorithm.
    AlgorithmDoesNotFit {
        /// Its JOSE name.
        algorithm: &'static str,
    },
    /// The platform gave no random bytes, so no signature was made.
    NoRandomness,
}

/// What tells a key from the others of its file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyName {
    /// Its friendly name or, without one, its holder.
    pub name: String,
    /// The SHA-256 of its certificate.
    pub certificate: Sha256,
}

/// Their names and digests in one line each.
fn named(keys: &[KeyName]) -> Facts {
    let (mut names, mut certificates) = (String::new(), String::new());
    for key in keys {
        names.push_str(if names.is_empty() { "" } else { "; " });
        names.push_str(&key.name);
        certificates.push_str(if certificates.is_empty() { "" } else { " " });
        certificates.push_str(&key.certificate.hex());
    }
    Facts::none().with("count", keys.len()).with("keys", names).with("certificates", certificates)
}

impl Coded for KeyError {
    fn code(&self) -> &'static str {
        match self {
            Self::NotPkcs12 => "key.not-pkcs12",
            Self::NotDer => "key.not-der",
            Self::TooLarge { .. } => "key.too-large",
            Self::WrongPassword => "key.wrong-password",
            Self::NoMac => "key.no-mac",
            Self::MacUnsupported { .. } => "key.mac-unsupported",
            Self::EncryptionUnsupported { .. } => "key.encryption-unsupported",
            Self::OldPem => "key.old-pem",
            Self::TooManyIterations { .. } => "key.too-many-iterations",
            Self::Damaged => "key.damaged",
            Self::TooManyEntries => "key.too-many-entries",
            Self::EntryUnsupported { .. } => "key.entry-unsupported",
            Self::NoKey => "key.no-key",
            Self::SeveralKeys { .. } => "key.several-keys",
            Self::NotFound { .. } => "key.not-found",
            Self::NoCertificate => "key.no-certificate",
            Self::CertificateMalformed => "key.certificate-malformed",
            Self::NotPkcs8 => "key.not-pkcs8",
            Self::Unsupported { .. } => "key.unsupported",
            Self::DoesNotMatchCertificate => "key.does-not-match-certificate",
            Self::AlgorithmDoesNotFit { .. } => "key.algorithm-does-not-fit",
            Self::NoRandomness => "key.no-randomness",
        }
    }

    fn sentences(&self) -> Area {
        catalogue::KEY
    }

    fn facts(&self) -> Facts {
        use crate::limits;
        match self {
            Self::TooLarge { bytes } => Facts::none().with("bytes", *bytes).with("most", limits::PKCS12_BYTES),
            Self::TooManyIterations { count } => Facts::none().with("count", *count).with("most", limits::PKCS12_ITERATIONS),
            Self::TooManyEntries => Facts::none().with("most", limits::PKCS12_BAGS),
            Self::SeveralKeys { keys } | Self::NotFound { keys } => named(keys),
            Self::AlgorithmDoesNotFit { algorithm } => Facts::none().with("algorithm", *algorithm),
            Self::MacUnsupported { oid }
            | Self::EncryptionUnsupported { oid }
            | Self::EntryUnsupported { oid }
            | Self::Unsupported { oid } => Facts::none().with("oid", oid.text()),
            _ => Facts::none(),
        }
    }
}

impl fmt::Display for KeyError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotPkcs12 => out.write_str("the file is no PKCS#12"),
            Self::NotDer => out.write_str("the PKCS#12 is cut off or damaged"),
            Self::TooLarge { bytes } => write!(out, "the file of {bytes} bytes is too large for a PKCS#12"),
            Self::WrongPassword => out.write_str("the password does not open the file"),
            Self::NoMac => out.write_str("the PKCS#12 has no MAC"),
            Self::MacUnsupported { oid } => write!(out, "the MAC `{oid}` is not supported"),
            Self::EncryptionUnsupported { oid } => write!(out, "encryption `{oid}` is not supported"),
            Self::OldPem => out.write_str("the key is encrypted in the old way of PEM"),
            Self::TooManyIterations { count } => write!(out, "{count} iterations exceed the limit"),
            Self::Damaged => out.write_str("the content of the PKCS#12 is damaged"),
            Self::TooManyEntries => out.write_str("the PKCS#12 has too many entries"),
            Self::EntryUnsupported { oid } => write!(out, "entries of `{oid}` are not supported"),
            Self::NoKey => out.write_str("the PKCS#12 has no private key"),
            Self::SeveralKeys { keys } => write!(out, "the PKCS#12 has {} private keys", keys.len()),
            Self::NotFound { .. } => out.write_str("the PKCS#12 has no such private key"),
            Self::NoCertificate => out.write_str("the PKCS#12 has no certificate"),
            Self::CertificateMalformed => out.write_str("the certificate of the key cannot be read"),
            Self::NotPkcs8 => out.write_str("the key is no PKCS#8"),
            Self::Unsupported { oid } => write!(out, "keys of `{oid}` are not supported"),
            Self::DoesNotMatchCertificate => out.write_str("the key does not match the certificate"),
            Self::AlgorithmDoesNotFit { algorithm } => write!(out, "the key cannot make `{algorithm}` signatures"),
            Self::NoRandomness => out.write_str("no random bytes are available"),
        }
    }
}

impl std::error::Error for KeyError {}
