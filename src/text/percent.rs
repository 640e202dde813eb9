//! Letters of an address that stand for bytes (RFC 3986 2.1).

/// RFC 3986 2.1: `%25` is `%`. `None` when an escape is broken or the result is no UTF-8.
#[must_use]
pub(crate) fn percent_decoded(text: &str) -> Option<String> {
    let mut out = Vec::with_capacity(text.len());
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        if byte != b'%' {
            out.push(byte);
            continue;
        }
        let mut digit = || char::from(bytes.next()?).to_digit(16);
        let (high, low) = (digit()?, digit()?);
        out.push(u8::try_from(high * 16 + low).ok()?);
    }
    String::from_utf8(out).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_stand_for_bytes_and_broken_ones_for_nothing() {
        for (text, expected) in [
            ("a%20b", Some("a b")),
            ("%25", Some("%")),
            ("%C4%90%c6%a1n", Some("Đơn")),
            ("Đơn", Some("Đơn")),
            ("%", None),
            ("%2", None),
            ("%2g", None),
            ("%ff", None),
            ("%+1", None),
        ] {
            assert_eq!(percent_decoded(text).as_deref(), expected, "{text}");
        }
    }
}
