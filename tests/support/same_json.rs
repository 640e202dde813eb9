//! Whether hoso and serde_json read the same from a text.

use hoso::json::{Kind, Value};

/// Whether both hold the same, the last bits of a double left open: serde_json rounds by a faster way.
pub fn same(ours: Value<'_>, theirs: &serde_json::Value) -> bool {
    use serde_json::Value as Json;
    match theirs {
        Json::Null => ours.kind() == Kind::Null,
        Json::Bool(truth) => ours.as_bool() == Some(*truth),
        Json::String(text) => ours.as_str() == Some(text),
        Json::Number(number) => {
            let number_of = |value: Value<'_>| value.as_number().and_then(|number| number.text().parse().ok());
            let (left, right): (f64, f64) = (number_of(ours).unwrap_or(f64::NAN), number.as_f64().unwrap_or(f64::NAN));
            (left - right).abs() <= (right.abs() * 4.0 * f64::EPSILON).max(f64::from_bits(4))
        }
        Json::Array(items) => {
            ours.kind() == Kind::Array && ours.len() == items.len() && ours.items().zip(items).all(|(left, right)| same(left, right))
        }
        Json::Object(members) => {
            let found = |(name, theirs)| ours.member(name).is_some_and(|ours| same(ours, theirs));
            ours.kind() == Kind::Object
                && ours.len() == members.len()
                && members.iter().all(|(name, theirs)| found((name.as_str(), theirs)))
        }
    }
}
