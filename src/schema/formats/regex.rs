//! `regex`: a pattern of ECMA-262 with the flag `u`, as [`crate::regex`] runs it (Validation 2020-12, 7.3.8).
//!
//! `^\\d{6}$` passes, `^(` does not. A back-reference is ECMA-262 but is refused, as in `pattern`.

use super::{FormatFault, Formatted};
use crate::regex::Regex;
use crate::report::Facts;

pub(super) fn check(text: &str) -> Formatted {
    let at = |error: crate::regex::PatternError| Facts::none().with("character", error.character);
    Regex::check(text).map_err(|error| FormatFault::with("regex.form", at(error)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Fact;

    #[test]
    fn what_is_no_pattern_is_told_with_its_place() {
        for text in ["", "^\\d{6}$", "(?<năm>\\d{4})", "\\p{Lu}"] {
            assert_eq!(check(text), Ok(()), "{text}");
        }
        for (text, character) in [("^(", 2), ("a{2,1}", 2), ("\\a", 1), ("(a)\\1", 4), ("[z-a]", 2)] {
            let fault = check(text).unwrap_err();
            assert_eq!((fault.code, fault.facts.find("character")), ("regex.form", Some(&Fact::Number(character))), "{text}");
        }
    }
}
