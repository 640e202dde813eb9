//! From a tree to states, a program for the pattern and one for each look-around.

use super::tree::{Look, Node, Tree, UNBOUNDED};

/// What is known of the character on one side of a place.
pub(super) type Side = u8;
/// There is none: the text ends here.
pub(super) const NONE: Side = 1;
/// It ends a line.
pub(super) const LINE: Side = 2;
/// It is part of a word (ECMA-262 22.2.2.9.3).
pub(super) const WORD: Side = 4;
/// Its simple case folding is that of a part of a word.
pub(super) const WORD_ANY_CASE: Side = 8;
/// It is U+000A, which alone ends a line in RE2.
pub(super) const NEWLINE: Side = 16;

/// What a character tells the places beside it.
pub(super) const fn side(point: Option<u32>) -> Side {
    match point {
        None => NONE,
        Some(0x0a) => LINE | NEWLINE,
        Some(0x0d | 0x2028 | 0x2029) => LINE,
        Some(0x30..=0x39 | 0x41..=0x5a | 0x5f | 0x61..=0x7a) => WORD | WORD_ANY_CASE,
        // ſ and the kelvin sign.
        Some(0x17f | 0x212a) => WORD_ANY_CASE,
        Some(_) => 0,
    }
}

/// The characters that the sides tell from others, as edges of sets.
pub(super) const LINE_EDGES: &[u32] = &[0x0a, 0x0b, 0x0d, 0x0e, 0x2028, 0x202a];
pub(super) const NEWLINE_EDGES: &[u32] = &[0x0a, 0x0b];
pub(super) const WORD_EDGES: &[u32] = &[0x30, 0x3a, 0x41, 0x5b, 0x5f, 0x60, 0x61, 0x7b];
pub(super) const WORD_ANY_CASE_EDGES: &[u32] = &[0x30, 0x3a, 0x41, 0x5b, 0x5f, 0x60, 0x61, 0x7b, 0x17f, 0x180, 0x212a, 0x212b];

#[derive(Clone, Copy)]
pub(super) enum Op {
    /// All is matched.
    End,
    /// Takes one code point of a set.
    One(usize),
    /// Goes on at two places.
    Split(u32),
    /// Goes on if the character behind is one of these.
    Behind(Side),
    /// Goes on if the character ahead is one of these.
    Ahead(Side),
    /// Goes on if just one of the two is such, or just not.
    Boundary(Side, bool),
    /// Goes on if a look-around holds here, or does not.
    Look(usize, bool),
}

#[derive(Clone, Copy)]
pub(super) struct State {
    pub(super) op: Op,
    pub(super) next: u32,
}

/// States that read a text in one direction. `Behind` is what was read, `Ahead` what comes.
pub(super) struct Program {
    pub(super) states: Vec<State>,
    pub(super) start: u32,
    /// From the end of the text to its start.
    pub(super) backward: bool,
    /// The pattern itself: one place where it matches is enough.
    pub(super) is_last: bool,
    /// All sides that an operation asks for.
    pub(super) sides: Side,
    /// The look-arounds that an operation asks for.
    pub(super) looks: Vec<usize>,
}

/// The programs in the order in which they must run, the pattern itself last.
///
/// A look-ahead runs backward, with its body reversed: where it ends, what is ahead is known. (A. Barrière, C. Pit-Claudel,
/// "Linear Matching of JavaScript Regular Expressions", PLDI 2024, 4.4.)
pub(super) fn programs(tree: &Tree) -> Vec<Program> {
    let mut programs: Vec<Program> = tree.looks.iter().map(|Look { ahead, body }| Program::new(body, *ahead, false)).collect();
    programs.push(Program::new(&tree.root, false, true));
    programs
}

impl Program {
    fn new(body: &Node, backward: bool, is_last: bool) -> Self {
        let mut program = Self { states: Vec::new(), start: 0, backward, is_last, sides: 0, looks: Vec::new() };
        let end = program.state(Op::End, 0);
        program.start = program.node(body, end);
        program
    }

    fn state(&mut self, op: Op, next: u32) -> u32 {
        self.states.push(State { op, next });
        self.states.len() as u32 - 1
    }

    /// Adds the states of a node before the state that follows it. Gives the first.
    ///
    /// An iteration that takes no character may be left out: the places are the same without it, so whether there is a match does
    /// not depend on what ECMA-262 22.2.2.3.1 says of such iterations.
    fn node(&mut self, node: &Node, next: u32) -> u32 {
        match node {
            Node::Empty => next,
            Node::One(set) => self.state(Op::One(*set), next),
            Node::Edge { side, end } => {
                self.sides |= side;
                self.state(if *end == self.backward { Op::Behind(*side) } else { Op::Ahead(*side) }, next)
            }
            Node::Boundary { any_case, negative } => {
                let side = if *any_case { WORD_ANY_CASE } else { WORD };
                self.sides |= side;
                self.state(Op::Boundary(side, *negative), next)
            }
            Node::Look { look, negative } => {
                if !self.looks.contains(look) {
                    self.looks.push(*look);
                }
                self.state(Op::Look(*look, *negative), next)
            }
            Node::Sequence(nodes) if self.backward => nodes.iter().fold(next, |next, node| self.node(node, next)),
            Node::Sequence(nodes) => nodes.iter().rev().fold(next, |next, node| self.node(node, next)),
            Node::Choice(nodes) => {
                let mut first = None;
                for node in nodes.iter().rev() {
                    let start = self.node(node, next);
                    first = Some(first.map_or(start, |other| self.state(Op::Split(other), start)));
                }
                first.unwrap_or(next)
            }
            Node::Repeat { node, least, most } => self.repeat(node, *least, *most, next),
        }
    }

    fn repeat(&mut self, node: &Node, least: u64, most: u64, next: u32) -> u32 {
        let (mut first, mut required) = (next, least);
        if most == UNBOUNDED {
            let again = self.state(Op::Split(next), next);
            let body = self.node(node, again);
            if let Some(state) = self.states.get_mut(again as usize) {
                state.next = body;
            }
            first = if required == 0 { again } else { body };
            required = required.saturating_sub(1);
        } else {
            for _ in least..most {
                let body = self.node(node, first);
                first = self.state(Op::Split(next), body);
            }
        }
        for _ in 0..required {
            first = self.node(node, first);
        }
        first
    }
}
