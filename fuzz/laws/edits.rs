//! Editing a live form: after every edit the report is that of a fresh validation, every change is told, and all can be taken back and done again.

use super::live_trial::Trial;
use super::rule_maker::{rule_data, rule_schema};
use super::schema_maker::Chance;
use hoso::schema::{Options, Schema};
use std::sync::Arc;

/// Choices that make a schema, data and edits.
pub fn holds(input: &[u8]) {
    let mut chance = Chance::Bytes(input);
    let by_rules = chance.below(2) == 0;
    let (schema, data) =
        if by_rules { (rule_schema(&mut chance), rule_data(&mut chance, true)) } else { (chance.whole_schema(), chance.document(3)) };
    let Ok(schema) = Schema::compile(schema.to_string(), &Options { strict: by_rules, ..Options::default() }) else { return };
    let Some(mut trial) = Trial::open(&Arc::new(schema), &data.to_string(), 0) else { return };
    let names: Vec<String> = ["a", "b", "s", "o", "rows", "x", "p", "họ"].map(str::to_owned).to_vec();
    let first = trial.typed();
    for _ in 0..8 {
        let all_stay = trial.edit(&mut chance, &names, &mut |chance| {
            if by_rules { rule_data(chance, false).to_string() } else { chance.document(2).to_string() }
        });
        trial.tells_changes(all_stay);
    }
    trial.goes_back(&first);
}
