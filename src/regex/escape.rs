//! Escapes and classes: ECMA-262 (2025) 22.2.1, from `AtomEscape` to `ClassEscape`, and what they stand for, 22.2.2.9.

use super::error::PatternProblem;
use super::program::{NONE, WORD_EDGES};
use super::re2::{RE2_SPACE_EDGES, property_of_re2};
use super::set::{Set, Union};
use super::syntax::{ANY_CASE, Parsed, Parser, QUOTED};
use super::tree::Node;
use crate::text::property;

/// 12.2 and 12.3: white space and what ends a line.
const SPACE_EDGES: &[u32] = &[
    0x09, 0x0e, 0x20, 0x21, 0xa0, 0xa1, 0x1680, 0x1681, 0x2000, 0x200b, 0x2028, 0x202a, 0x202f, 0x2030, 0x205f, 0x2060, 0x3000, 0x3001,
    0xfeff, 0xff00,
];

/// What stands for characters: one, or several.
enum Chosen {
    Point(u32),
    Class(Set),
}

impl Parser {
    /// What stands after `\` outside of a class, and whether it may be repeated; of what begins a quotation nothing.
    pub(super) fn atom_escape(&mut self, start: usize) -> Parsed<Option<(Node, bool)>> {
        let is_re2 = self.is_re2();
        let node = match self.peek() {
            Some(letter @ ('b' | 'B')) => {
                self.at += 1;
                let any_case = self.flags & ANY_CASE != 0 && !is_re2;
                return Ok(Some((Node::Boundary { any_case, negative: letter == 'B' }, is_re2)));
            }
            Some(letter @ ('A' | 'z')) if is_re2 => {
                self.at += 1;
                Node::Edge { side: NONE, end: letter == 'z' }
            }
            Some('Q') if is_re2 => {
                self.at += 1;
                self.flags |= QUOTED;
                return Ok(None);
            }
            // RE2: with a second digit it is a character.
            Some('1'..='9') if !is_re2 || !matches!((self.peek(), self.peek_second()), (Some('1'..='7'), Some('0'..='7'))) => {
                let number = self.number().unwrap_or(0);
                self.refer(start, Ok(number))
            }
            Some('k') => {
                self.at += 1;
                if !self.eat('<') {
                    return Err(self.refused(PatternProblem::Escape, start));
                }
                let name = self.group_name(self.at)?;
                self.refer(start, Err(name))
            }
            _ => {
                let chosen = self.escape(start, false)?;
                self.chosen(chosen)
            }
        };
        Ok(Some((node, true)))
    }

    fn chosen(&mut self, chosen: Chosen) -> Node {
        let set = match chosen {
            Chosen::Point(point) => Set::of(point),
            Chosen::Class(set) => set,
        };
        self.one(set, false)
    }

    /// `[…]`
    pub(super) fn class(&mut self, start: usize) -> Parsed<Node> {
        let negative = self.eat('^');
        let mut union = Union::default();
        let mut is_empty = self.is_re2();
        // RE2: a bracket that closes no more than an empty class is a character of it.
        while is_empty || !self.eat(']') {
            let first_at = self.at;
            is_empty = false;
            if self.is_re2()
                && let Some(set) = self.named_class(first_at)?
            {
                union.set(&set);
                continue;
            }
            let first = self.class_atom(start)?;
            let is_range =
                self.peek() == Some('-') && self.peek_second() != Some(']') && !(self.is_re2() && matches!(first, Chosen::Class(_)));
            if !is_range {
                match first {
                    Chosen::Point(point) => union.range(point, point + 1),
                    Chosen::Class(set) => union.set(&set),
                }
                continue;
            }
            self.at += 1;
            let last = self.class_atom(start)?;
            let (Chosen::Point(first), Chosen::Point(last)) = (first, last) else {
                return Err(self.refused(PatternProblem::RangeBound, first_at));
            };
            if first > last {
                return Err(self.refused(PatternProblem::RangeOrder, first_at));
            }
            union.range(first, last + 1);
        }
        Ok(self.one(union.finish(), negative))
    }

    fn class_atom(&mut self, class: usize) -> Parsed<Chosen> {
        let start = self.at;
        match self.next() {
            None => Err(Self::refused_one(PatternProblem::UnclosedClass, class)),
            Some('\\') => self.escape(start, true),
            Some(letter) => Ok(Chosen::Point(letter.into())),
        }
    }

    /// What stands after `\` for characters.
    fn escape(&mut self, start: usize, in_class: bool) -> Parsed<Chosen> {
        let letter = self.next();
        let mut is_complement = letter.is_some_and(|letter| letter.is_ascii_uppercase());
        let mut class = match letter {
            Some('d' | 'D') => Set::from_edges(&[0x30, 0x3a]),
            Some('s' | 'S') => Set::from_edges(if self.is_re2() { RE2_SPACE_EDGES } else { SPACE_EDGES }),
            Some('w' | 'W') => Set::from_edges(WORD_EDGES),
            Some('p' | 'P') => {
                is_complement ^= self.is_re2() && self.peek_second() == Some('^');
                self.property(start)?
            }
            _ => {
                let point = letter.and_then(|letter| self.point(letter, in_class));
                return point.map(Chosen::Point).ok_or_else(|| self.refused(PatternProblem::Escape, start));
            }
        };
        // RE2: a complement is one of all cases.
        if self.is_re2() || matches!(letter, Some('w' | 'W')) {
            class = self.in_case(class);
        }
        Ok(Chosen::Class(if is_complement { class.complement() } else { class }))
    }

    /// The character that an escape stands for.
    fn point(&mut self, letter: char, in_class: bool) -> Option<u32> {
        Some(match letter {
            't' => 0x09,
            'n' => 0x0a,
            'v' => 0x0b,
            'f' => 0x0c,
            'r' => 0x0d,
            '^' | '$' | '\\' | '.' | '*' | '+' | '?' | '(' | ')' | '[' | ']' | '{' | '}' | '|' | '/' => letter.into(),
            '-' if in_class => letter.into(),
            _ if self.is_re2() => return self.point_of_re2(letter),
            'b' if in_class => 0x08,
            'c' => u32::from(self.next().filter(char::is_ascii_alphabetic)?) % 32,
            '0' if !self.peek().is_some_and(|next| next.is_ascii_digit()) => 0,
            'x' => self.digits(2)?,
            'u' => self.unicode_escape()?,
            _ => return None,
        })
    }

    /// What stands after `\u`: four digits, two halves of a pair of surrogates, or any number of digits in braces.
    pub(super) fn unicode_escape(&mut self) -> Option<u32> {
        if self.eat('{') {
            return self.braced();
        }
        let first = self.digits(4)?;
        let after = self.at;
        if (0xd800..0xdc00).contains(&first)
            && self.eat('\\')
            && self.eat('u')
            && let Some(second @ 0xdc00..0xe000) = self.digits(4)
        {
            return Some(0x1_0000 + ((first - 0xd800) << 10 | (second - 0xdc00)));
        }
        self.at = after;
        Some(first)
    }

    /// Any number of digits, and `}`.
    pub(super) fn braced(&mut self) -> Option<u32> {
        let mut point = self.digits(1)?;
        while !self.eat('}') {
            point = point * 16 + self.digits(1)?;
            if point > 0x10_ffff {
                return None;
            }
        }
        Some(point)
    }

    pub(super) fn digits(&mut self, count: usize) -> Option<u32> {
        let mut number = 0;
        for _ in 0..count {
            number = number * 16 + self.peek()?.to_digit(16)?;
            self.at += 1;
        }
        Some(number)
    }

    /// What stands after `\p` or `\P`.
    fn property(&mut self, start: usize) -> Parsed<Set> {
        let is_open = self.eat('{');
        if self.is_re2() && is_open {
            self.eat('^');
        }
        let mut name = String::new();
        while let Some(letter) = self.peek().filter(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '=')) {
            if !is_open && (!self.is_re2() || !name.is_empty()) {
                break;
            }
            self.at += 1;
            name.push(letter);
        }
        let edges = if is_open && !self.eat('}') {
            None
        } else if self.is_re2() {
            property_of_re2(&name)
        } else {
            let (name, value) = crate::text::cut(&name, b'=').map_or((name.as_str(), None), |(name, value)| (name, Some(value)));
            property(name, value)
        };
        edges.map(Set::from).ok_or_else(|| self.refused(PatternProblem::Property, start))
    }
}
