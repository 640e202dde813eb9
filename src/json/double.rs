//! Which decimals a double carries unchanged, found in whole numbers alone.
//!
//! The usual ways from text to double and back are fast by 20 kB of tables. Pages would load those for numbers that forms hardly ever hold.

/// Digits that every double of ordinary size carries (`DBL_DIG` of C).
pub(super) const ALWAYS: usize = 15;

/// Digits that tell any two doubles apart (`DBL_DECIMAL_DIG` of C); ECMAScript writes no more.
pub(super) const MOST: usize = 17;

/// A double is `mantissa × 2^power` with a whole mantissa below this, and not below its half unless the power is the least.
const MANTISSAS: u64 = 1 << 53;
const LEAST_POWER: i32 = -1_074;
const MOST_POWER: i32 = 971;

/// Whether ECMAScript writes the double nearest to `digits × 10^exponent` with just these digits: of all that are read back as
/// that double the fewest; of several so short the nearest to it; of two so near the even ones (ECMA-262, Number::toString).
///
/// There are 1 to 17 digits, the last of them not 0, and the value lies between 10^-324 and 10^309.
pub(super) fn carries(digits: u64, exponent: i32) -> bool {
    let (mut mantissa, power) = below(digits, exponent);
    let scale = Scale::new(exponent, power);
    // Midway to the next double, in quarters of the last place.
    let high = |mantissa| 4 * mantissa + if mantissa == MANTISSAS { 4 } else { 2 };
    while scale.exceeds(digits, high(mantissa), is_odd(mantissa)) {
        mantissa += 1;
    }
    if mantissa == 0 || power > MOST_POWER || (power == MOST_POWER && mantissa == MANTISSAS) {
        return false;
    }
    let low = 4 * mantissa - if mantissa == MANTISSAS / 2 && power > LEAST_POWER { 1 } else { 2 };
    let above_low = |digits| scale.exceeds(digits, low, !is_odd(mantissa));
    let below_high = |digits| !scale.exceeds(digits, high(mantissa), is_odd(mantissa));
    let shorter = digits - digits % 10;
    if shorter > 0 && (above_low(shorter) || below_high(shorter + 10)) {
        return false;
    }
    let less_is_nearer = above_low(digits - 1) && scale.exceeds(2 * digits - 1, 8 * mantissa, is_odd(digits));
    // There is as much room above the double as below or more, so what is nearer from above is read back as it too.
    let more_is_nearer = !scale.exceeds(2 * digits + 1, 8 * mantissa, !is_odd(digits));
    !less_is_nearer && !more_is_nearer
}

const fn is_odd(number: u64) -> bool {
    number % 2 == 1
}

/// The mantissa and power of a double at or below `digits × 10^exponent`, by less than one and a half of its last place.
fn below(digits: u64, exponent: i32) -> (u64, i32) {
    let zeros = digits.leading_zeros();
    let mut value = (digits << zeros, -(zeros as i32));
    let mut power = if exponent < 0 { (0xcccc_cccc_cccc_cccc, -67) } else { (0xa000_0000_0000_0000, -60) };
    let mut rest = exponent.unsigned_abs();
    while rest > 0 {
        if rest % 2 == 1 {
            value = product(value, power);
        }
        power = product(power, power);
        rest /= 2;
    }
    let power = (value.1 + 11).max(LEAST_POWER);
    (value.0.checked_shr(power.abs_diff(value.1)).unwrap_or(0), power)
}

/// The product of two `mantissa × 2^power` whose mantissas fill 64 bits, cut off after as many. Exponents to ±342 take 18 of
/// these at most, and leave the result less than 2^-54 of itself too small.
fn product(left: (u64, i32), right: (u64, i32)) -> (u64, i32) {
    let product = u128::from(left.0) * u128::from(right.0);
    let spare = product >> 127 == 0;
    let mantissa = if spare { product >> 63 } else { product >> 64 };
    (mantissa as u64, left.1 + right.1 + if spare { 63 } else { 64 })
}

/// `10^exponent` and a quarter of `2^power` in a common measure, in which both are whole: pairs of words of 64 bits, the lowest first.
struct Scale {
    words: Vec<(u64, u64)>,
}

impl Scale {
    fn new(exponent: i32, power: i32) -> Self {
        let twos = exponent - (power - 2);
        let (mut decimal, mut quarter) = (whole(exponent, twos), whole(-exponent, -twos));
        let len = decimal.len().max(quarter.len());
        decimal.resize(len, 0);
        quarter.resize(len, 0);
        Self { words: decimal.into_iter().zip(quarter).collect() }
    }

    /// Whether the decimals are more than the quarters, or as much and `at_tie`. Neither has more than 58 bits.
    fn exceeds(&self, decimals: u64, quarters: u64, at_tie: bool) -> bool {
        /// A lead that all words to come cannot make up for. Two or three words give it, but for a tie or nearly one.
        const LEAD: i128 = 1 << 58;
        let mut lead = 0_i128;
        for (decimal, quarter) in self.words.iter().rev() {
            lead = (lead << 64) + i128::from(*decimal) * i128::from(decimals) - i128::from(*quarter) * i128::from(quarters);
            if !(-LEAD..=LEAD).contains(&lead) {
                break;
            }
        }
        lead > 0 || (lead == 0 && at_tie)
    }
}

/// `5^fives × 2^twos`, without the powers below zero.
fn whole(fives: i32, twos: i32) -> Vec<u64> {
    /// The largest power of five in a word.
    const STEP: u32 = 27;
    let (mut fives, twos) = (fives.max(0) as u32, twos.max(0) as u32);
    let mut words = Vec::with_capacity(16);
    words.resize((twos / 64) as usize, 0);
    words.push(1 << (twos % 64));
    while fives > 0 {
        let step = fives.min(STEP);
        let (by, mut carry) = (5_u64.pow(step), 0);
        for word in &mut words {
            let product = u128::from(*word) * u128::from(by) + u128::from(carry);
            (*word, carry) = (product as u64, (product >> 64) as u64);
        }
        words.push(carry);
        fives -= step;
    }
    words
}

#[cfg(test)]
mod tests {
    use super::super::{Document, Number, canonical};
    use super::*;
    use proptest::prelude::*;

    /// Reads and writes by the standard library and `ryu-js`, which go by tables, and asks for the same verdict and text.
    fn agree_on(text: &str) -> bool {
        let (double, mut buffer) = (text.parse::<f64>().unwrap(), ryu_js::Buffer::new());
        let number = Number::from_checked;
        let written = double.is_finite().then(|| buffer.format_finite(double));
        let kept = written.filter(|written| number(written).compare(number(text)).is_eq());
        assert_eq!(number(text).is_exact(), kept.is_some(), "{text} is written {written:?}");
        assert_eq!(canonical(Document::read(text).unwrap().root()).ok().as_deref(), kept, "{text}");
        kept.is_some()
    }

    /// Asks for `digits × 10^exponent` and its neighbours.
    fn agree_near(digits: u64, exponent: i64, most: u64) {
        for digits in digits.saturating_sub(most)..=digits + most {
            agree_on(&format!("{digits}e{exponent}"));
        }
    }

    /// Asks for a double and, in 15 to 17 digits, for all decimals from the double before it to the one after.
    fn agree_about(double: f64) {
        assert!(agree_on(ryu_js::Buffer::new().format_finite(double)), "{double:e}");
        for (most, places) in [(1, 14), (3, 15), (25, 16)] {
            let text = format!("{:.places$e}", double.abs());
            let (digits, exponent) = text.split_once('e').unwrap();
            agree_near(digits.replace('.', "").parse().unwrap(), exponent.parse::<i64>().unwrap() - places as i64, most);
        }
    }

    #[test]
    fn doubles_next_to_powers_of_two_and_ten_are_carried_in_their_shortest_digits() {
        let two = (0..52).map(|place| 1_u64 << place).chain((1..2_047).map(|exponent| exponent << 52));
        let ten = (-323..=308).map(|exponent| format!("1e{exponent}").parse::<f64>().unwrap().to_bits());
        for bits in two.chain(ten) {
            (bits.saturating_sub(2)..=bits + 2).for_each(|bits| agree_about(f64::from_bits(bits)));
        }
        (0..5_000).for_each(|bits| agree_about(f64::from_bits(bits)));
        (0..5).for_each(|below| agree_about(f64::from_bits(f64::MAX.to_bits() - below)));
    }

    #[test]
    fn decimals_next_to_powers_of_ten_are_judged_alike() {
        for exponent in -345..=312 {
            for power in [1, 1_000_000_000_000_000, 10_000_000_000_000_000, 100_000_000_000_000_000] {
                agree_near(power, exponent, 12);
            }
        }
    }

    /// Of the decimals midway between two doubles only these have up to 17 digits: odd multiples of powers of five, times powers of two.
    #[test]
    fn decimals_midway_between_doubles_go_to_the_even_one() {
        let mut midway = 0;
        for exponent in -1..=22_i32 {
            let five = 5_u64.pow(exponent.max(0) as u32);
            let (least, most) = (MANTISSAS.div_ceil(five), 2 * MANTISSAS / five);
            for digits in (least..most).step_by((most / 400).max(1) as usize).map(|digits| digits | 1).filter(|digits| *digits < most) {
                let digits = if exponent < 0 { 5 * digits } else { digits };
                for digits in (0..57).map(|twos| digits << twos).take_while(|digits| *digits < 100_000_000_000_000_000) {
                    agree_near(digits, exponent.into(), 1);
                    midway += 1;
                }
            }
        }
        assert!(midway > 10_000, "{midway}");
    }

    /// Published as decimals on which readers and writers went wrong, or found hard.
    #[test]
    fn decimals_that_others_got_wrong_are_judged_alike() {
        for (text, exact) in [
            ("2.2250738585072011e-308", false),
            ("2.225073858507201e-308", true),
            ("2.2250738585072012e-308", false),
            ("2.2250738585072014e-308", true),
            ("2.4703282292062327e-324", false),
            ("2.4703282292062328e-324", false),
            ("1.7976931348623157e308", true),
            ("1.7976931348623158e308", false),
            ("1.7976931348623159e308", false),
            ("9e-324", false),
            ("1e-323", true),
            ("8.41e21", true),
            ("2e-44", true),
            ("6.631236846766476e-316", false),
            ("6.63123685e-316", true),
            ("9007199254740993", false),
            ("6929495644600919.5", false),
            ("6929495644600920", true),
            ("3.7455744005952583e15", false),
            ("3745574400595258.5", true),
            ("4.3560036149024963e-13", false),
            ("4.3560036149024965e-13", true),
            ("2.9802322387695312e-8", true),
            ("2.9802322387695313e-8", false),
            ("1e99999999999999999999", false),
            ("-1e-99999999999999999999", false),
        ] {
            assert_eq!(agree_on(text), exact, "{text}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn every_double_is_carried_in_its_shortest_digits(bits: u64) {
            let double = f64::from_bits(bits);
            prop_assume!(double.is_finite());
            agree_about(double);
        }

        /// Here the last places of both are near each other, so that ties occur on either side.
        #[test]
        fn doubles_of_16_and_17_digits_are_carried(mantissa in 0..MANTISSAS / 2, exponent in 1_023_u64 + 45..1_023 + 75) {
            agree_about(f64::from_bits((exponent << 52) + mantissa));
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(20_000))]

        #[test]
        fn decimals_are_judged_alike(whole in "-?(0|[1-9][0-9]{0,19})", fraction in "(\\.[0-9]{1,20})?", exponent in -400..=400) {
            agree_on(&format!("{whole}{fraction}e{exponent}"));
            agree_on(&format!("{whole}{fraction}"));
        }
    }
}
