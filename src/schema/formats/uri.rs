//! `uri` and `uri-reference` (RFC 3986), `iri` and `iri-reference` (RFC 3987).
//!
//! `https://example.vn/a?b#c` passes all of them, `../hồ-sơ` the last; `https://exa mple.vn` is `uri.characters`.

use super::net::{is_ipv6, parted_last};
use super::{Formatted, strange, unless};
use crate::text::cut;

/// Which letters stand beside those of ASCII.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Wide {
    None,
    /// RFC 3987 2.2 `ucschar`.
    Letters,
    /// Also `iprivate`, in queries.
    Private,
}

pub(super) fn uri(text: &str) -> Formatted {
    check(text, Wide::None, false, "uri.form")
}

pub(super) fn uri_reference(text: &str) -> Formatted {
    check(text, Wide::None, true, "uri-reference.form")
}

pub(super) fn iri(text: &str) -> Formatted {
    check(text, Wide::Letters, false, "iri.form")
}

pub(super) fn iri_reference(text: &str) -> Formatted {
    check(text, Wide::Letters, true, "iri-reference.form")
}

fn check(text: &str, wide: Wide, may_be_relative: bool, code: &'static str) -> Formatted {
    let widest = if wide == Wide::None { Wide::None } else { Wide::Private };
    // RFC 3987 4.1: none of the characters that set the direction of text.
    let is_known =
        |letter: char| is_letter(letter, b":/?#[]@%", widest) && !matches!(letter, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}');
    if let Some(letter) = text.chars().find(|letter| !is_known(*letter)) {
        return strange("uri.characters", "uri.spaces", letter);
    }
    unless(is_reference(text, wide, may_be_relative), code)
}

/// RFC 3986 3 and 4.2: scheme, hierarchical part, query, fragment.
fn is_reference(text: &str, wide: Wide, may_be_relative: bool) -> bool {
    let (rest, fragment) = cut(text, b'#').unwrap_or((text, ""));
    let (rest, query) = cut(rest, b'?').unwrap_or((rest, ""));
    // A colon in the first segment ends a scheme.
    let (scheme, hierarchy) = match cut(rest, b':') {
        Some((scheme, hierarchy)) if cut(scheme, b'/').is_none() => (Some(scheme), hierarchy),
        _ => (None, rest),
    };
    let path_ok = match hierarchy.strip_prefix("//") {
        Some(rest) => {
            let slash = rest.bytes().position(|byte| byte == b'/').unwrap_or(rest.len());
            let (authority, path) = rest.split_at_checked(slash).unwrap_or((rest, ""));
            is_authority(authority, wide) && has_only(path, b":@/", wide)
        }
        None => has_only(hierarchy, b":@/", wide),
    };
    let in_query = if wide == Wide::None { Wide::None } else { Wide::Private };
    scheme.map_or(may_be_relative, is_scheme) && path_ok && has_only(query, b":@/?", in_query) && has_only(fragment, b":@/?", wide)
}

fn is_scheme(scheme: &str) -> bool {
    scheme.as_bytes().first().is_some_and(u8::is_ascii_alphabetic)
        && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
}

fn is_authority(authority: &str, wide: Wide) -> bool {
    let (user, rest) = parted_last(authority).unwrap_or(("", authority));
    let (host, port) = match rest.strip_prefix('[').and_then(|rest| cut(rest, b']')) {
        Some((address, after)) => return has_only(user, b":", wide) && is_ip_literal(address) && is_port(after),
        None => rest.bytes().position(|byte| byte == b':').and_then(|colon| rest.split_at_checked(colon)).unwrap_or((rest, "")),
    };
    has_only(user, b":", wide) && has_only(host, b"", wide) && is_port(port)
}

fn is_ip_literal(address: &str) -> bool {
    let future = |rest: &str| {
        cut(rest, b'.').is_some_and(|(version, address)| {
            !version.is_empty()
                && version.bytes().all(|byte| byte.is_ascii_hexdigit())
                && !address.is_empty()
                && has_only(address, b":", Wide::None)
        })
    };
    is_ipv6(address) || address.strip_prefix('v').or_else(|| address.strip_prefix('V')).is_some_and(future)
}

fn is_port(port: &str) -> bool {
    port.is_empty() || port.strip_prefix(':').is_some_and(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Unreserved characters, sub-delimiters, percent escapes (RFC 3986 2), the extra ones given, and wide letters.
pub(super) fn has_only(text: &str, extra: &[u8], wide: Wide) -> bool {
    is_escaped(text, &mut |letter| is_letter(letter, extra, wide))
}

/// Whether a text holds such letters and percent escapes (RFC 3986 2.1) alone.
pub(super) fn is_escaped(text: &str, is_letter: &mut dyn FnMut(char) -> bool) -> bool {
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        let mut hex = || letters.next().is_some_and(|digit| digit.is_ascii_hexdigit());
        if !(is_letter(letter) || letter == '%' && hex() && hex()) {
            return false;
        }
    }
    true
}

fn is_letter(letter: char, extra: &[u8], wide: Wide) -> bool {
    match u8::try_from(letter) {
        Ok(byte @ 0..0x80) => byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=".contains(&byte) || extra.contains(&byte),
        _ => wide != Wide::None && is_wide(letter, wide),
    }
}

/// RFC 3987 2.2: letters of every plane but for noncharacters, those of private use in queries alone.
const fn is_wide(letter: char, wide: Wide) -> bool {
    match letter {
        '\u{e000}'..='\u{f8ff}' | '\u{f0000}'.. => matches!(wide, Wide::Private) && letter as u32 & 0xfffe != 0xfffe,
        '\u{a0}'..='\u{fdcf}' | '\u{fdf0}'..='\u{ffef}' | '\u{e1000}'.. => true,
        '\u{10000}'..'\u{e0000}' => letter as u32 & 0xfffe != 0xfffe,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_the_web() {
        for (text, code) in [
            ("https://example.vn/a/b?c=d#e", None),
            ("http://user:pass@example.vn:8080/", None),
            ("urn:hoso:form:1.001612", None),
            ("mailto:lan@example.vn", None),
            ("https://[::1]:443/", None),
            ("https://[V1.fe:1]/", None),
            ("https://example.vn/%C3%AA", None),
            ("http://999.1.1.1/", None),
            ("file:///etc/hosts", None),
            ("a:", None),
            ("https://exa mple.vn", Some("uri.spaces")),
            ("https://example.vn/ê", Some("uri.characters")),
            ("https://example.vn/<a>", Some("uri.characters")),
            ("https://example.vn\\a", Some("uri.characters")),
            ("https://example.vn/\n", Some("uri.characters")),
            ("example.vn", Some("uri.form")),
            ("//example.vn/", Some("uri.form")),
            ("/a:b", Some("uri.form")),
            ("https://example.vn/%zz", Some("uri.form")),
            ("https://example.vn/%4", Some("uri.form")),
            ("1http://example.vn", Some("uri.form")),
            ("ht_tp://example.vn", Some("uri.form")),
            (":a", Some("uri.form")),
            ("https://[::1/", Some("uri.form")),
            ("https://::1]/", Some("uri.form")),
            ("https://[1::2::3]/", Some("uri.form")),
            ("https://[v.a]/", Some("uri.form")),
            ("https://[v1.]/", Some("uri.form")),
            ("https://[::1]a/", Some("uri.form")),
            ("https://a@b@example.vn/", Some("uri.form")),
            ("https://example.vn:port/", Some("uri.form")),
            ("https://example.vn:80:80/", Some("uri.form")),
            ("https://example.vn/[a]", Some("uri.form")),
            ("https://example.vn/a#b#c", Some("uri.form")),
            ("", Some("uri.form")),
        ] {
            assert_eq!(uri(text).err().map(|fault| fault.code), code, "{text}");
            assert!(code.is_some() || (uri_reference(text).is_ok() && iri(text).is_ok() && iri_reference(text).is_ok()), "{text}");
        }
    }

    #[test]
    fn references_need_no_scheme() {
        // Those of RFC 3986 5.4, and ends of the grammar.
        for text in
            ["g", "./g", "/g", "//g", "?y", "g?y#s", "#s", ";x", "", ".", "../..", "./a:b", "a/b:c", "//", "?", "http:g", "//[::1]:80"]
        {
            assert_eq!(uri_reference(text), Ok(()), "{text}");
        }
        for text in ["1:b", ":", "a b", "/%", "/[::1]", "//a:b/", "//a@b@c", "\\\\a\\b", "#a#b", "a|b", "/ê", "\u{0}", "//[::1", "a\"b"] {
            assert!(uri_reference(text).is_err(), "{text}");
        }
    }

    #[test]
    fn other_letters_stand_in_international_addresses() {
        for text in [
            "https://ví-dụ.vn/hồ-sơ?tên=lân#đầu",
            "http://a@ü/",
            "a:\u{10000}",
            "http://a/?\u{e000}\u{f0000}\u{10fffd}",
            "a:\u{a0}\u{fdcf}\u{ffef}",
        ] {
            assert_eq!((iri(text), iri_reference(text)), (Ok(()), Ok(())), "{text}");
            assert!(uri(text).is_err() && uri_reference(text).is_err(), "{text}");
        }
        for text in ["hồ-sơ", "/â", "#â", "?\u{e000}", "//ü"] {
            assert_eq!((iri(text).is_ok(), iri_reference(text)), (false, Ok(())), "{text}");
        }
        for text in [
            "â:b",
            "http://a/\u{e000}",
            "http://a/#\u{e000}",
            "http://\u{e000}/",
            "a:\u{80}",
            "a:\u{fdd0}",
            "a:\u{ffff}",
            "a:\u{1fffe}",
            "a:\u{e0fff}",
            "a:?\u{10ffff}",
            "a:\u{202e}b",
            "a:\u{200e}",
            "http://a:٣/",
            "http://a/ ê",
            "http://[ê]/",
            "http://a/%ê",
        ] {
            assert!(iri(text).is_err() && iri_reference(text).is_err(), "{text:?}");
        }
    }
}
