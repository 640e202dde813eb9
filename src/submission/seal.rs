//! Sealing: from the documents of a dossier to the exact bytes that a signature will cover.

use super::format::Format;
use super::signed::{Pending, Prepared};
use crate::crypto::SignatureAlgorithm;
use crate::digest::Sha256;
use crate::dossier::{
    Attachment, DOCUMENTS, Documents, PackageError, SUBMISSION, SealError, SealOptions, Submission, VIEW, compose, places,
};
use crate::form::CheckedForm;
use crate::json::Pointer;
use crate::limits;
use crate::pki::Certificate;
use crate::sign::Part;
use crate::sign::cades::{self, Content};
use crate::sign::{SignError, asic, jades};
use crate::text::Instant;
use crate::zip::Crc32;
use crate::zip::{Directory, Entry};
use std::sync::Arc;

/// A dossier whose every byte is fixed. Only [`seal`] makes one.
#[derive(Clone, Debug)]
pub struct Sealed {
    pub(super) contents: Arc<Contents>,
}

/// What a package holds beside its signature.
#[derive(Debug)]
pub(super) struct Contents {
    pub(super) submission: Submission,
    /// In the order of [`DOCUMENTS`].
    pub(super) documents: Documents,
    /// For each attachment in package order, its index among those given.
    pub(super) attachments: Vec<usize>,
    /// What stands in the container's headers, in package order.
    pub(super) entries: Vec<Entry>,
    pub(super) parts: Vec<Part>,
}

/// Seals a checked form with the files it lists, in any order.
///
/// # Errors
/// A file is missing, changed or not listed; an option is empty; or the package would be too large.
pub fn seal(form: &CheckedForm, options: &SealOptions, files: &[Attachment]) -> Result<Sealed, SealError> {
    Sealed::of(compose(form, options, files)?, files)
}

impl Sealed {
    /// Seals documents that were composed, perhaps elsewhere, with their files, in any order.
    ///
    /// # Errors
    /// The documents are not what a package holds; a file is missing or another one; or the package would be too large.
    pub(crate) fn of(documents: Documents, files: &[Attachment]) -> Result<Self, SealError> {
        let [text, ..] = &documents;
        let submission = read_submission(text)?;
        let order = places(&submission.attachments, files)?;
        let contents = Contents::new(submission, documents, order, files)?;
        contents.check_documents()?;
        Ok(Self { contents: Arc::new(contents) })
    }

    /// What the dossier says of itself.
    #[must_use]
    pub fn submission(&self) -> &Submission {
        &self.contents.submission
    }

    /// Every part that the signature will cover, in package order.
    #[must_use]
    pub fn parts(&self) -> &[Part] {
        &self.contents.parts
    }

    /// The bytes of `submission.json`, `form.json`, `schema.json` or `view.html`.
    #[must_use]
    pub fn document(&self, name: &str) -> Option<&str> {
        let at = DOCUMENTS.iter().position(|known| *known == name)?;
        self.contents.documents.get(at).map(String::as_str)
    }

    /// Prepares the signature of the first certificate of a chain, in a format; see [`jades::prepare`].
    ///
    /// # Errors
    /// The certificate may not sign at that instant, or its key does not fit the algorithm.
    pub fn prepare(
        &self,
        format: Format,
        chain: &[Certificate],
        algorithm: SignatureAlgorithm,
        at: Instant,
    ) -> Result<Prepared, SignError> {
        let over = |bytes: &[u8]| cades::prepare(&Content::of(bytes), false, chain, algorithm, at);
        let pending = match format {
            Format::Jades => Pending::Jades(jades::prepare(self.parts(), chain, algorithm, at)?),
            Format::Cades => Pending::Cades(over(self.document(SUBMISSION).unwrap_or_default().as_bytes())?),
            Format::Asice => {
                let manifest = asic::package_manifest(self.parts());
                Pending::Asice(over(&manifest)?, manifest)
            }
        };
        Ok(Prepared { contents: Arc::clone(&self.contents), pending })
    }
}

impl Contents {
    fn new(submission: Submission, documents: Documents, attachments: Vec<usize>, files: &[Attachment]) -> Result<Self, SealError> {
        let mut contents = Self { submission, documents, attachments, entries: Vec::new(), parts: Vec::new() };
        for (&name, text) in DOCUMENTS.iter().zip(&contents.documents) {
            let most = if name == VIEW { limits::VIEW_BYTES } else { limits::JSON_BYTES };
            let size = u32::try_from(text.len()).ok().filter(|size| *size as usize <= most);
            let size = size.ok_or(SealError::TooLarge { most: most as u64 })?;
            contents.entries.push(Entry { name: name.to_owned(), size, crc32: Crc32::of(text.as_bytes()) });
            contents.parts.push(Part { name: name.to_owned(), size: u64::from(size), sha256: Sha256::of(text.as_bytes()) });
        }
        let placed = contents.attachments.iter().filter_map(|index| files.get(*index)).zip(&contents.submission.attachments);
        for (file, part) in placed {
            contents.entries.push(Entry { name: part.name.clone(), size: file.size, crc32: file.crc32 });
            contents.parts.push(Part { name: part.name.clone(), size: part.size, sha256: part.sha256 });
        }
        contents.check_room()?;
        Ok(contents)
    }

    /// Whether `submission.json` names the other documents as they are.
    fn check_documents(&self) -> Result<(), SealError> {
        let Submission { form, schema, view, .. } = &self.submission;
        for (member, named, found) in
            [("form", form, self.parts.get(1)), ("schema", &schema.part, self.parts.get(2)), ("view", view, self.parts.get(3))]
        {
            if found.is_none_or(|found| found.sha256 != named.sha256) {
                return Err(SealError::Option { path: Pointer::root().child(member) });
            }
        }
        Ok(())
    }

    /// Whether the container holds all this and any signature: nobody should sign a dossier that cannot be written. A signed message and a
    /// manifest are together smaller than the largest signature in JAdES, which holds as many digests and certificates in base64 twice over.
    fn check_room(&self) -> Result<(), SealError> {
        let signature = Entry { name: Format::Jades.signature().to_owned(), size: limits::SIGNATURE_BYTES as u32, crc32: 0 };
        let mut directory = Directory::default();
        for entry in self.entries.iter().chain([&signature]) {
            directory.add(entry).map_err(|_| SealError::TooLarge { most: u64::from(u32::MAX) })?;
        }
        Ok(())
    }
}

/// What is sealed can be read again: the reader of packages judges what the caller gave.
fn read_submission(text: &str) -> Result<Submission, SealError> {
    let submission = Submission::read(text.as_bytes()).map_err(|error| match error {
        PackageError::Submission(error) => SealError::Option { path: error.path },
        _ => SealError::TooLarge { most: limits::JSON_BYTES as u64 },
    })?;
    let age = submission.created_at.instant().unix().saturating_sub(submission.verdict.now.instant().unix());
    if (0..=limits::SEALED_AGE_SECONDS).contains(&age) {
        Ok(submission)
    } else {
        Err(SealError::Option { path: Pointer::root().child("createdAt") })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dossier::manifest::tests::example;

    #[test]
    fn documents_that_are_not_those_of_their_submission_are_not_sealed() {
        let submission = crate::dossier::Submission { attachments: Vec::new(), ..example() };
        let documents = |form: &str| [submission.to_canonical().unwrap(), form.to_owned(), "{}".to_owned(), "<p>".to_owned()];
        assert!(Sealed::of(documents("{}"), &[]).is_ok());
        let other = Sealed::of(documents("[]"), &[]).map(|_| ());
        assert_eq!(other, Err(SealError::Option { path: Pointer::root().child("form") }));
        assert!(Sealed::of(Documents::default(), &[]).is_err());
    }

    #[test]
    fn a_dossier_that_no_container_holds_is_not_sealed() {
        let contents = |size, documents: Documents| {
            let (file_name, media_type) = ("a.pdf".to_owned(), "application/pdf");
            let file = Attachment { field: Pointer::root(), file_name, media_type, size, sha256: Sha256::of(b"a"), crc32: 0 };
            Contents::new(example(), documents, vec![0], &[file]).map(|contents| contents.entries.len())
        };
        let room = u32::MAX - limits::SIGNATURE_BYTES as u32;
        assert_eq!(contents(room - 1_000, Default::default()), Ok(5));
        assert_eq!(contents(room, Default::default()), Err(SealError::TooLarge { most: u64::from(u32::MAX) }));
        let long = [String::new(), " ".repeat(limits::JSON_BYTES + 1), String::new(), String::new()];
        assert_eq!(contents(9, long), Err(SealError::TooLarge { most: limits::JSON_BYTES as u64 }));
    }
}
