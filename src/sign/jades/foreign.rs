//! JAdES and JWS of any maker: compact, flattened and general; the content in the signature, given beside it, or named by `sigD`.
//!
//! What is read is wider than what hoso writes, and what is believed is not: the algorithm stands in the protected header and is one of a
//! closed list; the key is that of a certificate which `x5t#S256`, `x5t#o` or `sigX5ts` names, never of `jwk`, `jku` or `x5u`; what is
//! critical is understood; no member stands twice or in both headers.

use super::JadesError;
use super::header::{percent_encoded, read_iat, shown as short, signing_input};
use super::unsigned::{self, Unsigned};
use crate::crypto::{CryptoError, HashAlgorithm, KeyKind, Pss, SignatureForm, VerificationAlgorithm, digest};
use crate::json::{Document, Shape, Value};
use crate::limits;
use crate::pki::{Certificate, CertificateError};
use crate::report::Language;
use crate::sign::added::Added;
use crate::sign::loose::Ledger;
use crate::sign::validate::{self, Failure, Held, check_held, failure, for_signing};
use crate::sign::verdict::{SignatureVerdict, Signer, SubIndication, shown};
use crate::sign::{Content, Judged, SignatureError, Trust, Used, Verification};
use crate::text::{Base64, Instant, Moment};

/// What may be critical here: it is understood, or says nothing that changes a verdict (TS 119 182-1 5.1 and 5.2).
const UNDERSTOOD: [&str; 11] = ["b64", "sigD", "sigT", "x5t#o", "sigX5ts", "srCms", "sigPl", "srAts", "sigPId", "iat", "adoTst"];

/// What there is beside a signature file.
#[derive(Clone, Copy, Debug, Default)]
pub struct Given<'g> {
    /// The payload, where it is detached.
    pub payload: Option<&'g Content<'g>>,
    /// The files that `sigD` may name.
    pub files: &'g [(String, Content<'g>)],
}

/// Verifies the signatures of a file that may be anybody's.
#[must_use]
pub fn verify_any(file: &[u8], given: &Given<'_>, trust: &Trust<'_>, language: Language) -> Verification {
    let mut found = Verification { signatures: Vec::new(), uncovered: Vec::new(), absent: Vec::new(), in_order: true, loose: Vec::new() };
    let mut covered = vec![true; given.files.len()];
    match parsed(file) {
        Ok((payload, signatures)) => {
            for signature in &signatures {
                let mut named = vec![false; given.files.len()];
                let over = Over { payload: payload.as_deref(), given, trust, language };
                found.signatures.push(over.judge(signature, &mut named, &mut found.absent));
                covered.iter_mut().zip(named).for_each(|(covered, named)| *covered &= named);
            }
        }
        Err(error) => {
            let verdict = SignatureVerdict::open("jades").concluded(SubIndication::FormatFailure, &error, language);
            found.signatures.push(Judged { verdict, issued: None });
            covered.fill(false);
        }
    }
    for ((name, _), covered) in given.files.iter().zip(covered) {
        if !covered {
            found.uncovered.push(name.clone());
        }
    }
    found
}

/// What the signature at a place of a file that may be anybody's needs beside it to last (B-LT), from what the verifier has.
///
/// # Errors
/// The file cannot be read or has no such signature; the signature is not valid, as its verdict says.
pub fn lasting_any(
    file: &[u8],
    signature: usize,
    given: &Given<'_>,
    trust: &Trust<'_>,
    language: Language,
) -> Result<Used, Box<SignatureVerdict>> {
    let mut judged = Judged { verdict: SignatureVerdict::open("jades"), issued: None };
    let found = parsed(file).map_err(Failure::from).and_then(|(payload, signatures)| {
        let signature = signatures.get(signature).ok_or(JadesError::NoSuchSignature)?;
        let over = Over { payload: payload.as_deref(), given, trust, language };
        let (mut named, mut absent) = (vec![false; given.files.len()], Vec::new());
        let signed = over.check_signature(signature, &mut named, &mut absent, &mut judged)?;
        validate::lasting(&signed.held(), trust, language, &mut judged.verdict)
    });
    found.map_err(|Failure { why, reason }| Box::new(judged.verdict.concluded(why, reason.as_ref(), language)))
}

/// A signature whose value was found right.
struct Signed {
    signer: Certificate,
    others: Vec<Certificate>,
    added: Added,
    /// Whether the signer claims a time.
    baseline: bool,
}

impl Signed {
    const fn held(&self) -> Held<'_> {
        Held { signer: &self.signer, others: self.others.as_slice(), added: &self.added, baseline: self.baseline }
    }
}

/// A signature as it stands in the file.
pub(super) struct Signature {
    pub(super) protected: String,
    pub(super) value: String,
    etsi: Vec<Item>,
}

/// A member of `etsiU`: as base64url, or in clear.
type Item = Unsigned;

/// RFC 7515 7: the payload's text, where the file holds it, and the signatures.
pub(super) fn parsed(file: &[u8]) -> Result<(Option<String>, Vec<Signature>), JadesError> {
    if file.first() != Some(&b'{') {
        return compact(file);
    }
    let document = Document::read(file).map_err(JadesError::Unreadable)?;
    let shape = Shape::of(&document);
    let payload = shape.optional("payload").map(|payload| payload.text().map(str::to_owned)).transpose().map_err(JadesError::Member)?;
    let mut signatures = Vec::new();
    match shape.optional("signatures") {
        // 7.2.2: a flattened one has no list.
        Some(list) if shape.optional("signature").is_some() => return Err(JadesError::Member(list.mistyped())),
        Some(list) => {
            for item in list.items().map_err(JadesError::Member)? {
                if signatures.len() == limits::SIGNERS {
                    return Err(JadesError::TooManySignatures);
                }
                signatures.push(signature(item)?);
            }
        }
        None => signatures.push(signature(shape)?),
    }
    if signatures.is_empty() { Err(JadesError::NoSuchSignature) } else { Ok((payload, signatures)) }
}

/// RFC 7515 7.1: three parts with points between.
fn compact(file: &[u8]) -> Result<(Option<String>, Vec<Signature>), JadesError> {
    let text = std::str::from_utf8(file).map_err(|_| JadesError::NotJws)?;
    let text = text.strip_suffix('\n').unwrap_or(text);
    let mut parts = text.split('.');
    let (Some(protected), Some(payload), Some(value), None) = (parts.next(), parts.next(), parts.next(), parts.next()) else {
        return Err(JadesError::NotJws);
    };
    let payload = (!payload.is_empty()).then(|| payload.to_owned());
    Ok((payload, vec![Signature { protected: protected.to_owned(), value: value.to_owned(), etsi: Vec::new() }]))
}

fn signature(shape: Shape<'_>) -> Result<Signature, JadesError> {
    let text = |name| shape.member(name).and_then(Shape::text).map(str::to_owned).map_err(JadesError::Member);
    let (protected, value) = (text("protected")?, text("signature")?);
    let mut etsi = Vec::new();
    if let Some(header) = shape.optional("header") {
        let bytes = Base64::Url.decode(&protected).ok_or(JadesError::Base64 { member: "protected" })?;
        let signed = Document::read(bytes).map_err(JadesError::HeaderUnreadable)?;
        for (name, value) in header.value().members() {
            // RFC 7515 7.2.1: the names of both headers are disjoint; 4.1.11 and RFC 7797 3: these two are signed, and so must the algorithm be.
            if matches!(name, "alg" | "crit" | "b64") || signed.root().member(name).is_some() {
                return Err(JadesError::HeaderTwice { name: short(name) });
            }
            if name == "etsiU" {
                etsi = etsi_u(value)?;
            }
        }
    }
    Ok(Signature { protected, value, etsi })
}

/// TS 119 182-1 5.3.1: all of them as base64url, or all in clear.
fn etsi_u(list: Value<'_>) -> Result<Vec<Item>, JadesError> {
    let (mut items, mut kind) = (Vec::new(), None);
    for item in Shape::at(list).items().map_err(JadesError::UnsignedMember)? {
        if items.len() == limits::CMS_ATTRIBUTES || kind.is_some_and(|kind| kind != item.value().kind()) {
            return Err(JadesError::UnsignedMember(item.mistyped()));
        }
        kind = Some(item.value().kind());
        match item.value().as_str() {
            Some(text) => items.extend(unsigned::read_any(text)?),
            None => items.extend(unsigned::read_clear(item)?),
        }
    }
    Ok(items)
}

/// What signatures are over, and by whom they are believed.
#[derive(Clone, Copy)]
struct Over<'o> {
    payload: Option<&'o str>,
    given: &'o Given<'o>,
    trust: &'o Trust<'o>,
    language: Language,
}

/// What the protected header says.
struct Header {
    algorithm: VerificationAlgorithm,
    /// ES256 is of P-256 alone, and so on (RFC 7518 3.4).
    curve: Option<KeyKind>,
    raw: bool,
    certificates: Vec<Certificate>,
    /// The certificate's digest, and by what it was made.
    named: Option<(HashAlgorithm, Vec<u8>)>,
}

impl Over<'_> {
    fn judge(&self, signature: &Signature, named: &mut [bool], absent: &mut Vec<String>) -> Judged {
        let mut judged = Judged { verdict: SignatureVerdict::open("jades"), issued: None };
        if let Err(Failure { why, reason }) = self.check(signature, named, absent, &mut judged) {
            judged.verdict = judged.verdict.concluded(why, reason.as_ref(), self.language);
        }
        judged
    }

    fn check(&self, signature: &Signature, named: &mut [bool], absent: &mut Vec<String>, judged: &mut Judged) -> Result<(), Failure> {
        let signed = self.check_signature(signature, named, absent, judged)?;
        check_held(&signed.held(), self.trust, self.language, &mut judged.verdict, &mut Ledger::default())
    }

    fn check_signature(
        &self,
        signature: &Signature,
        named: &mut [bool],
        absent: &mut Vec<String>,
        judged: &mut Judged,
    ) -> Result<Signed, Failure> {
        let bytes = Base64::Url.decode(&signature.protected).ok_or(JadesError::Base64 { member: "protected" })?;
        let document = Document::read(bytes).map_err(JadesError::HeaderUnreadable)?;
        let shape = Shape::of(&document);
        judged.issued = issued(shape)?;
        judged.verdict.signing_time = judged.issued.map(shown);
        judged.verdict.commitment = commitment(shape);
        let header = self.header(shape, &mut judged.verdict)?;
        let signer = self.signer(&header)?;
        judged.verdict.signer = Some(Signer::of(&signer));
        let message = self.message(shape, &header, signature, named, absent)?;
        check_value(&header, &signature.value, &message, &signer)?;
        // EN 319 102-1 5.2.3: without it anybody's certificate for the same key would do.
        if header.named.is_none() {
            return Err(failure(SubIndication::SigConstraintsFailure, SignatureError::CertificateNotBound));
        }
        let mut added = Added::to(signature.value.as_bytes());
        for item in &signature.etsi {
            self.add(item, signature, &mut added, &mut judged.verdict);
        }
        let mut others = header.certificates;
        others.extend(added.read_certificates());
        Ok(Signed { signer, others, added, baseline: judged.issued.is_some() })
    }

    fn add(&self, item: &Item, signature: &Signature, added: &mut Added, verdict: &mut SignatureVerdict) {
        match item {
            Unsigned::Timestamp(token) => added.tokens.push(token.clone()),
            Unsigned::Certificates(list) => added.certificates.extend(list.iter().cloned()),
            Unsigned::Statuses { crls, ocsps } => {
                added.crls.extend(crls.iter().cloned());
                added.ocsps.extend(ocsps.iter().cloned());
            }
            Unsigned::CounterSignature(counter) => {
                // 5.3.2: over the value; what it carries in turn is not looked at.
                let counter = Signature { protected: counter.protected.clone(), value: counter.value.clone(), etsi: Vec::new() };
                let over = Over { payload: Some(&signature.value), given: &Given::default(), ..*self };
                verdict.counter_signatures.push(over.judge(&counter, &mut [], &mut Vec::new()).verdict);
            }
        }
    }

    fn header(&self, shape: Shape<'_>, verdict: &mut SignatureVerdict) -> Result<Header, Failure> {
        let name = shape.member("alg").and_then(Shape::text).map_err(JadesError::HeaderMember)?;
        check_critical(shape)?;
        let (known, algorithm, curve) = algorithm(name)?;
        verdict.algorithm = Some(known);
        let raw = match shape.optional("b64") {
            Some(encoded) => !encoded.truth().map_err(JadesError::HeaderMember)?,
            None => false,
        };
        let mut certificates = Vec::new();
        if let Some(list) = shape.optional("x5c") {
            for item in list.items().map_err(JadesError::HeaderMember)? {
                if certificates.len() == limits::CERTIFICATES {
                    return Err(JadesError::Certificates.into());
                }
                let der = Base64::Standard.decode(item.text().map_err(JadesError::HeaderMember)?);
                let der = der.ok_or(JadesError::Base64 { member: "x5c" })?;
                certificates.push(
                    Certificate::parse(der).map_err(|_| failure(SubIndication::FormatFailure, SignatureError::CertificateUnreadable))?,
                );
            }
        }
        Ok(Header { algorithm, curve, raw, certificates, named: named(shape)? })
    }

    /// RFC 7515 4.1.6: the signer's certificate comes first. Another one that the header names by its digest may be the verifier's.
    fn signer(&self, header: &Header) -> Result<Certificate, Failure> {
        let fits = |certificate: &&Certificate| {
            header.named.as_ref().is_none_or(|(hash, expected)| digest(*hash, &[certificate.der()]) == *expected)
        };
        let first = header.certificates.first();
        match (first.filter(fits), first) {
            (Some(signer), _) => Ok(signer.clone()),
            (None, Some(_)) => Err(failure(SubIndication::FormatFailure, JadesError::Thumbprint)),
            (None, None) => {
                let known = if header.named.is_some() { self.trust.certificates.iter().find(fits) } else { None };
                known.cloned().ok_or_else(|| failure(SubIndication::NoSigningCertificateFound, SignatureError::CertificateMissing))
            }
        }
    }

    /// The JWS signing input (RFC 7515 5.1, RFC 7797 3), the content compared on the way.
    fn message(
        &self,
        shape: Shape<'_>,
        header: &Header,
        signature: &Signature,
        named: &mut [bool],
        absent: &mut Vec<String>,
    ) -> Result<Vec<u8>, Failure> {
        if let Some(parts) = shape.optional("sigD") {
            if self.payload.is_some_and(|payload| !payload.is_empty()) {
                return Err(JadesError::PayloadTwice.into());
            }
            self.compare(parts, header.raw, named, absent)?;
            return Ok(signing_input(&signature.protected, ""));
        }
        let missing = || failure(SubIndication::SignedDataNotFound, SignatureError::ContentMissing);
        let given = self.given.payload.and_then(Content::bytes);
        // RFC 7515 F: detached is what was taken out; some leave an empty one in its place.
        let inside = self.payload.filter(|payload| !payload.is_empty() || given.is_none());
        let payload = match (inside, given) {
            (Some(inside), given) => {
                let octets = if header.raw { Some(inside.as_bytes().to_vec()) } else { Base64::Url.decode(inside) };
                let octets = octets.ok_or(JadesError::Base64 { member: "payload" })?;
                // Of a payload inside and a file beside, one may not stand for the other.
                if given.is_some_and(|given| given != octets) {
                    return Err(failure(SubIndication::HashFailure, SignatureError::ContentChanged));
                }
                inside.as_bytes().to_vec()
            }
            (None, Some(given)) if header.raw => given.to_vec(),
            (None, Some(given)) => Base64::Url.encode(given).into_bytes(),
            (None, None) => return Err(missing()),
        };
        Ok([signature.protected.as_bytes(), b".", &payload].concat())
    }

    /// TS 119 182-1 5.2.8.3.3: each file has its digest in the header.
    fn compare(&self, shape: Shape<'_>, raw: bool, named: &mut [bool], absent: &mut Vec<String>) -> Result<(), Failure> {
        let kind = shape.member("mId").and_then(Shape::text).map_err(JadesError::HeaderMember)?;
        if kind != super::header::BY_URI_HASH {
            return Err(failure(SubIndication::SignedDataNotFound, JadesError::Mechanism { name: short(kind) }));
        }
        let hash = shape.member("hashM").and_then(Shape::text).map_err(JadesError::HeaderMember)?;
        let hash = hash_named(hash).ok_or_else(|| JadesError::Algorithm { name: short(hash) })?;
        let list =
            |name| shape.member(name).and_then(|list| list.items().map(Iterator::collect::<Vec<_>>)).map_err(JadesError::HeaderMember);
        let (names, digests) = (list("pars")?, list("hashV")?);
        if names.is_empty() || names.len() != digests.len() {
            return Err(JadesError::PartsUneven.into());
        }
        let mut seen: Vec<&str> = Vec::new();
        let mut missing = None;
        for (name, expected) in names.iter().zip(&digests) {
            let name = name.text().map_err(JadesError::HeaderMember)?;
            let expected = expected.text().map_err(JadesError::HeaderMember)?;
            let expected = Base64::Url.decode(expected).ok_or(JadesError::Base64 { member: "hashV" })?;
            if seen.contains(&name) || seen.len() == limits::PACKAGE_ENTRIES {
                return Err(JadesError::PartRepeated { part: short(name) }.into());
            }
            seen.push(name);
            let place = self.given.files.iter().position(|(known, _)| known == name || percent_encoded(known) == name);
            let found = place.and_then(|at| self.given.files.get(at)).and_then(|(_, content)| digest_of(content, hash, raw));
            if let Some(named) = place.and_then(|at| named.get_mut(at)) {
                *named = true;
            }
            match found {
                Some(found) if found != expected => {
                    return Err(failure(SubIndication::HashFailure, SignatureError::PartChanged { part: short(name) }));
                }
                Some(_) => {}
                None => {
                    absent.push(short(name));
                    missing = missing.or(Some(short(name)));
                }
            }
        }
        missing.map_or(Ok(()), |part| Err(failure(SubIndication::SignedDataNotFound, SignatureError::PartMissing { part })))
    }
}

/// Without `b64` false the digest is of the base64url of a file.
pub(super) fn digest_of(content: &Content<'_>, hash: HashAlgorithm, raw: bool) -> Option<Vec<u8>> {
    if raw { content.digest(hash) } else { content.bytes().map(|bytes| digest(hash, &[Base64::Url.encode(bytes).as_bytes()])) }
}

/// RFC 7515 4.1.11 and TS 119 182-1 5.1.8, 5.2.8: each name once, in the header and understood; what must be critical is.
fn check_critical(shape: Shape<'_>) -> Result<(), JadesError> {
    let mut found = Vec::new();
    if let Some(list) = shape.optional("crit") {
        for item in list.items()? {
            let name = item.text()?;
            if !UNDERSTOOD.contains(&name) || found.contains(&name) || shape.optional(name).is_none() {
                return Err(JadesError::Critical { name: short(name) });
            }
            found.push(name);
        }
        if found.is_empty() {
            return Err(JadesError::HeaderMember(list.mistyped()));
        }
    }
    match ["b64", "sigD"].into_iter().find(|name| shape.optional(name).is_some() && !found.contains(name)) {
        Some(name) => Err(JadesError::CriticalMissing { name }),
        None => Ok(()),
    }
}

type Algorithm = (&'static str, VerificationAlgorithm, Option<KeyKind>);

/// RFC 7518 3.1. Those that exist and that hoso does not verify are undetermined; all else, `none` and MACs first, is no signature.
fn algorithm(name: &str) -> Result<Algorithm, Failure> {
    use HashAlgorithm::{Sha256, Sha384, Sha512};
    let known: [Algorithm; 9] = [
        ("ES256", VerificationAlgorithm::Ecdsa(Sha256), Some(KeyKind::P256)),
        ("ES384", VerificationAlgorithm::Ecdsa(Sha384), Some(KeyKind::P384)),
        ("ES512", VerificationAlgorithm::Ecdsa(Sha512), Some(KeyKind::P521)),
        ("PS256", VerificationAlgorithm::RsaPss(Pss::of(Sha256)), None),
        ("PS384", VerificationAlgorithm::RsaPss(Pss::of(Sha384)), None),
        ("PS512", VerificationAlgorithm::RsaPss(Pss::of(Sha512)), None),
        ("RS256", VerificationAlgorithm::RsaPkcs1(Sha256), None),
        ("RS384", VerificationAlgorithm::RsaPkcs1(Sha384), None),
        ("RS512", VerificationAlgorithm::RsaPkcs1(Sha512), None),
    ];
    let why = match name {
        "ES256K" | "EdDSA" | "Ed25519" => SubIndication::CryptoConstraintsFailure,
        _ => SubIndication::FormatFailure,
    };
    let found = known.into_iter().find(|(known, ..)| *known == name);
    found.ok_or_else(|| failure(why, JadesError::Algorithm { name: short(name) }))
}

/// TS 119 182-1 5.1.7, 5.2.2: one of three ways to name the certificate.
fn named(shape: Shape<'_>) -> Result<Option<(HashAlgorithm, Vec<u8>)>, JadesError> {
    let url = |text: Shape<'_>, member| Base64::Url.decode(text.text()?).ok_or(JadesError::Base64 { member });
    let other = |reference: Shape<'_>, member| {
        let name = reference.member("digAlg")?.text()?;
        let hash = hash_named(name).ok_or_else(|| JadesError::Algorithm { name: short(name) })?;
        Ok::<_, JadesError>((hash, url(reference.member("digVal")?, member)?))
    };
    let mut found = Vec::new();
    if let Some(text) = shape.optional("x5t#S256") {
        found.push((HashAlgorithm::Sha256, url(text, "x5t#S256")?));
    }
    if let Some(reference) = shape.optional("x5t#o") {
        found.push(other(reference, "x5t#o")?);
    }
    if let Some(list) = shape.optional("sigX5ts") {
        // The first is the signer's.
        let first = list.items()?.next().ok_or_else(|| list.mistyped())?;
        found.push(other(first, "sigX5ts")?);
    }
    if found.len() > 1 { Err(JadesError::HeaderMember(shape.mistyped())) } else { Ok(found.pop()) }
}

fn hash_named(name: &str) -> Option<HashAlgorithm> {
    Some(match name {
        "S256" | "http://www.w3.org/2001/04/xmlenc#sha256" => HashAlgorithm::Sha256,
        "S384" | "http://www.w3.org/2001/04/xmldsig-more#sha384" => HashAlgorithm::Sha384,
        "S512" | "http://www.w3.org/2001/04/xmlenc#sha512" => HashAlgorithm::Sha512,
        _ => return None,
    })
}

/// `iat` or, before 2025-07-15, `sigT` (TS 119 182-1 5.1.11, 5.2.1).
fn issued(shape: Shape<'_>) -> Result<Option<Instant>, JadesError> {
    match (shape.optional("iat"), shape.optional("sigT")) {
        (Some(_), Some(second)) => Err(JadesError::HeaderMember(second.mistyped())),
        (Some(seconds), None) => Ok(Some(Instant::from_unix(read_iat(seconds)?))),
        (None, Some(text)) => Ok(Some(text.read(Moment::parse)?.instant())),
        (None, None) => Ok(None),
    }
}

/// Proof of approval, where the signer says so in the words that TS 119 182-1 5.2.3 has for it.
fn commitment(shape: Shape<'_>) -> Option<&'static str> {
    let mut commitments = shape.optional("srCms")?.items().ok()?;
    let id = commitments.find_map(|item| item.optional("commId")?.optional("id")?.value().as_str())?;
    (id == crate::sign::PROOF_OF_APPROVAL).then_some(crate::sign::PROOF_OF_APPROVAL)
}

/// EN 319 102-1 5.2.7.4, 3).
fn check_value(header: &Header, value: &str, message: &[u8], signer: &Certificate) -> Result<(), Failure> {
    let key = signer.public_key().map_err(|error| for_signing(CertificateError::Key(error), false))?;
    let value = Base64::Url.decode(value).ok_or(JadesError::Base64 { member: "signature" })?;
    if header.curve.is_some_and(|curve| curve != key.kind()) {
        return Err(failure(SubIndication::SigCryptoFailure, CryptoError::AlgorithmDoesNotFitKey));
    }
    key.verify(header.algorithm, SignatureForm::Fixed, message, &value).map_err(|error| match error {
        CryptoError::AlgorithmDoesNotFitKey => failure(SubIndication::SigCryptoFailure, error),
        _ => failure(SubIndication::SigCryptoFailure, SignatureError::Wrong),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn why(header: &str) -> Option<String> {
        let document = Document::read(header).unwrap();
        check_critical(Shape::of(&document)).err().map(|error| error.to_string())
    }

    #[test]
    fn what_is_critical_is_understood_there_and_named_once() {
        for good in ["{}", r#"{"b64":false,"crit":["b64"]}"#, r#"{"b64":true,"crit":["sigD","b64"],"sigD":{}}"#] {
            assert_eq!(why(good), None, "{good}");
        }
        for bad in [
            r#"{"crit":[]}"#,
            r#"{"crit":"b64","b64":false}"#,
            r#"{"crit":["b64"]}"#,
            r#"{"crit":["b64","b64"],"b64":false}"#,
            r#"{"crit":["exp"],"exp":1}"#,
            r#"{"crit":["alg"],"alg":"ES256"}"#,
            r#"{"b64":false}"#,
            r#"{"sigD":{}}"#,
            r#"{"crit":["b64"],"b64":false,"sigD":{}}"#,
        ] {
            assert!(why(bad).is_some(), "{bad}");
        }
    }

    #[test]
    fn algorithms_are_a_closed_list() {
        for name in ["none", "None", "HS256", "es256", "RS1", "ES256 ", ""] {
            assert_eq!(algorithm(name).err().map(|failure| failure.why), Some(SubIndication::FormatFailure), "{name}");
        }
        assert_eq!(algorithm("EdDSA").err().map(|failure| failure.why), Some(SubIndication::CryptoConstraintsFailure));
        assert!(algorithm("PS512").is_ok());
    }
}
