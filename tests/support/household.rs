//! The household form and its examples, embedded, so that they are also judged where there are no files.

/// Document, and what is expected of it.
pub struct Example {
    pub name: &'static str,
    pub data: &'static str,
    pub expected: &'static str,
}

macro_rules! form {
    ($file:expr) => {
        include_str!(concat!("../../forms/1.001612-ho-kinh-doanh/", $file, ".json"))
    };
}

macro_rules! valid {
    ($($name:literal),* $(,)?) => {
        &[$(Example { name: $name, data: form!(concat!("examples/valid/", $name)), expected: "[]" }),*]
    };
}

macro_rules! invalid {
    ($($name:literal),* $(,)?) => {
        &[$(Example {
            name: $name,
            data: form!(concat!("examples/invalid/", $name)),
            expected: form!(concat!("examples/invalid/", $name, ".expected")),
        }),*]
    };
}

pub const SCHEMA: &str = form!("schema");

pub const VALID: &[Example] = valid!["family-members", "sole-owner", "transfer"];

pub const INVALID: &[Example] = invalid![
    "capital-with-a-fraction",
    "dates-that-cannot-be",
    "family-without-members",
    "files-of-wrong-type-and-size",
    "hidden-characters",
    "id-with-eleven-digits",
    "letter-in-id-and-short-phone",
    "misspelt-field",
    "no-main-industry",
    "old-or-missing-commune",
    "six-mistakes-at-once",
    "transfer-with-wrong-tax-code",
    "two-main-industries-and-a-repeated-row",
];
