//! Packages with timestamps, counter-signatures and evidence beside their signature: nothing of that is signed by the signer, and no bit of it
//! changes unnoticed.
#![cfg(feature = "sign")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail by a panic")]

#[path = "support/dossier.rs"]
mod dossier;
#[path = "support/flips.rs"]
mod flips;
#[path = "support/person.rs"]
mod person;

use hoso::crypto::SignatureAlgorithm;
use hoso::pki::Policy;
use hoso::report::Language;
use hoso::sign::cades::{self, Content, Countersigned};
use hoso::sign::{Trust, Used, jades};
use hoso::submission::{Format, Outcome, Package, Verdict, VerifyOptions, verify};
use hoso::text::Moment;
use person::{Authorities, Holder, Person, SIGNER};

const ES256: SignatureAlgorithm = SignatureAlgorithm::Es256;

struct World {
    authorities: Authorities,
    signer: Person,
    office: Person,
    stamper: Holder,
    options: VerifyOptions,
    now: Moment,
}

impl World {
    fn new() -> Self {
        let authorities = Authorities::new();
        let (signer, office) = (authorities.person("signer", "ec:P-256", SIGNER), authorities.person("office", "ec:P-256", SIGNER));
        let stamper = authorities.time_stamper("tsa");
        let now = dossier::moment(&signer);
        let options = authorities.believed(now, Language::En);
        Self { authorities, signer, office, stamper, options, now }
    }

    fn trust(&self) -> Trust<'_> {
        Trust {
            anchors: &self.options.anchors,
            certificates: &[],
            crls: &self.options.crls,
            answers: &[],
            revocation: Policy::Require,
            received: self.now.instant(),
        }
    }

    /// A dossier signed, nothing added.
    fn plain(&self, format: Format) -> Package {
        let signed = dossier::sign_as(format, &dossier::sealed(self.now), &self.signer, ES256, self.now.instant());
        dossier::read(&dossier::bytes(&signed)).unwrap()
    }

    /// With a timestamp of these bytes, or of what it must be of.
    fn stamped(&self, package: &Package, of: Option<&[u8]>) -> Package {
        let file = &package.signature;
        let own = if package.format == Format::Jades { jades::stamped(file, 0) } else { cades::stamped(file, 0) }.unwrap();
        let token = self.authorities.stamp(&self.stamper, of.unwrap_or(&own));
        with(
            package,
            if package.format == Format::Jades { jades::with_timestamp(file, 0, &token) } else { cades::with_timestamp(file, 0, &token) }
                .unwrap(),
        )
    }

    /// With the certificates and lists that its verdict rests on.
    fn lasting(&self, package: &Package) -> Package {
        let file = &package.signature;
        if package.format == Format::Jades {
            let used = jades::lasting(file, 0, &package.parts, &self.trust(), Language::En).unwrap();
            return with(package, jades::with_evidence(file, 0, &used).unwrap());
        }
        let used = cades::lasting(file, 0, Some(&Content::of(signed(package))), &self.trust(), Language::En).unwrap();
        with(package, cades::with_evidence(file, &used).unwrap())
    }

    /// With a counter-signature of the office.
    fn countersigned(&self, package: &Package) -> Package {
        let (file, chain, at) = (&package.signature, &self.office.chain, self.now.instant());
        let sign = |message: &[u8]| self.office.key.sign(ES256, message).unwrap();
        if package.format == Format::Jades {
            let pending = jades::prepare_over(file, 0, chain, ES256, at).unwrap();
            return with(package, pending.attach(&sign(pending.to_be_signed().message())).unwrap());
        }
        let pending = cades::countersign(Countersigned::Signature(file, 0), None, chain, ES256, at).unwrap();
        with(package, pending.attach(&sign(pending.to_be_signed().message())).unwrap())
    }

    fn verify(&self, package: &Package) -> Verdict {
        verify(package, &self.options)
    }

    fn codes(&self, package: &Package) -> (Outcome, Vec<&'static str>) {
        let verdict = self.verify(package);
        (verdict.outcome, verdict.gate.iter().map(|entry| entry.code).collect())
    }
}

/// What a signed message of a package is over.
fn signed(package: &Package) -> &[u8] {
    if package.format == Format::Asice { &package.manifest } else { &package.submission }
}

fn with(package: &Package, signature: Vec<u8>) -> Package {
    let mut changed = package.clone();
    changed.signature = signature;
    changed
}

const FORMATS: [Format; 3] = [Format::Jades, Format::Cades, Format::Asice];

#[test]
fn no_bit_of_what_was_added_to_a_package_changes_unnoticed() {
    let world = World::new();
    for format in FORMATS {
        let lasting = world.countersigned(&world.lasting(&world.stamped(&world.plain(format), None)));
        let verdict = world.verify(&lasting);
        assert!(verdict.accepted, "{format:?} {:?} {:?}", verdict.gate, verdict.signatures);
        assert_eq!((verdict.signatures[0].level, verdict.signatures[0].counter_signatures.len()), (Some("B-LT"), 1));
        let (flips, accepted) = flips::turn(&dossier::contents(&lasting), |place, changed, bit| {
            let accepted = world.verify(&dossier::exchanged(&lasting, place, changed)).accepted;
            assert!(!accepted, "{format:?}: bit {bit} of {place}");
            accepted
        });
        println!("{format:?}: {flips} flips, {accepted} accepted");
    }
}

#[test]
fn a_timestamp_of_another_signature_is_not_accepted() {
    let world = World::new();
    for format in FORMATS {
        let package = world.stamped(&world.plain(format), Some(b"another signature's value"));
        assert_eq!(world.codes(&package), (Outcome::Undetermined, vec!["gate.unsigned-timestamp"]), "{format:?}");
    }
}

#[test]
fn a_counter_signature_moved_to_another_signature_is_not_accepted() {
    let world = World::new();
    let over = |file: &[u8]| String::from_utf8(file.to_vec()).unwrap();
    let other = over(&world.countersigned(&world.plain(Format::Jades)).signature);
    let own = world.plain(Format::Jades);
    assert!(world.verify(&own).accepted);
    // The header with the counter-signature, in front of the signature that was made another time.
    let (header, _) = other.split_once(",\"protected\"").unwrap();
    let moved = over(&own.signature).replacen('{', &format!("{header},"), 1);
    assert_eq!(world.codes(&with(&own, moved.into_bytes())), (Outcome::Undetermined, vec!["gate.unsigned-counter-signature"]));
    let other = world.countersigned(&world.plain(Format::Cades)).signature;
    let own = world.plain(Format::Cades);
    let counter = hoso::cms::SignedData::read(&other).unwrap().signers[0].unsigned.all()[0].values()[0].raw().to_vec();
    let data = hoso::cms::SignedData::read(&own.signature).unwrap();
    let attribute = hoso::cms::attribute(hoso::asn1::Known::CounterSignature, &counter);
    let chain: Vec<_> = world.office.chain[..1].iter().map(|certificate| certificate.der().to_vec()).collect();
    let moved = hoso::cms::add_unsigned(&data, 0, &attribute);
    let moved = cades::with_evidence(&moved, &Used { certificates: chain, ..Used::default() }).unwrap();
    let (outcome, codes) = world.codes(&with(&own, moved));
    assert_eq!((outcome, codes), (Outcome::Undetermined, vec!["gate.unsigned-counter-signature"]));
}

#[test]
fn evidence_that_nobody_trusted_signed_is_not_accepted() {
    let (world, stranger) = (World::new(), Authorities::new());
    let lists: Vec<_> = stranger.crls().iter().map(|list| list.der().to_vec()).collect();
    let root = stranger.roots()[0].der().to_vec();
    for (used, what) in [
        (Used { certificates: vec![root], ..Used::default() }, "a stranger's root"),
        (Used { crls: lists, ..Used::default() }, "a stranger's lists"),
    ] {
        for format in FORMATS {
            let package = world.plain(format);
            let file = &package.signature;
            let added = if format == Format::Jades { jades::with_evidence(file, 0, &used) } else { cades::with_evidence(file, &used) };
            let found = world.codes(&with(&package, added.unwrap()));
            assert_eq!(found, (Outcome::Undetermined, vec!["gate.unsigned-evidence"]), "{format:?} {what}");
        }
    }
}

#[test]
fn an_attribute_that_nobody_signed_is_not_accepted() {
    let world = World::new();
    let package = world.plain(Format::Cades);
    let data = hoso::cms::SignedData::read(&package.signature).unwrap();
    let attribute = hoso::cms::attribute(hoso::asn1::Known::SigningTime, &[0x05, 0x00]);
    let added = hoso::cms::add_unsigned(&data, 0, &attribute);
    assert_eq!(world.codes(&with(&package, added)), (Outcome::Undetermined, vec!["gate.unsigned-unknown"]));
}

#[test]
fn a_package_lasts_by_itself_and_beside_newer_lists() {
    let world = World::new();
    for format in FORMATS {
        let lasting = world.lasting(&world.stamped(&world.plain(format), None));
        assert!(world.verify(&lasting).accepted);
        let alone = VerifyOptions { crls: Vec::new(), ..world.options.clone() };
        assert!(verify(&lasting, &alone).accepted, "{format:?}");
        // Whoever trusts the issuing authority itself needs neither root nor its list, and takes them as they are.
        let middle = VerifyOptions { anchors: vec![world.signer.chain[1].clone()], ..world.options.clone() };
        let verdict = verify(&lasting, &middle);
        assert!(verdict.accepted, "{format:?} {:?}", verdict.gate);
    }
}

#[test]
fn a_timestamp_taken_away_proves_nothing_any_more() {
    let world = World::new();
    for format in FORMATS {
        let plain = world.plain(format);
        let stamped = world.stamped(&plain, None);
        let (with, without) = (world.verify(&stamped), world.verify(&plain));
        assert_eq!((with.signatures[0].level, without.signatures[0].level), (Some("B-T"), Some("B-B")));
        assert!(with.signatures[0].proven_time.is_some() && without.signatures[0].proven_time.is_none());
        // Once the certificate has expired, only the timestamp can tell that the signature is older.
        let later = Moment::new(world.signer.chain[0].not_after().plus(86_400), Moment::VIETNAM);
        let options = VerifyOptions { received: later, ..world.options.clone() };
        assert_eq!(verify(&plain, &options).signatures[0].sub_indication.map(|why| why.name()), Some("OUT_OF_BOUNDS_NO_POE"));
    }
}
