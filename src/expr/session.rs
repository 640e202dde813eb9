//! What expressions over one document have in common: what they may still take, and what they have read.

use super::{Kept, Reason, Val};
use crate::json::{NodeId, Value};
use crate::limits;
use std::cell::RefCell;

/// What expressions over one document may still take, and what is remembered from one to the next.
#[derive(Debug)]
pub struct Session<'a> {
    /// Steps that may still be taken: nodes evaluated, elements visited, bytes compared in sixteens, characters matched.
    pub steps: u64,
    /// Bytes of values that may still be made.
    pub memory: u64,
    /// The document whose fields are remembered, by one of its values.
    document: Option<Value<'a>>,
    /// Of each declared field of it the value that was read last, with the object that it was read of, and when.
    slots: Vec<Slot<'a>>,
    /// How often what was read was forgotten.
    time: u32,
    /// Room for the variables of macros.
    pub(super) locals: Vec<Val<'a>>,
    /// What macros over lists of the document came to, where that is kept from one session to the next.
    pub(crate) kept: Option<&'a RefCell<Kept>>,
}

/// Of a field that is not remembered.
pub(super) const NO_SLOT: u32 = u32::MAX;

#[derive(Clone, Debug)]
struct Slot<'a> {
    time: u32,
    object: NodeId,
    value: Option<Val<'a>>,
}

impl Default for Session<'_> {
    /// What the limits allow, without a memory.
    fn default() -> Self {
        Self {
            steps: limits::STEPS,
            memory: limits::EXPRESSION_MEMORY,
            document: None,
            slots: Vec::new(),
            time: 0,
            locals: Vec::new(),
            kept: None,
        }
    }
}

impl<'a> Session<'a> {
    /// The same with a memory: for many expressions over the document of a value, compiled with the same types.
    #[must_use]
    pub fn remembering(document: Value<'a>) -> Self {
        Self { document: Some(document), ..Self::default() }
    }

    /// Forgets what was read: what counts in place of the data has changed.
    pub(crate) const fn forget(&mut self) {
        self.time = self.time.wrapping_add(1);
    }

    pub(super) const fn spend(&mut self, steps: u64) -> Result<(), Reason> {
        match self.steps.checked_sub(steps) {
            Some(left) => {
                self.steps = left;
                Ok(())
            }
            None => Err(Reason::Steps),
        }
    }

    /// Pays for a value of so many bytes.
    #[inline(never)]
    pub(super) const fn make(&mut self, bytes: usize) -> Result<(), Reason> {
        match self.memory.checked_sub(bytes as u64) {
            Some(left) => {
                self.memory = left;
                self.spend(bytes as u64 / 16)
            }
            None => Err(Reason::TooLarge),
        }
    }

    /// What the field of that slot was when it was read of that object; inside it `None` where it is absent.
    pub(super) fn read(&self, slot: u32, object: Value<'_>) -> Option<Option<&Val<'a>>> {
        let slot = self.slots.get(slot as usize)?;
        let is_it =
            slot.object == object.id() && slot.time == self.time && self.document.is_some_and(|document| document.is_beside(object));
        is_it.then_some(slot.value.as_ref())
    }

    pub(super) fn remember(&mut self, slot: u32, object: Value<'_>, value: Option<&Val<'a>>) {
        if slot == NO_SLOT || !self.document.is_some_and(|document| document.is_beside(object)) {
            return;
        }
        if self.slots.len() <= slot as usize {
            self.slots.resize(slot as usize + 1, Slot { time: 0, object: NodeId::MAX, value: None });
        }
        if let Some(slot) = self.slots.get_mut(slot as usize) {
            *slot = Slot { time: self.time, object: object.id(), value: value.cloned() };
        }
    }
}
