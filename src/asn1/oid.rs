//! Object identifiers (X.690 8.19).

use crate::text::{decimal, push_number};
use std::fmt;

/// Bytes of the longest identifier. Those in use have a dozen.
const MOST_BYTES: usize = 39;

/// An object identifier as it was received.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub struct OidRef<'a>(&'a [u8]);

impl<'a> OidRef<'a> {
    /// The identifier of an element's contents: first and second arc in one byte, every other arc in 32 bits.
    pub(super) fn read(contents: &'a [u8]) -> Option<Self> {
        let (root, mut rest) = contents.split_first()?;
        while !rest.is_empty() {
            arc(&mut rest)?;
        }
        (*root < 120 && contents.len() <= MOST_BYTES).then_some(Self(contents))
    }

    pub(super) const fn known_bytes(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    /// Its arcs in decimal: `1.2.840.10045.2.1`.
    #[must_use]
    pub fn text(self) -> String {
        let Some((root, mut rest)) = self.0.split_first() else { return String::new() };
        let mut out = decimal(u64::from(root / 40));
        out.push('.');
        push_number(u64::from(root % 40), 1, &mut out);
        while let Some(arc) = arc(&mut rest) {
            out.push('.');
            push_number(arc.into(), 1, &mut out);
        }
        out
    }

    /// The contents of the OBJECT IDENTIFIER.
    #[must_use]
    pub const fn bytes(self) -> &'a [u8] {
        self.0
    }
}

impl fmt::Display for OidRef<'_> {
    /// Its arcs in decimal: `1.2.840.10045.2.1`.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.text())
    }
}

impl fmt::Debug for OidRef<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, out)
    }
}

/// An object identifier by itself.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Oid {
    length: u8,
    bytes: [u8; MOST_BYTES],
}

impl Oid {
    /// The identifier of arcs in decimal, `1.2.840.10045.2.1`: numbers without leading zeros, as hoso reads them from DER.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut arcs = Vec::new();
        for arc in text.split('.') {
            let plain = arc.bytes().all(|byte| byte.is_ascii_digit()) && (arc == "0" || !arc.starts_with('0'));
            arcs.push(arc.parse::<u32>().ok().filter(|_| plain)?);
        }
        let (root, rest) = arcs.split_first()?;
        let (second, rest) = rest.split_first()?;
        let first = root.checked_mul(40)?.checked_add(*second).filter(|_| *root < 3 && (*second < 40 || *root == 2))?;
        let mut bytes = Vec::new();
        for arc in std::iter::once(&first).chain(rest) {
            let septets = arc.checked_ilog2().unwrap_or_default() / 7;
            for place in (0..=septets).rev() {
                let more = if place == 0 { 0 } else { 0x80 };
                bytes.push((arc >> (7 * place) & 0x7f) as u8 | more);
            }
        }
        OidRef::read(&bytes).map(Self::from)
    }

    /// Its arcs in decimal: `1.2.840.10045.2.1`.
    #[must_use]
    pub fn text(&self) -> String {
        self.as_ref().text()
    }

    fn as_ref(&self) -> OidRef<'_> {
        OidRef(self.bytes.get(..self.length.into()).unwrap_or_default())
    }
}

impl From<OidRef<'_>> for Oid {
    fn from(oid: OidRef<'_>) -> Self {
        let mut bytes = [0; MOST_BYTES];
        bytes.iter_mut().zip(oid.0).for_each(|(to, from)| *to = *from);
        Self { length: oid.0.len() as u8, bytes }
    }
}

impl From<super::Known> for Oid {
    fn from(known: super::Known) -> Self {
        known.oid().into()
    }
}

impl fmt::Display for Oid {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.as_ref().fmt(out)
    }
}

impl fmt::Debug for Oid {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.as_ref().fmt(out)
    }
}

/// An arc, taken off the bytes: seven bits in each, the highest bit set in all but the last, and as few as it needs (X.690 8.19.2).
fn arc(rest: &mut &[u8]) -> Option<u32> {
    let mut arc = 0_u32;
    if rest.first() == Some(&0x80) {
        return None;
    }
    loop {
        let (byte, after) = rest.split_first()?;
        *rest = after;
        arc = arc.checked_mul(0x80)? | u32::from(byte & 0x7f);
        if *byte < 0x80 {
            return Some(arc);
        }
    }
}

/// The bytes of an identifier in decimal, for constants alone.
pub(super) const fn encoded<const N: usize>(text: &str) -> [u8; N] {
    match encode(text).0.first_chunk() {
        Some(bytes) => *bytes,
        None => [0; N],
    }
}

pub(super) const fn encoded_bytes(text: &str) -> usize {
    encode(text).1
}

#[expect(clippy::indexing_slicing, reason = "only the compiler runs this")]
const fn encode(text: &str) -> ([u8; MOST_BYTES], usize) {
    let text = text.as_bytes();
    let (mut bytes, mut length) = ([0; MOST_BYTES], 0);
    let (mut at, mut arcs, mut arc, mut root) = (0, 0, 0_u32, 0);
    while at <= text.len() {
        if at < text.len() && text[at] != b'.' {
            arc = arc * 10 + (text[at] - b'0') as u32;
        } else {
            arcs += 1;
            if arcs == 1 {
                root = arc * 40;
            } else {
                let mut value = if arcs == 2 { root + arc } else { arc };
                let needed = if value == 0 { 1 } else { (value.ilog2() / 7 + 1) as usize };
                let mut place = needed;
                while place > 0 {
                    place -= 1;
                    bytes[length + place] = (value & 0x7f) as u8 | if place + 1 < needed { 0x80 } else { 0 };
                    value >>= 7;
                }
                length += needed;
            }
            arc = 0;
        }
        at += 1;
    }
    (bytes, length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_arc_has_no_more_bytes_than_it_needs() {
        assert!(OidRef::read(&[0x2a, 0xa0, 0x03]).is_some());
        assert!(OidRef::read(&[0x2a, 0x80, 0xa0, 0x03]).is_none() && OidRef::read(&[0x2a, 0x80, 0x03]).is_none());
    }

    #[test]
    fn an_identifier_is_what_its_text_says() {
        for text in ["1.2.840.10045.2.1", "2.16.840.1.101.3.2.1.48.1", "2.5.29.32.0", "0.9.2342.19200300.100.1.1", "1.3.4294967295"] {
            assert_eq!(Oid::parse(text).map(|oid| oid.text()).as_deref(), Some(text));
        }
        for text in ["", "1", "1.", "1.40", "3.1", "1.02", "1.+2", "1.2.4294967296", "1..2", "a.b", "2.999"] {
            assert_eq!(Oid::parse(text), None, "{text}");
        }
    }
}
