//! Patterns as sets of places: slow, and as ECMA-262 22.2.2 reads without its order of attempts, which a yes or no does not depend on.

use super::schema_maker::Chance;

/// A part of a pattern.
pub enum Part {
    Letter(char),
    /// Ranges, and whether all other characters are meant.
    Class(Vec<(char, char)>, bool),
    Any,
    Start,
    End,
    /// `\b`, or `\B`.
    Boundary(bool),
    Look {
        ahead: bool,
        negative: bool,
        body: Box<Part>,
    },
    Sequence(Vec<Part>),
    Choice(Vec<Part>),
    Repeat(Box<Part>, usize, Option<usize>),
}

const LETTERS: [char; 12] = ['a', 'b', 'c', 'A', '1', '_', '-', '.', '\n', 'ê', '\u{2028}', '😀'];
/// Characters of a text, at most: a place is a bit.
const LENGTH: usize = 24;

/// Bits, one for each place between characters.
type Places = u32;

impl Part {
    pub fn made(chance: &mut Chance<'_>, depth: usize) -> Self {
        match chance.below(if depth == 0 { 10 } else { 20 }) {
            0..4 => Self::Letter(LETTERS[chance.below(LETTERS.len())]),
            4 => Self::Any,
            5 => Self::Start,
            6 => Self::End,
            7 => Self::Boundary(chance.below(2) == 1),
            8 | 9 => {
                let negative = chance.below(2) == 1;
                let range = |chance: &mut Chance<'_>| {
                    let (left, right) = (LETTERS[chance.below(LETTERS.len())], LETTERS[chance.below(LETTERS.len())]);
                    (left.min(right), left.max(right))
                };
                Self::Class((0..chance.below(3)).map(|_| range(chance)).collect(), negative)
            }
            10 | 11 => {
                let (ahead, negative) = (chance.below(2) == 1, chance.below(2) == 1);
                Self::Look { ahead, negative, body: Box::new(Self::made(chance, depth - 1)) }
            }
            12..15 => {
                let least = chance.below(4);
                let most = [None, Some(least), Some(least + 1), Some(least + 3)][chance.below(4)];
                Self::Repeat(Box::new(Self::made(chance, depth - 1)), least, most)
            }
            15 | 16 => Self::Choice((0..2 + chance.below(2)).map(|_| Self::made(chance, depth - 1)).collect()),
            _ => Self::Sequence((0..1 + chance.below(4)).map(|_| Self::made(chance, depth - 1)).collect()),
        }
    }

    /// As a pattern has it.
    pub fn write(&self, out: &mut String) {
        match self {
            Self::Letter(letter) => write_letter(*letter, out),
            Self::Class(ranges, negative) => {
                out.push_str(if *negative { "[^" } else { "[" });
                for (first, last) in ranges {
                    write_in_class(*first, out);
                    out.push('-');
                    write_in_class(*last, out);
                }
                out.push(']');
            }
            Self::Any => out.push('.'),
            Self::Start => out.push('^'),
            Self::End => out.push('$'),
            Self::Boundary(negative) => out.push_str(if *negative { r"\B" } else { r"\b" }),
            Self::Look { ahead, negative, body } => {
                out.push_str(if *ahead { "(?" } else { "(?<" });
                out.push(if *negative { '!' } else { '=' });
                body.write(out);
                out.push(')');
            }
            Self::Sequence(parts) => parts.iter().for_each(|part| part.grouped(out)),
            Self::Choice(parts) => {
                for (at, part) in parts.iter().enumerate() {
                    if at > 0 {
                        out.push('|');
                    }
                    part.grouped(out);
                }
            }
            Self::Repeat(part, least, most) => {
                part.grouped(out);
                match (least, most) {
                    (0, None) => out.push('*'),
                    (1, None) => out.push('+'),
                    (0, Some(1)) => out.push('?'),
                    (least, None) => out.push_str(&format!("{{{least},}}")),
                    (least, Some(most)) if least == most => out.push_str(&format!("{{{least}}}")),
                    (least, Some(most)) => out.push_str(&format!("{{{least},{most}}}")),
                }
            }
        }
    }

    fn grouped(&self, out: &mut String) {
        let alone = matches!(self, Self::Letter(_) | Self::Class(..) | Self::Any);
        out.push_str(if alone { "" } else { "(?:" });
        self.write(out);
        out.push_str(if alone { "" } else { ")" });
    }

    /// Whether there is a match somewhere in a text.
    pub fn is_in(&self, text: &[char]) -> bool {
        self.ends(text, (1 << (text.len() + 1)) - 1) != 0
    }

    /// Where a match may end that starts at one of some places.
    fn ends(&self, text: &[char], starts: Places) -> Places {
        let each = |holds: &dyn Fn(usize) -> bool| {
            (0..=text.len()).filter(|at| starts >> at & 1 == 1 && holds(*at)).fold(0, |all, at| all | 1 << at)
        };
        let over = |takes: &dyn Fn(char) -> bool| each(&|at| text.get(at).is_some_and(|letter| takes(*letter))) << 1;
        match self {
            Self::Letter(wanted) => over(&|letter| letter == *wanted),
            Self::Class(ranges, negative) => {
                over(&|letter| ranges.iter().any(|(first, last)| (*first..=*last).contains(&letter)) != *negative)
            }
            Self::Any => over(&|letter| !matches!(letter, '\n' | '\r' | '\u{2028}' | '\u{2029}')),
            Self::Start => each(&|at| at == 0),
            Self::End => each(&|at| at == text.len()),
            Self::Boundary(negative) => each(&|at| (is_word(text, at.checked_sub(1)) == is_word(text, Some(at))) == *negative),
            Self::Look { ahead: true, negative, body } => each(&|at| (body.ends(text, 1 << at) != 0) != *negative),
            Self::Look { ahead: false, negative, body } => {
                each(&|at| (0..=at).any(|start| body.ends(text, 1 << start) >> at & 1 == 1) != *negative)
            }
            Self::Sequence(parts) => parts.iter().fold(starts, |starts, part| part.ends(text, starts)),
            Self::Choice(parts) => parts.iter().fold(0, |all, part| all | part.ends(text, starts)),
            Self::Repeat(part, least, most) => {
                let mut here = (0..*least).fold(starts, |here, _| part.ends(text, here));
                let (mut all, mut count) = (here, *least);
                while most.is_none_or(|most| count < most) {
                    here = part.ends(text, here);
                    if here & !all == 0 {
                        break;
                    }
                    all |= here;
                    count += 1;
                }
                all
            }
        }
    }
}

/// A text out of the letters that patterns are made of.
pub fn text(chance: &mut Chance<'_>) -> Vec<char> {
    (0..chance.below(LENGTH)).map(|_| LETTERS[chance.below(LETTERS.len())]).collect()
}

fn is_word(text: &[char], at: Option<usize>) -> bool {
    at.and_then(|at| text.get(at)).is_some_and(|letter| letter.is_ascii_alphanumeric() || *letter == '_')
}

fn write_letter(letter: char, out: &mut String) {
    if matches!(letter, '.') {
        out.push('\\');
    }
    out.push(letter);
}

fn write_in_class(letter: char, out: &mut String) {
    if letter == '-' {
        out.push('\\');
    }
    out.push(letter);
}
