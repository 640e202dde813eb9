//! Sums of doubles as the decimals that people wrote.

use super::double::{nearest, shortest};

/// Decimal digits of a part.
const PART: i32 = 9;
const PARTS: i64 = 1_000_000_000;

/// The power of ten of the last part. No double is written with a digit further behind the point than 324.
const LAST: i32 = -324;

/// From there to 10^309, and what a sum of as many doubles as a document holds has above that.
const LEN: usize = 73;

/// A sum in which each double counts as the decimal that is written for it, rounded once at its end: 0.1 + 0.2 is 0.3. The order of what is
/// added does not matter.
///
/// ```
/// use hoso::json::DecimalSum;
///
/// let mut sum = DecimalSum::default();
/// sum.add(0.1);
/// sum.add(0.2);
/// assert_eq!(sum.finish(), 0.3);
/// ```
#[derive(Debug, Default)]
pub struct DecimalSum {
    /// The lowest first, none until something is added. A billion additions may carry nothing.
    parts: Vec<i64>,
    /// The sum of what is infinite or no number.
    beyond: f64,
}

impl DecimalSum {
    /// Adds one.
    pub fn add(&mut self, double: f64) {
        if !double.is_finite() {
            self.beyond += double;
            return;
        }
        let (digits, exponent) = shortest(double);
        let places = (exponent - LAST).unsigned_abs();
        let (mut rest, shift) = (digits as i64, 10_i64.pow(places % PART as u32));
        // The first part takes as many digits as it has room for.
        let mut room = PARTS / shift;
        let mut shift = if double < 0.0 { -shift } else { shift };
        self.parts.resize(LEN, 0);
        for part in self.parts.iter_mut().skip((places / PART as u32) as usize).take(3) {
            *part += rest % room * shift;
            rest /= room;
            (room, shift) = (PARTS, shift.signum());
        }
    }

    /// The double nearest to the sum; infinite, or no number, where IEEE 754 has the sum so.
    #[must_use]
    pub fn finish(self) -> f64 {
        self.sum()
    }

    /// The same of what was added so far.
    #[must_use]
    pub fn sum(&self) -> f64 {
        Self { parts: self.parts.clone(), beyond: self.beyond }.rounded()
    }

    fn rounded(mut self) -> f64 {
        if self.beyond != 0.0 {
            return self.beyond;
        }
        let is_negative = self.carried() < 0;
        if is_negative {
            for part in &mut self.parts {
                *part = -*part;
            }
            self.carried();
        }
        let (mut digits, mut exponent) = (Vec::new(), LAST);
        for part in &self.parts {
            let mut rest = *part;
            for _ in 0..PART {
                let digit = (rest % 10) as u8;
                rest /= 10;
                if digit == 0 && digits.is_empty() {
                    exponent += 1;
                } else {
                    digits.push(digit);
                }
            }
        }
        while digits.last() == Some(&0) {
            digits.pop();
        }
        let sum = nearest(&mut digits.iter().rev().copied(), digits.len(), exponent.into());
        if is_negative { -sum } else { sum }
    }

    /// Brings all parts but the highest between 0 and a billion. Gives that one, which has the sign of the sum.
    fn carried(&mut self) -> i64 {
        let mut carry = 0;
        for part in &mut self.parts {
            let sum = *part + carry;
            (*part, carry) = (sum.rem_euclid(PARTS), sum.div_euclid(PARTS));
        }
        carry
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::double_text;
    use proptest::prelude::*;

    fn sum(doubles: impl IntoIterator<Item = f64>) -> f64 {
        let mut sum = DecimalSum::default();
        doubles.into_iter().for_each(|double| sum.add(double));
        sum.finish()
    }

    #[test]
    fn decimals_are_added_exactly() {
        for (doubles, expected) in [
            (&[][..], 0.0),
            (&[0.1, 0.2], 0.3),
            (&[0.1, 0.2, -0.3], 0.0),
            (&[-0.1, -0.2], -0.3),
            (&[1e308, 1e308, -1e308], 1e308),
            (&[1e300, 0.1, -1e300], 0.1),
            (&[5e-324, 5e-324], 1e-323),
            (&[f64::MAX, f64::MAX], f64::INFINITY),
            (&[-f64::MAX, -f64::MAX], f64::NEG_INFINITY),
            (&[f64::INFINITY, 1.0], f64::INFINITY),
            (&[1_500_000.5, 2_499_999.5], 4_000_000.0),
            (&[-1e-9, 1.0], 0.999_999_999),
        ] {
            assert_eq!(sum(doubles.iter().copied()), expected, "{doubles:?}");
        }
        assert!(sum([f64::INFINITY, f64::NEG_INFINITY]).is_nan() && sum([1.0, f64::NAN]).is_nan());
        assert_eq!(sum(std::iter::repeat_n(0.01, 1_000_000)), 10_000.0);
        assert_eq!(sum(std::iter::repeat_n(-0.7, 1_000_000)), -700_000.0);
    }

    proptest! {
        #[test]
        fn hundredths_are_added_as_whole_numbers(cents in prop::collection::vec(-1_000_000_000_i64..1_000_000_000, 0..50)) {
            let expected = cents.iter().sum::<i64>() as f64 / 100.0;
            prop_assert_eq!(sum(cents.iter().map(|cents| *cents as f64 / 100.0)), expected);
            prop_assert_eq!(sum(cents.iter().rev().map(|cents| *cents as f64 / 100.0)), expected);
        }

        #[test]
        fn the_sum_of_one_is_itself_and_with_its_opposite_nothing(bits: u64) {
            let double = f64::from_bits(bits);
            prop_assume!(double.is_finite());
            prop_assert_eq!(sum([double]), double, "{}", double_text(double));
            prop_assert_eq!(sum([double, 1.0, -double]), 1.0);
        }
    }
}
