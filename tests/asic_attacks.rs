//! Containers made to deceive: each attack by itself, and every bit of a container changed.
#![cfg(feature = "sign")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail by a panic")]

#[path = "support/asic_world.rs"]
mod asic_world;
#[path = "support/dossier.rs"]
mod dossier;
#[path = "support/person.rs"]
mod person;
#[path = "support/raw_zip.rs"]
mod raw_zip;

use asic_world::{ASICE, MANIFEST, SIGNATURE, World, manifest, whys};
use hoso::crypto::SignatureAlgorithm;
use hoso::digest::Sha256;
use hoso::pki::Policy;
use hoso::report::Language;
use hoso::sign::asic::AsicVerdict;
use hoso::sign::cades::{self, Content};
use hoso::sign::verdict::SubIndication;
use hoso::submission::container::{Directory, Entry};
use hoso::submission::{Format, Package, PackageError, VerifyOptions, verify};
use hoso::text::Moment;
use hoso::zip::Archive;
use raw_zip::{Raw, end, halves, zip};

/// A change to the header of an entry.
type HeaderChange<'a> = &'a dyn Fn(&mut raw_zip::Header);
/// Names and contents.
type Files = Vec<(String, Vec<u8>)>;

const FILES: [(&str, &[u8]); 2] = [("a.txt", b"one"), ("b.txt", b"two")];

/// Where the files of [`FILES`], the manifest and the signature stand among the entries.
const FIRST: usize = 1;
const LISTED: usize = 3;
const SIGNED: usize = 4;

/// The entries of a container that passes.
fn sound() -> (World, Vec<Raw>) {
    let world = World::new();
    let entries = world.entries(&FILES);
    assert!(world.verify(&zip(&entries)).accepted());
    (world, entries)
}

/// The container is refused for this alone.
fn refused(world: &World, bytes: &[u8], code: &str) {
    let verdict = world.verify(bytes);
    assert_eq!(verdict.issues.iter().map(|issue| issue.code).collect::<Vec<_>>(), [code]);
    assert!(verdict.refused() && !verdict.accepted());
}

#[test]
fn a_file_more_is_told_and_not_accepted() {
    let (world, mut entries) = sound();
    entries.insert(FIRST, Raw::deflated("extra.txt", b"not signed"));
    let verdict = world.verify(&zip(&entries));
    assert_eq!((verdict.uncovered.as_slice(), verdict.accepted(), verdict.refused()), (&["extra.txt".to_owned()][..], false, true));
    assert!(verdict.signatures[0].verdict.passed());
}

#[test]
fn a_file_in_meta_inf_that_nobody_knows_is_not_accepted() {
    let (world, mut entries) = sound();
    entries.push(Raw::deflated("META-INF/contract.pdf", b"not signed"));
    assert_eq!(world.verify(&zip(&entries)).uncovered, ["META-INF/contract.pdf"]);
}

#[test]
fn a_file_less_is_missing() {
    let (world, mut entries) = sound();
    entries.remove(FIRST);
    let verdict = world.verify(&zip(&entries));
    assert_eq!(whys(&verdict), [(Some(SubIndication::SignedDataNotFound), Some("signature.part-missing"))]);
    assert!(!verdict.accepted());
}

#[test]
fn a_file_changed_or_exchanged_refutes_the_signature() {
    let (world, entries) = sound();
    let mut changed = entries.clone();
    changed[FIRST] = Raw::deflated("a.txt", b"One");
    let mut exchanged = entries;
    exchanged[FIRST] = Raw::deflated("a.txt", b"two");
    exchanged[FIRST + 1] = Raw::deflated("b.txt", b"one");
    for entries in [changed, exchanged] {
        let verdict = world.verify(&zip(&entries));
        assert_eq!(whys(&verdict), [(Some(SubIndication::HashFailure), Some("signature.part-changed"))]);
        assert_eq!(verdict.uncovered, ["a.txt", "b.txt"]);
    }
}

#[test]
fn a_file_renamed_is_missing_and_not_covered() {
    let (world, mut entries) = sound();
    entries[FIRST] = Raw::deflated("c.txt", b"one");
    let verdict = world.verify(&zip(&entries));
    assert_eq!(whys(&verdict), [(Some(SubIndication::SignedDataNotFound), Some("signature.part-missing"))]);
    assert_eq!(verdict.uncovered, ["c.txt"]);
}

#[test]
fn a_file_twice_is_refused() {
    let (world, mut entries) = sound();
    entries.insert(FIRST, Raw::deflated("a.txt", b"another"));
    refused(&world, &zip(&entries), "zip.collision");
}

#[test]
fn names_that_collide_on_some_systems_are_refused() {
    let (world, entries) = sound();
    for name in ["A.TXT", "a.txt/c", "B.txt"] {
        let mut entries = entries.clone();
        entries.insert(FIRST, Raw::deflated(name, b"another"));
        refused(&world, &zip(&entries), "zip.collision");
    }
    // A folder in the place of a file.
    let mut folder = entries.clone();
    folder.insert(FIRST, Raw::stored("a.txt/", b""));
    refused(&world, &zip(&folder), "zip.collision");
    // The same letters composed and not: the second is refused already for what it is.
    let mut composed = entries;
    composed.insert(FIRST, Raw::deflated("Tờ", b"x"));
    composed.insert(FIRST, Raw::deflated("To\u{302}\u{300}", b"x"));
    refused(&world, &zip(&composed), "zip.name");
}

#[test]
fn names_that_lead_elsewhere_are_refused() {
    let (world, entries) = sound();
    for name in ["../a", "a/../../b", "/etc/passwd", "C:/a", "a\\b", "a\0.txt", "fdp.\u{202e}exe", "a\n", "./a", "a//b", ""] {
        let mut entries = entries.clone();
        entries.insert(FIRST, Raw::deflated(name, b"x"));
        refused(&world, &zip(&entries), "zip.name");
    }
    // Letters beyond ASCII without the mark of UTF-8, and bytes that are no UTF-8.
    for (name, flags) in [("Tờ", 0), ("\u{fffd}", raw_zip::UTF8)] {
        let mut raw = Raw::deflated(name, b"x").with(|header| header.flags = flags);
        if flags != 0 {
            raw = raw.with(|header| header.name = b"a\xff".to_vec());
        }
        let mut entries = entries.clone();
        entries.insert(FIRST, raw);
        refused(&world, &zip(&entries), "zip.name");
    }
}

#[test]
fn links_devices_and_folders_with_content_are_refused() {
    let (world, entries) = sound();
    for kind in [0o120_777_u32, 0o020_644, 0o060_644, 0o010_644, 0o140_644, 0o040_755] {
        let mut entries = entries.clone();
        entries[FIRST].attributes = kind << 16;
        refused(&world, &zip(&entries), "zip.kind");
    }
    let mut folder = entries;
    folder.insert(FIRST, Raw::stored("folder/", b"hidden"));
    refused(&world, &zip(&folder), "zip.kind");
}

#[test]
fn a_second_directory_is_refused() {
    let (world, entries) = sound();
    let mut other = entries.clone();
    other[FIRST] = Raw::deflated("a.txt", b"evil");
    // The sound file whole, then other entries with their own directory; and the other way round.
    for (first, second) in [(&entries, &other), (&other, &entries)] {
        let mut bytes = zip(first);
        let (body, _) = halves(second);
        let start = bytes.len() as u32;
        let moved: Vec<_> = offsets(second, start);
        bytes.extend(body);
        let (_, directory) = halves(&moved);
        refused(&world, &end(bytes, &directory, second.len()), "zip.place");
    }
    // One directory behind another, of which the end names the last.
    let (mut body, directory) = halves(&entries);
    body.extend(&directory);
    refused(&world, &end(body, &directory, entries.len()), "zip.directory");
    // Two ends.
    let bytes = zip(&entries);
    let again = [&bytes[..], &bytes[bytes.len() - 22..]].concat();
    refused(&world, &again, "zip.directory");
}

/// The same entries, said to stand so many bytes later.
fn offsets(entries: &[Raw], more: u32) -> Vec<Raw> {
    let mut at = more;
    let place = |raw: &Raw| {
        let (body, _) = halves(std::slice::from_ref(raw));
        let moved = Raw { offset: Some(at), ..raw.clone() };
        at += body.len() as u32;
        moved
    };
    entries.iter().map(place).collect()
}

#[test]
fn data_before_between_and_behind_is_refused() {
    let (world, entries) = sound();
    let (body, _) = halves(&entries);
    let (_, directory) = halves(&offsets(&entries, 4));
    refused(&world, &end([b"#!/x", &body[..]].concat(), &directory, entries.len()), "zip.place");
    // Before, with places that do not know of it.
    refused(&world, &[b"MZ", &zip(&entries)[..]].concat(), "zip.directory");
    let mut between = entries.clone();
    between[FIRST].behind = b"hidden".to_vec();
    refused(&world, &zip(&between), "zip.place");
    let mut last = entries.clone();
    last[SIGNED].behind = b"hidden".to_vec();
    refused(&world, &zip(&last), "zip.directory");
    refused(&world, &[&zip(&entries)[..], b"x"].concat(), "zip.end");
    let mut commented = zip(&entries);
    let length = commented.len();
    commented[length - 2] = 1;
    commented.push(b'x');
    refused(&world, &commented, "zip.end");
}

#[test]
fn comments_are_refused() {
    let (world, mut entries) = sound();
    entries[FIRST].comment = b"see also".to_vec();
    refused(&world, &zip(&entries), "zip.comment");
    let mut bytes = zip(&world.entries(&FILES));
    let length = bytes.len();
    bytes[length - 2] = 1;
    refused(&world, &bytes, "zip.comment");
}

#[test]
fn entries_that_share_content_are_refused() {
    // Each header but the last is read as content of the one before it: one kernel, counted again and again (Fifield's bomb).
    let (world, entries) = sound();
    let kernel = Raw::stored("kernel", b"content");
    let (body, _) = halves(std::slice::from_ref(&kernel));
    let quoting = Raw::stored("quoting", &body);
    let mut entries = entries;
    let (before, _) = halves(&entries);
    entries.push(quoting.clone());
    entries.push(Raw { offset: Some((before.len() + 30 + quoting.local.name.len()) as u32), listed_only: true, ..kernel.clone() });
    refused(&world, &zip(&entries), "zip.place");
    // Two names for one place.
    let mut entries = world.entries(&FILES);
    let (before, _) = halves(&entries);
    entries.push(kernel.clone());
    let again = kernel.with(|header| header.name = b"kernel2".to_vec());
    entries.push(Raw { offset: Some(before.len() as u32), listed_only: true, ..again });
    refused(&world, &zip(&entries), "zip.place");
}

#[test]
fn a_bomb_is_not_unpacked() {
    let (world, mut entries) = sound();
    let bomb = Raw::bomb("bomb", 50_000_000);
    assert!(bomb.packed.len() < 400_000);
    entries.insert(FIRST, bomb);
    let start = std::time::Instant::now();
    refused(&world, &zip(&entries), "zip.ratio");
    // One that says to be small: no more is unpacked than it says.
    let lying = Raw::bomb("bomb", 1_000_000).with(|header| header.size = 1_000);
    entries[FIRST] = lying;
    refused(&world, &zip(&entries), "zip.compressed");
    assert!(start.elapsed().as_secs() < 10);
    // Deflate itself is no offence.
    entries[FIRST] = Raw::bomb("extra.txt", 600);
    assert_eq!(world.verify(&zip(&entries)).uncovered, ["extra.txt"]);
}

#[test]
fn many_files_that_are_large_together_are_refused_before_they_are_unpacked() {
    let (world, mut entries) = sound();
    let large = Raw::stored("large", b"x").with(|header| header.method = 8);
    for at in 0..30 {
        let raw = Raw { packed: vec![0; 100_000], ..large.clone() };
        entries.push(raw.with(|header| {
            header.name = format!("large{at}").into_bytes();
            (header.packed, header.size) = (100_000, 9_900_000);
        }));
    }
    // None of it is even Deflate.
    refused(&world, &zip(&entries), "zip.too-large");
}

#[test]
fn content_behind_the_end_of_a_compressed_stream_is_refused() {
    let (world, mut entries) = sound();
    let mut raw = Raw::deflated("a.txt", b"one");
    raw.packed.extend(b"hidden");
    entries[FIRST] = raw.with(|header| header.packed += 6);
    refused(&world, &zip(&entries), "zip.compressed");
    let short = Raw::deflated("a.txt", b"one").with(|header| header.size = 2);
    entries[FIRST] = short;
    refused(&world, &zip(&entries), "zip.compressed");
    let long = Raw::deflated("a.txt", b"one").with(|header| header.size = 4);
    entries[FIRST] = long;
    refused(&world, &zip(&entries), "zip.compressed");
}

#[test]
fn a_local_header_that_says_otherwise_is_refused() {
    let (world, entries) = sound();
    let changes: [HeaderChange<'_>; 7] = [
        &|header| header.name = b"c.txt".to_vec(),
        &|header| header.name = b"A.txt".to_vec(),
        &|header| header.flags ^= 2,
        &|header| header.method = 0,
        &|header| header.crc32 ^= 1,
        &|header| header.packed ^= 1,
        &|header| header.size ^= 1,
    ];
    for change in changes {
        let mut entries = entries.clone();
        change(&mut entries[FIRST].local);
        refused(&world, &zip(&entries), "zip.local-header");
    }
    let mut zeros = entries;
    let local = &mut zeros[FIRST].local;
    (local.crc32, local.packed, local.size) = (0, 0, 0);
    refused(&world, &zip(&zeros), "zip.local-header");
}

#[test]
fn a_checksum_that_does_not_match_is_refused() {
    let (world, mut entries) = sound();
    entries[FIRST] = entries[FIRST].clone().with(|header| header.crc32 ^= 1);
    refused(&world, &zip(&entries), "zip.checksum");
}

#[test]
fn descriptors_that_differ_are_missing_or_follow_stored_content_are_refused() {
    let (world, entries) = sound();
    let streamed = entries[FIRST].clone().streamed(true);
    for at in 4..16 {
        let mut raw = streamed.clone();
        raw.behind[at] ^= 1;
        let mut entries = entries.clone();
        entries[FIRST] = raw;
        refused(&world, &zip(&entries), "zip.descriptor");
    }
    let mut missing = entries.clone();
    missing[FIRST] = Raw { behind: Vec::new(), ..streamed };
    refused(&world, &zip(&missing), "zip.descriptor");
    let mut stored = entries;
    stored[FIRST] = Raw::stored("a.txt", b"one").streamed(true);
    refused(&world, &zip(&stored), "zip.descriptor");
}

#[test]
fn what_no_container_needs_is_refused() {
    let (world, entries) = sound();
    let cases: [(HeaderChange<'_>, &str); 9] = [
        (&|header| header.flags |= 1, "zip.encrypted"),
        (&|header| header.flags |= 1 << 6, "zip.encrypted"),
        (&|header| header.flags |= 1 << 13, "zip.encrypted"),
        (&|header| header.flags |= 1 << 5, "zip.method"),
        (&|header| header.method = 12, "zip.method"),
        (&|header| header.version = 45, "zip.method"),
        (&|header| header.size = u32::MAX, "zip.zip64"),
        (&|header| header.extra = [&[1, 0, 16, 0][..], &[0; 16]].concat(), "zip.zip64"),
        (&|header| header.extra = b"up\x06\0\x01aaaab".to_vec(), "zip.extra"),
    ];
    for (change, code) in cases {
        let mut entries = entries.clone();
        entries[FIRST] = entries[FIRST].clone().with(change);
        refused(&world, &zip(&entries), code);
    }
    let mut broken = entries.clone();
    broken[FIRST].local.extra = b"UT\xff\0".to_vec();
    refused(&world, &zip(&broken), "zip.extra");
    let bytes = zip(&entries);
    for (at, code) in [(18, "zip.multi-disk"), (16, "zip.multi-disk"), (14, "zip.multi-disk"), (12, "zip.multi-disk")] {
        let mut bytes = bytes.clone();
        let place = bytes.len() - at;
        bytes[place] ^= 2;
        refused(&world, &bytes, code);
    }
}

#[test]
fn a_mimetype_that_is_not_first_stored_and_plain_is_refused() {
    let (world, entries) = sound();
    let with = |change: &dyn Fn(&mut Vec<Raw>)| {
        let mut entries = entries.clone();
        change(&mut entries);
        refused(&world, &zip(&entries), "asic.mimetype");
    };
    with(&|entries| entries.swap(0, 1));
    with(&|entries| drop(entries.remove(0)));
    with(&|entries| entries[0] = Raw::deflated("mimetype", ASICE.as_bytes()));
    with(&|entries| entries[0].local.extra = b"UT\x01\0\x03".to_vec());
    with(&|entries| entries[0] = Raw::stored("mimetype", b"application/zip"));
    with(&|entries| entries[0] = Raw::stored("mimetype", format!("{ASICE}\n").as_bytes()));
    with(&|entries| entries[0] = Raw::stored("Mimetype", ASICE.as_bytes()));
    with(&|entries| entries.insert(0, Raw::stored("folder/", b"")));
}

#[test]
fn meta_inf_written_otherwise_is_refused() {
    let (world, entries) = sound();
    for name in ["meta-inf/signature002.p7s", "Meta-Inf/a", "META-INF/sub/ASiCManifest001.xml"] {
        let mut entries = entries.clone();
        entries.push(Raw::deflated(name, b"x"));
        refused(&world, &zip(&entries), "asic.meta-inf");
    }
    // Below another folder it is a file as any.
    let mut below = entries;
    below.push(Raw::deflated("docs/META-INF/ASiCManifest001.xml", b"x"));
    assert_eq!(world.verify(&zip(&below)).uncovered, ["docs/META-INF/ASiCManifest001.xml"]);
}

#[test]
fn a_signature_of_another_manifest_refutes() {
    let (world, mut entries) = sound();
    let other = manifest(SIGNATURE, &[("a.txt", b"evil"), FILES[1]]);
    entries[FIRST] = Raw::deflated("a.txt", b"evil");
    entries[LISTED] = Raw::deflated(MANIFEST, &other);
    let verdict = world.verify(&zip(&entries));
    assert_eq!(whys(&verdict), [(Some(SubIndication::HashFailure), Some("signature.content-changed"))]);
    assert_eq!(verdict.uncovered, ["a.txt", "b.txt"]);
}

#[test]
fn a_signature_that_holds_its_own_content_does_not_stand_for_another() {
    let (world, mut entries) = sound();
    let signed = manifest(SIGNATURE, &FILES);
    let pending = cades::prepare(&Content::of(&signed), true, &world.signer.chain, SignatureAlgorithm::Es256, world.now).unwrap();
    let value = world.signer.key.sign(SignatureAlgorithm::Es256, pending.to_be_signed().message()).unwrap();
    entries[FIRST] = Raw::deflated("a.txt", b"evil");
    entries[LISTED] = Raw::deflated(MANIFEST, &manifest(SIGNATURE, &[("a.txt", b"evil"), FILES[1]]));
    entries[SIGNED] = Raw::deflated(SIGNATURE, &pending.attach(&value).unwrap());
    let verdict = world.verify(&zip(&entries));
    assert_eq!(whys(&verdict), [(Some(SubIndication::HashFailure), Some("signature.content-changed"))]);
}

#[test]
fn a_manifest_that_leaves_a_file_out_is_not_enough() {
    let world = World::new();
    let mut entries = world.entries(&FILES[..1]);
    entries.insert(2, Raw::deflated("b.txt", b"two"));
    let verdict = world.verify(&zip(&entries));
    assert_eq!((verdict.uncovered.as_slice(), verdict.accepted()), (&["b.txt".to_owned()][..], false));
}

#[test]
fn a_stranger_who_covers_the_rest_does_not_help() {
    let (world, mut entries) = sound();
    let stranger = World::new();
    let own = manifest("META-INF/signature002.p7s", &[("extra.txt", b"extra")]);
    entries.push(Raw::deflated("extra.txt", b"extra"));
    entries.push(Raw::deflated("META-INF/ASiCManifest002.xml", &own));
    entries.push(Raw::deflated("META-INF/signature002.p7s", &stranger.sign(&own)));
    let verdict = world.verify(&zip(&entries));
    assert!(!verdict.accepted(), "{verdict:?}");
    assert!(verdict.signatures[0].verdict.passed() && !verdict.signatures[1].verdict.passed());
    assert_eq!(verdict.signatures[0].covers, ["a.txt", "b.txt"]);
}

#[test]
fn manifests_and_signatures_that_do_not_go_in_pairs_are_refused() {
    let (world, entries) = sound();
    let shared = |name: &str, signature: &str| {
        let mut entries = entries.clone();
        entries.push(Raw::deflated(name, &manifest(signature, &FILES)));
        world.codes(&entries)
    };
    assert_eq!(shared("META-INF/ASiCManifest002.xml", SIGNATURE), ["asic.signature-shared"]);
    assert_eq!(shared("META-INF/ASiCManifest002.xml", "META-INF/signature002.p7s"), ["asic.signature-missing"]);
    assert_eq!(shared("META-INF/ASiCManifest002.xml", "a.txt"), ["asic.signature-missing"]);
    let mut lonely = entries.clone();
    lonely.push(Raw::deflated("META-INF/signature002.p7s", &world.sign(b"whatever")));
    let verdict = world.verify(&zip(&lonely));
    assert_eq!(whys(&verdict)[1], (Some(SubIndication::FormatFailure), Some("asic.signature-unreferenced")));
    assert!(verdict.refused());
    let mut unsigned = entries;
    unsigned.truncate(LISTED);
    assert_eq!(world.codes(&unsigned), ["asic.no-signature", "asic.uncovered", "asic.uncovered"]);
}

#[test]
fn a_manifest_over_manifests_or_signatures_is_refused() {
    let world = World::new();
    for name in [MANIFEST, SIGNATURE, "META-INF/other"] {
        let listed = manifest(SIGNATURE, &[FILES[0], (name, b"x")]);
        let entries = [
            Raw::stored("mimetype", ASICE.as_bytes()),
            Raw::deflated("a.txt", b"one"),
            Raw::deflated(MANIFEST, &listed),
            Raw::deflated(SIGNATURE, &world.sign(&listed)),
        ];
        let verdict = world.verify(&zip(&entries));
        assert!(verdict.issues.iter().any(|issue| issue.code == "asic.manifest-nested") && verdict.refused(), "{verdict:?}");
    }
}

#[test]
fn manifests_that_say_more_than_they_seem_to_are_refused() {
    let world = World::new();
    let text = String::from_utf8(manifest(SIGNATURE, &FILES)).unwrap();
    for (from, to, code) in [
        (
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\"?>",
            "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]>",
            "asic.manifest-xml",
        ),
        ("URI=\"a.txt\"", "URI=\"a.txt\" URI=\"c.txt\"", "asic.manifest-xml"),
        ("URI=\"a.txt\"", "URI=\"a.txt\" Other=\"c.txt\"", "asic.manifest"),
        ("URI=\"b.txt\"", "URI=\"%61.txt\"", "asic.manifest-repeated"),
        ("<asic:DataObjectReference", "<!-- hidden --><asic:DataObjectReference", "asic.manifest-xml"),
        ("2001/04/xmlenc#sha256", "2000/09/xmldsig#sha1", "asic.manifest-algorithm"),
    ] {
        let changed = text.replacen(from, to, 1);
        assert_ne!(changed, text);
        let mut entries = world.entries(&FILES);
        entries[LISTED] = Raw::deflated(MANIFEST, changed.as_bytes());
        entries[SIGNED] = Raw::deflated(SIGNATURE, &world.sign(changed.as_bytes()));
        let verdict = world.verify(&zip(&entries));
        assert_eq!(verdict.issues[0].code, code);
        assert!(verdict.refused());
    }
}

#[test]
fn more_signatures_than_anybody_asks_for_are_not_verified() {
    let (world, mut entries) = sound();
    for at in 2..60 {
        entries.push(Raw::deflated(&format!("META-INF/signature{at:03}.p7s"), b"x"));
    }
    refused(&world, &zip(&entries), "asic.too-many-signatures");
}

/// What a container says, to whoever believes it.
fn said(bytes: &[u8], verdict: &AsicVerdict) -> Vec<(String, Vec<u8>)> {
    let mut said = members(bytes);
    said.retain(|(name, _)| !name.starts_with("META-INF/"));
    for signature in &verdict.signatures {
        let of = (&signature.verdict.signer, &signature.verdict.signing_time, signature.verdict.commitment, &signature.covers);
        said.push((signature.file.clone(), format!("{of:?}").into_bytes()));
    }
    said
}

#[test]
fn no_bit_of_a_container_changes_what_is_believed() {
    let world = World::new();
    let (mut flips, mut passed) = (0, 0);
    for container in [world.container(), zip(&world.entries(&FILES))] {
        let verdict = world.verify(&container);
        let expected = said(&container, &verdict);
        let mut judge = |changed: &[u8], place: &str| {
            flips += 1;
            let verdict = world.verify(changed);
            if verdict.accepted() {
                passed += 1;
                assert_eq!(said(changed, &verdict), expected, "{place}");
            }
        };
        for bit in 0..container.len() * 8 {
            judge(&flipped(&container, bit), &format!("bit {bit}"));
        }
        // The same by somebody who mends the checksums.
        let members = members(&container);
        for (at, (name, content)) in members.iter().enumerate() {
            for bit in 0..content.len() * 8 {
                let mut members = members.clone();
                members[at].1 = flipped(content, bit);
                judge(&packed(&members), &format!("bit {bit} of {name}"));
            }
        }
    }
    assert!(flips > 50_000, "{flips}");
    // Dates, versions and attributes of the zip file, which nobody reads, and of the signed message what no verdict rests on.
    assert!(passed < flips / 20, "{passed} of {flips}");
}

/// The files of a container, each with its content.
fn members(bytes: &[u8]) -> Files {
    Archive::read(bytes).unwrap().into_members().into_iter().map(|member| (member.name, member.content.into_owned())).collect()
}

fn flipped(bytes: &[u8], bit: usize) -> Vec<u8> {
    let mut changed = bytes.to_vec();
    changed[bit / 8] ^= 1 << (bit % 8);
    changed
}

fn packed(members: &[(String, Vec<u8>)]) -> Vec<u8> {
    let (mut directory, mut out) = (Directory::default(), Vec::new());
    for (name, content) in members {
        let entry = Entry { name: name.clone(), size: content.len() as u32, crc32: crc32fast::hash(content) };
        out.extend(directory.add(&entry).unwrap());
        out.extend(content);
    }
    out.extend(directory.finish());
    out
}

/// A dossier signed in a format, and who verifies it.
fn package(world: &World, format: Format) -> (Vec<u8>, VerifyOptions) {
    let now = Moment::new(world.now, Moment::VIETNAM);
    let signed = dossier::sign_as(format, &dossier::sealed(now), &world.signer, SignatureAlgorithm::Es256, now.instant());
    let options = VerifyOptions {
        code_lists: None,
        anchors: world.anchors.clone(),
        crls: world.crls.clone(),
        certificates: Vec::new(),
        answers: Vec::new(),
        revocation: Policy::Require,
        schemas: None,
        audience: None,
        received: now,
        language: Language::En,
    };
    let bytes = dossier::bytes(&signed);
    assert!(verify(&dossier::read(&bytes).unwrap(), &options).accepted);
    (bytes, options)
}

#[test]
fn no_bit_of_a_package_can_change_in_any_format() {
    let world = World::new();
    let mut flips = 0;
    for format in [Format::Cades, Format::Asice] {
        let (bytes, options) = package(&world, format);
        for bit in 0..bytes.len() * 8 {
            flips += 1;
            // CRC-32 finds every single bit, and the rest is compared.
            assert!(dossier::read(&flipped(&bytes, bit)).is_err(), "{format:?} bit {bit}");
        }
        let parts = dossier::read(&bytes).unwrap();
        for field in 0..6 {
            let whole = content(&mut parts.clone(), field).len() * 8;
            // Every bit of what is signed alone, some of the documents.
            let step = if field < 4 { whole / 300 + 1 } else { 1 };
            for bit in (0..whole).step_by(step) {
                let mut changed = parts.clone();
                let new = flipped(content(&mut changed, field), bit);
                if let Some(part) = changed.parts.get_mut(field).filter(|_| field < 4) {
                    part.sha256 = Sha256::of(&new);
                }
                *content(&mut changed, field) = new;
                assert!(!verify(&changed, &options).accepted, "{format:?} bit {bit} of {field}");
                flips += 1;
            }
        }
    }
    assert!(flips > 50_000, "{flips}");
}

fn content(package: &mut Package, field: usize) -> &mut Vec<u8> {
    match field {
        0 => &mut package.submission,
        1 => &mut package.form,
        2 => &mut package.schema,
        3 => &mut package.view,
        4 => &mut package.manifest,
        _ => &mut package.signature,
    }
}

#[test]
fn a_package_holds_the_entries_of_its_format_alone() {
    let world = World::new();
    let (extended, _) = package(&world, Format::Asice);
    let (plain, _) = package(&world, Format::Cades);
    let (extended, plain) = (members(&extended), members(&plain));
    let read = |entries: &[(String, Vec<u8>)]| dossier::read(&packed(entries)).map(|package| package.format);
    assert_eq!((read(&extended), read(&plain)), (Ok(Format::Asice), Ok(Format::Cades)));
    let unexpected = |name: &str| Err(PackageError::EntryUnexpected { name: name.to_owned() });
    let repeated = |name: &str| Err(PackageError::EntryRepeated { name: name.to_owned() });
    let change = |change: &dyn Fn(&mut Files)| {
        let mut entries = extended.clone();
        change(&mut entries);
        read(&entries)
    };
    let last = extended.len() - 1;
    assert_eq!(change(&|entries| entries.swap(last, last - 1)), unexpected(SIGNATURE));
    assert_eq!(change(&|entries| entries.swap(0, 1)), unexpected("mimetype"));
    assert_eq!(change(&|entries| drop(entries.pop())), Err(PackageError::EntryMissing { name: SIGNATURE }));
    assert_eq!(change(&|entries| entries.truncate(last - 1)), Err(PackageError::EntryMissing { name: MANIFEST }));
    assert_eq!(change(&|entries| entries[0].1 = b"application/zip".to_vec()), Err(PackageError::MimeType));
    assert_eq!(change(&|entries| entries[last].0 = "signature.p7s".to_owned()), unexpected("signature.p7s"));
    assert_eq!(change(&|entries| entries.push(entries[last].clone())), repeated(SIGNATURE));
    assert_eq!(change(&|entries| entries.insert(last, entries[last - 1].clone())), repeated(MANIFEST));
    assert_eq!(change(&|entries| entries.insert(1, entries[0].clone())), repeated("mimetype"));
    assert_eq!(change(&|entries| entries.insert(last, ("att/03-a.pdf".to_owned(), Vec::new()))), unexpected("att/03-a.pdf"));
    assert_eq!(change(&|entries| drop(entries.remove(0))), unexpected(MANIFEST));
    let mut both = plain.clone();
    both.push(("signature.jose.json".to_owned(), b"{}".to_vec()));
    assert_eq!(read(&both), repeated("signature.jose.json"));
    let mut late = plain;
    late.insert(1, extended[0].clone());
    assert_eq!(read(&late), unexpected("mimetype"));
}

#[test]
fn parts_that_a_package_in_cades_does_not_list_or_lists_otherwise_are_refused() {
    let world = World::new();
    for format in [Format::Cades, Format::Asice] {
        let (bytes, options) = package(&world, format);
        let sound = members(&bytes);
        let codes = |entries: &[(String, Vec<u8>)]| {
            let verdict = verify(&dossier::read(&packed(entries)).unwrap(), &options);
            assert!(!verdict.accepted);
            let signature = verdict.signatures[0].sub_indication;
            (verdict.gate.iter().map(|entry| entry.code).collect::<Vec<_>>().join(" "), signature)
        };
        let last = sound.iter().rposition(|(name, _)| name.starts_with("att/")).unwrap();
        let by_manifest = format == Format::Asice;
        let mut changed = sound.clone();
        changed[last].1[9] ^= 1;
        assert_eq!(codes(&changed), ("gate.part-differs".to_owned(), by_manifest.then_some(SubIndication::HashFailure)));
        let mut added = sound.clone();
        added.insert(last + 1, ("att/03-them.pdf".to_owned(), b"%PDF-1.7".to_vec()));
        let expected = if by_manifest { "gate.part-not-signed gate.part-unlisted" } else { "gate.part-unlisted" };
        assert_eq!(codes(&added), (expected.to_owned(), None));
        let mut missing = sound.clone();
        missing.remove(last);
        let (gate, why) = codes(&missing);
        assert_eq!((gate.as_str(), why), ("gate.part-missing", by_manifest.then_some(SubIndication::SignedDataNotFound)));
    }
}

#[test]
fn two_persons_sign_one_package() {
    let world = World::new();
    let (bytes, options) = package(&world, Format::Asice);
    let wife = world.authorities.person("wife", "rsa:2048", person::SIGNER);
    let sound = members(&bytes);
    let last = sound.len() - 1;
    let beside = cades::Countersigned::Content(&sound[last].1);
    let manifest = Content::of(&sound[last - 1].1);
    let pending = cades::countersign(beside, Some(&manifest), &wife.chain, SignatureAlgorithm::Ps256, world.now).unwrap();
    let value = wife.key.sign(SignatureAlgorithm::Ps256, pending.to_be_signed().message()).unwrap();
    let mut both = sound.clone();
    both[last].1 = pending.attach(&value).unwrap();
    let verdict = verify(&dossier::read(&packed(&both)).unwrap(), &options);
    assert!(verdict.accepted && verdict.signatures.len() == 2, "{verdict:?}");
    // One of them for another's manifest is not enough.
    let other = cades::countersign(beside, Some(&Content::of(b"other")), &wife.chain, SignatureAlgorithm::Ps256, world.now).unwrap();
    let value = wife.key.sign(SignatureAlgorithm::Ps256, other.to_be_signed().message()).unwrap();
    both[last].1 = other.attach(&value).unwrap();
    let verdict = verify(&dossier::read(&packed(&both)).unwrap(), &options);
    let passed: Vec<_> = verdict.signatures.iter().map(|signature| signature.passed()).collect();
    assert!(!verdict.accepted && passed.contains(&true) && passed.contains(&false), "{passed:?}");
}

#[test]
fn a_message_that_holds_what_it_signs_is_none_of_a_package() {
    let world = World::new();
    for (format, at) in [(Format::Cades, 0), (Format::Asice, 7)] {
        let (bytes, options) = package(&world, format);
        let mut entries = members(&bytes);
        let last = entries.len() - 1;
        let content = Content::of(&entries[at].1);
        let pending = cades::prepare(&content, true, &world.signer.chain, SignatureAlgorithm::Es256, world.now).unwrap();
        let value = world.signer.key.sign(SignatureAlgorithm::Es256, pending.to_be_signed().message()).unwrap();
        entries[last].1 = pending.attach(&value).unwrap();
        let verdict = verify(&dossier::read(&packed(&entries)).unwrap(), &options);
        assert_eq!(verdict.signatures[0].sub_indication, Some(SubIndication::FormatFailure), "{format:?}");
        assert!(!verdict.accepted);
    }
}

#[test]
fn a_manifest_of_a_package_has_one_form() {
    let world = World::new();
    let (bytes, options) = package(&world, Format::Asice);
    let sound = members(&bytes);
    let last = sound.len() - 1;
    let resigned = |change: &dyn Fn(String) -> String| {
        let mut entries = sound.clone();
        entries[last - 1].1 = change(String::from_utf8(entries[last - 1].1.clone()).unwrap()).into_bytes();
        entries[last].1 = world.sign(&entries[last - 1].1);
        let verdict = verify(&dossier::read(&packed(&entries)).unwrap(), &options);
        let gate = verdict.gate.iter().map(|entry| entry.code).collect::<Vec<_>>().join(" ");
        let signature = &verdict.signatures[0];
        (verdict.accepted, gate, signature.sub_indication, signature.reasons.last().map(|reason| reason.code))
    };
    assert_eq!(resigned(&|text| text), (true, String::new(), None, None));
    let format = |code| (false, String::new(), Some(SubIndication::FormatFailure), Some(code));
    assert_eq!(resigned(&|text| text + "\n"), format("asic.manifest-form"));
    assert_eq!(resigned(&|text| text.replace("form.json", "form%2Ejson")), format("asic.manifest-form"));
    assert_eq!(resigned(&|text| text.replace("URI=\"form.json\"", "URI=\"form.json\" MimeType=\"a/b\"")), format("asic.manifest-form"));
    let (accepted, gate, ..) = resigned(&|text| {
        let (start, rest) = text.split_once("<asic:DataObjectReference URI=\"view.html\"").unwrap();
        let (_, rest) = rest.split_once("</asic:DataObjectReference>").unwrap();
        format!("{start}{rest}")
    });
    assert_eq!((accepted, gate.as_str()), (false, "gate.part-not-signed"));
    let (accepted, gate, ..) =
        resigned(&|text| text.replace("form.json", "x").replace("schema.json", "form.json").replace("\"x\"", "\"schema.json\""));
    assert!(!accepted && gate.contains("gate.part-order"), "{gate}");
    let (accepted, gate, why, _) = resigned(&|text| text.replace("view.html", "copy.html"));
    assert_eq!((accepted, why), (false, Some(SubIndication::SignedDataNotFound)));
    assert_eq!(gate, "gate.part-not-signed gate.part-missing");
}
