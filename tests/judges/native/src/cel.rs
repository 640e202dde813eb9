//! The crate cel: one JSON line `{"expression": …, "variables": [[name, value], …]}` in, its value out, or `{"error": why}`. Values are
//! tagged with their types: `{"int": "5"}`, `{"list": […]}`, `{"map": [[key, value], …]}`.

use base64::Engine;
use cel::objects::{Key, Map};
use cel::{Context, Program, Value};
use serde_json::{Value as Json, json};
use std::collections::HashMap;
use std::error::Error;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

pub fn answer(asked: &Json) -> Result<String, Box<dyn Error>> {
    std::panic::set_hook(Box::new(|_| ()));
    let answer = catch_unwind(AssertUnwindSafe(|| evaluated(asked)));
    let answer = answer.unwrap_or_else(|_| Err("it panics".into())).unwrap_or_else(|error| json!({"error": error.to_string()}));
    Ok(answer.to_string())
}

fn evaluated(asked: &Json) -> Result<Json, Box<dyn Error>> {
    let program = Program::compile(asked["expression"].as_str().ok_or("no expression")?).map_err(|error| error.to_string())?;
    let mut context = Context::default();
    for variable in asked["variables"].as_array().ok_or("no variables")? {
        context.add_variable_from_value(variable[0].as_str().ok_or("no name")?, value(&variable[1])?);
    }
    tagged(&program.execute(&context).map_err(|error| error.to_string())?)
}

fn value(tagged: &Json) -> Result<Value, Box<dyn Error>> {
    let (tag, of) = tagged.as_object().and_then(|members| members.iter().next()).ok_or("no value")?;
    let text = || of.as_str().ok_or("no text");
    let items = || of.as_array().ok_or("no list");
    Ok(match tag.as_str() {
        "null" => Value::Null,
        "bool" => Value::Bool(of.as_bool().ok_or("no bool")?),
        "int" => Value::Int(text()?.parse()?),
        "uint" => Value::UInt(text()?.parse()?),
        "double" => Value::Float(text()?.parse()?),
        "string" => Value::from(text()?),
        "list" => Value::List(Arc::new(items()?.iter().map(value).collect::<Result<_, _>>()?)),
        "map" => {
            let mut map = HashMap::new();
            for entry in items()? {
                map.insert(key(value(&entry[0])?)?, value(&entry[1])?);
            }
            Value::Map(Map { map: Arc::new(map) })
        }
        _ => return Err("a value of another kind".into()),
    })
}

fn key(value: Value) -> Result<Key, Box<dyn Error>> {
    Ok(match value {
        Value::Int(number) => Key::Int(number),
        Value::UInt(number) => Key::Uint(number),
        Value::Bool(is) => Key::Bool(is),
        Value::String(text) => Key::String(text),
        _ => return Err("no key".into()),
    })
}

fn tagged(value: &Value) -> Result<Json, Box<dyn Error>> {
    Ok(match value {
        Value::Null => json!({"null": null}),
        Value::Bool(is) => json!({"bool": is}),
        Value::Int(number) => json!({"int": number.to_string()}),
        Value::UInt(number) => json!({"uint": number.to_string()}),
        Value::Float(number) => json!({"double": number.to_string()}),
        Value::String(text) => json!({"string": **text}),
        Value::Bytes(bytes) => json!({"bytes": base64::engine::general_purpose::STANDARD.encode(&**bytes)}),
        Value::List(items) => json!({"list": items.iter().map(tagged).collect::<Result<Vec<_>, _>>()?}),
        Value::Map(map) => {
            let entries = map.map.iter().map(|(key, value)| Ok(json!([tagged(&key.into())?, tagged(value)?])));
            json!({"map": entries.collect::<Result<Vec<_>, Box<dyn Error>>>()?})
        }
        other => json!({"other": format!("{other:?}")}),
    })
}
