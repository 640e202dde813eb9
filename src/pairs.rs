//! What is remembered of a block at a node, a map from pairs of numbers to a number; and what is found by a number. The standard library's maps are compiled
//! anew for every type they hold, which in a browser's module costs more than everything that is remembered.

use crate::json::{hash, same};
use crate::order;

/// Places by a number that what stands there has: a hash, a node.
#[derive(Debug, Default)]
pub(crate) struct Sorted(Vec<(u32, u32)>);

impl Sorted {
    /// Adds a place; [`Sorted::sort`] must follow.
    pub(crate) fn push(&mut self, number: u32, place: u32) {
        self.0.push((number, place));
    }

    pub(crate) fn sort(&mut self) {
        order::sort_by(&mut self.0, Ord::cmp);
    }

    /// The place of the largest number up to this one.
    pub(crate) fn last(&self, number: u32) -> Option<u32> {
        let behind = self.0.partition_point(|(known, _)| *known <= number);
        self.0.get(behind.checked_sub(1)?).map(|(_, place)| *place)
    }

    /// The first place of that number that is the one looked for.
    pub(crate) fn find(&self, number: u32, is_it: &mut dyn FnMut(u32) -> bool) -> Option<u32> {
        let mut at = self.0.partition_point(|(known, _)| *known < number);
        while let Some((_, place)) = self.0.get(at).filter(|(known, _)| *known == number) {
            if is_it(*place) {
                return Some(*place);
            }
            at += 1;
        }
        None
    }
}

/// Places of texts, found by their hashes.
#[derive(Debug, Default)]
pub(crate) struct Texts {
    /// Sorted by hash, those of one hash by their texts.
    sorted: Vec<Text>,
    /// Where among them those begin whose hashes have the same upper bits, about as many groups as texts; at last their end.
    starts: Vec<u32>,
    shift: u32,
    /// The texts one after the other.
    bytes: Vec<u8>,
}

#[derive(Clone, Copy, Debug)]
struct Text {
    hash: u32,
    start: u32,
    len: u32,
    place: u32,
}

impl Texts {
    /// Adds the text at a place; [`Texts::sort`] must follow.
    pub(crate) fn push(&mut self, text: &[u8], place: u32) {
        self.sorted.push(Text { hash: hash(text), start: self.bytes.len() as u32, len: text.len() as u32, place });
        self.bytes.extend_from_slice(text);
    }

    pub(crate) fn sort(&mut self) {
        let mut sorted = std::mem::take(&mut self.sorted);
        order::sort_by(&mut sorted, |left, right| left.hash.cmp(&right.hash).then_with(|| self.text(left).cmp(self.text(right))));
        let bits = (usize::BITS - sorted.len().leading_zeros()).clamp(1, 16);
        self.shift = 32 - bits;
        for (at, text) in sorted.iter().enumerate() {
            while self.starts.len() <= (text.hash >> self.shift) as usize {
                self.starts.push(at as u32);
            }
        }
        self.starts.resize((1 << bits) + 1, sorted.len() as u32);
        self.sorted = sorted;
    }

    /// The place of a text, whose hash is known. Many texts of one hash, as a stranger may have chosen them, are not tried one after the other.
    pub(crate) fn find(&self, hash: u32, wanted: &[u8]) -> Option<u32> {
        const FEW: u32 = 8;
        let group = (hash >> self.shift) as usize;
        let (mut at, end) = (*self.starts.get(group)?, *self.starts.get(group + 1)?);
        if end - at > FEW {
            return self.find_among_many(hash, wanted);
        }
        while at < end {
            let text = self.sorted.get(at as usize)?;
            if text.hash == hash && same(self.text(text), wanted) {
                return Some(text.place);
            }
            at += 1;
        }
        None
    }

    #[inline(never)]
    fn find_among_many(&self, hash: u32, wanted: &[u8]) -> Option<u32> {
        let order = |text: &Text| text.hash.cmp(&hash).then_with(|| self.text(text).cmp(wanted));
        self.sorted.binary_search_by(order).ok().and_then(|found| self.sorted.get(found)).map(|text| text.place)
    }

    #[inline(always)]
    fn text(&self, text: &Text) -> &[u8] {
        self.bytes.get(text.start as usize..(text.start + text.len) as usize).unwrap_or_default()
    }
}

/// A map with open addressing. The numbers count blocks and nodes, so nobody chooses keys that collide.
#[derive(Clone, Default)]
pub(crate) struct Pairs {
    /// A power of two of them, at most half of them taken.
    slots: Vec<Slot>,
    taken: usize,
}

#[derive(Clone, Copy)]
struct Slot {
    pair: (u32, u32),
    /// [`FREE`] where there is none.
    value: u32,
}

const FREE: u32 = u32::MAX;

impl Pairs {
    /// What a pair stands for.
    pub(crate) fn get(&self, pair: (u32, u32)) -> Option<u32> {
        self.slots.get(self.place(pair)).map(|slot| slot.value).filter(|value| *value != FREE)
    }

    /// Lets a pair stand for a number below `u32::MAX`. Whether it is new.
    pub(crate) fn insert(&mut self, pair: (u32, u32), value: u32) -> bool {
        if self.taken * 2 >= self.slots.len() {
            self.grow();
        }
        let at = self.place(pair);
        let Some(slot) = self.slots.get_mut(at) else { return false };
        let new = slot.value == FREE;
        *slot = Slot { pair, value: value.min(FREE - 1) };
        self.taken += usize::from(new);
        new
    }

    /// The slot of a pair, or the free one where it would be.
    fn place(&self, pair: (u32, u32)) -> usize {
        let mixed = (u64::from(pair.0) << 32 | u64::from(pair.1)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let mask = self.slots.len().wrapping_sub(1);
        let mut at = (mixed ^ mixed >> 32) as usize & mask;
        while self.slots.get(at).is_some_and(|slot| slot.value != FREE && slot.pair != pair) {
            at = (at + 1) & mask;
        }
        at
    }

    fn grow(&mut self) {
        let empty = vec![Slot { pair: (0, 0), value: FREE }; (self.slots.len() * 2).max(16)];
        let old = std::mem::replace(&mut self.slots, empty);
        for slot in old.into_iter().filter(|slot| slot.value != FREE) {
            let at = self.place(slot.pair);
            self.slots.get_mut(at).into_iter().for_each(|free| *free = slot);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::HashMap;

    proptest! {
        #[test]
        fn it_remembers_as_the_standard_library_does(steps in proptest::collection::vec(((0_u32..20, 0_u32..40), 0_u32..9), 0..900)) {
            let (mut ours, mut theirs) = (Pairs::default(), HashMap::new());
            for (pair, value) in steps {
                prop_assert_eq!(ours.get(pair), theirs.get(&pair).copied());
                prop_assert_eq!(ours.insert(pair, value), theirs.insert(pair, value).is_none());
            }
            for pair in (0..21).flat_map(|left| (0..41).map(move |right| (left, right))) {
                prop_assert_eq!(ours.get(pair), theirs.get(&pair).copied());
            }
        }
    }

    proptest! {
        #[test]
        fn a_text_is_found_where_it_stands(texts in proptest::collection::hash_set("[a-c]{0,4}|[a-z]{3,20}", 0..60), other in "[a-c]{0,4}") {
            let texts: Vec<_> = texts.into_iter().collect();
            let mut all = Texts::default();
            for (text, place) in texts.iter().zip(0..) {
                all.push(text.as_bytes(), place);
            }
            all.sort();
            for wanted in texts.iter().chain([&other]) {
                let expected = texts.iter().position(|text| text == wanted).map(|at| at as u32);
                prop_assert_eq!(all.find(hash(wanted.as_bytes()), wanted.as_bytes()), expected);
                prop_assert_eq!(all.find_among_many(hash(wanted.as_bytes()), wanted.as_bytes()), expected);
            }
        }
    }

    #[test]
    fn every_number_can_be_part_of_a_pair() {
        let mut pairs = Pairs::default();
        for pair in [(0, 0), (0, u32::MAX), (u32::MAX, 0), (u32::MAX, u32::MAX)] {
            assert!(pairs.get(pair).is_none() && pairs.insert(pair, u32::MAX) && !pairs.insert(pair, 1));
            assert_eq!(pairs.get(pair), Some(1));
        }
    }
}
