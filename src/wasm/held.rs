//! What lives longer than a call, by id.

use super::{Answer, RequestError, thrown};
use crate::report::Language;
use std::cell::RefCell;

/// Things of one kind that a caller holds by id.
pub(super) struct Held<T>(RefCell<Inner<T>>);

struct Inner<T> {
    last: u32,
    /// Few: whatever a page holds at a time.
    things: Vec<(u32, T)>,
}

impl<T> Held<T> {
    pub(super) const fn new() -> Self {
        Self(RefCell::new(Inner { last: 0, things: Vec::new() }))
    }

    /// Keeps a thing and names it. Ids are counted up and never given again.
    pub(super) fn keep(&self, thing: T) -> u32 {
        let inner = &mut *self.0.borrow_mut();
        inner.last = inner.last.wrapping_add(1);
        inner.things.push((inner.last, thing));
        inner.last
    }

    /// Uses a thing.
    pub(super) fn with<R>(&self, id: u32, language: Language, using: impl FnOnce(&mut T) -> Answer<R>) -> Answer<R> {
        let found = self.0.borrow_mut().things.iter_mut().find(|(known, _)| *known == id).map(|(_, thing)| using(thing));
        found.unwrap_or_else(|| Err(thrown(&RequestError::Gone, language)))
    }

    /// Gives a thing back, which ends its id.
    #[cfg(feature = "wasm-sign")]
    pub(super) fn take(&self, id: u32, language: Language) -> Answer<T> {
        self.remove(id).ok_or_else(|| thrown(&RequestError::Gone, language))
    }

    /// Drops a thing, if it is still there.
    pub(super) fn release(&self, id: u32) {
        drop(self.remove(id));
    }

    fn remove(&self, id: u32) -> Option<T> {
        let things = &mut self.0.borrow_mut().things;
        let at = things.iter().position(|(known, _)| *known == id)?;
        Some(things.swap_remove(at).1)
    }
}
