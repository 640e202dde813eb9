//! Whether the certificates of a path were revoked: revocation lists (RFC 5280 6.3) and status answers (RFC 6960) together.
//!
//! Of what may be believed the newest decides; of what is equally new, a revocation.

mod answers;
mod lists;
mod status;

pub use status::{Proof, Revocation, Status};

use super::crl::Crl;
use super::ocsp::Response;
use super::{Certificate, CrlError, Path, RevocationError};
use crate::limits;
use crate::text::Instant;
use lists::newest_first;

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

/// What there is to look certificates up in. None of it is believed before its signature is checked.
#[derive(Clone, Copy, Debug, Default)]
pub struct Evidence<'e> {
    /// Revocation lists.
    pub crls: &'e [Crl],
    /// Status answers.
    pub answers: &'e [Response],
    /// Certificates among which the signers of lists and answers are looked for, beside those of the path.
    pub certificates: &'e [Certificate],
    /// What was issued after the instant asked about, up to this one, counts too, as long as the certificate had not expired by then: it tells of
    /// the instant as well as what was current then, and better. Nothing where only what was current then counts.
    pub until: Option<Instant>,
}

impl<'e> Evidence<'e> {
    /// Revocation lists alone, each signed by the authority that issued what it lists.
    #[must_use]
    pub const fn lists(crls: &'e [Crl]) -> Self {
        Self { crls, answers: &[], certificates: &[], until: None }
    }
}

/// Looks up every certificate of a path.
#[must_use]
pub fn check(path: &Path<'_>, evidence: &Evidence<'_>, at: Instant, policy: Policy) -> Revocation {
    let too_many = [evidence.crls.len().max(limits::CRLS), evidence.answers.len().max(limits::OCSPS)];
    let why = match too_many {
        _ if policy == Policy::None => Some(CrlError::NotChecked.into()),
        [count, _] if count > limits::CRLS => Some(CrlError::TooMany { count }.into()),
        [_, count] if count > limits::OCSPS => Some(super::OcspError::TooMany { count }.into()),
        _ => None,
    };
    if let Some(why) = why {
        let unknown = |_: &&Certificate| Status::Unknown { why: RevocationError::clone(&why) };
        return Revocation::new(path.certificates().iter().map(unknown).collect());
    }
    let mut inquiry = Inquiry {
        evidence,
        crls: newest_first(evidence.crls),
        path: path.clone(),
        at,
        checks: limits::SIGNATURE_CHECKS,
        signers: Vec::new(),
        vouching: None,
    };
    let mut statuses = Vec::new();
    for (certificate, issuer) in path.with_issuers() {
        statuses.push(inquiry.status(certificate, issuer));
    }
    Revocation::new(statuses)
}

/// How a signer of lists or answers fares that was itself revoked, among the codes of what is not known.
const REVOKED: &str = "revoked";

/// One path's questions, and what may be spent on them.
struct Inquiry<'a> {
    evidence: &'a Evidence<'a>,
    /// Places and lists, the newest first.
    crls: Vec<(usize, &'a Crl)>,
    path: Path<'a>,
    at: Instant,
    /// Signatures that may still be checked.
    checks: u32,
    /// Signers of lists and answers whose own state is being asked for: none of them vouches for itself, but for the one below.
    signers: Vec<&'a Certificate>,
    /// A signer of lists about which nobody else says anything.
    vouching: Option<&'a Certificate>,
}

/// A status with the instant from which it is known.
struct Finding {
    since: Instant,
    status: Status,
}

impl<'a> Inquiry<'a> {
    fn status(&mut self, certificate: &'a Certificate, issuer: &'a Certificate) -> Status {
        let (listed, answered) = (self.in_lists(certificate, issuer), self.in_answers(certificate, issuer));
        match (listed, answered) {
            (Ok(listed), Ok(answered)) => {
                let revoked = matches!(answered.status, Status::Revoked { .. });
                let newer = answered.since > listed.since || (answered.since == listed.since && revoked);
                if newer { answered.status } else { listed.status }
            }
            (Ok(found), Err(_)) | (Err(_), Ok(found)) => found.status,
            (Err(CrlError::Missing), Err(why)) if why != super::OcspError::Missing => Status::Unknown { why: why.into() },
            (Err(why), Err(_)) => Status::Unknown { why: why.into() },
        }
    }

    /// The instant at which something issued then is asked whether it is current: the one asked about or, where it may be later, when it was issued.
    fn moment(&self, this_update: Instant, certificate: &Certificate) -> Instant {
        let counts = self.evidence.until.is_some_and(|until| this_update <= until && this_update <= certificate.not_after());
        if counts { self.at.max(this_update) } else { self.at }
    }

    fn spend(&mut self) -> Result<(), CrlError> {
        self.checks = self.checks.checked_sub(1).ok_or(CrlError::TooCostly)?;
        Ok(())
    }
}
