//! From faults to issues: labels, sentences, the order of the form, one issue for one mistake.

use super::fault::Fault;
use super::findings::{Draft, Findings, Step, Token};
use super::labels;
use super::program::{BlockId, KindSet, Op, Program};
use crate::json::{NodeId, Pointer, Value};
use crate::limits;
use crate::order;
use crate::report::{Facts, Issue, Language, Level, Report, catalogue, fill, render};
use crate::text::{decimal, joined, nearest};
use std::cmp::Ordering;

/// A draft with its place in the order of the form.
pub(super) struct Placed<'a> {
    order: Vec<usize>,
    /// Among what is said of one place: keywords before rules, as they stand in the schema.
    rank: u64,
    pub(super) draft: Draft<'a>,
}

/// Writes what was found into a report.
pub(super) fn write(program: &Program, mut findings: Findings<'_>, language: Language, report: &mut Report) {
    let ordered = ordered(program, &mut findings);
    let mut told = told(&ordered);
    report.truncated = findings.cut || told.len() > limits::ISSUES;
    if told.len() > limits::ISSUES {
        // What blocks is never cut in favour of what does not.
        order::sort_by_key(&mut told, |placed| placed.draft.fault.level() != Level::Error);
        told.truncate(limits::ISSUES);
        order::sort_by(&mut told, |left, right| in_form_order(left, right));
    }
    let mut bytes = 0;
    for placed in told {
        let issue = issue(program, &findings, &placed.draft, language);
        bytes += issue.path.as_str().len() + issue.schema_path.as_str().len() + issue.message.len();
        report.issues.push(issue);
        if bytes > limits::REPORT_BYTES {
            report.truncated = true;
            break;
        }
    }
}

/// What was found, in the order of the form.
pub(super) fn ordered<'a>(program: &Program, findings: &mut Findings<'a>) -> Vec<Placed<'a>> {
    let mut ordered = Vec::new();
    for draft in std::mem::take(&mut findings.drafts) {
        ordered.push(Placed { order: order(program, findings, &draft.path), rank: rank(program, &draft), draft });
    }
    order::sort_by(&mut ordered, in_form_order);
    ordered
}

/// Names that the schema does not declare have no place in the form's order: they stand by name, not as they were typed.
fn in_form_order(left: &Placed<'_>, right: &Placed<'_>) -> Ordering {
    let (here, there) = (&left.draft, &right.draft);
    let places = left.order.cmp(&right.order).then_with(|| pointer(&here.path).cmp(&pointer(&there.path)));
    places.then_with(|| (left.rank, here.keyword, here.fault.code()).cmp(&(right.rank, there.keyword, there.fault.code())))
}

fn rank(program: &Program, draft: &Draft<'_>) -> u64 {
    let by_rule = matches!(draft.keyword, "x-rules" | "x-required" | "x-relevant" | "x-calculate") || draft.fault == Fault::NotOffered;
    let at = draft.fault.rule().or_else(|| Some(program.block(draft.block)?.at)).unwrap_or_default();
    u64::from(by_rule) << 32 | u64::from(at)
}

/// One mistake, one issue: a code is told once at a place, and of a value of the wrong kind nothing more is said, whichever
/// subschema says it.
fn told<'o, 'a>(ordered: &'o [Placed<'a>]) -> Vec<&'o Placed<'a>> {
    let mut told: Vec<&Placed<'_>> = Vec::new();
    for here in ordered.chunk_by(|left, right| place(&left.draft) == place(&right.draft)) {
        let first = told.len();
        let wrong = here.iter().any(|placed| is_wrong_kind(&placed.draft));
        for one in here.iter().filter(|placed| !wrong || is_wrong_kind(&placed.draft)) {
            let fault = &one.draft.fault;
            let is_told = |known: &&Placed<'_>| known.draft.fault.code() == fault.code() && known.draft.fault.rule() == fault.rule();
            if !told.iter().skip(first).any(is_told) {
                told.push(one);
            }
        }
    }
    told
}

const fn is_wrong_kind(draft: &Draft<'_>) -> bool {
    matches!(draft.fault, Fault::WrongKind(_))
}

/// What tells a place from all others. In the form's order all that is said of a place stands together.
fn place<'a>(draft: &Draft<'a>) -> Option<(NodeId, Token<'a>)> {
    draft.path.last().map(|step| (step.parent, step.token))
}

pub(super) fn issue(program: &Program, findings: &Findings<'_>, draft: &Draft<'_>, language: Language) -> Issue {
    let mistyped;
    let draft = match draft.fault {
        Fault::UnknownMember { .. } => {
            let fault = Fault::UnknownMember { suggestion: suggestion(program, draft) };
            mistyped = Draft { path: draft.path.clone(), fault, ..*draft };
            &mistyped
        }
        _ => draft,
    };
    let params = draft.fault.facts(program);
    let label = labels::of_path(program, findings, &draft.path, language);
    let rule = draft.fault.rule().map(|node| program.constant(node));
    let own = match (&draft.fault, rule) {
        (Fault::Rule { .. }, Some(rule)) => in_language(rule.part("message"), language),
        _ => own_sentence(program, findings, draft, language),
    };
    let message = match (&draft.fault, own) {
        (Fault::Rule { message: Some(message), .. }, _) => String::from(&**message),
        (_, Some(template)) => fill(template, &params, &label, language),
        (_, None) => render(
            catalogue::FORM,
            draft.fault.code(),
            variant(program, findings, draft),
            &worded(&draft.fault, &params, language),
            &label,
            language,
        ),
    };
    let schema_path = program
        .block(draft.block)
        .map(|block| {
            let mut place = program.constant(block.at).pointer_within(program.document_of(block.at));
            // The schema `false` holds no keyword.
            if draft.keyword != "false" {
                place.push(draft.keyword);
            }
            if let Some(rule) = draft.fault.rule() {
                place = program.constant(rule).pointer_within(program.document_of(rule));
            }
            place
        })
        .unwrap_or_default();
    let text_of = |part| rule.and_then(|rule| rule.member(part)).and_then(Value::as_str).map(str::to_owned);
    Issue {
        path: pointer(&draft.path),
        code: draft.fault.code(),
        keyword: draft.keyword,
        schema_path,
        rule: text_of("id"),
        level: draft.fault.level(),
        params,
        message,
        legal_basis: text_of("legalBasis"),
    }
}

/// The declared name that an unknown one resembles.
fn suggestion(program: &Program, draft: &Draft<'_>) -> Option<Box<str>> {
    let Token::Name(name) = draft.path.last()?.token else { return None };
    let members = program.ops(draft.block).iter().find_map(|op| if let Op::Members(members) = op { Some(members) } else { None })?;
    if members.entries.len() > limits::FIELDS_COMPARED {
        return None;
    }
    let mut names = members.entries.iter().filter(|entry| entry.block.is_some()).map(|entry| &*entry.name.text);
    nearest(name, &mut names).map(Box::from)
}

/// The sentence that `x-message` gives: at the field's own subschema, else at the keyword's.
fn own_sentence<'p>(program: &'p Program, findings: &Findings<'_>, draft: &Draft<'_>, language: Language) -> Option<&'p str> {
    let field = draft.path.last().into_iter().flat_map(|step| labels::blocks_of(findings, step));
    let keyword = match draft.keyword {
        "minContains" | "maxContains" => ["contains", draft.keyword],
        other => [other; 2],
    };
    let sentence = |block: BlockId, keyword: &str| {
        in_language(program.constant(program.block(block)?.at).member("x-message")?.member(keyword)?, language)
    };
    field.chain([draft.block]).find_map(|block| sentence(block, keyword[1]).or_else(|| sentence(block, keyword[0])))
}

/// The sentence in a language; in Vietnamese where it has no other.
fn in_language<'p>(sentences: Value<'p>, language: Language) -> Option<&'p str> {
    sentences.member(language.tag()).or_else(|| sentences.member("vi")).and_then(Value::as_str)
}

/// Which of a code's sentences fits: what a missing field asks of a person depends on its control.
fn variant(program: &Program, findings: &Findings<'_>, draft: &Draft<'_>) -> Option<&'static str> {
    if draft.fault != Fault::Missing {
        return draft.fault.variant();
    }
    let blocks = draft.path.last().into_iter().flat_map(|step| labels::blocks_of(findings, step));
    blocks.flat_map(|block| reachable(program, block)).find_map(|op| match op {
        Op::Attachment(_) => Some("file"),
        Op::Lookup => Some("lookup"),
        Op::Choice(_) | Op::Const(_) | Op::Options(_) => Some("choice"),
        Op::Items(_) | Op::Contains(_) => Some("list"),
        Op::Members(_) => Some("group"),
        Op::Kinds(kinds) if *kinds == KindSet::BOOLEAN => Some("choice"),
        _ => None,
    })
}

/// The instructions of a block and of the blocks it refers to.
pub(super) fn reachable(program: &Program, block: BlockId) -> Vec<&Op> {
    const HOPS: usize = 16;
    let mut ops: Vec<&Op> = program.ops(block).iter().collect();
    for at in 0..HOPS {
        let Some(Op::Ref(target)) = ops.get(at) else { continue };
        ops.extend(program.ops(*target));
    }
    ops
}

/// The facts as they are read aloud: types by everyday names.
fn worded(fault: &Fault, facts: &Facts, language: Language) -> Facts {
    let Fault::WrongKind(kinds) = fault else { return facts.clone() };
    let mut words = kinds.names().map(|name| match (language, name) {
        (Language::Vi, "null") => "để trống",
        (Language::Vi, "boolean") => "có hoặc không",
        (Language::Vi, "object") => "một nhóm thông tin",
        (Language::Vi, "array") => "một danh sách",
        (Language::Vi, "number") => "một số",
        (Language::Vi, "integer") => "một số nguyên",
        (Language::Vi, _) => "chữ",
        (Language::En, "null") => "nothing",
        (Language::En, "boolean") => "yes or no",
        (Language::En, "object") => "a group of fields",
        (Language::En, "array") => "a list",
        (Language::En, "number") => "a number",
        (Language::En, "integer") => "a whole number",
        (Language::En, _) => "text",
    });
    let or = if language == Language::Vi { " hoặc " } else { " or " };
    Facts::none().with("expected", joined(&mut words, or))
}

/// A place's position in the order of the form: its page, then its object's order, rows as they stand.
fn order(program: &Program, findings: &Findings<'_>, path: &[Step<'_>]) -> Vec<usize> {
    // A whole group that is missing stands where the first of its fields stands: either may be inside the other.
    let along = |(token, step): (&String, &Step<'_>)| matches!(step.token, Token::Name(name) if name == token);
    let page = program.pages.iter().position(|field| field.iter().zip(path).all(along));
    let first = if path.is_empty() { 0 } else { page.map_or(usize::MAX, |at| at + 1) };
    std::iter::once(first).chain(path.iter().map(|step| position(findings, step))).collect()
}

fn position(findings: &Findings<'_>, step: &Step<'_>) -> usize {
    let name = match &step.token {
        Token::Index(at) => return *at,
        Token::Name(name) => name,
    };
    let mut before = 0;
    for op in findings.spoken_at(step.parent) {
        if let Op::Members(members) = op {
            if let Some(at) = members.position(name) {
                return before + at;
            }
            before += members.entries.len();
        }
    }
    before
}

pub(super) fn pointer(path: &[Step<'_>]) -> Pointer {
    let mut place = Pointer::root();
    for step in path {
        match &step.token {
            Token::Name(name) => place.push(name),
            Token::Index(at) => place.push(&decimal(*at as u64)),
        }
    }
    place
}

#[cfg(test)]
mod tests {
    use crate::json::Document;
    use crate::report::Language;
    use crate::schema::{Options, Schema};
    use crate::text::Moment;

    #[test]
    fn what_a_missing_field_asks_for_depends_on_its_control() {
        for (field, vi, en) in [
            (r#"{"type": "string"}"#, "Nhập chủ hộ", "Enter the head"),
            (r#"{"enum": ["x", "y"]}"#, "Chọn chủ hộ", "Choose the head"),
            (r#"{"type": "boolean"}"#, "Chọn chủ hộ", "Choose the head"),
            (r#"{"type": "array", "items": {}}"#, "Thêm ít nhất một dòng vào mục “Chủ hộ”", "Add at least one row to “Head”"),
            (r#"{"type": "object", "properties": {"name": {}}}"#, "Điền phần “Chủ hộ”", "Fill in “Head”"),
            (r##"{"$ref": "#/$defs/group"}"##, "Điền phần “Chủ hộ”", "Fill in “Head”"),
            (r#"{"x-attachment": {"mediaTypes": ["image/png"], "maxBytes": 9, "maxFiles": 1}}"#, "Đính kèm chủ hộ", "Attach the head"),
        ] {
            let field = field.replacen('{', r#"{"x-label": {"vi": "Chủ hộ", "en": "Head"}, "#, 1);
            let group = r#""$defs": {"group": {"properties": {"name": {}}}}"#;
            let schema =
                Schema::compile(format!(r#"{{"properties": {{"a": {field}}}, "required": ["a"], {group}}}"#), &Options::default()).unwrap();
            let now = Moment::parse("2026-11-24T09:00:00+07:00").unwrap();
            let empty = Document::read("{}").unwrap();
            for (language, sentence) in [(Language::Vi, vi), (Language::En, en)] {
                let report = schema.validate(&empty, now, language).unwrap();
                assert_eq!(report.issues[0].message, sentence, "{field}");
            }
        }
    }
}
