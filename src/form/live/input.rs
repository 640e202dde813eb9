//! What a person types into a control: text, from which a field that takes none makes its own kind of value.
//!
//! With a field of the type `integer`, `1.500.000` typed in Vietnamese is 1500000, and `1,5` with one of the type `number` is 1.5. What cannot be read so stays
//! the text that was typed, and the form says what is wrong with it.

use super::{EditError, Field, LiveForm};
use crate::json::Document;
use crate::report::Language;

impl LiveForm {
    /// Writes what was typed into a control.
    ///
    /// # Errors
    /// Why nothing was written.
    pub fn input(&mut self, field: Field, text: &str, language: Language) -> Result<(), EditError> {
        let node = self.node(field)?;
        let kinds = self.live.kinds(node)?;
        let text = text.trim();
        let value = if kinds.takes_text() {
            None
        } else if kinds.takes_numbers() {
            number(text, language)
        } else if kinds.takes_truth() {
            truth(text).map(str::to_owned)
        } else {
            None
        };
        match value.and_then(|value| Document::read(value).ok()) {
            Some(value) => self.set(field, &value),
            None => self.set_text(field, text),
        }
    }
}

/// What boxes and choices send for yes and no.
fn truth(text: &str) -> Option<&'static str> {
    match text {
        "true" | "on" | "1" => Some("true"),
        "false" | "off" | "0" => Some("false"),
        _ => None,
    }
}

/// A number as a language writes it, as JSON: digits in groups of three, and the mark before the fraction.
fn number(text: &str, language: Language) -> Option<String> {
    let (group, point) = if language == Language::Vi { ('.', ',') } else { (',', '.') };
    let mut out = String::new();
    // The marks that were passed, and how many digits came since the last.
    let (mut groups, mut since, mut fraction) = (0, 0, false);
    for (at, letter) in text.char_indices() {
        match letter {
            '0'..='9' => {
                out.push(letter);
                since += 1;
            }
            '-' | '\u{2212}' if at == 0 => out.push('-'),
            ' ' | '\u{a0}' | '\u{202f}' if !fraction => {}
            letter if (letter == group || letter == point) && !fraction && since > 0 => {
                let behind = text.get(at + 1..).unwrap_or_default();
                let digits = behind.bytes().take_while(u8::is_ascii_digit).count();
                // A mark that cannot begin a group of three is the other language's.
                if letter == point || groups == 0 && digits != 3 && digits == behind.len() {
                    fraction = true;
                    out.push('.');
                } else if digits == 3 && since <= 3 && (groups == 0 || since == 3) {
                    groups += 1;
                } else {
                    return None;
                }
                if groups > 0 && fraction && since != 3 {
                    return None;
                }
                since = 0;
            }
            _ => return None,
        }
    }
    if since == 0 || !fraction && groups > 0 && since != 3 {
        return None;
    }
    // JSON knows no zeros in front.
    let (sign, digits) = if out.starts_with('-') { out.split_at_checked(1)? } else { ("", &*out) };
    let zeros = digits.bytes().take_while(|byte| *byte == b'0').count();
    let digits = digits.get(zeros..).unwrap_or_default();
    let zero = if digits.bytes().next().is_none_or(|byte| byte == b'.') { "0" } else { "" };
    Some([sign, zero, digits].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_a_language_writes_them() {
        for (text, vi, en) in [
            ("1500000", Some("1500000"), Some("1500000")),
            ("1.500.000", Some("1500000"), None),
            ("1,500,000", None, Some("1500000")),
            ("1 500 000", Some("1500000"), Some("1500000")),
            ("1.500", Some("1500"), Some("1.500")),
            ("1,5", Some("1.5"), Some("1.5")),
            ("85.5", Some("85.5"), Some("85.5")),
            ("1.234,5", Some("1234.5"), None),
            ("-7", Some("-7"), Some("-7")),
            ("\u{2212}7", Some("-7"), Some("-7")),
            ("007", Some("7"), Some("7")),
            ("0,50", Some("0.50"), Some("0.50")),
            ("", None, None),
            ("12a", None, None),
            ("1.50.000", None, None),
            (".5", None, None),
            ("5,", None, None),
        ] {
            assert_eq!(number(text, Language::Vi).as_deref(), vi, "{text} in Vietnamese");
            assert_eq!(number(text, Language::En).as_deref(), en, "{text} in English");
        }
    }
}
