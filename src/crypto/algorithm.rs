//! The closed lists of signature algorithms.

use super::CryptoError;
use crate::asn1::{AlgorithmIdentifier, Asn1Error, Known, Reader, Tag, context};

/// An algorithm hoso makes signatures with, named as JOSE does (RFC 7518 3.1).
///
/// There is no way to name `none`, an HMAC or EdDSA.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SignatureAlgorithm {
    /// ECDSA on P-256 with SHA-256.
    Es256,
    /// ECDSA on P-384 with SHA-384.
    Es384,
    /// RSASSA-PSS with SHA-256, MGF1 with SHA-256, salt of 32 bytes.
    Ps256,
    /// RSASSA-PSS with SHA-384, MGF1 with SHA-384, salt of 48 bytes.
    Ps384,
    /// RSASSA-PKCS1-v1_5 with SHA-256: for tokens that know nothing else, never where nothing is said.
    Rs256,
}

impl SignatureAlgorithm {
    /// All five.
    pub const ALL: [Self; 5] = [Self::Es256, Self::Es384, Self::Ps256, Self::Ps384, Self::Rs256];

    /// The JOSE name: `ES256` …
    #[must_use]
    pub const fn jose_name(self) -> &'static str {
        match self {
            Self::Es256 => "ES256",
            Self::Es384 => "ES384",
            Self::Ps256 => "PS256",
            Self::Ps384 => "PS384",
            Self::Rs256 => "RS256",
        }
    }

    /// The hash inside.
    #[must_use]
    pub const fn hash(self) -> HashAlgorithm {
        match self {
            Self::Es256 | Self::Ps256 | Self::Rs256 => HashAlgorithm::Sha256,
            Self::Es384 | Self::Ps384 => HashAlgorithm::Sha384,
        }
    }

    /// The algorithm of a JOSE name, exactly as registered.
    #[must_use]
    pub fn from_jose_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|algorithm| algorithm.jose_name() == name)
    }
}

/// A hash function. SHA-1 appears only inside HMAC and password hashing of old PKCS#12 files, and in masks of RSASSA-PSS.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum HashAlgorithm {
    /// SHA-1, for HMAC, password hashing and masks only.
    Sha1,
    /// SHA-256.
    Sha256,
    /// SHA-384.
    Sha384,
    /// SHA-512.
    Sha512,
}

impl HashAlgorithm {
    /// Bytes of a digest.
    #[must_use]
    pub const fn digest_bytes(self) -> usize {
        match self {
            Self::Sha1 => 20,
            Self::Sha256 => 32,
            Self::Sha384 => 48,
            Self::Sha512 => 64,
        }
    }

    /// Bytes of the block the hash works on (FIPS 180-4 1).
    #[must_use]
    pub const fn block_bytes(self) -> usize {
        match self {
            Self::Sha1 | Self::Sha256 => 64,
            Self::Sha384 | Self::Sha512 => 128,
        }
    }

    /// Its object identifier.
    #[must_use]
    pub const fn known(self) -> Known {
        match self {
            Self::Sha1 => Known::Sha1,
            Self::Sha256 => Known::Sha256,
            Self::Sha384 => Known::Sha384,
            Self::Sha512 => Known::Sha512,
        }
    }

    /// The hash of an AlgorithmIdentifier, its parameters absent or NULL (RFC 5754 2).
    #[must_use]
    pub fn from_identifier(identifier: &AlgorithmIdentifier<'_>) -> Option<Self> {
        let hash = match identifier.known() {
            Known::Sha1 => Self::Sha1,
            Known::Sha256 => Self::Sha256,
            Known::Sha384 => Self::Sha384,
            Known::Sha512 => Self::Sha512,
            _ => return None,
        };
        (identifier.has_none() || identifier.has_null()).then_some(hash)
    }

    /// The hash inside an HMAC named by an AlgorithmIdentifier (RFC 8018 B.1).
    #[must_use]
    pub fn from_hmac_identifier(identifier: &AlgorithmIdentifier<'_>) -> Option<Self> {
        let hash = match identifier.known() {
            Known::HmacSha1 => Self::Sha1,
            Known::HmacSha256 => Self::Sha256,
            Known::HmacSha384 => Self::Sha384,
            Known::HmacSha512 => Self::Sha512,
            _ => return None,
        };
        (identifier.has_none() || identifier.has_null()).then_some(hash)
    }
}

/// An algorithm hoso verifies signatures of: those it makes, and what certificates are signed with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum VerificationAlgorithm {
    /// ECDSA.
    Ecdsa(HashAlgorithm),
    /// RSASSA-PKCS1-v1_5 (RFC 8017 8.2).
    RsaPkcs1(HashAlgorithm),
    /// RSASSA-PSS (RFC 8017 8.1).
    RsaPss(Pss),
}

/// What RSASSA-PSS works with (RFC 4055 3.1); the mask is always MGF1, the trailer always 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Pss {
    /// The hash over the message.
    pub hash: HashAlgorithm,
    /// The hash inside MGF1. SHA-1 may stand here: nothing rests on its collisions.
    pub mask: HashAlgorithm,
    /// Bytes of the salt.
    pub salt_bytes: u64,
}

impl Pss {
    /// With one hash and a salt as long as its digest: JOSE (RFC 7518 3.5), and nearly everyone.
    #[must_use]
    pub const fn of(hash: HashAlgorithm) -> Self {
        Self { hash, mask: hash, salt_bytes: hash.digest_bytes() as u64 }
    }

    /// Reads RSASSA-PSS-params.
    pub(super) fn read(identifier: &AlgorithmIdentifier<'_>) -> Result<Self, CryptoError> {
        pss(identifier)
    }

    /// Whether a key with these parameters makes signatures with those (RFC 4055 3.3): the same, but for a longer salt.
    pub(super) fn allows(self, signature: Self) -> bool {
        (self.hash, self.mask) == (signature.hash, signature.mask) && self.salt_bytes <= signature.salt_bytes
    }
}

impl VerificationAlgorithm {
    /// The algorithm that an AlgorithmIdentifier names.
    ///
    /// # Errors
    /// Unknown, too weak, or with parameters other than the standard's.
    pub fn from_identifier(identifier: &AlgorithmIdentifier<'_>) -> Result<Self, CryptoError> {
        use HashAlgorithm::{Sha256, Sha384, Sha512};
        let oid = identifier.oid.into();
        let (found, parameters_fit) = match identifier.known() {
            // RFC 5758 3.2: the parameters of ecdsa-with-SHA2 are absent.
            Known::EcdsaSha256 => (Self::Ecdsa(Sha256), identifier.has_none()),
            Known::EcdsaSha384 => (Self::Ecdsa(Sha384), identifier.has_none()),
            Known::EcdsaSha512 => (Self::Ecdsa(Sha512), identifier.has_none()),
            // RFC 4055 5: the parameters are NULL; absent ones must be accepted.
            Known::RsaSha256 => (Self::RsaPkcs1(Sha256), identifier.has_none() || identifier.has_null()),
            Known::RsaSha384 => (Self::RsaPkcs1(Sha384), identifier.has_none() || identifier.has_null()),
            Known::RsaSha512 => (Self::RsaPkcs1(Sha512), identifier.has_none() || identifier.has_null()),
            Known::RsaPss => return Pss::read(identifier).map(Self::RsaPss),
            Known::RsaSha1 | Known::RsaMd5 | Known::EcdsaSha1 => return Err(CryptoError::AlgorithmWeak { oid }),
            _ => return Err(CryptoError::AlgorithmUnsupported { oid }),
        };
        if parameters_fit { Ok(found) } else { Err(Asn1Error::UnexpectedType.into()) }
    }
}

impl VerificationAlgorithm {
    /// The hash inside.
    #[must_use]
    pub const fn hash(self) -> HashAlgorithm {
        match self {
            Self::Ecdsa(hash) | Self::RsaPkcs1(hash) | Self::RsaPss(Pss { hash, .. }) => hash,
        }
    }
}

impl From<SignatureAlgorithm> for VerificationAlgorithm {
    fn from(algorithm: SignatureAlgorithm) -> Self {
        match algorithm {
            SignatureAlgorithm::Es256 => Self::Ecdsa(HashAlgorithm::Sha256),
            SignatureAlgorithm::Es384 => Self::Ecdsa(HashAlgorithm::Sha384),
            SignatureAlgorithm::Ps256 | SignatureAlgorithm::Ps384 => Self::RsaPss(Pss::of(algorithm.hash())),
            SignatureAlgorithm::Rs256 => Self::RsaPkcs1(HashAlgorithm::Sha256),
        }
    }
}

/// How an ECDSA signature is written. RSA signatures are the same bytes in both.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SignatureForm {
    /// r and s, each as long as the curve's order: JWS (RFC 7518 3.4).
    Fixed,
    /// A DER SEQUENCE of r and s: X.509 and CMS (RFC 3279 2.2.3).
    Der,
}

/// RSASSA-PSS-params (RFC 4055 3.1). What is left out is SHA-1, which is too weak for the message, MGF1 with SHA-1, and 20 bytes of salt.
fn pss(identifier: &AlgorithmIdentifier<'_>) -> Result<Pss, CryptoError> {
    const SALT: u64 = 20;
    let oid = identifier.oid.into();
    let mut parameters = identifier.parameters();
    let found = parameters.within(Tag::SEQUENCE, |fields| {
        let hash = field(fields, 0, |fields| HashAlgorithm::from_identifier(&AlgorithmIdentifier::read(fields)));
        let mask = field(fields, 1, |fields| {
            let mask = AlgorithmIdentifier::read(fields);
            let mut inside = mask.parameters();
            let hash = HashAlgorithm::from_identifier(&AlgorithmIdentifier::read(&mut inside));
            hash.filter(|_| mask.known() == Known::Mgf1 && inside.check().is_ok() && !inside.more())
        });
        let salt_bytes = field(fields, 2, |fields| Some(fields.number()));
        // trailerField is 1 by default, and DER leaves defaults out (X.690 11.5): anything after the salt is refused.
        fields.check()?;
        match (hash, mask, salt_bytes) {
            (None | Some(Some(HashAlgorithm::Sha1)), _, _) => Err(CryptoError::AlgorithmWeak { oid }),
            (Some(Some(hash)), None | Some(Some(_)), _) => {
                let mask = mask.flatten().unwrap_or(HashAlgorithm::Sha1);
                Ok(Pss { hash, mask, salt_bytes: salt_bytes.flatten().unwrap_or(SALT) })
            }
            _ => Err(CryptoError::AlgorithmUnsupported { oid }),
        }
    })?;
    parameters.check()?;
    Ok(found)
}

/// What is read of the field of that number, if it is there.
fn field<'a, T>(fields: &mut Reader<'a>, number: u8, read: impl FnOnce(&mut Reader<'a>) -> Option<T>) -> Option<Option<T>> {
    fields.next_is(context(number)).then(|| fields.within(context(number), read))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::asn1::Reader;

    fn read(hex: &str) -> Result<VerificationAlgorithm, CryptoError> {
        let pairs = hex.as_bytes().as_chunks::<2>().0.iter();
        let bytes: Vec<u8> = pairs.map(|pair| u8::from_str_radix(str::from_utf8(pair).unwrap(), 16).unwrap()).collect();
        let mut reader = Reader::document(&bytes);
        let identifier = AlgorithmIdentifier::read(&mut reader);
        reader.check().unwrap();
        VerificationAlgorithm::from_identifier(&identifier)
    }

    #[test]
    fn jose_names_are_exactly_the_five() {
        for algorithm in SignatureAlgorithm::ALL {
            assert_eq!(SignatureAlgorithm::from_jose_name(algorithm.jose_name()), Some(algorithm));
        }
        for name in ["none", "None", "HS256", "RS384", "PS512", "EdDSA", "ES256K", "ES512", "es256", "ES256 ", ""] {
            assert_eq!(SignatureAlgorithm::from_jose_name(name), None, "{name}");
        }
    }

    #[test]
    fn parameters_are_the_standards_or_refused() {
        use HashAlgorithm::{Sha256, Sha384};
        assert_eq!(read("300a06082a8648ce3d040302"), Ok(VerificationAlgorithm::Ecdsa(Sha256)));
        assert_eq!(read("300d06092a864886f70d01010b0500"), Ok(VerificationAlgorithm::RsaPkcs1(Sha256)));
        assert_eq!(read("300b06092a864886f70d01010c"), Ok(VerificationAlgorithm::RsaPkcs1(Sha384)));
        // ecdsa-with-SHA256 with NULL; sha256WithRSAEncryption with an INTEGER.
        assert!(matches!(read("300c06082a8648ce3d0403020500"), Err(CryptoError::Malformed(_))));
        assert!(matches!(read("300e06092a864886f70d01010b020100"), Err(CryptoError::Malformed(_))));
        // sha1WithRSAEncryption; Ed25519.
        assert_eq!(read("300d06092a864886f70d0101050500"), Err(CryptoError::AlgorithmWeak { oid: Known::RsaSha1.into() }));
        assert!(matches!(read("300506032b6570"), Err(CryptoError::AlgorithmUnsupported { .. })));
    }

    #[test]
    fn pss_has_the_hashes_and_the_salt_that_its_parameters_say() {
        use HashAlgorithm::{Sha1, Sha256, Sha384};
        let pss = |inner: &str| read(&format!("30{:02x}06092a864886f70d01010a30{:02x}{inner}", inner.len() / 2 + 13, inner.len() / 2));
        let sha1 = "a009300706052b0e03021a";
        let sha256 = "a00f300d06096086480165030402010500";
        let mgf256 = "a11c301a06092a864886f70d010108300d06096086480165030402010500";
        let mgf384 = "a11c301a06092a864886f70d010108300d06096086480165030402020500";
        for (inner, mask, salt_bytes) in [
            (format!("{sha256}{mgf256}a203020120"), Sha256, 32),
            (format!("{sha256}{mgf256}a203020114"), Sha256, 20),
            (format!("{sha256}{mgf256}a204020200de"), Sha256, 222),
            (format!("{sha256}{mgf256}"), Sha256, 20),
            (format!("{sha256}{mgf384}a203020100"), Sha384, 0),
            (sha256.to_owned(), Sha1, 20),
        ] {
            assert_eq!(pss(&inner), Ok(VerificationAlgorithm::RsaPss(Pss { hash: Sha256, mask, salt_bytes })), "{inner}");
        }
        let (weak, unsupported) =
            (CryptoError::AlgorithmWeak { oid: Known::RsaPss.into() }, CryptoError::AlgorithmUnsupported { oid: Known::RsaPss.into() });
        for (inner, error) in [
            (String::new(), weak.clone()),
            (mgf256.to_owned(), weak.clone()),
            (format!("{sha1}{mgf256}a203020120"), weak),
            // MD5 as hash; another mask than MGF1; MGF1 without its hash.
            ("a00e300c06082a864886f70d02050500".to_owned(), unsupported.clone()),
            (format!("{sha256}{}", mgf256.replace("010108", "010109")), unsupported.clone()),
            (format!("{sha256}a10d300b06092a864886f70d010108"), unsupported),
            (format!("{sha256}{mgf256}a203020120a303020101"), CryptoError::Malformed(Asn1Error::TrailingData)),
            (format!("{sha256}{mgf256}a2030201ff"), CryptoError::Malformed(Asn1Error::NotDer)),
        ] {
            assert_eq!(pss(&inner), Err(error), "{inner}");
        }
    }
}
