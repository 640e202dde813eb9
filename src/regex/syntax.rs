//! The syntax of ECMA-262 (2025) 22.2.1 with the flag `u`, and its early errors. Annex B.1.2 changes nothing under that flag.
//! Where RE2 has another syntax, [`super::re2`] says which.

use super::error::{PatternError, PatternProblem};
use super::program::{LINE, LINE_EDGES, NEWLINE, NEWLINE_EDGES, NONE, Side};
use super::set::Set;
use super::tree::{Look, Node, Tree, UNBOUNDED};
use crate::limits;
use crate::text::property;

pub(super) type Parsed<T> = Result<T, Refused>;

/// What is wrong, and the characters it is about: the first, and how many.
pub(super) struct Refused(PatternProblem, usize, usize);

/// The flags that a group may set: `i`, `m`, `s`; RE2's `U`, which changes no answer.
pub(super) const ANY_CASE: u8 = 1;
const LINES: u8 = 2;
const DOT_ALL: u8 = 4;
const LAZY: u8 = 8;
/// Within RE2's `\Q…\E`.
pub(super) const QUOTED: u8 = 16;
/// The syntax is RE2's.
pub(super) const RE2: u8 = 32;

/// Reads a pattern. The flags are none, or [`RE2`].
pub(super) fn parse(pattern: &str, flags: u8) -> Result<Tree, PatternError> {
    let letters: Vec<char> = pattern.chars().take(limits::PATTERN_CHARACTERS + 1).collect();
    let mut parser = Parser {
        letters,
        at: 0,
        flags,
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

/// What a parenthesis opens.
enum Opened {
    Group,
    Look {
        ahead: bool,
        negative: bool,
    },
    /// Nothing: it sets flags.
    Flags,
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

    pub(super) const fn is_re2(&self) -> bool {
        self.flags & RE2 != 0
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
        // The last term, if it can be repeated, and where a count of it ended.
        let (mut last, mut counted) = (None, usize::MAX);
        while let Some(letter) = self.peek().filter(|letter| !matches!(letter, '|' | ')') || self.flags & QUOTED != 0) {
            let start = self.at;
            if let Some((least, most)) = self.quantifier()? {
                let Some(atom) = last.take().filter(|_| counted != start) else {
                    return Err(self.refused(PatternProblem::NothingToRepeat, start));
                };
                last = Some(self.repeat(atom, least, most, start)?);
                // Lazy: it matches no more and no less.
                self.eat('?');
                counted = self.at;
            } else if let Some((term, can_repeat)) = self.term(letter)? {
                add(&mut terms, last.replace(term));
                if !can_repeat {
                    add(&mut terms, last.take());
                }
            }
        }
        add(&mut terms, last);
        Ok(Node::sequence(terms))
    }

    /// A term, if one stands here, and whether it may be repeated.
    fn term(&mut self, letter: char) -> Parsed<Option<(Node, bool)>> {
        let start = self.at;
        self.at += 1;
        if self.flags & QUOTED != 0 {
            return Ok(self.quoted(letter));
        }
        Ok(Some(match letter {
            '^' | '$' => (Node::Edge { side: self.edge(), end: letter == '$' }, self.is_re2()),
            '(' => return self.group(start),
            '.' => (self.dot(), true),
            '[' => (self.class(start)?, true),
            '\\' => return self.atom_escape(start),
            '{' | '}' | ']' if !self.is_re2() => return Err(self.refused(PatternProblem::Bracket, start)),
            _ => (self.one(Set::of(letter.into()), false), true),
        }))
    }

    /// What `^` and `$` ask of the character beside them.
    const fn edge(&self) -> Side {
        match self.flags & (LINES | RE2) {
            LINES => NONE | LINE,
            0 | RE2 => NONE,
            _ => NONE | NEWLINE,
        }
    }

    /// How often what stands before is to be repeated, if that is said here.
    fn quantifier(&mut self) -> Parsed<Option<(u64, u64)>> {
        let start = self.at;
        let count = match self.next().filter(|_| self.flags & QUOTED == 0) {
            Some('*') => Some((0, UNBOUNDED)),
            Some('+') => Some((1, UNBOUNDED)),
            Some('?') => Some((0, 1)),
            Some('{') => self.count(start)?,
            _ => None,
        };
        if count.is_none() {
            self.at = start;
        }
        Ok(count)
    }

    /// What stands after `{`, if it is a count.
    fn count(&mut self, start: usize) -> Parsed<Option<(u64, u64)>> {
        let least = self.number();
        let most = if self.eat(',') { self.number().or(Some(UNBOUNDED)) } else { least };
        let (Some(least), Some(most), true) = (least, most, self.eat('}')) else { return Ok(None) };
        if least > most {
            return Err(self.refused(PatternProblem::CountOrder, start));
        }
        Ok(Some((least, most)))
    }

    /// Decimal digits, if there are any; huge numbers are all the same one, which is not [`UNBOUNDED`].
    pub(super) fn number(&mut self) -> Option<u64> {
        let mut number = None;
        // RE2: nothing that begins with 0 is a count, but 0.
        if self.is_re2() && self.peek() == Some('0') && self.peek_second().is_some_and(|next| next.is_ascii_digit()) {
            return None;
        }
        while let Some(digit) = self.peek().and_then(|letter| letter.to_digit(10)) {
            self.at += 1;
            number = Some((number.unwrap_or(0_u64).saturating_mul(10).saturating_add(digit.into())).min(UNBOUNDED - 1));
        }
        number
    }

    /// A group or a look-around, and whether it may be repeated; of flags nothing.
    fn group(&mut self, start: usize) -> Parsed<Option<(Node, bool)>> {
        let flags = self.flags;
        self.depth += 1;
        if self.depth > limits::PATTERN_DEPTH {
            return Err(self.refused(PatternProblem::TooDeep, start));
        }
        let opened = self.group_start(start)?;
        if matches!(opened, Opened::Flags) {
            self.depth -= 1;
            return Ok(None);
        }
        let body = self.disjunction()?;
        if !self.eat(')') {
            return Err(Self::refused_one(PatternProblem::UnclosedGroup, start));
        }
        self.depth -= 1;
        self.flags = flags;
        let Opened::Look { ahead, negative } = opened else { return Ok(Some((body, true))) };
        self.looks.push(Look { ahead, body });
        Ok(Some((Node::Look { look: self.looks.len() - 1, negative }, false)))
    }

    /// What stands between `(` and the body of a group.
    fn group_start(&mut self, start: usize) -> Parsed<Opened> {
        if !self.eat('?') {
            self.groups += 1;
            return Ok(Opened::Group);
        }
        // RE2: `(?P<name>…)`.
        let is_named = self.is_re2() && self.eat('P');
        let ahead = !self.eat('<');
        match self.peek() {
            Some(sign @ ('=' | '!')) => {
                self.at += 1;
                if self.is_re2() {
                    return Err(self.refused(PatternProblem::GroupOfRe2, start));
                }
                Ok(Opened::Look { ahead, negative: sign == '!' })
            }
            _ if ahead && !is_named => self.modifiers(start),
            _ if ahead => Err(self.refused(PatternProblem::GroupOfRe2, start)),
            _ => {
                let named = self.at;
                let name = self.group_name(named)?;
                if self.names.contains(&name) && !self.is_re2() {
                    return Err(Refused(PatternProblem::DuplicateName, named, self.at - 1 - named));
                }
                self.groups += 1;
                self.names.push(name);
                Ok(Opened::Group)
            }
        }
    }

    /// `i-ms:`, in RE2 `i-ms)` too.
    fn modifiers(&mut self, start: usize) -> Parsed<Opened> {
        let (mut on, mut off, mut is_minus) = (0, 0, false);
        let opened = loop {
            let flag = match self.next() {
                Some('i') => ANY_CASE,
                Some('m') => LINES,
                Some('s') => DOT_ALL,
                Some('U') if self.is_re2() => LAZY,
                Some('-') if !is_minus => {
                    is_minus = true;
                    continue;
                }
                // 22.2.1.1: not `(?-:`. RE2 wants a flag behind the sign.
                Some(end @ (':' | ')')) if (end == ':' || self.is_re2()) && (!is_minus || off != 0 || (on != 0 && !self.is_re2())) => {
                    break if end == ':' { Opened::Group } else { Opened::Flags };
                }
                _ => 0,
            };
            if flag == 0 || ((on | off) & flag != 0 && !self.is_re2()) {
                let problem = if self.is_re2() { PatternProblem::GroupOfRe2 } else { PatternProblem::Group };
                return Err(self.refused(problem, start));
            }
            *(if is_minus { &mut off } else { &mut on }) |= flag;
        };
        self.flags = (self.flags | on) & !off;
        Ok(opened)
    }

    /// A name and the `>` behind it.
    pub(super) fn group_name(&mut self, start: usize) -> Parsed<Vec<u32>> {
        let mut name = Vec::new();
        loop {
            let letter = match self.next() {
                Some('>') if !name.is_empty() => return Ok(name),
                Some('\\') if !self.is_re2() && self.eat('u') => self.unicode_escape(),
                letter => letter.map(u32::from),
            };
            match letter.filter(|letter| is_name_part(*letter, name.is_empty(), self.is_re2())) {
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
        let taken_out = match self.flags & (DOT_ALL | RE2) {
            0 => LINE_EDGES,
            RE2 => NEWLINE_EDGES,
            _ => &[],
        };
        self.one(Set::from_edges(taken_out), true)
    }

    /// A set as it is, or in any case, as the flags say.
    pub(super) fn in_case(&self, set: Set) -> Set {
        if self.flags & ANY_CASE != 0 { set.in_any_case() } else { set }
    }

    /// One character of a set, or one that is not in it.
    pub(super) fn one(&mut self, mut set: Set, negative: bool) -> Node {
        set = self.in_case(set);
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

/// Adds a term, if there is one, to others.
fn add(terms: &mut Vec<Node>, term: Option<Node>) {
    if let Some(term) = term.filter(|term| !matches!(term, Node::Empty)) {
        terms.push(term);
    }
}

/// 12.7: `RegExpIdentifierStart` and `RegExpIdentifierPart`. In RE2 a name may begin with any of its letters, and has no `$`.
fn is_name_part(letter: u32, is_first: bool, is_re2: bool) -> bool {
    match letter {
        // Letters, `_`.
        0x41..=0x5a | 0x5f | 0x61..=0x7a => true,
        // `$`
        0x24 => !is_re2,
        0x30..=0x39 => !is_first || is_re2,
        0x200c | 0x200d => !is_first && !is_re2,
        0..0x80 => false,
        _ => {
            let edges = property(if is_first && !is_re2 { "ID_Start" } else { "ID_Continue" }, None).unwrap_or_default();
            edges.partition_point(|edge| *edge <= letter) % 2 == 1
        }
    }
}
