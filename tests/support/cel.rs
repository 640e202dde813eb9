//! Expressions as the suites and judges of CEL have them: types as cel-go writes them, values tagged with their type as JSON.
#![allow(dead_code, reason = "each test program uses some of it")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a suite that cannot be read has failed")]

use hoso::expr::{Map, Type, TypeId, Types, Val, types};
use hoso::json::{Kind, Value as Data};
use hoso::text::{Base64, Duration, Timestamp};
use serde_json::{Value, json};
use std::sync::Arc;

/// The type that is written so.
pub fn type_of(text: &str, all: &mut Types) -> TypeId {
    let simple = [
        ("dyn", types::DYN),
        ("null", types::NULL),
        ("bool", types::BOOL),
        ("int", types::INT),
        ("uint", types::UINT),
        ("double", types::DOUBLE),
        ("string", types::STRING),
        ("bytes", types::BYTES),
        ("timestamp", types::TIMESTAMP),
        ("duration", types::DURATION),
    ];
    if let Some((_, id)) = simple.iter().find(|(name, _)| *name == text) {
        return *id;
    }
    let (name, inner) = text.strip_suffix(')').and_then(|text| text.split_once('(')).unwrap_or_else(|| panic!("no type: {text}"));
    match name {
        "map" => {
            let (key, value) = inner.split_once(", ").unwrap();
            let (key, value) = (type_of(key, all), type_of(value, all));
            all.add(Type::Map(key, value))
        }
        "list" => {
            let of = type_of(inner, all);
            all.add(Type::List(of))
        }
        "optional_type" => {
            let of = type_of(inner, all);
            all.add(Type::Optional(of))
        }
        _ => panic!("no type: {text}"),
    }
}

/// The value that is tagged so.
pub fn value(tagged: &Value) -> Val<'static> {
    let (tag, of) = tagged.as_object().and_then(|members| members.iter().next()).unwrap_or_else(|| panic!("no value: {tagged}"));
    let text = || of.as_str().unwrap();
    match tag.as_str() {
        "null" => Val::Null,
        "bool" => Val::Bool(of.as_bool().unwrap()),
        "int" => Val::Int(text().parse().unwrap()),
        "uint" => Val::Uint(text().parse().unwrap()),
        "double" => Val::Double(text().parse().unwrap()),
        "string" => Val::from(text().to_owned()),
        "bytes" => Val::Bytes(Arc::new(Base64::Standard.decode(text()).unwrap())),
        "timestamp" => Val::Timestamp(Timestamp::parse(text()).unwrap()),
        "duration" => Val::Duration(Duration::parse(text()).unwrap()),
        "list" => of.as_array().unwrap().iter().map(value).collect(),
        "map" => {
            let entries = of.as_array().unwrap().iter().map(|entry| (value(entry.get(0).unwrap()), value(entry.get(1).unwrap())));
            Val::Map(Arc::new(Map::new(entries.collect()).unwrap()))
        }
        _ => panic!("no value: {tagged}"),
    }
}

/// A value with its tags. Entries of maps are in the order of their keys.
pub fn tagged(value: &Val<'_>) -> Value {
    match value {
        Val::Null => json!({"null": null}),
        Val::Bool(is) => json!({"bool": is}),
        Val::Int(number) => json!({"int": number.to_string()}),
        Val::Uint(number) => json!({"uint": number.to_string()}),
        Val::Double(number) => double(*number),
        Val::Bytes(bytes) => json!({"bytes": Base64::Standard.encode(bytes)}),
        Val::Timestamp(moment) => json!({"timestamp": moment.text()}),
        Val::Duration(duration) => json!({"duration": duration.text()}),
        Val::Date(date) => json!({"date": date.text()}),
        Val::List(items) => json!({"list": items.iter().map(tagged).collect::<Vec<_>>()}),
        Val::Map(map) => sorted(map.entries().iter().map(|(key, value)| json!([tagged(key), tagged(value)])).collect()),
        Val::Data(value, _) => tagged_data(*value),
        Val::Type(name) => json!({"type": name}),
        Val::Optional(value) => json!({"optional": value.as_ref().map(|value| tagged(value))}),
        text => json!({"string": text.as_text().unwrap()}),
    }
}

fn tagged_data(data: Data<'_>) -> Value {
    match data.kind() {
        Kind::Array => json!({"list": data.items().map(tagged_data).collect::<Vec<_>>()}),
        Kind::Object => sorted(data.members().map(|(name, member)| json!([{"string": name}, tagged_data(member)])).collect()),
        _ => tagged(&Val::of(data, types::DYN, &Types::new()).unwrap()),
    }
}

/// The same value with its parts in the one form that [`tagged`] gives them.
pub fn normal(tagged: &Value) -> Value {
    let (tag, of) = tagged.as_object().and_then(|members| members.iter().next()).unwrap_or_else(|| panic!("no value: {tagged}"));
    match (tag.as_str(), of) {
        ("double", Value::String(text)) => double(text.parse().unwrap()),
        ("list", Value::Array(items)) => json!({"list": items.iter().map(normal).collect::<Vec<_>>()}),
        ("map", Value::Array(entries)) => {
            sorted(entries.iter().map(|entry| json!([normal(entry.get(0).unwrap()), normal(entry.get(1).unwrap())])).collect())
        }
        ("optional", Value::Object(_)) => json!({"optional": normal(of)}),
        _ => tagged.clone(),
    }
}

fn double(number: f64) -> Value {
    json!({"double": if number.is_nan() { "NaN".to_owned() } else { format!("{number:?}") }})
}

fn sorted(mut entries: Vec<Value>) -> Value {
    entries.sort_by_key(|entry| entry.get(0).map(ToString::to_string));
    json!({ "map": entries })
}
