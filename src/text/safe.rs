//! Text that may stand in a signed form: in NFC, without characters that hide or reorder what a reader sees.

use super::nfc::is_nfc;
use std::borrow::Cow;

/// What a text holds that a reader would not see, or not see as it is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unsafe {
    /// A character that reorders what is shown (UAX #9: embeddings, overrides, isolates, marks).
    BidiControl(char),
    /// A control character other than a line feed.
    Control(char),
    /// A character without shape: zero width, soft hyphen, tag.
    Invisible(char),
    /// Text whose letters are not composed (UAX #15: not in NFC).
    NotNfc,
}

/// The first reason why a text may not stand in a signed form.
#[must_use]
pub fn unsafe_text(text: &str) -> Option<Unsafe> {
    if is_plain(text, |byte| byte == b'\n') {
        return None;
    }
    text.chars().find_map(unsafe_char).or_else(|| (!is_nfc(text)).then_some(Unsafe::NotNfc))
}

/// Whether a text is made of nothing but printable ASCII, Latin letters with their marks composed, and other bytes that `or` takes: most
/// texts are, and these need no closer look.
pub(crate) fn is_plain(text: &str, or: impl Fn(u8) -> bool) -> bool {
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        let plain = match byte {
            // Latin-1 from À on and Latin Extended-A begin with the first four, bytes from 0x80 to 0xbf follow a first one.
            b' '..=b'~' | 0x80..=0xbf | 0xc3..=0xc6 => true,
            // Latin Extended Additional, with the Vietnamese letters.
            0xe1 => matches!(bytes.next(), Some(0xb8..=0xbb)),
            other => or(other),
        };
        if !plain {
            return false;
        }
    }
    true
}

/// Bytes as text. Where they are not UTF-8, every byte beyond ASCII is U+FFFD.
#[must_use]
pub fn readable(bytes: &[u8]) -> String {
    let ascii = |byte: &u8| if byte.is_ascii() { char::from(*byte) } else { char::REPLACEMENT_CHARACTER };
    str::from_utf8(bytes).map_or_else(|_| bytes.iter().map(ascii).collect(), str::to_owned)
}

/// The text with every character that hides or reorders what a reader sees written as its code point, line feeds too:
/// whoever wrote it cannot make a terminal or a page show what is not there.
///
/// ```
/// use hoso::text::visible;
///
/// assert_eq!(visible("Nguyễn Văn Mẫu"), "Nguyễn Văn Mẫu");
/// assert_eq!(visible("\u{1b}[2K\u{202e}OK"), "U+001B[2KU+202EOK");
/// ```
#[must_use]
pub fn visible(text: &str) -> Cow<'_, str> {
    let hidden = |letter: char| letter == '\n' || unsafe_char(letter).is_some();
    if !text.contains(hidden) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        if hidden(letter) {
            out.push_str(&code_point(letter));
        } else {
            out.push(letter);
        }
    }
    Cow::Owned(out)
}

/// The name of a character: `U+202E`.
#[must_use]
pub fn code_point(letter: char) -> String {
    let mut out = "U+".to_owned();
    let digits = u32::from(letter);
    let width = (digits.max(1).ilog2() / 4 + 1).max(4);
    out.extend((0..width).rev().filter_map(|at| char::from_digit(digits >> (4 * at) & 15, 16)).map(|digit| digit.to_ascii_uppercase()));
    out
}

const fn unsafe_char(letter: char) -> Option<Unsafe> {
    match letter {
        '\n' => None,
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{2029}' => Some(Unsafe::Control(letter)),
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => Some(Unsafe::BidiControl(letter)),
        '\u{ad}' | '\u{34f}' | '\u{180e}' | '\u{200b}'..='\u{200d}' | '\u{2060}'..='\u{2064}' | '\u{206a}'..='\u{206f}' | '\u{feff}' => {
            Some(Unsafe::Invisible(letter))
        }
        '\u{115f}'
        | '\u{1160}'
        | '\u{2800}'
        | '\u{3164}'
        | '\u{fe00}'..='\u{fe0f}'
        | '\u{ffa0}'
        | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e007f}'
        | '\u{e0100}'..='\u{e01ef}' => Some(Unsafe::Invisible(letter)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_is_plain_is_safe() {
        for letter in '\0'..=char::MAX {
            let text = format!("a{letter}b");
            let safe = text.chars().find_map(unsafe_char).is_none() && is_nfc(&text);
            assert!(safe || !is_plain(&text, |byte| byte == b'\n'), "{letter:?}");
        }
        assert!(
            is_plain("Nguyễn Thị Đào, ĐƯỜNG Lý Thường Kiệt", |_| false)
                && !is_plain("a\nb", |_| false)
                && is_plain("a\nb", |byte| byte == b'\n')
        );
    }

    #[test]
    fn characters_are_named_as_unicode_names_them() {
        for letter in ['\0', '\t', 'ê', '\u{202e}', '\u{ffff}', '\u{10000}', '\u{10ffff}'] {
            assert_eq!(code_point(letter), format!("U+{:04X}", u32::from(letter)));
        }
    }

    #[test]
    fn what_hides_or_reorders_is_found() {
        for (text, expected) in [
            ("Nguyễn Thị Hường, số 12/3 đường Lê Lợi", None),
            ("dòng một\ndòng hai", None),
            ("a\u{202e}gpj", Some(Unsafe::BidiControl('\u{202e}'))),
            ("a\u{2066}b", Some(Unsafe::BidiControl('\u{2066}'))),
            ("Lê\u{200b}", Some(Unsafe::Invisible('\u{200b}'))),
            ("Hải\u{ad}Phòng", Some(Unsafe::Invisible('\u{ad}'))),
            ("a\tb", Some(Unsafe::Control('\t'))),
            ("a\0b", Some(Unsafe::Control('\0'))),
            ("Le\u{302}", Some(Unsafe::NotNfc)),
            ("a\u{301}\u{302}", Some(Unsafe::NotNfc)),
        ] {
            assert_eq!(unsafe_text(text), expected, "{text:?}");
        }
    }

    #[test]
    fn bytes_that_are_no_text_are_shown_all_the_same() {
        assert_eq!(readable("{\"Nguyễn\"}".as_bytes()), "{\"Nguyễn\"}");
        assert_eq!(readable(b"{\xff\xe1\xbb}"), "{\u{fffd}\u{fffd}\u{fffd}}");
    }
}
