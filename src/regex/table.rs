//! A program as a table: what follows from each set of its states is worked out once, when the pattern is compiled.

use super::program::{LINE, LINE_EDGES, NONE, Program, Side, WORD, WORD_ANY_CASE, WORD_ANY_CASE_EDGES, WORD_EDGES, side};
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
        let asked = [(LINE, LINE_EDGES), (WORD, WORD_EDGES), (WORD_ANY_CASE, WORD_ANY_CASE_EDGES)];
        let asked = asked.iter().filter(|(side, _)| sides & side != 0).map(|(_, edges)| *edges);
        // Each edge of a set, with the number of the set in the lower bits.
        let mut changes = Vec::new();
        for (set, edges) in sets.iter().map(Set::edges).chain(asked).enumerate() {
            if set > 127 || changes.len() + edges.len() > limits::PATTERN_EDGES {
                return None;
            }
            changes.extend(edges.iter().map(|edge| u64::from(*edge) << 7 | set as u64));
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

/// Words of bits for the states of a program that is to have a table, and one for what is behind.
const WORDS: usize = 9;
type Key = [u64; WORDS];

pub(super) struct Table {
    columns: usize,
    /// For each row and column the row to go on at, times two, plus one where a match ends before the letter.
    cells: Vec<u16>,
    /// The row that nothing leads out of and no match ends in.
    hopeless: usize,
}

impl Table {
    /// The table of a program; none if it would be large or take long. Counts what it took.
    pub(super) fn new(program: &Program, sets: &[Set], alphabet: &Alphabet, cost: &mut u64) -> Option<Self> {
        let looks = program.looks.len();
        if program.states.len() > 64 * (WORDS - 1) || looks > limits::PATTERN_TABLE_LOOKS {
            return None;
        }
        let columns = (alphabet.samples.len() + 1) << looks;
        let mut rows = Rows { keys: Vec::new(), sorted: Vec::new() };
        rows.find(&[], NONE & program.sides);
        let (mut threads, mut cells, mut row) = (Threads::new(program), Vec::new(), 0);
        while let Some(key) = rows.keys.get(row).copied() {
            row += 1;
            for column in 0..columns {
                threads.waiting.clear();
                threads.waiting.extend((0..program.states.len() as u32).filter(|state| bit(&key, *state)));
                let next = alphabet.samples.get(column >> looks).copied();
                let ahead = side(next);
                let holds = |look| program.looks.iter().rev().position(|known| *known == look).is_some_and(|at| column >> at & 1 == 1);
                let here = Here { behind: key.last().map_or(0, |side| *side as Side), ahead, next, holds: &holds };
                let ends = threads.step(program, sets, &here);
                let is_done = next.is_none() || (ends && program.is_last);
                let to = if is_done { 0 } else { rows.find(&threads.waiting, ahead & program.sides) };
                cells.push(to << 1 | u16::from(ends));
                *cost += program.states.len() as u64 / 16 + WORDS as u64;
                if cells.len() > limits::PATTERN_CELLS || threads.steps > limits::PATTERN_TABLE_STEPS {
                    *cost += threads.steps;
                    return None;
                }
            }
        }
        *cost += threads.steps;
        let mut table = Self { columns, cells, hopeless: usize::MAX };
        let ends = columns - (1 << looks);
        let is_hopeless =
            |row: &usize| (0..columns).all(|column| table.step(*row, column) == (if column < ends { *row } else { 0 }, false));
        if program.is_last {
            table.hopeless = (0..row).find(is_hopeless).unwrap_or(usize::MAX);
        }
        Some(table)
    }

    /// Where to go on, and whether a match ends here.
    pub(super) fn step(&self, row: usize, column: usize) -> (usize, bool) {
        let cell = self.cells.get(row * self.columns + column).copied().unwrap_or(0);
        (usize::from(cell >> 1), cell & 1 == 1)
    }

    pub(super) const fn is_hopeless(&self, row: usize) -> bool {
        row == self.hopeless
    }
}

fn bit(key: &Key, state: u32) -> bool {
    key.get(state as usize / 64).is_some_and(|word| word >> (state % 64) & 1 == 1)
}

/// Sets of states with what is behind them, numbered as they were found.
struct Rows {
    keys: Vec<Key>,
    /// The numbers in the order of the keys.
    sorted: Vec<u16>,
}

impl Rows {
    fn find(&mut self, states: &[u32], behind: Side) -> u16 {
        let mut key = [0; WORDS];
        for state in states {
            key.get_mut(*state as usize / 64).into_iter().for_each(|word| *word |= 1 << (state % 64));
        }
        key.last_mut().into_iter().for_each(|word| *word = behind.into());
        let at = self.sorted.partition_point(|row| self.keys.get(usize::from(*row)).is_some_and(|known| *known < key));
        if let Some(row) = self.sorted.get(at).filter(|row| self.keys.get(usize::from(**row)) == Some(&key)) {
            return *row;
        }
        let row = self.keys.len() as u16;
        self.keys.push(key);
        self.sorted.insert(at, row);
        row
    }
}
