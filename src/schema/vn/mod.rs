//! Vietnamese formats. Each names its source; a rule without an official source is not an error here.

pub(super) mod codes;
pub(super) mod name;
pub(super) mod personal_id;
pub(super) mod phone;
pub(super) mod tax_code;

use super::formats::FormatFault;
use crate::report::Facts;
use crate::text::length;

/// A text of digits only, or the fault that names the first other character.
fn digits(text: &str, code: &'static str) -> Result<(), FormatFault> {
    match text.chars().find(|letter| !letter.is_ascii_digit()) {
        None => Ok(()),
        Some(letter) => Err(FormatFault::with(code, Facts::none().with("letter", letter.to_string()))),
    }
}

fn wrong_length(code: &'static str, expected: u64, text: &str) -> FormatFault {
    FormatFault::with(code, Facts::none().with("expected", expected).with("given", length(text)))
}
