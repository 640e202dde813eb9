//! Base64 (RFC 4648), read strictly: one spelling for each sequence of bytes.

/// One of the two alphabets, with what the formats here do about padding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Base64 {
    /// RFC 4648 4: `+` and `/`, padded.
    Standard,
    /// RFC 4648 5: `-` and `_`; not padded, as JOSE has it (RFC 7515 2).
    Url,
}

impl Base64 {
    /// The text of bytes.
    #[must_use]
    pub fn encode(self, bytes: &[u8]) -> String {
        let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
        for group in bytes.chunks(3) {
            let word = (0..3).fold(0, |word, at| (word << 8) | group.get(at).copied().map_or(0, u32::from));
            for at in 0..4 {
                if at <= group.len() {
                    text.push(self.letter((word >> (18 - 6 * at)) as u8 & 0x3f));
                } else if self == Self::Standard {
                    text.push('=');
                }
            }
        }
        text
    }

    /// The bytes of a text; nothing when a letter or the padding is another, or when bits that belong to no byte are not zero (RFC 4648 3.5).
    #[must_use]
    pub fn decode(self, text: &str) -> Option<Vec<u8>> {
        let mut letters = text.as_bytes();
        if self == Self::Standard {
            if !letters.len().is_multiple_of(4) {
                return None;
            }
            letters = letters.strip_suffix(b"==").or_else(|| letters.strip_suffix(b"=")).unwrap_or(letters);
        }
        let mut bytes = Vec::with_capacity(letters.len() / 4 * 3 + 2);
        let (mut waiting, mut bits) = (0_u32, 0);
        for letter in letters {
            waiting = (waiting << 6) | u32::from(self.value(*letter)?);
            bits += 6;
            if bits >= 8 {
                bits -= 8;
                bytes.push((waiting >> bits) as u8);
                waiting &= (1 << bits) - 1;
            }
        }
        (bits < 6 && waiting == 0).then_some(bytes)
    }

    /// The last two letters, 62 and 63.
    const fn last_letters(self) -> (u8, u8) {
        match self {
            Self::Standard => (b'+', b'/'),
            Self::Url => (b'-', b'_'),
        }
    }

    fn letter(self, value: u8) -> char {
        let (plus, slash) = self.last_letters();
        char::from(match value {
            0..26 => b'A' + value,
            26..52 => b'a' + value - 26,
            52..62 => b'0' + value - 52,
            62 => plus,
            _ => slash,
        })
    }

    fn value(self, letter: u8) -> Option<u8> {
        let (plus, slash) = self.last_letters();
        Some(match letter {
            b'A'..=b'Z' => letter - b'A',
            b'a'..=b'z' => letter - b'a' + 26,
            b'0'..=b'9' => letter - b'0' + 52,
            _ if letter == plus => 62,
            _ if letter == slash => 63,
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD, Engine as _};
    use proptest::prelude::*;

    #[test]
    fn the_vectors_of_the_rfc_are_written_and_read() {
        for (bytes, text) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("foobar", "Zm9vYmFy")] {
            assert_eq!(Base64::Standard.encode(bytes.as_bytes()), text);
            assert_eq!(Base64::Standard.decode(text).as_deref(), Some(bytes.as_bytes()));
            assert_eq!(Base64::Url.decode(text.trim_end_matches('=')).as_deref(), Some(bytes.as_bytes()));
        }
    }

    #[test]
    fn another_spelling_is_refused() {
        for text in
            ["Zg", "Zg=", "Zg===", "Zg== ", "Z", "Zh==", "Zm9=", "=", "==", "====", "Zg==Zg==", "Zm 9v", "-_8=", "Zm9v\n", "Zm9v===="]
        {
            assert_eq!(Base64::Standard.decode(text), None, "{text}");
        }
        for text in ["Zg==", "Z", "Zh", "Zm9v=", "+/8", "Zm 9v", "Zm9vY"] {
            assert_eq!(Base64::Url.decode(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn bytes_are_written_as_the_crate_writes_them(bytes: Vec<u8>) {
            prop_assert_eq!(Base64::Standard.encode(&bytes), BASE64_STANDARD.encode(&bytes));
            prop_assert_eq!(Base64::Url.encode(&bytes), BASE64_URL_SAFE_NO_PAD.encode(&bytes));
        }

        #[test]
        fn texts_are_judged_as_the_crate_judges_them(text in "[AQgwZz09+/_=-]{0,9}[ -~]?={0,3}") {
            prop_assert_eq!(Base64::Standard.decode(&text), BASE64_STANDARD.decode(&text).ok());
            prop_assert_eq!(Base64::Url.decode(&text), BASE64_URL_SAFE_NO_PAD.decode(&text).ok());
        }
    }
}
