//! More at a JWS in JSON of any maker: a signature beside or over those there are, a timestamp, evidence. Nothing of it is changed, see `splice.rs`.
//!
//! A compact JWS (RFC 7515 7.1) has room for one signature and nothing that is not signed.

use super::file::Signature;
use super::foreign::{self, Given, digest_of, parsed, verify_any};
use super::header::{Over, SignedPart, percent_encoded, url_text};
use super::sign::{Signable, begun, evidence};
use super::{JadesError, splice, unsigned};
use crate::crypto::{HashAlgorithm, SignatureAlgorithm};
use crate::digest::Sha256;
use crate::json::{Document, Shape};
use crate::limits;
use crate::pki::{Certificate, Policy};
use crate::report::Language;
use crate::sign::verdict::SubIndication;
use crate::sign::{SignError, ToBeSigned, Trust, Used};
use crate::text::{Base64, Instant};

/// A JWS of any maker that waits for one more signature.
#[derive(Clone, Debug)]
pub struct PendingAny {
    to_be_signed: ToBeSigned,
    /// The header's base64url.
    protected: String,
    text: String,
    /// The signature that it stands over; none where it stands beside those there are.
    over: Option<usize>,
}

impl PendingAny {
    /// What the key must sign.
    #[must_use]
    pub const fn to_be_signed(&self) -> &ToBeSigned {
        &self.to_be_signed
    }

    /// The file, once what came back is verified.
    ///
    /// # Errors
    /// What came back is no signature over the message by the certificate's key.
    pub fn attach(&self, signature: &[u8]) -> Result<Vec<u8>, SignError> {
        let value = url_text(self.to_be_signed.accept(signature)?.fixed());
        let Some(place) = self.over else { return Ok(splice::with_signature(&self.text, &self.protected, &value).into_bytes()) };
        let counter = Signature { protected: self.protected.clone(), value, unsigned: Vec::new() };
        let member = unsigned::counter_signature(&counter).map_err(SignError::Unwritable)?;
        Ok(splice::with_unsigned(&self.text, place, &member)?.into_bytes())
    }
}

/// A JWS in JSON.
struct Read<'f> {
    text: &'f str,
    payload: Option<String>,
    signatures: Vec<foreign::Signature>,
}

impl<'f> Read<'f> {
    fn of(file: &'f [u8]) -> Result<Self, JadesError> {
        if file.first() != Some(&b'{') {
            return Err(JadesError::Compact);
        }
        let (payload, signatures) = parsed(file)?;
        Ok(Self { text: std::str::from_utf8(file).map_err(|_| JadesError::NotJws)?, payload, signatures })
    }

    fn signature(&self, place: usize) -> Result<&foreign::Signature, JadesError> {
        self.signatures.get(place).ok_or(JadesError::NoSuchSignature)
    }
}

/// Whether some signature of a file names the files that it is over; else they are over a payload.
#[must_use]
pub fn names_parts(file: &[u8]) -> bool {
    let names = |protected: &str| Named::read(protected).is_ok_and(|named| named.parts.is_some());
    parsed(file).is_ok_and(|(_, signatures)| signatures.iter().any(|signature| names(&signature.protected)))
}

/// What a timestamp of the signature at a place is of (TS 119 182-1 5.3.4); see [`super::stamped`].
///
/// # Errors
/// The file is compact, cannot be read or has no such signature.
pub fn stamped_any(file: &[u8], signature: usize) -> Result<Vec<u8>, SignError> {
    Ok(Read::of(file)?.signature(signature)?.value.as_bytes().to_vec())
}

/// The file with a timestamp token at a signature.
///
/// # Errors
/// As [`stamped_any`].
pub fn with_timestamp_any(file: &[u8], signature: usize, token: &[u8]) -> Result<Vec<u8>, SignError> {
    let read = Read::of(file)?;
    Ok(splice::with_unsigned(read.text, signature, &unsigned::timestamp(token).map_err(SignError::Unwritable)?)?.into_bytes())
}

/// The file with certificates and the evidence of their status at a signature; see [`super::with_evidence`].
///
/// # Errors
/// As [`stamped_any`].
pub fn with_evidence_any(file: &[u8], signature: usize, used: &Used) -> Result<Vec<u8>, SignError> {
    let read = Read::of(file)?;
    let header = header(&read.signature(signature)?.protected)?;
    let mut carried = Vec::new();
    if let Some(list) = Shape::of(&header).optional("x5c") {
        for item in list.items().map_err(JadesError::HeaderMember)? {
            carried.extend(Base64::Standard.decode(item.text().map_err(JadesError::HeaderMember)?));
        }
    }
    let mut text = read.text.to_owned();
    for member in evidence(used, &carried).map_err(SignError::Unwritable)? {
        text = splice::with_unsigned(&text, signature, &member)?;
    }
    Ok(text.into_bytes())
}

/// Prepares a signature over the signature at a place; see [`super::prepare_over`].
///
/// # Errors
/// As [`super::prepare`] and [`stamped_any`].
pub fn prepare_over_any(
    file: &[u8],
    signature: usize,
    chain: &[Certificate],
    algorithm: SignatureAlgorithm,
    at: Instant,
) -> Result<PendingAny, SignError> {
    let read = Read::of(file)?;
    let content = Signable::value(&read.signature(signature)?.value);
    let (to_be_signed, protected) = begun(content, chain, algorithm, at)?;
    Ok(PendingAny { to_be_signed, protected, text: read.text.to_owned(), over: Some(signature) })
}

/// Prepares one more signature over what the signatures of a file are over, beside them.
///
/// # Errors
/// As [`super::prepare`]; the file is compact or cannot be read, its signatures are over different things, or what was given is not what they are
/// over: who signs that has seen something else.
pub fn prepare_beside_any(
    file: &[u8],
    given: &Given<'_>,
    chain: &[Certificate],
    algorithm: SignatureAlgorithm,
    at: Instant,
) -> Result<PendingAny, SignError> {
    let read = Read::of(file)?;
    if read.signatures.len() >= limits::SIGNERS {
        return Err(JadesError::TooManySignatures.into());
    }
    let payload = read.payload.filter(|payload| !payload.is_empty());
    let mut over: Option<Named> = None;
    for signature in &read.signatures {
        let named = Named::read(&signature.protected)?;
        // RFC 7797 3: `b64` is the same in all; and all sign the same.
        if over.as_ref().is_some_and(|over| *over != named) {
            return Err(JadesError::PartsDiffer.into());
        }
        over = Some(named);
    }
    let over = over.ok_or(JadesError::NoSuchSignature)?;
    check_given(file, given, payload.is_some() && over.parts.is_none())?;
    let (to_be_signed, protected) = begun(over.signable(payload, given)?, chain, algorithm, at)?;
    Ok(PendingAny { to_be_signed, protected, text: read.text.to_owned(), over: None })
}

fn header(protected: &str) -> Result<Document, JadesError> {
    let bytes = Base64::Url.decode(protected).ok_or(JadesError::Base64 { member: "protected" })?;
    Document::read(bytes).map_err(JadesError::HeaderUnreadable)
}

/// What a signature says that it is over.
#[derive(PartialEq, Eq)]
struct Named {
    raw: bool,
    /// The parts as it names them; none where it is over the payload.
    parts: Option<Vec<String>>,
}

impl Named {
    fn read(protected: &str) -> Result<Self, JadesError> {
        let header = header(protected)?;
        let shape = Shape::of(&header);
        let raw = shape.optional("b64").map(Shape::truth).transpose()? == Some(false);
        let Some(named) = shape.optional("sigD") else { return Ok(Self { raw, parts: None }) };
        let mut parts = Vec::new();
        for item in named.member("pars")?.items()? {
            if parts.len() == limits::PACKAGE_ENTRIES {
                return Err(JadesError::PartsUneven);
            }
            parts.push(item.text()?.to_owned());
        }
        Ok(Self { raw, parts: Some(parts) })
    }

    fn signable(self, payload: Option<String>, given: &Given<'_>) -> Result<Signable, SignError> {
        let raw = self.raw;
        let Some(names) = self.parts else {
            let beside = || given.payload.and_then(|content| content.bytes());
            let payload = match payload {
                Some(inside) => inside.into_bytes(),
                None if raw => beside().ok_or(SignError::NoContent)?.to_vec(),
                None => Base64::Url.encode(beside().ok_or(SignError::NoContent)?).into_bytes(),
            };
            return Ok(Signable { over: Over::Payload { raw }, parts: Vec::new(), payload });
        };
        let mut parts = Vec::new();
        for uri in names {
            let content = given.files.iter().find(|(known, _)| *known == uri || percent_encoded(known) == uri);
            let digest = content.and_then(|(_, content)| digest_of(content, HashAlgorithm::Sha256, raw));
            let digest = digest.and_then(|digest| <[u8; 32]>::try_from(digest).ok()).ok_or(SignError::NoContent)?;
            parts.push(SignedPart { uri, sha256: Sha256::from_bytes(digest) });
        }
        Ok(Signable { over: Over::Parts { raw }, parts, payload: Vec::new() })
    }
}

/// Whether what was given is what the signatures are over. Of a payload inside that need not be known: it is signed as it stands.
fn check_given(file: &[u8], given: &Given<'_>, inside: bool) -> Result<(), JadesError> {
    let received = Instant::from_unix(0);
    let nobody = Trust { anchors: &[], certificates: &[], crls: &[], answers: &[], revocation: Policy::None, received };
    let found = verify_any(file, given, &nobody, Language::En);
    let mut differs = !found.uncovered.is_empty() || !found.absent.is_empty();
    for judged in &found.signatures {
        differs |= match judged.verdict.sub_indication {
            Some(SubIndication::NoSigningCertificateFound) => !inside,
            Some(why) => matches!(
                why,
                SubIndication::FormatFailure
                    | SubIndication::HashFailure
                    | SubIndication::SigCryptoFailure
                    | SubIndication::SignedDataNotFound
            ),
            None => false,
        };
    }
    if differs { Err(JadesError::PartsDiffer) } else { Ok(()) }
}
