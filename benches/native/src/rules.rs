//! Rules in CEL, beside the crate cel: `rules`. Both are compiled beforehand; hoso reads a document as it stands, the crate values made from it.

mod compared;

use cel::{Context, Program};
use compared::compared;
use hoso::expr::types::Field;
use hoso::expr::{Alone, Expression, Names, Session, TypeId, Types, Val, types};
use hoso::json::Document;
use std::error::Error;
use std::hint::black_box;

const DATA: &str = r#"{"start": 3, "end": 12, "rows": [{"amount": 1}, {"amount": 2}, {"amount": 3}, {"amount": 4}, {"amount": 5}],
    "code": "HP123456", "from": "2026-11-24T09:00:00+07:00", "to": "2026-11-25T09:00:00+07:00", "note": "đã nộp bản giấy"}"#;

const RULES: [(&str, &str); 5] = [
    ("end >= start", "self.end >= self.start"),
    ("size + all over 5 rows", "self.rows.size() <= 5 && self.rows.all(row, row.amount > 0)"),
    ("startsWith + matches", "self.code.startsWith('HP') && self.code.matches('^HP[0-9]{6}$')"),
    ("timestamps", "timestamp(self.from) < timestamp(self.to)"),
    ("ternary + has", "has(self.note) ? self.note.size() < 100 : true"),
];

fn main() -> Result<(), Box<dyn Error>> {
    let document = Document::read(DATA)?;
    let json: serde_json::Value = serde_json::from_str(DATA)?;
    println!("\nNative; the crate cel takes 1.\n\n| rule | hoso | ns |\n|---|---|---|");
    for (name, rule) in RULES {
        let mut types = Types::new();
        let row = object(&mut types, &[("amount", types::INT)]);
        let rows = types.list(row);
        let text = ["code", "from", "note", "to"].map(|name| (name, types::STRING));
        let fields = [&[("end", types::INT), ("rows", rows), ("start", types::INT)][..], &text].concat();
        let this = object(&mut types, &fields);
        let expression = Expression::compile(rule, &Names::new(&[("self", this)]), &mut types).map_err(|errors| format!("{errors:?}"))?;
        let ours = || {
            let value = Val::of(document.root(), this, &types);
            expression.evaluate(&[value], &types, &Alone, &mut Session::default())
        };
        let program = Program::compile(rule)?;
        let mut context = Context::default();
        context.add_variable("self", &json)?;
        let theirs = || program.execute(&context);
        if !matches!(ours(), Ok(Val::Bool(true))) || !matches!(theirs(), Ok(cel::Value::Bool(true))) {
            return Err(format!("{rule} is {:?} and {:?}", ours(), theirs()).into());
        }
        let (ratio, taken) = compared(&|| _ = black_box(ours()), &|| _ = black_box(theirs()));
        println!("| {name} | {ratio:.2} | {} |", taken.as_nanos());
    }
    Ok(())
}

fn object(types: &mut Types, fields: &[(&str, TypeId)]) -> TypeId {
    let (kind, at) = types.object();
    let mut fields: Vec<_> = fields.iter().map(|(name, kind)| Field { name: (*name).into(), kind: *kind, place: 0, conditional: false }).collect();
    fields.sort_by(|left, right| left.name.cmp(&right.name));
    types.objects[at as usize].fields = fields;
    kind
}
