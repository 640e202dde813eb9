//! What counts and what is computed, in turn: each behind what it depends on, so that each is worked out once for an edit.

use super::issues::Kept;
use super::keywords::Spot;
use super::watch::{Asks, FormulaId};
use super::{Act, Change, Left, Live};
use crate::expr::Val;
use crate::json::{Document, Kind, NodeId, Value, to_json};
use crate::order;
use crate::schema::error::LimitError;
use crate::schema::fault::Fault;
use crate::schema::rules::{PlaceId, Said, Setting, Step};

/// What was worked out of a member.
struct Outcome {
    relevant: bool,
    computed: Computed,
    said: Vec<(u32, &'static str, Fault)>,
}

enum Computed {
    /// Nothing is computed there, or what is stands there.
    Same,
    /// There is no value.
    Nothing,
    Value(String),
}

impl Live {
    pub(super) fn settle_presence(&mut self, left: &mut Left) -> Result<(), LimitError> {
        let first = std::mem::replace(&mut self.work.first, self.watch.turns);
        for turn in first..self.watch.turns {
            let mut objects: Vec<u64> =
                self.work.turns.get_mut(turn).map(std::mem::take).unwrap_or_default().into_iter().map(u64::from).collect();
            order::sort_numbers(&mut objects);
            objects.dedup();
            let Some(place) = self.rules().order.get(turn).copied() else { continue };
            for object in objects {
                self.settle_member(place, object as NodeId, left)?;
            }
        }
        self.work.first = self.watch.turns;
        Ok(())
    }

    fn settle_member(&mut self, place: PlaceId, object: NodeId, left: &mut Left) -> Result<(), LimitError> {
        let is_there = self.tree.stands(object) && self.tree.value(object).kind() == Kind::Object && self.noted(object).place != u32::MAX;
        let Some(Step::Member(name)) = self.rules().place(place).map(|place| &place.step).filter(|_| is_there) else { return Ok(()) };
        let name = name.text.clone();
        #[cfg(test)]
        tests::WORKED_OUT.with_borrow_mut(|done| done.push((place, object)));
        let known = self.tree.find(object, &name);
        let Outcome { relevant, computed, said } = self.work_out(place, object, known, left)?;
        let was_hidden = known.is_some_and(|id| self.noted(id).hidden);
        if was_hidden == relevant {
            let id = self.node_of(known.map_or_else(|| Spot::Member(object, name.clone()), Spot::At));
            self.note(id).hidden = !relevant;
            self.change(id, Change::RELEVANT);
            if relevant && !self.tree.is_void(id) {
                self.act(Act::Attach(id));
            } else if self.tree.is_attached(id) {
                self.act(Act::Detach(id));
            }
            self.pend_standing(place, object);
        }
        if relevant {
            self.put(object, &name, computed);
        }
        self.keep_said(place, object, &name, said);
        Ok(())
    }

    /// What hangs on whether a member counts has to be worked out.
    fn pend_standing(&mut self, place: PlaceId, object: NodeId) {
        for at in 0..self.watch.standing(place).len() {
            let Some(formula) = self.watch.standing(place).get(at).copied() else { continue };
            if !matches!(self.watch.formula(formula).map(|formula| formula.kind), Some(Asks::Presence(_))) {
                self.pend(formula, object);
            }
        }
    }

    fn work_out(&mut self, place: PlaceId, object: NodeId, known: Option<NodeId>, left: &mut Left) -> Result<Outcome, LimitError> {
        let rules = &self.schema.program.rules;
        let mut setting = Setting::new(&self.schema.program, rules, self.tree.document(), self.now);
        (setting.session.steps, setting.session.memory) = (left.steps, left.memory);
        setting.session.kept = Some(&self.kept);
        let Some(at) = rules.place(place) else { return Ok(Outcome { relevant: true, computed: Computed::Same, said: Vec::new() }) };
        let value = known.filter(|id| self.tree.is_attached(*id)).map(|id| self.tree.value(id));
        setting.stand(place, at, value, Some(self.tree.value(object)));
        let mut said = Vec::new();
        let relevant = setting.is_relevant(at, &mut said);
        let computed = if relevant && at.calculate.is_some() { Some(setting.computed(at, &mut said)) } else { None };
        (left.steps, left.memory) = (setting.session.steps, setting.session.memory);
        let computed = match computed {
            None => Computed::Same,
            // A value that is hidden is looked at too: it is the one that comes back.
            Some(computed) => {
                let held = known.filter(|id| !self.tree.is_void(*id)).map(|id| self.tree.value(id));
                compared(computed, held, at.kind, &setting)
            }
        };
        left.check(&said)?;
        let said = said.into_iter().map(|said: Said<'_>| (said.block, said.keyword, said.fault)).collect();
        Ok(Outcome { relevant, computed, said })
    }

    /// Lets a computed value stand there.
    fn put(&mut self, object: NodeId, name: &str, computed: Computed) {
        match computed {
            Computed::Same => {}
            Computed::Nothing => {
                let Some(id) = self.tree.find(object, name).filter(|id| !self.tree.is_void(*id)) else { return };
                self.change(id, Change::VALUE);
                self.act(Act::Detach(id));
                let void = self.tree.make_void();
                self.act(Act::Swap(id, void));
                self.give_up(void);
            }
            Computed::Value(text) => {
                let Ok(document) = Document::read(text) else { return };
                let id = self.node_of(self.member_spot(object, name));
                self.change(id, Change::VALUE);
                let made = self.tree.make(&document);
                self.act(Act::Swap(id, made));
                self.give_up(made);
                self.act(Act::Attach(id));
            }
        }
    }

    fn keep_said(&mut self, place: PlaceId, object: NodeId, name: &str, said: Vec<(u32, &'static str, Fault)>) {
        let is_presence =
            |formula: &&FormulaId| matches!(self.watch.formula(**formula).map(|formula| formula.kind), Some(Asks::Presence(_)));
        let Some(of) = self.watch.standing(place).iter().find(is_presence).map(|formula| formula + 1) else { return };
        let old: Vec<u32> = self.issues.by(object).filter(|(_, kept)| kept.of == of).map(|(id, _)| id).collect();
        if said.is_empty() && old.is_empty() {
            return;
        }
        self.issues.begin();
        for (block, keyword, fault) in said {
            let spot = self.node_of(self.member_spot(object, name));
            self.say(Kept { spot, by: object, of, block, keyword, fault });
        }
        self.end(old);
    }
}

/// Whether what is computed stands there already.
fn compared(computed: Option<Val<'_>>, held: Option<Value<'_>>, kind: u32, setting: &Setting<'_>) -> Computed {
    let types = &setting.rules.types;
    match (computed, held) {
        (None, None) => Computed::Same,
        (None, Some(_)) => Computed::Nothing,
        (Some(computed), Some(held)) if Val::of(held, kind, types).is_some_and(|held| held.equals(&computed, types)) => Computed::Same,
        (Some(computed), _) => Computed::Value(to_json(&computed)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rows::tests::ASKED;
    use crate::schema::{Options, Schema};
    use crate::text::Moment;
    use std::cell::RefCell;
    use std::sync::Arc;

    thread_local! {
        pub(super) static WORKED_OUT: RefCell<Vec<(PlaceId, NodeId)>> = const { RefCell::new(Vec::new()) };
    }

    fn worked_out(live: &mut Live, acts: &[Act]) -> usize {
        WORKED_OUT.with_borrow_mut(Vec::clear);
        live.edit(acts).unwrap();
        WORKED_OUT.with_borrow(|done| {
            let mut different = done.clone();
            different.sort_unstable();
            different.dedup();
            assert_eq!(different.len(), done.len(), "{done:?}");
            done.len()
        })
    }

    #[test]
    fn nothing_is_worked_out_twice_for_an_edit() {
        // Each field reads both before it, so a walk without order would double with every step.
        let number = |rule: &str| format!(r#"{{"type": "integer", "x-calculate": "{rule}"}}"#);
        let mut fields = vec![r#""f0": {"type": "integer"}"#.to_owned(), format!(r#""f1": {}"#, number("root.f0 + 1"))];
        for at in 2..20 {
            fields.push(format!(r#""f{at}": {}"#, number(&format!("root.f{} + root.f{}", at - 1, at - 2))));
        }
        let row = format!(r#"{{"type": "object", "properties": {{"p": {{"type": "integer"}}, "q": {}}}}}"#, number("parent.p + root.f19"));
        fields.push(format!(r#""rows": {{"type": "array", "items": {row}}}, "sum": {}"#, number("sum(root.rows.map(r, r.q))")));
        let schema = format!(r#"{{"type": "object", "properties": {{{}}}}}"#, fields.join(", "));
        let schema = Schema::compile(schema, &Options { strict: true, ..Options::default() }).unwrap();
        let data = Document::read(r#"{"f0": 1, "rows": [{"p": 1}, {"p": 2}, {"p": 3}]}"#).unwrap();
        let mut live = Live::open(Arc::new(schema), data, Moment::EPOCH).unwrap();
        let first = live.tree().find(0, "f0").unwrap();
        let other = live.tree_mut().make(&Document::read("5").unwrap());
        // All 19 that are computed of the first, three in rows, and their sum.
        assert_eq!(worked_out(&mut live, &[Act::Swap(first, other)]), 23);
        let rows = live.tree().find(0, "rows").unwrap();
        let row = live.tree_mut().item(rows, 1).unwrap();
        let p = live.tree().find(row, "p").unwrap();
        let other = live.tree_mut().make(&Document::read("7").unwrap());
        assert_eq!(worked_out(&mut live, &[Act::Swap(p, other)]), 2);
        let last = live.tree().find(0, "f19").unwrap();
        assert_eq!(to_json(&live.tree().value(last)), "38006");
    }

    /// How many rows an edit asks anything.
    fn asked(live: &mut Live, acts: &[Act]) -> usize {
        ASKED.set(0);
        live.edit(acts).unwrap();
        ASKED.get()
    }

    #[test]
    fn a_total_over_a_long_list_asks_only_the_rows_that_changed() {
        let schema = r#"{"type": "object", "properties": {
            "rows": {"type": "array", "items": {"type": "object", "properties": {"p": {"type": "integer"}}}},
            "sum": {"type": "integer", "x-calculate": "sum(root.rows.map(r, r.p))"},
            "dear": {"type": "integer", "x-calculate": "root.rows.filter(r, r.p > 50).size()"}
        }, "x-rules": [{"id": "all", "rule": "self.rows.all(r, r.p >= 0)", "message": {"vi": "Ghi số dương", "en": "Use positive numbers"}}]}"#;
        let schema = Schema::compile(schema, &Options { strict: true, ..Options::default() }).unwrap();
        let rows: Vec<String> = (0..100).map(|at| format!(r#"{{"p": {at}}}"#)).collect();
        let data = Document::read(format!(r#"{{"rows": [{}]}}"#, rows.join(", "))).unwrap();
        let mut live = Live::open(Arc::new(schema), data, Moment::EPOCH).unwrap();
        let now = |live: &Live| ["sum", "dear"].map(|name| to_json(&live.tree().value(live.tree().find(0, name).unwrap())));
        assert_eq!(now(&live), ["4950", "49"]);
        let rows = live.tree().find(0, "rows").unwrap();
        let row = live.tree_mut().item(rows, 10).unwrap();
        let p = live.tree().find(row, "p").unwrap();
        let other = live.tree_mut().make(&Document::read("1000").unwrap());
        assert_eq!(asked(&mut live, &[Act::Swap(p, other)]), 3, "one row for each of three macros");
        assert_eq!(now(&live), ["5940", "50"]);
        let new = live.tree_mut().make(&Document::read(r#"{"p": 60}"#).unwrap());
        assert_eq!(asked(&mut live, &[Act::Insert(rows, new, 3)]), 3);
        assert_eq!(now(&live), ["6000", "51"]);
        let row = live.tree_mut().item(rows, 100).unwrap();
        assert_eq!(asked(&mut live, &[Act::Remove(row)]), 0, "a row that went is not asked");
        assert_eq!(now(&live), ["5901", "50"]);
    }

    #[test]
    fn keywords_over_a_long_list_look_only_at_the_rows_that_changed() {
        let schema = r#"{"uniqueItems": true, "contains": {"required": ["main"]}, "maxContains": 1, "oneOf": [{"items": {"type": "string"}}, {"maxItems": 200}]}"#;
        let schema = Schema::compile(schema, &Options::default()).unwrap();
        let rows: Vec<String> = (0..100).map(|at| format!(r#"{{"p": {at}}}"#)).collect();
        let data = Document::read(format!("[{}]", rows.join(", "))).unwrap();
        let mut live = Live::open(Arc::new(schema), data, Moment::EPOCH).unwrap();
        let codes = |live: &mut Live| -> Vec<&'static str> {
            live.report(crate::report::Language::En).unwrap().issues.iter().map(|issue| issue.code).collect()
        };
        assert_eq!(codes(&mut live), ["list.contains-too-few"]);
        let row = live.tree_mut().item(0, 10).unwrap();
        let put = |live: &mut Live, text: &str| {
            let other = live.tree_mut().make(&Document::read(text.to_owned()).unwrap());
            asked(live, &[Act::Swap(row, other)])
        };
        assert_eq!(put(&mut live, r#"{"main": true}"#), 3, "one row for each of three keywords");
        assert_eq!(codes(&mut live), Vec::<&str>::new());
        assert_eq!(put(&mut live, r#"{"p": 5}"#), 3);
        assert_eq!(codes(&mut live), ["list.contains-too-few", "list.duplicate"]);
    }
}
