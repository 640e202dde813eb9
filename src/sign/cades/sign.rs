//! Preparing a signed message, one more signature in it, or a signature over a signature.

use super::verify::as_der;
use crate::asn1::{Known, Tag, Writer};
use crate::cms::{self, CmsError, SignedData, SignerParts, algorithm_protection, attribute};
use crate::crypto::{HashAlgorithm, SignatureAlgorithm, digest};
use crate::pki::Certificate;
use crate::sign::cades::Content;
use crate::sign::to_be_signed::Signer;
use crate::sign::{SignError, ToBeSigned, Used};
use crate::text::Instant;

/// A signed message that waits for its signature.
#[derive(Clone, Debug)]
pub struct Pending {
    to_be_signed: ToBeSigned,
    parts: SignerParts,
    hash: HashAlgorithm,
    certificates: Vec<Certificate>,
    place: Place,
}

/// Where the signature goes.
#[derive(Clone, Debug)]
enum Place {
    /// A message of its own, with the content in it or not.
    New { content: Option<Vec<u8>> },
    /// Beside the signatures of this message.
    Beside { message: Vec<u8> },
    /// Over a signature of this message.
    Over { message: Vec<u8>, signer: usize },
}

/// What the signature of a message is to cover, and where it goes.
#[derive(Clone, Copy, Debug)]
pub enum Countersigned<'m> {
    /// The content of this message, beside the signatures there are.
    Content(&'m [u8]),
    /// The signature at this place of this message.
    Signature(&'m [u8], usize),
}

/// Prepares a signature over a content by the first certificate of a chain; see [`crate::sign::jades::prepare`].
///
/// With `enveloping` the message holds the content, else it is detached.
///
/// # Errors
/// The certificate may not sign at that instant, or its key does not fit the algorithm; the content's digest is not known.
pub fn prepare(
    content: &Content<'_>,
    enveloping: bool,
    chain: &[Certificate],
    algorithm: SignatureAlgorithm,
    at: Instant,
) -> Result<Pending, SignError> {
    let held = if enveloping { Some(content.bytes().ok_or(SignError::NoContent)?.to_vec()) } else { None };
    let digest = content.digest(algorithm.hash()).ok_or(SignError::NoContent)?;
    pending(&digest, true, chain, algorithm, at, Place::New { content: held })
}

/// Prepares one more signature in a message that is there: beside its signatures, over the same content, or over one of them.
///
/// # Errors
/// As [`prepare`]; the message cannot be read, or has no such signature.
pub fn countersign(
    over: Countersigned<'_>,
    content: Option<&Content<'_>>,
    chain: &[Certificate],
    algorithm: SignatureAlgorithm,
    at: Instant,
) -> Result<Pending, SignError> {
    match over {
        Countersigned::Content(message) => {
            let message = as_der(message)?;
            let data = SignedData::read(&message)?;
            let inside = data.content.map(Content::of);
            let content = inside.as_ref().or(content).ok_or(SignError::NoContent)?;
            if data.content_type.known() != Known::Data {
                return Err(CmsError::ContentTypeDiffers.into());
            }
            let digest = content.digest(algorithm.hash()).ok_or(SignError::NoContent)?;
            pending(&digest, true, chain, algorithm, at, Place::Beside { message: message.to_vec() })
        }
        Countersigned::Signature(message, signer) => {
            let message = as_der(message)?;
            let data = SignedData::read(&message)?;
            let value = data.signers.get(signer).ok_or(CmsError::NoSigner)?.signature;
            let place = Place::Over { message: message.to_vec(), signer };
            pending(&digest(algorithm.hash(), &[value]), false, chain, algorithm, at, place)
        }
    }
}

fn pending(
    digest: &[u8],
    of_content: bool,
    chain: &[Certificate],
    algorithm: SignatureAlgorithm,
    at: Instant,
    place: Place,
) -> Result<Pending, SignError> {
    let signer = Signer::of(chain, algorithm, at)?;
    let mut attributes = vec![
        attribute(Known::MessageDigest, &written(|out| out.octets(digest))),
        attribute(Known::SigningTime, &written(|out| out.time(at))),
        attribute(Known::SigningCertificateV2, &signing_certificate(signer.certificate)),
        algorithm_protection(algorithm),
    ];
    // RFC 5652 11.4: a counter-signature has no content-type; EN 319 122-1 6.3: nor does it commit to the content.
    if of_content {
        attributes.push(attribute(Known::ContentType, &written(|out| out.oid(Known::Data.oid()))));
        let approval = written(|out| out.within(Tag::SEQUENCE, |out| out.oid(Known::ProofOfApproval.oid())));
        attributes.push(attribute(Known::CommitmentType, &approval));
    }
    let parts = SignerParts::new(signer.certificate, algorithm, attributes);
    let to_be_signed = signer.to_be_signed(parts.message().to_vec());
    let certificates = signer.chain.into_iter().cloned().collect();
    Ok(Pending { to_be_signed, parts, hash: algorithm.hash(), certificates, place })
}

impl Pending {
    /// What the key must sign.
    #[must_use]
    pub const fn to_be_signed(&self) -> &ToBeSigned {
        &self.to_be_signed
    }

    /// The message with the signature in it, once what came back is verified.
    ///
    /// # Errors
    /// What came back is no signature over the message by the certificate's key.
    pub fn attach(&self, signature: &[u8]) -> Result<Vec<u8>, SignError> {
        let info = self.parts.signer_info(&self.to_be_signed.accept(signature)?.der());
        Ok(match &self.place {
            Place::New { content } => cms::signed_data(Known::Data, content.as_deref(), &self.certificates, self.hash, &info),
            Place::Beside { message } => cms::add_signer(&SignedData::read(message)?, &self.certificates, self.hash, &info),
            Place::Over { message, signer } => {
                let data = SignedData::read(message)?;
                let certificates: Vec<_> = self.certificates.iter().map(|certificate| certificate.der().to_vec()).collect();
                let with = cms::add_unsigned(&data, *signer, &attribute(Known::CounterSignature, &info));
                cms::add_evidence(&SignedData::read(&with)?, &certificates, &[], &[])
            }
        })
    }
}

/// What a timestamp of the signature at a place of a message is of (RFC 3161 A): its value.
///
/// # Errors
/// The message cannot be read or has no such signature.
pub fn stamped(message: &[u8], signer: usize) -> Result<Vec<u8>, SignError> {
    Ok(SignedData::read(&as_der(message)?)?.signers.get(signer).ok_or(CmsError::NoSigner)?.signature.to_vec())
}

/// The message with a timestamp token at a signature. Among several it may stand at another place then: they are in the order of DER (X.690 11.6).
///
/// # Errors
/// The message cannot be read or has no such signature.
pub fn with_timestamp(message: &[u8], signer: usize, token: &[u8]) -> Result<Vec<u8>, SignError> {
    let message = as_der(message)?;
    let data = SignedData::read(&message)?;
    if signer >= data.signers.len() {
        return Err(CmsError::NoSigner.into());
    }
    Ok(cms::add_unsigned(&data, signer, &attribute(Known::SignatureTimeStamp, token)))
}

/// The message with certificates and the evidence of their status beside what it carries.
///
/// # Errors
/// The message cannot be read.
pub fn with_evidence(message: &[u8], used: &Used) -> Result<Vec<u8>, SignError> {
    Ok(cms::add_evidence(&SignedData::read(&as_der(message)?)?, &used.certificates, &used.crls, &used.ocsps))
}

/// SigningCertificateV2 (RFC 5035 3) of one certificate by SHA-256, which is the default and so not written; without issuerSerial, as EN 319 122-1
/// 6.3 recommends.
fn signing_certificate(certificate: &Certificate) -> Vec<u8> {
    let hash = certificate.sha256();
    written(|out| {
        out.within(Tag::SEQUENCE, |out| out.within(Tag::SEQUENCE, |out| out.within(Tag::SEQUENCE, |out| out.octets(hash.bytes()))))
    })
}

fn written(write: impl FnOnce(&mut Writer) -> &mut Writer) -> Vec<u8> {
    let mut out = Writer::default();
    write(&mut out);
    out.finish()
}
