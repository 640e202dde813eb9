//! What is known about certificates.

use crate::pki::RevocationError;
use crate::pki::crl::Reason;
use crate::text::Instant;

/// What a status rests on, by its place in [`super::Evidence`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proof {
    /// A revocation list.
    Crl(usize),
    /// A status answer.
    Answer(usize),
}

/// What is known about one certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Status {
    /// What is current at the instant knows of no revocation.
    Good {
        /// Since when that is known.
        this_update: Instant,
        /// When newer information comes at the latest.
        next_update: Instant,
        /// What it rests on: one answer, one list, or several that together cover every reason.
        proofs: Vec<Proof>,
    },
    /// It was revoked: so says something current at the instant or, of a revocation before the instant, something older or later.
    Revoked {
        /// When it was revoked.
        at: Instant,
        /// Why. [`Reason::Hold`] is a suspension, which may end.
        reason: Reason,
        /// What it rests on.
        proofs: Vec<Proof>,
    },
    /// Nothing says anything about it.
    Unknown {
        /// Why the best there was does not.
        why: RevocationError,
    },
}

/// What is known about every certificate of a path below its anchor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revocation {
    statuses: Vec<Status>,
}

impl Revocation {
    pub(super) const fn new(statuses: Vec<Status>) -> Self {
        Self { statuses }
    }

    /// One status for each of [`crate::pki::Path::certificates`], in that order.
    #[must_use]
    pub fn statuses(&self) -> &[Status] {
        &self.statuses
    }

    /// The first revoked certificate: its place in the path, when and why.
    #[must_use]
    pub fn revoked(&self) -> Option<(usize, Instant, Reason)> {
        self.statuses.iter().enumerate().find_map(|(place, status)| match status {
            Status::Revoked { at, reason, .. } => Some((place, *at, *reason)),
            _ => None,
        })
    }

    /// The first certificate of which nothing is known: its place in the path, and why.
    #[must_use]
    pub fn unknown(&self) -> Option<(usize, &RevocationError)> {
        self.statuses.iter().enumerate().find_map(|(place, status)| match status {
            Status::Unknown { why } => Some((place, why)),
            _ => None,
        })
    }
}
