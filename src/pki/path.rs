//! From a signer's certificate to a trust anchor (RFC 5280 6.1).
//!
//! Policies are not evaluated (any-policy is accepted), names are compared byte for byte, name constraints are
//! refused. An anchor is a certificate the caller trusts: its signature is not checked, all else is.

use super::signing::{check_extensions, check_validity};
use super::{Certificate, CertificateError, PathError};
use crate::crypto::CryptoError;
use crate::limits;
use crate::text::Instant;

/// A path that holds: every certificate was signed by the next, the last one by the anchor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path<'a> {
    /// The signer's first. Never empty, and without the anchor.
    certificates: Vec<&'a Certificate>,
    anchor: &'a Certificate,
}

impl<'a> Path<'a> {
    /// The certificates below the anchor, the signer's first.
    #[must_use]
    pub fn certificates(&self) -> &[&'a Certificate] {
        &self.certificates
    }

    /// The trust anchor the path ends at.
    #[must_use]
    pub const fn anchor(&self) -> &'a Certificate {
        self.anchor
    }

    /// Each certificate below the anchor with the certificate of its issuer, the signer's first.
    pub fn with_issuers(&self) -> impl Iterator<Item = (&'a Certificate, &'a Certificate)> {
        let issuer = |above: usize| self.certificates.get(above).copied().unwrap_or(self.anchor);
        self.certificates.iter().zip(1..).map(move |(certificate, above)| (*certificate, issuer(above)))
    }
}

/// Finds a path from `leaf` to one of `anchors`, through any of `intermediates`, that holds at an instant.
///
/// Key usage of the leaf is another question: [`super::check_for_signing`].
///
/// # Errors
/// No path holds; of those tried, the reason of the one that came furthest.
pub fn build<'a>(
    leaf: &'a Certificate,
    intermediates: &'a [Certificate],
    anchors: &'a [Certificate],
    at: Instant,
) -> Result<Path<'a>, PathError> {
    if anchors.is_empty() {
        return Err(PathError::NoAnchors);
    }
    if let Some(count) = [intermediates.len(), anchors.len()].into_iter().find(|count| *count > limits::CERTIFICATES) {
        return Err(PathError::TooManyCertificates { count });
    }
    if anchors.iter().any(|anchor| same_holder(anchor, leaf)) {
        return Err(PathError::SignerIsAnchor);
    }
    check_validity(leaf, at).and_then(|()| check_extensions(leaf)).map_err(PathError::Signer)?;
    leaf.public_key().map_err(|error| PathError::Signer(CertificateError::Key(error)))?;
    let mut search = Search { intermediates, anchors, at, checks: 0, furthest: None };
    let mut below = vec![leaf];
    match search.extend(&mut below) {
        Some(anchor) => Ok(Path { certificates: below, anchor }),
        None => Err(search.furthest.map_or(PathError::NoAnchors, |(_, error)| error)),
    }
}

struct Search<'a> {
    intermediates: &'a [Certificate],
    anchors: &'a [Certificate],
    at: Instant,
    checks: u32,
    /// The error found with most certificates below it, the first of that length.
    furthest: Option<(usize, PathError)>,
}

impl<'a> Search<'a> {
    /// Adds issuers to `below` until an anchor is reached. Recursion ends at [`limits::PATH_CERTIFICATES`].
    fn extend(&mut self, below: &mut Vec<&'a Certificate>) -> Option<&'a Certificate> {
        let subject = *below.last()?;
        let mut candidates = 0;
        for anchor in self.anchors.iter().filter(|anchor| names(anchor, subject)) {
            candidates += 1;
            match self.accept(anchor, below, true) {
                Ok(()) => return Some(anchor),
                Err(error) => self.note(below.len(), error),
            }
        }
        for issuer in self.intermediates.iter().filter(|issuer| names(issuer, subject)) {
            // A holder that is in the path already leads nowhere new; an anchor was tried as such.
            if below.iter().any(|known| same_holder(known, issuer)) || self.anchors.iter().any(|known| same_holder(known, issuer)) {
                continue;
            }
            candidates += 1;
            if below.len() == limits::PATH_CERTIFICATES {
                self.note(below.len(), PathError::TooLong);
                continue;
            }
            if let Err(error) = self.accept(issuer, below, false) {
                self.note(below.len(), error);
                continue;
            }
            below.push(issuer);
            if let Some(anchor) = self.extend(below) {
                return Some(anchor);
            }
            below.pop();
        }
        if candidates == 0 {
            self.note(below.len(), PathError::IssuerNotFound { issuer: subject.issuer().line() });
        }
        None
    }

    /// RFC 5280 6.1.3 (a) and 6.1.4 for one issuer; cheap questions first, the signature last.
    fn accept(&mut self, issuer: &Certificate, below: &[&Certificate], is_anchor: bool) -> Result<(), PathError> {
        let authority = || issuer.display_name();
        check_validity(issuer, self.at).map_err(|error| match error {
            CertificateError::NotYetValid { not_before } => PathError::AuthorityNotYetValid { authority: authority(), not_before },
            _ => PathError::AuthorityExpired { authority: authority(), not_after: issuer.not_after() },
        })?;
        if let Some(oid) = issuer.unknown_critical_extension() {
            return Err(PathError::AuthorityExtension { authority: authority(), oid });
        }
        if issuer.has_name_constraints() {
            return Err(PathError::NameConstraints { authority: authority() });
        }
        check_authority(issuer, below, is_anchor)?;
        self.check_signature(issuer, below)
    }

    fn check_signature(&mut self, issuer: &Certificate, below: &[&Certificate]) -> Result<(), PathError> {
        let authority = || issuer.display_name();
        let key = issuer.public_key().map_err(|error| PathError::AuthorityKey { authority: authority(), error })?;
        if self.checks == limits::SIGNATURE_CHECKS {
            return Err(PathError::TooCostly);
        }
        self.checks += 1;
        let Some(subject) = below.last() else { return Ok(()) };
        subject.verify_signature(&key).map_err(|error| match error {
            CryptoError::SignatureMismatch => PathError::SignatureMismatch { authority: authority() },
            error => PathError::SignatureAlgorithm { authority: authority(), error },
        })
    }

    fn note(&mut self, length: usize, error: PathError) {
        // That the search was given up matters more than how far it came.
        let gave_up = error == PathError::TooCostly;
        if gave_up || self.furthest.as_ref().is_none_or(|(furthest, known)| *furthest < length && *known != PathError::TooCostly) {
            self.furthest = Some((length, error));
        }
    }
}

/// Whether `issuer` is the certificate that `subject` names as its issuer: the same bytes (RFC 5280 6.1.3 (a)(4)),
/// and key identifiers that do not contradict (4.2.1.1).
fn names(issuer: &Certificate, subject: &Certificate) -> bool {
    let ids = subject.authority_key_id().zip(issuer.subject_key_id());
    issuer.subject().raw() == subject.issuer().raw() && ids.is_none_or(|(named, own)| named == own)
}

fn same_holder(one: &Certificate, other: &Certificate) -> bool {
    one.subject().raw() == other.subject().raw() && one.spki() == other.spki()
}

/// RFC 5280 6.1.4 (k) to (n).
fn check_authority(issuer: &Certificate, below: &[&Certificate], is_anchor: bool) -> Result<(), PathError> {
    let authority = || issuer.display_name();
    let constraints = issuer.basic_constraints().unwrap_or_default();
    if !constraints.authority {
        return Err(PathError::NotAnAuthority { authority: authority() });
    }
    // The first of `below` is the signer; a self-issued certificate does not count (6.1.4 (l)).
    let between = below.iter().skip(1).filter(|certificate| !certificate.is_self_issued()).count() as u64;
    if let Some(most) = constraints.path_length.filter(|most| between > *most) {
        return Err(PathError::TooManyAuthorities { authority: authority(), most });
    }
    // 4.2.1.3: authorities must have the extension. Of an anchor it is not asked, since anchors older than v3 lack it.
    let may_sign = issuer.key_usage().map_or(is_anchor, super::KeyUsage::certificate_signing);
    if may_sign { Ok(()) } else { Err(PathError::NotForCertificates { authority: authority() }) }
}
