//! The search for a path, from the certificate upwards: what one certificate says about the next is asked on the way, what the authorities say
//! about all below them (policies, names) once a path is whole.

use super::super::signing::{check_extensions, check_validity};
use super::super::{Certificate, CertificateError, KeyUsage, PathError};
use super::names::{self, Constraints};
use super::policy::{self, Policies};
use super::{Path, Rules};
use crate::asn1::{Known, Oid};
use crate::crypto::CryptoError;
use crate::limits;

/// As [`super::each`], with the signatures that may still be checked.
pub(in crate::pki) fn search<'a>(
    leaf: &'a Certificate,
    intermediates: &'a [Certificate],
    anchors: &'a [Certificate],
    rules: &Rules,
    checks: &mut u32,
    accept: &mut dyn FnMut(Path<'a>) -> bool,
) -> Result<(), PathError> {
    if anchors.is_empty() {
        return Err(PathError::NoAnchors);
    }
    if let Some(count) = [intermediates.len(), anchors.len()].into_iter().find(|count| *count > limits::CERTIFICATES) {
        return Err(PathError::TooManyCertificates { count });
    }
    if anchors.iter().any(|anchor| same_holder(anchor, leaf)) {
        return Err(PathError::SignerIsAnchor);
    }
    check_validity(leaf, rules.at)
        .and_then(|()| check_extensions(leaf))
        .and_then(|()| rules.purpose.check(leaf))
        .map_err(PathError::Signer)?;
    leaf.public_key().map_err(|error| PathError::Signer(CertificateError::Key(error)))?;
    let comparisons = limits::NAME_COMPARISONS;
    let mut search = Search { intermediates, anchors, rules, checks, comparisons, paths: 0, accept, furthest: None };
    search.extend(&mut vec![leaf]);
    match search.furthest {
        Some((_, error)) if search.paths == 0 => Err(error),
        _ => Ok(()),
    }
}

struct Search<'a, 's> {
    intermediates: &'a [Certificate],
    anchors: &'a [Certificate],
    rules: &'s Rules,
    checks: &'s mut u32,
    comparisons: u32,
    /// How many were handed over.
    paths: usize,
    accept: &'s mut dyn FnMut(Path<'a>) -> bool,
    /// The error found with most certificates below it, the first of that length.
    furthest: Option<(usize, PathError)>,
}

impl<'a> Search<'a, '_> {
    /// Adds issuers to `below` until a path is accepted; whether the search is over. Recursion ends at [`limits::PATH_CERTIFICATES`].
    fn extend(&mut self, below: &mut Vec<&'a Certificate>) -> bool {
        let Some(subject) = below.last().copied() else { return false };
        let mut candidates = 0;
        for anchor in self.anchors.iter().filter(|anchor| may_be_issuer(anchor, subject)) {
            candidates += 1;
            match self.allowed(anchor, below, true).and_then(|()| self.finished(anchor, below)) {
                Ok(true) => return true,
                Ok(false) => {}
                Err(error) => self.note(below.len(), error),
            }
        }
        for issuer in self.intermediates.iter().filter(|issuer| may_be_issuer(issuer, subject)) {
            // A holder that is in the path already leads nowhere new; an anchor was tried as such.
            if below.iter().any(|known| same_holder(known, issuer)) || self.anchors.contains(issuer) {
                continue;
            }
            candidates += 1;
            if below.len() == limits::PATH_CERTIFICATES {
                self.note(below.len(), PathError::TooLong);
                continue;
            }
            if let Err(error) = self.allowed(issuer, below, false) {
                self.note(below.len(), error);
                continue;
            }
            below.push(issuer);
            let over = self.extend(below);
            below.pop();
            if over {
                return true;
            }
        }
        if candidates == 0 {
            self.note(below.len(), PathError::IssuerNotFound { issuer: subject.issuer().line() });
        }
        false
    }

    /// Hands a path over that holds to its end; whether the search is over.
    fn finished(&mut self, anchor: &'a Certificate, below: &[&'a Certificate]) -> Result<bool, PathError> {
        self.check_names(anchor, below)?;
        let policies = self.policies(below)?;
        self.paths += 1;
        let taken = (self.accept)(Path { certificates: below.to_vec(), anchor, policies });
        Ok(taken || self.paths == limits::PATHS)
    }

    /// RFC 5280 6.1.3 (d) to (f), and what follows from it.
    fn policies(&self, below: &[&'a Certificate]) -> Result<Vec<Oid>, PathError> {
        let rules = self.rules;
        let mut policies = Policies::new(below.len(), rules.explicit_policy, rules.inhibit_policy_mapping, rules.inhibit_any_policy);
        for (place, certificate) in below.iter().enumerate().rev() {
            policies.take(certificate, place == 0).map_err(|refusal| match refusal {
                policy::Refusal::NoneValid => PathError::Policies,
                policy::Refusal::Mapping => PathError::PolicyMapping { authority: certificate.display_name() },
                policy::Refusal::Unreadable(which) => unreadable(certificate, which, place == 0),
            })?;
        }
        policies.finish(&rules.policies).map_err(|_| PathError::Policies)
    }

    /// RFC 5280 6.1.3 (b) and (c): a self-issued certificate that is not the last is free.
    fn check_names(&mut self, anchor: &Certificate, below: &[&Certificate]) -> Result<(), PathError> {
        let authorities = below.iter().copied().enumerate().skip(1).rev();
        for (place, authority) in std::iter::once((below.len(), anchor)).chain(authorities) {
            let Some(value) = authority.value(|values| values.name_constraints) else { continue };
            let constraints = Constraints::read(value).map_err(|_| unreadable(authority, Known::NameConstraints, false))?;
            for (at, certificate) in below.iter().enumerate().take(place) {
                if at > 0 && certificate.is_self_issued() {
                    continue;
                }
                constraints.check(certificate, &mut self.comparisons).map_err(|refusal| match refusal {
                    names::Refusal::Outside => PathError::NameConstraints { authority: authority.display_name() },
                    names::Refusal::Unreadable => unreadable(certificate, Known::SubjectAltName, at == 0),
                    names::Refusal::TooCostly => PathError::TooCostly,
                })?;
            }
        }
        Ok(())
    }

    /// RFC 5280 6.1.3 (a) and 6.1.4 for one issuer; cheap questions first, the signature last.
    fn allowed(&mut self, issuer: &Certificate, below: &[&Certificate], is_anchor: bool) -> Result<(), PathError> {
        let authority = || issuer.display_name();
        check_validity(issuer, self.rules.at).map_err(|error| match error {
            CertificateError::NotYetValid { not_before } => PathError::AuthorityNotYetValid { authority: authority(), not_before },
            _ => PathError::AuthorityExpired { authority: authority(), not_after: issuer.not_after() },
        })?;
        if let Some(oid) = issuer.unknown_critical_extension() {
            return Err(PathError::AuthorityExtension { authority: authority(), oid });
        }
        check_authority(issuer, below, is_anchor)?;
        if !self.rules.purpose.allows(issuer) {
            return Err(PathError::NotForPurpose { authority: authority() });
        }
        self.check_signature(issuer, below)
    }

    fn check_signature(&mut self, issuer: &Certificate, below: &[&Certificate]) -> Result<(), PathError> {
        let authority = || issuer.display_name();
        let key = issuer.public_key().map_err(|error| PathError::AuthorityKey { authority: authority(), error })?;
        *self.checks = self.checks.checked_sub(1).ok_or(PathError::TooCostly)?;
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

/// An extension that cannot be read says something nobody can follow.
fn unreadable(certificate: &Certificate, which: Known, is_leaf: bool) -> PathError {
    let oid = which.into();
    if is_leaf {
        return PathError::Signer(CertificateError::UnknownCriticalExtension { oid });
    }
    PathError::AuthorityExtension { authority: certificate.display_name(), oid }
}

/// Whether `issuer` may be the certificate that `subject` names as its issuer: the same name (RFC 5280 6.1.3 (a)(4)),
/// and key identifiers that do not contradict (4.2.1.1).
pub(in crate::pki) fn may_be_issuer(issuer: &Certificate, subject: &Certificate) -> bool {
    let ids = subject.authority_key_id().zip(issuer.subject_key_id());
    ids.is_none_or(|(named, own)| named == own) && issuer.subject().same(subject.issuer())
}

fn same_holder(one: &Certificate, other: &Certificate) -> bool {
    one.spki() == other.spki() && one.subject().same(other.subject())
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
    let may_sign = issuer.key_usage().map_or(is_anchor, KeyUsage::certificate_signing);
    if may_sign { Ok(()) } else { Err(PathError::NotForCertificates { authority: authority() }) }
}
