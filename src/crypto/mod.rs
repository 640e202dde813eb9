//! Algorithms and keys. Which primitives exist is decided here; what they compute is `ring`'s work, but for AES.
//!
//! Every choice is a closed list: an algorithm, curve or parameter that is not on it is refused by name.

mod aes;
mod algorithm;
mod cipher;
mod ecdsa;
mod error;
mod hash;
mod password;
mod private_key;
mod public_key;
mod ring;

pub use self::ring::mac_matches;
pub use algorithm::{HashAlgorithm, SignatureAlgorithm, SignatureForm, VerificationAlgorithm};
pub use cipher::AesCbc;
pub use ecdsa::{ecdsa_to_der, ecdsa_to_fixed};
pub use error::{CryptoError, KeyError};
pub use hash::{Hasher, digest};
pub use password::{Iterations, Pbkdf2, pkcs12_mac_key};
pub use private_key::PrivateKey;
pub use public_key::{KeyKind, PublicKey};
