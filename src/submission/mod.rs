//! From a checked form to a signed package, and back.

pub mod attach;
pub mod attachment;
pub use crate::zip::container;
mod error;
mod format;
mod gate;
mod input;
pub mod manifest;
pub mod media;
pub mod package;
mod seal;
mod signature;
mod signed;
mod verified;
mod verify;
pub mod view;

pub use attach::{attach, named_by_place};
pub use attachment::{Attachment, Measure, MeasureWithoutDigest};
pub use error::{PackageError, SealError};
pub use format::Format;
pub use gate::{GateEntry, GateIssue};
pub use manifest::{Claim, Submission};
pub use package::{Intake, Package};
pub use seal::{SealOptions, Sealed, seal};
pub use signed::{Chunk, Prepared, Signed};
pub use verified::{Verified, accept};
pub use verify::{Outcome, Verdict, VerifyOptions, verify};
