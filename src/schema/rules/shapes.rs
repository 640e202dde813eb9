//! The places of the data that a schema speaks of, and the type of each: what expressions may read there.
//!
//! Subschemas that always apply at a place are its firm parts: by `properties`, `items`, `allOf` and `$ref`. What stands in a branch may only
//! apply; its fields are known, but where they differ in type they are `dyn`.

use super::{Place, PlaceId, Step};
use crate::expr::Types;
use crate::expr::types::{self, Field, Type, TypeId};
use crate::json::{Kind, NodeId, Value};
use crate::limits;
use crate::schema::compile::Compiler;
use crate::schema::error::SchemaProblem;
use crate::schema::keywords::lookup;
use crate::schema::program::Name;

/// A subschema that speaks of a place, and whether it always applies there.
#[derive(Clone, Copy)]
pub(super) struct Part<'s> {
    pub(super) schema: Value<'s>,
    pub(super) firm: bool,
}

impl PartialEq for Part<'_> {
    fn eq(&self, other: &Self) -> bool {
        (self.schema.id(), self.firm) == (other.schema.id(), other.firm)
    }
}

/// What speaks of a place: its subschemas, and whether each always applies.
type Mark = Vec<(NodeId, bool)>;

/// What the walk finds.
pub(super) struct Shapes<'s> {
    pub(super) types: Types,
    pub(super) places: Vec<Place>,
    /// Of each place its firm subschemas.
    pub(super) parts: Vec<Vec<Value<'s>>>,
    /// Expressions stand where the data may nest without end.
    pub(super) recursive: Vec<NodeId>,
    /// The places on the way, with what speaks of each, and its type.
    way: Vec<(Mark, TypeId, PlaceId)>,
    full: bool,
}

/// Keywords whose expressions stand at a place, and the one that says who writes it.
pub(super) const EXPRESSIONS: [&str; 6] = ["x-relevant", "x-required", "x-readonly", "x-calculate", "x-rules", "x-lookup"];

/// Walks over a whole schema.
pub(super) fn walk<'s>(compiler: &mut Compiler<'s>) -> Shapes<'s> {
    let mut shapes =
        Shapes { types: Types::new(), places: Vec::new(), parts: Vec::new(), recursive: Vec::new(), way: Vec::new(), full: false };
    let root = compiler.source.root();
    shapes.place(compiler, 0, Step::Root, vec![Part { schema: root, firm: true }]);
    if shapes.full {
        compiler
            .mistake(root, SchemaProblem::takes("bộ quy tắc có ít chỗ hơn cho biểu thức", "a schema with fewer places for expressions"));
    }
    shapes
}

impl<'s> Shapes<'s> {
    /// Adds a place and all below it; its type, and its place.
    fn place(&mut self, compiler: &mut Compiler<'s>, parent: PlaceId, step: Step, parts: Vec<Part<'s>>) -> (TypeId, PlaceId) {
        if self.places.len() >= limits::RULE_PLACES || self.way.len() > limits::JSON_DEPTH {
            self.full |= self.places.len() >= limits::RULE_PLACES;
            return (types::DYN, 0);
        }
        let parts = in_place(compiler, parts);
        let mark: Mark = parts.iter().map(|part| (part.schema.id(), part.firm)).collect();
        if let Some((_, kind, again)) = self.way.iter().find(|(known, _, _)| !mark.is_empty() && *known == mark) {
            self.recursive.push(*again);
            return (*kind, 0);
        }
        let id = self.places.len() as PlaceId;
        let firm: Vec<Value<'s>> = parts.iter().filter(|part| part.firm).map(|part| part.schema).collect();
        self.parts.push(firm);
        self.places.push(Place::new(parent, step));
        let kind = self.kind(compiler, id, &parts, mark);
        if let Some(place) = self.places.get_mut(id as usize) {
            place.kind = kind;
        }
        (kind, id)
    }

    fn kind(&mut self, compiler: &mut Compiler<'s>, id: PlaceId, parts: &[Part<'s>], mark: Mark) -> TypeId {
        let (name, nullable) = type_name(parts);
        let kind = match name {
            Some("object") => self.object(compiler, id, parts, mark),
            Some("array") => self.array(compiler, id, parts, mark),
            Some(name) => self.scalar(name, parts),
            None => types::DYN,
        };
        if nullable && kind != types::DYN { self.types.nullable(kind) } else { kind }
    }

    fn scalar(&mut self, name: &str, parts: &[Part<'s>]) -> TypeId {
        match name {
            "string" => match keyword(parts, "format").and_then(Value::as_str) {
                Some("date") => types::DATE,
                Some("date-time") => types::TIMESTAMP,
                _ => choices(parts).map_or(types::STRING, |texts| self.types.choice(texts)),
            },
            "integer" => types::INT,
            "number" => types::DOUBLE,
            "boolean" => types::BOOL,
            "null" => types::NULL,
            _ => types::DYN,
        }
    }

    fn object(&mut self, compiler: &mut Compiler<'s>, id: PlaceId, parts: &[Part<'s>], mark: Mark) -> TypeId {
        let mut members: Vec<Part<'s>> = Vec::new();
        for part in parts {
            members.extend(part.schema.part("properties").fields().map(|schema| Part { schema, firm: part.firm }));
        }
        crate::order::sort_by(&mut members, |left, right| left.schema.name().cmp(right.schema.name()));
        let (kind, at) = self.types.object();
        self.way.push((mark, kind, id));
        let mut fields = Vec::new();
        for alike in members.chunk_by(|left, right| left.schema.name() == right.schema.name()) {
            let name = alike.first().map_or("", |part| part.schema.name());
            let (kind, place) = self.place(compiler, id, Step::Member(Name::new(name)), alike.to_vec());
            let conditional = self.parts.get(place as usize).is_some_and(|parts| {
                place != 0 && parts.iter().any(|part| part.member("x-relevant").is_some() || part.member("x-calculate").is_some())
            });
            fields.push(Field { name: name.into(), kind, place, conditional });
        }
        if parts.iter().any(|part| part.firm && part.schema.member("x-lookup").is_some()) {
            self.imply(&mut fields);
        }
        let others = self.others(compiler, id, parts, fields.is_empty());
        self.way.pop();
        if let Some(object) = self.types.objects.get_mut(at as usize) {
            object.fields = fields;
            object.others = others;
        }
        kind
    }

    /// What `x-lookup` holds besides what is declared.
    fn imply(&mut self, fields: &mut Vec<Field>) {
        for name in lookup::MEMBERS {
            let at = fields.partition_point(|field| *field.name < *name);
            if fields.get(at).is_some_and(|field| *field.name == *name) {
                continue;
            }
            let kind = match name {
                "at" => types::TIMESTAMP,
                "source" => types::STRING,
                "status" => self.types.choice(lookup::STATUS.map(Box::from).into()),
                _ => self.types.map_of(types::DYN),
            };
            fields.insert(at, Field { name: name.into(), kind, place: 0, conditional: false });
        }
    }

    /// The type of members that are not declared, where there may be some.
    fn others(&mut self, compiler: &mut Compiler<'s>, id: PlaceId, parts: &[Part<'s>], no_fields: bool) -> Option<TypeId> {
        if parts.iter().any(|part| part.schema.member("patternProperties").is_some()) {
            return Some(types::DYN);
        }
        let inside = keyword(parts, "additionalProperties").or_else(|| keyword(parts, "unevaluatedProperties"));
        match inside {
            Some(schema) if schema.kind() == Kind::Object => {
                let (kind, _) = self.place(compiler, id, Step::Others, vec![Part { schema, firm: true }]);
                Some(kind)
            }
            Some(closed) if closed.kind() == Kind::False => None,
            // Whoever declares fields means them; a name that is none of them is mistyped.
            _ if no_fields => Some(types::DYN),
            _ => None,
        }
    }

    fn array(&mut self, compiler: &mut Compiler<'s>, id: PlaceId, parts: &[Part<'s>], mark: Mark) -> TypeId {
        if parts.iter().any(|part| part.schema.member("x-attachment").is_some()) {
            return self.files();
        }
        let prefix = keyword(parts, "prefixItems").map_or(0, Value::len);
        self.way.push((mark, types::DYN, id));
        let mut of = None;
        for at in 0..prefix {
            let inside = parts
                .iter()
                .filter_map(|part| Some(Part { schema: part.schema.member("prefixItems")?.item(at)?, firm: part.firm }))
                .collect();
            let (kind, _) = self.place(compiler, id, Step::Item(at as u32), inside);
            of = Some(of.map_or(kind, |known| if known == kind { kind } else { types::DYN }));
        }
        let inside: Vec<Part<'s>> =
            parts.iter().filter_map(|part| Some(Part { schema: part.schema.member("items")?, firm: part.firm })).collect();
        if !inside.is_empty() {
            let (kind, _) = self.place(compiler, id, Step::ItemsFrom(prefix as u32), inside);
            of = Some(of.map_or(kind, |known| if known == kind { kind } else { types::DYN }));
        }
        self.way.pop();
        self.types.list(of.unwrap_or(types::DYN))
    }

    /// What `x-attachment` holds.
    fn files(&mut self) -> TypeId {
        let (kind, at) = self.types.object();
        let fields = ["mediaType", "name", "part", "sha256", "size"].map(|name| {
            let kind = if name == "size" { types::INT } else { types::STRING };
            Field { name: name.into(), kind, place: 0, conditional: false }
        });
        if let Some(object) = self.types.objects.get_mut(at as usize) {
            object.fields = fields.into();
        }
        self.types.list(kind)
    }
}

/// The parts of a place, and what applies to the same value with them: firmly by `$ref` and `allOf`, perhaps by branches.
fn in_place<'s>(compiler: &mut Compiler<'s>, parts: Vec<Part<'s>>) -> Vec<Part<'s>> {
    let mut found: Vec<Part<'s>> = Vec::new();
    let mut waiting = parts;
    waiting.reverse();
    while let Some(part) = waiting.pop() {
        if part.schema.kind() != Kind::Object || found.contains(&part) || found.len() >= limits::JSON_DEPTH {
            continue;
        }
        found.push(part);
        let mut add = |schema: Value<'s>, firm: bool| waiting.push(Part { schema, firm: firm && part.firm });
        if let Some(target) = part.schema.member("$ref").and_then(|reference| compiler.target(reference)) {
            add(target, true);
        }
        for (keyword, firm) in [("allOf", true), ("anyOf", false), ("oneOf", false)] {
            part.schema.part(keyword).items().for_each(|branch| add(branch, firm));
        }
        ["then", "else"].iter().for_each(|keyword| part.schema.member(keyword).into_iter().for_each(|branch| add(branch, false)));
        part.schema.part("dependentSchemas").fields().for_each(|branch| add(branch, false));
    }
    found
}

/// A keyword of the first part that has it, those that always apply before the others.
fn keyword<'s>(parts: &[Part<'s>], name: &str) -> Option<Value<'s>> {
    let of = |firm| parts.iter().filter(move |part| part.firm == firm).find_map(|part| part.schema.member(name));
    of(true).or_else(|| of(false))
}

/// The one type of a place but null, if it is known, and whether it may be null too.
fn type_name<'s>(parts: &[Part<'s>]) -> (Option<&'s str>, bool) {
    let firm = parts.iter().filter(|part| part.firm).find_map(|part| part.schema.member("type"));
    let mut loose = parts.iter().filter(|part| !part.firm).filter_map(|part| part.schema.member("type"));
    let declared = firm.or_else(|| {
        let first = loose.next()?;
        if loose.all(|other| other.equals(first)) { Some(first) } else { None }
    });
    let Some(declared) = declared else {
        return (by_shape(parts), false);
    };
    if let Some(name) = declared.as_str() {
        return (Some(name), false);
    }
    let names = || declared.items().filter_map(Value::as_str);
    let mut others = names().filter(|name| *name != "null");
    let one = others.next().filter(|_| others.next().is_none());
    (one, names().any(|name| name == "null"))
}

/// What a place that names no type must be, by its other keywords.
fn by_shape<'s>(parts: &[Part<'s>]) -> Option<&'s str> {
    let has = |names: &[&str]| parts.iter().any(|part| names.iter().any(|name| part.schema.member(name).is_some()));
    if has(&["properties", "required", "additionalProperties", "x-lookup"]) {
        return Some("object");
    }
    if has(&["items", "prefixItems", "x-attachment"]) {
        return Some("array");
    }
    if has(&["format", "x-options", "pattern", "minLength"]) || choices(parts).is_some() { Some("string") } else { None }
}

/// The texts that a place may hold, where these are listed.
fn choices(parts: &[Part<'_>]) -> Option<Vec<Box<str>>> {
    for part in parts.iter().filter(|part| part.firm) {
        if let Some(list) = part.schema.member("enum").filter(|list| list.len() <= limits::RULE_CHOICES) {
            return texts(&mut list.items().filter(|item| item.kind() != Kind::Null).map(Some));
        }
        if let Some(one) = part.schema.member("const") {
            return texts(&mut [Some(one)].into_iter());
        }
        for keyword in ["oneOf", "anyOf"] {
            let branches = part.schema.part(keyword);
            if branches.len() > limits::RULE_CHOICES {
                continue;
            }
            let texts = texts(&mut branches.items().map(|branch| branch.member("const")));
            if let Some(texts) = texts.filter(|texts| !texts.is_empty()) {
                return Some(texts);
            }
        }
    }
    None
}

/// Values that are all texts.
fn texts<'s>(values: &mut dyn Iterator<Item = Option<Value<'s>>>) -> Option<Vec<Box<str>>> {
    let mut texts = Vec::new();
    for value in values {
        texts.push(value?.as_str()?.into());
    }
    Some(texts)
}

impl Place {
    fn new(parent: PlaceId, step: Step) -> Self {
        Self {
            parent,
            step,
            kind: types::DYN,
            children: Vec::new(),
            relevant: Vec::new(),
            required: Vec::new(),
            readonly: Vec::new(),
            calculate: None,
            rules: Vec::new(),
            filter: None,
            lookup: None,
        }
    }

    /// Whether some expression stands here.
    pub(super) const fn has_any(&self) -> bool {
        self.is_conditional()
            || !self.required.is_empty()
            || !self.readonly.is_empty()
            || !self.rules.is_empty()
            || self.filter.is_some()
            || self.lookup.is_some()
    }
}

/// Whether a type stands for another, where the value of an expression becomes a value of the data.
pub(super) fn fits(given: TypeId, wanted: TypeId, types: &Types) -> bool {
    match (types.get(given), types.get(wanted)) {
        (Type::Dyn | Type::Variable(_), _) | (_, Type::Dyn | Type::Variable(_)) => true,
        (Type::Optional(of), _) => fits(of, wanted, types),
        (Type::Null, Type::Nullable(_)) => true,
        (Type::Nullable(of), Type::Nullable(wanted)) => fits(of, wanted, types),
        (_, Type::Nullable(of)) => fits(given, of, types),
        (Type::String | Type::Choice(_), Type::String | Type::Choice(_)) => true,
        (Type::List(of), Type::List(wanted)) => fits(of, wanted, types),
        (Type::Map(..) | Type::Object(_), Type::Map(..) | Type::Object(_)) => true,
        (given, wanted) => given == wanted,
    }
}
