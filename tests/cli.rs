//! The command `hoso` as a person or a script uses it: exit codes, answers, bad input, files that are whole or absent.

#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, reason = "a test that cannot be set up has failed")]

#[path = "support/judges.rs"]
mod judges;
#[path = "support/pki.rs"]
mod pki;
#[path = "support/temporary.rs"]
mod temporary;

use hoso::json::{Document, Kind, Value};
use pki::{CITIZEN, Leaf, PASSWORD, Pki};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

const FORM: &str = "forms/1.001612-ho-kinh-doanh";
const AUDIENCE: &str = "https://dichvucong.haiphong.gov.vn";

/// The files of one test run.
struct World {
    dir: PathBuf,
    pki: Pki,
}

static WORLD: LazyLock<World> = LazyLock::new(|| {
    let dir = temporary::folder("cli");
    let pki = Pki::create(&dir, CITIZEN, pki::now()).unwrap();
    fs::write(dir.join("password"), format!("{PASSWORD}\n")).unwrap();
    World { dir, pki }
});

impl World {
    fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.dir.join(name);
        fs::write(&path, content).unwrap();
        path
    }

    fn path(&self, name: &str) -> PathBuf {
        self.dir.join(name)
    }
}

fn form(place: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(FORM).join(place)
}

/// What the command said and how it ended.
struct Answer {
    code: i32,
    stdout: String,
    stderr: String,
}

fn hoso(arguments: &[&dyn AsRef<std::ffi::OsStr>]) -> Answer {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hoso"));
    arguments.iter().for_each(|argument| {
        command.arg(argument.as_ref());
    });
    let output = command.env("HOSO_TEST_PASSWORD", PASSWORD).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Answer { code: output.status.code().unwrap(), stdout: text(output.stdout), stderr: text(output.stderr) }
}

/// Signs the sole owner's form with a key file, some arguments more, to a file.
fn sign(p12: &Path, out: &Path, more: &[&dyn AsRef<std::ffi::OsStr>]) -> Answer {
    let (schema, data) = (form("schema.json"), form("examples/valid/sole-owner.json"));
    let mut arguments: Vec<&dyn AsRef<std::ffi::OsStr>> = vec![&"sign", &"--schema", &schema, &"--data", &data, &"--p12", &p12];
    arguments.extend::<[&dyn AsRef<_>; 6]>([&"--audience", &AUDIENCE, &"--dossier", &"D-1", &"-o", &out]);
    arguments.extend(more);
    if !more.iter().any(|argument| argument.as_ref().to_string_lossy().starts_with("--password")) {
        arguments.extend::<[&dyn AsRef<_>; 2]>([&"--password-env", &"HOSO_TEST_PASSWORD"]);
    }
    hoso(&arguments)
}

fn verify(package: &Path, more: &[&dyn AsRef<std::ffi::OsStr>]) -> Answer {
    let (root, lists) = (WORLD.pki.root_pem(), WORLD.pki.crl_pem());
    let mut arguments: Vec<&dyn AsRef<std::ffi::OsStr>> = vec![&"verify", &package, &"--trust", &root, &"--crl", &lists];
    arguments.extend(more);
    hoso(&arguments)
}

fn p12() -> PathBuf {
    WORLD.pki.citizen_ec.pkcs12_file("")
}

/// The codes of `{"errors": […]}`.
fn error_codes(answer: &Answer) -> Vec<String> {
    let document = Document::read(answer.stdout.as_str()).unwrap();
    let errors: Vec<_> = document.root().member("errors").unwrap().items().collect();
    errors.iter().map(|error| error.member("code").and_then(Value::as_str).unwrap().to_owned()).collect()
}

/// An answer holds against its published schema, as Python's `jsonschema` sees it too.
fn holds(published: &str, name: &str, answer: &str) {
    let schema = Path::new(env!("CARGO_MANIFEST_DIR")).join("forms/meta").join(published);
    let file = WORLD.file(name, answer);
    let ours = hoso(&[&"validate", &"--schema", &schema, &file]);
    assert_eq!(ours.code, 0, "{published}: {}{}\n{answer}", ours.stdout, ours.stderr);
    let theirs = judges::ask(judges::python("schema-check.py").arg(&schema).arg(&file));
    assert!(theirs.accepted, "{published}: {}\n{answer}", theirs.words);
}

#[test]
fn validate_says_yes_no_or_unusable() {
    let schema = form("schema.json");
    let (valid, invalid) = (form("examples/valid/transfer.json"), form("examples/invalid/id-with-eleven-digits.json"));
    let answer = hoso(&[&"validate", &"--schema", &schema, &valid]);
    assert_eq!((answer.code, answer.stderr.as_str()), (0, ""), "{}", answer.stdout);
    let answer = hoso(&[&"validate", &"--schema", &schema, &invalid, &"--lang", &"en"]);
    assert!(answer.code == 1 && answer.stdout.contains("You entered 11"), "{}", answer.stdout);
    let answer = hoso(&[&"validate", &"--schema", &schema, &invalid]);
    assert!(answer.code == 1 && answer.stdout.contains("thiếu số 0 ở đầu?"), "{}", answer.stdout);
    // Over many documents the worst counts.
    let broken = WORLD.file("broken.json", "{\n  \"a\": tru\n}");
    let answer = hoso(&[&"validate", &"--schema", &schema, &invalid, &broken, &valid]);
    assert!(answer.code == 2 && answer.stderr.contains("Dòng 2"), "{}", answer.stderr);
    for usage in [&["validate"][..], &["validate", "--schema", "x"], &["validat"], &["verify"], &["--lang", "fr", "canonical", "x"]] {
        let arguments: Vec<&dyn AsRef<std::ffi::OsStr>> = usage.iter().map(|argument| argument as _).collect();
        assert_eq!(hoso(&arguments).code, 2, "{usage:?}");
    }
}

#[test]
fn reports_in_json_hold_the_frozen_shape_and_the_moment_asked_for() {
    let schema = form("schema.json");
    let invalid = form("examples/invalid/dates-that-cannot-be.json");
    let answer = hoso(&[
        &"validate",
        &"--schema",
        &schema,
        &invalid,
        &"--output",
        &"json",
        &"--now",
        &"2026-11-24T09:00:00+07:00",
        &"--lang",
        &"en",
    ]);
    let report = Document::read(answer.stdout.as_str()).unwrap();
    assert_eq!(report.root().member("now").and_then(Value::as_str), Some("2026-11-24T09:00:00+07:00"));
    assert_eq!(report.root().member("valid").map(Value::kind), Some(Kind::False));
    let answer = hoso(&[&"validate", &"--schema", &schema, &invalid, &"--output", &"json", &"--now", &"yesterday"]);
    assert_eq!((answer.code, error_codes(&answer)), (2, vec!["cli.clock".to_owned()]));
}

#[test]
fn ndjson_answers_line_by_line_in_order() {
    let schema = WORLD.file("plain.json", r#"{"type": "integer", "minimum": 3}"#);
    let data = WORLD.file("many.ndjson", "1\n5\n\n{\"a\":\r\n\"x\"\n7");
    let answer = hoso(&[&"validate", &"--schema", &schema, &"--ndjson", &data]);
    let lines: Vec<_> = answer.stdout.lines().map(|line| Document::read(line).unwrap()).collect();
    let verdicts: Vec<_> = lines.iter().map(|line| line.root().member("valid").and_then(Value::as_bool)).collect();
    assert_eq!(verdicts, [Some(false), Some(true), None, Some(false), Some(true)]);
    assert_eq!(answer.code, 2);
    let fine = WORLD.file("fine.ndjson", "3\n4\n");
    assert_eq!(hoso(&[&"validate", &"--schema", &schema, &"--ndjson", &fine]).code, 0);
}

#[test]
fn ndjson_on_all_cores_keeps_the_order() {
    let schema = WORLD.file("even.json", r#"{"type": "integer", "multipleOf": 2}"#);
    let data = WORLD.file("thousands.ndjson", (0..20_000).map(|number| format!("{number}\n")).collect::<String>());
    let answer = hoso(&[&"validate", &"--schema", &schema, &"--ndjson", &data]);
    let verdicts: Vec<_> = answer.stdout.lines().map(|line| line.starts_with("{\"valid\":true")).collect();
    assert_eq!(verdicts, (0..20_000).map(|number| number % 2 == 0).collect::<Vec<_>>());
    assert_eq!(answer.code, 1);
}

#[test]
fn references_lead_into_files_and_drafts_are_named() {
    let address = WORLD.file("address.json", r#"{"$defs": {"street": {"$anchor": "street", "minLength": 2}}}"#);
    let schema =
        WORLD.file("to-address.json", r#"{"items": [{"$ref": "https://example.org/address?a=b#street"}], "additionalItems": false}"#);
    let with = format!("https://example.org/address?a=b={}", address.display());
    for (data, code) in [(r#"["xy"]"#, 0), (r#"["x"]"#, 1), (r#"["xy", 1]"#, 1)] {
        let data = WORLD.file("street.json", data);
        assert_eq!(hoso(&[&"validate", &"--schema", &schema, &data, &"--dialect", &"2019-09", &"--ref", &with]).code, code);
    }
    let data = WORLD.file("street.json", "[]");
    for (arguments, code) in [
        (["--dialect", "7"].as_slice(), "schema.reference-unsupported"),
        (&["--dialect", "6"], "schema.dialect-unsupported"),
        (&["--ref", "nothing"], "cli.ref"),
        (&["--ref", "a:b=/no/such/file"], "cli.file-unreadable"),
    ] {
        let mut line: Vec<&dyn AsRef<std::ffi::OsStr>> = vec![&"validate", &"--schema", &schema, &data, &"--output", &"json"];
        line.extend(arguments.iter().map(|argument| argument as &dyn AsRef<std::ffi::OsStr>));
        let answer = hoso(&line);
        assert_eq!((answer.code, error_codes(&answer)), (2, vec![code.to_owned()]), "{arguments:?}");
    }
}

#[test]
fn a_schema_with_mistakes_lists_them_all_with_place_and_remedy() {
    let schema = WORLD.file(
        "bad-schema.json",
        r##"{"x-procedure": {"code": "1.001612", "version": "1", "title": {"vi": "T"}, "authority": {"vi": "U"}, "legalBasis": ["L"],
             "effectiveFrom": "2026-01-01", "evidence": "session"},
            "properties": {"a": {"type": "strng"}, "b": {"minLenght": 1}, "c": {"format": "vn-fhone"}, "d": {"$ref": "#/$defs/x"}, "e": {"pattern": "^a("},
             "f": {"minimum": "1"}, "g": 3, "h": {"x-label": {"en": "H"}}, "i": {"const": 9007199254740993}},
            "x-pages": [{"id": "p", "title": {"vi": "P"}, "fields": ["/aa"]}]}"##,
    );
    let data = WORLD.file("any.json", "{}");
    let answer = hoso(&[&"validate", &"--schema", &schema, &data, &"--output", &"json", &"--lang", &"en"]);
    assert_eq!(answer.code, 2);
    let mut codes = error_codes(&answer);
    codes.sort();
    assert_eq!(
        codes,
        [
            "pattern.unclosed-group",
            "schema.field-unknown",
            "schema.format-unknown",
            "schema.keyword-unknown",
            "schema.keyword-value",
            "schema.keyword-value",
            "schema.not-a-schema",
            "schema.number-not-exact",
            "schema.part-missing",
            "schema.reference-missing",
        ]
    );
    for remedy in ["Did you mean “minLength”?", "Did you mean “vn-phone”?", "/properties/a/type"] {
        assert!(answer.stdout.contains(remedy), "{remedy}: {}", answer.stdout);
    }
}

/// A version of a procedure's rules.
fn version(code: &str, name: &str, days: &str, least: u32) -> PathBuf {
    let parts = r#""version": "1", "title": {"vi": "T"}, "authority": {"vi": "U"}, "legalBasis": ["L"], "evidence": "session""#;
    let procedure = format!(r#"{{"code": "{code}", {days}, {parts}}}"#);
    WORLD.file(name, format!(r#"{{"x-procedure": {procedure}, "properties": {{"a": {{"minimum": {least}}}}}}}"#))
}

#[test]
fn of_several_versions_the_one_in_force_counts() {
    let old = version("1.001612", "old-version.json", r#""effectiveFrom": "2025-07-01", "effectiveTo": "2026-06-30""#, 5);
    let new = version("1.001612", "new-version.json", r#""effectiveFrom": "2026-07-01""#, 9);
    let other = version("1.004194", "other-procedure.json", r#""effectiveFrom": "2026-07-01""#, 9);
    let data = WORLD.file("versions-data.json", r#"{"a": 7}"#);
    let ask = |second: &Path, now: &str| {
        hoso(&[&"validate", &"--schema", &new, &"--schema", &second, &"--now", &now, &"--lang", &"en", &"--output", &"json", &data])
    };
    // The day is that of Vietnam.
    assert_eq!(ask(&old, "2026-06-30T16:59:59Z").code, 0);
    assert_eq!(ask(&old, "2026-06-30T17:00:00Z").code, 1);
    let answer = ask(&old, "2025-06-30T09:00:00+07:00");
    assert_eq!((answer.code, error_codes(&answer)), (2, vec!["cli.no-version".to_owned()]));
    let answer = ask(&other, "2026-11-24T09:00:00+07:00");
    assert_eq!((answer.code, error_codes(&answer)), (2, vec!["cli.procedures".to_owned()]));
    // One alone is never passed over, but says so.
    let answer = hoso(&[&"validate", &"--schema", &old, &"--now", &"2026-07-01T00:00:00+07:00", &"--lang", &"en", &data]);
    assert!(answer.code == 0 && answer.stdout.contains("held until 30/06/2026"), "{}", answer.stdout);
}

#[test]
fn validate_answers_in_the_formats_of_json_schema() {
    let schema = WORLD.file(
        "formats-schema.json",
        r##"{"$id": "https://portal.example/s", "properties": {"a": {"$ref": "#/$defs/b"}}, "$defs": {"b": {"minimum": 5}}}"##,
    );
    let (valid, invalid) = (WORLD.file("formats-valid.json", r#"{"a": 5}"#), WORLD.file("formats-invalid.json", r#"{"a": 4}"#));
    let ask = |format: &str, data: &Path| {
        let answer = hoso(&[&"validate", &"--schema", &schema, &"--output", &format, &"--lang", &"en", &data]);
        (answer.code, answer.stdout.split_whitespace().collect::<String>())
    };
    assert_eq!(ask("flag", &valid), (0, r#"{"valid":true}"#.to_owned()));
    assert_eq!(ask("flag", &invalid), (1, r#"{"valid":false}"#.to_owned()));
    assert_eq!(ask("list", &valid), (0, r#"{"valid":true,"details":[]}"#.to_owned()));
    let unit = r##"{"valid":false,"evaluationPath":"/$defs/b","schemaLocation":"https://portal.example/s#/$defs/b","instanceLocation":"/a","errors":{"minimum":"Enterthea:5ormore"}}"##;
    assert_eq!(ask("list", &invalid), (1, format!(r#"{{"valid":false,"details":[{unit}]}}"#)));
    // The other commands have no such answer.
    assert_eq!(hoso(&[&"lint", &"--output", &"list", &schema]).code, 2);
}

#[test]
fn lint_says_what_is_odd_why_and_where() {
    let odd = WORLD.file("odd.json", r#"{"properties": {"a": {"minLength": 5, "maxLength": 3}}, "required": ["b"]}"#);
    let broken = WORLD.file("broken-schema.json", r#"{"minLength": -1}"#);
    let household = form("schema.json");
    let answer = hoso(&[&"lint", &household]);
    assert_eq!((answer.code, answer.stderr.as_str()), (0, ""));
    let answer = hoso(&[&"lint", &"--lang", &"en", &household, &odd]);
    assert_eq!(answer.code, 1, "{}", answer.stderr);
    for part in
        ["schema.json: nothing odd", "odd.json: there are 2 places", "#/properties/a/minLength  [lint.bounds-crossed]", "#/required/0"]
    {
        assert!(answer.stdout.contains(part), "{part}: {}", answer.stdout);
    }
    let answer = hoso(&[&"lint", &"--output", &"json", &odd]);
    let found = Document::read(answer.stdout).unwrap();
    let findings = found.root().member("findings").unwrap();
    let of = |at: usize, name| findings.item(at).and_then(|finding| finding.member(name)?.as_str()).unwrap().to_owned();
    assert_eq!((answer.code, findings.len()), (1, 2));
    assert_eq!((of(0, "path"), of(0, "code")), ("/properties/a/minLength".to_owned(), "lint.bounds-crossed".to_owned()));
    assert!(of(1, "message").contains("“b”"));
    // One that does not compile outweighs what is odd; the others are looked at all the same.
    let answer = hoso(&[&"lint", &broken, &odd]);
    assert!(answer.code == 2 && answer.stderr.contains("schema.keyword-value") && answer.stdout.contains("odd.json"), "{}", answer.stdout);
    // As a rule schema it lacks labels.
    assert!(hoso(&[&"lint", &"--strict", &odd]).stdout.contains("lint.label-missing"));
}

#[test]
fn a_dossier_is_signed_inspected_and_accepted() {
    for (name, p12, more) in [
        ("ec", p12(), vec![]),
        ("rsa", WORLD.pki.citizen_rsa.pkcs12_file(""), vec!["--alg", "PS256"]),
        ("rsa-384", WORLD.pki.citizen_rsa.pkcs12_file(""), vec!["--alg", "PS384"]),
        (
            "rsa-old",
            WORLD.pki.citizen_rsa.pkcs12(&[&WORLD.pki.ca], &["-legacy", "-name", "Khóa ký"], "-named").unwrap(),
            vec!["--alg", "RS256", "--alias", "Khóa ký"],
        ),
    ] {
        let out = WORLD.path(&format!("{name}.hoso.zip"));
        let more: Vec<&dyn AsRef<std::ffi::OsStr>> = more.iter().map(|argument| argument as _).collect();
        let signed = sign(&p12, &out, &more);
        assert_eq!(signed.code, 0, "{}{}", signed.stdout, signed.stderr);
        let verdict = verify(&out, &[&"--audience", &AUDIENCE, &"--output", &"json"]);
        assert_eq!(verdict.code, 0, "{}", verdict.stdout);
        assert!(verdict.stdout.contains("TOTAL-PASSED"));
        holds("verdict.schema.json", &format!("{name}.verdict.json"), &verdict.stdout);
        let submission = Command::new("unzip").arg("-p").arg(&out).arg("submission.json").output().unwrap().stdout;
        holds("submission.schema.json", &format!("{name}.submission.json"), &String::from_utf8(submission).unwrap());
        let shown = verify(&out, &[]);
        assert!(shown.code == 0 && shown.stdout.contains("TOTAL-PASSED") && shown.stdout.contains("Chấp nhận"), "{}", shown.stdout);
        assert_eq!(hoso(&[&"inspect", &out]).code, 0);
        let listed = Command::new("unzip").arg("-tqq").arg(&out).status();
        assert!(listed.is_ok_and(|status| status.success()), "unzip does not read {name}");
    }
}

#[test]
fn a_key_by_itself_signs_with_its_certificate() {
    let (schema, data, out) = (form("schema.json"), form("examples/valid/sole-owner.json"), WORLD.path("pem.hoso.zip"));
    let (key, certificate, ca) = (WORLD.pki.citizen_ec.key(), WORLD.pki.citizen_ec.certificate(), WORLD.pki.ca.certificate());
    let rest: [&dyn AsRef<std::ffi::OsStr>; 11] =
        [&"sign", &"--schema", &schema, &"--data", &data, &"--audience", &AUDIENCE, &"--dossier", &"D-1", &"-o", &out];
    let signed = hoso(&[&rest[..], &[&"--key", &key, &"--cert", &certificate, &"--chain", &ca]].concat());
    assert_eq!(signed.code, 0, "{}{}", signed.stdout, signed.stderr);
    assert_eq!(verify(&out, &[]).code, 0);
    let other = hoso(&[&rest[..], &[&"--key", &key, &"--cert", &ca, &"--output", &"json"]].concat());
    assert_eq!(error_codes(&other), ["key.does-not-match-certificate"]);
    for wrong in
        [&[&"--key" as &dyn AsRef<_>, &key][..], &[&"--p12", &key, &"--key", &key, &"--cert", &ca], &[&"--p12", &key, &"--chain", &ca], &[]]
    {
        assert_eq!(hoso(&[&rest[..], wrong].concat()).code, 2);
    }
}

#[test]
fn attachments_are_signed_and_must_be_what_they_were() {
    let (schema, data) = (form("schema.json"), form("examples/valid/family-members.json"));
    let paper = format!("/attachments/familyAuthorisation={}", form("examples/files/uy-quyen-thanh-vien.pdf").display());
    let (out, p12) = (WORLD.path("family.hoso.zip"), p12());
    let base: Vec<&dyn AsRef<std::ffi::OsStr>> = vec![
        &"sign",
        &"--schema",
        &schema,
        &"--data",
        &data,
        &"--p12",
        &p12,
        &"--password-env",
        &"HOSO_TEST_PASSWORD",
        &"--audience",
        &AUDIENCE,
        &"--dossier",
        &"D-2",
        &"-o",
        &out,
        &"--output",
        &"json",
    ];
    let answer = hoso(&base);
    assert_eq!((answer.code, error_codes(&answer)), (1, vec!["seal.attachment-missing".to_owned()]));
    for (argument, code) in [("no-equals-sign", "cli.attach"), ("/attachments/others=/does/not/exist", "cli.file-unreadable")] {
        let mut arguments = base.clone();
        arguments.extend::<[&dyn AsRef<_>; 2]>([&"--attach", &argument]);
        assert_eq!(error_codes(&hoso(&arguments)), [code]);
    }
    assert!(!out.exists());
    let mut arguments = base.clone();
    arguments.extend::<[&dyn AsRef<_>; 2]>([&"--attach", &paper]);
    let answer = hoso(&arguments);
    assert_eq!(answer.code, 0, "{}{}", answer.stdout, answer.stderr);
    assert_eq!(verify(&out, &[]).code, 0);
}

#[test]
fn what_is_not_relevant_is_left_aside_with_its_files() {
    // A sole owner has no family that authorises.
    let paper = form("examples/files/uy-quyen-thanh-vien.pdf");
    let attached = |field: &str| format!("/attachments/{field}={}", paper.display());
    let (aside, kept, out) = (attached("familyAuthorisation"), attached("others"), WORLD.path("aside.hoso.zip"));
    let signed = sign(&p12(), &out, &[&"--attach", &aside, &"--attach", &kept]);
    assert_eq!(signed.code, 0, "{}{}", signed.stdout, signed.stderr);
    assert_eq!(verify(&out, &[]).code, 0);
    let listed = Command::new("unzip").arg("-Z1").arg(&out).output().unwrap().stdout;
    let listed = String::from_utf8(listed).unwrap();
    let parts: Vec<_> = listed.lines().filter(|part| part.starts_with("att/")).collect();
    assert_eq!(parts, ["att/01-uy-quyen-thanh-vien.pdf"]);
    let sealed = Command::new("unzip").arg("-p").arg(&out).arg("form.json").output().unwrap().stdout;
    let sealed = String::from_utf8(sealed).unwrap();
    assert!(sealed.contains("others") && !sealed.contains("familyAuthorisation"), "{sealed}");
}

#[test]
fn a_dossier_is_signed_by_the_version_in_force() {
    let old = version("1.001612", "signed-old.json", r#""effectiveFrom": "2025-07-01", "effectiveTo": "2026-06-30""#, 5);
    let new = version("1.001612", "signed-new.json", r#""effectiveFrom": "2026-07-01""#, 9);
    let (key, out) = (p12(), WORLD.path("version.hoso.zip"));
    let ask = |value: &str| {
        let data = WORLD.file("version-data.json", format!(r#"{{"a": {value}}}"#));
        let mut arguments: Vec<&dyn AsRef<std::ffi::OsStr>> = vec![&"sign", &"--schema", &old, &"--schema", &new, &"--data", &data];
        arguments.extend::<[&dyn AsRef<_>; 8]>([&"--p12", &key, &"--audience", &AUDIENCE, &"--dossier", &"D-1", &"-o", &out]);
        arguments.extend::<[&dyn AsRef<_>; 2]>([&"--password-env", &"HOSO_TEST_PASSWORD"]);
        hoso(&arguments)
    };
    let refused = ask("7");
    assert!(refused.code == 1 && !out.exists(), "{}{}", refused.stdout, refused.stderr);
    let signed = ask("9");
    assert_eq!(signed.code, 0, "{}{}", signed.stdout, signed.stderr);
    let schema = Command::new("unzip").arg("-p").arg(&out).arg("schema.json").output().unwrap().stdout;
    assert!(String::from_utf8(schema).unwrap().contains(r#""minimum":9"#));
}

#[test]
fn what_a_signer_can_do_wrong_has_a_code_and_leaves_no_file() {
    let now = pki::now();
    const DAY: i64 = 86_400;
    let ca = &WORLD.pki.ca;
    let modern = ["-keypbe", "AES-256-CBC", "-certpbe", "AES-256-CBC", "-macalg", "sha256"];
    let special = |name: &str, change: &dyn Fn(&mut Leaf)| {
        let mut leaf = Leaf::citizen(name, "ec:P-256", now);
        change(&mut leaf);
        ca.issue(&leaf).unwrap().pkcs12(&[ca], &modern, "").unwrap()
    };
    let expired = special("expired", &|leaf| leaf.validity = (now - 20 * DAY, now - DAY));
    let early = special("early", &|leaf| leaf.validity = (now + DAY, now + 20 * DAY));
    let useless =
        special("useless", &|leaf| leaf.extensions = "basicConstraints=critical,CA:false\nkeyUsage=critical,keyAgreement\n".to_owned());
    let camellia = WORLD.pki.citizen_ec.pkcs12(&[ca], &["-keypbe", "CAMELLIA-256-CBC"], "-camellia").unwrap();
    let no_p12 = WORLD.file("no.p12", "not a key file");
    let wrong = WORLD.file("wrong-password", "sai\n");
    let nothing: &[&dyn AsRef<std::ffi::OsStr>] = &[];
    for (p12, more, code) in [
        (&expired, nothing, "certificate.expired"),
        (&early, nothing, "certificate.not-yet-valid"),
        (&useless, nothing, "certificate.not-for-signatures"),
        (&camellia, nothing, "key.encryption-unsupported"),
        (&p12(), &[&"--alias", &"other"], "key.not-found"),
        (&no_p12, nothing, "key.not-pkcs12"),
        (&p12(), &[&"--password-file", &wrong], "key.wrong-password"),
        (&p12(), &[&"--alg", &"PS256"], "cli.algorithm"),
        (&p12(), &[&"--now", &"2026"], "cli.clock"),
        (&p12(), &[&"--supersedes", &"abc"], "cli.schema-id"),
        (&p12(), &[&"--password-file", &"/does/not/exist"], "cli.file-unreadable"),
    ] {
        let out = WORLD.path("never.hoso.zip");
        let mut json = more.to_vec();
        json.extend::<[&dyn AsRef<_>; 2]>([&"--output", &"json"]);
        let answer = sign(p12, &out, &json);
        assert_eq!(error_codes(&answer), [code]);
        assert!(matches!(answer.code, 1 | 2), "{code}: {}", answer.code);
        for language in ["vi", "en"] {
            let mut spoken = more.to_vec();
            spoken.extend::<[&dyn AsRef<_>; 2]>([&"--lang", &language]);
            let told = sign(p12, &out, &spoken).stderr;
            assert!(told.contains(code) && told.len() > code.len() + 20, "{told}");
        }
        assert!(!out.exists(), "{code} left a file");
    }
    let left: Vec<_> = fs::read_dir(&WORLD.dir).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(!left.iter().any(|name| name.to_string_lossy().contains("never")), "{left:?}");
}

#[test]
fn mistakes_in_the_form_are_told_instead_of_signed() {
    let schema = form("schema.json");
    let (out, p12) = (WORLD.path("invalid.hoso.zip"), p12());
    let text = fs::read_to_string(form("examples/valid/sole-owner.json")).unwrap();
    for (name, data, code) in [
        ("invalid", fs::read_to_string(form("examples/invalid/id-with-eleven-digits.json")).unwrap(), "personal-id.length"),
        ("inexact", text.replacen("\"workers\": ", "\"workers\": 0.1000000000000000055511, \"x\": ", 1), "number.not-exact"),
        ("bidi", text.replacen("\"Kinh\"", "\"Ki\u{202e}nh\"", 1), "text.bidi-control"),
    ] {
        let data = WORLD.file(&format!("{name}.json"), data);
        let answer = hoso(&[
            &"sign",
            &"--schema",
            &schema,
            &"--data",
            &data,
            &"--p12",
            &p12,
            &"--password-env",
            &"HOSO_TEST_PASSWORD",
            &"--audience",
            &AUDIENCE,
            &"--dossier",
            &"D-3",
            &"-o",
            &out,
            &"--output",
            &"json",
        ]);
        assert!(answer.code == 1 && answer.stdout.contains(code), "{name}: {}{}", answer.stdout, answer.stderr);
        assert!(!out.exists());
    }
}

#[test]
fn what_cannot_be_verified_is_refused_or_undetermined() {
    let out = WORLD.path("verify.hoso.zip");
    assert_eq!(sign(&p12(), &out, &[]).code, 0);
    let (root, other) = (WORLD.pki.root_pem(), WORLD.pki.citizen_rsa.certificate());
    // (arguments, exit code, what the verdict must name)
    let cases: Vec<(Vec<&dyn AsRef<std::ffi::OsStr>>, i32, &str)> = vec![
        (vec![], 3, "NO_CERTIFICATE_CHAIN_FOUND"),
        (vec![&"--trust", &other], 3, "NO_CERTIFICATE_CHAIN_FOUND"),
        (vec![&"--trust", &root], 3, "TRY_LATER"),
        (vec![&"--trust", &root, &"--revocation", &"none"], 0, "TOTAL-PASSED"),
        (vec![&"--trust", &root, &"--revocation", &"none", &"--audience", &"https://elsewhere.example"], 1, "gate.audience"),
        (
            vec![
                &"--trust",
                &root,
                &"--revocation",
                &"none",
                &"--schema-allow",
                &"0000000000000000000000000000000000000000000000000000000000000000",
            ],
            1,
            "gate.schema-not-allowed",
        ),
        (vec![&"--trust", &root, &"--revocation", &"none", &"--received-at", &"2020-01-01T00:00:00Z"], 1, "gate."),
    ];
    for (more, code, named) in cases {
        let mut arguments: Vec<&dyn AsRef<std::ffi::OsStr>> = vec![&"verify", &out, &"--output", &"json"];
        arguments.extend(more);
        let answer = hoso(&arguments);
        assert!(answer.code == code && answer.stdout.contains(named), "{named}: {} {}", answer.code, answer.stdout);
        holds("verdict.schema.json", "undetermined.verdict.json", &answer.stdout);
    }
    let bytes = fs::read(&out).unwrap();
    let cut = WORLD.file("cut.hoso.zip", bytes.get(..bytes.len() - 10).unwrap());
    let answer = verify(&cut, &[&"--output", &"json"]);
    assert_eq!(answer.code, 1);
    holds("verdict.schema.json", "cut.verdict.json", &answer.stdout);
    let text = WORLD.file("text.hoso.zip", "hello");
    let answer = verify(&text, &[&"--output", &"json"]);
    assert_eq!((answer.code, error_codes(&answer)), (2, vec!["package.not-a-package".to_owned()]));
    assert_eq!(verify(&WORLD.path("absent.zip"), &[]).code, 2);
}

#[test]
fn a_package_is_not_written_over_what_it_is_made_from() {
    let key = WORLD.file("only-key.p12", fs::read(p12()).unwrap());
    let paper = WORLD.file("only-paper.pdf", "%PDF-1.7 a paper");
    let attached = format!("/attachments/others={}", paper.display());
    let list = WORLD.file("only-list.json", "{}");
    let named = format!("list={}", list.display());
    for (out, more) in [
        (&key, vec![]),
        (&WORLD.path("./only-key.p12"), vec![]),
        (&paper, vec![&"--attach" as &dyn AsRef<std::ffi::OsStr>, &attached]),
        (&list, vec![&"--codes", &named]),
    ] {
        let before = fs::read(out).unwrap();
        let answer = sign(&key, out, &[more, vec![&"--output", &"json"]].concat());
        assert_eq!((answer.code, error_codes(&answer)), (2, vec!["cli.out-is-input".to_owned()]), "{out:?}");
        assert_eq!(fs::read(out).unwrap(), before);
    }
    // A package that stands there already is written anew.
    let out = WORLD.path("again.hoso.zip");
    assert_eq!([sign(&key, &out, &[]).code, sign(&key, &out, &[]).code], [0, 0]);
}

#[test]
fn code_lists_go_by_name_with_every_command_that_compiles() {
    let list =
        r#"{"title": {"vi": "T"}, "source": "S", "date": "2025-07-01", "codes": [{"code": "VN", "label": {"vi": "Nước Việt Nam"}}]}"#;
    let rules = fs::read_to_string(form("schema.json")).unwrap();
    let rules = rules.replacen(r#""ethnicity": {"#, r#""ethnicity": { "x-options": "groups","#, 1);
    let schema = WORLD.file("codes.schema.json", rules);
    let list = [
        WORLD.file("vn.json", list),
        WORLD.file("kinh.json", list.replace("VN", "Kinh")),
        WORLD.file("bad.json", list.replace("code\"", "cod\"")),
    ];
    let [vn, kinh, bad] = list.map(|file| format!("groups={}", file.display()));
    let data = form("examples/valid/sole-owner.json");
    for (codes, code, expected) in [
        (&kinh, 0, ""),
        (&vn, 1, "options.unknown-code"),
        (&bad, 2, "schema.part-missing"),
        (&"groups".to_owned(), 2, "cli.codes"),
        (&"groups=missing.json".to_owned(), 2, "cli.file-unreadable"),
        (&kinh.replace("groups", "group"), 2, "schema.no-code-list"),
    ] {
        let answer = hoso(&[&"validate", &"--schema", &schema, &data, &"--codes", codes, &"--output", &"json"]);
        let said = answer.stdout.clone() + &answer.stderr;
        assert_eq!((answer.code, said.contains(expected)), (code, true), "{codes}: {said}");
    }
    assert_eq!(hoso(&[&"validate", &"--schema", &schema, &data]).code, 2);
    assert_eq!(hoso(&[&"lint", &schema, &"--codes", &kinh]).code, 0);
    let view = hoso(&[&"view", &"--schema", &schema, &data, &"--codes", &kinh]);
    assert!(view.code == 0 && view.stdout.contains("Nước Việt Nam"), "{}", view.stderr);
    let out = WORLD.path("codes.hoso.zip");
    let mut arguments: Vec<&dyn AsRef<std::ffi::OsStr>> = vec![&"sign", &"--schema", &schema, &"--data", &data, &"--codes", &kinh];
    let key = p12();
    arguments.extend::<[&dyn AsRef<_>; 10]>([
        &"--p12",
        &key,
        &"--password-env",
        &"HOSO_TEST_PASSWORD",
        &"--audience",
        &AUDIENCE,
        &"--dossier",
        &"D-1",
        &"-o",
        &out,
    ]);
    let signed = hoso(&arguments);
    assert_eq!(signed.code, 0, "{}", signed.stderr);
    let verdict = |codes: &str| {
        verify(&out, if codes.is_empty() { vec![] } else { vec![&"--codes" as &dyn AsRef<std::ffi::OsStr>, &codes] }.as_slice()).code
    };
    assert_eq!([verdict(&kinh), verdict(""), verdict(&vn)], [0, 3, 3]);
}

/// Who made the certificate need not be trusted to have the name shown.
#[test]
fn names_and_labels_cannot_draw_a_verdict() {
    let subject = "/CN=A\u{1b}[2K\r\u{1b}[32m✓ Chấp nhận\u{202e}";
    let holder = WORLD.pki.ca.issue(&Leaf { subject: subject.to_owned(), ..Leaf::citizen("drawn", "ec:P-256", pki::now()) }).unwrap();
    holder.pkcs12(&[&WORLD.pki.ca], &["-keypbe", "AES-256-CBC", "-certpbe", "AES-256-CBC", "-macalg", "sha256"], "").unwrap();
    let out = WORLD.path("drawn.hoso.zip");
    let signed = sign(&holder.pkcs12_file(""), &out, &[]);
    assert_eq!(signed.code, 0, "{}", signed.stderr);
    let answer = hoso(&[&"verify", &out]);
    assert_eq!(answer.code, 3);
    let schema = WORLD.file("labels.json", r#"{"properties": {"a": {"type": "string", "x-label": {"vi": "\u001b[2Ka", "en": "a"}}}}"#);
    let data = WORLD.file("labelled.json", r#"{"a": 1}"#);
    let report = hoso(&[&"validate", &"--schema", &schema, &data]);
    assert_eq!(report.code, 1, "{}", report.stderr);
    for text in [signed.stdout, answer.stdout, report.stdout] {
        assert!(text.contains("U+001B[2K") && !text.contains(['\u{1b}', '\r', '\u{202e}']), "{text:?}");
    }
}

#[test]
fn an_answer_that_cannot_be_written_is_none() {
    let full = || fs::File::options().write(true).open("/dev/full").unwrap();
    let data = form("examples/valid/sole-owner.json");
    let status = Command::new(env!("CARGO_BIN_EXE_hoso")).arg("canonical").arg(&data).stdout(full()).status().unwrap();
    assert_eq!(status.code(), Some(2));
    let schema = form("schema.json");
    let status = Command::new(env!("CARGO_BIN_EXE_hoso")).args(["validate", "--schema"]).args([&schema, &data]).stdout(full()).status();
    assert_eq!(status.unwrap().code(), Some(2));
}

#[test]
fn canonical_and_view_write_what_a_package_would_hold() {
    let data = WORLD.file("spaces.json", "{ \"b\" : 1.50 , \"a\" : [ ] }");
    let answer = hoso(&[&"canonical", &data]);
    assert_eq!((answer.code, answer.stdout.as_str()), (0, r#"{"a":[],"b":1.5}"#));
    let inexact = WORLD.file("inexact.json", "[9007199254740993]");
    let answer = hoso(&[&"canonical", &inexact, &"--output", &"json"]);
    assert_eq!((answer.code, error_codes(&answer)), (1, vec!["json.not-exact".to_owned()]));
    let (schema, data) = (form("schema.json"), form("examples/valid/transfer.json"));
    let (out, copy) = (WORLD.path("view.html"), hoso(&[&"view", &"--schema", &schema, &data]));
    assert_eq!(hoso(&[&"view", &"--schema", &schema, &data, &"-o", &out]).code, 0);
    assert_eq!(fs::read_to_string(out).unwrap(), copy.stdout);
    assert!(copy.stdout.starts_with("<!DOCTYPE html>"), "{}", copy.stdout.get(..40).unwrap());
}
