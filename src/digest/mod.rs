//! SHA-256 for both sides: identities of schemas, parts of packages, names of inputs. SHA-384 for keys that take a digest.

use crate::text::hexadecimal;
use sha2::Digest as _;
use std::fmt;

/// A SHA-256 digest.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Sha256([u8; 32]);

impl Sha256 {
    /// The digest of bytes.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self(sha2::Sha256::digest(bytes).into())
    }

    /// A digest from its 32 bytes.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The 32 bytes.
    #[must_use]
    pub const fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Reads 64 lower-case hexadecimal digits.
    #[must_use]
    pub fn from_hex(text: &str) -> Option<Self> {
        let (pairs, []) = text.as_bytes().as_chunks::<2>() else { return None };
        let mut out = [0; 32];
        if pairs.len() != out.len() {
            return None;
        }
        for (byte, [high, low]) in out.iter_mut().zip(pairs) {
            *byte = nibble(*high)? << 4 | nibble(*low)?;
        }
        Some(Self(out))
    }

    /// Reads the form `sha-256:` and 64 hexadecimal digits.
    #[must_use]
    pub fn from_id(text: &str) -> Option<Self> {
        Self::from_hex(text.strip_prefix("sha-256:")?)
    }

    /// 64 lower-case hexadecimal digits.
    #[must_use]
    pub fn hex(&self) -> String {
        hexadecimal(&self.0)
    }

    /// The form `sha-256:…` that names a schema or a submission.
    #[must_use]
    pub fn id(&self) -> String {
        "sha-256:".to_owned() + &self.hex()
    }
}

impl fmt::Display for Sha256 {
    /// 64 lower-case hexadecimal digits.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.hex())
    }
}

impl fmt::Debug for Sha256 {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, out)
    }
}

/// A digest of bytes that arrive in pieces.
#[derive(Clone, Default)]
pub struct Sha256Stream(sha2::Sha256);

impl Sha256Stream {
    /// Takes the next piece.
    pub fn update(&mut self, piece: &[u8]) {
        self.0.update(piece);
    }

    /// The digest of all pieces.
    #[must_use]
    pub fn finish(self) -> Sha256 {
        Sha256(self.0.finalize().into())
    }
}

/// The SHA-384 digest of bytes.
#[must_use]
pub fn sha384(bytes: &[u8]) -> [u8; 48] {
    sha2::Sha384::digest(bytes).into()
}

const fn nibble(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digests_of_fips_180_4_examples() {
        // NIST, "SHA-256 examples": "abc" and the empty message.
        for (text, hex) in [
            ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ] {
            assert_eq!(Sha256::of(text.as_bytes()).to_string(), hex);
            assert_eq!(Sha256::from_hex(hex), Some(Sha256::of(text.as_bytes())));
            let mut stream = Sha256Stream::default();
            text.as_bytes().chunks(2).for_each(|piece| stream.update(piece));
            assert_eq!(stream.finish().id(), format!("sha-256:{hex}"));
        }
    }

    #[test]
    fn other_spellings_of_a_digest_are_refused() {
        let hex = Sha256::of(b"abc").to_string();
        for text in [&hex.to_uppercase(), hex.get(1..).unwrap(), &format!("{hex}0"), &hex.replace('b', "g")] {
            assert_eq!(Sha256::from_hex(text), None, "{text}");
        }
        assert_eq!(Sha256::from_id(&hex), None);
        assert_eq!(Sha256::from_id(&format!("sha256:{hex}")), None);
    }
}
