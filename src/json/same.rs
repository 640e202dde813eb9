//! Equality of JSON values (JSON Schema Core 2020-12, 4.2.2): numbers by value, objects without order.

use super::{Kind, NodeId, Value};
use crate::order;
use std::cmp::Ordering;
use std::hash::{DefaultHasher, Hash, Hasher};

impl Value<'_> {
    /// Whether two values are equal as JSON Schema means it.
    #[must_use]
    pub fn equals(self, other: Value<'_>) -> bool {
        const FEW: usize = 8;
        match (self.kind(), other.kind()) {
            (Kind::String, Kind::String) => self.as_str() == other.as_str(),
            (Kind::Number, Kind::Number) => {
                self.as_number().zip(other.as_number()).is_some_and(|(left, right)| left.compare(right) == Ordering::Equal)
            }
            (Kind::Array, Kind::Array) => {
                self.len() == other.len() && self.items().zip(other.items()).all(|(left, right)| left.equals(right))
            }
            (Kind::Object, Kind::Object) if self.len() != other.len() => false,
            (Kind::Object, Kind::Object) if self.len() <= FEW => {
                self.members().all(|(name, value)| other.member_hashed(name, value.hash_of_name()).is_some_and(|found| value.equals(found)))
            }
            (Kind::Object, Kind::Object) => {
                let mut pairs = sorted_members(self).into_iter().zip(sorted_members(other));
                pairs.all(|((name, value), (other_name, other))| name == other_name && value.equals(other))
            }
            (left, right) => left == right,
        }
    }
}

/// The first item that equals an earlier one: (its index, the earlier index). Sorting by hash keeps this near linear; equal
/// hashes of different items, which nobody makes in numbers, are told apart by comparing.
pub(crate) fn first_repeat(array: Value<'_>) -> Option<(usize, usize)> {
    let mut hashed: Vec<_> = array.items().map(|item| (hash(item), item.id())).collect();
    order::sort_by(&mut hashed, Ord::cmp);
    let item = |(_, id): &(u64, NodeId)| array.beside(*id);
    let alike = hashed.chunk_by(|left, right| left.0 == right.0).filter(|alike| alike.len() > 1);
    let repeats = alike.filter_map(|alike| {
        alike.iter().enumerate().find_map(|(at, later)| {
            let earlier = alike.iter().take(at).find(|earlier| item(earlier).equals(item(later)))?;
            Some((later.1, earlier.1))
        })
    });
    let (later, earlier) = repeats.min()?;
    let index = |id| array.items().position(|item| item.id() == id);
    Some((index(later)?, index(earlier)?))
}

/// The same for equal values.
fn hash(value: Value<'_>) -> u64 {
    let mut state = DefaultHasher::new();
    write_hash(value, &mut state);
    state.finish()
}

fn write_hash(value: Value<'_>, state: &mut DefaultHasher) {
    match value.kind() {
        Kind::Null => state.write_u8(b'n'),
        Kind::False => state.write_u8(b'f'),
        Kind::True => state.write_u8(b't'),
        Kind::String => value.as_str().hash(state),
        Kind::Number => {
            if let Some(decimal) = value.as_number().map(super::Number::decimal) {
                (decimal.negative, decimal.exponent).hash(state);
                decimal.digits().for_each(|digit| state.write_u8(digit));
            }
        }
        Kind::Array => {
            state.write_usize(value.len());
            value.items().for_each(|item| write_hash(item, state));
        }
        Kind::Object => {
            state.write_usize(value.len());
            for (name, member) in sorted_members(value) {
                name.hash(state);
                write_hash(member, state);
            }
        }
    }
}

fn sorted_members(object: Value<'_>) -> Vec<(&str, Value<'_>)> {
    let mut members: Vec<_> = object.members().collect();
    order::sort_by_key(&mut members, |(name, _)| *name);
    members
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::Document;

    #[test]
    fn equality_is_by_value() {
        for (left, right, same) in [
            ("1", "1.0", true),
            ("[1, 2]", "[2, 1]", false),
            (r#"{"a": 1, "b": [true]}"#, r#"{"b": [true], "a": 1e0}"#, true),
            (r#"{"a": 1}"#, r#"{"a": 1, "b": 2}"#, false),
            (r#"{"a": 1}"#, r#"{"b": 1}"#, false),
            ("\"1\"", "1", false),
            ("false", "0", false),
            ("null", "false", false),
            ("9007199254740993", "9007199254740992", false),
            ("\"\\u0061\"", "\"a\"", true),
        ] {
            let (left, right) = (Document::read(left).unwrap(), Document::read(right).unwrap());
            assert_eq!(left.root().equals(right.root()), same, "{left:?} {right:?}");
            assert_eq!(hash(left.root()) == hash(right.root()), same, "{left:?} {right:?}");
        }
    }

    #[test]
    fn the_first_repeated_item_is_found() {
        for (text, expected) in [
            ("[]", None),
            ("[1, 2, 3]", None),
            ("[1, 2, 1.0]", Some((2, 0))),
            (r#"[{"a": 1, "b": 2}, 5, {"b": 2, "a": 1}, 5]"#, Some((2, 0))),
            ("[\"a\", [\"a\"], [[\"a\"]]]", None),
            ("[1, true, \"1\", [1], {\"1\": 1}]", None),
        ] {
            assert_eq!(first_repeat(Document::read(text).unwrap().root()), expected, "{text}");
        }
    }
}
