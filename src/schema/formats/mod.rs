//! The formats: what each accepts, and what it says of what it does not.

mod date;
mod duration;
mod host;
mod idna;
mod mail;
mod net;
mod pointer;
mod punycode;
mod regex;
mod template;
mod uri;
mod uuid;

use super::vn;
use crate::report::{Fact, Facts, Level};

/// Why a text does not have a format: the code of the issue, and facts for its sentence.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct FormatFault {
    pub(super) code: &'static str,
    pub(super) facts: Facts,
    pub(super) level: Level,
}

impl FormatFault {
    pub(super) const fn new(code: &'static str) -> Self {
        Self::with(code, Facts::none())
    }

    pub(super) const fn with(code: &'static str, facts: Facts) -> Self {
        Self { code, facts, level: Level::Error }
    }

    /// A fault that a person should look at, but that does not block.
    pub(super) fn warning(self) -> Self {
        Self { level: Level::Warning, ..self }
    }
}

pub(super) type Formatted = Result<(), FormatFault>;

/// A fault of that code, unless the text fits.
#[inline(never)]
fn unless(fits: bool, code: &'static str) -> Formatted {
    if fits { Ok(()) } else { Err(FormatFault::new(code)) }
}

/// A fault of that code, which names a letter; one of the other where it is a space.
fn strange(code: &'static str, spaces: &'static str, letter: char) -> Formatted {
    if matches!(letter, ' ' | '\u{a0}') {
        return unless(false, spaces);
    }
    Err(FormatFault::with(code, Facts::none().with("letter", String::from(letter))))
}

/// A format that is checked.
#[derive(Clone, Copy, Debug)]
pub(super) struct Format {
    name: &'static str,
    check: fn(&str) -> Formatted,
}

const FORMATS: &[Format] = &[
    Format { name: "date", check: date::date },
    Format { name: "date-time", check: date::date_time },
    Format { name: "duration", check: duration::check },
    Format { name: "email", check: mail::email },
    Format { name: "hostname", check: host::hostname },
    Format { name: "idn-email", check: mail::idn_email },
    Format { name: "idn-hostname", check: host::idn_hostname },
    Format { name: "ipv4", check: net::ipv4 },
    Format { name: "ipv6", check: net::ipv6 },
    Format { name: "iri", check: uri::iri },
    Format { name: "iri-reference", check: uri::iri_reference },
    Format { name: "json-pointer", check: pointer::pointer },
    Format { name: "regex", check: regex::check },
    Format { name: "relative-json-pointer", check: pointer::relative },
    Format { name: "time", check: date::time },
    Format { name: "uri", check: uri::uri },
    Format { name: "uri-reference", check: uri::uri_reference },
    Format { name: "uri-template", check: template::check },
    Format { name: "uuid", check: uuid::check },
    Format { name: "vn-agency-code", check: vn::dossier::agency },
    Format { name: "vn-commune", check: vn::codes::commune },
    Format { name: "vn-dossier-code", check: vn::dossier::dossier },
    Format { name: "vn-health-insurance", check: vn::insurance::health },
    Format { name: "vn-land-certificate", check: vn::land::certificate },
    Format { name: "vn-land-parcel", check: vn::land::number },
    Format { name: "vn-map-sheet", check: vn::land::number },
    Format { name: "vn-money", check: vn::money::check },
    Format { name: "vn-name", check: vn::name::check },
    Format { name: "vn-old-id", check: vn::codes::old_id },
    Format { name: "vn-partial-date", check: vn::partial_date::check },
    Format { name: "vn-passport", check: vn::passport::check },
    Format { name: "vn-personal-id", check: vn::personal_id::check },
    Format { name: "vn-phone", check: vn::phone::check },
    Format { name: "vn-plate", check: vn::plate::check },
    Format { name: "vn-procedure-code", check: vn::dossier::procedure },
    Format { name: "vn-province", check: vn::codes::province },
    Format { name: "vn-social-insurance", check: vn::insurance::social },
    Format { name: "vn-tax-code", check: vn::tax_code::check },
    Format { name: "vn-vsic", check: vn::codes::vsic },
];

impl Format {
    /// The format of that name.
    pub(super) fn named(name: &str) -> Option<Self> {
        FORMATS.iter().find(|format| format.name == name).copied()
    }

    /// The names of all formats that are checked.
    pub(super) fn names() -> impl Iterator<Item = &'static str> {
        FORMATS.iter().map(|format| format.name)
    }

    /// How much longer than a look at each byte the check takes: a class of a pattern is made out of the tables of Unicode.
    pub(super) fn weight(self) -> u64 {
        if self.name == "regex" { 1_024 } else { 1 }
    }

    /// Whether a text has the format.
    pub(super) fn check(self, text: &str) -> Formatted {
        (self.check)(text)
    }

    /// The canonical form of a text that is written otherwise; `None` when it is canonical or cannot be read. The check offers it as
    /// `normalized`.
    pub(super) fn canonical(self, text: &str) -> Option<String> {
        match self.check(text).err()?.facts.find("normalized") {
            Some(Fact::Text(canonical)) => Some(canonical.clone().into_owned()),
            _ => None,
        }
    }
}

/// `date`, for formats that hold one.
pub(super) fn day(text: &str) -> Formatted {
    date::date(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_listed_in_order() {
        assert!(FORMATS.is_sorted_by_key(|format| format.name));
    }

    #[test]
    fn no_format_takes_longer_than_its_text() {
        for piece in ["a", "1", ".", ":", "/", "~1", "%41", "{a}", "{a,", "\"", "@", "\u{200c}", "한", "1:", "P1Y", "[", "::"] {
            let text = piece.repeat(1 << 19);
            FORMATS.iter().for_each(|format| drop((format.check)(&text)));
        }
    }
}
