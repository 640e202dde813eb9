//! Path and revocation together: what can be said of a certificate, over every way that leads to a trust anchor.

use super::crl::Reason;
use super::path::{self, Rules};
use super::revocation::{self, Evidence, Policy, Revocation, Status};
use super::{Certificate, CertificateError, Path, PathError, RevocationError};
use crate::report::catalogue::Area;
use crate::report::{Coded, Facts};
use std::fmt;

/// What can be said of a certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Validation<'a> {
    /// Why it is not valid, or not known to be.
    pub problem: Option<ValidationError>,
    /// The path that was taken, the best of those that hold, and what is known about the revocation of its certificates.
    pub path: Option<(Path<'a>, Revocation)>,
}

/// Why a certificate is not valid, or not known to be.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ValidationError {
    /// No path holds, or the best is broken by a revocation.
    Path(PathError),
    /// A path holds, and of one of its certificates nobody knows whether it was revoked.
    Revocation(RevocationError),
}

impl Validation<'_> {
    /// Whether it is valid; nothing when that is undetermined.
    #[must_use]
    pub fn is_valid(&self) -> Option<bool> {
        match &self.problem {
            None => Some(true),
            Some(error) if error.is_undetermined() => None,
            Some(_) => Some(false),
        }
    }
}

impl ValidationError {
    /// Whether nothing was found against the certificate: [`PathError::is_undetermined`], or its state is unknown.
    #[must_use]
    pub const fn is_undetermined(&self) -> bool {
        match self {
            Self::Path(error) => error.is_undetermined(),
            Self::Revocation(_) => true,
        }
    }

    fn inner(&self) -> &dyn Coded {
        match self {
            Self::Path(error) => error,
            Self::Revocation(error) => error,
        }
    }
}

impl Coded for ValidationError {
    fn code(&self) -> &'static str {
        self.inner().code()
    }

    fn sentences(&self) -> Area {
        self.inner().sentences()
    }

    fn facts(&self) -> Facts {
        self.inner().facts()
    }
}

impl fmt::Display for ValidationError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Path(error) => error.fmt(out),
            Self::Revocation(error) => error.fmt(out),
        }
    }
}

impl std::error::Error for ValidationError {}

/// Looks for a path that holds and of which nothing is revoked. When there is none, a path of unknown state is better than a broken one.
///
/// With [`Policy::IfAvailable`], what is known counts and what is unknown does not, of whichever certificate.
#[must_use]
pub fn validate<'a>(
    leaf: &'a Certificate,
    intermediates: &'a [Certificate],
    anchors: &'a [Certificate],
    rules: &Rules,
    evidence: &Evidence<'_>,
    policy: Policy,
) -> Validation<'a> {
    let mut best: Option<Validation<'a>> = None;
    let searched = path::each(leaf, intermediates, anchors, rules, &mut |path| {
        let revocation = revocation::check(&path, evidence, rules.at, policy);
        let problem = problem(&path, &revocation, rules, policy);
        let found = Validation { problem, path: Some((path, revocation)) };
        let valid = found.is_valid();
        let better = best.as_ref().is_none_or(|best| valid == Some(true) || (valid.is_none() && best.is_valid() == Some(false)));
        if better {
            best = Some(found);
        }
        valid == Some(true)
    });
    let refused = |error| Validation { problem: Some(ValidationError::Path(error)), path: None };
    match (best, searched) {
        (Some(best), _) => best,
        (None, Err(error)) => refused(error),
        (None, Ok(())) => refused(PathError::TooCostly),
    }
}

fn problem(path: &Path<'_>, revocation: &Revocation, rules: &Rules, policy: Policy) -> Option<ValidationError> {
    let mut unknown = None;
    for (place, (certificate, status)) in path.certificates().iter().zip(revocation.statuses()).enumerate() {
        match status {
            // A revocation after the instant asked about says nothing about it.
            Status::Revoked { at, reason, .. } if *at <= rules.at => {
                let authority = certificate.display_name();
                return Some(ValidationError::Path(match (place, reason) {
                    (0, Reason::Hold) => PathError::Signer(CertificateError::Suspended { at: *at }),
                    (0, _) => PathError::Signer(CertificateError::Revoked { at: *at, reason: *reason }),
                    _ => PathError::AuthorityRevoked { authority, at: *at, reason: *reason },
                }));
            }
            Status::Unknown { why } if policy == Policy::Require => unknown = unknown.or_else(|| Some(why.clone())),
            _ => {}
        }
    }
    unknown.map(ValidationError::Revocation)
}
