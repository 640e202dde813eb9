//! Timestamps (RFC 3161): the question to an authority, its answer, and the token, a signed message over TSTInfo.

use super::write::hash_identifier;
use super::{CmsError, SignedData, TimestampError};
use crate::asn1::{AlgorithmIdentifier, Known, Reader, Tag, Writer, context, document};
use crate::crypto::{CryptoError, HashAlgorithm, digest};
use crate::pki::Certificate;
use crate::text::Instant;

/// TimeStampReq (RFC 3161 2.4.1) for a digest; the authority is to send its certificate along.
#[must_use]
pub fn request(hash: HashAlgorithm, imprint: &[u8], nonce: Option<&[u8]>) -> Vec<u8> {
    let mut out = Writer::default();
    out.within(Tag::SEQUENCE, |out| {
        out.number(1).within(Tag::SEQUENCE, |out| out.raw(&hash_identifier(hash)).octets(imprint));
        if let Some(nonce) = nonce {
            out.magnitude(nonce);
        }
        out.boolean(true)
    });
    out.finish()
}

/// The token of a TimeStampResp (RFC 3161 2.4.2), which must be of that digest and carry that nonce.
///
/// # Errors
/// It is no answer, a refusal, or an answer to something else.
pub fn token_of<'a>(answer: &'a [u8], hash: HashAlgorithm, imprint: &[u8], nonce: Option<&[u8]>) -> Result<&'a [u8], TimestampError> {
    let (status, reason, token) = document(answer, Tag::SEQUENCE, |fields| {
        let (status, reason) = fields.within(Tag::SEQUENCE, status_info);
        let token = fields.optional(Tag::SEQUENCE);
        fields.check().map(|()| (status, reason, token))
    })?;
    // 2.4.2: granted, and granted with modifications.
    if status > 1 {
        return Err(TimestampError::Rejected { status, reason });
    }
    let token = token.ok_or(TimestampError::NotTimestamp)?.raw();
    let read = Token::read(token)?;
    if !read.is_of(hash, imprint) {
        return Err(TimestampError::ImprintDiffers);
    }
    let significant = |number: &'_ [u8]| number.iter().skip_while(|byte| **byte == 0).copied().collect::<Vec<_>>();
    if nonce.is_some_and(|asked| read.nonce.is_none_or(|found| significant(found) != significant(asked))) {
        return Err(TimestampError::NonceDiffers);
    }
    Ok(token)
}

/// PKIStatusInfo (RFC 3161 2.4.2): the status, and what the authority says to it.
fn status_info(fields: &mut Reader<'_>) -> (u64, String) {
    let status = fields.number();
    let mut reason = String::new();
    if fields.next_is(Tag::SEQUENCE) {
        fields.within(Tag::SEQUENCE, |texts| {
            while texts.more() {
                let text = String::from_utf8(texts.element(Tag::UTF8_STRING).contents().to_vec()).unwrap_or_default();
                reason = text.chars().take(MOST_LETTERS).collect();
            }
        });
    }
    fields.optional(Tag::BIT_STRING);
    (status, reason)
}

/// Letters of what an authority says that are passed on.
const MOST_LETTERS: usize = 200;

/// A timestamp token as it was read; nothing says yet who made it.
#[derive(Clone, Debug)]
pub struct Token<'a> {
    /// When, to the second.
    pub time: Instant,
    /// The authority's nonce, as it was asked.
    pub nonce: Option<&'a [u8]>,
    hash: AlgorithmIdentifier<'a>,
    imprint: &'a [u8],
    content: &'a [u8],
    data: SignedData<'a>,
}

impl<'a> Token<'a> {
    /// Reads a token from DER.
    ///
    /// # Errors
    /// It is no signed message over TSTInfo by one signer.
    pub fn read(der: &'a [u8]) -> Result<Self, TimestampError> {
        let data = SignedData::read(der)?;
        let content = data.content.filter(|_| data.content_type.known() == Known::TstInfo).ok_or(TimestampError::NotTimestamp)?;
        if data.signers.len() != 1 {
            return Err(TimestampError::NotTimestamp);
        }
        let (time, nonce, hash, imprint) = document(content, Tag::SEQUENCE, info)?;
        Ok(Self { time, nonce, hash, imprint, content, data })
    }

    /// Whether it is of that digest.
    #[must_use]
    pub fn is_of(&self, hash: HashAlgorithm, imprint: &[u8]) -> bool {
        HashAlgorithm::from_identifier(&self.hash) == Some(hash) && self.imprint == imprint
    }

    /// Whether it is of these bytes.
    ///
    /// # Errors
    /// They were hashed by what hoso does not accept, or it is of others.
    pub fn check_imprint(&self, bytes: &[u8]) -> Result<(), TimestampError> {
        let hash = match HashAlgorithm::from_identifier(&self.hash) {
            Some(HashAlgorithm::Sha1) => return Err(CmsError::Crypto(CryptoError::AlgorithmWeak { oid: self.hash.oid.into() }).into()),
            Some(hash) => hash,
            None => return Err(CmsError::Crypto(CryptoError::AlgorithmUnsupported { oid: self.hash.oid.into() }).into()),
        };
        if digest(hash, &[bytes]) == self.imprint { Ok(()) } else { Err(TimestampError::ImprintDiffers) }
    }

    /// The certificates, lists and responses it carries.
    #[must_use]
    pub const fn data(&self) -> &SignedData<'a> {
        &self.data
    }

    /// The certificate it was signed with, among those it carries and those at hand; its signature holds, and is bound to it.
    ///
    /// # Errors
    /// There is none, or the signature does not hold.
    pub fn verified_by(&self, at_hand: &[Certificate]) -> Result<Certificate, TimestampError> {
        let signer = self.data.signers.first().ok_or(TimestampError::NotTimestamp)?;
        let carried = self.data.read_certificates();
        let certificate = carried.iter().chain(at_hand).find(|certificate| signer.id.names(certificate));
        let certificate = certificate.ok_or(TimestampError::CertificateMissing)?.clone();
        // RFC 5652 11.1: signed attributes name the kind of what is signed.
        if signer.signed_content_type()?.map(|kind| kind.known()) != Some(Known::TstInfo) {
            return Err(CmsError::ContentTypeDiffers.into());
        }
        if digest(signer.hash()?, &[self.content]) != signer.message_digest()? {
            return Err(TimestampError::Wrong);
        }
        signer.check_algorithm_protection()?;
        // RFC 3161 2.4.2: the token must be bound to the certificate.
        if signer.binds(&certificate)? != Some(true) {
            return Err(TimestampError::CertificateNotBound);
        }
        let key = certificate.public_key().map_err(CmsError::Crypto)?;
        match signer.verify(&key) {
            Ok(()) => Ok(certificate),
            Err(CmsError::Crypto(CryptoError::SignatureMismatch)) => Err(TimestampError::Wrong),
            Err(error) => Err(error.into()),
        }
    }
}

type Info<'a> = (Instant, Option<&'a [u8]>, AlgorithmIdentifier<'a>, &'a [u8]);

/// TSTInfo (RFC 3161 2.4.2).
fn info<'a>(fields: &mut Reader<'a>) -> Result<Info<'a>, TimestampError> {
    let version = fields.number();
    fields.oid();
    let (hash, imprint) = fields.within(Tag::SEQUENCE, |pair| (AlgorithmIdentifier::read(pair), pair.octets()));
    fields.integer();
    let time = fields.precise_instant();
    // Accuracy, in seconds and their parts.
    fields.optional(Tag::SEQUENCE);
    if fields.next_is(Tag::BOOLEAN) {
        fields.boolean();
    }
    let nonce = fields.next_is(Tag::INTEGER).then(|| fields.integer());
    // tsa [0], the name of the authority, and extensions [1], none of which is critical to what is asked here.
    fields.optional(context(0));
    let extensions = fields.optional(context(1));
    fields.check()?;
    if version != 1 || fields.more() || extensions.is_some_and(|list| has_critical(list.contents())) {
        return Err(TimestampError::NotTimestamp);
    }
    Ok((time, nonce, hash, imprint))
}

/// RFC 5280 4.2: a critical extension that is not understood refuses what it stands in.
fn has_critical(list: &[u8]) -> bool {
    let mut reader = Reader::new(list);
    let mut critical = false;
    while reader.more() {
        reader.within(Tag::SEQUENCE, |extension| {
            extension.oid();
            critical |= extension.next_is(Tag::BOOLEAN) && extension.boolean();
            extension.octets();
        });
    }
    critical || reader.check().is_err()
}
