//! Equality of JSON values (JSON Schema Core 2020-12, 4.2.2): numbers by value, objects without order.

use super::{Kind, Value};
use std::cmp::Ordering;

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
            (Kind::Object, Kind::Object) => sort_key(self) == sort_key(other),
            (left, right) => left == right,
        }
    }
}

/// The first item that equals an earlier one: (its index, the earlier index). Sorting keeps this near linear.
pub(crate) fn first_repeat(array: Value<'_>) -> Option<(usize, usize)> {
    let mut keys: Vec<_> = array.items().map(sort_key).zip(0..).collect();
    keys.sort_unstable();
    let repeats = keys.windows(2).filter_map(|pair| match pair {
        [(left, earlier), (right, later)] if left == right => Some((*later, *earlier)),
        _ => None,
    });
    repeats.min()
}

/// Bytes that are the same for equal values, and only for them.
fn sort_key(value: Value<'_>) -> Vec<u8> {
    let mut out = Vec::new();
    write_key(value, &mut out);
    out
}

fn write_key(value: Value<'_>, out: &mut Vec<u8>) {
    match value.kind() {
        Kind::Null => out.push(b'n'),
        Kind::False => out.push(b'f'),
        Kind::True => out.push(b't'),
        Kind::String => write_sized(value.as_str().unwrap_or_default(), out),
        Kind::Number => {
            if let Some(decimal) = value.as_number().map(super::Number::decimal) {
                out.push(if decimal.negative { b'-' } else { b'+' });
                out.extend(decimal.exponent.to_be_bytes());
                out.extend(decimal.digits());
                out.push(u8::MAX);
            }
        }
        Kind::Array => {
            out.push(b'[');
            value.items().for_each(|item| write_key(item, out));
            out.push(b']');
        }
        Kind::Object => {
            out.push(b'{');
            let mut members: Vec<_> = value.members().collect();
            members.sort_unstable_by_key(|(name, _)| *name);
            for (name, member) in members {
                write_sized(name, out);
                write_key(member, out);
            }
            out.push(b'}');
        }
    }
}

fn write_sized(text: &str, out: &mut Vec<u8>) {
    out.push(b'"');
    out.extend((text.len() as u64).to_be_bytes());
    out.extend(text.as_bytes());
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
            assert_eq!(sort_key(left.root()) == sort_key(right.root()), same, "{left:?} {right:?}");
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
