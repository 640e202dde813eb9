//! Public keys, read from SubjectPublicKeyInfo (RFC 5280 4.1.2.7).

use super::{CryptoError, SignatureForm, VerificationAlgorithm};
use crate::asn1::{AlgorithmIdentifier, Asn1Error, Tag, document, oid};
use crate::limits;

/// Kinds of keys, with what decides which algorithms fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyKind {
    /// Elliptic curve P-256.
    P256,
    /// Elliptic curve P-384.
    P384,
    /// RSA.
    Rsa {
        /// Bits of the modulus.
        bits: usize,
    },
}

/// A public key of a kind that hoso verifies with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicKey {
    kind: KeyKind,
    /// The uncompressed point, or the RSAPublicKey.
    material: Vec<u8>,
}

impl PublicKey {
    /// Reads a SubjectPublicKeyInfo.
    ///
    /// # Errors
    /// Malformed, of an unsupported kind or curve, or of a length outside 2,048 to 8,192 bits.
    pub fn from_spki(spki: &[u8]) -> Result<Self, CryptoError> {
        document(spki)?.tagged(Tag::Sequence)?.read(|fields| {
            let algorithm = AlgorithmIdentifier::read(fields)?;
            let key = fields.any()?.bit_string()?;
            match algorithm.oid {
                oid::EC_PUBLIC_KEY => elliptic(&algorithm, key),
                // RFC 3279 2.3.1: the parameters are NULL.
                oid::RSA_ENCRYPTION if algorithm.has_null() => rsa(key),
                oid::RSA_ENCRYPTION => Err(Asn1Error::UnexpectedType.into()),
                oid => Err(CryptoError::KeyUnsupported { oid }),
            }
        })
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
        super::ring::verify(self, algorithm.into(), form, message, signature)
    }

    pub(super) fn material(&self) -> &[u8] {
        &self.material
    }
}

fn elliptic(algorithm: &AlgorithmIdentifier<'_>, point: &[u8]) -> Result<PublicKey, CryptoError> {
    let curve = algorithm.parameters()?.oid()?;
    let (kind, coordinate) = match curve {
        oid::P256 => (KeyKind::P256, 32),
        oid::P384 => (KeyKind::P384, 48),
        oid => return Err(CryptoError::KeyUnsupported { oid }),
    };
    // RFC 5480 2.2: 04 starts an uncompressed point, the one form everyone must support.
    if point.first() != Some(&4) || point.len() != 1 + 2 * coordinate {
        return Err(CryptoError::KeyUnsupported { oid: curve });
    }
    Ok(PublicKey { kind, material: point.to_vec() })
}

/// RSAPublicKey (RFC 8017 A.1.1).
fn rsa(key: &[u8]) -> Result<PublicKey, CryptoError> {
    let (modulus, exponent) = document(key)?
        .tagged(Tag::Sequence)?
        .read(|fields| Ok::<_, Asn1Error>((fields.any()?.magnitude()?, fields.any()?.magnitude()?)))?;
    let bits = modulus.len() * 8 - modulus.first().map_or(0, |byte| byte.leading_zeros() as usize);
    // `ring` verifies with no longer one (33 bits), and 65,537 is what nearly every key has.
    if exponent.len() > 4 {
        return Err(CryptoError::KeyUnsupported { oid: oid::RSA_ENCRYPTION });
    }
    let odd = exponent.last().is_some_and(|byte| byte & 1 == 1);
    let weak = bits < limits::RSA_BITS_LEAST || !odd || exponent == [1];
    match bits {
        _ if weak => Err(CryptoError::KeyWeak { bits }),
        bits if bits > limits::RSA_BITS_MOST => Err(CryptoError::KeyTooLong { bits }),
        _ => Ok(PublicKey { kind: KeyKind::Rsa { bits }, material: key.to_vec() }),
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
        let algorithm = tlv(0x30, &[&tlv(6, oid::RSA_ENCRYPTION.as_bytes())[..], &[5, 0]].concat());
        tlv(0x30, &[algorithm, tlv(3, &[&[0], &key[..]].concat())].concat())
    }

    fn ec_spki(curve: crate::asn1::Oid, point: &[u8]) -> Vec<u8> {
        let algorithm = tlv(0x30, &[tlv(6, oid::EC_PUBLIC_KEY.as_bytes()), tlv(6, curve.as_bytes())].concat());
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
        let long = CryptoError::KeyUnsupported { oid: oid::RSA_ENCRYPTION };
        assert_eq!(kind(256, &[1, 0, 0, 0, 1]), Err(long), "an exponent that nothing here verifies with is not a wrong signature");
        assert!(matches!(kind(256, &[0x83]), Err(CryptoError::Malformed(_))), "negative exponent");
    }

    #[test]
    fn points_are_uncompressed_and_of_a_known_curve() {
        let point = |first: u8, length: usize| [&[first][..], &vec![7; length]].concat();
        assert_eq!(PublicKey::from_spki(&ec_spki(oid::P256, &point(4, 64))).map(|key| key.kind()), Ok(KeyKind::P256));
        for (curve, point) in [(oid::P256, point(2, 32)), (oid::P256, point(4, 96)), (oid::P384, point(4, 64)), (oid::P256, vec![0])] {
            assert_eq!(PublicKey::from_spki(&ec_spki(curve, &point)), Err(CryptoError::KeyUnsupported { oid: curve }));
        }
        let secp256k1 = crate::asn1::Oid::new_unwrap("1.3.132.0.10");
        assert_eq!(PublicKey::from_spki(&ec_spki(secp256k1, &point(4, 64))), Err(CryptoError::KeyUnsupported { oid: secp256k1 }));
    }
}
