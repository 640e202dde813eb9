//! A pattern as a tree, whatever syntax it was written in.

use super::program::Side;
use super::set::Set;

/// What stands in the place of a number for "any number of times".
pub(super) const UNBOUNDED: u64 = u64::MAX;

pub(super) enum Node {
    /// Matches the empty text. No other node has no states: what would have none was made this one.
    Empty,
    /// One code point of a set of [`Tree::sets`].
    One(usize),
    /// The start of the text, or its end, or where the character beside is such.
    Edge {
        side: Side,
        end: bool,
    },
    /// Whether a word starts or ends.
    Boundary {
        any_case: bool,
        negative: bool,
    },
    /// What one of [`Tree::looks`] says of the place.
    Look {
        look: usize,
        negative: bool,
    },
    Sequence(Vec<Node>),
    Choice(Vec<Node>),
    Repeat {
        node: Box<Node>,
        least: u64,
        most: u64,
    },
}

pub(super) struct Look {
    pub(super) ahead: bool,
    pub(super) body: Node,
}

pub(super) struct Tree {
    pub(super) root: Node,
    /// Those inside another stand before it.
    pub(super) looks: Vec<Look>,
    /// Each once.
    pub(super) sets: Vec<Set>,
}

impl Node {
    pub(super) fn sequence(nodes: Vec<Self>) -> Self {
        one_or(nodes, Self::Sequence)
    }

    pub(super) fn choice(nodes: Vec<Self>) -> Self {
        one_or(nodes, Self::Choice)
    }

    pub(super) fn repeat(self, least: u64, most: u64) -> Self {
        if most == 0 || matches!(self, Self::Empty) {
            return Self::Empty;
        }
        Self::Repeat { node: Box::new(self), least, most }
    }

    /// Whether counts within one another, together with one around all, repeat nothing more often than that.
    pub(super) fn repeats_at_most(&self, most: u64) -> bool {
        match self {
            Self::Sequence(nodes) | Self::Choice(nodes) => nodes.iter().all(|node| node.repeats_at_most(most)),
            Self::Repeat { node, least, most: UNBOUNDED } => node.repeats_at_most(most / (*least).max(1)),
            Self::Repeat { node, most: count, .. } => node.repeats_at_most(most / count),
            _ => most > 0,
        }
    }

    /// How many states it takes once its counts are expanded.
    fn states(&self) -> u64 {
        let sum = |nodes: &[Self]| nodes.iter().fold(0, |sum: u64, node| sum.saturating_add(node.states()));
        match self {
            Self::Empty => 0,
            Self::One(_) | Self::Edge { .. } | Self::Boundary { .. } | Self::Look { .. } => 1,
            Self::Sequence(nodes) => sum(nodes),
            Self::Choice(nodes) => sum(nodes).saturating_add(nodes.len() as u64 - 1),
            Self::Repeat { node, least, most: UNBOUNDED } => node.states().saturating_mul((*least).max(1)).saturating_add(1),
            Self::Repeat { node, least, most } => node.states().saturating_mul(*most).saturating_add(most - least),
        }
    }
}

fn one_or(mut nodes: Vec<Node>, all: fn(Vec<Node>) -> Node) -> Node {
    if nodes.len() > 1 {
        return all(nodes);
    }
    nodes.pop().unwrap_or(Node::Empty)
}

impl Tree {
    /// How many states the pattern takes once its counts are expanded. Nothing is expanded to find out.
    pub(super) fn states(&self) -> u64 {
        self.looks
            .iter()
            .map(|look| &look.body)
            .chain([&self.root])
            .fold(0, |sum: u64, node| sum.saturating_add(node.states()).saturating_add(1))
    }
}
