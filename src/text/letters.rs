//! Small and capital letters of Latin scripts, Vietnamese among them. The standard library's tables know every script, at
//! seven kilobytes in a browser's module; labels and the names in schemas need no more than this.

/// The small letter of a capital; any other letter as it is.
///
/// Unicode's `Lowercase_Mapping` for ASCII, Latin-1, Latin Extended-A (without İ, whose small letter is two), Ơ, Ư and Latin Extended Additional.
#[must_use]
pub fn small(letter: char) -> char {
    let next = |by| char::from_u32(u32::from(letter) + by).unwrap_or(letter);
    let even = u32::from(letter).is_multiple_of(2);
    match letter {
        'A'..='Z' | 'À'..='Ö' | 'Ø'..='Þ' => next(0x20),
        'Ÿ' => 'ÿ',
        'ẞ' => 'ß',
        'Ơ' | 'Ư' => next(1),
        'Ĺ'..='Ň' | 'Ź'..='Ž' if !even => next(1),
        'Ā'..='Į' | 'Ĳ'..='Ķ' | 'Ŋ'..='Ŷ' | 'Ḁ'..='ẕ' | 'Ạ'..='ỿ' if even => next(1),
        _ => letter,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_letters_are_those_of_unicode() {
        for letter in ('\0'..'\u{180}').chain(['Ơ', 'ơ', 'Ư', 'ư']).chain('\u{1e00}'..='\u{1eff}').filter(|letter| *letter != 'İ') {
            let expected: Vec<char> = letter.to_lowercase().collect();
            assert_eq!([small(letter)], expected[..], "{letter:?}");
        }
        for letter in ['İ', 'ĸ', 'Ω', 'Я', '中'] {
            assert_eq!(small(letter), letter);
        }
    }
}
