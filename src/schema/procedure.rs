//! `x-procedure` and `x-pages`: which procedure a rule schema is for, and the pages of its form.

use super::Schema;
use super::error::{SchemaError, SchemaProblem};
use super::fault::Fault;
use super::vocabulary::languages;
use crate::json::{Kind, NodeId, Pointer, Value};
use crate::report::Language;
use crate::text::{Date, decimal};

/// The procedure a rule schema is for.
#[derive(Clone, Copy, Debug)]
pub struct Procedure<'s> {
    value: Value<'s>,
}

impl<'s> Procedure<'s> {
    /// The procedure of a schema, if it is a rule schema that carries one.
    pub(super) fn of(schema: Value<'s>) -> Option<Self> {
        schema.member("x-procedure").map(|value| Self { value })
    }

    /// The code of the National Public Service Portal, for example `1.001612`.
    #[must_use]
    pub fn code(self) -> &'s str {
        self.text("code")
    }

    /// The version of the rule schema.
    #[must_use]
    pub fn version(self) -> &'s str {
        self.text("version")
    }

    /// The name in a language; the Vietnamese one where there is no other.
    #[must_use]
    pub fn title(self, language: Language) -> &'s str {
        let title = self.value.member("title");
        let text = |tag| title.and_then(|title| title.member(tag)).and_then(Value::as_str);
        text(language.tag()).or_else(|| text("vi")).unwrap_or_default()
    }

    /// The evidence the procedure wants: `session`, `citizen-signature` or `organisation-signature`.
    #[must_use]
    pub fn evidence(self) -> &'s str {
        self.text("evidence")
    }

    /// What is to be said of a day, counted from 1970-01-01, on which the rules are not in force.
    pub(super) fn lapsed(self, day: i64) -> Option<Fault> {
        let (day, ended) = out_of_force(self.value, FROM, TO, day)?;
        Some(Fault::NotInForce { code: "procedure.not-in-force", day, ended })
    }

    fn text(self, name: &str) -> &'s str {
        self.value.member(name).and_then(Value::as_str).unwrap_or_default()
    }
}

const FROM: &str = "effectiveFrom";
const TO: &str = "effectiveTo";

/// The day, of the two that members of a value give, before or after which a day lies, and whether after. Both days are held themselves.
pub(super) fn out_of_force(value: Value<'_>, from: &str, to: &str, today: i64) -> Option<(NodeId, bool)> {
    for (name, ended) in [(from, false), (to, true)] {
        let day = value.part(name);
        let Some(days) = day.as_str().and_then(Date::parse).map(Date::days) else { continue };
        if if ended { days < today } else { today < days } {
            return Some((day.id(), ended));
        }
    }
    None
}

/// The version of a procedure's rules that is in force on a day, such as that of the dossier's reception: of several the one that came into force last.
///
/// ```
/// use hoso::{schema::{Options, Schema, in_force}, text::Date};
///
/// let version = |days: &str| {
///     let parts = r#""code": "1.001612", "title": {"vi": "Đăng ký"}, "authority": {"vi": "Ủy ban"}, "legalBasis": ["1/2026"], "evidence": "session""#;
///     Schema::compile(format!(r#"{{"x-procedure": {{{parts}, {days}}}}}"#), &Options::default())
/// };
/// let old = version(r#""version": "1", "effectiveFrom": "2025-07-01", "effectiveTo": "2026-06-30""#).map_err(|errors| format!("{errors:?}"))?;
/// let new = version(r#""version": "2", "effectiveFrom": "2026-07-01""#).map_err(|errors| format!("{errors:?}"))?;
/// let versions = [old, new];
/// let on = |day| in_force(&versions, Date::parse(day)?)?.procedure().map(|procedure| procedure.version());
/// assert_eq!([on("2025-06-30"), on("2026-06-30"), on("2026-07-01")], [None, Some("1"), Some("2")]);
/// # Ok::<(), String>(())
/// ```
#[must_use]
pub fn in_force(schemas: &[Schema], day: Date) -> Option<&Schema> {
    let mut chosen: Option<(&str, &Schema)> = None;
    for schema in schemas {
        let Some(procedure) = schema.procedure().filter(|procedure| procedure.lapsed(day.days()).is_none()) else { continue };
        let from = procedure.text(FROM);
        if chosen.is_none_or(|(latest, _)| latest < from) {
            chosen = Some((from, schema));
        }
    }
    chosen.map(|(_, schema)| schema)
}

/// The fields of all pages, in order.
pub(super) fn pages(root: Value<'_>) -> Vec<Vec<String>> {
    let mut paths = Vec::new();
    for page in items(root.member("x-pages")) {
        for field in items(page.member("fields")) {
            if let Some(path) = field.as_str().and_then(Pointer::parse) {
                paths.push(path.tokens().collect());
            }
        }
    }
    paths
}

/// The items of a list that may be absent.
fn items<'s>(list: Option<Value<'s>>) -> impl Iterator<Item = Value<'s>> {
    list.into_iter().flat_map(Value::items)
}

/// Everything wrong with `x-procedure` and `x-pages`, each with the value it stands at. `suggestions` is how many names may still be
/// compared with mistyped ones.
pub(super) fn check<'s>(root: Value<'s>, suggestions: &mut usize) -> Vec<(Value<'s>, SchemaError)> {
    let mut errors = Vec::new();
    if let Some(procedure) = root.member("x-procedure") {
        check_parts(procedure, &Pointer::root().child("x-procedure"), &PARTS, &mut errors);
    }
    if let Some(pages) = root.member("x-pages") {
        check_pages(root, pages, suggestions, &mut errors);
    }
    errors
}

pub(super) type Errors<'s> = Vec<(Value<'s>, SchemaError)>;

/// Each part that must be there is, each is what it takes, and there is no other.
pub(super) fn check_parts<'s>(whole: Value<'s>, place: &Pointer, parts: &[(&'static str, Takes)], errors: &mut Errors<'s>) {
    let mut error = |at: Value<'s>, name: &str, problem| errors.push((at, SchemaError::new(place.child(name), problem)));
    for (part, takes) in parts {
        match whole.member(part) {
            None if takes.optional() => {}
            None => error(whole, part, SchemaProblem::PartMissing { part }),
            Some(value) => {
                if let Err(problem) = takes.check(value) {
                    error(value, part, problem);
                }
            }
        }
    }
    for (name, value) in whole.members() {
        if !parts.iter().any(|(part, _)| *part == name) {
            let suggestion = crate::text::nearest(name, &mut parts.iter().map(|(part, _)| *part));
            error(value, name, SchemaProblem::UnknownKeyword { keyword: name.to_owned(), suggestion });
        }
    }
}

/// What a part of `x-procedure`, of a page or of a code list takes.
pub(super) enum Takes {
    Code,
    Text,
    TextIfAny,
    Languages,
    LegalBasis,
    Date,
    DateIfAny,
    DayIfAny,
    Evidence,
    Fields,
    List,
}

const PARTS: [(&str, Takes); 8] = [
    ("code", Takes::Code),
    ("version", Takes::Text),
    ("title", Takes::Languages),
    ("authority", Takes::Languages),
    ("legalBasis", Takes::LegalBasis),
    (FROM, Takes::Date),
    (TO, Takes::DateIfAny),
    ("evidence", Takes::Evidence),
];

const PAGE_PARTS: [(&str, Takes); 3] = [("id", Takes::Text), ("title", Takes::Languages), ("fields", Takes::Fields)];

impl Takes {
    const fn optional(&self) -> bool {
        matches!(self, Self::DateIfAny | Self::DayIfAny | Self::TextIfAny)
    }

    fn check(&self, value: Value<'_>) -> Result<(), SchemaProblem> {
        let expected = |fits, vi, en| if fits { Ok(()) } else { Err(SchemaProblem::takes(vi, en)) };
        let text = value.as_str();
        match self {
            Self::Code => expected(text.is_some_and(is_code), "mã thủ tục, ví dụ 1.001612", "a procedure code, for example 1.001612"),
            Self::Text | Self::TextIfAny => expected(text.is_some_and(|text| !text.is_empty()), "một đoạn chữ", "a text"),
            Self::Languages => languages(value),
            Self::LegalBasis => {
                expected(value.kind() == Kind::Array && !value.is_empty(), "một danh sách văn bản pháp luật", "a list of legal documents")
            }
            Self::Date | Self::DateIfAny => {
                expected(text.and_then(Date::parse).is_some(), "một ngày, ví dụ 2026-11-24", "a date, for example 2026-11-24")
            }
            Self::DayIfAny => expected(matches!(text, Some("holiday" | "workday")), "holiday hoặc workday", "holiday or workday"),
            Self::Evidence => expected(
                text.is_some_and(|text| ["session", "citizen-signature", "organisation-signature"].contains(&text)),
                "session, citizen-signature hoặc organisation-signature",
                "session, citizen-signature or organisation-signature",
            ),
            Self::Fields => expected(
                value.kind() == Kind::Array,
                "một danh sách trường, ví dụ [\"/owner/name\"]",
                "a list of fields, for example [\"/owner/name\"]",
            ),
            Self::List => expected(value.kind() == Kind::Array, "một danh sách", "a list"),
        }
    }
}

/// The form of codes on the National Public Service Portal: a digit from 1, a point, six digits.
fn is_code(text: &str) -> bool {
    matches!(text.as_bytes(), [b'1'..=b'9', b'.', digits @ ..] if digits.len() == 6 && digits.iter().all(u8::is_ascii_digit))
}

fn check_pages<'s>(root: Value<'s>, pages: Value<'s>, suggestions: &mut usize, errors: &mut Errors<'s>) {
    let place = Pointer::root().child("x-pages");
    if pages.kind() != Kind::Array {
        errors.push((pages, SchemaError::new(place, SchemaProblem::takes("một danh sách trang", "a list of pages"))));
        return;
    }
    for (at, page) in pages.items().enumerate() {
        let place = place.child(&decimal(at as u64));
        check_parts(page, &place, &PAGE_PARTS, errors);
        for (at, field) in items(page.member("fields")).enumerate() {
            if let Err(problem) = check_field(root, field, suggestions) {
                errors.push((field, SchemaError::new(place.child("fields").child(&decimal(at as u64)), problem)));
            }
        }
    }
}

/// A page's field is a pointer through `properties`, references followed.
fn check_field(root: Value<'_>, field: Value<'_>, suggestions: &mut usize) -> Result<(), SchemaProblem> {
    let text = field.as_str().unwrap_or_default();
    let pointer = Pointer::parse(text)
        .ok_or(SchemaProblem::takes("con trỏ đến một trường, ví dụ /owner/name", "a pointer to a field, for example /owner/name"))?;
    let mut schema = root;
    for (at, token) in pointer.tokens().enumerate() {
        let properties = resolved(root, schema).and_then(|schema| schema.member("properties"));
        schema = match properties.and_then(|properties| properties.member(&token)) {
            Some(property) => property,
            None => {
                let suggestion = properties.and_then(|properties| member_like(properties, &token, suggestions));
                let suggestion = suggestion.map(|name| with_token(&pointer, at, name));
                return Err(SchemaProblem::UnknownField { field: text.to_owned(), suggestion });
            }
        };
    }
    Ok(())
}

/// The name of a member that a mistyped one resembles; none once looking has cost too much.
pub(super) fn member_like<'s>(object: Value<'s>, name: &str, suggestions: &mut usize) -> Option<&'s str> {
    *suggestions = suggestions.checked_sub(object.len())?;
    crate::text::nearest(name, &mut object.members().map(|(name, _)| name))
}

/// A pointer with another token at a place.
pub(super) fn with_token(pointer: &Pointer, place: usize, name: &str) -> String {
    let tokens = pointer.tokens().enumerate();
    let path = tokens.fold(Pointer::root(), |path, (at, token)| path.child(if at == place { name } else { &token }));
    path.as_str().to_owned()
}

/// The subschema behind a chain of local references.
fn resolved<'s>(root: Value<'s>, schema: Value<'s>) -> Option<Value<'s>> {
    const HOPS: usize = 16;
    let mut schema = schema;
    for _ in 0..HOPS {
        let Some(reference) = schema.member("$ref").and_then(Value::as_str) else { return Some(schema) };
        schema = Pointer::parse(reference.strip_prefix('#')?)?.find(root)?;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::Options;
    use super::*;
    use crate::json::Document;
    use crate::report::Level;
    use crate::text::Moment;

    #[test]
    fn rules_that_are_not_in_force_warn() {
        let schema = Schema::compile(
            r#"{"x-procedure": {"code": "1.001612", "version": "1", "title": {"vi": "T"}, "authority": {"vi": "U"}, "legalBasis": ["L"],
                "effectiveFrom": "2025-07-01", "effectiveTo": "2026-06-30", "evidence": "session"}}"#,
            &Options::default(),
        )
        .unwrap();
        for (now, sentence) in [
            ("2025-06-30T23:59:59+07:00", Some("Use the form in force now, or file from 01/07/2025, when this one begins to hold")),
            ("2025-07-01T00:00:00+07:00", None),
            ("2026-06-30T23:59:59+07:00", None),
            ("2026-06-30T17:00:00Z", Some("Get the new form before you file: this one held until 30/06/2026")),
        ] {
            let report = schema.validate(&Document::read("{}").unwrap(), Moment::parse(now).unwrap(), Language::En).unwrap();
            assert!(report.valid);
            assert_eq!(report.issues.first().map(|issue| &*issue.message), sentence, "{now}");
            for issue in report.issues {
                assert_eq!((issue.code, issue.level, issue.path.as_str()), ("procedure.not-in-force", Level::Warning, ""));
                assert_eq!(issue.schema_path.as_str(), "/x-procedure");
            }
        }
    }
}
