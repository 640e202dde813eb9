//! Signatures over named parts, and verdicts on them. A signature here never knows what a form is.

pub mod jades;
pub mod verdict;

use crate::digest::Sha256;

/// A file under a signature: what it is called and what it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The name inside the package.
    pub name: String,
    /// Bytes.
    pub size: u64,
    /// The digest of its bytes.
    pub sha256: Sha256,
}
