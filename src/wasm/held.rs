//! What lives longer than a call, by id.

use super::{Answer, RequestError, thrown};
use crate::report::Language;
use std::cell::RefCell;
use std::collections::BTreeMap;

/// Things of one kind that a caller holds by id.
pub(super) struct Held<T>(RefCell<(u32, BTreeMap<u32, T>)>);

impl<T> Held<T> {
    pub(super) const fn new() -> Self {
        Self(RefCell::new((0, BTreeMap::new())))
    }

    /// Keeps a thing and names it. Ids are counted up and never given again.
    pub(super) fn keep(&self, thing: T) -> u32 {
        let (last, things) = &mut *self.0.borrow_mut();
        *last = last.wrapping_add(1);
        things.insert(*last, thing);
        *last
    }

    /// Uses a thing.
    pub(super) fn with<R>(&self, id: u32, language: Language, using: impl FnOnce(&mut T) -> Answer<R>) -> Answer<R> {
        let (_, things) = &mut *self.0.borrow_mut();
        using(things.get_mut(&id).ok_or_else(|| thrown(&RequestError::Gone, language))?)
    }

    /// Gives a thing back, which ends its id.
    #[cfg(feature = "sign")]
    pub(super) fn take(&self, id: u32, language: Language) -> Answer<T> {
        self.0.borrow_mut().1.remove(&id).ok_or_else(|| thrown(&RequestError::Gone, language))
    }

    /// Drops a thing, if it is still there.
    pub(super) fn release(&self, id: u32) {
        self.0.borrow_mut().1.remove(&id);
    }
}
