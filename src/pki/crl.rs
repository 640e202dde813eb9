//! Certificate revocation lists (RFC 5280 5).

use super::extensions::{self, Extension};
use super::signed::Signed;
use super::{Certificate, CertificateError, CrlError, Name, pem};
use crate::asn1::{Asn1Error, Element, Oid, Reader, Tag, context, document, oid};
use crate::crypto::CryptoError;
use crate::limits;
use crate::text::Instant;
use std::fmt;

/// A revocation list that could be read. Whether it may be used is asked for a certificate and an instant.
#[derive(Clone, PartialEq, Eq)]
pub struct Crl {
    der: Vec<u8>,
    signed: Signed,
    issuer: Name,
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
        let der = der.into();
        if der.len() > limits::CRL_BYTES {
            return Err(CrlError::TooLarge { bytes: der.len() });
        }
        let signed = Signed::read(&der)?;
        let body = body(signed.body(&der))?;
        if body.algorithm != signed.algorithm() {
            return Err(CrlError::AlgorithmsDiffer);
        }
        let issuer = Name::read(&body.issuer).map_err(|error| match error {
            CertificateError::Malformed(error) => CrlError::Malformed(error),
            _ => CrlError::Oversized,
        })?;
        let mut flaw = list_flaw(&body)?;
        each_entry(body.entries, |_, _, entry_flaw| flaw = flaw.take().or(entry_flaw))?;
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
    pub const fn issuer(&self) -> &Name {
        &self.issuer
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
        if self.issuer.raw() != issuer.subject().raw() {
            return Err(CrlError::Missing);
        }
        if let Some(flaw) = &self.flaw {
            return Err(flaw.clone());
        }
        if issuer.key_usage().is_some_and(|usage| !usage.crl_signing()) {
            return Err(CrlError::NotForLists { authority: issuer.subject().to_string() });
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
        each_entry(body(self.signed.body(&self.der))?.entries, |serial, entry, _| {
            if found.is_none() && serial == certificate.serial_bytes() {
                found = Some(entry);
            }
        })?;
        Ok(found)
    }
}

impl fmt::Debug for Crl {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Crl(of {})", self.issuer)
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
    document(der)?.read(|fields| {
        let version = fields.optional(Tag::Integer)?.map(|element| element.number()).transpose()?.unwrap_or(0);
        if version > 1 {
            return Err(CrlError::VersionUnsupported { version });
        }
        let algorithm = fields.element(Tag::Sequence)?.raw();
        let issuer = fields.any()?;
        let this_update = fields.any()?.instant()?;
        let next_update = match fields.optional(Tag::UtcTime)? {
            Some(time) => Some(time),
            None => fields.optional(Tag::GeneralizedTime)?,
        };
        let next_update = next_update.map(|time| time.instant()).transpose()?;
        let entries = fields.optional(Tag::Sequence)?;
        let extensions = fields.optional(context(0))?.map(|explicit| explicit.read(Reader::any)).transpose()?;
        Ok(Body { algorithm, issuer, this_update, next_update, entries, extensions })
    })
}

/// What makes the whole list unusable. Of extensions that are not critical, none changes what a full list says.
fn list_flaw(body: &Body<'_>) -> Result<Option<CrlError>, CrlError> {
    let mut flaw = None;
    if let Some(extensions) = &body.extensions {
        extensions::each(extensions, |extension| {
            flaw = flaw.take().or(match extension.oid {
                oid::DELTA_CRL_INDICATOR => Some(CrlError::Delta),
                oid::ISSUING_DISTRIBUTION_POINT => Some(CrlError::Partial),
                oid::AUTHORITY_KEY_IDENTIFIER | oid::CRL_NUMBER | oid::ISSUER_ALT_NAME | oid::FRESHEST_CRL => None,
                oid if extension.critical => Some(CrlError::UnknownCriticalExtension { oid }),
                _ => None,
            });
            Ok::<_, CrlError>(())
        })?;
    }
    Ok(flaw)
}

/// Hands over serial number, entry and flaw of each entry (RFC 5280 5.1.2.6).
fn each_entry<'a>(entries: Option<Element<'a>>, mut take: impl FnMut(&'a [u8], Entry, Option<CrlError>)) -> Result<(), CrlError> {
    let Some(entries) = entries else { return Ok(()) };
    entries.read(|sequence| {
        while !sequence.is_empty() {
            sequence.sequence(|fields| {
                let (serial, at) = (fields.any()?.integer()?, fields.any()?.instant()?);
                let (mut reason, mut flaw) = (Reason::Unspecified, None);
                if !fields.is_empty() {
                    extensions::each(&fields.any()?, |extension| entry_extension(extension, &mut reason, &mut flaw))?;
                }
                take(serial, Entry { at, reason }, flaw);
                Ok::<_, CrlError>(())
            })?;
        }
        Ok(())
    })
}

/// certificateIssuer (RFC 5280 5.3.3) is critical and unknown here, so lists for other issuers are refused.
fn entry_extension(extension: &Extension<'_>, reason: &mut Reason, flaw: &mut Option<CrlError>) -> Result<(), CrlError> {
    let unknown = |oid: Oid| Some(CrlError::UnknownCriticalExtension { oid });
    match extension.oid {
        oid::CRL_REASON => *reason = read_reason(&extension.value()?)?,
        oid::INVALIDITY_DATE => {}
        oid if extension.critical => *flaw = flaw.take().or_else(|| unknown(oid)),
        _ => {}
    }
    Ok(())
}

fn read_reason(value: &Element<'_>) -> Result<Reason, Asn1Error> {
    Ok(match *value.tagged(Tag::Enumerated)?.contents() {
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
