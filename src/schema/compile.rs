//! From a schema's JSON to a program. Subschemas wait on a list, so nothing recurses and every mistake is found in one run.

use super::codes::CodeList;
use super::dialect::{Dialect, Draft};
use super::error::{SchemaError, SchemaProblem};
use super::program::{Block, BlockId, Op, PatternId, Program};
use super::resource::{self, Resources};
use super::rules::{self, Noted, Rules};
use super::scope::{ScopeId, Scopes};
use super::vocabulary::{self, Handling};
use super::{Options, procedure, uri};
use crate::json::{self, Document, Kind, NodeId, Pointer, Value, name_hash};
use crate::limits;
use crate::order;
use crate::pairs::Pairs;
use crate::regex::Regex;
use crate::text::{cut, percent_decoded};

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
pub(super) fn canonical(text: &str, source: Document, options: &Options<'_>) -> Result<Program, Vec<SchemaError>> {
    let document = Document::read(text).map_err(super::unreadable)?;
    compile(document, options).map_err(|errors| compile(source, options).err().unwrap_or(errors))
}

/// Compiles a schema, or lists what is wrong with it in the order of its text: everything, within the bounds of a report.
pub(super) fn compile(source: Document, options: &Options<'_>) -> Result<Program, Vec<SchemaError>> {
    let rule_schema = is_rule_schema(&source, options);
    // A package holds one schema: rules in another document would not be signed with it.
    let (mut source, documents) = resource::joined(source, options.refs.filter(|_| !rule_schema));
    let uses_codes = rule_schema && source.values().any(|value| value.name().starts_with("x-") && !value.name().starts_with("x-l"));
    let code_lists = options.code_lists.filter(|_| uses_codes).map(|lists| source.append(lists));
    let resources = Resources::index(&source, &documents, options.dialect);
    let mut compiler = Compiler {
        source: &source,
        scopes: Scopes::of(&resources),
        resources,
        rule_schema,
        assert_formats: options.assert_formats || rule_schema,
        dialect: Draft::default().into(),
        scope: 0,
        errors: Vec::new(),
        blocks: Vec::new(),
        block_scopes: Vec::new(),
        ops: Vec::new(),
        known: Pairs::default(),
        waiting: Vec::new(),
        code_lists,
        lists: Vec::new(),
        patterns: Vec::new(),
        pattern_texts: Vec::new(),
        known_patterns: Pairs::default(),
        patterns_cost: 0,
        noted: 0,
        noted_expressions: Noted::default(),
        rules: Rules::default(),
        suggestions: limits::SUGGESTIONS,
    };
    compiler.whole(options);
    let Compiler { mut errors, blocks, ops, lists, patterns, rules, .. } = compiler;
    if errors.is_empty() {
        let pages = procedure::pages(source.root());
        return Ok(Program { source, documents, ops, blocks, patterns, lists, pages, rules });
    }
    order::sort_by_key(&mut errors, |(node, _)| *node);
    Err(errors.into_iter().map(|(_, error)| error).collect())
}

/// A rule schema carries `x-procedure`, or the caller says so (design: strictness is for those who ask for it).
pub(super) fn is_rule_schema(source: &Document, options: &Options<'_>) -> bool {
    options.strict || source.root().member("x-procedure").is_some()
}

/// Compiles one subschema after another.
pub(super) struct Compiler<'s> {
    pub(super) source: &'s Document,
    resources: Resources<'s>,
    scopes: Scopes<'s>,
    rule_schema: bool,
    assert_formats: bool,
    /// Of the subschema that is compiled now.
    dialect: Dialect,
    scope: ScopeId,
    errors: Vec<(NodeId, SchemaError)>,
    blocks: Vec<Block>,
    block_scopes: Vec<ScopeId>,
    ops: Vec<Op>,
    /// Blocks by scopes and nodes.
    known: Pairs,
    waiting: Vec<BlockId>,
    /// The object of all code lists.
    code_lists: Option<NodeId>,
    /// Those that are used.
    lists: Vec<CodeList>,
    patterns: Vec<Regex>,
    pattern_texts: Vec<Box<str>>,
    /// Patterns by the hashes and lengths of their texts.
    known_patterns: Pairs,
    patterns_cost: u64,
    /// Bytes of the places of the errors.
    noted: usize,
    /// Keywords that hold expressions.
    pub(super) noted_expressions: Noted,
    rules: Rules,
    /// Names that may still be compared with mistyped ones.
    pub(super) suggestions: usize,
}

impl<'s> Compiler<'s> {
    fn whole(&mut self, options: &Options<'_>) {
        for (node, problem) in std::mem::take(&mut self.resources.mistakes) {
            self.mistake(self.source.value(node), problem);
        }
        let draft = self.resources.dialect(0).draft;
        if self.rule_schema && draft != Draft::Draft202012 {
            let named = self.source.root().member("$schema").unwrap_or(self.source.root());
            self.mistake(named, SchemaProblem::Dialect { dialect: named.as_str().unwrap_or_default().to_owned() });
        }
        if self.resources.dynamic.len() > limits::DYNAMIC_NAMES {
            return self.mistake(self.source.root(), SchemaProblem::TooManyScopes);
        }
        self.block_of(self.source.root());
        self.all_that_wait();
        if self.rule_schema {
            self.whole_rule_schema();
        }
        self.loops();
        self.rules = rules::compile(self, options.keep_types);
    }

    fn all_that_wait(&mut self) {
        while let Some(id) = self.waiting.pop() {
            self.block(id);
        }
    }

    /// Whether `format` is a check here, not only an annotation.
    pub(super) const fn asserts_formats(&self) -> bool {
        self.assert_formats || self.dialect.asserts_formats()
    }

    /// The draft that the subschema is written in.
    pub(super) const fn draft(&self) -> Draft {
        self.dialect.draft
    }

    pub(super) const fn is_rule_schema(&self) -> bool {
        self.rule_schema
    }

    /// A keyword of a subschema, if it is there and its dialect knows it.
    pub(super) fn part(&self, schema: Value<'s>, keyword: &str) -> Option<Value<'s>> {
        vocabulary::keyword(keyword, self.dialect).and_then(|_| schema.member(keyword))
    }

    /// The block of a subschema, compiled later if it is new.
    pub(super) fn block_of(&mut self, schema: Value<'s>) -> BlockId {
        let next = u32::try_from(self.blocks.len()).unwrap_or(u32::MAX);
        let resource = self.resources.of(schema.id());
        let scope = self.scopes.entered(self.scope, resource);
        if let Some(known) = self.known.get((scope, schema.id())) {
            return known;
        }
        if self.blocks.len() > self.source.len() + limits::SCOPED_BLOCKS {
            self.mistake(schema, SchemaProblem::TooManyScopes);
            return 0;
        }
        self.known.insert((scope, schema.id()), next);
        self.blocks.push(Block { start: 0, end: 0, at: schema.id() });
        self.block_scopes.push(scope);
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
        let value = self.part(schema, keyword)?;
        read(value).map_err(|problem| self.mistake(value, problem)).ok()
    }

    /// The block that a reference leads to (JSON Schema Core 2020-12, 8.2.3). With `dynamic`, where the name it ends in is one that
    /// resources give their own meaning to, the outermost resource on the way to this subschema decides.
    pub(super) fn reference(&mut self, at: Value<'s>, dynamic: bool) -> Result<BlockId, SchemaProblem> {
        const EXPECTED: SchemaProblem =
            SchemaProblem::takes("một tham chiếu, ví dụ \"#/$defs/address\"", "a reference, for example \"#/$defs/address\"");
        let reference = at.as_str().ok_or(EXPECTED)?;
        let missing = |suggestion| SchemaProblem::ReferenceMissing { reference: reference.to_owned(), suggestion };
        let (address, fragment) = cut(reference, b'#').unwrap_or((reference, ""));
        let here = self.resources.of(at.id());
        let there = match address {
            "" => here,
            _ => {
                let base = self.resources.get(here).map_or("", |resource| &resource.uri);
                let other = || SchemaProblem::ReferenceUnsupported { reference: reference.to_owned() };
                self.resources.at(&uri::resolve(base, address)).ok_or_else(other)?
            }
        };
        let fragment = percent_decoded(fragment).ok_or_else(|| missing(None))?;
        let root = self.source.value(self.resources.get(there).map_or(0, |resource| resource.root));
        let mut target = root;
        if let Some(pointer) = Pointer::parse(&fragment).filter(|_| !dynamic || !fragment.is_empty()) {
            target = match self.resources.find(root, &pointer) {
                Some(target) => target,
                None => return Err(missing(self.resembling(root, &pointer).map(|path| [address, "#", &path].concat()))),
            };
        } else if let Some((node, is_dynamic)) = self.resources.named(there, &fragment) {
            let outermost = if dynamic && is_dynamic { self.scopes.meaning(self.scope, &fragment) } else { None };
            target = self.source.value(outermost.unwrap_or(node));
        } else if !fragment.is_empty() {
            return Err(missing(None));
        }
        Ok(self.block_of(target))
    }

    /// The subschema that a reference leads to.
    pub(super) fn target(&mut self, reference: Value<'s>) -> Option<Value<'s>> {
        let block = self.reference(reference, false).ok()?;
        self.blocks.get(block as usize).map(|block| self.source.value(block.at))
    }

    /// The subschema of a block.
    pub(super) fn block_source(&self, block: BlockId) -> Value<'s> {
        self.source.value(self.blocks.get(block as usize).map_or(0, |block| block.at))
    }

    /// The path to what there is that a path to nothing resembles: one token of it is mistyped.
    fn resembling(&mut self, root: Value<'_>, pointer: &Pointer) -> Option<String> {
        let mut value = root;
        for (at, token) in pointer.tokens().enumerate() {
            if let Some(next) = Pointer::root().child(&token).find(value) {
                value = next;
                continue;
            }
            let near = procedure::member_like(value, &token, &mut self.suggestions)?;
            let path = procedure::with_token(pointer, at, near);
            return Pointer::parse(&path)?.find(root).map(|_| path);
        }
        None
    }

    /// A code list, read once however often it is named. What is wrong with it is noted then.
    pub(super) fn code_list(&mut self, name: &str) -> Result<u32, SchemaProblem> {
        let place = |at| u32::try_from(at).unwrap_or(u32::MAX);
        if let Some(at) = self.lists.iter().position(|list| list.name(self.source) == name) {
            return Ok(place(at));
        }
        let lists = self.source.value(self.code_lists.unwrap_or(NodeId::MAX));
        if lists.len() > limits::CODE_LISTS {
            return Err(SchemaProblem::takes("ít danh sách mã hơn", "fewer code lists"));
        }
        let Some(list) = lists.member(name) else {
            let suggestion = procedure::member_like(lists, name, &mut self.suggestions).map(str::to_owned);
            return Err(SchemaProblem::NoCodeList { list: name.to_owned(), suggestion });
        };
        let mut errors = Vec::new();
        self.lists.push(CodeList::read(self.source, list, &mut errors));
        for (value, mut error) in errors {
            name.clone_into(&mut error.document);
            self.error(value, error);
        }
        Ok(place(self.lists.len() - 1))
    }

    /// A pattern, compiled once however often it stands in the schema.
    pub(super) fn pattern(&mut self, text: &str) -> Result<PatternId, SchemaProblem> {
        let key = (name_hash(text), u32::try_from(text.len()).unwrap_or(u32::MAX));
        let known = self.known_patterns.get(key);
        if let Some((id, _)) = known.and_then(|id| Some((id, self.pattern_texts.get(id as usize).filter(|known| ***known == *text)?))) {
            return Ok(id);
        }
        if self.patterns_cost > limits::PATTERNS_COST {
            return Err(SchemaProblem::TooManyPatterns);
        }
        let pattern = Regex::new(text).map_err(SchemaProblem::Pattern)?;
        self.patterns_cost += pattern.cost();
        let id = u32::try_from(self.patterns.len()).unwrap_or(u32::MAX);
        self.known_patterns.insert(key, id);
        self.patterns.push(pattern);
        self.pattern_texts.push(text.into());
        Ok(id)
    }

    /// Notes a mistake at the value that makes it.
    pub(super) fn mistake(&mut self, value: Value<'_>, problem: SchemaProblem) {
        if self.has_room() {
            let document = resource::document_of(self.source, self.resources.documents, value.id());
            let mut error = SchemaError::new(value.pointer_within(document), problem);
            document.name().clone_into(&mut error.document);
            self.error(value, error);
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
        self.scope = self.block_scopes.get(id as usize).copied().unwrap_or_default();
        self.dialect = self.resources.dialect(self.resources.of(schema.id()));
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
        // Draft 7, 8.3: beside `$ref` nothing counts.
        let lonely = schema.member("$ref").filter(|_| self.draft() == Draft::Draft7);
        for (name, value) in schema.members().filter(|(name, _)| lonely.is_none() || *name == "$ref") {
            let compiled = match vocabulary::keyword(name, self.dialect).map(|keyword| &keyword.handling) {
                Some(Handling::Compile(compile)) => compile(self, value, builder),
                Some(Handling::Together | Handling::Annotation) => Ok(()),
                Some(Handling::RootOnly) if schema.id() == self.source.root().id() => Ok(()),
                Some(Handling::RootOnly) => Err(SchemaProblem::UnsupportedKeyword { keyword: name.to_owned() }),
                None if self.rule_schema && self.has_room() => Err(vocabulary::unknown(name)),
                None => Ok(()),
            };
            if let Err(problem) = compiled {
                self.mistake(value, problem);
            }
        }
        if lonely.is_none() {
            vocabulary::compile_together(self, schema, builder);
        }
    }

    /// What only a rule schema promises: exact numbers, compiled definitions, a procedure and pages that fit.
    fn whole_rule_schema(&mut self) {
        if let Err(error) = json::canonical(self.source.root()) {
            let number = error.path.find(self.source.root()).unwrap_or(self.source.root());
            self.mistake(number, SchemaProblem::NumberNotExact);
        }
        let definitions = self.source.root().member("$defs").filter(|defs| defs.kind() == Kind::Object);
        for (_, definition) in definitions.into_iter().flat_map(Value::members) {
            self.block_of(definition);
        }
        self.all_that_wait();
        for (value, error) in procedure::check(self.source.root(), &mut self.suggestions) {
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
        let mut looping = Vec::new();
        order::walk(&edges, &mut |_| {}, &mut |_, target| looping.push(target));
        for target in looping {
            if let Some(node) = self.blocks.get(target as usize).map(|block| block.at) {
                self.mistake(self.source.value(node), SchemaProblem::ReferenceLoop);
            }
        }
    }
}
