//! What a signed file is, by its content, and what its signatures are over.

use crate::exit::{CliError, Done, Failed};
use crate::files;
use hoso::cms::Armour;
use hoso::crypto::{HashAlgorithm, Hasher};
use hoso::json::Document;
use hoso::limits;
use hoso::sign::Content;
use hoso::submission::PackageError;
use hoso::submission::package::SUBMISSION;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

/// The kinds of signed files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A dossier.
    Package,
    /// A container of files.
    Container,
    /// A signed message (CMS).
    Message,
    /// JSON Web Signature.
    Jws,
}

impl Kind {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Package => "package",
            Self::Container => "asic",
            Self::Message => "cms",
            Self::Jws => "jws",
        }
    }
}

/// What a file is. A zip file is a package unless it begins as a container of other files does: one that was damaged is a damaged package.
pub fn kind(path: &Path) -> Done<Kind> {
    let mut file = File::open(path).map_err(|error| files::unreadable(path, &error))?;
    let mut head = Vec::new();
    (&mut file).take(HEAD).read_to_end(&mut head).map_err(|error| files::unreadable(path, &error))?;
    match head.first() {
        _ if head.starts_with(ZIP) => Ok(zip_kind(&mut file).unwrap_or(Kind::Package)),
        Some(0x30) => Ok(Kind::Message),
        _ if Armour::of(&head).map_err(Failed::unusable)?.is_some() => Ok(Kind::Message),
        Some(b'{') if is_jws(&files::read_most(path, limits::JSON_BYTES)?) => Ok(Kind::Jws),
        Some(_) if is_compact(&head) => Ok(Kind::Jws),
        _ => Err(Failed::unusable(PackageError::NotAPackage)),
    }
}

const HEAD: u64 = 4_096;
const ZIP: &[u8] = b"PK\x03\x04";
const MIME_TYPE: &[u8] = b"mimetype";

/// A container begins with `mimetype`; a package in that format has `submission.json` behind it.
fn zip_kind(file: &mut File) -> Option<Kind> {
    let (first, next) = local_header(file, 0)?;
    if first != MIME_TYPE {
        return Some(Kind::Package);
    }
    let (second, _) = local_header(file, next)?;
    Some(if second == SUBMISSION.as_bytes() { Kind::Package } else { Kind::Container })
}

/// The name in the local header that stands there (APPNOTE 4.3.7), and where the next one does.
fn local_header(file: &mut File, at: u64) -> Option<(Vec<u8>, u64)> {
    const FIXED: usize = 30;
    let mut fixed = [0; FIXED];
    file.seek(SeekFrom::Start(at)).ok()?;
    file.read_exact(&mut fixed).ok()?;
    let two = |at: usize| Some(u16::from_le_bytes([*fixed.get(at)?, *fixed.get(at + 1)?]));
    let (size, name, extra) = (u32::from(two(18)?) | u32::from(two(20)?) << 16, two(26)?, two(28)?);
    let mut bytes = vec![0; usize::from(name)];
    file.read_exact(&mut bytes).ok()?;
    Some((bytes, at + FIXED as u64 + u64::from(name) + u64::from(extra) + u64::from(size)))
}

fn is_jws(bytes: &[u8]) -> bool {
    let member = |document: &Document, name| document.root().member(name).is_some();
    Document::read(bytes).is_ok_and(|document| member(&document, "signature") || member(&document, "signatures"))
}

/// RFC 7515 7.1: base64url of an object, then a point.
fn is_compact(head: &[u8]) -> bool {
    let letters = head.iter().take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.')).count();
    head.starts_with(b"ey") && (letters == head.len() || head.get(letters..) == Some(b"\n")) && head.contains(&b'.')
}

/// The hash functions that signers use.
pub const STRONG: [HashAlgorithm; 3] = [HashAlgorithm::Sha256, HashAlgorithm::Sha384, HashAlgorithm::Sha512];

/// A file beside a signature, by its name.
pub struct Given {
    pub name: String,
    bytes: Option<Vec<u8>>,
    digests: Vec<(HashAlgorithm, Vec<u8>)>,
}

impl Given {
    /// What a package says of itself.
    pub const fn of(bytes: Vec<u8>) -> Self {
        Self { name: String::new(), bytes: Some(bytes), digests: Vec::new() }
    }

    /// The only file beside a message, digested as its signers did.
    pub fn beside_message(paths: &[PathBuf], hashes: &[HashAlgorithm]) -> Done<Option<Self>> {
        match paths {
            [] => Ok(None),
            [path] => Self::digested(path, hashes).map(Some),
            _ => Err(CliError::OneFile { argument: "--content" }.into()),
        }
    }

    /// A file beside a JWS, which may need its bytes: kept unless it is large.
    pub fn beside_jws(path: &Path) -> Done<Self> {
        const KEPT: u64 = 40_000_000;
        if std::fs::metadata(path).is_ok_and(|metadata| metadata.len() <= KEPT) {
            return Ok(Self { name: files::name(path)?, bytes: Some(files::read_most(path, KEPT as usize)?), digests: Vec::new() });
        }
        Self::digested(path, &STRONG)
    }

    fn digested(path: &Path, hashes: &[HashAlgorithm]) -> Done<Self> {
        let mut hashers: Vec<_> = hashes.iter().map(|hash| (*hash, Hasher::new(*hash))).collect();
        files::each(path, |piece| hashers.iter_mut().for_each(|(_, hasher)| hasher.update(piece)))?;
        let digests = hashers.into_iter().map(|(hash, hasher)| (hash, hasher.finish())).collect();
        Ok(Self { name: files::name(path)?, bytes: None, digests })
    }

    pub fn content(&self) -> Content<'_> {
        self.bytes.as_deref().map_or_else(|| Content::digested(self.digests.clone()), Content::of)
    }
}

/// Nothing stands beside what holds everything that it signs.
pub fn refuse_content(paths: &[PathBuf]) -> Done<()> {
    if paths.is_empty() { Ok(()) } else { Err(CliError::ContentInside.into()) }
}
