//! A program over a text: all states that the text can lead to, at one place after the other.

use super::program::{NONE, Op, Program, Side, side};
use super::set::Set;
use super::table::{Alphabet, Table};
use super::{OutOfSteps, Places};

/// A place between two characters, as a program comes to it.
pub(super) struct Here<'a> {
    pub(super) behind: Side,
    pub(super) ahead: Side,
    /// The character ahead.
    pub(super) next: Option<u32>,
    /// Whether a look-around holds.
    pub(super) holds: &'a dyn Fn(usize) -> bool,
}

/// The states of a program between two characters.
pub(super) struct Threads {
    /// Where to go on.
    pub(super) waiting: Vec<u32>,
    /// Where to go on after the next character.
    after: Vec<u32>,
    /// For each state the number of the last place where it was visited.
    visited: Vec<u32>,
    places: u32,
    /// States visited so far.
    pub(super) steps: u64,
}

impl Threads {
    pub(super) fn new(program: &Program) -> Self {
        Self { waiting: Vec::new(), after: Vec::new(), visited: vec![0; program.states.len()], places: 0, steps: 0 }
    }

    /// Goes over the next character with every state, and with the first, for a match may start anywhere.
    /// Whether a match ends here.
    pub(super) fn step(&mut self, program: &Program, sets: &[Set], here: &Here<'_>) -> bool {
        self.places = self.places.wrapping_add(1);
        self.waiting.push(program.start);
        let mut ends = false;
        while let Some(at) = self.waiting.pop() {
            let (Some(state), Some(visited)) = (program.states.get(at as usize), self.visited.get_mut(at as usize)) else { continue };
            if std::mem::replace(visited, self.places) == self.places {
                continue;
            }
            self.steps += 1;
            let goes_on = match state.op {
                Op::End => {
                    ends = true;
                    false
                }
                Op::One(set) => {
                    if here.next.is_some_and(|point| sets.get(set).is_some_and(|set| set.contains(point))) {
                        self.after.push(state.next);
                    }
                    false
                }
                Op::Split(other) => {
                    self.waiting.push(other);
                    true
                }
                Op::Behind(side) => here.behind & side != 0,
                Op::Ahead(side) => here.ahead & side != 0,
                Op::Boundary(side, negative) => ((here.behind & side != 0) == (here.ahead & side != 0)) == negative,
                Op::Look(look, negative) => (here.holds)(look) != negative,
            };
            if goes_on {
                self.waiting.push(state.next);
            }
        }
        std::mem::swap(&mut self.waiting, &mut self.after);
        ends
    }
}

/// The characters of a text in the direction of a program, each with the place before it; at last the place after all.
struct Letters<'t> {
    rest: std::str::Chars<'t>,
    len: usize,
    backward: bool,
}

impl Letters<'_> {
    fn next(&mut self) -> (usize, Option<u32>) {
        let rest = self.rest.as_str().len();
        let (place, next) = if self.backward { (rest, self.rest.next_back()) } else { (self.len - rest, self.rest.next()) };
        (place, next.map(u32::from))
    }
}

/// Gives the places of a text, in bytes, where a match of the program ends; of the pattern itself the first alone, as 0.
pub(super) fn places(
    program: &Program,
    table: Option<(&Table, &Alphabet)>,
    sets: &[Set],
    text: &str,
    looks: &[Places],
    steps: &mut u64,
) -> Result<Places, OutOfSteps> {
    let mut letters = Letters { rest: text.chars(), len: text.len(), backward: program.backward };
    let mut threads = Threads::new(program);
    let mut places = Places::new(if program.is_last { 0 } else { text.len() });
    let (mut behind, mut row) = (NONE, 0);
    spend(steps, text.len() as u64 + 1)?;
    loop {
        let (place, next) = letters.next();
        let holds = |look: usize| looks.get(look).is_some_and(|places| places.hold(place));
        let ends = if let Some((table, alphabet)) = table {
            let looks = program.looks.iter().fold(alphabet.letter(next), |column, look| column * 2 + usize::from(holds(*look)));
            let (to, ends) = table.step(row, looks);
            row = to;
            ends
        } else {
            let ahead = side(next);
            let ends = threads.step(program, sets, &Here { behind, ahead, next, holds: &holds });
            spend(steps, std::mem::take(&mut threads.steps))?;
            behind = ahead;
            ends
        };
        if ends {
            places.add(if program.is_last { 0 } else { place });
        }
        if next.is_none() || (ends && program.is_last) || table.is_some_and(|(table, _)| table.is_hopeless(row)) {
            return Ok(places);
        }
    }
}

pub(super) fn spend(steps: &mut u64, count: u64) -> Result<(), OutOfSteps> {
    *steps = steps.checked_sub(count).ok_or(OutOfSteps)?;
    Ok(())
}
