//! Of which rows of long lists something is remembered, from one question about a list to the next. Whoever edits a list says which rows it touched.

use crate::json::NodeId;
use crate::pairs::Pairs;

/// Lists of fewer rows are gone over. Where mistakes are looked for there are hardly any of those: most that tests make by chance are short.
pub(crate) const LONG: usize = if cfg!(debug_assertions) { 2 } else { 16 };

/// Of longer lists, and of more rows in all, nothing is remembered: it would take more memory than the document.
const MOST: usize = 1 << 20;

/// Rows that may have changed before they are asked; where more did, all are asked again. So what nobody asks for any more is not kept for ever.
const TOUCHED: usize = 64;

/// No question follows.
const NONE: u32 = u32::MAX - 1;

/// The questions of which something is remembered, each with a number that it keeps.
#[derive(Default)]
pub(crate) struct Questions {
    asked: Vec<Question>,
    /// By list its first question, and by asker and list the question.
    numbers: Pairs,
    /// Numbers that are free.
    free: Vec<u32>,
    rows: usize,
}

struct Question {
    /// The place in memory of what asks, where it stays as long as its schema.
    asks: usize,
    list: NodeId,
    /// Another question about the same list.
    next: u32,
    /// Rows that changed, came or went since, each with whether it is there.
    touched: Vec<(NodeId, bool)>,
    /// Its rows when it was asked first.
    rows: usize,
    state: State,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Known,
    /// It takes too much to be worth it, as long as the list is the same.
    Refused,
    /// Nothing is remembered. It leaves the others of its list when they are looked through next.
    Gone,
}

/// How a question stands.
pub(crate) enum Asked {
    /// All rows are to be asked.
    First(usize),
    /// The rows that changed are to be asked again, each once.
    Again(usize, Vec<(NodeId, bool)>),
}

impl Questions {
    /// What is to be asked of a list of so many rows; `None` where nothing is to be remembered of it.
    pub(crate) fn open(&mut self, asks: usize, list: NodeId, rows: usize) -> Option<Asked> {
        let known = self.numbers.get((key(asks), list)).map(|at| at as usize);
        let is_it = |question: &&mut Question| question.asks == asks && question.list == list;
        match known.and_then(|at| Some((at, self.asked.get_mut(at).filter(is_it)?))) {
            Some((_, question)) if question.state == State::Refused => return None,
            Some((at, question)) if question.state == State::Known => {
                return Some(Asked::Again(at, each_once(std::mem::take(&mut question.touched))));
            }
            _ => {}
        }
        if self.rows + rows > MOST {
            return None;
        }
        self.rows += rows;
        let next = self.numbers.get((0, list)).unwrap_or(NONE);
        let question = Question { asks, list, next, touched: Vec::new(), rows, state: State::Known };
        let at = self.free.pop().unwrap_or(self.asked.len() as u32);
        match self.asked.get_mut(at as usize) {
            Some(free) => *free = question,
            None => self.asked.push(question),
        }
        self.numbers.insert((0, list), at);
        self.numbers.insert((key(asks), list), at);
        Some(Asked::First(at as usize))
    }

    /// A row of a list changed or came, or went.
    pub(crate) fn touch(&mut self, list: NodeId, row: NodeId, is_there: bool) {
        self.each(list, |question| {
            if question.state == State::Known {
                question.touched.push((row, is_there));
            }
            question.state != State::Gone && question.touched.len() <= TOUCHED
        });
    }

    /// A list is no more, or another one.
    pub(crate) fn forget(&mut self, list: NodeId) {
        self.each(list, |_| false);
    }

    /// Lets some of the questions about a list stay.
    fn each(&mut self, list: NodeId, mut stays: impl FnMut(&mut Question) -> bool) {
        let Some(first) = self.numbers.get((0, list)).filter(|first| *first != NONE) else { return };
        let (mut at, mut before) = (first, None);
        while let Some(question) = self.asked.get_mut(at as usize) {
            let (this, next) = (at, question.next);
            at = next;
            if stays(question) {
                before = Some(this);
                continue;
            }
            question.state = State::Gone;
            self.rows -= question.rows;
            question.rows = 0;
            match before.and_then(|before| self.asked.get_mut(before as usize)) {
                Some(before) => before.next = next,
                None => drop(self.numbers.insert((0, list), next)),
            }
            self.free.push(this);
        }
    }

    /// Nothing is remembered of a question any more; `for_good`, as long as its list is the same.
    pub(crate) fn give_up(&mut self, at: usize, for_good: bool) {
        if let Some(question) = self.asked.get_mut(at) {
            question.state = if for_good { State::Refused } else { State::Gone };
            question.touched.clear();
        }
    }
}

/// A number for what asks. Two may have the same: then only one is remembered.
fn key(asks: usize) -> u32 {
    (asks as u32 ^ (asks as u64 >> 32) as u32) | 1
}

/// Of a row that was touched often the last counts.
fn each_once(touched: Vec<(NodeId, bool)>) -> Vec<(NodeId, bool)> {
    let mut rows: Vec<(NodeId, bool)> = Vec::new();
    for (row, is_there) in touched.into_iter().rev() {
        if !rows.iter().any(|(known, _)| *known == row) {
            rows.push((row, is_there));
        }
    }
    rows
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

    /// Of a question its number, and the rows to ask where it is known.
    type Opened = (usize, Option<Vec<(NodeId, bool)>>);

    fn open(questions: &mut Questions, asks: usize, list: NodeId) -> Option<Opened> {
        questions.open(asks, list, 20).map(|asked| match asked {
            Asked::First(at) => (at, None),
            Asked::Again(at, rows) => (at, Some(rows)),
        })
    }

    #[test]
    fn questions_come_and_go_list_by_list() {
        let mut questions = Questions::default();
        for (asks, list, at) in [(10, 1, 0), (12, 1, 1), (10, 2, 2)] {
            assert_eq!(open(&mut questions, asks, list), Some((at, None)));
            assert_eq!(open(&mut questions, asks, list), Some((at, Some(vec![]))));
        }
        questions.touch(1, 5, true);
        questions.touch(1, 6, true);
        questions.touch(1, 5, false);
        assert_eq!(open(&mut questions, 10, 1), Some((0, Some(vec![(5, false), (6, true)]))));
        assert_eq!(open(&mut questions, 10, 1), Some((0, Some(vec![]))));
        assert_eq!(open(&mut questions, 10, 2), Some((2, Some(vec![]))));
        questions.give_up(1, false);
        questions.give_up(2, true);
        assert_eq!((open(&mut questions, 12, 1), open(&mut questions, 10, 2)), (Some((3, None)), None));
        questions.touch(1, 7, true);
        assert_eq!(open(&mut questions, 12, 1), Some((3, Some(vec![(7, true)]))));
        assert_eq!(open(&mut questions, 14, 2), Some((1, None)), "a free number is given again");
        for row in 0..=TOUCHED as u32 {
            questions.touch(2, row, true);
        }
        assert_eq!((open(&mut questions, 14, 2), open(&mut questions, 10, 2)), (Some((1, None)), None));
        questions.forget(2);
        assert_eq!(open(&mut questions, 10, 2).map(|(_, rows)| rows), Some(None));
        questions.forget(1);
        questions.forget(2);
        assert_eq!(questions.rows, 0);
    }

    #[test]
    fn what_is_remembered_is_bounded() {
        let mut questions = Questions::default();
        assert!(questions.open(1, 1, MOST + 1).is_none());
        assert!(questions.open(1, 1, MOST).is_some());
        assert!(questions.open(3, 1, 1).is_none());
        questions.forget(1);
        assert!(questions.open(3, 1, 1).is_some());
    }
}
