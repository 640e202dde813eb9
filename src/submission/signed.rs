//! From what must be signed to a package.

use super::format::Format;
use super::seal::Contents;
use crate::cms::CmsError;
use crate::dossier::{SealError, Submission};
use crate::limits;
use crate::sign::{SignError, ToBeSigned, asic, cades, jades};
use crate::zip::Crc32;
use crate::zip::{Directory, Entry};
use std::sync::Arc;

/// A dossier waiting for its signature.
#[derive(Clone, Debug)]
pub struct Prepared {
    pub(super) contents: Arc<Contents>,
    pub(super) pending: Pending,
}

/// What waits, by its format.
#[derive(Clone, Debug)]
pub(super) enum Pending {
    Jades(jades::Pending),
    Cades(cades::Pending),
    /// With the manifest.
    Asice(cades::Pending, Vec<u8>),
}

impl Prepared {
    /// What the key must sign.
    #[must_use]
    pub const fn to_be_signed(&self) -> &ToBeSigned {
        match &self.pending {
            Pending::Jades(pending) => pending.to_be_signed(),
            Pending::Cades(pending) | Pending::Asice(pending, _) => pending.to_be_signed(),
        }
    }

    /// The signed dossier, once what came back is verified.
    ///
    /// # Errors
    /// What came back is no signature over the message by the certificate's key.
    pub fn attach(&self, signature: &[u8]) -> Result<Signed, SignError> {
        let (format, manifest, signature) = match &self.pending {
            Pending::Jades(pending) => (Format::Jades, None, pending.attach(signature)?),
            Pending::Cades(pending) => (Format::Cades, None, pending.attach(signature)?),
            Pending::Asice(pending, manifest) => (Format::Asice, Some(manifest.clone()), pending.attach(signature)?),
        };
        Ok(Signed { contents: Arc::clone(&self.contents), format, manifest, signature })
    }
}

/// A signed dossier. Only [`Prepared::attach`] makes one.
#[derive(Clone, Debug)]
pub struct Signed {
    contents: Arc<Contents>,
    format: Format,
    /// Of an ASiC container.
    manifest: Option<Vec<u8>>,
    signature: Vec<u8>,
}

/// A piece of a package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Chunk<'s> {
    /// These bytes.
    Bytes(Vec<u8>),
    /// The bytes of a document.
    Document(&'s [u8]),
    /// The bytes of the file at this index among those that were given to `seal`.
    Attachment(usize),
}

impl Signed {
    /// What the dossier says of itself.
    #[must_use]
    pub fn submission(&self) -> &Submission {
        &self.contents.submission
    }

    /// How it is signed.
    #[must_use]
    pub const fn format(&self) -> Format {
        self.format
    }

    /// The bytes of the signature file, [`Format::signature`].
    #[must_use]
    pub fn signature(&self) -> &[u8] {
        &self.signature
    }

    /// What a timestamp of the signature is of.
    ///
    /// # Errors
    /// As the format has them; what [`Prepared::attach`] made has none.
    pub fn stamped(&self) -> Result<Vec<u8>, SignError> {
        match self.format {
            Format::Jades => jades::stamped(&self.signature, 0),
            Format::Cades | Format::Asice => cades::stamped(&self.signature, 0),
        }
    }

    /// The dossier with a timestamp token at its signature.
    ///
    /// # Errors
    /// With the token the signature file is larger than a package may hold.
    pub fn with_timestamp(mut self, token: &[u8]) -> Result<Self, SignError> {
        self.signature = match self.format {
            Format::Jades => jades::with_timestamp(&self.signature, 0, token)?,
            Format::Cades | Format::Asice => cades::with_timestamp(&self.signature, 0, token)?,
        };
        let bytes = self.signature.len();
        if bytes > limits::SIGNATURE_BYTES { Err(CmsError::TooLarge { bytes }.into()) } else { Ok(self) }
    }

    /// The package as pieces in their order. The caller streams the files, so that none is held whole.
    ///
    /// # Errors
    /// The container is full; sealing made sure that it is not.
    pub fn package(&self) -> Result<Vec<Chunk<'_>>, SealError> {
        let mut directory = Directory::default();
        let mut chunks = Vec::new();
        let mut entries = self.contents.entries.iter();
        let mut put = |entry: &Entry, content| {
            chunks.push(Chunk::Bytes(directory.add(entry).map_err(|_| FULL)?));
            chunks.push(content);
            Ok(())
        };
        if self.manifest.is_some() {
            put(&entry(asic::MIME_TYPE, asic::EXTENDED.as_bytes())?, Chunk::Document(asic::EXTENDED.as_bytes()))?;
        }
        for (text, entry) in self.contents.documents.iter().zip(&mut entries) {
            put(entry, Chunk::Document(text.as_bytes()))?;
        }
        for (index, entry) in self.contents.attachments.iter().zip(&mut entries) {
            put(entry, Chunk::Attachment(*index))?;
        }
        if let Some(manifest) = &self.manifest {
            put(&entry(asic::MANIFEST, manifest)?, Chunk::Document(manifest))?;
        }
        put(&entry(self.format.signature(), &self.signature)?, Chunk::Document(&self.signature))?;
        chunks.push(Chunk::Bytes(directory.finish()));
        Ok(chunks)
    }
}

fn entry(name: &str, content: &[u8]) -> Result<Entry, SealError> {
    let size = u32::try_from(content.len()).map_err(|_| FULL)?;
    Ok(Entry { name: name.to_owned(), size, crc32: Crc32::of(content) })
}

const FULL: SealError = SealError::TooLarge { most: u32::MAX as u64 };
