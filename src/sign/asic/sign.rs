//! Preparing a container over files, or one more signature in a container.

use super::manifest::{self, Listed};
use super::{AsicError, EXTENDED, FOLDER, MANIFEST, MIME_TYPE, SIGNATURE};
use crate::crypto::{SignatureAlgorithm, digest};
use crate::digest::Sha256;
use crate::limits;
use crate::pki::Certificate;
use crate::sign::cades::{self, Content, Countersigned};
use crate::sign::{SignError, ToBeSigned};
use crate::text::{Instant, unsafe_text};
use crate::zip::{Archive, Crc32, Directory, Entry, ZipError, name_problem, refuse_collisions};
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
    /// Every entry but the signature, in order.
    entries: Vec<Named<'f>>,
    /// Before which entry the signature stands.
    place: usize,
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
    Ok(Pending { pending, place: entries.len(), entries })
}

/// Prepares one more signature in a container that was made here, beside those there are and over the same files.
///
/// # Errors
/// The container cannot be read, has another manifest or signature file than those made here, or holds other files than its manifest says: who
/// signs that has seen something else. Otherwise as [`prepare`].
pub fn prepare_beside<'f>(
    container: &'f [u8],
    chain: &[Certificate],
    algorithm: SignatureAlgorithm,
    at: Instant,
) -> Result<Pending<'f>, AsicError> {
    let (mut entries, mut found) = (Vec::new(), None);
    for member in Archive::read(container)?.into_members() {
        if member.name == SIGNATURE {
            found = Some((entries.len(), member.content));
        } else {
            entries.push((Cow::Owned(member.name), member.content));
        }
    }
    let (place, message) = found.ok_or(AsicError::SignatureMissing { name: SIGNATURE.to_owned() })?;
    let manifest = entries.iter().find(|(name, _)| name == MANIFEST).map(|(_, content)| content);
    let manifest = manifest.ok_or(AsicError::SignatureUnreferenced { name: SIGNATURE.to_owned() })?;
    check_listed(manifest, &entries)?;
    let pending = cades::countersign(Countersigned::Content(&message), Some(&Content::of(manifest)), chain, algorithm, at)?;
    Ok(Pending { pending, entries, place })
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
        let (mut directory, mut out) = (Directory::default(), Vec::new());
        let mut put = |name: &str, content: &[u8]| -> Result<(), AsicError> {
            let size = u32::try_from(content.len()).map_err(|_| ZipError::TooLarge)?;
            let entry = Entry { name: name.to_owned(), size, crc32: Crc32::of(content) };
            out.extend(directory.add(&entry).map_err(|_| ZipError::TooLarge)?);
            out.extend(content);
            Ok(())
        };
        for (at, (name, content)) in self.entries.iter().enumerate() {
            if at == self.place {
                put(SIGNATURE, &message)?;
            }
            put(name, content)?;
        }
        if self.place == self.entries.len() {
            put(SIGNATURE, &message)?;
        }
        out.extend(directory.finish());
        Ok(out)
    }
}

/// Whether the manifest names every file that is there with its digest, and no other.
fn check_listed(bytes: &[u8], entries: &[Named<'_>]) -> Result<(), AsicError> {
    let mut references = manifest::read(bytes, MANIFEST)?.references;
    let (first, others) = entries.split_first().ok_or(AsicError::MimeType)?;
    if first.0 != MIME_TYPE || first.1 != EXTENDED.as_bytes() {
        return Err(AsicError::MimeType);
    }
    for (name, content) in others.iter().filter(|(name, _)| name != MANIFEST) {
        let place = references.iter().position(|reference| reference.name == *name);
        let reference = references.swap_remove(place.ok_or_else(|| AsicError::Uncovered { name: name.clone().into_owned() })?);
        if digest(reference.hash, &[content]) != reference.digest {
            return Err(AsicError::Differs { name: reference.name });
        }
    }
    match references.first() {
        Some(reference) => Err(AsicError::Differs { name: manifest::shown(&reference.name) }),
        None => Ok(()),
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
