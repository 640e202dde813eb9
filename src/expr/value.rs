//! Values of CEL (language definition, "Values"): of a document where they stand, or made by an expression.

use super::types::{self, Type, TypeId, Types};
use crate::json::{Kind, Value};
use crate::order;
use crate::text::{Date, Duration, Timestamp};
use std::cmp::Ordering;
use std::sync::Arc;

/// What a value counts as where memory is paid for: what it takes where an address has 64 bits, so that an expression fails everywhere or nowhere.
pub(super) const VALUE_BYTES: usize = 24;

/// A value. `'a` is the life of the expression, the schema and the data.
#[derive(Clone, Debug)]
pub enum Val<'a> {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A whole number without a sign.
    Uint(u64),
    /// A double.
    Double(f64),
    /// Text of the document.
    Text(&'a str),
    /// Text that was made.
    Made(Arc<str>),
    /// Bytes.
    Bytes(Arc<Vec<u8>>),
    /// A point in time.
    Timestamp(Timestamp),
    /// A span of time.
    Duration(Duration),
    /// A day.
    Date(Date),
    /// A list that was made.
    List(Arc<Vec<Val<'a>>>),
    /// A map that was made.
    Map(Arc<Map<'a>>),
    /// An array or object of a document, with its type.
    Data(Value<'a>, TypeId),
    /// A type, by its name.
    Type(&'static str),
    /// A value that may be left out.
    Optional(Option<Arc<Val<'a>>>),
}

impl From<String> for Val<'_> {
    fn from(text: String) -> Self {
        Self::Made(text.into())
    }
}

impl<'a> FromIterator<Val<'a>> for Val<'a> {
    /// A list.
    fn from_iter<I: IntoIterator<Item = Val<'a>>>(items: I) -> Self {
        Self::List(Arc::new(items.into_iter().collect()))
    }
}

/// A map: entries sorted by key, no key twice.
#[derive(Clone, Debug, Default)]
pub struct Map<'a> {
    entries: Vec<(Val<'a>, Val<'a>)>,
}

impl<'a> Map<'a> {
    /// A map of entries; `None` when a key is there twice or is none that a map may have.
    #[must_use]
    pub fn new(mut entries: Vec<(Val<'a>, Val<'a>)>) -> Option<Self> {
        for (key, _) in &entries {
            key_rank(key)?;
        }
        order::sort_by(&mut entries, |(left, _), (right, _)| key_order(left, right));
        let repeats = entries.windows(2).any(|pair| matches!(pair, [(left, _), (right, _)] if key_order(left, right).is_eq()));
        (!repeats).then_some(Self { entries })
    }

    /// The entries, by key.
    #[must_use]
    pub fn entries(&self) -> &[(Val<'a>, Val<'a>)] {
        &self.entries
    }

    /// The value of a key.
    #[must_use]
    pub fn get(&self, key: &Val<'_>) -> Option<&Val<'a>> {
        key_rank(key)?;
        let at = self.entries.partition_point(|(known, _)| key_order(known, key).is_lt());
        self.entries.get(at).filter(|(known, _)| key_order(known, key).is_eq()).map(|(_, value)| value)
    }
}

/// Which kinds of keys there are. Numbers of different types are one kind: `1`, `1u` and `1.0` are the same key.
const fn key_rank(key: &Val<'_>) -> Option<u8> {
    match key {
        Val::Bool(_) => Some(0),
        Val::Int(_) | Val::Uint(_) => Some(1),
        Val::Double(number) if !number.is_nan() => Some(1),
        Val::Text(_) | Val::Made(_) => Some(2),
        _ => None,
    }
}

/// Whether a map may have the key.
pub(super) const fn is_key(value: &Val<'_>) -> bool {
    key_rank(value).is_some()
}

/// The order of keys.
pub(super) fn key_order(left: &Val<'_>, right: &Val<'_>) -> Ordering {
    key_rank(left).cmp(&key_rank(right)).then_with(|| left.compare(right).unwrap_or(Ordering::Equal))
}

impl<'a> Val<'a> {
    /// A value of a document as a type reads it; `None` where it has not that type.
    #[must_use]
    pub fn of(value: Value<'a>, kind: TypeId, types: &Types) -> Option<Self> {
        Some(match (types.get(kind), value.kind()) {
            (Type::Nullable(_) | Type::Null | Type::Dyn, Kind::Null) => Self::Null,
            (Type::Nullable(of), _) => return Self::of(value, of, types),
            (Type::Bool | Type::Dyn, Kind::True | Kind::False) => Self::Bool(value.kind() == Kind::True),
            (Type::Int, Kind::Number) => Self::Int(value.as_number()?.to_i64()?),
            (Type::Double, Kind::Number) => Self::Double(value.as_number()?.to_f64()),
            (Type::Dyn, Kind::Number) => {
                let number = value.as_number()?;
                if number.text().bytes().all(|byte| byte.is_ascii_digit() || byte == b'-') {
                    match number.to_i64() {
                        Some(whole) => Self::Int(whole),
                        None => Self::Double(number.to_f64()),
                    }
                } else {
                    Self::Double(number.to_f64())
                }
            }
            (Type::String | Type::Choice(_) | Type::Dyn, Kind::String) => Self::Text(value.as_str()?),
            (Type::Date, Kind::String) => Self::Date(Date::parse(value.as_str()?)?),
            (Type::Timestamp, Kind::String) => Self::Timestamp(Timestamp::parse(value.as_str()?)?),
            (Type::List(_) | Type::Dyn, Kind::Array) | (Type::Map(..) | Type::Object(_) | Type::Dyn, Kind::Object) => {
                Self::Data(value, kind)
            }
            _ => return None,
        })
    }

    /// The text, if it is one.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Val::Text(text) => Some(text),
            Val::Made(text) => Some(text),
            _ => None,
        }
    }

    pub(super) const fn is_number(&self) -> bool {
        matches!(self, Self::Int(_) | Self::Uint(_) | Self::Double(_))
    }

    /// Whether it is a list.
    #[must_use]
    pub fn is_list(&self) -> bool {
        matches!(self, Self::List(_)) || matches!(self, Self::Data(value, _) if value.kind() == Kind::Array)
    }

    /// Whether it is a map.
    #[must_use]
    pub fn is_map(&self) -> bool {
        matches!(self, Self::Map(_)) || matches!(self, Self::Data(value, _) if value.kind() == Kind::Object)
    }

    /// How many items or entries it has; `None` when it is neither list nor map.
    pub(super) fn len(&self) -> Option<usize> {
        match self {
            Self::List(items) => Some(items.len()),
            Self::Map(map) => Some(map.entries.len()),
            Self::Data(value, _) => Some(value.len()),
            _ => None,
        }
    }

    /// The name of its type.
    #[must_use]
    pub fn type_name(&self) -> &'static str {
        match self {
            Self::Null => "null_type",
            Self::Bool(_) => "bool",
            Self::Int(_) => "int",
            Self::Uint(_) => "uint",
            Self::Double(_) => "double",
            Self::Text(_) | Self::Made(_) => "string",
            Self::Bytes(_) => "bytes",
            Self::Timestamp(_) => "google.protobuf.Timestamp",
            Self::Duration(_) => "google.protobuf.Duration",
            Self::Date(_) => "date",
            Self::Type(_) => "type",
            Self::Optional(_) => "optional_type",
            _ if self.is_list() => "list",
            _ => "map",
        }
    }

    /// The order of two values that have one: numbers of any type by value, the others beside their like.
    #[must_use]
    pub fn compare(&self, other: &Val<'_>) -> Option<Ordering> {
        match (self, other) {
            (Self::Int(left), Val::Int(right)) => Some(left.cmp(right)),
            (Self::Double(left), Val::Double(right)) => left.partial_cmp(right),
            (Self::Double(left), Val::Int(_) | Val::Uint(_)) => beside(*left, other.whole()?),
            (Self::Int(_) | Self::Uint(_), Val::Double(right)) => beside(*right, self.whole()?).map(Ordering::reverse),
            (Self::Int(_) | Self::Uint(_), Val::Int(_) | Val::Uint(_)) => Some(self.whole()?.cmp(&other.whole()?)),
            (Self::Bool(left), Val::Bool(right)) => Some(left.cmp(right)),
            (Self::Bytes(left), Val::Bytes(right)) => Some(left.cmp(right)),
            (Self::Timestamp(left), Val::Timestamp(right)) => Some(left.cmp(right)),
            (Self::Duration(left), Val::Duration(right)) => Some(left.cmp(right)),
            (Self::Date(left), Val::Date(right)) => Some(left.cmp(right)),
            _ => Some(self.as_text()?.cmp(other.as_text()?)),
        }
    }

    /// A whole number of either type.
    fn whole(&self) -> Option<i128> {
        match self {
            Self::Int(number) => Some((*number).into()),
            Self::Uint(number) => Some((*number).into()),
            _ => None,
        }
    }

    /// Whether two values are equal (language definition, "Equality").
    #[must_use]
    pub fn equals(&self, other: &Val<'_>, types: &Types) -> bool {
        equal(self, other, types)
    }

    /// How many values it holds, itself included: what comparing or copying it takes.
    pub(super) fn size(&self) -> u64 {
        match self {
            Self::List(items) => 1 + items.iter().map(Val::size).sum::<u64>(),
            Self::Map(map) => 1 + map.entries.iter().map(|(_, value)| 1 + value.size()).sum::<u64>(),
            Self::Data(value, _) => value.size() as u64,
            Self::Bytes(bytes) => 1 + bytes.len() as u64 / 16,
            Self::Optional(Some(value)) => 1 + value.size(),
            _ => 1 + self.as_text().map_or(0, str::len) as u64 / 16,
        }
    }
}

/// Where a double stands beside a whole number.
#[expect(clippy::cast_possible_truncation, reason = "the double is within the range of i128, or cut to its ends")]
fn beside(double: f64, whole: i128) -> Option<Ordering> {
    let floor = double.floor();
    if double.is_nan() {
        return None;
    }
    Some((floor as i128).cmp(&whole).then(if double > floor { Ordering::Greater } else { Ordering::Equal }))
}

/// The items of a list, or the entries of a map, one after the other.
pub(super) struct Cursor<'a> {
    of: Val<'a>,
    next: usize,
    /// In a document the next one, and of a list the type of its items.
    data: Option<Value<'a>>,
    items: Option<TypeId>,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(of: Val<'a>, types: &Types) -> Self {
        let (data, items) = match &of {
            Val::Data(value, kind) => (value.first(), (value.kind() == Kind::Array).then(|| inner(*kind, "", types))),
            _ => (None, None),
        };
        Self { of, next: 0, data, items }
    }

    /// Of an array of a document the first item, and the type of all.
    pub(super) fn items(&self) -> Option<(Option<Value<'a>>, TypeId)> {
        Some((self.data, self.items?))
    }

    /// Index and item, or key and value. A value that has not its type is `None`.
    pub(super) fn next(&mut self, types: &Types) -> Option<(Val<'a>, Option<Val<'a>>)> {
        let at = self.next;
        self.next += 1;
        match &self.of {
            Val::List(items) => items.get(at).map(|item| (Val::Int(at as i64), Some(item.clone()))),
            Val::Map(map) => map.entries.get(at).map(|(key, value)| (key.clone(), Some(value.clone()))),
            Val::Data(_, kind) => {
                let value = self.data?;
                self.data = value.sibling();
                Some(match self.items {
                    Some(kind) => (Val::Int(at as i64), Val::of(value, kind, types)),
                    None => (Val::Text(value.name()), Val::of(value, inner(*kind, value.name(), types), types)),
                })
            }
            _ => None,
        }
    }
}

/// The type of what stands under a name, or at any index, of a type.
pub(super) fn inner(kind: TypeId, name: &str, types: &Types) -> TypeId {
    match types.get(kind) {
        Type::List(of) | Type::Map(_, of) => of,
        Type::Object(at) => {
            let object = types.objects.get(at as usize);
            object.and_then(|object| object.field(name).map(|field| field.kind).or(object.others)).unwrap_or(types::DYN)
        }
        _ => types::DYN,
    }
}

/// Whether two values are equal (language definition, "Equality"): numbers by value, other types apart, `NaN` never.
pub(super) fn equal(left: &Val<'_>, right: &Val<'_>, types: &Types) -> bool {
    if let Some(order) = left.compare(right) {
        return order.is_eq();
    }
    match (left, right) {
        (Val::Null, Val::Null) => true,
        (Val::Data(left, _), Val::Data(right, _)) if left.is(*right) => true,
        (Val::Type(left), Val::Type(right)) => left == right,
        (Val::Optional(None), Val::Optional(None)) => true,
        (Val::Optional(Some(left)), Val::Optional(Some(right))) => equal(left, right, types),
        _ if left.is_list() && right.is_list() => {
            let (mut lefts, mut rights) = (Cursor::new(left.clone(), types), Cursor::new(right.clone(), types));
            left.len() == right.len()
                && std::iter::from_fn(|| lefts.next(types)).all(|(_, left)| match (left, rights.next(types)) {
                    (Some(left), Some((_, Some(right)))) => equal(&left, &right, types),
                    _ => false,
                })
        }
        _ if left.is_map() && right.is_map() => {
            let mut lefts = Cursor::new(left.clone(), types);
            left.len() == right.len()
                && std::iter::from_fn(|| lefts.next(types)).all(|(key, left)| match (left, entry(right, &key, types)) {
                    (Some(left), Some(Some(right))) => equal(&left, &right, types),
                    _ => false,
                })
        }
        _ => false,
    }
}

/// The value of a key; inside it `None` where a document's value has not its type.
pub(super) fn entry<'a>(map: &Val<'a>, key: &Val<'_>, types: &Types) -> Option<Option<Val<'a>>> {
    match map {
        Val::Map(map) => map.get(key).map(|value| Some(value.clone())),
        Val::Data(object, kind) => {
            let name = key.as_text()?;
            object.member(name).map(|value| Val::of(value, inner(*kind, name, types), types))
        }
        _ => None,
    }
}
