//! What the validation of a signature is, whatever its format: the certificate, its path and its status at the moment that the signature is
//! proven to have existed (ETSI EN 319 102-1 V1.4.1, 5.2.6, 5.2.8, 5.5).
//!
//! A format has read the signature before, and found its value right. Without a timestamp, what is believed to be the time is the moment of
//! receipt: a certificate that had expired by then, or was revoked by then, leaves the signature undetermined (nothing proves that it is older), and
//! a revocation after it does not matter. A timestamp that holds proves an earlier moment, and that takes the place of the receipt.

use super::added::Added;
use super::loose::{Ledger, Loose};
use super::timestamps;
use super::verdict::{Reason, RevocationStatus, SignatureVerdict, Status, SubIndication, shown};
use crate::cms::SignedData;
use crate::pki::crl::Crl;
use crate::pki::ocsp::Response;
use crate::pki::{self, Certificate, CertificateError, Evidence, Path, PathError, Policy, Proof, Purpose, Rules, revocation};
use crate::report::catalogue::{self, Area};
use crate::report::{Coded, Facts, Language};
use crate::text::Instant;
use std::borrow::Cow;
use std::fmt;

/// What a verifier believes, and when.
#[derive(Clone, Copy, Debug)]
pub struct Trust<'t> {
    /// The only certificates that are believed of themselves.
    pub anchors: &'t [Certificate],
    /// Certificates that may stand between: hints.
    pub certificates: &'t [Certificate],
    /// Revocation lists.
    pub crls: &'t [Crl],
    /// Status answers (OCSP).
    pub answers: &'t [Response],
    /// What must be known of revocation.
    ///
    /// [`Policy::Require`]: of every certificate of the path. [`Policy::IfAvailable`]: of the signer's; of an authority
    /// only when a list is there. With either, a signer of unknown status leaves the signature undetermined, as the
    /// standard has it. [`Policy::None`] is the caller's own decision not to ask, and is written as such.
    pub revocation: Policy,
    /// When the signature was received.
    pub received: Instant,
}

/// Why a signature did not pass, where no other area says it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
#[expect(missing_docs, reason = "a variant's sentence says what its fields are")]
pub enum SignatureError {
    /// The signature is bound to another certificate than the one that it names.
    CertificateDiffers,
    /// The certificate that the signature names is not there.
    CertificateMissing,
    /// The signature is not bound to its certificate.
    CertificateNotBound,
    /// A certificate carried along cannot be read.
    CertificateUnreadable,
    /// The content has another digest than the signature says.
    ContentChanged,
    /// The content is not there.
    ContentMissing,
    /// A signed part has another digest than the signature says.
    PartChanged { part: String },
    /// A signed part is not there.
    PartMissing { part: String },
    /// A certificate of the path was revoked by the time of receipt.
    Revoked { subject: String, at: Instant },
    /// The value was not made over this header by the signer's key.
    Wrong,
}

impl Coded for SignatureError {
    fn code(&self) -> &'static str {
        match self {
            Self::CertificateDiffers => "signature.certificate-differs",
            Self::CertificateMissing => "signature.certificate-missing",
            Self::CertificateNotBound => "signature.certificate-not-bound",
            Self::CertificateUnreadable => "signature.certificate-unreadable",
            Self::ContentChanged => "signature.content-changed",
            Self::ContentMissing => "signature.content-missing",
            Self::PartChanged { .. } => "signature.part-changed",
            Self::PartMissing { .. } => "signature.part-missing",
            Self::Revoked { .. } => "signature.revoked",
            Self::Wrong => "signature.wrong",
        }
    }

    fn sentences(&self) -> Area {
        catalogue::SIGN
    }

    fn facts(&self) -> Facts {
        match self {
            Self::PartChanged { part } | Self::PartMissing { part } => Facts::none().with("part", part),
            Self::Revoked { subject, at } => Facts::none().with("subject", subject).with("at", shown(*at)),
            _ => Facts::none(),
        }
    }
}

impl fmt::Display for SignatureError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::CertificateDiffers => out.write_str("signature is bound to another certificate"),
            Self::CertificateMissing => out.write_str("certificate of the signer is missing"),
            Self::CertificateNotBound => out.write_str("signature is not bound to its certificate"),
            Self::CertificateUnreadable => out.write_str("a certificate of the signature cannot be read"),
            Self::ContentChanged => out.write_str("content was changed after signing"),
            Self::ContentMissing => out.write_str("content that was signed is missing"),
            Self::PartChanged { part } => write!(out, "part `{part}` was changed after signing"),
            Self::PartMissing { part } => write!(out, "signed part `{part}` is missing"),
            Self::Revoked { subject, at } => write!(out, "certificate of `{subject}` was revoked at {}", shown(*at)),
            Self::Wrong => out.write_str("signature is not of the signer's key"),
        }
    }
}

impl std::error::Error for SignatureError {}

/// What concludes a validation.
pub(super) struct Failure {
    pub(super) why: SubIndication,
    pub(super) reason: Box<dyn Coded>,
}

pub(super) fn failure(why: SubIndication, reason: impl Coded + 'static) -> Failure {
    Failure { why, reason: Box::new(reason) }
}

/// EN 319 102-1 5.2.6 and 5.2.8: the certificate's period and what it may be used for.
pub(super) fn for_signing(error: CertificateError, stamped: bool) -> Failure {
    let why = match error {
        // 5.5.4, 5): a timestamp proves that the certificate had expired already.
        CertificateError::Expired { .. } if stamped => SubIndication::Expired,
        // The time of receipt proves that the signature existed before its certificate was valid.
        CertificateError::NotYetValid { .. } => SubIndication::NotYetValid,
        CertificateError::Expired { .. } => SubIndication::OutOfBoundsNoPoe,
        CertificateError::Key(_) => SubIndication::CryptoConstraintsFailure,
        _ => SubIndication::SigConstraintsFailure,
    };
    failure(why, error)
}

/// EN 319 102-1 5.2.6: the path and what its certificates may be used for.
pub(super) fn for_path(error: PathError) -> Failure {
    let why = match error {
        PathError::NoAnchors | PathError::IssuerNotFound { .. } | PathError::SignatureMismatch { .. } => {
            SubIndication::NoCertificateChainFound
        }
        PathError::AuthorityExpired { .. } => SubIndication::OutOfBoundsNoPoe,
        PathError::AuthorityKey { .. } | PathError::SignatureAlgorithm { .. } => SubIndication::CryptoConstraintsFailure,
        _ => SubIndication::ChainConstraintsFailure,
    };
    failure(why, error)
}

/// A signature whose value was found right, as its format hands it over.
pub(super) struct Held<'h> {
    pub(super) signer: &'h Certificate,
    /// Certificates that came along: hints.
    pub(super) others: &'h [Certificate],
    pub(super) added: &'h Added,
    /// Whether it has all that the baseline of its format asks for.
    pub(super) baseline: bool,
}

/// Validates the certificate at the moment at which the signature is proven to have existed.
pub(super) fn check_held(
    held: &Held<'_>,
    trust: &Trust<'_>,
    language: Language,
    verdict: &mut SignatureVerdict,
    ledger: &mut Ledger,
) -> Result<(), Failure> {
    let mut used = Used::default();
    look(held, trust, language, verdict, &mut used, ledger)?;
    ledger.rested.add(used);
    Ok(())
}

/// What a signature needs beside it so that it can be validated by who has an anchor and nothing else: the certificates of its paths and the
/// evidence of their status.
///
/// # Errors
/// It is not valid now, for the reason given; with a status that is not known there is nothing to put beside it.
pub(super) fn lasting(held: &Held<'_>, trust: &Trust<'_>, language: Language, verdict: &mut SignatureVerdict) -> Result<Used, Failure> {
    let mut used = Used::default();
    look(held, &Trust { revocation: Policy::Require, ..*trust }, language, verdict, &mut used, &mut Ledger::default())?;
    Ok(used)
}

/// Certificates, lists and answers that a validation rested on, DER, each once.
#[derive(Clone, Debug, Default)]
pub struct Used {
    /// Certificates, the anchors too.
    pub certificates: Vec<Vec<u8>>,
    /// Revocation lists.
    pub crls: Vec<Vec<u8>>,
    /// Status answers.
    pub ocsps: Vec<Vec<u8>>,
}

impl Used {
    pub(super) fn add(&mut self, more: Self) {
        for (list, more) in [(&mut self.certificates, more.certificates), (&mut self.crls, more.crls), (&mut self.ocsps, more.ocsps)] {
            for der in more {
                if !list.contains(&der) {
                    list.push(der);
                }
            }
        }
    }
}

fn look(
    held: &Held<'_>,
    trust: &Trust<'_>,
    language: Language,
    verdict: &mut SignatureVerdict,
    used: &mut Used,
    ledger: &mut Ledger,
) -> Result<(), Failure> {
    ledger.carried.add(held.added.evidence());
    let pool = Pool::of(held, trust);
    let asked = Asked { pool: &pool, trust, language };
    let mut at = trust.received;
    let (mut stamped, mut lasting) = (false, !held.added.tokens.is_empty());
    for token in &held.added.tokens {
        let stamp = timestamps::check(token, &held.added.stamped, &asked);
        if let Some(time) = stamp.time {
            (at, stamped, lasting) = (at.min(time), true, lasting && stamp.lasting);
        }
        used.add(stamp.used);
        match stamp.carried {
            Some(carried) => ledger.carried.add(carried),
            None => ledger.note(Loose::Timestamp),
        }
        verdict.timestamps.push(stamp.verdict);
    }
    verdict.proven_time = stamped.then(|| shown(at));
    pki::check_for_signing(held.signer, at).map_err(|error| for_signing(error, stamped))?;
    let found = asked.follow(held.signer, &Rules::new(at, Purpose::Signing))?;
    verdict.revocation = found.statuses;
    used.add(found.used);
    verdict.reasons.extend(found.outcome?);
    let level = match (stamped, lasting && found.lasting) {
        (false, _) => "B-B",
        (true, false) => "B-T",
        (true, true) => "B-LT",
    };
    verdict.level = held.baseline.then_some(level);
    Ok(())
}

/// All certificates and evidence at hand: the caller's and, behind them, what came along.
#[derive(Clone)]
pub(super) struct Pool<'t> {
    certificates: Vec<Certificate>,
    /// The caller's may be many megabytes: they are copied only where others join them.
    crls: Cow<'t, [Crl]>,
    answers: Cow<'t, [Response]>,
    /// How many of the lists and answers are the caller's.
    given: (usize, usize),
}

impl<'t> Pool<'t> {
    fn of(held: &Held<'_>, trust: &Trust<'t>) -> Self {
        let mut pool = Self {
            certificates: held.others.iter().chain(trust.certificates).cloned().collect(),
            crls: Cow::Borrowed(trust.crls),
            answers: Cow::Borrowed(trust.answers),
            given: (trust.crls.len(), trust.answers.len()),
        };
        pool.add(&held.added.crls, &held.added.ocsps);
        pool
    }

    /// Adds what came along, as far as it can be read: of what cannot, nothing is believed.
    pub(super) fn add(&mut self, crls: &[Vec<u8>], ocsps: &[Vec<u8>]) {
        for crl in crls.iter().filter_map(|der| Crl::parse(der.as_slice()).ok()) {
            self.crls.to_mut().push(crl);
        }
        for answer in ocsps.iter().filter_map(|der| Response::parse(der.as_slice()).ok()) {
            self.answers.to_mut().push(answer);
        }
    }

    /// With what a timestamp token carries.
    pub(super) fn and(&self, data: &SignedData<'_>) -> Self {
        let mut pool = self.clone();
        pool.certificates.extend(data.read_certificates());
        let owned = |list: &[&[u8]]| list.iter().map(|der| der.to_vec()).collect::<Vec<_>>();
        pool.add(&owned(&data.crls), &owned(&data.ocsps));
        pool
    }

    pub(super) fn certificates(&self) -> &[Certificate] {
        &self.certificates
    }

    fn evidence(&self, until: Instant) -> Evidence<'_> {
        Evidence { crls: &self.crls, answers: &self.answers, certificates: &self.certificates, until: Some(until) }
    }

    /// What came along alone, as somebody would have it who has nothing else.
    fn carried(&self, until: Instant) -> Evidence<'_> {
        let (crls, answers) = (self.crls.get(self.given.0..), self.answers.get(self.given.1..));
        Evidence { crls: crls.unwrap_or_default(), answers: answers.unwrap_or_default(), ..self.evidence(until) }
    }
}

/// What is asked of every certificate that counts.
#[derive(Clone, Copy)]
pub(super) struct Asked<'a> {
    pub(super) pool: &'a Pool<'a>,
    pub(super) trust: &'a Trust<'a>,
    pub(super) language: Language,
}

/// What a path came to.
pub(super) struct Followed {
    statuses: Vec<RevocationStatus>,
    /// Warnings, or what concludes.
    pub(super) outcome: Result<Vec<Reason>, Failure>,
    /// Whether what came along proves every status by itself.
    pub(super) lasting: bool,
    /// What the answer rests on.
    pub(super) used: Used,
}

impl Asked<'_> {
    /// Follows a certificate to an anchor: of several paths the first whose certificates' status is as it must be, else the first of all.
    pub(super) fn follow(&self, certificate: &Certificate, rules: &Rules) -> Result<Followed, Failure> {
        let mut first = None;
        let mut taken = None;
        let mut accept = |path: Path<'_>| {
            let followed = self.judge(&path, rules.at);
            let good = followed.outcome.is_ok();
            if good {
                taken = Some(followed);
            } else if first.is_none() {
                first = Some(followed);
            }
            good
        };
        pki::path::each(certificate, &self.pool.certificates, self.trust.anchors, rules, &mut accept)
            .or_else(|error| if first.is_some() { Ok(()) } else { Err(error) })
            .map_err(for_path)?;
        taken.or(first).ok_or_else(|| for_path(PathError::TooCostly))
    }

    fn judge(&self, path: &Path<'_>, at: Instant) -> Followed {
        let until = self.trust.received;
        let revocation = revocation::check(path, &self.pool.evidence(until), at, self.trust.revocation);
        let statuses = || path.certificates().iter().zip(revocation.statuses());
        let mut warnings = Vec::new();
        let mut outcome = Ok(());
        for (place, (certificate, status)) in statuses().enumerate() {
            outcome = outcome.and_then(|()| self.check_status(place == 0, certificate, status, at, &mut warnings));
        }
        let carried = self.pool.carried(until);
        // Where nothing came along there is nothing to ask a second time.
        let some = !(carried.crls.is_empty() && carried.answers.is_empty());
        let by_itself = some.then(|| revocation::check(path, &carried, at, Policy::Require));
        let known = |status: &revocation::Status| match status {
            revocation::Status::Good { .. } => true,
            revocation::Status::Revoked { at: revoked, .. } => *revoked > at,
            revocation::Status::Unknown { .. } => false,
        };
        Followed {
            statuses: statuses().map(|(certificate, status)| listed(certificate, status, at)).collect(),
            outcome: outcome.map(|()| warnings),
            lasting: by_itself.is_some_and(|found| found.statuses().iter().all(known)),
            used: self.used(path, &revocation),
        }
    }

    fn used(&self, path: &Path<'_>, revocation: &revocation::Revocation) -> Used {
        let mut used = Used::default();
        for certificate in path.certificates().iter().chain([&path.anchor()]) {
            used.certificates.push(certificate.der().to_vec());
        }
        for status in revocation.statuses() {
            let (revocation::Status::Good { proofs, .. } | revocation::Status::Revoked { proofs, .. }) = status else { continue };
            for proof in proofs {
                match proof {
                    Proof::Crl(at) => used.crls.extend(self.pool.crls.get(*at).map(|crl| crl.der().to_vec())),
                    Proof::Answer(at) => used.ocsps.extend(self.pool.answers.get(*at).map(|answer| answer.der().to_vec())),
                }
            }
        }
        used
    }

    fn check_status(
        &self,
        is_first: bool,
        certificate: &Certificate,
        status: &revocation::Status,
        moment: Instant,
        warnings: &mut Vec<Reason>,
    ) -> Result<(), Failure> {
        match status {
            revocation::Status::Revoked { at, .. } if *at <= moment => {
                let why = if is_first { SubIndication::RevokedNoPoe } else { SubIndication::RevokedCaNoPoe };
                Err(failure(why, SignatureError::Revoked { subject: certificate.display_name(), at: *at }))
            }
            revocation::Status::Unknown { why } => {
                let policy = self.trust.revocation;
                if policy == Policy::Require || (is_first && policy == Policy::IfAvailable) {
                    return Err(failure(SubIndication::TryLater, why.clone()));
                }
                warnings.push(Reason::of(why, self.language));
                Ok(())
            }
            _ => Ok(()),
        }
    }
}

fn listed(certificate: &Certificate, status: &revocation::Status, moment: Instant) -> RevocationStatus {
    let subject = certificate.subject().line();
    let (status, code, this_update, next_update) = match status {
        revocation::Status::Good { this_update, next_update, .. } => (Status::Good, None, Some(*this_update), Some(*next_update)),
        revocation::Status::Revoked { at, .. } if *at > moment => (Status::Good, None, None, None),
        revocation::Status::Revoked { .. } => (Status::Revoked, Some("signature.revoked"), None, None),
        revocation::Status::Unknown { why } => (Status::Unknown, Some(why.code()), None, None),
    };
    RevocationStatus { subject, status, code, this_update: this_update.map(shown), next_update: next_update.map(shown) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::asn1::Known;
    use crate::crypto::CryptoError;
    use crate::sign::verdict::Indication;

    #[test]
    fn weak_algorithms_and_keys_are_named_as_such() {
        let (authority, error) = ("CA".to_owned(), CryptoError::AlgorithmWeak { oid: Known::RsaSha1.into() });
        let weak = PathError::SignatureAlgorithm { authority: authority.clone(), error };
        assert_eq!(for_path(weak).why, SubIndication::CryptoConstraintsFailure);
        let short = CryptoError::KeyWeak { bits: 1_024 };
        assert_eq!(for_path(PathError::AuthorityKey { authority, error: short.clone() }).why, SubIndication::CryptoConstraintsFailure);
        assert_eq!(for_signing(CertificateError::Key(short), false).why, SubIndication::CryptoConstraintsFailure);
        assert_eq!(SubIndication::CryptoConstraintsFailure.indication(), Indication::Indeterminate);
    }
}
