//! Vietnamese formats. Each names its source; a rule without an official source is not an error here.
//!
//! Every format has one canonical form. A text that can be read in one way only but is written otherwise, with spaces, points or
//! full-width digits, is a warning (`format.spelling`) whose fact `normalized` is that form; for dates it is an error. A doubt that
//! papers may settle is a warning too (`format.unusual`, or a code of its own). `docs/formats.md` shows what each says.

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
use crate::text::{self, parts, plain};

/// Judges a text that can be read. What is doubtful comes first; either way a text written otherwise is offered its canonical form.
fn judged(text: &str, canonical: String, doubt: Option<FormatFault>) -> Formatted {
    if text == canonical {
        return doubt.map_or(Ok(()), Err);
    }
    let fault = doubt.unwrap_or(FormatFault::new("format.spelling").warning());
    Err(FormatFault { facts: fault.facts.with("normalized", canonical), ..fault })
}

/// The doubt about a text that no source forbids, with an example of what is usual.
fn unusual(example: &'static str) -> FormatFault {
    FormatFault::with("format.unusual", Facts::none().with("example", example)).warning()
}

/// The digits of a text without what people put between them, or the fault that names the first other character.
fn digits(text: &str, code: &'static str) -> Result<String, FormatFault> {
    text::digits(text).map_err(|letter| stray(code, letter))
}

/// A number of so many digits, or where `or_person` says so the 12 of a personal identity number.
fn number(text: &str, [characters, form]: [&'static str; 2], length: usize, or_person: bool) -> Formatted {
    let number = digits(text, characters)?;
    if or_person && number.len() == personal_id::LENGTH {
        let doubt = personal_id::doubt(&number);
        return judged(text, number, doubt);
    }
    if number.len() == length {
        return judged(text, number, None);
    }
    let is_short = if or_person && number.len() + 1 == personal_id::LENGTH {
        personal_id::doubt(&with_zero(&number)).is_none()
    } else {
        number.len() + 1 == length && length != personal_id::LENGTH
    };
    Err(wrong_length(form, length, &number, is_short))
}

/// A number of another length. Where it is short of a zero in front, that is suggested: spreadsheets take it away.
fn wrong_length(code: &'static str, expected: usize, digits: &str, is_short: bool) -> FormatFault {
    let facts = Facts::none().with("expected", expected).with("given", digits.len());
    FormatFault::with(code, if is_short { facts.with("suggestion", with_zero(digits)) } else { facts })
}

fn with_zero(digits: &str) -> String {
    let mut out = String::from("0");
    out.push_str(digits);
    out
}

/// Judges a text by the shapes of its canonical form.
fn shaped(text: &str, shapes: [&'static str; 4]) -> Formatted {
    let (canonical, doubt) = read(text, shapes)?;
    judged(text, canonical, doubt)
}

/// The canonical form and what is doubtful in it, by the usual shapes, those that are a doubt, an example, and the code for a text of neither;
/// without a code that is a doubt too.
fn read(text: &str, [usual, doubtful, example, code]: [&'static str; 4]) -> Result<(String, Option<FormatFault>), FormatFault> {
    let printed = printed(text);
    if let Some(canonical) = filled(&printed, usual) {
        return Ok((canonical, None));
    }
    match filled(&printed, doubtful) {
        Some(canonical) => Ok((canonical, Some(unusual(example)))),
        None if code.is_empty() => Err(unusual(example)),
        None => Err(FormatFault::new(code)),
    }
}

/// A printed text in the first of some shapes, parted by `|`, that it fills.
fn filled(text: &str, shapes: &str) -> Option<String> {
    for shape in parts(shapes, b'|') {
        let filled = fill(text, shape);
        if filled.is_some() {
            return filled;
        }
    }
    None
}

/// A text in a shape: `9` is a digit, `1` one but 0, `5` one from 1 to 5, `8` one that may be missing, `Z` a letter, `A` one or Đ, `N` a letter or
/// digit, `M` one that may be missing. Anything else is a sign, in whose place the text may have any or none: `~` is one that the canonical
/// form leaves out, as it does the zeros that stand for `0`; for `=`, a hyphen, and `:`, a point, the text must have one.
fn fill(text: &str, shape: &str) -> Option<String> {
    let mut out = String::new();
    let mut letters = text.chars();
    for slot in shape.chars() {
        let next = letters.clone().next().unwrap_or('\0');
        let fits = match slot {
            '9' | '8' => next.is_ascii_digit(),
            '1' => matches!(next, '1'..='9'),
            '5' => matches!(next, '1'..='5'),
            'Z' => next.is_ascii_uppercase(),
            'A' => next.is_ascii_uppercase() || next == 'Đ',
            'N' | 'M' => next.is_ascii_uppercase() || next.is_ascii_digit(),
            sign => {
                let before = letters.as_str().len();
                while let Some(next) = letters.clone().next()
                    && (if sign == '0' { next == '0' } else { matches!(next, ' ' | '.' | '-' | '/') })
                {
                    letters.next();
                }
                if matches!(sign, '=' | ':') && letters.as_str().len() == before {
                    return None;
                }
                match sign {
                    '~' | '0' => {}
                    '=' => out.push('-'),
                    ':' => out.push('.'),
                    other => out.push(other),
                }
                continue;
            }
        };
        if fits {
            out.push(next);
            letters.next();
        } else if !matches!(slot, '8' | 'M') {
            return None;
        }
    }
    (letters.next().is_none() && !out.is_empty()).then_some(out)
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

/// A text in capitals, as codes are printed, without spaces around it.
fn printed(text: &str) -> String {
    let mut out = String::new();
    for letter in text.chars() {
        match plain(letter) {
            ' ' if out.is_empty() => {}
            // Ð (eth) and Ɖ look like Đ.
            'đ' | 'ð' | 'Ð' | 'Ɖ' => out.push('Đ'),
            other => out.push(other.to_ascii_uppercase()),
        }
    }
    while out.ends_with(' ') {
        out.pop();
    }
    out
}

/// Asserts that each text gives that code, or none.
#[cfg(test)]
fn hold(check: fn(&str) -> Formatted, vectors: &[(&str, Option<&str>)]) {
    for (text, code) in vectors {
        assert_eq!(check(text).err().map(|fault| fault.code), *code, "{text}");
    }
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
