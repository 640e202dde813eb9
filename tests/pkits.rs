//! NIST's Public Key Interoperability Test Suite 1.0.1 (PKITS), every test of its sections 4.1 to 4.16, through the library and through the
//! command. `pkits.txt` says what NIST expects, and the reason for which hoso refuses; what differs is listed with why.

#![cfg(feature = "cli")]
#![expect(clippy::unwrap_used, reason = "a suite that cannot be read has failed")]

#[path = "support/judges.rs"]
mod judges;

use hoso::asn1::Oid;
use hoso::pki::crl::Crl;
use hoso::pki::{Certificate, Evidence, Policy, Purpose, Rules, validate};
use hoso::report::Coded;
use hoso::text::Instant;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

/// Number, the certificate (`certs/…EE.crt`), the others (`certs/…Cert.crt`, each with `crls/…CRL.crl` if there is one; after `+` another file of
/// `crls`), the inputs, and what comes out. The trust anchor and its list belong to every test.
const TABLE: &str = include_str!("pkits.txt");

/// NIST's policies are named by their last arc.
const POLICIES: &str = "2.16.840.1.101.3.2.1.48.";

/// When the tests are asked about: their certificates are valid from 2010 to 2030.
const AT: i64 = 1_795_485_600;

/// What differs from NIST's answers: of valid paths that hoso does not verify, and why.
const DEVIATIONS: &[(&str, &str)] = &[
    ("4.1.4", "DSA, which no authority in Vietnam signs with and Circular 15/2025 does not list, is not verified: undetermined"),
    ("4.1.5", "DSA as in 4.1.4"),
];

struct Test<'t> {
    number: &'t str,
    leaf: PathBuf,
    others: Vec<PathBuf>,
    crls: Vec<PathBuf>,
    inputs: Vec<&'t str>,
    valid: bool,
    /// hoso's code for why not, with `?` before it when that is undetermined.
    why: &'t str,
}

impl<'t> Test<'t> {
    fn read(line: &'t str) -> Self {
        let mut columns = line.split('|').map(str::trim);
        let mut next = || columns.next().unwrap();
        let (number, leaf, files, inputs, answer) = (next(), next(), next(), next(), next());
        let (certificates, lists) = (judges::pkits_dir().join("certs"), judges::pkits_dir().join("crls"));
        let mut test = Self {
            number,
            leaf: certificates.join(format!("{leaf}EE.crt")),
            others: Vec::new(),
            crls: vec![lists.join("TrustAnchorRootCRL.crl")],
            inputs: inputs.split_whitespace().collect(),
            valid: answer == "valid",
            why: answer.strip_prefix("invalid").unwrap_or_default().trim(),
        };
        for file in files.split_whitespace() {
            let list = match file.strip_prefix('+') {
                Some(list) => lists.join(format!("{list}.crl")),
                None => {
                    test.others.push(certificates.join(format!("{file}Cert.crt")));
                    lists.join(format!("{file}CRL.crl"))
                }
            };
            assert!(list.exists() || !file.starts_with('+'), "{number}: {}", list.display());
            test.crls.extend(list.exists().then_some(list));
        }
        test
    }

    fn policies(&self) -> Vec<String> {
        let named = self.inputs.iter().find_map(|input| input.strip_prefix("policy="));
        named.iter().flat_map(|list| list.split(',')).map(|last| format!("{POLICIES}{last}")).collect()
    }

    /// The answer of the library: `valid`, or the code of why not, with `?` before it when that is undetermined.
    fn ours(&self) -> String {
        let crls: Vec<_> = self.crls.iter().map(|file| Crl::parse(fs::read(file).unwrap()).unwrap()).collect();
        self.judged(&read(&self.others), &crls)
    }

    fn judged(&self, others: &[Certificate], crls: &[Crl]) -> String {
        let (leaf, anchors) = (read(std::slice::from_ref(&self.leaf)).remove(0), read(&[anchor()]));
        let rules = Rules {
            policies: self.policies().iter().map(|policy| Oid::parse(policy).unwrap()).collect(),
            explicit_policy: self.inputs.contains(&"explicit"),
            inhibit_policy_mapping: self.inputs.contains(&"no-mapping"),
            inhibit_any_policy: self.inputs.contains(&"no-any"),
            ..Rules::new(Instant::from_unix(AT), Purpose::Any)
        };
        let evidence = Evidence { crls, answers: &[], certificates: others, until: None };
        let found = validate(&leaf, others, &anchors, &rules, &evidence, Policy::Require);
        match (&found.problem, found.is_valid()) {
            (None, _) => "valid".to_owned(),
            (Some(problem), Some(_)) => problem.code().to_owned(),
            (Some(problem), None) => format!("?{}", problem.code()),
        }
    }

    /// The exit code and the answer of the command.
    fn command(&self) -> (Option<i32>, serde_json::Value) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_hoso"));
        command.args(["cert", "verify", "--output", "json", "--purpose", "any", "--at", "2026-11-24T02:00:00Z", "--trust"]).arg(anchor());
        for (option, files) in [("--chain", &self.others), ("--crl", &self.crls)] {
            for file in files {
                command.arg(option).arg(file);
            }
        }
        for policy in self.policies() {
            command.args(["--policy", &policy]);
        }
        for (input, option) in
            [("explicit", "--explicit-policy"), ("no-mapping", "--inhibit-policy-mapping"), ("no-any", "--inhibit-any-policy")]
        {
            command.args(self.inputs.contains(&input).then_some(option));
        }
        let output = command.arg(&self.leaf).output().unwrap();
        (output.status.code(), serde_json::from_slice(&output.stdout).unwrap_or_default())
    }

    fn deviation(&self) -> Option<&'static str> {
        DEVIATIONS.iter().find(|(number, _)| *number == self.number).map(|(_, why)| *why)
    }
}

fn read(files: &[PathBuf]) -> Vec<Certificate> {
    files.iter().map(|file| Certificate::parse(fs::read(file).unwrap()).unwrap()).collect()
}

/// The files of a folder of the suite.
fn files(folder: &str) -> Vec<PathBuf> {
    fs::read_dir(judges::pkits_dir().join(folder)).unwrap().map(|entry| entry.unwrap().path()).collect()
}

fn anchor() -> PathBuf {
    judges::pkits_dir().join("certs/TrustAnchorRootCertificate.crt")
}

fn tests() -> Vec<Test<'static>> {
    TABLE.lines().filter(|line| !line.starts_with('#')).map(Test::read).collect()
}

#[test]
fn the_table_has_every_test_of_every_section() {
    let sections = [6, 8, 11, 21, 8, 17, 5, 20, 8, 14, 11, 10, 38, 35, 10, 2];
    let all = (1..).zip(sections).flat_map(|(section, count)| (1..=count).map(move |test| format!("4.{section}.{test}")));
    let numbers: Vec<_> = tests().iter().map(|test| test.number).collect();
    let missing: Vec<_> = all.filter(|number| !numbers.contains(&number.as_str())).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn the_library_answers_as_nist_does() {
    let (mut mistakes, mut differ) = (Vec::new(), Vec::new());
    let tests = tests();
    for test in &tests {
        let found = test.ours();
        let alike = (found == "valid") == test.valid;
        match test.deviation() {
            Some(why) if !alike => differ.push(format!("{}: {why}", test.number)),
            None if alike && (test.valid || found == test.why) => {}
            _ => mistakes.push(format!("{} {:?}: {found}, not {} {}", test.number, test.inputs, test.valid, test.why)),
        }
    }
    assert!(mistakes.is_empty(), "{} of {}:\n{}", mistakes.len(), tests.len(), mistakes.join("\n"));
    println!("PKITS: {} tests as NIST has them, {} differ: {}", tests.len() - differ.len(), differ.len(), differ.join("; "));
}

#[test]
fn every_file_of_the_suite_is_read() {
    let mut refused = Vec::new();
    for file in files("certs") {
        refused.extend(Certificate::parse(fs::read(&file).unwrap()).err().map(|error| format!("{}: {error}", file.display())));
    }
    for file in files("crls") {
        refused.extend(Crl::parse(fs::read(&file).unwrap()).err().map(|error| format!("{}: {error}", file.display())));
    }
    assert!(refused.is_empty(), "{}", refused.join("\n"));
}

/// More than is needed changes no answer: four hundred certificates and every list.
#[test]
fn with_the_whole_suite_at_hand_the_answers_are_the_same() {
    let (others, tests) = (read(&files("certs")), tests());
    let crls: Vec<_> = files("crls").iter().map(|file| Crl::parse(fs::read(file).unwrap()).unwrap()).collect();
    let mut mistakes = Vec::new();
    for test in &tests {
        let (found, alone) = (test.judged(&others, &crls), test.ours());
        if found != alone {
            mistakes.push(format!("{} {:?}: {found}, not {alone}", test.number, test.inputs));
        }
    }
    assert!(mistakes.is_empty(), "{} of {}:\n{}", mistakes.len(), tests.len(), mistakes.join("\n"));
}

#[test]
fn the_command_answers_as_the_library_does() {
    let (mut mistakes, tests) = (Vec::new(), tests());
    for test in &tests {
        let (exit, answer) = test.command();
        let expected = match test.ours() {
            text if text == "valid" => (0, serde_json::Value::Bool(true), None),
            text => match text.strip_prefix('?') {
                Some(code) => (3, serde_json::Value::Null, Some(code.to_owned())),
                None => (1, serde_json::Value::Bool(false), Some(text)),
            },
        };
        let code = answer["reasons"][0]["code"].as_str().map(str::to_owned);
        if (exit, &answer["valid"], &code) != (Some(expected.0), &expected.1, &expected.2) {
            mistakes.push(format!("{} {:?}: {exit:?} {answer}", test.number, test.inputs));
        }
    }
    assert!(mistakes.is_empty(), "{} of {}:\n{}", mistakes.len(), tests.len(), mistakes.join("\n"));
}
