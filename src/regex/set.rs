//! Sets of code points.

use crate::order::sort_numbers;
use crate::text::other_cases;

/// One more than the last code point.
const END: u32 = 0x11_0000;

/// Code points, as the places where the set begins and ends, in turn: U+0041, U+005B are the capitals of ASCII.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Set(Vec<u32>);

impl Set {
    pub(super) fn of(point: u32) -> Self {
        Self(vec![point, point + 1])
    }

    /// From edges in order.
    pub(super) fn from_edges(edges: &[u32]) -> Self {
        Self(edges.to_vec())
    }

    pub(super) const fn from(edges: Vec<u32>) -> Self {
        Self(edges)
    }

    pub(super) fn edges(&self) -> &[u32] {
        &self.0
    }

    pub(super) fn contains(&self, point: u32) -> bool {
        self.0.partition_point(|edge| *edge <= point) % 2 == 1
    }

    pub(super) fn complement(mut self) -> Self {
        if self.0.first() == Some(&0) {
            self.0.remove(0);
        } else {
            self.0.insert(0, 0);
        }
        if self.0.last() == Some(&END) {
            self.0.pop();
        } else {
            self.0.push(END);
        }
        self
    }

    /// With every code point that has the same simple case folding as one of the set.
    pub(super) fn in_any_case(self) -> Self {
        let mut union = Union::default();
        for (start, end) in self.ranges() {
            other_cases(start, end, &mut |point| union.range(point, point + 1));
        }
        if union.0.is_empty() {
            return self;
        }
        union.set(&self);
        union.finish()
    }

    fn ranges(&self) -> impl Iterator<Item = (u32, u32)> {
        self.0.chunks_exact(2).filter_map(|pair| Some((*pair.first()?, *pair.last()?)))
    }
}

/// Ranges that become one set: each start in the upper half of a number, the end, which is not part of it, in the lower.
#[derive(Default)]
pub(super) struct Union(Vec<u64>);

impl Union {
    pub(super) fn range(&mut self, start: u32, end: u32) {
        self.0.push(u64::from(start) << 32 | u64::from(end));
    }

    pub(super) fn set(&mut self, set: &Set) {
        set.ranges().for_each(|(start, end)| self.range(start, end));
    }

    pub(super) fn finish(mut self) -> Set {
        sort_numbers(&mut self.0);
        let mut edges: Vec<u32> = Vec::new();
        for range in self.0 {
            let (start, end) = ((range >> 32) as u32, range as u32);
            match edges.last_mut() {
                Some(last) if *last >= start => *last = end.max(*last),
                _ => edges.extend([start, end]),
            }
        }
        Set(edges)
    }
}
