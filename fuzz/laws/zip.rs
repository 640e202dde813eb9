//! Zip files and the containers in them: any bytes are read or refused; what is read can be written again and says the same, and stands in the
//! file as it was read; and a container that nobody trusted signed is never accepted.

use hoso::pki::Policy;
use hoso::report::Language;
use hoso::sign::Trust;
use hoso::sign::asic;
use hoso::submission::Intake;
use hoso::text::Instant;
use hoso::zip::{Archive, Directory, Entry, name_problem};

/// After a `!` the bytes are the manifest of a container, so that all behind it is reached.
pub fn holds(input: &[u8]) {
    match input {
        [b'!', manifest @ ..] => judged(&container(manifest)),
        _ => {
            read(input);
            judged(input);
            taken_in(input);
        }
    }
}

fn read(input: &[u8]) {
    let Ok(archive) = Archive::read(input) else { return };
    let mut names: Vec<_> = archive.members().iter().map(|member| member.name.to_ascii_lowercase()).collect();
    names.sort();
    assert!(names.windows(2).all(|pair| pair[0] != pair[1]), "two names are one");
    let sizes: usize = archive.members().iter().map(|member| member.content.len()).sum();
    assert!(sizes <= input.len() * 100, "{sizes} bytes out of {}", input.len());
    let mut entries = Vec::new();
    for member in archive.members() {
        assert_eq!(name_problem(&member.name), None);
        assert_eq!(archive.content(&member.name), Some(&*member.content));
        entries.push((member.name.as_str(), &*member.content));
    }
    let written = written(&entries);
    let again = Archive::read(&written).expect("what is written is read");
    assert_eq!(again.members().len(), entries.len());
    assert!(again.members().iter().zip(&entries).all(|(member, (name, content))| member.name == *name && &*member.content == *content));
}

fn judged(input: &[u8]) {
    let trust = Trust {
        anchors: &[],
        certificates: &[],
        crls: &[],
        answers: &[],
        revocation: Policy::None,
        received: Instant::from_unix(1_790_000_000),
    };
    let verdict = asic::verify(input, &trust, Language::Vi);
    assert!(!verdict.accepted(), "nobody signed");
    assert!(verdict.signatures.is_empty() <= verdict.refused(), "nothing is wrong, and nobody signed");
}

/// Pieces do not matter.
fn taken_in(input: &[u8]) {
    let take = |piece: usize| {
        let mut intake = Intake::default();
        input.chunks(piece).try_for_each(|piece| intake.push(piece))?;
        intake.finish()
    };
    assert_eq!(take(7), take(4_096));
}

/// A container with a file, this manifest, and a signature that is none.
fn container(manifest: &[u8]) -> Vec<u8> {
    written(&[
        ("mimetype", b"application/vnd.etsi.asic-e+zip"),
        ("a", b"a"),
        ("META-INF/ASiCManifest001.xml", manifest),
        ("META-INF/signature001.p7s", b"0"),
    ])
}

fn written(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let (mut directory, mut out) = (Directory::default(), Vec::new());
    for (name, content) in entries {
        let entry = Entry { name: (*name).to_owned(), size: content.len() as u32, crc32: crc32(content) };
        out.extend(directory.add(&entry).expect("what was read fits"));
        out.extend(*content);
    }
    out.extend(directory.finish());
    out
}

/// ISO 3309, a bit at a time: slow, and nothing of the library's.
fn crc32(bytes: &[u8]) -> u32 {
    let step = |rest: u32, _| rest >> 1 ^ (0xedb8_8320 & 0_u32.wrapping_sub(rest & 1));
    !bytes.iter().fold(u32::MAX, |rest, byte| (0..8).fold(rest ^ u32::from(*byte), step))
}
