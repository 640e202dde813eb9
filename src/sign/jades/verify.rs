//! Verifying: the basic signature validation of ETSI EN 319 102-1 V1.4.1, 5.3, for one B-B signature.
//!
//! In this order, as the standard has it: format, signer's certificate, signed data and value, path and revocation,
//! acceptance. The first block that does not pass concludes. The key comes only from the first certificate of `x5c`,
//! which `x5t#S256` names; trust anchors come only from the caller.
//!
//! What is believed to be the time is the moment of receipt. So a certificate that had expired by then, or was revoked
//! by then, leaves the signature undetermined (nothing proves that it is older), and a revocation after it does not matter.

use super::JadesError;
use super::header::{Header, Opened, PROOF_OF_APPROVAL, SignedPart, signing_input};
use crate::crypto::{CryptoError, SignatureForm};
use crate::limits;
use crate::order;
use crate::pki::crl::Crl;
use crate::pki::{self, Certificate, CertificateError, CrlError, PathError, Policy, revocation};
use crate::report::catalogue::{self, Area};
use crate::report::{Coded, Facts, Language};
use crate::sign::Part;
use crate::sign::verdict::{Reason, RevocationStatus, SignatureVerdict, Signer, Status, SubIndication, shown};
use crate::text::Instant;
use std::fmt;

/// What a verifier believes, and when.
#[derive(Clone, Copy, Debug)]
pub struct Trust<'t> {
    /// The only certificates that are believed of themselves.
    pub anchors: &'t [Certificate],
    /// Revocation lists.
    pub crls: &'t [Crl],
    /// What must be known of revocation.
    ///
    /// [`Policy::Require`]: of every certificate of the path. [`Policy::IfAvailable`]: of the signer's; of an authority
    /// only when a list is there. With either, a signer of unknown status leaves the signature undetermined, as the
    /// standard has it. [`Policy::None`] is the caller's own decision not to ask, and is written as such.
    pub revocation: Policy,
    /// When the signature was received.
    pub received: Instant,
}

/// What was found about a signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verification {
    /// The conclusion.
    pub verdict: SignatureVerdict,
    /// The signer's claim of the time, once the header was read.
    pub issued: Option<Instant>,
    /// Parts that are there and that the signature does not name.
    pub uncovered: Vec<String>,
    /// Parts that the signature names and that are not there, as far as a name can be long.
    pub absent: Vec<String>,
    /// Whether the parts stand in the signature as they stand in the package, those uncovered aside.
    pub in_order: bool,
}

/// Why a signature did not pass, where no other area says it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
#[expect(missing_docs, reason = "a variant's sentence says what its fields are")]
pub enum SignatureError {
    /// A certificate carried along cannot be read.
    CertificateUnreadable,
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
            Self::CertificateUnreadable => "signature.certificate-unreadable",
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
            Self::CertificateUnreadable | Self::Wrong => Facts::none(),
        }
    }
}

impl fmt::Display for SignatureError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::CertificateUnreadable => out.write_str("a certificate of the signature cannot be read"),
            Self::PartChanged { part } => write!(out, "part `{part}` was changed after signing"),
            Self::PartMissing { part } => write!(out, "signed part `{part}` is missing"),
            Self::Revoked { subject, at } => write!(out, "certificate of `{subject}` was revoked at {}", shown(*at)),
            Self::Wrong => out.write_str("signature is not of the signer's key"),
        }
    }
}

impl std::error::Error for SignatureError {}

/// Verifies a signature file over the parts that are there.
#[must_use]
pub fn verify(file: &[u8], parts: &[Part], trust: &Trust<'_>, language: Language) -> Verification {
    let verdict = SignatureVerdict::open("jades", "B-B");
    let uncovered = parts.iter().map(|part| part.name.clone()).collect();
    let mut found = Verification { verdict, issued: None, uncovered, absent: Vec::new(), in_order: true };
    if let Err(Failure { why, reason }) = check(file, parts, trust, language, &mut found) {
        found.verdict = found.verdict.concluded(why, reason.as_ref(), language);
    }
    found
}

/// What concludes a validation.
struct Failure {
    why: SubIndication,
    reason: Box<dyn Coded>,
}

fn failure(why: SubIndication, reason: impl Coded + 'static) -> Failure {
    Failure { why, reason: Box::new(reason) }
}

impl From<JadesError> for Failure {
    /// EN 319 102-1 5.2.2.
    fn from(error: JadesError) -> Self {
        failure(SubIndication::FormatFailure, error)
    }
}

fn check(file: &[u8], parts: &[Part], trust: &Trust<'_>, language: Language, found: &mut Verification) -> Result<(), Failure> {
    let opened = Opened::read(file)?;
    let header = Header::read(&opened.header()?)?;
    let issued = Instant::from_unix(header.issued);
    found.issued = Some(issued);
    found.verdict.algorithm = Some(header.algorithm.jose_name());
    found.verdict.signing_time = Some(shown(issued));
    found.verdict.commitment = Some(PROOF_OF_APPROVAL);
    let there: Vec<SignedPart> = parts.iter().map(Into::into).collect();
    let places = places(&header.parts, &there);
    compare_sets(&header.parts, &places, parts, found);
    let (signer, intermediates) = read_certificates(&header)?;
    found.verdict.signer = Some(Signer::of(&signer));
    check_parts(&header.parts, &places, &there, parts)?;
    check_value(&header, &opened, &signer)?;
    pki::check_for_signing(&signer, trust.received).map_err(for_signing)?;
    check_path(&signer, &intermediates, trust, language, found)
}

/// Where each signed part stands among those that are there, if it does.
fn places(signed: &[SignedPart], there: &[SignedPart]) -> Vec<Option<usize>> {
    let mut sorted: Vec<_> = there.iter().enumerate().collect();
    order::sort_by(&mut sorted, |(_, one), (_, other)| one.uri.cmp(&other.uri));
    let place = |uri: &String| sorted.binary_search_by(|(_, part)| part.uri.cmp(uri)).ok().and_then(|at| sorted.get(at));
    signed.iter().map(|part| place(&part.uri).map(|(at, _)| *at)).collect()
}

/// Which parts the signature leaves out or has alone, and whether it has the rest in their order.
fn compare_sets(signed: &[SignedPart], places: &[Option<usize>], parts: &[Part], found: &mut Verification) {
    let (mut covered, mut last) = (vec![false; parts.len()], None);
    for (part, place) in signed.iter().zip(places) {
        match place.and_then(|at| covered.get_mut(at)) {
            Some(covered) => {
                *covered = true;
                found.in_order &= last < *place;
                last = *place;
            }
            None => found.absent.push(named(part)),
        }
    }
    found.uncovered.clear();
    for (part, covered) in parts.iter().zip(covered) {
        if !covered {
            found.uncovered.push(part.name.clone());
        }
    }
}

/// The signer's certificate and the others, which are only hints.
fn read_certificates(header: &Header) -> Result<(Certificate, Vec<Certificate>), Failure> {
    let mut others = Vec::new();
    for der in &header.certificates {
        let Ok(certificate) = Certificate::parse(der.clone()) else {
            return Err(failure(SubIndication::FormatFailure, SignatureError::CertificateUnreadable));
        };
        others.push(certificate);
    }
    if others.is_empty() {
        return Err(failure(SubIndication::NoSigningCertificateFound, JadesError::Certificates));
    }
    let signer = others.remove(0);
    // The frozen header holds the chain and nothing else: who carries a root asks to be believed by it.
    let chained = std::iter::once(&signer).chain(&others).zip(&others).all(|(held, issuer)| held.issuer().raw() == issuer.subject().raw());
    if !chained || others.iter().any(Certificate::is_self_issued) {
        return Err(failure(SubIndication::FormatFailure, JadesError::Chain));
    }
    Ok((signer, others))
}

/// EN 319 102-1 5.2.7.4, 1) and 2). A digest that differs refutes the signature, whatever else is missing.
fn check_parts(signed: &[SignedPart], places: &[Option<usize>], there: &[SignedPart], parts: &[Part]) -> Result<(), Failure> {
    let mut missing = None;
    for (part, place) in signed.iter().zip(places) {
        match place.and_then(|at| Some((there.get(at)?, parts.get(at)?))) {
            Some((found, held)) if found.sha256 != part.sha256 => {
                return Err(failure(SubIndication::HashFailure, SignatureError::PartChanged { part: held.name.clone() }));
            }
            Some(_) => {}
            None => missing = missing.or(Some(part)),
        }
    }
    match missing {
        Some(part) => Err(failure(SubIndication::SignedDataNotFound, SignatureError::PartMissing { part: named(part) })),
        None => Ok(()),
    }
}

fn named(part: &SignedPart) -> String {
    part.uri.chars().take(limits::ENTRY_NAME_BYTES).collect()
}

/// EN 319 102-1 5.2.7.4, 3).
fn check_value(header: &Header, opened: &Opened, signer: &Certificate) -> Result<(), Failure> {
    let key = signer.public_key().map_err(|error| for_signing(CertificateError::Key(error)))?;
    let message = signing_input(&opened.protected);
    key.verify(header.algorithm, SignatureForm::Fixed, &message, &opened.signature).map_err(|error| match error {
        CryptoError::AlgorithmDoesNotFitKey => failure(SubIndication::SigCryptoFailure, error),
        _ => failure(SubIndication::SigCryptoFailure, SignatureError::Wrong),
    })
}

/// EN 319 102-1 5.2.6 and 5.2.8: the certificate's period and what it may be used for.
fn for_signing(error: CertificateError) -> Failure {
    let why = match error {
        // The time of receipt proves that the signature existed before its certificate was valid.
        CertificateError::NotYetValid { .. } => SubIndication::NotYetValid,
        CertificateError::Expired { .. } => SubIndication::OutOfBoundsNoPoe,
        CertificateError::Key(_) => SubIndication::CryptoConstraintsFailure,
        _ => SubIndication::SigConstraintsFailure,
    };
    failure(why, error)
}

/// EN 319 102-1 5.2.6: the path and what its certificates may be used for.
fn for_path(error: PathError) -> Failure {
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

fn check_path(
    signer: &Certificate,
    intermediates: &[Certificate],
    trust: &Trust<'_>,
    language: Language,
    found: &mut Verification,
) -> Result<(), Failure> {
    let path = pki::path::build(signer, intermediates, trust.anchors, trust.received).map_err(for_path)?;
    let revocation = revocation::check(&path, trust.crls, trust.received, trust.revocation);
    let statuses = || path.certificates().iter().zip(revocation.statuses());
    found.verdict.revocation = statuses().map(|(certificate, status)| listed(certificate, status, trust.received)).collect();
    for (place, (certificate, status)) in statuses().enumerate() {
        check_status(place == 0, certificate, status, trust, language, &mut found.verdict)?;
    }
    Ok(())
}

fn check_status(
    is_signer: bool,
    certificate: &Certificate,
    status: &revocation::Status,
    trust: &Trust<'_>,
    language: Language,
    verdict: &mut SignatureVerdict,
) -> Result<(), Failure> {
    match status {
        revocation::Status::Revoked { at, .. } if *at <= trust.received => {
            let why = if is_signer { SubIndication::RevokedNoPoe } else { SubIndication::RevokedCaNoPoe };
            Err(failure(why, SignatureError::Revoked { subject: certificate.display_name(), at: *at }))
        }
        revocation::Status::Unknown { why } => {
            if trust.revocation == Policy::Require || (is_signer && trust.revocation == Policy::IfAvailable) {
                return Err(failure(SubIndication::TryLater, why.clone()));
            }
            verdict.reasons.push(Reason::of(why, language));
            Ok(())
        }
        _ => Ok(()),
    }
}

fn listed(certificate: &Certificate, status: &revocation::Status, received: Instant) -> RevocationStatus {
    let subject = certificate.subject().line();
    let (status, code, this_update, next_update) = match status {
        revocation::Status::Good { this_update, next_update } => (Status::Good, None, Some(*this_update), Some(*next_update)),
        revocation::Status::Revoked { at, .. } if *at > received => (Status::Good, None, None, None),
        revocation::Status::Revoked { .. } => (Status::Revoked, Some("signature.revoked"), None, None),
        revocation::Status::Unknown { why } => (Status::Unknown, Some(CrlError::code(why)), None, None),
    };
    RevocationStatus { subject, status, code, this_update: this_update.map(shown), next_update: next_update.map(shown) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::asn1::Known;
    use crate::sign::verdict::Indication;

    #[test]
    fn weak_algorithms_and_keys_are_named_as_such() {
        let (authority, error) = ("CA".to_owned(), CryptoError::AlgorithmWeak { oid: Known::RsaSha1.into() });
        let weak = PathError::SignatureAlgorithm { authority: authority.clone(), error };
        assert_eq!(for_path(weak).why, SubIndication::CryptoConstraintsFailure);
        let short = CryptoError::KeyWeak { bits: 1_024 };
        assert_eq!(for_path(PathError::AuthorityKey { authority, error: short.clone() }).why, SubIndication::CryptoConstraintsFailure);
        assert_eq!(for_signing(CertificateError::Key(short)).why, SubIndication::CryptoConstraintsFailure);
        assert_eq!(SubIndication::CryptoConstraintsFailure.indication(), Indication::Indeterminate);
    }
}
