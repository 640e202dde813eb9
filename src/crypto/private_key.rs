//! Private keys, read from PKCS#8 (RFC 5208, RFC 5958) and proven to belong to a certificate.

use super::ring::Signer;
use super::{KeyError, KeyKind, PublicKey, SignatureAlgorithm, SignatureForm};
use crate::asn1::{AlgorithmIdentifier, Asn1Error, Known, Reader, Tag, document};
use std::fmt;
use zeroize::Zeroizing;

/// What the trial signature of [`PrivateKey::from_pkcs8`] covers. It can be no JWS signing input (no dot)
/// and no DER, so it is of no use to anyone who sees it.
const TRIAL: &[u8] = b"hoso: does this key belong to this certificate?";

/// A private key that matches the certificate it was opened with.
pub struct PrivateKey {
    signer: Signer,
    kind: KeyKind,
    /// The public key's bytes.
    material: Vec<u8>,
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
        let signer = match document(der, Tag::SEQUENCE, key_info)? {
            Material::Elliptic { kind, scalar } if kind == public.kind() => Signer::elliptic(&public, &scalar)?,
            Material::Rsa(key) if matches!(public.kind(), KeyKind::Rsa { .. }) => Signer::rsa(key)?,
            _ => return Err(KeyError::DoesNotMatchCertificate),
        };
        let key = Self { signer, kind: public.kind(), material: public.material().to_vec() };
        key.prove()?;
        Ok(key)
    }

    /// The algorithms the key can sign with, the usual one first.
    #[must_use]
    pub const fn algorithms(&self) -> &'static [SignatureAlgorithm] {
        match self.kind {
            KeyKind::P256 => &[SignatureAlgorithm::Es256],
            KeyKind::P384 => &[SignatureAlgorithm::Es384],
            KeyKind::Rsa { .. } => &[SignatureAlgorithm::Ps256, SignatureAlgorithm::Ps384],
        }
    }

    /// The public key of the pair.
    #[must_use]
    pub fn public_key(&self) -> PublicKey<'_> {
        PublicKey::of(self.kind, &self.material)
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
        self.public_key().verify(algorithm, SignatureForm::Fixed, TRIAL, &signature).map_err(|_| KeyError::DoesNotMatchCertificate)
    }
}

impl fmt::Debug for PrivateKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("PrivateKey").field("kind", &self.kind).finish_non_exhaustive()
    }
}

enum Material<'a> {
    Elliptic { kind: KeyKind, scalar: Zeroizing<Vec<u8>> },
    Rsa(&'a [u8]),
}

/// PrivateKeyInfo (RFC 5208 5) or OneAsymmetricKey (RFC 5958 2); attributes and public key are not needed.
fn key_info<'a>(fields: &mut Reader<'a>) -> Result<Material<'a>, KeyError> {
    let version = fields.number();
    let algorithm = AlgorithmIdentifier::read(fields);
    let key = fields.octets();
    while fields.more() {
        fields.any();
    }
    fields.check()?;
    if version > 1 {
        return Err(KeyError::NotPkcs8);
    }
    match algorithm.known() {
        Known::RsaEncryption => Ok(Material::Rsa(key)),
        Known::EcPublicKey => elliptic(&algorithm, key),
        _ => Err(KeyError::Unsupported { oid: algorithm.oid.into() }),
    }
}

/// ECPrivateKey (RFC 5915 3). Some writers strip or add leading zeros of the scalar; it is brought to the curve's length.
fn elliptic<'a>(algorithm: &AlgorithmIdentifier<'a>, key: &[u8]) -> Result<Material<'a>, KeyError> {
    let mut parameters = algorithm.parameters();
    let curve = parameters.oid();
    parameters.check()?;
    let (kind, length) = match curve.known() {
        Known::P256 => (KeyKind::P256, 32_usize),
        Known::P384 => (KeyKind::P384, 48),
        _ => return Err(KeyError::Unsupported { oid: curve.into() }),
    };
    let written = document(key, Tag::SEQUENCE, |fields| {
        let (version, written) = (fields.number(), fields.octets());
        while fields.more() {
            fields.any();
        }
        fields.check()?;
        if version == 1 { Ok(written) } else { Err(KeyError::NotPkcs8) }
    })?;
    let zeros = written.iter().take_while(|byte| **byte == 0).count();
    let digits = written.get(zeros..).unwrap_or_default();
    let padding = length.checked_sub(digits.len()).ok_or(KeyError::NotPkcs8)?;
    let mut scalar = Zeroizing::new(Vec::with_capacity(length));
    scalar.resize(padding, 0);
    scalar.extend_from_slice(digits);
    Ok(Material::Elliptic { kind, scalar })
}

impl From<Asn1Error> for KeyError {
    /// Inside a private key, whatever is not DER is not PKCS#8.
    fn from(_: Asn1Error) -> Self {
        Self::NotPkcs8
    }
}
