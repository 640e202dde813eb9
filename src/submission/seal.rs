//! Sealing: from a checked form to the exact bytes that a signature will cover.

use super::attach::attach;
use super::attachment::{Attachment, listed};
use super::error::{PackageError, SealError};
use super::format::Format;
use super::manifest::{AttachmentPart, Checked, DocumentPart, Dossier, Engine, FormatOne, Input, Noted, Procedure, SchemaPart, Submission};
use super::package::{DOCUMENTS, SUBMISSION, VIEW};
use super::signed::{Pending, Prepared};
use super::view::{RENDERER, view};
use crate::crypto::SignatureAlgorithm;
use crate::digest::Sha256;
use crate::form::CheckedForm;
use crate::json::{Document, Pointer, Value, canonical};
use crate::limits;
use crate::pki::Certificate;
use crate::report::Issue;
use crate::sign::Part;
use crate::sign::cades::{self, Content};
use crate::sign::{SignError, asic, jades};
use crate::text::{Instant, Moment};
use crate::zip::Crc32;
use crate::zip::{Directory, Entry};
use std::sync::Arc;

/// What only the caller knows of a dossier.
#[derive(Clone, Debug)]
pub struct SealOptions {
    /// The portal that the dossier is for.
    pub audience: String,
    /// What keeps the dossier from being filed twice.
    pub dossier: Dossier,
    /// When it is sealed.
    pub created_at: Moment,
    /// The digest of the `submission.json` that this one supplements.
    pub supersedes: Option<Sha256>,
}

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
    pub(super) documents: [String; DOCUMENTS.len()],
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
    let procedure = form.schema().procedure().ok_or(SealError::ProcedureMissing)?;
    let procedure = Procedure { code: procedure.code().to_owned(), version: procedure.version().to_owned() };
    // What is not relevant is left aside with its files, and the parts are numbered without them.
    let aside = form.typed().map(|typed| files_aside(form, typed, files)).transpose()?;
    let data = match aside.as_ref().filter(|(aside, _)| aside.contains(&true)) {
        Some((_, data)) => canonical(data.root()),
        None => form.canonical_data(),
    };
    let data = data.map_err(SealError::NotExact)?;
    let document = Document::read(data.clone()).map_err(SealError::Unreadable)?;
    let entries = listed(form.schema(), &document)?;
    let order = matched(&entries, files, aside.as_ref().map_or(&[], |(aside, _)| aside))?;
    let schema = form.schema().canonical().to_owned();
    // A rule schema's document is its canonical form, so whoever has the package makes the same copy.
    let view = view(form.schema().document().root(), form.schema().codes(), document.root(), form.language());
    let view = view.map_err(|_| SealError::TooLarge { most: limits::VIEW_BYTES as u64 })?;
    let submission = Submission {
        format_version: FormatOne,
        procedure,
        audience: options.audience.clone(),
        dossier: options.dossier.clone(),
        created_at: options.created_at,
        language: form.language(),
        schema: SchemaPart::new(&schema),
        form: DocumentPart::form(&data),
        view: DocumentPart::view(&view),
        attachments: entries,
        inputs: Input::of(form.schema(), &document).map_err(SealError::Limit)?,
        engine: Engine::this(RENDERER),
        supersedes: options.supersedes,
        verdict: Checked::valid(form.now(), form.report().issues.iter().map(Noted::from).collect()),
    };
    let text = submission.to_canonical().map_err(|_| SealError::TooLarge { most: limits::JSON_BYTES as u64 })?;
    check_submission(&submission, &text)?;
    let documents = [text, data, schema, view];
    Contents::new(submission, documents, order, files).map(|contents| Sealed { contents: Arc::new(contents) })
}

impl Sealed {
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
    fn new(
        submission: Submission,
        documents: [String; DOCUMENTS.len()],
        attachments: Vec<usize>,
        files: &[Attachment],
    ) -> Result<Self, SealError> {
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
fn check_submission(submission: &Submission, text: &str) -> Result<(), SealError> {
    let age = submission.created_at.instant().unix().saturating_sub(submission.verdict.now.instant().unix());
    if !(0..=limits::SEALED_AGE_SECONDS).contains(&age) {
        return Err(SealError::Option { path: Pointer::root().child("createdAt") });
    }
    match Submission::read(text.as_bytes()) {
        Ok(_) => Ok(()),
        Err(PackageError::Submission(error)) => Err(SealError::Option { path: error.path }),
        Err(_) => Err(SealError::TooLarge { most: limits::JSON_BYTES as u64 }),
    }
}

/// Which files are listed by what was typed, but not by the form as it counts; and that form with its files numbered without them.
fn files_aside(form: &CheckedForm, typed: &Document, files: &[Attachment]) -> Result<(Vec<bool>, Document), SealError> {
    let fields = |data: &Document| -> Result<Vec<Pointer>, SealError> {
        Ok(form.schema().attachment_fields(data).map_err(SealError::Limit)?.into_iter().map(Value::pointer).collect())
    };
    let (typed, counting) = (fields(typed)?, fields(form.data())?);
    let (mut aside, mut kept) = (Vec::new(), Vec::new());
    for file in files {
        let counts = counting.contains(&file.field);
        aside.push(!counts && typed.contains(&file.field));
        if counts {
            kept.push(file.clone());
        }
    }
    Ok((aside, attach(form.data(), &kept)?))
}

/// For each attachment that the form lists, the index of the file that it is. Files that are aside are no part of it.
fn matched(entries: &[AttachmentPart], files: &[Attachment], aside: &[bool]) -> Result<Vec<usize>, SealError> {
    let mut order = Vec::with_capacity(entries.len());
    for entry in entries {
        let name = || entry.file_name.clone();
        let found = files.iter().enumerate().find(|(index, file)| is_named(file, entry) && !order.contains(index));
        let (index, file) = found.ok_or_else(|| SealError::AttachmentMissing { name: name() })?;
        if u64::from(file.size) != entry.size || file.sha256 != entry.sha256 {
            return Err(SealError::AttachmentChanged { name: name() });
        }
        if file.media_type != entry.media_type {
            return Err(SealError::AttachmentMediaType { name: name(), claimed: entry.media_type.clone(), found: file.media_type });
        }
        order.push(index);
    }
    match files.iter().enumerate().find(|(index, _)| !order.contains(index) && aside.get(*index) != Some(&true)) {
        Some((_, file)) => Err(SealError::AttachmentExtra { name: file.file_name.clone() }),
        None => Ok(order),
    }
}

/// Names do not repeat within a dossier, so a name finds the file; the field must be the entry's.
fn is_named(file: &Attachment, entry: &AttachmentPart) -> bool {
    let field = entry.field.as_str().rsplit_once('/').map_or("", |(field, _)| field);
    file.file_name == entry.file_name && file.field.as_str() == field
}

impl From<&Issue> for Noted {
    fn from(issue: &Issue) -> Self {
        Self { path: issue.path.clone(), code: issue.code.to_owned(), level: issue.level.name().to_owned() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::submission::manifest::tests::example;

    #[test]
    fn a_dossier_that_no_container_holds_is_not_sealed() {
        let contents = |size, documents: [String; DOCUMENTS.len()]| {
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
