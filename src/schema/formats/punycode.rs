//! Punycode: RFC 3492, with the parameters of its section 5.
//!
//! `bcher-kva` stands for `bücher`. Labels are short, so that the square of their length is no matter.

/// The letters of one label: none holds more (RFC 1035 2.3.4), nor do its ASCII characters.
pub(super) struct Letters {
    letters: [char; Self::MOST],
    len: usize,
}

impl Letters {
    pub(super) const MOST: usize = 63;

    pub(super) const fn new() -> Self {
        Self { letters: ['\0'; Self::MOST], len: 0 }
    }

    pub(super) fn all(&self) -> &[char] {
        self.letters.get(..self.len).unwrap_or_default()
    }

    pub(super) fn clear(&mut self) {
        self.len = 0;
    }

    /// Adds a letter at the end, if there is room.
    pub(super) fn push(&mut self, letter: char) -> Option<()> {
        self.insert(self.len, letter)
    }

    /// Puts a letter before others, if there is room.
    fn insert(&mut self, at: usize, letter: char) -> Option<()> {
        let mut moved = letter;
        for place in self.letters.get_mut(at..=self.len)? {
            moved = std::mem::replace(place, moved);
        }
        self.len += 1;
        Some(())
    }
}

const BASE: u32 = 36;
const INITIAL_BIAS: u32 = 72;
const INITIAL_LETTER: u32 = 0x80;

/// 6.2: the letters that ASCII letters, digits and hyphens stand for. Capital letters are small ones here.
pub(super) fn decoded(code: &[char]) -> Option<Letters> {
    let mut letters = Letters::new();
    let plain = code.iter().rposition(|letter| *letter == '-').unwrap_or(0);
    for letter in code.iter().take(plain) {
        letters.push(letter.to_ascii_lowercase())?;
    }
    let mut digits = code.get(if plain > 0 { plain + 1 } else { 0 }..)?.iter();
    let (mut letter, mut at, mut bias) = (INITIAL_LETTER, 0_u32, INITIAL_BIAS);
    while digits.len() > 0 {
        let (before, mut weight, mut threshold) = (at, 1_u32, Threshold::new(bias));
        loop {
            let digit = match *digits.next()? {
                letter @ 'a'..='z' => letter as u32 - 'a' as u32,
                letter @ 'A'..='Z' => letter as u32 - 'A' as u32,
                letter @ '0'..='9' => letter as u32 - '0' as u32 + 26,
                _ => return None,
            };
            let least = threshold.next();
            at = at.checked_add(digit.checked_mul(weight)?)?;
            if digit < least {
                break;
            }
            weight = weight.checked_mul(BASE - least)?;
        }
        let count = letters.len as u32 + 1;
        bias = adapted(at - before, count, before == 0);
        letter = letter.checked_add(at / count)?;
        at %= count;
        letters.insert(at as usize, char::from_u32(letter)?)?;
        at += 1;
    }
    Some(letters)
}

/// 6.3: how many ASCII characters stand for letters.
pub(super) fn encoded_len(letters: &[char]) -> usize {
    let plain = letters.iter().filter(|letter| letter.is_ascii()).count();
    let mut len = if plain > 0 { plain + 1 } else { 0 };
    let (mut letter, mut delta, mut bias, mut count) = (INITIAL_LETTER, 0_u32, INITIAL_BIAS, plain as u32);
    while let Some(next) = letters.iter().map(|letter| u32::from(*letter)).filter(|other| *other >= letter).min() {
        delta += (next - letter) * (count + 1);
        for other in letters.iter().map(|letter| u32::from(*letter)) {
            delta += u32::from(other < next);
            if other == next {
                let mut threshold = Threshold::new(bias);
                let mut rest = delta;
                loop {
                    len += 1;
                    let least = threshold.next();
                    if rest < least {
                        break;
                    }
                    rest = (rest - least) / (BASE - least);
                }
                count += 1;
                bias = adapted(delta, count, count == plain as u32 + 1);
                delta = 0;
            }
        }
        delta += 1;
        letter = next + 1;
    }
    len
}

/// The thresholds of the digits of one number, the first digit first.
struct Threshold {
    place: u32,
    bias: u32,
}

impl Threshold {
    const fn new(bias: u32) -> Self {
        Self { place: 0, bias }
    }

    fn next(&mut self) -> u32 {
        self.place += BASE;
        self.place.saturating_sub(self.bias).clamp(1, 26)
    }
}

/// 6.1: the bias that follows a number.
const fn adapted(delta: u32, count: u32, is_first: bool) -> u32 {
    let mut delta = if is_first { delta / 700 } else { delta / 2 };
    delta += delta / count;
    let mut bias = 0;
    while delta > 455 {
        delta /= BASE - 1;
        bias += BASE;
    }
    bias + BASE * delta / (delta + 38)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_samples_of_the_standard_are_read_and_measured() {
        // RFC 3492 7.1: (A), (B), (D), (G), (I), (L), (N), (R), without its capital letters.
        for (text, code) in [
            ("ليهمابتكلموشعربي؟", "egbpdaj6bu4bxfgehfvwxn"),
            ("他们为什么不说中文", "ihqwcrb4cv8a8dqg056pqjye"),
            ("pročprostěnemluvíčesky", "proprostnemluvesky-uyb24dma41a"),
            ("なぜみんな日本語を話してくれないのか", "n8jok5ay5dzabd5bym9f0cm5685rrjetr6pdxa"),
            ("почемужеонинеговорятпорусски", "b1abfaaepdrnnbgefbadotcwatmq2g4l"),
            ("tạisaohọkhôngthểchỉnóitiếngviệt", "tisaohkhngthchnitingvit-kjcr8268qyxafd2f1b9g"),
            ("3年b組金八先生", "3b-ww4c5e180e575a65lsy2b"),
            ("ひとつ屋根の下2", "2-u9tlzr9756bt3uc0v"),
        ] {
            let letters: Vec<char> = text.chars().collect();
            assert_eq!(decoded(&code.chars().collect::<Vec<_>>()).map(|found| found.all().to_vec()), Some(letters.clone()), "{text}");
            assert_eq!(encoded_len(&letters), code.len(), "{text}");
        }
    }

    #[test]
    fn what_stands_for_no_letters_is_refused() {
        // A digit is missing, no digit, the delimiter alone, beyond U+10FFFF, beyond 32 bits, a surrogate, too many.
        for code in ["x", "é", "-9uc", "999999", "99999999999999", "a-ö", "0000000000", &"a".repeat(70), &format!("{}-", "a".repeat(64))]
        {
            assert!(decoded(&code.chars().collect::<Vec<_>>()).is_none(), "{code}");
        }
    }
}
