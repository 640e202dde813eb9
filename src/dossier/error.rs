//! What can be wrong with a dossier before it is sealed, and with a package that comes back.

use crate::json::{CanonicalError, Pointer, ReadError, ShapeError};
use crate::limits;
use crate::report::catalogue::{self, Area};
use crate::report::{Coded, Facts};
use crate::schema::LimitError;
use std::fmt;

/// Why a dossier could not be sealed. Nothing was written when one of these is returned.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
#[expect(missing_docs, reason = "a variant's sentence says what its fields are")]
pub enum SealError {
    /// A file given differs in size or content from what the form says of it.
    AttachmentChanged { name: String },
    /// A file was given that the form does not list.
    AttachmentExtra { name: String },
    /// A place that the schema marks `x-attachment` holds something that is no list of attachments.
    AttachmentField { path: Pointer },
    /// A file's content is of another type than the form says.
    AttachmentMediaType { name: String, claimed: String, found: &'static str },
    /// The form lists a file that was not given.
    AttachmentMissing { name: String },
    /// A file's name is empty, too long, or holds a separator, a control character or a direction mark.
    AttachmentName { path: Pointer },
    /// A file's content is of no type that hoso knows.
    AttachmentTypeUnknown { name: String },
    /// The form names a file's part otherwise than its place in the form gives.
    AttachmentPart { path: Pointer },
    /// The schema and the data together exceed a limit.
    Limit(LimitError),
    /// Two attachments have names that differ only in letter case or Unicode form, or not at all.
    NameCollision { first: String, second: String },
    /// A number of the form has no canonical form, which only a plain schema lets pass.
    NotExact(CanonicalError),
    /// The audience, the dossier's id or its nonce is empty or unfit; or the time of sealing lies before the check or long after it.
    Option { path: Pointer },
    /// The schema has no `x-procedure`, so it names no procedure to submit to.
    ProcedureMissing,
    /// The package would be larger than its container holds.
    TooLarge { most: u64 },
    /// There are more attachments than a package holds.
    TooManyAttachments,
    /// The canonical form of the data or the schema is larger than hoso reads.
    Unreadable(ReadError),
}

impl Coded for SealError {
    fn code(&self) -> &'static str {
        match self {
            Self::AttachmentChanged { .. } => "seal.attachment-changed",
            Self::AttachmentExtra { .. } => "seal.attachment-extra",
            Self::AttachmentField { .. } => "seal.attachment-field",
            Self::AttachmentMediaType { .. } => "seal.attachment-media-type",
            Self::AttachmentMissing { .. } => "seal.attachment-missing",
            Self::AttachmentName { .. } => "seal.attachment-name",
            Self::AttachmentPart { .. } => "seal.attachment-part",
            Self::AttachmentTypeUnknown { .. } => "seal.attachment-type-unknown",
            Self::Limit(error) => error.code(),
            Self::NameCollision { .. } => "seal.name-collision",
            Self::NotExact(error) => error.code(),
            Self::Option { .. } => "seal.option",
            Self::ProcedureMissing => "seal.procedure-missing",
            Self::TooLarge { .. } => "seal.too-large",
            Self::TooManyAttachments => "seal.too-many-attachments",
            Self::Unreadable(error) => error.code(),
        }
    }

    fn sentences(&self) -> Area {
        match self {
            Self::Limit(error) => error.sentences(),
            Self::NotExact(error) => error.sentences(),
            Self::Unreadable(error) => error.sentences(),
            _ => catalogue::DOSSIER,
        }
    }

    fn facts(&self) -> Facts {
        let facts = Facts::none();
        match self {
            Self::AttachmentChanged { name }
            | Self::AttachmentExtra { name }
            | Self::AttachmentMissing { name }
            | Self::AttachmentTypeUnknown { name } => facts.with("name", name),
            Self::AttachmentField { path } | Self::AttachmentName { path } | Self::AttachmentPart { path } | Self::Option { path } => {
                facts.with("path", path)
            }
            Self::AttachmentMediaType { name, claimed, found } => facts.with("name", name).with("claimed", claimed).with("found", *found),
            Self::Limit(error) => error.facts(),
            Self::NameCollision { first, second } => facts.with("first", first).with("second", second),
            Self::NotExact(error) => error.facts(),
            Self::ProcedureMissing => facts,
            Self::TooLarge { most } => facts.with("most", *most),
            Self::TooManyAttachments => facts.with("most", MOST_ATTACHMENTS),
            Self::Unreadable(error) => error.facts(),
        }
    }
}

/// What is left of a package's entries when the documents and the signature have theirs.
pub(super) const MOST_ATTACHMENTS: usize = limits::PACKAGE_ENTRIES - 5;

/// What bytes did that a package does not do.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
#[expect(missing_docs, reason = "a variant's sentence says what its fields are")]
pub enum PackageError {
    /// An entry's content has another CRC-32 than its header says.
    Checksum { name: String },
    /// The central directory differs from the one that the entries give.
    Directory,
    /// The entries ended before this one came.
    EntryMissing { name: &'static str },
    /// An entry's name holds something other than `a`–`z`, `0`–`9`, `/`, `-` and `.`.
    EntryName { entry: usize },
    /// An entry stands twice.
    EntryRepeated { name: String },
    /// An entry is none of a package, or stands out of order.
    EntryUnexpected { name: String },
    /// A local header differs from the one frozen form, for example in its date, flags or method.
    Header { entry: usize },
    /// The first entry is a `mimetype` that names no ASiC-E container.
    MimeType,
    /// An entry's name is empty or too long.
    NameLength,
    /// The bytes do not start as a package does.
    NotAPackage,
    /// `submission.json` has another shape than the frozen one.
    Submission(ShapeError),
    /// `submission.json` is not in canonical form.
    SubmissionNotCanonical,
    /// `submission.json` cannot be read as JSON.
    SubmissionUnreadable(ReadError),
    /// An entry is larger than hoso reads.
    TooLarge { name: String, most: u64 },
    /// There are more entries than hoso reads.
    TooManyEntries,
    /// The package goes on after its end.
    TrailingData,
    /// The bytes end before the package does.
    Truncated,
}

impl From<ShapeError> for PackageError {
    fn from(error: ShapeError) -> Self {
        Self::Submission(error)
    }
}

impl Coded for PackageError {
    fn code(&self) -> &'static str {
        match self {
            Self::Checksum { .. } => "package.checksum",
            Self::Directory => "package.directory",
            Self::EntryMissing { .. } => "package.entry-missing",
            Self::EntryName { .. } => "package.entry-name",
            Self::EntryRepeated { .. } => "package.entry-repeated",
            Self::EntryUnexpected { .. } => "package.entry-unexpected",
            Self::Header { .. } => "package.header",
            Self::MimeType => "package.mimetype",
            Self::NameLength => "package.name-length",
            Self::NotAPackage => "package.not-a-package",
            Self::Submission(_) => "package.submission",
            Self::SubmissionNotCanonical => "package.submission-not-canonical",
            Self::SubmissionUnreadable(_) => "package.submission-unreadable",
            Self::TooLarge { .. } => "package.too-large",
            Self::TooManyEntries => "package.too-many-entries",
            Self::TrailingData => "package.trailing-data",
            Self::Truncated => "package.truncated",
        }
    }

    fn sentences(&self) -> Area {
        catalogue::SUBMISSION
    }

    fn variant(&self) -> Option<&'static str> {
        match self {
            Self::Submission(error) => Some(error.problem.word()),
            _ => None,
        }
    }

    fn facts(&self) -> Facts {
        let facts = Facts::none();
        match self {
            Self::Checksum { name } | Self::EntryRepeated { name } | Self::EntryUnexpected { name } => facts.with("name", name),
            Self::EntryMissing { name } => facts.with("name", *name),
            Self::EntryName { entry } | Self::Header { entry } => facts.with("entry", *entry),
            Self::NameLength => facts.with("most", limits::ENTRY_NAME_BYTES),
            Self::Submission(error) => facts.with("path", &error.path).with("problem", error.problem.word()),
            Self::SubmissionUnreadable(error) => {
                facts.with("line", error.position.line).with("column", error.position.column).with("problem", error.code())
            }
            Self::TooLarge { name, most } => facts.with("name", name).with("most", *most),
            Self::TooManyEntries => facts.with("most", limits::PACKAGE_ENTRIES),
            Self::Directory | Self::MimeType | Self::NotAPackage | Self::SubmissionNotCanonical | Self::TrailingData | Self::Truncated => {
                facts
            }
        }
    }
}

impl fmt::Display for SealError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AttachmentChanged { name } => write!(out, "attachment `{name}` differs from what the form says of it"),
            Self::AttachmentExtra { name } => write!(out, "attachment `{name}` is not listed in the form"),
            Self::AttachmentField { path } => write!(out, "`{path}` is no list of attachments"),
            Self::AttachmentMediaType { name, claimed, found } => write!(out, "attachment `{name}` is `{found}`, not `{claimed}`"),
            Self::AttachmentMissing { name } => write!(out, "attachment `{name}` was not given"),
            Self::AttachmentName { path } => write!(out, "unfit file name at `{path}`"),
            Self::AttachmentPart { path } => write!(out, "part of the attachment at `{path}` is not named by its place"),
            Self::AttachmentTypeUnknown { name } => write!(out, "content of attachment `{name}` is of no known type"),
            Self::NameCollision { first, second } => write!(out, "attachments `{first}` and `{second}` have the same name"),
            Self::NotExact(error) => error.fmt(out),
            Self::Option { path } => write!(out, "`{path}` of the submission is empty or malformed"),
            Self::ProcedureMissing => out.write_str("schema names no procedure"),
            Self::TooLarge { most } => write!(out, "package is larger than {most} bytes"),
            Self::TooManyAttachments => write!(out, "more than {MOST_ATTACHMENTS} attachments"),
            Self::Limit(error) => error.fmt(out),
            Self::Unreadable(error) => error.fmt(out),
        }
    }
}

impl std::error::Error for SealError {}

impl fmt::Display for PackageError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Checksum { name } => write!(out, "checksum of `{name}` does not match"),
            Self::Directory => out.write_str("central directory does not match the entries"),
            Self::EntryMissing { name } => write!(out, "entry `{name}` is missing"),
            Self::EntryName { entry } => write!(out, "name of entry {entry} holds a character that no package has"),
            Self::EntryRepeated { name } => write!(out, "entry `{name}` stands twice"),
            Self::EntryUnexpected { name } => write!(out, "entry `{name}` does not belong here"),
            Self::Header { entry } => write!(out, "header of entry {entry} is not in the frozen form"),
            Self::MimeType => out.write_str("mimetype is not that of an ASiC-E container"),
            Self::NameLength => write!(out, "name of an entry is empty or longer than {} bytes", limits::ENTRY_NAME_BYTES),
            Self::NotAPackage => out.write_str("not a package"),
            Self::Submission(error) => write!(out, "submission.json: {error}"),
            Self::SubmissionNotCanonical => out.write_str("submission.json is not in canonical form"),
            Self::SubmissionUnreadable(error) => write!(out, "submission.json: {error}"),
            Self::TooLarge { name, most } => write!(out, "entry `{name}` is larger than {most} bytes"),
            Self::TooManyEntries => write!(out, "more than {} entries", limits::PACKAGE_ENTRIES),
            Self::TrailingData => out.write_str("bytes follow the end of the package"),
            Self::Truncated => out.write_str("bytes end before the package does"),
        }
    }
}

impl std::error::Error for PackageError {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::{Position, ReadProblem, ShapeProblem};
    use crate::report::catalogue::check::speaks_both_languages;

    fn name() -> String {
        "att/01-a.pdf".to_owned()
    }

    fn unreadable() -> ReadError {
        ReadError { problem: ReadProblem::EndsEarly, position: Position { line: 3, column: 14 } }
    }

    fn path() -> Pointer {
        Pointer::root().child("owner")
    }

    #[test]
    fn every_sealing_error_speaks_both_languages() {
        let errors = [
            SealError::AttachmentChanged { name: name() },
            SealError::AttachmentExtra { name: name() },
            SealError::AttachmentField { path: path() },
            SealError::AttachmentMediaType { name: name(), claimed: "a/b".to_owned(), found: "c/d" },
            SealError::AttachmentMissing { name: name() },
            SealError::AttachmentName { path: path() },
            SealError::AttachmentPart { path: path() },
            SealError::AttachmentTypeUnknown { name: name() },
            SealError::NameCollision { first: name(), second: name() },
            SealError::NotExact(CanonicalError { path: path() }),
            SealError::Option { path: path() },
            SealError::ProcedureMissing,
            SealError::TooLarge { most: 9 },
            SealError::TooManyAttachments,
            SealError::Limit(LimitError::Steps),
            SealError::Unreadable(unreadable()),
        ];
        speaks_both_languages("seal.", &errors);
    }

    #[test]
    fn every_package_error_speaks_both_languages() {
        let shape = |problem| PackageError::Submission(ShapeError { path: path(), problem });
        let errors = [
            PackageError::Checksum { name: name() },
            PackageError::Directory,
            PackageError::EntryMissing { name: "form.json" },
            PackageError::EntryName { entry: 1 },
            PackageError::EntryRepeated { name: name() },
            PackageError::EntryUnexpected { name: name() },
            PackageError::Header { entry: 1 },
            PackageError::MimeType,
            PackageError::NameLength,
            PackageError::NotAPackage,
            shape(ShapeProblem::Missing),
            shape(ShapeProblem::Mistyped),
            shape(ShapeProblem::Unknown),
            PackageError::SubmissionNotCanonical,
            PackageError::SubmissionUnreadable(unreadable()),
            PackageError::TooLarge { name: name(), most: 9 },
            PackageError::TooManyEntries,
            PackageError::TrailingData,
            PackageError::Truncated,
        ];
        speaks_both_languages("package.", &errors);
    }
}
