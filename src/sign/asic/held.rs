//! A container to whose one signed message more is added: a signature beside or over those there are, a timestamp, evidence.
//!
//! Of EN 319 162-1 any container with one signature in CAdES is taken, extended or simple, whoever made it. Nothing in it is changed but that
//! message, see [`crate::zip::replaced`]; and nothing is added where its files are not those that were signed: who signs that has seen something else.

use super::manifest;
use super::verify::{Sorted, media_type, sorted};
use super::{AsicError, SIMPLE};
use crate::crypto::digest;
use crate::limits;
use crate::sign::SignError;
use crate::zip::{Archive, Member, ZipError, replaced};

/// A container, and the signed message in it.
#[derive(Clone, Debug)]
pub struct Held<'c> {
    container: &'c [u8],
    file: String,
    message: Vec<u8>,
    content: Vec<u8>,
}

impl<'c> Held<'c> {
    /// Takes the message out of a container.
    ///
    /// # Errors
    /// The container cannot be read, holds other files than were signed, has not one signature file in CAdES, or more is built upon that: an archive
    /// manifest or a timestamp would no longer hold.
    pub fn open(container: &'c [u8]) -> Result<Self, AsicError> {
        if container.len() > limits::ZIP_BYTES {
            return Err(ZipError::TooLarge.into());
        }
        let archive = Archive::read(container)?;
        let members = archive.members();
        let media_type = media_type(container, members).ok_or(AsicError::MimeType)?;
        let sorted = sorted(members)?;
        if sorted.signatures.len() > 1 || sorted.manifests.len() > 1 || !sorted.unsupported.is_empty() || !sorted.passed_over.is_empty() {
            return Err(AsicError::OneMessage);
        }
        let signature = sorted.signatures.first().and_then(|at| members.get(*at));
        let content = if media_type == SIMPLE { simple(members, &sorted)? } else { extended(members, &sorted, signature)? };
        let signature = signature.ok_or(AsicError::NoSignature)?;
        Ok(Self { container, file: signature.name.clone(), message: signature.content.to_vec(), content: content.to_vec() })
    }

    /// The signed message.
    #[must_use]
    pub fn message(&self) -> &[u8] {
        &self.message
    }

    /// What it is over: the manifest, or the one file of a simple container.
    #[must_use]
    pub fn content(&self) -> &[u8] {
        &self.content
    }

    /// The container with another message in its place.
    ///
    /// # Errors
    /// The message or the container is larger than hoso reads.
    pub fn with(&self, message: &[u8]) -> Result<Vec<u8>, AsicError> {
        if message.len() > limits::SIGNATURE_BYTES {
            return Err(SignError::Rejected.into());
        }
        Ok(replaced(self.container, &self.file, message)?)
    }
}

/// 4.3: the one file.
fn simple<'m>(members: &'m [Member<'_>], sorted: &Sorted) -> Result<&'m [u8], AsicError> {
    match (sorted.data.as_slice(), sorted.manifests.is_empty()) {
        ([object], true) => Ok(members.get(*object).map_or(&[], |member| &*member.content)),
        _ => Err(AsicError::DataObjects),
    }
}

/// 4.4: the manifest, which names the signature file, and every file that is there with its digest, and no other.
fn extended<'m>(members: &'m [Member<'_>], sorted: &Sorted, signature: Option<&Member<'_>>) -> Result<&'m [u8], AsicError> {
    let found = sorted.manifests.first().and_then(|at| members.get(*at));
    let unreferenced =
        || signature.map_or(AsicError::NoSignature, |signature| AsicError::SignatureUnreferenced { name: signature.name.clone() });
    let found = found.ok_or_else(unreferenced)?;
    let manifest = manifest::read(&found.content, &found.name)?;
    if signature.is_none_or(|signature| signature.name != manifest.signature) {
        return Err(AsicError::SignatureMissing { name: manifest::shown(&manifest.signature) });
    }
    let mut references = manifest.references;
    for member in sorted.data.iter().filter_map(|at| members.get(*at)) {
        let place = references.iter().position(|reference| reference.name == member.name);
        let reference = references.swap_remove(place.ok_or_else(|| AsicError::Uncovered { name: member.name.clone() })?);
        if digest(reference.hash, &[&*member.content]) != reference.digest {
            return Err(AsicError::Differs { name: reference.name });
        }
    }
    match references.first() {
        Some(reference) => Err(AsicError::Differs { name: manifest::shown(&reference.name) }),
        None => Ok(&found.content),
    }
}
