//! The evaluator: walks the checked tree (language definition, "Evaluation").
//!
//! Operators and functions want all their values; `&&`, `||` and `?:` do not, and of a failed part of the first two nothing is said when
//! another part decides.

use super::call::{Given, apply, found, optional};
use super::lists::list_of;
use super::tree::{Bind, Chain, Each, Entry, Fold, Item, NodeId, Op, Select, Selects};
use super::types::{self, Types};
use super::value::{Cursor, VALUE_BYTES, entry, equal, inner};
use super::{Expression, Map, Reason, Val};
use crate::json::{Kind, NodeId as DataId, Value};
use crate::limits;
use crate::order;
use std::sync::Arc;

/// What an expression may still take.
#[derive(Debug)]
pub struct Allowance {
    /// Steps: nodes evaluated, elements visited, bytes compared in sixteens, characters matched.
    pub steps: u64,
    /// Bytes of values that may still be made.
    pub memory: u64,
}

impl Default for Allowance {
    /// What the limits allow.
    fn default() -> Self {
        Self { steps: limits::STEPS, memory: limits::EXPRESSION_MEMORY }
    }
}

impl Allowance {
    #[inline(never)]
    pub(super) const fn spend(&mut self, steps: u64) -> Result<(), Reason> {
        match self.steps.checked_sub(steps) {
            Some(left) => {
                self.steps = left;
                Ok(())
            }
            None => Err(Reason::Steps),
        }
    }

    /// Pays for a value of so many bytes.
    #[inline(never)]
    pub(super) const fn make(&mut self, bytes: usize) -> Result<(), Reason> {
        match self.memory.checked_sub(bytes as u64) {
            Some(left) => {
                self.memory = left;
                self.spend(bytes as u64 / 16)
            }
            None => Err(Reason::TooLarge),
        }
    }
}

/// What an expression can ask for besides its variables.
pub trait Outside<'a> {
    /// The entry of a code in a code list.
    fn code(&self, list: &str, code: &str) -> Option<Value<'a>>;

    /// What counts in place of what the data holds: of an object the place of a member. `None` where the data counts.
    fn seen(&self, object: DataId, place: u32) -> Option<Seen<'a>>;
}

/// What a member counts as.
#[derive(Clone, Debug)]
pub enum Seen<'a> {
    /// It is not there.
    Hidden,
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

    fn seen(&self, _: DataId, _: u32) -> Option<Seen<'a>> {
        None
    }
}

pub(super) struct Machine<'a, 'm> {
    pub(super) expression: &'a Expression,
    pub(super) types: &'a Types,
    pub(super) variables: &'m [Option<Val<'a>>],
    pub(super) outside: &'m dyn Outside<'a>,
    pub(super) allowance: &'m mut Allowance,
    pub(super) locals: Vec<Val<'a>>,
    /// The byte that a failure is about.
    pub(super) failed_at: Option<u32>,
}

impl<'a> Machine<'a, '_> {
    pub(super) fn value(&mut self, id: NodeId) -> Given<'a> {
        let expression = self.expression;
        let node = expression.tree.node(id).ok_or(Reason::Unknown)?;
        let value = self.op(id, &node.op);
        if value.is_err() && self.failed_at.is_none() {
            self.failed_at = Some(node.at);
        }
        value
    }

    fn op(&mut self, id: NodeId, op: &'a Op) -> Given<'a> {
        self.allowance.spend(1)?;
        match op {
            Op::Const(Val::Made(text)) => Ok(Val::Text(text)),
            Op::Const(value) => Ok(value.clone()),
            Op::Global(at) => self.variables.get(*at as usize).cloned().flatten().ok_or(Reason::Absent),
            Op::Local(at) => self.locals.get(*at as usize).cloned().ok_or(Reason::Unknown),
            Op::Select(select) => {
                let of = self.value(select.of)?;
                self.select(select, &of)
            }
            Op::Call(fun, args) => {
                let (mut few, mut many) = ([Val::Null, Val::Null], Vec::new());
                let values = match few.get_mut(..args.len()) {
                    Some(values) => values,
                    None => {
                        many.resize(args.len(), Val::Null);
                        many.as_mut_slice()
                    }
                };
                for (value, arg) in values.iter_mut().zip(args) {
                    *value = self.value(*arg)?;
                }
                apply(self, id, *fun, values)
            }
            Op::Logic(or, parts) => self.logic(*or, parts),
            Op::Choose([test, then, otherwise]) => match self.value(*test)? {
                Val::Bool(true) => self.value(*then),
                Val::Bool(false) => self.value(*otherwise),
                _ => Err(Reason::NoOverload),
            },
            Op::List(items) => self.list(items),
            Op::Map(entries) => self.map(entries).and_then(made),
            Op::Each(each) => self.each(each),
            Op::Bind(bind) => self.bind(bind),
            Op::Fails(reason) => Err(*reason),
            Op::Name(_) | Op::Named(_) => Err(Reason::Unknown),
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
    fn decides(&mut self, part: NodeId, by: bool, failed: &mut Option<(Reason, Option<u32>)>) -> Result<bool, Reason> {
        let reason = match self.value(part) {
            Ok(Val::Bool(value)) => return Ok(value == by),
            Ok(_) => self.no_overload(part),
            Err(reason @ (Reason::Steps | Reason::TooLarge)) => return Err(reason),
            Err(reason) => reason,
        };
        let at = self.failed_at.take();
        if failed.is_none_or(|(reason, _)| reason == Reason::Absent) {
            *failed = Some((reason, at));
        }
        Ok(false)
    }

    /// What it comes to when no part decided.
    fn undecided(&mut self, by: bool, failed: Option<(Reason, Option<u32>)>) -> Given<'a> {
        let Some((reason, at)) = failed else { return Ok(Val::Bool(!by)) };
        self.failed_at = at;
        Err(reason)
    }

    /// The value of a node is of no type that is taken there.
    fn no_overload(&mut self, node: NodeId) -> Reason {
        self.failed_at = self.expression.tree.node(node).map(|node| node.at);
        Reason::NoOverload
    }

    #[inline(never)]
    fn select(&self, select: &Select, of: &Val<'a>) -> Given<'a> {
        let (inside, is_optional) = match of {
            Val::Optional(None) if select.kind == Selects::Presence => return Ok(Val::Bool(false)),
            Val::Optional(None) => return Ok(Val::Optional(None)),
            Val::Optional(Some(inside)) => (&**inside, true),
            other => (other, false),
        };
        let member = self.member(select, inside);
        match select.kind {
            Selects::Presence => found(member).map(|member| Val::Bool(member.is_some())),
            Selects::Value if !is_optional => member,
            _ => optional(member),
        }
    }

    fn member(&self, select: &Select, of: &Val<'a>) -> Given<'a> {
        match of {
            Val::Data(object, kind) if object.kind() == Kind::Object => {
                let (kind, place) = match select.declared {
                    Some(declared) => declared,
                    None => (inner(*kind, &select.field, self.types), 0),
                };
                if place != 0
                    && let Some(seen) = self.outside.seen(object.id(), place)
                {
                    return counted(seen);
                }
                let value = object.member_hashed(&select.field, select.hash);
                value.and_then(|value| Val::of(value, kind, self.types)).ok_or(Reason::Absent)
            }
            Val::Map(map) => map.get(&Val::Text(&select.field)).cloned().ok_or(Reason::NoKey),
            _ => Err(Reason::NoOverload),
        }
    }

    #[inline(never)]
    fn list(&mut self, items: &[Item]) -> Given<'a> {
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
        self.allowance.make(VALUE_BYTES * list.len())?;
        Ok(list_of(list))
    }

    #[inline(never)]
    fn map(&mut self, entries: &[Entry]) -> Result<Vec<(Val<'a>, Val<'a>)>, Reason> {
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
        self.allowance.make(2 * VALUE_BYTES * made.len())?;
        Ok(made)
    }

    #[inline(never)]
    fn bind(&mut self, bind: &'a Bind) -> Given<'a> {
        let value = self.value(bind.value)?;
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
        match (bind.chain, &body) {
            (Chain::Map, _) => Ok(Val::Optional(Some(Arc::new(body)))),
            (Chain::FlatMap, Val::Optional(_)) | (Chain::None, _) => Ok(body),
            _ => Err(Reason::NoOverload),
        }
    }

    #[inline(never)]
    fn each(&mut self, each: &'a Each) -> Given<'a> {
        let range = self.value(each.range)?;
        let is_list = range.is_list();
        if !is_list && !range.is_map() {
            return Err(Reason::NoOverload);
        }
        let depth = self.locals.len();
        let result = self.fold(each, Cursor::new(range), is_list);
        self.locals.truncate(depth);
        result
    }

    fn fold(&mut self, each: &'a Each, mut cursor: Cursor<'a>, is_list: bool) -> Given<'a> {
        let depth = self.locals.len();
        let by = each.kind == Fold::Exists;
        let (mut count, mut failed) = (0_u64, None);
        let (mut values, mut keys): (Vec<Val<'a>>, Vec<Val<'a>>) = (Vec::new(), Vec::new());
        let mut entries: Vec<(Val<'a>, Val<'a>)> = Vec::new();
        while let Some((key, item)) = cursor.next(self.types) {
            self.allowance.spend(1)?;
            self.locals.truncate(depth);
            // What has not its type is absent; a macro that asks all of a list can still be decided by another.
            let Some(item) = item else {
                failed = failed.or(Some((Reason::Absent, None)));
                if matches!(each.kind, Fold::All | Fold::Exists) { continue } else { break }
            };
            if each.names.len() == 2 {
                self.locals.extend([key.clone(), item.clone()]);
            } else {
                self.locals.push(if is_list { item.clone() } else { key.clone() });
            }
            if let Some(filter) = each.filter {
                match self.value(filter)? {
                    Val::Bool(true) => {}
                    Val::Bool(false) => continue,
                    _ => return Err(self.no_overload(filter)),
                }
            }
            if matches!(each.kind, Fold::All | Fold::Exists) {
                if self.decides(each.body, by, &mut failed)? {
                    return Ok(Val::Bool(by));
                }
                continue;
            }
            let body = self.value(each.body)?;
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
                    self.allowance.make(2 * VALUE_BYTES)?;
                    entries.push((key, body));
                }
                Fold::MapEntry => {
                    let mut inside = Cursor::new(body.clone());
                    if !body.is_map() {
                        return Err(self.no_overload(each.body));
                    }
                    while let Some((key, value)) = inside.next(self.types) {
                        self.allowance.make(2 * VALUE_BYTES)?;
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
        self.allowance.make(VALUE_BYTES)?;
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
                self.allowance.spend(1)?;
                if let types::Type::Object(at) = self.types.get(*kind)
                    && let Some(place) = self.types.objects.get(at as usize).and_then(|object| object.field(name)).map(|field| field.place)
                    && place != 0
                    && let Some(seen) = self.outside.seen(object.id(), place)
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
                self.allowance.spend(at.min(list.len()) as u64)?;
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
            self.allowance.spend(left.size().min(right.size()) * 4)?;
        } else {
            self.allowance.spend(left.as_text().map_or(0, str::len) as u64 / 16)?;
        }
        Ok(equal(left, right, self.types))
    }

    /// The items of a list, one after the other in a new one.
    pub(super) fn items(&mut self, of: &Val<'a>) -> Result<Vec<Val<'a>>, Reason> {
        if !of.is_list() {
            return Err(Reason::NoOverload);
        }
        self.allowance.make(of.len().unwrap_or(0) * VALUE_BYTES)?;
        let mut items = Vec::with_capacity(of.len().unwrap_or(0));
        let mut cursor = Cursor::new(of.clone());
        while let Some((_, item)) = cursor.next(self.types) {
            items.push(item.ok_or(Reason::Absent)?);
        }
        Ok(items)
    }
}

fn made<'a>(entries: Vec<(Val<'a>, Val<'a>)>) -> Given<'a> {
    Map::new(entries).map(|map| Val::Map(Arc::new(map))).ok_or(Reason::DuplicateKey)
}

/// What counts in place of the data.
fn counted(seen: Seen<'_>) -> Given<'_> {
    match seen {
        Seen::Hidden => Err(Reason::Absent),
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
