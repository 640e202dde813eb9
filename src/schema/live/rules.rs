//! The rules that read what changed, and what else expressions say of a field.

use super::issues::Kept;
use super::keywords::Spot;
use super::watch::{Asks, FormulaId};
use super::{Change, Left, Live};
use crate::expr::{Reason, Val};
use crate::json::{Kind, NodeId, Value};
use crate::order;
use crate::schema::error::LimitError;
use crate::schema::fault::Fault;
use crate::schema::rules::{At, Said, Setting, Step};

/// What a formula comes to at a value.
struct Outcome {
    formula: FormulaId,
    at: NodeId,
    /// The place that it is about.
    spot: Option<Spot>,
    /// For what must be filled in, or may not be edited.
    holds: Option<bool>,
    said: Vec<(Spot, u32, &'static str, Fault)>,
}

impl Live {
    pub(super) fn settle_rules(&mut self, left: &mut Left) -> Result<(), LimitError> {
        let mut pending = std::mem::take(&mut self.work.formulas);
        order::sort_numbers(&mut pending);
        pending.dedup();
        for outcome in self.ask(&pending, left)? {
            self.keep(outcome);
        }
        Ok(())
    }

    fn ask(&self, pending: &[u64], left: &mut Left) -> Result<Vec<Outcome>, LimitError> {
        let mut outcomes = Vec::with_capacity(pending.len());
        if pending.is_empty() {
            return Ok(outcomes);
        }
        let rules = &self.schema.program.rules;
        let mut setting = Setting::new(&self.schema.program, rules, self.tree.document(), self.now);
        (setting.session.steps, setting.session.memory) = (left.steps, left.memory);
        setting.session.kept = Some(&self.kept);
        for pair in pending {
            let (formula, at) = ((pair >> 32) as FormulaId, *pair as NodeId);
            let mut said = Vec::new();
            outcomes.extend(self.ask_one(formula, at, &mut setting, &mut said));
            left.check(&said)?;
        }
        (left.steps, left.memory) = (setting.session.steps, setting.session.memory);
        Ok(outcomes)
    }

    fn ask_one<'a>(&'a self, id: FormulaId, at: NodeId, setting: &mut Setting<'a>, said: &mut Vec<Said<'a>>) -> Option<Outcome> {
        let formula = self.watch.formula(id)?;
        let place = self.schema.program.rules.place(formula.place)?;
        let mut outcome = Outcome { formula: id, at, spot: None, holds: None, said: Vec::new() };
        let (value, parent, name) = match &place.step {
            Step::Member(name) => {
                let object = Some(at).filter(|at| self.tree.stands(*at) && self.noted(*at).place == place.parent);
                let object = object.map(|object| self.tree.value(object)).filter(|object| object.kind() == Kind::Object)?;
                let spot = self.tree.find(at, &name.text);
                outcome.spot = Some(spot.map_or_else(|| Spot::Member(at, name.text.clone()), Spot::At));
                if spot.is_some_and(|spot| self.noted(spot).hidden) {
                    outcome.holds = Some(false);
                    return Some(outcome);
                }
                (name.of(object), Some(object), Some(&*name.text))
            }
            _ => {
                let own = Some(at).filter(|at| self.tree.stands(*at) && self.noted(*at).place == formula.place)?;
                (Some(self.tree.value(own)), self.tree.parent(own).map(|parent| self.tree.value(parent)), None)
            }
        };
        setting.stand(formula.place, place, value, parent);
        match (formula.kind, value) {
            (Asks::Presence(_), _) => return None,
            (Asks::Required, _) => {
                outcome.holds = Some(setting.required(place, said));
                // Only of what is absent it is told.
                if value.is_some() {
                    said.clear();
                }
            }
            (Asks::Readonly, _) => {
                let mut holds = false;
                for At { expression, .. } in &place.readonly {
                    holds |= matches!(setting.evaluate(expression), Ok(Val::Bool(true)));
                }
                outcome.holds = Some(holds);
            }
            (Asks::Rule(rule), Some(_)) => setting.rule(place.rules.get(rule as usize)?, said),
            (Asks::Offered, Some(value)) => setting.offered(place, value, said),
            (_, None) => {}
        }
        for said in said.iter() {
            let spot = self.blamed(at, name, value, said);
            outcome.said.push((spot, said.block, said.keyword, said.fault.clone()));
        }
        Some(outcome)
    }

    /// Where something that is said of a value stands.
    fn blamed(&self, at: NodeId, name: Option<&str>, value: Option<Value<'_>>, said: &Said<'_>) -> Spot {
        let mut spot = match (value, name) {
            (Some(value), _) => Spot::At(value.id()),
            (None, Some(name)) => self.member_spot(at, name),
            (None, None) => Spot::At(at),
        };
        let mut inside = value;
        for name in said.at.into_iter().flatten() {
            let Some(object) = inside else { break };
            spot = self.member_spot(object.id(), name);
            inside = object.member(name);
        }
        spot
    }

    fn keep(&mut self, outcome: Outcome) {
        let Outcome { formula, at, spot, holds, said } = outcome;
        let of = formula + 1;
        let kind = self.watch.formula(formula).map(|formula| formula.kind);
        if let (Some(holds), Some(spot)) = (holds, spot) {
            self.keep_state(kind, spot, holds);
        } else if kind == Some(Asks::Offered)
            && let Some(Spot::At(id)) = self.spot_of(formula, at)
        {
            self.change(id, Change::OPTIONS);
        }
        let old: Vec<u32> = self.issues.by(at).filter(|(_, kept)| kept.of == of).map(|(id, _)| id).collect();
        if old.is_empty() && said.is_empty() {
            return;
        }
        self.issues.begin();
        for (spot, block, keyword, fault) in said {
            let spot = self.node_of(spot);
            self.say(Kept { spot, by: at, of, block, keyword, fault });
        }
        self.end(old);
    }

    fn spot_of(&self, formula: FormulaId, at: NodeId) -> Option<Spot> {
        let place = self.watch.formula(formula)?.place;
        match &self.rules().place(place)?.step {
            Step::Member(name) => Some(self.member_spot(at, &name.text)),
            _ => Some(Spot::At(at)),
        }
    }

    /// Notes whether a field must be filled in, or may not be edited.
    fn keep_state(&mut self, kind: Option<Asks>, spot: Spot, holds: bool) {
        let known = if let Spot::At(id) = &spot { self.noted(*id) } else { super::NEW };
        let (was, how) = match kind {
            Some(Asks::Required) => (known.required, Change::REQUIRED),
            Some(Asks::Readonly) => (known.readonly, Change::READONLY),
            _ => return,
        };
        if was == holds {
            return;
        }
        let id = self.node_of(spot);
        let note = self.note(id);
        if how == Change::REQUIRED {
            note.required = holds;
        } else {
            note.readonly = holds;
        }
        self.change(id, how);
    }
}

impl Left {
    /// Whether an edit may take what it did.
    pub(super) fn check(&self, said: &[Said<'_>]) -> Result<(), LimitError> {
        let too_much = |said: &Said<'_>| matches!(&said.fault, Fault::RuleFailed { failure, .. } if matches!(failure.reason, Reason::Steps | Reason::TooLarge));
        if !self.bears && said.iter().any(too_much) { Err(LimitError::Steps) } else { Ok(()) }
    }
}
