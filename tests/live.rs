//! The laws of the live form, over schemas and edits made by chance and over the real forms.
//!
//! `LIVE_SEQUENCES=100000` makes more of them than the few that run every time. Natively each test leaves a digest of all that the forms said;
//! `cargo xtask test` runs this file in WebAssembly too, where it must come to the same.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a law that does not hold has failed")]

#[path = "support/live_trial.rs"]
mod live_trial;
#[allow(dead_code, reason = "what is expected of the examples is another test's")]
#[path = "support/real_forms.rs"]
mod real_forms;
#[path = "support/rule_maker.rs"]
mod rule_maker;
#[path = "support/schema_maker.rs"]
mod schema_maker;

use hoso::form::live::LiveForm;
use hoso::json::{Pointer, to_json};
use hoso::report::{Coded, Language};
use hoso::schema::{Options, Schema};
use live_trial::{Record, Trial, now, places, read, sorted};
use real_forms::{REAL_FORMS, RealForm};
use schema_maker::Chance;
use std::sync::Arc;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

const NAMES: [&str; 19] = ["d", "a", "b", "c", "s", "late", "o", "rows", "tags", "m", "x", "y", "t", "p", "q", "u", "all", "look", "asked"];

fn sequences(most: u64) -> u64 {
    std::env::var("LIVE_SEQUENCES").ok().and_then(|text| text.parse().ok()).unwrap_or(most)
}

#[cfg(not(target_arch = "wasm32"))]
fn is_everywhere(name: &str, record: Record) {
    if std::env::var_os("LIVE_SEQUENCES").is_none() {
        std::fs::write(format!("{}/live-{name}.sha256", env!("CARGO_TARGET_TMPDIR")), record.digest().to_string()).unwrap();
    }
}

/// To build this for WebAssembly, run it natively first.
#[cfg(target_arch = "wasm32")]
fn is_everywhere(name: &str, record: Record) {
    macro_rules! left {
        ($name:literal) => {
            ($name, include_str!(concat!(env!("CARGO_TARGET_TMPDIR"), "/../../tmp/live-", $name, ".sha256")))
        };
    }
    let (_, natively) = [left!("schemas"), left!("rules"), left!("forms")].into_iter().find(|(known, _)| *known == name).unwrap();
    assert_eq!(record.digest().to_string(), natively, "what edits come to is another thing than natively");
}

#[test]
fn the_laws_hold_for_schemas_made_by_chance() {
    let names: Vec<String> = ["a", "b", "họ", "a/b~"].map(str::to_owned).to_vec();
    let (mut edits, mut record) = (0, Record::default());
    for seed in 0..sequences(3_000) {
        let mut chance = Chance::Seed(seed);
        let (schema, data) = (chance.whole_schema().to_string(), chance.document(3).to_string());
        let Ok(schema) = Schema::compile(schema.clone(), &Options::default()).map(Arc::new) else { continue };
        let Some(mut trial) = Trial::open(&schema, &data, seed) else { continue };
        let first = trial.typed();
        for _ in 0..12 {
            let all_stay = trial.edit(&mut chance, &names, &mut |chance| chance.document(2).to_string());
            trial.tells_changes(all_stay);
            edits += 1;
        }
        trial.goes_back(&first);
        record.add(&trial);
    }
    is_everywhere("schemas", record);
    assert!(edits > 20_000, "{edits}");
}

#[test]
fn the_laws_hold_for_rules_made_by_chance() {
    let names = NAMES.map(str::to_owned).to_vec();
    let (mut compiled, mut record) = (0, Record::default());
    for seed in 0..sequences(4_000) {
        let mut chance = Chance::Seed(seed);
        let (schema, data) = (rule_maker::rule_schema(&mut chance).to_string(), rule_maker::rule_data(&mut chance, true).to_string());
        let schema = match Schema::compile(schema.clone(), &Options { strict: true, ..Options::default() }) {
            Ok(schema) => Arc::new(schema),
            Err(errors) => {
                assert!(errors.iter().all(|error| error.code() == "schema.rule-cycle"), "{errors:#?} {schema}");
                continue;
            }
        };
        compiled += 1;
        let mut trial = Trial::open(&schema, &data, seed).unwrap();
        let first = trial.typed();
        for _ in 0..16 {
            let all_stay = trial.edit(&mut chance, &names, &mut |chance| rule_maker::rule_data(chance, false).to_string());
            trial.tells_changes(all_stay);
        }
        trial.goes_back(&first);
        record.add(&trial);
    }
    is_everywhere("rules", record);
    assert!(compiled > 1_000, "{compiled}");
}

fn compiled(real: &RealForm) -> Arc<Schema> {
    let lists = read(real.lists);
    Arc::new(Schema::compile(real.schema, &Options { strict: true, code_lists: Some(&lists), ..Options::default() }).unwrap())
}

#[test]
fn the_laws_hold_for_every_real_form() {
    let mut record = Record::default();
    for real in &REAL_FORMS {
        let schema = compiled(real);
        let examples: Vec<&str> = real.valid.iter().chain(real.doubtful).chain(real.invalid).map(|example| example.data).collect();
        // What stands in one example is tried in another.
        let mut values: Vec<String> = ["\"x\"", "true", "null", "5", "{}", "[]", "\"2020-01-01\""].map(str::to_owned).to_vec();
        let mut names = Vec::new();
        for example in &examples {
            for value in read(example).values() {
                values.push(to_json(&value));
                names.push(value.name().to_owned());
            }
        }
        names.retain(|name| !name.is_empty());
        for list in [&mut values, &mut names] {
            list.sort();
            list.dedup();
        }
        for seed in 0..sequences(200) {
            let mut chance = Chance::Seed(seed);
            let data = examples[chance.below(examples.len())];
            let mut trial = Trial::open(&schema, data, seed).unwrap();
            let first = trial.typed();
            for _ in 0..20 {
                let all_stay = trial.edit(&mut chance, &names, &mut |chance| values[chance.below(values.len())].clone());
                trial.tells_changes(all_stay);
            }
            trial.goes_back(&first);
            record.add(&trial);
        }
    }
    is_everywhere("forms", record);
}

#[test]
fn the_order_of_independent_edits_does_not_matter() {
    let names = NAMES.map(str::to_owned).to_vec();
    for seed in 0..sequences(2_000) {
        let mut chance = Chance::Seed(seed);
        let (schema, data) = (rule_maker::rule_schema(&mut chance).to_string(), rule_maker::rule_data(&mut chance, true).to_string());
        let Ok(schema) = Schema::compile(schema, &Options { strict: true, ..Options::default() }).map(Arc::new) else { continue };
        let mut all = Vec::new();
        places(read(&data).root(), &Pointer::root(), &names, &mut all);
        let edits: Vec<(Pointer, String)> =
            (0..6).map(|_| (all[chance.below(all.len())].0.clone(), rule_maker::rule_data(&mut chance, false).to_string())).collect();
        // Of two edits of which one place holds the other, the last counts; and who may edit a field may hang on another.
        let apart = |left: &str, right: &str| !left.starts_with(right) && !right.starts_with(left);
        let independent: Vec<_> = edits
            .iter()
            .enumerate()
            .filter(|(at, one)| edits.iter().take(*at).all(|other| apart(one.0.as_str(), other.0.as_str())))
            .collect();
        let mut outcomes = Vec::new();
        for backwards in [false, true] {
            let mut form = LiveForm::open(schema.clone(), read(&data), now()).unwrap();
            let mut order = independent.clone();
            if backwards {
                order.reverse();
            }
            let mut done = Vec::new();
            for (at, (pointer, value)) in order {
                let edited = form.field(pointer).and_then(|field| form.set(field, &read(value)));
                done.push((at, edited.is_ok()));
            }
            done.sort_unstable();
            let typed = sorted(&form.typed());
            outcomes.push((done, typed, to_json(&form.report(Language::En).unwrap())));
        }
        let [forth, back] = &outcomes[..] else { panic!("two orders") };
        if forth.0 == back.0 {
            assert_eq!(forth, back, "seed {seed} {data} {independent:#?}");
        }
    }
}

#[test]
fn an_edit_that_explodes_a_rule_is_refused_and_leaves_the_form_as_it_was() {
    let rule = "self.n < 3 || lists.range(self.n).map(a, lists.range(self.n).map(b, a + b)).size() > 0";
    let schema = format!(
        r#"{{"type": "object", "properties": {{"n": {{"type": "integer"}}, "rows": {{"type": "array", "items": {{"type": "object", "properties": {{}}}}}}}},
            "x-rules": [{{"id": "r", "rule": "{rule}", "message": {{"vi": "Xem lại"}}}}]}}"#
    );
    let schema = Arc::new(Schema::compile(schema, &Options { strict: true, ..Options::default() }).unwrap());
    let mut trial = Trial::open(&schema, r#"{"n": 2, "rows": [{}]}"#, 0).unwrap();
    let before = trial.typed();
    let number = trial.form.field(&Pointer::parse("/n").unwrap()).unwrap();
    for _ in 0..2 {
        let refused = trial.form.set(number, &read("100000")).unwrap_err();
        assert_eq!((refused.code(), trial.typed()), ("limits.steps", before.clone()));
        trial.tells_changes(true);
    }
    trial.form.set(number, &read("3")).unwrap();
    trial.tells_changes(true);
    assert!(trial.form.undo().unwrap() && !trial.form.undo().unwrap());
    assert_eq!(trial.typed(), before);
}
