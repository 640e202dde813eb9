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
    let (sign, digits) = match text.strip_prefix(['-', '\u{2212}']) {
        Some(digits) => ("-", digits),
        None => ("", text),
    };
    let digits: String = digits.chars().filter(|letter| !matches!(letter, ' ' | '\u{a0}' | '\u{202f}')).collect();
    let (whole, fraction) = match digits.split_once(point) {
        Some((whole, fraction)) => (whole, Some(fraction)),
        // A mark that cannot begin a group of three is the other language's.
        None => match digits.rsplit_once(group) {
            Some((whole, fraction)) if fraction.len() != 3 && !whole.contains(group) => (whole, Some(fraction)),
            _ => (&*digits, None),
        },
    };
    let groups: Vec<&str> = whole.split(group).collect();
    let is_grouped = groups.len() == 1
        || groups.iter().skip(1).all(|group| group.len() == 3) && groups.first().is_some_and(|first| (1..=3).contains(&first.len()));
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let joined = groups.concat();
    if !is_grouped || !is_number(&joined) || fraction.is_some_and(|fraction| !is_number(fraction)) {
        return None;
    }
    let trimmed = joined.trim_start_matches('0');
    let whole = if trimmed.is_empty() { "0" } else { trimmed };
    Some(match fraction {
        Some(fraction) => [sign, whole, ".", fraction].concat(),
        None => [sign, whole].concat(),
    })
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
