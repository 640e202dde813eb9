//! `json-pointer` (RFC 6901) and `relative-json-pointer` (draft-bhutton-relative-json-pointer-00, which JSON Schema 2020-12 names).
//!
//! The empty text and `/a/0/b~1c` are pointers; `0/a`, `2#` and `0+1/a` are relative ones; `a`, `/a~`, `01/a` and `-1/a` are neither.

use super::{Formatted, unless};

pub(super) fn pointer(text: &str) -> Formatted {
    unless(is_pointer(text.as_bytes()), "json-pointer.form")
}

pub(super) fn relative(text: &str) -> Formatted {
    unless(is_relative(text.as_bytes()).unwrap_or(false), "relative-json-pointer.form")
}

/// RFC 6901 3: each token behind a slash, `~` only as `~0` or `~1`.
fn is_pointer(text: &[u8]) -> bool {
    let mut rest = text;
    while let [byte, later @ ..] = rest {
        if *byte == b'~' && !matches!(later, [b'0' | b'1', ..]) {
            return false;
        }
        rest = later;
    }
    matches!(text, [] | [b'/', ..])
}

/// Section 3 of the draft: how far up, how far along a list, and a pointer, or `#` for the name or place of what is there.
fn is_relative(text: &[u8]) -> Option<bool> {
    let mut rest = behind_number(text)?;
    if let [b'+' | b'-', steps @ ..] = rest {
        // None of them is no number of steps.
        rest = behind_number(steps).filter(|_| steps.first() != Some(&b'0'))?;
    }
    Some(rest == b"#" || is_pointer(rest))
}

/// What follows the number at the start of a text, which has no needless zeros.
fn behind_number(text: &[u8]) -> Option<&[u8]> {
    let end = text.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(text.len());
    let is_number = end == 1 || end > 1 && text.first() != Some(&b'0');
    text.get(end..).filter(|_| is_number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pointers_escape_their_tildes() {
        // The first are those of RFC 6901 5.
        for text in
            ["", "/foo", "/foo/0", "/", "/a~1b", "/c%d", "/e^f", "/g|h", "/i\\j", "/k\"l", "/ ", "/m~0n", "//", "/~0~1", "/~01", "/họ"]
        {
            assert_eq!(pointer(text), Ok(()), "{text}");
        }
        for text in ["a", "0", "#", "#/a", "a/b", " /a", "~0", "/~", "/a~", "/~2", "/~~0", "/~0~", "/a/~/b", "/~-1", "/~à"] {
            assert!(pointer(text).is_err(), "{text}");
        }
    }

    #[test]
    fn relative_pointers_start_with_a_number() {
        // Of section 5.1 of the draft, then ends of the grammar.
        for text in [
            "0",
            "1/0",
            "0-1",
            "2/highly/nested/objects",
            "0#",
            "0-1#",
            "1#",
            "0/objects",
            "1/nested/objects",
            "0+1/a",
            "10/a",
            "0/",
            "1+10",
            "0/a~1",
        ] {
            assert_eq!(relative(text), Ok(()), "{text}");
        }
        for text in [
            "", "/a", "#", "-1/a", "+1/a", "01/a", "00", "0##", "0#/a", "0a", "0+", "0+/a", "0+0", "0+01", "0+-1", "0+1+1", "1 /a", "0/~",
            "١/a", "1\n",
        ] {
            assert!(relative(text).is_err(), "{text}");
        }
    }
}
