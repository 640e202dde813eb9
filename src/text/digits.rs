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
            let mut out = "x".to_owned();
            push_number(number, 4, &mut out);
            assert_eq!(out, format!("x{number:04}"));
        }
    }

    #[test]
    fn groups_are_counted_from_the_end() {
        for (digits, expected) in [("", ""), ("7", "7"), ("123", "123"), ("1234", "1.234"), ("1500000", "1.500.000")] {
            assert_eq!(grouped(digits, '.'), expected);
        }
    }
}
