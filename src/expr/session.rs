//! What expressions over one document have in common: what they may still take, and what they have read.

use super::{Reason, Val};
use crate::json::NodeId;
use crate::limits;

/// What expressions over one document may still take, and what is remembered from one to the next.
#[derive(Debug)]
pub struct Session<'a> {
    /// Steps that may still be taken: nodes evaluated, elements visited, bytes compared in sixteens, characters matched.
    pub steps: u64,
    /// Bytes of values that may still be made.
    pub memory: u64,
    /// Of each declared field the value that was read last, with the object that it was read of.
    slots: Vec<(NodeId, Option<Val<'a>>)>,
    remembers: bool,
    /// Room for the variables of macros.
    pub(super) locals: Vec<Val<'a>>,
}

/// Of a field that is not remembered.
pub(super) const NO_SLOT: u32 = u32::MAX;

/// No object: nothing was read.
const NONE: NodeId = NodeId::MAX;

impl Default for Session<'_> {
    /// What the limits allow, without a memory.
    fn default() -> Self {
        Self { steps: limits::STEPS, memory: limits::EXPRESSION_MEMORY, slots: Vec::new(), remembers: false, locals: Vec::new() }
    }
}

impl<'a> Session<'a> {
    /// The same with a memory: for many expressions over one document, compiled with the same types.
    #[must_use]
    pub fn remembering() -> Self {
        Self { remembers: true, ..Self::default() }
    }

    /// Forgets what was read: what counts in place of the data has changed.
    pub(crate) fn forget(&mut self) {
        self.slots.clear();
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
    pub(super) fn read(&self, slot: u32, object: NodeId) -> Option<Option<&Val<'a>>> {
        let (of, value) = self.slots.get(slot as usize)?;
        (*of == object).then_some(value.as_ref())
    }

    pub(super) fn remember(&mut self, slot: u32, object: NodeId, value: Option<&Val<'a>>) {
        if !self.remembers || slot == NO_SLOT {
            return;
        }
        if self.slots.len() <= slot as usize {
            self.slots.resize(slot as usize + 1, (NONE, None));
        }
        if let Some(slot) = self.slots.get_mut(slot as usize) {
            *slot = (object, value.cloned());
        }
    }
}
