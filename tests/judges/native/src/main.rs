//! Outside judges that are Rust crates. Without an argument: one JSON line `{"schema": …, "documents": […]}` in, one line of verdicts
//! `[true,false,…]` out, by the crate jsonschema (JSON Schema 2020-12, formats not asserted). With `cel`: see `cel.rs`.

mod cel;

use std::io::{BufRead, BufWriter, Write, stdin, stdout};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let answer = if std::env::args().nth(1).as_deref() == Some("cel") { cel::answer } else { validate };
    let mut out = BufWriter::new(stdout().lock());
    for line in stdin().lock().lines() {
        writeln!(out, "{}", answer(&serde_json::from_str(&line?)?)?)?;
    }
    Ok(())
}

fn validate(asked: &serde_json::Value) -> Result<String, Box<dyn std::error::Error>> {
    let judge = jsonschema::draft202012::new(&asked["schema"])?;
    let documents = asked["documents"].as_array().ok_or("no documents")?;
    let verdicts: Vec<bool> = documents.iter().map(|document| judge.is_valid(document)).collect();
    Ok(serde_json::to_string(&verdicts)?)
}
