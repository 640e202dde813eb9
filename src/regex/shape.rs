//! What a pattern says of the text around its match, read off its tree: for who looks a schema over, not for matching.

use super::program::NONE;
use super::syntax;
use super::tree::{Node, Tree, UNBOUNDED};

/// What the two sides of a pattern say, and whether it names characters alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Shape {
    /// Anything may stand before a match, though nothing in the pattern says so.
    pub(crate) open_start: bool,
    /// The same behind a match.
    pub(crate) open_end: bool,
    /// It says which characters a text may hold, not how many.
    pub(crate) is_alphabet: bool,
    /// It has look-around, with which a pattern may ask for something without taking it.
    pub(crate) looks: bool,
}

/// What a node says of one side of the text. Of a choice the last of these counts.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Said {
    /// The text ends there, or it is written out that anything may follow.
    Bound,
    /// Nothing: it takes no characters, so the next node speaks.
    Nothing,
    /// It takes characters, and others may stand beside them.
    Open,
}

/// The shape of a pattern that compiles.
pub(crate) fn shape(pattern: &str) -> Option<Shape> {
    let tree = syntax::parse(pattern, 0).ok()?;
    let looks = !tree.looks.is_empty();
    let is_open = |said| said == Said::Open || (said == Said::Nothing && !looks);
    Some(Shape {
        open_start: is_open(tree.said(&tree.root, false)),
        open_end: is_open(tree.said(&tree.root, true)),
        is_alphabet: is_alphabet(&tree.root),
        looks,
    })
}

impl Tree {
    fn said(&self, node: &Node, end: bool) -> Said {
        match node {
            Node::Empty | Node::Boundary { .. } => Said::Nothing,
            Node::Edge { side, end: at_end } => {
                if *at_end == end && *side == NONE {
                    Said::Bound
                } else {
                    Said::Nothing
                }
            }
            Node::Look { .. } => {
                if self.look_binds(node, end) {
                    Said::Bound
                } else {
                    Said::Nothing
                }
            }
            Node::One(_) => Said::Open,
            Node::Sequence(nodes) => self.said_by_all(nodes, end),
            Node::Choice(nodes) => nodes.iter().map(|node| self.said(node, end)).max().unwrap_or(Said::Nothing),
            Node::Repeat { node, most: UNBOUNDED, .. } if self.takes_anything(node) => Said::Bound,
            Node::Repeat { node, least, .. } => match self.said(node, end) {
                Said::Bound if *least == 0 => Said::Open,
                said => said,
            },
        }
    }

    /// Each node is asked once: what is nested is not looked through again on every level.
    fn said_by_all(&self, nodes: &[Node], end: bool) -> Said {
        let mut said = Said::Nothing;
        for node in nodes {
            let here = self.said(node, end);
            if here == Said::Bound && matches!(node, Node::Look { .. }) {
                return Said::Bound;
            }
            if here != Said::Nothing && (end || said == Said::Nothing) {
                said = here;
            }
        }
        said
    }

    /// `^(?=…$)` binds the end of the text, wherever the match ends.
    fn look_binds(&self, node: &Node, end: bool) -> bool {
        let Node::Look { look, negative: false } = node else { return false };
        self.looks.get(*look).is_some_and(|look| look.ahead == end && self.said(&look.body, end) == Said::Bound)
    }

    /// `.`, `[^]`, `[\s\S]`: who repeats these says that anything may stand there.
    fn takes_anything(&self, node: &Node) -> bool {
        let Node::One(set) = node else { return false };
        self.sets.get(*set).is_some_and(|set| ('\u{20}'..='\u{7e}').chain(['ê', '中']).all(|letter| set.contains(u32::from(letter))))
    }
}

/// `^[a-z ]*$`: edges, and one character of a set any number of times.
fn is_alphabet(root: &Node) -> bool {
    let nodes = if let Node::Sequence(nodes) = root { nodes.as_slice() } else { std::slice::from_ref(root) };
    let mut inside = nodes.iter().filter(|node| !matches!(node, Node::Edge { .. }));
    match (inside.next(), inside.next()) {
        (Some(Node::Repeat { node, .. }), None) => is_one(node),
        _ => false,
    }
}

fn is_one(node: &Node) -> bool {
    match node {
        Node::One(_) => true,
        Node::Choice(nodes) => nodes.iter().all(is_one),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_side_is_open_where_nothing_is_said_of_it() {
        for (pattern, open_start, open_end) in [
            (r"^\d{3}$", false, false),
            (r"\d{3}", true, true),
            (r"^\d{3}", false, true),
            (r"\d{3}$", true, false),
            ("^a$|^b$", false, false),
            ("^a|b$", true, true),
            ("^(?:a|b)$", false, false),
            ("(^a$)|(^b$)", false, false),
            ("^(?:a$|b)", false, true),
            (r"^a\$", false, true),
            ("^a.*", false, false),
            (r".*a[\s\S]*", false, false),
            ("^a[^b]*", false, true),
            (r"^(?=.*\d)(?=.*[a-z]).{8,}$", false, false),
            (r"^(?=\d{3}$)", false, false),
            (r"^(?=\d+$)0", false, false),
            (r"^(?!.*x)", false, false),
            (r"(?=.*\d)", false, false),
            (r"\ba\b", true, true),
            ("(?m:^a$)", true, true),
            ("", true, true),
            ("^", false, true),
            ("(?:^)?a$", true, false),
        ] {
            let shape = shape(pattern).unwrap();
            assert_eq!((shape.open_start, shape.open_end), (open_start, open_end), "{pattern}");
        }
    }

    #[test]
    fn what_is_nested_is_looked_through_once() {
        for level in ["(?=a", "(?:b|"] {
            let pattern = level.repeat(60) + "c" + &")".repeat(60);
            assert!(shape(&pattern).is_some_and(|shape| shape.open_start == level.starts_with("(?:")), "{pattern}");
        }
    }

    #[test]
    fn characters_alone_are_an_alphabet() {
        for (pattern, is_one) in
            [("^[a-z ]*$", true), (r"^(?:\d|-)*$", true), ("a*", true), (r"^(\d{10})?$", false), ("^a*b*$", false), ("", false)]
        {
            assert_eq!(shape(pattern).map(|shape| shape.is_alphabet), Some(is_one), "{pattern}");
        }
    }
}
