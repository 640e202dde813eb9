//! Numbers as decimals: compared and divided by their digits, never by way of a double.

use super::double;
use crate::text::{cut, read_number, without_leading, without_trailing};
use std::cmp::Ordering;

/// A JSON number. Comparison is by decimal value: `1e2`, `100` and `100.0` are equal.
#[derive(Clone, Copy, Debug)]
pub struct Number<'t> {
    text: &'t str,
}

impl<'t> Number<'t> {
    /// A text that the reader has already checked against RFC 8259 6.
    pub(super) const fn from_checked(text: &'t str) -> Self {
        Self { text }
    }

    /// The number as written.
    #[must_use]
    pub const fn text(self) -> &'t str {
        self.text
    }

    /// The value, when it is a whole number within `i64`.
    #[must_use]
    pub fn to_i64(self) -> Option<i64> {
        if let Some((value, 0)) = self.short() {
            return Some(value);
        }
        let decimal = self.decimal();
        let zeros = u32::try_from(decimal.exponent).ok()?;
        let digits = decimal.digits().try_fold(0_u64, |value, digit| value.checked_mul(10)?.checked_add(u64::from(digit)))?;
        let value = digits.checked_mul(10_u64.checked_pow(zeros)?)?;
        if decimal.negative { 0_i64.checked_sub_unsigned(value) } else { i64::try_from(value).ok() }
    }

    /// Whether the value is whole: `1.0` and `1e2` are.
    #[must_use]
    pub fn is_whole(self) -> bool {
        for byte in self.text.bytes() {
            if !(byte.is_ascii_digit() || byte == b'-') {
                return self.decimal().exponent >= 0;
            }
        }
        true
    }

    /// Compares by value.
    #[must_use]
    pub fn compare(self, other: Number<'_>) -> Ordering {
        self.compare_short(other).unwrap_or_else(|| self.decimal().compare(&other.decimal()))
    }

    /// The same for short numbers whose fractions are about as long.
    fn compare_short(self, other: Number<'_>) -> Option<Ordering> {
        let ((left, places), (right, other_places)) = (self.short()?, other.short()?);
        let scale = |by: u32| if by <= 3 { Some(10_i64.pow(by)) } else { None };
        let most = places.max(other_places);
        Some((left * scale(most - places)?).cmp(&(right * scale(most - other_places)?)))
    }

    /// The digits as one number and how many of them are the fraction, when it is written in 15 characters without exponent.
    fn short(self) -> Option<(i64, u32)> {
        if self.text.len() > 15 {
            return None;
        }
        let (mut value, mut places, mut fraction) = (0, 0, 0);
        for byte in self.text.bytes() {
            match byte {
                b'0'..=b'9' => {
                    value = value * 10 + i64::from(byte - b'0');
                    places += fraction;
                }
                b'.' => fraction = 1,
                b'-' => {}
                _ => return None,
            }
        }
        Some((if self.text.starts_with('-') { -value } else { value }, places))
    }

    /// Whether the value is a multiple of a positive divisor. `None` when the divisor has more than 18 digits or is not positive.
    #[must_use]
    pub fn is_multiple_of(self, divisor: Number<'_>) -> Option<bool> {
        let (value, divisor) = (self.decimal(), divisor.decimal());
        if divisor.negative || divisor.is_zero() || divisor.digits().count() > 18 {
            return None;
        }
        let modulus = divisor.digits().fold(0_u64, |sum, digit| sum * 10 + u64::from(digit));
        if value.is_zero() {
            return Some(true);
        }
        // value = V·10^v, divisor = D·10^d, and V has no factor 10: for v < d the quotient keeps a fraction.
        let Ok(zeros) = u64::try_from(value.exponent.saturating_sub(divisor.exponent)) else { return Some(false) };
        let rest = value.digits().fold(0, |rest, digit| (rest * 10 + u64::from(digit)) % modulus);
        // The divisor holds fewer than 60 twos and fives; what else it holds no zero can bring.
        let rest = (0..zeros.min(60)).fold(rest, |rest, _| rest * 10 % modulus);
        Some(rest == 0)
    }

    /// The nearest double, of two so near the one with an even mantissa (IEEE 754 4.3.1); infinity beyond all of them.
    ///
    /// ```
    /// use hoso::json::Document;
    ///
    /// let document = Document::read("19.990")?;
    /// assert_eq!(document.root().as_number().map(|number| number.to_f64()), Some(19.99));
    /// # Ok::<(), hoso::json::ReadError>(())
    /// ```
    #[must_use]
    pub fn to_f64(self) -> f64 {
        let double = match self.short() {
            Some((value, places)) => double::by_power(value.abs() as f64, -(places as i32)),
            None => self.decimal().to_f64(),
        };
        // Also where it is 0, as IEEE 754 reads it.
        if self.text.starts_with('-') { -double } else { double }
    }

    /// The value times ten to a power, where that is whole and within `i128`.
    pub(crate) fn scaled(self, places: u32) -> Option<i128> {
        let decimal = self.decimal();
        let zeros = u32::try_from(decimal.exponent.checked_add(i64::from(places))?).ok()?;
        let digits = decimal.digits().try_fold(0_i128, |value, digit| value.checked_mul(10)?.checked_add(i128::from(digit)))?;
        let value = digits.checked_mul(10_i128.checked_pow(zeros)?)?;
        Some(if decimal.negative { -value } else { value })
    }

    /// Whether RFC 8785 keeps the decimal value: the nearest double, written shortest, has the same digits.
    #[must_use]
    pub fn is_exact(self) -> bool {
        self.short_integer().is_some() || self.decimal().is_exact()
    }

    /// The value by the shortest way, when it is written as an integer of at most 15 digits.
    fn short_integer(self) -> Option<i64> {
        if self.text.len() <= 15 { self.plain() } else { None }
    }

    /// The value, when it is written without fraction and exponent and within `i64`.
    pub(super) fn plain(self) -> Option<i64> {
        match self.text.strip_prefix('-') {
            Some(digits) => 0_i64.checked_sub_unsigned(read_number(digits)?),
            None => i64::try_from(read_number(self.text)?).ok(),
        }
    }

    /// The value in one form for all its spellings: sign, digits without outer zeros, exponent.
    pub(super) fn decimal(self) -> Decimal<'t> {
        let (negative, text) = match self.text.strip_prefix('-') {
            Some(text) => (true, text),
            None => (false, self.text),
        };
        let (mantissa, exponent) = cut(text, b'e').or_else(|| cut(text, b'E')).unwrap_or((text, "0"));
        let (whole, fraction) = cut(mantissa, b'.').unwrap_or((mantissa, ""));
        let whole = without_leading(whole, b'0');
        let fraction = without_trailing(fraction, b'0');
        let mut exponent = saturating_exponent(exponent).saturating_sub(fraction.len() as i64);
        let (whole, fraction) = if fraction.is_empty() {
            let trimmed = without_trailing(whole, b'0');
            exponent = exponent.saturating_add((whole.len() - trimmed.len()) as i64);
            (trimmed, fraction)
        } else if whole.is_empty() {
            (whole, without_leading(fraction, b'0'))
        } else {
            (whole, fraction)
        };
        let zero = whole.is_empty() && fraction.is_empty();
        Decimal { negative: negative && !zero, whole, fraction, exponent: if zero { 0 } else { exponent } }
    }
}

/// `±digits × 10^exponent`; the digits, `whole` then `fraction`, neither start nor end with 0. Zero has none.
pub(super) struct Decimal<'t> {
    pub(super) negative: bool,
    whole: &'t str,
    fraction: &'t str,
    pub(super) exponent: i64,
}

impl<'t> Decimal<'t> {
    /// Digits that neither start nor end with 0, times a power of ten.
    pub(super) const fn of(digits: &'t str, exponent: i64) -> Self {
        Self { negative: false, whole: digits, fraction: "", exponent }
    }

    /// The double nearest to it without its sign.
    pub(super) fn to_f64(&self) -> f64 {
        double::nearest(&mut self.digits(), self.count(), self.exponent)
    }

    pub(super) fn digits(&self) -> impl Iterator<Item = u8> {
        self.whole.bytes().chain(self.fraction.bytes()).map(|digit| digit.wrapping_sub(b'0'))
    }

    const fn is_zero(&self) -> bool {
        self.whole.is_empty() && self.fraction.is_empty()
    }

    /// How many digits there are.
    pub(super) const fn count(&self) -> usize {
        self.whole.len() + self.fraction.len()
    }

    /// Whether RFC 8785 writes the number with just these digits.
    pub(super) fn is_exact(&self) -> bool {
        match (self.count(), self.order()) {
            // Below 2.3e-308 doubles get coarse, above 1.7e308 there are none.
            (0..=double::ALWAYS, -306..=308) => true,
            _ => self.count() <= double::MOST && double::carries(self),
        }
    }

    fn compare(&self, other: &Self) -> Ordering {
        match (self.sign(), other.sign()) {
            (1, 1) => self.compare_magnitude(other),
            (-1, -1) => other.compare_magnitude(self),
            (left, right) => left.cmp(&right),
        }
    }

    const fn sign(&self) -> i8 {
        if self.is_zero() {
            0
        } else if self.negative {
            -1
        } else {
            1
        }
    }

    fn compare_magnitude(&self, other: &Self) -> Ordering {
        self.order().cmp(&other.order()).then_with(|| self.digits().cmp(other.digits()))
    }

    /// The power of ten just above the first digit.
    pub(super) const fn order(&self) -> i64 {
        self.exponent.saturating_add(self.count() as i64)
    }
}

/// An exponent beyond ±10^17 is as good as any other there: no digits the limits allow can bridge it.
fn saturating_exponent(text: &str) -> i64 {
    const MOST: i64 = 100_000_000_000_000_000;
    let (negative, digits) = match text.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let value = digits.bytes().fold(0_i64, |value, digit| (value * 10 + i64::from(digit.wrapping_sub(b'0'))).min(MOST));
    if negative { -value } else { value }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const fn number(text: &str) -> Number<'_> {
        Number::from_checked(text)
    }

    #[test]
    fn spellings_of_one_value_are_equal() {
        for group in
            [&["100", "1e2", "100.0", "0.1E+3", "1000e-1"][..], &["0", "-0", "0.0", "0e99", "-0.000e-5"], &["-1.5", "-15e-1", "-0.15e1"]]
        {
            for left in group {
                for right in group {
                    assert_eq!(number(left).compare(number(right)), Ordering::Equal, "{left} {right}");
                }
            }
        }
    }

    #[test]
    fn order_does_not_pass_through_a_double() {
        for (small, large) in [
            ("9007199254740992", "9007199254740993"),
            ("-9007199254740993", "-9007199254740992"),
            ("1e400", "1.0000000000000000000001e400"),
            ("-1e999999999999999999999", "-1"),
            ("1e-999999999999999999999", "1e-400"),
            ("0.1", "0.10000000000000000001"),
            ("-1", "0"),
            ("0", "1e-400"),
            ("99.9", "100"),
        ] {
            assert_eq!(number(small).compare(number(large)), Ordering::Less, "{small} {large}");
            assert_eq!(number(large).compare(number(small)), Ordering::Greater, "{large} {small}");
        }
    }

    #[test]
    fn multiples_are_exact() {
        for (value, divisor, expected) in [
            ("0.07", "0.01", Some(true)),
            ("19.99", "0.01", Some(true)),
            ("19.995", "0.01", Some(false)),
            ("1e400", "3", Some(false)),
            ("3e400", "3", Some(true)),
            ("1e308", "123456789", Some(false)),
            ("0", "7", Some(true)),
            ("-21", "7", Some(true)),
            ("0.5", "1", Some(false)),
            ("10", "0.0001", Some(true)),
            ("9007199254740993", "9007199254740992", Some(false)),
            ("1", "0", None),
            ("1", "-1", None),
            ("1", "1234567890123456789", None),
        ] {
            assert_eq!(number(value).is_multiple_of(number(divisor)), expected, "{value} {divisor}");
        }
    }

    #[test]
    fn exactness_is_what_rfc_8785_keeps() {
        for (text, exact) in [
            ("9007199254740992", true),
            ("9007199254740993", false),
            ("0.1", true),
            ("0.10", true),
            ("0.1000000000000000055511151231257827", false),
            ("1e400", false),
            ("1e-400", false),
            ("1e23", true),
            ("-0", true),
            ("123456789012345678", false),
            ("150000000", true),
        ] {
            assert_eq!(number(text).is_exact(), exact, "{text}");
        }
    }

    #[test]
    fn a_number_is_scaled_where_that_is_whole() {
        for (text, places, expected) in [
            ("0.25", 2, Some(25)),
            ("-1.5", 3, Some(-1500)),
            ("0.125", 2, None),
            ("1e3", 0, Some(1000)),
            ("0", 0, Some(0)),
            ("1e60", 0, None),
        ] {
            assert_eq!(number(text).scaled(places), expected, "{text} {places}");
        }
    }

    #[test]
    fn whole_numbers_and_integers() {
        for (text, whole, integer) in [
            ("1.0", true, Some(1)),
            ("1e2", true, Some(100)),
            ("1.5", false, None),
            ("9223372036854775807", true, Some(i64::MAX)),
            ("9223372036854775808", true, None),
            ("-9223372036854775808", true, Some(i64::MIN)),
            ("1e30", true, None),
            ("1e999999999999", true, None),
        ] {
            assert_eq!((number(text).is_whole(), number(text).to_i64()), (whole, integer), "{text}");
        }
    }

    proptest! {
        #[test]
        fn integers_compare_as_integers(left: i64, right: i64) {
            let (left_text, right_text) = (left.to_string(), format!("{right}.0"));
            prop_assert_eq!(number(&left_text).compare(number(&right_text)), left.cmp(&right));
        }

        #[test]
        fn multiples_agree_with_integer_arithmetic(value: i32, divisor in 1_i32..100_000) {
            let (scaled, by) = (format!("{value}e-3"), format!("{divisor}e-3"));
            prop_assert_eq!(number(&scaled).is_multiple_of(number(&by)), Some(value % divisor == 0));
        }

        #[test]
        fn a_double_written_shortest_is_exact(value: f64) {
            prop_assume!(value.is_finite());
            let mut buffer = ryu_js::Buffer::new();
            prop_assert!(number(buffer.format_finite(value)).is_exact());
        }
    }
}
