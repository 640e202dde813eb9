//! The zip container, frozen to the byte.
//!
//! A package has one form only: stored entries in a fixed order, every date 1980-01-01 00:00, no
//! extra field, comment, data descriptor or zip64. The verifier rebuilds every byte around the
//! contents and compares, so nothing can hide between entries and two tools cannot read the same
//! file differently. That is why this is own code and not a zip crate: a crate's output may change
//! with its version, and its reader accepts what this format forbids. Field numbers are those of
//! PKWARE's APPNOTE 6.3.10.

/// 4.3.7: starts a local header.
pub(crate) const LOCAL: [u8; 4] = *b"PK\x03\x04";
/// 4.3.12: starts an entry of the central directory.
pub(crate) const CENTRAL: [u8; 4] = *b"PK\x01\x02";
/// 4.3.16: starts the end of the central directory.
pub(crate) const END: [u8; 4] = *b"PK\x05\x06";

/// Bytes of an entry of the central directory before the name.
pub(crate) const CENTRAL_BYTES: usize = 46;
/// Bytes of a local header before the name.
pub(crate) const LOCAL_BYTES: usize = 30;
/// 4.4.3: version 1.0, a stored file. Also 4.4.2, made on a FAT system, whose attributes 4.4.15 then are 0.
const VERSION: u16 = 10;
/// 4.4.4: sizes stand in the header; the name is UTF-8 where it is not ASCII.
const FLAGS: u16 = 0;
const UTF8: u16 = 1 << 11;
/// 4.4.5: stored.
const METHOD: u16 = 0;
const TIME: u16 = 0;
/// 1980-01-01, the first day of MS-DOS dates: year 0, month 1, day 1.
const DATE: u16 = 1 << 5 | 1;

/// A file of the container: its content, stored, follows its local header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The name. Those of a package are ASCII.
    pub name: String,
    /// Bytes of content.
    pub size: u32,
    /// CRC-32 of the content.
    pub crc32: u32,
}

/// The container would need zip64: more than 4 GiB, or more entries than its 16-bit counts hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ContainerFull;

/// Writes everything around the contents, and remembers what the central directory must say.
///
/// ```
/// use hoso::zip::{Directory, Entry};
///
/// let mut directory = Directory::default();
/// let mut zip = directory.add(&Entry { name: "a.txt".to_owned(), size: 2, crc32: 0x3610_a686 }).unwrap_or_default();
/// zip.extend(b"hello".iter().take(2));
/// zip.extend(directory.finish());
/// assert_eq!(zip.len(), 30 + 5 + 2 + 46 + 5 + 22);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Directory {
    records: Vec<u8>,
    entries: u16,
    /// Where the next local header stands.
    offset: u32,
}

impl Directory {
    /// Adds the next entry and gives the local header that stands before its content.
    ///
    /// # Errors
    /// The container would need zip64.
    pub fn add(&mut self, entry: &Entry) -> Result<Vec<u8>, ContainerFull> {
        let name = u16::try_from(entry.name.len()).map_err(|_| ContainerFull)?;
        let header = local_header(entry, name);
        let length = u32::try_from(header.len()).map_err(|_| ContainerFull)?;
        let next = self.offset.checked_add(length).and_then(|end| end.checked_add(entry.size)).ok_or(ContainerFull)?;
        let entries = self.entries.checked_add(1).ok_or(ContainerFull)?;
        // 4.4.24 and 4.4.22: all ones means "see zip64".
        if next == u32::MAX || entries == u16::MAX {
            return Err(ContainerFull);
        }
        push_record(&mut self.records, entry, name, self.offset);
        (self.offset, self.entries) = (next, entries);
        Ok(header)
    }

    /// Bytes of the entries so far.
    pub(crate) const fn bytes(&self) -> u32 {
        self.offset
    }

    /// The central directory and its end: what stands after the last content.
    #[must_use]
    pub fn finish(&self) -> Vec<u8> {
        // Records are as many as entries and each is below 64 kB + 46, so their size fits.
        let size = u32::try_from(self.records.len()).unwrap_or(u32::MAX);
        let mut out = self.records.clone();
        out.extend(END);
        push_16(&mut out, &[0, 0, self.entries, self.entries]);
        push_32(&mut out, &[size, self.offset]);
        push_16(&mut out, &[0]);
        out
    }
}

/// The fields of a local header that are not the same in every package.
pub(crate) struct LocalHeader {
    pub(crate) crc32: u32,
    pub(crate) size: u32,
    pub(crate) name_bytes: usize,
}

impl LocalHeader {
    /// Reads the varying fields; the caller rebuilds the header from them and compares.
    pub(crate) fn read(fixed: &[u8; LOCAL_BYTES]) -> Self {
        let (_, varying) = fixed.split_at(14);
        let mut fields = varying.chunks(4).map(|chunk| chunk.iter().rev().fold(0_u32, |sum, byte| sum << 8 | u32::from(*byte)));
        let (crc32, size, _, lengths) = (fields.next(), fields.next(), fields.next(), fields.next());
        Self {
            crc32: crc32.unwrap_or_default(),
            size: size.unwrap_or_default(),
            name_bytes: lengths.map_or(0, |lengths| (lengths & 0xffff) as usize),
        }
    }
}

fn local_header(entry: &Entry, name: u16) -> Vec<u8> {
    let mut out = Vec::with_capacity(LOCAL_BYTES + entry.name.len());
    out.extend(LOCAL);
    push_common(&mut out, entry, name);
    out.extend(entry.name.as_bytes());
    out
}

fn push_record(out: &mut Vec<u8>, entry: &Entry, name: u16, offset: u32) {
    out.extend(CENTRAL);
    push_16(out, &[VERSION]);
    push_common(out, entry, name);
    // Comment length, disk, internal attributes; external attributes and place.
    push_16(out, &[0, 0, 0]);
    push_32(out, &[0, offset]);
    out.extend(entry.name.as_bytes());
}

/// What a local header and a central record share: version needed up to the length of the extra field.
fn push_common(out: &mut Vec<u8>, entry: &Entry, name: u16) {
    let flags = if entry.name.is_ascii() { FLAGS } else { UTF8 };
    push_16(out, &[VERSION, flags, METHOD, TIME, DATE]);
    push_32(out, &[entry.crc32, entry.size, entry.size]);
    push_16(out, &[name, 0]);
}

fn push_16(out: &mut Vec<u8>, values: &[u16]) {
    values.iter().for_each(|value| out.extend(value.to_le_bytes()));
}

fn push_32(out: &mut Vec<u8>, values: &[u32]) {
    values.iter().for_each(|value| out.extend(value.to_le_bytes()));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_those_of_the_frozen_format() {
        let mut directory = Directory::default();
        let header = directory.add(&Entry { name: "a.txt".to_owned(), size: 2, crc32: 0x0102_0304 }).unwrap();
        assert_eq!(header, b"PK\x03\x04\x0a\0\0\0\0\0\0\0\x21\0\x04\x03\x02\x01\x02\0\0\0\x02\0\0\0\x05\0\0\0a.txt");
        let second = directory.add(&Entry { name: "b".to_owned(), size: 0, crc32: 0 }).unwrap();
        assert_eq!(second.len(), 31);
        let end = directory.finish();
        assert!(end.starts_with(
            b"PK\x01\x02\x0a\0\x0a\0\0\0\0\0\0\0\x21\0\x04\x03\x02\x01\x02\0\0\0\x02\0\0\0\x05\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0a.txt"
        ));
        // 37 bytes of the first entry and 31 of the second, then 51 + 47 bytes of directory.
        assert!(end.ends_with(b"PK\x05\x06\0\0\0\0\x02\0\x02\0\x62\0\0\0\x44\0\0\0\0\0"));
    }

    #[test]
    fn a_container_that_needs_zip64_is_refused() {
        let mut directory = Directory::default();
        let half = Entry { name: "a".to_owned(), size: 1 << 31, crc32: 0 };
        assert!(directory.add(&half).is_ok());
        assert_eq!(directory.add(&half), Err(ContainerFull));
        assert!(directory.add(&Entry { size: (1 << 31) - 31 - 31 - 2, ..half.clone() }).is_ok());
        assert_eq!(directory.add(&Entry { name: String::new(), size: 0, crc32: 0 }), Err(ContainerFull));
        assert_eq!(Directory::default().add(&Entry { name: "a".repeat(1 << 16), ..half }), Err(ContainerFull));
    }

    #[test]
    fn varying_fields_are_read_back() {
        let entry = Entry { name: "form.json".to_owned(), size: 0xdead_beef, crc32: 0x0badf00d };
        let header = Directory::default().add(&entry).unwrap();
        let read = LocalHeader::read(header.first_chunk().unwrap());
        assert_eq!((read.crc32, read.size, read.name_bytes), (entry.crc32, entry.size, 9));
    }
}
