//! The real forms and their examples, embedded, so that they are also judged where there are no files.

/// A procedure of `forms/`: its rule schema, and what is expected of documents.
pub struct RealForm {
    pub folder: &'static str,
    pub schema: &'static str,
    pub valid: &'static [Example],
    pub invalid: &'static [Example],
}

/// Document, and what is expected of it.
pub struct Example {
    pub name: &'static str,
    pub data: &'static str,
    pub expected: &'static str,
}

macro_rules! text {
    ($folder:literal, $($place:expr),*) => {
        include_str!(concat!("../../forms/", $folder, "/", $($place),*))
    };
}

macro_rules! valid {
    ($folder:literal: $($name:literal),* $(,)?) => {
        &[$(Example { name: $name, data: text!($folder, "examples/valid/", $name, ".json"), expected: "[]" }),*]
    };
}

macro_rules! invalid {
    ($folder:literal: $($name:literal),* $(,)?) => {
        &[$(Example {
            name: $name,
            data: text!($folder, "examples/invalid/", $name, ".json"),
            expected: text!($folder, "examples/invalid/", $name, ".expected.json"),
        }),*]
    };
}

pub const REAL_FORMS: [RealForm; 2] = [
    RealForm {
        folder: "1.001612-ho-kinh-doanh",
        schema: text!("1.001612-ho-kinh-doanh", "schema.json"),
        valid: valid!["1.001612-ho-kinh-doanh": "family-members", "sole-owner", "transfer"],
        invalid: invalid!["1.001612-ho-kinh-doanh":
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
        ],
    },
    RealForm {
        folder: "1.004194-tam-tru",
        schema: text!("1.004194-tam-tru", "schema.json"),
        valid: valid!["1.004194-tam-tru":
            "child-lives-with-grandparents",
            "couple-in-own-flat",
            "family-joins-parents",
            "student-rents-a-room",
        ],
        invalid: invalid!["1.004194-tam-tru":
            "birth-date-that-cannot-be",
            "commune-left-empty",
            "commune-of-another-province",
            "consent-letter-not-attached",
            "district-of-the-old-kind",
            "empty-table-of-members",
            "empty-table-of-owners",
            "filer-joins-own-household",
            "filer-named-though-nobody-else-files",
            "filer-not-named",
            "guardian-named-without-vneid",
            "guardian-not-named-for-vneid",
            "head-agrees-to-a-new-household",
            "head-named-twice",
            "head-not-named",
            "head-of-an-existing-household",
            "identity-number-of-nine-digits",
            "identity-number-without-its-zero",
            "last-day-written-day-first",
            "lease-not-attached",
            "letter-in-identity-number",
            "member-as-head-beside-the-applicant",
            "member-listed-twice",
            "nothing-filled-in",
            "opinion-of-a-parent-left-empty",
            "opinion-of-the-head-left-empty",
            "opinion-of-the-owner-left-empty",
            "other-purpose-not-named",
            "owner-agrees-to-own-flat",
            "owner-not-named-for-vneid",
            "owners-named-without-vneid",
            "permanent-address-and-none",
            "permanent-address-left-empty",
            "phone-one-digit-short",
            "photo-of-another-kind",
            "photo-too-large",
            "proof-of-dwelling-left-empty",
            "proof-of-dwelling-with-relatives",
            "province-of-before-the-merger",
            "purpose-named-twice",
            "result-by-email-without-email",
            "seven-mistakes-at-once",
            "signed-form-not-attached",
            "two-heads",
            "undertaking-not-ticked",
        ],
    },
];
