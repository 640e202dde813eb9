//! Certificate revocation lists (RFC 5280 5).

use super::extensions::{Extension, List};
use super::signed::{Signed, Span};
use super::{Certificate, CertificateError, CrlError, Name, pem};
use crate::asn1::{Asn1Error, Element, Known, Reader, Tag, context, document};
use crate::crypto::CryptoError;
use crate::limits;
use crate::text::Instant;
use std::fmt;

/// A revocation list that could be read. Whether it may be used is asked for a certificate and an instant.
#[derive(Clone, PartialEq, Eq)]
pub struct Crl {
    der: Vec<u8>,
    signed: Signed,
    issuer: Span,
    this_update: Instant,
    next_update: Option<Instant>,
    /// Why the list decides nothing, whatever the certificate.
    flaw: Option<CrlError>,
}

/// Why a certificate was revoked (RFC 5280 5.3.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Reason {
    /// No reason was given, or `unspecified`.
    Unspecified,
    /// The key is known to others.
    KeyCompromise,
    /// An authority's key is known to others.
    AuthorityCompromise,
    /// The subject's name or other data changed.
    AffiliationChanged,
    /// Another certificate took its place.
    Superseded,
    /// The certificate is no longer needed.
    CessationOfOperation,
    /// The certificate is suspended for a time.
    Hold,
    /// What the certificate allowed was withdrawn.
    PrivilegeWithdrawn,
    /// An attribute authority's key is known to others.
    AttributeAuthorityCompromise,
}

impl Reason {
    /// The name in RFC 5280.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Unspecified => "unspecified",
            Self::KeyCompromise => "keyCompromise",
            Self::AuthorityCompromise => "cACompromise",
            Self::AffiliationChanged => "affiliationChanged",
            Self::Superseded => "superseded",
            Self::CessationOfOperation => "cessationOfOperation",
            Self::Hold => "certificateHold",
            Self::PrivilegeWithdrawn => "privilegeWithdrawn",
            Self::AttributeAuthorityCompromise => "aACompromise",
        }
    }
}

/// The entry of a revoked certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// When it was revoked.
    pub at: Instant,
    /// Why.
    pub reason: Reason,
}

impl Crl {
    /// Reads a list from DER, every entry of it.
    ///
    /// # Errors
    /// The bytes are no revocation list of RFC 5280.
    pub fn parse(der: impl Into<Vec<u8>>) -> Result<Self, CrlError> {
        Self::read(der.into())
    }

    fn read(der: Vec<u8>) -> Result<Self, CrlError> {
        if der.len() > limits::CRL_BYTES {
            return Err(CrlError::TooLarge { bytes: der.len() });
        }
        let signed = Signed::read(&der)?;
        let body = body(signed.body(&der))?;
        if body.algorithm != signed.algorithm(&der) {
            return Err(CrlError::AlgorithmsDiffer);
        }
        Name::check(&body.issuer).map_err(|error| match error {
            CertificateError::Malformed(error) => CrlError::Malformed(error),
            _ => CrlError::Oversized,
        })?;
        let issuer = Span::of(body.issuer.raw(), &der);
        let mut flaw = list_flaw(&body)?;
        let mut entries = Entries::of(&body);
        while let Some(entry) = entries.next()? {
            flaw = flaw.or(entry.flaw);
        }
        let (this_update, next_update) = (body.this_update, body.next_update);
        Ok(Self { der, signed, issuer, this_update, next_update, flaw })
    }

    /// Reads a file of lists: PEM with one or more, or DER with one.
    ///
    /// # Errors
    /// As [`Crl::parse`]; a PEM text without a list, or with a damaged block.
    pub fn read_all(file: &[u8]) -> Result<Vec<Self>, CrlError> {
        if pem::looks_like(file) { pem::lists(file) } else { Ok(vec![Self::parse(file)?]) }
    }

    /// The bytes as received.
    #[must_use]
    pub fn der(&self) -> &[u8] {
        &self.der
    }

    /// Who issued the list.
    #[must_use]
    pub fn issuer(&self) -> Name<'_> {
        Name::of(self.issuer.part(&self.der))
    }

    /// When it was issued.
    #[must_use]
    pub const fn this_update(&self) -> Instant {
        self.this_update
    }

    /// When it will be replaced at the latest, if it says so.
    #[must_use]
    pub const fn next_update(&self) -> Option<Instant> {
        self.next_update
    }

    /// Whether the list is about certificates of that issuer (RFC 5280 6.3.3), as far as can be said without its signature.
    ///
    /// # Errors
    /// It is another issuer's, a delta or a part, or has a critical extension hoso does not know.
    pub(super) fn applies(&self, issuer: &Certificate) -> Result<(), CrlError> {
        if self.issuer().raw() != issuer.subject().raw() {
            return Err(CrlError::Missing);
        }
        if let Some(flaw) = &self.flaw {
            return Err(flaw.clone());
        }
        if issuer.key_usage().is_some_and(|usage| !usage.crl_signing()) {
            return Err(CrlError::NotForLists { authority: issuer.subject().line() });
        }
        Ok(())
    }

    /// The instant of the next list, when this one is current at an instant.
    ///
    /// # Errors
    /// It is not yet or no longer, or does not say until when.
    pub(super) fn current(&self, at: Instant) -> Result<Instant, CrlError> {
        let next_update = self.next_update.ok_or(CrlError::NoNextUpdate)?;
        if at < self.this_update {
            return Err(CrlError::NotYetValid { this_update: self.this_update });
        }
        if at > next_update { Err(CrlError::Stale { next_update }) } else { Ok(next_update) }
    }

    /// Verifies the list's signature with the issuer's key.
    pub(super) fn verify_signature(&self, issuer: &Certificate) -> Result<(), CryptoError> {
        self.signed.verify(&self.der, &issuer.public_key()?)
    }

    /// The entry of a certificate of this list's issuer, the first if it stands twice.
    pub(super) fn find(&self, certificate: &Certificate) -> Result<Option<Entry>, CrlError> {
        let mut found = None;
        let mut entries = Entries::of(&body(self.signed.body(&self.der))?);
        while let Some(Listed { serial, entry, .. }) = entries.next()? {
            if found.is_none() && serial == certificate.serial_bytes() {
                found = Some(entry);
            }
        }
        Ok(found)
    }
}

impl fmt::Debug for Crl {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Crl(of {})", self.issuer())
    }
}

struct Body<'a> {
    algorithm: &'a [u8],
    issuer: Element<'a>,
    this_update: Instant,
    next_update: Option<Instant>,
    entries: Option<Element<'a>>,
    extensions: Option<Element<'a>>,
}

/// TBSCertList (RFC 5280 5.1.2).
fn body(der: &[u8]) -> Result<Body<'_>, CrlError> {
    document(der, Tag::SEQUENCE, |fields| {
        let version = if fields.next_is(Tag::INTEGER) { fields.number() } else { 0 };
        fields.check()?;
        if version > 1 {
            return Err(CrlError::VersionUnsupported { version });
        }
        let algorithm = fields.element(Tag::SEQUENCE).raw();
        let issuer = fields.any();
        let this_update = fields.instant();
        let has_next = fields.next_is(Tag::UTC_TIME) || fields.next_is(Tag::GENERALIZED_TIME);
        let next_update = has_next.then(|| fields.instant());
        let entries = fields.optional(Tag::SEQUENCE);
        let extensions = fields.next_is(context(0)).then(|| fields.within(context(0), Reader::any));
        fields.check()?;
        Ok(Body { algorithm, issuer, this_update, next_update, entries, extensions })
    })
}

/// What makes the whole list unusable. Of extensions that are not critical, none changes what a full list says.
fn list_flaw(body: &Body<'_>) -> Result<Option<CrlError>, CrlError> {
    let mut flaw = None;
    let Some(extensions) = &body.extensions else { return Ok(flaw) };
    let mut list = List::of(extensions);
    while let Some(extension) = list.next()? {
        flaw = flaw.or(match extension.oid.known() {
            Known::DeltaCrlIndicator => Some(CrlError::Delta),
            Known::IssuingDistributionPoint => Some(CrlError::Partial),
            Known::AuthorityKeyIdentifier | Known::CrlNumber | Known::IssuerAltName | Known::FreshestCrl => None,
            _ => unknown_critical(&extension),
        });
    }
    Ok(flaw)
}

/// certificateIssuer (RFC 5280 5.3.3) is critical and unknown here, so lists for other issuers are refused.
fn unknown_critical(extension: &Extension<'_>) -> Option<CrlError> {
    extension.critical.then(|| CrlError::UnknownCriticalExtension { oid: extension.oid.into() })
}

/// The entries of a list in order (RFC 5280 5.1.2.6).
struct Entries<'a>(Reader<'a>);

/// A certificate that stands in a list.
struct Listed<'a> {
    serial: &'a [u8],
    entry: Entry,
    flaw: Option<CrlError>,
}

impl<'a> Entries<'a> {
    fn of(body: &Body<'a>) -> Self {
        Self(Reader::new(body.entries.unwrap_or_default().contents()))
    }

    fn next(&mut self) -> Result<Option<Listed<'a>>, CrlError> {
        if !self.0.more() {
            return Ok(None);
        }
        let entry = self.0.within(Tag::SEQUENCE, listed)?;
        self.0.check()?;
        Ok(Some(entry))
    }
}

fn listed<'a>(fields: &mut Reader<'a>) -> Result<Listed<'a>, CrlError> {
    let (serial, at) = (fields.integer(), fields.instant());
    let extensions = fields.more().then(|| fields.any());
    fields.check()?;
    let mut listed = Listed { serial, entry: Entry { at, reason: Reason::Unspecified }, flaw: None };
    if let Some(extensions) = extensions {
        let mut list = List::of(&extensions);
        while let Some(extension) = list.next()? {
            match extension.oid.known() {
                Known::CrlReason => listed.entry.reason = read_reason(&mut extension.value())?,
                Known::InvalidityDate => {}
                _ => listed.flaw = listed.flaw.or_else(|| unknown_critical(&extension)),
            }
        }
    }
    Ok(listed)
}

fn read_reason(value: &mut Reader<'_>) -> Result<Reason, Asn1Error> {
    let reason = value.element(Tag::ENUMERATED).contents();
    value.check()?;
    Ok(match *reason {
        [0] => Reason::Unspecified,
        [1] => Reason::KeyCompromise,
        [2] => Reason::AuthorityCompromise,
        [3] => Reason::AffiliationChanged,
        [4] => Reason::Superseded,
        [5] => Reason::CessationOfOperation,
        [6] => Reason::Hold,
        [9] => Reason::PrivilegeWithdrawn,
        [10] => Reason::AttributeAuthorityCompromise,
        // 8, removeFromCRL, has a place only in delta lists.
        _ => return Err(Asn1Error::NotDer),
    })
}
