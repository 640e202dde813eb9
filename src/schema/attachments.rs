//! The fields that hold attachments, and those that hold what databases answered: every value that such a keyword may speak of, whichever branches hold.

use super::explain::REMEMBERING;
use super::program::{BlockId, Op, Program};
use super::run::{Budget, Held};
use crate::json::{Document, Value};
use crate::order;
use crate::pairs::Pairs;

/// Every value that a block with an instruction of a kind could be run on, in document order.
pub(super) fn fields<'d>(program: &Program, data: &'d Document, is_it: fn(&Op) -> bool) -> Held<Vec<Value<'d>>> {
    let leads = leading_there(program, is_it);
    let mut budget = Budget::full();
    let mut found = Vec::new();
    let mut seen = Pairs::default();
    let mut waiting = vec![(0, data.root())];
    while let Some((block, value)) = waiting.pop() {
        budget.spend(1)?;
        if leads.get(block as usize) != Some(&true) || !seen.insert((block, value.id()), 0) {
            continue;
        }
        budget.spend(REMEMBERING)?;
        for op in program.ops(block) {
            if is_it(op) {
                found.push(value);
            }
            let mut blocks = Vec::new();
            op.in_place(&mut blocks);
            waiting.extend(blocks.into_iter().map(|inner| (inner, value)));
            waiting.extend(inside(op, value));
        }
    }
    order::sort_by_key(&mut found, |value| value.id());
    found.dedup_by_key(|value| value.id());
    Ok(found)
}

/// The values inside a value that an instruction runs blocks on.
fn inside<'d>(op: &Op, value: Value<'d>) -> Vec<(BlockId, Value<'d>)> {
    match op {
        Op::Members(members) => {
            let block = |member: Value<'_>| members.position(member.name()).and_then(|at| members.entries.get(at)?.block);
            let mut all = Vec::new();
            for member in value.fields() {
                all.extend(block(member).or(members.additional).map(|block| (block, member)));
                all.extend(members.patterns.iter().map(|(_, block)| (*block, member)));
            }
            all
        }
        Op::Items(items) => value.items().enumerate().filter_map(|(at, item)| Some((items.block_of(at)?, item))).collect(),
        Op::Contains(contains) => value.items().map(|item| (contains.block, item)).collect(),
        _ => Vec::new(),
    }
}

/// For each block, whether such an instruction can be reached from it: few schemas have any, and none in every block.
fn leading_there(program: &Program, is_it: fn(&Op) -> bool) -> Vec<bool> {
    let mut leads = vec![false; program.blocks.len()];
    let mut above: Vec<Vec<BlockId>> = vec![Vec::new(); program.blocks.len()];
    let mut waiting = Vec::new();
    for block in (0..).take(program.blocks.len()) {
        for op in program.ops(block) {
            if is_it(op) {
                waiting.push(block);
            }
            let mut inside = Vec::new();
            op.in_place(&mut inside);
            below(op, &mut inside);
            for inner in inside {
                above.get_mut(inner as usize).into_iter().for_each(|above| above.push(block));
            }
        }
    }
    while let Some(block) = waiting.pop() {
        let known = leads.get_mut(block as usize).is_none_or(|known| std::mem::replace(known, true));
        if !known {
            waiting.extend(above.get(block as usize).into_iter().flatten());
        }
    }
    leads
}

/// Adds the blocks an instruction runs on values inside.
fn below(op: &Op, blocks: &mut Vec<BlockId>) {
    match op {
        Op::Members(members) => {
            members.entries.iter().for_each(|entry| blocks.extend(entry.block));
            blocks.extend(members.additional);
            blocks.extend(members.patterns.iter().map(|(_, block)| *block));
        }
        Op::Items(items) => {
            blocks.extend_from_slice(&items.prefix);
            blocks.extend(items.rest);
        }
        Op::Contains(contains) => blocks.push(contains.block),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use crate::json::Document;
    use crate::schema::{LimitError, Options, Schema};

    fn found(schema: &str, data: &str) -> Result<Vec<String>, LimitError> {
        let schema = Schema::compile(schema, &Options::default()).unwrap();
        let data = Document::read(data).unwrap();
        let found = schema.attachment_fields(&data);
        found.map(|fields| fields.into_iter().map(|field| field.pointer().to_string()).collect())
    }

    #[test]
    fn fields_are_found_wherever_the_schema_puts_them() {
        let rule = r#"{"x-attachment": {"mediaTypes": ["application/pdf"], "maxBytes": 9}}"#;
        for (schema, data, expected) in [
            (format!(r#"{{"properties": {{"a": {rule}, "b": {{}}}}}}"#), r#"{"b": [], "a": []}"#, vec!["/a"]),
            (
                format!(r#"{{"properties": {{"b": {{}}}}, "additionalProperties": {rule}}}"#),
                r#"{"b": [], "x": [], "y": []}"#,
                vec!["/x", "/y"],
            ),
            (format!(r#"{{"prefixItems": [true], "items": {rule}}}"#), "[0, 1, 2]", vec!["/1", "/2"]),
            (format!(r#"{{"contains": {rule}}}"#), "[[]]", vec!["/0"]),
            (format!(r#"{{"if": false, "then": {{"properties": {{"a": {rule}}}}}}}"#), r#"{"a": []}"#, vec!["/a"]),
            (
                format!(r##"{{"properties": {{"a": {rule}, "more": {{"$ref": "#"}}}}}}"##),
                r#"{"more": {"a": 1}, "a": 2}"#,
                vec!["/more/a", "/a"],
            ),
            (format!(r#"{{"properties": {{"a": {rule}}}}}"#), r#"[{"a": []}]"#, vec![]),
        ] {
            assert_eq!(found(&schema, data), Ok(expected.into_iter().map(str::to_owned).collect()), "{schema} {data}");
        }
    }

    #[test]
    fn what_leads_to_no_attachment_costs_nothing_and_the_rest_spends_steps() {
        let branches = |inner: &str| format!(r#"{{"items": {{"anyOf": [{}]}}}}"#, vec![inner; 200].join(","));
        let data = format!("[{}]", vec!["0"; 100_000].join(","));
        assert_eq!(found(&branches(r#"{"minLength": 1}"#), &data), Ok(Vec::new()));
        assert_eq!(found(&branches(r#"{"x-attachment": {"mediaTypes": ["a/b"], "maxBytes": 9}}"#), &data), Err(LimitError::Steps));
    }
}
