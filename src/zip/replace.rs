//! A zip file with another content of one file.
//!
//! Every other entry is copied as it stands, header, packed content and descriptor, and so is its record in the central directory but for the place
//! of the entry (PKWARE's APPNOTE 6.3.10, 4.4.16). The file itself keeps its place, name, times and attributes and is stored. A file in the frozen
//! form stays in it.

use super::ZipError;
use super::container::{CENTRAL, CENTRAL_BYTES, END, LOCAL};
use super::crc32::Crc32;
use super::read::{Archive, Fields, STORED, UTF8, directory};
use crate::limits;

/// The zip file with this content of the file of this name; as it was where there is none of that name.
///
/// # Errors
/// It is none that [`Archive::read`] takes, or would be larger than hoso reads.
pub fn replaced(bytes: &[u8], name: &str, content: &[u8]) -> Result<Vec<u8>, ZipError> {
    Archive::read(bytes)?;
    let size = u32::try_from(content.len()).map_err(|_| ZipError::TooLarge)?;
    let (records, start) = directory(bytes)?;
    let mut listed = Fields(bytes.get(start..).unwrap_or_default());
    let (mut out, mut central) = (Vec::with_capacity(bytes.len() + content.len()), Vec::new());
    for (number, record) in records.iter().enumerate() {
        let offset = u32::try_from(out.len()).map_err(|_| ZipError::TooLarge)?.to_le_bytes();
        // The entries stand one behind the other, as was read.
        let end = records.get(number + 1).map_or(start, |next| next.offset as usize);
        let entry = bytes.get(record.offset as usize..end).ok_or(ZipError::Directory)?;
        let fixed = listed.take(CENTRAL_BYTES).ok_or(ZipError::Directory)?;
        let named = listed.take(record.name.len() + record.extra.len()).ok_or(ZipError::Directory)?;
        let mut fields = Fields(fixed.strip_prefix(&CENTRAL).ok_or(ZipError::Directory)?);
        let mut take = |bytes| fields.take(bytes).ok_or(ZipError::Directory);
        if record.name == name {
            // 4.4.2 to 4.4.6, and past checksum, sizes and lengths 4.4.13 to 4.4.15.
            let (maker, version, _, time, _, rest) = (take(2)?, take(2)?, take(4)?, take(4)?, take(18)?, take(8)?);
            let length = u16::try_from(name.len()).map_err(|_| ZipError::TooLarge)?;
            let [size, crc32] = [size, Crc32::of(content)].map(u32::to_le_bytes);
            let (flags, method) = ((record.flags & UTF8).to_le_bytes(), STORED.to_le_bytes());
            let common = [version, &flags, &method, time, &crc32, &size, &size, &length.to_le_bytes(), &[0, 0]].concat();
            out.extend([&LOCAL, common.as_slice(), name.as_bytes(), content].concat());
            central.extend([&CENTRAL, maker, &common, &[0, 0], rest, &offset, name.as_bytes()].concat());
        } else {
            out.extend_from_slice(entry);
            central.extend([&CENTRAL, take(CENTRAL_BYTES - CENTRAL.len() - offset.len())?, &offset, named].concat());
        }
    }
    let [size, start] = [central.len(), out.len()].map(u32::try_from);
    let [size, start] = [size.map_err(|_| ZipError::TooLarge)?, start.map_err(|_| ZipError::TooLarge)?].map(u32::to_le_bytes);
    let count = u16::try_from(records.len()).map_err(|_| ZipError::TooManyEntries)?.to_le_bytes();
    out.extend_from_slice(&central);
    out.extend([&END, &[0; 4], count.as_slice(), &count, &size, &start, &[0, 0]].concat());
    if out.len() > limits::ZIP_BYTES { Err(ZipError::TooLarge) } else { Ok(out) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::zip::{Directory, Entry};

    /// In the frozen form.
    fn frozen(entries: &[(&str, &[u8])]) -> Vec<u8> {
        let (mut directory, mut out) = (Directory::default(), Vec::new());
        for (name, content) in entries {
            let entry = Entry { name: (*name).to_owned(), size: content.len() as u32, crc32: Crc32::of(content) };
            out.extend(directory.add(&entry).unwrap());
            out.extend_from_slice(content);
        }
        out.extend(directory.finish());
        out
    }

    #[test]
    fn what_is_frozen_stays_frozen_wherever_the_file_stands() {
        let entries: [(&str, &[u8]); 3] = [("a", b"one"), ("ô", b""), ("c/d", b"three")];
        for at in 0..entries.len() {
            for content in [&b""[..], b"other", &[7; 1_000]] {
                let mut expected = entries;
                expected[at].1 = content;
                assert_eq!(replaced(&frozen(&entries), entries[at].0, content), Ok(frozen(&expected)));
            }
        }
        assert_eq!(replaced(&frozen(&entries), "absent", b"x"), Ok(frozen(&entries)));
        assert!(replaced(b"PK", "a", b"x").is_err());
        assert_eq!(replaced(&frozen(&entries), "a", &vec![0; limits::ZIP_BYTES]), Err(ZipError::TooLarge));
    }

    /// `a` packed with a descriptor behind it, `b` packed, `c` stored with a time as an extra field: as the tools of others write them.
    fn theirs() -> Vec<u8> {
        let (mut out, mut central, mut count) = (Vec::new(), Vec::new(), 0_u16);
        for (name, content, method, flags, extra) in [
            ("a", &b"packed"[..], 8_u16, 8_u16, &b""[..]),
            ("b", b"packed too", 8, 0, b""),
            ("c", b"stored", 0, 0, b"\x55\x54\x05\x00\x01abcd"),
        ] {
            let offset = out.len() as u32;
            let body = if method == 8 { stored_block(content) } else { content.to_vec() };
            let sizes = [Crc32::of(content), body.len() as u32, content.len() as u32].map(u32::to_le_bytes).concat();
            let lengths = [1_u16, extra.len() as u16].map(u16::to_le_bytes).concat();
            let front = [20, flags, method, 0x1234, 0x5678].map(u16::to_le_bytes).concat();
            let local = if flags == 8 { vec![0; 12] } else { sizes.clone() };
            out.extend([&LOCAL[..], &front, &local, &lengths, name.as_bytes(), extra, &body].concat());
            if flags == 8 {
                out.extend([&b"PK\x07\x08"[..], &sizes].concat());
            }
            let rest = [&[0; 6][..], &0x81a4_0000_u32.to_le_bytes(), &offset.to_le_bytes()].concat();
            central.extend([&CENTRAL[..], &[20, 3], &front, &sizes, &lengths, &rest, name.as_bytes(), extra].concat());
            count += 1;
        }
        let end = [
            &[0; 4][..],
            &count.to_le_bytes(),
            &count.to_le_bytes(),
            &(central.len() as u32).to_le_bytes(),
            &(out.len() as u32).to_le_bytes(),
        ];
        [&out[..], &central, &END, &end.concat(), &[0, 0]].concat()
    }

    /// One block that is stored (RFC 1951 3.2.4).
    fn stored_block(content: &[u8]) -> Vec<u8> {
        let length = content.len() as u16;
        [&[1][..], &length.to_le_bytes(), &(!length).to_le_bytes(), content].concat()
    }

    #[test]
    fn entries_of_others_stay_to_the_byte() {
        let before = theirs();
        let (_, start) = directory(&before).unwrap();
        let places: Vec<usize> = directory(&before).unwrap().0.iter().map(|record| record.offset as usize).chain([start]).collect();
        for (at, name) in ["a", "b", "c"].into_iter().enumerate() {
            let after = replaced(&before, name, b"a longer content").unwrap();
            let archive = Archive::read(&after).unwrap();
            let whole = Archive::read(&before).unwrap();
            for member in whole.members() {
                let expected = if member.name == name { b"a longer content" } else { &*member.content };
                assert_eq!(archive.content(&member.name), Some(expected));
            }
            let (records, end) = directory(&after).unwrap();
            let moved: Vec<usize> = records.iter().map(|record| record.offset as usize).chain([end]).collect();
            for other in (0..3).filter(|other| *other != at) {
                assert_eq!(after[moved[other]..moved[other + 1]], before[places[other]..places[other + 1]], "{name}, {other}");
            }
        }
    }
}
