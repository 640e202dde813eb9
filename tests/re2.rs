//! Patterns of RE2's syntax match what RE2 says they match, and are refused where it refuses them, but for what is listed here.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a pattern that cannot be judged has failed")]

#[path = "support/judges.rs"]
mod judges;

use hoso::regex::{PatternProblem, Regex};
use serde_json::json;
use std::collections::BTreeMap;

const PATTERNS: usize = 12_000;
const BROKEN: usize = 12_000;
const TEXTS: usize = 12;

struct Case {
    pattern: String,
    texts: Vec<String>,
}

/// What the two say of a pattern: why ours refuses it, and the texts that it matches.
struct Said<'a> {
    case: &'a Case,
    refused: Option<PatternProblem>,
    ours: &'a str,
    theirs: &'a str,
}

impl Said<'_> {
    fn holds(&self, names: &[&str]) -> bool {
        names.iter().any(|name| self.case.pattern.contains(name))
    }
}

type Difference = (&'static str, fn(&Said<'_>) -> bool);

/// Where the two may differ, each with its reason. Each must still occur.
const DIFFERENCES: [Difference; 8] = [
    // A byte is no character, so RE2's `\C` may match a part of one.
    ("byte", |said| said.refused == Some(PatternProblem::Escape) && said.holds(&[r"\C"])),
    // RE2's C++ finds `\B` between the bytes of a character, Go's port does not.
    ("within a character", |said| {
        let within = |(text, (ours, theirs)): (&String, (u8, u8))| ours == theirs || (!text.is_ascii() && theirs == b'1');
        said.holds(&[r"\B"]) && said.case.texts.iter().zip(said.ours.bytes().zip(said.theirs.bytes())).all(within)
    }),
    // RE2's C++ reads a count of nine digits or more as characters, Go's port refuses it like every one above 1,000; so does hoso.
    ("huge count", |said| {
        said.refused == Some(PatternProblem::CountTooLarge)
            && said.case.pattern.split(|letter: char| !letter.is_ascii_digit()).any(|digits| digits.len() >= 9)
    }),
    // `[[:a]b:]`: RE2 looks for `:]` behind all that follows; hoso takes letters alone for a name, so it need not look far.
    ("no name of a class", |said| said.refused.is_none() && said.theirs.starts_with("refused: invalid character class range: [:")),
    // Names that Unicode gives to values of properties and RE2 has not. Go takes those of categories since 1.25.
    ("name of a property", |said| {
        said.refused.is_none() && said.theirs.contains("range: \\") && said.holds(&["Letter}", "LC}", "Grek}", "Cn}"])
    }),
    // UAX #44 counts code points that are not assigned to C, RE2's table does not.
    ("not assigned", |said| said.refused.is_none() && said.holds(&[r"\pC", r"\PC", r"\p{C}", r"\P{C}", r"\p{^C}"])),
    // hoso bounds how deep groups are nested and how many states there are.
    ("limit", |said| matches!(said.refused, Some(PatternProblem::TooManyStates | PatternProblem::TooDeep))),
    // Unicode's `ID_Continue` has a few characters more than the categories of which RE2 takes names of groups.
    ("name of a group", |said| said.refused.is_none() && said.holds(&["\u{b7}"])),
];

#[test]
fn patterns_are_those_of_re2() {
    let mut chance = Chance(0x1234_5678_9abc_def1);
    let mut cases: Vec<Case> = (0..PATTERNS).map(|_| chance.case()).collect();
    cases.extend((0..BROKEN).map(|_| chance.broken()));
    cases.push(Case { pattern: r"\pC".to_owned(), texts: vec!["\u{378}".to_owned()] });
    cases.push(Case { pattern: "(?:".repeat(65) + &")".repeat(65), texts: Vec::new() });
    let (mut matched, mut not, mut refused, mut wrong) = (0, 0, 0, Vec::new());
    let mut listed = BTreeMap::new();
    for (case, answer) in cases.iter().zip(re2(&cases)) {
        let ours = Regex::re2(&case.pattern);
        let found = ours.as_ref().map(|regex| matches(regex, case)).unwrap_or_default();
        let said = Said { case, refused: ours.as_ref().err().map(|error| error.problem), ours: &found, theirs: &answer };
        if ours.is_err() == answer.starts_with("refused") && (ours.is_err() || found == answer) {
            refused += usize::from(ours.is_err());
            matched += found.matches('1').count();
            not += found.matches('0').count();
        } else if let Some((name, _)) = DIFFERENCES.iter().find(|(_, is_such)| is_such(&said)) {
            *listed.entry(*name).or_insert(0) += 1;
        } else {
            wrong.push(format!("{:?} in {:?}: RE2 says {answer}, ours {:?} {found}", case.pattern, case.texts, ours.err()));
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), cases.len(), wrong[..wrong.len().min(40)].join("\n"));
    println!("RE2: {} patterns, {matched} matches, {not} none, {refused} refused by both; differences {listed:?}", cases.len());
    assert_eq!(listed.len(), DIFFERENCES.len(), "only these differences still occur: {listed:?}");
    assert!(matched > 50_000 && not > 50_000 && refused > 4_000, "{matched} matches, {not} none, {refused} refused");
}

/// Every character of some planes against classes, with and without `i`, but those that came into Unicode after RE2's tables were made.
#[test]
fn classes_hold_the_characters_that_re2s_hold() {
    let every: String =
        ('\0'..='\u{2fff}').chain('\u{a640}'..='\u{abff}').chain('\u{fb00}'..='\u{ffff}').chain('\u{10400}'..='\u{107ff}').collect();
    let known = &re2_of_each(&[r"[\pL\pM\pN\pP\pS\pZ\pC]".to_owned()], &every)[0];
    let new: String = every.chars().zip(known.bytes()).filter(|(_, known)| *known == b'0').map(|(letter, _)| letter).collect();
    let new = ranges(&new);
    // What folds to one of them is new as well.
    let is_new = Regex::re2(&format!("(?i)[{new}]")).unwrap();
    let old: String = every.chars().filter(|letter| !is_new.is_match(&letter.to_string(), &mut 1_000).unwrap()).collect();
    let patterns: Vec<String> = CLASSES.iter().flat_map(|class| [(*class).to_owned(), format!("(?i){class}")]).collect();
    let mut wrong = Vec::new();
    for (pattern, answer) in patterns.iter().zip(re2_of_each(&patterns, &old)) {
        let regex = Regex::re2(pattern).unwrap();
        let differs =
            |(letter, theirs): (char, u8)| (regex.is_match(&letter.to_string(), &mut 1_000).unwrap() != (theirs == b'1')).then_some(letter);
        let differing: String = old.chars().zip(answer.bytes()).filter_map(differs).collect();
        if !differing.is_empty() {
            wrong.push(format!("{pattern}: {} {:?}", differing.chars().count(), differing.chars().take(20).collect::<String>()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(old.chars().count() > 12_000, "{}", old.chars().count());
}

/// Characters in order as ranges of a class.
fn ranges(letters: &str) -> String {
    let mut ranges: Vec<(u32, u32)> = Vec::new();
    for letter in letters.chars().map(u32::from) {
        match ranges.last_mut() {
            Some((_, last)) if *last + 1 == letter => *last = letter,
            _ => ranges.push((letter, letter)),
        }
    }
    ranges.iter().filter_map(|(first, last)| Some(format!("{}-{}", char::from_u32(*first)?, char::from_u32(*last)?))).collect()
}

fn matches(regex: &Regex, case: &Case) -> String {
    case.texts.iter().map(|text| if regex.is_match(text, &mut u64::MAX.clone()).unwrap() { '1' } else { '0' }).collect()
}

fn re2(cases: &[Case]) -> Vec<String> {
    asked(cases.iter().map(|case| json!({"pattern": case.pattern, "texts": case.texts})).collect())
}

/// What RE2 says of each character of a text.
fn re2_of_each(patterns: &[String], text: &str) -> Vec<String> {
    asked(patterns.iter().map(|pattern| json!({"pattern": pattern, "texts": text})).collect())
}

fn asked(questions: Vec<serde_json::Value>) -> Vec<String> {
    let lines = questions.iter().map(|question| format!("{question}\n")).collect();
    let answers = judges::answers(judges::python("patterns-re2.py"), lines);
    assert_eq!(answers.len(), questions.len());
    answers
}

/// Splitmix64: the same cases in every run.
struct Chance(u64);

const CLASSES: &[&str] = &[
    r"\d",
    r"\D",
    r"\s",
    r"\S",
    r"\w",
    r"\W",
    ".",
    r"\b",
    r"\B",
    "[[:alpha:]]",
    "[[:upper:]]",
    "[[:^upper:]]",
    "[[:word:]]",
    "[^[:lower:]]",
    "[[:space:]]",
    "[[:blank:]]",
    "[[:cntrl:]]",
    "[[:punct:]]",
    "[[:graph:]]",
    "[[:print:]]",
    "[[:xdigit:]]",
    "[[:alnum:]]",
    "[[:ascii:]]",
    r"\pZ",
    r"\p{Zs}",
    r"\p{Greek}",
    r"\P{Greek}",
    r"\p{^Greek}",
    r"\pN",
    r"[\PL]",
    r"[^\p{^Lu}]",
    "[a-z]",
    "[^k]",
    "[s-t]",
    "[à-ê]",
    "ß",
    "σ",
    "ǆ",
    "i",
    r"[\x{100}-\x{17f}]",
    r"[\x{2100}-\x{2200}]",
    r"[\x{13a0}-\x{13ff}]",
    r"[^\x{10400}-\x{10427}]",
];
const ATOMS: &[&str] = &[
    "a",
    "b",
    "a",
    "b",
    "a",
    "b",
    "A",
    "B",
    "1",
    "_",
    "-",
    " ",
    "k",
    "\u{212a}",
    "s",
    "ſ",
    "ß",
    "ẞ",
    "ê",
    "Ê",
    "σ",
    "ς",
    "😀",
    r"\.",
    r"\-",
    r"\_",
    r"\ ",
    r"\a",
    r"\n",
    r"\t",
    r"\v",
    r"\x41",
    r"\x{1F600}",
    r"\x{e}",
    r"\101",
    r"\60",
    r"\0",
    r"\012",
    "}",
    "]",
    "{",
    "{a}",
    "{,2}",
    "a{01}",
    ",",
    ".",
    ".",
    ".",
    r"\d",
    r"\D",
    r"\s",
    r"\S",
    r"\w",
    r"\W",
    r"\pL",
    r"\PL",
    r"\p{Lu}",
    r"\P{Lu}",
    r"\p{^Lu}",
    r"\P{^Lu}",
    r"\p{Greek}",
    r"\p{Any}",
    r"\pN",
    r"\Qa.b\E",
    r"\Q\E",
    r"\Q*\E",
    "[[:alpha:]]",
    "[[:^alpha:]]",
    "[[:upper:]]",
    "[[:^upper:]]",
    "[[:space:][:punct:]]",
    "[[:^word:]]",
    "[[:digit:]_]",
    "[a-z]",
    "[^a-z]",
    "[A-Z_]",
    "[^k]",
    "[]a]",
    "[^]a]",
    "[a-]",
    "[-a]",
    "[a-b-c]",
    "[--a]",
    r"[\d-z]",
    r"[\n-\x{212a}]",
    "[[a]",
    "[[:]",
    "[[:al]",
    "[à-ê]",
    r"[\pL\d]",
    r"[^\PL]",
    r"[^\n]",
    "[.*]",
    r"[\]\\]",
    r"[\101-\x62]",
    "^",
    "$",
    r"\A",
    r"\z",
    r"\b",
    r"\B",
    "^",
    "$",
    r"\b",
];
const OPENINGS: &[&str] = &[
    "(",
    "(",
    "(?:",
    "(?:",
    "(?i:",
    "(?s:",
    "(?m:",
    "(?im-s:",
    "(?-i:",
    "(?U:",
    "(?i-i:",
    "(?ii:",
    "(?P<n>",
    "(?<n>",
    "(?P<1ê_>",
    "(?-s:",
];
const FLAGS: &[&str] = &["(?i)", "(?s)", "(?m)", "(?-i)", "(?im)", "(?U)", "(?s-m)", "(?)", "(?ms)"];
const COUNTS: &[&str] = &["*", "+", "?", "*?", "+?", "??", "{2}", "{1,}", "{0,2}", "{1,2}?", "{0}", "{3,3}"];
const TEXT: &[char] = &[
    'a', 'b', 'a', 'b', 'a', 'b', 'A', 'B', '1', '_', '-', ' ', '\n', '\n', '.', 'k', '\u{212a}', 's', 'ſ', 'ß', 'ẞ', 'ê', 'Ê', 'σ', 'ς',
    'Σ', '😀', '\t', '\u{b}', '\0', '{', '}', ']', '[', ',', '*', '\u{2028}', '\r', '2', '0', '\u{e}', 'c', 'z', '\u{378}', ':', 'l',
];
const PIECES: &[&str] = &[
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "*",
    "+",
    "?",
    "|",
    "\\",
    "^",
    "$",
    "-",
    "/",
    ",",
    "0",
    "1",
    "2",
    "<",
    ">",
    "=",
    "!",
    ":",
    "x",
    "u",
    "c",
    "k",
    "p",
    "P",
    "i",
    "{2}",
    "{2,1}",
    "{1,",
    "{,2}",
    "(?",
    "(?<",
    "(?<n>",
    "(?<n>a)",
    "(?P<n>a)",
    "(?P=n)",
    "(?P>n)",
    "(?P<=a)",
    "(?>a)",
    "(?#a)",
    "(?=a)",
    "(?!a)",
    "(?<=a)",
    "(?<!a)",
    r"\k<n>",
    r"\k",
    r"\1",
    r"\2",
    r"\8",
    r"\0",
    r"\01",
    r"\18",
    r"\777",
    r"\cA",
    r"\x4",
    r"\x{",
    r"\x{}",
    r"\x{110000}",
    r"\x{0000061}",
    r"\u0061",
    r"\C",
    r"\G",
    r"\Z",
    r"\E",
    r"\Q",
    r"\e",
    r"\é",
    "[z-a]",
    r"[a-\w]",
    r"[\b]",
    r"[\A]",
    r"[\1]",
    r"[\Qa\E]",
    r"\p{",
    r"\p{L",
    r"\p{Foo}",
    r"\p{Letter}",
    r"\p{LC}",
    r"\p{Grek}",
    r"\p{Cn}",
    r"\pC",
    r"\p{C}",
    r"\p{^}",
    r"\p",
    r"\pé",
    "[[:foo:]]",
    "[[:Alpha:]]",
    "[[:^foo:]]",
    "[[:a]b:]",
    "[!-[:alpha:]]",
    "[a-[:alpha:]]",
    "[[:alpha:]-z]",
    "(?i-:",
    "(?-:",
    "(?-)",
    "(?i-)",
    "(?--i)",
    "(?i",
    "(?m-s-i:",
    "(?x:",
    "(?i:",
    "(?i)",
    "(?<1>",
    "(?<>",
    "(?P<a$>b)",
    "(?<a-b>",
    "(?P<ê>",
    "(?P<a\u{b7}>b)",
    "a**",
    "a*?+",
    "a{2}{3}",
    "a{1000}",
    "a{1001}",
    "a{1001,}",
    "a{99999999999}",
    "(a{40}){40}",
    "(?:a{30,}){40}",
    "(?:(?:.{9}){9}){9}",
    "(a*(?i)*)",
    "a(?s)+",
    r"\Qa\E*",
    "(?i)*",
    "|*",
    "(*a)",
    "(?:[ab]{100}){10}",
    "(?:.{1,500}){2}",
];

impl Chance {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % most as u64) as usize
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }

    fn case(&mut self) -> Case {
        let mut pattern = String::new();
        let depth = self.below(3);
        self.choices(depth, &mut pattern);
        if self.below(4) == 0 {
            pattern = format!("^(?:{pattern})$");
        }
        let texts = (0..TEXTS).map(|_| self.text()).collect();
        Case { pattern, texts }
    }

    fn choices(&mut self, depth: usize, pattern: &mut String) {
        for at in 0..self.pick(&[1, 1, 1, 2, 2, 3]) {
            if at > 0 {
                pattern.push('|');
            }
            for _ in 0..self.pick(&[0, 1, 1, 2, 2, 3, 4]) {
                self.term(depth, pattern);
            }
        }
    }

    fn term(&mut self, depth: usize, pattern: &mut String) {
        match self.below(if depth == 0 { 10 } else { 14 }) {
            0 => *pattern += self.pick(FLAGS),
            1..10 => *pattern += self.pick(ATOMS),
            _ => {
                *pattern += self.pick(OPENINGS);
                self.choices(depth - 1, pattern);
                pattern.push(')');
            }
        }
        if self.below(3) == 0 {
            *pattern += self.pick(COUNTS);
        }
    }

    fn text(&mut self) -> String {
        (0..self.below(6)).map(|_| self.pick(TEXT)).collect()
    }

    /// A pattern of which some characters were changed.
    fn broken(&mut self) -> Case {
        let Case { pattern, texts } = self.case();
        let mut letters: Vec<char> = pattern.chars().collect();
        for _ in 0..=self.below(2) {
            let at = self.below(letters.len() + 1);
            let cut = self.below(3).min(letters.len() - at);
            letters.splice(at..at + cut, self.pick(PIECES).chars());
        }
        Case { pattern: letters.into_iter().collect(), texts: texts.into_iter().take(4).collect() }
    }
}
