//! Makes rule schemas by chance: a few fields, a group, a table, a list of texts and a map, with expressions over all of them.
#![allow(clippy::indexing_slicing, reason = "a list that has no such item is a mistake here")]

use super::schema_maker::Chance;
use serde_json::{Map, Value, json};

/// Expressions that are whole numbers, by where they may stand: at the root's fields, in the group, in a row.
const NUMBERS: [&[&str]; 3] = [
    &[
        "root.a",
        "root.b",
        "root.o.x",
        "root.rows.size()",
        "sum(root.rows.map(r, r.p))",
        "sum(root.rows.filter(r, r.q > 1).map(r, r.p))",
        "root.tags.size()",
        "root.rows[0].p",
        "root.c * 2",
        "root.o.y + root.a",
        "parent.a",
        "root.rows.map(r, r.all.size()).size()",
        "size(root.m)",
        "root.rows.exists(r, r.u == 'k') ? 1 : 2",
        "root.?o.?x.orValue(7)",
        "sum(root.rows.map(r, r.d))",
        "root.rows.filter(r, r.d).size()",
        "root.rows.map(r, r.d, r.p).size()",
        "size([root.rows.filter(r, r.p > 1).size()].filter(n, n > 0))",
    ],
    &["parent.x", "parent.y", "root.a", "root.b + 1", "root.rows.size()", "sum(root.rows.map(r, r.q))"],
    &[
        "parent.p",
        "parent.q",
        "parent.p + parent.q",
        "root.a",
        "root.rows.size()",
        "root.o.x",
        "parent.all.size()",
        "root.rows[0].q",
        "sum(parent.all)",
    ],
];

const TESTS: [&[&str]; 3] = [
    &[
        "root.s == 'k'",
        "root.a > 1",
        "has(root.b)",
        "has(root.o)",
        "root.rows.exists(r, r.p > 2)",
        "root.rows.all(r, has(r.u))",
        "root.tags.exists(t, t == 'k')",
        "root.m.exists(k, v, v > 1)",
        "root.o == {'x': 1}",
        "!has(root.c)",
        "root.rows.exists_one(r, r.q == 1)",
        "today > date('2020-01-01')",
        "'k' in root.tags",
        "root.rows[0] == root.rows[1]",
        "root.o.exists(k, v, k == 'x')",
        "has(root.late)",
        "root.rows.exists(r, r.d == 1)",
        "root.rows.exists_one(r, r.d)",
        "root.rows.all(r, r.d || r.p > 1)",
        "root.look.status == 'match' && root.look.asked.a == root.a",
        "has(root.look) && root.look.facts.size() > 0",
    ],
    &[
        "parent.look.status == 'unavailable'",
        "parent.t == 'k'",
        "parent.x > 0",
        "has(parent.y)",
        "root.s == 'k'",
        "root.rows.exists(r, r.q > 1)",
        "root.a > root.b",
    ],
    &[
        "parent.look.asked.a == parent.p",
        "parent.u == 'k'",
        "parent.p > 1",
        "has(parent.q)",
        "root.s == 'k'",
        "root.rows.exists(r, r.q > parent.p)",
        "parent.all.all(n, n > 0)",
        "root.rows.size() > 1",
    ],
];

const RULES: [&[&str]; 4] = [
    &[
        "self.a < self.b",
        "self.s != 'k' || has(self.o)",
        "self.rows.size() < 3",
        "sum(self.rows.map(r, r.p)) < 5",
        "self.m.all(k, v, v < 3)",
        "self.tags.size() < 2 || self.tags[0] != self.tags[1]",
        "!self.rows.exists(r, r.all.size() > 1)",
        "self.o != {'x': 1, 'y': 2}",
        "self.c > 0",
        "self.late != 'k'",
        "self.look.status == 'match'",
        "self.look.asked.a == self.a",
    ],
    &["self.look.asked.a == self.x", "self.x < self.y", "self.t != 'k'", "self.x < root.a", "size(self) < 3"],
    &[
        "!has(self.look) || self.look.status != 'mismatch'",
        "self.p < self.q",
        "self.u != 'k'",
        "self.p < root.a",
        "parent.size() < 3",
        "self.all.size() < 2",
        "parent.all(r, r.p != self.p || r == self)",
    ],
    &["self > 0", "self < root.a"],
];

/// A rule schema.
pub fn rule_schema(chance: &mut Chance<'_>) -> Value {
    let number = json!({"type": "integer"});
    let text = json!({"type": "string"});
    let mut count = 0;
    let mut with = |chance: &mut Chance<'_>, mut field: Value, level: usize| {
        let kind = field["type"].as_str().unwrap_or_default().to_owned();
        let Some(members) = field.as_object_mut() else { return field };
        if chance.below(4) == 0 {
            members.insert("x-relevant".to_owned(), one(chance, TESTS[level]));
        }
        if kind == "integer" && chance.below(5) == 0 {
            members.insert("x-calculate".to_owned(), one(chance, NUMBERS[level]));
        }
        match chance.below(8) {
            0 => drop(members.insert("x-required".to_owned(), json!(true))),
            1 => drop(members.insert("x-required".to_owned(), one(chance, TESTS[level]))),
            2 => drop(members.insert("x-readonly".to_owned(), one(chance, TESTS[level]))),
            3 if kind == "integer" => rules(chance, members, RULES[3], &[], &mut count),
            4 => drop(members.insert("x-label".to_owned(), json!({"vi": "Ô này", "en": "This"}))),
            _ => {}
        }
        field
    };
    let mut look =
        json!({"type": "object", "x-lookup": true, "properties": {"asked": {"type": "object", "properties": {"a": {"type": "integer"}}}}});
    match chance.below(4) {
        0 => look["additionalProperties"] = json!(false),
        1 => look["required"] = json!(["asked"]),
        _ => {}
    }
    let mut group = Map::new();
    for (name, field) in [("x", &number), ("y", &number), ("t", &text), ("look", &look)] {
        group.insert(name.to_owned(), with(chance, field.clone(), 1));
    }
    let mut row = Map::new();
    for (name, field) in
        [("p", &number), ("q", &number), ("u", &text), ("all", &json!({"type": "array", "items": {"type": "integer"}})), ("look", &look)]
    {
        row.insert(name.to_owned(), with(chance, field.clone(), 2));
    }
    // Of any kind: what it is, is known when it is read.
    row.insert("d".to_owned(), json!({}));
    let group = json!({"type": "object", "properties": group, "additionalProperties": false});
    let row = json!({"type": "object", "properties": row, "additionalProperties": false});
    let rows = json!({"type": "array", "items": row, "maxItems": 20, "uniqueItems": true});
    let tags = json!({"type": "array", "items": {"type": "string", "minLength": 1}});
    let map = json!({"type": "object", "additionalProperties": {"type": "integer", "minimum": 0}});
    let mut fields = Map::new();
    for (name, field) in [
        ("a", &number),
        ("b", &number),
        ("c", &number),
        ("s", &text),
        ("late", &text),
        ("o", &group),
        ("rows", &rows),
        ("tags", &tags),
        ("m", &map),
        ("look", &look),
    ] {
        fields.insert(name.to_owned(), with(chance, field.clone(), 0));
    }
    let mut count = 100;
    if let Some(group) = fields["o"].as_object_mut() {
        rules(chance, group, RULES[1], &["/x", "/t", "/y"], &mut count);
    }
    if let Some(row) = fields["rows"]["items"].as_object_mut() {
        rules(chance, row, RULES[2], &["/p", "/u", "/all"], &mut count);
    }
    let mut schema = Map::new();
    schema.insert("type".to_owned(), json!("object"));
    schema.insert("additionalProperties".to_owned(), json!(false));
    schema.insert("properties".to_owned(), Value::Object(fields));
    if chance.below(3) == 0 {
        schema.insert("if".to_owned(), json!({"properties": {"s": {"const": "k"}}, "required": ["s"]}));
        schema.insert("then".to_owned(), json!({"required": ["a", "o"], "properties": {"o": {"required": ["x"]}}}));
    }
    rules(chance, &mut schema, RULES[0], &["/a", "/o/x", "/rows", "/late", "/o/t"], &mut count);
    Value::Object(schema)
}

fn one(chance: &mut Chance<'_>, of: &[&str]) -> Value {
    json!(of[chance.below(of.len())])
}

fn rules(chance: &mut Chance<'_>, members: &mut Map<String, Value>, of: &[&str], at: &[&str], count: &mut usize) {
    let list: Vec<Value> = (0..chance.below(4))
        .map(|_| {
            *count += 1;
            let mut rule =
                json!({"id": format!("r{count}"), "rule": one(chance, of), "message": {"vi": "Xem lại {label}", "en": "Look at {label}"}});
            if !at.is_empty() && chance.below(2) == 0 {
                rule["at"] = json!([at[chance.below(at.len())], at[chance.below(at.len())]]);
            }
            if chance.below(3) == 0 {
                rule["level"] = json!("warning");
            }
            rule
        })
        .collect();
    members.insert("x-rules".to_owned(), json!(list));
}

/// Data for it, or a part of it.
pub fn rule_data(chance: &mut Chance<'_>, whole: bool) -> Value {
    let number = |chance: &mut Chance<'_>| json!(chance.below(5));
    let text = |chance: &mut Chance<'_>| json!(["k", "l", "ê"][chance.below(3)]);
    let look = |chance: &mut Chance<'_>| {
        let status = ["match", "mismatch", "unavailable", "yes"][chance.below(4)];
        let mut look = json!({"status": status, "asked": {"a": chance.below(3)}});
        match chance.below(6) {
            0 => look["facts"] = json!({"b": 1}),
            1 => look["at"] = json!(["2026-11-24T09:00:00+07:00", "9"][chance.below(2)]),
            2 => look["more"] = json!(1),
            3 => drop(look.as_object_mut().and_then(|look| look.remove("asked"))),
            _ => {}
        }
        look
    };
    let group = |chance: &mut Chance<'_>| {
        let mut group = Map::new();
        for (name, value) in [("x", number(chance)), ("y", number(chance)), ("t", text(chance)), ("look", look(chance))] {
            if chance.below(3) > 0 {
                group.insert(name.to_owned(), value);
            }
        }
        Value::Object(group)
    };
    let row = |chance: &mut Chance<'_>| {
        let mut row = Map::new();
        let any = json!([1, 2, 1.5, true, false, "k"])[[0, 0, 0, 0, 1, 2, 3, 3, 3, 3, 4, 5][chance.below(12)]].clone();
        for (name, value) in [
            ("p", number(chance)),
            ("q", number(chance)),
            ("u", text(chance)),
            ("all", json!([chance.below(3)])),
            ("look", look(chance)),
            ("d", any),
        ] {
            if chance.below(3) > 0 {
                row.insert(name.to_owned(), value);
            }
        }
        Value::Object(row)
    };
    // Of long tables other things are kept.
    let rows = |chance: &mut Chance<'_>| {
        let count = if chance.below(4) == 3 { 14 + chance.below(8) } else { chance.below(4) };
        json!((0..count).map(|_| row(chance)).collect::<Vec<_>>())
    };
    if !whole {
        return match chance.below(11) {
            0..=2 => number(chance),
            3 | 4 => text(chance),
            5 => group(chance),
            6 => row(chance),
            7 => rows(chance),
            9 | 10 => look(chance),
            _ => json!([{}, [], null, true, ["k", "l"], {"x": 1}, ""])[chance.below(7)].clone(),
        };
    }
    let mut data = Map::new();
    for (name, value) in [
        ("a", number(chance)),
        ("b", number(chance)),
        ("c", number(chance)),
        ("s", text(chance)),
        ("late", text(chance)),
        ("o", group(chance)),
        ("rows", rows(chance)),
        ("tags", json!([text(chance), "k"])),
        ("m", json!({"one": chance.below(4)})),
        ("look", look(chance)),
    ] {
        if chance.below(3) > 0 {
            data.insert(name.to_owned(), value);
        }
    }
    Value::Object(data)
}
