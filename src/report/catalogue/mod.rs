//! The message catalogue: one sentence per code and language. Codes are public API and append-only.
//!
//! A sentence says what to do, names the field by its label and uses everyday words. In a template
//! `{label}` is the field's label as it stands inside a sentence, `{Label}` the label as written,
//! `{name}` the fact `name` (numbers grouped as the language does), `{name|bytes}` a size.

use std::cmp::Ordering;

/// Joins the entries of an area, each `entry(code, vi, en)`, into its text.
macro_rules! area {
    ($(entry($code:literal, $vi:literal, $en:literal $(,)?)),+ $(,)?) => {
        Area(concat!($($code, "\t", $vi, "\t", $en, "\n"),+))
    };
}

#[cfg(all(test, feature = "sign"))]
pub(crate) mod check;
#[cfg(feature = "cli")]
mod cli;
mod form;
mod json;
#[cfg(feature = "sign")]
mod key;
mod lint;
#[cfg(feature = "sign")]
mod pki;
mod request;
mod schema;
#[cfg(feature = "sign")]
mod sign;
#[cfg(feature = "sign")]
mod submission;

#[cfg(feature = "cli")]
pub use cli::ENTRIES as CLI;
pub use form::ENTRIES as FORM;
pub use json::ENTRIES as JSON;
#[cfg(feature = "sign")]
pub use key::ENTRIES as KEY;
pub use lint::ENTRIES as LINT;
#[cfg(feature = "sign")]
pub use pki::ENTRIES as PKI;
pub use request::ENTRIES as REQUEST;
pub use schema::ENTRIES as SCHEMA;
#[cfg(feature = "sign")]
pub use sign::ENTRIES as SIGN;
#[cfg(feature = "sign")]
pub use submission::ENTRIES as SUBMISSION;

/// One code with its sentence in both languages.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// The stable code, `area.kebab-case`; `#variant` behind it where one code has several sentences.
    pub code: &'static str,
    /// Vietnamese template.
    pub vi: &'static str,
    /// English template.
    pub en: &'static str,
}

/// The entries of one area, a line each, sorted by code. One text is smaller in a browser's module than a table of three
/// pointers and three lengths for every entry.
#[derive(Clone, Copy)]
pub struct Area(&'static str);

impl Area {
    /// Every entry.
    pub fn entries(self) -> impl Iterator<Item = Entry> {
        self.0.lines().filter_map(entry)
    }

    /// The entry of a code: the lines are halved until one is left.
    #[must_use]
    pub fn find(self, code: &str) -> Option<Entry> {
        let mut lines = self.0;
        while !lines.is_empty() {
            let mut before_middle = lines.bytes().take(lines.len() / 2);
            let start = before_middle.rposition(|byte| byte == b'\n').map_or(0, |end| end + 1);
            let (before, rest) = lines.split_at_checked(start)?;
            let (line, after) = rest.split_once('\n')?;
            let found = entry(line)?;
            lines = match code.cmp(found.code) {
                Ordering::Less => before,
                Ordering::Equal => return Some(found),
                Ordering::Greater => after,
            };
        }
        None
    }
}

fn entry(line: &'static str) -> Option<Entry> {
    let (code, sentences) = line.split_once('\t')?;
    let (vi, en) = sentences.split_once('\t')?;
    Some(Entry { code, vi, en })
}

/// Every area that was built. Sorted by code within an area; a code stands in one area only.
pub const AREAS: &[Area] = &[
    #[cfg(feature = "cli")]
    CLI,
    FORM,
    JSON,
    #[cfg(feature = "sign")]
    KEY,
    LINT,
    #[cfg(feature = "sign")]
    PKI,
    REQUEST,
    SCHEMA,
    #[cfg(feature = "sign")]
    SIGN,
    #[cfg(feature = "sign")]
    SUBMISSION,
];
