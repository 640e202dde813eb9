//! Reports: issues with stable codes, and the sentences for people in Vietnamese and English.

pub mod catalogue;
mod fact;
mod issue;
mod json;
mod message;

pub use fact::{Coded, Fact, Facts};
pub use issue::{Issue, Level, Report};
pub use message::{Language, fill, number, render, sentence};
