//! Edits, each a step that can be taken back.

use super::{EditError, Field, LiveForm, Step};
use crate::json::{Document, Kind, NodeId, Value, to_json};
use crate::limits;
use crate::schema::Act;
use crate::text::nfc;

impl LiveForm {
    /// Writes a field. Text is kept in NFC and without spaces around it; without any the field is empty, as after [`LiveForm::clear`].
    /// Writing the same field again is the same step, until another field is written.
    ///
    /// # Errors
    /// Why nothing was written.
    pub fn set(&mut self, field: Field, value: &Document) -> Result<(), EditError> {
        match value.root().as_str() {
            Some(text) => self.set_text(field, text),
            None => self.set_value(field, value),
        }
    }

    /// Writes text into a field.
    ///
    /// # Errors
    /// Why nothing was written.
    pub fn set_text(&mut self, field: Field, text: &str) -> Result<(), EditError> {
        let text = nfc(text);
        let text = text.trim();
        if text.is_empty() {
            return self.clear(field);
        }
        let node = self.writable(field)?;
        self.fits(node, 0, text.len())?;
        if self.live.tree().value(node).as_str() == Some(text) {
            return Ok(());
        }
        let made = self.live.tree_mut().make_scalar(Kind::String, text);
        self.put(node, made)
    }

    /// Writes what a database answered: `{"status", "source", "at", "asked", "facts"}`, of which `status` alone must be there. Nothing takes it away.
    ///
    /// A person does not write it. It is a claim, which whoever receives the form has to ask for again.
    ///
    /// # Errors
    /// Why nothing was written.
    pub fn lookup_result(&mut self, field: Field, result: Option<&Document>) -> Result<(), EditError> {
        let node = self.node(field)?;
        if !self.live.is_lookup(node) {
            return Err(EditError::NotALookup);
        }
        match result {
            Some(result) => self.put_value(node, result),
            None => self.empty(node),
        }
    }

    fn set_value(&mut self, field: Field, value: &Document) -> Result<(), EditError> {
        let node = self.writable(field)?;
        self.put_value(node, value)
    }

    fn put_value(&mut self, node: NodeId, value: &Document) -> Result<(), EditError> {
        self.fits(node, height(value.root()), value.root().text_size() as usize)?;
        let tree = self.live.tree();
        // A number that is written otherwise is another one for who typed it.
        if !tree.is_void(node) && to_json(&tree.value(node)) == to_json(&value.root()) {
            return Ok(());
        }
        let made = self.live.tree_mut().make(value);
        self.put(node, made)
    }

    fn put(&mut self, node: NodeId, made: NodeId) -> Result<(), EditError> {
        if self.writing == Some(node) && self.live.tree().is_attached(node) && self.batch.is_none() {
            // The step before knows what stood there first.
            self.live.rewrite(node, made)?;
            self.live.give_up(made);
            return Ok(());
        }
        let acts = self.placed(node, made);
        self.edit(&acts)?;
        self.writing = Some(node);
        Ok(())
    }

    /// Empties a field. Groups that are empty then go too, unless they must be there.
    ///
    /// # Errors
    /// Why nothing was done.
    pub fn clear(&mut self, field: Field) -> Result<(), EditError> {
        let node = self.writable(field)?;
        self.empty(node)
    }

    pub(super) fn empty(&mut self, node: NodeId) -> Result<(), EditError> {
        let is_member = self.live.tree().parent(node).is_some_and(|parent| self.live.tree().value(parent).kind() != Kind::Array);
        if !is_member {
            return Err(EditError::NotAField);
        }
        if self.live.tree().is_void(node) {
            return Ok(());
        }
        let void = self.live.tree_mut().make_void();
        let mut acts = vec![Act::Detach(node), Act::Swap(node, void)];
        let mut at = node;
        while let Some(group) = self.live.tree().parent(at) {
            let tree = self.live.tree();
            let is_member = tree.parent(group).is_some_and(|above| tree.value(above).kind() == Kind::Object);
            // What does not count now may count again.
            let holds_more = tree.value(group).len() > 1 || tree.apart(group).any(|apart| apart != at && !tree.is_void(apart));
            if !is_member || !tree.is_attached(at) || holds_more || self.live.is_required(group)? {
                break;
            }
            acts.extend([Act::Detach(group), Act::Shut(group)]);
            at = group;
        }
        self.writing = None;
        self.edit(&acts)
    }

    /// Puts a row into a list, before that of an index, or behind all. A list that is not there is made.
    ///
    /// # Errors
    /// Why nothing was done.
    pub fn insert(&mut self, list: Field, at: usize, value: &Document) -> Result<Field, EditError> {
        let node = self.writable(list)?;
        let tree = self.live.tree();
        let is_void = tree.is_void(node);
        if !is_void && tree.value(node).kind() != Kind::Array {
            return Err(EditError::NotAList);
        }
        let rows = tree.value(node).len();
        if at > rows {
            return Err(EditError::NoRow { index: at, rows });
        }
        self.fits(node, 1 + height(value.root()), value.root().text_size() as usize)?;
        let mut acts = Vec::new();
        if is_void {
            let empty = self.live.tree_mut().make_list();
            acts = self.placed(node, empty);
        }
        let row = self.live.tree_mut().make(value);
        acts.push(Act::Insert(node, row, at));
        self.writing = None;
        self.edit_with(&acts, Some(row))?;
        Ok(self.named(row))
    }

    /// Takes a row out of its list.
    ///
    /// # Errors
    /// Why nothing was done.
    pub fn remove(&mut self, row: Field) -> Result<(), EditError> {
        let (node, _) = self.row(row)?;
        self.writing = None;
        self.edit(&[Act::Remove(node)])
    }

    /// Moves a row to another index of its list.
    ///
    /// # Errors
    /// Why nothing was done.
    pub fn move_to(&mut self, row: Field, at: usize) -> Result<(), EditError> {
        let (node, list) = self.row(row)?;
        let rows = self.live.tree().value(list).len();
        if at >= rows {
            return Err(EditError::NoRow { index: at, rows });
        }
        self.writing = None;
        self.edit(&[Act::Remove(node), Act::Insert(list, node, at)])
    }

    /// Begins a batch: edits up to [`LiveForm::commit`] are one step, and what they change is worked out at its end.
    pub fn begin(&mut self) {
        self.batch.get_or_insert_default();
    }

    /// Ends a batch.
    ///
    /// # Errors
    /// What was done since it began exceeds a limit, and is taken back.
    pub fn commit(&mut self) -> Result<(), EditError> {
        let Some(back) = self.batch.take() else { return Ok(()) };
        self.writing = None;
        self.live.finish(&back)?;
        if !back.is_empty() {
            self.keep(back);
        }
        Ok(())
    }

    /// Takes the last step back. Whether there was one.
    ///
    /// # Errors
    /// It would exceed a limit, and nothing was done.
    pub fn undo(&mut self) -> Result<bool, EditError> {
        let Some(step) = self.past.pop() else { return Ok(false) };
        self.writing = None;
        match self.live.edit(&step.acts) {
            Ok(acts) => self.future.push(Step { acts }),
            Err(limit) => {
                self.past.push(step);
                return Err(limit.into());
            }
        }
        Ok(true)
    }

    /// Does again what was taken back last. Whether there was something.
    ///
    /// # Errors
    /// It would exceed a limit, and nothing was done.
    pub fn redo(&mut self) -> Result<bool, EditError> {
        let Some(step) = self.future.pop() else { return Ok(false) };
        self.writing = None;
        match self.live.edit(&step.acts) {
            Ok(acts) => self.past.push(Step { acts }),
            Err(limit) => {
                self.future.push(step);
                return Err(limit.into());
            }
        }
        Ok(true)
    }

    fn writable(&self, field: Field) -> Result<NodeId, EditError> {
        let node = self.node(field)?;
        if self.live.is_computed(node) {
            return Err(EditError::Computed);
        }
        if self.live.lookup_over(node).is_some() {
            return Err(EditError::Lookup);
        }
        if self.live.is_readonly(node) {
            return Err(EditError::ReadOnly);
        }
        Ok(node)
    }

    /// A row, and its list.
    fn row(&self, row: Field) -> Result<(NodeId, NodeId), EditError> {
        let node = self.node(row)?;
        let tree = self.live.tree();
        let list = tree.parent(node).filter(|list| tree.value(*list).kind() == Kind::Array).ok_or(EditError::NotAList)?;
        self.writable(self.named(list)).map(|list| (node, list))
    }

    /// Whether a value so high and so long may stand in the form.
    fn fits(&self, node: NodeId, height: usize, bytes: usize) -> Result<(), EditError> {
        let tree = self.live.tree();
        if tree.depth(node) + height > limits::JSON_DEPTH {
            return Err(EditError::TooDeep);
        }
        if tree.bytes() + bytes > limits::JSON_BYTES { Err(EditError::TooLarge) } else { Ok(()) }
    }

    /// Acts that let a place hold what was made; of everything that is to hold the place and is not there objects are made.
    fn placed(&mut self, node: NodeId, made: NodeId) -> Vec<Act> {
        let tree = self.live.tree();
        let mut acts = vec![Act::Swap(node, made)];
        let mut came = Vec::new();
        if node != 0 && !tree.is_attached(node) {
            came.push(Act::Attach(node));
        }
        let mut at = tree.parent(node);
        while let Some(object) = at.filter(|object| tree.is_void(*object)) {
            acts.push(Act::Open(object));
            came.push(Act::Attach(object));
            at = tree.parent(object);
        }
        // The outermost comes last, with all in it.
        acts.extend(came);
        acts
    }

    fn edit(&mut self, acts: &[Act]) -> Result<(), EditError> {
        self.edit_with(acts, None)
    }

    /// Does what acts say, and furnishes a row that came by them.
    fn edit_with(&mut self, acts: &[Act], row: Option<NodeId>) -> Result<(), EditError> {
        let mut back = self.live.apply(acts);
        if let Some(row) = row {
            match self.live.furnish(row) {
                Ok(furnished) => drop(back.splice(..0, furnished)),
                Err(limit) => {
                    self.live.take_back(&back)?;
                    return Err(limit.into());
                }
            }
        }
        if let Some(batch) = &mut self.batch {
            batch.splice(..0, back);
            return Ok(());
        }
        self.live.finish(&back)?;
        self.keep(back);
        Ok(())
    }

    /// Keeps a step that was done.
    fn keep(&mut self, acts: Vec<Act>) {
        for step in std::mem::take(&mut self.future) {
            self.discard(&step.acts);
        }
        self.past.push(Step { acts });
        if self.past.len() > limits::UNDO_STEPS {
            let oldest = self.past.remove(0);
            self.discard(&oldest.acts);
        }
    }

    /// Gives up what only a step that is no more could bring back.
    fn discard(&mut self, acts: &[Act]) {
        for act in acts {
            match *act {
                Act::Swap(_, stash) => self.live.give_up(stash),
                // A row that the same step takes out is one that it moves.
                Act::Insert(_, row, _) if !acts.contains(&Act::Remove(row)) => self.live.give_up(row),
                _ => {}
            }
        }
    }
}

/// How many levels of nesting a value has.
fn height(value: Value<'_>) -> usize {
    usize::from(matches!(value.kind(), Kind::Object | Kind::Array)) + value.children().map(height).max().unwrap_or(0)
}
