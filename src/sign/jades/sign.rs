//! Signing in three steps, because the key may be elsewhere: [`prepare`], someone signs, [`ToBeSigned::attach`].

use super::header::{File, Header, signing_input, url_text};
use crate::crypto::{KeyKind, SignatureAlgorithm, SignatureForm};
use crate::digest::{Sha256, sha384};
use crate::json::{WriteError, canonical_from};
use crate::limits;
use crate::pki::{Certificate, CertificateError, check_for_signing};
use crate::report::catalogue::{self, Area};
use crate::report::{Coded, Facts};
use crate::sign::Part;
use crate::text::Instant;
use std::fmt;

/// Why no signature was made.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SignError {
    /// The algorithm needs another kind of key than the certificate's.
    AlgorithmDoesNotFit {
        /// Its JOSE name.
        algorithm: &'static str,
    },
    /// The signer's certificate may not sign.
    Certificate(CertificateError),
    /// No certificate was given.
    NoCertificate,
    /// What came back is no signature over the message by the certificate's key.
    Rejected,
    /// The certificates are too large for a signature file, or the time beyond what it can say.
    Unwritable(WriteError),
}

impl From<CertificateError> for SignError {
    fn from(error: CertificateError) -> Self {
        Self::Certificate(error)
    }
}

impl Coded for SignError {
    fn code(&self) -> &'static str {
        match self {
            Self::AlgorithmDoesNotFit { .. } => "signature.algorithm-does-not-fit",
            Self::Certificate(error) => error.code(),
            Self::NoCertificate => "signature.no-certificate",
            Self::Rejected => "signature.rejected",
            Self::Unwritable(_) => "signature.unwritable",
        }
    }

    fn sentences(&self) -> Area {
        match self {
            Self::Certificate(error) => error.sentences(),
            _ => catalogue::SIGN,
        }
    }

    fn facts(&self) -> Facts {
        match self {
            Self::AlgorithmDoesNotFit { algorithm } => Facts::none().with("algorithm", *algorithm),
            Self::Certificate(error) => error.facts(),
            Self::NoCertificate | Self::Rejected | Self::Unwritable(_) => Facts::none(),
        }
    }
}

impl fmt::Display for SignError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AlgorithmDoesNotFit { algorithm } => write!(out, "algorithm `{algorithm}` does not fit the certificate's key"),
            Self::Certificate(error) => fmt::Display::fmt(error, out),
            Self::NoCertificate => out.write_str("no certificate was given"),
            Self::Rejected => out.write_str("the signature is not of the certificate's key"),
            Self::Unwritable(error) => write!(out, "signature cannot be written: {error}"),
        }
    }
}

impl std::error::Error for SignError {}

/// What a key must sign, with everything that is needed to check what comes back.
#[derive(Clone, Debug)]
pub struct ToBeSigned {
    algorithm: SignatureAlgorithm,
    certificate: Certificate,
    /// The header's base64url.
    protected: String,
    message: Vec<u8>,
}

/// Prepares a signature over parts, in their order, by the first certificate of a chain.
///
/// The rest of the chain may stand in any order: the signature carries those that lead from the signer upwards, without the root.
///
/// # Errors
/// The certificate may not sign at that instant, or its key does not fit the algorithm.
pub fn prepare(parts: &[Part], chain: &[Certificate], algorithm: SignatureAlgorithm, at: Instant) -> Result<ToBeSigned, SignError> {
    let (signer, others) = chain.split_first().ok_or(SignError::NoCertificate)?;
    check_for_signing(signer, at)?;
    let key = signer.public_key().map_err(CertificateError::Key)?;
    if !fits(algorithm, key.kind()) {
        return Err(SignError::AlgorithmDoesNotFit { algorithm: algorithm.jose_name() });
    }
    let header = Header {
        algorithm,
        issued: at.unix(),
        certificates: upwards(signer, others).into_iter().map(|certificate| certificate.der().to_vec()).collect(),
        parts: parts.iter().map(Into::into).collect(),
    };
    let protected = url_text(header.to_canonical().map_err(SignError::Unwritable)?.as_bytes());
    Ok(ToBeSigned { algorithm, certificate: signer.clone(), message: signing_input(&protected), protected })
}

impl ToBeSigned {
    /// The algorithm that must be used.
    #[must_use]
    pub const fn algorithm(&self) -> SignatureAlgorithm {
        self.algorithm
    }

    /// The message, for a key that hashes what it signs.
    #[must_use]
    pub fn message(&self) -> &[u8] {
        &self.message
    }

    /// The message's digest, for a key that signs a digest: SHA-256 or SHA-384, as the algorithm says.
    #[must_use]
    pub fn digest(&self) -> Vec<u8> {
        match self.algorithm {
            SignatureAlgorithm::Es256 | SignatureAlgorithm::Ps256 => Sha256::of(&self.message).bytes().to_vec(),
            SignatureAlgorithm::Es384 | SignatureAlgorithm::Ps384 => sha384(&self.message).to_vec(),
        }
    }

    /// The signature file, once what came back is verified.
    ///
    /// ECDSA signatures are r and s, each as long as the curve's order (RFC 7518 3.4).
    ///
    /// # Errors
    /// What came back is no signature over [`ToBeSigned::message`] by the certificate's key.
    pub fn attach(&self, signature: &[u8]) -> Result<Vec<u8>, SignError> {
        let key = self.certificate.public_key().map_err(CertificateError::Key)?;
        key.verify(self.algorithm, SignatureForm::Fixed, &self.message, signature).map_err(|_| SignError::Rejected)?;
        let file = File { protected: &self.protected, signature: url_text(signature) };
        canonical_from(&file).map(String::into_bytes).map_err(SignError::Unwritable)
    }
}

const fn fits(algorithm: SignatureAlgorithm, key: KeyKind) -> bool {
    matches!(
        (algorithm, key),
        (SignatureAlgorithm::Es256, KeyKind::P256)
            | (SignatureAlgorithm::Es384, KeyKind::P384)
            | (SignatureAlgorithm::Ps256 | SignatureAlgorithm::Ps384, KeyKind::Rsa { .. })
    )
}

/// RFC 7515 4.1.6: each certificate certifies the one before it. A root says nothing that the verifier, who must know it
/// already, could believe.
fn upwards<'c>(signer: &'c Certificate, others: &'c [Certificate]) -> Vec<&'c Certificate> {
    let mut chain = vec![signer];
    let mut last = signer;
    while chain.len() < limits::PATH_CERTIFICATES {
        let issuer = others.iter().find(|other| !chain.contains(other) && issued(other, last));
        match issuer {
            Some(issuer) if !issued(issuer, issuer) => {
                chain.push(issuer);
                last = issuer;
            }
            _ => break,
        }
    }
    chain
}

fn issued(issuer: &Certificate, certificate: &Certificate) -> bool {
    issuer.subject().raw() == certificate.issuer().raw() && issuer.public_key().is_ok_and(|key| certificate.verify_signature(&key).is_ok())
}
