//! What is found wrong: faults with their places, and which instructions spoke of what.

use super::fault::Fault;
use super::program::{BlockId, Op};
use crate::json::{Document, NodeId};
use crate::order;
use crate::pairs::Pairs;

/// One step of a path: the value it leads out of, and the name or index it takes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Step<'a> {
    pub(super) parent: NodeId,
    pub(super) token: Token<'a>,
}

/// A name or an index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Token<'a> {
    Name(&'a str),
    Index(usize),
}

/// A fault with its place, before it has a sentence.
pub(super) struct Draft<'a> {
    pub(super) path: Vec<Step<'a>>,
    /// The value whose subschema says it: it stands at the place or holds it.
    pub(super) by: NodeId,
    pub(super) block: BlockId,
    pub(super) keyword: &'static str,
    pub(super) fault: Fault,
}

/// What the pass found, and which instructions spoke of which object or list (labels and order come from them).
#[derive(Default)]
pub(super) struct Findings<'a> {
    pub(super) drafts: Vec<Draft<'a>>,
    /// More was found than `drafts` may hold.
    pub(super) cut: bool,
    /// By node; [`Findings::spoken_at`] finds them.
    pub(super) visits: Vec<(NodeId, &'a Op)>,
}

impl<'a> Findings<'a> {
    /// Makes what spoke findable by node.
    pub(super) fn sorted(mut self) -> Self {
        order::sort_by_key(&mut self.visits, |(node, _)| *node);
        self
    }

    /// Takes over what spoke of values of which nothing is known yet. [`Findings::sorted`] must follow.
    pub(super) fn add_visits(&mut self, other: Self, known: &mut Pairs) {
        let before = self.visits.len();
        self.visits.extend(other.visits.into_iter().filter(|(node, _)| known.get((0, *node)).is_none()));
        self.visits.iter().skip(before).for_each(|(node, _)| {
            known.insert((0, *node), 0);
        });
    }

    /// The instructions that spoke of an object or list, in the order in which they did.
    pub(super) fn spoken_at(&self, node: NodeId) -> impl Iterator<Item = &'a Op> {
        let first = self.visits.partition_point(|(visited, _)| *visited < node);
        self.visits.iter().skip(first).take_while(move |(visited, _)| *visited == node).map(|(_, op)| *op)
    }
}

/// A value on the way from the whole document to a place.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stand {
    pub(super) id: NodeId,
    /// Of an item its index.
    pub(super) at: usize,
    /// Whether there is a value. Only of the last there may be none.
    pub(super) there: bool,
}

/// The path that a way takes.
pub(super) fn path_along<'a>(document: &'a Document, way: &[Stand]) -> Vec<Step<'a>> {
    let mut path = Vec::new();
    for (parent, stand) in way.iter().zip(way.iter().skip(1)) {
        // A rule may blame a member of what turned out to be a list.
        let value = document.value(stand.id);
        let token = if value.hash_of_name() == 0 { Token::Index(stand.at) } else { Token::Name(value.name()) };
        path.push(Step { parent: parent.id, token });
    }
    path
}
