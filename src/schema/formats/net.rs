//! `email` (RFC 5321 4.1.2) and `uri` (RFC 3986).
//!
//! `lan@example.vn` and `https://example.vn/a?b#c` pass; `lan@`, `example.vn` and `https://exa mple.vn` do not.

use super::{FormatFault, Formatted};
use crate::text::read_number;

pub(super) fn email(text: &str) -> Formatted {
    // RFC 5321 4.5.3.1: 64 octets before the sign, 255 behind it.
    let fits = parted_last(text).is_some_and(|(local, domain)| local.len() <= 64 && is_local_part(local) && is_mail_domain(domain));
    if fits { Ok(()) } else { Err(FormatFault::new("email.form")) }
}

pub(super) fn uri(text: &str) -> Formatted {
    if is_uri(text) { Ok(()) } else { Err(FormatFault::new("uri.form")) }
}

/// A dot-string of atoms (RFC 5322 3.2.3), or a quoted string.
fn is_local_part(local: &str) -> bool {
    let atom =
        |atom: &str| !atom.is_empty() && atom.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&byte));
    match local.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        Some(quoted) => is_quoted(quoted),
        None => local.split('.').all(atom),
    }
}

fn is_quoted(inside: &str) -> bool {
    let mut bytes = inside.bytes();
    while let Some(byte) = bytes.next() {
        let plain = matches!(byte, b' '..=b'~') && byte != b'"' && byte != b'\\';
        let pair = byte == b'\\' && bytes.next().is_some_and(|next| matches!(next, b' '..=b'~'));
        if !plain && !pair {
            return false;
        }
    }
    true
}

fn is_mail_domain(domain: &str) -> bool {
    match domain.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        Some(literal) => match literal.strip_prefix("IPv6:") {
            Some(address) => is_ipv6(address),
            None => is_ipv4(literal),
        },
        None => domain.len() <= 255 && domain.split('.').all(is_label),
    }
}

/// What stands before the last `@` and behind it.
fn parted_last(text: &str) -> Option<(&str, &str)> {
    let at = text.bytes().rposition(|byte| byte == b'@')?;
    Some((text.get(..at)?, text.get(at + 1..)?))
}

/// RFC 1034 3.5 as relaxed by RFC 1123 2.1: letters, digits and inner hyphens, 63 at most.
fn is_label(label: &str) -> bool {
    let inner = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    (1..=63).contains(&label.len()) && label.bytes().all(inner) && !label.starts_with('-') && !label.ends_with('-')
}

/// RFC 3986 3: scheme, hierarchical part, query, fragment.
fn is_uri(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else { return false };
    let (rest, fragment) = rest.split_once('#').unwrap_or((rest, ""));
    let (hierarchy, query) = rest.split_once('?').unwrap_or((rest, ""));
    let path_ok = match hierarchy.strip_prefix("//") {
        Some(rest) => {
            let slash = rest.find('/').unwrap_or(rest.len());
            let (authority, path) = rest.split_at_checked(slash).unwrap_or((rest, ""));
            is_authority(authority) && has_only(path, b":@/")
        }
        None => has_only(hierarchy, b":@/"),
    };
    is_scheme(scheme) && path_ok && has_only(query, b":@/?") && has_only(fragment, b":@/?")
}

fn is_scheme(scheme: &str) -> bool {
    scheme.starts_with(|letter: char| letter.is_ascii_alphabetic())
        && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
}

fn is_authority(authority: &str) -> bool {
    let (user, rest) = parted_last(authority).unwrap_or(("", authority));
    let (host, port) = match rest.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((address, after)) => return has_only(user, b":") && is_ip_literal(address) && is_port(after),
        None => rest.find(':').and_then(|colon| rest.split_at_checked(colon)).unwrap_or((rest, "")),
    };
    has_only(user, b":") && has_only(host, b"") && is_port(port)
}

fn is_ip_literal(address: &str) -> bool {
    let future = |rest: &str| {
        rest.split_once('.').is_some_and(|(version, address)| {
            !version.is_empty() && version.bytes().all(|byte| byte.is_ascii_hexdigit()) && !address.is_empty() && has_only(address, b":")
        })
    };
    is_ipv6(address) || address.strip_prefix(['v', 'V']).is_some_and(future)
}

/// RFC 3986 3.2.2: four numbers up to 255, without leading zeros.
fn is_ipv4(address: &str) -> bool {
    let octet =
        |digits: &str| is_group(digits, 3, |digit| digit.is_ascii_digit()) && read_number(digits).is_some_and(|number| number <= 255);
    address.split('.').count() == 4 && address.split('.').all(|part| octet(part) && (part == "0" || !part.starts_with('0')))
}

/// RFC 3986 3.2.2: eight groups of hexadecimal digits. `::` stands once for one or more of them that are zero, an IPv4 address for
/// the last two.
fn is_ipv6(address: &str) -> bool {
    let gap = address.as_bytes().windows(2).position(|pair| pair == b"::");
    let (left, right) = match gap.and_then(|gap| Some((address.get(..gap)?, address.get(gap + 2..)?))) {
        Some((left, right)) => (left, Some(right)),
        None => (address, None),
    };
    let last = right.unwrap_or(left);
    let groups = |text: &str, ends: bool| -> Option<usize> {
        let mut groups = 0;
        let mut parts = text.split(':').filter(|_| !text.is_empty()).peekable();
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

fn is_port(port: &str) -> bool {
    port.is_empty() || port.strip_prefix(':').is_some_and(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Unreserved characters, sub-delimiters, percent escapes (RFC 3986 2) and the extra ones given.
fn has_only(text: &str, extra: &[u8]) -> bool {
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        let plain = byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=".contains(&byte) || extra.contains(&byte);
        let mut hex = || bytes.next().is_some_and(|digit| digit.is_ascii_hexdigit());
        if !(plain || byte == b'%' && hex() && hex()) {
            return false;
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_mail() {
        for (text, passes) in [
            ("lan@example.vn", true),
            ("lan.tran+hkd@mail.example.vn", true),
            ("\"lan tran\"@example.vn", true),
            ("\"lan\\\"tran\"@example.vn", true),
            ("lan@[127.0.0.1]", true),
            ("lan@[IPv6:::1]", true),
            ("lan", false),
            ("lan@", false),
            ("@example.vn", false),
            ("lan..tran@example.vn", false),
            (".lan@example.vn", false),
            ("lan@-example.vn", false),
            ("lan@example..vn", false),
            ("lan tran@example.vn", false),
            ("lan@[300.0.0.1]", false),
            ("lân@example.vn", false),
        ] {
            assert_eq!(email(text).is_ok(), passes, "{text}");
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

    #[test]
    fn addresses_of_the_web() {
        for (text, passes) in [
            ("https://example.vn/a/b?c=d#e", true),
            ("http://user:pass@example.vn:8080/", true),
            ("urn:hoso:form:1.001612", true),
            ("mailto:lan@example.vn", true),
            ("https://[::1]:443/", true),
            ("https://example.vn/%C3%AA", true),
            ("example.vn", false),
            ("https://exa mple.vn", false),
            ("https://example.vn/ê", false),
            ("https://example.vn/%zz", false),
            ("1http://example.vn", false),
            ("https://[::1/", false),
            ("https://example.vn:port/", false),
            ("https://example.vn/a#b#c", false),
            ("", false),
        ] {
            assert_eq!(uri(text).is_ok(), passes, "{text}");
        }
    }
}
