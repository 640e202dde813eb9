//! JAdES B-B (ETSI TS 119 182-1 V1.2.1) over detached parts, as hoso's package freezes it.
//!
//! The file is a flattened JWS (RFC 7515 7.2.2) without `payload`, in the form of RFC 8785. All that
//! is said stands in the protected header: `alg`, `b64` (false), `crit` (`b64`, `sigD`), `iat`, `sigD`
//! by `ObjectIdByURIHash` over the raw octets of every part, `srCms` (proof of approval), `typ`,
//! `x5c` and `x5t#S256`. The JWS payload is empty (TS 119 182-1 5.2.8.3.3), so what is signed is the
//! header's base64url and a dot.

mod any;
mod error;
mod file;
mod foreign;
mod header;
mod sign;
mod splice;
mod unsigned;
mod verify;

pub use any::{PendingAny, names_parts, prepare_beside_any, prepare_over_any, stamped_any, with_evidence_any, with_timestamp_any};
pub use error::JadesError;
pub use foreign::{Given, lasting_any, verify_any};
pub(super) use header::percent_encoded;
pub use sign::{Pending, is_ours, prepare, prepare_beside, prepare_over, stamped, with_evidence, with_timestamp};
pub use verify::{lasting, verify};
