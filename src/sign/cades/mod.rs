//! CAdES (ETSI EN 319 122-1 V1.3.1): signed messages (CMS) that say when they were made and with which certificate.
//!
//! What is made here is at least B-B: the signed attributes content-type, message-digest, signing-time, signing-certificate-v2 (SHA-256),
//! commitment-type-indication (proof of approval) and CMS-algorithm-protection (RFC 6211), in DER. What is verified may be anybody's.

mod sign;
mod verify;

pub use super::Content;
pub use sign::{Countersigned, Pending, countersign, prepare, stamped, with_evidence, with_timestamp};
pub(crate) use verify::verify_whole;
pub use verify::{check_content, content_hashes, lasting, verify};
