//! The real forms and their examples, embedded, so that they are also judged where there are no files.

/// A procedure of `forms/`: its rule schema, and what is expected of documents.
pub struct RealForm {
    pub folder: &'static str,
    pub schema: &'static str,
    /// The code lists it names, as one object by their names.
    pub lists: &'static str,
    pub valid: &'static [Example],
    /// Valid, with something to look at.
    pub doubtful: &'static [Example],
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

macro_rules! told {
    ($folder:literal, $kind:literal: $($name:literal),* $(,)?) => {
        &[$(Example {
            name: $name,
            data: text!($folder, "examples/", $kind, "/", $name, ".json"),
            expected: text!($folder, "examples/", $kind, "/", $name, ".expected.json"),
        }),*]
    };
}

macro_rules! lists {
    ($first:literal $(, $name:literal)*) => {
        concat!("{\"", $first, "\":", include_str!(concat!("../../data/", $first, ".json"))
            $(, ",\"", $name, "\":", include_str!(concat!("../../data/", $name, ".json")))*, "}")
    };
}

pub const REAL_FORMS: [RealForm; 3] = [
    RealForm {
        folder: "1.001612-ho-kinh-doanh",
        schema: text!("1.001612-ho-kinh-doanh", "schema.json"),
        lists: "{}",
        valid: valid!["1.001612-ho-kinh-doanh":
            "family-members",
            "hidden-parts-left-filled",
            "market-stall",
            "sole-owner",
            "transfer",
        ],
        doubtful: told!["1.001612-ho-kinh-doanh", "doubtful":
            "agent-born-in-another-year",
            "agent-born-next-year",
            "agent-of-another-sex",
            "capital-of-other-words",
            "card-issued-tomorrow",
            "former-owner-named-as-the-owner",
            "industry-in-two-rows",
            "lump-sum",
            "member-born-in-another-year",
            "member-born-next-year",
            "member-in-two-rows",
            "member-of-another-sex",
            "name-of-a-company",
            "name-with-its-beginning",
            "owner-born-in-another-year",
            "owner-born-next-year",
            "owner-listed-as-member",
            "owner-named-as-agent",
            "owner-of-another-nationality",
            "owner-of-another-sex",
            "owner-of-seventeen",
            "started-yesterday",
        ],
        invalid: told!["1.001612-ho-kinh-doanh", "invalid":
            "address-for-tax-letters-left-empty",
            "agent-not-named",
            "authorisation-to-file-not-attached",
            "capital-of-nothing",
            "capital-with-a-fraction",
            "dates-that-cannot-be",
            "family-without-members",
            "files-of-wrong-type-and-size",
            "former-business-not-named",
            "hidden-characters",
            "hidden-parts-and-a-mistake",
            "id-with-eleven-digits",
            "kind-not-chosen",
            "letter-in-id-and-short-phone",
            "member-without-identity-number",
            "misspelt-field",
            "no-main-industry",
            "old-or-missing-commune",
            "six-mistakes-at-once",
            "transfer-papers-not-attached",
            "transfer-with-wrong-tax-code",
            "two-main-industries-and-a-repeated-row",
        ],
    },
    RealForm {
        folder: "1.004194-tam-tru",
        schema: text!("1.004194-tam-tru", "schema.json"),
        lists: "{}",
        valid: valid!["1.004194-tam-tru":
            "child-lives-with-grandparents",
            "couple-in-own-flat",
            "family-joins-parents",
            "hidden-parts-left-filled",
            "student-rents-a-room",
        ],
        doubtful: told!["1.004194-tam-tru", "doubtful":
            "applicant-born-in-another-year",
            "applicant-born-next-year",
            "applicant-of-another-sex",
            "filer-with-number-of-the-applicant",
            "head-with-number-of-the-applicant",
            "head-with-two-numbers",
            "member-born-in-another-year",
            "member-born-next-year",
            "member-of-another-sex",
            "newborn-after-sixty-days",
            "starts-yesterday",
            "stay-of-a-week",
        ],
        invalid: told!["1.004194-tam-tru", "invalid":
            "applicant-listed-as-member",
            "birth-date-that-cannot-be",
            "commune-left-empty",
            "commune-of-another-province",
            "consent-letter-not-attached",
            "district-of-the-old-kind",
            "empty-table-of-members",
            "empty-table-of-owners",
            "ends-before-it-starts",
            "filer-joins-own-household",
            "filer-not-named",
            "guardian-not-named-for-vneid",
            "head-asked-for-no-child-under-six",
            "head-not-named",
            "head-of-an-existing-household",
            "hidden-parts-and-a-mistake",
            "identity-number-of-nine-digits",
            "identity-number-without-its-zero",
            "last-day-written-day-first",
            "lease-not-attached",
            "letter-in-identity-number",
            "longer-than-two-years",
            "member-as-head-beside-the-applicant",
            "member-in-two-rows",
            "member-listed-twice",
            "minor-without-guardian",
            "nothing-filled-in",
            "opinion-of-a-parent-left-empty",
            "opinion-of-the-head-left-empty",
            "opinion-of-the-owner-left-empty",
            "other-purpose-not-named",
            "owner-asked-for-no-child-under-six",
            "owner-not-named-for-vneid",
            "permanent-address-left-empty",
            "phone-one-digit-short",
            "photo-of-another-kind",
            "photo-too-large",
            "proof-of-dwelling-left-empty",
            "province-of-before-the-merger",
            "result-by-email-without-email",
            "seven-mistakes-at-once",
            "signed-form-not-attached",
            "stays-in-the-same-commune",
            "two-heads",
            "undertaking-not-ticked",
        ],
    },
    RealForm {
        folder: "2.000987-lien-thong-khai-sinh",
        schema: text!("2.000987-lien-thong-khai-sinh", "schema.json"),
        lists: lists!["communes", "countries", "ethnic-groups", "provinces"],
        valid: valid!["2.000987-lien-thong-khai-sinh":
            "born-abroad",
            "foreign-father",
            "grandmother-files-for-orphan",
            "hidden-parts-left-filled",
            "mother-files-for-newborn",
            "single-mother",
        ],
        doubtful: told!["2.000987-lien-thong-khai-sinh", "doubtful":
            "applicant-born-in-another-year",
            "applicant-of-another-sex",
            "born-before-the-marriage",
            "card-issued-before-birth",
            "ethnic-group-of-neither-parent",
            "father-born-in-another-year",
            "father-files-under-another-name",
            "father-files-under-another-number",
            "father-of-seventeen",
            "father-with-number-of-a-woman",
            "father-younger-than-ten",
            "grandchild-of-the-mother",
            "marriage-certificate-without-date",
            "married-next-year",
            "married-too-young",
            "mother-born-in-another-year",
            "mother-files-under-another-name",
            "mother-files-under-another-number",
            "mother-named-as-someone-else",
            "mother-of-seventeen",
            "mother-with-number-of-a-man",
            "mother-younger-than-ten",
            "name-too-long-to-use",
            "parents-with-one-number",
            "poor-household-next-year",
            "poor-household-without-date",
            "registered-after-sixty-days",
            "residence-away-from-both-parents",
            "surname-of-neither-parent",
            "unknown-father-as-guardian",
            "unknown-father-as-head",
            "unknown-father-files",
        ],
        invalid: told!["2.000987-lien-thong-khai-sinh", "invalid":
            "birth-date-in-words-differs",
            "birth-note-not-attached",
            "born-tomorrow",
            "child-of-six",
            "child-without-given-name",
            "commune-not-chosen",
            "commune-of-another-province",
            "copies-without-number",
            "district-of-the-old-kind",
            "ethnic-group-by-its-name",
            "father-left-out",
            "father-without-identity-number",
            "father-without-year-of-birth",
            "foreign-father-without-passport",
            "full-name-differs",
            "guardian-without-papers",
            "head-not-named",
            "hidden-parts-and-a-mistake",
            "identity-number-without-its-zero",
            "known-parents-not-chosen",
            "mother-born-on-no-day",
            "no-copies-at-all",
            "nothing-filled-in",
            "place-abroad-not-named",
            "place-of-care-not-chosen",
            "province-of-before-the-merger",
            "residence-of-living-mother-left-out",
            "signed-form-not-attached",
            "six-mistakes-at-once",
        ],
    },
];
