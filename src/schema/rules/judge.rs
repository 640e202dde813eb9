//! Judges a document that is complete by the expressions of its schema.

use super::{At, Place, PlaceId, Rule, Rules, Setting, Step};
use crate::expr::{Failure, Reason, Val};
use crate::json::{Document, NodeId, Value};
use crate::limits;
use crate::report::Level;
use crate::schema::fault::Fault;
use crate::schema::findings::{Draft, Step as Taken, Token};
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

/// What is said of a value that may be absent.
pub(in crate::schema) struct Said<'a> {
    /// The names that lead from it to the field that is blamed.
    pub(in crate::schema) at: Option<&'a [Box<str>]>,
    pub(in crate::schema) block: BlockId,
    pub(in crate::schema) keyword: &'static str,
    pub(in crate::schema) fault: Fault,
}

impl<'a> Setting<'a> {
    /// Whether a value that is absent must be there.
    pub(in crate::schema) fn required(&mut self, place: &'a Place, said: &mut Vec<Said<'a>>) -> bool {
        for (expression, block) in &place.required {
            let is_required = match expression {
                None => true,
                Some(expression) => match self.evaluate(expression) {
                    Ok(value) => matches!(value, Val::Bool(true)),
                    Err(failure) => {
                        failed(failure, *block, "x-required", None, said);
                        false
                    }
                },
            };
            if is_required {
                said.push(Said { at: None, block: *block, keyword: "x-required", fault: Fault::Missing });
                return true;
            }
        }
        false
    }

    // Kept apart it would cost every rule a call more.
    #[inline(always)]
    pub(in crate::schema) fn rule(&mut self, rule: &'a Rule, said: &mut Vec<Said<'a>>) {
        let block = rule.test.block;
        if let Some(when) = &rule.when {
            match self.evaluate(when) {
                Ok(Val::Bool(true)) => {}
                Ok(_) => return,
                Err(failure) => return failed(failure, block, "x-rules", Some(rule.node), said),
            }
        }
        match self.evaluate(&rule.test.expression) {
            Ok(Val::Bool(false)) => self.broken(rule, said),
            Ok(_) => {}
            Err(failure) => failed(failure, block, "x-rules", Some(rule.node), said),
        }
    }

    #[inline(never)]
    fn broken(&mut self, rule: &'a Rule, said: &mut Vec<Said<'a>>) {
        let block = rule.test.block;
        let message = match &rule.message {
            None => None,
            Some(expression) => match self.evaluate(expression) {
                Ok(message) => message.as_text().map(Box::from),
                Err(failure) => {
                    failed(failure, block, "x-rules", Some(rule.node), said);
                    None
                }
            },
        };
        let fault = Fault::Rule { node: rule.node, message, level: rule.level };
        if rule.at.is_empty() {
            said.push(Said { at: None, block, keyword: "x-rules", fault: fault.clone() });
        }
        for names in &rule.at {
            said.push(Said { at: Some(names), block, keyword: "x-rules", fault: fault.clone() });
        }
    }

    /// A code must be one that the filter of its list leaves.
    pub(in crate::schema) fn offered(&mut self, place: &'a Place, value: Value<'a>, said: &mut Vec<Said<'a>>) {
        let Some((list, At { expression, block })) = &place.filter else { return };
        let program = self.program;
        let entry = program.lists.get(*list as usize).zip(value.as_str()).and_then(|(list, code)| list.find(&program.source, code));
        let Some(entry) = entry else { return };
        match self.choose(expression, entry) {
            Ok(Val::Bool(false)) => said.push(Said { at: None, block: *block, keyword: "x-options", fault: Fault::NotOffered }),
            Ok(_) => {}
            Err(failure) => failed(failure, *block, "x-options", None, said),
        }
    }
}

/// An expression that fails because a field is absent is content: requiredness tells of absence.
pub(in crate::schema) fn failed(failure: Failure, block: BlockId, keyword: &'static str, rule: Option<NodeId>, said: &mut Vec<Said<'_>>) {
    if failure.reason != Reason::Absent {
        said.push(Said { at: None, block, keyword, fault: Fault::RuleFailed { node: rule, failure } });
    }
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
        let mut said = Vec::new();
        match value {
            None => {
                self.setting.required(place, &mut said);
            }
            Some(value) => {
                for rule in &place.rules {
                    self.setting.rule(rule, &mut said);
                }
                self.setting.offered(place, value, &mut said);
            }
        }
        for said in said {
            self.said(said, value);
        }
        let Some(value) = value else { return };
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

    /// Tells what was said of a value, at the field that it blames.
    fn said(&mut self, said: Said<'a>, value: Option<Value<'a>>) {
        let mut path = self.path.clone();
        let mut at = value;
        for name in said.at.into_iter().flatten() {
            let Some(inside) = at else { break };
            path.push(Taken { parent: inside.id(), token: Token::Name(name) });
            at = inside.member(name);
        }
        self.tell(path, said.block, said.keyword, said.fault);
    }

    fn tell(&mut self, path: Vec<Taken<'a>>, block: BlockId, keyword: &'static str, fault: Fault) {
        // However many warnings there are, they leave room for errors.
        let most = if fault.level() == Level::Error { 2 * limits::FAULTS } else { limits::FAULTS };
        if self.drafts.len() < most {
            let by = path.last().map_or(0, |step| step.parent);
            self.drafts.push(Draft { path, by, block, keyword, fault });
        }
    }
}
