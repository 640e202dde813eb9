//! One JSON line `{"schema": …, "documents": […]}` in, one line of verdicts `[true,false,…]` out.
//!
//! The judge is the crate jsonschema (JSON Schema 2020-12, formats not asserted).

use std::io::{BufRead, BufWriter, Write, stdin, stdout};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut out = BufWriter::new(stdout().lock());
    for line in stdin().lock().lines() {
        let asked: serde_json::Value = serde_json::from_str(&line?)?;
        let judge = jsonschema::draft202012::new(&asked["schema"])?;
        let documents = asked["documents"].as_array().ok_or("no documents")?;
        let verdicts: Vec<bool> = documents.iter().map(|document| judge.is_valid(document)).collect();
        writeln!(out, "{}", serde_json::to_string(&verdicts)?)?;
    }
    Ok(())
}
