//! Preparing a signature file, and putting the signature in.

use super::header::{File, Header, signing_input, url_text};
use crate::crypto::SignatureAlgorithm;
use crate::json::canonical_from;
use crate::pki::Certificate;
use crate::sign::to_be_signed::Signer;
use crate::sign::{Part, SignError, ToBeSigned};
use crate::text::Instant;

/// A signature file that waits for its signature.
#[derive(Clone, Debug)]
pub struct Pending {
    to_be_signed: ToBeSigned,
    /// The header's base64url.
    protected: String,
}

/// Prepares a signature over parts, in their order, by the first certificate of a chain.
///
/// The rest of the chain may stand in any order: the signature carries those that lead from the signer upwards, without the root.
///
/// # Errors
/// The certificate may not sign at that instant, or its key does not fit the algorithm.
pub fn prepare(parts: &[Part], chain: &[Certificate], algorithm: SignatureAlgorithm, at: Instant) -> Result<Pending, SignError> {
    let signer = Signer::of(chain, algorithm, at)?;
    let header = Header {
        algorithm,
        issued: at.unix(),
        certificates: signer.chain.iter().map(|certificate| certificate.der().to_vec()).collect(),
        parts: parts.iter().map(Into::into).collect(),
    };
    let protected = url_text(header.to_canonical().map_err(SignError::Unwritable)?.as_bytes());
    Ok(Pending { to_be_signed: signer.to_be_signed(signing_input(&protected)), protected })
}

impl Pending {
    /// What the key must sign.
    #[must_use]
    pub const fn to_be_signed(&self) -> &ToBeSigned {
        &self.to_be_signed
    }

    /// The signature file, once what came back is verified.
    ///
    /// # Errors
    /// What came back is no signature over the message by the certificate's key.
    pub fn attach(&self, signature: &[u8]) -> Result<Vec<u8>, SignError> {
        let value = self.to_be_signed.accept(signature)?;
        let file = File { protected: &self.protected, signature: url_text(value.fixed()) };
        canonical_from(&file).map(String::into_bytes).map_err(SignError::Unwritable)
    }
}
