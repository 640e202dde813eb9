//! Public keys, read from SubjectPublicKeyInfo (RFC 5280 4.1.2.7).

use super::{CryptoError, HashAlgorithm, Pss, SignatureForm, VerificationAlgorithm, rsa, weierstrass};
use crate::asn1::{AlgorithmIdentifier, Asn1Error, Known, Tag, document};
use crate::limits;

/// Kinds of keys, with what decides which algorithms fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyKind {
    /// Elliptic curve P-256.
    P256,
    /// Elliptic curve P-384.
    P384,
    /// Elliptic curve P-521, for verifying alone.
    P521,
    /// RSA.
    Rsa {
        /// Bits of the modulus.
        bits: usize,
    },
}

impl KeyKind {
    /// Bytes of r and of s in a signature of fixed length; nothing for RSA.
    #[must_use]
    pub const fn coordinate_bytes(self) -> Option<usize> {
        match self {
            Self::P256 => Some(32),
            Self::P384 => Some(48),
            Self::P521 => Some(66),
            Self::Rsa { .. } => None,
        }
    }
}

/// A public key of a kind that hoso verifies with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PublicKey<'a> {
    kind: KeyKind,
    /// The uncompressed point, or the RSAPublicKey.
    material: &'a [u8],
    padding: Padding,
}

/// What an RSA key may sign with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Padding {
    /// rsaEncryption (RFC 4055 1.2).
    Any,
    /// id-RSASSA-PSS, with its parameters if it has any (RFC 4055 3.3).
    Pss(Option<Pss>),
}

impl Padding {
    pub(super) fn allows(self, algorithm: VerificationAlgorithm) -> bool {
        match (self, algorithm) {
            (Self::Any, _) | (Self::Pss(None), VerificationAlgorithm::RsaPss(_)) => true,
            (Self::Pss(Some(key)), VerificationAlgorithm::RsaPss(signature)) => key.allows(signature),
            (Self::Pss(_), _) => false,
        }
    }
}

impl<'a> PublicKey<'a> {
    /// Reads a SubjectPublicKeyInfo.
    ///
    /// # Errors
    /// Malformed, of an unsupported kind or curve, or of a length outside 2,048 to 8,192 bits.
    pub fn from_spki(spki: &'a [u8]) -> Result<Self, CryptoError> {
        document(spki, Tag::SEQUENCE, |fields| {
            let algorithm = AlgorithmIdentifier::read(fields);
            let key = fields.bit_string();
            fields.check()?;
            match algorithm.known() {
                Known::EcPublicKey => elliptic(&algorithm, key),
                // RFC 3279 2.3.1: the parameters are NULL.
                Known::RsaEncryption if algorithm.has_null() => rsa_key(key, Padding::Any),
                Known::RsaEncryption => Err(Asn1Error::UnexpectedType.into()),
                // RFC 4055 3.1: the parameters may be left out.
                Known::RsaPss if algorithm.has_none() => rsa_key(key, Padding::Pss(None)),
                Known::RsaPss => rsa_key(key, Padding::Pss(Some(Pss::read(&algorithm)?))),
                _ => Err(CryptoError::KeyUnsupported { oid: algorithm.oid.into() }),
            }
        })
    }

    pub(super) const fn of(kind: KeyKind, material: &'a [u8], padding: Padding) -> Self {
        Self { kind, material, padding }
    }

    /// The kind of the key.
    #[must_use]
    pub const fn kind(&self) -> KeyKind {
        self.kind
    }

    /// Verifies a signature over a message.
    ///
    /// # Errors
    /// The algorithm does not fit the key or the form, or the signature is not of this key over this message.
    pub fn verify(
        &self,
        algorithm: impl Into<VerificationAlgorithm>,
        form: SignatureForm,
        message: &[u8],
        signature: &[u8],
    ) -> Result<(), CryptoError> {
        let algorithm = algorithm.into();
        if !self.padding.allows(algorithm) || algorithm.hash() == HashAlgorithm::Sha1 {
            return Err(CryptoError::AlgorithmDoesNotFitKey);
        }
        match (self.kind, algorithm) {
            (kind, VerificationAlgorithm::Ecdsa(hash)) if weierstrass::is_needed(kind, hash) => {
                weierstrass::verify(kind, self.material, hash, form, message, signature)
            }
            (KeyKind::Rsa { bits }, _) if rsa::is_needed(self.material, algorithm) => {
                rsa::verify(self.material, bits, algorithm, message, signature)
            }
            _ => super::ring::verify(self, algorithm, form, message, signature),
        }
    }

    pub(super) const fn padding(&self) -> Padding {
        self.padding
    }

    pub(super) const fn material(&self) -> &'a [u8] {
        self.material
    }
}

fn elliptic<'a>(algorithm: &AlgorithmIdentifier<'_>, point: &'a [u8]) -> Result<PublicKey<'a>, CryptoError> {
    let mut parameters = algorithm.parameters();
    let curve = parameters.oid();
    parameters.check()?;
    let (kind, coordinate) = match curve.known() {
        Known::P256 => (KeyKind::P256, 32),
        Known::P384 => (KeyKind::P384, 48),
        Known::P521 => (KeyKind::P521, 66),
        _ => return Err(CryptoError::KeyUnsupported { oid: curve.into() }),
    };
    // RFC 5480 2.2: 04 starts an uncompressed point, the one form everyone must support.
    if point.first() != Some(&4) || point.len() != 1 + 2 * coordinate {
        return Err(CryptoError::KeyUnsupported { oid: curve.into() });
    }
    Ok(PublicKey { kind, material: point, padding: Padding::Any })
}

/// RSAPublicKey (RFC 8017 A.1.1).
fn rsa_key(key: &[u8], padding: Padding) -> Result<PublicKey<'_>, CryptoError> {
    let (modulus, exponent) = rsa::numbers(key)?;
    let bits = modulus.len() * 8 - modulus.first().map_or(0, |byte| byte.leading_zeros() as usize);
    if exponent.len() > limits::RSA_EXPONENT_BYTES {
        return Err(CryptoError::KeyUnsupported { oid: Known::RsaEncryption.into() });
    }
    let odd = exponent.last().is_some_and(|byte| byte & 1 == 1);
    let odd = odd && modulus.last().is_some_and(|byte| byte & 1 == 1);
    let weak = bits < limits::RSA_BITS_LEAST || !odd || exponent == [1];
    match bits {
        _ if weak => Err(CryptoError::KeyWeak { bits }),
        bits if bits > limits::RSA_BITS_MOST => Err(CryptoError::KeyTooLong { bits }),
        _ => Ok(PublicKey { kind: KeyKind::Rsa { bits }, material: key, padding }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A TLV of any length below 65,536.
    fn tlv(tag: u8, contents: &[u8]) -> Vec<u8> {
        let length = contents.len() as u16;
        let header = match length {
            0..128 => vec![tag, length as u8],
            128..256 => vec![tag, 0x81, length as u8],
            _ => [&[tag, 0x82][..], &length.to_be_bytes()].concat(),
        };
        [header, contents.to_vec()].concat()
    }

    fn rsa_spki(modulus: &[u8], exponent: &[u8]) -> Vec<u8> {
        let key = tlv(0x30, &[tlv(2, &[&[0], modulus].concat()), tlv(2, exponent)].concat());
        let algorithm = tlv(0x30, &[&tlv(6, Known::RsaEncryption.oid().bytes())[..], &[5, 0]].concat());
        tlv(0x30, &[algorithm, tlv(3, &[&[0], &key[..]].concat())].concat())
    }

    fn ec_spki(curve: &[u8], point: &[u8]) -> Vec<u8> {
        let algorithm = tlv(0x30, &[tlv(6, Known::EcPublicKey.oid().bytes()), tlv(6, curve)].concat());
        tlv(0x30, &[algorithm, tlv(3, &[&[0], point].concat())].concat())
    }

    #[test]
    fn rsa_keys_have_2048_to_8192_bits_and_an_odd_exponent_from_3() {
        let kind = |bytes: usize, exponent: &[u8]| PublicKey::from_spki(&rsa_spki(&vec![0xff; bytes], exponent)).map(|key| key.kind());
        assert_eq!(kind(256, &[1, 0, 1]), Ok(KeyKind::Rsa { bits: 2_048 }));
        assert_eq!(kind(1_024, &[3]), Ok(KeyKind::Rsa { bits: 8_192 }));
        assert_eq!(kind(255, &[3]), Err(CryptoError::KeyWeak { bits: 2_040 }));
        assert_eq!(kind(1_025, &[3]), Err(CryptoError::KeyTooLong { bits: 8_200 }));
        for exponent in [&[1][..], &[2], &[0], &[1, 0, 0]] {
            assert_eq!(kind(256, exponent), Err(CryptoError::KeyWeak { bits: 2_048 }), "{exponent:?}");
        }
        let long = CryptoError::KeyUnsupported { oid: Known::RsaEncryption.into() };
        assert_eq!(
            kind(256, &[1, 0, 0, 0, 0, 0, 0, 0, 1]),
            Err(long),
            "an exponent that nothing here verifies with is not a wrong signature"
        );
        assert_eq!(kind(256, &[1, 0, 0, 0, 0, 0, 0, 1]), Ok(KeyKind::Rsa { bits: 2_048 }));
        assert!(matches!(kind(256, &[0x83]), Err(CryptoError::Malformed(_))), "negative exponent");
    }

    #[test]
    fn points_are_uncompressed_and_of_a_known_curve() {
        let point = |first: u8, length: usize| [&[first][..], &vec![7; length]].concat();
        let read = |curve: &[u8], point: Vec<u8>| PublicKey::from_spki(&ec_spki(curve, &point)).map(|key| key.kind());
        assert_eq!(read(Known::P256.oid().bytes(), point(4, 64)), Ok(KeyKind::P256));
        for (curve, point) in
            [(Known::P256, point(2, 32)), (Known::P256, point(4, 96)), (Known::P384, point(4, 64)), (Known::P256, vec![0])]
        {
            assert_eq!(read(curve.oid().bytes(), point), Err(CryptoError::KeyUnsupported { oid: curve.into() }));
        }
        // secp256k1, 1.3.132.0.10.
        let error = read(&[0x2b, 0x81, 0x04, 0, 0x0a], point(4, 64)).map_err(|error| error.oid().unwrap().to_string());
        assert_eq!(error, Err("1.3.132.0.10".to_owned()));
    }
}
