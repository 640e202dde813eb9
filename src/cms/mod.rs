//! Signed messages (CMS, RFC 5652): read strictly, written in DER, and the timestamps of RFC 3161, which are such messages.
//!
//! Nothing is believed here. Who signed, and whether that may be believed, is asked by [`crate::sign`].

mod armour;
mod attributes;
mod error;
mod signed_data;
pub mod timestamp;
mod write;

pub use armour::Armour;
pub use attributes::{Attribute, Attributes};
pub use error::{CmsError, TimestampError};
pub use signed_data::{SignedData, SignerId, SignerInfo};
pub use write::{
    SignerParts, add_evidence, add_signer, add_unsigned, algorithm_protection, attribute, holds_known, is_framed, is_known, is_versioned,
    signed_data,
};
