//! Verifying the signatures of a signed message: ETSI EN 319 102-1 V1.4.1, 5.3 and 5.5, for each signer by itself.
//!
//! In this order, as the standard has it: format, signer's certificate, content and value, then what [`crate::sign`] asks of every
//! signature. The signer's certificate is the one that the signed attributes bind; trust anchors come only from the caller.

use crate::asn1::ber::to_der;
use crate::asn1::{Known, Reader, Tag};
use crate::cms::{self, Attribute, CmsError, SignedData, SignerInfo};
use crate::crypto::{CryptoError, HashAlgorithm, Pss, VerificationAlgorithm, digest};
use crate::limits;
use crate::pki::{Certificate, Policy};
use crate::report::Language;
use crate::sign::added::Added;
use crate::sign::loose::{Ledger, Loose};
use crate::sign::validate::{self, Failure, Held, Used, check_held, failure};
use crate::sign::verdict::{SignatureVerdict, Signer, SubIndication, shown};
use crate::sign::{Content, SignatureError, Trust};
use crate::text::Instant;
use std::borrow::Cow;

/// Whether a content is what the signatures of a message are over, whoever made them: who adds to a signature of something else has seen something else.
///
/// # Errors
/// It is another one.
pub fn check_content(message: &[u8], content: &Content<'_>) -> Result<(), SignatureError> {
    let nobody =
        Trust { anchors: &[], certificates: &[], crls: &[], answers: &[], revocation: Policy::None, received: Instant::from_unix(0) };
    let verdicts = verify(message, Some(content), &nobody, Language::En);
    let changed = |verdict: &SignatureVerdict| verdict.sub_indication == Some(SubIndication::HashFailure);
    if verdicts.iter().any(changed) { Err(SignatureError::ContentChanged) } else { Ok(()) }
}

/// The hash functions by which a message's signers hashed its content, each once: what must be known of a content that streams by.
///
/// # Errors
/// The message cannot be read.
pub fn content_hashes(message: &[u8]) -> Result<Vec<HashAlgorithm>, CmsError> {
    let mut hashes = Vec::new();
    for signer in &SignedData::read(&as_der(message)?)?.signers {
        if let Ok(hash) = signer.hash()
            && !hashes.contains(&hash)
        {
            hashes.push(hash);
        }
    }
    Ok(hashes)
}

/// The verdict on every signature of a message, in its order. A message that cannot be read gives one, and that fails.
#[must_use]
pub fn verify(message: &[u8], content: Option<&Content<'_>>, trust: &Trust<'_>, language: Language) -> Vec<SignatureVerdict> {
    verify_whole(message, content, trust, language).0
}

/// The same with what the message carries unsigned that does not hold, where every signature passed.
pub(crate) fn verify_whole(
    message: &[u8],
    content: Option<&Content<'_>>,
    trust: &Trust<'_>,
    language: Language,
) -> (Vec<SignatureVerdict>, Vec<Loose>) {
    let open = || SignatureVerdict::open("cades");
    let message = as_der(message);
    match message.as_deref().map_err(Clone::clone).and_then(SignedData::read) {
        Err(error) => (vec![open().concluded(SubIndication::FormatFailure, &error, language)], Vec::new()),
        Ok(data) => {
            let certificates = data.read_certificates();
            let signed = Signed { data: &data, certificates: &certificates, content, trust, language };
            let (mut verdicts, mut ledger) = (Vec::new(), Ledger::default());
            for signer in &data.signers {
                verdicts.push(signed.verdict(signer, Over::Content, &mut ledger));
            }
            let passed = verdicts.iter().all(SignatureVerdict::passed);
            (verdicts, if passed { ledger.finish() } else { Vec::new() })
        }
    }
}

/// What the signature at a place of a message needs beside it to last (B-LT), from what the verifier has.
///
/// # Errors
/// The message cannot be read or has no such signature; the signature is not valid, as its verdict says.
pub fn lasting(
    message: &[u8],
    signer: usize,
    content: Option<&Content<'_>>,
    trust: &Trust<'_>,
    language: Language,
) -> Result<Used, Box<SignatureVerdict>> {
    let mut verdict = SignatureVerdict::open("cades");
    let message = as_der(message);
    let read = message.as_deref().map_err(Clone::clone).and_then(SignedData::read);
    let found = read.map_err(Failure::from).and_then(|data| {
        let certificates = data.read_certificates();
        let info = data.signers.get(signer).ok_or(CmsError::NoSigner)?;
        let signed = Signed { data: &data, certificates: &certificates, content, trust, language };
        let certificate = signed.check_signature(info, Over::Content, &mut verdict)?;
        let added = added(&data, info);
        validate::lasting(
            &Held { signer: certificate, others: &certificates, added: &added, baseline: verdict.signing_time.is_some() },
            trust,
            language,
            &mut verdict,
        )
    });
    found.map_err(|Failure { why, reason }| Box::new(verdict.concluded(why, reason.as_ref(), language)))
}

/// A message as DER: RFC 5652 allows BER around what is signed, which is in DER itself.
pub(super) fn as_der(message: &[u8]) -> Result<Cow<'_, [u8]>, CmsError> {
    if message.len() > limits::SIGNATURE_BYTES {
        return Err(CmsError::TooLarge { bytes: message.len() });
    }
    Ok(to_der(message)?)
}

/// What a signature is over.
#[derive(Clone, Copy)]
enum Over<'s> {
    Content,
    /// The value of another signature.
    Signature(&'s [u8]),
}

struct Signed<'s> {
    data: &'s SignedData<'s>,
    certificates: &'s [Certificate],
    content: Option<&'s Content<'s>>,
    trust: &'s Trust<'s>,
    language: Language,
}

impl<'s> Signed<'s> {
    fn verdict(&self, signer: &SignerInfo<'_>, over: Over<'_>, ledger: &mut Ledger) -> SignatureVerdict {
        let mut verdict = SignatureVerdict::open("cades");
        if let Err(Failure { why, reason }) = self.check(signer, over, &mut verdict, ledger) {
            verdict = verdict.concluded(why, reason.as_ref(), self.language);
        }
        // A signature over a signature may carry others in turn (RFC 5652 11.4); one of an office over one of a person is as far as anybody goes.
        if matches!(over, Over::Content) {
            verdict.counter_signatures = self.counter_signatures(signer, ledger);
        }
        verdict
    }

    fn counter_signatures(&self, signer: &SignerInfo<'_>, ledger: &mut Ledger) -> Vec<SignatureVerdict> {
        let mut verdicts = Vec::new();
        let of_kind = |attribute: &&Attribute<'_>| attribute.kind.known() == Known::CounterSignature;
        for attribute in signer.unsigned.all().iter().filter(of_kind) {
            for value in attribute.values() {
                if verdicts.len() == limits::SIGNERS {
                    ledger.note(Loose::CounterSignature);
                    break;
                }
                let verdict = match SignerInfo::read(&value) {
                    Ok(over) => self.verdict(&over, Over::Signature(signer.signature), ledger),
                    Err(error) => SignatureVerdict::open("cades").concluded(SubIndication::FormatFailure, &error, self.language),
                };
                if !verdict.passed() {
                    ledger.note(Loose::CounterSignature);
                }
                verdicts.push(verdict);
            }
        }
        verdicts
    }

    fn check(&self, signer: &SignerInfo<'_>, over: Over<'_>, verdict: &mut SignatureVerdict, ledger: &mut Ledger) -> Result<(), Failure> {
        let certificate = self.check_signature(signer, over, verdict)?;
        let counted = matches!(over, Over::Content);
        let known = |attribute: &Attribute<'_>| match attribute.kind.known() {
            Known::SignatureTimeStamp => true,
            Known::CounterSignature => counted,
            _ => false,
        };
        if !cms::is_versioned(signer) || !signer.unsigned.all().iter().all(known) || !cms::holds_known(self.data) {
            ledger.note(Loose::Unknown);
        }
        let added = added(self.data, signer);
        check_held(
            &Held { signer: certificate, others: self.certificates, added: &added, baseline: verdict.signing_time.is_some() },
            self.trust,
            self.language,
            verdict,
            ledger,
        )
    }

    /// Format, signer's certificate, content and value.
    fn check_signature(&self, signer: &SignerInfo<'_>, over: Over<'_>, verdict: &mut SignatureVerdict) -> Result<&'s Certificate, Failure> {
        verdict.signing_time = signing_time(signer)?.map(shown);
        verdict.commitment = commitment(signer)?;
        let algorithm = signer.verification().map_err(for_algorithm)?;
        verdict.algorithm = Some(name(algorithm));
        let certificate = self.certificates.iter().find(|certificate| signer.id.names(certificate));
        let certificate =
            certificate.ok_or_else(|| failure(SubIndication::NoSigningCertificateFound, SignatureError::CertificateMissing))?;
        verdict.signer = Some(Signer::of(certificate));
        let bound = signer.binds(certificate)?;
        self.check_content(signer, over)?;
        check_value(signer, certificate)?;
        signer.check_algorithm_protection()?;
        // EN 319 122-1 6.3: without it anybody's certificate for the same key would do.
        match bound {
            Some(true) => Ok(certificate),
            Some(false) => Err(failure(SubIndication::SigCryptoFailure, SignatureError::CertificateDiffers)),
            None => Err(failure(SubIndication::SigConstraintsFailure, SignatureError::CertificateNotBound)),
        }
    }

    /// EN 319 102-1 5.2.7.4, 1) and 2).
    fn check_content(&self, signer: &SignerInfo<'_>, over: Over<'_>) -> Result<(), Failure> {
        let (hash, signed) = (signer.hash()?, signer.message_digest()?);
        let found = match over {
            Over::Signature(value) => Some(digest(hash, &[value])),
            Over::Content => {
                // RFC 5652 11.1: the attribute is there, and names the kind of the content.
                if signer.signed_content_type()? != Some(self.data.content_type) {
                    return Err(CmsError::ContentTypeDiffers.into());
                }
                let inside = self.data.content.map(|content| digest(hash, &[content]));
                let given = self.content.and_then(|content| content.digest(hash));
                // Of a message that holds its content and a file given beside it, one may not stand for the other.
                if inside.as_ref().zip(given.as_ref()).is_some_and(|(inside, given)| inside != given) {
                    return Err(failure(SubIndication::HashFailure, SignatureError::ContentChanged));
                }
                inside.or(given)
            }
        };
        match found {
            None => Err(failure(SubIndication::SignedDataNotFound, SignatureError::ContentMissing)),
            Some(found) if found == signed => Ok(()),
            Some(_) => Err(failure(SubIndication::HashFailure, SignatureError::ContentChanged)),
        }
    }
}

/// What was added after signing: timestamps to the signature, the rest to the message.
fn added(data: &SignedData<'_>, signer: &SignerInfo<'_>) -> Added {
    // RFC 3161 A: a timestamp is of the signature's value.
    let mut added = Added::to(signer.signature);
    let of_kind = |attribute: &&Attribute<'_>| attribute.kind.known() == Known::SignatureTimeStamp;
    for attribute in signer.unsigned.all().iter().filter(of_kind) {
        added.tokens.extend(attribute.values().iter().map(|value| value.raw().to_vec()));
    }
    let owned = |list: &[&[u8]]| list.iter().map(|der| der.to_vec()).collect();
    (added.certificates, added.crls, added.ocsps) = (owned(&data.certificates), owned(&data.crls), owned(&data.ocsps));
    added
}

/// EN 319 102-1 5.2.7.4, 3).
fn check_value(signer: &SignerInfo<'_>, certificate: &Certificate) -> Result<(), Failure> {
    let key = certificate.public_key().map_err(|error| for_algorithm(CmsError::Crypto(error)))?;
    signer.verify(&key).map_err(|error| match error {
        CmsError::Crypto(CryptoError::SignatureMismatch) => failure(SubIndication::SigCryptoFailure, SignatureError::Wrong),
        error => failure(SubIndication::SigCryptoFailure, error),
    })
}

impl From<CmsError> for Failure {
    /// EN 319 102-1 5.2.2.
    fn from(error: CmsError) -> Self {
        failure(SubIndication::FormatFailure, error)
    }
}

/// EN 319 102-1 5.2.8: what nothing here verifies is undetermined, not wrong.
fn for_algorithm(error: CmsError) -> Failure {
    match error {
        CmsError::Crypto(error) => failure(SubIndication::CryptoConstraintsFailure, error),
        error => error.into(),
    }
}

/// The signer's claim of the time (RFC 5652 11.3).
fn signing_time(signer: &SignerInfo<'_>) -> Result<Option<Instant>, CmsError> {
    signer.signed.find(Known::SigningTime)?.map(|attribute| attribute.single(Reader::instant)).transpose()
}

/// What the signer commits to (EN 319 122-1 5.2.3), of what has a name here.
fn commitment(signer: &SignerInfo<'_>) -> Result<Option<&'static str>, CmsError> {
    let Some(attribute) = signer.signed.find(Known::CommitmentType)? else { return Ok(None) };
    let kind = attribute.single(|value| {
        value.within(Tag::SEQUENCE, |fields| {
            let kind = fields.oid();
            fields.optional(Tag::SEQUENCE);
            kind
        })
    })?;
    Ok((kind.known() == Known::ProofOfApproval).then_some(crate::sign::PROOF_OF_APPROVAL))
}

/// An algorithm by the name that JOSE gives it; those that JOSE has not are written in the same manner.
const fn name(algorithm: VerificationAlgorithm) -> &'static str {
    use HashAlgorithm::{Sha1, Sha256, Sha384, Sha512};
    match algorithm {
        VerificationAlgorithm::Ecdsa(Sha256) => "ES256",
        VerificationAlgorithm::Ecdsa(Sha384) => "ES384",
        VerificationAlgorithm::Ecdsa(Sha512) => "ES512",
        VerificationAlgorithm::RsaPkcs1(Sha256) => "RS256",
        VerificationAlgorithm::RsaPkcs1(Sha384) => "RS384",
        VerificationAlgorithm::RsaPkcs1(Sha512) => "RS512",
        VerificationAlgorithm::RsaPss(Pss { hash: Sha256, .. }) => "PS256",
        VerificationAlgorithm::RsaPss(Pss { hash: Sha384, .. }) => "PS384",
        VerificationAlgorithm::RsaPss(Pss { hash: Sha512, .. }) => "PS512",
        VerificationAlgorithm::Ecdsa(Sha1)
        | VerificationAlgorithm::RsaPkcs1(Sha1)
        | VerificationAlgorithm::RsaPss(Pss { hash: Sha1, .. }) => "SHA1",
    }
}
