//! Reports: issues with stable codes, and the sentences for people in Vietnamese and English.

pub mod catalogue;
mod fact;
mod json;
mod message;

pub use fact::{Coded, Fact, Facts};
pub use message::{Language, sentence};
