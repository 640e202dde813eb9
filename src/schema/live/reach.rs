//! Which formulas a change concerns, and at which values.

use super::watch::{Asks, FormulaId, NO_PLACE, Reach};
use super::{Live, PlaceId, Step};
use crate::json::{Kind, NodeId, Value};

impl Live {
    /// A formula has to be worked out at a value: for a member at its object.
    pub(super) fn pend(&mut self, formula: FormulaId, at: NodeId) {
        let Some(asks) = self.watch.formula(formula).map(|formula| formula.kind) else { return };
        let Asks::Presence(turn) = asks else {
            return self.work.formulas.push(u64::from(formula) << 32 | u64::from(at));
        };
        self.work.first = self.work.first.min(turn as usize);
        self.work.turns.get_mut(turn as usize).into_iter().for_each(|turn| turn.push(at));
    }

    /// Every formula that stands at a value has to be worked out.
    pub(super) fn stand_at(&mut self, id: NodeId) {
        let place = self.noted(id).place;
        let Some(key) = self.key(place, id) else { return };
        for at in 0..self.watch.standing(place).len() {
            if let Some(formula) = self.watch.standing(place).get(at) {
                self.pend(*formula, key);
            }
        }
    }

    /// The value at which the formulas of a place are kept, from a value of that place.
    fn key(&self, place: PlaceId, id: NodeId) -> Option<NodeId> {
        if self.is_member(place) { self.tree.parent(id) } else { Some(id) }
    }

    /// A value changed, came or goes: whatever reads it, or something inside it, has to be worked out.
    pub(super) fn fire(&mut self, id: NodeId) {
        if self.rules().is_empty() {
            return;
        }
        let (mut waiting, mut next) = (Vec::new(), Some(self.noted(id).place));
        while let Some(place) = next.filter(|place| *place != NO_PLACE) {
            self.fire_place(place, id);
            waiting.extend_from_slice(self.watch.below(place));
            next = waiting.pop();
        }
        // What goes over a list, or over members that are not declared, reads the list.
        let mut at = id;
        while let Some(parent) = self.tree.parent(at).filter(|_| !self.is_member(self.noted(at).place)) {
            at = parent;
            self.fire_place(self.noted(at).place, at);
        }
    }

    /// Whatever reads a place has to be worked out, where the change in a value concerns it.
    fn fire_place(&mut self, place: PlaceId, changed: NodeId) {
        for at in 0..self.watch.readers(place).len() {
            let Some((formula, reach)) = self.watch.readers(place).get(at).copied() else { continue };
            let Some(stands_at) = self.watch.formula(formula).map(|formula| formula.place) else { continue };
            match reach {
                Reach::Own => {
                    if let Some(key) = self.above(changed, stands_at).and_then(|own| self.key(stands_at, own)) {
                        self.pend(formula, key);
                    }
                }
                Reach::Siblings => {
                    let above = self.rules().place(stands_at).map_or(NO_PLACE, |place| place.parent);
                    match self.above(changed, above) {
                        Some(object) if self.is_member(stands_at) => self.pend(formula, object),
                        Some(list) => self.inside(list, stands_at).into_iter().for_each(|item| self.pend(formula, item)),
                        None => {}
                    }
                }
                Reach::All => {
                    for key in self.keys(stands_at) {
                        self.pend(formula, key);
                    }
                }
            }
        }
    }

    /// The value of a place that another stands in, or is.
    fn above(&self, id: NodeId, place: PlaceId) -> Option<NodeId> {
        std::iter::successors(Some(id), |at| self.tree.parent(*at)).find(|at| self.noted(*at).place == place)
    }

    /// Where a formula is kept.
    pub(super) fn keys_of(&self, formula: FormulaId) -> Vec<NodeId> {
        self.watch.formula(formula).map(|formula| self.keys(formula.place)).unwrap_or_default()
    }

    /// Where all formulas of a place are kept.
    fn keys(&self, place: PlaceId) -> Vec<NodeId> {
        if !self.is_member(place) {
            return self.instances(place);
        }
        let mut objects = self.instances(self.rules().place(place).map_or(NO_PLACE, |place| place.parent));
        objects.retain(|object| self.tree.value(*object).kind() == Kind::Object);
        objects
    }

    /// All values of a place.
    pub(super) fn instances(&self, place: PlaceId) -> Vec<NodeId> {
        if place == 0 {
            return vec![0];
        }
        let Some(parent) = self.rules().place(place).map(|place| place.parent) else { return Vec::new() };
        let mut found = Vec::new();
        for value in self.instances(parent) {
            found.extend(self.inside(value, place));
        }
        found
    }

    /// The values of a place right inside another.
    fn inside(&self, id: NodeId, place: PlaceId) -> Vec<NodeId> {
        let value = self.tree.value(id);
        match self.rules().place(place).map(|place| &place.step) {
            Some(Step::Member(name)) => name.of(value).map(Value::id).into_iter().collect(),
            _ => value.children().map(Value::id).filter(|child| self.noted(*child).place == place).collect(),
        }
    }
}
