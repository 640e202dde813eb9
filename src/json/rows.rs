//! The items of a long list by their numbers: chunks of some hundred ids, so that an item comes, goes and is found in about the root of their number of steps.

use super::document::NodeId;

#[derive(Clone, Debug, Default)]
pub(super) struct Rows {
    /// In order, each by its name.
    order: Vec<u32>,
    /// By name.
    chunks: Vec<Vec<NodeId>>,
    /// The chunks whose items are new to them.
    new: Vec<u32>,
}

/// A chunk of more is halved.
const MOST: usize = 256;

impl Rows {
    pub(super) fn new(items: impl Iterator<Item = NodeId>) -> Self {
        let mut rows = Self::default();
        for item in items {
            match rows.chunks.last_mut().filter(|chunk| chunk.len() < MOST / 2) {
                Some(chunk) => chunk.push(item),
                None => {
                    let name = rows.chunks.len() as u32;
                    rows.chunks.push(vec![item]);
                    rows.order.push(name);
                    rows.new.push(name);
                }
            }
        }
        rows
    }

    /// The items that are in another chunk than before, with its name.
    pub(super) fn moved(&mut self) -> Vec<(NodeId, u32)> {
        let mut moved = Vec::new();
        for name in std::mem::take(&mut self.new) {
            moved.extend(self.chunk(name).iter().map(|item| (*item, name)));
        }
        moved
    }

    pub(super) fn get(&self, at: usize) -> Option<NodeId> {
        let (name, inside) = self.place(at)?;
        self.chunk(name).get(inside).copied()
    }

    pub(super) fn position(&self, name: u32, item: NodeId) -> Option<usize> {
        let mut before = 0;
        for chunk in &self.order {
            if *chunk == name {
                return self.chunk(name).iter().position(|known| *known == item).map(|at| before + at);
            }
            before += self.chunk(*chunk).len();
        }
        None
    }

    /// Puts an item before that of an index, or behind all; the name of its chunk.
    pub(super) fn insert(&mut self, at: usize, item: NodeId) -> u32 {
        let Some((name, inside)) = self.place(at).or_else(|| self.end()) else {
            self.order.push(self.chunks.len() as u32);
            self.chunks.push(vec![item]);
            return self.chunks.len() as u32 - 1;
        };
        let Some(chunk) = self.chunks.get_mut(name as usize) else { return name };
        chunk.insert(inside.min(chunk.len()), item);
        if chunk.len() <= MOST {
            return name;
        }
        let half = chunk.split_off(MOST / 2);
        let is_there = half.contains(&item);
        let next = self.chunks.len() as u32;
        self.chunks.push(half);
        self.new.push(next);
        let place = self.order.iter().position(|known| *known == name).map_or(self.order.len(), |at| at + 1);
        self.order.insert(place, next);
        if is_there { next } else { name }
    }

    pub(super) fn remove(&mut self, name: u32, item: NodeId) {
        let Some(chunk) = self.chunks.get_mut(name as usize) else { return };
        chunk.retain(|known| *known != item);
    }

    fn chunk(&self, name: u32) -> &[NodeId] {
        self.chunks.get(name as usize).map_or(&[], Vec::as_slice)
    }

    /// The chunk of an index, and the place in it.
    fn place(&self, at: usize) -> Option<(u32, usize)> {
        let mut inside = at;
        for name in &self.order {
            let len = self.chunk(*name).len();
            if inside < len {
                return Some((*name, inside));
            }
            inside -= len;
        }
        None
    }

    fn end(&self) -> Option<(u32, usize)> {
        self.order.last().map(|name| (*name, self.chunk(*name).len()))
    }
}
