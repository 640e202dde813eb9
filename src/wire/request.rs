//! What a program asks for when it seals or verifies.

use super::{RequestError, moment};
use crate::crypto::SignatureAlgorithm;
use crate::digest::Sha256;
use crate::json::Pointer;
use crate::pki::Certificate;
use crate::pki::Policy;
use crate::pki::crl::Crl;
use crate::report::Language;
use crate::submission::manifest::Dossier;
use crate::submission::{Attachment, SealError, SealOptions, VerifyOptions, media};
use serde::Deserialize;

/// A file that was measured before, by a program that kept what was found.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the members are those of an attachment")]
pub struct KnownFile {
    pub field: String,
    pub name: String,
    pub media_type: String,
    pub size: u32,
    pub sha256: String,
    pub crc32: u32,
}

impl KnownFile {
    /// The attachment, unless hoso does not know its media type.
    ///
    /// # Errors
    /// The field or the digest is none.
    pub fn attachment(self) -> Result<Result<Attachment, SealError>, RequestError> {
        let field = pointer(&self.field)?;
        let sha256 = digest(&self.sha256)?;
        let Some(media_type) = media::known(&self.media_type) else {
            return Ok(Err(SealError::AttachmentTypeUnknown { name: self.name }));
        };
        Ok(Ok(Attachment { field, file_name: self.name, media_type, size: self.size, sha256, crc32: self.crc32 }))
    }
}

/// How a dossier is to be sealed.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the members are those of the options")]
pub struct SealRequest {
    /// The moment the form was checked for.
    pub now: String,
    pub audience: String,
    pub id: String,
    pub nonce: String,
    pub created_at: String,
    pub supersedes: Option<String>,
    pub attachments: Vec<KnownFile>,
}

impl SealRequest {
    /// The options.
    ///
    /// # Errors
    /// A moment or a digest is none.
    pub fn options(&self) -> Result<SealOptions, RequestError> {
        Ok(SealOptions {
            audience: self.audience.clone(),
            dossier: Dossier { id: self.id.clone(), nonce: self.nonce.clone() },
            created_at: moment(&self.created_at)?,
            supersedes: self.supersedes.as_deref().map(digest).transpose()?,
        })
    }
}

/// What a verifier expects, beside certificates and revocation lists.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the members are those of the options")]
pub struct VerifyRequest {
    pub received_at: String,
    pub revocation: Revocation,
    pub schemas: Option<Vec<String>>,
    pub audience: Option<String>,
}

/// What must be known of revocation.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Revocation {
    /// See [`Policy::Require`].
    Require,
    /// See [`Policy::IfAvailable`].
    IfAvailable,
    /// See [`Policy::None`].
    None,
}

impl VerifyRequest {
    /// The options, with what was read of the certificates and lists.
    ///
    /// # Errors
    /// A moment or a digest is none.
    pub fn options(self, anchors: Vec<Certificate>, crls: Vec<Crl>, language: Language) -> Result<VerifyOptions, RequestError> {
        let schemas = self.schemas.map(|schemas| schemas.iter().map(|text| digest(text)).collect()).transpose()?;
        Ok(VerifyOptions {
            anchors,
            crls,
            revocation: match self.revocation {
                Revocation::Require => Policy::Require,
                Revocation::IfAvailable => Policy::IfAvailable,
                Revocation::None => Policy::None,
            },
            schemas,
            audience: self.audience,
            received: moment(&self.received_at)?,
            language,
        })
    }
}

/// A digest as 64 hexadecimal digits, or with `sha-256:` before them.
///
/// # Errors
/// It is neither.
pub fn digest(text: &str) -> Result<Sha256, RequestError> {
    Sha256::from_hex(text).or_else(|| Sha256::from_id(text)).ok_or_else(|| RequestError::Digest { argument: text.to_owned() })
}

/// The field an argument names.
///
/// # Errors
/// It is no pointer, or names the whole form.
pub fn pointer(text: &str) -> Result<Pointer, RequestError> {
    let pointer = Pointer::parse(text).filter(|field| !field.as_str().is_empty());
    pointer.ok_or_else(|| RequestError::Pointer { argument: text.to_owned() })
}

/// The algorithm of that name among those that a key can sign with.
///
/// # Errors
/// It is none of them.
pub fn algorithm(name: &str, usable: &[SignatureAlgorithm]) -> Result<SignatureAlgorithm, RequestError> {
    SignatureAlgorithm::from_jose_name(name).filter(|algorithm| usable.contains(algorithm)).ok_or_else(|| {
        let usable = usable.iter().map(|algorithm| algorithm.jose_name()).collect::<Vec<_>>().join(", ");
        RequestError::Algorithm { argument: name.to_owned(), usable }
    })
}
