//! What holds whatever the input is, told once: `targets/` lets libFuzzer look for inputs that break it, `tests/fuzz_corpus.rs` tries
//! those that were found to go different ways. A law that is broken panics.
#![allow(dead_code, reason = "each target uses one of them")]
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, clippy::indexing_slicing, reason = "a broken law is a panic")]

#[path = "../../tests/support/cel.rs"]
mod cel;
#[cfg(feature = "sign")]
pub mod der;
pub mod draft;
pub mod edits;
pub mod evaluate;
pub mod expression;
#[path = "../../tests/support/expression_maker.rs"]
mod expression_maker;
pub mod format;
pub mod json;
#[path = "../../tests/support/live_trial.rs"]
mod live_trial;
#[cfg(feature = "sign")]
pub mod p12;
pub mod pattern;
#[cfg(feature = "sign")]
pub mod pki;
mod reference;
#[path = "../../tests/support/rule_maker.rs"]
mod rule_maker;
pub mod schema;
#[path = "../../tests/support/schema_maker.rs"]
mod schema_maker;
#[cfg(feature = "sign")]
pub mod signed;
pub mod validate;
#[cfg(feature = "sign")]
pub mod zip;

/// A law for inputs of any bytes.
type Law = fn(&[u8]);

/// Every law by the name of its target.
pub const LAWS: &[(&str, Law)] = &[
    ("json", json::holds),
    ("pattern", pattern::holds),
    ("schema", schema::holds),
    ("validate", validate::holds),
    ("format", format::holds),
    ("expression", expression::holds),
    ("evaluate", evaluate::holds),
    ("edits", edits::holds),
    ("draft", draft::holds),
    #[cfg(feature = "sign")]
    ("p12", p12::holds),
    #[cfg(feature = "sign")]
    ("der", der::holds),
    #[cfg(feature = "sign")]
    ("certificate", pki::certificate),
    #[cfg(feature = "sign")]
    ("crl", pki::crl),
    #[cfg(feature = "sign")]
    ("ocsp", pki::ocsp),
    #[cfg(feature = "sign")]
    ("zip", zip::holds),
    #[cfg(feature = "sign")]
    ("tsp", signed::tsp),
    #[cfg(feature = "sign")]
    ("cades", signed::cades),
    #[cfg(feature = "sign")]
    ("jades", signed::jades),
    #[cfg(feature = "sign")]
    ("verify", signed::verify),
];

/// The first byte of an input says how the others are meant: `!` that choices are made by them, anything else that they are a text.
fn is_made(input: &[u8]) -> Result<&[u8], String> {
    match input {
        [b'!', choices @ ..] => Ok(choices),
        [_, text @ ..] => Err(String::from_utf8_lossy(text).into_owned()),
        [] => Err(String::new()),
    }
}
