//! Vietnamese formats. Each names its source; a rule without an official source is not an error here.
//!
//! Every format has one canonical form. A text that can be read in one way only but is written otherwise, with spaces, points or
//! full-width digits, is a warning (`format.spelling`) whose fact `normalized` is that form. A doubt that papers may settle is
//! a warning too (`format.unusual`, or a code of its own).

pub(super) mod codes;
pub(super) mod dossier;
pub(super) mod insurance;
pub(super) mod land;
pub(super) mod money;
pub(super) mod name;
pub(super) mod partial_date;
pub(super) mod passport;
pub mod personal_id;
pub(super) mod phone;
pub(super) mod plate;
pub(super) mod tax_code;

use super::formats::{FormatFault, Formatted};
use crate::report::Facts;
use std::borrow::Cow;

/// Judges a text that can be read. What is doubtful comes first; either way a text written otherwise is offered its canonical form.
fn judged(text: &str, canonical: &str, doubt: Option<FormatFault>) -> Formatted {
    if text == canonical {
        return doubt.map_or(Ok(()), Err);
    }
    let fault = doubt.unwrap_or(FormatFault::new("format.spelling").warning());
    Err(FormatFault { facts: fault.facts.with("normalized", canonical.to_owned()), ..fault })
}

/// The doubt about a text that no source forbids, with an example of what is usual.
fn unusual(example: &'static str) -> FormatFault {
    FormatFault::with("format.unusual", Facts::none().with("example", example)).warning()
}

/// The digits of a text without the spaces, points, hyphens and brackets that people put between them, or the fault that names the
/// first other character.
fn digits<'t>(text: &'t str, code: &'static str) -> Result<Cow<'t, str>, FormatFault> {
    if are_digits(text) {
        return Ok(Cow::Borrowed(text));
    }
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match plain(letter) {
            digit @ '0'..='9' => out.push(digit),
            gap if is_space(gap) || matches!(gap, '.' | '-' | '(' | ')') => {}
            _ => return Err(stray(code, letter)),
        }
    }
    Ok(Cow::Owned(out))
}

/// A character where a digit belongs; the letters that look like one are told from the rest.
fn stray(code: &'static str, letter: char) -> FormatFault {
    let facts = Facts::none().with("letter", letter.to_string());
    FormatFault::with(
        code,
        match letter {
            'O' | 'o' => facts.with("digit", "0"),
            'I' | 'l' | '|' => facts.with("digit", "1"),
            _ => facts,
        },
    )
}

fn wrong_length(code: &'static str, expected: u64, digits: &str) -> FormatFault {
    FormatFault::with(code, Facts::none().with("expected", expected).with("given", digits.len()))
}

/// The same fault, with what was probably meant: a spreadsheet takes the zero in front of a number away.
fn without_zero(fault: FormatFault, digits: &str) -> FormatFault {
    FormatFault { facts: fault.facts.with("suggestion", "0".to_owned() + digits), ..fault }
}

/// A text in capitals, as codes are printed, with something in place of each space inside it.
fn printed(text: &str, space: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.trim_matches(is_space).chars() {
        match plain(letter) {
            gap if is_space(gap) => out.push_str(space),
            // Ð (eth) and Ɖ look like Đ.
            'đ' | 'ð' | 'Ð' | 'Ɖ' => out.push('Đ'),
            other => out.push(other.to_ascii_uppercase()),
        }
    }
    out
}

/// The same without points and hyphens.
fn compact(text: &str) -> String {
    let mut out = printed(text, "");
    out.retain(|letter| !matches!(letter, '.' | '-'));
    out
}

/// A full-width character or a dash as the keyboard has it.
fn plain(letter: char) -> char {
    match letter {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(letter) - 0xfee0).unwrap_or(letter),
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        other => other,
    }
}

fn is_space(letter: char) -> bool {
    matches!(letter, ' ' | '\t'..='\r' | '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{3000}')
}

fn are_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use crate::report::Level;
    use crate::schema::formats::Format;
    use proptest::prelude::*;

    fn all() -> Vec<(&'static str, Format)> {
        let names = Format::names().filter(|name| name.starts_with("vn-"));
        names.map(|name| (name, Format::named(name).unwrap())).collect()
    }

    /// Canonical texts pass, and have no other canonical form.
    fn hold(text: &str) {
        for (name, format) in all() {
            let Some(canonical) = format.canonical(text) else { continue };
            assert_ne!(canonical, text, "{name}");
            assert_eq!(format.canonical(&canonical), None, "{name}: {text:?} gives {canonical:?}");
            let fault = format.check(&canonical).err();
            assert!(fault.as_ref().is_none_or(|fault| fault.level == Level::Warning), "{name}: {text:?} gives {canonical:?}: {fault:?}");
        }
    }

    proptest! {
        #[test]
        fn canonical_forms_are_stable(text in any::<String>()) {
            hold(&text);
        }

        #[test]
        fn canonical_forms_of_likely_texts_are_stable(text in "[ \u{a0}.+()0-9０-９/–-]{0,18}|[0-9A-HĐÐđa-f .-]{4,18}|[0-9.,đ ]{1,12}|[a-cÐĐ \u{a0}\u{302}\u{301}\u{323}\u{306}ê'1-]{0,9}") {
            hold(&text);
        }

        #[test]
        fn canonical_forms_of_well_made_texts_are_stable(
            text in "(\\+84|0084|84|0)[ .]?[1-9][0-9]{1,2}[ .-]?[0-9]{3}[ .]?[0-9]{3,4}|[hH][0-9]{2}([.][0-9]{1,2}){0,4} ?[-–][0-9]{2}[01][0-9][0-3][0-9]-[0-9]{3,7}|[1-9][0-9][ -]?[a-zĐÐ]{1,2}[0-9]?[ -]?[0-9]{3}[.]?[0-9]{1,2}|[0-3]?[0-9][/.-][01]?[0-9][/.-][0-9]{4}|[a-zĐ]{2}[1-6]( ?[0-9]){12}"
        ) {
            hold(&text);
        }
    }

    /// Two megabytes in time that is not linear would not end.
    #[test]
    fn every_format_takes_time_linear_in_its_text() {
        for (_, format) in all() {
            for piece in ["0", "a", " ", ".", "-", "1.", "000.", "Ð", "a\u{302}", "０", "(", "/", "\u{a0}"] {
                let text = piece.repeat(2_000_000 / piece.len());
                assert!(format.canonical(&text).is_none_or(|canonical| canonical.len() < 2 * text.len()));
            }
        }
    }
}
