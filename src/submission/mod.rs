//! From the documents of a dossier to a signed package, and back.

mod adding;
pub mod chain;
pub use crate::dossier::{attach, attachment, manifest, media, view};
pub use crate::zip::container;
mod format;
mod gate;
mod measure;
pub mod package;
mod seal;
mod signature;
mod signed;
mod verified;
mod verify;

pub use crate::dossier::{Attachment, Claim, PackageError, SealError, SealOptions, Submission, named_by_place};
pub use crate::sign::verdict::Outcome;
pub use adding::Addition;
pub use format::Format;
pub use gate::{GateEntry, GateIssue};
pub use measure::{Measure, MeasureWithoutDigest};
pub use package::{Intake, Package};
pub use seal::{Sealed, seal};
pub use signed::{Chunk, Prepared, Signed};
pub use verified::{Verified, accept};
#[cfg(feature = "wasm-sign")]
pub(crate) use verify::verify_with;
pub use verify::{Verdict, VerifyOptions, verify};
