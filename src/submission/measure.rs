//! Files, measured while they stream by.

use crate::digest::{Sha256, Sha256Stream};
use crate::dossier::SealError;
use crate::dossier::attachment::{Attachment, is_file_name};
use crate::dossier::media::{HEAD_BYTES, detect};
use crate::json::Pointer;
use crate::text::nfc;
use crate::zip::Crc32;

/// Measures a file piece by piece, so that it is never held whole.
#[derive(Default)]
pub struct Measure {
    rest: MeasureWithoutDigest,
    sha256: Sha256Stream,
}

/// Measures all of a file but its digest, for a caller who has a faster way to that.
#[derive(Default)]
pub struct MeasureWithoutDigest {
    head: Vec<u8>,
    size: u64,
    crc32: Crc32,
}

impl Measure {
    /// Takes the next piece.
    pub fn push(&mut self, piece: &[u8]) {
        self.rest.push(piece);
        self.sha256.update(piece);
    }

    /// The file, whose last piece has come, as an attachment of a field.
    ///
    /// # Errors
    /// A file too large for a package, of a type hoso does not know, or with a name that no system should keep.
    pub fn finish(self, field: Pointer, file_name: &str) -> Result<Attachment, SealError> {
        self.rest.finish(field, file_name, self.sha256.finish())
    }
}

impl MeasureWithoutDigest {
    /// Takes the next piece.
    pub fn push(&mut self, piece: &[u8]) {
        self.head.extend(piece.iter().take(HEAD_BYTES.saturating_sub(self.head.len())));
        self.size = self.size.saturating_add(piece.len() as u64);
        self.crc32.update(piece);
    }

    /// The file, whose last piece has come and whose digest this is, as an attachment of a field.
    ///
    /// # Errors
    /// See [`Measure::finish`].
    pub fn finish(self, field: Pointer, file_name: &str, sha256: Sha256) -> Result<Attachment, SealError> {
        let file_name = nfc(file_name).into_owned();
        if !is_file_name(&file_name) {
            return Err(SealError::AttachmentName { path: field });
        }
        let size = u32::try_from(self.size).map_err(|_| SealError::TooLarge { most: u64::from(u32::MAX) })?;
        let Some(media_type) = detect(&self.head, &file_name) else {
            return Err(SealError::AttachmentTypeUnknown { name: file_name });
        };
        Ok(Attachment { field, file_name, media_type, size, sha256, crc32: self.crc32.finish() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_measured_whatever_its_pieces() {
        let bytes = b"%PDF-1.7 and more than sixteen bytes";
        for piece in [1, 5, 16, 100] {
            let mut measure = Measure::default();
            bytes.chunks(piece).for_each(|piece| measure.push(piece));
            let found = measure.finish(Pointer::root().child("files"), "a\u{302}.pdf").unwrap();
            assert_eq!((found.sha256, found.size, found.media_type), (Sha256::of(bytes), 36, "application/pdf"));
            assert_eq!((found.file_name.as_str(), found.crc32), ("â.pdf", Crc32::of(bytes)));
        }
        assert!(matches!(Measure::default().finish(Pointer::root(), "a.pdf"), Err(SealError::AttachmentTypeUnknown { .. })));
        assert!(matches!(Measure::default().finish(Pointer::root(), "a/b.pdf"), Err(SealError::AttachmentName { .. })));
    }
}
