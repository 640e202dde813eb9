//! Zip files as nobody should write them: every field may say what it likes.

#![allow(dead_code, reason = "each test uses a part")]

/// An entry. What the local header and the central directory say is the same until a test changes one of them.
#[derive(Clone, Debug)]
pub struct Raw {
    pub local: Header,
    pub central: Header,
    /// The bytes behind the local header.
    pub packed: Vec<u8>,
    /// Where the central directory says that the entry is; where it is, if nothing is said.
    pub offset: Option<u32>,
    pub attributes: u32,
    pub comment: Vec<u8>,
    /// Bytes behind the content: a data descriptor, or what does not belong there.
    pub behind: Vec<u8>,
    /// Only listed, not there: the content is another entry's.
    pub listed_only: bool,
}

#[derive(Clone, Debug)]
pub struct Header {
    pub name: Vec<u8>,
    pub version: u16,
    pub flags: u16,
    pub method: u16,
    pub crc32: u32,
    pub packed: u32,
    pub size: u32,
    pub extra: Vec<u8>,
}

pub const UTF8: u16 = 1 << 11;
pub const FOLLOWS: u16 = 1 << 3;

impl Raw {
    pub fn stored(name: &str, content: &[u8]) -> Self {
        Self::packed(name, 0, content.to_vec(), content)
    }

    /// Compressed by Deflate, in one block without compression (RFC 1951 3.2.4).
    pub fn deflated(name: &str, content: &[u8]) -> Self {
        let length = u16::try_from(content.len()).unwrap();
        let packed = [&[1][..], &length.to_le_bytes(), &(!length).to_le_bytes(), content].concat();
        Self::packed(name, 8, packed, content)
    }

    /// So many zeros, compressed as far as Deflate can: a thousand to one.
    pub fn bomb(name: &str, zeros: usize) -> Self {
        Self::packed(name, 8, deflated_zeros(zeros), &vec![0; zeros])
    }

    fn packed(name: &str, method: u16, packed: Vec<u8>, content: &[u8]) -> Self {
        let header = Header {
            name: name.as_bytes().to_vec(),
            version: 20,
            flags: if name.is_ascii() { 0 } else { UTF8 },
            method,
            crc32: crc32fast::hash(content),
            packed: packed.len() as u32,
            size: content.len() as u32,
            extra: Vec::new(),
        };
        Self {
            local: header.clone(),
            central: header,
            packed,
            offset: None,
            attributes: 0,
            comment: Vec::new(),
            behind: Vec::new(),
            listed_only: false,
        }
    }

    /// With this entry's both headers changed.
    pub fn with(mut self, change: impl Fn(&mut Header)) -> Self {
        change(&mut self.local);
        change(&mut self.central);
        self
    }

    /// With a data descriptor in place of sizes in the local header.
    pub fn streamed(self, signature: bool) -> Self {
        let mut raw = self.with(|header| header.flags |= FOLLOWS);
        let values = [raw.central.crc32, raw.central.packed, raw.central.size];
        (raw.local.crc32, raw.local.packed, raw.local.size) = (0, 0, 0);
        raw.behind = if signature { b"PK\x07\x08".to_vec() } else { Vec::new() };
        raw.behind.extend(values.iter().flat_map(|value| value.to_le_bytes()));
        raw
    }
}

impl Header {
    /// Version needed up to the length of the extra field, where both headers have the same.
    fn common(&self) -> Vec<u8> {
        let mut out = Vec::new();
        for value in [self.version, self.flags, self.method, 0, 33] {
            out.extend(value.to_le_bytes());
        }
        for value in [self.crc32, self.packed, self.size] {
            out.extend(value.to_le_bytes());
        }
        out.extend((self.name.len() as u16).to_le_bytes());
        out.extend((self.extra.len() as u16).to_le_bytes());
        out
    }
}

/// The entries behind one another, and the directory of them all.
pub fn zip(entries: &[Raw]) -> Vec<u8> {
    let (body, directory) = halves(entries);
    end(body, &directory, entries.len())
}

/// The entries, and the records of the directory.
pub fn halves(entries: &[Raw]) -> (Vec<u8>, Vec<u8>) {
    let (mut body, mut directory) = (Vec::new(), Vec::new());
    for raw in entries {
        let offset = raw.offset.unwrap_or(body.len() as u32);
        if !raw.listed_only {
            body.extend(b"PK\x03\x04");
            body.extend(raw.local.common());
            for bytes in [&raw.local.name, &raw.local.extra, &raw.packed, &raw.behind] {
                body.extend(bytes);
            }
        }
        directory.extend(b"PK\x01\x02\x14\x03");
        directory.extend(raw.central.common());
        directory.extend((raw.comment.len() as u16).to_le_bytes());
        directory.extend([0; 4]);
        directory.extend(raw.attributes.to_le_bytes());
        directory.extend(offset.to_le_bytes());
        for bytes in [&raw.central.name, &raw.central.extra, &raw.comment] {
            directory.extend(bytes);
        }
    }
    (body, directory)
}

/// A directory behind what is there, and its end.
pub fn end(mut body: Vec<u8>, directory: &[u8], entries: usize) -> Vec<u8> {
    let start = body.len() as u32;
    body.extend(directory);
    body.extend(b"PK\x05\x06\0\0\0\0");
    body.extend((entries as u16).to_le_bytes());
    body.extend((entries as u16).to_le_bytes());
    body.extend((directory.len() as u32).to_le_bytes());
    body.extend(start.to_le_bytes());
    body.extend([0, 0]);
    body
}

/// RFC 1951 3.2.6: the letter 0, then copies of 258 letters from one letter before, with the fixed codes.
fn deflated_zeros(zeros: usize) -> Vec<u8> {
    let (mut bits, copies) = (Bits::default(), zeros.saturating_sub(1) / 258);
    bits.push(0b1, 1);
    bits.push(0b01, 2);
    for _ in 0..zeros - copies * 258 {
        bits.code(0b0011_0000, 8);
    }
    for _ in 0..copies {
        bits.code(0b1100_0101, 8);
        bits.code(0, 5);
    }
    bits.code(0, 7);
    bits.out
}

#[derive(Default)]
struct Bits {
    out: Vec<u8>,
    used: usize,
}

impl Bits {
    /// Lowest bit first.
    fn push(&mut self, value: u32, count: usize) {
        for at in 0..count {
            if self.used.is_multiple_of(8) {
                self.out.push(0);
            }
            let bit = (value >> at & 1) as u8;
            *self.out.last_mut().unwrap() |= bit << (self.used % 8);
            self.used += 1;
        }
    }

    /// RFC 1951 3.1.1: codes go highest bit first.
    fn code(&mut self, value: u32, count: usize) {
        for at in (0..count).rev() {
            self.push(value >> at & 1, 1);
        }
    }
}
