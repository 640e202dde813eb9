//! Private keys, read from PKCS#8 (RFC 5208, RFC 5958) and proven to belong to a certificate.

use super::ring::Signer;
use super::{KeyError, KeyKind, PublicKey, SignatureAlgorithm, SignatureForm};
use crate::asn1::{AlgorithmIdentifier, Asn1Error, Tag, document, oid};
use std::fmt;
use zeroize::Zeroizing;

/// What the trial signature of [`PrivateKey::from_pkcs8`] covers. It can be no JWS signing input (no dot)
/// and no DER, so it is of no use to anyone who sees it.
const TRIAL: &[u8] = b"hoso: does this key belong to this certificate?";

/// A private key that matches the certificate it was opened with.
pub struct PrivateKey {
    signer: Signer,
    public: PublicKey,
}

impl PrivateKey {
    /// Reads a PKCS#8 key for the certificate whose SubjectPublicKeyInfo is given.
    ///
    /// An EC key takes its public point from there, since Java's keytool writes keys without one. That
    /// the two are a pair is proven by a signature that is made and verified.
    ///
    /// # Errors
    /// The key or `spki` is malformed, unsupported, or they are not a pair.
    pub fn from_pkcs8(der: &[u8], spki: &[u8]) -> Result<Self, KeyError> {
        let public = PublicKey::from_spki(spki).map_err(|error| match error.oid() {
            Some(oid) => KeyError::Unsupported { oid },
            None => KeyError::CertificateMalformed,
        })?;
        let signer = match document(der)?.tagged(Tag::Sequence)?.read(key_info)? {
            Material::Elliptic { curve, scalar } if Some(curve) == curve_of(public.kind()) => Signer::elliptic(&public, &scalar)?,
            Material::Rsa(key) if matches!(public.kind(), KeyKind::Rsa { .. }) => Signer::rsa(key)?,
            _ => return Err(KeyError::DoesNotMatchCertificate),
        };
        let key = Self { signer, public };
        key.prove()?;
        Ok(key)
    }

    /// The algorithms the key can sign with, the usual one first.
    #[must_use]
    pub const fn algorithms(&self) -> &'static [SignatureAlgorithm] {
        match self.public.kind() {
            KeyKind::P256 => &[SignatureAlgorithm::Es256],
            KeyKind::P384 => &[SignatureAlgorithm::Es384],
            KeyKind::Rsa { .. } => &[SignatureAlgorithm::Ps256, SignatureAlgorithm::Ps384],
        }
    }

    /// The public key of the pair.
    #[must_use]
    pub const fn public_key(&self) -> &PublicKey {
        &self.public
    }

    /// Signs a message: r and s of fixed length for ECDSA, RSASSA-PSS for RSA.
    ///
    /// # Errors
    /// The key cannot sign with the algorithm, or no random bytes are to be had.
    pub fn sign(&self, algorithm: SignatureAlgorithm, message: &[u8]) -> Result<Vec<u8>, KeyError> {
        if !self.algorithms().contains(&algorithm) {
            return Err(KeyError::AlgorithmDoesNotFit { algorithm: algorithm.jose_name() });
        }
        self.signer.sign(algorithm, message)
    }

    fn prove(&self) -> Result<(), KeyError> {
        let algorithm = *self.algorithms().first().ok_or(KeyError::DoesNotMatchCertificate)?;
        let signature = self.sign(algorithm, TRIAL)?;
        self.public.verify(algorithm, SignatureForm::Fixed, TRIAL, &signature).map_err(|_| KeyError::DoesNotMatchCertificate)
    }
}

impl fmt::Debug for PrivateKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("PrivateKey").field("kind", &self.public.kind()).finish_non_exhaustive()
    }
}

enum Material<'a> {
    Elliptic { curve: crate::asn1::Oid, scalar: Zeroizing<Vec<u8>> },
    Rsa(&'a [u8]),
}

const fn curve_of(kind: KeyKind) -> Option<crate::asn1::Oid> {
    match kind {
        KeyKind::P256 => Some(oid::P256),
        KeyKind::P384 => Some(oid::P384),
        KeyKind::Rsa { .. } => None,
    }
}

/// PrivateKeyInfo (RFC 5208 5) or OneAsymmetricKey (RFC 5958 2); attributes and public key are not needed.
fn key_info<'a>(fields: &mut crate::asn1::Reader<'a>) -> Result<Material<'a>, KeyError> {
    if fields.any()?.number()? > 1 {
        return Err(KeyError::NotPkcs8);
    }
    let algorithm = AlgorithmIdentifier::read(fields)?;
    let key = fields.any()?.octets()?;
    while !fields.is_empty() {
        fields.any()?;
    }
    match algorithm.oid {
        oid::RSA_ENCRYPTION => Ok(Material::Rsa(key)),
        oid::EC_PUBLIC_KEY => elliptic(algorithm.parameters()?.oid()?, key),
        oid => Err(KeyError::Unsupported { oid }),
    }
}

/// ECPrivateKey (RFC 5915 3). Some writers strip or add leading zeros of the scalar; it is brought to the curve's length.
fn elliptic(curve: crate::asn1::Oid, key: &[u8]) -> Result<Material<'_>, KeyError> {
    let length: usize = match curve {
        oid::P256 => 32,
        oid::P384 => 48,
        oid => return Err(KeyError::Unsupported { oid }),
    };
    let written = document(key)?.tagged(Tag::Sequence)?.read(|fields| {
        let version = fields.any()?.number()?;
        let written = fields.any()?.octets()?;
        while !fields.is_empty() {
            fields.any()?;
        }
        if version == 1 { Ok(written) } else { Err(KeyError::NotPkcs8) }
    })?;
    let zeros = written.iter().take_while(|byte| **byte == 0).count();
    let digits = written.get(zeros..).unwrap_or_default();
    let padding = length.checked_sub(digits.len()).ok_or(KeyError::NotPkcs8)?;
    let mut scalar = Zeroizing::new(Vec::with_capacity(length));
    scalar.resize(padding, 0);
    scalar.extend_from_slice(digits);
    Ok(Material::Elliptic { curve, scalar })
}

impl From<Asn1Error> for KeyError {
    /// Inside a private key, whatever is not DER is not PKCS#8.
    fn from(_: Asn1Error) -> Self {
        Self::NotPkcs8
    }
}
