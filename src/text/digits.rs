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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_are_counted_from_the_end() {
        for (digits, expected) in [("", ""), ("7", "7"), ("123", "123"), ("1234", "1.234"), ("1500000", "1.500.000")] {
            assert_eq!(grouped(digits, '.'), expected);
        }
    }
}
