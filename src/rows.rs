//! Of which rows of long lists something is remembered, from one question about a list to the next. Whoever edits a list says which rows it touched.

use crate::json::NodeId;
use crate::pairs::Pairs;

/// Lists of fewer rows are gone over. Where mistakes are looked for there are hardly any of those: most that tests make by chance are short.
pub(crate) const LONG: usize = if cfg!(debug_assertions) { 2 } else { 16 };

/// Rows that may have changed before they are asked; where more did, all are asked again. So what nobody asks for any more is not kept for ever.
const TOUCHED: usize = 64;

/// No question follows.
const NONE: u32 = u32::MAX - 1;

/// The questions of which something is remembered, each with a number that it keeps.
#[derive(Default)]
pub(crate) struct Questions {
    asked: Vec<Question>,
    /// By list its first question.
    first: Pairs,
    /// Numbers that are free.
    free: Vec<u32>,
}

struct Question {
    /// The place in memory of what asks, where it stays as long as its schema.
    asks: usize,
    list: NodeId,
    /// Another question about the same list.
    next: u32,
    /// Rows that changed, came or went since, each with whether it is there.
    touched: Vec<(NodeId, bool)>,
}

impl Questions {
    /// The number of what is asked of a list, if anything is remembered of it.
    pub(crate) fn find(&self, asks: usize, list: NodeId) -> Option<usize> {
        let mut at = self.first(list);
        while let Some(question) = self.asked.get(at as usize) {
            if question.asks == asks {
                return Some(at as usize);
            }
            at = question.next;
        }
        None
    }

    /// Gives a number to what is asked of a list.
    pub(crate) fn add(&mut self, asks: usize, list: NodeId) -> usize {
        let question = Question { asks, list, next: self.first(list), touched: Vec::new() };
        let at = self.free.pop().unwrap_or(self.asked.len() as u32);
        match self.asked.get_mut(at as usize) {
            Some(free) => *free = question,
            None => self.asked.push(question),
        }
        self.first.insert((0, list), at);
        at as usize
    }

    /// The rows to ask again, each once.
    pub(crate) fn to_ask(&mut self, at: usize) -> Vec<(NodeId, bool)> {
        let mut rows: Vec<(NodeId, bool)> = Vec::new();
        let touched = self.asked.get_mut(at).map(|question| std::mem::take(&mut question.touched));
        // Of a row that was touched often the last counts.
        for (row, is_there) in touched.into_iter().flatten().rev() {
            if !rows.iter().any(|(known, _)| *known == row) {
                rows.push((row, is_there));
            }
        }
        rows
    }

    /// A row of a list changed or came, or went.
    pub(crate) fn touch(&mut self, list: NodeId, row: NodeId, is_there: bool) {
        let mut at = self.first(list);
        while let Some(question) = self.asked.get_mut(at as usize) {
            let this = std::mem::replace(&mut at, question.next);
            question.touched.push((row, is_there));
            if question.touched.len() > TOUCHED {
                self.drop(this as usize);
            }
        }
    }

    /// A list is no more, or another one.
    pub(crate) fn forget(&mut self, list: NodeId) {
        while self.first(list) != NONE {
            self.drop(self.first(list) as usize);
        }
    }

    /// Nothing is remembered of a question any more.
    pub(crate) fn drop(&mut self, gone: usize) {
        let Some(Question { list, next, .. }) = self.asked.get(gone) else { return };
        let (list, next, gone) = (*list, *next, gone as u32);
        let mut at = self.first(list);
        if at == gone {
            self.first.insert((0, list), next);
        }
        while let Some(question) = self.asked.get_mut(at as usize) {
            at = question.next;
            if at == gone {
                question.next = next;
            }
        }
        self.free.push(gone);
    }

    fn first(&self, list: NodeId) -> u32 {
        self.first.get((0, list)).unwrap_or(NONE)
    }
}

/// Where what is remembered of the rows of one list stands.
#[derive(Default)]
pub(crate) struct Places {
    by_row: Pairs,
    len: u32,
}

impl Places {
    /// Of a row: the first new one at 0, the next at 1.
    pub(crate) fn of(&mut self, row: NodeId) -> usize {
        let place = self.by_row.get((0, row)).unwrap_or_else(|| {
            self.by_row.insert((0, row), self.len);
            self.len += 1;
            self.len - 1
        });
        place as usize
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use std::cell::Cell;

    thread_local! {
        /// How many rows were asked anything.
        pub(crate) static ASKED: Cell<usize> = const { Cell::new(0) };
    }

    #[test]
    fn questions_come_and_go_list_by_list() {
        let mut questions = Questions::default();
        let [a, b, c] = [(10, 1), (11, 1), (10, 2)].map(|(asks, list)| questions.add(asks, list));
        assert_eq!(
            [(10, 1), (11, 1), (10, 2), (12, 1), (10, 3)].map(|(asks, list)| questions.find(asks, list)),
            [Some(a), Some(b), Some(c), None, None]
        );
        questions.touch(1, 5, true);
        questions.touch(1, 6, true);
        questions.touch(1, 5, false);
        assert_eq!(questions.to_ask(a), [(5, false), (6, true)]);
        assert_eq!((questions.to_ask(a), questions.to_ask(c)), (vec![], vec![]));
        questions.drop(a);
        assert_eq!((questions.find(10, 1), questions.find(11, 1)), (None, Some(b)));
        assert_eq!(questions.add(13, 2), a, "a free number is given again");
        for row in 0..=TOUCHED as u32 {
            questions.touch(2, row, true);
        }
        assert_eq!((questions.find(10, 2), questions.find(13, 2), questions.find(11, 1)), (None, None, Some(b)));
        questions.forget(1);
        assert_eq!(questions.find(11, 1), None);
        let again = questions.add(11, 1);
        assert_eq!((questions.find(11, 1), questions.to_ask(again)), (Some(again), vec![]));
    }
}
