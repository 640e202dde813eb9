//! Patterns: ECMA-262 (2025) 22.2, with the flag `u`, and RE2's syntax, for the question whether a text holds a match.
//!
//! Time is linear in pattern × text, whatever they are: nothing is tried and taken back. Look-around is read off passes of its own.
//! Back-references alone are refused.

mod error;
mod escape;
mod program;
mod re2;
mod run;
mod set;
mod shape;
mod syntax;
mod table;
mod tree;

pub use error::{OutOfSteps, PatternError, PatternProblem};
pub(crate) use shape::shape;

use crate::limits;
use program::Program;
use set::Set;
use table::{Alphabet, Table};

/// A compiled pattern.
pub struct Regex {
    /// Look-arounds, those inside another before it; last the pattern. Each with its table, if that is small.
    programs: Vec<(Program, Option<Table>)>,
    alphabet: Option<Alphabet>,
    sets: Vec<Set>,
    cost: u64,
}

impl Regex {
    /// Compiles a pattern of ECMA-262 as with the flag `u`.
    ///
    /// ```
    /// use hoso::regex::Regex;
    ///
    /// let pattern = Regex::new(r"^(?=.*\d)\p{Lu}\w{3,}$").unwrap();
    /// let mut steps = 1_000_000;
    /// assert_eq!(pattern.is_match("Ab12", &mut steps), Ok(true));
    /// assert_eq!(pattern.is_match("Abcd", &mut steps), Ok(false));
    /// assert!(steps < 1_000_000);
    ///
    /// let error = Regex::new(r"\d{3,2}").err().unwrap();
    /// assert_eq!((error.problem.code(), error.character, error.written.as_str()), ("pattern.count-order", 3, "{3,2}"));
    /// ```
    ///
    /// # Errors
    /// When the pattern is malformed, or refers back, or is larger than [`crate::limits`] allows.
    pub fn new(pattern: &str) -> Result<Self, PatternError> {
        checked(pattern, 0).map(Self::of)
    }

    /// Compiles a pattern of RE2's syntax (<https://github.com/google/re2/wiki/Syntax>), in which CEL's `matches` is written.
    ///
    /// ```
    /// use hoso::regex::Regex;
    ///
    /// let pattern = Regex::re2(r"(?i)\A[[:alpha:]]+\pN\z").unwrap();
    /// assert_eq!(pattern.is_match("Ab1", &mut 1_000), Ok(true));
    /// assert_eq!(pattern.is_match("Ab1\n", &mut 1_000), Ok(false));
    ///
    /// let error = Regex::re2("a(?=b)").err().unwrap();
    /// assert_eq!((error.problem.code(), error.character, error.written.as_str()), ("pattern.group-of-re2", 2, "(?="));
    /// ```
    ///
    /// # Errors
    /// When the pattern is malformed, or larger than [`crate::limits`] allows.
    pub fn re2(pattern: &str) -> Result<Self, PatternError> {
        checked(pattern, syntax::RE2).map(Self::of)
    }

    fn of(tree: tree::Tree) -> Self {
        let mut cost = tree.states();
        let programs = program::programs(&tree);
        let sides = programs.iter().fold(0, |sides, program| sides | program.sides);
        let alphabet = Alphabet::new(&tree.sets, sides);
        cost += alphabet.as_ref().map_or(0, |alphabet| alphabet.len() as u64);
        let (mut sets, mut all, mut is_all_tables) = (tree.sets, Vec::new(), true);
        for mut program in programs {
            let table = alphabet.as_ref().and_then(|alphabet| Table::new(&program, &sets, alphabet, &mut cost));
            if table.is_some() {
                program.states = Vec::new();
            } else {
                is_all_tables = false;
            }
            all.push((program, table));
        }
        if is_all_tables {
            sets = Vec::new();
        }
        Self { programs: all, alphabet, sets, cost }
    }

    /// Whether a text is a pattern that [`Regex::new`] compiles, without compiling it.
    ///
    /// # Errors
    /// As there.
    pub fn check(pattern: &str) -> Result<(), PatternError> {
        checked(pattern, 0).map(|_| ())
    }

    /// What compiling took, in steps like those of [`Regex::is_match`], and at most what the pattern holds in memory, in units of some
    /// bytes. A short pattern may take much of both, so who compiles many adds this up.
    #[must_use]
    pub const fn cost(&self) -> u64 {
        self.cost
    }

    /// Whether the pattern matches somewhere in a text. Takes what it costs, states times characters at most, from `steps`.
    ///
    /// # Errors
    /// When more steps are needed than are left.
    pub fn is_match(&self, text: &str, steps: &mut u64) -> Result<bool, OutOfSteps> {
        if let ([(_, Some(table))], Some(alphabet)) = (self.programs.as_slice(), &self.alphabet) {
            run::spend(steps, text.len() as u64 + 1)?;
            return Ok(table.is_match(alphabet, text));
        }
        let mut found: Vec<Places> = Vec::new();
        for (program, table) in &self.programs {
            let table = table.as_ref().zip(self.alphabet.as_ref());
            found.push(run::places(program, table, &self.sets, text, &found, steps)?);
        }
        Ok(found.last().is_some_and(|places| places.hold(0)))
    }
}

fn checked(pattern: &str, flags: u8) -> Result<tree::Tree, PatternError> {
    let tree = syntax::parse(pattern, flags)?;
    if tree.states() > limits::PATTERN_STATES {
        return Err(PatternError { problem: PatternProblem::TooManyStates, character: 1, written: String::new() });
    }
    Ok(tree)
}

/// Places of a text, a bit for each of its bytes and its end.
struct Places(Vec<u64>);

impl Places {
    fn new(len: usize) -> Self {
        Self(vec![0; len / 64 + 1])
    }

    fn add(&mut self, place: usize) {
        self.0.get_mut(place / 64).into_iter().for_each(|word| *word |= 1 << (place % 64));
    }

    fn hold(&self, place: usize) -> bool {
        self.0.get(place / 64).is_some_and(|word| word >> (place % 64) & 1 == 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_match(pattern: &str, text: &str) -> bool {
        let regex = Regex::new(pattern).unwrap_or_else(|error| panic!("{pattern}: {error:?}"));
        regex.is_match(text, &mut 1_000_000).unwrap()
    }

    #[test]
    fn texts_match() {
        for (pattern, yes, no) in [
            ("", &["", "a"][..], &[][..]),
            ("b", &["b", "abc"], &["", "B"]),
            ("^b$", &["b"], &["ab", "b\n", "\nb"]),
            (r"^\d{4}-\d{2}$", &["2026-11"], &["2026-1", "2026-111", "２026-11"]),
            ("^.$", &["😀", "ê"], &["", "\n", "\u{2028}", "e\u{302}"]),
            (r"^\ud83d\ude00$", &["😀"], &[]),
            (r"^[\ud83d\ude00-\u{1F610}]$", &["😀", "😅"], &["😑"]),
            (r"\ud83d", &[], &["😀"]),
            (r"^[^\ud83d]$", &["😀"], &[]),
            (r"^[]$|^[^]a$", &["\na"], &["", "a"]),
            (r"^\cJ\0[\b]$", &["\n\0\u{8}"], &[]),
            (r"^[\w-]$", &["-", "a"], &["ê"]),
            (r"^\s$", &["\u{feff}", "\u{3000}", "\u{85}"][..2], &["\u{85}", "\u{200b}"]),
            (r"\bê", &["aê"], &["ê", " ê"]),
            ("^(?:a|ab)(?:c|bcd)$", &["abc", "abcd", "ac"], &["ab"]),
            ("^(?:a{2}){2,3}$", &["aaaa", "aaaaaa"], &["aa", "aaaaa", "aaaaaaaa"]),
            ("^a{0}b{0,0}$", &[""], &["a"]),
            ("^(?:a*)*$", &["", "aaa"], &["b"]),
            ("^(?:a?){3}$", &["", "aaa"], &["aaaa"]),
        ] {
            yes.iter().for_each(|text| assert!(is_match(pattern, text), "{pattern} {text:?}"));
            no.iter().for_each(|text| assert!(!is_match(pattern, text), "{pattern} {text:?}"));
        }
    }

    #[test]
    fn look_around_sees_both_sides() {
        for (pattern, yes, no) in [
            (r"^(?=.*\d)(?=.*[a-z]).{4,}$", "ab12", "abcd"),
            ("a(?!b)", "ac", "ab"),
            ("(?<=a)b", "ab", "b"),
            ("(?<!a)b", "cb", "ab"),
            ("(?<=^|;)x", "y;x", "yx"),
            ("(?=(?<=a)b)b", "ab", "cb"),
            ("(?<=a(?=b.c))b", "abxc", "abxd"),
            ("(?<!(?<!a)b)c", "abc", "bc"),
            // An iteration that takes nothing changes nothing; one that is required must still hold.
            ("^(?:(?=a))*a$", "a", "b"),
            ("^(?:(?=a)){2}a$", "a", "b"),
            ("^(?:(?=a)|b)*$", "b", "a"),
        ] {
            assert!(is_match(pattern, yes), "{pattern} {yes:?}");
            assert!(!is_match(pattern, no), "{pattern} {no:?}");
        }
    }

    #[test]
    fn modifiers_hold_within_their_group() {
        for (pattern, yes, no) in [
            ("^(?i:ab)c$", "ABc", "abC"),
            ("^(?i:a(?-i:b)c)$", "AbC", "ABC"),
            ("^(?i:[à-ê])$", "Ê", "Ë"),
            ("^(?i:k)$", "\u{212a}", "x"),
            ("^(?i:ß)$", "ẞ", "ss"),
            ("^(?i:[^k])$", "a", "\u{212a}"),
            (r"^(?i:\w)$", "ſ", "ê"),
            (r"^(?i:\W)$", "ê", "ſ"),
            (r"^(?i:a\bſ|ſ\b)", "ſ", "aſa"),
            (r"^(?i:\p{Lu})$", "ê", "1"),
            (r"^(?i:\P{Lu})$", "Ê", "ab"),
            ("^(?s:.).$", "\na", "a\n"),
            ("(?m:^b$)", "a\nb\nc", "a\nbc"),
            ("(?m:^(?-m:b$))", "a\nb", "b\nc"),
            ("^(?s-m:.)$", "\n", "\n\n"),
            ("(?ims:^A.)", "x\na\n", "xa\n"),
        ] {
            assert!(is_match(pattern, yes), "{pattern} {yes:?}");
            assert!(!is_match(pattern, no), "{pattern} {no:?}");
        }
    }

    #[test]
    fn a_refusal_says_what_and_where() {
        use PatternProblem::*;
        for (pattern, problem, character, written) in [
            (r"ê(a)\1", BackReference, 5, r"\1"),
            (r"(?<n>a)|\k<n>", BackReference, 9, r"\k<n>"),
            (r"\1\2(a)", GroupMissing, 3, r"\2"),
            (r"(?<n>)\k<m>", GroupMissing, 7, r"\k<m>"),
            ("a]", Bracket, 2, "]"),
            ("a{", Bracket, 2, "{"),
            ("a{1", Bracket, 2, "{"),
            ("a{,2}", Bracket, 2, "{"),
            ("a}", Bracket, 2, "}"),
            ("a)b", ClosesNothing, 2, ")"),
            ("a{3,2}", CountOrder, 2, "{3,2}"),
            ("(?<ê>)(?<ê>)", DuplicateName, 10, "ê"),
            ("(?<n>|(?<n>))", DuplicateName, 10, "n"),
            ("(?:(?<n>)|(?<n>))(?<n>)", DuplicateName, 21, "n"),
            (r"\q", Escape, 1, r"\q"),
            (r"\-", Escape, 1, r"\-"),
            (r"a\", Escape, 2, r"\"),
            (r"\x4g", Escape, 1, r"\x4"),
            (r"\u{110000}", Escape, 1, r"\u{110000"),
            (r"\00", Escape, 1, r"\0"),
            (r"[\c1]", Escape, 2, r"\c1"),
            (r"\k", Escape, 1, r"\k"),
            ("(?", Group, 1, "(?"),
            ("(?a)", Group, 1, "(?a"),
            ("(?ii:a)", Group, 1, "(?ii"),
            ("(?i-i:a)", Group, 1, "(?i-i"),
            ("(?-:a)", Group, 1, "(?-:"),
            ("(?i-m-s:a)", Group, 1, "(?i-m-"),
            ("(?<1>a)", GroupName, 4, "1"),
            ("(?<>a)", GroupName, 4, ">"),
            ("(?<a", GroupName, 4, "a"),
            ("a**", NothingToRepeat, 3, "*"),
            ("^*", NothingToRepeat, 2, "*"),
            ("(?=a){2}", NothingToRepeat, 6, "{2}"),
            ("a|+", NothingToRepeat, 3, "+"),
            (r"\p{Foo}", Property, 1, r"\p{Foo}"),
            (r"\p{lu}", Property, 1, r"\p{lu}"),
            (r"\p{Script=Lu}", Property, 1, r"\p{Script=Lu}"),
            (r"\p{Any=Yes}", Property, 1, r"\p{Any=Yes}"),
            (r"\pL", Property, 1, r"\p"),
            (r"\p{L", Property, 1, r"\p{L"),
            (r"[a-\d]", RangeBound, 2, r"a-\d"),
            ("[z-a]", RangeOrder, 2, "z-a"),
            ("x[a", UnclosedClass, 2, "["),
            ("x(a", UnclosedGroup, 2, "("),
            ("x(?<=a", UnclosedGroup, 2, "("),
            ("(.{1000}){1000}", TooManyStates, 1, ""),
            ("(((((a{99}){99}){99}){99}){99}){99999999999999999999}", TooManyStates, 1, ""),
        ] {
            let error = Regex::new(pattern).err().unwrap_or_else(|| panic!("{pattern} is taken"));
            assert_eq!((error.problem, error.character, error.written.as_str()), (problem, character, written), "{pattern}");
        }
    }

    #[test]
    fn bounds_are_those_of_the_limits() {
        let problem = |pattern: String| Regex::new(&pattern).err().map(|error| error.problem);
        assert_eq!(problem("ê".repeat(limits::PATTERN_CHARACTERS)), None);
        assert_eq!(problem("ê".repeat(limits::PATTERN_CHARACTERS + 1)), Some(PatternProblem::TooLong));
        let nested = |depth| "(?=".repeat(depth) + &")".repeat(depth);
        assert_eq!(problem(nested(limits::PATTERN_DEPTH)), None);
        assert_eq!(problem(nested(limits::PATTERN_DEPTH + 1)), Some(PatternProblem::TooDeep));
        // One state more is the end.
        assert_eq!(problem(format!("a{{{}}}", limits::PATTERN_STATES - 1)), None);
        assert_eq!(problem(format!("a{{{}}}", limits::PATTERN_STATES)), Some(PatternProblem::TooManyStates));
        // What takes no state may be repeated for ever.
        assert_eq!(problem("(?:(?:)|){0}(){99999999999999999999}".to_owned()), None);
    }

    #[test]
    fn states_are_as_many_as_were_counted() {
        for pattern in
            ["", "a", "ab|c", "a*", "a+", "a{3,}", "a{2,5}", "(?:ab|){2,3}?c", r"^\b(?=a{2}(?<!b))$", "(?:a{0}|b){0,4}", "(?=a)(?=b)"]
        {
            let tree = syntax::parse(pattern, 0).unwrap();
            let made: usize = program::programs(&tree).iter().map(|program| program.states.len()).sum();
            assert_eq!(made as u64, tree.states(), "{pattern}");
        }
    }

    #[test]
    fn small_patterns_get_tables_and_large_ones_none() {
        for (pattern, tables) in [
            (r"^\d{4}-\d{2}-\d{2}$", true),
            (r"^[\p{L} .'-]{1,200}$", true),
            (r"^(?=.*[a-z])(?=.*[A-Z])(?=.*\d)(?=.*[@$!%*?&])[A-Za-z\d@$!%*?&]{8,64}$", true),
            (
                r"^[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*$",
                true,
            ),
            ("^.{1,1000}$", true),
            ("^.{1,9999}$", false),
            ("[ab]*a[ab]{20}$", false),
        ] {
            let regex = Regex::new(&pattern.replace("`{|}", "`\\{\\|\\}")).unwrap();
            assert_eq!(regex.programs.iter().all(|(_, table)| table.is_some()), tables, "{pattern}");
            assert!(regex.cost() < 300_000, "{pattern}: {}", regex.cost());
        }
    }

    #[test]
    fn steps_run_out() {
        for pattern in ["b", "(?=b)", "^.{1,9999}b"] {
            let regex = Regex::new(pattern).unwrap();
            assert_eq!(regex.is_match(&"a".repeat(1_000), &mut 900), Err(OutOfSteps), "{pattern}");
        }
    }
}
