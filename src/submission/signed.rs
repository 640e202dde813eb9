//! From what must be signed to a package.

use super::container::{Directory, Entry};
use super::crc32::Crc32;
use super::error::SealError;
use super::manifest::Submission;
use super::package::SIGNATURE;
use super::seal::Contents;
use crate::sign::{SignError, ToBeSigned, jades};
use std::sync::Arc;

/// A dossier waiting for its signature.
#[derive(Clone, Debug)]
pub struct Prepared {
    pub(super) contents: Arc<Contents>,
    pub(super) pending: jades::Pending,
}

impl Prepared {
    /// What the key must sign.
    #[must_use]
    pub const fn to_be_signed(&self) -> &ToBeSigned {
        self.pending.to_be_signed()
    }

    /// The signed dossier, once what came back is verified.
    ///
    /// # Errors
    /// What came back is no signature over the message by the certificate's key.
    pub fn attach(&self, signature: &[u8]) -> Result<Signed, SignError> {
        Ok(Signed { contents: Arc::clone(&self.contents), signature: self.pending.attach(signature)? })
    }
}

/// A signed dossier. Only [`Prepared::attach`] makes one.
#[derive(Clone, Debug)]
pub struct Signed {
    contents: Arc<Contents>,
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

    /// The bytes of `signature.jose.json`.
    #[must_use]
    pub fn signature(&self) -> &[u8] {
        &self.signature
    }

    /// The package as pieces in their order. The caller streams the files, so that none is held whole.
    ///
    /// # Errors
    /// The container is full; sealing made sure that it is not.
    pub fn package(&self) -> Result<Vec<Chunk<'_>>, SealError> {
        let mut directory = Directory::default();
        let mut chunks = Vec::new();
        let size = u32::try_from(self.signature.len()).map_err(|_| FULL)?;
        let signature = Entry { name: SIGNATURE.to_owned(), size, crc32: Crc32::of(&self.signature) };
        let mut entries = self.contents.entries.iter();
        let mut put = |entry: &Entry, content| {
            chunks.push(Chunk::Bytes(directory.add(entry).map_err(|_| FULL)?));
            chunks.push(content);
            Ok(())
        };
        for (text, entry) in self.contents.documents.iter().zip(&mut entries) {
            put(entry, Chunk::Document(text.as_bytes()))?;
        }
        for (index, entry) in self.contents.attachments.iter().zip(&mut entries) {
            put(entry, Chunk::Attachment(*index))?;
        }
        put(&signature, Chunk::Document(&self.signature))?;
        chunks.push(Chunk::Bytes(directory.finish()));
        Ok(chunks)
    }
}

const FULL: SealError = SealError::TooLarge { most: u32::MAX as u64 };
