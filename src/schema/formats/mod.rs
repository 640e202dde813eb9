//! The formats: what each accepts, and what it says of what it does not.

mod date;
mod net;

use super::vn;
use crate::report::{Facts, Level};

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

/// A format that is checked.
#[derive(Clone, Copy, Debug)]
pub(super) struct Format {
    name: &'static str,
    check: fn(&str) -> Formatted,
}

const FORMATS: &[Format] = &[
    Format { name: "date", check: date::date },
    Format { name: "date-time", check: date::date_time },
    Format { name: "email", check: net::email },
    Format { name: "uri", check: net::uri },
    Format { name: "vn-commune", check: vn::codes::commune },
    Format { name: "vn-name", check: vn::name::check },
    Format { name: "vn-old-id", check: vn::codes::old_id },
    Format { name: "vn-personal-id", check: vn::personal_id::check },
    Format { name: "vn-phone", check: vn::phone::check },
    Format { name: "vn-province", check: vn::codes::province },
    Format { name: "vn-tax-code", check: vn::tax_code::check },
    Format { name: "vn-vsic", check: vn::codes::vsic },
];

impl Format {
    /// Formats of JSON Schema 2020-12, 7.3, that are not checked yet.
    pub(super) const UNSUPPORTED: [&'static str; 15] = [
        "time",
        "duration",
        "idn-email",
        "hostname",
        "idn-hostname",
        "ipv4",
        "ipv6",
        "uri-reference",
        "iri",
        "iri-reference",
        "uuid",
        "uri-template",
        "json-pointer",
        "relative-json-pointer",
        "regex",
    ];

    /// The format of that name.
    pub(super) fn named(name: &str) -> Option<Self> {
        FORMATS.iter().find(|format| format.name == name).copied()
    }

    /// The names of all formats that are checked.
    pub(super) fn names() -> impl Iterator<Item = &'static str> {
        FORMATS.iter().map(|format| format.name)
    }

    /// Whether a text has the format.
    pub(super) fn check(self, text: &str) -> Formatted {
        (self.check)(text)
    }
}
