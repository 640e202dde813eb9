//! Certificates, paths and revocation against OpenSSL: it makes every case, and it judges every case as hoso does.

#![cfg(feature = "sign")]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, clippy::print_stdout, reason = "tests")]

#[path = "support/pki.rs"]
mod support;
#[path = "support/temporary.rs"]
mod temporary;

use hoso::pki::{
    self, Certificate, CertificateError, CrlError, Evidence, Path, PathError, Policy, Purpose, Revocation, Rules, Status, crl::Crl,
};
use hoso::report::Coded;
use hoso::text::Instant;
use std::fs;
use std::path::PathBuf;
use support::{AUTHORITY, Authority, CITIZEN, Holder, Leaf, Pki, openssl};

const DAY: i64 = 86_400;

fn certificate(file: &PathBuf) -> Certificate {
    Certificate::read_all(&fs::read(file).unwrap()).unwrap().remove(0)
}

/// One question to both judges: is this certificate good, with these intermediates, anchors and lists?
struct Case {
    name: &'static str,
    leaf: PathBuf,
    intermediates: Vec<PathBuf>,
    anchors: Vec<PathBuf>,
    /// None: revocation is not asked about.
    crls: Option<Vec<PathBuf>>,
    at: i64,
    expected: &'static str,
    /// Why openssl is known to judge otherwise. A case that it comes to judge alike fails, so that this goes away.
    openssl_differs: Option<&'static str>,
}

impl Case {
    fn hoso(&self) -> String {
        let read = |files: &[PathBuf]| files.iter().map(certificate).collect::<Vec<_>>();
        let at = Instant::from_unix(self.at);
        let (leaf, intermediates, anchors) = (certificate(&self.leaf), read(&self.intermediates), read(&self.anchors));
        let path = match pki::path::build(&leaf, &intermediates, &anchors, &Rules::new(at, Purpose::Any)) {
            Ok(path) => path,
            Err(error) => return error.code().to_owned(),
        };
        let Some(crls) = &self.crls else { return "good".to_owned() };
        let crls: Vec<_> = crls.iter().flat_map(|file| Crl::read_all(&fs::read(file).unwrap()).unwrap()).collect();
        let revocation = pki::revocation::check(&path, &Evidence::lists(&crls), at, Policy::Require);
        match (revocation.revoked(), revocation.unknown()) {
            (Some(_), _) => "revoked".to_owned(),
            (None, Some((_, why))) => why.code().to_owned(),
            (None, None) => "good".to_owned(),
        }
    }

    /// `openssl verify`; what it says when it refuses.
    fn openssl(&self) -> Result<String, String> {
        let at = self.at.to_string();
        let mut arguments: Vec<&str> = vec!["verify", "-x509_strict", "-auth_level", "2", "-attime", &at, "-no-CAfile", "-no-CApath"];
        self.anchors.iter().for_each(|file| arguments.extend(["-trusted", file.to_str().unwrap()]));
        self.intermediates.iter().for_each(|file| arguments.extend(["-untrusted", file.to_str().unwrap()]));
        if let Some(crls) = &self.crls {
            arguments.push("-crl_check_all");
            crls.iter().for_each(|file| arguments.extend(["-CRLfile", file.to_str().unwrap()]));
        }
        arguments.push(self.leaf.to_str().unwrap());
        openssl(&arguments)
    }
}

fn judge(cases: &[Case]) {
    let mut mistakes = Vec::new();
    for case in cases {
        let (ours, theirs) = (case.hoso(), case.openssl());
        let alike = (ours == "good") == theirs.is_ok();
        if ours != case.expected || alike == case.openssl_differs.is_some() {
            mistakes.push(format!("{}: expected {}, hoso {ours}, openssl {theirs:?}", case.name, case.expected));
        }
    }
    assert!(mistakes.is_empty(), "{}", mistakes.join("\n"));
    let differences: Vec<_> = cases.iter().filter_map(|case| Some(format!("{} ({})", case.name, case.openssl_differs?))).collect();
    println!("hoso and openssl agree on {} cases of {}; not on: {}", cases.len() - differences.len(), cases.len(), differences.join(", "));
}

/// What the cases are made of: the demo's authorities, and lists that are current.
struct World {
    now: i64,
    dir: PathBuf,
    pki: Pki,
    root_list: PathBuf,
    ca_list: PathBuf,
}

impl World {
    fn new(name: &str) -> Self {
        let (now, dir) = (support::now(), temporary::folder(&format!("pki-{name}")));
        let pki = Pki::create(&dir, CITIZEN, now).unwrap();
        let (root_list, ca_list) = (current(&pki.root, now), current(&pki.ca, now));
        Self { now, dir, pki, root_list, ca_list }
    }

    fn case(&self, name: &'static str, leaf: PathBuf, expected: &'static str) -> Case {
        Case {
            name,
            leaf,
            intermediates: vec![self.pki.ca.certificate()],
            anchors: vec![self.pki.root_pem()],
            crls: Some(vec![self.root_list.clone(), self.ca_list.clone()]),
            at: self.now,
            expected,
            openssl_differs: None,
        }
    }

    /// A case of a citizen certified by another authority, without lists.
    fn below(&self, name: &'static str, issuer: &Authority, expected: &'static str) -> Case {
        let leaf = issuer.issue(&self.citizen(name)).unwrap();
        Case { intermediates: vec![issuer.certificate()], crls: None, ..self.case(name, leaf.certificate(), expected) }
    }

    fn citizen(&self, name: &str) -> Leaf {
        Leaf::citizen(&name.replace([' ', '#', ':'], "-"), "ec:P-256", self.now)
    }

    fn issue(&self, leaf: &Leaf) -> PathBuf {
        self.pki.ca.issue(leaf).unwrap().certificate()
    }

    /// An authority below the root with those extensions, valid today.
    fn authority(&self, name: &str, extensions: &str) -> Authority {
        let validity = (self.now - DAY, self.now + DAY);
        self.pki.root.authority_with(name, &format!("/CN={name}"), "ec:P-256", validity, extensions).unwrap()
    }

    fn keys_and_algorithms(&self) -> Vec<Case> {
        let mut cases = Vec::new();
        for (key, expected) in
            [("ec:P-256", "good"), ("ec:P-384", "good"), ("rsa:2048", "good"), ("rsa:3072", "good"), ("rsa:1024", "crypto.key-weak")]
        {
            cases.push(self.case(key, self.issue(&Leaf { key: key.to_owned(), ..self.citizen(key) }), expected));
        }
        let mut issuer = self.pki.root.authority("ca-rsa", "/C=VN/CN=hoso demo CA RSA", "rsa:3072", self.now).unwrap();
        let list = current(&issuer, self.now);
        for (name, options, expected) in [
            ("PKCS#1 SHA-256", "-md sha256", "good"),
            ("PKCS#1 SHA-384", "-md sha384", "good"),
            ("PKCS#1 SHA-512", "-md sha512", "good"),
            ("PSS SHA-256", "-md sha256 -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:digest", "good"),
            ("PSS SHA-384", "-md sha384 -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:digest", "good"),
            ("PKCS#1 SHA-1", "-md sha1", "path.signature-algorithm"),
        ] {
            issuer.signing = options.split(' ').map(str::to_owned).collect();
            cases.push(Case { crls: Some(vec![self.root_list.clone(), list.clone()]), ..self.below(name, &issuer, expected) });
        }
        issuer.signing = "-sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:20".split(' ').map(str::to_owned).collect();
        cases.push(self.below("PSS with a short salt", &issuer, "good"));
        cases
    }

    fn validity(&self) -> Vec<Case> {
        let now = self.now;
        let valid = |name: &'static str, validity: (i64, i64), expected| {
            self.case(name, self.issue(&Leaf { validity, ..self.citizen(name) }), expected)
        };
        let mut last_second = valid("valid for one second", (now, now), "good");
        last_second.openssl_differs = Some("RFC 5280 4.1.2.5: notAfter is inclusive; openssl ends a second early");
        let old = self.pki.root.authority_with("ca-old", "/CN=old", "ec:P-256", (now - 300 * DAY, now - DAY), AUTHORITY).unwrap();
        let young = self.pki.root.authority_with("ca-young", "/CN=young", "ec:P-256", (now + DAY, now + 9 * DAY), AUTHORITY).unwrap();
        let at =
            |name: &'static str, at: i64, expected| Case { at, crls: None, ..self.case(name, self.pki.citizen_ec.certificate(), expected) };
        vec![
            valid("expired", (now - 400 * DAY, now - DAY), "certificate.expired"),
            valid("not yet valid", (now + DAY, now + 400 * DAY), "certificate.not-yet-valid"),
            last_second,
            self.below("authority expired", &old, "path.authority-expired"),
            self.below("authority not yet valid", &young, "path.authority-not-yet-valid"),
            at("asked about a year ago", now - 200 * DAY, "certificate.not-yet-valid"),
            at("asked about next year", now + 400 * DAY, "certificate.expired"),
        ]
    }

    fn trust(&self) -> Vec<Case> {
        let (root, ca) = (self.pki.root_pem(), self.pki.ca.certificate());
        let other = World::new("judge-other");
        let same_name = Authority::root(&other.dir, "same-name", "/C=VN/O=hoso demo/CN=hoso demo root", "ec:P-384", self.now).unwrap();
        let unrelated = Authority::root(&other.dir, "unrelated", "/CN=unrelated", "ec:P-256", self.now).unwrap();
        let with = |name, anchors: Vec<PathBuf>, intermediates: Vec<PathBuf>, expected| Case {
            anchors,
            intermediates,
            crls: None,
            ..self.case(name, self.pki.citizen_ec.certificate(), expected)
        };
        let (other_root, other_ca) = (other.pki.root_pem(), other.pki.ca.certificate());
        let many = vec![other_ca.clone(), unrelated.certificate(), ca.clone()];
        vec![
            with("no intermediate", vec![root.clone()], vec![], "path.issuer-not-found"),
            with("unrelated root", vec![unrelated.certificate()], vec![ca.clone()], "path.issuer-not-found"),
            // Key identifiers are compared before signatures, so a namesake is no candidate.
            with("another root of that name", vec![same_name.certificate()], vec![ca.clone()], "path.issuer-not-found"),
            with("another CA of that name", vec![root.clone()], vec![other_ca], "path.issuer-not-found"),
            with("root among the intermediates", vec![other_root.clone()], vec![ca, root.clone()], "path.signature-mismatch"),
            with("more certificates than needed", vec![other_root, root], many, "good"),
        ]
    }

    fn authorities(&self) -> Vec<Case> {
        let no_ca = "basicConstraints=critical,CA:false\nkeyUsage=critical,digitalSignature\n";
        let narrow = format!("{AUTHORITY}nameConstraints=critical,excluded;dirName:anywhere\n[anywhere]\nC=VN\n");
        let flat = self.authority("flat", &AUTHORITY.replace("CA:true", "CA:true,pathlen:0"));
        let below = flat.authority("below-flat", "/CN=below flat", "ec:P-256", self.now).unwrap();
        let odd_leaf = Leaf { extensions: "1.2.3.4=critical,DER:0500\n".to_owned(), ..self.citizen("odd-leaf") };
        let odd_note =
            Leaf { extensions: format!("{}1.2.3.4=DER:ff01\n", self.citizen("odd-note").extensions), ..self.citizen("odd-note") };
        let mut too_deep = self.below("pathLen 0 passed", &below, "path.too-many-authorities");
        too_deep.intermediates.push(flat.certificate());
        vec![
            self.below("issuer is no authority", &self.authority("none", no_ca), "path.not-an-authority"),
            self.below(
                "issuer lacks keyCertSign",
                &self.authority("no-sign", &AUTHORITY.replace("keyCertSign,", "")),
                "path.not-for-certificates",
            ),
            self.below(
                "issuer has an unknown critical extension",
                &self.authority("odd", &format!("{AUTHORITY}1.2.3.4=critical,DER:0500\n")),
                "path.authority-extension",
            ),
            self.below("issuer has name constraints", &self.authority("narrow", &narrow), "path.name-constraints"),
            self.below("pathLen 0 kept", &flat, "good"),
            too_deep,
            self.case("leaf with an unknown extension that is not DER", self.issue(&odd_note), "good"),
            self.case("leaf with an unknown critical extension", self.issue(&odd_leaf), "certificate.unknown-critical-extension"),
        ]
    }

    fn lists(&self) -> Vec<Case> {
        let (now, ca) = (self.now, &self.pki.ca);
        let (root, current) = (self.root_list.clone(), self.ca_list.clone());
        let with =
            |name, crls: Vec<PathBuf>, expected| Case { crls: Some(crls), ..self.case(name, self.pki.citizen_ec.certificate(), expected) };
        let stale = ca.list("stale", now - 10 * DAY, now - DAY).unwrap();
        let future = ca.list("future", now + DAY, now + 2 * DAY).unwrap();
        let foreign = World::new("judge-foreign").ca_list;
        let mut last_second = with("list current for one second", vec![root.clone(), ca.list("edge", now, now).unwrap()], "good");
        last_second.openssl_differs = Some("openssl ends nextUpdate a second early, as notAfter");
        let mut cases = vec![
            with("no list", vec![], "crl.missing"),
            with("no list of the CA", vec![root.clone()], "crl.missing"),
            with("no list of the root", vec![current.clone()], "crl.missing"),
            with("stale list", vec![root.clone(), stale.clone()], "crl.stale"),
            with("list of the future", vec![root.clone(), future], "crl.not-yet-valid"),
            last_second,
            with("list of another key of that name", vec![root.clone(), foreign.clone()], "crl.signature"),
            with("stale, foreign and current lists", vec![stale, foreign, root.clone(), current], "good"),
        ];
        append(&self.dir.join("ca.db/conf"), ODD_LISTS);
        let (last, next) = (Moment(now - 60).to_string(), Moment(now + DAY).to_string());
        for (section, name, expected) in [
            ("partial", "partial list", "crl.partial"),
            ("odd", "list with an unknown critical extension", "crl.unknown-critical-extension"),
            ("delta", "delta list", "crl.delta"),
        ] {
            let file = self.dir.join(format!("{section}.crl.pem"));
            ca.list_with(&file, &["-crl_lastupdate", &last, "-crl_nextupdate", &next, "-crlexts", section]).unwrap();
            let mut case = with(name, vec![root.clone(), file], expected);
            case.openssl_differs =
                (section == "delta").then_some("RFC 5280 5.2.4: a delta alone says nothing; openssl takes it for a full list");
            cases.push(case);
        }
        let no_lists = self.authority("no-lists", &AUTHORITY.replace(",cRLSign", ""));
        let crls = Some(vec![root, self::current(&no_lists, now)]);
        cases.push(Case { crls, ..self.below("CA without cRLSign", &no_lists, "crl.not-for-lists") });
        cases
    }

    fn revoked(&self) -> Vec<Case> {
        let (now, ca, root) = (self.now, &self.pki.ca, &self.pki.root);
        let holders = ["revoked", "on-hold"].map(|name| ca.issue(&self.citizen(name)).unwrap());
        for (holder, reason) in holders.iter().zip(["keyCompromise", "certificateHold"]) {
            ca.revoke(holder, Some(reason)).unwrap();
        }
        let newer = ca.list("newer", now - 1_800, now + DAY).unwrap();
        let [revoked, held] = holders.map(|holder| holder.certificate());
        let with = |name, leaf: PathBuf, expected| {
            let crls = Some(vec![self.root_list.clone(), newer.clone()]);
            Case { crls, ..self.case(name, leaf, expected) }
        };
        let mut cases = vec![
            with("revoked", revoked, "revoked"),
            with("on hold", held, "revoked"),
            with("beside the revoked", self.pki.citizen_ec.certificate(), "good"),
        ];
        let fallen = root.authority("ca-revoked", "/CN=revoked CA", "ec:P-256", now).unwrap();
        root.revoke(&Holder::existing(&self.dir, "ca-revoked"), Some("cACompromise")).unwrap();
        let crls = Some(vec![root.list("fallen", now - 60, now + DAY).unwrap(), current(&fallen, now)]);
        cases.push(Case { crls, ..self.below("CA revoked", &fallen, "revoked") });
        cases
    }
}

/// Sections for lists that hoso does not take for full ones.
const ODD_LISTS: &str = "[partial]\nissuingDistributionPoint=critical,@users\n[users]\nonlyAA=TRUE\n\
                         [delta]\n2.5.29.27=critical,DER:020101\n[odd]\n1.2.3.4=critical,DER:0500\n";

fn current(authority: &Authority, now: i64) -> PathBuf {
    authority.list("current", now - 3_600, now + DAY).unwrap()
}

#[test]
fn openssl_agrees_about_every_path_and_list() {
    let world = World::new("judge");
    let cases = [world.keys_and_algorithms(), world.validity(), world.trust(), world.authorities(), world.lists(), world.revoked()];
    judge(&cases.into_iter().flatten().collect::<Vec<_>>());
}

#[test]
fn the_newest_list_decides_and_the_policy_how_much_must_be_known() {
    let world = World::new("newest");
    let World { now, pki, root_list, ca_list: older, .. } = &world;
    pki.ca.revoke(&pki.citizen_ec, Some("keyCompromise")).unwrap();
    let newer = pki.ca.list("newer", now - 1_800, now + DAY).unwrap();
    let [leaf, ca, root] = [pki.citizen_ec.certificate(), pki.ca.certificate(), pki.root_pem()].map(|file| certificate(&file));
    let (ca, root) = ([ca], [root]);
    let path = pki::path::build(&leaf, &ca, &root, &Rules::new(Instant::from_unix(*now), Purpose::Any)).unwrap();
    let check = |crls: &[&PathBuf], policy| revocation(&path, crls, *now, policy);
    for crls in [[root_list, &newer, older], [older, &newer, root_list]] {
        let status = check(&crls, Policy::Require);
        assert_eq!(status.revoked().map(|(place, _, reason)| (place, reason.name())), Some((0, "keyCompromise")));
        assert!(matches!(status.statuses(), [Status::Revoked { .. }, Status::Good { .. }]), "{status:?}");
    }
    for policy in [Policy::Require, Policy::IfAvailable] {
        assert_eq!(check(&[], policy).unknown().map(|(place, why)| (place, why.code())), Some((0, "crl.missing")), "{policy:?}");
    }
    assert!(check(&[&newer], Policy::IfAvailable).revoked().is_some());
    assert!(check(&[&newer], Policy::None).revoked().is_none());
    assert_eq!(check(&[&newer], Policy::None).unknown().map(|(_, why)| why.code()), Some("crl.not-checked"));
    assert_eq!(check(&[&newer; 1_001], Policy::Require).unknown().map(|(_, why)| why.code()), Some("crl.too-many"));
}

/// Whoever keeps an old list of an authority, or verifies later what was received earlier, knows of the revocation all the same.
#[test]
fn a_revocation_counts_though_its_list_is_not_current() {
    let world = World::new("not-current");
    let World { now, pki, root_list, ca_list: older, .. } = &world;
    pki.ca.revoke(&pki.citizen_ec, Some("keyCompromise")).unwrap();
    let revoked = support::now();
    let [stale, later] = [("knew", revoked, revoked + 60), ("knows", revoked + 7_200, revoked + DAY)]
        .map(|(name, from, to)| pki.ca.list(name, from, to).unwrap());
    let [leaf, ca, root] = [pki.citizen_ec.certificate(), pki.ca.certificate(), pki.root_pem()].map(|file| certificate(&file));
    let (ca, root) = ([ca], [root]);
    let path = pki::path::build(&leaf, &ca, &root, &Rules::new(Instant::from_unix(*now), Purpose::Any)).unwrap();
    let check = |crls: &[&PathBuf], at| revocation(&path, crls, at, Policy::IfAvailable);
    for (crls, at) in [([root_list, &stale], revoked + 3_600), ([root_list, &later], revoked + 3_600), ([older, &later], revoked + 3_600)] {
        assert_eq!(check(&crls, at).revoked().map(|(place, _, reason)| (place, reason.name())), Some((0, "keyCompromise")), "{crls:?}");
    }
    // Of a time before the revocation a later list says nothing, nor does a list that does not name the certificate.
    assert_eq!(check(&[root_list, &later], revoked - 60).unknown().map(|(_, why)| why.code()), Some("crl.not-yet-valid"));
    assert!(matches!(check(&[root_list, older, &later], revoked - 60).statuses(), [Status::Good { .. }, Status::Good { .. }]));
}

fn revocation(path: &Path, crls: &[&PathBuf], now: i64, policy: Policy) -> Revocation {
    let crls: Vec<_> = crls.iter().flat_map(|file| Crl::read_all(&fs::read(file).unwrap()).unwrap()).collect();
    pki::revocation::check(path, &Evidence::lists(&crls), Instant::from_unix(now), policy)
}

fn append(file: &PathBuf, text: &str) {
    let before = fs::read_to_string(file).unwrap();
    fs::write(file, before + text).unwrap();
}

/// A time as `openssl ca` takes it.
struct Moment(i64);

impl std::fmt::Display for Moment {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let text = hoso::text::Moment::new(Instant::from_unix(self.0), 0).to_string();
        out.write_str(&text.replace(['-', ':', 'T'], ""))
    }
}

#[test]
fn a_certificate_says_what_openssl_wrote_into_it() {
    let now = support::now();
    let dir = temporary::folder("pki-fields");
    let pki = Pki::create(&dir, CITIZEN, now).unwrap();
    let citizen = certificate(&pki.citizen_ec.certificate());
    assert_eq!(citizen.common_name().as_deref(), Some("TRẦN THỊ MINH ANH"));
    assert_eq!(citizen.subject_id().unwrap().to_string(), "CCCD:031185000002");
    assert_eq!(citizen.subject().to_string(), "CN=TRẦN THỊ MINH ANH,UID=CCCD:031185000002,C=VN");
    assert_eq!(citizen.issuer().to_string(), "CN=hoso demo CA,O=hoso demo,C=VN");
    assert_eq!((citizen.not_before().unix(), citizen.not_after().unix()), (now - 10 * DAY, now + 355 * DAY));
    assert!(citizen.key_usage().unwrap().non_repudiation() && !citizen.is_authority() && !citizen.is_self_issued());
    let file = pki.citizen_ec.certificate();
    let said = |option: &str| openssl(&["x509", "-noout", "-in", file.to_str().unwrap(), option, "-sha256"]).unwrap().trim().to_owned();
    // openssl shows the number's magnitude; DER has a zero before a high first bit.
    assert_eq!(format!("serial={}", citizen.serial().trim_start_matches("00").to_uppercase()), said("-serial"));
    let thumbprint: Vec<_> = citizen.sha256().bytes().iter().map(|byte| format!("{byte:02X}")).collect();
    assert_eq!(format!("sha256 Fingerprint={}", thumbprint.join(":")), said("-fingerprint"));
    assert!(!format!("{citizen:?}").contains("MINH ANH"), "Debug output names no person");
    let root = certificate(&pki.root_pem());
    assert!(root.is_authority() && root.is_self_issued());
    root.verify_signature(&root.public_key().unwrap()).unwrap();
    assert!(citizen.verify_signature(&root.public_key().unwrap()).is_err());
}

#[test]
fn files_hold_one_or_several_certificates_and_text_around_them() {
    let now = support::now();
    let pki = Pki::create(&temporary::folder("pki-files"), CITIZEN, now).unwrap();
    let (root, ca) = (fs::read_to_string(pki.root_pem()).unwrap(), fs::read_to_string(pki.ca.certificate()).unwrap());
    let crl = fs::read_to_string(pki.crl_pem()).unwrap();
    let bundle = format!("Gốc tin cậy\n{root}\r\n# CA\n{ca}{crl}\n");
    let read = Certificate::from_pem(&bundle).unwrap();
    assert_eq!(read.iter().filter_map(Certificate::common_name).collect::<Vec<_>>(), ["hoso demo root", "hoso demo CA"]);
    assert_eq!(Certificate::read_all(read[0].der()).unwrap(), read[..1]);
    let lists = Crl::read_all(bundle.as_bytes()).unwrap();
    assert_eq!(lists.len(), 2);
    assert_eq!(Crl::read_all(lists[0].der()).unwrap(), lists[..1]);
    for text in ["", "no PEM", &crl, "-----BEGIN CERTIFICATE-----\nAAAA\n", "-----BEGIN CERTIFICATE-----\n!!\n-----END CERTIFICATE-----\n"]
    {
        assert_eq!(Certificate::from_pem(text), Err(CertificateError::NotPem), "{text}");
    }
    // A download that ended early, or a line that was edited: no block may be lost without a word.
    for damaged in [bundle.trim_end().trim_end_matches('-').to_owned(), bundle.replacen("-----BEGIN X509", "------BEGIN X509", 1)] {
        assert_eq!(Crl::read_all(damaged.as_bytes()), Err(CrlError::NotPem));
        assert_eq!(Certificate::from_pem(&damaged), Err(CertificateError::NotPem));
    }
    assert_eq!(Crl::read_all(root.as_bytes()).map_err(|error| error.code()), Err("crl.not-pem"));
    assert!(matches!(Certificate::read_all(b""), Err(CertificateError::Malformed(_))));
    // Ten thousand bytes behind a certificate's first byte, and a certificate with something after it.
    assert!(matches!(Certificate::parse(vec![0x30; 10_000]), Err(CertificateError::Malformed(_))));
    assert!(matches!(Certificate::parse([read[0].der(), &[0]].concat()), Err(CertificateError::Malformed(_))));
    assert!(matches!(Certificate::parse(vec![0x30; 70_000]), Err(CertificateError::TooLarge { bytes: 70_000 })));
}

#[test]
fn only_a_persons_signing_certificate_may_sign() {
    let now = support::now();
    let pki = Pki::create(&temporary::folder("pki-signing"), CITIZEN, now).unwrap();
    let check = |name: &str, validity: (i64, i64), extensions: &str| {
        let leaf = Leaf {
            name: name.to_owned(),
            key: "ec:P-256".to_owned(),
            subject: CITIZEN.to_owned(),
            validity,
            extensions: extensions.to_owned(),
        };
        let certificate = certificate(&pki.ca.issue(&leaf).unwrap().certificate());
        pki::check_for_signing(&certificate, Instant::from_unix(now)).map_err(|error| error.code())
    };
    let current = (now - DAY, now + DAY);
    for (name, extensions, expected) in [
        ("both", "keyUsage=critical,nonRepudiation,digitalSignature", Ok(())),
        ("non-repudiation", "keyUsage=critical,nonRepudiation", Ok(())),
        ("signature", "keyUsage=digitalSignature,keyEncipherment", Ok(())),
        ("documents", "keyUsage=nonRepudiation\nextendedKeyUsage=1.3.6.1.5.5.7.3.36,serverAuth", Ok(())),
        ("encipherment", "keyUsage=critical,keyEncipherment,keyAgreement", Err("certificate.not-for-signatures")),
        ("no-usage", "subjectKeyIdentifier=hash", Err("certificate.not-for-signatures")),
        ("server", "keyUsage=digitalSignature\nextendedKeyUsage=serverAuth", Err("certificate.not-for-documents")),
        ("stamps", "keyUsage=digitalSignature\nextendedKeyUsage=critical,timeStamping", Err("certificate.not-for-documents")),
        ("authority", "keyUsage=digitalSignature,keyCertSign\nbasicConstraints=critical,CA:true", Err("certificate.is-authority")),
        ("odd", "keyUsage=digitalSignature\n1.2.3.4=critical,DER:0500", Err("certificate.unknown-critical-extension")),
    ] {
        assert_eq!(check(name, current, extensions), expected, "{name}");
    }
    assert_eq!(check("late", (now - 2 * DAY, now - DAY), "keyUsage=nonRepudiation"), Err("certificate.expired"));
    assert_eq!(check("soon", (now + DAY, now + 2 * DAY), "keyUsage=nonRepudiation"), Err("certificate.not-yet-valid"));
    let error = CertificateError::Expired { not_after: Instant::from_unix(1_795_485_600) };
    assert_eq!(hoso::report::sentence(&error, hoso::report::Language::Vi), "Chứng thư số đã hết hạn ngày 24/11/2026. Gia hạn rồi ký lại");
}

#[test]
fn anchors_and_costs_are_bounded() {
    let now = support::now();
    let at = Instant::from_unix(now);
    let pki = Pki::create(&temporary::folder("pki-bounds"), CITIZEN, now).unwrap();
    let [leaf, ca, root] = [pki.citizen_ec.certificate(), pki.ca.certificate(), pki.root_pem()].map(|file| certificate(&file));
    let build = for_any(|leaf, intermediates, anchors| pki::path::build(leaf, intermediates, anchors, &Rules::new(at, Purpose::Any)));
    assert_eq!(build(&leaf, &[], &[]), Err(PathError::NoAnchors));
    assert_eq!(build(&leaf, &[], std::slice::from_ref(&leaf)), Err(PathError::SignerIsAnchor));
    assert_eq!(build(&root, &[], std::slice::from_ref(&root)), Err(PathError::SignerIsAnchor));
    assert!(matches!(
        build(&leaf, &vec![ca.clone(); 1_001], std::slice::from_ref(&root)),
        Err(PathError::TooManyCertificates { count: 1_001 })
    ));
    // An intermediate authority may be the anchor.
    assert_eq!(build(&leaf, &[], std::slice::from_ref(&ca)).unwrap().anchor(), &ca);
    // Authorities that certify each other, all of one name and without key identifiers: no loop, no explosion.
    let dir = temporary::folder("pki-bounds-loop");
    let plain = "basicConstraints=critical,CA:true\nkeyUsage=critical,keyCertSign\n\
                 subjectKeyIdentifier=none\nauthorityKeyIdentifier=none\n";
    let first = Authority::root(&dir, "loop", "/CN=loop", "ec:P-256", now).unwrap();
    let many: Vec<_> = (0..24)
        .map(|number| {
            let name = format!("loop-{number}");
            certificate(&first.authority_with(&name, "/CN=loop", "ec:P-256", (now - DAY, now + DAY), plain).unwrap().certificate())
        })
        .collect();
    let lost = first
        .issue(&Leaf {
            extensions: "keyUsage=nonRepudiation\nauthorityKeyIdentifier=none\n".to_owned(),
            ..Leaf::citizen("lost", "ec:P-256", now)
        })
        .unwrap();
    let started = std::time::Instant::now();
    assert_eq!(
        build(&certificate(&lost.certificate()), &many, std::slice::from_ref(&root)).map_err(|error| error.code()),
        Err("path.signature-mismatch")
    );
    // A hundred signatures are checked, whatever is offered.
    let flood = vec![many; 6].concat();
    assert_eq!(build(&certificate(&lost.certificate()), &flood, &[root]), Err(PathError::TooCostly));
    assert!(started.elapsed().as_secs() < 10, "{:?}", started.elapsed());
    // Nine authorities in a row are one too many.
    let mut above = first;
    let mut chain = Vec::new();
    let anchor = certificate(&above.certificate());
    for number in 0..8 {
        let name = format!("step-{number}");
        above = above.authority(&name, &format!("/CN={name}"), "ec:P-256", now).unwrap();
        chain.push(certificate(&above.certificate()));
        let leaf = above.issue(&Leaf::citizen(&format!("leaf-{number}"), "ec:P-256", now)).unwrap();
        let leaf = certificate(&leaf.certificate());
        let result = build(&leaf, &chain, std::slice::from_ref(&anchor));
        // The signer and seven authorities are eight certificates below the anchor.
        if number < 7 { assert_eq!(result.unwrap().certificates().len(), number + 2) } else { assert_eq!(result, Err(PathError::TooLong)) }
    }
}

/// A closure for certificates that live however long.
fn for_any<F>(build: F) -> F
where
    F: for<'a> Fn(&'a Certificate, &'a [Certificate], &'a [Certificate]) -> Result<pki::Path<'a>, PathError>,
{
    build
}

#[test]
fn no_truncation_and_no_flipped_bit_of_certificate_or_list_is_believed() {
    let now = support::now();
    let at = Instant::from_unix(now);
    let dir = temporary::folder("pki-damage");
    let pki = Pki::create(&dir, CITIZEN, now).unwrap();
    pki.ca.revoke(&pki.citizen_rsa, Some("superseded")).unwrap();
    let (root_list, ca_list) = (pki.root.list("d", now - 60, now + DAY).unwrap(), pki.ca.list("d", now - 60, now + DAY).unwrap());
    let [leaf, ca, root] = [pki.citizen_ec.certificate(), pki.ca.certificate(), pki.root_pem()].map(|file| certificate(&file));
    let [root_list, ca_list] = [root_list, ca_list].map(|file| Crl::read_all(&fs::read(file).unwrap()).unwrap().remove(0));
    for length in 0..leaf.der().len() {
        assert!(Certificate::parse(&leaf.der()[..length]).is_err(), "certificate cut to {length}");
    }
    for length in 0..ca_list.der().len() {
        assert!(Crl::parse(&ca_list.der()[..length]).is_err(), "list cut to {length}");
    }
    let (mut read, mut certificates) = (0, 0);
    for damaged in flips(leaf.der()) {
        certificates += 1;
        if let Ok(damaged) = Certificate::parse(damaged) {
            read += 1;
            let _ = (damaged.subject().to_string(), damaged.subject_id(), pki::check_for_signing(&damaged, at));
            assert!(
                pki::path::build(&damaged, std::slice::from_ref(&ca), std::slice::from_ref(&root), &Rules::new(at, Purpose::Any)).is_err(),
                "{damaged:?}"
            );
        }
    }
    let (ca, root) = ([ca], [root]);
    let path = pki::path::build(&leaf, &ca, &root, &Rules::new(at, Purpose::Any)).unwrap();
    let mut lists = 0;
    for damaged in flips(ca_list.der()) {
        lists += 1;
        if let Ok(damaged) = Crl::parse(damaged) {
            read += 1;
            let crls = [root_list.clone(), damaged];
            assert!(!all_good(&pki::revocation::check(&path, &Evidence::lists(&crls), at, Policy::Require)));
        }
    }
    assert!(all_good(&pki::revocation::check(&path, &Evidence::lists(&[root_list, ca_list]), at, Policy::Require)));
    println!("{certificates} flips of a certificate and {lists} of a list, {read} of them still readable, none believed");
}

/// The bytes with each bit flipped in turn.
fn flips(bytes: &[u8]) -> impl Iterator<Item = Vec<u8>> {
    (0..bytes.len() * 8).map(|bit| {
        let mut damaged = bytes.to_vec();
        damaged[bit / 8] ^= 1 << (bit % 8);
        damaged
    })
}

fn all_good(revocation: &pki::Revocation) -> bool {
    revocation.statuses().iter().all(|status| matches!(status, Status::Good { .. }))
}
