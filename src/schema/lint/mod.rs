//! What a schema that compiles probably does not mean.
//!
//! Every check is there for a schema that somebody wrote in good faith, and stays silent where the author may have meant it: what cries
//! wolf is switched off. Nothing here changes what a schema accepts.

mod bounds;
mod branches;
mod definitions;
mod kinds;
mod oddity;
mod places;
mod rules;
mod texts;
mod values;

pub use oddity::{Finding, Oddity};

use super::Schema;
use super::dialect::{Dialect, Draft};
use super::program::{BlockId, Op, Program};
use super::resource::Resources;
use super::run::{Budget, Run};
use super::vocabulary::{self, Holds};
use crate::json::{Document, Kind, NodeId, Pointer, Value};
use crate::limits;
use crate::order;
use crate::pairs::Sorted;
use crate::text::decimal;

impl Schema {
    /// What the schema probably does not mean, though it compiles: in the order of its text, of a rule schema its canonical text,
    /// [`limits::ISSUES`] at most.
    ///
    /// ```
    /// use hoso::schema::{Options, Schema};
    ///
    /// let schema = Schema::compile(r#"{"minLength": 5, "maxLength": 3}"#, &Options::default()).map_err(|errors| format!("{errors:?}"))?;
    /// let findings = schema.lint();
    /// assert_eq!((findings[0].path.as_str(), findings[0].code()), ("/minLength", "lint.bounds-crossed"));
    /// # Ok::<(), String>(())
    /// ```
    #[must_use]
    pub fn lint(&self) -> Vec<Finding> {
        let source = &self.program.source;
        let documents = documents(source);
        let resources = Resources::index(source, &documents, self.dialect);
        let mut linter = Linter::new(&self.program, resources, self.rule_schema, self.assert_formats || self.rule_schema);
        linter.whole();
        linter.findings()
    }
}

/// Where each document begins on a tape: the schema itself, then the items and members of what was put behind it.
fn documents(source: &Document) -> Vec<NodeId> {
    let mut documents = vec![0];
    let mut at = source.root().size();
    while at < source.len() {
        let set = source.value(u32::try_from(at).unwrap_or(u32::MAX));
        documents.extend(set.children().map(Value::id));
        at += set.size();
    }
    documents
}

/// A subschema, read by its dialect.
#[derive(Clone, Copy)]
struct Subschema<'s> {
    value: Value<'s>,
    dialect: Dialect,
    /// It asks whether something is so, as under `if` and `not`, and requires nothing.
    asks: bool,
}

impl<'s> Subschema<'s> {
    /// A keyword that counts here.
    fn part(&self, keyword: &str) -> Option<Value<'s>> {
        // Draft 7, 8.3: beside `$ref` nothing counts.
        let lonely = self.dialect.draft == Draft::Draft7 && keyword != "$ref" && self.value.member("$ref").is_some();
        vocabulary::keyword(keyword, self.dialect).filter(|_| !lonely).and_then(|_| self.value.member(keyword))
    }

    fn has(&self, keyword: &str) -> bool {
        self.part(keyword).is_some()
    }
}

/// Looks a schema over.
struct Linter<'s> {
    program: &'s Program,
    resources: Resources<'s>,
    rule_schema: bool,
    assert_formats: bool,
    /// By the nodes of their subschemas.
    blocks: Sorted,
    /// Asks subschemas about values that stand in the schema.
    run: Run<'s>,
    steps: usize,
    noted: Vec<(NodeId, Oddity)>,
    /// What may turn out to be used by nothing.
    definitions: Vec<NodeId>,
    /// Formats that nobody checks: how many, and the first.
    formats: Option<(NodeId, usize)>,
    /// The labels, each with whether it has English.
    labels: Vec<(NodeId, bool)>,
}

impl<'s> Linter<'s> {
    fn new(program: &'s Program, resources: Resources<'s>, rule_schema: bool, assert_formats: bool) -> Self {
        let mut blocks = Sorted::default();
        for (block, at) in program.blocks.iter().zip(0..) {
            blocks.push(block.at, at);
        }
        blocks.sort();
        Self {
            program,
            resources,
            rule_schema,
            assert_formats,
            blocks,
            run: Run::new(program, &program.source, Budget::full()),
            steps: limits::LINT_STEPS,
            noted: Vec::new(),
            definitions: Vec::new(),
            formats: None,
            labels: Vec::new(),
        }
    }

    fn whole(&mut self) {
        let root = self.subschema(self.program.source.root(), false);
        let mut waiting = vec![root];
        while let Some(schema) = waiting.pop() {
            self.look(schema);
            let first = waiting.len();
            for (name, value) in schema.value.members() {
                let Some(keyword) = vocabulary::keyword(name, schema.dialect) else { continue };
                let asks = schema.asks || matches!(name, "if" | "not" | "contains" | "propertyNames");
                match keyword.holds {
                    Holds::Nothing => {}
                    Holds::Schemas if matches!(value.kind(), Kind::Object) => waiting.push(self.subschema(value, asks)),
                    Holds::Schemas | Holds::Members => {
                        for inner in value.children() {
                            waiting.push(self.subschema(inner, asks));
                        }
                    }
                }
            }
            // What stands first in the text is looked at first, for there is an end to what is noted.
            if let Some(inside) = waiting.get_mut(first..) {
                inside.reverse();
            }
        }
        definitions::look(self);
        places::look(self);
        rules::look(self);
        texts::whole(self);
    }

    fn look(&mut self, schema: Subschema<'s>) {
        if schema.value.kind() != Kind::Object {
            return;
        }
        bounds::look(self, schema);
        branches::look(self, schema);
        kinds::look(self, schema);
        texts::look(self, schema);
        values::look(self, schema);
        definitions::look_at(self, schema);
        places::look_at(self, schema);
        rules::look_at(self, schema);
    }

    fn subschema(&self, value: Value<'s>, asks: bool) -> Subschema<'s> {
        Subschema { value, dialect: self.resources.dialect(self.resources.of(value.id())), asks }
    }

    fn note(&mut self, at: Value<'_>, oddity: Oddity) {
        self.note_at(at.id(), oddity);
    }

    fn note_at(&mut self, at: NodeId, oddity: Oddity) {
        if self.noted.len() < limits::FAULTS {
            self.noted.push((at, oddity));
        }
    }

    /// Takes steps for comparing things; whether there were enough.
    const fn spend(&mut self, steps: usize) -> bool {
        let left = self.steps.checked_sub(steps);
        if let Some(left) = left {
            self.steps = left;
        }
        left.is_some()
    }

    /// The blocks of a subschema: none where nothing leads to it, several where dynamic references mean different things in it.
    fn blocks_of(&self, schema: Value<'_>) -> Vec<BlockId> {
        let mut blocks = Vec::new();
        self.blocks.find(schema.id(), &mut |block| {
            blocks.push(block);
            false
        });
        blocks
    }

    /// Where the `$ref` of a subschema leads, if it is the only reference there.
    fn referred(&self, schema: Subschema<'s>) -> Option<Value<'s>> {
        if !schema.has("$ref") || schema.has("$dynamicRef") || schema.has("$recursiveRef") {
            return None;
        }
        let block = *self.blocks_of(schema.value).first()?;
        let target = self.program.ops(block).iter().find_map(|op| if let Op::Ref(target) = op { Some(*target) } else { None })?;
        Some(self.program.constant(self.program.block(target)?.at))
    }

    /// Whether a value passes a subschema, in all its meanings; `None` where that is not known.
    fn passes(&mut self, schema: Value<'_>, value: Value<'_>) -> Option<bool> {
        let blocks = self.blocks_of(schema);
        let mut passed = 0;
        for block in &blocks {
            passed += usize::from(self.run.holds(*block, value).ok()?);
        }
        if passed == blocks.len() && passed > 0 {
            return Some(true);
        }
        (passed == 0 && !blocks.is_empty()).then_some(false)
    }

    fn findings(mut self) -> Vec<Finding> {
        order::sort_by_key(&mut self.noted, |(node, _)| *node);
        self.noted.truncate(limits::ISSUES);
        self.noted.reverse();
        let mut findings = Vec::with_capacity(self.noted.len());
        placed(self.program.source.root(), &Pointer::root(), &mut self.noted, &mut findings);
        let mut bytes = 0;
        findings.retain(|finding| {
            bytes += finding.path.as_str().len();
            bytes <= limits::REPORT_BYTES
        });
        findings
    }
}

/// Gives what was noted of a value, and of those inside it, their places. The first stands last, and each value is passed once.
/// Recursion is bounded by [`limits::JSON_DEPTH`].
fn placed(value: Value<'_>, path: &Pointer, noted: &mut Vec<(NodeId, Oddity)>, findings: &mut Vec<Finding>) {
    while let Some((_, oddity)) = noted.pop_if(|(node, _)| *node == value.id()) {
        findings.push(Finding { path: path.clone(), oddity });
    }
    for (index, child) in value.children().enumerate() {
        let Some((next, _)) = noted.last() else { return };
        if (*next as usize) < child.id() as usize + child.size() {
            let is_item = value.kind() == Kind::Array;
            let inside = if is_item { path.child(&decimal(index as u64)) } else { path.child(child.name()) };
            placed(child, &inside, noted, findings);
        }
    }
}

/// Keywords that say something to people and check nothing, and those that only give names and keep definitions.
const SAYS_NOTHING: [&str; 18] = [
    "$id",
    "$schema",
    "$anchor",
    "$comment",
    "$defs",
    "definitions",
    "$vocabulary",
    "title",
    "description",
    "default",
    "deprecated",
    "readOnly",
    "writeOnly",
    "examples",
    "x-label",
    "x-hint",
    "x-message",
    "x-order",
];

/// Whether every value passes, to be seen at once.
fn is_always(schema: Value<'_>) -> bool {
    let is_empty = || schema.kind() == Kind::Object && schema.members().all(|(name, _)| SAYS_NOTHING.contains(&name));
    schema.kind() == Kind::True || is_empty()
}

/// Whether no value passes, to be seen at once: `false`, or `not` with what every value passes.
fn is_never(schema: Value<'_>) -> bool {
    schema.kind() == Kind::False || schema.member("not").is_some_and(is_always)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::Options;

    /// The places and codes of what is found in a schema.
    pub(super) fn found_with(schema: &str, options: &Options<'_>) -> Vec<(String, &'static str)> {
        let schema = Schema::compile(schema, options).unwrap_or_else(|errors| panic!("{schema}: {errors:?}"));
        schema.lint().iter().map(|finding| (finding.path.as_str().to_owned(), finding.code())).collect()
    }

    /// Of a plain schema whose formats are asserted.
    pub(super) fn found(schema: &str) -> Vec<(String, &'static str)> {
        found_with(schema, &Options { assert_formats: true, ..Options::default() })
    }

    /// Of a rule schema.
    pub(super) fn found_in_rules(schema: &str) -> Vec<(String, &'static str)> {
        found_with(schema, &Options { strict: true, ..Options::default() })
    }

    /// Of one code, in each schema exactly one finding at the place given; none at all where there is no place.
    pub(super) fn each(find: fn(&str) -> Vec<(String, &'static str)>, code: &str, cases: &[(&str, Option<&str>)]) {
        for (schema, place) in cases {
            let expected: Vec<_> = place.iter().map(|place| ((*place).to_owned(), code)).collect();
            let found: Vec<_> = find(schema).into_iter().filter(|(_, found)| place.is_none() || *found == code).collect();
            assert_eq!(found, expected, "{schema}");
        }
    }

    #[test]
    fn nothing_is_found_in_the_meta_schemas() {
        for draft in [Draft::Draft7, Draft::Draft201909, Draft::Draft202012] {
            let set = Document::read(draft.documents()).unwrap();
            for schema in set.root().children() {
                let text = crate::json::canonical(schema).unwrap();
                let found = found_with(&text, &Options::default());
                assert!(found.iter().all(|(_, code)| *code == "lint.format-ignored"), "{found:?} {text}");
            }
        }
    }

    #[test]
    fn findings_stand_in_the_order_of_the_text_and_end() {
        let odd = found(r#"{"allOf": [{"minLength": 2, "maxLength": 1}], "then": {}, "minItems": 2, "maxItems": 1}"#);
        let places: Vec<_> = odd.iter().map(|(place, _)| place.as_str()).collect();
        assert_eq!(places, ["/allOf/0/minLength", "/then", "/minItems"]);
        let many = format!("[{}]", ["{\"then\": {}}"; 2_000].join(","));
        assert_eq!(found(&format!("{{\"allOf\": {many}}}")).len(), limits::ISSUES);
    }

    #[test]
    fn a_hostile_schema_ends_soon() {
        let fields = |body: &str| (0..300).map(|at| format!("\"a{at}\": {body}")).collect::<Vec<_>>().join(",");
        let inner = fields("{\"$ref\": \"#\"}");
        found_in_rules(&format!("{{\"properties\": {{{inner}}}, \"allOf\": [{{\"properties\": {{{inner}}}}}]}}"));
        let all =
            (1..40).map(|at| format!("\"d{at}\": {{\"allOf\": [{{\"$ref\": \"#/$defs/d{0}\"}}, {{\"$ref\": \"#/$defs/d{0}\"}}]}}", at - 1));
        let all = all.collect::<Vec<_>>().join(",");
        found_in_rules(&format!("{{\"$defs\": {{\"d0\": {{\"type\": \"string\"}}, {all}}}, \"$ref\": \"#/$defs/d39\"}}"));
        let branches = (0..20_000).map(|at| format!("{{\"const\": {at}}}")).collect::<Vec<_>>().join(",");
        assert_eq!(found(&format!("{{\"oneOf\": [{branches}]}}")), []);
    }
}
