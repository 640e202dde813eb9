//! Vietnamese facts that rules and expressions ask for: names, numbers of persons, words, ages and working days.

mod days;
mod name;
mod personal_id;
mod words;

pub use days::{Day, add_working_days, age_on, working_days_between};
pub(crate) use name::same_name;
pub use name::{name_key, normalize};
pub(crate) use personal_id::PERSONAL_ID_LENGTH;
pub use personal_id::{Sex, birth_year_of, place_of, sex_of};
pub use words::{date_in_words, number_in_words};

/// The digits of a text without the spaces, points, hyphens, brackets and `+` that people put between them, or the first other character.
pub(crate) fn digits(text: &str) -> Result<String, char> {
    let mut out = String::new();
    for letter in text.chars() {
        match plain(letter) {
            digit @ '0'..='9' => out.push(digit),
            ' ' | '.' | '-' | '(' | ')' | '+' => {}
            _ => return Err(letter),
        }
    }
    Ok(out)
}

/// A full-width character as the keyboard has it, and a dash or space of any width.
pub(crate) fn plain(letter: char) -> char {
    match letter {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(letter) - 0xfee0).unwrap_or(letter),
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        '\t'..='\r' | '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{3000}' => ' ',
        other => other,
    }
}
