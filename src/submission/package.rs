//! Reading a package that arrives in pieces.
//!
//! [`Intake`] takes any pieces of bytes. It digests every part while it streams, keeps only the
//! documents and the signature, and accepts one container only: the one that the parts it read
//! would be written as.

use super::format::Format;
use crate::digest::Sha256Stream;
use crate::dossier::PackageError;
use crate::dossier::attachment::is_part_name;
use crate::dossier::media::HEAD_BYTES;
pub use crate::dossier::{DOCUMENTS, FORM, SCHEMA, SUBMISSION, VIEW};
use crate::limits;
use crate::sign::{Part, asic};
use crate::zip::Crc32;
use crate::zip::container::{CENTRAL, Directory, Entry, LOCAL, LOCAL_BYTES, LocalHeader};

/// The name of the signature file in the format that portals take; see [`Format::signature`].
pub const SIGNATURE: &str = Format::Jades.signature();

/// A package as it was read: nothing in it has been believed yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Package {
    /// `submission.json`.
    pub submission: Vec<u8>,
    /// `form.json`.
    pub form: Vec<u8>,
    /// `schema.json`.
    pub schema: Vec<u8>,
    /// `view.html`.
    pub view: Vec<u8>,
    /// How it is signed, as its entries say.
    pub format: Format,
    /// The manifest of an ASiC container, else empty.
    pub manifest: Vec<u8>,
    /// The signature file.
    pub signature: Vec<u8>,
    /// Every part that a signature must cover: the documents and attachments, in package order.
    pub parts: Vec<Part>,
    /// For each attachment its name and first bytes, which tell its media type.
    pub heads: Vec<(String, Vec<u8>)>,
    /// The container up to the signature.
    pub(super) unsigned: Directory,
}

impl Package {
    /// The package with another signature file: how many bytes of it stay, and what follows them. The signature file is the last entry, so
    /// everything before it stays as it is.
    ///
    /// # Errors
    /// The signature file is too large.
    pub fn with_signature(&self, signature: &[u8]) -> Result<(u64, Vec<u8>), PackageError> {
        let name = self.format.signature();
        let most = limits::SIGNATURE_BYTES;
        let too_large = || PackageError::TooLarge { name: name.to_owned(), most: most as u64 };
        let size = u32::try_from(signature.len()).ok().filter(|size| *size as usize <= most).ok_or_else(too_large)?;
        let mut directory = self.unsigned.clone();
        let entry = Entry { name: name.to_owned(), size, crc32: Crc32::of(signature) };
        let mut tail = directory.add(&entry).map_err(|_| too_large())?;
        tail.extend(signature);
        tail.extend(directory.finish());
        Ok((u64::from(self.unsigned.bytes()), tail))
    }
}

/// Reads a package from pieces. After an error every further piece gives the same error.
#[derive(Debug)]
pub struct Intake {
    state: State,
    directory: Directory,
    /// The same up to the signature.
    unsigned: Directory,
    /// Known from the first entry where that is a `mimetype`, else from the signature.
    format: Option<Format>,
    parts: Vec<Part>,
    /// The documents, then the signature.
    kept: Vec<Vec<u8>>,
    manifest: Option<Vec<u8>>,
    heads: Vec<(String, Vec<u8>)>,
}

#[derive(Debug)]
enum State {
    /// Collecting a local header, or the first bytes of the central directory.
    Header(Vec<u8>),
    Content(Box<Content>),
    /// Comparing the central directory with the one that must stand here.
    Directory {
        expected: Vec<u8>,
        at: usize,
    },
    Failed(PackageError),
}

/// What an entry is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    MimeType,
    Document { most: usize },
    Attachment,
    Manifest,
    Signature(Format),
}

impl Place {
    /// How many bytes it may have and are kept; none for an attachment, of which the first are.
    const fn most(self) -> Option<usize> {
        match self {
            Self::MimeType => Some(asic::EXTENDED.len()),
            Self::Document { most } => Some(most),
            Self::Attachment => None,
            Self::Manifest => Some(limits::MANIFEST_BYTES),
            Self::Signature(_) => Some(limits::SIGNATURE_BYTES),
        }
    }
}

struct Content {
    entry: Entry,
    place: Place,
    left: u32,
    crc32: Crc32,
    sha256: Sha256Stream,
    /// How many bytes are kept: all of a document or the signature, the first of an attachment.
    most: usize,
    kept: Vec<u8>,
}

impl std::fmt::Debug for Content {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Content").field("entry", &self.entry).field("left", &self.left).finish_non_exhaustive()
    }
}

impl Default for Intake {
    fn default() -> Self {
        let (state, directory) = (State::Header(Vec::new()), Directory::default());
        let unsigned = Directory::default();
        Self { state, directory, unsigned, format: None, parts: Vec::new(), kept: Vec::new(), manifest: None, heads: Vec::new() }
    }
}

impl Intake {
    /// Takes the next piece.
    ///
    /// # Errors
    /// The first byte that no package has at its place.
    pub fn push(&mut self, piece: &[u8]) -> Result<(), PackageError> {
        let mut rest = piece;
        while !rest.is_empty() {
            if let Err(error) = self.step(&mut rest) {
                self.state = State::Failed(error);
                break;
            }
        }
        match &self.state {
            State::Failed(error) => Err(error.clone()),
            _ => Ok(()),
        }
    }

    /// The package, when the last piece was its end.
    ///
    /// # Errors
    /// An earlier error, or bytes are missing.
    pub fn finish(self) -> Result<Package, PackageError> {
        match self.state {
            State::Failed(error) => return Err(error),
            State::Directory { ref expected, at } if at == expected.len() => {}
            State::Header(ref buffer) if self.entries() == 0 && (buffer.is_empty() || !LOCAL.starts_with(prefix(buffer))) => {
                return Err(PackageError::NotAPackage);
            }
            _ => return Err(PackageError::Truncated),
        }
        let (Ok([submission, form, schema, view, signature]), Some(format)) = (<[Vec<u8>; 5]>::try_from(self.kept), self.format) else {
            return Err(PackageError::Truncated);
        };
        let manifest = self.manifest.unwrap_or_default();
        let (parts, heads, unsigned) = (self.parts, self.heads, self.unsigned);
        Ok(Package { submission, form, schema, view, format, manifest, signature, parts, heads, unsigned })
    }

    /// Consumes at least one byte of what is left of the piece.
    fn step(&mut self, rest: &mut &[u8]) -> Result<(), PackageError> {
        match &mut self.state {
            State::Header(buffer) => {
                let missing = header_bytes(buffer)?.saturating_sub(buffer.len());
                buffer.extend(take(rest, missing));
                let buffer = std::mem::take(buffer);
                self.state = self.after_header(buffer)?;
            }
            State::Content(content) => {
                content.push(take(rest, content.left as usize));
                if content.left == 0
                    && let State::Content(content) = std::mem::replace(&mut self.state, State::Header(Vec::new()))
                {
                    self.close(*content)?;
                }
            }
            State::Directory { expected, at } => {
                let left = expected.get(*at..).unwrap_or_default();
                if left.is_empty() {
                    return Err(PackageError::TrailingData);
                }
                let found = take(rest, left.len());
                if !left.starts_with(found) {
                    return Err(PackageError::Directory);
                }
                *at += found.len();
            }
            State::Failed(error) => return Err(error.clone()),
        }
        Ok(())
    }

    /// What comes next, once more of a header is there.
    fn after_header(&mut self, buffer: Vec<u8>) -> Result<State, PackageError> {
        match prefix(&buffer) {
            start if start.len() < LOCAL.len() => return Ok(State::Header(buffer)),
            start if start == LOCAL => {}
            _ if self.entries() == 0 => return Err(PackageError::NotAPackage),
            start if start == CENTRAL => return self.directory_follows(),
            _ => return Err(PackageError::Header { entry: self.entries() + 1 }),
        }
        if buffer.len() < header_bytes(&buffer)? {
            return Ok(State::Header(buffer));
        }
        let content = self.open(&buffer)?;
        if content.left > 0 {
            return Ok(State::Content(Box::new(content)));
        }
        // An empty entry has no bytes that would end it.
        self.close(content)?;
        Ok(State::Header(Vec::new()))
    }

    fn directory_follows(&self) -> Result<State, PackageError> {
        if !self.is_signed() {
            let last = match self.format {
                None => SIGNATURE,
                Some(_) if self.manifest.is_none() => asic::MANIFEST,
                Some(format) => format.signature(),
            };
            let expected = DOCUMENTS.get(self.kept.len()).copied().unwrap_or(last);
            return Err(PackageError::EntryMissing { name: expected });
        }
        Ok(State::Directory { expected: self.directory.finish(), at: CENTRAL.len() })
    }

    /// A whole local header: it must be the one that its own entry would be written with.
    fn open(&mut self, header: &[u8]) -> Result<Content, PackageError> {
        let number = self.entries() + 1;
        // The two entries that ASiC adds do not count.
        if self.parts.len() + usize::from(self.is_signed()) >= limits::PACKAGE_ENTRIES {
            return Err(PackageError::TooManyEntries);
        }
        let (fixed, name) = header.split_first_chunk::<LOCAL_BYTES>().ok_or(PackageError::Header { entry: number })?;
        let name = std::str::from_utf8(name).ok().filter(|name| is_plain(name)).ok_or(PackageError::EntryName { entry: number })?;
        let LocalHeader { crc32, size, .. } = LocalHeader::read(fixed);
        let entry = Entry { name: name.to_owned(), size, crc32 };
        let place = self.place(name)?;
        if let Some(most) = place.most().filter(|most| size as usize > *most) {
            return Err(PackageError::TooLarge { name: entry.name, most: most as u64 });
        }
        let full = |_| PackageError::TooLarge { name: name.to_owned(), most: u64::from(u32::MAX) };
        if matches!(place, Place::Signature(_)) {
            self.unsigned = self.directory.clone();
        }
        if self.directory.add(&entry).map_err(full)? != header {
            return Err(PackageError::Header { entry: number });
        }
        let (crc32, sha256) = (Crc32::default(), Sha256Stream::default());
        Ok(Content { left: size, crc32, sha256, most: place.most().unwrap_or(HEAD_BYTES), kept: Vec::new(), entry, place })
    }

    /// What the entry is that may stand here under this name.
    fn place(&self, name: &str) -> Result<Place, PackageError> {
        let place = match DOCUMENTS.get(self.kept.len()) {
            Some(_) if name == asic::MIME_TYPE && self.entries() == 0 => Some(Place::MimeType),
            Some(expected) if *expected == name => {
                Some(Place::Document { most: if name == VIEW { limits::VIEW_BYTES } else { limits::JSON_BYTES } })
            }
            None if !self.is_signed() => self.behind_documents(name),
            _ => None,
        };
        let known = || match name {
            asic::MIME_TYPE | asic::MANIFEST | asic::SIGNATURE => self.format == Some(Format::Asice) && self.has_read(name),
            _ => self.parts.iter().any(|part| part.name == name) || (self.is_signed() && Format::of_signature(name).is_some()),
        };
        match place {
            Some(place) => Ok(place),
            None if known() => Err(PackageError::EntryRepeated { name: name.to_owned() }),
            None => Err(PackageError::EntryUnexpected { name: name.to_owned() }),
        }
    }

    fn behind_documents(&self, name: &str) -> Option<Place> {
        let attachment = (self.parts.len() + 1).saturating_sub(DOCUMENTS.len());
        match self.format {
            Some(_) if self.manifest.is_some() => (name == asic::SIGNATURE).then_some(Place::Signature(Format::Asice)),
            Some(_) if name == asic::MANIFEST => Some(Place::Manifest),
            None if let Some(format) = Format::of_signature(name) => Some(Place::Signature(format)),
            _ => is_part_name(name, attachment).then_some(Place::Attachment),
        }
    }

    /// Whether the entry of ASiC under this name was read.
    fn has_read(&self, name: &str) -> bool {
        match name {
            asic::MANIFEST => self.manifest.is_some(),
            asic::SIGNATURE => self.is_signed(),
            _ => true,
        }
    }

    fn close(&mut self, content: Content) -> Result<(), PackageError> {
        let Entry { name, size, crc32 } = content.entry;
        if content.crc32.finish() != crc32 {
            return Err(PackageError::Checksum { name });
        }
        match content.place {
            Place::MimeType if content.kept != asic::EXTENDED.as_bytes() => return Err(PackageError::MimeType),
            Place::MimeType => self.format = Some(Format::Asice),
            Place::Manifest => self.manifest = Some(content.kept),
            Place::Signature(format) => {
                self.format = Some(format);
                self.kept.push(content.kept);
            }
            Place::Document { .. } | Place::Attachment => {
                if content.place == Place::Attachment {
                    self.heads.push((name.clone(), content.kept));
                } else {
                    self.kept.push(content.kept);
                }
                self.parts.push(Part { name, size: u64::from(size), sha256: content.sha256.finish() });
            }
        }
        Ok(())
    }

    /// Entries read to their end.
    fn entries(&self) -> usize {
        let extended = usize::from(self.format == Some(Format::Asice)) + usize::from(self.manifest.is_some());
        self.parts.len() + usize::from(self.is_signed()) + extended
    }

    const fn is_signed(&self) -> bool {
        self.kept.len() > DOCUMENTS.len()
    }
}

impl Content {
    fn push(&mut self, piece: &[u8]) {
        self.crc32.update(piece);
        self.sha256.update(piece);
        self.kept.extend(piece.iter().take(self.most.saturating_sub(self.kept.len())));
        self.left = self.left.saturating_sub(u32::try_from(piece.len()).unwrap_or(u32::MAX));
    }
}

/// How long the header is, as far as its bytes say yet.
fn header_bytes(buffer: &[u8]) -> Result<usize, PackageError> {
    let Some(fixed) = buffer.first_chunk::<LOCAL_BYTES>() else {
        return Ok(if buffer.len() < LOCAL.len() { LOCAL.len() } else { LOCAL_BYTES });
    };
    match LocalHeader::read(fixed).name_bytes {
        name @ 1..=limits::ENTRY_NAME_BYTES => Ok(LOCAL_BYTES + name),
        _ => Err(PackageError::NameLength),
    }
}

fn prefix(buffer: &[u8]) -> &[u8] {
    buffer.get(..LOCAL.len()).unwrap_or(buffer)
}

/// Names hold lower-case letters, digits and `/`, `-`, `.`, but for the two that ASiC gives; so no other spelling of the same name exists.
fn is_plain(name: &str) -> bool {
    matches!(name, asic::MANIFEST | asic::SIGNATURE)
        || name.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'/' | b'-' | b'.'))
}

/// Splits up to so many bytes off the front.
fn take<'b>(rest: &mut &'b [u8], most: usize) -> &'b [u8] {
    let (front, back) = rest.split_at_checked(most).unwrap_or((rest, &[]));
    *rest = back;
    front
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::digest::Sha256;
    use proptest::prelude::*;

    /// A zip as the format has it, whatever the names.
    pub(in crate::submission) fn zip(entries: &[(&str, &[u8])]) -> Vec<u8> {
        let mut directory = Directory::default();
        let mut out = Vec::new();
        for (name, content) in entries {
            let entry = Entry { name: (*name).to_owned(), size: content.len() as u32, crc32: Crc32::of(content) };
            out.extend(directory.add(&entry).unwrap());
            out.extend(*content);
        }
        out.extend(directory.finish());
        out
    }

    const ENTRIES: [(&str, &[u8]); 7] = [
        ("submission.json", b"{}"),
        ("form.json", b"{\"a\":1}"),
        ("schema.json", b""),
        ("view.html", b"<p>"),
        ("att/01-a.pdf", b"%PDF-1.7 and so on"),
        ("att/02-b.png", b""),
        ("signature.jose.json", b"[]"),
    ];

    fn read(bytes: &[u8], piece: usize) -> Result<Package, PackageError> {
        let mut intake = Intake::default();
        bytes.chunks(piece.max(1)).try_for_each(|piece| intake.push(piece))?;
        intake.finish()
    }

    fn error(entries: &[(&str, &[u8])]) -> PackageError {
        read(&zip(entries), 7).unwrap_err()
    }

    #[test]
    fn another_signature_changes_nothing_before_it() {
        let bytes = zip(&ENTRIES);
        let (kept, tail) = read(&bytes, 9).unwrap().with_signature(b"[1]").unwrap();
        let mut others = ENTRIES;
        others[6].1 = b"[1]";
        assert_eq!([&bytes[..kept as usize], &tail].concat(), zip(&others));
        let long = vec![0; limits::SIGNATURE_BYTES + 1];
        assert!(matches!(read(&bytes, 9).unwrap().with_signature(&long), Err(PackageError::TooLarge { .. })));
    }

    #[test]
    fn parts_are_read_digested_and_kept() {
        let package = read(&zip(&ENTRIES), 5).unwrap();
        assert_eq!((package.form.as_slice(), package.signature.as_slice()), (&b"{\"a\":1}"[..], &b"[]"[..]));
        let parts: Vec<_> = package.parts.iter().map(|part| (part.name.as_str(), part.size, part.sha256)).collect();
        let expected: Vec<_> = ENTRIES[..6].iter().map(|(name, content)| (*name, content.len() as u64, Sha256::of(content))).collect();
        assert_eq!(parts, expected);
        assert_eq!(package.heads, [("att/01-a.pdf".to_owned(), b"%PDF-1.7 and so ".to_vec()), ("att/02-b.png".to_owned(), Vec::new())]);
    }

    #[test]
    fn entries_out_of_their_order_are_refused() {
        let unexpected = |name: &str| PackageError::EntryUnexpected { name: name.to_owned() };
        let swapped = |left, right| {
            let mut entries = ENTRIES;
            entries.swap(left, right);
            error(&entries)
        };
        assert_eq!(swapped(0, 1), unexpected("form.json"));
        assert_eq!(swapped(2, 3), unexpected("view.html"));
        assert_eq!(swapped(4, 5), unexpected("att/02-b.png"));
        assert_eq!(swapped(5, 6), unexpected("att/02-b.png"));
        assert_eq!(swapped(3, 6), unexpected("signature.jose.json"));
    }

    #[test]
    fn entries_that_do_not_belong_are_refused() {
        for (at, name, expected) in [
            (4, "att/1-a.pdf", None),
            (4, "att/01-../a.pdf", None),
            (4, "../a.pdf", None),
            (4, "/form.json", None),
            (4, "readme.txt", None),
            (0, "submission.jso", None),
            (4, "form.json", Some(PackageError::EntryRepeated { name: "form.json".to_owned() })),
            (4, "view.html", Some(PackageError::EntryRepeated { name: "view.html".to_owned() })),
            (5, "att/01-a.pdf", Some(PackageError::EntryRepeated { name: "att/01-a.pdf".to_owned() })),
            (4, "att/01-A.pdf", Some(PackageError::EntryName { entry: 5 })),
            (4, "att\\01-a.pdf", Some(PackageError::EntryName { entry: 5 })),
            (4, "att/01-ê.pdf", Some(PackageError::EntryName { entry: 5 })),
            (4, "att/01-a\0.pdf", Some(PackageError::EntryName { entry: 5 })),
            (4, "", Some(PackageError::NameLength)),
        ] {
            let mut entries = ENTRIES;
            entries[at].0 = name;
            assert_eq!(error(&entries), expected.unwrap_or(PackageError::EntryUnexpected { name: name.to_owned() }), "{name:?}");
        }
        let long = format!("att/01-{}", "a".repeat(limits::ENTRY_NAME_BYTES));
        assert_eq!(error(&[ENTRIES[0], ENTRIES[1], ENTRIES[2], ENTRIES[3], (&long, b"")]), PackageError::NameLength);
        let mut twice = ENTRIES.to_vec();
        twice.push(ENTRIES[6]);
        assert_eq!(error(&twice), PackageError::EntryRepeated { name: SIGNATURE.to_owned() });
    }

    #[test]
    fn a_package_without_one_of_its_documents_is_refused() {
        for (count, missing) in [(1, "form.json"), (3, "view.html"), (4, SIGNATURE), (6, SIGNATURE)] {
            assert_eq!(error(&ENTRIES[..count]), PackageError::EntryMissing { name: missing });
        }
    }

    #[test]
    fn what_is_no_package_is_told_apart_from_one_that_was_cut() {
        for bytes in [&b""[..], b"%PDF-1.7", b"{}", b"PK\x05\x06", b"PK\x01\x02", b"P!", &zip(&[])] {
            assert_eq!(read(bytes, 3), Err(PackageError::NotAPackage), "{bytes:?}");
        }
        let whole = zip(&ENTRIES);
        for length in 1..whole.len() {
            assert_eq!(read(&whole[..length], 64), Err(PackageError::Truncated), "{length}");
        }
        let mut longer = whole;
        longer.push(0);
        assert_eq!(read(&longer, 64), Err(PackageError::TrailingData));
    }

    #[test]
    fn more_than_hoso_reads_is_refused_from_the_header_on() {
        let mut bytes = zip(&[("submission.json", b"")]);
        bytes[18..22].copy_from_slice(&u32::MAX.to_le_bytes());
        bytes[22..26].copy_from_slice(&u32::MAX.to_le_bytes());
        let most = limits::JSON_BYTES as u64;
        assert_eq!(read(&bytes, 8), Err(PackageError::TooLarge { name: "submission.json".to_owned(), most }));
        let names: Vec<_> = (1..limits::PACKAGE_ENTRIES).map(|number| format!("att/{number:02}-a")).collect();
        let mut entries = ENTRIES[..4].to_vec();
        entries.extend(names.iter().map(|name| (name.as_str(), &b""[..])));
        assert_eq!(error(&entries), PackageError::TooManyEntries);
    }

    #[test]
    fn no_bit_can_change_unnoticed() {
        let whole = zip(&ENTRIES);
        for at in 0..whole.len() * 8 {
            let mut changed = whole.clone();
            changed[at / 8] ^= 1 << (at % 8);
            assert!(read(&changed, whole.len()).is_err(), "bit {at}");
        }
    }

    #[test]
    fn each_field_of_a_header_is_compared() {
        let whole = zip(&ENTRIES);
        let directory = whole.windows(4).position(|bytes| bytes == CENTRAL).unwrap();
        // Version, flags (encrypted, descriptor, UTF-8), method, time, date, extra length.
        for at in [4, 6, 7, 8, 10, 12, 28] {
            let mut changed = whole.clone();
            changed[at] ^= 8;
            assert_eq!(read(&changed, 64), Err(PackageError::Header { entry: 1 }), "byte {at}");
        }
        let mut changed = whole.clone();
        changed[14] ^= 1;
        assert_eq!(read(&changed, 64), Err(PackageError::Checksum { name: "submission.json".to_owned() }));
        for at in directory + 4..whole.len() {
            let mut changed = whole.clone();
            changed[at] ^= 1;
            assert_eq!(read(&changed, 64), Err(PackageError::Directory), "byte {at}");
        }
    }

    proptest! {
        #[test]
        fn pieces_do_not_matter(piece in 1_usize..300, cut in 0_usize..1200, bit in 0_usize..9600) {
            let whole = zip(&ENTRIES);
            let mut bytes = whole[..cut.min(whole.len())].to_vec();
            if let Some(byte) = bytes.get_mut(bit / 8) {
                *byte ^= 1 << (bit % 8);
            }
            prop_assert_eq!(read(&bytes, piece), read(&bytes, 4096));
            prop_assert_eq!(read(&whole, piece), read(&whole, 4096));
        }

        #[test]
        fn any_bytes_end_without_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            prop_assert!(read(&bytes, 16).is_err());
            let mut started = zip(&ENTRIES)[..100].to_vec();
            started.extend(bytes);
            prop_assert!(read(&started, 16).is_err());
        }
    }
}
