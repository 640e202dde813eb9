//! What an answer says about one certificate: SingleResponse (RFC 6960 4.2.1).

use super::CertificateId;
use crate::asn1::{Asn1Error, Known, Reader, Tag, context, context_primitive, document};
use crate::crypto::digest;
use crate::limits;
use crate::pki::crl::{Reason, read_reason};
use crate::pki::extensions::List;
use crate::pki::{Certificate, OcspError};
use crate::text::Instant;

/// CertStatus.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::pki) enum Standing {
    Good,
    Revoked {
        at: Instant,
        reason: Reason,
    },
    /// The responder does not know the certificate.
    Unknown,
}

pub(in crate::pki) struct Single<'a> {
    pub(super) id: &'a [u8],
    about: CertificateId<'a>,
    pub(in crate::pki) standing: Standing,
    pub(in crate::pki) this_update: Instant,
    next_update: Option<Instant>,
    pub(super) flaw: Option<OcspError>,
}

impl<'a> Single<'a> {
    pub(super) fn read(fields: &mut Reader<'a>) -> Result<Self, OcspError> {
        let about = CertificateId::read(fields);
        let standing = standing(fields)?;
        let this_update = fields.instant();
        let next_update = fields.next_is(context(0)).then(|| fields.within(context(0), Reader::instant));
        let mut single = Self { id: about.raw, about, standing, this_update, next_update, flaw: None };
        if fields.next_is(context(1)) {
            let extensions = fields.within(context(1), Reader::any);
            fields.check()?;
            let mut list = List::of(&extensions);
            while let Some(extension) = list.next()? {
                // An archive cutoff says how far back the responder remembers, which is never needed here.
                if extension.critical && extension.oid.known() != Known::OcspArchiveCutoff {
                    single.flaw = Some(OcspError::UnknownCriticalExtension { oid: extension.oid.into() });
                }
            }
        }
        fields.check()?;
        Ok(single)
    }

    /// RFC 6960 4.1.1: digests of the issuer's name and key. SHA-1 is right here: who could make two authorities' names or keys collide would
    /// still need the one's signature.
    pub(super) fn is_about(&self, certificate: &Certificate, issuer: &Certificate) -> bool {
        let (Some(hash), Some(key)) = (self.about.hash, key_bits(issuer)) else { return false };
        self.about.serial == certificate.serial_bytes()
            && self.about.name == digest(hash, &[certificate.issuer().raw()])
            && self.about.key == digest(hash, &[key])
    }

    /// Until when the answer counts, when it does at an instant (RFC 6960 3.2, 5 and 6).
    pub(in crate::pki) fn current(&self, at: Instant) -> Result<Instant, OcspError> {
        // 2.4: without nextUpdate, newer information may always be had.
        let next_update = self.next_update.unwrap_or_else(|| self.this_update.plus(limits::OCSP_SECONDS));
        if at < self.this_update {
            return Err(OcspError::NotYetValid { this_update: self.this_update });
        }
        if at > next_update { Err(OcspError::Stale { next_update }) } else { Ok(next_update) }
    }
}

fn standing(fields: &mut Reader<'_>) -> Result<Standing, OcspError> {
    let empty = |fields: &mut Reader<'_>, number: u8| {
        let null = fields.optional(context_primitive(number))?;
        if !null.contents().is_empty() {
            fields.fail(Asn1Error::NotDer);
        }
        Some(())
    };
    if empty(fields, 0).is_some() {
        return Ok(Standing::Good);
    }
    if empty(fields, 2).is_some() {
        return Ok(Standing::Unknown);
    }
    let (at, reason) = fields.within(context(1), |info| {
        let at = info.instant();
        let reason = info.next_is(context(0)).then(|| info.within(context(0), read_reason));
        (at, reason)
    });
    fields.check()?;
    Ok(Standing::Revoked { at, reason: reason.unwrap_or(Ok(Reason::Unspecified))? })
}

/// The bits of a certificate's subjectPublicKey, which are hashed without tag, length and number of unused bits.
pub(super) fn key_bits(certificate: &Certificate) -> Option<&[u8]> {
    document(certificate.spki(), Tag::SEQUENCE, |fields| {
        fields.element(Tag::SEQUENCE);
        let bits = fields.bit_string();
        fields.check().map(|()| bits)
    })
    .ok()
}
