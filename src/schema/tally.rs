//! What keywords that look at every row of a long list came to, kept from one pass to the next: how many rows a subschema takes, how many faults it finds
//! in all of them, and whether two are equal. When rows change, only they are looked at again.

use super::explain::{Explainer, REMEMBERING};
use super::run::Held;
use crate::json::{Kind, NodeId, Value, hash_of_value};
use crate::order;
use crate::rows::{Asked, LONG, Places, Questions};
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
    /// What all rows come to, in order, where they are compared.
    sorted: Vec<u32>,
    /// Rows that come to the same as another one before them.
    repeated: usize,
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

    /// What is kept is taken out while rows are asked.
    fn take(&mut self, at: usize) -> Tally {
        if self.tallies.len() <= at {
            self.tallies.resize_with(at + 1, Tally::default);
        }
        self.tallies.get_mut(at).map(std::mem::take).unwrap_or_default()
    }
}

impl Tally {
    /// What a row comes to now; what it came to before.
    fn set(&mut self, row: NodeId, part: u32) -> u32 {
        let place = self.places.of(row);
        if place == self.parts.len() {
            self.parts.push(NOTHING);
        }
        self.parts.get_mut(place).map_or(NOTHING, |kept| std::mem::replace(kept, part))
    }

    /// Of all rows at once.
    fn begin(&mut self, compares: bool) {
        if compares {
            self.sorted.clone_from(&self.parts);
            order::sort_by(&mut self.sorted, Ord::cmp);
            self.repeated = self.sorted.windows(2).filter(|pair| matches!(pair, [left, right] if left == right)).count();
        } else {
            self.sum = self.parts.iter().map(|part| u64::from(*part)).sum();
        }
    }

    /// Of a row that changed.
    fn mend(&mut self, old: u32, new: u32, compares: bool) {
        if !compares {
            let counted = |part| u64::from(if part == NOTHING { 0 } else { part });
            self.sum = (self.sum + counted(new)).saturating_sub(counted(old));
            return;
        }
        if old == new {
            return;
        }
        if let Ok(at) = self.sorted.binary_search(&old) {
            self.sorted.remove(at);
            self.repeated -= usize::from(self.sorted.binary_search(&old).is_ok());
        }
        if new != NOTHING {
            let at = self.sorted.binary_search(&new);
            self.repeated += usize::from(at.is_ok());
            self.sorted.insert(at.unwrap_or_else(|at| at), new);
        }
    }
}

impl<'a> Explainer<'a> {
    /// The sum of what the rows of a list come to, of which only those that changed are asked where that is kept. `asks` is the keyword.
    pub(super) fn sum(&mut self, asks: usize, list: Value<'a>, row: &mut dyn FnMut(&mut Self, Value<'a>) -> Held<u32>) -> Held<u64> {
        if let Some(store) = self.tallies.filter(|_| is_long(list))
            && let Some(answer) = self.tally(store, asks, list, false, row)?
        {
            return Ok(answer.sum);
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
        let answer = self.tally(store, asks, list, true, &mut |this, item| {
            this.budget.spend(item.size() as u64 * 8)?;
            Ok(hash_of_value(item))
        })?;
        Ok(answer.is_some_and(|answer| answer.repeated == 0))
    }

    fn tally(
        &mut self,
        store: &RefCell<Tallies>,
        asks: usize,
        list: Value<'a>,
        compares: bool,
        row: &mut dyn FnMut(&mut Self, Value<'a>) -> Held<u32>,
    ) -> Held<Option<Answer>> {
        let mut row = |this: &mut Self, item| {
            #[cfg(test)]
            crate::rows::tests::ASKED.set(crate::rows::tests::ASKED.get() + 1);
            Ok(row(this, item)?.min(NOTHING - 1))
        };
        // It is taken out while rows are asked, and put back when all are.
        let asked = store.borrow_mut().questions.open(asks, list.id(), list.len());
        let (at, mut tally, told) = match asked {
            None => return Ok(None),
            Some(Asked::First(at)) => {
                drop(store.borrow_mut().take(at));
                let mut tally = Tally::default();
                tally.parts.reserve(list.len());
                let told = list.items().try_for_each(|item| {
                    self.budget.spend(REMEMBERING)?;
                    tally.set(item.id(), row(self, item)?);
                    Ok(())
                });
                tally.begin(compares);
                (at, tally, told)
            }
            Some(Asked::Again(at, rows)) => {
                let mut tally = store.borrow_mut().take(at);
                let told = rows.into_iter().try_for_each(|(id, is_there)| {
                    let new = if is_there { row(self, list.beside(id))? } else { NOTHING };
                    let old = tally.set(id, new);
                    tally.mend(old, new, compares);
                    Ok(())
                });
                (at, tally, told)
            }
        };
        let answer = Answer { sum: tally.sum, repeated: tally.repeated };
        let mut tallies = store.borrow_mut();
        match told {
            Ok(()) => tallies.tallies.get_mut(at).into_iter().for_each(|room| *room = std::mem::take(&mut tally)),
            Err(_) => tallies.questions.give_up(at, false),
        }
        told.map(|()| Some(answer))
    }
}

fn is_long(list: Value<'_>) -> bool {
    list.kind() == Kind::Array && list.len() >= LONG
}

struct Answer {
    sum: u64,
    repeated: usize,
}
