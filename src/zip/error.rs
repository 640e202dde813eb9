//! Why a zip file was refused.

use super::NameProblem;
use crate::limits;
use crate::report::catalogue::{self, Area};
use crate::report::{Coded, Facts};
use std::fmt;

/// What a zip file did that two readers could understand in two ways, or that none should unpack.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
#[expect(missing_docs, reason = "a variant's sentence says what its fields are")]
pub enum ZipError {
    /// The content has another CRC-32 than the file says (APPNOTE 4.4.7).
    Checksum { name: String },
    /// Two names differ only in letter case or Unicode form, or not at all; or one file's name is the folder of another.
    Collision { first: String, second: String },
    /// The file or an entry has a comment (4.4.12, 4.4.18).
    Comment,
    /// The compressed content is broken, or of another size than the file says.
    Compressed { name: String },
    /// The data descriptor of an entry is missing, or says otherwise than the central directory; or it stands behind stored content, whose end
    /// then only the central directory tells (4.3.9).
    Descriptor { name: String },
    /// The central directory does not fill the room between the entries and its end (4.3.12, 4.3.16).
    Directory,
    /// An entry is encrypted (4.4.4, bits 0, 6 and 13).
    Encrypted { name: String },
    /// The file does not end with the end of the central directory.
    End,
    /// An extra field is broken, or one that can change what an entry is (4.5).
    Extra { name: String },
    /// An entry is a link, a device or a folder with content (4.4.15).
    Kind { name: String },
    /// The local header says otherwise than the central directory (4.3.7).
    LocalHeader { name: String },
    /// Content is compressed in another way than Deflate (4.4.5), or a flag is set that hoso does not know.
    Method { name: String },
    /// The file is one of several (4.4.19).
    MultiDisk,
    /// A name is none that every system keeps as it is.
    Name { number: usize, problem: NameProblem },
    /// The entries do not follow one another without gaps, from the first byte on, in the order of the central directory.
    Place { name: String },
    /// Content would unpack to more than [`limits::ZIP_RATIO`] times its size.
    Ratio { name: String },
    /// The contents are larger than [`limits::ZIP_BYTES`] together.
    TooLarge,
    /// There are more than [`limits::ZIP_ENTRIES`] entries.
    TooManyEntries,
    /// The file has the form for more than 4 GB (4.3.14), which no container of this size needs.
    Zip64,
}

impl ZipError {
    /// The entry it is about.
    fn name(&self) -> Option<&str> {
        match self {
            Self::Checksum { name }
            | Self::Compressed { name }
            | Self::Descriptor { name }
            | Self::Encrypted { name }
            | Self::Extra { name }
            | Self::Kind { name }
            | Self::LocalHeader { name }
            | Self::Method { name }
            | Self::Place { name }
            | Self::Ratio { name } => Some(name),
            _ => None,
        }
    }
}

impl Coded for ZipError {
    fn code(&self) -> &'static str {
        match self {
            Self::Checksum { .. } => "zip.checksum",
            Self::Collision { .. } => "zip.collision",
            Self::Comment => "zip.comment",
            Self::Compressed { .. } => "zip.compressed",
            Self::Descriptor { .. } => "zip.descriptor",
            Self::Directory => "zip.directory",
            Self::Encrypted { .. } => "zip.encrypted",
            Self::End => "zip.end",
            Self::Extra { .. } => "zip.extra",
            Self::Kind { .. } => "zip.kind",
            Self::LocalHeader { .. } => "zip.local-header",
            Self::Method { .. } => "zip.method",
            Self::MultiDisk => "zip.multi-disk",
            Self::Name { .. } => "zip.name",
            Self::Place { .. } => "zip.place",
            Self::Ratio { .. } => "zip.ratio",
            Self::TooLarge => "zip.too-large",
            Self::TooManyEntries => "zip.too-many-entries",
            Self::Zip64 => "zip.zip64",
        }
    }

    fn sentences(&self) -> Area {
        catalogue::ZIP
    }

    fn facts(&self) -> Facts {
        let facts = Facts::none();
        match self {
            Self::Collision { first, second } => facts.with("first", first).with("second", second),
            Self::Name { number, problem } => facts.with("number", *number).with("problem", problem.word()),
            Self::TooLarge => facts.with("most", limits::ZIP_BYTES),
            Self::TooManyEntries => facts.with("most", limits::ZIP_ENTRIES),
            _ => match self.name() {
                Some(name) => facts.with("name", name.to_owned()),
                None => facts,
            },
        }
    }
}

impl fmt::Display for ZipError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = self.name().unwrap_or_default();
        match self {
            Self::Checksum { .. } => write!(out, "checksum of `{name}` does not match"),
            Self::Collision { first, second } => write!(out, "`{first}` and `{second}` would be the same file"),
            Self::Comment => out.write_str("zip file has a comment"),
            Self::Compressed { .. } => write!(out, "compressed content of `{name}` is broken"),
            Self::Descriptor { .. } => write!(out, "data descriptor of `{name}` does not match"),
            Self::Directory => out.write_str("central directory is broken"),
            Self::Encrypted { .. } => write!(out, "`{name}` is encrypted"),
            Self::End => out.write_str("zip file does not end with its central directory"),
            Self::Extra { .. } => write!(out, "`{name}` has an extra field that is broken or not known"),
            Self::Kind { .. } => write!(out, "`{name}` is no plain file"),
            Self::LocalHeader { .. } => write!(out, "local header of `{name}` differs from the central directory"),
            Self::Method { .. } => write!(out, "`{name}` is compressed by a method that is not known"),
            Self::MultiDisk => out.write_str("zip file is one of several"),
            Self::Name { number, problem } => write!(out, "unfit name of entry {number}: {}", problem.word()),
            Self::Place { .. } => write!(out, "`{name}` does not stand right behind the entry before it"),
            Self::Ratio { .. } => write!(out, "`{name}` unpacks to more than {} times its size", limits::ZIP_RATIO),
            Self::TooLarge => write!(out, "contents are larger than {} bytes", limits::ZIP_BYTES),
            Self::TooManyEntries => write!(out, "more than {} entries", limits::ZIP_ENTRIES),
            Self::Zip64 => out.write_str("zip file has the form for more than 4 GB"),
        }
    }
}

impl std::error::Error for ZipError {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::catalogue::check::speaks_both_languages;

    #[test]
    fn every_error_speaks_both_languages() {
        let name = || "a.pdf".to_owned();
        let errors = [
            ZipError::Checksum { name: name() },
            ZipError::Collision { first: name(), second: name() },
            ZipError::Comment,
            ZipError::Compressed { name: name() },
            ZipError::Descriptor { name: name() },
            ZipError::Directory,
            ZipError::Encrypted { name: name() },
            ZipError::End,
            ZipError::Extra { name: name() },
            ZipError::Kind { name: name() },
            ZipError::LocalHeader { name: name() },
            ZipError::Method { name: name() },
            ZipError::MultiDisk,
            ZipError::Name { number: 3, problem: NameProblem::Path },
            ZipError::Place { name: name() },
            ZipError::Ratio { name: name() },
            ZipError::TooLarge,
            ZipError::TooManyEntries,
            ZipError::Zip64,
        ];
        speaks_both_languages("zip.", &errors);
    }
}
