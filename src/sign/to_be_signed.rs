//! Signing in three steps, because the key may be elsewhere: a format prepares what is to be signed, someone signs it, and what comes back is
//! verified before anything is made of it.

use super::SignError;
use crate::asn1::{Tag, Writer};
use crate::crypto::{KeyKind, SignatureAlgorithm, SignatureForm, digest, ecdsa_to_der, ecdsa_to_fixed};
use crate::limits;
use crate::pki::{Certificate, CertificateError, check_for_signing};
use crate::text::Instant;

/// The first certificate of a chain, found fit to sign at an instant.
#[derive(Clone, Debug)]
pub(super) struct Signer<'c> {
    pub(super) certificate: &'c Certificate,
    /// The signer's first, then from its issuer upwards without the root.
    pub(super) chain: Vec<&'c Certificate>,
    algorithm: SignatureAlgorithm,
}

impl<'c> Signer<'c> {
    /// The rest of the chain may stand in any order; a signature carries what leads from the signer upwards.
    pub(super) fn of(chain: &'c [Certificate], algorithm: SignatureAlgorithm, at: Instant) -> Result<Self, SignError> {
        let (certificate, others) = chain.split_first().ok_or(SignError::NoCertificate)?;
        check_for_signing(certificate, at)?;
        let key = certificate.public_key().map_err(CertificateError::Key)?;
        if !fits(algorithm, key.kind()) {
            return Err(SignError::AlgorithmDoesNotFit { algorithm: algorithm.jose_name() });
        }
        Ok(Self { certificate, chain: upwards(certificate, others), algorithm })
    }

    pub(super) fn to_be_signed(&self, message: Vec<u8>) -> ToBeSigned {
        ToBeSigned { algorithm: self.algorithm, certificate: self.certificate.clone(), message }
    }
}

/// What a key must sign, with everything that is needed to check what comes back.
#[derive(Clone, Debug)]
pub struct ToBeSigned {
    algorithm: SignatureAlgorithm,
    certificate: Certificate,
    message: Vec<u8>,
}

impl ToBeSigned {
    /// The algorithm that must be used.
    #[must_use]
    pub const fn algorithm(&self) -> SignatureAlgorithm {
        self.algorithm
    }

    /// The message, for a key that hashes what it signs.
    #[must_use]
    pub fn message(&self) -> &[u8] {
        &self.message
    }

    /// The message's digest, for a key that signs a digest: SHA-256 or SHA-384, as the algorithm says.
    #[must_use]
    pub fn digest(&self) -> Vec<u8> {
        digest(self.algorithm.hash(), &[&self.message])
    }

    /// The digest as DigestInfo (RFC 8017 9.2), for a token that pads what it is given as RSASSA-PKCS1-v1_5 does and adds nothing of its own.
    #[must_use]
    pub fn digest_info(&self) -> Vec<u8> {
        let mut out = Writer::default();
        out.within(Tag::SEQUENCE, |out| {
            out.within(Tag::SEQUENCE, |out| out.oid(self.algorithm.hash().known().oid()).null()).octets(&self.digest())
        });
        out.finish()
    }

    /// What came back, once it is verified. An ECDSA signature may be r and s of fixed length, or DER.
    ///
    /// # Errors
    /// It is no signature over [`ToBeSigned::message`] by the certificate's key.
    pub(super) fn accept(&self, signature: &[u8]) -> Result<Value, SignError> {
        let key = self.certificate.public_key().map_err(CertificateError::Key)?;
        let fixed = match key.kind().coordinate_bytes() {
            Some(each) if SignatureForm::of(signature, each) == SignatureForm::Der => {
                ecdsa_to_fixed(signature, each).ok_or(SignError::Rejected)?
            }
            _ => signature.to_vec(),
        };
        key.verify(self.algorithm, SignatureForm::Fixed, &self.message, &fixed).map_err(|_| SignError::Rejected)?;
        Ok(Value { fixed, elliptic: key.kind().coordinate_bytes().is_some() })
    }
}

/// A signature that was verified.
pub(super) struct Value {
    fixed: Vec<u8>,
    elliptic: bool,
}

impl Value {
    /// As JWS has it.
    pub(super) fn fixed(&self) -> &[u8] {
        &self.fixed
    }

    /// As CMS has it.
    pub(super) fn der(&self) -> Vec<u8> {
        if self.elliptic { ecdsa_to_der(&self.fixed) } else { self.fixed.clone() }
    }
}

const fn fits(algorithm: SignatureAlgorithm, key: KeyKind) -> bool {
    matches!(
        (algorithm, key),
        (SignatureAlgorithm::Es256, KeyKind::P256)
            | (SignatureAlgorithm::Es384, KeyKind::P384)
            | (SignatureAlgorithm::Ps256 | SignatureAlgorithm::Ps384 | SignatureAlgorithm::Rs256, KeyKind::Rsa { .. })
    )
}

/// RFC 7515 4.1.6: each certificate certifies the one before it. A root says nothing that the verifier, who must know it
/// already, could believe.
fn upwards<'c>(signer: &'c Certificate, others: &'c [Certificate]) -> Vec<&'c Certificate> {
    let mut chain = vec![signer];
    let mut last = signer;
    while chain.len() < limits::PATH_CERTIFICATES {
        let issuer = others.iter().find(|other| !chain.contains(other) && issued(other, last));
        match issuer {
            Some(issuer) if !issued(issuer, issuer) => {
                chain.push(issuer);
                last = issuer;
            }
            _ => break,
        }
    }
    chain
}

pub(super) fn issued(issuer: &Certificate, certificate: &Certificate) -> bool {
    issuer.subject().raw() == certificate.issuer().raw() && issuer.public_key().is_ok_and(|key| certificate.verify_signature(&key).is_ok())
}
