//! What lives longer than a call, by id.

use super::Refused;
use crate::wire::RequestError;
use std::cell::RefCell;

/// Things of one kind that a caller holds by id.
pub(super) struct Held<T>(RefCell<Inner<T>>);

struct Inner<T> {
    last: u32,
    /// Few: whatever a page holds at a time.
    ids: Vec<u32>,
    /// In the order of their ids.
    things: Vec<T>,
}

impl<T> Held<T> {
    pub(super) const fn new() -> Self {
        Self(RefCell::new(Inner { last: 0, ids: Vec::new(), things: Vec::new() }))
    }

    /// Keeps a thing and names it. Ids are counted up and never given again.
    pub(super) fn keep(&self, thing: T) -> u32 {
        let inner = &mut *self.0.borrow_mut();
        inner.last = inner.last.wrapping_add(1);
        inner.ids.push(inner.last);
        inner.things.push(thing);
        inner.last
    }

    /// Uses a thing.
    pub(super) fn with<R>(&self, id: u32, using: impl FnOnce(&mut T) -> Result<R, Refused>) -> Result<R, Refused> {
        let inner = &mut *self.0.borrow_mut();
        match inner.things.get_mut(place(&inner.ids, id)) {
            Some(thing) => using(thing),
            None => Err(gone()),
        }
    }

    /// Gives a thing back, which ends its id.
    #[cfg(feature = "wasm-sign")]
    pub(super) fn take(&self, id: u32) -> Result<T, Refused> {
        self.remove(id).ok_or_else(gone)
    }

    /// Drops a thing, if it is still there.
    pub(super) fn release(&self, id: u32) {
        drop(self.remove(id));
    }

    fn remove(&self, id: u32) -> Option<T> {
        let inner = &mut *self.0.borrow_mut();
        let at = place(&inner.ids, id);
        if at == inner.ids.len() {
            return None;
        }
        inner.ids.swap_remove(at);
        Some(inner.things.swap_remove(at))
    }
}

/// Where an id stands; behind the last when it is not there.
fn place(ids: &[u32], id: u32) -> usize {
    ids.iter().position(|known| *known == id).unwrap_or(ids.len())
}

fn gone() -> Refused {
    RequestError::Gone.into()
}
