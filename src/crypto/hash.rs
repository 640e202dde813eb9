//! Digests by whatever hash function others chose: contents of CMS, names in OCSP, imprints of timestamps.

use super::HashAlgorithm;
use super::ring::Context;

/// The digest of parts, one after the other.
#[must_use]
pub fn digest(hash: HashAlgorithm, parts: &[&[u8]]) -> Vec<u8> {
    let mut hasher = Hasher::new(hash);
    parts.iter().for_each(|part| hasher.update(part));
    hasher.finish()
}

/// A digest of bytes that arrive in pieces.
#[derive(Clone)]
pub struct Hasher(Context);

impl Hasher {
    /// Nothing hashed yet.
    #[must_use]
    pub fn new(hash: HashAlgorithm) -> Self {
        Self(Context::new(hash))
    }

    /// Takes the next piece.
    pub fn update(&mut self, piece: &[u8]) {
        self.0.update(piece);
    }

    /// The digest of all pieces.
    #[must_use]
    pub fn finish(self) -> Vec<u8> {
        self.0.finish()
    }
}
