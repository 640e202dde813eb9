//! Certificates, paths to a trust anchor, revocation lists and key files (RFC 5280, RFC 7292).
//!
//! Time, trust anchors and lists are arguments. Whatever comes along with a signature (its `x5c`, the chain in a
//! key file) is a hint for the path and never a reason to trust.

mod certificate;
pub mod crl;
mod error;
mod extensions;
mod name;
pub mod path;
mod pem;
pub mod pkcs12;
pub mod revocation;
mod signed;
mod signing;

pub use certificate::Certificate;
pub use error::{CertificateError, CrlError, PathError};
pub use extensions::{BasicConstraints, KeyUsage};
pub use name::{Name, SubjectId};
pub use path::Path;
pub use pkcs12::KeyStore;
pub use revocation::{Policy, Revocation, Status};
pub use signing::check_for_signing;
