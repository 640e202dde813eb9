//! **hoso** (*hồ sơ*, the dossier a citizen files) validates an administrative form against its
//! procedure's rule schema, seals and signs the finished dossier, and verifies it again. The same
//! code gives the same verdict in a browser and on a server.

#[cfg(feature = "sign")]
pub mod asn1;
#[cfg(feature = "sign")]
pub mod cms;
#[cfg(feature = "sign")]
pub mod crypto;
pub mod digest;
pub mod dossier;
pub mod expr;
pub mod form;
pub mod json;
pub mod limits;
mod order;
mod pairs;
#[cfg(feature = "sign")]
pub mod pki;
pub mod regex;
pub mod report;
mod rows;
pub mod schema;
#[cfg(feature = "sign")]
pub mod sign;
#[cfg(feature = "sign")]
pub mod submission;
pub mod text;
#[cfg(feature = "wasm")]
pub mod wasm;
pub mod wire;
#[cfg(feature = "sign")]
pub mod zip;

/// The example in `README.md`, run as a test.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
pub struct Readme;
