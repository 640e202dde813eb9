//! `email` (RFC 5321 4.1.2) and `idn-email` (RFC 6531 3.3).
//!
//! `lan@example.vn` passes both, `lân@ví-dụ.vn` the second; `lan@` and `lan` pass none.

use super::host::{self, Wrong};
use super::net::{is_ipv4, is_ipv6, parted_last};
use super::{FormatFault, Formatted, strange, unless};
use crate::report::Facts;

/// RFC 5321 4.5.3.1.1.
const LOCAL_BYTES: usize = 64;

pub(super) fn email(text: &str) -> Formatted {
    check(text, false)
}

pub(super) fn idn_email(text: &str) -> Formatted {
    check(text, true)
}

fn check(text: &str, is_international: bool) -> Formatted {
    let Some((local, domain)) = parted_last(text) else { return unless(false, "email.at-sign") };
    if local.is_empty() || domain.is_empty() {
        return unless(false, "email.form");
    }
    if local.len() > LOCAL_BYTES {
        return Err(FormatFault::with("email.too-long", Facts::none().with("most", LOCAL_BYTES)));
    }
    match local.strip_prefix('"') {
        Some(rest) => unless(is_quoted(rest, is_international), "email.form")?,
        None => check_atoms(local, is_international)?,
    }
    // RFC 5321 4.1.3: an address in brackets.
    if let Some(literal) = domain.strip_prefix('[') {
        return unless(literal.strip_suffix(']').is_some_and(is_address), "email.domain");
    }
    match host::check(domain, is_international, false) {
        Ok(()) => Ok(()),
        Err(Wrong::Letter(letter)) => strange("email.characters", "email.spaces", letter),
        Err(_) => unless(false, "email.domain"),
    }
}

/// RFC 5322 3.2.3: atoms between dots.
fn check_atoms(local: &str, is_international: bool) -> Formatted {
    let mut is_start = true;
    for letter in local.chars() {
        let is_dot = letter == '.';
        if is_dot && is_start {
            return unless(false, "email.dots");
        }
        is_start = is_dot;
        if letter == '@' {
            return unless(false, "email.at-sign");
        }
        let is_known = if letter.is_ascii() { is_dot || is_atom(letter) } else { is_international };
        if !is_known {
            return strange("email.characters", "email.spaces", letter);
        }
    }
    unless(!is_start, "email.dots")
}

fn is_atom(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&(letter as u8))
}

/// The rest of a quoted string (RFC 5321 4.1.2).
fn is_quoted(rest: &str, is_international: bool) -> bool {
    let mut letters = rest.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '"' => return letters.as_str().is_empty(),
            '\\' if matches!(letters.next(), Some(' '..='~')) => {}
            '\\' | '\0'..' ' | '\u{7f}' => return false,
            _ if letter.is_ascii() || is_international => {}
            _ => return false,
        }
    }
    false
}

fn is_address(literal: &str) -> bool {
    let (tag, rest) = literal.split_at_checked(5).unwrap_or_default();
    if tag.eq_ignore_ascii_case("IPv6:") { is_ipv6(rest) } else { is_ipv4(literal) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_mail() {
        for (text, code) in [
            ("lan@example.vn", None),
            ("lan.tran+hkd@mail.example.vn", None),
            ("!#$%&'*+-/=?^_`{|}~@example.vn", None),
            ("lan@localhost", None),
            ("lan@xn--bcher-kva.example", None),
            ("\"lan tran\"@example.vn", None),
            ("\"lan\\\"tran\"@example.vn", None),
            ("\"lan@tran\"@example.vn", None),
            ("\"\"@example.vn", None),
            ("lan@[127.0.0.1]", None),
            ("lan@[IPv6:::1]", None),
            ("lan@[ipv6:2001:db8::1]", None),
            (&format!("{}@example.vn", "a".repeat(64)), None),
            ("lan", Some("email.at-sign")),
            ("", Some("email.at-sign")),
            ("lan@tran@example.vn", Some("email.at-sign")),
            ("lan@", Some("email.form")),
            ("@example.vn", Some("email.form")),
            ("lan..tran@example.vn", Some("email.dots")),
            (".lan@example.vn", Some("email.dots")),
            ("lan.@example.vn", Some("email.dots")),
            ("lan tran@example.vn", Some("email.spaces")),
            ("lan@example.vn ", Some("email.spaces")),
            (" lan@example.vn", Some("email.spaces")),
            ("lan,tran@example.vn", Some("email.characters")),
            ("lan@example,vn", Some("email.characters")),
            ("Lan <lan@example.vn>", Some("email.spaces")),
            ("lan@example.vn, hoa@example.vn", Some("email.at-sign")),
            ("lân@example.vn", Some("email.characters")),
            ("lan@ví-dụ.vn", Some("email.characters")),
            ("lan@example_vn", Some("email.characters")),
            ("lan@-example.vn", Some("email.domain")),
            ("lan@example..vn", Some("email.domain")),
            ("lan@example.vn.", Some("email.domain")),
            ("lan@xn--a", Some("email.domain")),
            ("lan@[300.0.0.1]", Some("email.domain")),
            ("lan@[127.0.0.1", Some("email.domain")),
            ("lan@[::1]", Some("email.domain")),
            ("lan@[IPv6:1]", Some("email.domain")),
            ("lan@[]", Some("email.domain")),
            ("\"lan@example.vn", Some("email.form")),
            ("\"lan\"tran@example.vn", Some("email.form")),
            ("\"lan\\\"@example.vn", Some("email.form")),
            ("\"lân\"@example.vn", Some("email.form")),
            ("\"a\tb\"@example.vn", Some("email.form")),
            (&format!("{}@example.vn", "a".repeat(65)), Some("email.too-long")),
        ] {
            assert_eq!(email(text).err().map(|fault| fault.code), code, "{text}");
            // Nothing that is right in ASCII is wrong beside other letters.
            assert!(code.is_some() || idn_email(text).is_ok(), "{text}");
        }
    }

    #[test]
    fn addresses_of_mail_in_other_letters() {
        for (text, code) in [
            ("lân@ví-dụ.vn", None),
            ("실례@실례.테스트", None),
            ("\"lân\"@example.vn", None),
            ("用户@例子.广告", None),
            ("lân@example.vn", None),
            ("lân", Some("email.at-sign")),
            ("lân＠example.vn", Some("email.at-sign")),
            ("lân@", Some("email.form")),
            ("lân..@example.vn", Some("email.dots")),
            ("lân hoa@example.vn", Some("email.spaces")),
            ("lân@VÍ.vn", Some("email.characters")),
            ("lân@例子。广告", Some("email.characters")),
            ("lân@\u{301}a.vn", Some("email.domain")),
            ("\"l\\â\"@example.vn", Some("email.form")),
            (&format!("{}@example.vn", "â".repeat(33)), Some("email.too-long")),
        ] {
            assert_eq!(idn_email(text).err().map(|fault| fault.code), code, "{text}");
        }
    }
}
