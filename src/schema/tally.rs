//! What keywords that look at every row of a long list came to, kept from one pass to the next: how many rows a subschema takes, how many faults it finds
//! in all of them, and whether two are equal. When rows change, only they are looked at again.

use super::explain::Explainer;
use super::run::Held;
use crate::json::{Kind, NodeId, Value, hash_of_value};
use crate::pairs::Pairs;
use crate::rows::{LONG, Places, Questions};
use std::cell::RefCell;

/// What is kept.
#[derive(Default)]
pub(super) struct Tallies {
    questions: Questions,
    /// By the number of each question.
    tallies: Vec<Tally>,
}

/// What one keyword comes to over one list.
#[derive(Default)]
struct Tally {
    places: Places,
    /// What each row comes to.
    parts: Vec<u32>,
    sum: u64,
    /// How many rows come to a number, where that is counted.
    alike: Pairs,
    /// Rows that come to the same as an earlier one.
    repeated: u64,
}

/// What a row that is gone comes to, and one that is not there yet.
const NOTHING: u32 = u32::MAX;

impl Tallies {
    /// A row changed or came, or went.
    pub(super) fn touch(&mut self, list: NodeId, row: NodeId, is_there: bool) {
        self.questions.touch(list, row, is_there);
    }

    /// A list is no more, or another one.
    pub(super) fn forget(&mut self, list: NodeId) {
        self.questions.forget(list);
    }

    pub(super) fn forget_all(&mut self) {
        *self = Self::default();
    }

    /// The number of a question, and the rows to ask where it was asked before; then what was kept is taken out.
    fn open(&mut self, asks: usize, list: NodeId) -> (usize, Option<Vec<(NodeId, bool)>>, Tally) {
        let known = self.questions.find(asks, list);
        let at = known.unwrap_or_else(|| self.questions.add(asks, list));
        if self.tallies.len() <= at {
            self.tallies.resize_with(at + 1, Tally::default);
        }
        let tally = self.tallies.get_mut(at).map(std::mem::take).unwrap_or_default();
        match known {
            Some(_) => (at, Some(self.questions.to_ask(at)), tally),
            None => (at, None, Tally::default()),
        }
    }
}

impl Tally {
    fn set(&mut self, row: NodeId, part: u32, compares: bool) {
        let place = self.places.of(row);
        if place == self.parts.len() {
            self.parts.push(NOTHING);
        }
        let Some(kept) = self.parts.get_mut(place) else { return };
        let old = std::mem::replace(kept, part);
        if old == part {
            return;
        }
        for (part, comes) in [(old, false), (part, true)] {
            if part == NOTHING {
                continue;
            }
            if compares {
                let alike = self.alike.get((0, part)).unwrap_or(0);
                self.alike.insert((0, part), if comes { alike + 1 } else { alike.saturating_sub(1) });
                // Of those that are alike all but one repeat another.
                let repeats = u64::from(if comes { alike > 0 } else { alike > 1 });
                self.repeated = if comes { self.repeated + repeats } else { self.repeated.saturating_sub(repeats) };
            } else {
                let part = u64::from(part);
                self.sum = if comes { self.sum + part } else { self.sum.saturating_sub(part) };
            }
        }
    }
}

impl<'a> Explainer<'a> {
    /// The sum of what the rows of a list come to, of which only those that changed are asked where that is kept. `asks` is the keyword.
    pub(super) fn sum(&mut self, asks: usize, list: Value<'a>, row: &mut dyn FnMut(&mut Self, Value<'a>) -> Held<u32>) -> Held<u64> {
        if let Some(store) = self.tallies.filter(|_| is_long(list)) {
            return Ok(self.tally(store, asks, list, false, row)?.sum);
        }
        let mut sum = 0;
        for item in list.items() {
            sum += u64::from(row(self, item)?);
        }
        Ok(sum)
    }

    /// Whether it is known that no two rows of a list are equal.
    pub(super) fn all_differ(&mut self, asks: usize, list: Value<'a>) -> Held<bool> {
        let Some(store) = self.tallies.filter(|_| is_long(list)) else { return Ok(false) };
        Ok(self.tally(store, asks, list, true, &mut |_, item| Ok(hash_of_value(item)))?.repeated == 0)
    }

    fn tally(
        &mut self,
        store: &RefCell<Tallies>,
        asks: usize,
        list: Value<'a>,
        compares: bool,
        row: &mut dyn FnMut(&mut Self, Value<'a>) -> Held<u32>,
    ) -> Held<Answer> {
        let mut row = |this: &mut Self, item| {
            #[cfg(test)]
            crate::rows::tests::ASKED.set(crate::rows::tests::ASKED.get() + 1);
            Ok(row(this, item)?.min(NOTHING - 1))
        };
        // It is taken out while rows are asked, and put back when all are.
        let (at, to_ask, mut tally) = store.borrow_mut().open(asks, list.id());
        let told = match to_ask {
            None => list.items().try_for_each(|item| {
                tally.set(item.id(), row(self, item)?, compares);
                Ok(())
            }),
            Some(rows) => rows.into_iter().try_for_each(|(id, is_there)| {
                tally.set(id, if is_there { row(self, list.beside(id))? } else { NOTHING }, compares);
                Ok(())
            }),
        };
        let answer = Answer { sum: tally.sum, repeated: tally.repeated };
        let mut tallies = store.borrow_mut();
        match told {
            Ok(()) => tallies.tallies.get_mut(at).into_iter().for_each(|room| *room = std::mem::take(&mut tally)),
            Err(_) => tallies.questions.drop(at),
        }
        told.map(|()| answer)
    }
}

fn is_long(list: Value<'_>) -> bool {
    list.kind() == Kind::Array && list.len() >= LONG
}

struct Answer {
    sum: u64,
    repeated: u64,
}
