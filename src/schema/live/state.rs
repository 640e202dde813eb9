//! How a place is: whether it must be filled in, may be edited, what it offers.

use super::watch::NO_PLACE;
use super::{Act, Live, PlaceId};
use crate::expr::Val;
use crate::json::{Kind, NodeId, Pointer};
use crate::report::Language;
use crate::schema::error::LimitError;
use crate::schema::findings::Stand;
use crate::schema::program::{BlockId, Entry, KindSet, Op, Program};
use crate::schema::rules::Setting;
use crate::schema::write::reachable;
use crate::text::{Moment, decimal};

impl Live {
    /// The place of a member of an object, there or not.
    pub(crate) fn spot(&mut self, object: NodeId, name: &str) -> NodeId {
        let spot = self.member_spot(object, name);
        self.node_of(spot)
    }

    /// Where a place is.
    pub(crate) fn pointer(&mut self, id: NodeId) -> Pointer {
        let mut pointer = Pointer::root();
        for stand in self.way(id, true).iter().skip(1) {
            let value = self.tree.value(stand.id);
            if value.hash_of_name() == 0 {
                pointer.push(&decimal(stand.at as u64));
            } else {
                pointer.push(value.name());
            }
        }
        pointer
    }

    /// Whether the value of a place is computed.
    pub(crate) fn is_computed(&self, id: NodeId) -> bool {
        self.rules().place(self.place_at(id)).is_some_and(|place| place.calculate.is_some())
    }

    /// Whether a place holds what a database answered.
    pub(crate) fn is_lookup(&self, id: NodeId) -> bool {
        self.rules().place(self.place_at(id)).is_some_and(|place| place.lookup.is_some())
    }

    /// Such a place that this one is or stands in.
    pub(crate) fn lookup_over(&self, id: NodeId) -> Option<NodeId> {
        let mut at = Some(id);
        while at.is_some_and(|at| !self.is_lookup(at)) {
            at = self.tree.parent(at?);
        }
        at
    }

    /// The place of a value, also of one that came while it did not count, of which nothing was noted.
    fn place_at(&self, id: NodeId) -> PlaceId {
        let rules = self.rules();
        let known = self.noted(id).place;
        match self.tree.parent(id) {
            Some(parent) if known == NO_PLACE && !rules.is_empty() => {
                let above = self.place_at(parent);
                let value = self.tree.value(id);
                if above == NO_PLACE {
                    NO_PLACE
                } else if value.hash_of_name() == 0 {
                    self.watch.item(rules, above, usize::MAX)
                } else {
                    self.watch.member(rules, above, value.name())
                }
            }
            _ => known,
        }
    }

    /// Whether a place, or something that it stands in, must not be edited.
    pub(crate) fn is_readonly(&self, id: NodeId) -> bool {
        self.way_up(id).any(|at| self.noted(at).readonly)
    }

    /// Whether a place, or something that it stands in, does not count.
    pub(crate) fn is_hidden(&self, id: NodeId) -> bool {
        self.way_up(id).any(|at| self.noted(at).hidden)
    }

    fn way_up(&self, id: NodeId) -> impl Iterator<Item = NodeId> {
        std::iter::successors(Some(id), |at| self.tree.parent(*at))
    }

    pub(crate) fn is_touched(&self, id: NodeId) -> bool {
        self.noted(id).touched
    }

    pub(crate) fn touch(&mut self, id: NodeId) {
        self.note(id).touched = true;
    }

    /// The places where a person has been.
    pub(crate) fn touched(&self) -> Vec<NodeId> {
        let touched = (0..).zip(&self.notes).filter(|(_, note)| note.touched).map(|(id, _)| id);
        touched.filter(|id| self.tree.is_of_root(*id)).collect()
    }

    /// Whether the object of a place asks for it, by `required` or by an expression.
    pub(crate) fn is_required(&mut self, id: NodeId) -> Result<bool, LimitError> {
        if self.noted(id).required {
            return Ok(true);
        }
        let Some(object) = self.tree.parent(id) else { return Ok(false) };
        let name = self.tree.value(id).name().to_owned();
        let asks = |op: &&Op| match op {
            Op::Members(members) => members.position(&name).and_then(|at| members.entries.get(at)).is_some_and(|entry| entry.required),
            _ => false,
        };
        self.spoken(object, |ops| ops.iter().any(asks))
    }

    /// The types that the schema allows a place.
    pub(crate) fn kinds(&mut self, id: NodeId) -> Result<Kinds, LimitError> {
        let Some(holder) = self.tree.parent(id) else { return Ok(Kinds(KindSet::ALL)) };
        let value = self.tree.value(id);
        let (name, is_item) = (value.name().to_owned(), value.hash_of_name() == 0);
        let schema = std::sync::Arc::clone(&self.schema);
        self.spoken(holder, |ops| {
            let block = |op: &&Op| match op {
                Op::Members(members) if !is_item => members.entries.get(members.position(&name)?)?.block.or(members.additional),
                Op::Items(items) if is_item => items.rest,
                _ => None,
            };
            let all = ops.iter().filter_map(block).flat_map(|block| reachable(&schema.program, block));
            let kinds = all.filter_map(|op| if let Op::Kinds(kinds) = op { Some(*kinds) } else { None });
            Kinds(kinds.fold(KindSet::ALL, KindSet::common))
        })
    }

    /// Lets every group of fields that must be there stand there, in a value and in the groups in it; the acts that take it back.
    pub(crate) fn furnish(&mut self, id: NodeId) -> Result<Vec<Act>, LimitError> {
        let mut back = Vec::new();
        let mut waiting = vec![id];
        while let Some(object) = waiting.pop() {
            if self.tree.value(object).kind() != Kind::Object {
                continue;
            }
            for name in self.groups_of(object)? {
                let spot = self.spot(object, &name);
                if self.noted(spot).hidden || self.is_lookup(spot) {
                    continue;
                }
                if self.tree.is_void(spot) {
                    back.extend(self.act(Act::Open(spot)));
                    back.extend(self.act(Act::Attach(spot)));
                }
                waiting.push(spot);
            }
        }
        back.reverse();
        Ok(back)
    }

    /// The names of the members that must be there and are objects, which a person fills in.
    fn groups_of(&mut self, object: NodeId) -> Result<Vec<Box<str>>, LimitError> {
        let schema = std::sync::Arc::clone(&self.schema);
        self.spoken(object, |ops| {
            let mut names = Vec::new();
            for op in ops {
                let Op::Members(members) = op else { continue };
                let is_wanted = |entry: &&Entry| entry.required && entry.block.is_some_and(|block| is_group(&schema.program, block));
                names.extend(members.entries.iter().filter(is_wanted).map(|entry| entry.name.text.clone()));
            }
            names
        })
    }

    /// The codes that a place offers, each with what it is called.
    pub(crate) fn options(&mut self, id: NodeId, language: Language) -> Result<Vec<(&str, &str)>, LimitError> {
        let Some(holder) = self.tree.parent(id) else { return Ok(Vec::new()) };
        let name = self.tree.value(id).name().to_owned();
        let schema = std::sync::Arc::clone(&self.schema);
        let list = self.spoken(holder, |ops| {
            let block = |op: &&Op| match op {
                Op::Members(members) => members.entries.get(members.position(&name)?)?.block,
                Op::Items(items) => items.rest,
                _ => None,
            };
            let mut all = ops.iter().filter_map(block).flat_map(|block| reachable(&schema.program, block));
            all.find_map(|op| if let Op::Options(list) = op { Some(*list) } else { None })
        })?;
        let program = &self.schema.program;
        let Some(list) = list.and_then(|list| program.lists.get(list as usize)) else { return Ok(Vec::new()) };
        let rules = &program.rules;
        let mut setting = Setting::new(program, rules, self.tree.document(), self.now);
        let place = self.noted(id).place;
        let filter = rules.place(place).and_then(|at| Some((at, &at.filter.as_ref()?.1.expression)));
        if let Some((at, _)) = filter {
            let value = self.tree.is_attached(id).then(|| self.tree.value(id));
            setting.stand(place, at, value, Some(self.tree.value(holder)));
        }
        let mut offered = Vec::new();
        for entry in list.all(&program.source) {
            if filter.is_none_or(|(_, expression)| matches!(setting.choose(expression, entry), Ok(Val::Bool(true)))) {
                let label = entry.part("label");
                let label = label.part(language.tag()).as_str().or_else(|| label.part("vi").as_str());
                offered.extend(entry.part("code").as_str().zip(label));
            }
        }
        Ok(offered)
    }

    /// Goes on at another moment.
    pub(crate) fn set_now(&mut self, now: Moment) -> Result<(), LimitError> {
        let before = std::mem::replace(&mut self.now, now);
        // What is in force hangs on the day, and is told by keywords.
        if before.instant().days_in_vietnam() != now.instant().days_in_vietnam() {
            return self.start_over();
        }
        for at in 0..self.watch.timely.len() {
            let Some(formula) = self.watch.timely.get(at).copied() else { continue };
            for key in self.keys_of(formula) {
                self.pend(formula, key);
            }
        }
        self.settle(true)
    }

    /// The values that stand where the schema has no place for them, or another kind of value.
    pub(crate) fn strange(&self) -> Vec<NodeId> {
        let is_strange = |keyword: &str| {
            matches!(keyword, "additionalProperties" | "unevaluatedProperties" | "type" | "false" | "propertyNames" | "x-lookup")
        };
        self.issues.all().filter(|kept| kept.of == 0 && is_strange(kept.keyword)).map(|kept| kept.spot).collect()
    }

    /// Asks the instructions that spoke of an object or list.
    fn spoken<R>(&mut self, id: NodeId, ask: impl FnOnce(&[&Op]) -> R) -> Result<R, LimitError> {
        // One step more, to nothing.
        let mut way = self.way(id, true);
        way.push(Stand { id: NodeId::MAX, at: usize::MAX, there: false });
        let ways = [way];
        let findings = self.findings(&ways)?;
        let ops: Vec<&Op> = findings.spoken_at(id).collect();
        Ok(ask(&ops))
    }
}

/// The types that a place may have.
pub(crate) struct Kinds(KindSet);

impl Kinds {
    pub(crate) fn takes_text(&self) -> bool {
        self.0.names().any(|name| name == "string")
    }

    pub(crate) fn takes_numbers(&self) -> bool {
        self.0.names().any(|name| matches!(name, "number" | "integer"))
    }

    pub(crate) fn takes_only_lists(&self) -> bool {
        self.0 == KindSet::ARRAY
    }

    pub(crate) fn takes_truth(&self) -> bool {
        self.0.names().any(|name| name == "boolean")
    }
}

/// Whether a block takes nothing but objects.
fn is_group(program: &Program, block: BlockId) -> bool {
    reachable(program, block).into_iter().any(|op| matches!(op, Op::Kinds(kinds) if *kinds == KindSet::OBJECT))
}
