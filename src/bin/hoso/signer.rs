//! A key that signs, with its certificates, an algorithm and a moment.

use crate::args::{Algorithm, KeyArgs};
use crate::exit::{CliError, Done};
use crate::key;
use hoso::crypto::SignatureAlgorithm;
use hoso::pki::{Certificate, KeyStore};
use hoso::sign::ToBeSigned;
use hoso::text::Instant;

/// Whoever signs now.
pub struct Signer {
    store: KeyStore,
    /// The signer's certificate first.
    pub chain: Vec<Certificate>,
    pub algorithm: SignatureAlgorithm,
    pub at: Instant,
}

impl Signer {
    /// Opens the key.
    pub fn open(options: &KeyArgs, asked: Option<Algorithm>, at: Instant) -> Done<Self> {
        let store = key::open(options)?;
        let algorithm = algorithm(&store, asked)?;
        let chain = std::iter::once(&store.certificate).chain(&store.chain).cloned().collect();
        Ok(Self { store, chain, algorithm, at })
    }

    pub fn sign(&self, asked: &ToBeSigned) -> Done<Vec<u8>> {
        Ok(self.store.key.sign(asked.algorithm(), asked.message())?)
    }

    pub fn name(&self) -> String {
        self.store.certificate.display_name()
    }
}

/// The one asked for, else the first that the key can do.
fn algorithm(store: &KeyStore, asked: Option<Algorithm>) -> Done<SignatureAlgorithm> {
    let usable = store.key.algorithms();
    let Some(asked) = asked else { return Ok(usable.first().copied().unwrap_or(SignatureAlgorithm::Es256)) };
    let asked = match asked {
        Algorithm::Es256 => SignatureAlgorithm::Es256,
        Algorithm::Es384 => SignatureAlgorithm::Es384,
        Algorithm::Ps256 => SignatureAlgorithm::Ps256,
        Algorithm::Ps384 => SignatureAlgorithm::Ps384,
        Algorithm::Rs256 => SignatureAlgorithm::Rs256,
    };
    if usable.contains(&asked) {
        return Ok(asked);
    }
    let usable = usable.iter().map(|algorithm| algorithm.jose_name()).collect::<Vec<_>>().join(", ");
    Err(CliError::Algorithm { algorithm: asked.jose_name(), usable }.into())
}
