//! What a detached signature is over.

use crate::crypto::{HashAlgorithm, digest};

/// What a detached signature is over: the bytes, or their digests where they are too many to hold.
#[derive(Clone, Debug, Default)]
pub struct Content<'c> {
    bytes: Option<&'c [u8]>,
    digests: Vec<(HashAlgorithm, Vec<u8>)>,
}

impl<'c> Content<'c> {
    /// These bytes.
    #[must_use]
    pub const fn of(bytes: &'c [u8]) -> Self {
        Self { bytes: Some(bytes), digests: Vec::new() }
    }

    /// What has these digests; see [`crate::sign::cades::content_hashes`].
    #[must_use]
    pub const fn digested(digests: Vec<(HashAlgorithm, Vec<u8>)>) -> Self {
        Self { bytes: None, digests }
    }

    pub(super) const fn bytes(&self) -> Option<&'c [u8]> {
        self.bytes
    }

    pub(super) fn digest(&self, hash: HashAlgorithm) -> Option<Vec<u8>> {
        let known = self.digests.iter().find(|(known, _)| *known == hash).map(|(_, digest)| digest.clone());
        known.or_else(|| self.bytes.map(|bytes| digest(hash, &[bytes])))
    }
}
