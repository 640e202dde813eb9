//! No bit of a signed package can be changed unnoticed, and none makes anything panic. What happens when the checksums are mended stands in
//! `unsigned.rs`.
#![cfg(feature = "sign")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail by a panic")]

#[path = "support/dossier.rs"]
mod dossier;
#[path = "support/flips.rs"]
mod flips;
#[path = "support/person.rs"]
mod person;

use hoso::crypto::SignatureAlgorithm;
use hoso::report::Language;
use hoso::submission::{Format, verify};
use person::{Authorities, SIGNER};

#[test]
fn fifty_thousand_single_bit_flips_of_each_format_are_all_refused() {
    let authorities = Authorities::new();
    let signer = authorities.person("signer", "ec:P-256", SIGNER);
    let now = dossier::moment(&signer);
    let options = authorities.believed(now, Language::En);
    for format in Format::ALL {
        let signed = dossier::sign_as(format, &dossier::sealed(now), &signer, SignatureAlgorithm::Es256, now.instant());
        let package = dossier::bytes(&signed);
        assert!(verify(&dossier::read(&package).unwrap(), &options).accepted);
        // Whatever the container misses is for the signature to find; CRC-32 finds every single bit.
        let (flips, read) = flips::turn(&[&package], |_, changed, bit| {
            let read = dossier::read(changed).ok();
            assert!(read.as_ref().is_none_or(|found| !verify(found, &options).accepted), "{format:?}: bit {bit}");
            read.is_some()
        });
        println!("{format:?}: {flips} flips of the container, {read} read");
        assert_eq!(read, 0, "{format:?}");
    }
}
