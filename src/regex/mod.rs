//! Patterns: ECMA-262 (2025) 22.2, with the flag `u`, for the question whether a text holds a match.
//!
//! Time is linear in pattern × text, whatever they are: nothing is tried and taken back. Look-around is read off passes of its own.
//! Back-references alone are refused.

mod error;
mod escape;
mod program;
mod run;
mod set;
mod syntax;
mod table;
mod tree;

pub use error::{OutOfSteps, PatternError, PatternProblem};

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
        let tree = syntax::parse(pattern)?;
        let mut cost = tree.states();
        if cost > limits::PATTERN_STATES {
            return Err(PatternError { problem: PatternProblem::TooManyStates, character: 1, written: String::new() });
        }
        let programs = program::programs(&tree);
        let sides = programs.iter().fold(0, |sides, program| sides | program.sides);
        let alphabet = Alphabet::new(&tree.sets, sides);
        cost += alphabet.as_ref().map_or(0, |alphabet| alphabet.len() as u64);
        let mut sets = tree.sets;
        let mut all = Vec::new();
        let mut is_all_tables = true;
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
        Ok(Self { programs: all, alphabet, sets, cost })
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
        let mut found: Vec<Places> = Vec::new();
        for (program, table) in &self.programs {
            let places = match (table, &self.alphabet) {
                (Some(table), Some(alphabet)) => run::places_by_table(program, table, alphabet, text, &found, steps),
                _ => run::places(program, &self.sets, text, &found, steps),
            };
            found.push(places?);
        }
        Ok(found.last().is_some_and(|places| places.hold(0)))
    }
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
