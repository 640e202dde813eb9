//! Tampering with a signed package as a careful forger would: the ZIP stays flawless, only the content changes.

use std::ops::Range;

use crate::run::Outcome;

/// One changed digit.
pub struct Change {
    pub from: char,
    pub to: char,
}

/// Changes the last digit of this stored entry and mends the entry's checksums, so that only the signature can tell.
///
/// # Errors
/// When the bytes are no package, or the entry is not there or holds no number.
pub fn tamper(package: &mut [u8], entry: &str) -> Outcome<Change> {
    let local = find(package, b"PK\x03\x04", 26, 30, entry).ok_or("The package has no such entry.")?;
    let central = find(package, b"PK\x01\x02", 28, 46, entry).ok_or("The package has no directory entry for it.")?;
    let content = content(package, local).ok_or("The entry is cut off.")?;
    let bytes = package.get_mut(content).ok_or("The entry is cut off.")?;
    let change = change_a_digit(bytes).ok_or("The entry holds no number.")?;
    let checksum = crc32(bytes).to_le_bytes();
    for at in [local + 14, central + 16] {
        package.get_mut(at..at + 4).ok_or("The package is cut off.")?.copy_from_slice(&checksum);
    }
    Ok(change)
}

/// Where the header of this kind for this entry starts; `length` and `name` are where its name's length and its name stand.
fn find(package: &[u8], signature: &[u8; 4], length: usize, name: usize, entry: &str) -> Option<usize> {
    (0..package.len()).find(|&start| {
        package.get(start..).is_some_and(|header| {
            header.starts_with(signature)
                && number(header, length..length + 2) == Some(entry.len())
                && header.get(name..).is_some_and(|rest| rest.starts_with(entry.as_bytes()))
        })
    })
}

fn content(package: &[u8], local: usize) -> Option<Range<usize>> {
    let header = package.get(local..)?;
    let start = local + 30 + number(header, 26..28)? + number(header, 28..30)?;
    Some(start..start + number(header, 18..22)?)
}

fn number(header: &[u8], place: Range<usize>) -> Option<usize> {
    Some(header.get(place)?.iter().rev().fold(0, |value, byte| value << 8 | usize::from(*byte)))
}

/// The last digit that follows a digit: a number stays a number.
fn change_a_digit(bytes: &mut [u8]) -> Option<Change> {
    let at = bytes.windows(2).rposition(|pair| pair.iter().all(u8::is_ascii_digit))? + 1;
    let digit = bytes.get_mut(at)?;
    let from = char::from(*digit);
    *digit = if *digit == b'9' { b'0' } else { *digit + 1 };
    Some(Change { from, to: char::from(*digit) })
}

/// CRC-32 as ZIP has it (polynomial 0xEDB88320).
fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { crc >> 1 ^ 0xEDB8_8320 } else { crc >> 1 })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checksum_is_that_of_zip() {
        // The check value of CRC-32/ISO-HDLC.
        assert_eq!(crc32(b"123456789"), 0xCBF4_3926);
    }

    #[test]
    fn one_byte_of_content_and_both_checksums_change() {
        let mut package = sample("form.json", b"{\"capital\":50}");
        let before = package.clone();
        let change = tamper(&mut package, "form.json").unwrap();
        assert_eq!((change.from, change.to), ('0', '1'));
        let changed: Vec<usize> = (0..package.len()).filter(|&at| package[at] != before[at]).collect();
        let (checksum, content) = (14..18, 30 + "form.json".len()..30 + "form.json".len() + 14);
        assert_eq!(changed.iter().filter(|at| content.contains(at)).count(), 1);
        assert_eq!(package[checksum], crc32(&package[content]).to_le_bytes());
    }

    #[test]
    fn what_cannot_be_tampered_with_is_an_error() {
        assert!(tamper(&mut [], "form.json").is_err());
        assert!(tamper(&mut sample("other.json", b"{\"capital\":50}"), "form.json").is_err());
        assert!(tamper(&mut sample("form.json", b"{\"capital\":5}"), "form.json").is_err());
        let cut = sample("form.json", b"{\"capital\":50}");
        assert!(tamper(&mut cut[..50].to_vec(), "form.json").is_err());
    }

    /// One stored entry: its local header, its content, its directory entry.
    fn sample(name: &str, content: &[u8]) -> Vec<u8> {
        let size = u32::try_from(content.len()).unwrap().to_le_bytes();
        let length = u16::try_from(name.len()).unwrap().to_le_bytes();
        let shared = [&[0; 4], &crc32(content).to_le_bytes(), &size, &size, &length[..], &[0; 2]].concat();
        let local = [b"PK\x03\x04\x0a\0\0\0\0\0", shared.as_slice(), name.as_bytes(), content].concat();
        let central = [b"PK\x01\x02\x0a\0\x0a\0\0\0\0\0", shared.as_slice(), &[0; 14], name.as_bytes()].concat();
        [local, central].concat()
    }
}
