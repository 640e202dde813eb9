//! Reading a zip file of any maker strictly: what is read is what every other reader reads, or nothing.
//!
//! Entries stand one behind the other from the first byte on, in the order of the central directory, which fills the room between them and the
//! one end record, the last 22 bytes. A local header says what the central directory says. So nothing stands before, between or behind, nothing
//! overlaps, and there is no second directory. Section numbers are those of PKWARE's APPNOTE 6.3.10.

use super::container::{CENTRAL, END, LOCAL};
use super::{Crc32, NameProblem, ZipError, name_problem, refuse_collisions};
use crate::limits;
use miniz_oxide::inflate::TINFLStatus;
use miniz_oxide::inflate::core::{DecompressorOxide, decompress, inflate_flags};
use std::borrow::Cow;

/// 4.3.16: the end record without a comment.
const END_BYTES: usize = 22;
/// 4.3.9.3: may start a data descriptor.
const DESCRIPTOR: [u8; 4] = *b"PK\x07\x08";
/// 4.4.5.
pub(super) const STORED: u16 = 0;
const DEFLATED: u16 = 8;
/// 4.4.4: sizes and checksum follow the content.
const FOLLOWS: u16 = 1 << 3;
/// 4.4.4: the name is UTF-8.
pub(super) const UTF8: u16 = 1 << 11;
/// 4.4.4: how hard a compressor tried.
const EFFORT: u16 = 0b110;
/// 4.4.4: encrypted, strongly encrypted, headers masked.
const ENCRYPTED: u16 = 1 | 1 << 6 | 1 << 13;
/// 4.4.3: what Deflate and folders need. Later versions need what is refused here.
const VERSION: u16 = 20;
/// Extra fields that say nothing of name, size or content: times of NTFS (4.5.5) and of Unix in three forms (4.5.7 and Info-ZIP's list), and the
/// mark of Java archives.
const EXTRAS: [u16; 5] = [0x000a, 0x5455, 0x5855, 0x7875, 0xcafe];
/// 4.5.3.
const EXTRA_ZIP64: u16 = 1;

/// A zip file that was read whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Archive<'z> {
    members: Vec<Member<'z>>,
}

/// A file of a zip file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member<'z> {
    /// The name.
    pub name: String,
    /// The content, unpacked; its checksum was compared.
    pub content: Cow<'z, [u8]>,
}

impl<'z> Archive<'z> {
    /// Reads a zip file.
    ///
    /// Folders are passed over: Info-ZIP and Java's archivers write them, and an entry without content holds nothing that could be hidden.
    ///
    /// # Errors
    /// What the file did first that is not taken.
    pub fn read(bytes: &'z [u8]) -> Result<Self, ZipError> {
        let (records, start) = directory(bytes)?;
        let names: Vec<&str> = records.iter().map(|record| record.name.strip_suffix('/').unwrap_or(&record.name)).collect();
        refuse_collisions_of(&names, &records)?;
        let sizes = records.iter().fold(0_u64, |sum, record| sum.saturating_add(record.size.into()));
        if sizes > limits::ZIP_BYTES as u64 {
            return Err(ZipError::TooLarge);
        }
        let (mut members, mut at) = (Vec::new(), 0);
        for record in records {
            let (packed, next) = record.locate(bytes, at)?;
            at = next;
            if record.is_folder() {
                continue;
            }
            let content = record.unpack(packed)?;
            if Crc32::of(&content) != record.crc32 {
                return Err(ZipError::Checksum { name: record.name });
            }
            members.push(Member { name: record.name, content });
        }
        if at != start {
            return Err(ZipError::Directory);
        }
        Ok(Self { members })
    }

    /// Its files, in their order.
    #[must_use]
    pub fn members(&self) -> &[Member<'z>] {
        &self.members
    }

    /// Its files, for who keeps them.
    #[must_use]
    pub fn into_members(self) -> Vec<Member<'z>> {
        self.members
    }

    /// The content of the file of this name.
    #[must_use]
    pub fn content(&self, name: &str) -> Option<&[u8]> {
        self.members.iter().find(|member| member.name == name).map(|member| &*member.content)
    }
}

/// A folder is named for the files in it, so it collides with a file and with another folder, but not with what it holds.
fn refuse_collisions_of(names: &[&str], records: &[Record<'_>]) -> Result<(), ZipError> {
    let (mut files, mut folders) = (Vec::new(), Vec::new());
    for (name, record) in names.iter().zip(records) {
        if record.is_folder() { folders.push(*name) } else { files.push(*name) }
    }
    refuse_collisions(&files)?;
    for folder in folders {
        if let Some(file) = files.iter().find(|file| **file == folder) {
            return Err(ZipError::Collision { first: folder.to_owned(), second: (*file).to_owned() });
        }
    }
    Ok(())
}

/// An entry of the central directory (4.3.12).
pub(super) struct Record<'z> {
    pub(super) name: String,
    version: u16,
    pub(super) flags: u16,
    method: u16,
    crc32: u32,
    packed: u32,
    size: u32,
    pub(super) extra: &'z [u8],
    pub(super) offset: u32,
}

/// Reads numbers from the front of bytes.
pub(super) struct Fields<'z>(pub(super) &'z [u8]);

impl<'z> Fields<'z> {
    pub(super) fn take(&mut self, bytes: usize) -> Option<&'z [u8]> {
        let (front, rest) = self.0.split_at_checked(bytes)?;
        self.0 = rest;
        Some(front)
    }

    fn two(&mut self) -> Option<u16> {
        let (front, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(u16::from_le_bytes(*front))
    }

    fn four(&mut self) -> Option<u32> {
        let (front, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(u32::from_le_bytes(*front))
    }
}

/// What the central directory lists, and where it begins.
pub(super) fn directory(bytes: &[u8]) -> Result<(Vec<Record<'_>>, usize), ZipError> {
    let at = bytes.len().checked_sub(END_BYTES).ok_or(ZipError::End)?;
    let (before, end) = bytes.split_at_checked(at).ok_or(ZipError::End)?;
    let mut fields = Fields(end.strip_prefix(&END).ok_or(ZipError::End)?);
    let mut two = || fields.two().ok_or(ZipError::End);
    let (disk, first_disk, here, entries) = (two()?, two()?, two()?, two()?);
    let size = fields.four().ok_or(ZipError::End)?;
    let start = fields.four().ok_or(ZipError::End)?;
    let comment = fields.two().ok_or(ZipError::End)?;
    // 4.4.1.4: all ones means "see zip64".
    if [disk, first_disk, here, entries].contains(&u16::MAX) || size == u32::MAX || start == u32::MAX {
        return Err(ZipError::Zip64);
    }
    if disk != 0 || first_disk != 0 || here != entries {
        return Err(ZipError::MultiDisk);
    }
    if comment != 0 {
        return Err(ZipError::Comment);
    }
    if usize::from(entries) > limits::ZIP_ENTRIES {
        return Err(ZipError::TooManyEntries);
    }
    let records = before.split_at_checked(start as usize).map(|(_, records)| records).ok_or(ZipError::Directory)?;
    if records.len() != size as usize {
        return Err(ZipError::Directory);
    }
    let (mut fields, mut found) = (Fields(records), Vec::new());
    for number in 1..=usize::from(entries) {
        found.push(Record::read(&mut fields, number)?);
    }
    if fields.0.is_empty() { Ok((found, start as usize)) } else { Err(ZipError::Directory) }
}

impl<'z> Record<'z> {
    fn read(fields: &mut Fields<'z>, number: usize) -> Result<Self, ZipError> {
        let broken = || ZipError::Directory;
        if fields.take(CENTRAL.len()) != Some(&CENTRAL) {
            return Err(broken());
        }
        let mut two = || fields.two().ok_or_else(broken);
        let (_maker, version, flags, method, _time, _date) = (two()?, two()?, two()?, two()?, two()?, two()?);
        let mut four = || fields.four().ok_or_else(broken);
        let (crc32, packed, size) = (four()?, four()?, four()?);
        let mut two = || fields.two().ok_or_else(broken);
        let (name_bytes, extra_bytes, comment_bytes, disk, _kind) = (two()?, two()?, two()?, two()?, two()?);
        let mut four = || fields.four().ok_or_else(broken);
        let (attributes, offset) = (four()?, four()?);
        let name = read_name(fields.take(name_bytes.into()).ok_or_else(broken)?, flags, number)?;
        let extra = fields.take(extra_bytes.into()).ok_or_else(broken)?;
        let record = Self { name, version, flags, method, crc32, packed, size, extra, offset };
        record.check(comment_bytes, disk, attributes)?;
        Ok(record)
    }

    fn check(&self, comment_bytes: u16, disk: u16, attributes: u32) -> Result<(), ZipError> {
        let name = || self.name.clone();
        if self.packed == u32::MAX || self.size == u32::MAX || self.offset == u32::MAX || disk == u16::MAX {
            return Err(ZipError::Zip64);
        }
        if disk != 0 {
            return Err(ZipError::MultiDisk);
        }
        if comment_bytes != 0 {
            return Err(ZipError::Comment);
        }
        if self.flags & ENCRYPTED != 0 {
            return Err(ZipError::Encrypted { name: name() });
        }
        let known = self.flags & !(FOLLOWS | UTF8 | EFFORT) == 0 && self.version & 0xff <= VERSION;
        if !known || !matches!(self.method, STORED | DEFLATED) {
            return Err(ZipError::Method { name: name() });
        }
        check_extra(self.extra, &self.name)?;
        // 4.4.15, as Unix has it in the upper half: nothing, a plain file, or a folder. Links are read by some tools whatever the maker says.
        let kind = attributes >> 28;
        let is_kind = if self.is_folder() { matches!(kind, 0 | 0o4) } else { matches!(kind, 0 | 0o10) };
        if !is_kind || (self.is_folder() && (self.size != 0 || self.packed != 0 || self.method != STORED)) {
            return Err(ZipError::Kind { name: name() });
        }
        if self.method == STORED && self.size != self.packed {
            return Err(ZipError::Compressed { name: name() });
        }
        if u64::from(self.size) > u64::from(self.packed).saturating_mul(limits::ZIP_RATIO) {
            return Err(ZipError::Ratio { name: name() });
        }
        if self.method == STORED && self.flags & FOLLOWS != 0 {
            return Err(ZipError::Descriptor { name: name() });
        }
        Ok(())
    }

    fn is_folder(&self) -> bool {
        self.name.ends_with('/')
    }

    /// The packed content, and where the next entry stands. Both the header and the descriptor must say what this record says.
    fn locate(&self, bytes: &'z [u8], at: usize) -> Result<(&'z [u8], usize), ZipError> {
        let differs = || ZipError::LocalHeader { name: self.name.clone() };
        let rest = bytes.split_at_checked(self.offset as usize).filter(|(before, _)| before.len() == at);
        let mut fields = Fields(rest.ok_or_else(|| ZipError::Place { name: self.name.clone() })?.1);
        let whole = fields.0.len();
        if fields.take(LOCAL.len()) != Some(&LOCAL) {
            return Err(differs());
        }
        let mut two = || fields.two().ok_or_else(differs);
        let (version, flags, method, _time, _date) = (two()?, two()?, two()?, two()?, two()?);
        let mut four = || fields.four().ok_or_else(differs);
        let (crc32, packed, size) = (four()?, four()?, four()?);
        let mut two = || fields.two().ok_or_else(differs);
        let (name_bytes, extra_bytes) = (two()?, two()?);
        let name = fields.take(name_bytes.into()).ok_or_else(differs)?;
        let extra = fields.take(extra_bytes.into()).ok_or_else(differs)?;
        // 4.4.4: where a descriptor follows, the header has zeros, or says what it will.
        let follows = self.flags & FOLLOWS != 0 && (crc32, packed, size) == (0, 0, 0);
        let sizes = follows || (crc32, packed, size) == (self.crc32, self.packed, self.size);
        let same = (version & 0xff <= VERSION) && (flags, method) == (self.flags, self.method) && name == self.name.as_bytes();
        if !sizes || !same {
            return Err(differs());
        }
        check_extra(extra, &self.name)?;
        let content = fields.take(self.packed as usize).ok_or_else(|| ZipError::Place { name: self.name.clone() })?;
        if self.flags & FOLLOWS != 0 && !self.descriptor(&mut fields) {
            return Err(ZipError::Descriptor { name: self.name.clone() });
        }
        Ok((content, at + (whole - fields.0.len())))
    }

    /// 4.3.9: checksum and sizes, with a signature before them or without.
    fn descriptor(&self, fields: &mut Fields<'_>) -> bool {
        if fields.0.starts_with(&DESCRIPTOR) {
            fields.take(DESCRIPTOR.len());
        }
        (fields.four(), fields.four(), fields.four()) == (Some(self.crc32), Some(self.packed), Some(self.size))
    }

    fn unpack(&self, packed: &'z [u8]) -> Result<Cow<'z, [u8]>, ZipError> {
        if self.method == STORED {
            return Ok(Cow::Borrowed(packed));
        }
        let mut content = vec![0; self.size as usize];
        let mut inflate = Box::new(DecompressorOxide::new());
        let flags = inflate_flags::TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF;
        let (status, read, written) = decompress(&mut inflate, packed, &mut content, 0, flags);
        if status == TINFLStatus::Done && read == packed.len() && written == content.len() {
            Ok(Cow::Owned(content))
        } else {
            Err(ZipError::Compressed { name: self.name.clone() })
        }
    }
}

fn read_name(bytes: &[u8], flags: u16, number: usize) -> Result<String, ZipError> {
    let unfit = |problem| ZipError::Name { number, problem };
    let name = std::str::from_utf8(bytes).ok().filter(|name| name.is_ascii() || flags & UTF8 != 0);
    let name = name.ok_or_else(|| unfit(NameProblem::Encoding))?;
    match name_problem(name.strip_suffix('/').unwrap_or(name)) {
        Some(problem) => Err(unfit(problem)),
        None => Ok(name.to_owned()),
    }
}

/// 4.5.1: each is a number, a length and so many bytes.
fn check_extra(extra: &[u8], name: &str) -> Result<(), ZipError> {
    let mut fields = Fields(extra);
    while !fields.0.is_empty() {
        let kind = fields.two();
        if kind == Some(EXTRA_ZIP64) {
            return Err(ZipError::Zip64);
        }
        let content = fields.two().and_then(|bytes| fields.take(bytes.into()));
        if content.is_none() || !kind.is_some_and(|kind| EXTRAS.contains(&kind)) {
            return Err(ZipError::Extra { name: name.to_owned() });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::{Directory, Entry};
    use super::*;
    use proptest::prelude::*;

    fn zip(entries: &[(&str, &[u8])]) -> Vec<u8> {
        let (mut directory, mut out) = (Directory::default(), Vec::new());
        for (name, content) in entries {
            out.extend(directory.add(&Entry { name: (*name).to_owned(), size: content.len() as u32, crc32: Crc32::of(content) }).unwrap());
            out.extend(*content);
        }
        out.extend(directory.finish());
        out
    }

    #[test]
    fn what_is_written_is_read() {
        let entries: [(&str, &[u8]); 3] = [("mimetype", b"a/b"), ("Đơn/Tờ khai.pdf", b"%PDF"), ("empty", b"")];
        let bytes = zip(&entries);
        let archive = Archive::read(&bytes).unwrap();
        let read: Vec<_> = archive.members().iter().map(|member| (member.name.as_str(), &*member.content)).collect();
        assert_eq!(read, entries);
        assert_eq!(archive.content("empty"), Some(&b""[..]));
        assert_eq!(archive.content("Empty"), None);
        assert_eq!(Archive::read(&zip(&[])).unwrap().members().len(), 0);
    }

    #[test]
    fn no_bit_of_a_stored_file_can_change_what_is_read() {
        let bytes = zip(&[("a", b"abc"), ("b", b"")]);
        let read = Archive::read(&bytes).unwrap();
        for at in 0..bytes.len() * 8 {
            let mut changed = bytes.clone();
            changed[at / 8] ^= 1 << (at % 8);
            if let Ok(found) = Archive::read(&changed) {
                // Versions, dates and attributes, which mean nothing here.
                assert_eq!(found, read, "bit {at}");
            }
        }
    }

    proptest! {
        #[test]
        fn any_bytes_end_without_panic(bytes in prop::collection::vec(any::<u8>(), 0..200), at in 0_usize..400) {
            let _ = Archive::read(&bytes);
            let mut changed = zip(&[("mimetype", b"a/b"), ("b", b"cde")]);
            for (place, byte) in bytes.into_iter().enumerate().take(4) {
                let length = changed.len();
                changed[(at + place) % length] = byte;
            }
            let _ = Archive::read(&changed);
        }
    }
}
