//! Whether the certificates of a path were revoked (RFC 5280 6.3, for full lists that each issuer signs itself).

use super::crl::{Crl, Entry, Reason};
use super::{Certificate, CrlError, Path};
use crate::crypto::CryptoError;
use crate::limits;
use crate::order;
use crate::text::Instant;

/// How much must be known about revocation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Policy {
    /// Of every certificate below the anchor it must be known that it is not revoked.
    #[default]
    Require,
    /// A revoked certificate counts, an authority of unknown state does not. Verifying a signature still asks that the
    /// signer's own state be known: `Trust::revocation`.
    IfAvailable,
    /// Nothing is looked up.
    None,
}

/// What is known about one certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Status {
    /// A list current at the instant does not hold it.
    Good {
        /// When the list was issued.
        this_update: Instant,
        /// When it is replaced at the latest.
        next_update: Instant,
    },
    /// A list holds it: one current at the instant or, for a revocation before the instant, an older or a later one.
    Revoked {
        /// When it was revoked.
        at: Instant,
        /// Why.
        reason: Reason,
    },
    /// No list says anything about it.
    Unknown {
        /// Why the best list there was does not; [`CrlError::Missing`] when there was none.
        why: CrlError,
    },
}

/// What is known about every certificate of a path below its anchor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revocation {
    statuses: Vec<Status>,
}

impl Revocation {
    /// One status for each of [`Path::certificates`], in that order.
    #[must_use]
    pub fn statuses(&self) -> &[Status] {
        &self.statuses
    }

    /// The first revoked certificate: its place in the path, when and why.
    #[must_use]
    pub fn revoked(&self) -> Option<(usize, Instant, Reason)> {
        self.statuses.iter().enumerate().find_map(|(place, status)| match status {
            Status::Revoked { at, reason } => Some((place, *at, *reason)),
            _ => None,
        })
    }

    /// The first certificate of which nothing is known: its place in the path, and why.
    #[must_use]
    pub fn unknown(&self) -> Option<(usize, &CrlError)> {
        self.statuses.iter().enumerate().find_map(|(place, status)| match status {
            Status::Unknown { why } => Some((place, why)),
            _ => None,
        })
    }
}

/// Looks up every certificate of a path in the lists given. Of several lists of one issuer the newest that is
/// usable at the instant decides.
#[must_use]
pub fn check(path: &Path<'_>, crls: &[Crl], at: Instant, policy: Policy) -> Revocation {
    let mut budget = limits::SIGNATURE_CHECKS;
    let newest_first = newest_first(crls);
    let unknown = |why| Status::Unknown { why };
    let statuses = path.with_issuers().map(|(certificate, issuer)| match policy {
        Policy::None => unknown(CrlError::NotChecked),
        _ if crls.len() > limits::CRLS => unknown(CrlError::TooMany { count: crls.len() }),
        _ => status(certificate, issuer, &newest_first, at, &mut budget).unwrap_or_else(unknown),
    });
    Revocation { statuses: statuses.collect() }
}

fn newest_first(crls: &[Crl]) -> Vec<&Crl> {
    let mut sorted: Vec<_> = crls.iter().collect();
    order::sort_by_key(&mut sorted, |crl| std::cmp::Reverse(crl.this_update()));
    sorted
}

fn status(certificate: &Certificate, issuer: &Certificate, crls: &[&Crl], at: Instant, budget: &mut u32) -> Result<Status, CrlError> {
    let mut why = CrlError::Missing;
    for crl in crls {
        match judged(crl, certificate, issuer, at, budget) {
            Ok(status) => return Ok(status),
            // The newest list of the issuer says why; others' lists say nothing.
            Err(error) if why == CrlError::Missing => why = error,
            Err(_) => {}
        }
    }
    Err(why)
}

fn judged(crl: &Crl, certificate: &Certificate, issuer: &Certificate, at: Instant, budget: &mut u32) -> Result<Status, CrlError> {
    crl.applies(issuer)?;
    *budget = budget.checked_sub(1).ok_or(CrlError::TooCostly)?;
    let signature = |error: CryptoError| CrlError::Signature { authority: issuer.subject().line(), error };
    crl.verify_signature(issuer).map_err(signature)?;
    match (crl.current(at), crl.find(certificate)?) {
        // That a list is old, or newer than the instant asked about, does not undo what it says of the time before.
        (Err(_), Some(entry)) if entry.at <= at => Ok(Status::Revoked { at: entry.at, reason: entry.reason }),
        (Err(error), _) => Err(error),
        (Ok(_), Some(Entry { at, reason })) => Ok(Status::Revoked { at, reason }),
        (Ok(next_update), None) => Ok(Status::Good { this_update: crl.this_update(), next_update }),
    }
}
