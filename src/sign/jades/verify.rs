//! Verifying: the basic signature validation of ETSI EN 319 102-1 V1.4.1, 5.3, for one B-B signature.
//!
//! In this order, as the standard has it: format, signer's certificate, signed data and value, path and revocation,
//! acceptance. The first block that does not pass concludes. The key comes only from the first certificate of `x5c`,
//! which `x5t#S256` names; trust anchors come only from the caller.

use super::JadesError;
use super::header::{Header, Opened, SignedPart, signing_input};
use crate::crypto::{CryptoError, SignatureForm};
use crate::limits;
use crate::order;
use crate::pki::{Certificate, CertificateError};
use crate::report::Language;
use crate::sign::validate::{Failure, Held, check_held, failure, for_signing};
use crate::sign::verdict::{SignatureVerdict, Signer, SubIndication, shown};
use crate::sign::{PROOF_OF_APPROVAL, Part, SignatureError, Trust};
use crate::text::Instant;

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
    let held = Held { signer: &signer, others: &intermediates };
    check_held(&held, trust.received, trust, language, &mut found.verdict)
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
