//! Whoever writes a rule schema sees every mistake of it at once, each with its place and what to do.

#![allow(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

use hoso::report::{Coded, Language, catalogue, sentence};
use hoso::schema::{Options, Schema, SchemaError};

fn mistakes(schema: &str) -> Vec<SchemaError> {
    Schema::compile(schema, &Options { strict: true, ..Options::default() }).unwrap_err()
}

/// `place code` of each mistake.
fn placed(schema: &str) -> Vec<String> {
    mistakes(schema).iter().map(|error| format!("{} {}", error.path, error.code())).collect()
}

/// A mistake of nearly every kind, most on a line of their own.
const MISTAKEN: &str = r##"{
    "$schema": "https://json-schema.org/draft/2021-12/schema",
    "x-procedure": {
        "code": "1.001612", "version": "1.0.0", "title": {"vi": "Đăng ký"}, "authority": {"vi": "Ủy ban"}, "legalBasis": ["1/2026"],
        "effectiveFrom": "1/7/2025",
        "evidnce": "session",
        "evidence": "session"
    },
    "x-pages": [{"id": "owner", "title": {"vi": "Chủ hộ"}, "field": [],
        "fields": ["/name", "/nmae"]}],
    "x-order": ["name", "adress", "phnoe"],
    "properties": {
        "name": {"minLenght": 2,
            "type": "strng",
            "x-label": {"en": "Name"},
            "label": {"vi": "Họ tên"},
            "x-message": {"requird": {"vi": "Nhập họ tên"}}},
        "address": {"$ref": "#/$defs/adress"},
        "phone": {"format": "vn-fone",
            "pattern": "[0-9"},
        "reason": {"maxLength": "forty",
            "x-relevant": "name != ''"},
        "papers": {"x-attachment": {"mediaTypes": ["application/pdf"]}},
        "rows": {"items": [{"type": "string"}],
            "x-pages": []},
        "amount": {"maximum": 1234567890123456789},
        "other": {"$ref": "https://example.vn/other.json"},
        "start": {"$ref": "#/$defs/one"}
    },
    "required": "name",
    "$defs": {
        "address": {"type": "object"},
        "one": {"$ref": "#/$defs/two"},
        "two": {"allOf": [{"$ref": "#/$defs/one"}]}
    }
}"##;

#[test]
fn every_mistake_is_found_in_one_run() {
    assert_eq!(
        placed(MISTAKEN),
        [
            "/$schema schema.dialect-unsupported",
            "/x-procedure/effectiveFrom schema.keyword-value",
            "/x-procedure/evidnce schema.keyword-unknown",
            "/x-pages/0/field schema.keyword-unknown",
            "/x-pages/0/fields/1 schema.field-unknown",
            "/x-order/1 schema.field-unknown",
            "/x-order/2 schema.field-unknown",
            "/properties/name/minLenght schema.keyword-unknown",
            "/properties/name/type schema.keyword-value",
            "/properties/name/x-label schema.part-missing",
            "/properties/name/label schema.keyword-unknown",
            "/properties/name/x-message/requird schema.keyword-unknown",
            "/properties/address/$ref schema.reference-missing",
            "/properties/phone/format schema.format-unknown",
            "/properties/phone/pattern pattern.unclosed-class",
            "/properties/reason/maxLength schema.keyword-value",
            "/properties/reason/x-relevant expression.name-unknown",
            "/properties/papers/x-attachment schema.part-missing",
            "/properties/rows/items schema.not-a-schema",
            "/properties/rows/x-pages schema.keyword-unsupported",
            "/properties/amount/maximum schema.number-not-exact",
            "/properties/other/$ref schema.reference-unsupported",
            "/required schema.keyword-value",
            "/$defs/one schema.reference-loop",
        ]
    );
}

#[test]
fn every_mistake_says_what_to_do() {
    for error in mistakes(MISTAKEN) {
        let [vi, en] = Language::ALL.map(|language| sentence(&error, language));
        // Behind the place of an expression stands the character that is meant.
        let place = format!("{}:", error.path);
        assert!(vi.starts_with(&place) && en.starts_with(&place), "{vi} {en}");
        assert!(is_remedy(&vi, &VI) && is_remedy(&en, &EN), "{vi} {en}");
    }
}

/// Words of the part of a sentence that says what to do.
const VI: [&str; 18] = [
    "Bỏ ",
    "Bớt ",
    "Chuyển ",
    "Chép ",
    "Có phải là ",
    "Dùng ",
    "Giảm ",
    "Khai bớt ",
    "Làm ",
    "Rút ngắn ",
    "Sửa ",
    "Thêm ",
    "Viết tên như ",
    "Viết ",
    "Đặt ",
    "Đổi ",
    "bớt ",
    "ở đây cần ",
];
const EN: [&str; 20] = [
    "Add ",
    "Change ",
    "Choose ",
    "Convert ",
    "Copy ",
    "Correct ",
    "Did you mean ",
    "Fill in fewer ",
    "Make ",
    "Move ",
    "Use a name like ",
    "Nest ",
    "Remove ",
    "Repeat ",
    "Shorten ",
    "Simplify ",
    "Swap ",
    "Use ",
    "Write ",
    ": needs ",
];

fn is_remedy(sentence: &str, words: &[&str]) -> bool {
    words.iter().any(|word| sentence.contains(word))
}

#[test]
fn every_sentence_for_authors_says_what_to_do() {
    for entry in catalogue::SCHEMA.entries() {
        assert!(is_remedy(entry.vi, &VI) && is_remedy(entry.en, &EN), "{}: {} {}", entry.code, entry.vi, entry.en);
    }
}

#[test]
fn what_was_meant_is_suggested() {
    for (schema, meant) in [
        (r#"{"properties": {"a": {"label": {"vi": "A"}}}}"#, "x-label"),
        (r#"{"properties": {"a": {"minLenght": 1}}}"#, "minLength"),
        (r#"{"properties": {"a": {"MinLength": 1}}}"#, "minLength"),
        (r#"{"properties": {"a": {"x-message": {"requird": {"vi": "A"}}}}}"#, "required"),
        (r#"{"properties": {"a": {"format": "vn-fhone"}}}"#, "vn-phone"),
        (r##"{"properties": {"a": {"$ref": "#/$defs/adress"}}, "$defs": {"address": {}}}"##, "#/$defs/address"),
        (r##"{"properties": {"a": {"$ref": "#/$def/address"}}, "$defs": {"address": {}}}"##, "#/$defs/address"),
        (r#"{"properties": {"name": {}, "phone": {}}, "x-order": ["phnoe", "name"]}"#, "phone"),
        (r#"{"properties": {"name": {}}, "x-pages": [{"id": "a", "title": {"vi": "A"}, "fields": ["/nmae"]}]}"#, "/name"),
        (r#"{"properties": {"name": {}}, "x-pages": [{"id": "a", "title": {"vi": "A"}, "fields": [], "titel": {}}]}"#, "title"),
    ] {
        let errors = mistakes(schema);
        assert_eq!(errors.len(), 1, "{schema}: {errors:?}");
        assert_eq!(errors[0].facts().find("suggestion"), Some(&meant.into()), "{schema}");
    }
}

#[test]
fn a_reference_is_suggested_only_if_it_leads_somewhere() {
    for schema in [
        r##"{"properties": {"a": {"$ref": "#/$def/adress"}}, "$defs": {"address": {}}}"##,
        r##"{"properties": {"a": {"$ref": "#/$defs/phone"}}, "$defs": {"address": {}}}"##,
        r##"{"properties": {"a": {"$ref": "#address"}}, "$defs": {"address": {"$anchor": "addres"}}}"##,
    ] {
        let errors = mistakes(schema);
        assert_eq!((errors[0].code(), errors[0].facts().find("suggestion")), ("schema.reference-missing", None), "{schema}");
    }
}

#[test]
fn asking_what_was_meant_takes_no_more_than_a_while() {
    let names = |start: &str| (0..6_000).map(|at| format!("{start}{at:06}")).collect::<Vec<_>>();
    let declared =
        names("field").iter().map(|name| format!(r##""{name}": {{"$ref": "#/properties/x{name}"}}"##)).collect::<Vec<_>>().join(",");
    let wrong = |start: &str| names(start).iter().map(|name| format!("\"{name}\"")).collect::<Vec<_>>().join(",");
    let (fields, order) = (wrong("/fjeld"), wrong("fjeld"));
    let errors = mistakes(&format!(
        r#"{{"x-pages": [{{"id": "a", "title": {{"vi": "A"}}, "fields": [{fields}]}}], "x-order": [{order}], "properties": {{{declared}}}}}"#
    ));
    assert_eq!(errors.len(), hoso::limits::ISSUES);
}

#[test]
fn pages_take_nothing_unknown() {
    let of = |page: &str| placed(&format!(r#"{{"properties": {{"a": {{}}}}, "x-pages": [{page}]}}"#));
    assert_eq!(
        of("5"),
        ["/x-pages/0/id schema.part-missing", "/x-pages/0/title schema.part-missing", "/x-pages/0/fields schema.part-missing"]
    );
    assert_eq!(
        of(r#"{"id": 5, "title": "A", "fields": "/a", "hint": 1}"#),
        [
            "/x-pages/0/id schema.keyword-value",
            "/x-pages/0/title schema.keyword-value",
            "/x-pages/0/fields schema.keyword-value",
            "/x-pages/0/hint schema.keyword-unknown"
        ]
    );
}
