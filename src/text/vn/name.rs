//! Names of persons, compared.
//!
//! A syllable of Vietnamese has one tone, and two schools of where its mark stands: `Hoà` and `Hòa`, `Thuý` and `Thúy`, `Khoẻ` and `Khỏe`. Both stand in official
//! lists, so a key takes the mark to the end of its vowels. There is no name that this takes for another: in `quý` and `giá`, whose `qu` and `gi` are
//! consonants, the mark has one right place, and `qúy` and `gía` are the same names, typed in haste. Everything that tells letters apart stays: `đ` is no `d`,
//! `y` no `i`, `ơ` no `o`. Vowels with a consonant between them keep their own marks, so `René` and `Réne` differ.

use super::plain;
use crate::text::nfc::decompose;
use crate::text::{nfc, small};

/// A key that two spellings of one name share: Unicode form C, small letters, single spaces, tone marks at the end of their vowels.
///
/// ```
/// use hoso::text::name_key;
///
/// assert_eq!(name_key(" NGUYỄN  Thị Hoà"), name_key("Nguyễn Thị Hòa"));
/// assert_ne!(name_key("Nguyễn Thị Hoa"), name_key("Nguyễn Thị Hòa"));
/// ```
#[must_use]
pub fn name_key(name: &str) -> String {
    let (mut out, mut tones, mut in_vowels) = (String::with_capacity(name.len()), String::new(), false);
    for letter in name.chars() {
        decompose(plain(letter), &mut |part| {
            let part = alike(small(part));
            match part {
                // Grave, acute, tilde, hook above, dot below.
                '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}' if in_vowels => return tones.push(part),
                '\u{300}'..='\u{36f}' => return out.push(part),
                _ => in_vowels = matches!(part, 'a' | 'e' | 'i' | 'o' | 'u' | 'y'),
            }
            if !in_vowels {
                out.push_str(&tones);
                tones.clear();
            }
            push_spaced(part, &mut out);
        });
    }
    out.push_str(&tones);
    nfc(without_end(&out)).into_owned()
}

/// Whether two names have one key.
pub(crate) fn same_name(left: &str, right: &str) -> bool {
    // Most that are the same differ in capitals at most.
    let folded = |letter| alike(small(plain(letter)));
    left.chars().map(folded).eq(right.chars().map(folded)) || name_key(left) == name_key(right)
}

/// A letter in the place of those that are taken for it: Ð (eth) and Ɖ for Đ, both of which stand in official texts, and typographic apostrophes.
const fn alike(letter: char) -> char {
    match letter {
        'ð' | 'Ɖ' | 'ɖ' => 'đ',
        '\u{2019}' | '\u{2bc}' => '\'',
        other => other,
    }
}

/// A text in Unicode's form C, with single spaces between its words and none around them.
#[must_use]
pub fn normalize(text: &str) -> String {
    let composed = nfc(text);
    let mut out = String::with_capacity(composed.len());
    for letter in composed.chars() {
        push_spaced(if plain(letter) == ' ' { ' ' } else { letter }, &mut out);
    }
    out.truncate(without_end(&out).len());
    out
}

/// Adds a letter, but no space beside another or at the beginning.
fn push_spaced(letter: char, out: &mut String) {
    if letter != ' ' || !(out.is_empty() || out.ends_with(' ')) {
        out.push(letter);
    }
}

fn without_end(text: &str) -> &str {
    text.strip_suffix(' ').unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn spellings_of_one_name_share_a_key() {
        for (left, right) in [
            ("Hoà", "Hòa"),
            ("THUÝ", "thúy"),
            ("Khoẻ", "Khỏe"),
            ("Nguyễn Văn Toàn", "Nguyễn Văn Tòan"),
            ("Nguye\u{302}\u{303}n", "Nguyễn"),
            // The tone typed before the circumflex.
            ("Nguye\u{303}\u{302}n", "Nguyễn"),
            ("quý", "qúy"),
            ("Giá", "Gía"),
            ("Phượng", "Phựơng"),
            ("  Lê\u{a0} \tLợi ", "lê lợi"),
            ("Ðặng", "ĐẶNG"),
            ("H’Mông", "H'MÔNG"),
            ("Y–Brê", "y-brê"),
            ("ỤY", "uỵ"),
            ("René", "RENE\u{301}"),
        ] {
            assert_eq!(name_key(left), name_key(right), "{left} {right}");
        }
    }

    #[test]
    fn other_names_have_other_keys() {
        for (left, right) in [
            ("Hoa", "Hòa"),
            ("Đỗ", "Dỗ"),
            ("Thúy", "Thúi"),
            ("Mỹ", "Mĩ"),
            ("Hà", "Hả"),
            ("Hằng", "Hàng"),
            ("Mơ", "Mo"),
            ("Lê Lợi", "Lêlợi"),
            ("René", "Réne"),
            ("An Bình", "Bình An"),
            ("Hương", "Hường"),
            ("K'Brối", "KBrối"),
        ] {
            assert_ne!(name_key(left), name_key(right), "{left} {right}");
        }
        assert_eq!(["", " ", "Đặng Thị Thuý"].map(name_key), ["", "", "đặng thị thuý"]);
    }

    #[test]
    fn spaces_become_one() {
        for (text, expected) in
            [("", ""), (" \u{a0}", ""), ("  số\n 1\t\u{3000}phố  Huế ", "số 1 phố Huế"), ("Le\u{302}", "Lê"), ("ＡＢ – c", "ＡＢ – c")]
        {
            assert_eq!(normalize(text), expected, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn keys_and_normal_texts_stay_as_they_are(text in "[ a-cA-CđĐoaàáuyýỳêếoòóơợquiíìg\u{300}-\u{303}\u{323}\u{31b}’-]{0,12}|\\PC{0,12}") {
            let (key, normal) = (name_key(&text), normalize(&text));
            prop_assert_eq!(name_key(&key), key.as_str());
            prop_assert_eq!(name_key(&normal), key);
            prop_assert_eq!(normalize(&normal), normal.as_str());
        }

        #[test]
        fn the_short_way_to_compare_says_what_keys_say(text in "[ A-Za-zđĐÐÀ-ỹK’ʼ\u{300}-\u{30c}\u{323}\u{31b}]{0,6}", other in "\\PC{0,3}", capital: bool) {
            let changed = if capital { text.to_uppercase() } else { text.to_lowercase() };
            for other in [changed, other] {
                prop_assert_eq!(same_name(&text, &other), name_key(&text) == name_key(&other));
            }
        }
    }
}
