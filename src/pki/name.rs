//! Distinguished names (RFC 5280 4.1.2.4), and the personal ids that Vietnamese authorities write in them.

use super::CertificateError;
use crate::asn1::{Asn1Error, Element, Oid, Tag, oid};
use crate::limits;
use std::fmt::{self, Write as _};

/// A name as received, and its attributes for reading.
///
/// Names are compared by their bytes ([`Name::raw`]): the issuer of a certificate is written by the authority that
/// wrote its own subject.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    raw: Vec<u8>,
    attributes: Vec<Attribute>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Attribute {
    kind: Oid,
    /// Nothing when the value is no string, or not well-formed as one.
    text: Option<String>,
    raw: Vec<u8>,
    /// Whether it stands in the same RelativeDistinguishedName as the attribute before it.
    joined: bool,
}

/// The official id of a certificate's subject.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubjectId {
    /// Which register: `CCCD` and `CMND` (personal id), `HC` (passport), `MST` (tax code), `BHXH` (social insurance).
    pub scheme: String,
    /// The number.
    pub value: String,
}

impl Name {
    pub(super) fn read(element: &Element<'_>) -> Result<Self, CertificateError> {
        let mut attributes = Vec::new();
        element.tagged(Tag::Sequence)?.read(|sequence| {
            while !sequence.is_empty() {
                relative_name(&sequence.element(Tag::Set)?, &mut attributes)?;
            }
            Ok::<_, CertificateError>(())
        })?;
        Ok(Self { raw: element.raw().to_vec(), attributes })
    }

    /// The DER as received.
    #[must_use]
    pub fn raw(&self) -> &[u8] {
        &self.raw
    }

    /// The last common name, if there is one.
    #[must_use]
    pub fn common_name(&self) -> Option<&str> {
        self.texts(oid::COMMON_NAME).last()
    }

    /// The subject's official id: Vietnamese authorities write `CCCD:…`, `MST:…` and the like in UID or serialNumber,
    /// others `PNOVN-…`, `IDCVN-…`, `PASVN-…`, `TINVN-…` in serialNumber (ETSI EN 319 412-1 V1.5.1 5.1.3).
    #[must_use]
    pub fn subject_id(&self) -> Option<SubjectId> {
        self.texts(oid::UID).chain(self.texts(oid::SERIAL_NUMBER)).find_map(subject_id)
    }

    fn texts(&self, kind: Oid) -> impl Iterator<Item = &str> {
        self.attributes.iter().filter(move |attribute| attribute.kind == kind).filter_map(|attribute| attribute.text.as_deref())
    }
}

impl fmt::Display for Name {
    /// One line as RFC 4514 writes it: the last attribute first, special and invisible characters escaped.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut separator = "";
        for attribute in self.attributes.iter().rev() {
            out.write_str(separator)?;
            attribute.fmt(out)?;
            separator = if attribute.joined { "+" } else { "," };
        }
        Ok(())
    }
}

impl fmt::Display for Attribute {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (short_name(self.kind), &self.text) {
            (Some(name), Some(text)) => write!(out, "{name}={}", Escaped(text)),
            (None, Some(text)) => write!(out, "{}={}", self.kind, Escaped(text)),
            (_, None) => {
                write!(out, "{}=#", self.kind)?;
                self.raw.iter().try_for_each(|byte| write!(out, "{byte:02x}"))
            }
        }
    }
}

impl fmt::Display for SubjectId {
    /// As Vietnamese authorities write it: `CCCD:031185000002`.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}:{}", self.scheme, self.value)
    }
}

/// Text with RFC 4514 2.4's escapes; invisible and direction-changing characters are written as their bytes too, so
/// that a name cannot look like another one.
struct Escaped<'a>(&'a str);

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let last = self.0.chars().count().saturating_sub(1);
        for (at, letter) in self.0.chars().enumerate() {
            match letter {
                '"' | '+' | ',' | ';' | '<' | '>' | '\\' => write!(out, "\\{letter}")?,
                ' ' if at == 0 || at == last => out.write_str("\\ ")?,
                '#' if at == 0 => out.write_str("\\#")?,
                _ if is_invisible(letter) => {
                    letter.encode_utf8(&mut [0; 4]).bytes().try_for_each(|byte| write!(out, "\\{byte:02X}"))?;
                }
                _ => out.write_char(letter)?,
            }
        }
        Ok(())
    }
}

/// Controls, and the format characters (Unicode 16, category Cf and the line separators) that change or hide text.
fn is_invisible(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

fn relative_name(set: &Element<'_>, attributes: &mut Vec<Attribute>) -> Result<(), CertificateError> {
    set.read(|inner| {
        let mut joined = false;
        while !inner.is_empty() {
            if attributes.len() == limits::NAME_ATTRIBUTES {
                return Err(CertificateError::NameTooLong);
            }
            attributes.push(inner.sequence(|pair| {
                let (kind, value) = (pair.any()?.oid()?, pair.any()?);
                Ok::<_, Asn1Error>(Attribute { kind, text: text(&value), raw: value.raw().to_vec(), joined })
            })?);
            joined = true;
        }
        Ok(())
    })
}

/// The string kinds of RFC 5280 A.1's DirectoryString, and IA5String.
fn text(value: &Element<'_>) -> Option<String> {
    let bytes = value.contents();
    match value.tag() {
        Tag::Utf8String => std::str::from_utf8(bytes).ok().map(str::to_owned),
        Tag::PrintableString | Tag::Ia5String | Tag::NumericString | Tag::VisibleString => {
            bytes.is_ascii().then(|| bytes.iter().copied().map(char::from).collect())
        }
        // T.61 as everyone reads it: ISO 8859-1.
        Tag::TeletexString => Some(bytes.iter().copied().map(char::from).collect()),
        Tag::BmpString => {
            let (units, []) = bytes.as_chunks::<2>() else { return None };
            char::decode_utf16(units.iter().map(|unit| u16::from_be_bytes(*unit))).collect::<Result<_, _>>().ok()
        }
        _ => None,
    }
}

fn short_name(kind: Oid) -> Option<&'static str> {
    Some(match kind {
        oid::COMMON_NAME => "CN",
        oid::SURNAME => "SN",
        oid::SERIAL_NUMBER => "serialNumber",
        oid::COUNTRY => "C",
        oid::LOCALITY => "L",
        oid::STATE => "ST",
        oid::STREET => "STREET",
        oid::ORGANIZATION => "O",
        oid::ORGANIZATIONAL_UNIT => "OU",
        oid::TITLE => "title",
        oid::GIVEN_NAME => "GN",
        oid::ORGANIZATION_IDENTIFIER => "organizationIdentifier",
        oid::UID => "UID",
        oid::DOMAIN_COMPONENT => "DC",
        oid::EMAIL_ADDRESS => "emailAddress",
        _ => return None,
    })
}

fn subject_id(text: &str) -> Option<SubjectId> {
    const VIETNAMESE: [&str; 5] = ["CCCD", "CMND", "HC", "MST", "BHXH"];
    const ETSI: [(&str, &str); 4] = [("PNOVN-", "CCCD"), ("IDCVN-", "CCCD"), ("PASVN-", "HC"), ("TINVN-", "MST")];
    let vietnamese = text.split_once(':').and_then(|(scheme, value)| {
        let scheme = scheme.trim();
        VIETNAMESE.into_iter().find(|known| known.eq_ignore_ascii_case(scheme)).map(|known| (known, value))
    });
    let etsi = || ETSI.into_iter().find_map(|(prefix, scheme)| Some((scheme, text.strip_prefix(prefix)?)));
    let (scheme, value) = vietnamese.or_else(etsi)?;
    let value = value.trim();
    let plausible = !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    plausible.then(|| SubjectId { scheme: scheme.to_owned(), value: value.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::asn1::document;

    fn attribute(kind: Oid, tag: u8, value: &[u8]) -> Vec<u8> {
        let tlv = |tag: u8, contents: &[u8]| [&[tag, contents.len() as u8], contents].concat();
        tlv(0x30, &[tlv(6, kind.as_bytes()), tlv(tag, value)].concat())
    }

    fn name(sets: &[&[Vec<u8>]]) -> Name {
        let tlv = |tag: u8, contents: &[u8]| [&[tag, contents.len() as u8], contents].concat();
        let sets: Vec<u8> = sets.iter().flat_map(|set| tlv(0x31, &set.concat())).collect();
        Name::read(&document(&tlv(0x30, &sets)).unwrap()).unwrap()
    }

    #[test]
    fn names_read_as_rfc_4514_writes_them() {
        let country = attribute(oid::COUNTRY, 0x13, b"VN");
        let person = attribute(oid::COMMON_NAME, 0x0c, "TRẦN THỊ MINH ANH".as_bytes());
        let id = attribute(oid::UID, 0x0c, b"CCCD:031185000002");
        let full = name(&[&[country], &[id.clone(), person.clone()]]);
        assert_eq!(full.to_string(), "CN=TRẦN THỊ MINH ANH+UID=CCCD:031185000002,C=VN");
        assert_eq!(full.common_name(), Some("TRẦN THỊ MINH ANH"));
        let bmp = attribute(oid::COMMON_NAME, 0x1e, &[0x1e, 0xa6, 0, b'n']);
        assert_eq!(name(&[&[bmp]]).to_string(), "CN=Ần");
        assert_eq!(name(&[]).to_string(), "");
        let unknown = attribute(Oid::new_unwrap("1.2.3"), 0x0c, b"x");
        assert_eq!(name(&[&[unknown]]).to_string(), "1.2.3=x");
        let number = attribute(oid::COMMON_NAME, 0x02, &[7]);
        assert_eq!(name(&[&[number]]).to_string(), "2.5.4.3=#020107");
    }

    #[test]
    fn a_name_cannot_look_like_another() {
        for (text, written) in [
            ("A,CN=B", "CN=A\\,CN=B"),
            (" A ", "CN=\\ A\\ "),
            ("#A", "CN=\\#A"),
            ("A\u{202e}B", "CN=A\\E2\\80\\AEB"),
            ("A\nB", "CN=A\\0AB"),
            ("A\u{200b}", "CN=A\\E2\\80\\8B"),
            ("A\0", "CN=A\\00"),
        ] {
            assert_eq!(name(&[&[attribute(oid::COMMON_NAME, 0x0c, text.as_bytes())]]).to_string(), written, "{text:?}");
        }
        let broken = attribute(oid::COMMON_NAME, 0x0c, &[0xff]);
        assert_eq!(name(&[&[broken]]).common_name(), None);
    }

    #[test]
    fn subject_ids_are_found_in_uid_and_serial_number() {
        let id = |kind: Oid, text: &str| name(&[&[attribute(kind, 0x0c, text.as_bytes())]]).subject_id().map(|id| id.to_string());
        for (kind, text, found) in [
            (oid::UID, "CCCD:031185000002", Some("CCCD:031185000002")),
            (oid::UID, "cccd: 031185000002", Some("CCCD:031185000002")),
            (oid::UID, "MST:0200000001-001", Some("MST:0200000001-001")),
            (oid::SERIAL_NUMBER, "CCCD:031185000002", Some("CCCD:031185000002")),
            (oid::SERIAL_NUMBER, "PNOVN-031185000002", Some("CCCD:031185000002")),
            (oid::SERIAL_NUMBER, "TINVN-0200000001", Some("MST:0200000001")),
            (oid::UID, "031185000002", None),
            (oid::UID, "CCCD:", None),
            (oid::UID, "CCCD:0311 85000002", None),
            (oid::UID, "XYZ:031185000002", None),
            (oid::SERIAL_NUMBER, "PNODE-031185000002", None),
            (oid::COMMON_NAME, "CCCD:031185000002", None),
        ] {
            assert_eq!(id(kind, text).as_deref(), found, "{text}");
        }
    }
}
