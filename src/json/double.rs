//! From decimals to doubles and back, found in whole numbers alone.
//!
//! The usual ways are fast by 20 kB of tables. Pages would load those for numbers that forms hardly ever hold. What forms do hold, some
//! digits and two places, is exact in a double's own arithmetic (Clinger, "How to read floating point numbers accurately", 1990).

use super::Number;
use super::canonical::write_decimal;
use super::number::Decimal;
use crate::text::decimal;

/// Digits that every double of ordinary size carries (`DBL_DIG` of C).
pub(super) const ALWAYS: usize = 15;

/// Digits that tell any two doubles apart (`DBL_DECIMAL_DIG` of C); ECMAScript writes no more.
pub(super) const MOST: usize = 17;

/// Of 17 digits the lowest and, without it, the highest.
const FULL: u64 = 10_000_000_000_000_000;

/// Digits that matter beyond doubt: midway between two doubles stand numbers of at most 767.
const DIGITS: usize = 800;

/// The largest power of ten that a double carries, as all below it.
const EXACT_POWER: i32 = 22;

/// A double is `mantissa × 2^power` with a whole mantissa below this, and not below its half unless the power is the least.
const MANTISSAS: u64 = 1 << 53;
const LEAST_POWER: i32 = -1_074;
const INFINITY: u64 = 0x7ff << 52;

/// Reads a double as Go's `strconv.ParseFloat` and Rust's `f64::from_str` do where they agree: decimal digits with a point and an exponent,
/// `inf`, `infinity` and `nan` in any letters. Digits that no double is near to are no double; those near to 0 are 0.
#[must_use]
pub fn read_double(text: &str) -> Option<f64> {
    if text.eq_ignore_ascii_case("nan") {
        return Some(f64::NAN);
    }
    let (is_negative, digits) = match text.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let double = if digits.eq_ignore_ascii_case("inf") || digits.eq_ignore_ascii_case("infinity") {
        f64::INFINITY
    } else if is_decimal(digits.as_bytes()) {
        Some(Number::from_checked(digits).to_f64()).filter(|double| double.is_finite())?
    } else {
        return None;
    };
    Some(if is_negative { -double } else { double })
}

/// Whether a text is digits with a point in any place and an exponent.
fn is_decimal(text: &[u8]) -> bool {
    let (mut digits, mut point, mut exponent, mut before) = (false, false, false, 0);
    for byte in text {
        match byte {
            b'0'..=b'9' => digits = true,
            b'.' if !point && !exponent => point = true,
            b'e' | b'E' if digits && !exponent => (digits, exponent) = (false, true),
            b'+' | b'-' if matches!(before, b'e' | b'E') => {}
            _ => return false,
        }
        before = *byte;
    }
    digits
}

/// A double in the fewest digits that are read back as it, laid out as ECMAScript does (ECMA-262, Number::toString).
///
/// ```
/// use hoso::json::double_text;
///
/// assert_eq!([0.1 + 0.2, 1e21, -0.0].map(double_text), ["0.30000000000000004", "1e+21", "0"]);
/// ```
#[must_use]
pub fn double_text(double: f64) -> String {
    let mut out = String::new();
    if double.is_nan() {
        out.push_str("NaN");
        return out;
    }
    if double < 0.0 {
        out.push('-');
    }
    if double.is_infinite() {
        out.push_str("Infinity");
        return out;
    }
    let (digits, exponent) = shortest(double);
    let text = if digits == 0 { String::new() } else { decimal(digits) };
    write_decimal(&Decimal::of(&text, exponent.into()), &mut out);
    out
}

/// A double as a decimal of 15 digits, which is what a double holds of every decimal: `0.1 + 0.2` becomes 0.3. Whole numbers stay as they are.
pub(crate) fn fifteen_digits(double: f64) -> f64 {
    const BEYOND: u64 = 1_000_000_000_000_000;
    if !double.is_finite() || double.fract() == 0.0 || double.abs() >= BEYOND as f64 {
        return double;
    }
    let (mut digits, mut exponent) = shortest(double);
    let mut cut = 1;
    while digits / cut >= BEYOND {
        cut *= 10;
        exponent += 1;
    }
    digits = (digits + cut / 2) / cut;
    while digits % 10 == 0 && digits != 0 {
        digits /= 10;
        exponent += 1;
    }
    let text = decimal(digits);
    nearest(&mut text.bytes().map(|digit| digit - b'0'), text.len(), exponent.into()).copysign(double)
}

/// The double nearest to `digits × 10^exponent`, of two so near the one with an even mantissa (IEEE 754 4.3.1). The first and the last
/// of the digits are not 0.
pub(super) fn nearest(digits: &mut dyn Iterator<Item = u8>, count: usize, exponent: i64) -> f64 {
    match exponent.saturating_add(count as i64) {
        _ if count == 0 => return 0.0,
        order if order > 309 => return f64::INFINITY,
        order if order < -323 => return 0.0,
        _ => {}
    }
    let (mut first, mut first_count, mut whole) = (0_u64, 0, Vec::with_capacity(16));
    for digit in digits.take(DIGITS) {
        if first_count < 19 {
            first = first * 10 + u64::from(digit);
            first_count += 1;
        }
        multiply(&mut whole, 10, digit.into());
    }
    let exponent = exponent as i32;
    if first < MANTISSAS && first_count == count && exponent.abs() <= EXACT_POWER {
        return by_power(first as f64, exponent);
    }
    let mut last = exponent;
    if count > DIGITS {
        // What was left out is more than nothing.
        multiply(&mut whole, 10, 1);
        last += (count - DIGITS) as i32 - 1;
    }
    let (mut mantissa, power) = below(first, exponent + (count - first_count) as i32);
    let twos = last - (power - 1);
    let whole = scaled(whole, last, twos);
    while mantissa < MANTISSAS {
        // Midway to the next double, in halves of the last place.
        let midway = scaled(vec![2 * mantissa + 1], -last, -twos);
        let order = whole.len().cmp(&midway.len()).then_with(|| whole.iter().rev().cmp(midway.iter().rev()));
        if order.is_lt() || (order.is_eq() && !is_odd(mantissa)) {
            break;
        }
        mantissa += 1;
    }
    // What a mantissa has beyond its half counts the power up by one, as IEEE 754 lays it out: 0 is the power of all that are smaller.
    let bits = mantissa + (((power - LEAST_POWER) as u64) << 52);
    f64::from_bits(bits.min(INFINITY))
}

/// A double times a power of ten, rounded once where both are exact.
pub(super) fn by_power(double: f64, exponent: i32) -> f64 {
    let mut power = 1.0;
    for _ in 0..exponent.abs() {
        power *= 10.0;
    }
    if exponent < 0 { double / power } else { double * power }
}

/// The digits and exponent, in `digits × 10^exponent`, with which ECMAScript writes a finite double without its sign: of all that are read back as
/// that double the fewest; of several so short the nearest to it; of two so near the even ones (ECMA-262, Number::toString). Digits do not end in 0.
pub(super) fn shortest(double: f64) -> (u64, i32) {
    let double = double.abs();
    let (mut digits, mut exponent) = short(double).unwrap_or_else(|| searched(double));
    while digits != 0 && digits % 10 == 0 {
        digits /= 10;
        exponent += 1;
    }
    (digits, if digits == 0 { 0 } else { exponent })
}

/// The same for at most 15 digits, none of them far behind the point: two decimals so short are never read as one double.
fn short(double: f64) -> Option<(u64, i32)> {
    const BEYOND: f64 = 1e15;
    for places in 0..=EXACT_POWER {
        let scaled = by_power(double, places) + 0.5;
        if scaled >= BEYOND {
            break;
        }
        let digits = scaled as u64;
        if by_power(digits as f64, -places).to_bits() == double.to_bits() {
            return Some((digits, -places));
        }
    }
    None
}

/// The same for any but 0.
fn searched(double: f64) -> (u64, i32) {
    let bits = double.to_bits();
    let (fraction, field) = (bits % (MANTISSAS / 2), (bits >> 52) as i32);
    let (mantissa, power) = if field == 0 { (fraction, LEAST_POWER) } else { (fraction + MANTISSAS / 2, field - 1 + LEAST_POWER) };
    // 0.30103 is the logarithm of 2: a whole digit may be missing, which is taken back.
    let log = i64::from(power + 64 - mantissa.leading_zeros() as i32) * 30_103;
    let mut exponent = log.div_euclid(100_000) as i32 - MOST as i32;
    let mut digits = part(mantissa, power, exponent);
    if digits >= 10 * FULL {
        exponent += 1;
        digits = part(mantissa, power, exponent);
    }
    let scale = Scale::new(exponent, power);
    while !scale.exceeds(digits + 1, 4 * mantissa, false) {
        digits += 1;
    }
    let low = 4 * mantissa - if mantissa == MANTISSAS / 2 && power > LEAST_POWER { 1 } else { 2 };
    let is_read = |digits| scale.exceeds(digits, low, !is_odd(mantissa)) && !scale.exceeds(digits, 4 * mantissa + 2, is_odd(mantissa));
    let (mut unit, mut best) = (1, digits);
    while unit <= FULL {
        let less = digits - digits % unit;
        let best_so = match (is_read(less), is_read(less + unit)) {
            (true, true) if !scale.exceeds(2 * less + unit, 8 * mantissa, !is_odd(less / unit)) => less + unit,
            (true, _) => less,
            (false, true) => less + unit,
            (false, false) => break,
        };
        (best, unit) = (best_so, unit * 10);
    }
    (best, exponent)
}

/// How often `10^exponent` is in `mantissa × 2^power`, or a few times less.
fn part(mantissa: u64, power: i32, exponent: i32) -> u64 {
    let (digits, rest) = times_power((mantissa, power), -exponent);
    digits.checked_shr(rest.unsigned_abs()).unwrap_or(0)
}

/// Whether ECMAScript writes the nearest double with just the digits of a decimal.
pub(super) fn carries(number: &Decimal<'_>) -> bool {
    let double = number.to_f64();
    let (digits, exponent) = shortest(double);
    double.is_finite() && i64::from(exponent) == number.exponent && number.digits().eq(decimal(digits).bytes().map(|digit| digit & 15))
}

const fn is_odd(number: u64) -> bool {
    number % 2 == 1
}

/// The mantissa and power of a double at or below `digits × 10^exponent`, by less than one and a half of its last place.
fn below(digits: u64, exponent: i32) -> (u64, i32) {
    let value = times_power((digits, 0), exponent);
    let power = (value.1 + 11).max(LEAST_POWER);
    (value.0.checked_shr(power.abs_diff(value.1)).unwrap_or(0), power)
}

/// A `mantissa × 2^power` times a power of ten, with a mantissa that fills 64 bits.
fn times_power((mantissa, twos): (u64, i32), exponent: i32) -> (u64, i32) {
    let zeros = mantissa.leading_zeros();
    let mut value = (mantissa << zeros, twos - zeros as i32);
    let mut power = if exponent < 0 { (0xcccc_cccc_cccc_cccc, -67) } else { (0xa000_0000_0000_0000, -60) };
    let mut rest = exponent.unsigned_abs();
    while rest > 0 {
        if rest % 2 == 1 {
            value = product(value, power);
        }
        power = product(power, power);
        rest /= 2;
    }
    value
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
        let (mut decimal, mut quarter) = (scaled(vec![1], exponent, twos), scaled(vec![1], -exponent, -twos));
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

/// A whole number times `5^fives × 2^twos`, without the powers below zero. Its highest word is not 0.
fn scaled(mut words: Vec<u64>, fives: i32, twos: i32) -> Vec<u64> {
    /// The largest power of five in a word.
    const STEP: u32 = 27;
    let (mut fives, twos) = (fives.max(0) as u32, twos.max(0) as u32);
    multiply(&mut words, 1 << (twos % 64), 0);
    while fives > 0 {
        let step = fives.min(STEP);
        multiply(&mut words, 5_u64.pow(step), 0);
        fives -= step;
    }
    let mut shifted = vec![0; (twos / 64) as usize];
    shifted.append(&mut words);
    shifted
}

/// A whole number times another, and something more.
fn multiply(words: &mut Vec<u64>, by: u64, more: u64) {
    let mut carry = more;
    for word in words.iter_mut() {
        let product = u128::from(*word) * u128::from(by) + u128::from(carry);
        (*word, carry) = (product as u64, (product >> 64) as u64);
    }
    if carry > 0 {
        words.push(carry);
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn fifteen_digits_are_left() {
        for (double, expected) in [
            (0.1 + 0.2, 0.3),
            (3.0 * 1.1, 3.3),
            (-7.0 * 0.1, -0.7),
            (1.0 / 3.0, 0.333_333_333_333_333),
            (2.0 / 3.0, 0.666_666_666_666_667),
            (0.999_999_999_999_999_9, 1.0),
            (9_007_199_254_740_993.0, 9_007_199_254_740_992.0),
            (1_125_899_906_842_624.5, 1_125_899_906_842_624.5),
            (5e-324, 5e-324),
            (1e300 / 3.0, 1e300 / 3.0),
            (0.0, 0.0),
        ] {
            assert_eq!(super::fifteen_digits(double).to_bits(), f64::to_bits(expected), "{double}");
        }
    }

    use super::super::{Document, Number, canonical};
    use super::*;
    use proptest::prelude::*;

    /// Reads and writes by the standard library and `ryu-js`, which go by tables, and asks for the same verdict and text.
    fn agree_on(text: &str) -> bool {
        let (double, mut buffer) = (text.parse::<f64>().unwrap(), ryu_js::Buffer::new());
        let number = Number::from_checked;
        assert_eq!(number(text).to_f64().to_bits(), double.to_bits(), "{text}");
        assert_eq!(read_double(text).map(f64::to_bits), double.is_finite().then(|| double.to_bits()), "{text}");
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

    #[test]
    fn what_is_no_double_is_refused() {
        for text in [
            "",
            ".",
            "-",
            "+-1",
            "1e",
            "1e+",
            "e1",
            ".e1",
            "1.2.3",
            "1e1.5",
            "1e1e1",
            "1_0",
            "0x1p3",
            " 1",
            "1 ",
            "1e400",
            "-1e999999999999999999999",
            "infinit",
            "nano",
            "-nan",
            "1+1",
            "1e1+1",
            "１",
        ] {
            assert_eq!(read_double(text), None, "{text}");
        }
    }

    /// Those of CEL's conformance suite (npm @bufbuild/cel-spec 0.6.1, `conversions/double`) among them.
    #[test]
    fn doubles_are_read_in_every_spelling() {
        for (text, expected) in [
            ("0.0", 0.0),
            ("123", 123.0),
            ("123.456", 123.456),
            ("-987.654", -987.654),
            ("1.38e-23", 1.38e-23),
            ("-84.32e7", -843_200_000.0),
            ("0", 0.0),
            ("-0.0", -0.0),
            ("+5", 5.0),
            ("5.", 5.0),
            (".5", 0.5),
            ("00.50E+01", 5.0),
            ("6.02214e23", 6.022_14e23),
            ("-5.43e-21", -5.43e-21),
            ("1e-400", 0.0),
            ("inf", f64::INFINITY),
            ("-Infinity", f64::NEG_INFINITY),
            ("+INF", f64::INFINITY),
        ] {
            assert_eq!(read_double(text).map(f64::to_bits), Some(expected.to_bits()), "{text}");
        }
        assert!(read_double("NaN").is_some_and(f64::is_nan));
    }

    /// A long number just above, at and just below what is midway between two doubles.
    #[test]
    fn digits_far_behind_decide() {
        for bits in [1_u64, 2, 0x10_0000_0000_0000, 0x3ff0_0000_0000_0000, 0x3ff0_0000_0000_0001, 0x7fef_ffff_ffff_fffe, f64::MAX.to_bits()]
        {
            let (double, next) = (f64::from_bits(bits), f64::from_bits(bits + 1));
            // Doubles are written exactly; half the sum of two neighbours' digits is midway.
            let midway = midway(double, if next.is_finite() { next } else { return });
            for (text, above) in
                [(midway.clone(), bits % 2 == 1), (format!("{midway}1"), true), (format!("{midway}{}1", "0".repeat(2_000)), true)]
            {
                assert_eq!(read_double(&text), Some(if above { next } else { double }), "{bits:x}");
                assert_eq!(read_double(&text), text.parse().ok());
            }
            let Some(below) = midway.strip_suffix('5') else { continue };
            assert_eq!(read_double(&format!("{below}4{}", "9".repeat(1_000))), Some(double), "{bits:x}");
        }
    }

    /// The exact decimal midway between two positive doubles, with 1,080 places.
    fn midway(left: f64, right: f64) -> String {
        let digits = |double: f64| format!("{double:.1080}").replace('.', "").into_bytes();
        let (left, right) = (digits(left), digits(right));
        let left = [vec![b'0'; right.len() - left.len()], left].concat();
        let (mut out, mut rest) = (String::new(), 0);
        for (left, right) in left.iter().zip(right) {
            let sum = rest * 10 + u32::from(left - b'0') + u32::from(right - b'0');
            out.extend(char::from_digit(sum / 2 % 10, 10));
            // A digit of 10 counts one up in front, which no halved sum of digits reaches but with a rest.
            if sum / 2 > 9 {
                out = carried(&out);
            }
            rest = sum % 2;
        }
        out.insert(out.len() - 1_080, '.');
        out.trim_end_matches('0').to_owned()
    }

    /// Digits of which the last but one is one more.
    fn carried(digits: &str) -> String {
        let mut bytes = digits.as_bytes().to_vec();
        let mut at = bytes.len() - 2;
        while bytes[at] == b'9' {
            bytes[at] = b'0';
            at -= 1;
        }
        bytes[at] += 1;
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn doubles_are_written_as_ecmascript_does() {
        for (double, text) in [
            (0.0, "0"),
            (-0.0, "0"),
            (123.456, "123.456"),
            (-0.0045, "-0.0045"),
            (1e21, "1e+21"),
            (1e20, "100000000000000000000"),
            (1e-7, "1e-7"),
            (0.000_001, "0.000001"),
            (5e-324, "5e-324"),
            (f64::MAX, "1.7976931348623157e+308"),
            (f64::NAN, "NaN"),
            (f64::INFINITY, "Infinity"),
            (f64::NEG_INFINITY, "-Infinity"),
            (9_007_199_254_740_993.0, "9007199254740992"),
        ] {
            assert_eq!(double_text(double), text);
        }
    }

    /// Asks for a double and, in 15 to 17 digits, for all decimals from the double before it to the one after.
    fn agree_about(double: f64) {
        let mut buffer = ryu_js::Buffer::new();
        let written = buffer.format_finite(double);
        assert_eq!(double_text(double), written);
        assert!(agree_on(written), "{double:e}");
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
        fn doubles_of_few_digits_are_written_short(digits in 0..1_u64 << 54, exponent in -30..30) {
            let double = format!("{digits}e{exponent}").parse().unwrap();
            let mut buffer = ryu_js::Buffer::new();
            prop_assert_eq!(double_text(double), buffer.format_finite(double));
        }

        #[test]
        fn texts_are_read_as_the_standard_library_does(text in "[-+]?[0-9]{0,3}[.]?[0-9]{0,25}([eE][-+]?[0-9]{0,3})?|[-+]?[iInN][nNaA][fFnN](inity)?") {
            // Rust reads `-nan` where Go does not, and what is too large as infinite.
            let expected = text.parse::<f64>().ok().filter(|double| !double.is_infinite() || text.to_ascii_lowercase().contains("inf"));
            let expected = expected.filter(|double| !double.is_nan() || !text.starts_with(['+', '-']));
            prop_assert_eq!(read_double(&text).map(f64::to_bits), expected.map(f64::to_bits));
        }

        #[test]
        fn long_decimals_are_read_as_the_standard_library_does(text in "[1-9][0-9]{15,60}([.][0-9]{0,900})?(e-?[0-9]{1,2}|e-?[12][0-9]{2})?") {
            prop_assert_eq!(Number::from_checked(&text).to_f64().to_bits(), text.parse::<f64>().unwrap().to_bits());
        }

        #[test]
        fn decimals_are_judged_alike(whole in "-?(0|[1-9][0-9]{0,19})", fraction in "(\\.[0-9]{1,20})?", exponent in -400..=400) {
            agree_on(&format!("{whole}{fraction}e{exponent}"));
            agree_on(&format!("{whole}{fraction}"));
        }
    }
}
