//! What people call a field: its `x-label`, else its `title`, else its name.

use super::findings::{Findings, Step, Token};
use super::program::{BlockId, Op, Program};
use crate::json::Value;
use crate::report::Language;
use crate::text::decimal;

/// The label that a block, or a block it refers to, gives its value.
pub(super) fn of_block(program: &Program, block: BlockId, language: Language) -> Option<&str> {
    const HOPS: usize = 16;
    let mut block = block;
    for _ in 0..HOPS {
        let schema = program.constant(program.block(block)?.at);
        if let Some(label) = of_schema(schema, language) {
            return Some(label);
        }
        block = program.ops(block).iter().find_map(|op| if let Op::Ref(target) = op { Some(*target) } else { None })?;
    }
    None
}

/// The label written in one subschema.
fn of_schema(schema: Value<'_>, language: Language) -> Option<&str> {
    let label = schema.member("x-label");
    let text = |tag| label.and_then(|label| label.member(tag)).and_then(Value::as_str);
    text(language.tag()).or_else(|| text("vi")).or_else(|| schema.member("title").and_then(Value::as_str))
}

/// The label of a place. A row is its own label, else its list's, with its number.
pub(super) fn of_path(program: &Program, findings: &Findings<'_>, path: &[Step<'_>], language: Language) -> String {
    let Some((last, above)) = path.split_last() else {
        return of_block(program, 0, language).unwrap_or(if language == Language::Vi { "Hồ sơ" } else { "Form" }).to_owned();
    };
    let own = blocks_of(findings, last).find_map(|block| of_block(program, block, language));
    match (own, &last.token) {
        (Some(label), Token::Name(_)) => label.to_owned(),
        (Some(label), Token::Index(at)) => label.to_owned() + " " + &decimal(*at as u64 + 1),
        (None, Token::Name(name)) => (*name).to_owned(),
        (None, Token::Index(at)) => {
            let files = above.last().is_some_and(|list| blocks_of(findings, list).any(|block| holds_files(program, block)));
            let word = match (language, files) {
                (Language::Vi, false) => "dòng",
                (Language::Vi, true) => "tệp",
                (Language::En, false) => "row",
                (Language::En, true) => "file",
            };
            of_path(program, findings, above, language) + ", " + word + " " + &decimal(*at as u64 + 1)
        }
    }
}

fn holds_files(program: &Program, block: BlockId) -> bool {
    program.ops(block).iter().any(|op| matches!(op, Op::Attachment(_)))
}

/// The blocks that spoke of the place a step leads to.
pub(super) fn blocks_of<'f>(findings: &'f Findings<'_>, step: &'f Step<'_>) -> impl Iterator<Item = BlockId> + 'f {
    findings.spoken_at(step.parent).filter_map(move |op| match (op, &step.token) {
        (Op::Members(members), Token::Name(name)) => members.entries.get(members.position(name)?)?.block,
        (Op::Items(items), Token::Index(at)) => items.block_of(*at),
        _ => None,
    })
}
