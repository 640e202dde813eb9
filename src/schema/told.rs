//! By which subschemas the values of a form that is edited were told, so that a value that changes can be told by the same again.

use super::program::{BlockId, Op, Program};
use crate::json::{Kind, NodeId};
use crate::pairs::Pairs;

/// What was told, by node.
#[derive(Default)]
pub(super) struct Told {
    notes: Vec<Note>,
    /// Lists of blocks, each by the list without the last, and the last. The first is empty.
    lists: Vec<(u32, BlockId)>,
    longer: Pairs,
    /// By block, which members it looks into for what it says of an object, beside what these are told themselves.
    looks: Vec<Looks>,
}

#[derive(Clone, Copy, Default)]
struct Note {
    /// Of a list or object a number for all that it was told, branches that were chosen included.
    mark: u32,
    /// The list of the blocks that it was told from outside.
    by: u32,
    /// The list of the blocks that look into it, and whether something looks into all of it.
    by_looks: u32,
    looked_into: bool,
}

impl Told {
    pub(super) fn new(program: &Program) -> Self {
        Self { lists: vec![(0, 0)], looks: looks_of_blocks(program), ..Self::default() }
    }

    /// Makes room for so many nodes.
    pub(super) fn make_room(&mut self, nodes: usize) {
        if self.notes.len() < nodes {
            self.notes.resize(nodes, Note::default());
        }
    }

    fn note(&mut self, node: NodeId, change: impl FnOnce(&mut Note)) {
        if let Some(note) = self.notes.get_mut(node as usize) {
            change(note);
        }
    }

    fn noted(&self, node: NodeId) -> Note {
        self.notes.get(node as usize).copied().unwrap_or_default()
    }

    /// Forgets what a value was told.
    pub(super) fn wipe(&mut self, node: NodeId) {
        self.note(node, |note| *note = Note::default());
    }

    /// The same, but for what it was told from outside.
    pub(super) fn wipe_inside(&mut self, node: NodeId) {
        self.note(node, |note| *note = Note { by: note.by, ..Note::default() });
    }

    /// A value is told a block from outside.
    pub(super) fn enter(&mut self, node: NodeId, block: BlockId) {
        let list = self.longer(self.noted(node).by, block);
        self.note(node, |note| note.by = list);
    }

    /// A list with one more block.
    fn longer(&mut self, before: u32, block: BlockId) -> u32 {
        self.longer.get((before, block)).unwrap_or_else(|| {
            let list = self.lists.len() as u32;
            self.lists.push((before, block));
            self.longer.insert((before, block), list);
            list
        })
    }

    /// Marks a list or object by something that it was told.
    pub(super) fn mark(&mut self, node: NodeId, by: u32) {
        self.note(node, |note| note.mark = (note.mark.rotate_left(5) ^ by).wrapping_mul(0x9e37_79b1));
    }

    pub(super) fn mark_of(&self, node: NodeId) -> u32 {
        self.noted(node).mark
    }

    /// The blocks that a value was told from outside, in that order.
    pub(super) fn blocks(&self, node: NodeId) -> Vec<BlockId> {
        let mut blocks: Vec<BlockId> = self.listed(self.noted(node).by).collect();
        blocks.reverse();
        blocks
    }

    /// The blocks of a list, the last first.
    fn listed(&self, list: u32) -> impl Iterator<Item = BlockId> {
        let at = |list: u32| self.lists.get(list as usize).filter(|_| list != 0);
        std::iter::successors(at(list), move |(before, _)| at(*before)).map(|(_, block)| *block)
    }

    /// Notes whether an instruction that a list or object is told looks at values inside.
    pub(super) fn look(&mut self, node: NodeId, kind: Kind, op: &Op) {
        match op {
            Op::Contains(_) | Op::UniqueItems | Op::Attachment(_) | Op::Lookup => self.note(node, |note| note.looked_into = true),
            Op::Const(_) | Op::Choice(_) if matches!(kind, Kind::Array | Kind::Object) => self.note(node, |note| note.looked_into = true),
            Op::AnyOf(blocks) | Op::OneOf(blocks) => blocks.iter().for_each(|block| self.look_by(node, *block)),
            Op::Not(block) => self.look_by(node, *block),
            Op::If(condition) => self.look_by(node, condition.test),
            _ => {}
        }
    }

    fn look_by(&mut self, node: NodeId, block: BlockId) {
        match self.looks.get(block as usize) {
            Some(Looks::Members(names)) if names.is_empty() => {}
            Some(Looks::Members(_)) => {
                let list = self.longer(self.noted(node).by_looks, block);
                self.note(node, |note| note.by_looks = list);
            }
            _ => self.note(node, |note| note.looked_into = true),
        }
    }

    /// Whether what is said of a list or object hangs on what is inside one of its values, by the hash of its name.
    pub(super) fn is_looked_into(&self, node: NodeId, name: u32) -> bool {
        let note = self.noted(node);
        let looks = |block: BlockId| matches!(self.looks.get(block as usize), Some(Looks::Members(names)) if names.contains(&name));
        note.looked_into || self.listed(note.by_looks).any(looks)
    }
}

/// What a block looks into.
#[derive(Clone, PartialEq)]
enum Looks {
    /// The members of these names, by their hashes.
    Members(Vec<u32>),
    /// Everything, as far as it is known.
    All,
}

/// What the blocks look into, as far as a few rounds find it. That there may be less costs only time.
fn looks_of_blocks(program: &Program) -> Vec<Looks> {
    const ROUNDS: usize = 4;
    let mut looks = vec![Looks::All; program.blocks.len()];
    for _ in 0..ROUNDS {
        for block in (0..looks.len()).rev() {
            let mut names = Some(Vec::new());
            program.ops(block as BlockId).iter().for_each(|op| add_looks(program, op, &looks, &mut names));
            looks.get_mut(block).into_iter().for_each(|known| *known = names.take().map_or(Looks::All, Looks::Members));
        }
    }
    looks
}

/// Adds what an instruction looks into; nothing is known any more where that is everything.
fn add_looks(program: &Program, op: &Op, looks: &[Looks], names: &mut Option<Vec<u32>>) {
    const MOST: usize = 64;
    let is_never = |block: &BlockId| matches!(program.ops(*block), [Op::Never]);
    let mut inner = Vec::new();
    let looks_into_all = match op {
        Op::Const(constant) => !program.constant(*constant).is_empty(),
        Op::Choice(choice) => choice.values.iter().any(|constant| !program.constant(*constant).is_empty()),
        Op::Members(members) => {
            let found = names.iter_mut().flat_map(|names| {
                names.extend(members.entries.iter().filter(|entry| entry.block.is_some()).map(|entry| entry.name.hash));
                (names.len() > MOST).then_some(())
            });
            found.count() > 0 || !members.patterns.is_empty() || !members.additional.iter().all(is_never)
        }
        Op::Items(_) | Op::Contains(_) | Op::UniqueItems | Op::Attachment(_) | Op::Lookup | Op::Unevaluated(..) => true,
        op => {
            op.in_place(&mut inner);
            false
        }
    };
    if looks_into_all {
        *names = None;
    }
    for block in inner {
        match (looks.get(block as usize), names.as_mut()) {
            (Some(Looks::Members(more)), Some(known)) if known.len() + more.len() <= MOST => known.extend_from_slice(more),
            (_, Some(_)) => *names = None,
            _ => {}
        }
    }
}
