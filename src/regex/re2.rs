//! What RE2's syntax has that ECMA-262's has not: <https://github.com/google/re2/wiki/Syntax>, as far as it bears on whether there is a match.
//!
//! The parser is the one of ECMA-262, and asks where the two part. Beside what stands here: flags may hold for the rest of a group; `^`
//! and `$` are the ends of the text, `.` is all but U+000A and U+000A alone ends a line; `\b`, `\d`, `\s`, `\w` are of ASCII; brackets
//! without a partner are characters; there is no look-around.

use super::error::PatternProblem;
use super::set::{Set, Union};
use super::syntax::{Parsed, Parser, QUOTED};
use super::tree::{Node, UNBOUNDED};
use crate::text::{cut, parts, property};

/// `\s`: not U+000B, which `[[:space:]]` has.
pub(super) const RE2_SPACE_EDGES: &[u32] = &[0x09, 0x0b, 0x0c, 0x0e, 0x20, 0x21];

/// The classes of POSIX, each with the first and last characters of its ranges.
const CLASSES: &str = "alnum=09AZaz\nalpha=AZaz\nascii=\0\x7f\nblank=\t\t  \ncntrl=\0\x1f\x7f\x7f\ndigit=09\ngraph=!~\nlower=az\nprint= ~\npunct=!/:@[`{~\nspace=\t\r  \nupper=AZ\nword=09AZ__az\nxdigit=09AFaf";

/// How often a term may be repeated, counts within one another taken together.
const COUNT: u64 = 1_000;

/// A category or a script.
pub(super) fn property_of_re2(name: &str) -> Option<Vec<u32>> {
    if name == "Any" {
        return property(name, None);
    }
    property("gc", Some(name)).or_else(|| property("sc", Some(name)))
}

impl Parser {
    /// A character within `\Q…\E`; of the end of that nothing.
    pub(super) fn quoted(&mut self, letter: char) -> Option<(Node, bool)> {
        if letter == '\\' && self.eat('E') {
            self.flags &= !QUOTED;
            return None;
        }
        Some((self.one(Set::of(letter.into()), false), true))
    }

    pub(super) fn repeat(&self, atom: Node, least: u64, most: u64, start: usize) -> Parsed<Node> {
        let count = if most == UNBOUNDED { least } else { most };
        if self.is_re2() && count > 1 && !atom.repeats_at_most(COUNT / count) {
            return Err(self.refused(PatternProblem::CountTooLarge, start));
        }
        Ok(atom.repeat(least, most))
    }

    /// `[:alpha:]` or `[:^alpha:]` in a class, if one stands here.
    pub(super) fn named_class(&mut self, start: usize) -> Parsed<Option<Set>> {
        if !(self.eat('[') && self.eat(':')) {
            self.at = start;
            return Ok(None);
        }
        let is_complement = self.eat('^');
        let mut name = String::new();
        while let Some(letter) = self.peek().filter(char::is_ascii_lowercase) {
            self.at += 1;
            name.push(letter);
        }
        if !(self.eat(':') && self.eat(']')) {
            self.at = start;
            return Ok(None);
        }
        let mut classes = parts(CLASSES, b'\n').filter_map(|class| cut(class, b'='));
        let Some((_, ends)) = classes.find(|(known, _)| *known == name) else {
            return Err(self.refused(PatternProblem::Property, start));
        };
        let mut union = Union::default();
        for ends in ends.as_bytes().chunks_exact(2) {
            if let [first, last] = ends {
                union.range((*first).into(), u32::from(*last) + 1);
            }
        }
        let mut set = union.finish();
        if is_complement {
            set = self.in_case(set).complement();
        }
        Ok(Some(set))
    }

    /// The character that an escape stands for, unless it is one in ECMA-262 too.
    pub(super) fn point_of_re2(&mut self, letter: char) -> Option<u32> {
        Some(match letter {
            'a' => 0x07,
            'x' if self.eat('{') => self.braced()?,
            'x' => self.digits(2)?,
            '0'..='7' => {
                let mut point = letter.to_digit(8)?;
                for place in 0..2 {
                    let Some(digit) = self.peek().and_then(|next| next.to_digit(8)) else {
                        // One digit alone is a back-reference.
                        if place == 0 && point != 0 {
                            return None;
                        }
                        break;
                    };
                    self.at += 1;
                    point = point * 8 + digit;
                }
                point
            }
            _ if letter.is_ascii() && !letter.is_ascii_alphanumeric() => letter.into(),
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::{PatternProblem, Regex};

    fn is_match(pattern: &str, text: &str) -> bool {
        let regex = Regex::re2(pattern).unwrap_or_else(|error| panic!("{pattern}: {error:?}"));
        regex.is_match(text, &mut 1_000_000).unwrap()
    }

    #[test]
    fn texts_match() {
        for (pattern, yes, no) in [
            ("", &["", "a"][..], &[][..]),
            ("^b$", &["b"], &["b\n", "\nb"]),
            (r"\Ab\z", &["b"], &["b\n", "ab"]),
            ("(?m)^b$", &["b", "a\nb\n"], &["b\r", "\u{2028}b"]),
            (r"(?m)\Ab$", &["b\na"], &["a\nb"]),
            ("a.b", &["a\rb", "a\u{2028}b"], &["a\nb"]),
            ("(?s)a.b", &["a\nb"], &["ab"]),
            ("^(?i)a(?-i)b|c$", &["Ab", "c"], &["aB", "C"]),
            ("^(?:(?i)a)b$", &["Ab"], &["aB"]),
            ("^(?U:a*)$", &["aa"], &["b"]),
            ("^(?i-i)(?)a$", &["a"], &["A"]),
            ("(?P<n>a)(?<1n>b)(?P<n>c)", &["abc"], &["ab"]),
            (r"^\d\w\s\W$", &["1a\u{c}ê"], &["1a\u{b}-", "1ê -"]),
            (r"^[[:space:][:^ascii:]x]$", &["\u{b}", "ê", "x"], &["y"]),
            ("^[^[:^alpha:]]$", &["a"], &["1", "ê"]),
            ("^(?i)[[:upper:]]$", &["a", "ſ"], &["ê"]),
            ("^(?i)[[:^upper:]]$", &["ê"], &["a", "A"]),
            (r"^\pN\p{Greek}\p{^Greek}\P{^Lu}$", &["½σaÊ"], &["½σσÊ", "½σaê"]),
            (r"^(?i)\P{Lu}$", &["1"], &["ê", "Ê"]),
            (r"^\Qa.\b*\E*$", &[r"a.\b", r"a.\b**"], &["aab"]),
            (r"a\Q|", &["a|"], &["a"]),
            (r"^\101\x42\x{43}\07\a\_\-$", &["ABC\u{7}\u{7}_-"], &["ABC"]),
            ("^{a}{,1}a{01}]}$", &["{a}{,1}a{01}]}"], &["a"]),
            ("^[]a-]+[[:]+[a-b-c]+$", &["]a-[:b-c"], &["b:c", "a[d"]),
            (r"^[\d-z]+$", &["1-z"], &["a"]),
            ("^*a$+", &["a", "ba"], &["ab"]),
            ("^a(?i)*$", &["", "aa"], &["b"]),
            (r"(?i)\bſ\b", &[" s "], &["ſ"]),
            ("^(|a|)b()*$", &["b", "ab"], &["aab"]),
        ] {
            yes.iter().for_each(|text| assert!(is_match(pattern, text), "{pattern} {text:?}"));
            no.iter().for_each(|text| assert!(!is_match(pattern, text), "{pattern} {text:?}"));
        }
    }

    #[test]
    fn a_refusal_says_what_and_where() {
        use PatternProblem::*;
        for (pattern, problem, character, written) in [
            ("a**", NothingToRepeat, 3, "*"),
            ("a{2}{3}", NothingToRepeat, 5, "{3}"),
            ("(?i)*", NothingToRepeat, 5, "*"),
            ("a|{2}", NothingToRepeat, 3, "{2}"),
            ("êa{1001}", CountTooLarge, 3, "{1001}"),
            ("a{99999999999999999999,}", CountTooLarge, 2, "{99999999999999999999,}"),
            ("(?:a{30}|b{9}){40}", CountTooLarge, 15, "{40}"),
            ("a{2,1}", CountOrder, 2, "{2,1}"),
            (r"(a)\1", BackReference, 4, r"\1"),
            (r"\8", GroupMissing, 1, r"\8"),
            (r"(?P<n>a)\k<n>", BackReference, 9, r"\k<n>"),
            ("a(?=b)", GroupOfRe2, 2, "(?="),
            ("(?<!a)", GroupOfRe2, 1, "(?<!"),
            ("(?P=a)", GroupOfRe2, 1, "(?P="),
            ("(?>a)", GroupOfRe2, 1, "(?>"),
            ("(?i-)", GroupOfRe2, 1, "(?i-)"),
            ("(?x)", GroupOfRe2, 1, "(?x"),
            ("(?P<a$>b)", GroupName, 5, "a$"),
            (r"(?<\u0061>b)", GroupName, 4, r"\"),
            (r"\C", Escape, 1, r"\C"),
            (r"\Z", Escape, 1, r"\Z"),
            (r"\u0061", Escape, 1, r"\u"),
            (r"\ê", Escape, 1, r"\ê"),
            (r"\x{}", Escape, 1, r"\x{"),
            (r"[\b]", Escape, 2, r"\b"),
            (r"[\1]", Escape, 2, r"\1"),
            ("[[:foo:]]", Property, 2, "[:foo:]"),
            (r"\p{Alphabetic}", Property, 1, r"\p{Alphabetic}"),
            (r"\p1", Property, 1, r"\p1"),
            (r"[a-\d]", RangeBound, 2, r"a-\d"),
            ("[a-[:alpha:]]", RangeOrder, 2, "a-["),
            ("x[]", UnclosedClass, 2, "["),
            (r"x(\Qa)", UnclosedGroup, 2, "("),
            ("a)", ClosesNothing, 2, ")"),
        ] {
            let error = Regex::re2(pattern).err().unwrap_or_else(|| panic!("{pattern} is taken"));
            assert_eq!((error.problem, error.character, error.written.as_str()), (problem, character, written), "{pattern}");
        }
    }
}
