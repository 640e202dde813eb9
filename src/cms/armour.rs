//! A signed message as text: PEM (RFC 7468). Section 9 calls it `CMS`, section 8 `PKCS7`, as older tools do; both hold the same.

use super::CmsError;
use crate::limits;
use crate::pki::pem;
use crate::text::Base64;
use std::borrow::Cow;

const DASHES: &[u8] = b"-----";

/// The armour around a signed message, by its label.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Armour {
    /// `-----BEGIN CMS-----`.
    Cms,
    /// `-----BEGIN PKCS7-----`.
    Pkcs7,
}

impl Armour {
    /// Bytes of a file that holds a message of [`limits::SIGNATURE_BYTES`] as text: a third more, and the ends of its lines.
    pub const BYTES: usize = limits::SIGNATURE_BYTES / 2 * 3;

    /// The armour that a file begins with, of which the first bytes are enough; nothing where it is no text of this kind.
    ///
    /// # Errors
    /// It is around something else, such as a certificate.
    pub fn of(head: &[u8]) -> Result<Option<Self>, CmsError> {
        let Some(rest) = head.strip_prefix(pem::BEGIN) else { return Ok(None) };
        let end = rest.windows(DASHES.len()).position(|window| window == DASHES).ok_or(CmsError::Armour)?;
        match rest.get(..end).unwrap_or_default() {
            b"CMS" => Ok(Some(Self::Cms)),
            b"PKCS7" => Ok(Some(Self::Pkcs7)),
            other => Err(CmsError::ArmourLabel { label: shown(other) }),
        }
    }

    /// The message of a file, and the armour around it where there is one.
    ///
    /// # Errors
    /// The armour is around something else or several things, is damaged, or text stands beside it.
    pub fn open(file: &[u8]) -> Result<(Option<Self>, Cow<'_, [u8]>), CmsError> {
        let Some(armour) = Self::of(file)? else { return Ok((None, Cow::Borrowed(file))) };
        if file.len() > Self::BYTES {
            return Err(CmsError::TooLarge { bytes: file.len() });
        }
        let mut blocks = pem::blocks(file).ok_or(CmsError::Armour)?;
        match (blocks.pop(), blocks.is_empty(), file.trim_ascii_end().ends_with(DASHES)) {
            (Some(mut block), true, true) if !block.has_headers => Ok((Some(armour), Cow::Owned(std::mem::take(&mut *block.contents)))),
            _ => Err(CmsError::Armour),
        }
    }

    /// A message in this armour: lines of 64 letters (RFC 7468 2).
    #[must_use]
    pub fn close(self, message: &[u8]) -> Vec<u8> {
        const LINE: usize = 64;
        let label: &[u8] = if self == Self::Cms { b"CMS" } else { b"PKCS7" };
        let mut out = [pem::BEGIN, label, DASHES, b"\n"].concat();
        for line in Base64::Standard.encode(message).as_bytes().chunks(LINE) {
            out.extend_from_slice(line);
            out.push(b'\n');
        }
        out.extend_from_slice(&[b"-----END ", label, DASHES, b"\n"].concat());
        out
    }
}

/// A label as far as one can be long, of plain letters.
fn shown(label: &[u8]) -> String {
    const MOST: usize = 40;
    label.iter().take(MOST).map(|byte| if byte.is_ascii_graphic() || *byte == b' ' { char::from(*byte) } else { '?' }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_closed_is_opened_again() {
        for message in [&b""[..], b"\x30", &[0x30; 48], &[0xff; 1_000]] {
            for armour in [Armour::Cms, Armour::Pkcs7] {
                let text = armour.close(message);
                assert_eq!(Armour::open(&text), Ok((Some(armour), Cow::Borrowed(message))));
                assert!(text.split(|byte| *byte == b'\n').all(|line| line.len() <= 64));
                let windows = String::from_utf8(text).unwrap().replace('\n', "\r\n");
                assert_eq!(Armour::open(windows.as_bytes()), Ok((Some(armour), Cow::Borrowed(message))));
            }
        }
        assert_eq!(Armour::open(b"\x30\x00"), Ok((None, Cow::Borrowed(&b"\x30\x00"[..]))));
    }

    #[test]
    fn armour_is_whole_around_one_message_and_stands_alone() {
        let one = String::from_utf8(Armour::Cms.close(b"message")).unwrap();
        let label = |label: &str| Err(CmsError::ArmourLabel { label: label.to_owned() });
        for (text, expected) in [
            (one.replace("CMS", "CERTIFICATE"), label("CERTIFICATE")),
            (one.replace("CMS", "PKCS7\u{7}"), label("PKCS7?")),
            (one.replace("CMS", ""), label("")),
            (one.replace("CMS", &"A".repeat(1_000)), label(&"A".repeat(40))),
            (one.replace("END CMS", "END PKCS7"), Err(CmsError::Armour)),
            (one.replace("bWVzc2FnZQ==", "bWVzc2FnZQ"), Err(CmsError::Armour)),
            (one.replace("bWVzc2FnZQ==", "a: b\n\nbWVzc2FnZQ=="), Err(CmsError::Armour)),
            (format!("{one}{one}"), Err(CmsError::Armour)),
            (format!("{one}text"), Err(CmsError::Armour)),
            (one.split_at(30).0.to_owned(), Err(CmsError::Armour)),
            ("-----BEGIN CMS".to_owned(), Err(CmsError::Armour)),
        ] {
            assert_eq!(Armour::open(text.as_bytes()).map(|_| ()), expected, "{text}");
        }
        let long = Armour::Cms.close(&vec![0; limits::SIGNATURE_BYTES + 1_000_000]);
        assert_eq!(Armour::open(&long), Err(CmsError::TooLarge { bytes: long.len() }));
        assert!(Armour::Cms.close(&vec![0; limits::SIGNATURE_BYTES]).len() <= Armour::BYTES);
    }
}
