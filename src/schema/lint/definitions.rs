//! Definitions that nothing in use refers to: JSON Schema Core 2020-12, 8.2.4.

use super::{Linter, Oddity, Subschema};
use crate::json::{NodeId, Value};
use crate::order;
use crate::schema::program::{BlockId, Op, Program};

/// Remembers the definitions of a subschema for [`look`].
pub(super) fn look_at<'s>(linter: &mut Linter<'s>, schema: Subschema<'s>) {
    for keyword in ["$defs", "definitions"] {
        // Beside `$ref` in draft 7 definitions do not count as a keyword, but references lead there.
        let Some(definitions) = schema.value.member(keyword) else { continue };
        for (_, definition) in definitions.members() {
            if may_be_unused(linter, definition) {
                linter.definitions.push(definition.id());
            }
        }
    }
}

/// A name may be used by a document that is not here, or be there to be replaced. No other document refers to a rule schema.
fn may_be_unused(linter: &Linter<'_>, definition: Value<'_>) -> bool {
    let is_named = ["$id", "$anchor", "$recursiveAnchor"].iter().any(|name| definition.member(name).is_some());
    definition.member("$dynamicAnchor").is_none() && (linter.rule_schema || !is_named)
}

/// Notes those that nothing which is run stands in. A plain schema that uses none of its definitions is a library: others refer to them.
pub(super) fn look(linter: &mut Linter<'_>) {
    let (used, program) = (used(linter.program), linter.program);
    let end = |node: NodeId| node + u32::try_from(program.constant(node).size()).unwrap_or(u32::MAX);
    let is_used = |node: NodeId| used.get(used.partition_point(|used| *used < node)).is_some_and(|next| *next < end(node));
    let mut definitions = std::mem::take(&mut linter.definitions);
    order::sort_by(&mut definitions, Ord::cmp);
    if !linter.rule_schema && !definitions.iter().any(|node| is_used(*node)) {
        return;
    }
    // Of definitions inside an unused one nothing more is said.
    let mut unused_until = 0;
    for node in definitions {
        if node >= unused_until && !is_used(node) {
            unused_until = end(node);
            linter.note_at(node, Oddity::DefinitionUnused);
        }
    }
}

/// The subschemas that the root leads to, by their nodes.
fn used(program: &Program) -> Vec<NodeId> {
    let mut seen = vec![false; program.blocks.len()];
    let mut waiting: Vec<BlockId> = vec![0];
    let mut nodes = Vec::new();
    while let Some(block) = waiting.pop() {
        if seen.get_mut(block as usize).is_none_or(|seen| std::mem::replace(seen, true)) {
            continue;
        }
        nodes.extend(program.block(block).map(|block| block.at));
        for op in program.ops(block) {
            op.in_place(&mut waiting);
            inside(op, &mut waiting);
        }
    }
    order::sort_by(&mut nodes, Ord::cmp);
    nodes
}

/// The blocks that an instruction runs on members, items or names.
fn inside(op: &Op, blocks: &mut Vec<BlockId>) {
    match op {
        Op::Members(members) => {
            blocks.extend(members.entries.iter().filter_map(|entry| entry.block));
            blocks.extend(members.patterns.iter().map(|(_, block)| *block));
            blocks.extend(members.additional);
        }
        Op::Items(items) => {
            blocks.extend_from_slice(&items.prefix);
            blocks.extend(items.rest);
        }
        Op::Contains(contains) => blocks.push(contains.block),
        Op::PropertyNames(block) | Op::Unevaluated(_, block) => blocks.push(*block),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{each, found, found_in_rules};

    #[test]
    fn definitions_that_nothing_refers_to_are_found() {
        each(
            found,
            "lint.definition-unused",
            &[
                (r##"{"$defs": {"a": {"minLength": 1}, "b": {}}, "$ref": "#/$defs/a"}"##, Some("/$defs/b")),
                (r##"{"$defs": {"a": {"minLength": 1}}, "$ref": "#/$defs/a"}"##, None),
                (r##"{"$defs": {"a": {"$ref": "#/$defs/b"}, "b": {}}, "$ref": "#/$defs/a"}"##, None),
                // Something inside is used.
                (r##"{"$defs": {"group": {"$defs": {"a": {"minLength": 1}}}}, "$ref": "#/$defs/group/$defs/a"}"##, None),
                (
                    r##"{"$defs": {"group": {"$defs": {"a": {"minLength": 1}}}, "b": {}}, "items": {"$ref": "#/$defs/b"}}"##,
                    Some("/$defs/group"),
                ),
                // It refers to itself alone.
                (
                    r##"{"$defs": {"b": {}, "tree": {"items": {"$ref": "#/$defs/tree"}}}, "items": {"$ref": "#/$defs/b"}}"##,
                    Some("/$defs/tree"),
                ),
                (r##"{"$defs": {"tree": {"items": {"$ref": "#/$defs/tree"}}}, "items": {"$ref": "#/$defs/tree"}}"##, None),
                (r##"{"definitions": {"a": {}}, "items": {"$ref": "#/definitions/a"}}"##, None),
                (r##"{"$defs": {"a": {}}, "contains": {"$ref": "#/$defs/a"}}"##, None),
                (r##"{"$defs": {"a": {}}, "propertyNames": {"$ref": "#/$defs/a"}}"##, None),
                (r##"{"$defs": {"a": {}}, "patternProperties": {"^x$": {"$ref": "#/$defs/a"}}}"##, None),
                (r##"{"$defs": {"a": {}}, "dependentSchemas": {"x": {"$ref": "#/$defs/a"}}}"##, None),
                (r##"{"$defs": {"a": {}}, "unevaluatedProperties": {"$ref": "#/$defs/a"}}"##, None),
                // Other documents may refer to these.
                (r#"{"$defs": {"a": {"minLength": 1}}}"#, None),
                (r#"{"$defs": {"a": {"minLength": 1}}, "title": "A library", "type": "object"}"#, None),
                (r##"{"$defs": {"a": {"$anchor": "a"}, "b": {}}, "items": {"$ref": "#/$defs/b"}}"##, None),
                (r##"{"$defs": {"a": {"$dynamicAnchor": "a"}, "b": {}}, "items": {"$ref": "#/$defs/b"}}"##, None),
            ],
        );
        let rules = r#"{"$defs": {"a": {"minLength": 1, "$anchor": "a"}}, "title": "a", "type": "string"}"#;
        each(found_in_rules, "lint.definition-unused", &[(rules, Some("/$defs/a"))]);
    }
}
