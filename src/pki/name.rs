//! Distinguished names (RFC 5280 4.1.2.4), and the personal ids that Vietnamese authorities write in them.

use super::CertificateError;
use crate::asn1::{Element, Known, OidRef, Reader, Tag};
use crate::limits;
use crate::text::{hexadecimal, length};
use std::fmt;

/// A name as received.
///
/// `==` compares bytes; [`Name::same`] compares as RFC 5280 7.1 asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Name<'a>(&'a [u8]);

struct Attribute<'a> {
    oid: OidRef<'a>,
    value: Element<'a>,
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

impl<'a> Name<'a> {
    /// Reads a name to know that it can be read.
    pub(super) fn check(element: &Element<'a>) -> Result<(), CertificateError> {
        attributes(element.raw()).map(|_| ())
    }

    /// A name that was read before.
    pub(super) const fn of(raw: &'a [u8]) -> Self {
        Self(raw)
    }

    /// The DER as received.
    #[must_use]
    pub const fn raw(self) -> &'a [u8] {
        self.0
    }

    /// Whether both are one name, as RFC 5280 7.1 compares them: attribute by attribute in order, texts of any string type without regard
    /// to ASCII case and to white space at the ends or repeated.
    ///
    /// Of RFC 4518's preparation of strings, what is beyond ASCII is left out: such letters are compared exactly.
    #[must_use]
    pub fn same(self, other: Self) -> bool {
        self.0 == other.0 || starts(self, other, true)
    }

    /// Whether it lies in the subtree of another name (RFC 5280 4.2.1.10): the whole of `base` stands at its beginning.
    #[must_use]
    pub fn is_within(self, base: Self) -> bool {
        starts(self, base, false)
    }

    /// Whether there is no attribute in it.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.0 == [0x30, 0]
    }

    /// The values of emailAddress (RFC 5280 4.1.2.6).
    pub(super) fn addresses(self) -> Vec<String> {
        self.texts(Known::EmailAddress)
    }

    /// The last common name, if there is one.
    #[must_use]
    pub fn common_name(self) -> Option<String> {
        self.texts(Known::CommonName).pop()
    }

    /// The subject's official id: Vietnamese authorities write `CCCD:…`, `MST:…` and the like in UID or serialNumber,
    /// others `PNOVN-…`, `IDCVN-…`, `PASVN-…`, `TINVN-…` in serialNumber (ETSI EN 319 412-1 V1.5.1 5.1.3).
    #[must_use]
    pub fn subject_id(self) -> Option<SubjectId> {
        let mut texts = self.texts(Known::Uid);
        texts.append(&mut self.texts(Known::SerialNumber));
        texts.iter().find_map(|text| subject_id(text))
    }

    /// The values of a kind, of those that are strings and well-formed.
    fn texts(self, kind: Known) -> Vec<String> {
        let mut texts = Vec::new();
        for attribute in attributes(self.0).unwrap_or_default() {
            if attribute.oid.known() == kind {
                texts.extend(text(&attribute.value));
            }
        }
        texts
    }

    /// One line as RFC 4514 writes it: the last attribute first, special and invisible characters escaped.
    #[must_use]
    pub fn line(self) -> String {
        let (mut line, mut separator) = (String::new(), "");
        for attribute in attributes(self.0).unwrap_or_default().iter().rev() {
            line.push_str(separator);
            attribute.write(&mut line);
            separator = if attribute.joined { "+" } else { "," };
        }
        line
    }
}

impl fmt::Display for Name<'_> {
    /// One line as RFC 4514 writes it: the last attribute first, special and invisible characters escaped.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.line())
    }
}

impl Attribute<'_> {
    fn write(&self, line: &mut String) {
        let text = text(&self.value);
        match short_name(self.oid.known()) {
            Some(name) if text.is_some() => line.push_str(name),
            _ => line.push_str(&self.oid.text()),
        }
        line.push('=');
        match text {
            Some(text) => escape(&text, line),
            None => {
                line.push('#');
                line.push_str(&hexadecimal(self.value.raw()));
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

/// Writes text with RFC 4514 2.4's escapes; invisible and direction-changing characters are written as their bytes too, so
/// that a name cannot look like another one.
fn escape(text: &str, line: &mut String) {
    let last = length(text).saturating_sub(1);
    for (at, letter) in text.chars().enumerate() {
        if is_invisible(letter) {
            for byte in letter.encode_utf8(&mut [0; 4]).bytes() {
                line.push('\\');
                line.push_str(&hexadecimal(&[byte]).to_ascii_uppercase());
            }
            continue;
        }
        let at_an_end = match letter {
            ' ' => at == 0 || at == last,
            '#' => at == 0,
            _ => false,
        };
        if at_an_end || matches!(letter, '"' | '+' | ',' | ';' | '<' | '>' | '\\') {
            line.push('\\');
        }
        line.push(letter);
    }
}

/// Controls, and the format characters (Unicode 16, category Cf and the line separators) that change or hide text.
fn is_invisible(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// The attributes of a name in order, at most [`limits::NAME_ATTRIBUTES`].
fn attributes(raw: &[u8]) -> Result<Vec<Attribute<'_>>, CertificateError> {
    let (mut attributes, mut name) = (Vec::new(), Reader::new(raw));
    name.within(Tag::SEQUENCE, |sequence| {
        while sequence.more() {
            sequence.within(Tag::SET, |set| relative_name(set, &mut attributes))?;
        }
        Ok::<_, CertificateError>(())
    })?;
    name.check()?;
    Ok(attributes)
}

fn relative_name<'a>(set: &mut Reader<'a>, attributes: &mut Vec<Attribute<'a>>) -> Result<(), CertificateError> {
    let mut joined = false;
    while set.more() {
        if attributes.len() == limits::NAME_ATTRIBUTES {
            return Err(CertificateError::NameTooLong);
        }
        attributes.push(set.within(Tag::SEQUENCE, |pair| Attribute { oid: pair.oid(), value: pair.any(), joined }));
        joined = true;
    }
    Ok(())
}

/// The string kinds of RFC 5280 A.1's DirectoryString, and IA5String.
fn text(value: &Element<'_>) -> Option<String> {
    let bytes = value.contents();
    match value.tag() {
        Tag::UTF8_STRING => std::str::from_utf8(bytes).ok().map(str::to_owned),
        Tag::PRINTABLE_STRING | Tag::IA5_STRING | Tag::NUMERIC_STRING | Tag::VISIBLE_STRING => {
            bytes.is_ascii().then(|| bytes.iter().copied().map(char::from).collect())
        }
        // T.61 as everyone reads it: ISO 8859-1.
        Tag::TELETEX_STRING => Some(bytes.iter().copied().map(char::from).collect()),
        Tag::BMP_STRING => {
            let (units, []) = bytes.as_chunks::<2>() else { return None };
            char::decode_utf16(units.iter().map(|unit| u16::from_be_bytes(*unit))).collect::<Result<_, _>>().ok()
        }
        _ => None,
    }
}

/// Whether a name begins with all of `base`, and ends there if it is to be the whole.
fn starts(name: Name<'_>, base: Name<'_>, whole: bool) -> bool {
    let [mut name, mut base] = [name, base].map(|name| Reader::new(name.0).enter(Tag::SEQUENCE));
    while base.more() {
        let (one, other) = (name.element(Tag::SET), base.element(Tag::SET));
        if one.raw() != other.raw() && !same_relative(&one, &other) {
            return false;
        }
    }
    name.check().is_ok() && base.check().is_ok() && !(whole && name.more())
}

/// A RelativeDistinguishedName is a set: its order follows the encoding, which may differ.
fn same_relative(one: &Element<'_>, other: &Element<'_>) -> bool {
    let (mut left, mut right) = (Vec::new(), Vec::new());
    for (element, attributes) in [(one, &mut left), (other, &mut right)] {
        let mut reader = Reader::new(element.raw());
        if reader.within(Tag::SET, |set| relative_name(set, attributes)).is_err() || reader.check().is_err() {
            return false;
        }
    }
    let all = |left: &[Attribute<'_>], right: &[Attribute<'_>]| left.iter().all(|one| right.iter().any(|other| same_attribute(one, other)));
    left.len() == right.len() && all(&left, &right) && all(&right, &left)
}

fn same_attribute(one: &Attribute<'_>, other: &Attribute<'_>) -> bool {
    if one.oid != other.oid {
        return false;
    }
    one.value.raw() == other.value.raw() || text(&one.value).zip(text(&other.value)).is_some_and(|(one, other)| same_text(&one, &other))
}

fn same_text(one: &str, other: &str) -> bool {
    let (mut left, mut right) = (one.split_ascii_whitespace(), other.split_ascii_whitespace());
    loop {
        match (left.next(), right.next()) {
            (None, None) => return true,
            (Some(one), Some(other)) if one.eq_ignore_ascii_case(other) => {}
            _ => return false,
        }
    }
}

fn short_name(kind: Known) -> Option<&'static str> {
    Some(match kind {
        Known::CommonName => "CN",
        Known::Surname => "SN",
        Known::SerialNumber => "serialNumber",
        Known::Country => "C",
        Known::Locality => "L",
        Known::State => "ST",
        Known::Street => "STREET",
        Known::Organization => "O",
        Known::OrganizationalUnit => "OU",
        Known::Title => "title",
        Known::GivenName => "GN",
        Known::OrganizationIdentifier => "organizationIdentifier",
        Known::Uid => "UID",
        Known::DomainComponent => "DC",
        Known::EmailAddress => "emailAddress",
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

    fn attribute(kind: Known, tag: u8, value: &[u8]) -> Vec<u8> {
        let tlv = |tag: u8, contents: &[u8]| [&[tag, contents.len() as u8], contents].concat();
        tlv(0x30, &[tlv(6, kind.oid().bytes()), tlv(tag, value)].concat())
    }

    fn name(sets: &[&[Vec<u8>]]) -> Vec<u8> {
        let tlv = |tag: u8, contents: &[u8]| [&[tag, contents.len() as u8], contents].concat();
        let sets: Vec<u8> = sets.iter().flat_map(|set| tlv(0x31, &set.concat())).collect();
        tlv(0x30, &sets)
    }

    #[test]
    fn names_read_as_rfc_4514_writes_them() {
        let country = attribute(Known::Country, 0x13, b"VN");
        let person = attribute(Known::CommonName, 0x0c, "TRẦN THỊ MINH ANH".as_bytes());
        let id = attribute(Known::Uid, 0x0c, b"CCCD:031185000002");
        let full = name(&[&[country], &[id.clone(), person.clone()]]);
        assert_eq!(Name(&full).to_string(), "CN=TRẦN THỊ MINH ANH+UID=CCCD:031185000002,C=VN");
        assert_eq!(Name(&full).common_name().as_deref(), Some("TRẦN THỊ MINH ANH"));
        let bmp = attribute(Known::CommonName, 0x1e, &[0x1e, 0xa6, 0, b'n']);
        assert_eq!(Name(&name(&[&[bmp]])).to_string(), "CN=Ần");
        assert_eq!(Name(&name(&[])).to_string(), "");
        // 1.2.3 is no known kind.
        let unknown = [&[0x30, 7, 6, 2, 0x2a, 3, 0x0c, 1][..], b"x"].concat();
        assert_eq!(Name(&name(&[&[unknown]])).to_string(), "1.2.3=x");
        let number = attribute(Known::CommonName, 0x02, &[7]);
        assert_eq!(Name(&name(&[&[number]])).to_string(), "2.5.4.3=#020107");
    }

    #[test]
    fn names_are_the_same_whatever_the_case_the_white_space_and_the_string_type() {
        let utf8 = |text: &str| attribute(Known::CommonName, 0x0c, text.as_bytes());
        let printable = |text: &str| attribute(Known::CommonName, 0x13, text.as_bytes());
        let same = |one: Vec<u8>, other: Vec<u8>| Name(&name(&[&[one]])).same(Name(&name(&[&[other]])));
        assert!(same(utf8("Hoso demo CA"), printable(" hoso  DEMO ca ")));
        assert!(!same(utf8("Hoso demo CA"), printable("Hosodemo CA")));
        // Beyond ASCII letters are compared exactly.
        assert!(!same(utf8("TRẦN"), utf8("trần")));
        assert!(!same(utf8("a"), attribute(Known::Organization, 0x0c, b"a")));
        // Values that are no texts are compared by their bytes.
        assert!(!same(attribute(Known::CommonName, 2, &[7]), attribute(Known::CommonName, 2, &[8])));
        let (one, other) =
            (name(&[&[utf8("A"), attribute(Known::Uid, 0x0c, b"7")]]), name(&[&[attribute(Known::Uid, 0x13, b"7"), utf8("a")]]));
        assert!(Name(&one).same(Name(&other)));
    }

    #[test]
    fn a_subtree_is_the_beginning_of_a_name() {
        let parts = [attribute(Known::Country, 0x13, b"VN"), attribute(Known::Organization, 0x0c, b"Demo")];
        let (country, both, turned) = (name(&[&parts[..1]]), name(&[&parts[..1], &parts[1..]]), name(&[&parts[1..], &parts[..1]]));
        assert!(Name(&both).is_within(Name(&country)) && Name(&both).is_within(Name(&both)) && Name(&both).is_within(Name(&name(&[]))));
        assert!(!Name(&country).is_within(Name(&both)) && !Name(&turned).is_within(Name(&country)) && !Name(&both).same(Name(&country)));
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
            assert_eq!(Name(&name(&[&[attribute(Known::CommonName, 0x0c, text.as_bytes())]])).to_string(), written, "{text:?}");
        }
        let broken = attribute(Known::CommonName, 0x0c, &[0xff]);
        assert_eq!(Name(&name(&[&[broken]])).common_name(), None);
    }

    #[test]
    fn subject_ids_are_found_in_uid_and_serial_number() {
        let id = |kind: Known, text: &str| Name(&name(&[&[attribute(kind, 0x0c, text.as_bytes())]])).subject_id().map(|id| id.to_string());
        for (kind, text, found) in [
            (Known::Uid, "CCCD:031185000002", Some("CCCD:031185000002")),
            (Known::Uid, "cccd: 031185000002", Some("CCCD:031185000002")),
            (Known::Uid, "MST:0200000001-001", Some("MST:0200000001-001")),
            (Known::SerialNumber, "CCCD:031185000002", Some("CCCD:031185000002")),
            (Known::SerialNumber, "PNOVN-031185000002", Some("CCCD:031185000002")),
            (Known::SerialNumber, "TINVN-0200000001", Some("MST:0200000001")),
            (Known::Uid, "031185000002", None),
            (Known::Uid, "CCCD:", None),
            (Known::Uid, "CCCD:0311 85000002", None),
            (Known::Uid, "XYZ:031185000002", None),
            (Known::SerialNumber, "PNODE-031185000002", None),
            (Known::CommonName, "CCCD:031185000002", None),
        ] {
            assert_eq!(id(kind, text).as_deref(), found, "{text}");
        }
    }
}
