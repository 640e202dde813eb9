//! BER (ITU-T X.690, 2021-02, chapter 8) made DER: old programs write key files and signatures with indefinite lengths and strings in pieces.
//!
//! What is DER stays as it is, to the byte. Else lengths become definite and as short as can be, and an OCTET STRING in pieces becomes whole. Values
//! themselves, and the order of a SET OF, are left alone: the readers above judge those. A string in pieces behind a tag of its own kind (`[0]
//! IMPLICIT OCTET STRING`) looks like a structure, and remains one.

use super::Asn1Error;
use crate::limits;
use std::borrow::Cow;

/// The same element in DER, when the bytes are one element of BER.
///
/// # Errors
/// They are not, nest deeper than [`limits::BER_DEPTH`], have more elements than [`limits::BER_ELEMENTS`], or hold a string in pieces that is no
/// OCTET STRING, which nobody writes.
pub fn to_der(bytes: &[u8]) -> Result<Cow<'_, [u8]>, Asn1Error> {
    let mut changes = false;
    walk(bytes, &mut |_, is_der| {
        changes |= !is_der;
        Ok(())
    })?;
    if !changes {
        return Ok(Cow::Borrowed(bytes));
    }
    let mut parts = Vec::new();
    walk(bytes, &mut |part, _| {
        parts.push(part);
        if parts.len() > limits::BER_ELEMENTS { Err(Asn1Error::NotDer) } else { Ok(()) }
    })?;
    Ok(Cow::Owned(written(&parts, bytes.len())))
}

/// Elements in the order in which they stand.
enum Part<'a> {
    /// An element that has others inside begins.
    Begin { tag: &'a [u8] },
    /// The last element that began ends.
    End,
    /// An element that has none inside.
    Whole { tag: &'a [u8], contents: &'a [u8] },
    /// A piece of a string.
    Piece(&'a [u8]),
}

/// An element that has begun.
struct Open {
    /// Where it ends, when that was said.
    end: Option<usize>,
    /// Where it must have ended, because something around it does.
    most: usize,
    /// A string, which has pieces inside.
    is_string: bool,
}

/// OCTET STRING, whole and in pieces.
const OCTETS: &[u8] = &[0x04];
const OCTETS_IN_PIECES: u8 = 0x24;

/// Every part of the element, with whether it is written as DER writes it.
fn walk<'a>(bytes: &'a [u8], take: &mut dyn FnMut(Part<'a>, bool) -> Result<(), Asn1Error>) -> Result<(), Asn1Error> {
    let (mut at, mut open): (usize, Vec<Open>) = (0, Vec::new());
    loop {
        let (most, in_string, may_end) =
            open.last().map_or((bytes.len(), false, false), |open| (open.most, open.is_string, open.end.is_none()));
        let rest = bytes.get(at..most).ok_or(Asn1Error::EndsEarly)?;
        // X.690 8.1.5: two zero bytes end what has no length.
        if may_end && rest.starts_with(&[0, 0]) {
            at += 2;
            close(&mut open, take)?;
        } else {
            let header = Header::read(rest)?;
            let start = at + header.bytes;
            let end =
                header.length.map(|length| start.checked_add(length).filter(|end| *end <= most).ok_or(Asn1Error::EndsEarly)).transpose()?;
            let pieces = header.tag == [OCTETS_IN_PIECES];
            if in_string && !pieces && header.tag != OCTETS {
                return Err(Asn1Error::UnexpectedType);
            }
            match end {
                Some(end) if !header.is_constructed() => {
                    at = end;
                    let contents = bytes.get(start..end).unwrap_or_default();
                    take(if in_string { Part::Piece(contents) } else { Part::Whole { tag: header.tag, contents } }, header.is_short)?;
                }
                None if !header.is_constructed() => return Err(Asn1Error::NotDer),
                _ => {
                    at = start;
                    if open.len() == limits::BER_DEPTH || header.is_other_string() {
                        return Err(Asn1Error::NotDer);
                    }
                    if !in_string {
                        let tag = if pieces { OCTETS } else { header.tag };
                        take(Part::Begin { tag }, header.is_short && end.is_some() && !pieces)?;
                    }
                    open.push(Open { end, most: end.unwrap_or(most), is_string: pieces });
                }
            }
        }
        while open.last().is_some_and(|open| open.end == Some(at)) {
            close(&mut open, take)?;
        }
        if open.is_empty() {
            return if at == bytes.len() { Ok(()) } else { Err(Asn1Error::TrailingData) };
        }
    }
}

fn close<'a>(open: &mut Vec<Open>, take: &mut dyn FnMut(Part<'a>, bool) -> Result<(), Asn1Error>) -> Result<(), Asn1Error> {
    open.pop();
    // A string in pieces may be a piece itself: the outermost ends.
    if open.last().is_some_and(|open| open.is_string) { Ok(()) } else { take(Part::End, true) }
}

/// Tag and length of an element.
struct Header<'a> {
    tag: &'a [u8],
    /// Nothing when it is indefinite.
    length: Option<usize>,
    /// Bytes of both.
    bytes: usize,
    /// Whether the length is as short as can be.
    is_short: bool,
}

impl<'a> Header<'a> {
    fn read(bytes: &'a [u8]) -> Result<Self, Asn1Error> {
        let tag_bytes = tag_bytes(bytes)?;
        let (tag, rest) = bytes.split_at_checked(tag_bytes).ok_or(Asn1Error::EndsEarly)?;
        let first = *rest.first().ok_or(Asn1Error::EndsEarly)?;
        let count = match first {
            0x80 => return Ok(Self { tag, length: None, bytes: tag_bytes + 1, is_short: true }),
            // X.690 8.1.3.5 (c).
            0xff => return Err(Asn1Error::NotDer),
            0..=0x7f => return Ok(Self { tag, length: Some(first.into()), bytes: tag_bytes + 1, is_short: true }),
            _ => usize::from(first & 0x7f),
        };
        let digits = rest.get(1..=count).ok_or(Asn1Error::EndsEarly)?;
        let mut length = 0_u32;
        for digit in digits {
            length = length.checked_mul(0x100).ok_or(Asn1Error::EndsEarly)? | u32::from(*digit);
        }
        let is_short = length >= 0x80 && digits.first() != Some(&0);
        Ok(Self { tag, length: Some(length as usize), bytes: tag_bytes + 1 + count, is_short })
    }

    fn is_constructed(&self) -> bool {
        self.tag.first().is_some_and(|first| first & 0x20 != 0)
    }

    /// Whether it is in pieces, and neither an OCTET STRING nor what always has others inside: SEQUENCE, SET, EXTERNAL, EMBEDDED PDV.
    fn is_other_string(&self) -> bool {
        self.tag.first().is_some_and(|first| (0x20..0x40).contains(first) && ![OCTETS_IN_PIECES, 0x28, 0x2b, 0x30, 0x31].contains(first))
    }
}

/// X.690 8.1.2.4: bytes of a tag. Zero, which only ends something, is none.
fn tag_bytes(bytes: &[u8]) -> Result<usize, Asn1Error> {
    match bytes.first() {
        None => Err(Asn1Error::EndsEarly),
        Some(0) => Err(Asn1Error::NotDer),
        Some(first) if first & 0x1f != 0x1f => Ok(1),
        Some(_) => {
            let more = bytes.iter().skip(1).take_while(|byte| **byte & 0x80 != 0).count();
            if more < 5 { Ok(more + 2) } else { Err(Asn1Error::NotDer) }
        }
    }
}

/// The parts in DER. They are written from behind, when the length of each is known.
fn written(parts: &[Part<'_>], bytes: usize) -> Vec<u8> {
    // A length grows by four bytes at most, where it holds 64 kB or more.
    let mut out = Vec::with_capacity(bytes + bytes / 1_000 + 8);
    let mut ends = Vec::new();
    for part in parts.iter().rev() {
        match part {
            Part::End => ends.push(out.len()),
            Part::Piece(contents) => out.extend(contents.iter().rev()),
            Part::Whole { tag, contents } => {
                out.extend(contents.iter().rev());
                head(tag, contents.len(), &mut out);
            }
            Part::Begin { tag } => {
                let length = out.len() - ends.pop().unwrap_or_default();
                head(tag, length, &mut out);
            }
        }
    }
    out.reverse();
    out
}

/// Tag and length (X.690 10.1), from behind.
fn head(tag: &[u8], length: usize, out: &mut Vec<u8>) {
    if length < 0x80 {
        out.push(length as u8);
    } else {
        let (mut rest, mut count) = (length, 0x80);
        while rest > 0 {
            out.push(rest as u8);
            rest >>= 8;
            count += 1;
        }
        out.push(count);
    }
    out.extend(tag.iter().rev());
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::asn1::{Reader, Tag};

    #[test]
    fn lengths_become_definite_and_strings_whole() {
        for (ber, der) in [
            (&[0x30, 0x80, 0, 0][..], &[0x30, 0][..]),
            (&[0x30, 0x80, 2, 1, 3, 0, 0], &[0x30, 3, 2, 1, 3]),
            (&[0x30, 0x81, 3, 2, 1, 3], &[0x30, 3, 2, 1, 3]),
            (&[4, 0x82, 0, 1, 7], &[4, 1, 7]),
            (&[0x24, 0x80, 4, 1, 7, 4, 0, 4, 2, 8, 9, 0, 0], &[4, 3, 7, 8, 9]),
            (&[0x24, 5, 4, 1, 7, 4, 0], &[4, 1, 7]),
            (&[0x24, 0x80, 0x24, 0x80, 4, 1, 7, 0, 0, 0x24, 3, 4, 1, 8, 0, 0], &[4, 2, 7, 8]),
            (&[0xa0, 0x80, 0x24, 0x80, 4, 1, 7, 0, 0, 0, 0], &[0xa0, 3, 4, 1, 7]),
            (&[0xa0, 0x80, 4, 1, 7, 4, 1, 8, 0, 0], &[0xa0, 6, 4, 1, 7, 4, 1, 8]),
            (&[0x31, 6, 0x30, 0x80, 5, 0, 0, 0], &[0x31, 4, 0x30, 2, 5, 0]),
            (&[0xbf, 0x81, 0x01, 0x80, 5, 0, 0, 0], &[0xbf, 0x81, 0x01, 2, 5, 0]),
        ] {
            assert_eq!(to_der(ber).as_deref(), Ok(der), "{ber:02x?}");
        }
        let long = [&[0x30, 0x80, 4, 0x82, 1, 0][..], &[7; 256], &[0, 0]].concat();
        assert_eq!(to_der(&long).unwrap()[..8], [0x30, 0x82, 1, 4, 4, 0x82, 1, 0]);
    }

    #[test]
    fn der_stays_where_it_is() {
        for der in [&[5, 0][..], &[0x30, 3, 2, 1, 3], &[0xa0, 3, 4, 1, 7], &[4, 2, 0, 0], &[0x30, 4, 4, 2, 0, 0]] {
            assert!(matches!(to_der(der), Ok(Cow::Borrowed(same)) if same == der), "{der:02x?}");
        }
    }

    #[test]
    fn what_is_no_ber_is_refused() {
        for (bytes, error) in [
            (&[][..], Asn1Error::EndsEarly),
            (&[0x30], Asn1Error::EndsEarly),
            (&[0x30, 0x80], Asn1Error::EndsEarly),
            (&[0x30, 0x80, 0], Asn1Error::NotDer),
            (&[0x30, 0x80, 5, 0], Asn1Error::EndsEarly),
            (&[0x30, 4, 5, 0], Asn1Error::EndsEarly),
            (&[0x30, 1, 5, 0], Asn1Error::EndsEarly),
            (&[0x30, 3, 0x30, 0x80, 0, 0, 0], Asn1Error::NotDer),
            (&[0x30, 2, 0, 0], Asn1Error::NotDer),
            (&[0, 0], Asn1Error::NotDer),
            (&[5, 0, 0], Asn1Error::TrailingData),
            (&[0x30, 0x80, 0, 0, 0, 0], Asn1Error::TrailingData),
            (&[4, 0x80, 0, 0], Asn1Error::NotDer),
            (&[4, 0xff], Asn1Error::NotDer),
            (&[4, 0x85, 1, 0, 0, 0, 0], Asn1Error::EndsEarly),
            (&[0x24, 0x80, 2, 1, 7, 0, 0], Asn1Error::UnexpectedType),
            (&[0x24, 0x80, 0x30, 0x80, 0, 0, 0, 0], Asn1Error::UnexpectedType),
            (&[0x23, 0x80, 3, 1, 0, 0, 0], Asn1Error::NotDer),
            (&[0x3f, 0x81, 0x81, 0x81, 0x81, 0x81, 1, 0], Asn1Error::NotDer),
        ] {
            assert_eq!(to_der(bytes), Err(error), "{bytes:02x?}");
        }
    }

    #[test]
    fn depth_and_number_of_elements_are_bounded() {
        let nested = |depth: usize| [[0x30, 0x80].repeat(depth), [0, 0].repeat(depth)].concat();
        assert!(to_der(&nested(limits::BER_DEPTH)).is_ok());
        assert_eq!(to_der(&nested(limits::BER_DEPTH + 1)), Err(Asn1Error::NotDer));
        let wide = |count: usize| [&[0x30, 0x80][..], &[5, 0].repeat(count), &[0, 0]].concat();
        assert!(to_der(&wide(limits::BER_ELEMENTS - 2)).is_ok());
        assert_eq!(to_der(&wide(limits::BER_ELEMENTS - 1)), Err(Asn1Error::NotDer));
        // DER costs nothing, so there may be any number in it.
        let der = [&[0x30, 0x83, 6, 0x1a, 0x80][..], &[5, 0].repeat(200_000)].concat();
        assert!(matches!(to_der(&der), Ok(Cow::Borrowed(_))));
    }

    #[cfg(not(target_arch = "wasm32"))]
    mod trees {
        use super::*;
        use proptest::prelude::*;

        /// An element, and the ways in which it is written.
        #[derive(Clone, Debug)]
        enum Tree {
            Bytes(u8, Vec<u8>),
            Pieces(Vec<Vec<u8>>, bool),
            Inside(u8, Vec<Tree>, u8),
        }

        fn tree() -> impl Strategy<Value = Tree> {
            let bytes = prop::collection::vec(any::<u8>(), 0..200);
            let leaf = prop_oneof![
                (prop::sample::select(&[2_u8, 4, 5, 12, 0x80, 0x81][..]), bytes.clone()).prop_map(|(tag, bytes)| Tree::Bytes(tag, bytes)),
                (prop::collection::vec(bytes, 0..4), any::<bool>()).prop_map(|(pieces, definite)| Tree::Pieces(pieces, definite)),
            ];
            leaf.prop_recursive(5, 40, 5, |inner| {
                let tag = prop::sample::select(&[0x30_u8, 0x31, 0xa0, 0xa3, 0x60][..]);
                (tag, prop::collection::vec(inner, 0..5), 0_u8..3).prop_map(|(tag, inside, way)| Tree::Inside(tag, inside, way))
            })
        }

        fn length(length: usize, way: u8) -> Vec<u8> {
            match (length, way) {
                (0..0x80, 0) => vec![length as u8],
                (0..0x100, 0) => vec![0x81, length as u8],
                (_, 0) => [&[0x82][..], &(length as u16).to_be_bytes()].concat(),
                (_, 1) => [&[0x84][..], &(length as u32).to_be_bytes()].concat(),
                _ => vec![0x80],
            }
        }

        fn write(tag: u8, contents: &[u8], way: u8) -> Vec<u8> {
            [&[tag][..], &length(contents.len(), way), contents, if way == 2 { &[0, 0] } else { &[] }].concat()
        }

        impl Tree {
            fn der(&self) -> Vec<u8> {
                match self {
                    Self::Bytes(tag, bytes) => write(*tag, bytes, 0),
                    Self::Pieces(pieces, _) => write(4, &pieces.concat(), 0),
                    Self::Inside(tag, inside, _) => write(*tag, &inside.iter().flat_map(Self::der).collect::<Vec<_>>(), 0),
                }
            }

            fn ber(&self) -> Vec<u8> {
                match self {
                    Self::Bytes(tag, bytes) => write(*tag, bytes, 1),
                    Self::Pieces(pieces, definite) => {
                        let pieces: Vec<_> = pieces.iter().flat_map(|piece| write(4, piece, 0)).collect();
                        write(0x24, &pieces, if *definite { 0 } else { 2 })
                    }
                    Self::Inside(tag, inside, way) => write(*tag, &inside.iter().flat_map(Self::ber).collect::<Vec<_>>(), *way),
                }
            }
        }

        proptest! {
            #[test]
            fn every_way_of_writing_becomes_the_one_of_der(tree in tree()) {
                let (ber, der) = (tree.ber(), tree.der());
                let made = to_der(&ber);
                prop_assert_eq!(made.as_deref(), Ok(&der[..]));
                prop_assert!(matches!(to_der(&der), Ok(Cow::Borrowed(same)) if same == der));
            }

            #[test]
            fn whatever_becomes_der_is_der(bytes in prop::collection::vec(prop_oneof![prop::sample::select(&[0_u8, 0x30, 0x80, 4, 0x24, 0xa0, 1, 2, 0x81][..]), any::<u8>()], 0..40)) {
                if let Ok(der) = to_der(&bytes) {
                    prop_assert!(matches!(to_der(&der), Ok(Cow::Borrowed(same)) if same == &*der));
                }
            }
        }
    }

    #[test]
    fn what_became_der_is_read() {
        let der = to_der(&[0x30, 0x80, 2, 1, 3, 0x24, 0x80, 4, 1, 7, 0, 0, 0, 0]).unwrap().into_owned();
        let mut reader = Reader::document(&der);
        assert_eq!(reader.within(Tag::SEQUENCE, |fields| (fields.number(), fields.octets())), (3, &[7][..]));
        assert_eq!(reader.check(), Ok(()));
    }
}
