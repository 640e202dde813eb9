//! Preparing a signature file, one more signature in it, or a signature over a signature, and putting the signature in.

use super::file::{File, Signature};
use super::header::{Header, Over, SignedPart, signing_input, url_text};
use super::{JadesError, unsigned};
use crate::crypto::SignatureAlgorithm;
use crate::json::WriteError;
use crate::pki::Certificate;
use crate::sign::to_be_signed::Signer;
use crate::sign::{Part, SignError, ToBeSigned, Used};
use crate::text::Instant;

/// A signature file that waits for its signature.
#[derive(Clone, Debug)]
pub struct Pending {
    to_be_signed: ToBeSigned,
    /// The header's base64url.
    protected: String,
    place: Place,
}

/// Where the signature goes.
#[derive(Clone, Debug)]
enum Place {
    /// Beside these signatures, of which there may be none.
    Beside(Vec<Signature>),
    /// Over the one at this place.
    Over(Vec<Signature>, usize),
}

/// Prepares a signature over parts, in their order, by the first certificate of a chain.
///
/// The rest of the chain may stand in any order: the signature carries those that lead from the signer upwards, without the root.
///
/// # Errors
/// The certificate may not sign at that instant, or its key does not fit the algorithm.
pub fn prepare(parts: &[Part], chain: &[Certificate], algorithm: SignatureAlgorithm, at: Instant) -> Result<Pending, SignError> {
    let content = Signable::parts(parts.iter().map(Into::into).collect());
    pending(content, chain, algorithm, at, Place::Beside(Vec::new()))
}

/// Prepares one more signature over the same parts, beside those that a file holds.
///
/// # Errors
/// As [`prepare`]; the file cannot be read, or its signatures are over other parts.
pub fn prepare_beside(
    file: &[u8],
    parts: &[Part],
    chain: &[Certificate],
    algorithm: SignatureAlgorithm,
    at: Instant,
) -> Result<Pending, SignError> {
    let file = File::read(file)?;
    let parts: Vec<SignedPart> = parts.iter().map(Into::into).collect();
    for signature in &file.signatures {
        if Header::read(&signature.header()?)?.parts != parts {
            return Err(JadesError::PartsDiffer.into());
        }
    }
    pending(Signable::parts(parts), chain, algorithm, at, Place::Beside(file.signatures))
}

/// Prepares a signature over the signature at a place of a file (TS 119 182-1 5.3.2): a receipt, say.
///
/// # Errors
/// As [`prepare`]; the file cannot be read or has no such signature.
pub fn prepare_over(
    file: &[u8],
    signature: usize,
    chain: &[Certificate],
    algorithm: SignatureAlgorithm,
    at: Instant,
) -> Result<Pending, SignError> {
    let file = File::read(file)?;
    let over = file.signatures.get(signature).ok_or(JadesError::NoSuchSignature)?;
    pending(Signable::value(&over.value), chain, algorithm, at, Place::Over(file.signatures, signature))
}

/// What is signed: what the header says of it, and the payload as it is signed.
pub(super) struct Signable {
    pub(super) over: Over,
    pub(super) parts: Vec<SignedPart>,
    pub(super) payload: Vec<u8>,
}

impl Signable {
    const fn parts(parts: Vec<SignedPart>) -> Self {
        Self { over: Over::Parts { raw: true }, parts, payload: Vec::new() }
    }

    /// The value of another signature.
    pub(super) fn value(value: &str) -> Self {
        Self { over: Over::Signature, parts: Vec::new(), payload: value.as_bytes().to_vec() }
    }
}

fn pending(
    content: Signable,
    chain: &[Certificate],
    algorithm: SignatureAlgorithm,
    at: Instant,
    place: Place,
) -> Result<Pending, SignError> {
    let (to_be_signed, protected) = begun(content, chain, algorithm, at)?;
    Ok(Pending { to_be_signed, protected, place })
}

/// What the key must sign, and the header's base64url.
pub(super) fn begun(
    content: Signable,
    chain: &[Certificate],
    algorithm: SignatureAlgorithm,
    at: Instant,
) -> Result<(ToBeSigned, String), SignError> {
    let signer = Signer::of(chain, algorithm, at)?;
    let certificates = signer.chain.iter().map(|certificate| certificate.der().to_vec()).collect();
    let Signable { over, parts, payload } = content;
    let header = Header { algorithm, issued: at.unix(), certificates, over, parts };
    let protected = url_text(header.to_canonical().map_err(SignError::Unwritable)?.as_bytes());
    Ok((signer.to_be_signed(signing_input(&protected, payload)), protected))
}

impl Pending {
    /// What the key must sign.
    #[must_use]
    pub const fn to_be_signed(&self) -> &ToBeSigned {
        &self.to_be_signed
    }

    /// The signature file, once what came back is verified.
    ///
    /// # Errors
    /// What came back is no signature over the message by the certificate's key.
    pub fn attach(&self, signature: &[u8]) -> Result<Vec<u8>, SignError> {
        let value = url_text(self.to_be_signed.accept(signature)?.fixed());
        let signature = Signature { protected: self.protected.clone(), value, unsigned: Vec::new() };
        let signatures = match &self.place {
            Place::Beside(others) => others.iter().cloned().chain([signature]).collect(),
            Place::Over(signatures, at) => {
                let member = unsigned::counter_signature(&signature).map_err(SignError::Unwritable)?;
                with(signatures.clone(), *at, member)
            }
        };
        File { signatures }.write().map_err(SignError::Unwritable)
    }
}

/// The signatures with one more unsigned member at one of them.
fn with(mut signatures: Vec<Signature>, at: usize, member: String) -> Vec<Signature> {
    if let Some(signature) = signatures.get_mut(at) {
        signature.unsigned.push(member);
    }
    signatures
}

/// Whether a file is in the form that is written here, which [`verify_any`](super::verify_any) reads as well, and the functions for files of any maker.
#[must_use]
pub fn is_ours(file: &[u8]) -> bool {
    let reads = |signature: &Signature| signature.header().and_then(|header| Header::read(&header)).is_ok();
    File::read(file).is_ok_and(|file| file.signatures.iter().all(reads))
}

/// What a timestamp of the signature at a place of a file is of (TS 119 182-1 5.3.4): the value's base64url.
///
/// # Errors
/// The file cannot be read or has no such signature.
pub fn stamped(file: &[u8], signature: usize) -> Result<Vec<u8>, SignError> {
    let file = File::read(file)?;
    Ok(file.signatures.get(signature).ok_or(JadesError::NoSuchSignature)?.value.as_bytes().to_vec())
}

/// The file with a timestamp token at a signature.
///
/// # Errors
/// The file cannot be read or has no such signature.
pub fn with_timestamp(file: &[u8], signature: usize, token: &[u8]) -> Result<Vec<u8>, SignError> {
    extended(file, signature, |_| Ok(vec![unsigned::timestamp(token)?]))
}

/// The file with certificates and the evidence of their status at a signature, those left out that it carries already.
///
/// # Errors
/// The file cannot be read or has no such signature.
pub fn with_evidence(file: &[u8], signature: usize, used: &Used) -> Result<Vec<u8>, SignError> {
    extended(file, signature, |there| {
        let carried = Header::read(&there.header().unwrap_or_default()).map(|header| header.certificates).unwrap_or_default();
        evidence(used, &carried)
    })
}

/// The members of `etsiU` that hold evidence, but for certificates that the header carries.
pub(super) fn evidence(used: &Used, carried: &[Vec<u8>]) -> Result<Vec<String>, WriteError> {
    let mut missing = Vec::new();
    for der in &used.certificates {
        if !carried.contains(der) {
            missing.push(der.clone());
        }
    }
    let mut members = Vec::new();
    if !missing.is_empty() {
        members.push(unsigned::certificates(&missing)?);
    }
    if !used.crls.is_empty() || !used.ocsps.is_empty() {
        members.push(unsigned::statuses(&used.crls, &used.ocsps)?);
    }
    Ok(members)
}

fn extended(file: &[u8], at: usize, members: impl FnOnce(&Signature) -> Result<Vec<String>, WriteError>) -> Result<Vec<u8>, SignError> {
    let mut file = File::read(file)?;
    let signature = file.signatures.get_mut(at).ok_or(JadesError::NoSuchSignature)?;
    signature.unsigned.extend(members(signature).map_err(SignError::Unwritable)?);
    file.write().map_err(SignError::Unwritable)
}
