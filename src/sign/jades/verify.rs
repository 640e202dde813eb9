//! Verifying: the basic signature validation of ETSI EN 319 102-1 V1.4.1, 5.3, for each signature of a package.
//!
//! In this order, as the standard has it: format, signer's certificate, signed data and value, path and revocation,
//! acceptance. The first block that does not pass concludes. The key comes only from the first certificate of `x5c`,
//! which `x5t#S256` names; trust anchors come only from the caller.

use super::JadesError;
use super::file::{File, Signature};
use super::header::{Header, SignedPart, signing_input};
use super::unsigned::Unsigned;
use crate::crypto::{CryptoError, SignatureForm};
use crate::limits;
use crate::order;
use crate::pki::{Certificate, CertificateError};
use crate::report::Language;
use crate::sign::added::Added;
use crate::sign::loose::{Ledger, Loose};
use crate::sign::validate::{self, Failure, Held, check_held, failure, for_signing};
use crate::sign::verdict::{SignatureVerdict, Signer, SubIndication, shown};
use crate::sign::{Judged, PROOF_OF_APPROVAL, Part, SignatureError, Trust, Used, Verification};
use crate::text::Instant;

/// Verifies a signature file over the parts that are there.
#[must_use]
pub fn verify(file: &[u8], parts: &[Part], trust: &Trust<'_>, language: Language) -> Verification {
    let mut found = Verification { signatures: Vec::new(), uncovered: Vec::new(), absent: Vec::new(), in_order: true, loose: Vec::new() };
    match File::read(file) {
        Ok(file) => {
            let there: Vec<SignedPart> = parts.iter().map(Into::into).collect();
            let package = Package { parts, there, trust, language };
            let mut ledger = Ledger::default();
            for signature in &file.signatures {
                let judged = package.judge(signature, &mut found, &mut ledger);
                found.signatures.push(judged);
            }
            if found.signatures.iter().all(|judged| judged.verdict.passed()) {
                found.loose = ledger.finish();
            }
        }
        Err(error) => {
            let verdict = open().concluded(SubIndication::FormatFailure, &error, language);
            found.signatures.push(Judged { verdict, issued: None });
            found.uncovered = parts.iter().map(|part| part.name.clone()).collect();
        }
    }
    found
}

/// What the signature at a place of a file needs beside it to last (B-LT), from what the verifier has.
///
/// # Errors
/// The file cannot be read or has no such signature; the signature is not valid, as its verdict says.
pub fn lasting(
    file: &[u8],
    signature: usize,
    parts: &[Part],
    trust: &Trust<'_>,
    language: Language,
) -> Result<Used, Box<SignatureVerdict>> {
    let mut judged = Judged { verdict: open(), issued: None };
    let found = File::read(file).map_err(Failure::from).and_then(|file| {
        let signature = file.signatures.get(signature).ok_or(JadesError::NoSuchSignature)?;
        let package = Package { parts, there: parts.iter().map(Into::into).collect(), trust, language };
        let signed = package.check_signature(signature, &mut judged, &mut Sets::of(&[], &[], parts), &mut Ledger::default())?;
        validate::lasting(&signed.held(), trust, language, &mut judged.verdict)
    });
    found.map_err(|Failure { why, reason }| Box::new(judged.verdict.concluded(why, reason.as_ref(), language)))
}

/// A signature whose value was found right.
struct Signed {
    signer: Certificate,
    others: Vec<Certificate>,
    added: Added,
}

impl Signed {
    const fn held(&self) -> Held<'_> {
        Held { signer: &self.signer, others: self.others.as_slice(), added: &self.added, baseline: true }
    }
}

const fn open() -> SignatureVerdict {
    SignatureVerdict::open("jades")
}

impl From<JadesError> for Failure {
    /// EN 319 102-1 5.2.2.
    fn from(error: JadesError) -> Self {
        failure(SubIndication::FormatFailure, error)
    }
}

struct Package<'p> {
    parts: &'p [Part],
    /// The same as a signature names them.
    there: Vec<SignedPart>,
    trust: &'p Trust<'p>,
    language: Language,
}

impl Package<'_> {
    fn judge(&self, signature: &Signature, found: &mut Verification, ledger: &mut Ledger) -> Judged {
        let mut judged = Judged { verdict: open(), issued: None };
        // Until a header could be read, it names no part.
        let mut sets = Sets::of(&[], &[], self.parts);
        if let Err(Failure { why, reason }) = self.check(signature, &mut judged, &mut sets, ledger) {
            judged.verdict = judged.verdict.concluded(why, reason.as_ref(), self.language);
        }
        found.in_order &= sets.in_order;
        push_new(&mut found.uncovered, sets.uncovered);
        push_new(&mut found.absent, sets.absent);
        judged
    }

    fn check(&self, signature: &Signature, judged: &mut Judged, sets: &mut Sets, ledger: &mut Ledger) -> Result<(), Failure> {
        let signed = self.check_signature(signature, judged, sets, ledger)?;
        check_held(&signed.held(), self.trust, self.language, &mut judged.verdict, ledger)
    }

    fn check_signature(&self, signature: &Signature, judged: &mut Judged, sets: &mut Sets, ledger: &mut Ledger) -> Result<Signed, Failure> {
        let header = Header::read(&signature.header()?)?;
        let verdict = &mut judged.verdict;
        judged.issued = Some(note_header(&header, verdict));
        verdict.commitment = Some(PROOF_OF_APPROVAL);
        let places = places(&header.parts, &self.there);
        *sets = Sets::of(&header.parts, &places, self.parts);
        let (signer, mut others) = read_certificates(&header)?;
        verdict.signer = Some(Signer::of(&signer));
        check_parts(&header.parts, &places, &self.there, self.parts)?;
        check_value(&header, signature, &signing_input(&signature.protected, ""), &signer)?;
        let (added, counters) = added(signature)?;
        for counter in &counters {
            verdict.counter_signatures.push(self.counter(counter, signature, ledger));
        }
        others.extend(added.read_certificates());
        Ok(Signed { signer, others, added })
    }

    /// The verdict on a signature over a signature.
    fn counter(&self, counter: &Signature, over: &Signature, ledger: &mut Ledger) -> SignatureVerdict {
        let mut verdict = open();
        if let Err(Failure { why, reason }) = self.check_counter(counter, over, &mut verdict, ledger) {
            ledger.note(Loose::CounterSignature);
            verdict = verdict.concluded(why, reason.as_ref(), self.language);
        }
        verdict
    }

    fn check_counter(
        &self,
        counter: &Signature,
        over: &Signature,
        verdict: &mut SignatureVerdict,
        ledger: &mut Ledger,
    ) -> Result<(), Failure> {
        let header = Header::read_counter(&counter.header()?)?;
        note_header(&header, verdict);
        let (signer, mut others) = read_certificates(&header)?;
        verdict.signer = Some(Signer::of(&signer));
        check_value(&header, counter, &signing_input(&counter.protected, &over.value), &signer)?;
        let (added, further) = added(counter)?;
        // One of an office over one of a person is as far as anybody goes.
        if !further.is_empty() {
            return Err(JadesError::CounterSigned.into());
        }
        others.extend(added.read_certificates());
        check_held(&Held { signer: &signer, others: &others, added: &added, baseline: true }, self.trust, self.language, verdict, ledger)
    }
}

/// What was added to a signature after it was made, and the signatures over it.
fn added(signature: &Signature) -> Result<(Added, Vec<Signature>), JadesError> {
    // TS 119 182-1 5.3.4: a timestamp is of the value's base64url.
    let (mut added, mut counters) = (Added::to(signature.value.as_bytes()), Vec::new());
    for member in signature.unsigned()? {
        match member {
            Unsigned::Timestamp(token) => added.tokens.push(token),
            Unsigned::Certificates(list) => added.certificates.extend(list),
            Unsigned::Statuses { crls, ocsps } => {
                added.crls.extend(crls);
                added.ocsps.extend(ocsps);
            }
            Unsigned::CounterSignature(counter) => counters.push(counter),
        }
    }
    Ok((added, counters))
}

/// Notes what the header says, and gives the signer's claim of the time.
fn note_header(header: &Header, verdict: &mut SignatureVerdict) -> Instant {
    let issued = Instant::from_unix(header.issued);
    verdict.algorithm = Some(header.algorithm.jose_name());
    verdict.signing_time = Some(shown(issued));
    issued
}

fn push_new(names: &mut Vec<String>, more: Vec<String>) {
    for name in more {
        if !names.contains(&name) {
            names.push(name);
        }
    }
}

/// Where each signed part stands among those that are there, if it does.
fn places(signed: &[SignedPart], there: &[SignedPart]) -> Vec<Option<usize>> {
    let mut sorted: Vec<_> = there.iter().enumerate().collect();
    order::sort_by(&mut sorted, |(_, one), (_, other)| one.uri.cmp(&other.uri));
    let place = |uri: &String| sorted.binary_search_by(|(_, part)| part.uri.cmp(uri)).ok().and_then(|at| sorted.get(at));
    signed.iter().map(|part| place(&part.uri).map(|(at, _)| *at)).collect()
}

/// Which parts a signature leaves out or has alone, and whether it has the rest in their order.
struct Sets {
    uncovered: Vec<String>,
    absent: Vec<String>,
    in_order: bool,
}

impl Sets {
    fn of(signed: &[SignedPart], places: &[Option<usize>], parts: &[Part]) -> Self {
        let (mut covered, mut last) = (vec![false; parts.len()], None);
        let mut sets = Self { uncovered: Vec::new(), absent: Vec::new(), in_order: true };
        for (part, place) in signed.iter().zip(places) {
            match place.and_then(|at| covered.get_mut(at)) {
                Some(covered) => {
                    *covered = true;
                    sets.in_order &= last < *place;
                    last = *place;
                }
                None => sets.absent.push(named(part)),
            }
        }
        for (part, covered) in parts.iter().zip(covered) {
            if !covered {
                sets.uncovered.push(part.name.clone());
            }
        }
        sets
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
fn check_value(header: &Header, signature: &Signature, message: &[u8], signer: &Certificate) -> Result<(), Failure> {
    let key = signer.public_key().map_err(|error| for_signing(CertificateError::Key(error), false))?;
    key.verify(header.algorithm, SignatureForm::Fixed, message, &signature.bytes()?).map_err(|error| match error {
        CryptoError::AlgorithmDoesNotFitKey => failure(SubIndication::SigCryptoFailure, error),
        _ => failure(SubIndication::SigCryptoFailure, SignatureError::Wrong),
    })
}
