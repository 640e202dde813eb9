//! The evaluator: walks the checked tree (language definition, "Evaluation").
//!
//! Operators and functions want all their values; `&&`, `||` and `?:` do not, and of a failed part of the first two nothing is said when
//! another part decides.

use super::call::{Given, apply, found, optional, size};
use super::functions::Fun;
use super::lists::list_of;
use super::session::Session;
use super::tree::{Bind, Chain, Declared, Each, Entry, Fold, Item, Node, NodeId, Op, Select, Selects};
use super::types::{self, Types};
use super::value::{Cursor, VALUE_BYTES, entry, equal, inner};
use super::{Expression, Map, Reason, Val};
use crate::json::{Kind, Value};
use crate::order;
use std::cmp::Ordering;
use std::sync::Arc;

/// What an expression can ask for besides its variables.
pub trait Outside<'a> {
    /// The entry of a code in a code list.
    fn code(&self, list: &str, code: &str) -> Option<Value<'a>>;

    /// What counts in place of what the data holds: of an object the place of a member. `None` where the data counts.
    fn seen(&self, object: Value<'a>, place: u32) -> Option<Seen<'a>>;
}

/// What a member counts as.
#[derive(Clone, Debug)]
pub enum Seen<'a> {
    /// It is not there.
    Hidden,
    /// It is there, but counts for nothing.
    Nothing,
    /// It has this value.
    Value(Val<'a>),
}

/// Nothing: no code lists, and the data as it is.
#[derive(Clone, Copy, Debug)]
pub struct Alone;

impl<'a> Outside<'a> for Alone {
    fn code(&self, _: &str, _: &str) -> Option<Value<'a>> {
        None
    }

    fn seen(&self, _: Value<'a>, _: u32) -> Option<Seen<'a>> {
        None
    }
}

pub(super) struct Machine<'a, 'm> {
    pub(super) expression: &'a Expression,
    pub(super) types: &'a Types,
    pub(super) variables: &'m [Option<Val<'a>>],
    pub(super) outside: &'m dyn Outside<'a>,
    pub(super) session: &'m mut Session<'a>,
    pub(super) locals: Vec<Val<'a>>,
    /// The byte that a failure would be about.
    pub(super) at: u32,
}

impl<'a> Machine<'a, '_> {
    pub(super) fn value(&mut self, id: NodeId) -> Given<'a> {
        let expression = self.expression;
        let Some(node) = expression.tree.node(id) else { return Err(Reason::Unknown) };
        self.at = node.at;
        self.session.spend(1)?;
        match &node.op {
            // What is asked most often is answered by little code.
            Op::Select(select) => self.selected(node.at, select),
            Op::Call(fun, args) => self.call(id, node.at, *fun, args),
            Op::Const(Val::Made(text)) => Ok(Val::Text(text)),
            Op::Const(value) => Ok(value.clone()),
            op => self.op(node.at, op),
        }
    }

    /// The value of a node that must be true or false.
    fn truth(&mut self, id: NodeId) -> Result<bool, Reason> {
        let expression = self.expression;
        match expression.tree.node(id) {
            Some(Node { op: Op::Call(fun, args), at }) if fun.compares() => {
                self.session.spend(1)?;
                self.comparison(*at, *fun, args)
            }
            _ => match self.value(id) {
                Ok(Val::Bool(value)) => Ok(value),
                Ok(_) => Err(self.no_overload(id)),
                Err(reason) => Err(reason),
            },
        }
    }

    /// The value of a node where it lies: of a constant, a variable, a field that is remembered.
    fn lying(&self, id: NodeId) -> Option<&Val<'a>> {
        match self.expression.tree.op(id)? {
            Op::Const(value) => Some(value),
            Op::Global(at) => self.variables.get(*at as usize)?.as_ref(),
            Op::Local(at) => self.locals.get(*at as usize),
            Op::Select(Select { of, kind: Selects::Value, declared: Some(declared), .. }) => match self.lying(*of)? {
                Val::Data(object, _) => self.session.read(declared.slot, *object)?,
                _ => None,
            },
            _ => None,
        }
    }

    /// A selection; of what lies somewhere without taking a copy of that.
    fn selected(&mut self, at: u32, select: &'a Select) -> Given<'a> {
        if let Some(Val::Data(object, kind)) = self.lying(select.of) {
            let of = Val::Data(*object, *kind);
            self.session.spend(1)?;
            return self.select(select, &of);
        }
        let of = self.value(select.of);
        self.at = at;
        match &of {
            Ok(of) => self.select(select, of),
            Err(reason) => Err(*reason),
        }
    }

    fn comparison(&mut self, at: u32, fun: Fun, args: &'a [NodeId]) -> Result<bool, Reason> {
        let [left, right] = *args else { return Err(Reason::Unknown) };
        if let (Some(Val::Int(left)), Some(Val::Int(right))) = (self.lying(left), self.lying(right)) {
            let order = left.cmp(right);
            return self.session.spend(4).map(|()| holds(fun, order));
        }
        let left = self.value(left);
        let Ok(left) = &left else { return left.map(|_| false) };
        let right = self.value(right);
        let Ok(right) = &right else { return right.map(|_| false) };
        self.at = at;
        let Some(order) = left.compare(right) else {
            return match fun {
                Fun::Equal => self.equals(left, right),
                Fun::NotEqual => self.equals(left, right).map(|equal| !equal),
                // Only numbers may have no order.
                _ if left.is_number() && right.is_number() => Ok(false),
                _ => Err(Reason::NoOverload),
            };
        };
        let length = left.as_text().map_or(0, str::len);
        self.session.spend(length as u64 / 16)?;
        Ok(holds(fun, order))
    }

    // Kept apart it would cost every node a call more.
    #[inline(always)]
    fn call(&mut self, id: NodeId, at: u32, fun: Fun, args: &'a [NodeId]) -> Given<'a> {
        if fun.compares() {
            return self.comparison(at, fun, args).map(Val::Bool);
        }
        if let [arg] = args {
            if self.session.kept.is_some()
                && matches!(fun, Fun::Sum | Fun::Size)
                && let Some(known) = self.kept_call(fun, *arg)
            {
                self.at = at;
                return known;
            }
            let value = self.value(*arg)?;
            self.at = at;
            return if fun == Fun::Size { size(self, &value) } else { apply(self, id, fun, &[value]) };
        }
        if let [first, second] = args {
            let values = [self.value(*first)?, self.value(*second)?];
            self.at = at;
            return apply(self, id, fun, &values);
        }
        let mut values = Vec::with_capacity(args.len());
        for arg in args {
            values.push(self.value(*arg)?);
        }
        self.at = at;
        apply(self, id, fun, &values)
    }

    #[inline(never)]
    fn op(&mut self, at: u32, op: &'a Op) -> Given<'a> {
        match op {
            Op::Global(at) => self.variables.get(*at as usize).cloned().flatten().ok_or(Reason::Absent),
            Op::Local(at) => self.locals.get(*at as usize).cloned().ok_or(Reason::Unknown),
            Op::Logic(or, parts) => self.logic(*or, parts),
            Op::Choose([test, then, otherwise]) => {
                let holds = self.truth(*test)?;
                self.value(if holds { *then } else { *otherwise })
            }
            Op::List(items) => self.list(at, items),
            Op::Map(entries) => self.map(at, entries).and_then(made),
            Op::Each(each) => self.each(at, each),
            Op::Bind(bind) => self.bind(at, bind),
            Op::Fails(reason) => Err(*reason),
            Op::Const(_) | Op::Select(_) | Op::Call(..) | Op::Name(_) | Op::Named(_) => Err(Reason::Unknown),
        }
    }

    /// One part decides, whatever the others do. Else a part that failed otherwise than by absence is told before one that did.
    fn logic(&mut self, or: bool, parts: &[NodeId]) -> Given<'a> {
        let mut failed = None;
        for part in parts {
            if self.decides(*part, or, &mut failed)? {
                return Ok(Val::Bool(or));
            }
        }
        self.undecided(or, failed)
    }

    /// Whether a part alone decides, by that value; notes why one failed.
    fn decides(&mut self, part: NodeId, by: bool, failed: &mut Option<(Reason, u32)>) -> Result<bool, Reason> {
        match self.truth(part) {
            Ok(value) => Ok(value == by),
            Err(reason @ (Reason::Steps | Reason::TooLarge)) => Err(reason),
            Err(reason) => {
                if failed.is_none_or(|(reason, _)| reason == Reason::Absent) {
                    *failed = Some((reason, self.at));
                }
                Ok(false)
            }
        }
    }

    /// What it comes to when no part decided.
    fn undecided(&mut self, by: bool, failed: Option<(Reason, u32)>) -> Given<'a> {
        let Some((reason, at)) = failed else { return Ok(Val::Bool(!by)) };
        self.at = at;
        Err(reason)
    }

    /// The value of a node is of no type that is taken there.
    fn no_overload(&mut self, node: NodeId) -> Reason {
        self.at = self.expression.tree.node(node).map_or(0, |node| node.at);
        Reason::NoOverload
    }

    #[inline(never)]
    fn select(&mut self, select: &Select, of: &Val<'a>) -> Given<'a> {
        let (inside, is_optional) = match of {
            Val::Optional(None) if select.kind == Selects::Presence => return Ok(Val::Bool(false)),
            Val::Optional(None) => return Ok(Val::Optional(None)),
            Val::Optional(Some(inside)) => (&**inside, true),
            other => (other, false),
        };
        if let (Some(declared), Val::Data(object, _)) = (&select.declared, inside)
            && let Some(known) = self.session.read(declared.slot, *object)
        {
            match select.kind {
                Selects::Presence => return Ok(Val::Bool(known.is_some())),
                Selects::Value if !is_optional => return known.cloned().ok_or(Reason::Absent),
                _ => {}
            }
        }
        let member = self.member(select, inside);
        match select.kind {
            Selects::Presence => found(member).map(|member| Val::Bool(member.is_some())),
            Selects::Value if !is_optional => member,
            _ => optional(member),
        }
    }

    fn member(&mut self, select: &Select, of: &Val<'a>) -> Given<'a> {
        match of {
            Val::Data(object, kind) if object.kind() == Kind::Object => {
                let Some(Declared { kind, place, conditional, slot }) = select.declared else {
                    let value = object.member_hashed(&select.field, select.hash);
                    return value
                        .and_then(|value| Val::of(value, inner(*kind, &select.field, self.types), self.types))
                        .ok_or(Reason::Absent);
                };
                let seen = if conditional { self.outside.seen(*object, place) } else { None };
                let value = match seen {
                    Some(Seen::Hidden | Seen::Nothing) => None,
                    Some(Seen::Value(value)) => Some(value),
                    None => object.member_hashed(&select.field, select.hash).and_then(|value| Val::of(value, kind, self.types)),
                };
                self.session.remember(slot, *object, value.as_ref());
                value.ok_or(Reason::Absent)
            }
            Val::Map(map) => map.get(&Val::Text(&select.field)).cloned().ok_or(Reason::NoKey),
            _ => Err(Reason::NoOverload),
        }
    }

    #[inline(never)]
    fn list(&mut self, at: u32, items: &[Item]) -> Given<'a> {
        let mut list = Vec::with_capacity(items.len());
        for item in items {
            let value = self.value(item.value)?;
            if !item.optional {
                list.push(value);
                continue;
            }
            match value {
                Val::Optional(value) => list.extend(value.map(|value| (*value).clone())),
                _ => return Err(self.no_overload(item.value)),
            }
        }
        self.at = at;
        self.session.make(VALUE_BYTES * list.len())?;
        Ok(list_of(list))
    }

    #[inline(never)]
    fn map(&mut self, at: u32, entries: &[Entry]) -> Result<Vec<(Val<'a>, Val<'a>)>, Reason> {
        let mut made = Vec::with_capacity(entries.len());
        for entry in entries {
            let key = self.value(entry.key)?;
            if !matches!(key, Val::Bool(_) | Val::Int(_) | Val::Uint(_) | Val::Text(_) | Val::Made(_)) {
                return Err(self.no_overload(entry.key));
            }
            let value = self.value(entry.value)?;
            match value {
                value if !entry.optional => made.push((key, value)),
                Val::Optional(value) => made.extend(value.map(|value| (key, (*value).clone()))),
                _ => return Err(self.no_overload(entry.key)),
            }
        }
        self.at = at;
        self.session.make(2 * VALUE_BYTES * made.len())?;
        Ok(made)
    }

    #[inline(never)]
    fn bind(&mut self, at: u32, bind: &'a Bind) -> Given<'a> {
        let value = self.value(bind.value)?;
        self.at = at;
        let value = match (bind.chain, value) {
            (Chain::None, value) => value,
            (_, Val::Optional(None)) => return Ok(Val::Optional(None)),
            (_, Val::Optional(Some(value))) => (*value).clone(),
            _ => return Err(Reason::NoOverload),
        };
        self.locals.push(value);
        let body = self.value(bind.body);
        self.locals.pop();
        let body = body?;
        self.at = at;
        match (bind.chain, &body) {
            (Chain::Map, _) => Ok(Val::Optional(Some(Arc::new(body)))),
            (Chain::FlatMap, Val::Optional(_)) | (Chain::None, _) => Ok(body),
            _ => Err(Reason::NoOverload),
        }
    }

    #[inline(never)]
    fn each(&mut self, at: u32, each: &'a Each) -> Given<'a> {
        if self.session.kept.is_some()
            && let Some(known) = self.kept_each(each)
        {
            self.at = at;
            return known;
        }
        let range = self.value(each.range)?;
        self.at = at;
        let is_list = range.is_list();
        if !is_list && !range.is_map() {
            return Err(Reason::NoOverload);
        }
        let depth = self.locals.len();
        let result = self.fold(at, each, Cursor::new(range, self.types), is_list);
        self.locals.truncate(depth);
        result
    }

    fn fold(&mut self, at: u32, each: &'a Each, mut cursor: Cursor<'a>, is_list: bool) -> Given<'a> {
        let depth = self.locals.len();
        let by = each.kind == Fold::Exists;
        if matches!(each.kind, Fold::All | Fold::Exists)
            && each.names.len() == 1
            && let Some((mut next, kind)) = cursor.items()
        {
            let mut failed = None;
            while let Some(item) = next {
                self.at = at;
                self.session.spend(1)?;
                next = item.sibling();
                let Some(item) = Val::of(item, kind, self.types) else {
                    failed = failed.or(Some((Reason::Absent, at)));
                    continue;
                };
                match self.locals.get_mut(depth) {
                    Some(local) => *local = item,
                    None => self.locals.push(item),
                }
                if self.decides(each.body, by, &mut failed)? {
                    return Ok(Val::Bool(by));
                }
            }
            return self.undecided(by, failed);
        }
        let (mut count, mut failed) = (0_u64, None);
        let (mut values, mut keys): (Vec<Val<'a>>, Vec<Val<'a>>) = (Vec::new(), Vec::new());
        let mut entries: Vec<(Val<'a>, Val<'a>)> = Vec::new();
        while let Some((key, item)) = cursor.next(self.types) {
            self.at = at;
            self.session.spend(1)?;
            self.locals.truncate(depth);
            // What has not its type is absent; a macro that asks all of a list can still be decided by another.
            let Some(item) = item else {
                failed = failed.or(Some((Reason::Absent, at)));
                if matches!(each.kind, Fold::All | Fold::Exists) { continue } else { break }
            };
            if each.names.len() == 2 {
                self.locals.extend([key.clone(), item.clone()]);
            } else {
                self.locals.push(if is_list { item.clone() } else { key.clone() });
            }
            if let Some(filter) = each.filter
                && !self.truth(filter)?
            {
                continue;
            }
            if matches!(each.kind, Fold::All | Fold::Exists) {
                if self.decides(each.body, by, &mut failed)? {
                    return Ok(Val::Bool(by));
                }
                continue;
            }
            let body = self.value(each.body)?;
            self.at = at;
            match each.kind {
                Fold::All | Fold::Exists => {}
                Fold::ExistsOne | Fold::Filter => match body {
                    Val::Bool(true) if each.kind == Fold::ExistsOne => count += 1,
                    Val::Bool(true) => self.keep(if is_list { item } else { key }, &mut values)?,
                    Val::Bool(false) => {}
                    _ => return Err(self.no_overload(each.body)),
                },
                Fold::List => self.keep(body, &mut values)?,
                Fold::Sort => {
                    self.keep(item, &mut values)?;
                    keys.push(body);
                }
                Fold::Map => {
                    self.session.make(2 * VALUE_BYTES)?;
                    entries.push((key, body));
                }
                Fold::MapEntry => {
                    let mut inside = Cursor::new(body.clone(), self.types);
                    if !body.is_map() {
                        return Err(self.no_overload(each.body));
                    }
                    while let Some((key, value)) = inside.next(self.types) {
                        self.session.make(2 * VALUE_BYTES)?;
                        entries.push((key, value.ok_or(Reason::Absent)?));
                    }
                }
            }
        }
        if failed.is_some() {
            return self.undecided(by, failed);
        }
        Ok(match each.kind {
            Fold::All | Fold::Exists => Val::Bool(!by),
            Fold::ExistsOne => Val::Bool(count == 1),
            Fold::Filter | Fold::List => list_of(values),
            Fold::Map | Fold::MapEntry => return made(entries),
            Fold::Sort => list_of(sorted(&keys, &values)?),
        })
    }

    fn keep(&mut self, value: Val<'a>, values: &mut Vec<Val<'a>>) -> Result<(), Reason> {
        self.session.make(VALUE_BYTES)?;
        values.push(value);
        Ok(())
    }

    /// `list[index]`, `map[key]`.
    pub(super) fn index(&mut self, of: &Val<'a>, key: &Val<'a>) -> Given<'a> {
        if of.is_map() {
            if key.type_name() == "double" && !matches!(key, Val::Double(number) if number.fract() == 0.0) {
                return Err(Reason::NoKey);
            }
            let is_data = matches!(of, Val::Data(..));
            if let (Val::Data(object, kind), Some(name)) = (of, key.as_text()) {
                self.session.spend(1)?;
                if let types::Type::Object(at) = self.types.get(*kind)
                    && let Some(field) = self.types.objects.get(at as usize).and_then(|object| object.field(name))
                    && field.conditional
                    && let Some(seen) = self.outside.seen(*object, field.place)
                {
                    return counted(seen);
                }
            }
            let value = entry(of, key, self.types).ok_or(if is_data { Reason::Absent } else { Reason::NoKey })?;
            return value.ok_or(Reason::Absent);
        }
        let at = match key {
            Val::Int(at) => *at,
            Val::Uint(at) => i64::try_from(*at).unwrap_or(-1),
            #[expect(
                clippy::cast_possible_truncation,
                reason = "a whole number, and one beyond the range is cut to an index that is no item's"
            )]
            Val::Double(at) if at.fract() == 0.0 => *at as i64,
            Val::Double(_) => return Err(Reason::BadValue),
            _ => return Err(Reason::NoOverload),
        };
        let at = usize::try_from(at).map_err(|_| Reason::Index)?;
        match of {
            Val::List(items) => items.get(at).cloned().ok_or(Reason::Index),
            Val::Data(list, kind) if list.kind() == Kind::Array => {
                self.session.spend(at.min(list.len()) as u64)?;
                let item = list.item(at).filter(|_| at < list.len());
                Val::of(item.ok_or(Reason::Index)?, inner(*kind, "", self.types), self.types).ok_or(Reason::Absent)
            }
            _ => Err(Reason::NoOverload),
        }
    }

    /// Whether two values are equal, paid for by their sizes.
    pub(super) fn equals(&mut self, left: &Val<'a>, right: &Val<'a>) -> Result<bool, Reason> {
        let simple = |value: &Val<'_>| !matches!(value, Val::List(_) | Val::Map(_) | Val::Data(..) | Val::Optional(_));
        if !simple(left) && !simple(right) {
            self.session.spend(left.size().min(right.size()) * 4)?;
        } else {
            self.session.spend(left.as_text().map_or(0, str::len) as u64 / 16)?;
        }
        Ok(equal(left, right, self.types))
    }

    /// The items of a list, one after the other in a new one.
    pub(super) fn items(&mut self, of: &Val<'a>) -> Result<Vec<Val<'a>>, Reason> {
        if !of.is_list() {
            return Err(Reason::NoOverload);
        }
        self.session.make(of.len().unwrap_or(0) * VALUE_BYTES)?;
        let mut items = Vec::with_capacity(of.len().unwrap_or(0));
        let mut cursor = Cursor::new(of.clone(), self.types);
        while let Some((_, item)) = cursor.next(self.types) {
            items.push(item.ok_or(Reason::Absent)?);
        }
        Ok(items)
    }
}

fn made<'a>(entries: Vec<(Val<'a>, Val<'a>)>) -> Given<'a> {
    Map::new(entries).map(|map| Val::Map(Arc::new(map))).ok_or(Reason::DuplicateKey)
}

/// Whether a comparison holds of two values in that order.
const fn holds(fun: Fun, order: Ordering) -> bool {
    match fun {
        Fun::Equal => order.is_eq(),
        Fun::NotEqual => order.is_ne(),
        Fun::Less => order.is_lt(),
        Fun::LessEqual => order.is_le(),
        Fun::Greater => order.is_gt(),
        _ => order.is_ge(),
    }
}

/// What counts in place of the data.
fn counted(seen: Seen<'_>) -> Given<'_> {
    match seen {
        Seen::Hidden | Seen::Nothing => Err(Reason::Absent),
        Seen::Value(value) => Ok(value),
    }
}

/// Items in the order of their keys, which must be of one kind that has an order.
pub(super) fn sorted<'a>(keys: &[Val<'a>], items: &[Val<'a>]) -> Result<Vec<Val<'a>>, Reason> {
    if let Some(first) = keys.first()
        && !keys.iter().all(|key| key.type_name() == first.type_name() && key.compare(key).is_some())
    {
        return Err(Reason::NoOverload);
    }
    let compare = |left: u32, right: u32| {
        let pair = keys.get(left as usize).zip(keys.get(right as usize));
        pair.and_then(|(left, right)| left.compare(right)).unwrap_or(std::cmp::Ordering::Equal)
    };
    Ok(order::sorted(keys.len(), &compare).into_iter().filter_map(|at| items.get(at as usize).cloned()).collect())
}
