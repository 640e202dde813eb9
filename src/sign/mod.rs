//! Signatures over named parts, and verdicts on them. A signature here never knows what a form is.

mod added;
pub mod asic;
pub mod cades;
mod content;
mod error;
pub mod file;
pub mod jades;
mod loose;
mod policy;
mod timestamps;
mod to_be_signed;
mod validate;
pub mod verdict;

pub use content::Content;
pub use error::SignError;
pub use loose::Loose;
pub use policy::{PolicyError, SignaturePolicy};
pub use to_be_signed::ToBeSigned;
pub use validate::{SignatureError, Trust, Used};

use crate::digest::Sha256;
use crate::text::Instant;
use verdict::SignatureVerdict;

/// What a signer commits to who approves (TS 119 172-1 annex B), as JAdES and verdicts write it.
const PROOF_OF_APPROVAL: &str = "http://uri.etsi.org/01903/v1.2.2#ProofOfApproval";

/// What was found about the signatures over the parts of a package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verification {
    /// Each signature; one alone where the file cannot be read.
    pub signatures: Vec<Judged>,
    /// Parts that are there and that some signature does not name.
    pub uncovered: Vec<String>,
    /// Parts that a signature names and that are not there, as far as a name can be long.
    pub absent: Vec<String>,
    /// Whether the parts stand in every signature as they stand in the package, those uncovered aside.
    pub in_order: bool,
    /// What the file carries unsigned that does not hold, each kind once; asked of hoso's own packages, and only where every signature passed.
    pub loose: Vec<Loose>,
}

/// A signature with its conclusion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judged {
    /// The conclusion.
    pub verdict: SignatureVerdict,
    /// The signer's claim of the time, once it was read.
    pub issued: Option<Instant>,
}

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
