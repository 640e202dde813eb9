//! Signatures over named parts, and verdicts on them. A signature here never knows what a form is.

pub mod cades;
mod error;
pub mod jades;
mod to_be_signed;
mod validate;
pub mod verdict;

pub use error::SignError;
pub use to_be_signed::ToBeSigned;
pub use validate::{SignatureError, Trust};

use crate::digest::Sha256;

/// What a signer commits to who approves (TS 119 172-1 annex B), as JAdES and verdicts write it.
const PROOF_OF_APPROVAL: &str = "http://uri.etsi.org/01903/v1.2.2#ProofOfApproval";

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
