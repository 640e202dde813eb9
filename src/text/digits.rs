//! Digits as people write them.

/// Digits in groups of three, counted from the end.
#[must_use]
pub fn grouped(digits: &str, separator: char) -> String {
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(separator);
        }
        out.push(digit);
    }
    out
}

/// A number in decimal digits, with zeros in front up to a width.
pub fn push_number(number: u64, width: usize, out: &mut String) {
    let mut digits = [b'0'; 20];
    let (mut rest, mut count) = (number, 0);
    for digit in digits.iter_mut().rev() {
        if rest == 0 && count >= width.max(1) {
            break;
        }
        *digit = b'0' + (rest % 10) as u8;
        rest /= 10;
        count += 1;
    }
    out.extend(digits.iter().skip(digits.len() - count).map(|digit| char::from(*digit)));
}

/// The number that decimal digits say, if there is at least one and nothing else.
#[must_use]
pub fn read_number(digits: &str) -> Option<u64> {
    let digit = |byte: u8| if byte.is_ascii_digit() { Some(u64::from(byte - b'0')) } else { None };
    let mut number = digit(*digits.as_bytes().first()?)?;
    for byte in digits.bytes().skip(1) {
        number = number.checked_mul(10)?.checked_add(digit(byte)?)?;
    }
    Some(number)
}

/// How many characters a text has.
#[must_use]
pub fn length(text: &str) -> usize {
    // All bytes of a character but the first are of the form 10xxxxxx.
    text.bytes().filter(|byte| byte & 0xc0 != 0x80).count()
}

/// A text up to an ASCII byte, and behind it.
#[must_use]
pub fn cut(text: &str, byte: u8) -> Option<(&str, &str)> {
    let mut at = 0;
    while *text.as_bytes().get(at)? != byte {
        at += 1;
    }
    Some((text.get(..at)?, text.get(at + 1..)?))
}

/// The parts of a text between ASCII bytes of a kind.
#[must_use]
pub const fn parts(text: &str, byte: u8) -> Parts<'_> {
    Parts { rest: Some(text), byte }
}

/// What [`parts`] gives.
#[derive(Clone, Debug)]
pub struct Parts<'t> {
    rest: Option<&'t str>,
    byte: u8,
}

impl<'t> Iterator for Parts<'t> {
    type Item = &'t str;

    fn next(&mut self) -> Option<&'t str> {
        let text = self.rest?;
        let (part, rest) = cut(text, self.byte).map_or((text, None), |(part, rest)| (part, Some(rest)));
        self.rest = rest;
        Some(part)
    }
}

/// A text without an ASCII byte at its beginning, however often it stands there.
#[must_use]
pub fn without_leading(text: &str, byte: u8) -> &str {
    let count = text.bytes().take_while(|known| *known == byte).count();
    text.get(count..).unwrap_or_default()
}

/// A text without an ASCII byte at its end, however often it stands there.
#[must_use]
pub fn without_trailing(text: &str, byte: u8) -> &str {
    let count = text.bytes().rev().take_while(|known| *known == byte).count();
    text.get(..text.len() - count).unwrap_or_default()
}

/// Texts one after another, with something between them.
#[must_use]
pub fn joined(texts: &mut dyn Iterator<Item = &str>, between: &str) -> String {
    let mut out = String::new();
    for text in texts {
        if !out.is_empty() {
            out.push_str(between);
        }
        out.push_str(text);
    }
    out
}

/// Bytes in hexadecimal digits, small letters.
#[must_use]
pub fn hexadecimal(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(2 * bytes.len());
    for nibble in bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]) {
        out.extend(char::from_digit(nibble.into(), 16));
    }
    out
}

/// A number in decimal digits.
#[must_use]
pub fn decimal(number: u64) -> String {
    let mut out = String::new();
    push_number(number, 1, &mut out);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_the_standard_library_does() {
        for number in [0, 7, 10, 99, 100, 1_500_000, u64::MAX] {
            assert_eq!(decimal(number), number.to_string());
            assert_eq!(read_number(&number.to_string()), Some(number));
            let mut out = "x".to_owned();
            push_number(number, 4, &mut out);
            assert_eq!(out, format!("x{number:04}"));
        }
    }

    #[test]
    fn only_digits_are_a_number() {
        assert_eq!(["", "-1", "+1", "1 ", "1e3", "18446744073709551616"].map(read_number), [None; 6]);
    }

    #[test]
    fn a_length_counts_characters() {
        for text in ["", "abc", "Lê", "Le\u{302}", "😀\u{7ff}\u{800}"] {
            assert_eq!(length(text), text.chars().count());
        }
    }

    #[test]
    fn groups_are_counted_from_the_end() {
        for (digits, expected) in [("", ""), ("7", "7"), ("123", "123"), ("1234", "1.234"), ("1500000", "1.500.000")] {
            assert_eq!(grouped(digits, '.'), expected);
        }
    }
}
