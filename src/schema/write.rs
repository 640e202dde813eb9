//! From faults to issues: labels, sentences, the order of the form, one issue for one mistake.

use super::explain::{Draft, Findings, Step, Token};
use super::fault::Fault;
use super::labels;
use super::program::{BlockId, Op, Program};
use crate::json::{NodeId, Pointer, Value};
use crate::limits;
use crate::order;
use crate::report::{Facts, Issue, Language, Level, Report, fill, render};
use std::cmp::Ordering;
use std::collections::HashSet;

/// Writes what was found into a report.
pub(super) fn write(program: &Program, mut findings: Findings<'_>, language: Language, report: &mut Report) {
    let drafts = std::mem::take(&mut findings.drafts);
    let mut ordered: Vec<(Vec<usize>, Draft<'_>)> =
        drafts.into_iter().map(|draft| (order(program, &findings, &draft.path), draft)).collect();
    order::sort_by(&mut ordered, in_form_order);
    let wrong_kind = |(_, draft): &&(_, Draft<'_>)| matches!(draft.fault, Fault::WrongKind(_));
    let wrong: HashSet<_> = ordered.iter().filter(wrong_kind).map(|(_, draft)| place(draft)).collect();
    // Of a value of the wrong kind nothing more is said, whichever subschema says it.
    ordered.retain(|(_, draft)| matches!(draft.fault, Fault::WrongKind(_)) || !wrong.contains(&place(draft)));
    let mut seen = HashSet::new();
    ordered.retain(|(_, draft)| seen.insert((place(draft), draft.fault.code())));
    report.truncated = findings.cut || ordered.len() > limits::ISSUES;
    if ordered.len() > limits::ISSUES {
        // What blocks is never cut in favour of what does not.
        order::sort_by_key(&mut ordered, |(_, draft)| draft.fault.level() != Level::Error);
        ordered.truncate(limits::ISSUES);
        order::sort_by(&mut ordered, in_form_order);
    }
    let mut bytes = 0;
    for (_, draft) in ordered {
        let issue = issue(program, &findings, &draft, language);
        bytes += issue.path.as_str().len() + issue.schema_path.as_str().len() + issue.message.len();
        report.issues.push(issue);
        if bytes > limits::REPORT_BYTES {
            report.truncated = true;
            break;
        }
    }
}

/// Names that the schema does not declare have no place in the form's order: they stand by name, not as they were typed.
fn in_form_order((left, here): &(Vec<usize>, Draft<'_>), (right, there): &(Vec<usize>, Draft<'_>)) -> Ordering {
    left.cmp(right).then_with(|| pointer(&here.path).cmp(&pointer(&there.path)))
}

/// What tells a place from all others.
fn place<'a>(draft: &Draft<'a>) -> Option<(NodeId, Token<'a>)> {
    draft.path.last().map(|step| (step.parent, step.token))
}

fn issue(program: &Program, findings: &Findings<'_>, draft: &Draft<'_>, language: Language) -> Issue {
    let params = draft.fault.facts(program);
    let label = labels::of_path(program, findings, &draft.path, language);
    let own = own_sentence(program, findings, draft, language);
    let message = match own {
        Some(template) => fill(template, &params, &label, language),
        None => render(draft.fault.code(), variant(program, findings, draft), &worded(&draft.fault, &params, language), &label, language),
    };
    let schema_path = program.block(draft.block).map(|block| program.constant(block.at).pointer().child(draft.keyword)).unwrap_or_default();
    Issue {
        path: pointer(&draft.path),
        code: draft.fault.code(),
        keyword: draft.keyword,
        schema_path,
        rule: None,
        level: draft.fault.level(),
        params,
        message,
        legal_basis: None,
    }
}

/// The sentence that `x-message` gives: at the field's own subschema, else at the keyword's.
fn own_sentence<'p>(program: &'p Program, findings: &Findings<'_>, draft: &Draft<'_>, language: Language) -> Option<&'p str> {
    let field = draft.path.last().into_iter().flat_map(|step| labels::blocks_of(findings, step));
    let keyword = match draft.keyword {
        "minContains" | "maxContains" => ["contains", draft.keyword],
        other => [other; 2],
    };
    let sentence = |block: BlockId, keyword: &str| {
        let sentences = program.constant(program.block(block)?.at).member("x-message")?.member(keyword)?;
        sentences.member(language.tag()).or_else(|| sentences.member("vi")).and_then(Value::as_str)
    };
    field.chain([draft.block]).find_map(|block| sentence(block, keyword[1]).or_else(|| sentence(block, keyword[0])))
}

/// Which of a code's sentences fits: what a missing field asks of a person depends on its control.
fn variant(program: &Program, findings: &Findings<'_>, draft: &Draft<'_>) -> Option<&'static str> {
    if draft.fault != Fault::Missing {
        return draft.fault.variant();
    }
    let blocks = draft.path.last().into_iter().flat_map(|step| labels::blocks_of(findings, step));
    blocks.flat_map(|block| reachable(program, block)).find_map(|op| match op {
        Op::Attachment(_) => Some("file"),
        Op::Choice(_) | Op::Const(_) => Some("choice"),
        Op::Items(_) | Op::Contains(_) => Some("list"),
        Op::Kinds(kinds) if kinds.names() == ["boolean"] => Some("choice"),
        _ => None,
    })
}

/// The instructions of a block and of the blocks it refers to.
fn reachable(program: &Program, block: BlockId) -> Vec<&Op> {
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
    let words = kinds.names().into_iter().map(|name| match (language, name) {
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
    Facts::none().with("expected", words.collect::<Vec<_>>().join(or))
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

fn pointer(path: &[Step<'_>]) -> Pointer {
    path.iter().fold(Pointer::root(), |place, step| match &step.token {
        Token::Name(name) => place.child(name),
        Token::Index(at) => place.child(&at.to_string()),
    })
}
