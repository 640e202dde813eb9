//! What certificates and revocation lists have in common: a body, an algorithm and a signature over the body's bytes.

use crate::asn1::{AlgorithmIdentifier, Asn1Error, Tag, document};
use crate::crypto::{CryptoError, PublicKey, SignatureForm, VerificationAlgorithm};
use std::ops::Range;

/// The three parts of `SEQUENCE { body, algorithm, signature }` (RFC 5280 4.1 and 5.1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Signed {
    /// Where the body lies, tag and length included.
    body: Range<usize>,
    /// The AlgorithmIdentifier as received.
    algorithm: Vec<u8>,
    signature: Vec<u8>,
}

impl Signed {
    pub(super) fn read(der: &[u8]) -> Result<Self, Asn1Error> {
        let outer = document(der)?.tagged(Tag::Sequence)?;
        outer.read(|fields| {
            let body = fields.element(Tag::Sequence)?;
            let algorithm = fields.element(Tag::Sequence)?.raw().to_vec();
            let signature = fields.any()?.bit_string()?.to_vec();
            let start = der.len() - outer.contents().len();
            Ok(Self { body: start..start + body.raw().len(), algorithm, signature })
        })
    }

    /// The signed bytes, a slice of what `read` was given.
    pub(super) fn body<'a>(&self, der: &'a [u8]) -> &'a [u8] {
        der.get(self.body.clone()).unwrap_or_default()
    }

    /// The AlgorithmIdentifier as received, to be compared with the one inside the body.
    pub(super) fn algorithm(&self) -> &[u8] {
        &self.algorithm
    }

    pub(super) fn verification_algorithm(&self) -> Result<VerificationAlgorithm, CryptoError> {
        VerificationAlgorithm::from_identifier(&AlgorithmIdentifier::from_element(&document(&self.algorithm)?)?)
    }

    pub(super) fn verify(&self, der: &[u8], key: &PublicKey) -> Result<(), CryptoError> {
        key.verify(self.verification_algorithm()?, SignatureForm::Der, self.body(der), &self.signature)
    }
}
