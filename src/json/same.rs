//! Equality of JSON values (JSON Schema Core 2020-12, 4.2.2): numbers by value, objects without order.

use super::{Kind, Value};
use crate::order;
use std::cmp::Ordering;

impl Value<'_> {
    /// Whether two values are equal as JSON Schema means it.
    #[must_use]
    pub fn equals(self, other: Value<'_>) -> bool {
        const FEW: usize = 8;
        match (self.kind(), other.kind()) {
            (Kind::String, Kind::String) => self.string_bytes() == other.string_bytes(),
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

/// The first item that equals an earlier one: (its index, the earlier index). Items are sorted by keys that are equal where the
/// items are, so that no list, whoever made it, takes longer than another of its size.
pub(crate) fn first_repeat(array: Value<'_>) -> Option<(usize, usize)> {
    let mut keys = Vec::new();
    let mut ends = Vec::with_capacity(array.len());
    for item in array.items() {
        write_key(item, &mut keys);
        ends.push(keys.len());
    }
    let key = |at: &usize| {
        let start = at.checked_sub(1).and_then(|before| ends.get(before)).copied().unwrap_or(0);
        keys.get(start..*ends.get(*at)?)
    };
    let mut order: Vec<usize> = (0..ends.len()).collect();
    order::sort_by(&mut order, |left, right| key(left).cmp(&key(right)));
    let alike = order.windows(2).filter_map(|pair| match pair {
        [earlier, later] if key(earlier) == key(later) => Some((*later, *earlier)),
        _ => None,
    });
    // The second of its equals is the first that repeats one, and stands right behind it.
    alike.min()
}

/// A number that is the same for equal values.
pub(crate) fn hash_of_value(value: Value<'_>) -> u32 {
    let mut key = Vec::new();
    write_key(value, &mut key);
    super::hash(&key)
}

/// Writes a key: the same bytes for equal values, others for others, and no key begins another.
fn write_key(value: Value<'_>, out: &mut Vec<u8>) {
    out.push(value.kind() as u8);
    match value.kind() {
        Kind::Null | Kind::False | Kind::True => {}
        Kind::String => write_text(value.as_str().unwrap_or_default(), out),
        Kind::Number => {
            if let Some(decimal) = value.as_number().map(super::Number::decimal) {
                out.push(u8::from(decimal.negative));
                out.extend(decimal.exponent.to_be_bytes());
                // No digit is this.
                out.extend(decimal.digits().chain([u8::MAX]));
            }
        }
        Kind::Array => {
            write_length(value.len(), out);
            value.items().for_each(|item| write_key(item, out));
        }
        Kind::Object => {
            write_length(value.len(), out);
            for (name, member) in sorted_members(value) {
                write_text(name, out);
                write_key(member, out);
            }
        }
    }
}

fn write_text(text: &str, out: &mut Vec<u8>) {
    write_length(text.len(), out);
    out.extend_from_slice(text.as_bytes());
}

fn write_length(length: usize, out: &mut Vec<u8>) {
    out.extend_from_slice(&(length as u64).to_be_bytes());
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
            let [ours, theirs] = [&left, &right].map(|document| {
                let mut key = Vec::new();
                write_key(document.root(), &mut key);
                key
            });
            assert_eq!(ours == theirs, same, "{left:?} {right:?}");
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
