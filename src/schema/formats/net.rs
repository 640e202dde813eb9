//! `ipv4` (RFC 2673 3.2) and `ipv6` (RFC 4291 2.2), as RFC 3986 3.2.2 writes their grammar.
//!
//! `192.0.2.1` and `2001:db8::1` pass; `192.0.2.01`, `192.0.2.256`, `1::2::3` and `fe80::1%eth0` do not.

use super::{Formatted, unless};
use crate::text::{parts, read_number};

pub(super) fn ipv4(text: &str) -> Formatted {
    unless(is_ipv4(text), "ipv4.form")
}

pub(super) fn ipv6(text: &str) -> Formatted {
    unless(is_ipv6(text), "ipv6.form")
}

/// RFC 3986 3.2.2: four numbers up to 255, without leading zeros.
pub(super) fn is_ipv4(address: &str) -> bool {
    let octet =
        |digits: &str| is_group(digits, 3, |digit| digit.is_ascii_digit()) && read_number(digits).is_some_and(|number| number <= 255);
    parts(address, b'.').count() == 4 && parts(address, b'.').all(|part| octet(part) && (part == "0" || !part.starts_with('0')))
}

/// RFC 3986 3.2.2: eight groups of hexadecimal digits. `::` stands once for one or more of them that are zero, an IPv4 address for
/// the last two.
pub(super) fn is_ipv6(address: &str) -> bool {
    let gap = address.as_bytes().windows(2).position(|pair| pair == b"::");
    let (left, right) = match gap.and_then(|gap| Some((address.get(..gap)?, address.get(gap + 2..)?))) {
        Some((left, right)) => (left, Some(right)),
        None => (address, None),
    };
    let last = right.unwrap_or(left);
    let groups = |text: &str, ends: bool| -> Option<usize> {
        let mut groups = 0;
        let mut parts = parts(text, b':').filter(|_| !text.is_empty()).peekable();
        while let Some(part) = parts.next() {
            let is_hex = is_group(part, 4, |digit| digit.is_ascii_hexdigit());
            let is_tail = ends && parts.peek().is_none() && is_ipv4(part);
            groups += if is_hex { 1 } else { is_tail.then_some(2)? };
        }
        Some(groups)
    };
    match (right, groups(left, right.is_none()), groups(last, true)) {
        (None, Some(groups), _) => groups == 8,
        (Some(_), Some(before), Some(behind)) => before + behind < 8,
        _ => false,
    }
}

fn is_group(digits: &str, most: usize, is_digit: fn(u8) -> bool) -> bool {
    (1..=most).contains(&digits.len()) && digits.bytes().all(is_digit)
}

/// What stands before the last `@` and behind it.
pub(super) fn parted_last(text: &str) -> Option<(&str, &str)> {
    let at = text.bytes().rposition(|byte| byte == b'@')?;
    Some((text.get(..at)?, text.get(at + 1..)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_machines() {
        for text in ["0.0.0.0", "192.0.2.1", "255.255.255.255"] {
            assert_eq!(ipv4(text), Ok(()), "{text}");
        }
        for text in [
            "",
            "1.2.3",
            "1.2.3.4.5",
            "1.2.3.256",
            "1.2.3.04",
            "1.2..3",
            ".1.2.3",
            "1.2.3.",
            "0x7f.0.0.1",
            "1.2.3.4/8",
            " 1.2.3.4",
            "1.2.3.४",
            "::1",
        ] {
            assert!(ipv4(text).is_err(), "{text}");
        }
        for text in ["::", "2001:DB8::1", "::ffff:192.0.2.1"] {
            assert_eq!(ipv6(text), Ok(()), "{text}");
        }
        for text in [
            "",
            ":",
            ":::",
            "1::2::3",
            "::12345",
            "::g",
            "1:2:3:4:5:6:7",
            "::1.2.3",
            "::1.2.3.04",
            "[::1]",
            "fe80::1%eth0",
            "::/64",
            " ::1",
            "1.2.3.4",
        ] {
            assert!(ipv6(text).is_err(), "{text}");
        }
    }

    #[test]
    fn addresses_are_those_of_the_standard_library() {
        use proptest::prelude::*;
        use std::net::{Ipv4Addr, Ipv6Addr};
        const PIECES: [&str; 16] = ["0", "1", "00", "01", "9", "255", "256", "1234", "12345", "ff", "g", ":", "::", ".", "1.2.3.4", ""];
        let address = prop::collection::vec(prop::sample::select(&PIECES[..]), 0..9);
        let separated = (prop::sample::select(&["", ".", ":"][..]), address);
        let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig::with_cases(20_000));
        let outcome = runner.run(&separated, |(separator, pieces)| {
            let text = pieces.join(separator);
            prop_assert_eq!(is_ipv4(&text), text.parse::<Ipv4Addr>().is_ok(), "{}", text);
            prop_assert_eq!(is_ipv6(&text), text.parse::<Ipv6Addr>().is_ok(), "{}", text);
            Ok(())
        });
        outcome.unwrap();
        for text in ["1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7::", "::", "::1", "1::", "::1.2.3.4", "1:2:3:4:5:6:1.2.3.4", "1:2:3:4:5:6:7:1.2.3.4"]
        {
            assert_eq!(is_ipv6(text), text.parse::<Ipv6Addr>().is_ok(), "{text}");
        }
    }
}
