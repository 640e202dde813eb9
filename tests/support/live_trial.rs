//! A live form that is tried: whatever is done to it, the laws hold.
#![allow(dead_code, reason = "each test and law uses a part of it")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a law that does not hold has failed")]

use super::schema_maker::Chance;
use hoso::digest::{Sha256, Sha256Stream};
use hoso::form::live::{EditError, LiveForm};
use hoso::json::{Document, Kind, Pointer, Value, to_json};
use hoso::report::{Issue, Language, Report};
use hoso::schema::Schema;
use hoso::text::Moment;
use std::collections::BTreeMap;
use std::sync::Arc;

pub fn now() -> Moment {
    Moment::parse("2026-11-24T09:00:00+07:00").unwrap()
}

pub fn read(text: &str) -> Document {
    Document::read(text).unwrap()
}

/// All that forms said, one after the other: the same natively and in WebAssembly, to the byte.
#[derive(Default)]
pub struct Record(Sha256Stream);

impl Record {
    pub fn add(&mut self, trial: &Trial) {
        self.0.update(trial.record.as_bytes());
    }

    pub fn digest(self) -> Sha256 {
        self.0.finish()
    }
}

/// A form with what was done to it.
pub struct Trial {
    schema: Arc<Schema>,
    pub form: LiveForm,
    log: Vec<String>,
    /// What it said after each edit.
    record: String,
    /// The issues, by the places that they stand at.
    known: BTreeMap<String, Vec<String>>,
}

impl Trial {
    pub fn open(schema: &Arc<Schema>, data: &str, seed: u64) -> Option<Self> {
        let form = LiveForm::open(schema.clone(), read(data), now()).ok()?;
        let mut trial =
            Self { schema: schema.clone(), form, log: vec![format!("seed {seed}: {data}")], record: String::new(), known: BTreeMap::new() };
        trial.agrees();
        Some(trial)
    }

    pub fn typed(&self) -> String {
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
        self.record += &to_json(&live);
        self.record += &self.form.data();
        self.known = by_place(&live.issues);
        true
    }

    /// One edit by chance. Whether it left every place where it was.
    pub fn edit(&mut self, chance: &mut Chance<'_>, names: &[String], value: &mut dyn FnMut(&mut Chance<'_>) -> String) -> bool {
        let typed = read(&self.form.typed());
        let mut all = Vec::new();
        places(typed.root(), &Pointer::root(), names, &mut all);
        // Places for what a database answers are few.
        let lookups: Vec<_> =
            all.iter().filter(|(pointer, ..)| ["/look", "/check"].iter().any(|end| pointer.as_str().ends_with(end))).collect();
        let looks_up = !lookups.is_empty() && chance.below(8) == 0;
        let (pointer, kind, len) =
            if looks_up { lookups[chance.below(lookups.len())].clone() } else { all[chance.below(all.len())].clone() };
        let Ok(field) = self.form.field(&pointer) else { return true };
        let (moves, what, done) = match chance.below(9) {
            _ if looks_up => {
                let answer = (0..8).map(|_| value(chance)).find(|value| value.contains("status"));
                (false, format!("look up {answer:?}"), self.form.lookup_result(field, answer.as_deref().map(read).as_ref()))
            }
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
            | Err(
                EditError::NoRow { .. }
                | EditError::NotAList
                | EditError::NotAField
                | EditError::Computed
                | EditError::Lookup
                | EditError::NotALookup
                | EditError::ReadOnly,
            ) => {}
            Err(error) => panic!("{what} at {pointer}: {error}\n{:#?}", self.log),
        }
        self.log.push(format!("{what} at {pointer}"));
        !moves
    }

    /// Every place whose issues are others is among what changed.
    pub fn tells_changes(&mut self, all_stay: bool) {
        let before = std::mem::take(&mut self.known);
        if !self.agrees() {
            return;
        }
        let changes = self.form.changes();
        self.record += &format!("{changes:?}");
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
    pub fn goes_back(&mut self, first: &str) {
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

    pub fn draft(&mut self) -> String {
        self.form.draft()
    }

    pub fn restores(&mut self, typed: &str) {
        let draft = self.form.draft();
        let (mut again, dropped) = LiveForm::restore(self.schema.clone(), &draft, now()).unwrap();
        assert!(dropped.is_empty());
        let outcome = |draft: &str, report| (serde_json::from_str::<serde_json::Value>(draft).unwrap(), report);
        let (there, here) = (outcome(&again.draft(), again.report(Language::Vi)), outcome(&draft, self.form.report(Language::Vi)));
        assert_eq!(there, here, "{typed} {:#?}", self.log);
    }
}

/// JSON with its members sorted, digit for digit.
pub fn sorted(json: &str) -> String {
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
pub fn places(value: Value<'_>, at: &Pointer, names: &[String], out: &mut Vec<(Pointer, Kind, usize)>) {
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
