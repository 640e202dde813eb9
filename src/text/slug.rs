//! Names in the plain letters that every system keeps.

use super::letters::small;
use super::nfc::decompose;

/// A text in `a`–`z`, `0`–`9` and single `-`, at most so many letters long: `Giấy chứng nhận (2)` is `giay-chung-nhan-2`.
///
/// Vietnamese letters lose their marks and `đ` becomes `d`; letters of other scripts are left out.
#[must_use]
pub fn slug(text: &str, most: usize) -> String {
    let mut out = String::new();
    for letter in text.chars() {
        decompose(letter, &mut |part| put(&mut out, small(part)));
        if out.len() >= most {
            break;
        }
    }
    out.truncate(most);
    out.truncate(out.trim_end_matches('-').len());
    out
}

fn put(out: &mut String, letter: char) {
    let letter = if letter == 'đ' { 'd' } else { letter };
    if letter.is_ascii_alphanumeric() {
        out.push(letter);
    } else if !is_mark(letter) && !out.is_empty() && !out.ends_with('-') {
        out.push('-');
    }
}

/// Unicode block "Combining Diacritical Marks": all that Vietnamese letters decompose to.
const fn is_mark(letter: char) -> bool {
    matches!(letter, '\u{300}'..='\u{36f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vietnamese_letters_are_folded() {
        for (text, expected) in [
            ("Giấy chứng nhận (2)", "giay-chung-nhan-2"),
            ("Đơn đề nghị — ĐỔI TÊN", "don-de-nghi-doi-ten"),
            ("gia\u{302}\u{301}y", "giay"),
            ("ượ ữ ỹ ơ Ư ă", "uo-u-y-o-u-a"),
            ("..__..", ""),
            ("日本", ""),
            ("--a--b--", "a-b"),
            ("ảnh thẻ 3x4", "anh-the-3x4"),
        ] {
            assert_eq!(slug(text, 40), expected, "{text}");
        }
    }

    #[test]
    fn length_is_bounded_and_ends_in_a_letter() {
        assert_eq!(slug(&"a".repeat(100), 40).len(), 40);
        assert_eq!(slug("abc def", 4), "abc");
    }
}
