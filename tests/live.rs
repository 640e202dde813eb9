//! The laws of the live form, over schemas and edits made by chance and over the real forms.
//!
//! `LIVE_SEQUENCES=100000` makes more of them than the few that run every time.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a law that does not hold has failed")]

#[allow(dead_code, reason = "what is expected of the examples is another test's")]
#[path = "support/real_forms.rs"]
mod real_forms;
#[path = "support/rule_maker.rs"]
mod rule_maker;
#[path = "support/schema_maker.rs"]
mod schema_maker;

use hoso::form::live::{EditError, LiveForm};
use hoso::json::{Document, Kind, Pointer, Value, to_json};
use hoso::report::{Coded, Issue, Language, Report};
use hoso::schema::{Options, Schema};
use hoso::text::Moment;
use real_forms::{REAL_FORMS, RealForm};
use schema_maker::Chance;
use std::collections::BTreeMap;
use std::sync::Arc;

const NAMES: [&str; 16] = ["a", "b", "c", "s", "late", "o", "rows", "tags", "m", "x", "y", "t", "p", "q", "u", "all"];

fn now() -> Moment {
    Moment::parse("2026-11-24T09:00:00+07:00").unwrap()
}

fn read(text: &str) -> Document {
    Document::read(text).unwrap()
}

fn sequences(most: u64) -> u64 {
    std::env::var("LIVE_SEQUENCES").ok().and_then(|text| text.parse().ok()).unwrap_or(most)
}

/// A form with what was done to it.
struct Trial {
    schema: Arc<Schema>,
    form: LiveForm,
    log: Vec<String>,
    /// The issues, by the places that they stand at.
    known: BTreeMap<String, Vec<String>>,
}

impl Trial {
    fn open(schema: &Arc<Schema>, data: &str, seed: u64) -> Option<Self> {
        let form = LiveForm::open(schema.clone(), read(data), now()).ok()?;
        let mut trial = Self { schema: schema.clone(), form, log: vec![format!("seed {seed}: {data}")], known: BTreeMap::new() };
        trial.agrees();
        Some(trial)
    }

    fn typed(&self) -> String {
        sorted(&self.form.typed())
    }

    /// The report is that of a fresh validation, and what counts holds nothing that does not.
    fn agrees(&mut self) -> bool {
        let data = read(&self.form.data());
        // What exceeds a limit as a whole may well be edited bit by bit.
        let Ok(fresh) = self.schema.validate(&data, now(), Language::Vi) else { return false };
        let live = self.form.report(Language::Vi).unwrap();
        if to_json(&live) != to_json(&fresh) {
            let lines = |report: &Report| report.issues.iter().map(|issue| to_json(issue)).collect::<Vec<_>>();
            let (ours, theirs) = (lines(&live), lines(&fresh));
            let more: Vec<_> = ours.iter().filter(|line| !theirs.contains(line)).collect();
            let less: Vec<_> = theirs.iter().filter(|line| !ours.contains(line)).collect();
            panic!(
                "{:#?}\ndata {}\nonly live {more:#?}\nonly fresh {less:#?}\nof {} and {}",
                self.log,
                self.form.data(),
                ours.len(),
                theirs.len()
            );
        }
        assert_eq!(self.form.is_valid(), fresh.valid, "{:#?}", self.log);
        assert!(self.schema.completed(&data, now()).unwrap().is_none(), "{:#?}", self.log);
        self.known = by_place(&live.issues);
        true
    }

    /// One edit by chance. Whether it left every place where it was.
    fn edit(&mut self, chance: &mut Chance<'_>, names: &[String], value: &mut dyn FnMut(&mut Chance<'_>) -> String) -> bool {
        let typed = read(&self.form.typed());
        let mut all = Vec::new();
        places(typed.root(), &Pointer::root(), names, &mut all);
        let (pointer, kind, len) = all[chance.below(all.len())].clone();
        let Ok(field) = self.form.field(&pointer) else { return true };
        let (moves, what, done) = match chance.below(9) {
            0 => (true, "remove".to_owned(), self.form.remove(field)),
            1 => {
                let to = chance.below(3);
                (true, format!("move to {to}"), self.form.move_to(field, to))
            }
            2 | 3 if kind == Kind::Array => {
                let (at, value) = (chance.below(len + 1), value(chance));
                (true, format!("insert at {at} {value}"), self.form.insert(field, at, &read(&value)).map(drop))
            }
            4 => (false, "clear".to_owned(), self.form.clear(field)),
            5 if chance.below(2) == 0 => (true, "undo".to_owned(), self.form.undo().map(drop)),
            5 => (true, "redo".to_owned(), self.form.redo().map(drop)),
            _ => {
                let value = value(chance);
                (kind == Kind::Array, format!("set {value}"), self.form.set(field, &read(&value)))
            }
        };
        match done {
            Ok(())
            | Err(EditError::NoRow { .. } | EditError::NotAList | EditError::NotAField | EditError::Computed | EditError::ReadOnly) => {}
            Err(error) => panic!("{what} at {pointer}: {error}\n{:#?}", self.log),
        }
        self.log.push(format!("{what} at {pointer}"));
        !moves
    }

    /// Every place whose issues are others is among what changed.
    fn tells_changes(&mut self, all_stay: bool) {
        let before = std::mem::take(&mut self.known);
        if !self.agrees() {
            return;
        }
        let changes = self.form.changes();
        let (mut told, mut replaced): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
        for changed in changes {
            let path = self.form.path(changed.field).unwrap().to_string();
            if changed.inside() {
                replaced.push(path.clone() + "/");
            }
            if !changed.issues() {
                continue;
            }
            let own: Vec<String> = self.form.issues(changed.field, Language::Vi).unwrap().iter().map(|issue| to_json(issue)).collect();
            assert_eq!(own, self.known.get(&path).cloned().unwrap_or_default(), "at {path} {:#?}", self.log);
            told.push(path);
        }
        for place in before.keys().chain(self.known.keys()).filter(|_| all_stay) {
            // Labels and order come from what speaks of the object, so a sentence may change with that.
            let codes = |issues: Option<&Vec<String>>| issues.map(|issues| issues.iter().map(|issue| code(issue)).collect::<Vec<_>>());
            if codes(before.get(place)) != codes(self.known.get(place)) {
                let is_inside = replaced.iter().any(|above| place.starts_with(above));
                assert!(is_inside || told.contains(place), "{place} is not told {:#?}", self.log);
            }
        }
    }

    /// All is taken back, and done again; a draft is what it was made of.
    fn goes_back(&mut self, first: &str) {
        let last = self.typed();
        self.restores(&last);
        let mut steps = 0;
        while self.form.undo().unwrap() {
            steps += 1;
        }
        assert_eq!(self.typed(), first, "{:#?}", self.log);
        self.agrees();
        for _ in 0..steps {
            assert!(self.form.redo().unwrap());
        }
        // What was taken back before the end can be done again too.
        if !self.form.redo().unwrap() {
            assert_eq!(self.typed(), last, "{:#?}", self.log);
        }
        self.agrees();
    }

    fn restores(&mut self, typed: &str) {
        let draft = self.form.draft();
        let (mut again, dropped) = LiveForm::restore(self.schema.clone(), &draft, now()).unwrap();
        assert!(dropped.is_empty());
        let outcome = |draft: &str, report| (serde_json::from_str::<serde_json::Value>(draft).unwrap(), report);
        let (there, here) = (outcome(&again.draft(), again.report(Language::Vi)), outcome(&draft, self.form.report(Language::Vi)));
        assert_eq!(there, here, "{typed} {:#?}", self.log);
    }
}

/// JSON with its members sorted, digit for digit.
fn sorted(json: &str) -> String {
    serde_json::from_str::<serde_json::Value>(json).unwrap().to_string()
}

fn code(issue: &str) -> String {
    let issue = read(issue);
    ["code", "rule"].map(|part| issue.root().member(part).and_then(Value::as_str).unwrap_or_default().to_owned()).concat()
}

fn by_place(issues: &[Issue]) -> BTreeMap<String, Vec<String>> {
    let mut places: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for issue in issues {
        places.entry(issue.path.to_string()).or_default().push(to_json(issue));
    }
    places
}

/// Every place of a value, and those that are not there in every object.
fn places(value: Value<'_>, at: &Pointer, names: &[String], out: &mut Vec<(Pointer, Kind, usize)>) {
    out.push((at.clone(), value.kind(), value.len()));
    for (name, member) in value.members() {
        places(member, &at.child(name), names, out);
    }
    for (index, item) in value.items().enumerate() {
        places(item, &at.child(&index.to_string()), names, out);
    }
    if value.kind() == Kind::Object {
        out.extend(names.iter().filter(|name| value.member(name).is_none()).map(|name| (at.child(name), Kind::Null, 0)));
    }
}

#[test]
fn the_laws_hold_for_schemas_made_by_chance() {
    let names: Vec<String> = ["a", "b", "họ", "a/b~"].map(str::to_owned).to_vec();
    let mut edits = 0;
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
    }
    assert!(edits > 20_000, "{edits}");
}

#[test]
fn the_laws_hold_for_rules_made_by_chance() {
    let names = NAMES.map(str::to_owned).to_vec();
    let mut compiled = 0;
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
    }
    assert!(compiled > 1_000, "{compiled}");
}

fn compiled(real: &RealForm) -> Arc<Schema> {
    let lists = read(real.lists);
    Arc::new(Schema::compile(real.schema, &Options { strict: true, code_lists: Some(&lists), ..Options::default() }).unwrap())
}

#[test]
fn the_laws_hold_for_every_real_form() {
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
        }
    }
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
