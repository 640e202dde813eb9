//! Strict DER (ITU-T X.690, 2021-02, chapter 10 and 11): elements that keep the bytes they were read from.
//!
//! Signatures cover received bytes, so nothing here is ever written anew: an [`Element`] keeps its
//! raw slice. The crate `der` judges tags, lengths and values; nesting is bounded because every
//! grammar of the layers above is fixed and no reader calls itself.

mod algorithm;
mod error;
pub mod oid;
mod reader;
mod time;

pub use algorithm::AlgorithmIdentifier;
pub use der::Tag;
pub use der::asn1::ObjectIdentifier as Oid;
pub use error::Asn1Error;
pub use reader::{Element, Reader, context, context_primitive, document};
