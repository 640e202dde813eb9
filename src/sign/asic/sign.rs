//! Preparing a container over files, or one more signature in a container.

use super::manifest::{self, Listed};
use super::{AsicError, EXTENDED, FOLDER, Held, MANIFEST, MIME_TYPE, SIGNATURE};
use crate::crypto::SignatureAlgorithm;
use crate::digest::Sha256;
use crate::limits;
use crate::pki::Certificate;
use crate::sign::cades::{self, Content, Countersigned};
use crate::sign::{SignError, ToBeSigned};
use crate::text::{Instant, unsafe_text};
use crate::zip::{Crc32, Directory, Entry, ZipError, name_problem, refuse_collisions};
use std::borrow::Cow;

/// A file that is to be signed.
#[derive(Clone, Copy, Debug)]
pub struct File<'f> {
    /// Its name in the container, with folders separated by `/`.
    pub name: &'f str,
    /// What it is, such as `application/pdf`.
    pub media_type: &'f str,
    /// What it holds.
    pub bytes: &'f [u8],
}

/// An entry's name and content.
type Named<'f> = (Cow<'f, str>, Cow<'f, [u8]>);

/// A container that waits for its signature.
#[derive(Clone, Debug)]
pub struct Pending<'f> {
    pending: cades::Pending,
    made: Made<'f>,
}

/// What the message goes into.
#[derive(Clone, Debug)]
enum Made<'f> {
    /// A container of these entries; the message is the last.
    New(Vec<Named<'f>>),
    /// One that is there.
    Held(Held<'f>),
}

/// Prepares a container of these files, in their order, signed by the first certificate of a chain; see [`crate::sign::jades::prepare`].
///
/// # Errors
/// There is no file, or its name cannot stand in a container; the certificate may not sign at that instant, or its key does not fit the algorithm.
pub fn prepare<'f>(
    files: &[File<'f>],
    chain: &[Certificate],
    algorithm: SignatureAlgorithm,
    at: Instant,
) -> Result<Pending<'f>, AsicError> {
    check(files)?;
    let (mut listed, mut entries) = (Vec::new(), vec![(Cow::Borrowed(MIME_TYPE), Cow::Borrowed(EXTENDED.as_bytes()))]);
    for file in files {
        listed.push(Listed { name: file.name, media_type: Some(file.media_type), sha256: Sha256::of(file.bytes) });
        entries.push((Cow::Borrowed(file.name), Cow::Borrowed(file.bytes)));
    }
    let manifest = manifest::write(SIGNATURE, &listed);
    if manifest.len() > limits::MANIFEST_BYTES {
        return Err(AsicError::ManifestTooLarge);
    }
    let pending = cades::prepare(&Content::of(&manifest), false, chain, algorithm, at)?;
    entries.push((Cow::Borrowed(MANIFEST), Cow::Owned(manifest)));
    Ok(Pending { pending, made: Made::New(entries) })
}

/// Prepares one more signature in a container, beside those there are and over the same files.
///
/// # Errors
/// As [`Held::open`] and [`prepare`].
pub fn prepare_beside<'f>(
    container: &'f [u8],
    chain: &[Certificate],
    algorithm: SignatureAlgorithm,
    at: Instant,
) -> Result<Pending<'f>, AsicError> {
    let held = Held::open(container)?;
    let (beside, content) = (Countersigned::Content(held.message()), Content::of(held.content()));
    let pending = cades::countersign(beside, Some(&content), chain, algorithm, at)?;
    Ok(Pending { pending, made: Made::Held(held) })
}

impl Pending<'_> {
    /// What the key must sign.
    #[must_use]
    pub const fn to_be_signed(&self) -> &ToBeSigned {
        self.pending.to_be_signed()
    }

    /// The container, once what came back is verified. The same files, certificate, time and signature give the same bytes.
    ///
    /// # Errors
    /// What came back is no signature over the message by the certificate's key.
    pub fn attach(&self, signature: &[u8]) -> Result<Vec<u8>, AsicError> {
        let message = self.pending.attach(signature)?;
        if message.len() > limits::SIGNATURE_BYTES {
            return Err(SignError::Rejected.into());
        }
        let entries = match &self.made {
            Made::Held(held) => return held.with(&message),
            Made::New(entries) => entries,
        };
        let (mut directory, mut out) = (Directory::default(), Vec::new());
        let mut put = |name: &str, content: &[u8]| -> Result<(), AsicError> {
            let size = u32::try_from(content.len()).map_err(|_| ZipError::TooLarge)?;
            let entry = Entry { name: name.to_owned(), size, crc32: Crc32::of(content) };
            out.extend(directory.add(&entry).map_err(|_| ZipError::TooLarge)?);
            out.extend(content);
            Ok(())
        };
        for (name, content) in entries {
            put(name, content)?;
        }
        put(SIGNATURE, &message)?;
        out.extend(directory.finish());
        Ok(out)
    }
}

/// What is made here can be read here.
fn check(files: &[File<'_>]) -> Result<(), AsicError> {
    if files.is_empty() {
        return Err(AsicError::NothingToSign);
    }
    if files.len() > limits::PACKAGE_ENTRIES {
        return Err(ZipError::TooManyEntries.into());
    }
    // Headers, manifest and signature take less than a twentieth.
    let (mut names, mut room) = (vec![MIME_TYPE, FOLDER], limits::ZIP_BYTES / 20 * 19);
    for file in files {
        if name_problem(file.name).is_some() || file.media_type.is_empty() || unsafe_text(file.media_type).is_some() {
            return Err(AsicError::File { name: manifest::shown(file.name) });
        }
        room = room.checked_sub(file.bytes.len()).ok_or(ZipError::TooLarge)?;
        names.push(file.name);
    }
    Ok(refuse_collisions(&names)?)
}
