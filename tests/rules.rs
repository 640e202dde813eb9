//! Rules on whole documents: what each keyword does, and laws that hold for any schema with rules.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test that cannot be set up has failed")]

use hoso::json::{Document, canonical};
use hoso::report::{Coded, Issue, Language, Report, sentence};
use hoso::schema::{Options, Schema};
use hoso::text::Moment;
use proptest::prelude::*;

fn now() -> Moment {
    Moment::parse("2026-11-24T09:00:00+07:00").unwrap()
}

fn compile(schema: &str) -> Schema {
    let compiled = Schema::compile(schema, &Options { strict: true, ..Options::default() });
    compiled.unwrap_or_else(|errors| panic!("{schema}: {errors:#?}"))
}

fn report(schema: &Schema, data: &str) -> Report {
    let data = Document::read(data).unwrap();
    let report = schema.validate(&data, now(), Language::En).unwrap();
    assert_eq!(schema.is_valid(&data, now()), Ok(report.valid), "{data:?}");
    report
}

/// `place code` of each issue, with the rule's id where there is one.
fn found(schema: &Schema, data: &str) -> Vec<String> {
    let told = |issue: &Issue| [issue.path.as_str(), " ", issue.rule.as_deref().unwrap_or(issue.code)].concat();
    report(schema, data).issues.iter().map(told).collect()
}

/// `place code` of each mistake of a schema.
fn mistakes(schema: &str) -> Vec<String> {
    let errors = Schema::compile(schema, &Options { strict: true, ..Options::default() }).unwrap_err();
    errors.iter().map(|error| format!("{} {}", error.path, error.code())).collect()
}

/// A schema of an object with these properties and this besides.
fn object(properties: &str, besides: &str) -> String {
    format!(r#"{{"type": "object", "properties": {{{properties}}}{besides}}}"#)
}

#[test]
fn what_comes_out_as_another_type_than_the_field_takes_does_not_stand_there() {
    let schema = compile(&object(
        r#""any": {}, "sum": {"type": "integer", "x-calculate": "root.any"}, "note": {"type": "string", "x-relevant": "has(root.sum)", "x-required": true}"#,
        "",
    ));
    for (data, issues) in [
        (r#"{"any": 2}"#, &["/note required.missing"][..]),
        (r#"{"any": 2.0}"#, &["/note required.missing"]),
        (r#"{"any": 1.5}"#, &["/sum rule.failed"]),
        (r#"{"any": "two"}"#, &["/sum rule.failed"]),
    ] {
        let found = found(&schema, data);
        assert_eq!(found, issues, "{data}");
        let completed = schema.completed(&Document::read(data).unwrap(), now()).unwrap();
        assert!(completed.is_none_or(|document| schema.completed(&document, now()).unwrap().is_none()), "{data}");
    }
}

#[test]
fn what_is_not_relevant_is_no_part_of_the_form() {
    let schema = compile(&object(
        r#""kind": {"type": "string"},
           "company": {"type": "object", "x-relevant": "parent.kind == 'company'", "x-required": true, "properties": {
               "code": {"type": "string", "minLength": 3, "x-required": true},
               "branch": {"type": "string", "x-relevant": "parent.code != ''"}}},
           "note": {"type": "string", "x-relevant": "has(root.company.branch)", "x-required": true}"#,
        "",
    ));
    for (data, issues) in [
        (r#"{"kind": "person", "company": {"code": "x", "branch": 5}, "note": 7}"#, &[][..]),
        (r#"{}"#, &[]),
        (r#"{"kind": "company"}"#, &["/company required.missing"]),
        (r#"{"kind": "company", "company": {}}"#, &["/company/code required.missing"]),
        (r#"{"kind": "company", "company": {"code": "abc", "branch": "x"}}"#, &["/note required.missing"]),
        (r#"{"kind": "company", "company": {"code": "x"}, "note": 7}"#, &["/company/code text.too-short"]),
    ] {
        assert_eq!(found(&schema, data), issues, "{data}");
    }
    let hidden = Document::read(r#"{"kind": "person", "company": {"code": "x"}, "note": "n"}"#).unwrap();
    let completed = schema.completed(&hidden, now()).unwrap().unwrap();
    assert!(completed.root().equals(Document::read(r#"{"kind": "person"}"#).unwrap().root()));
}

#[test]
fn what_is_computed_is_put_in_and_compared() {
    let schema = compile(&object(
        r#""rows": {"type": "array", "items": {"type": "object", "properties": {
               "count": {"type": "integer"}, "price": {"type": "number"}, "sum": {"type": "number", "x-calculate": "double(parent.count) * parent.price"}}}},
           "total": {"type": "number", "maximum": 100, "x-calculate": "sum(parent.rows.map(row, row.sum))"}"#,
        "",
    ));
    let row = r#""rows": [{"count": 2, "price": 0.5}, {"count": 1, "price": 2.25}]"#;
    for (data, issues) in [
        (format!("{{{row}}}"), &[][..]),
        (format!(r#"{{{row}, "total": 3.25}}"#), &[]),
        (format!(r#"{{{row}, "total": 3.26}}"#), &["/total calculate.differs"]),
        (r#"{"rows": [{"count": 2, "price": 60}]}"#.to_owned(), &["/total number.too-large"]),
        (r#"{"rows": [{"count": 2}]}"#.to_owned(), &[]),
        (r#"{"rows": [{"count": 2, "sum": 1}]}"#.to_owned(), &["/rows/0/sum calculate.differs"]),
    ] {
        assert_eq!(found(&schema, &data), issues, "{data}");
    }
    let completed = schema.completed(&Document::read(format!("{{{row}}}")).unwrap(), now()).unwrap().unwrap();
    assert_eq!(
        hoso::json::canonical(completed.root()).unwrap(),
        r#"{"rows":[{"count":2,"price":0.5,"sum":1},{"count":1,"price":2.25,"sum":2.25}],"total":3.25}"#
    );
}

#[test]
fn a_rule_speaks_where_it_says_and_as_loud_as_it_says() {
    let rules = r#", "x-rules": [
        {"id": "order", "rule": "self.to >= self.from", "at": ["/to"], "message": {"vi": "Sau {label}", "en": "After"}, "legalBasis": "Luật 1"},
        {"id": "short", "rule": "daysBetween(self.from, self.to) <= 30", "when": "self.to >= self.from", "level": "warning",
         "message": {"vi": "Dài"}, "messageExpression": "'Dài ' + string(daysBetween(self.from, self.to)) + ' ngày'"}]"#;
    let schema = compile(&object(r#""from": {"type": "string", "format": "date"}, "to": {"type": "string", "format": "date"}"#, rules));
    let answer = report(&schema, r#"{"from": "2026-02-01", "to": "2026-01-01"}"#);
    let issue = &answer.issues[0];
    assert!(!answer.valid && answer.issues.len() == 1);
    assert_eq!(
        (issue.path.as_str(), issue.code, issue.rule.as_deref(), issue.message.as_str()),
        ("/to", "rule.broken", Some("order"), "After")
    );
    assert_eq!((issue.legal_basis.as_deref(), issue.schema_path.as_str()), (Some("Luật 1"), "/x-rules/0"));
    let long = report(&schema, r#"{"from": "2026-01-01", "to": "2026-03-01"}"#);
    assert!(long.valid);
    assert_eq!((long.issues[0].level.name(), long.issues[0].message.as_str()), ("warning", "Dài 59 ngày"));
    // What is absent, or no date at all, is told by other keywords alone.
    for (data, issues) in [(r#"{"from": "2026-01-01"}"#, &[][..]), (r#"{"from": "2026-01-01", "to": "x"}"#, &["/to date.form"])] {
        assert_eq!(found(&schema, data), issues);
    }
}

#[test]
fn a_rule_that_fails_is_told_and_the_rest_stands() {
    let rules = r#", "x-rules": [
        {"id": "ratio", "rule": "self.a / self.b > 2", "message": {"vi": "x"}},
        {"id": "huge", "rule": "self.a * 9223372036854775807 > 0", "message": {"vi": "x"}},
        {"id": "third", "rule": "self.rows[3] > 0", "message": {"vi": "x"}},
        {"id": "endless", "rule": "self.rows.all(a, self.rows.all(b, self.rows.all(c, self.rows.all(d, self.rows.all(e, a + b + c + d + e > 0)))))", "message": {"vi": "x"}},
        {"id": "plain", "rule": "self.a > 5", "message": {"vi": "x"}}]"#;
    let schema = compile(&object(
        r#""a": {"type": "integer"}, "b": {"type": "integer"}, "rows": {"type": "array", "items": {"type": "integer"}}"#,
        rules,
    ));
    let rows = vec!["1"; 200].join(",");
    let answer = report(&schema, &format!(r#"{{"a": 4, "b": 0, "rows": [{rows}]}}"#));
    let told: Vec<_> = answer.issues.iter().map(|issue| (issue.rule.as_deref().unwrap(), issue.code)).collect();
    // After the steps are used up, what follows cannot be worked out either: that is told, not left out.
    assert_eq!(told[..3], [("ratio", "rule.failed"), ("huge", "rule.failed"), ("endless", "rule.failed")]);
    let few = report(&schema, r#"{"a": 4, "b": 0, "rows": [1]}"#);
    let told: Vec<_> = few.issues.iter().map(|issue| (issue.rule.as_deref().unwrap(), issue.code)).collect();
    assert_eq!(told, [("ratio", "rule.failed"), ("huge", "rule.failed"), ("third", "rule.failed"), ("plain", "rule.broken")]);
    assert_eq!(few.issues[2].params.find("reason"), Some(&"evaluation.index".into()));
}

#[test]
fn codes_are_chosen_among_by_what_was_chosen_before() {
    let lists = Document::read(
        r#"{"provinces": {"title": {"vi": "Tỉnh"}, "source": "x", "date": "2026-01-01", "codes": [{"code": "31", "label": {"vi": "Hải Phòng"}}, {"code": "01", "label": {"vi": "Hà Nội"}}]},
            "communes": {"title": {"vi": "Xã"}, "source": "x", "date": "2026-01-01", "parents": "provinces", "codes": [
                {"code": "100", "label": {"vi": "A"}, "parent": "31"}, {"code": "200", "label": {"vi": "B"}, "parent": "01"}]}}"#,
    )
    .unwrap();
    let source = object(
        r#""province": {"type": "string", "x-options": "provinces"},
           "commune": {"type": "string", "x-options": {"list": "communes", "filter": "option.parent == parent.province"}},
           "name": {"type": "string", "x-calculate": "lookup('communes', parent.commune).label.vi"}"#,
        "",
    );
    let schema = Schema::compile(source.as_str(), &Options { strict: true, code_lists: Some(&lists), ..Options::default() }).unwrap();
    for (data, issues) in [
        (r#"{"province": "31", "commune": "100", "name": "A"}"#, &[][..]),
        (r#"{"province": "31", "commune": "200", "name": "B"}"#, &["/commune options.not-offered"]),
        (r#"{"province": "31", "commune": "300"}"#, &["/commune options.unknown-code"]),
        (r#"{"commune": "100", "name": "B"}"#, &["/name calculate.differs"]),
    ] {
        assert_eq!(found(&schema, data), issues, "{data}");
    }
    assert_eq!(schema.codes().digests().len(), 2);
}

#[test]
fn working_days_go_by_the_calendar_that_came_along() {
    let lists = Document::read(
        r#"{"days": {"title": {"vi": "Ngày nghỉ"}, "source": "x", "date": "2026-01-01", "codes": [
            {"code": "2026-11-24", "label": {"vi": "Ngày Văn hóa"}}, {"code": "2026-11-28", "label": {"vi": "Làm bù"}, "kind": "workday"}]}}"#,
    )
    .unwrap();
    let source =
        object(r#""day": {"type": "string", "format": "date", "x-calculate": "addWorkingDays(date('2026-11-23'), 5, 'days')"}"#, "");
    let schema = Schema::compile(source.as_str(), &Options { strict: true, code_lists: Some(&lists), ..Options::default() }).unwrap();
    for (day, issues) in [("2026-11-30", &[][..]), ("2026-12-01", &["/day calculate.differs"])] {
        // Wednesday to Friday, the Saturday in place of another day, Monday.
        assert_eq!(found(&schema, &format!(r#"{{"day": "{day}"}}"#)), issues, "{day}");
    }
}

#[test]
fn expressions_stand_where_they_always_apply() {
    for (properties, besides, expected) in [
        (
            r#""a": {"x-relevant": "root.b == 'x'"}, "b": {"type": "string", "x-relevant": "has(root.a)"}"#,
            "",
            "/properties/a/x-relevant schema.rule-cycle",
        ),
        (r#""a": {"type": "integer", "x-calculate": "self + 1"}"#, "", "/properties/a/x-calculate schema.rule-cycle"),
        (r#""a": {}"#, r#", "x-relevant": "true""#, "/x-relevant schema.expression-only-on-property"),
        (
            r#""a": {"type": "array", "items": {"x-relevant": "true"}}"#,
            "",
            "/properties/a/items/x-relevant schema.expression-only-on-property",
        ),
        (
            r#""a": {}"#,
            r#", "if": {"required": ["a"]}, "then": {"properties": {"a": {"x-required": "true"}}}"#,
            "/then/properties/a/x-required schema.expression-never-applies",
        ),
        (
            r##""a": {"$ref": "#/$defs/a"}"##,
            r##", "$defs": {"a": {"type": "object", "properties": {"a": {"$ref": "#/$defs/a"}}, "x-rules": [{"id": "r", "rule": "has(self.a)", "message": {"vi": "x"}}]}}"##,
            "/$defs/a/properties/a schema.expression-recursive",
        ),
        (r#""a": {"type": "integer"}"#, r#", "x-rules": [{"id": "r", "rule": "self.a > 1"}]"#, "/x-rules/0 schema.part-missing"),
        (
            r#""a": {"type": "integer"}"#,
            r#", "x-rules": [{"id": "r", "rule": "self.a", "message": {"vi": "x"}}]"#,
            "/x-rules/0/rule expression.result-type",
        ),
        (
            r#""a": {"type": "integer"}"#,
            r#", "x-rules": [{"id": "r", "rule": "1 > 2", "message": {"vi": "x"}}]"#,
            "/x-rules/0/rule expression.never-true",
        ),
        (
            r#""a": {"type": "integer"}"#,
            r#", "x-rules": [{"id": "r", "rule": "self.a > 1", "message": {"vi": "x"}, "at": ["/b"]}]"#,
            "/x-rules/0/at/0 schema.field-unknown",
        ),
        (
            r#""a": {"type": "integer"}"#,
            r#", "x-rules": [{"id": "r", "rule": "self.a > 1", "message": {"vi": "x"}, "level": "fatal"}]"#,
            "/x-rules/0/level schema.keyword-value",
        ),
        (
            r#""a": {"enum": ["x", "y"]}"#,
            r#", "x-rules": [{"id": "r", "rule": "self.a in ['x', 'z']", "message": {"vi": "x"}}]"#,
            "/x-rules/0/rule expression.never-equal",
        ),
        (r#""a": {"type": "string", "x-calculate": "1"}"#, "", "/properties/a/x-calculate expression.result-type"),
        (r#""a": {"type": "string", "x-calculate": "lookup('x', 'y').label.vi"}"#, "", "/properties/a/x-calculate expression.no-code-list"),
    ] {
        assert_eq!(mistakes(&object(properties, besides)), [expected], "{properties} {besides}");
    }
}

/// What an author slips on, and the words that lead to the remedy.
#[test]
fn a_slip_of_an_author_is_told_with_its_remedy() {
    let fields = r#""deposit": {"type": "number"}, "old-name": {"type": "string"}, "day": {"type": "string", "format": "date"}, "id": {"type": "string"},
        "goods": {"type": "array", "items": {"type": "object", "properties": {"price": {"type": "integer"}}}}"#;
    for (expression, expected) in [
        ("self['deposi'] > 1.0", "Did you mean “deposit”?"),
        ("self['old-nam'] == 'a'", "Did you mean “old-name”?"),
        ("self['deposit'] == 'a'", "“==” does not take (double, string)"),
        ("self[?'deposi'].hasValue()", "Did you mean “deposit”?"),
        ("self.deposit.goods.size() > 0", "double has no fields. Did you mean “self.goods”?"),
        ("self.goods.all(g, g.deposit > 1.0)", "Did you mean “self.deposit”?"),
        ("self.day == '2026-01-01'", "Write a day like date('2026-01-31')"),
        ("self.day + 30 > today", "Use daysBetween(from, to)"),
        ("daysBetween(self.day) > 3", "“daysBetween” does not take (date), but (date, date)"),
        ("sexOf(self.id) == 'nam'", "never “nam”"),
        ("int(today - self.day) > 3", "“int” does not take (duration)"),
        ("self.day >= date('01/01/2026')", "Write days like date('2026-01-31')"),
        ("self.goods.size() / 0 > 1", "division by 0 never has a result"),
        ("self.goods.map(g.price).size() > 1", "Write it like rows.map(row, row.amount)"),
        ("has(self.day, 1)", "Write it like has(self.name)"),
        ("self.goods.map(g, g.price).sum() > 3", "Write it like sum(…)"),
        ("contains(self.id, '0')", "Write it like x.contains(…)"),
        ("self.day > today()", "Write it like today"),
        ("self.deposit > 1.0 & self.deposit < 2.0", "Write &&"),
        ("self.deposit > 1.0 | self.deposit < 2.0", "Write ||"),
        ("self.id == ‘a’", "Write straight ones"),
        ("self.deposit * 2 > 1.0", "Write double(…) around the whole number"),
        ("self.deposit > 1.0 and self.deposit < 2.0", "Write && for “and”"),
        ("self.deposit > 1,5", "numbers like 1000.5"),
    ] {
        let besides = format!(r#", "x-rules": [{{"id": "r", "rule": "{expression}", "message": {{"vi": "x"}}}}]"#);
        let errors = Schema::compile(object(fields, &besides).as_str(), &Options { strict: true, ..Options::default() }).unwrap_err();
        let said: Vec<String> = errors.iter().map(|error| sentence(error, Language::En)).collect();
        assert!(said.iter().any(|said| said.contains(expected)), "{expression}: {said:?}");
    }
    let message = r#", "x-rules": [{"id": "r", "rule": "self.deposit > 1.0", "message": {"vi": "{Label}: {most}"}}]"#;
    assert_eq!(mistakes(&object(fields, message)), ["/x-rules/0/message/vi schema.keyword-value"]);
}

#[test]
fn an_entry_of_a_code_list_has_its_parts_and_no_others() {
    let lists = Document::read(
        r#"{"list": {"title": {"vi": "T"}, "source": "x", "date": "2026-01-01", "codes": [{"code": "1", "label": {"vi": "A"}, "parent": "0"}]}}"#,
    );
    let lists = lists.unwrap();
    for (filter, expected) in [
        ("option.parent == '0' && option.label.vi != 'B' && (!has(option.from) || option.from < today)", None),
        ("option.parnt == '0'", Some("expression.field-unknown")),
        ("option.parent == 31", Some("expression.no-overload")),
        ("option.label == 'A'", Some("expression.no-overload")),
        ("option.parent", Some("expression.result-type")),
        ("lookup('list', '1').parnt == '0'", Some("expression.field-unknown")),
    ] {
        let source = object(&format!(r#""a": {{"type": "string", "x-options": {{"list": "list", "filter": "{filter}"}}}}"#), "");
        let compiled = Schema::compile(source.as_str(), &Options { strict: true, code_lists: Some(&lists), ..Options::default() });
        assert_eq!(compiled.err().map(|errors| errors[0].code()), expected, "{filter}");
    }
}

/// A computed value may be an object of a code list, whose place on its tape may be that of an object of the data on its own.
#[test]
fn what_is_read_of_a_code_list_is_not_taken_for_the_data() {
    let lists = r#"{"cc": {"title": {"vi": "T"}, "source": "x", "date": "2026-01-01", "codes": [
        {"code": "a", "label": {"vi": "A", "en": "Ay"}}, {"code": "b", "label": {"vi": "B", "en": "Be"}}]}}"#;
    let lists = Document::read(lists).unwrap();
    let source = object(
        r#""pad": {"type": "array", "items": {"type": "integer"}}, "rows": {"type": "array", "items": {"type": "object", "properties": {
            "c": {"type": "string"}, "l": {"type": "object", "properties": {"vi": {"type": "string"}, "en": {"type": "string"}}, "x-calculate": "lookup('cc', parent.c).label"}}}},
           "extra": {"type": "string", "x-relevant": "parent.rows.exists(r, r.l.vi == 'B')"}"#,
        r#", "x-rules": [{"id": "extra", "rule": "has(self.extra)", "message": {"vi": "x"}}]"#,
    );
    let schema = Schema::compile(source.as_str(), &Options { strict: true, code_lists: Some(&lists), ..Options::default() }).unwrap();
    for pad in 0..120 {
        let data = format!(
            r#"{{"pad": [{}], "rows": [{{"c": "a"}}, {{"c": "b", "l": {{"vi": "B", "en": "Be"}}}}], "extra": "x"}}"#,
            vec!["1"; pad].join(",")
        );
        assert_eq!(found(&schema, &data), [""; 0], "{data}");
    }
}

/// A computed fraction is the decimal that it looks like; one that was sent has so many digits to agree in.
#[test]
fn money_is_computed_as_on_a_calculator() {
    let schema = compile(&object(
        r#""price": {"type": "number"}, "total": {"type": "number", "x-calculate": "3.0 * parent.price"}, "third": {"type": "number", "x-calculate": "1.0 / 3.0"}"#,
        r#", "x-rules": [{"id": "much", "rule": "self.total <= 3.3", "message": {"vi": "x"}}, {"id": "little", "rule": "self.total > 3.0", "message": {"vi": "x"}}, {"id": "most", "rule": "self.total <= 3.3", "message": {"vi": "x"}}]"#,
    ));
    let sent = |total: &str| format!(r#"{{"price": 1.1{total}}}"#);
    let completed = schema.completed(&Document::read(sent("")).unwrap(), now()).unwrap().unwrap();
    assert_eq!(canonical(completed.root()).unwrap(), r#"{"price":1.1,"third":0.333333333333333,"total":3.3}"#);
    for total in [r#", "total": 3.3"#, r#", "total": 3.3000000000000003, "third": 0.3333333333333333"#] {
        assert_eq!(found(&schema, &sent(total)), [""; 0], "{total}");
    }
    // What was sent in its place counts for nothing.
    for total in ["1", "4"] {
        assert_eq!(found(&schema, &sent(&format!(r#", "total": {total}"#)))[0], "/total calculate.differs", "{total}");
    }
    let own = r#""a": {"type": "integer"}, "t": {"type": "integer", "x-calculate": "parent.a * 2", "x-rules": [{"id": "own", "rule": "self >= 100", "message": {"vi": "x"}}]}"#;
    let own = compile(&object(own, r#", "x-rules": [{"id": "all", "rule": "self.t >= 100", "message": {"vi": "x"}}]"#));
    assert_eq!(found(&own, r#"{"a": 100, "t": 1}"#), ["/t calculate.differs"]);
    assert_eq!(found(&own, r#"{"t": 1}"#), ["/t calculate.differs"]);
    assert_eq!(found(&own, r#"{"a": 10}"#), [" all", "/t own"]);
}

/// What is remembered and noted costs no more than what is paid for.
#[test]
fn many_fields_that_are_read_or_fail_in_many_rows_are_judged_soon() {
    let fields: Vec<_> = (0..1_000).map(|at| format!(r#""f{at}": {{"type": "integer"}}"#)).collect();
    let rules: Vec<_> = (0..1_000).map(|at| format!(r#"{{"id": "r{at}", "rule": "self.f{at} > 0", "message": {{"vi": "x"}}}}"#)).collect();
    let computed: Vec<_> = (0..100).map(|at| format!(r#""c{at}": {{"type": "integer", "x-calculate": "1 / root.z + {at}"}}"#)).collect();
    let rows = format!(
        r#""z": {{"type": "integer"}}, "rows": {{"type": "array", "items": {{"type": "object", "properties": {{{}}}}}}}"#,
        computed.join(", ")
    );
    let schema = compile(&object(&format!("{}, {rows}", fields.join(", ")), &format!(r#", "x-rules": [{}]"#, rules.join(", "))));
    for z in [0, 1] {
        let data = format!(r#"{{"z": {z}, "f999": 1, "rows": [{}]}}"#, vec!["{}"; 2_000].join(", "));
        let start = std::time::Instant::now();
        let report = report(&schema, &data);
        assert_eq!((report.valid, report.issues.len() > 100), (z == 1, z == 0));
        assert!(start.elapsed().as_secs() < 30, "{:?}", start.elapsed());
    }
}

#[test]
fn a_definition_brings_its_rules_to_every_place() {
    let schema = compile(
        r##"{"type": "object", "properties": {"wife": {"$ref": "#/$defs/person"}, "husband": {"allOf": [{"$ref": "#/$defs/person"}]}, "others": {"type": "array", "items": {"$ref": "#/$defs/person"}}},
            "$defs": {"person": {"type": "object", "properties": {"birth": {"type": "string", "format": "date"}},
                "x-rules": [{"id": "adult", "rule": "age(self.birth) >= 18", "at": ["/birth"], "message": {"vi": "Chưa đủ 18 tuổi"}}]}}}"##,
    );
    let data = r#"{"wife": {"birth": "2010-01-01"}, "husband": {"birth": "2008-11-25"}, "others": [{"birth": "2008-11-24"}, {"birth": "2020-01-01"}]}"#;
    assert_eq!(found(&schema, data), ["/husband/birth adult", "/others/1/birth adult", "/wife/birth adult"]);
}

#[test]
fn what_would_grow_beyond_a_document_is_refused_and_nothing_hidden_is_kept() {
    let schema = compile(&object(
        r#""text": {"type": "string"}, "twice": {"type": "string", "x-calculate": "parent.text + parent.text"}, "other": {"x-relevant": "has(root.none)"}, "none": {}"#,
        "",
    ));
    let data = format!(r#"{{"text": "{}", "other": 1}}"#, "a".repeat(4_000_000));
    let limit = schema.validate(&Document::read(data).unwrap(), now(), Language::Vi).unwrap_err();
    assert_eq!(limit, hoso::schema::LimitError::Completed);
}

#[test]
fn a_hostile_schema_is_answered_soon() {
    let codes = |schema: String| -> Vec<&'static str> {
        let compiled = Schema::compile(schema, &Options { strict: true, ..Options::default() });
        let mut codes: Vec<_> = compiled.err().unwrap_or_default().iter().map(Coded::code).collect();
        codes.dedup();
        codes
    };
    let rule = |at: usize, rule: &str| format!(r#"{{"id": "r{at}", "rule": "{rule}", "message": {{"vi": "x"}}}}"#);
    let fields = |count: usize| (0..count).map(|at| format!(r#""field{at}": {{}}"#)).collect::<Vec<_>>().join(", ");
    // Many names, each in its own place; many mistyped ones; many values of one choice; many rules.
    assert_eq!(codes(object(&fields(60_000), &format!(r#", "x-rules": [{}]"#, rule(0, "has(self.field1)")))), ["schema.keyword-value"]);
    let mistyped = (0..900).map(|at| format!("self.feld{at} == 1")).collect::<Vec<_>>().join(" && ");
    let rules = (0..20).map(|at| rule(at, &mistyped)).collect::<Vec<_>>().join(", ");
    assert_eq!(codes(object(&fields(2_000), &format!(r#", "x-rules": [{rules}]"#))), ["expression.field-unknown"]);
    let choices = (0..50_000).map(|at| format!(r#""v{at}""#)).collect::<Vec<_>>().join(", ");
    let listed = (0..2_000).map(|at| format!("'w{at}'")).collect::<Vec<_>>().join(", ");
    assert_eq!(
        codes(object(
            &format!(r#""a": {{"enum": [{choices}]}}"#),
            &format!(r#", "x-rules": [{}]"#, rule(0, &format!("self.a in [{listed}]")))
        )),
        [""; 0]
    );
    let rules = (0..30_000).map(|at| rule(at, "has(self.a)")).collect::<Vec<_>>().join(", ");
    assert_eq!(codes(object(r#""a": {}"#, &format!(r#", "x-rules": [{rules}]"#))), ["schema.keyword-value"]);
}

// Laws

/// A schema over five numbers, a flag, a text and a table, whose expressions read only what comes before: presence and computed values by chance.
fn schemas() -> impl Strategy<Value = String> {
    let condition = |at: usize| {
        let before = (0..at).collect::<Vec<_>>();
        let field = proptest::sample::select(if before.is_empty() { vec![usize::MAX] } else { before });
        (field, 0..8_u8, -2..6_i64).prop_map(|(field, form, number)| {
            if field == usize::MAX {
                return "root.flag".to_owned();
            }
            match form {
                0 => format!("root.n{field} > {number}"),
                1 => format!("has(root.n{field})"),
                2 => format!("root.n{field} != {number} || root.flag"),
                3 => format!("root.rows.exists(row, row.a > root.n{field})"),
                4 => format!("root.?n{field}.orValue({number}) < 3"),
                5 => format!("root.text.size() > root.n{field}"),
                6 => format!("!has(root.n{field}) && root.flag"),
                _ => format!("sum(root.rows.map(row, row.a)) == root.n{field} ? root.flag : root.text == 'x'"),
            }
        })
    };
    let computed = |at: usize| {
        (0..at.max(1), 0..4_u8).prop_map(move |(field, form)| match form {
            0 if at > 0 => format!("root.n{field} + 1"),
            1 => "root.rows.size()".to_owned(),
            2 => "sum(root.rows.map(row, row.a))".to_owned(),
            _ if at > 0 => format!("root.n{field} / (root.n{field} - 1)"),
            _ => "root.text.size()".to_owned(),
        })
    };
    let field = move |at: usize| {
        (
            proptest::option::of(condition(at)),
            proptest::option::weighted(0.3, computed(at)),
            proptest::option::of(condition(at)),
            any::<bool>(),
        )
            .prop_map(move |(relevant, calculate, required, limited)| {
                let mut parts = vec![r#""type": "integer""#.to_owned()];
                parts.extend(relevant.map(|expression| format!(r#""x-relevant": "{expression}""#)));
                parts.extend(calculate.map(|expression| format!(r#""x-calculate": "{expression}""#)));
                parts.extend(required.map(|expression| format!(r#""x-required": "{expression}""#)));
                parts.extend(limited.then(|| r#""maximum": 3"#.to_owned()));
                format!(r#""n{at}": {{{}}}"#, parts.join(", "))
            })
    };
    let rules = proptest::collection::vec((condition(5), any::<bool>()), 0..4);
    ((field(0), field(1), field(2), field(3), field(4)), rules, any::<u64>()).prop_map(|(fields, rules, order)| {
        let mut listed: Vec<String> = rules
            .into_iter()
            .enumerate()
            .map(|(at, (rule, warning))| {
                let level = if warning { "warning" } else { "error" };
                format!(r#"{{"id": "r{at}", "rule": "{rule}", "level": "{level}", "message": {{"vi": "x"}}}}"#)
            })
            .collect();
        if order % 2 == 1 {
            listed.reverse();
        }
        let (a, b, c, d, e) = fields;
        let table = r#""rows": {"type": "array", "items": {"type": "object", "properties": {"a": {"type": "integer"},
            "b": {"type": "integer", "x-relevant": "parent.a > 1", "x-calculate": "parent.a * 2"}}}}"#;
        object(
            &format!(r#""flag": {{"type": "boolean"}}, "text": {{"type": "string"}}, {table}, {a}, {b}, {c}, {d}, {e}"#),
            &format!(r#", "x-rules": [{}]"#, listed.join(", ")),
        )
    })
}

fn documents() -> impl Strategy<Value = String> {
    let number =
        prop_oneof![4 => (-2..6_i64).prop_map(|number| number.to_string()), 1 => Just(r#""x""#.to_owned()), 1 => Just("1.5".to_owned())];
    let row = (proptest::option::of(number.clone()), proptest::option::of(number.clone())).prop_map(|(a, b)| {
        let parts: Vec<String> =
            [("a", a), ("b", b)].into_iter().filter_map(|(name, value)| Some(format!(r#""{name}": {}"#, value?))).collect();
        format!("{{{}}}", parts.join(", "))
    });
    let numbers = proptest::collection::vec(proptest::option::of(number), 5);
    let flag = proptest::option::of(prop_oneof![Just("true"), Just("false"), Just("0")]);
    let text = proptest::option::of(prop_oneof![Just(r#""""#), Just(r#""x""#), Just(r#""hồ sơ""#), Just("5")]);
    (numbers, proptest::option::of(proptest::collection::vec(row, 0..4)), flag, text).prop_map(|(numbers, rows, flag, text)| {
        let mut parts: Vec<String> = Vec::new();
        parts.extend(numbers.into_iter().enumerate().filter_map(|(at, number)| Some(format!(r#""n{at}": {}"#, number?))));
        parts.extend(rows.map(|rows| format!(r#""rows": [{}]"#, rows.join(", "))));
        parts.extend(flag.map(|flag| format!(r#""flag": {flag}"#)));
        parts.extend(text.map(|text| format!(r#""text": {text}"#)));
        format!("{{{}}}", parts.join(", "))
    })
}

/// What an issue is, whatever the order.
fn set(report: &Report) -> Vec<(String, String, Option<String>, String)> {
    let mut set: Vec<_> = report
        .issues
        .iter()
        .map(|issue| (issue.path.as_str().to_owned(), issue.code.to_owned(), issue.rule.clone(), issue.message.clone()))
        .collect();
    set.sort();
    set
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_500))]

    #[test]
    fn what_was_completed_is_complete_and_judged_alike(source in schemas(), data in documents()) {
        let schema = compile(&source);
        let document = Document::read(data.as_str()).unwrap();
        let first = report(&schema, &data);
        if let Some(completed) = schema.completed(&document, now()).unwrap() {
            // relevance(prune(d)) = relevance(d)
            prop_assert!(schema.completed(&completed, now()).unwrap().is_none(), "{source} {data}");
            // report(prune(d)) = report(d)
            let text = hoso::json::to_json(&completed.root());
            prop_assert_eq!(&report(&schema, &text), &first, "{} {}", source, text);
        }
        // An expression whose types were checked never meets values that it does not take.
        for issue in &first.issues {
            let reason = issue.params.find("reason");
            prop_assert!(reason != Some(&"evaluation.no-overload".into()) && reason != Some(&"evaluation.unknown".into()), "{source} {data}: {issue:?}");
        }
    }

    #[test]
    fn the_order_of_rules_does_not_matter(source in schemas(), data in documents()) {
        let schema = compile(&source);
        let mut turned: serde_json::Value = serde_json::from_str(&source).unwrap();
        turned["x-rules"].as_array_mut().unwrap().reverse();
        let turned = compile(&turned.to_string());
        prop_assert_eq!(set(&report(&schema, &data)), set(&report(&turned, &data)));
    }
}
