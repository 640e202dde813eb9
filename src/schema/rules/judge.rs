//! Judges a document that is complete by the expressions of its schema.

use super::{At, Place, PlaceId, Rule, Rules, Setting, Step};
use crate::expr::{Failure, Reason, Val};
use crate::json::{Document, NodeId, Value};
use crate::limits;
use crate::report::Level;
use crate::schema::explain::{Draft, Step as Taken, Token};
use crate::schema::fault::Fault;
use crate::schema::program::{BlockId, Program};
use crate::text::Moment;

/// What the expressions of a schema find wrong.
pub(in crate::schema) fn judge<'a>(program: &'a Program, rules: &'a Rules, document: &'a Document, now: Moment) -> Vec<Draft<'a>> {
    if rules.is_empty() {
        return Vec::new();
    }
    let mut judge = Judge { setting: Setting::new(program, rules, document, now), path: Vec::new(), drafts: Vec::new() };
    judge.setting.notes = true;
    for place in &rules.order {
        judge.setting.work_out(*place);
    }
    judge.place(0, Some(document.root()), None);
    judge.drafts
}

struct Judge<'a> {
    setting: Setting<'a>,
    path: Vec<Taken<'a>>,
    drafts: Vec<Draft<'a>>,
}

impl<'a> Judge<'a> {
    /// Judges a value, or its absence, and all inside it. Depth is bounded by `limits::JSON_DEPTH`.
    fn place(&mut self, id: PlaceId, value: Option<Value<'a>>, parent: Option<Value<'a>>) {
        let rules = self.setting.rules;
        let Some(place) = rules.place(id) else { return };
        if place.asks() {
            self.setting.stand(id, place, value, parent);
        }
        // What is not relevant is not gone to.
        if let Some(parent) = parent {
            self.noted((parent.id(), id));
        }
        let Some(value) = value else { return self.required(place) };
        for rule in &place.rules {
            self.rule(rule, value);
        }
        self.offered(place, value);
        for child in &place.children {
            let step = rules.place(*child).map(|place| &place.step);
            if let Some(Step::Member(name)) = step {
                if let Some(found) = self.setting.member(*child, name, value) {
                    self.inside(*child, Token::Name(&name.text), found, value);
                }
                continue;
            }
            let mut inside = Vec::new();
            self.setting.step(*child, value, &mut |found, at| inside.push((found, at)));
            for (found, at) in inside {
                let token = if matches!(step, Some(Step::Others)) { Token::Name(found.map_or("", Value::name)) } else { Token::Index(at) };
                self.inside(*child, token, found, value);
            }
        }
    }

    fn inside(&mut self, id: PlaceId, token: Token<'a>, value: Option<Value<'a>>, parent: Value<'a>) {
        self.path.push(Taken { parent: parent.id(), token });
        self.place(id, value, Some(parent));
        self.path.pop();
    }

    /// What was noted when conditions and computed values were worked out.
    fn noted(&mut self, at: (NodeId, PlaceId)) {
        let Some(first) = self.setting.noted_at.get(at) else { return };
        for next in (first as usize).. {
            let Some(note) = self.setting.noted.get(next).filter(|note| note.at == at) else { return };
            let (block, keyword, fault) = (note.block, note.keyword, note.fault.clone());
            self.tell(self.path.clone(), block, keyword, fault);
        }
    }

    fn required(&mut self, place: &'a Place) {
        for (expression, block) in &place.required {
            let is_required = match expression {
                None => true,
                Some(expression) => match self.setting.evaluate(expression) {
                    Ok(value) => matches!(value, Val::Bool(true)),
                    Err(failure) => {
                        self.failed(failure, *block, "x-required", None);
                        false
                    }
                },
            };
            if is_required {
                return self.tell(self.path.clone(), *block, "x-required", Fault::Missing);
            }
        }
    }

    // Kept apart it would cost every rule a call more.
    #[inline(always)]
    fn rule(&mut self, rule: &'a Rule, value: Value<'a>) {
        let block = rule.test.block;
        if let Some(when) = &rule.when {
            match self.setting.evaluate(when) {
                Ok(Val::Bool(true)) => {}
                Ok(_) => return,
                Err(failure) => return self.failed(failure, block, "x-rules", Some(rule.node)),
            }
        }
        match self.setting.evaluate(&rule.test.expression) {
            Ok(Val::Bool(false)) => {}
            Ok(_) => return,
            Err(failure) => return self.failed(failure, block, "x-rules", Some(rule.node)),
        }
        let message = match &rule.message {
            None => None,
            Some(expression) => match self.setting.evaluate(expression) {
                Ok(message) => message.as_text().map(Box::from),
                Err(failure) => {
                    self.failed(failure, block, "x-rules", Some(rule.node));
                    None
                }
            },
        };
        let fault = Fault::Rule { node: rule.node, message, level: rule.level };
        if rule.at.is_empty() {
            self.tell(self.path.clone(), block, "x-rules", fault.clone());
        }
        for names in &rule.at {
            let mut path = self.path.clone();
            let mut at = Some(value);
            for name in names {
                let Some(inside) = at else { break };
                path.push(Taken { parent: inside.id(), token: Token::Name(name) });
                at = inside.member(name);
            }
            self.tell(path, block, "x-rules", fault.clone());
        }
    }

    /// A code must be one that the filter of its list leaves.
    fn offered(&mut self, place: &'a Place, value: Value<'a>) {
        let Some((list, At { expression, block })) = &place.filter else { return };
        let program = self.setting.program;
        let entry = program.lists.get(*list as usize).zip(value.as_str()).and_then(|(list, code)| list.find(&program.source, code));
        let Some(entry) = entry else { return };
        match self.setting.choose(expression, entry) {
            Ok(Val::Bool(false)) => self.tell(self.path.clone(), *block, "x-options", Fault::NotOffered),
            Ok(_) => {}
            Err(failure) => self.failed(failure, *block, "x-options", None),
        }
    }

    /// An expression that fails because a field is absent is content: requiredness tells of absence.
    fn failed(&mut self, failure: Failure, block: BlockId, keyword: &'static str, rule: Option<NodeId>) {
        if failure.reason != Reason::Absent {
            self.tell(self.path.clone(), block, keyword, Fault::RuleFailed { node: rule, failure });
        }
    }

    fn tell(&mut self, path: Vec<Taken<'a>>, block: BlockId, keyword: &'static str, fault: Fault) {
        // However many warnings there are, they leave room for errors.
        let most = if fault.level() == Level::Error { 2 * limits::FAULTS } else { limits::FAULTS };
        if self.drafts.len() < most {
            self.drafts.push(Draft { path, block, keyword, fault });
        }
    }
}
