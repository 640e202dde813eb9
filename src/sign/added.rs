//! What was added to a signature after it was made.

use super::validate::Used;
use crate::pki::Certificate;

/// Nothing of it is signed by the signer, and each piece is believed for its own signature alone.
#[derive(Default)]
pub(super) struct Added {
    /// What a timestamp of the signature is of.
    pub(super) stamped: Vec<u8>,
    /// Timestamp tokens, DER.
    pub(super) tokens: Vec<Vec<u8>>,
    /// Certificates, DER.
    pub(super) certificates: Vec<Vec<u8>>,
    /// Revocation lists, DER.
    pub(super) crls: Vec<Vec<u8>>,
    /// OCSP responses, DER.
    pub(super) ocsps: Vec<Vec<u8>>,
}

impl Added {
    /// Nothing yet, to a signature of which a timestamp would be of these bytes.
    pub(super) fn to(stamped: &[u8]) -> Self {
        Self { stamped: stamped.to_vec(), ..Self::default() }
    }

    /// Certificates, lists and answers as they came along.
    pub(super) fn evidence(&self) -> Used {
        Used { certificates: self.certificates.clone(), crls: self.crls.clone(), ocsps: self.ocsps.clone() }
    }

    /// The certificates that can be read.
    pub(super) fn read_certificates(&self) -> Vec<Certificate> {
        self.certificates.iter().filter_map(|der| Certificate::parse(der.as_slice()).ok()).collect()
    }
}
