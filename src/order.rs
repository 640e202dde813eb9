//! Sorting, and walking graphs, written once. A generic sort is compiled anew for every type it meets, which in a browser's module costs more
//! than all the sorting of a form takes.

use std::cmp::Ordering;

/// Sorts a list; equal items keep their order. At most about n · log₂ n comparisons, whatever the input.
pub fn sort_by<T>(items: &mut [T], compare: impl Fn(&T, &T) -> Ordering) {
    let place = |place: u32| items.get(place as usize);
    let mut order = sorted(items.len(), &|left, right| match (place(left), place(right)) {
        (Some(left), Some(right)) => compare(left, right),
        _ => Ordering::Equal,
    });
    // Each cycle of the permutation is walked once; a place that is done points at itself.
    for start in 0..order.len() {
        let mut at = start;
        while let Some(next) = order.get_mut(at).map(|next| std::mem::replace(next, at as u32) as usize).filter(|next| *next != start) {
            items.swap(at, next);
            at = next;
        }
    }
}

/// Sorts a list by what a key gives for each item.
pub fn sort_by_key<T, K: Ord>(items: &mut [T], key: impl Fn(&T) -> K) {
    sort_by(items, |left, right| key(left).cmp(&key(right)));
}

/// Sorts numbers.
pub fn sort_numbers(numbers: &mut [u64]) {
    if !numbers.is_sorted() {
        sort_by_key(numbers, |number| *number);
    }
}

/// The places of a list in sorted order, those of equal items as they were: runs of one, two, four … are merged.
pub fn sorted(len: usize, compare: &dyn Fn(u32, u32) -> Ordering) -> Vec<u32> {
    let mut order: Vec<u32> = (0..u32::try_from(len).unwrap_or(u32::MAX)).collect();
    let mut next = Vec::with_capacity(len);
    let mut width = 1;
    while width < len {
        for pair in order.chunks(width * 2) {
            let (mut left, mut right) = pair.split_at_checked(width).unwrap_or((pair, &[]));
            while let ([first, rest @ ..], [other, others @ ..]) = (left, right) {
                if compare(*other, *first) == Ordering::Less {
                    next.push(*other);
                    right = others;
                } else {
                    next.push(*first);
                    left = rest;
                }
            }
            next.extend_from_slice(left);
            next.extend_from_slice(right);
        }
        std::mem::swap(&mut order, &mut next);
        next.clear();
        width *= 2;
    }
    order
}

/// The nodes on the way, each with the place of the next among those it leads to.
pub type Way = [(u32, usize)];

/// Walks a graph depth first, from each node in turn: `needs` are the nodes that each leads to. `done` is told each node once, behind all that
/// it leads to; `circle` each way that comes back to a node on it, with that node.
pub fn walk(needs: &[Vec<u32>], done: &mut dyn FnMut(u32), circle: &mut dyn FnMut(&Way, u32)) {
    const NEW: u8 = 0;
    const ON_THE_WAY: u8 = 1;
    const DONE: u8 = 2;
    let mut states = vec![NEW; needs.len()];
    for start in 0..needs.len() as u32 {
        let mut way = vec![(start, 0)];
        while let Some((at, next)) = way.pop() {
            let Some((state, needs)) = states.get_mut(at as usize).zip(needs.get(at as usize)) else { continue };
            if next == 0 && *state != NEW {
                continue;
            }
            let Some(need) = needs.get(next) else {
                *state = DONE;
                done(at);
                continue;
            };
            *state = ON_THE_WAY;
            way.push((at, next + 1));
            if states.get(*need as usize) == Some(&ON_THE_WAY) {
                circle(&way, *need);
            } else {
                way.push((*need, 0));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_list_is_sorted_as_the_standard_library_does(list in proptest::collection::vec((0_u8..8, any::<u16>()), 0..300)) {
            let (mut ours, mut theirs) = (list.clone(), list);
            sort_by_key(&mut ours, |(key, _)| *key);
            theirs.sort_by_key(|(key, _)| *key);
            prop_assert_eq!(ours, theirs);
        }
    }

    #[test]
    fn nodes_are_done_behind_those_they_lead_to() {
        let needs = [vec![2, 1], vec![2], vec![], vec![4], vec![3, 0]];
        let (mut done, mut circles) = (Vec::new(), Vec::new());
        walk(&needs, &mut |node| done.push(node), &mut |way, again| {
            circles.push((way.iter().map(|(node, _)| *node).collect::<Vec<_>>(), again));
        });
        assert_eq!((done, circles), (vec![2, 1, 0, 4, 3], vec![(vec![3, 4], 3)]));
    }

    #[test]
    fn comparisons_stay_few() {
        let count = std::cell::Cell::new(0_u32);
        let mut list: Vec<u32> = (0..4_096).map(|at: u32| at.wrapping_mul(2_654_435_761) % 1_000).collect();
        sort_by(&mut list, |left, right| {
            count.set(count.get() + 1);
            left.cmp(right)
        });
        assert!(list.is_sorted() && count.get() <= 4_096 * 12, "{}", count.get());
    }
}
