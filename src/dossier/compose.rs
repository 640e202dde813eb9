//! From a checked form to the documents of its dossier.

use super::DOCUMENTS;
use super::attach::attach;
use super::attachment::{Attachment, listed};
use super::error::SealError;
use super::manifest::{AttachmentPart, Checked, DocumentPart, Dossier, Engine, FormatOne, Input, Noted, Procedure, SchemaPart, Submission};
use super::view::{RENDERER, view};
use crate::digest::Sha256;
use crate::form::CheckedForm;
use crate::json::{Document, Pointer, Value, canonical};
use crate::limits;
use crate::text::Moment;

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

/// The text of each document, in the order of [`DOCUMENTS`].
pub type Documents = [String; DOCUMENTS.len()];

/// Composes the documents of a checked form with the files it lists, given in any order.
///
/// # Errors
/// A file is missing, changed or not listed; or a document would be too large.
pub fn compose(form: &CheckedForm, options: &SealOptions, files: &[Attachment]) -> Result<Documents, SealError> {
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
    check_files(&entries, files, aside.as_ref().map_or(&[], |(aside, _)| aside))?;
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
    Ok([text, data, schema, view])
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

/// Whether the files are those that the form lists. Files that are aside are no part of it.
fn check_files(entries: &[AttachmentPart], files: &[Attachment], aside: &[bool]) -> Result<(), SealError> {
    let order = places(entries, files)?;
    match files.iter().enumerate().find(|(index, _)| !order.contains(index) && aside.get(*index) != Some(&true)) {
        Some((_, file)) => Err(SealError::AttachmentExtra { name: file.file_name.clone() }),
        None => Ok(()),
    }
}

/// For each attachment that a form lists, the index of the file that it is.
///
/// # Errors
/// A file is missing, or is another one than the form says.
pub(crate) fn places(entries: &[AttachmentPart], files: &[Attachment]) -> Result<Vec<usize>, SealError> {
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
    Ok(order)
}

/// Names do not repeat within a dossier, so a name finds the file; the field must be the entry's.
fn is_named(file: &Attachment, entry: &AttachmentPart) -> bool {
    let field = entry.field.as_str().rsplit_once('/').map_or("", |(field, _)| field);
    file.file_name == entry.file_name && file.field.as_str() == field
}
