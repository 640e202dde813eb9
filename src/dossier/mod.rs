//! What a dossier holds of a form: its documents, composed from a checked form, and held against form and rules again when a package comes back.
//!
//! It knows neither signatures nor containers, so a page composes with the module that validates, and signs with another: documents
//! and [`Findings`] are all that goes from one to the other.

pub mod attach;
pub mod attachment;
mod compose;
mod error;
mod findings;
mod input;
pub mod manifest;
pub mod media;
pub mod view;

pub use attach::{attach, named_by_place};
pub use attachment::Attachment;
#[cfg(feature = "sign")]
pub(crate) use compose::places;
pub use compose::{Documents, SealOptions, compose};
pub use error::{PackageError, SealError};
pub use findings::{Findings, Found, Judgement, judge, noted};
pub use manifest::{Claim, Submission};

/// The names of the documents of a package, in their order.
pub const DOCUMENTS: [&str; 4] = [SUBMISSION, FORM, SCHEMA, VIEW];

/// The name of what the dossier says of itself.
pub const SUBMISSION: &str = "submission.json";
/// The name of the data.
pub const FORM: &str = "form.json";
/// The name of the rule schema.
pub const SCHEMA: &str = "schema.json";
/// The name of the reading copy.
pub const VIEW: &str = "view.html";
