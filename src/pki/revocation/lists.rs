//! Looking a certificate up in revocation lists (RFC 5280 6.3.3).

use super::{Finding, Inquiry, Proof, Status};
use crate::crypto::CryptoError;
use crate::limits;
use crate::order;
use crate::pki::crl::{ALL_REASONS, Crl, Entry, Reason};
use crate::pki::path::{Purpose, Rules, search};
use crate::pki::{Certificate, CrlError, Path};
use crate::report::Coded;
use crate::text::Instant;

/// What one list, with the delta that goes with it, says.
enum Said {
    Revoked(Entry),
    /// The list is good until then.
    Nothing(Instant),
}

/// A list and its place in the evidence.
type Placed<'a> = (usize, &'a Crl);

pub(super) fn newest_first(crls: &[Crl]) -> Vec<Placed<'_>> {
    let mut sorted: Vec<_> = crls.iter().enumerate().collect();
    order::sort_by_key(&mut sorted, |(_, crl)| std::cmp::Reverse(crl.this_update()));
    sorted
}

impl<'a> Inquiry<'a> {
    /// Of several lists of one issuer the newest that is usable at the instant decides; those that are about some reasons only are put together.
    pub(super) fn in_lists(&mut self, certificate: &'a Certificate, issuer: &'a Certificate) -> Result<Finding, CrlError> {
        let mut why = CrlError::Missing;
        let (mut covered, mut proofs) = (0, Vec::new());
        let (mut since, mut until) = (None::<Instant>, None::<Instant>);
        for (place, crl) in self.crls.clone() {
            let said = match crl.reasons(certificate) {
                Ok(_) if crl.is_delta() => Err(CrlError::Delta),
                // 6.3.3 (e): a list that adds nothing is not looked at.
                Ok(reasons) if reasons & !covered == 0 => continue,
                Ok(reasons) => self.judged(crl, certificate, issuer).map(|(said, delta)| (said, delta, reasons)),
                Err(error) => Err(error),
            };
            match said {
                Ok((said, delta, reasons)) => {
                    proofs.extend(std::iter::once(place).chain(delta.map(|(place, _)| place)).map(Proof::Crl));
                    let newest = delta.map_or(crl.this_update(), |(_, delta)| delta.this_update().max(crl.this_update()));
                    let this_update = since.map_or(newest, |since| since.min(newest));
                    match said {
                        Said::Revoked(Entry { at, reason }) => {
                            return Ok(Finding { since: newest, status: Status::Revoked { at, reason, proofs } });
                        }
                        Said::Nothing(next) => {
                            let next_update = until.map_or(next, |until| until.min(next));
                            covered |= reasons;
                            if covered == ALL_REASONS {
                                return Ok(Finding { since: this_update, status: Status::Good { this_update, next_update, proofs } });
                            }
                            (since, until) = (Some(this_update), Some(next_update));
                        }
                    }
                }
                // The newest list of the issuer says why; others' lists say nothing, and a delta little.
                Err(error) if why == CrlError::Missing || (why == CrlError::Delta && error != CrlError::Missing) => why = error,
                Err(_) => {}
            }
        }
        Err(if covered != 0 && why == CrlError::Missing { CrlError::Partial } else { why })
    }

    /// What a list says, and the delta that was read with it.
    fn judged(
        &mut self,
        crl: &'a Crl,
        certificate: &'a Certificate,
        issuer: &'a Certificate,
    ) -> Result<(Said, Option<Placed<'a>>), CrlError> {
        self.check_signer(crl, issuer)?;
        let found = crl.find(certificate)?;
        let delta = self.delta_of(crl, certificate, issuer);
        let changed = match delta {
            Some((_, delta)) => delta.find(certificate)?,
            None => None,
        };
        // 6.3.3 (i) and (j): what changed counts first.
        let entry = match changed {
            Some(Entry { reason: Reason::RemoveFromCrl, .. }) => None,
            Some(entry) => Some(entry),
            None => found,
        };
        let entry = entry.filter(|entry| entry.reason != Reason::RemoveFromCrl);
        // 6.3.3 (a): with a delta that is current, the list it goes with may be older.
        let usable = |crl: &Crl| crl.current(self.moment(crl.this_update(), certificate));
        let current = match delta {
            Some((_, delta)) => usable(crl).or_else(|_| usable(delta)),
            None => usable(crl),
        };
        let said = match (current, entry) {
            // That a list is old, or newer than the instant asked about, does not undo what it says of the time before.
            (Err(_), Some(entry)) if entry.at <= self.at => Said::Revoked(entry),
            (Err(error), _) => return Err(error),
            (Ok(_), Some(entry)) => Said::Revoked(entry),
            (Ok(next_update), None) => Said::Nothing(next_update),
        };
        Ok((said, delta))
    }

    /// The newest usable delta that says what changed since a list.
    fn delta_of(&mut self, base: &Crl, certificate: &Certificate, issuer: &'a Certificate) -> Option<Placed<'a>> {
        for (place, delta) in self.crls.clone() {
            let fits = delta.is_delta() && base.is_base_of(delta) && delta.reasons(certificate).is_ok();
            if fits && delta.current(self.moment(delta.this_update(), certificate)).is_ok() && self.check_signer(delta, issuer).is_ok() {
                return Some((place, delta));
            }
        }
        None
    }

    /// 6.3.3 (f) and (g): the list was signed by its issuer: the authority itself, another certificate of the path, or one that leads to the
    /// same anchor and is not revoked.
    fn check_signer(&mut self, crl: &'a Crl, issuer: &'a Certificate) -> Result<(), CrlError> {
        let mut why = None;
        let path = self.path.clone();
        let known = std::iter::once(issuer).chain(path.certificates().iter().copied()).chain([path.anchor()]);
        for (place, signer) in known.enumerate() {
            let again = place > 0 && signer == issuer;
            if again || !crl.issuer().same(signer.subject()) {
                continue;
            }
            match self.check_signature(crl, signer) {
                Ok(()) => return Ok(()),
                Err(error) => why = why.or(Some(error)),
            }
        }
        for signer in self.evidence.certificates {
            let vouches = self.vouching == Some(signer);
            let may_be = crl.issuer().same(signer.subject()) && (vouches || !self.signers.contains(&signer)) && fits(crl, signer);
            if !may_be || self.check_signature(crl, signer).is_err() {
                continue;
            }
            if vouches {
                return Ok(());
            }
            match self.check_path(signer) {
                Ok(()) => return Ok(()),
                Err(error) => why = Some(error),
            }
        }
        Err(why.unwrap_or(CrlError::Missing))
    }

    fn check_signature(&mut self, crl: &Crl, signer: &Certificate) -> Result<(), CrlError> {
        let authority = || signer.subject().line();
        if Purpose::Lists.check(signer).is_err() {
            return Err(CrlError::NotForLists { authority: authority() });
        }
        self.spend()?;
        crl.verify_signature(signer).map_err(|error: CryptoError| CrlError::Signature { authority: authority(), error })
    }

    /// Whether a signer of lists leads to the path's anchor, and none of the certificates on the way is revoked.
    fn check_path(&mut self, signer: &'a Certificate) -> Result<(), CrlError> {
        let authority = || signer.display_name();
        if self.signers.len() == limits::LIST_SIGNERS {
            return Err(CrlError::TooCostly);
        }
        let (rules, anchors) = (Rules::new(self.at, Purpose::Lists), std::slice::from_ref(self.path.anchor()));
        let (mut checks, pool) = (self.checks, self.evidence.certificates);
        let mut paths: Vec<Path<'a>> = Vec::new();
        let found = search(signer, pool, anchors, &rules, &mut checks, &mut |path| {
            paths.push(path);
            false
        });
        self.checks = checks;
        let mut why = found.err().map(|error| CrlError::Signer { authority: authority(), reason: error.code() });
        self.signers.push(signer);
        for path in paths {
            match self.check_statuses(&path) {
                Ok(()) => {
                    why = None;
                    break;
                }
                Err(reason) => why = why.or(Some(CrlError::Signer { authority: authority(), reason })),
            }
        }
        self.signers.pop();
        why.map_or(Ok(()), Err)
    }

    fn check_statuses(&mut self, path: &Path<'a>) -> Result<(), &'static str> {
        for (certificate, issuer) in path.with_issuers() {
            let mut status = self.status(certificate, issuer);
            if matches!(status, Status::Unknown { .. }) && self.signers.last() == Some(&certificate) {
                // A signer that nobody else says anything about may stand in its own list (PKITS 4.14.30).
                let before = self.vouching.replace(certificate);
                status = self.status(certificate, issuer);
                self.vouching = before;
            }
            match status {
                Status::Good { .. } => {}
                Status::Revoked { .. } => return Err(super::REVOKED),
                Status::Unknown { why } => return Err(why.code()),
            }
        }
        Ok(())
    }
}

/// Whether the key identifiers do not contradict (RFC 5280 5.2.1).
fn fits(crl: &Crl, signer: &Certificate) -> bool {
    crl.authority_key_id().zip(signer.subject_key_id()).is_none_or(|(named, own)| named == own)
}
