//! The message catalogue: one sentence per code and language. Codes are public API and append-only.
//!
//! A sentence says what to do, names the field by its label and uses everyday words. In a template
//! `{label}` is the field's label as it stands inside a sentence, `{Label}` the label as written,
//! `{name}` the fact `name` (numbers grouped as the language does), `{name|bytes}` a size.

#[cfg(all(test, feature = "sign"))]
pub(crate) mod check;
#[cfg(feature = "cli")]
mod cli;
mod form;
mod json;
#[cfg(feature = "sign")]
mod pki;
mod request;
mod schema;
#[cfg(feature = "sign")]
mod sign;
#[cfg(feature = "sign")]
mod submission;

/// One code with its sentence in both languages.
pub struct Entry {
    /// The stable code, `area.kebab-case`; `#variant` behind it where one code has several sentences.
    pub code: &'static str,
    /// Vietnamese template.
    pub vi: &'static str,
    /// English template.
    pub en: &'static str,
}

/// The entries of every area that was built. Sorted by code within an area; a code stands in one area only.
pub const AREAS: &[&[Entry]] = &[
    #[cfg(feature = "cli")]
    cli::ENTRIES,
    form::ENTRIES,
    json::ENTRIES,
    #[cfg(feature = "sign")]
    pki::ENTRIES,
    request::ENTRIES,
    schema::ENTRIES,
    #[cfg(feature = "sign")]
    sign::ENTRIES,
    #[cfg(feature = "sign")]
    submission::ENTRIES,
];

/// The entry of a code.
#[must_use]
pub fn find(code: &str) -> Option<&'static Entry> {
    AREAS.iter().flat_map(|area| area.iter()).find(|entry| entry.code == code)
}

const fn entry(code: &'static str, vi: &'static str, en: &'static str) -> Entry {
    Entry { code, vi, en }
}
