//! What a signed form may not hold, whatever its schema says: text that hides something, numbers that sealing would change.

use super::fault::Fault;
use crate::json::{Document, Kind, Number, Value};
use crate::report::Facts;
use crate::text::{Unsafe, code_point, unsafe_text};

/// The name under which these issues stand where a keyword's would.
pub(super) const KEYWORD: &str = "x-procedure";

/// Whether a document is clean: the fast pass.
pub(super) fn is_clean(document: &Document) -> bool {
    let plain = document.is_plain();
    document.values().all(|value| if plain { is_exact(value) } else { check(value).is_ok() })
}

/// Judges a value, and the name under which it stands.
pub(super) fn check(value: Value<'_>) -> Result<(), Fault> {
    if !is_exact(value) {
        return Err(Fault::NumberNotExact);
    }
    match unsafe_text(value.name()).or_else(|| value.as_str().and_then(unsafe_text)) {
        None => Ok(()),
        Some(found) => Err(text_fault(found)),
    }
}

fn is_exact(value: Value<'_>) -> bool {
    value.kind() != Kind::Number || value.as_number().is_none_or(Number::is_exact)
}

fn text_fault(found: Unsafe) -> Fault {
    let character = |letter| Facts::none().with("character", code_point(letter));
    let (code, facts) = match found {
        Unsafe::BidiControl(letter) => ("text.bidi-control", character(letter)),
        Unsafe::Control(letter) => ("text.control-character", character(letter)),
        Unsafe::Invisible(letter) => ("text.invisible-character", character(letter)),
        Unsafe::NotNfc => ("text.not-nfc", Facts::none()),
    };
    Fault::Text { code, facts }
}
