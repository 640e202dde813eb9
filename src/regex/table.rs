//! A program as a table: what follows from each set of its states is worked out once, when the pattern is compiled.

use super::program::{
    LINE, LINE_EDGES, NEWLINE, NEWLINE_EDGES, NONE, Program, Side, WORD, WORD_ANY_CASE, WORD_ANY_CASE_EDGES, WORD_EDGES, side,
};
use super::run::{Here, Threads};
use super::set::Set;
use crate::limits;
use crate::order::sort_numbers;

/// Characters that no set of a pattern tells apart are one letter.
pub(super) struct Alphabet {
    /// The first characters of ranges that are one letter each, and these letters.
    starts: Vec<u32>,
    letters: Vec<u8>,
    ascii: Vec<u8>,
    /// A character of each letter.
    samples: Vec<u32>,
}

impl Alphabet {
    /// The alphabet of a pattern whose programs ask for these sides; none if it would be large.
    pub(super) fn new(sets: &[Set], sides: Side) -> Option<Self> {
        let mut changes = Vec::new();
        let mut set = 0;
        // Each edge of a set, with the number of the set in the lower bits.
        let mut add = |edges: &[u32]| {
            for edge in edges {
                changes.push(u64::from(*edge) << 7 | set);
            }
            set += 1;
            set <= 128 && changes.len() <= limits::PATTERN_EDGES
        };
        let asked = [(LINE, LINE_EDGES), (NEWLINE, NEWLINE_EDGES), (WORD, WORD_EDGES), (WORD_ANY_CASE, WORD_ANY_CASE_EDGES)];
        if !sets.iter().all(|set| add(set.edges())) || !asked.iter().all(|(side, edges)| sides & side == 0 || add(edges)) {
            return None;
        }
        changes.push(0x11_0000 << 7);
        sort_numbers(&mut changes);
        let mut alphabet = Self { starts: Vec::new(), letters: Vec::new(), ascii: Vec::new(), samples: Vec::new() };
        let (mut known, mut within, mut start) = (Vec::new(), 0_u128, 0);
        for change in changes {
            let point = (change >> 7) as u32;
            if point != start {
                alphabet.letter_of_sets(start, within, &mut known)?;
                start = point;
            }
            within ^= 1 << (change & 127);
        }
        alphabet.ascii = (0..128).map(|point| alphabet.find(point)).collect();
        Some(alphabet)
    }

    /// Says of the characters from one on that they are in these sets.
    fn letter_of_sets(&mut self, start: u32, within: u128, known: &mut Vec<u128>) -> Option<()> {
        let letter = known.iter().position(|sets| *sets == within).unwrap_or(known.len());
        if letter == known.len() {
            known.push(within);
            self.samples.push(start);
        }
        let letter = u8::try_from(letter).ok()?;
        if self.letters.last() != Some(&letter) {
            self.starts.push(start);
            self.letters.push(letter);
        }
        Some(())
    }

    fn find(&self, point: u32) -> u8 {
        let range = self.starts.partition_point(|start| *start <= point);
        self.letters.get(range.wrapping_sub(1)).copied().unwrap_or(0)
    }

    /// The letter of a character; of the end of the text, the one after all others.
    pub(super) fn letter(&self, next: Option<u32>) -> usize {
        let Some(point) = next else { return self.samples.len() };
        usize::from(self.ascii.get(point as usize).copied().unwrap_or_else(|| self.find(point)))
    }

    /// How many numbers it holds.
    pub(super) fn len(&self) -> usize {
        self.starts.len()
    }
}

pub(super) struct Table {
    /// For each row and column where the row begins to go on at, times two, plus one where a match ends before the letter.
    cells: Vec<u16>,
    /// Where the row begins that nothing leads out of and no match ends in.
    hopeless: usize,
}

impl Table {
    /// The table of a program; none if it would be large or take long. Counts what it took.
    pub(super) fn new(program: &Program, sets: &[Set], alphabet: &Alphabet, cost: &mut u64) -> Option<Self> {
        let mut threads = Threads::new(program);
        let table = Self::made(program, sets, alphabet, &mut threads);
        *cost += threads.steps;
        table
    }

    fn made(program: &Program, sets: &[Set], alphabet: &Alphabet, threads: &mut Threads) -> Option<Self> {
        let looks = program.looks.len();
        if looks > limits::PATTERN_TABLE_LOOKS {
            return None;
        }
        let columns = (alphabet.samples.len() + 1) << looks;
        let mut table = Self { cells: Vec::new(), hopeless: usize::MAX };
        let mut rows = Rows { keys: Vec::new(), sorted: Vec::new() };
        rows.find(&[], NONE & program.sides)?;
        let mut row = 0;
        while let Some(Key { states, behind }) = rows.keys.get(row) {
            let (states, behind) = (states.clone(), *behind);
            let mut is_hopeless = program.is_last;
            for column in 0..columns {
                threads.waiting.clear();
                threads.waiting.extend_from_slice(&states);
                let next = alphabet.samples.get(column >> looks).copied();
                let ahead = side(next);
                let holds = |look| program.looks.iter().rev().position(|known| *known == look).is_some_and(|at| column >> at & 1 == 1);
                let ends = threads.step(program, sets, &Here { behind, ahead, next, holds: &holds });
                let is_done = next.is_none() || (ends && program.is_last);
                let to = if is_done { row } else { rows.find(&threads.waiting, ahead & program.sides)? };
                table.cells.push(((to * columns) << 1 | usize::from(ends)) as u16);
                is_hopeless &= to == row && !ends;
                threads.steps += 4;
                if table.cells.len() > limits::PATTERN_CELLS || threads.steps > limits::PATTERN_TABLE_STEPS {
                    return None;
                }
            }
            if is_hopeless {
                table.hopeless = row * columns;
            }
            row += 1;
        }
        Some(table)
    }

    /// Where the row begins to go on at, and whether a match ends here.
    #[inline(always)]
    pub(super) fn step(&self, row: usize, column: usize) -> (usize, bool) {
        let cell = self.cells.get(row + column).copied().unwrap_or(0);
        (usize::from(cell >> 1), cell & 1 == 1)
    }

    pub(super) const fn is_hopeless(&self, row: usize) -> bool {
        row == self.hopeless
    }

    /// Whether a pattern without look-around matches somewhere in a text.
    pub(super) fn is_match(&self, alphabet: &Alphabet, text: &str) -> bool {
        let (mut row, mut at, bytes) = (0, 0, text.as_bytes());
        while let Some(byte) = bytes.get(at) {
            let letter = match alphabet.ascii.get(usize::from(*byte)) {
                Some(letter) => {
                    at += 1;
                    *letter
                }
                None => {
                    let Some(character) = text.get(at..).and_then(|rest| rest.chars().next()) else { break };
                    at += character.len_utf8();
                    alphabet.find(character.into())
                }
            };
            let (to, ends) = self.step(row, usize::from(letter));
            if ends || to == self.hopeless {
                return ends;
            }
            row = to;
        }
        self.step(row, alphabet.letter(None)).1
    }
}

/// States, in order, and what is behind them.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    states: Vec<u32>,
    behind: Side,
}

/// Rows, numbered as they were found.
struct Rows {
    keys: Vec<Key>,
    /// Their numbers in the order of the keys.
    sorted: Vec<u16>,
}

impl Rows {
    /// The row of some states, which may be a new one; none of very many states.
    fn find(&mut self, states: &[u32], behind: Side) -> Option<usize> {
        /// Putting them in order takes the square of this.
        const MOST: usize = 256;
        if states.len() > MOST {
            return None;
        }
        let mut key = Key { states: Vec::with_capacity(states.len()), behind };
        for state in states {
            let at = key.states.partition_point(|known| *known < *state);
            if key.states.get(at) != Some(state) {
                key.states.insert(at, *state);
            }
        }
        let at = self.sorted.partition_point(|row| self.keys.get(usize::from(*row)).is_some_and(|known| *known < key));
        if let Some(row) = self.sorted.get(at).filter(|row| self.keys.get(usize::from(**row)) == Some(&key)) {
            return Some(usize::from(*row));
        }
        let row = self.keys.len();
        self.keys.push(key);
        self.sorted.insert(at, row as u16);
        Some(row)
    }
}
