//! The judges judged: each says yes to what is right by the letter of its standard, and no to what is not.
//! The samples are made without hoso.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::string_slice, reason = "a test stops where something is odd")]

#[path = "support/judges.rs"]
mod judges;
#[path = "support/pki.rs"]
mod pki;
#[path = "support/temporary.rs"]
mod temporary;

use pki::Authority;
use std::path::{Path, PathBuf};

#[test]
fn signatures_made_by_hand_are_accepted_by_both() {
    for samples in Samples::of_both_kinds("accepted") {
        for recipe in ["flattened", "general"] {
            for answer in both(&samples.jws(recipe)) {
                assert!(answer.accepted, "{recipe}: {}", answer.words);
            }
        }
    }
}

#[test]
fn wrong_signatures_are_refused_by_both() {
    for samples in Samples::of_both_kinds("refused") {
        for recipe in ["payload", "unknown-crit", "no-certificate"] {
            for answer in both(&samples.jws(recipe)) {
                assert!(!answer.accepted, "{recipe} was accepted");
            }
        }
    }
}

#[test]
fn a_flipped_bit_is_refused_by_both() {
    let samples = Samples::new("flipped");
    let good = std::fs::read_to_string(samples.jws("flattened")).unwrap();
    let (head, signature) = good.split_once(r#""signature":""#).unwrap();
    // The first six bits of r.
    let first = signature.chars().next().unwrap();
    let other = if first == 'A' { 'B' } else { 'A' };
    let file = samples.folder.join("flipped.json");
    std::fs::write(&file, format!(r#"{head}"signature":"{other}{}"#, &signature[1..])).unwrap();
    for answer in both(&file) {
        assert!(!answer.accepted, "a flipped bit was accepted");
    }
}

#[test]
fn one_wrong_signature_among_right_ones_is_refused_by_both() {
    let samples = Samples::new("among");
    let good = std::fs::read_to_string(samples.jws("flattened")).unwrap();
    let bad = std::fs::read_to_string(samples.jws("payload")).unwrap();
    let file = samples.folder.join("among.json");
    for signatures in [format!("[{good},{bad}]"), format!("[{bad},{good}]"), "[]".to_owned()] {
        std::fs::write(&file, format!(r#"{{"signatures":{signatures}}}"#)).unwrap();
        for answer in both(&file) {
            assert!(!answer.accepted, "{signatures} was accepted");
        }
    }
}

#[test]
fn canonical_judges_give_the_forms_of_rfc_8785() {
    // RFC 8785 3.2.2 and 3.2.3, shortened; the last three are no I-JSON.
    let documents = [
        (r#"{"\u20ac":1,"\r":2,"1":3,"\ud83d\ude00":4,"\ufb33":5}"#, Some("{\"\\r\":2,\"1\":3,\"€\":1,\"😀\":4,\"\u{fb33}\":5}")),
        ("[333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001]", Some("[333333333.3333333,1e+30,4.5,0.002,1e-27]")),
        (r#" [ -0, true, null, "\u000a\u0041\/" ] "#, Some("[0,true,null,\"\\nA/\"]")),
        (r#""\ud800""#, None),
        ("[NaN]", None),
        ("[1,]", None),
    ];
    for judge in [judges::node("jcs-node.mjs"), judges::python("jcs.py")] {
        let texts: Vec<_> = documents.iter().map(|(text, _)| *text).collect();
        for (given, (text, canonical)) in judges::canonical_forms(judge, &texts).iter().zip(documents) {
            assert_eq!(given.as_deref(), canonical, "{text}");
        }
    }
}

#[test]
fn judges_of_names_and_addresses_tell_right_from_wrong() {
    let names = ["bücher.example", "xn--bcher-kva", "-a", "Ü", "a\u{200d}", "\u{5d0}a"];
    let forms = judges::canonical_forms(judges::python("hosts.py"), &names);
    let right = [Some("xn--bcher-kva.example".to_owned()), Some("xn--bcher-kva".to_owned())];
    assert!(forms.iter().take(2).eq(&right) && forms.iter().skip(2).all(Option::is_none), "{forms:?}");
    let kinds = judges::canonical_forms(judges::python("uris.py"), &["http://a/b?c#d", "../b", "http://a b", "1:b"]);
    assert_eq!(kinds, [Some("uri".to_owned()), Some("uri-reference".to_owned()), None, None]);
}

#[test]
fn schema_judge_names_the_first_error() {
    let samples = Samples::new("schema");
    let schema = samples.write("schema.json", r#"{"properties": {"age": {"type": "integer"}}}"#);
    let good = samples.write("good.json", r#"{"age": 7}"#);
    let bad = samples.write("bad.json", r#"{"age": "seven"}"#);
    assert!(judges::ask(judges::python("schema-check.py").args([&schema, &good])).accepted);
    let answer = judges::ask(judges::python("schema-check.py").args([&schema, &good, &bad]));
    assert!(!answer.accepted && answer.words.contains("$.age"), "{}", answer.words);
}

#[test]
#[should_panic(expected = "broke down")]
fn a_judge_without_its_file_gives_no_answer() {
    judges::ask(judges::node("jose-verify.mjs").arg("no-such-file.json"));
}

#[test]
fn the_schema_suite_is_whole() {
    let suite = judges::suite_dir();
    for part in ["tests/draft2020-12/maxLength.json", "tests/draft2019-09/ref.json", "tests/draft7/enum.json", "remotes/integer.json"] {
        assert!(suite.join(part).is_file(), "{part} is missing");
    }
}

#[test]
fn the_json_suite_is_whole() {
    let suite = judges::json_suite_dir();
    for (part, bytes) in [("y_string_utf8.json", 11), ("n_structure_no_data.json", 0), ("i_string_utf16BE_no_BOM.json", 10)] {
        assert_eq!(std::fs::read(suite.join(part)).unwrap().len(), bytes, "{part}");
    }
}

#[test]
fn the_lock_file_names_no_download_address() {
    let lock = include_str!("judges/package-lock.json");
    assert!(lock.contains("sha512-") && !lock.contains("\"resolved\""), "install with omit-lockfile-registry-resolved=true");
}

fn both(file: &Path) -> [judges::Answer; 2] {
    [judges::ask(judges::node("jose-verify.mjs").arg(file)), judges::ask(judges::python("jwcrypto-verify.py").arg(file))]
}

/// A folder with a key and its certificate, for one test.
struct Samples {
    folder: PathBuf,
}

impl Samples {
    fn new(test: &str) -> Self {
        Self::with_key(test, "ec:P-256")
    }

    fn of_both_kinds(test: &str) -> [Self; 2] {
        [Self::new(test), Self::with_key(&format!("{test}-rsa"), "rsa:2048")]
    }

    fn with_key(test: &str, key: &str) -> Self {
        let folder = temporary::folder(&format!("judges-{test}"));
        Authority::root(&folder, "sample", "/CN=A judge's sample", key, pki::now()).unwrap();
        Self { folder }
    }

    fn jws(&self, recipe: &str) -> PathBuf {
        let made = judges::node("make-jws.mjs").args(["sample.key", "sample.pem", recipe]).current_dir(&self.folder).output().unwrap();
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        let file = self.folder.join(format!("{recipe}.json"));
        std::fs::write(&file, made.stdout).unwrap();
        file
    }

    fn write(&self, name: &str, text: &str) -> PathBuf {
        let file = self.folder.join(name);
        std::fs::write(&file, text).unwrap();
        file
    }
}
