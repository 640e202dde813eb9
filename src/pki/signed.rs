//! What certificates and revocation lists have in common: a body, an algorithm and a signature over the body's bytes.

use crate::asn1::{AlgorithmIdentifier, Asn1Error, Reader, Tag, document};
use crate::crypto::{CryptoError, PublicKey, SignatureForm, VerificationAlgorithm};

/// Where a part lies in the bytes it was read from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Span {
    start: usize,
    end: usize,
}

impl Span {
    /// The place of `part`, which is a slice of `whole`.
    pub(super) fn of(part: &[u8], whole: &[u8]) -> Self {
        let start = part.as_ptr().addr().wrapping_sub(whole.as_ptr().addr());
        Self { start, end: start.wrapping_add(part.len()) }
    }

    /// The part; what was a slice of other bytes is empty.
    pub(super) fn part(self, whole: &[u8]) -> &[u8] {
        whole.get(self.start..self.end).unwrap_or_default()
    }
}

/// The three parts of `SEQUENCE { body, algorithm, signature }` (RFC 5280 4.1 and 5.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Signed {
    /// Tag and length included.
    body: Span,
    /// The AlgorithmIdentifier.
    algorithm: Span,
    signature: Span,
}

impl Signed {
    pub(super) fn read(der: &[u8]) -> Result<Self, Asn1Error> {
        document(der, Tag::SEQUENCE, |fields| Self::fields(fields, der))
    }

    /// The parts inside the SEQUENCE; what follows them is the caller's to read.
    pub(super) fn fields(fields: &mut Reader<'_>, der: &[u8]) -> Result<Self, Asn1Error> {
        let (body, algorithm) = (fields.element(Tag::SEQUENCE).raw(), fields.element(Tag::SEQUENCE).raw());
        let bits = fields.element(Tag::BIT_STRING).contents();
        // A signature that ends inside a byte can be read, and is nobody's: it is kept as an empty one.
        let signature = match bits.split_first() {
            Some((0, bytes)) => bytes,
            Some((1..8, [_, ..])) => bits.get(..0).unwrap_or_default(),
            _ => {
                fields.fail(Asn1Error::NotDer);
                &[]
            }
        };
        fields.check()?;
        Ok(Self { body: Span::of(body, der), algorithm: Span::of(algorithm, der), signature: Span::of(signature, der) })
    }

    /// The signed bytes, a slice of what `read` was given.
    pub(super) fn body(self, der: &[u8]) -> &[u8] {
        self.body.part(der)
    }

    /// The AlgorithmIdentifier as received, to be compared with the one inside the body.
    pub(super) fn algorithm(self, der: &[u8]) -> &[u8] {
        self.algorithm.part(der)
    }

    pub(super) fn verify(self, der: &[u8], key: &PublicKey<'_>) -> Result<(), CryptoError> {
        let mut algorithm = Reader::document(self.algorithm(der));
        let identifier = AlgorithmIdentifier::read(&mut algorithm);
        algorithm.check()?;
        let algorithm = VerificationAlgorithm::from_identifier(&identifier)?;
        key.verify(algorithm, SignatureForm::Der, self.body(der), self.signature.part(der))
    }
}
