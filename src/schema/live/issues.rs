//! What is wrong with a form that is edited: each fault with the value that says it and the place that it stands at.

use crate::json::NodeId;
use crate::report::Level;
use crate::schema::fault::Fault;
use crate::schema::program::BlockId;

/// Where there is no issue.
const NONE: u32 = u32::MAX;

/// A fault at a place.
#[derive(Debug)]
pub(super) struct Kept {
    /// The place that it stands at.
    pub(super) spot: NodeId,
    /// The value whose subschema or formula says it.
    pub(super) by: NodeId,
    /// 0 for keywords; else a formula, counted from 1.
    pub(super) of: u32,
    pub(super) block: BlockId,
    pub(super) keyword: &'static str,
    pub(super) fault: Fault,
}

struct Slot {
    kept: Kept,
    /// The pass that said it last.
    pass: u32,
    /// The next and the one before among those that the same value says.
    own: (u32, u32),
    /// The next at the same place; of a slot that is free the next that is.
    at: u32,
}

/// The first of the issues that a node says, and of those that stand at it.
#[derive(Clone, Copy, Debug)]
struct Heads {
    own: u32,
    at: u32,
}

/// All issues of a form.
#[derive(Default)]
pub(super) struct Issues {
    slots: Vec<Option<Slot>>,
    free: Vec<u32>,
    /// By node.
    heads: Vec<Heads>,
    pass: u32,
    /// How many make the form invalid.
    pub(super) errors: usize,
}

impl Issues {
    fn slot(&self, id: u32) -> Option<&Slot> {
        self.slots.get(id as usize)?.as_ref()
    }

    fn slot_mut(&mut self, id: u32) -> Option<&mut Slot> {
        self.slots.get_mut(id as usize)?.as_mut()
    }

    fn heads(&self, node: NodeId) -> Heads {
        self.heads.get(node as usize).copied().unwrap_or(Heads { own: NONE, at: NONE })
    }

    fn heads_mut(&mut self, node: NodeId) -> Option<&mut Heads> {
        if self.heads.len() <= node as usize {
            self.heads.resize(node as usize + 1, Heads { own: NONE, at: NONE });
        }
        self.heads.get_mut(node as usize)
    }

    /// Everything.
    pub(super) fn all(&self) -> impl Iterator<Item = &Kept> {
        self.slots.iter().flatten().map(|slot| &slot.kept)
    }

    /// What stands at a place.
    pub(super) fn at(&self, spot: NodeId) -> impl Iterator<Item = &Kept> {
        let first = self.slot(self.heads(spot).at);
        std::iter::successors(first, |slot| self.slot(slot.at)).map(|slot| &slot.kept)
    }

    /// What a value says, each with its number.
    pub(super) fn by(&self, node: NodeId) -> impl Iterator<Item = (u32, &Kept)> {
        let first = self.heads(node).own;
        let next = |id: &u32| self.slot(*id).map(|slot| slot.own.0).filter(|next| *next != NONE);
        std::iter::successors(Some(first).filter(|first| *first != NONE), next).filter_map(|id| Some((id, &self.slot(id)?.kept)))
    }

    /// Begins a pass: what is not said in it again, of what is given to [`Issues::end`], is forgotten.
    pub(super) const fn begin(&mut self) {
        self.pass = self.pass.wrapping_add(1);
    }

    /// Whether something that is known is said again.
    pub(super) fn say_again(&mut self, wanted: &Kept) -> bool {
        let mut id = self.heads(wanted.spot).at;
        let pass = self.pass;
        while let Some(slot) = self.slot_mut(id) {
            let kept = &slot.kept;
            let same = kept.by == wanted.by && kept.of == wanted.of && kept.block == wanted.block && kept.keyword == wanted.keyword;
            if same && slot.pass != pass && kept.fault == wanted.fault {
                slot.pass = pass;
                return true;
            }
            id = slot.at;
        }
        false
    }

    /// Adds what is new.
    pub(super) fn add(&mut self, kept: Kept) {
        let (spot, by) = (kept.spot, kept.by);
        self.errors += usize::from(kept.fault.level() == Level::Error);
        let id = self.free.pop().unwrap_or(self.slots.len() as u32);
        let (next, at) = (self.heads(by).own, self.heads(spot).at);
        let slot = Some(Slot { kept, pass: self.pass, own: (next, NONE), at });
        match self.slots.get_mut(id as usize) {
            Some(free) => *free = slot,
            None => self.slots.push(slot),
        }
        if let Some(next) = self.slot_mut(next) {
            next.own.1 = id;
        }
        self.heads_mut(by).into_iter().for_each(|heads| heads.own = id);
        self.heads_mut(spot).into_iter().for_each(|heads| heads.at = id);
    }

    /// Forgets one of those that were there before the pass, unless it was said again; the place that it stood at.
    pub(super) fn end(&mut self, id: u32) -> Option<NodeId> {
        let slot = self.slot(id).filter(|slot| slot.pass != self.pass)?;
        let (spot, by, own, at) = (slot.kept.spot, slot.kept.by, slot.own, slot.at);
        self.errors -= usize::from(slot.kept.fault.level() == Level::Error);
        match self.slot_mut(own.1) {
            Some(before) => before.own.0 = own.0,
            None => self.heads_mut(by).into_iter().for_each(|heads| heads.own = own.0),
        }
        if let Some(next) = self.slot_mut(own.0) {
            next.own.1 = own.1;
        }
        if self.heads(spot).at == id {
            self.heads_mut(spot).into_iter().for_each(|heads| heads.at = at);
        } else {
            let mut before = self.heads(spot).at;
            while let Some(slot) = self.slot_mut(before) {
                if slot.at == id {
                    slot.at = at;
                    break;
                }
                before = slot.at;
            }
        }
        self.slots.get_mut(id as usize).into_iter().for_each(|slot| *slot = None);
        self.free.push(id);
        Some(spot)
    }
}
