//! The checker: resolves names, finds the type of every node, and says what is wrong (language definition, "Gradual type checking").
//!
//! Which type can stand for which follows cel-go: a type variable takes the most general of what is assigned to it, `dyn` goes with everything.

use super::error::{ExpressionError, Problem};
use super::session::NO_SLOT;
use super::tree::{Bind, Chain, Declared, Each, Entry, Fold, Item, NodeId, Op, Select, Selects, Tree};
use super::types::{self, Type, TypeId, Types};
use super::{Names, Reason, Val};
use crate::regex::Regex;
use crate::text::nearest;

/// Checks a tree, and resolves its names in place.
pub(super) fn check(tree: &mut Tree, names: &Names<'_>, types: &mut Types) -> Checked {
    tree.types = vec![types::DYN; tree.nodes.len()];
    types.forget_variables();
    let mut checker = Checker { tree, names, types, bound: Vec::new(), trail: Vec::new(), locals: Vec::new(), checked: Checked::default() };
    let root = checker.tree.root;
    checker.node(root);
    for at in 0..checker.tree.types.len() {
        let kind = checker.tree.types.get(at).copied().unwrap_or_default();
        let resolved = checker.resolved(kind);
        checker.tree.types.get_mut(at).into_iter().for_each(|slot| *slot = resolved);
    }
    checker.checked
}

/// What checking found besides types.
#[derive(Default)]
pub(super) struct Checked {
    /// What is wrong, each with its place in bytes.
    pub(super) mistakes: Vec<(Problem, usize)>,
    /// Patterns of `matches` that are literals, each with its node.
    pub(super) patterns: Vec<(NodeId, Regex)>,
    /// Names of code lists.
    pub(super) lists: Vec<(String, usize)>,
}

pub(super) struct Checker<'c, 'n> {
    pub(super) tree: &'c mut Tree,
    pub(super) names: &'c Names<'n>,
    pub(super) types: &'c mut Types,
    /// What each type variable stands for, by its number.
    pub(super) bound: Vec<Option<TypeId>>,
    /// What was bound before, to be taken back.
    pub(super) trail: Vec<(u32, Option<TypeId>)>,
    locals: Vec<(Box<str>, TypeId)>,
    pub(super) checked: Checked,
}

impl Checker<'_, '_> {
    pub(super) fn mistake(&mut self, node: NodeId, problem: Problem) {
        let at = self.tree.node(node).map_or(0, |node| node.at as usize);
        self.checked.mistakes.push((problem, at));
    }

    /// Checks a node, and gives its type.
    pub(super) fn node(&mut self, id: NodeId) -> TypeId {
        let Some(node) = self.tree.nodes.get_mut(id as usize) else { return types::DYN };
        let mut op = std::mem::replace(&mut node.op, Op::Const(Val::Null));
        let kind = self.op(id, &mut op);
        if let Some(node) = self.tree.nodes.get_mut(id as usize) {
            node.op = op;
        }
        self.tree.types.get_mut(id as usize).into_iter().for_each(|slot| *slot = kind);
        kind
    }

    /// Resolves an operation, and gives its type.
    fn op(&mut self, id: NodeId, op: &mut Op) -> TypeId {
        let resolved = match op {
            Op::Const(value) => return of_constant(value),
            Op::Name(name) => self.name(id, name),
            Op::Select(select) => match self.select(id, select) {
                Ok(kind) => return kind,
                Err(resolved) => resolved,
            },
            Op::Named(call) => self.call(id, call),
            Op::List(items) => return self.list(items),
            Op::Map(entries) => return self.map(entries),
            Op::Logic(_, parts) => {
                for part in parts {
                    self.expect(*part, types::BOOL);
                }
                return types::BOOL;
            }
            Op::Choose([test, then, otherwise]) => {
                self.expect(*test, types::BOOL);
                let (then, otherwise) = (self.node(*then), self.node(*otherwise));
                return self.joined(then, otherwise).unwrap_or_else(|| self.no_overload(id, "_?_:_", &[types::BOOL, then, otherwise]));
            }
            Op::Each(each) => return self.each(id, each),
            Op::Bind(bind) => return self.bind(id, bind),
            _ => return types::DYN,
        };
        *op = resolved.0;
        resolved.1
    }

    fn expect(&mut self, node: NodeId, wanted: TypeId) {
        let found = self.node(node);
        if !self.assignable(found, wanted) && self.names.is_checked() {
            let (expected, found) = (self.types.text(wanted), self.text(found));
            self.mistake(node, Problem::Result { expected, found });
        }
    }

    pub(super) fn text(&mut self, kind: TypeId) -> String {
        let resolved = self.resolved(kind);
        self.types.text(resolved)
    }

    // Names

    fn name(&mut self, id: NodeId, name: &str) -> (Op, TypeId) {
        if let Some(at) = self.locals.iter().rposition(|(known, _)| **known == *name) {
            let kind = self.locals.get(at).map_or(types::DYN, |(_, kind)| *kind);
            return (Op::Local(at as u32), kind);
        }
        if let Some(found) = self.global(name) {
            return found;
        }
        if !self.names.is_checked() {
            return (Op::Fails(Reason::Unknown), types::DYN);
        }
        let suggestion = self.field_of_a_variable(name).or_else(|| {
            let locals = self.locals.iter().map(|(known, _)| &**known);
            let globals = self.names.variables.iter().map(|(known, _)| *known);
            nearest(name, &mut locals.chain(globals)).map(str::to_owned)
        });
        self.mistake(id, Problem::UnknownName { name: name.to_owned(), suggestion });
        (Op::Fails(Reason::Unknown), types::DYN)
    }

    /// Whoever writes the name of a field alone means the field of something.
    pub(super) fn field_of_a_variable(&self, name: &str) -> Option<String> {
        let has = |kind| self.field_of(kind, name).is_some();
        ["self", "parent", "root"].into_iter().find_map(|holder| {
            let (_, kind) = self.names.variables.iter().find(|(known, _)| *known == holder)?;
            has(*kind).then(|| [holder, ".", name].concat())
        })
    }

    /// A variable or type of that name, in the container or outside it.
    fn global(&mut self, name: &str) -> Option<(Op, TypeId)> {
        let (mut space, name) = match name.strip_prefix('.') {
            Some(absolute) => ("", absolute),
            None => (self.names.container, name),
        };
        loop {
            let full = if space.is_empty() { name.to_owned() } else { [space, ".", name].concat() };
            if let Some(at) = self.names.variables.iter().position(|(known, _)| *known == full) {
                let kind = self.names.variables.get(at).map_or(types::DYN, |(_, kind)| *kind);
                return Some((Op::Global(at as u32), kind));
            }
            if let Some((name, kind)) = TYPES.iter().find(|(known, _)| *known == full) {
                let of = match kind {
                    b'l' => self.types.add(Type::List(types::DYN)),
                    b'm' => self.types.add(Type::Map(types::DYN, types::DYN)),
                    b'y' => self.types.add(Type::Type(types::DYN)),
                    b'?' => self.types.add(Type::Optional(types::DYN)),
                    simple => TypeId::from(*simple),
                };
                let kind = self.types.add(Type::Type(of));
                return Some((Op::Const(Val::Type(name)), kind));
            }
            if space.is_empty() {
                return None;
            }
            space = space.bytes().rposition(|byte| byte == b'.').and_then(|at| space.get(..at)).unwrap_or_default();
        }
    }

    /// The name that a chain of selections writes, `a.b.c`, unless it begins with a macro's variable.
    pub(super) fn qualified(&self, node: NodeId) -> Option<String> {
        match self.tree.op(node)? {
            Op::Name(name) if !self.locals.iter().any(|(known, _)| known == name) => Some(name.clone().into_string()),
            Op::Select(select) if select.kind == Selects::Value => {
                let mut name = self.qualified(select.of)?;
                name.push('.');
                name.push_str(&select.field);
                Some(name)
            }
            _ => None,
        }
    }

    /// The type of a selection, or what it is if it is none.
    fn select(&mut self, id: NodeId, select: &mut Select) -> Result<TypeId, (Op, TypeId)> {
        if select.kind == Selects::Value
            && let Some(mut name) = self.qualified(select.of)
        {
            name.push('.');
            name.push_str(&select.field);
            if let Some(found) = self.global(&name) {
                return Err(found);
            }
        }
        let of = self.node(select.of);
        Ok(self.selected(id, of, select))
    }

    /// The type of a selection of a value whose type is known.
    pub(super) fn selected(&mut self, id: NodeId, of: TypeId, select: &mut Select) -> TypeId {
        let of = self.resolved(of);
        let (of, was_optional) = if let Type::Optional(inner) = self.types.get(of) { (inner, true) } else { (of, false) };
        let field = self.field(id, of, &select.field);
        if let Some((object, at)) = self.field_of(of, &select.field)
            && let Some(field) = self.types.objects.get(object as usize).and_then(|object| object.fields.get(at))
        {
            let (kind, place, conditional) = (field.kind, field.place, field.conditional);
            // The variable of a macro is another object each time.
            let is_local = matches!(self.tree.op(select.of), Some(Op::Local(_)));
            let slot = if is_local { NO_SLOT } else { self.types.slot(object, at as u32) };
            select.declared = Some(Declared { kind, place, conditional, slot });
        }
        match select.kind {
            Selects::Presence => types::BOOL,
            Selects::Value if !was_optional => field,
            _ => self.types.add(Type::Optional(field)),
        }
    }

    /// A declared field: the object and the place among its fields.
    fn field_of(&self, of: TypeId, name: &str) -> Option<(u32, usize)> {
        match self.types.get(of) {
            Type::Nullable(inner) => self.field_of(inner, name),
            Type::Object(at) => self.types.objects.get(at as usize)?.index(name).map(|index| (at, index)),
            _ => None,
        }
    }

    /// The type of a field.
    fn field(&mut self, node: NodeId, of: TypeId, name: &str) -> TypeId {
        match self.types.get(of) {
            Type::Dyn => types::DYN,
            Type::Nullable(inner) => self.field(node, inner, name),
            Type::Variable(_) => types::DYN,
            Type::Map(_, value) => value,
            Type::Object(at) => {
                let Some(object) = self.types.objects.get(at as usize) else { return types::DYN };
                if let Some(kind) = object.field(name).map(|field| field.kind).or(object.others) {
                    return kind;
                }
                let count = object.fields.len();
                let compares = self.types.may_compare(count);
                let object = self.types.objects.get(at as usize).filter(|_| compares);
                let suggestion = object.and_then(|object| nearest(name, &mut object.fields.iter().map(|field| &*field.name)));
                // Or it stands elsewhere.
                let suggestion = suggestion.map(str::to_owned).or_else(|| self.field_of_a_variable(name));
                self.mistake(node, Problem::UnknownField { field: name.to_owned(), suggestion });
                types::DYN
            }
            _ => {
                if self.names.is_checked() {
                    let found = self.text(of);
                    let suggestion = self.field_of_a_variable(name);
                    self.mistake(node, Problem::NoFields { found, suggestion });
                }
                types::DYN
            }
        }
    }

    // Lists, maps, macros

    fn list(&mut self, items: &[Item]) -> TypeId {
        let mut of = None;
        for item in items {
            let found = self.item(item.value, item.optional);
            of = Some(self.joined_or_dyn(of, found));
        }
        let of = of.unwrap_or_else(|| self.types.variable());
        self.types.add(Type::List(of))
    }

    fn map(&mut self, entries: &[Entry]) -> TypeId {
        let (mut keys, mut values) = (None, None);
        for entry in entries {
            let key = self.node(entry.key);
            let is_key =
                |kind| matches!(kind, Type::Bool | Type::Int | Type::Uint | Type::String | Type::Choice(_) | Type::Dyn | Type::Variable(_));
            let resolved = self.resolved(key);
            if !is_key(self.types.get(resolved)) {
                self.no_overload(entry.key, "{}", &[key]);
            }
            keys = Some(self.joined_or_dyn(keys, key));
            let value = self.item(entry.value, entry.optional);
            values = Some(self.joined_or_dyn(values, value));
        }
        let key = keys.unwrap_or_else(|| self.types.variable());
        let value = values.unwrap_or_else(|| self.types.variable());
        self.types.add(Type::Map(key, value))
    }

    /// The type of what an item puts into a list: of an optional one, what it holds.
    fn item(&mut self, node: NodeId, optional: bool) -> TypeId {
        let found = self.node(node);
        let resolved = self.resolved(found);
        match self.types.get(resolved) {
            _ if !optional => found,
            Type::Optional(of) => of,
            Type::Dyn | Type::Variable(_) => types::DYN,
            _ => self.no_overload(node, "?", &[found]),
        }
    }

    fn each(&mut self, id: NodeId, each: &Each) -> TypeId {
        let range = self.node(each.range);
        let range = self.resolved(range);
        let (key, value, is_list) = match self.types.get(range) {
            Type::List(of) => (types::INT, of, true),
            Type::Map(key, value) => (key, value, false),
            Type::Object(at) => (types::STRING, self.of_members(at), false),
            Type::Dyn => (types::DYN, types::DYN, true),
            Type::Variable(_) => {
                self.assignable(range, types::DYN);
                (types::DYN, types::DYN, true)
            }
            _ => {
                if self.names.is_checked() {
                    let found = self.text(range);
                    self.mistake(each.range, Problem::Result { expected: "list, map".to_owned(), found });
                }
                (types::DYN, types::DYN, true)
            }
        };
        let before = self.locals.len();
        let (one, two) = (each.names.first(), each.names.get(1));
        let single = if is_list { value } else { key };
        self.locals.push((one.cloned().unwrap_or_default(), if two.is_some() { key } else { single }));
        if let Some(two) = two {
            self.locals.push((two.clone(), value));
        }
        if let Some(filter) = each.filter {
            self.expect(filter, types::BOOL);
        }
        let kind = match each.kind {
            Fold::All | Fold::Exists | Fold::ExistsOne | Fold::Filter => {
                self.expect(each.body, types::BOOL);
                if each.kind != Fold::Filter { types::BOOL } else { self.types.add(Type::List(single)) }
            }
            Fold::List => {
                let of = self.node(each.body);
                self.types.add(Type::List(of))
            }
            Fold::Map => {
                let of = self.node(each.body);
                self.types.add(Type::Map(key, of))
            }
            Fold::MapEntry => {
                let entry = self.node(each.body);
                let entry = self.resolved(entry);
                if !matches!(self.types.get(entry), Type::Map(..) | Type::Dyn) {
                    self.no_overload(id, "transformMapEntry", &[entry]);
                }
                entry
            }
            Fold::Sort => {
                self.node(each.body);
                range
            }
        };
        self.locals.truncate(before);
        kind
    }

    /// The type that all members of an object have, or `dyn`.
    pub(super) fn of_members(&self, object: u32) -> TypeId {
        let Some(object) = self.types.objects.get(object as usize) else { return types::DYN };
        let mut kinds = object.fields.iter().map(|field| field.kind).chain(object.others);
        let first = kinds.next().unwrap_or(types::DYN);
        if kinds.all(|kind| kind == first) { first } else { types::DYN }
    }

    fn bind(&mut self, id: NodeId, bind: &Bind) -> TypeId {
        let value = self.node(bind.value);
        let value = self.resolved(value);
        let value = match (bind.chain, self.types.get(value)) {
            (Chain::None, _) => value,
            (_, Type::Optional(of)) => of,
            (_, Type::Dyn | Type::Variable(_)) => types::DYN,
            _ => self.no_overload(id, "optMap", &[value]),
        };
        self.locals.push((bind.name.clone(), value));
        let body = self.node(bind.body);
        self.locals.pop();
        if bind.chain == Chain::Map { self.types.add(Type::Optional(body)) } else { body }
    }
}

const fn of_constant(value: &Val<'_>) -> TypeId {
    match value {
        Val::Null => types::NULL,
        Val::Bool(_) => types::BOOL,
        Val::Int(_) => types::INT,
        Val::Uint(_) => types::UINT,
        Val::Double(_) => types::DOUBLE,
        Val::Text(_) | Val::Made(_) => types::STRING,
        Val::Bytes(_) => types::BYTES,
        Val::Timestamp(_) => types::TIMESTAMP,
        Val::Duration(_) => types::DURATION,
        Val::Date(_) => types::DATE,
        _ => types::DYN,
    }
}

/// Types as values: their names, and their places in [`Types`] or a letter.
const TYPES: [(&str, u8); 14] = [
    ("bool", types::BOOL as u8),
    ("int", types::INT as u8),
    ("uint", types::UINT as u8),
    ("double", types::DOUBLE as u8),
    ("string", types::STRING as u8),
    ("bytes", types::BYTES as u8),
    ("date", types::DATE as u8),
    ("null_type", types::NULL as u8),
    ("google.protobuf.Timestamp", types::TIMESTAMP as u8),
    ("google.protobuf.Duration", types::DURATION as u8),
    ("list", b'l'),
    ("map", b'm'),
    ("type", b'y'),
    ("optional_type", b'?'),
];

/// What is wrong with a tree whose errors have their places in bytes.
pub(super) fn placed(source: &str, mut mistakes: Vec<(Problem, usize)>) -> Vec<ExpressionError> {
    let mut errors = Vec::new();
    crate::order::sort_by_key(&mut mistakes, |(_, at)| *at);
    for (problem, at) in mistakes {
        errors.push(ExpressionError { problem, character: source.get(..at).map_or(0, crate::text::length) + 1 });
    }
    errors
}
