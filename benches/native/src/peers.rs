//! hoso beside the crate jsonschema and Blaze: `peers FOLDER [BLAZE]`. FOLDER holds the data sets, as `benches/sets.mjs` has them;
//! BLAZE is the command `jsonschema` of PyPI's sourcemeta-jsonschema.

mod compared;

use compared::{compared, geometric_mean};
use hoso::json::Document;
use hoso::report::Language;
use hoso::schema::{Options, Schema};
use hoso::text::Moment;
use serde_json::Value;
use std::error::Error;
use std::hint::black_box;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

const HEAD: [&str; 7] = [
    "documents",
    "parsed → verdict",
    "text → verdict",
    "parsed → verdict, invalid",
    "parsed → every issue, invalid",
    "compile the schema",
    "parsed → verdict, Blaze 1",
];

/// The folder of a set as both can run it.
struct Set {
    name: String,
    schema: String,
    valid: Vec<String>,
    invalid: Vec<String>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().ok_or("peers FOLDER [BLAZE]")?;
    let blaze = arguments.next();
    let mut names: Vec<_> = std::fs::read_dir(&folder)?.map(|entry| Ok(entry?.path())).collect::<Result<_, std::io::Error>>()?;
    names.sort();
    let mut rows: Vec<(String, Vec<f64>)> = Vec::new();
    for path in names {
        let set = Set::read(&path)?;
        let ratios = measured(&set, blaze.as_deref())?;
        eprintln!("{}: {ratios:.2?}", set.name);
        rows.push((set.name, ratios));
    }
    println!("\nNative; the crate jsonschema takes 1, Blaze in the last column.\n");
    println!("| {} |\n|{}", HEAD.join(" | "), "---|".repeat(HEAD.len()));
    let means = (0..HEAD.len() - 1).map(|column| {
        let known: Vec<f64> = rows.iter().map(|(_, ratios)| ratios[column]).filter(|ratio| ratio.is_finite()).collect();
        geometric_mean(&known)
    });
    let means = ("geometric mean".to_owned(), means.collect());
    for (name, ratios) in rows.iter().chain([&means]) {
        let cells: Vec<_> = ratios.iter().map(|ratio| if ratio.is_finite() { format!("{ratio:.2}") } else { "–".to_owned() }).collect();
        println!("| {name} | {} |", cells.join(" | "));
    }
    Ok(())
}

impl Set {
    /// `format` is left out, as the public benchmark does.
    fn read(path: &Path) -> Result<Self, Box<dyn Error>> {
        let lines = |file: &str| -> Vec<String> {
            std::fs::read_to_string(path.join(file)).unwrap_or_default().lines().map(str::to_owned).collect()
        };
        let schema: Value = serde_json::from_str(&std::fs::read_to_string(path.join("schema.json"))?)?;
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        Ok(Self { name, schema: without_format(&schema).to_string(), valid: lines("valid.jsonl"), invalid: lines("mutated.jsonl") })
    }
}

fn without_format(schema: &Value) -> Value {
    match schema {
        Value::Object(members) => {
            let kept = members.iter().filter(|(name, value)| *name != "format" || !value.is_string());
            Value::Object(kept.map(|(name, value)| (name.clone(), without_format(value))).collect())
        }
        Value::Array(items) => items.iter().map(without_format).collect(),
        other => other.clone(),
    }
}

fn measured(set: &Set, blaze: Option<&str>) -> Result<Vec<f64>, Box<dyn Error>> {
    let ours = Schema::compile(set.schema.as_str(), &Options::default()).map_err(|errors| format!("{}: {errors:?}", set.name))?;
    let schema: Value = serde_json::from_str(&set.schema)?;
    let theirs = jsonschema::validator_for(&schema)?;
    let now = Moment::parse("2026-11-24T09:00:00+07:00").ok_or("no moment")?;
    let mut texts = [Vec::new(), Vec::new()];
    for text in set.valid.iter().chain(&set.invalid) {
        let (here, there) = (ours.is_valid(&Document::read(text.as_str())?, hoso::text::Moment::EPOCH), theirs.is_valid(&serde_json::from_str(text)?));
        if here != Ok(there) {
            return Err(format!("{}: hoso says {here:?}, the crate {there}: {text}", set.name).into());
        }
        texts[usize::from(!there)].push(text.as_str());
    }
    let documents = texts.each_ref().map(|texts| texts.iter().filter_map(|text| Document::read(*text).ok()).collect::<Vec<_>>());
    let values = texts.each_ref().map(|texts| texts.iter().filter_map(|text| serde_json::from_str(text).ok()).collect::<Vec<Value>>());
    let verdicts = |side: usize| {
        compared(
            &|| {
                documents[side].iter().for_each(|document| {
                    let _ = black_box(ours.is_valid(document, hoso::text::Moment::EPOCH));
                })
            },
            &|| values[side].iter().for_each(|value| _ = black_box(theirs.is_valid(value))),
        )
    };
    let (parsed, taken) = verdicts(0);
    let (text, _) = compared(
        &|| texts[0].iter().for_each(|text| _ = black_box(Document::read(*text).map(|document| ours.is_valid(&document, hoso::text::Moment::EPOCH)))),
        &|| texts[0].iter().for_each(|text| _ = black_box(serde_json::from_str(text).map(|value: Value| theirs.is_valid(&value)))),
    );
    let (invalid, every) = if texts[1].is_empty() {
        (f64::NAN, f64::NAN)
    } else {
        let issues =
            compared(&|| documents[1].iter().for_each(|document| _ = black_box(ours.validate(document, now, Language::Vi))), &|| {
                values[1]
                    .iter()
                    .for_each(|value| _ = black_box(theirs.iter_errors(value).map(|error| error.to_string()).collect::<Vec<_>>()))
            });
        (verdicts(1).0, issues.0)
    };
    let (compiling, _) = compared(&|| _ = black_box(Schema::compile(set.schema.as_str(), &Options::default()).is_ok()), &|| {
        _ = black_box(serde_json::from_str(&set.schema).is_ok_and(|schema: Value| jsonschema::validator_for(&schema).is_ok()))
    });
    let beside =
        blaze.and_then(|blaze| by_blaze(blaze, set, &texts[0])).map_or(f64::NAN, |theirs| taken.as_secs_f64() / theirs.as_secs_f64());
    Ok(vec![parsed, text, invalid, every, compiling, beside])
}

/// What Blaze takes for all documents, by its own clock; none where it does not do them all.
fn by_blaze(blaze: &str, set: &Set, texts: &[&str]) -> Option<Duration> {
    let folder = std::env::temp_dir().join(format!("hoso-blaze-{}", std::process::id()));
    std::fs::create_dir_all(&folder).ok()?;
    let (schema, documents) = (folder.join("schema.json"), folder.join("documents.jsonl"));
    std::fs::write(&schema, &set.schema).ok()?;
    std::fs::write(&documents, texts.join("\n") + "\n").ok()?;
    let output = Command::new(blaze).args(["validate", "--fast", "--benchmark"]).args([schema, documents]).output().ok()?;
    std::fs::remove_dir_all(folder).ok()?;
    let said = [output.stdout, output.stderr].concat();
    let said = String::from_utf8_lossy(&said);
    let times: Vec<f64> = said.lines().filter_map(|line| line.split_once(": PASS ")?.1.split(' ').next()?.parse().ok()).collect();
    (times.len() == texts.len()).then(|| Duration::from_secs_f64(times.iter().sum::<f64>() / 1e6))
}
