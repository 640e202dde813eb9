//! The message catalogue: one sentence per code and language. Codes are public API and append-only.
//!
//! A sentence says what to do, names the field by its label and uses everyday words. In a template
//! `{label}` is the field's label as it stands inside a sentence, `{Label}` the label as written,
//! `{name}` the fact `name` (numbers grouped as the language does), `{name|bytes}` a size.

use crate::text;
use std::cmp::Ordering;

/// Joins the entries of an area, each `entry(code, vi, en)`, into its text, and notes where their lines begin.
macro_rules! area {
    ($(entry($code:literal, $vi:literal, $en:literal $(,)?)),+ $(,)?) => {{
        const TEXT: &str = concat!($($code, "\t", $vi, "\t", $en, "\n"),+);
        const STARTS: &[u16] = &$crate::report::catalogue::starts::<{ [$($code),+].len() }>(TEXT);
        Area { text: TEXT, starts: STARTS }
    }};
}

#[cfg(feature = "sign")]
mod asic;
#[cfg(feature = "sign")]
mod chain;
#[cfg(test)]
pub(crate) mod check;
#[cfg(feature = "cli")]
mod cli;
#[cfg(feature = "sign")]
mod cms;
mod dossier;
mod edit;
mod expression;
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
mod submission;
#[cfg(feature = "sign")]
mod zip;

#[cfg(feature = "sign")]
pub use asic::ENTRIES as ASIC;
#[cfg(feature = "sign")]
pub use chain::ENTRIES as CHAIN;
#[cfg(feature = "cli")]
pub use cli::ENTRIES as CLI;
#[cfg(feature = "sign")]
pub use cms::ENTRIES as CMS;
pub use dossier::ENTRIES as DOSSIER;
pub use edit::ENTRIES as EDIT;
pub use expression::ENTRIES as EXPRESSION;
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
pub use submission::ENTRIES as SUBMISSION;
#[cfg(feature = "sign")]
pub use zip::ENTRIES as ZIP;

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
pub struct Area {
    text: &'static str,
    /// Where each line begins.
    starts: &'static [u16],
}

/// Where the lines of a text begin.
pub(crate) const fn starts<const LINES: usize>(text: &str) -> [u16; LINES] {
    let (mut starts, mut line, mut rest) = ([0; LINES], 0, text.as_bytes());
    while let [byte, behind @ ..] = rest {
        rest = behind;
        if *byte == b'\n' && line + 1 < LINES {
            line += 1;
            let (lines, at) = (starts.as_mut_slice(), text.len() - rest.len());
            assert!(at <= u16::MAX as usize, "an area of the catalogue is too long");
            if let Some((start, _)) = lines.split_at_mut(line).1.split_first_mut() {
                *start = at as u16;
            }
        }
    }
    starts
}

impl Area {
    /// Every entry.
    pub fn entries(self) -> impl Iterator<Item = Entry> {
        self.starts.iter().filter_map(move |start| self.entry(*start))
    }

    /// The entry of a code: the lines are halved until one is left.
    #[must_use]
    pub fn find(self, code: &str) -> Option<Entry> {
        let (mut low, mut high) = (0, self.starts.len());
        while low < high {
            let middle = (low + high) / 2;
            let start = *self.starts.get(middle)?;
            match self.order(start, code.as_bytes()) {
                Ordering::Less => low = middle + 1,
                Ordering::Equal => return self.entry(start),
                Ordering::Greater => high = middle,
            }
        }
        None
    }

    /// Where the code of a line stands beside another in the order of codes.
    fn order(self, start: u16, code: &[u8]) -> Ordering {
        let mut at = usize::from(start);
        for wanted in code {
            match self.text.as_bytes().get(at).map_or(Ordering::Less, |byte| byte.cmp(wanted)) {
                Ordering::Equal => at += 1,
                // A code that has ended is followed by a tab, which is smaller than every letter of a code.
                other => return other,
            }
        }
        if self.text.as_bytes().get(at) == Some(&b'\t') { Ordering::Equal } else { Ordering::Greater }
    }

    fn entry(self, start: u16) -> Option<Entry> {
        let (code, rest) = text::cut(self.text.get(start.into()..)?, b'\t')?;
        let (vi, rest) = text::cut(rest, b'\t')?;
        let (en, _) = text::cut(rest, b'\n')?;
        Some(Entry { code, vi, en })
    }
}

/// Every area that was built. Sorted by code within an area; a code stands in one area only.
pub const AREAS: &[Area] = &[
    #[cfg(feature = "sign")]
    ASIC,
    #[cfg(feature = "sign")]
    CHAIN,
    #[cfg(feature = "cli")]
    CLI,
    #[cfg(feature = "sign")]
    CMS,
    DOSSIER,
    EDIT,
    EXPRESSION,
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
    SUBMISSION,
    #[cfg(feature = "sign")]
    ZIP,
];
