//! The syntax of ECMA-262 (2025) 22.2.1 with the flag `u`, and its early errors. Annex B.1.2 changes nothing under that flag.

use super::error::{PatternError, PatternProblem};
use super::program::LINE_EDGES;
use super::set::Set;
use super::tree::{Look, Node, Tree, UNBOUNDED};
use crate::limits;
use crate::text::property;

pub(super) type Parsed<T> = Result<T, Refused>;

/// What is wrong, and the characters it is about: the first, and how many.
pub(super) struct Refused(PatternProblem, usize, usize);

/// The flags that a group may set: `i`, `m`, `s`.
pub(super) const ANY_CASE: u8 = 1;
const LINES: u8 = 2;
const DOT_ALL: u8 = 4;

/// Reads a pattern.
pub(super) fn parse(pattern: &str) -> Result<Tree, PatternError> {
    let letters: Vec<char> = pattern.chars().take(limits::PATTERN_CHARACTERS + 1).collect();
    let mut parser = Parser {
        letters,
        at: 0,
        flags: 0,
        depth: 0,
        groups: 0,
        names: Vec::new(),
        references: Vec::new(),
        looks: Vec::new(),
        sets: Vec::new(),
    };
    match parser.pattern() {
        Ok(root) => Ok(Tree { root, looks: parser.looks, sets: parser.sets }),
        Err(Refused(problem, start, count)) => {
            let written = parser.letters.iter().skip(start).take(count).collect();
            Err(PatternError { problem, character: start + 1, written })
        }
    }
}

pub(super) struct Parser {
    letters: Vec<char>,
    pub(super) at: usize,
    pub(super) flags: u8,
    depth: usize,
    groups: u64,
    /// Names of groups that can take part in a match together with what comes next; in the end all.
    names: Vec<Vec<u32>>,
    references: Vec<Reference>,
    looks: Vec<Look>,
    sets: Vec<Set>,
}

/// A back-reference: where it stands, and to which group.
struct Reference {
    start: usize,
    end: usize,
    group: Result<u64, Vec<u32>>,
}

impl Parser {
    pub(super) fn peek(&self) -> Option<char> {
        self.letters.get(self.at).copied()
    }

    pub(super) fn peek_second(&self) -> Option<char> {
        self.letters.get(self.at + 1).copied()
    }

    pub(super) fn next(&mut self) -> Option<char> {
        let next = self.peek();
        self.at += usize::from(next.is_some());
        next
    }

    pub(super) fn eat(&mut self, letter: char) -> bool {
        let is_next = self.peek() == Some(letter);
        self.at += usize::from(is_next);
        is_next
    }

    /// An error about the characters from one to where the parser stands.
    pub(super) const fn refused(&self, problem: PatternProblem, start: usize) -> Refused {
        Refused(problem, start, self.at - start)
    }

    /// An error about one character.
    pub(super) const fn refused_one(problem: PatternProblem, at: usize) -> Refused {
        Refused(problem, at, 1)
    }

    fn pattern(&mut self) -> Parsed<Node> {
        if self.letters.len() > limits::PATTERN_CHARACTERS {
            return Err(self.refused(PatternProblem::TooLong, 0));
        }
        let root = self.disjunction()?;
        // A disjunction ends before a parenthesis, or with the pattern.
        if self.peek().is_some() {
            return Err(Self::refused_one(PatternProblem::ClosesNothing, self.at));
        }
        self.references()?;
        Ok(root)
    }

    fn disjunction(&mut self) -> Parsed<Node> {
        let before = self.names.len();
        let (mut choices, mut names_of_others) = (Vec::new(), Vec::new());
        loop {
            choices.push(self.alternative()?);
            if !self.eat('|') {
                break;
            }
            // 22.2.1.1: alternatives may name groups alike, for only one of them takes part.
            names_of_others.append(&mut self.names.split_off(before));
        }
        self.names.append(&mut names_of_others);
        Ok(Node::choice(choices))
    }

    fn alternative(&mut self) -> Parsed<Node> {
        let mut terms = Vec::new();
        while let Some(letter) = self.peek().filter(|letter| !matches!(letter, '|' | ')')) {
            let term = self.term(letter)?;
            if !matches!(term, Node::Empty) {
                terms.push(term);
            }
        }
        Ok(Node::sequence(terms))
    }

    fn term(&mut self, letter: char) -> Parsed<Node> {
        let start = self.at;
        self.at += 1;
        let (atom, can_repeat) = match letter {
            '^' | '$' => (Node::Edge { of_line: self.flags & LINES != 0, end: letter == '$' }, false),
            '(' => self.group(start)?,
            '.' => (self.dot(), true),
            '[' => (self.class(start)?, true),
            '\\' => self.atom_escape(start)?,
            '*' | '+' | '?' => return Err(self.refused(PatternProblem::NothingToRepeat, start)),
            '{' => {
                let problem = if self.count(start)?.is_some() { PatternProblem::NothingToRepeat } else { PatternProblem::Bracket };
                return Err(self.refused(problem, start));
            }
            ']' | '}' => return Err(self.refused(PatternProblem::Bracket, start)),
            _ => (self.one(Set::of(letter.into()), false), true),
        };
        if can_repeat { self.quantifier(atom) } else { Ok(atom) }
    }

    fn quantifier(&mut self, atom: Node) -> Parsed<Node> {
        let start = self.at;
        let count = match self.next() {
            Some('*') => Some((0, UNBOUNDED)),
            Some('+') => Some((1, UNBOUNDED)),
            Some('?') => Some((0, 1)),
            Some('{') => self.count(start)?,
            _ => None,
        };
        let Some((least, most)) = count else {
            self.at = start;
            return Ok(atom);
        };
        // Lazy: it matches no more and no less.
        self.eat('?');
        Ok(atom.repeat(least, most))
    }

    /// What stands after `{`, if it is a count. If not, the parser stays there.
    fn count(&mut self, start: usize) -> Parsed<Option<(u64, u64)>> {
        let after = self.at;
        let least = self.number();
        let most = if self.eat(',') { self.number().or(Some(UNBOUNDED)) } else { least };
        let (Some(least), Some(most), true) = (least, most, self.eat('}')) else {
            self.at = after;
            return Ok(None);
        };
        if least > most {
            return Err(self.refused(PatternProblem::CountOrder, start));
        }
        Ok(Some((least, most)))
    }

    /// Decimal digits, if there are any; huge numbers are all the same one, which is not [`UNBOUNDED`].
    pub(super) fn number(&mut self) -> Option<u64> {
        let mut number = None;
        while let Some(digit) = self.peek().and_then(|letter| letter.to_digit(10)) {
            self.at += 1;
            number = Some((number.unwrap_or(0_u64).saturating_mul(10).saturating_add(digit.into())).min(UNBOUNDED - 1));
        }
        number
    }

    /// A group or a look-around, and whether it may be repeated.
    fn group(&mut self, start: usize) -> Parsed<(Node, bool)> {
        let flags = self.flags;
        self.depth += 1;
        if self.depth > limits::PATTERN_DEPTH {
            return Err(self.refused(PatternProblem::TooDeep, start));
        }
        let look = self.group_start(start)?;
        let body = self.disjunction()?;
        if !self.eat(')') {
            return Err(Self::refused_one(PatternProblem::UnclosedGroup, start));
        }
        self.depth -= 1;
        self.flags = flags;
        let Some((ahead, negative)) = look else { return Ok((body, true)) };
        self.looks.push(Look { ahead, body });
        Ok((Node::Look { look: self.looks.len() - 1, negative }, false))
    }

    /// What stands between `(` and the body of a group. Of a look-around, whether it is one ahead, and whether a negative one.
    fn group_start(&mut self, start: usize) -> Parsed<Option<(bool, bool)>> {
        if !self.eat('?') {
            self.groups += 1;
            return Ok(None);
        }
        let ahead = !self.eat('<');
        match self.peek() {
            Some(sign @ ('=' | '!')) => {
                self.at += 1;
                Ok(Some((ahead, sign == '!')))
            }
            _ if ahead => self.modifiers(start).map(|()| None),
            _ => {
                let named = self.at;
                let name = self.group_name(named)?;
                if self.names.contains(&name) {
                    return Err(Refused(PatternProblem::DuplicateName, named, self.at - 1 - named));
                }
                self.groups += 1;
                self.names.push(name);
                Ok(None)
            }
        }
    }

    /// `i-ms:`
    fn modifiers(&mut self, start: usize) -> Parsed<()> {
        let (mut seen, mut minus) = (0, None);
        loop {
            let flag = match self.next() {
                Some('i') => ANY_CASE,
                Some('m') => LINES,
                Some('s') => DOT_ALL,
                Some('-') if minus.is_none() => {
                    minus = Some(seen);
                    continue;
                }
                // 22.2.1.1: not `(?-:`.
                Some(':') if seen != 0 || minus.is_none() => break,
                _ => return Err(self.refused(PatternProblem::Group, start)),
            };
            if seen & flag != 0 {
                return Err(self.refused(PatternProblem::Group, start));
            }
            seen |= flag;
        }
        let added = minus.unwrap_or(seen);
        self.flags = (self.flags | added) & !(seen & !added);
        Ok(())
    }

    /// A name and the `>` behind it.
    pub(super) fn group_name(&mut self, start: usize) -> Parsed<Vec<u32>> {
        let mut name = Vec::new();
        loop {
            let letter = match self.next() {
                Some('>') if !name.is_empty() => return Ok(name),
                Some('\\') if self.eat('u') => self.unicode_escape(),
                letter => letter.map(u32::from),
            };
            match letter.filter(|letter| is_name_part(*letter, name.is_empty())) {
                Some(letter) => name.push(letter),
                None => return Err(self.refused(PatternProblem::GroupName, start)),
            }
        }
    }

    pub(super) fn refer(&mut self, start: usize, group: Result<u64, Vec<u32>>) -> Node {
        self.references.push(Reference { start, end: self.at, group });
        // The pattern is refused once it is known whether the group is there.
        Node::Empty
    }

    fn references(&self) -> Parsed<()> {
        let Some(first) = self.references.first() else { return Ok(()) };
        let is_there = |reference: &&Reference| match &reference.group {
            Ok(number) => *number <= self.groups,
            Err(name) => self.names.contains(name),
        };
        let (problem, reference) = match self.references.iter().find(|reference| !is_there(reference)) {
            Some(missing) => (PatternProblem::GroupMissing, missing),
            None => (PatternProblem::BackReference, first),
        };
        Err(Refused(problem, reference.start, reference.end - reference.start))
    }

    /// `.`
    fn dot(&mut self) -> Node {
        let taken_out = if self.flags & DOT_ALL != 0 { &[] } else { LINE_EDGES };
        self.one(Set::from_edges(taken_out), true)
    }

    /// One character of a set, or one that is not in it.
    pub(super) fn one(&mut self, mut set: Set, negative: bool) -> Node {
        if self.flags & ANY_CASE != 0 {
            set = set.in_any_case();
        }
        if negative {
            set = set.complement();
        }
        let known = self.sets.iter().position(|known| *known == set).unwrap_or(self.sets.len());
        if known == self.sets.len() {
            self.sets.push(set);
        }
        Node::One(known)
    }
}

/// 12.7: `RegExpIdentifierStart` and `RegExpIdentifierPart`.
fn is_name_part(letter: u32, is_first: bool) -> bool {
    match letter {
        // `$`, letters, `_`.
        0x24 | 0x41..=0x5a | 0x5f | 0x61..=0x7a => true,
        0x30..=0x39 | 0x200c | 0x200d => !is_first,
        0..0x80 => false,
        _ => {
            let edges = property(if is_first { "ID_Start" } else { "ID_Continue" }, None).unwrap_or_default();
            edges.partition_point(|edge| *edge <= letter) % 2 == 1
        }
    }
}
