//! The compiled schema: one flat list of instructions, and the blocks that cut it into subschemas.

use super::codes::CodeList;
use super::formats::Format;
use super::rules::Rules;
use crate::json::{Document, Kind, NodeId, Value, name_hash};
use crate::pairs::Texts;
use crate::regex::Regex;

/// The place of a block in [`Program::blocks`].
pub(super) type BlockId = u32;

/// The place of a pattern in [`Program::patterns`].
pub(super) type PatternId = u32;

/// A schema ready to run.
pub(super) struct Program {
    /// The schema itself: constants, labels and messages are read from it.
    pub(super) source: Document,
    /// Where each document begins on that tape: the schema, then what its references lead to.
    pub(super) documents: Vec<NodeId>,
    pub(super) ops: Vec<Op>,
    pub(super) blocks: Vec<Block>,
    pub(super) patterns: Vec<Regex>,
    /// The code lists it uses.
    pub(super) lists: Vec<CodeList>,
    /// The fields of the pages in order, by the names that lead to them: the order of the form comes first from them.
    pub(super) pages: Vec<Vec<String>>,
    /// The expressions.
    pub(super) rules: Rules,
}

/// One subschema: its instructions, cheapest first.
pub(super) struct Block {
    pub(super) start: u32,
    pub(super) end: u32,
    /// The subschema in [`Program::source`].
    pub(super) at: NodeId,
}

/// One instruction. An instruction that does not concern a value's kind lets it pass.
#[derive(Debug)]
pub(super) enum Op {
    /// The schema `false`.
    Never,
    Kinds(KindSet),
    Const(NodeId),
    /// One of several constants, by `enum` or by a `oneOf`/`anyOf` of nothing but `const`.
    Choice(Box<Choice>),
    Bound(Bound, NodeId),
    MultipleOf(NodeId),
    MinLength(u64),
    MaxLength(u64),
    Pattern(PatternId),
    Format(Format),
    MinItems(u64),
    MaxItems(u64),
    UniqueItems,
    Items(Box<Items>),
    Contains(Box<Contains>),
    MinProperties(u64),
    MaxProperties(u64),
    Members(Box<Members>),
    PropertyNames(BlockId),
    DependentRequired(Vec<(Name, Vec<Name>)>),
    DependentSchemas(Vec<(Name, BlockId)>),
    Attachment(Box<super::keywords::attachment::Rule>),
    /// A code of a list, by its place in [`Program::lists`].
    Options(u32),
    /// What a database answered.
    Lookup,
    Ref(BlockId),
    AllOf(Vec<BlockId>),
    AnyOf(Vec<BlockId>),
    OneOf(Vec<BlockId>),
    Not(BlockId),
    If(Box<Condition>),
    /// `unevaluatedItems` or `unevaluatedProperties`: of arrays or of objects.
    Unevaluated(Kind, BlockId),
}

/// A choice among constants.
#[derive(Debug)]
pub(super) struct Choice {
    pub(super) keyword: &'static str,
    pub(super) values: Vec<NodeId>,
    /// The strings among them.
    pub(super) texts: Texts,
}

impl Choice {
    pub(super) fn new(keyword: &'static str, source: &Document, values: Vec<NodeId>) -> Self {
        let mut texts = Texts::default();
        for id in &values {
            if let Some(text) = source.value(*id).string_bytes() {
                texts.push(text, *id);
            }
        }
        texts.sort();
        Self { keyword, values, texts }
    }
}

/// Which side a number is bounded on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bound {
    Minimum,
    ExclusiveMinimum,
    Maximum,
    ExclusiveMaximum,
}

/// `prefixItems` and `items`.
#[derive(Debug)]
pub(super) struct Items {
    pub(super) prefix: Vec<BlockId>,
    pub(super) rest: Option<BlockId>,
}

/// `contains` with its counts.
#[derive(Debug)]
pub(super) struct Contains {
    pub(super) block: BlockId,
    pub(super) least: u64,
    pub(super) most: Option<u64>,
    /// Whether what it finds counts as evaluated: since 2020-12.
    pub(super) evaluates: bool,
}

/// `if`, `then`, `else`.
#[derive(Debug)]
pub(super) struct Condition {
    pub(super) test: BlockId,
    pub(super) then: Option<BlockId>,
    pub(super) otherwise: Option<BlockId>,
}

/// `properties`, `required` and `additionalProperties`, which look at the same names.
#[derive(Debug, Default)]
pub(super) struct Members {
    /// In the order of the schema, which is the order of the form.
    pub(super) entries: Vec<Entry>,
    by_name: Texts,
    pub(super) required: usize,
    /// `patternProperties`.
    pub(super) patterns: Vec<(PatternId, BlockId)>,
    pub(super) additional: Option<BlockId>,
}

/// What is said of one member.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) name: Name,
    pub(super) block: Option<BlockId>,
    pub(super) required: bool,
    /// Among the members that a list names, its place there; else [`LAST`].
    pub(super) rank: u32,
}

impl Entry {
    pub(super) fn new(name: &str, block: Option<BlockId>, required: bool) -> Self {
        Self { name: Name::new(name), block, required, rank: LAST }
    }
}

/// The rank of a member that no list names.
pub(super) const LAST: u32 = u32::MAX;

impl Members {
    /// The entry of a member, and its place.
    pub(super) fn find(&self, member: Value<'_>) -> Option<(usize, &Entry)> {
        let at = self.by_name.find(member.hash_of_name(), member.name_bytes())? as usize;
        self.entries.get(at).map(|entry| (at, entry))
    }

    /// Whether it is quicker to look for each of these names than to look each member up.
    pub(super) fn are_few(&self) -> bool {
        const FEW: usize = 4;
        self.entries.len() <= FEW && self.patterns.is_empty() && self.additional.is_none()
    }

    /// Makes the entries findable, after they were added or moved.
    pub(super) fn index(&mut self) {
        self.by_name = Texts::default();
        for (entry, at) in self.entries.iter().zip(0..) {
            self.by_name.push(entry.name.text.as_bytes(), at);
        }
        self.by_name.sort();
    }

    /// The place of a name in the form's order.
    pub(super) fn position(&self, name: &str) -> Option<usize> {
        self.by_name.find(name_hash(name), name.as_bytes()).map(|at| at as usize)
    }
}

/// A member's name with its hash.
#[derive(Clone, Debug)]
pub(super) struct Name {
    pub(super) text: Box<str>,
    pub(super) hash: u32,
}

impl Name {
    pub(super) fn new(text: &str) -> Self {
        Self { text: text.into(), hash: name_hash(text) }
    }

    /// The member of that name.
    pub(super) fn of<'d>(&self, object: Value<'d>) -> Option<Value<'d>> {
        object.member_hashed(&self.text, self.hash)
    }
}

/// A set of JSON Schema types. `integer` is a number whose value is whole.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct KindSet(u8);

impl KindSet {
    pub(super) const BOOLEAN: Self = Self(2);
    pub(super) const OBJECT: Self = Self(4);
    pub(super) const ARRAY: Self = Self(8);

    const NAMES: [(&'static str, u8); 7] =
        [("null", 1), ("boolean", 2), ("object", 4), ("array", 8), ("number", 16 | 32), ("integer", 32), ("string", 64)];

    /// The set with one more type, if there is one of that name.
    pub(super) fn with(self, name: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(known, _)| *known == name).map(|(_, bits)| Self(self.0 | bits))
    }

    /// Every type.
    pub(super) const ALL: Self = Self(127);

    /// The types of both sets.
    pub(super) const fn common(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Whether a value has one of the types.
    #[inline(always)]
    pub(super) fn has(self, value: Value<'_>) -> bool {
        let bit = match value.kind() {
            Kind::Null => 1,
            Kind::False | Kind::True => 2,
            Kind::Object => 4,
            Kind::Array => 8,
            Kind::Number => 16,
            Kind::String => 64,
        };
        self.0 & bit != 0 || (bit == 16 && self.0 & 32 != 0 && value.as_number().is_some_and(crate::json::Number::is_whole))
    }

    /// The names of the set, `number` standing for `integer` too.
    pub(super) fn names(self) -> impl Iterator<Item = &'static str> {
        let of = move |bits: u8| self.0 & bits == bits && !(bits == 32 && self.0 & 16 != 0);
        Self::NAMES.iter().filter(move |(_, bits)| of(*bits)).map(|(name, _)| *name)
    }
}

impl Program {
    pub(super) fn block(&self, id: BlockId) -> Option<&Block> {
        self.blocks.get(id as usize)
    }

    /// The document that a value of the schema stands in.
    pub(super) fn document_of(&self, id: NodeId) -> Value<'_> {
        super::resource::document_of(&self.source, &self.documents, id)
    }

    /// A pattern of the schema.
    #[inline(always)]
    pub(super) fn pattern(&self, id: PatternId) -> Option<&Regex> {
        self.patterns.get(id as usize)
    }

    /// The instructions of a block.
    #[inline(always)]
    pub(super) fn ops(&self, id: BlockId) -> &[Op] {
        match self.blocks.get(id as usize) {
            Some(block) => self.ops.get(block.start as usize..block.end as usize).unwrap_or_default(),
            None => &[],
        }
    }

    /// A value of the schema.
    pub(super) fn constant(&self, id: NodeId) -> Value<'_> {
        self.source.value(id)
    }
}

impl Op {
    /// The keyword an issue of this instruction names.
    pub(super) const fn keyword(&self) -> &'static str {
        match self {
            Self::Never => "false",
            Self::Kinds(_) => "type",
            Self::Const(_) => "const",
            Self::Choice(choice) => choice.keyword,
            Self::Bound(Bound::Minimum, _) => "minimum",
            Self::Bound(Bound::ExclusiveMinimum, _) => "exclusiveMinimum",
            Self::Bound(Bound::Maximum, _) => "maximum",
            Self::Bound(Bound::ExclusiveMaximum, _) => "exclusiveMaximum",
            Self::MultipleOf(_) => "multipleOf",
            Self::MinLength(_) => "minLength",
            Self::MaxLength(_) => "maxLength",
            Self::Pattern(_) => "pattern",
            Self::Format(_) => "format",
            Self::MinItems(_) => "minItems",
            Self::MaxItems(_) => "maxItems",
            Self::UniqueItems => "uniqueItems",
            Self::Items(_) => "items",
            Self::Contains(_) => "contains",
            Self::MinProperties(_) => "minProperties",
            Self::MaxProperties(_) => "maxProperties",
            Self::Members(_) => "properties",
            Self::PropertyNames(_) => "propertyNames",
            Self::DependentRequired(_) => "dependentRequired",
            Self::DependentSchemas(_) => "dependentSchemas",
            Self::Attachment(_) => "x-attachment",
            Self::Options(_) => "x-options",
            Self::Lookup => "x-lookup",
            Self::Ref(_) => "$ref",
            Self::AllOf(_) => "allOf",
            Self::AnyOf(_) => "anyOf",
            Self::OneOf(_) => "oneOf",
            Self::Not(_) => "not",
            Self::If(_) => "if",
            Self::Unevaluated(Kind::Array, _) => "unevaluatedItems",
            Self::Unevaluated(..) => "unevaluatedProperties",
        }
    }

    /// Cheap checks first: what looks at the value alone, then at its members, then at whole subschemas.
    pub(super) const fn cost(&self) -> u8 {
        match self {
            Self::Never | Self::Kinds(_) => 0,
            Self::Const(_) | Self::Choice(_) | Self::Options(_) => 1,
            Self::Bound(..) | Self::MultipleOf(_) | Self::MinLength(_) | Self::MinItems(_) | Self::MinProperties(_) => 2,
            Self::MaxItems(_) | Self::MaxProperties(_) => 2,
            Self::Format(_) | Self::Attachment(_) | Self::Lookup => 3,
            Self::MaxLength(_) | Self::Pattern(_) => 4,
            Self::Members(_) | Self::Items(_) => 5,
            Self::Ref(_) => 6,
            Self::DependentRequired(_) | Self::Contains(_) | Self::PropertyNames(_) | Self::UniqueItems => 7,
            Self::DependentSchemas(_) | Self::AllOf(_) | Self::AnyOf(_) | Self::OneOf(_) | Self::Not(_) | Self::If(_) => 8,
            Self::Unevaluated(..) => 9,
        }
    }

    /// Adds the blocks run on the same value, by which a loop of references can be seen.
    pub(super) fn in_place(&self, blocks: &mut Vec<BlockId>) {
        match self {
            Self::Ref(block) | Self::Not(block) => blocks.push(*block),
            Self::AllOf(branches) | Self::AnyOf(branches) | Self::OneOf(branches) => blocks.extend_from_slice(branches),
            Self::If(condition) => {
                blocks.push(condition.test);
                blocks.extend(condition.then);
                blocks.extend(condition.otherwise);
            }
            Self::DependentSchemas(dependents) => dependents.iter().for_each(|(_, block)| blocks.push(*block)),
            _ => {}
        }
    }
}
