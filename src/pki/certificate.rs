//! X.509 certificates (RFC 5280 4.1), read once and kept as received.

use super::details::Details;
use super::extensions::{Extensions, Purposes, Values};
use super::signed::{Signed, Span};
use super::{BasicConstraints, CertificateError, KeyUsage, Name, SubjectId, pem};
use crate::asn1::{AlgorithmIdentifier, Element, Oid, OidRef, Reader, Tag, context, context_primitive, document};
use crate::crypto::{CryptoError, PublicKey};
use crate::digest::Sha256;
use crate::limits;
use crate::text::{Instant, hexadecimal, visible};
use std::fmt;

/// A certificate that could be read. Nothing is said yet about who trusts it or for what.
#[derive(Clone)]
pub struct Certificate {
    der: Vec<u8>,
    signed: Signed,
    body: Body,
}

impl Certificate {
    /// Reads a certificate from DER.
    ///
    /// # Errors
    /// The bytes are no certificate of RFC 5280.
    pub fn parse(der: impl Into<Vec<u8>>) -> Result<Self, CertificateError> {
        Self::read(der.into())
    }

    fn read(der: Vec<u8>) -> Result<Self, CertificateError> {
        if der.len() > limits::CERTIFICATE_BYTES {
            return Err(CertificateError::TooLarge { bytes: der.len() });
        }
        let signed = Signed::read(&der)?;
        let body = document(signed.body(&der), Tag::SEQUENCE, |fields| Body::read(fields, signed.algorithm(&der), &der))?;
        Ok(Self { der, signed, body })
    }

    /// Reads every `CERTIFICATE` block of a PEM text; text around the blocks and other blocks are passed over.
    ///
    /// # Errors
    /// There is no such block, a block is damaged, or one holds no certificate.
    pub fn from_pem(text: &str) -> Result<Vec<Self>, CertificateError> {
        pem::certificates(text.as_bytes())
    }

    /// Reads a file of certificates: PEM with one or more, or DER with one.
    ///
    /// # Errors
    /// As [`Certificate::from_pem`] and [`Certificate::parse`].
    pub fn read_all(file: &[u8]) -> Result<Vec<Self>, CertificateError> {
        if pem::looks_like(file) { pem::certificates(file) } else { Ok(vec![Self::parse(file)?]) }
    }

    /// The bytes as received.
    #[must_use]
    pub fn der(&self) -> &[u8] {
        &self.der
    }

    /// The SHA-256 thumbprint, `x5t#S256` of JOSE.
    #[must_use]
    pub fn sha256(&self) -> Sha256 {
        Sha256::of(&self.der)
    }

    /// The serial number in lower-case hexadecimal, two digits a byte.
    #[must_use]
    pub fn serial(&self) -> String {
        hexadecimal(self.serial_bytes())
    }

    /// The serial number's contents as DER has them.
    #[must_use]
    pub fn serial_bytes(&self) -> &[u8] {
        self.body.serial.part(&self.der)
    }

    /// Who signed the certificate.
    #[must_use]
    pub fn issuer(&self) -> Name<'_> {
        Name::of(self.body.issuer.part(&self.der))
    }

    /// Whose key it is.
    #[must_use]
    pub fn subject(&self) -> Name<'_> {
        Name::of(self.body.subject.part(&self.der))
    }

    /// The subject's common name.
    #[must_use]
    pub fn common_name(&self) -> Option<String> {
        self.subject().common_name()
    }

    /// The subject for people: the common name or, without one, the whole name. What hides or reorders letters is written out.
    #[must_use]
    pub fn display_name(&self) -> String {
        self.common_name().map_or_else(|| self.subject().line(), |name| visible(&name).into_owned())
    }

    /// The subject's official id, such as `CCCD:…`.
    #[must_use]
    pub fn subject_id(&self) -> Option<SubjectId> {
        self.subject().subject_id()
    }

    /// The first instant at which it is valid.
    #[must_use]
    pub const fn not_before(&self) -> Instant {
        self.body.not_before
    }

    /// The last instant at which it is valid.
    #[must_use]
    pub const fn not_after(&self) -> Instant {
        self.body.not_after
    }

    /// What the key may be used for, when the certificate says so.
    #[must_use]
    pub const fn key_usage(&self) -> Option<KeyUsage> {
        self.body.extensions.key_usage
    }

    /// Whether it is limited to purposes (extended key usage) that are not a person's signature on a document.
    #[must_use]
    pub fn is_for_other_purposes(&self) -> bool {
        self.purposes().is_some_and(|purposes| !purposes.documents)
    }

    pub(super) const fn purposes(&self) -> Option<Purposes> {
        self.body.extensions.purposes
    }

    /// Whether the subject is an authority, when the certificate says so.
    #[must_use]
    pub const fn basic_constraints(&self) -> Option<BasicConstraints> {
        self.body.extensions.basic_constraints
    }

    /// Whether the certificate says that its subject is an authority.
    #[must_use]
    pub fn is_authority(&self) -> bool {
        self.basic_constraints().is_some_and(|constraints| constraints.authority)
    }

    /// Whether issuer and subject are the same name: a root, or a key rolled over.
    #[must_use]
    pub fn is_self_issued(&self) -> bool {
        self.issuer().same(self.subject())
    }

    /// The identifier of the issuer's key.
    #[must_use]
    pub fn authority_key_id(&self) -> Option<&[u8]> {
        self.body.extensions.authority_key_id.map(|id| id.part(&self.der))
    }

    /// The identifier of the subject's key.
    #[must_use]
    pub fn subject_key_id(&self) -> Option<&[u8]> {
        self.body.extensions.subject_key_id.map(|id| id.part(&self.der))
    }

    /// A critical extension that hoso does not understand: such a certificate must be refused (RFC 5280 4.2).
    #[must_use]
    pub const fn unknown_critical_extension(&self) -> Option<Oid> {
        self.body.extensions.unknown_critical
    }

    /// Whether it limits the names an authority may certify (RFC 5280 4.2.1.10).
    #[must_use]
    pub const fn has_name_constraints(&self) -> bool {
        self.body.extensions.values.name_constraints.is_some()
    }

    /// The value of an extension that is read when it is asked for.
    pub(super) fn value(&self, of: impl FnOnce(&Values) -> Option<Span>) -> Option<&[u8]> {
        of(&self.body.extensions.values).map(|value| value.part(&self.der))
    }

    /// Whether a status answer's signer is not to be asked about itself (RFC 6960 4.2.2.2.1).
    #[must_use]
    pub const fn is_exempt_from_revocation(&self) -> bool {
        self.body.extensions.no_check
    }

    /// What else it says, for people to read.
    #[must_use]
    pub fn details(&self) -> Details<'_> {
        Details::of(self)
    }

    /// The algorithm that the issuer signed with.
    #[must_use]
    pub fn algorithm(&self) -> OidRef<'_> {
        AlgorithmIdentifier::read(&mut Reader::document(self.signed.algorithm(&self.der))).oid
    }

    /// The SubjectPublicKeyInfo as received.
    #[must_use]
    pub fn spki(&self) -> &[u8] {
        self.body.spki.part(&self.der)
    }

    /// The subject's public key.
    ///
    /// # Errors
    /// It is of a kind or length that hoso does not verify with.
    pub fn public_key(&self) -> Result<PublicKey<'_>, CryptoError> {
        PublicKey::from_spki(self.spki())
    }

    /// Verifies the certificate's signature with an issuer's key; the one thing that ties it to that issuer.
    ///
    /// # Errors
    /// The algorithm is unknown or weak, or the signature is not of that key.
    pub fn verify_signature(&self, issuer: &PublicKey<'_>) -> Result<(), CryptoError> {
        self.signed.verify(&self.der, issuer)
    }
}

impl PartialEq for Certificate {
    /// The same bytes, from which all else follows.
    fn eq(&self, other: &Self) -> bool {
        self.der == other.der
    }
}

impl Eq for Certificate {}

impl fmt::Debug for Certificate {
    /// Serial number and issuer: a certificate's subject is a person.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Certificate({} of {})", self.serial(), self.issuer())
    }
}

/// What the signed part says: numbers, and where the rest lies.
#[derive(Clone, Copy)]
struct Body {
    serial: Span,
    issuer: Span,
    not_before: Instant,
    not_after: Instant,
    subject: Span,
    spki: Span,
    extensions: Extensions,
}

impl Body {
    /// TBSCertificate (RFC 5280 4.1.2).
    fn read(fields: &mut Reader<'_>, outer_algorithm: &[u8], der: &[u8]) -> Result<Self, CertificateError> {
        let version = if fields.next_is(context(0)) { fields.within(context(0), Reader::number) } else { 0 };
        let serial = fields.integer();
        let algorithm = fields.element(Tag::SEQUENCE).raw();
        fields.check()?;
        // RFC 5280 4.1.1.2: the algorithm inside the signed part must be the one outside.
        if algorithm != outer_algorithm {
            return Err(CertificateError::AlgorithmsDiffer);
        }
        let issuer = name(fields)?.raw();
        let (not_before, not_after) = fields.within(Tag::SEQUENCE, |times| (times.instant(), times.instant()));
        let subject = name(fields)?.raw();
        let spki = fields.element(Tag::SEQUENCE).raw();
        // issuerUniqueID and subjectUniqueID (RFC 5280 4.1.2.8): not used, but not an error.
        fields.optional(context_primitive(1));
        fields.optional(context_primitive(2));
        let mut extensions = Extensions::default();
        if fields.next_is(context(3)) {
            extensions = fields.within(context(3), |explicit| {
                let list = explicit.any();
                explicit.check()?;
                Extensions::read(&list, der)
            })?;
        }
        fields.check()?;
        // RFC 5280 4.1.2.1: 0, 1, 2 are v1, v2, v3; 4.1.2.9: only v3 has extensions.
        if version > 2 || (version < 2 && extensions != Extensions::default()) {
            return Err(CertificateError::VersionUnsupported { version });
        }
        let [serial, issuer, subject, spki] = [serial, issuer, subject, spki].map(|part| Span::of(part, der));
        Ok(Self { serial, issuer, not_before, not_after, subject, spki, extensions })
    }
}

fn name<'a>(fields: &mut Reader<'a>) -> Result<Element<'a>, CertificateError> {
    let element = fields.any();
    fields.check()?;
    Name::check(&element)?;
    Ok(element)
}
