//! Arithmetic with an odd modulus, for verifying alone: all numbers are public, so nothing here takes the same time for every input.
//!
//! Numbers are kept times R, the power of two that lies just above the limbs of the modulus, so that a product is divided by a power of two and
//! not by the modulus (P. L. Montgomery, Modular Multiplication Without Trial Division, 1985).

/// A number below the modulus, times R, as limbs, the lowest first.
pub(super) type Residue = Vec<u32>;

/// An odd modulus.
pub(super) struct Modulus {
    limbs: Vec<u32>,
    /// Bytes of the modulus.
    bytes: usize,
    /// What times the lowest limb is -1.
    negative_inverse: u32,
    /// R² in the modulus, with which a number becomes R times itself.
    square: Vec<u32>,
}

impl Modulus {
    /// Of big-endian bytes.
    pub(super) fn new(modulus: &[u8]) -> Self {
        let limbs = limbs(modulus, modulus.len().div_ceil(4));
        let lowest = limbs.first().copied().unwrap_or(1);
        // Newton: each step doubles the bits that are right, of which there are three at first.
        let mut inverse = lowest;
        for _ in 0..4 {
            inverse = inverse.wrapping_mul(2_u32.wrapping_sub(lowest.wrapping_mul(inverse)));
        }
        let mut modulus = Self { square: Vec::new(), negative_inverse: inverse.wrapping_neg(), bytes: modulus.len(), limbs };
        let mut square = modulus.unit();
        for _ in 0..64 * modulus.limbs.len() {
            square = modulus.sum(&square, &square);
        }
        modulus.square = square;
        modulus
    }

    /// The number of big-endian bytes, if it is below the modulus.
    pub(super) fn read(&self, number: &[u8]) -> Option<Residue> {
        let limbs = limbs(number, self.limbs.len());
        (limbs.len() == self.limbs.len() && is_below(&limbs, &self.limbs)).then(|| self.product(&limbs, &self.square))
    }

    /// The big-endian bytes of a number, as many as the modulus has.
    pub(super) fn bytes(&self, number: &[u32]) -> Vec<u8> {
        let plain = self.product(number, &self.unit());
        let bytes: Vec<u8> = plain.iter().rev().flat_map(|limb| limb.to_be_bytes()).collect();
        bytes.get(bytes.len().saturating_sub(self.bytes)..).unwrap_or_default().to_vec()
    }

    /// A number to the power of big-endian bytes, which are not zero.
    pub(super) fn power(&self, base: &[u32], exponent: &[u8]) -> Residue {
        let mut power: Option<Residue> = None;
        for bit in bits(exponent) {
            power = power.map(|power| self.product(&power, &power));
            if bit {
                power = Some(power.map_or_else(|| base.to_vec(), |power| self.product(&power, base)));
            }
        }
        power.unwrap_or_default()
    }

    /// The product of two numbers: theirs, divided by R.
    pub(super) fn product(&self, left: &[u32], right: &[u32]) -> Residue {
        let mut sum = vec![0; self.limbs.len()];
        let mut above = 0;
        for digit in left {
            let carried = add_times(&mut sum, right, *digit);
            let lowest = sum.first().copied().unwrap_or_default();
            let reduced = add_times(&mut sum, &self.limbs, lowest.wrapping_mul(self.negative_inverse));
            // The lowest limb is zero now: all move down by one.
            let top = u64::from(above) + u64::from(carried) + u64::from(reduced);
            sum.rotate_left(1);
            if let Some(highest) = sum.last_mut() {
                *highest = top as u32;
            }
            above = (top >> 32) as u32;
        }
        self.reduce(&mut sum, above != 0);
        sum
    }

    /// The sum of two numbers.
    pub(super) fn sum(&self, left: &[u32], right: &[u32]) -> Residue {
        let mut sum = left.to_vec();
        let carry = add_times(&mut sum, right, 1);
        self.reduce(&mut sum, carry != 0);
        sum
    }

    /// The difference of two numbers.
    pub(super) fn difference(&self, left: &[u32], right: &[u32]) -> Residue {
        let mut difference = left.to_vec();
        if subtract(&mut difference, right) {
            add_times(&mut difference, &self.limbs, 1);
        }
        difference
    }

    fn unit(&self) -> Vec<u32> {
        let mut unit = vec![0; self.limbs.len()];
        if let Some(lowest) = unit.first_mut() {
            *lowest = 1;
        }
        unit
    }

    /// Takes the modulus off a number once, with what was carried out of it, if that is not below it.
    fn reduce(&self, number: &mut [u32], carry: bool) {
        if carry || !is_below(number, &self.limbs) {
            subtract(number, &self.limbs);
        }
    }
}

/// The bits of big-endian bytes, the highest first.
pub(super) fn bits(bytes: &[u8]) -> impl Iterator<Item = bool> {
    bytes.iter().flat_map(|byte| (0..8).rev().map(move |bit| byte >> bit & 1 == 1))
}

/// Big-endian bytes as limbs, the lowest first, at least so many.
fn limbs(bytes: &[u8], least: usize) -> Vec<u32> {
    let mut limbs: Vec<u32> = bytes.rchunks(4).map(|limb| limb.iter().fold(0, |limb, byte| limb << 8 | u32::from(*byte))).collect();
    if limbs.len() < least {
        limbs.resize(least, 0);
    }
    limbs
}

/// Whether a number is below another of as many limbs.
fn is_below(number: &[u32], other: &[u32]) -> bool {
    number.iter().rev().lt(other.iter().rev())
}

/// Takes a number off another, and says whether that was too small.
fn subtract(number: &mut [u32], other: &[u32]) -> bool {
    let mut borrow = false;
    for (limb, other) in number.iter_mut().zip(other) {
        let (once, first) = limb.overflowing_sub(*other);
        let (twice, second) = once.overflowing_sub(borrow.into());
        (*limb, borrow) = (twice, first | second);
    }
    borrow
}

/// Adds a number times a digit, and gives what is carried out.
fn add_times(sum: &mut [u32], number: &[u32], digit: u32) -> u32 {
    let mut carry = 0;
    for (limb, other) in sum.iter_mut().zip(number) {
        let wide = u64::from(*limb) + u64::from(*other) * u64::from(digit) + carry;
        (*limb, carry) = (wide as u32, wide >> 32);
    }
    carry as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_differences_products_and_powers_are_those_of_arithmetic() {
        for (left, right, modulus) in [
            (2_u64, 10_u64, 1_001_u64),
            (3, 0, 0xffff_ffff_ffff_ffc5),
            (0xffff_ffff_ffff_ffc4, 0xffff_ffff_ffff_ffc4, 0xffff_ffff_ffff_ffc5),
            (0x1234_5678_9abc_def1, 65_537, 0xffff_ffff_0000_0001),
            (5, 0x8000_0000_0000_0000, 0x8000_0000_0000_0001),
        ] {
            let field = Modulus::new(&modulus.to_be_bytes());
            let read = |number: u64| field.read(&number.to_be_bytes()).unwrap();
            let shown = |number: Residue| u64::from_be_bytes(field.bytes(&number).try_into().unwrap());
            let wide = |number: u128| (number % u128::from(modulus)) as u64;
            let (one, other) = (read(left), read(right));
            assert_eq!(shown(field.sum(&one, &other)), wide(u128::from(left) + u128::from(right)));
            assert_eq!(shown(field.difference(&one, &other)), wide(u128::from(left) + u128::from(modulus) - u128::from(right)));
            assert_eq!(shown(field.product(&one, &other)), wide(u128::from(left) * u128::from(right)));
            for exponent in [1_u8, 2, 3, 255] {
                let power = (0..exponent).fold(1, |power, _| wide(u128::from(power) * u128::from(left)));
                assert_eq!(shown(field.power(&one, &[exponent])), power, "{left} {exponent} {modulus}");
            }
            assert_eq!(field.read(&modulus.to_be_bytes()), None);
            assert_eq!(field.read(&[1; 9]), None);
        }
    }
}
