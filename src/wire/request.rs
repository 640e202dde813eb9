//! What a program asks for when it seals.

use super::{RequestError, moment};
use crate::digest::Sha256;
use crate::dossier::manifest::Dossier;
use crate::dossier::{Attachment, SealError, SealOptions, media};
use crate::json::{Document, Pointer, Reading, Shape};

/// What a program asks, read from JSON by its shape: no member is unknown, none is missing.
pub trait Request: Sized {
    /// Reads a request.
    fn read(reading: Reading<'_, '_>) -> Self;

    /// Reads a request from JSON text.
    ///
    /// # Errors
    /// It is no JSON, or has another shape.
    fn from_json(text: Vec<u8>) -> Result<Self, RequestError> {
        let document = Document::read(text).map_err(|error| RequestError::Shape { reason: error.text() })?;
        Shape::of(&document).reading(Self::read).map_err(|error| RequestError::Shape { reason: error.text() })
    }
}

impl<T: Request> Request for Vec<T> {
    fn read(reading: Reading<'_, '_>) -> Self {
        reading.items(T::read)
    }
}

/// A file that was measured before, by a program that kept what was found.
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "the members are those of an attachment")]
pub struct KnownFile {
    pub field: String,
    pub name: String,
    pub media_type: String,
    pub size: u32,
    pub sha256: String,
    pub crc32: u32,
}

impl Request for KnownFile {
    fn read(reading: Reading<'_, '_>) -> Self {
        let members = reading.object(&["field", "name", "mediaType", "size", "sha256", "crc32"], &[]);
        Self {
            field: text(members, "field"),
            name: text(members, "name"),
            media_type: text(members, "mediaType"),
            size: word(members, "size"),
            sha256: text(members, "sha256"),
            crc32: word(members, "crc32"),
        }
    }
}

impl KnownFile {
    /// The attachment, unless hoso does not know its media type.
    ///
    /// # Errors
    /// The field or the digest is none.
    pub fn attachment(&self) -> Result<Result<Attachment, SealError>, RequestError> {
        let field = pointer(&self.field)?;
        let sha256 = digest(&self.sha256)?;
        let file_name = self.name.clone();
        Ok(match media::known(&self.media_type) {
            Some(media_type) => Ok(Attachment { field, file_name, media_type, size: self.size, sha256, crc32: self.crc32 }),
            None => Err(SealError::AttachmentTypeUnknown { name: file_name }),
        })
    }
}

/// How a dossier is to be sealed.
#[derive(Clone, Debug)]
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

impl Request for SealRequest {
    fn read(reading: Reading<'_, '_>) -> Self {
        let members = reading.object(&["now", "audience", "id", "nonce", "createdAt", "attachments"], &["supersedes"]);
        Self {
            now: text(members, "now"),
            audience: text(members, "audience"),
            id: text(members, "id"),
            nonce: text(members, "nonce"),
            created_at: text(members, "createdAt"),
            supersedes: text_or_none(members, "supersedes"),
            attachments: Vec::read(members.member("attachments")),
        }
    }
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

pub(super) fn text(members: Reading<'_, '_>, name: &str) -> String {
    members.member(name).text().to_owned()
}

pub(super) fn text_or_none(members: Reading<'_, '_>, name: &str) -> Option<String> {
    members.optional(name).map(|member| member.text().to_owned())
}

/// A whole number of 32 bits.
fn word(members: Reading<'_, '_>, name: &str) -> u32 {
    let member = members.member(name);
    u32::try_from(member.size()).unwrap_or_else(|_| {
        member.refuse();
        0
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reason<T: Request + std::fmt::Debug>(text: &str) -> String {
        match T::from_json(text.into()) {
            Err(RequestError::Shape { reason }) => reason,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_request_has_its_shape_or_says_where_it_has_not() {
        let file = r#"{"field": "/a", "name": "a.pdf", "mediaType": "application/pdf", "size": 1, "sha256": "", "crc32": 4294967295}"#;
        assert_eq!(KnownFile::from_json(file.into()).unwrap().crc32, u32::MAX);
        assert_eq!(Vec::<KnownFile>::from_json(format!("[{file}]").into()).unwrap().len(), 1);
        assert_eq!(reason::<KnownFile>(&file.replace("4294967295", "4294967296")), "mistyped member at `/crc32`");
        assert_eq!(reason::<Vec<KnownFile>>(&format!("[{}]", file.replace("size", "Size"))), "unknown member at `/0/Size`");
        assert_eq!(reason::<SealRequest>("{}"), "missing member at `/now`");
        assert!(!reason::<SealRequest>("{").is_empty());
    }
}
