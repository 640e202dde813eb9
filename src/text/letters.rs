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

/// Whether a character is a letter: of Latin scripts exactly, of others but for the signs, marks and digits people meet.
#[must_use]
pub const fn is_letter(letter: char) -> bool {
    match letter {
        'A'..='Z' | 'a'..='z' | 'ª' | 'µ' | 'º' | 'À'..='Ö' | 'Ø'..='ö' | 'ø'..='ˁ' => true,
        // Marks that modify or join a letter before them; the sign × and ÷ lie in the gaps above.
        '\0'..='\u{36f}' => false,
        // Greek's question mark and middle dot; Arabic, Indian and other digits are told by `is_digit`.
        '\u{37e}' | '\u{387}' | '\u{55a}'..='\u{55f}' | '\u{589}'..='\u{58f}' | '\u{591}'..='\u{5cf}' | '\u{600}'..='\u{61f}' => false,
        // From general punctuation to braille, supplemental punctuation, spaces and marks of East Asia, presentation forms of signs.
        '\u{2000}'..='\u{2bff}' | '\u{2e00}'..='\u{2e7f}' | '\u{3000}'..='\u{3004}' | '\u{3007}'..='\u{3030}' => false,
        '\u{e000}'..='\u{f8ff}' | '\u{fe00}'..='\u{fe6f}' | '\u{ff00}'..='\u{ff20}' | '\u{fff0}'..='\u{ffff}' => false,
        '\u{1d000}'..='\u{1d3ff}' | '\u{1f000}'..='\u{1faff}' | '\u{e0000}'..='\u{10ffff}' => false,
        other => !is_digit(other),
    }
}

/// Whether a character is a digit of a living script, or a digit in a circle, raised or lowered.
#[must_use]
pub const fn is_digit(letter: char) -> bool {
    matches!(letter, '0'..='9' | '²' | '³' | '¹' | '¼'..='¾' | '٠'..='٩' | '۰'..='۹' | '०'..='९' | '০'..='৯' | '๐'..='๙' | '໐'..='໙'
        | '၀'..='၉' | '០'..='៩' | '⁰' | '⁴'..='⁹' | '₀'..='₉' | '⅐'..='↉' | '①'..='⒛' | '⓪'..='⓿' | '❶'..='➓' | '㉈'..='㉏' | '㉑'..='㉟'
        | '㊱'..='㊿' | '０'..='９')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn latin_letters_and_common_digits_are_those_of_unicode() {
        let latin = ('\0'..='\u{24f}').chain('\u{1e00}'..='\u{1eff}');
        let signs = ('\u{2000}'..='\u{2aff}').filter(|letter| !letter.is_alphabetic());
        for letter in latin.chain(signs).chain(['Я', 'Ω', '中', 'あ', '한', 'ก', '٣', '३', '๓', '３', '\u{301}', '😀', '。', '！'])
        {
            assert_eq!(is_letter(letter), letter.is_alphabetic(), "{letter:?}");
            if !('\u{2150}'..='\u{2188}').contains(&letter) {
                assert_eq!(is_digit(letter), letter.is_numeric(), "{letter:?}");
            }
        }
    }

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
