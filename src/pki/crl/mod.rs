//! Certificate revocation lists (RFC 5280 5).

mod entries;
mod scope;

pub(super) use entries::read_reason;
use entries::{Entries, Listed};
use scope::Scope;
pub(super) use scope::{ALL_REASONS, places};

use super::extensions::{Extension, List, authority_key_id};
use super::signed::{Signed, Span};
use super::{Certificate, CertificateError, CrlError, Name, pem};
use crate::asn1::{Element, Known, Reader, Tag, context, document};
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
    about: About,
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
    /// The certificate is no longer suspended; of delta lists alone.
    RemoveFromCrl,
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
            Self::RemoveFromCrl => "removeFromCRL",
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
        let mut about = About::read(&body, &der)?;
        let mut entries = Entries::of(&body);
        while let Some(entry) = entries.next()? {
            about.flaw = about.flaw.or(entry.flaw);
        }
        let (this_update, next_update) = (body.this_update, body.next_update);
        Ok(Self { der, signed, issuer, this_update, next_update, about })
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

    /// Whether the list only says what changed since another one (RFC 5280 5.2.4).
    #[must_use]
    pub const fn is_delta(&self) -> bool {
        self.about.base.is_some()
    }

    /// The identifier of the key that signed it.
    pub(super) fn authority_key_id(&self) -> Option<&[u8]> {
        self.about.authority_key_id.map(|id| id.part(&self.der))
    }

    /// The reasons for which the list speaks about a certificate (RFC 5280 6.3.3 (b) and (d)), as far as can be said without its signature.
    ///
    /// # Errors
    /// It is another issuer's, is about other certificates of its issuer, or has a critical extension hoso does not know.
    pub(super) fn reasons(&self, certificate: &Certificate) -> Result<u16, CrlError> {
        let reasons = scope::reasons(self, certificate)?;
        self.about.flaw.clone().map_or(Ok(reasons), Err)
    }

    /// Whether a delta says what changed since this list (RFC 5280 5.2.4): of the same issuer, key and scope, with a base not after this list
    /// and a number after it.
    pub(super) fn is_base_of(&self, delta: &Self) -> bool {
        let number = |crl: &Self, span: Option<Span>| span.map(|span| span.part(&crl.der).to_vec());
        let (Some(own), Some(base), Some(newer)) =
            (number(self, self.about.number), number(delta, delta.about.base), number(delta, delta.about.number))
        else {
            return false;
        };
        let not_after = |one: &[u8], other: &[u8]| (one.len(), one) <= (other.len(), other);
        self.issuer().same(delta.issuer())
            && self.authority_key_id() == delta.authority_key_id()
            && self.about.scope.value(&self.der) == delta.about.scope.value(&delta.der)
            && not_after(&base, &own)
            && !not_after(&newer, &own)
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
    pub(crate) fn verify_signature(&self, issuer: &Certificate) -> Result<(), CryptoError> {
        self.signed.verify(&self.der, &issuer.public_key()?)
    }

    /// The entry of a certificate, the first if it stands twice.
    pub(super) fn find(&self, certificate: &Certificate) -> Result<Option<Entry>, CrlError> {
        let mut found = None;
        let mut entries = Entries::of(&body(self.signed.body(&self.der))?);
        while let Some(Listed { serial, issuer, entry, .. }) = entries.next()? {
            // 5.3.3: entries of an indirect list are about its own issuer until one says otherwise.
            let issuer = issuer.unwrap_or_else(|| self.issuer());
            if found.is_none() && serial == certificate.serial_bytes() && issuer.same(certificate.issuer()) {
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

/// What the extensions of a list say (RFC 5280 5.2). Of those that are not critical and not named here, none changes what a list says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct About {
    scope: Scope,
    authority_key_id: Option<Span>,
    /// cRLNumber.
    number: Option<Span>,
    /// BaseCRLNumber: the list only says what changed since.
    base: Option<Span>,
    /// Why the list decides nothing, whatever the certificate.
    flaw: Option<CrlError>,
}

impl About {
    fn read(body: &Body<'_>, der: &[u8]) -> Result<Self, CrlError> {
        let mut about = Self::default();
        let Some(extensions) = &body.extensions else { return Ok(about) };
        let span = |part| Span::of(part, der);
        let mut list = List::of(extensions);
        while let Some(extension) = list.next()? {
            let mut value = extension.value();
            match extension.oid.known() {
                Known::DeltaCrlIndicator => about.base = Some(span(value.magnitude())),
                Known::CrlNumber => about.number = Some(span(value.magnitude())),
                Known::IssuingDistributionPoint => about.scope = Scope::read(&mut value, der),
                Known::AuthorityKeyIdentifier => about.authority_key_id = value.within(Tag::SEQUENCE, authority_key_id).map(span),
                Known::IssuerAltName | Known::FreshestCrl => {}
                _ => about.flaw = about.flaw.or_else(|| unknown_critical(&extension)),
            }
            value.check()?;
        }
        Ok(about)
    }
}

/// A critical extension that changes what a list says in a way not known here.
fn unknown_critical(extension: &Extension<'_>) -> Option<CrlError> {
    extension.critical.then(|| CrlError::UnknownCriticalExtension { oid: extension.oid.into() })
}
