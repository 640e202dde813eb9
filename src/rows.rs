//! Which rows of a long list something is remembered of, from one question about the list to the next. Whoever edits the list says which rows it touched.

use crate::json::NodeId;
use crate::pairs::Pairs;

/// Lists of fewer rows are gone over. Where mistakes are looked for there are hardly any of those: most that tests make by chance are short.
pub(crate) const LONG: usize = if cfg!(debug_assertions) { 2 } else { 16 };

/// Rows that may have changed before they are asked; where more did, all are asked again.
const TOUCHED: usize = 64;

/// The rows of one list, for one question.
pub(crate) struct Rows {
    /// The place in memory of what asks, where it stays as long as its schema.
    asks: usize,
    list: NodeId,
    /// Rows that changed, came or went since, each with whether it is there.
    touched: Vec<(NodeId, bool)>,
    /// By row, where what is remembered of it stands.
    places: Pairs,
    len: u32,
}

impl Rows {
    pub(crate) fn new(asks: usize, list: NodeId) -> Self {
        Self { asks, list, touched: Vec::new(), places: Pairs::default(), len: 0 }
    }

    pub(crate) fn is_of(&self, asks: usize, list: NodeId) -> bool {
        self.asks == asks && self.list == list
    }

    pub(crate) fn is_in(&self, list: NodeId) -> bool {
        self.list == list
    }

    /// A row of a list changed or came, or went. Whether it is worth to go on remembering: what nobody asks for any more is not kept for ever.
    pub(crate) fn touch(&mut self, list: NodeId, row: NodeId, is_there: bool) -> bool {
        if self.list == list {
            self.touched.push((row, is_there));
        }
        self.touched.len() <= TOUCHED
    }

    /// The rows to ask again, each once.
    pub(crate) fn to_ask(&mut self) -> Vec<(NodeId, bool)> {
        let mut rows: Vec<(NodeId, bool)> = Vec::new();
        // Of a row that was touched often the last counts.
        for (row, is_there) in std::mem::take(&mut self.touched).into_iter().rev() {
            if !rows.iter().any(|(known, _)| *known == row) {
                rows.push((row, is_there));
            }
        }
        rows
    }

    /// Where what is remembered of a row stands: the first new one at 0, the next at 1.
    pub(crate) fn place(&mut self, row: NodeId) -> usize {
        let place = self.places.get((0, row)).unwrap_or_else(|| {
            self.places.insert((0, row), self.len);
            self.len += 1;
            self.len - 1
        });
        place as usize
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use std::cell::Cell;

    thread_local! {
        /// How many rows were asked anything.
        pub(crate) static ASKED: Cell<usize> = const { Cell::new(0) };
    }
}
