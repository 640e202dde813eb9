//! `hoso bowtie`: answers the harness protocol of Bowtie, which compares validators in public: JSON lines in, JSON lines out.
//!
//! `start`, `dialect`, `run` and `stop` are its commands (version 1). What a schema or a test does wrong is an answer, not an end.

use crate::args::Bowtie;
use crate::exit::{Done, Exit};
use crate::output::line;
use hoso::json::{Document, Object, ToJson, Value, Writer, to_json};
use hoso::report::{Language, sentence};
use hoso::schema::{Draft, Options, Schema};
use std::io::BufRead;

const DIALECTS: [&str; 3] = [
    "https://json-schema.org/draft/2020-12/schema",
    "https://json-schema.org/draft/2019-09/schema",
    "http://json-schema.org/draft-07/schema#",
];

pub fn run(options: &Bowtie) -> Done {
    let mut dialect = Draft::default();
    for command in std::io::stdin().lock().lines() {
        let Ok(command) = command.map_err(|error| error.to_string()).and_then(|text| read(&text)) else { return Ok(Exit::Unusable) };
        let command = command.root();
        match text(command, "cmd") {
            "start" if command.member("version").is_some_and(|version| to_json(&version) == "1") => line(&started(&options.repository)),
            "dialect" => {
                let named = Draft::of_schema(text(command, "dialect"));
                dialect = named.unwrap_or(dialect);
                line(&to_json(&Object(|out: &mut Writer| out.member("ok", &named.is_some()))));
            }
            "run" => line(&answer(command, dialect)),
            "stop" => return Ok(Exit::Yes),
            _ => return Ok(Exit::Unusable),
        }
    }
    Ok(Exit::Yes)
}

fn started(repository: &str) -> String {
    let dialects = DIALECTS.as_slice();
    let implementation = Object(|out: &mut Writer| {
        out.member("language", &"rust")
            .member("name", &"hoso")
            .member("version", &env!("CARGO_PKG_VERSION"))
            .member("homepage", &repository)
            .member("source", &repository)
            .member("issues", &repository)
            .member("dialects", &dialects)
    });
    to_json(&Object(|out: &mut Writer| out.member("version", &1_u64).member("implementation", &implementation)))
}

/// The verdicts on the tests of a case, or why there are none.
fn answer(command: Value<'_>, dialect: Draft) -> String {
    let nothing = Document::read("null").map_err(|error| error.to_string());
    let sequence = command.member("seq");
    let judged = nothing.and_then(|nothing| judged(command.member("case").unwrap_or_else(|| nothing.root()), dialect));
    to_json(&Object(|out: &mut Writer| match &judged {
        Ok(results) => out.member("seq", &sequence).member("results", results),
        Err(message) => {
            let context = Object(|out: &mut Writer| out.member("message", message));
            out.member("seq", &sequence).member("errored", &true).member("context", &context)
        }
    }))
}

struct Verdict(bool);

impl ToJson for Verdict {
    fn write(&self, out: &mut Writer) {
        out.object(|out| out.member("valid", &self.0));
    }
}

fn judged(case: Value<'_>, dialect: Draft) -> Result<Vec<Verdict>, String> {
    let refs = case.member("registry").map(|registry| read(&to_json(&registry))).transpose()?;
    let options = Options { dialect, refs: refs.as_ref(), ..Options::default() };
    let schema = case.member("schema").ok_or("no schema")?;
    let told = |errors: Vec<_>| errors.iter().map(|error| sentence(error, Language::En)).collect::<Vec<_>>().join("; ");
    let schema = Schema::compile(to_json(&schema), &options).map_err(told)?;
    let instances = case.member("tests").into_iter().flat_map(Value::items).filter_map(|test| test.member("instance"));
    let judge = |instance: Value<'_>| {
        schema.is_valid(&read(&to_json(&instance))?, hoso::text::Moment::EPOCH).map(Verdict).map_err(|error| error.to_string())
    };
    instances.map(judge).collect()
}

fn read(text: &str) -> Result<Document, String> {
    Document::read(text).map_err(|error| sentence(&error, Language::En))
}

fn text<'v>(command: Value<'v>, name: &str) -> &'v str {
    command.member(name).and_then(Value::as_str).unwrap_or_default()
}
