//! Bytes taken eight at a time, as one number: where a string stops being plain, the hash of a name, whether two texts are the same.
//!
//! Most names and strings of a form are shorter than sixteen bytes, so each is one or two steps.

const LOWS: u64 = 0x0101_0101_0101_0101;
const HIGHS: u64 = 0x8080_8080_8080_8080;

/// The first place from one on where a quote, a backslash or a control character stands, or the end.
#[inline(always)]
pub(super) fn to_special(bytes: &[u8], mut at: usize) -> usize {
    while let Some(rest) = bytes.get(at..) {
        let special = match rest.first_chunk() {
            Some(eight) => special(*eight),
            // The end is found as a quote behind it would be.
            None => special(padded(rest)),
        };
        if special != 0 {
            return at + special.trailing_zeros() as usize / 8;
        }
        at += 8;
    }
    at
}

/// The highest bit of each byte that is a quote, a backslash or a control character; above the lowest of them, where alone a borrow can reach,
/// also of others.
#[inline(always)]
const fn special(eight: [u8; 8]) -> u64 {
    const fn below(word: u64, least: u64) -> u64 {
        word.wrapping_sub(LOWS * least) & !word
    }
    let word = u64::from_le_bytes(eight);
    (below(word ^ (LOWS * b'"' as u64), 1) | below(word ^ (LOWS * b'\\' as u64), 1) | below(word, 0x20)) & HIGHS
}

/// A few bytes with quotes behind them.
fn padded(rest: &[u8]) -> [u8; 8] {
    let mut eight = [b'"'; 8];
    for (to, from) in eight.iter_mut().zip(rest) {
        *to = *from;
    }
    eight
}

/// A hash of a name. Equal hashes are always followed by a comparison.
pub(crate) fn name_hash(name: &str) -> u32 {
    hash(name.as_bytes())
}

/// The hash of a name, or of another text, by its bytes.
pub(crate) fn hash(bytes: &[u8]) -> u32 {
    let mut rest = bytes;
    if rest.len() < 8 {
        return short_hash(padded(rest), rest.len() as u32);
    }
    let mut hash = rest.len() as u64;
    while let Some((eight, behind)) = rest.split_first_chunk().filter(|(_, behind)| !behind.is_empty()) {
        hash = mixed(hash, u64::from_le_bytes(*eight));
        rest = behind;
    }
    // The last eight bytes, which may overlap with those before.
    let last = bytes.last_chunk().map_or(0, |eight| u64::from_le_bytes(*eight));
    (mixed(hash, last) >> 32) as u32
}

/// The hash of a name of fewer than eight bytes; what stands behind them does not matter.
#[inline(always)]
pub(super) fn short_hash(eight: [u8; 8], len: u32) -> u32 {
    let name = u64::from_le_bytes(eight) & !(u64::MAX << (len * 8));
    (mixed(u64::from(len), name) >> 32) as u32
}

#[inline(always)]
const fn mixed(hash: u64, word: u64) -> u64 {
    (hash.rotate_left(29) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// Whether two texts are the same. Short ones are compared here, since a call would take longer.
#[inline(always)]
pub(crate) fn same(left: &[u8], right: &[u8]) -> bool {
    if left.len() != right.len() {
        return false;
    }
    let len = left.len();
    if let (Some(first), Some(other)) = (eight(left, 0), eight(right, 0)) {
        return first == other && eight(left, len - 8) == eight(right, len - 8) && (len <= 16 || left == right);
    }
    if let (Some(first), Some(other)) = (four(left, 0), four(right, 0)) {
        return first == other && four(left, len - 4) == four(right, len - 4);
    }
    let mut at = 0;
    while let (Some(byte), Some(other)) = (left.get(at), right.get(at)) {
        if byte != other {
            return false;
        }
        at += 1;
    }
    true
}

#[inline(always)]
fn eight(bytes: &[u8], at: usize) -> Option<u64> {
    bytes.get(at..)?.first_chunk().map(|eight| u64::from_le_bytes(*eight))
}

#[inline(always)]
fn four(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk().map(|four| u32::from_le_bytes(*four))
}

#[cfg(test)]
#[path = "../../tests/support/colliding.rs"]
pub(super) mod colliding;

#[cfg(test)]
mod tests {
    use super::colliding::colliding;
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn eight_at_a_time_finds_what_one_at_a_time_does(bytes in proptest::collection::vec(prop_oneof![Just(b'"'), Just(b'\\'), 0_u8..0x24, 0x5a_u8..0x5e, any::<u8>(), Just(b'a'), Just(b'a')], 0..40), at in 0_usize..40) {
            let special = |byte: &u8| matches!(byte, b'"' | b'\\' | 0..0x20);
            let expected = bytes.iter().skip(at).position(special).map_or(bytes.len().max(at), |found| at + found);
            prop_assert_eq!(to_special(&bytes, at), expected);
        }

        #[test]
        fn a_name_has_one_hash(name in "\\PC{0,12}", behind in any::<[u8; 8]>()) {
            if name.len() < 8 {
                let eight = std::array::from_fn(|at| name.as_bytes().get(at).copied().unwrap_or(behind[at]));
                prop_assert_eq!(short_hash(eight, name.len() as u32), name_hash(&name));
            }
        }

        #[test]
        fn texts_are_the_same_when_all_bytes_are(left in "[ab]{0,20}", right in "[ab]{0,20}", at in 0_usize..20) {
            prop_assert_eq!(same(left.as_bytes(), right.as_bytes()), left == right);
            let mut other = left.clone().into_bytes();
            if let Some(byte) = other.get_mut(at) {
                *byte ^= 1;
            }
            prop_assert_eq!(same(left.as_bytes(), &other), at >= left.len());
        }
    }

    #[test]
    fn names_can_be_made_to_collide() {
        let hashes: std::collections::HashSet<_> = colliding(50).iter().map(|name| name_hash(name)).collect();
        assert_eq!(hashes.len(), 1);
    }

    #[test]
    fn names_of_a_form_have_different_hashes() {
        let mut hashes = std::collections::HashSet::new();
        for name in 0..20_000 {
            assert!(hashes.insert(name_hash(&format!("field{name}"))), "{name}");
        }
    }
}
