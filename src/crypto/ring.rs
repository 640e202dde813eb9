//! All that hoso uses of `ring`, and the one place where randomness is drawn: nonces of ECDSA, salts of PSS.

use super::{CryptoError, HashAlgorithm, KeyError, KeyKind, Pss, PublicKey, SignatureAlgorithm, SignatureForm, VerificationAlgorithm};
use ring::rand::SystemRandom;
use ring::signature::{self, EcdsaKeyPair, EcdsaSigningAlgorithm, RsaKeyPair, UnparsedPublicKey};
use ring::{digest, hmac, pbkdf2};
use std::num::NonZeroU32;

/// Verifies a signature with the one algorithm of `ring` that fits key, hash and form.
pub(super) fn verify(
    key: &PublicKey<'_>,
    algorithm: VerificationAlgorithm,
    form: SignatureForm,
    message: &[u8],
    signature: &[u8],
) -> Result<(), CryptoError> {
    use HashAlgorithm::{Sha256, Sha384, Sha512};
    use VerificationAlgorithm::{Ecdsa, RsaPkcs1, RsaPss};
    let verifier: &'static dyn signature::VerificationAlgorithm = match (key.kind(), algorithm, form) {
        (KeyKind::P256, Ecdsa(Sha256), SignatureForm::Fixed) => &signature::ECDSA_P256_SHA256_FIXED,
        (KeyKind::P384, Ecdsa(Sha384), SignatureForm::Fixed) => &signature::ECDSA_P384_SHA384_FIXED,
        (KeyKind::P256, Ecdsa(Sha256), SignatureForm::Der) => &signature::ECDSA_P256_SHA256_ASN1,
        (KeyKind::P256, Ecdsa(Sha384), SignatureForm::Der) => &signature::ECDSA_P256_SHA384_ASN1,
        (KeyKind::P384, Ecdsa(Sha256), SignatureForm::Der) => &signature::ECDSA_P384_SHA256_ASN1,
        (KeyKind::P384, Ecdsa(Sha384), SignatureForm::Der) => &signature::ECDSA_P384_SHA384_ASN1,
        (KeyKind::Rsa { .. }, RsaPkcs1(Sha256), _) => &signature::RSA_PKCS1_2048_8192_SHA256,
        (KeyKind::Rsa { .. }, RsaPkcs1(Sha384), _) => &signature::RSA_PKCS1_2048_8192_SHA384,
        (KeyKind::Rsa { .. }, RsaPkcs1(Sha512), _) => &signature::RSA_PKCS1_2048_8192_SHA512,
        (KeyKind::Rsa { .. }, RsaPss(Pss { hash: Sha256, .. }), _) => &signature::RSA_PSS_2048_8192_SHA256,
        (KeyKind::Rsa { .. }, RsaPss(Pss { hash: Sha384, .. }), _) => &signature::RSA_PSS_2048_8192_SHA384,
        (KeyKind::Rsa { .. }, RsaPss(Pss { hash: Sha512, .. }), _) => &signature::RSA_PSS_2048_8192_SHA512,
        _ => return Err(CryptoError::AlgorithmDoesNotFitKey),
    };
    UnparsedPublicKey::new(verifier, key.material()).verify(message, signature).map_err(|_| CryptoError::SignatureMismatch)
}

/// A key pair inside `ring`, which is too large to be moved about.
pub(super) enum Signer {
    Elliptic(Box<EcdsaKeyPair>),
    Rsa(Box<RsaKeyPair>),
}

impl Signer {
    /// The pair of a scalar and a certificate's point; `ring` computes the point and compares.
    pub(super) fn elliptic(public: &PublicKey<'_>, scalar: &[u8]) -> Result<Self, KeyError> {
        let algorithm: &'static EcdsaSigningAlgorithm = match public.kind() {
            KeyKind::P256 => &signature::ECDSA_P256_SHA256_FIXED_SIGNING,
            KeyKind::P384 => &signature::ECDSA_P384_SHA384_FIXED_SIGNING,
            KeyKind::P521 => return Err(KeyError::Unsupported { oid: crate::asn1::Known::P521.into() }),
            KeyKind::Rsa { .. } => return Err(KeyError::DoesNotMatchCertificate),
        };
        EcdsaKeyPair::from_private_key_and_public_key(algorithm, scalar, public.material(), &SystemRandom::new())
            .map(|pair| Self::Elliptic(Box::new(pair)))
            .map_err(|_| KeyError::DoesNotMatchCertificate)
    }

    /// The pair of an RSAPrivateKey; `ring` signs with 2,048 to 4,096 bits and an exponent from 65,537.
    pub(super) fn rsa(key: &[u8]) -> Result<Self, KeyError> {
        RsaKeyPair::from_der(key)
            .map(|pair| Self::Rsa(Box::new(pair)))
            .map_err(|_| KeyError::Unsupported { oid: crate::asn1::Known::RsaEncryption.into() })
    }

    pub(super) fn sign(&self, algorithm: SignatureAlgorithm, message: &[u8]) -> Result<Vec<u8>, KeyError> {
        let random = SystemRandom::new();
        let encoding: &'static dyn signature::RsaEncoding = match algorithm {
            SignatureAlgorithm::Rs256 => &signature::RSA_PKCS1_SHA256,
            SignatureAlgorithm::Ps384 => &signature::RSA_PSS_SHA384,
            _ => &signature::RSA_PSS_SHA256,
        };
        match self {
            Self::Elliptic(pair) => pair.sign(&random, message).map(|signature| signature.as_ref().to_vec()),
            Self::Rsa(pair) => {
                let mut signature = vec![0; pair.public().modulus_len()];
                pair.sign(encoding, &random, message, &mut signature).map(|()| signature)
            }
        }
        .map_err(|_| KeyError::NoRandomness)
    }
}

/// Whether a MAC is the HMAC of a message, compared in constant time.
#[must_use]
pub fn mac_matches(hash: HashAlgorithm, key: &[u8], message: &[u8], mac: &[u8]) -> bool {
    hmac::verify(&hmac::Key::new(hmac_of(hash), key), message, mac).is_ok()
}

/// A digest in the making.
#[derive(Clone)]
pub(super) struct Context(digest::Context);

impl Context {
    pub(super) fn new(hash: HashAlgorithm) -> Self {
        Self(digest::Context::new(match hash {
            HashAlgorithm::Sha1 => &digest::SHA1_FOR_LEGACY_USE_ONLY,
            HashAlgorithm::Sha256 => &digest::SHA256,
            HashAlgorithm::Sha384 => &digest::SHA384,
            HashAlgorithm::Sha512 => &digest::SHA512,
        }))
    }

    pub(super) fn update(&mut self, piece: &[u8]) {
        self.0.update(piece);
    }

    pub(super) fn finish(self) -> Vec<u8> {
        self.0.finish().as_ref().to_vec()
    }
}

/// A digest written over the start of `out`.
pub(super) fn digest_into(hash: HashAlgorithm, parts: &[&[u8]], out: &mut [u8]) {
    let mut context = Context::new(hash);
    parts.iter().for_each(|part| context.update(part));
    out.iter_mut().zip(context.0.finish().as_ref()).for_each(|(to, from)| *to = *from);
}

/// PBKDF2 (RFC 8018 5.2).
pub(super) fn pbkdf2_into(hash: HashAlgorithm, iterations: NonZeroU32, salt: &[u8], password: &[u8], out: &mut [u8]) {
    let algorithm = match hash {
        HashAlgorithm::Sha1 => pbkdf2::PBKDF2_HMAC_SHA1,
        HashAlgorithm::Sha256 => pbkdf2::PBKDF2_HMAC_SHA256,
        HashAlgorithm::Sha384 => pbkdf2::PBKDF2_HMAC_SHA384,
        HashAlgorithm::Sha512 => pbkdf2::PBKDF2_HMAC_SHA512,
    };
    pbkdf2::derive(algorithm, iterations, salt, password, out);
}

fn hmac_of(hash: HashAlgorithm) -> hmac::Algorithm {
    match hash {
        HashAlgorithm::Sha1 => hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY,
        HashAlgorithm::Sha256 => hmac::HMAC_SHA256,
        HashAlgorithm::Sha384 => hmac::HMAC_SHA384,
        HashAlgorithm::Sha512 => hmac::HMAC_SHA512,
    }
}
