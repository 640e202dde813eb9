//! Strict DER (ITU-T X.690, 2021-02, chapter 10 and 11): elements that keep the bytes they were read from.
//!
//! Signatures cover received bytes, so what was read is never written anew: an [`Element`] keeps its
//! raw slice, and a [`Writer`] writes what is ours. A [`Reader`] remembers its first error, which is asked for once. Nesting is bounded because every
//! grammar of the layers above is fixed and no reader calls itself.

mod algorithm;
pub mod ber;
mod error;
mod known;
mod oid;
mod reader;
mod time;
mod value;
mod write;

pub use algorithm::AlgorithmIdentifier;
pub use error::Asn1Error;
pub use known::Known;
pub use oid::{Oid, OidRef};
pub use reader::{Element, Reader, Tag, context, context_primitive, document};
pub use write::Writer;
