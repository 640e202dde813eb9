//! Certificates, paths to a trust anchor, revocation lists, status answers and key files (RFC 5280, RFC 6960, RFC 7292).
//!
//! Time, trust anchors, lists and answers are arguments. Whatever comes along with a signature (its `x5c`, the chain in a
//! key file) is a hint for the path and never a reason to trust.

mod certificate;
pub mod crl;
mod details;
mod error;
mod extensions;
mod general_name;
pub mod key_file;
mod name;
pub mod ocsp;
pub mod path;
pub(crate) mod pem;
pub mod pkcs12;
pub mod revocation;
mod signed;
mod signing;
mod validation;

pub use certificate::Certificate;
pub use details::Details;
pub use error::{CertificateError, CrlError, OcspError, PathError, RevocationError};
pub use extensions::{BasicConstraints, KeyUsage};
pub use general_name::GeneralName;
pub use name::{Name, SubjectId};
pub use path::{Path, Purpose, Rules};
pub use pkcs12::KeyStore;
pub use revocation::{Evidence, Policy, Proof, Revocation, Status};
pub use signing::check_for_signing;
pub use validation::{Validation, ValidationError, validate};
