//! The closed lists of signature algorithms.

use super::CryptoError;
use crate::asn1::{AlgorithmIdentifier, Asn1Error, Known, Reader, Tag, context};

/// An algorithm hoso makes signatures with, named as JOSE does (RFC 7518 3.1).
///
/// There is no way to name `none`, an HMAC, RS256 or EdDSA.
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
}

impl SignatureAlgorithm {
    /// All four.
    pub const ALL: [Self; 4] = [Self::Es256, Self::Es384, Self::Ps256, Self::Ps384];

    /// The JOSE name: `ES256` …
    #[must_use]
    pub const fn jose_name(self) -> &'static str {
        match self {
            Self::Es256 => "ES256",
            Self::Es384 => "ES384",
            Self::Ps256 => "PS256",
            Self::Ps384 => "PS384",
        }
    }

    /// The hash inside.
    #[must_use]
    pub const fn hash(self) -> HashAlgorithm {
        match self {
            Self::Es256 | Self::Ps256 => HashAlgorithm::Sha256,
            Self::Es384 | Self::Ps384 => HashAlgorithm::Sha384,
        }
    }

    /// The algorithm of a JOSE name, exactly as registered.
    #[must_use]
    pub fn from_jose_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|algorithm| algorithm.jose_name() == name)
    }
}

/// A hash function. SHA-1 appears only inside HMAC and password hashing of old PKCS#12 files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum HashAlgorithm {
    /// SHA-1, for HMAC and password hashing only.
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
    /// RSASSA-PSS (RFC 8017 8.1) with MGF1 over the same hash and a salt as long as its digest.
    RsaPss(HashAlgorithm),
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
            // RFC 4055 5: the parameters are NULL; absent ones must be accepted.
            Known::RsaSha256 => (Self::RsaPkcs1(Sha256), identifier.has_none() || identifier.has_null()),
            Known::RsaSha384 => (Self::RsaPkcs1(Sha384), identifier.has_none() || identifier.has_null()),
            Known::RsaSha512 => (Self::RsaPkcs1(Sha512), identifier.has_none() || identifier.has_null()),
            Known::RsaPss => return pss(identifier),
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
            Self::Ecdsa(hash) | Self::RsaPkcs1(hash) | Self::RsaPss(hash) => hash,
        }
    }
}

impl From<SignatureAlgorithm> for VerificationAlgorithm {
    fn from(algorithm: SignatureAlgorithm) -> Self {
        match algorithm {
            SignatureAlgorithm::Es256 => Self::Ecdsa(HashAlgorithm::Sha256),
            SignatureAlgorithm::Es384 => Self::Ecdsa(HashAlgorithm::Sha384),
            SignatureAlgorithm::Ps256 => Self::RsaPss(HashAlgorithm::Sha256),
            SignatureAlgorithm::Ps384 => Self::RsaPss(HashAlgorithm::Sha384),
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

/// RSASSA-PSS-params (RFC 4055 3.1). Its defaults are SHA-1, so a field left out is refused as weak.
fn pss(identifier: &AlgorithmIdentifier<'_>) -> Result<VerificationAlgorithm, CryptoError> {
    let oid = identifier.oid.into();
    let (weak, unsupported) = (CryptoError::AlgorithmWeak { oid }, CryptoError::AlgorithmUnsupported { oid });
    let mut parameters = identifier.parameters();
    let found = parameters.within(Tag::SEQUENCE, |fields| {
        present(fields, 0, &weak)?;
        let hash = fields.within(context(0), AlgorithmIdentifier::read);
        present(fields, 1, &weak)?;
        let mask = fields.within(context(1), AlgorithmIdentifier::read);
        present(fields, 2, &unsupported)?;
        let salt = fields.within(context(2), Reader::number);
        fields.check()?;
        let mut mask_parameters = mask.parameters();
        let mask_hash = HashAlgorithm::from_identifier(&AlgorithmIdentifier::read(&mut mask_parameters));
        mask_parameters.check()?;
        // trailerField is 1 by default, and DER leaves defaults out (X.690 11.5): anything after the salt is refused.
        match HashAlgorithm::from_identifier(&hash) {
            Some(HashAlgorithm::Sha1) => Err(weak),
            Some(hash) if mask.known() == Known::Mgf1 && mask_hash == Some(hash) && salt == hash.digest_bytes() as u64 => {
                Ok(VerificationAlgorithm::RsaPss(hash))
            }
            _ => Err(unsupported),
        }
    })?;
    parameters.check()?;
    Ok(found)
}

fn present(fields: &mut Reader<'_>, number: u8, otherwise: &CryptoError) -> Result<(), CryptoError> {
    if fields.next_is(context(number)) {
        return Ok(());
    }
    fields.check()?;
    Err(otherwise.clone())
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
    fn jose_names_are_exactly_the_four() {
        for algorithm in SignatureAlgorithm::ALL {
            assert_eq!(SignatureAlgorithm::from_jose_name(algorithm.jose_name()), Some(algorithm));
        }
        for name in ["none", "None", "HS256", "RS256", "EdDSA", "ES256K", "ES512", "es256", "ES256 ", ""] {
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
    fn pss_wants_one_hash_and_a_salt_of_its_length() {
        let pss = |inner: &str| format!("30{:02x}06092a864886f70d01010a30{:02x}{inner}", inner.len() / 2 + 13, inner.len() / 2);
        let sha256 = "a00f300d06096086480165030402010500";
        let mgf256 = "a11c301a06092a864886f70d010108300d06096086480165030402010500";
        let mgf384 = "a11c301a06092a864886f70d010108300d06096086480165030402020500";
        let good = read(&pss(&format!("{sha256}{mgf256}a203020120")));
        assert_eq!(good, Ok(VerificationAlgorithm::RsaPss(HashAlgorithm::Sha256)));
        let (weak, unsupported) =
            (CryptoError::AlgorithmWeak { oid: Known::RsaPss.into() }, CryptoError::AlgorithmUnsupported { oid: Known::RsaPss.into() });
        for (inner, error) in [
            (String::new(), weak.clone()),
            (sha256.to_owned(), weak),
            (format!("{sha256}{mgf256}"), unsupported.clone()),
            (format!("{sha256}{mgf256}a203020114"), unsupported.clone()),
            (format!("{sha256}{mgf384}a203020120"), unsupported),
            (format!("{sha256}{mgf256}a203020120a303020101"), CryptoError::Malformed(Asn1Error::TrailingData)),
        ] {
            assert_eq!(read(&pss(&inner)), Err(error), "{inner}");
        }
    }
}
