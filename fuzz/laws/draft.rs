//! Taking up a draft: any text is taken up or refused, and what is taken up is a draft again; a draft that was changed anywhere is refused.

use super::is_made;
use super::live_trial::{Trial, now, sorted};
use super::rule_maker::{rule_data, rule_schema};
use super::schema_maker::Chance;
use hoso::form::live::LiveForm;
use hoso::schema::{Options, Schema};
use std::sync::Arc;

/// A text, or choices that make a form, edits, and a place where its draft is changed.
pub fn holds(input: &[u8]) {
    let choices = match is_made(input) {
        Ok(choices) => choices,
        Err(text) => {
            let schema = Arc::new(Schema::compile("true", &Options::default()).unwrap());
            if let Ok((mut form, _)) = LiveForm::restore(schema.clone(), &text, now()) {
                let again = form.draft();
                assert!(LiveForm::restore(schema, &again, now()).is_ok(), "{again}");
            }
            return;
        }
    };
    let mut chance = Chance::Bytes(choices);
    let Ok(schema) = Schema::compile(rule_schema(&mut chance).to_string(), &Options { strict: true, ..Options::default() }) else { return };
    let schema = Arc::new(schema);
    let data = rule_data(&mut chance, true).to_string();
    let Some(mut trial) = Trial::open(&schema, &data, 0) else { return };
    let names: Vec<String> = ["a", "s", "o", "rows", "p"].map(str::to_owned).to_vec();
    for _ in 0..3 {
        trial.edit(&mut chance, &names, &mut |chance| rule_data(chance, false).to_string());
    }
    trial.restores(&data);
    let draft = trial.draft();
    if let Ok(other) = Schema::compile(rule_schema(&mut chance).to_string(), &Options { strict: true, ..Options::default() }) {
        let (mut kept, dropped) = LiveForm::restore(Arc::new(other), &draft, now()).unwrap();
        let (again, none) =
            LiveForm::restore(Arc::new(Schema::compile("true", &Options::default()).unwrap()), &kept.draft(), now()).unwrap();
        assert!(none.is_empty() && sorted(&again.typed()) == sorted(&kept.typed()), "{dropped:?} of {draft}");
    }
    let at = chance.below(draft.len()) + chance.below(256) * 3;
    let mut bytes = draft.clone().into_bytes();
    let at = at % bytes.len();
    bytes[at] ^= 1 + u8::try_from(chance.below(7)).unwrap_or(1);
    if let Ok(changed) = String::from_utf8(bytes) {
        let taken = LiveForm::restore(schema, &changed, now());
        // White space may stand anywhere, and a number may be written in several ways.
        if let Ok((mut form, _)) = taken {
            assert_eq!(sorted(&form.draft()), sorted(&draft), "{changed}");
        }
    }
}
