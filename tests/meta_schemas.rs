//! The meta-schemas that hoso holds are those of json-schema.org, without their annotations.

#![allow(clippy::unwrap_used, reason = "a meta-schema that cannot be read has failed")]

#[path = "support/judges.rs"]
mod judges;

use serde_json::Value;

const OURS: [&str; 3] = [
    include_str!("../src/schema/meta/draft-07.json"),
    include_str!("../src/schema/meta/2019-09.json"),
    include_str!("../src/schema/meta/2020-12.json"),
];

#[test]
fn meta_schemas_are_the_published_ones() {
    let output = judges::python("meta-schemas.py").output().unwrap();
    assert!(output.status.success());
    let theirs: Vec<Value> =
        String::from_utf8(output.stdout).unwrap().lines().map(|line| checks(serde_json::from_str(line).unwrap(), false)).collect();
    let ours: Vec<Value> = OURS.iter().flat_map(|text| serde_json::from_str::<Vec<Value>>(text).unwrap()).collect();
    for document in &theirs {
        assert!(ours.contains(document), "{}", document.get("$id").unwrap());
    }
    assert_eq!(ours.len(), theirs.len());
}

/// A schema without what checks nothing. What stands in `properties` and its like is named by people.
fn checks(schema: Value, named: bool) -> Value {
    const ANNOTATIONS: [&str; 4] = ["title", "description", "$comment", "default"];
    const NAMED: [&str; 3] = ["properties", "$defs", "definitions"];
    match schema {
        Value::Object(members) => {
            let kept = members.into_iter().filter(|(name, _)| named || !ANNOTATIONS.contains(&name.as_str()));
            kept.map(|(name, value)| {
                let value = checks(value, !named && NAMED.contains(&name.as_str()));
                (name, value)
            })
            .collect()
        }
        Value::Array(items) => items.into_iter().map(|item| checks(item, false)).collect(),
        other => other,
    }
}
