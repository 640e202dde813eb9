//! Ten thousand files of every kind that the signing side reads, mutated: each is read or refused with a code, none makes anything panic, and none
//! takes long or much.
#![cfg(feature = "sign")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail by a panic")]

#[path = "support/dossier.rs"]
mod dossier;
#[path = "support/person.rs"]
mod person;

use hoso::cms::timestamp::Token;
use hoso::crypto::SignatureAlgorithm;
use hoso::limits;
use hoso::pki::crl::Crl;
use hoso::pki::ocsp::Response;
use hoso::pki::{Certificate, Policy, pkcs12};
use hoso::report::{Coded, Language, sentence};
use hoso::sign::cades::{self, Content};
use hoso::sign::jades::{self, Given};
use hoso::sign::verdict::SignatureVerdict;
use hoso::sign::{Trust, asic};
use hoso::submission::{Format, verify};
use peak_alloc::PeakAlloc;
use person::{Authorities, SIGNER};
use std::time::{Duration, Instant};

const FILES: usize = 10_000;
/// No single file may take longer, by a clock that others share.
const LONGEST: Duration = Duration::from_secs(5);

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// What any file may take in memory beside itself: the names, the verdicts and the sentences of a signature or two.
const LEAST: usize = limits::CERTIFICATE_BYTES;

/// The most memory, in bytes, that a file may take beside itself, by what [`limits`] says of its kind.
fn most(kind: &str, file: &[u8]) -> usize {
    let times = match kind {
        // `JSON_BYTES`: a tape of 162 MB for 10 MB; the header within is such a text again.
        "jws" => 2 * 17,
        // `ZIP_RATIO`.
        "container" | "package" => limits::ZIP_RATIO as usize,
        // `BER_ELEMENTS`: forty bytes for an element, which has two of the file.
        _ => 40 / 2,
    };
    LEAST + times * file.len()
}

/// Numbers that are the same in every run (Marsaglia, "Xorshift RNGs").
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % most.max(1) as u64) as usize
    }

    /// A file with up to four changes: bits, bytes that mean lengths, pieces taken out, doubled, moved or cut off.
    fn mutated(&mut self, seed: &[u8]) -> Vec<u8> {
        let mut bytes = seed.to_vec();
        for _ in 0..=self.below(3) {
            let (from, length) = (self.below(bytes.len()), 1 + self.below(40));
            let until = (from + length).min(bytes.len());
            match self.below(7) {
                _ if bytes.is_empty() => bytes.push(0x30),
                0 => bytes[from] ^= 1 << self.below(8),
                1 => bytes[from] = [0, 0x7f, 0x80, 0x84, 0xff, b'"', b'{'][self.below(7)],
                2 => drop(bytes.drain(from..until)),
                3 => bytes.extend_from_within(from..until),
                4 => {
                    let piece = bytes[from..until].to_vec();
                    let to = self.below(bytes.len());
                    bytes.splice(to..to, piece);
                }
                5 => bytes.truncate(from),
                _ => bytes[from..until].fill(self.below(256) as u8),
            }
        }
        bytes
    }
}

/// What a reader said of a file: nothing, or a code.
type Said = Option<&'static str>;

fn code<T>(found: Result<T, impl Coded>) -> Said {
    let error = found.err()?;
    // Whatever the input did, there is a sentence for people.
    assert!(!sentence(&error, Language::Vi).is_empty());
    Some(error.code())
}

fn signatures<'v>(verdicts: impl IntoIterator<Item = &'v SignatureVerdict>) -> Said {
    let failed = verdicts.into_iter().find(|verdict| !verdict.passed())?;
    Some(failed.reasons.last().unwrap().code)
}

#[test]
fn ten_thousand_mutated_files_are_read_or_refused_with_a_code() {
    let authorities = Authorities::new();
    let signer = authorities.person("signer", "ec:P-256", SIGNER);
    let now = dossier::moment(&signer);
    let options = authorities.believed(now, Language::Vi);
    let (anchors, crls) = (&options.anchors, &options.crls);
    let trust = Trust { anchors, certificates: &[], crls, answers: &[], revocation: Policy::Require, received: now.instant() };
    let [jades, cades, asice] = [Format::Jades, Format::Cades, Format::Asice]
        .map(|format| dossier::sign_as(format, &dossier::sealed(now), &signer, SignatureAlgorithm::Es256, now.instant()));
    let token = authorities.stamp(&authorities.time_stamper("tsa"), b"anything");
    let content = dossier::read(&dossier::bytes(&cades)).unwrap().submission;
    let parts = dossier::read(&dossier::bytes(&jades)).unwrap().parts;

    type Reader<'r> = Box<dyn Fn(&[u8]) -> Said + 'r>;
    let readers: [(&str, Vec<u8>, Reader<'_>); 9] = [
        ("certificate", signer.chain[0].der().to_vec(), Box::new(|file| code(Certificate::parse(file)))),
        ("crl", crls[0].der().to_vec(), Box::new(|file| code(Crl::parse(file)))),
        ("ocsp", authorities.status(&signer), Box::new(|file| code(Response::parse(file)))),
        ("token", token, Box::new(|file| code(Token::read(file).and_then(|token| token.check_imprint(b"anything"))))),
        ("p12", authorities.key_file(&signer), Box::new(|file| code(pkcs12::open(file, "a")))),
        (
            "jws",
            jades.signature().to_vec(),
            Box::new(|file| {
                let any = jades::verify_any(file, &Given::default(), &trust, Language::Vi);
                assert!(!any.signatures.is_empty());
                signatures(jades::verify(file, &parts, &trust, Language::Vi).signatures.iter().map(|judged| &judged.verdict))
            }),
        ),
        (
            "cms",
            cades.signature().to_vec(),
            Box::new(|file| signatures(&cades::verify(file, Some(&Content::of(&content)), &trust, Language::Vi))),
        ),
        (
            "container",
            dossier::bytes(&asice),
            Box::new(|file| {
                let verdict = asic::verify(file, &trust, Language::Vi);
                let issue = verdict.issues.first().map(|issue| issue.code);
                issue.or_else(|| signatures(verdict.signatures.iter().map(|signature| &signature.verdict)))
            }),
        ),
        (
            "package",
            dossier::bytes(&jades),
            Box::new(|file| match dossier::read(file) {
                Err(error) => code(Err::<(), _>(error)),
                Ok(package) => {
                    let verdict = verify(&package, &options);
                    (!verdict.accepted).then(|| verdict.gate.first().map_or("signature", |entry| entry.code))
                }
            }),
        ),
    ];
    let mut numbers = Numbers(0x9e37_79b9_7f4a_7c15);
    for (kind, seed, read) in &readers {
        assert_eq!(read(seed), None, "{kind}");
        let (mut refused, mut peak) = (0, (0, 0));
        for number in 0..FILES.div_ceil(readers.len()) {
            let file = numbers.mutated(seed);
            let start = Instant::now();
            let before = MEMORY.current_usage();
            MEMORY.reset_peak_usage();
            let said = read(&file);
            let held = MEMORY.peak_usage() - before;
            assert!(held <= most(kind, &file), "{kind} {number}: {held} bytes for a file of {}", file.len());
            peak = peak.max((held, file.len()));
            assert!(start.elapsed() < LONGEST, "{kind} {number}: {:?} for {said:?}", start.elapsed());
            assert!(said.is_none_or(|code| code == "signature" || code.contains('.')), "{kind} {number}: {said:?}");
            refused += usize::from(said.is_some());
        }
        println!("{kind}: {refused} refused; at most {} bytes held, for a file of {}", peak.0, peak.1);
        // Nearly every change is seen; what a parser alone cannot see is for a signature.
        let seen = if matches!(*kind, "package" | "p12" | "jws") { 1_000 } else { 300 };
        assert!(refused > seen, "{kind}: {refused}");
    }
}
