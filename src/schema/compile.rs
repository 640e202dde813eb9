//! From a schema's JSON to a program. Subschemas wait on a list, so nothing recurses and every mistake is found in one run.

use super::error::{SchemaError, SchemaProblem};
use super::program::{Block, BlockId, Op, Program};
use super::vocabulary::{self, Handling};
use super::{Options, procedure};
use crate::json::{self, Document, Kind, NodeId, Pointer, Value};
use crate::limits;
use crate::order;
use crate::pairs::Pairs;

/// What compiling one keyword gives: its place is added by the compiler.
pub(super) type Compiled = Result<(), SchemaProblem>;

/// The instructions of one subschema while it is compiled.
#[derive(Default)]
pub(super) struct BlockBuilder {
    ops: Vec<Op>,
}

impl BlockBuilder {
    pub(super) fn push(&mut self, op: Op) {
        self.ops.push(op);
    }
}

/// Compiles a rule schema from its canonical form, which is what a package holds: what runs must not depend on which of the two
/// it was read from. What is wrong is told as it stands in the source.
pub(super) fn canonical(text: &str, source: Document, options: &Options) -> Result<Program, Vec<SchemaError>> {
    let document = Document::read(text).map_err(super::unreadable)?;
    compile(document, options).map_err(|errors| compile(source, options).err().unwrap_or(errors))
}

/// Compiles a schema, or lists what is wrong with it in the order of its text: everything, within the bounds of a report.
pub(super) fn compile(source: Document, options: &Options) -> Result<Program, Vec<SchemaError>> {
    let rule_schema = is_rule_schema(&source, options);
    let mut compiler = Compiler {
        source: &source,
        rule_schema,
        assert_formats: options.assert_formats || rule_schema,
        errors: Vec::new(),
        blocks: Vec::new(),
        ops: Vec::new(),
        known: Pairs::default(),
        waiting: Vec::new(),
        noted: 0,
    };
    compiler.block_of(source.root());
    while let Some(id) = compiler.waiting.pop() {
        compiler.block(id);
    }
    if rule_schema {
        compiler.whole_rule_schema();
    }
    compiler.loops();
    let Compiler { mut errors, blocks, ops, .. } = compiler;
    if errors.is_empty() {
        let pages = procedure::pages(source.root());
        return Ok(Program { source, ops, blocks, pages });
    }
    order::sort_by_key(&mut errors, |(node, _)| *node);
    Err(errors.into_iter().map(|(_, error)| error).collect())
}

/// A rule schema carries `x-procedure`, or the caller says so (design: strictness is for those who ask for it).
pub(super) fn is_rule_schema(source: &Document, options: &Options) -> bool {
    options.strict || source.root().member("x-procedure").is_some()
}

/// Compiles one subschema after another.
pub(super) struct Compiler<'s> {
    source: &'s Document,
    rule_schema: bool,
    assert_formats: bool,
    errors: Vec<(NodeId, SchemaError)>,
    blocks: Vec<Block>,
    ops: Vec<Op>,
    /// Blocks by nodes, the first number of each pair 0.
    known: Pairs,
    waiting: Vec<BlockId>,
    /// Bytes of the places of the errors.
    noted: usize,
}

impl<'s> Compiler<'s> {
    /// Whether `format` is a check here, not only an annotation.
    pub(super) const fn asserts_formats(&self) -> bool {
        self.assert_formats
    }

    /// The block of a subschema, compiled later if it is new.
    pub(super) fn block_of(&mut self, schema: Value<'s>) -> BlockId {
        let next = u32::try_from(self.blocks.len()).unwrap_or(u32::MAX);
        if let Some(known) = self.known.get((0, schema.id())) {
            return known;
        }
        self.known.insert((0, schema.id()), next);
        self.blocks.push(Block { start: 0, end: 0, at: schema.id() });
        self.waiting.push(next);
        next
    }

    /// The blocks of a keyword that takes a list of subschemas.
    pub(super) fn list(&mut self, list: Value<'s>) -> Vec<BlockId> {
        if list.kind() != Kind::Array {
            self.mistake(list, SchemaProblem::takes("một danh sách bộ quy tắc", "a list of schemas"));
            return Vec::new();
        }
        let mut blocks = Vec::with_capacity(list.len());
        for item in list.items() {
            blocks.push(self.block_of(item));
        }
        blocks
    }

    /// A keyword that takes an object, if it is there.
    pub(super) fn object(&mut self, schema: Value<'s>, keyword: &'static str) -> Option<Value<'s>> {
        self.optional(schema, keyword, |value| {
            if value.kind() == Kind::Object {
                Ok(value)
            } else {
                Err(SchemaProblem::takes("một đối tượng chứa các bộ quy tắc", "an object of schemas"))
            }
        })
    }

    /// The value of a keyword that may be absent; a mistake is noted at its place.
    pub(super) fn optional<T>(
        &mut self,
        schema: Value<'s>,
        keyword: &str,
        read: impl FnOnce(Value<'s>) -> Result<T, SchemaProblem>,
    ) -> Option<T> {
        let value = schema.member(keyword)?;
        read(value).map_err(|problem| self.mistake(value, problem)).ok()
    }

    /// The block that a `$ref` names (JSON Schema Core 2020-12, 8.2.3.1): a JSON pointer into this document.
    pub(super) fn reference(&mut self, reference: &str) -> Result<BlockId, SchemaProblem> {
        let unsupported = || SchemaProblem::ReferenceUnsupported { reference: reference.to_owned() };
        let own_id = self.source.root().member("$id").and_then(Value::as_str).unwrap_or_default();
        let own = own_id.split_once('#').map_or(own_id, |(base, _)| base);
        let (base, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        if !base.is_empty() && base != own {
            return Err(unsupported());
        }
        let pointer = percent_decoded(fragment).as_deref().and_then(Pointer::parse).ok_or_else(unsupported)?;
        let target = pointer.find(self.source.root());
        let target = target.ok_or_else(|| SchemaProblem::ReferenceMissing { reference: reference.to_owned() })?;
        Ok(self.block_of(target))
    }

    /// Notes a mistake at the value that makes it.
    pub(super) fn mistake(&mut self, value: Value<'_>, problem: SchemaProblem) {
        if self.has_room() {
            self.error(value, SchemaError::new(value.pointer(), problem));
        }
    }

    /// Whether another mistake would be noted.
    fn has_room(&self) -> bool {
        self.errors.len() < limits::ISSUES && self.noted < limits::REPORT_BYTES
    }

    /// Notes an error. `value` orders it among the others.
    fn error(&mut self, value: Value<'_>, error: SchemaError) {
        if self.has_room() {
            self.noted += error.path.as_str().len();
            self.errors.push((value.id(), error));
        }
    }

    fn block(&mut self, id: BlockId) {
        let mut builder = BlockBuilder::default();
        let schema = self.source.value(self.blocks.get(id as usize).map_or(0, |block| block.at));
        match schema.kind() {
            Kind::True => {}
            Kind::False => builder.push(Op::Never),
            Kind::Object => self.keywords(schema, &mut builder),
            _ => self.mistake(schema, SchemaProblem::NotASchema),
        }
        order::sort_by_key(&mut builder.ops, Op::cost);
        let start = u32::try_from(self.ops.len()).unwrap_or(u32::MAX);
        self.ops.append(&mut builder.ops);
        let end = u32::try_from(self.ops.len()).unwrap_or(u32::MAX);
        if let Some(block) = self.blocks.get_mut(id as usize) {
            (block.start, block.end) = (start, end);
        }
    }

    fn keywords(&mut self, schema: Value<'s>, builder: &mut BlockBuilder) {
        for (name, value) in schema.members() {
            let compiled = match vocabulary::handling(name) {
                Some(Handling::Compile(compile)) => compile(self, value, builder),
                Some(Handling::Together | Handling::Annotation) => Ok(()),
                Some(Handling::RootOnly) if schema.id() == self.source.root().id() => Ok(()),
                Some(Handling::Unsupported | Handling::RootOnly) => Err(SchemaProblem::UnsupportedKeyword { keyword: name.to_owned() }),
                None if self.rule_schema && self.has_room() => {
                    let suggestion = crate::text::nearest(name, &mut vocabulary::names());
                    Err(SchemaProblem::UnknownKeyword { keyword: name.to_owned(), suggestion })
                }
                None => Ok(()),
            };
            if let Err(problem) = compiled {
                self.mistake(value, problem);
            }
        }
        vocabulary::compile_together(self, schema, builder);
    }

    /// What only a rule schema promises: exact numbers, compiled definitions, a procedure and pages that fit.
    fn whole_rule_schema(&mut self) {
        if let Err(error) = json::canonical(self.source.root()) {
            self.error(self.source.root(), SchemaError::new(error.path, SchemaProblem::NumberNotExact));
        }
        let definitions = self.source.root().member("$defs").filter(|defs| defs.kind() == Kind::Object);
        for (_, definition) in definitions.into_iter().flat_map(Value::members) {
            self.block_of(definition);
        }
        while let Some(id) = self.waiting.pop() {
            self.block(id);
        }
        for (value, error) in procedure::check(self.source.root()) {
            self.error(value, error);
        }
    }

    /// Refuses references that come back to a subschema at the same value: they would never end.
    fn loops(&mut self) {
        let mut edges: Vec<Vec<BlockId>> = Vec::with_capacity(self.blocks.len());
        for block in &self.blocks {
            let mut targets = Vec::new();
            let ops = self.ops.get(block.start as usize..block.end as usize).unwrap_or_default();
            ops.iter().for_each(|op| op.in_place(&mut targets));
            edges.push(targets);
        }
        let mut done = vec![false; edges.len()];
        let mut on_path = vec![false; edges.len()];
        let mut looping = Vec::new();
        for start in 0..edges.len() {
            let mut stack = vec![(start, 0)];
            while let Some((at, next)) = stack.pop() {
                if next == 0 && std::mem::replace(done.get_mut(at).unwrap_or(&mut true), true) {
                    continue;
                }
                set(&mut on_path, at, true);
                let Some(target) = edges.get(at).and_then(|edges| edges.get(next)).map(|target| *target as usize) else {
                    set(&mut on_path, at, false);
                    continue;
                };
                stack.push((at, next + 1));
                if on_path.get(target) == Some(&true) {
                    looping.push(target);
                } else {
                    stack.push((target, 0));
                }
            }
        }
        for target in looping {
            if let Some(node) = self.blocks.get(target).map(|block| block.at) {
                self.mistake(self.source.value(node), SchemaProblem::ReferenceLoop);
            }
        }
    }
}

fn set(flags: &mut [bool], at: usize, value: bool) {
    if let Some(flag) = flags.get_mut(at) {
        *flag = value;
    }
}

/// RFC 3986 2.1: `%25` is `%`. `None` when an escape is broken or the result is no UTF-8.
fn percent_decoded(text: &str) -> Option<String> {
    let mut out = Vec::with_capacity(text.len());
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        if byte != b'%' {
            out.push(byte);
            continue;
        }
        let mut digit = || char::from(bytes.next()?).to_digit(16);
        let (high, low) = (digit()?, digit()?);
        out.push(u8::try_from(high * 16 + low).ok()?);
    }
    String::from_utf8(out).ok()
}
