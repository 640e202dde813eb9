//! Algorithms and keys. Which primitives exist is decided here; what they compute is `ring`'s work, but for
//! the ciphers of key files, and for signatures that it does not verify.
//!
//! Every choice is a closed list: an algorithm, curve or parameter that is not on it is refused by name.

mod aes;
mod algorithm;
mod cipher;
mod des;
mod ecdsa;
mod encryption;
mod error;
mod hash;
mod modular;
mod password;
mod private_key;
mod public_key;
mod rc2;
mod ring;
mod rsa;
mod weierstrass;

pub use self::ring::mac_matches;
pub use algorithm::{HashAlgorithm, Pss, SignatureAlgorithm, SignatureForm, VerificationAlgorithm};
pub use ecdsa::{ecdsa_to_der, ecdsa_to_fixed};
pub use encryption::Encryption;
pub use error::{CryptoError, KeyError, KeyName};
pub use hash::{Hasher, digest};
pub use password::{Iterations, Password, Pbkdf2, Purpose, pkcs12_derive};
pub use private_key::PrivateKey;
pub use public_key::{KeyKind, PublicKey};
