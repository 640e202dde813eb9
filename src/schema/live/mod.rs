//! A document that is judged again with every edit, at a cost that hangs on what the edit concerns and not on the size of the document.
//!
//! What stands in the tree is the document as it counts: what is not relevant stands apart, what is computed stands in its place. So every keyword and every
//! expression runs on it as on any other, and what they say at the end is what a fresh validation says. An edit goes three ways: conditions and computed values
//! are worked out in turn, each once; the keywords of the values on the way to the change, and of those below it, speak again; then the rules that read what changed.

mod issues;
mod keywords;
mod presence;
mod reach;
mod report;
mod rules;
mod state;
mod watch;

use super::Schema;
use super::error::LimitError;
use super::rules::{PlaceId, Rules, Step};
use super::tally::Tallies;
use super::told::Told;
use crate::expr::{Kept, Session};
use crate::json::{Document, Kind, NodeId, Tree, Value};
use crate::text::Moment;
use issues::Issues;
use std::cell::RefCell;
use std::sync::Arc;
use watch::{FormulaId, NO_PLACE, Watch};

/// A document under a schema, judged with every edit.
pub(crate) struct Live {
    schema: Arc<Schema>,
    tree: Tree,
    now: Moment,
    watch: Watch,
    notes: Vec<Note>,
    told: Told,
    issues: Issues,
    /// The places that changed, until they are asked for.
    changed: Vec<NodeId>,
    work: Work,
    /// What macros and keywords over long lists came to.
    kept: RefCell<Kept>,
    tallies: RefCell<Tallies>,
}

/// What is known of a node.
#[derive(Clone, Copy, Debug)]
struct Note {
    place: PlaceId,
    /// In which ways it changed; see [`Change`].
    changed: u8,
    /// Whether its condition says that it does not count.
    hidden: bool,
    /// What expressions say of it.
    required: bool,
    readonly: bool,
    /// Whether its own text or number is the mistake.
    unclean: bool,
    /// Whether a person has been there.
    touched: bool,
}

const NEW: Note = Note { place: NO_PLACE, changed: 0, hidden: false, required: false, readonly: false, unclean: false, touched: false };

/// How a place changed: bits of a number.
pub(crate) struct Change;

impl Change {
    /// Other issues stand at it.
    pub(crate) const ISSUES: u8 = 1;
    /// It counts, or counts no more.
    pub(crate) const RELEVANT: u8 = 2;
    /// Another value was computed.
    pub(crate) const VALUE: u8 = 4;
    /// It must be filled in, or need not be.
    pub(crate) const REQUIRED: u8 = 8;
    /// It may not be edited, or may be.
    pub(crate) const READONLY: u8 = 16;
    /// Other codes are offered.
    pub(crate) const OPTIONS: u8 = 32;
    /// All that is inside is another than before.
    pub(crate) const INSIDE: u8 = 64;
}

/// One change of the tree, by which it can be taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Act {
    /// Two nodes change what they hold.
    Swap(NodeId, NodeId),
    /// A place without a value becomes an object without members.
    Open(NodeId),
    /// An object without members becomes a place without a value.
    Shut(NodeId),
    /// A member comes to stand in its object.
    Attach(NodeId),
    /// A member comes to stand apart.
    Detach(NodeId),
    /// An item comes into a list, at an index.
    Insert(NodeId, NodeId, usize),
    /// An item goes.
    Remove(NodeId),
}

/// What is still to be done for an edit.
#[derive(Default)]
struct Work {
    /// Conditions and computed values, by turn: the objects whose member each is.
    turns: Vec<Vec<NodeId>>,
    /// The first turn that may have something to do.
    first: usize,
    /// Formulas, each with the value that it is worked out at.
    formulas: Vec<u64>,
    /// Places on which keywords have to speak again, each with whether a value came to stand there or went.
    spots: Vec<(NodeId, bool)>,
}

impl Live {
    /// A document as it counts at a moment. What is sent in place of computed values is not kept.
    pub(crate) fn open(schema: Arc<Schema>, document: Document, now: Moment) -> Result<Self, LimitError> {
        let (watch, told) = (Watch::new(&schema.program.rules), Told::new(&schema.program));
        let mut live = Self {
            schema,
            tree: Tree::new(document),
            now,
            notes: Vec::new(),
            told,
            kept: RefCell::default(),
            tallies: RefCell::default(),
            issues: Issues::default(),
            changed: Vec::new(),
            work: Work { turns: vec![Vec::new(); watch.turns], first: watch.turns, ..Work::default() },
            watch,
        };
        live.tree.index_lists();
        live.enter(0);
        live.work.spots.push((0, true));
        live.settle(true)?;
        Ok(live)
    }

    fn rules(&self) -> &Rules {
        &self.schema.program.rules
    }

    pub(crate) fn schema(&self) -> &Schema {
        &self.schema
    }

    pub(crate) const fn tree(&self) -> &Tree {
        &self.tree
    }

    pub(crate) const fn tree_mut(&mut self) -> &mut Tree {
        &mut self.tree
    }

    /// Gives up a value that stands nowhere, and what is known of it.
    pub(crate) fn give_up(&mut self, id: NodeId) {
        let (mut waiting, mut next) = (Vec::new(), Some(id));
        while let Some(at) = next {
            waiting.extend(self.tree.value(at).children().map(Value::id));
            waiting.extend(self.tree.apart(at));
            if let Some(note) = self.notes.get_mut(at as usize) {
                *note = NEW;
            }
            next = waiting.pop();
        }
        self.tree.give_up(id);
    }

    fn note(&mut self, id: NodeId) -> &mut Note {
        if self.notes.len() <= id as usize {
            self.notes.resize(self.tree.len().max(id as usize + 1), NEW);
        }
        #[expect(clippy::indexing_slicing, reason = "there are as many by now")]
        &mut self.notes[id as usize]
    }

    fn noted(&self, id: NodeId) -> Note {
        self.notes.get(id as usize).copied().unwrap_or(NEW)
    }

    fn change(&mut self, id: NodeId, how: u8) {
        let note = self.note(id);
        let first = note.changed == 0;
        note.changed |= how;
        if first {
            self.changed.push(id);
        }
    }

    pub(crate) const fn has_changes(&self) -> bool {
        !self.changed.is_empty()
    }

    /// The places that changed since this was asked last, each with how.
    pub(crate) fn take_changes(&mut self) -> Vec<(NodeId, u8)> {
        let changed = std::mem::take(&mut self.changed);
        changed.into_iter().map(|id| (id, std::mem::take(&mut self.note(id).changed))).collect()
    }

    /// Does what a list of acts says, and judges again; the acts by which that is taken back.
    pub(crate) fn edit(&mut self, acts: &[Act]) -> Result<Vec<Act>, LimitError> {
        let back = self.apply(acts);
        self.finish(&back)?;
        Ok(back)
    }

    /// Lets a value that stands hold what another held, and judges again.
    pub(crate) fn rewrite(&mut self, id: NodeId, made: NodeId) -> Result<(), LimitError> {
        let act = Act::Swap(id, made);
        self.act(act);
        self.finish(&[act])
    }

    /// Does what a list of acts says; the acts by which that is taken back. [`Live::finish`] must follow.
    pub(crate) fn apply(&mut self, acts: &[Act]) -> Vec<Act> {
        let mut back: Vec<Act> = acts.iter().filter_map(|act| self.act(*act)).collect();
        back.reverse();
        back
    }

    /// Judges again after acts, which are taken back where that exceeds a limit.
    pub(crate) fn finish(&mut self, back: &[Act]) -> Result<(), LimitError> {
        let Err(limit) = self.settle(false) else { return Ok(()) };
        self.take_back(back)?;
        Err(limit)
    }

    /// Takes acts back that cannot be judged.
    pub(crate) fn take_back(&mut self, back: &[Act]) -> Result<(), LimitError> {
        for act in back {
            self.act(*act);
        }
        self.start_over()
    }

    /// Judges everything again.
    fn start_over(&mut self) -> Result<(), LimitError> {
        self.work = Work { turns: vec![Vec::new(); self.watch.turns], first: self.watch.turns, ..Work::default() };
        self.told = Told::new(&self.schema.program);
        self.kept.get_mut().forget_all();
        self.tallies.get_mut().forget_all();
        self.leave(0);
        self.enter(0);
        self.work.spots.push((0, true));
        self.settle(true)
    }

    /// Changes the tree, and notes what has to be worked out again; the act that takes it back.
    fn act(&mut self, act: Act) -> Option<Act> {
        match act {
            Act::Swap(one, other) => {
                let stands = self.tree.stands(one);
                if stands {
                    self.leave_inside(one);
                }
                self.tree.swap(one, other);
                let holds_others = |id: &NodeId| {
                    matches!(self.tree.value(*id).kind(), Kind::Object | Kind::Array) || self.tree.apart(*id).next().is_some()
                };
                if [one, other].iter().any(holds_others) {
                    self.change(one, Change::INSIDE);
                }
                if stands {
                    if !self.is_member(self.noted(one).place) {
                        self.stand_at(one);
                    }
                    self.touch_rows(one, true);
                    self.enter_inside(one);
                    self.fire(one);
                    self.work.spots.push((one, false));
                }
                Some(act)
            }
            Act::Open(id) | Act::Shut(id) => {
                let opens = act == Act::Open(id);
                // It stands apart.
                self.tree.hollow(id, opens);
                Some(if opens { Act::Shut(id) } else { Act::Open(id) })
            }
            // What is hidden comes when it counts again.
            Act::Attach(id) if self.noted(id).hidden || self.tree.is_attached(id) => Some(Act::Detach(id)),
            Act::Attach(id) => {
                self.tree.attach(id);
                self.came(id);
                Some(Act::Detach(id))
            }
            Act::Detach(id) => {
                self.goes(id);
                self.tree.detach(id);
                Some(Act::Attach(id))
            }
            Act::Insert(list, row, at) => {
                self.tree.insert(list, row, at);
                self.came(row);
                self.shifted(list);
                Some(Act::Remove(row))
            }
            Act::Remove(row) => {
                let (list, at) = (self.tree.parent(row)?, self.tree.index_of(row)?);
                self.goes(row);
                self.tree.remove(row);
                self.shifted(list);
                Some(Act::Insert(list, row, at))
            }
        }
    }

    /// Items of a list have other indices: where these decide what they are, all are looked at again.
    fn shifted(&mut self, list: NodeId) {
        let place = self.noted(list).place;
        if place != NO_PLACE && self.tree.stands(list) && self.watch.is_by_index(&self.schema.program.rules, place) {
            self.leave_inside(list);
            self.enter_inside(list);
            self.fire(list);
            self.work.spots.push((list, true));
        }
    }

    /// A value came to stand in its object or list.
    fn came(&mut self, id: NodeId) {
        if !self.tree.stands(id) {
            return;
        }
        self.touch_rows(id, true);
        self.enter(id);
        self.fire(id);
        self.work.spots.push((id, true));
    }

    /// A value is about to go.
    fn goes(&mut self, id: NodeId) {
        if !self.tree.stands(id) {
            return;
        }
        self.touch_rows(id, false);
        self.leave(id);
        self.fire(id);
        self.stand_at(id);
        self.work.spots.push((id, true));
    }

    /// Notes the places of a value and of all inside, and that every formula of them has to be worked out.
    fn enter(&mut self, id: NodeId) {
        let place = self.place_of(id);
        self.note(id).place = place;
        self.stand_at(id);
        self.enter_inside(id);
    }

    fn enter_inside(&mut self, id: NodeId) {
        let (mut waiting, mut next) = (Vec::new(), Some(id));
        while let Some(at) = next {
            let place = self.noted(at).place;
            self.enter_members(at, place);
            let value = self.tree.value(at);
            let is_list = value.kind() == Kind::Array;
            let children: Vec<NodeId> = value.children().map(Value::id).collect();
            for (index, child) in children.into_iter().enumerate() {
                let inside = if place == NO_PLACE {
                    NO_PLACE
                } else if is_list {
                    self.watch.item(&self.schema.program.rules, place, index)
                } else {
                    self.watch.member(&self.schema.program.rules, place, self.tree.value(child).name())
                };
                self.note(child).place = inside;
                if !self.is_member(inside) {
                    self.stand_at(child);
                }
                if !self.tree.value(child).is_empty() || self.tree.value(child).kind() == Kind::Object {
                    waiting.push(child);
                }
            }
            next = waiting.pop();
        }
    }

    /// Every formula of the members of an object, there or not, has to be worked out.
    fn enter_members(&mut self, object: NodeId, place: PlaceId) {
        if place == NO_PLACE || self.tree.value(object).kind() != Kind::Object {
            return;
        }
        for at in 0..self.watch.below(place).len() {
            let Some(below) = self.watch.below(place).get(at).copied().filter(|below| self.is_member(*below)) else { continue };
            for formula in 0..self.watch.standing(below).len() {
                if let Some(formula) = self.watch.standing(below).get(formula) {
                    self.pend(*formula, object);
                }
            }
        }
    }

    fn is_member(&self, place: PlaceId) -> bool {
        matches!(self.rules().place(place).map(|place| &place.step), Some(Step::Member(_)))
    }

    /// The place of a value whose object or list has one.
    fn place_of(&mut self, id: NodeId) -> PlaceId {
        let rules = &self.schema.program.rules;
        if rules.is_empty() {
            return NO_PLACE;
        }
        let Some(parent) = self.tree.parent(id) else { return 0 };
        let place = self.noted(parent).place;
        if place == NO_PLACE {
            return NO_PLACE;
        }
        if self.tree.value(parent).kind() != Kind::Array {
            return self.watch.member(rules, place, self.tree.value(id).name());
        }
        let at = if self.watch.is_by_index(rules, place) { self.tree.index_of(id).unwrap_or_default() } else { usize::MAX };
        self.watch.item(&self.schema.program.rules, place, at)
    }

    /// Forgets what was said in a value and in all inside that is about to go.
    fn leave(&mut self, id: NodeId) {
        self.leave_one(id);
        self.leave_inside(id);
    }

    fn leave_inside(&mut self, id: NodeId) {
        let mut waiting: Vec<NodeId> = self.tree.value(id).children().map(Value::id).chain(self.tree.apart(id)).collect();
        self.forget_kept(id);
        // What rules say of its members goes with these; its keywords will speak again.
        self.forget(id, |kept| kept.of > 0);
        while let Some(at) = waiting.pop() {
            self.leave_one(at);
            waiting.extend(self.tree.value(at).children().map(Value::id));
            waiting.extend(self.tree.apart(at));
        }
    }

    /// Notes for what is kept of lists that something in their rows is another, or that a row went.
    fn touch_rows(&mut self, id: NodeId, is_there: bool) {
        let mut at = id;
        while let Some(parent) = self.tree.parent(at) {
            if self.tree.value(parent).kind() == Kind::Array {
                self.kept.get_mut().touch(parent, at, is_there || at != id);
                self.tallies.get_mut().touch(parent, at, is_there || at != id);
            }
            at = parent;
        }
    }

    /// What is kept of a list goes with it.
    fn forget_kept(&mut self, id: NodeId) {
        if self.tree.value(id).kind() == Kind::Array {
            self.kept.get_mut().forget(id);
            self.tallies.get_mut().forget(id);
        }
    }

    fn leave_one(&mut self, id: NodeId) {
        self.forget_kept(id);
        self.forget(id, |_| true);
        self.told.wipe(id);
        // What others say of it may now have to be said elsewhere.
        let others: Vec<(FormulaId, NodeId)> = self.issues.at(id).filter(|kept| kept.of > 0).map(|kept| (kept.of - 1, kept.by)).collect();
        others.into_iter().for_each(|(formula, by)| self.pend(formula, by));
    }

    /// Forgets what a value says.
    fn forget(&mut self, id: NodeId, which: impl Fn(&issues::Kept) -> bool) {
        let own: Vec<u32> = self.issues.by(id).filter(|(_, kept)| which(kept)).map(|(issue, _)| issue).collect();
        self.issues.begin();
        for issue in own {
            if let Some(spot) = self.issues.end(issue) {
                self.change(spot, Change::ISSUES);
            }
        }
    }

    /// Works out all that is to be worked out. Expressions that take too much are told of as a validation does, or are the reason to refuse an edit.
    fn settle(&mut self, bears: bool) -> Result<(), LimitError> {
        let mut left = Left { bears, ..Left::default() };
        self.settle_presence(&mut left)?;
        self.settle_keywords()?;
        self.settle_rules(&mut left)
    }
}

/// What expressions may still take for an edit.
struct Left {
    steps: u64,
    memory: u64,
    /// Whether to go on when that is not enough.
    bears: bool,
}

impl Default for Left {
    fn default() -> Self {
        let Session { steps, memory, .. } = Session::default();
        Self { steps, memory, bears: false }
    }
}
