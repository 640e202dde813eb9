//! Policies, names and purposes along paths against OpenSSL, which makes every certificate and judges it as hoso does; and ways through cross
//! certificates.

#![cfg(feature = "sign")]
#![expect(clippy::unwrap_used, reason = "tests")]

#[path = "support/pki.rs"]
mod support;
#[path = "support/temporary.rs"]
mod temporary;

use hoso::asn1::Oid;
use hoso::pki::crl::Crl;
use hoso::pki::{Certificate, Evidence, Policy, Purpose, Rules, validate};
use hoso::report::Coded;
use hoso::text::Instant;
use std::fs;
use std::path::PathBuf;
use support::{AUTHORITY, Authority, Leaf, openssl};

const DAY: i64 = 86_400;

/// Policies of nobody: 1.3.6.1.4.1.32473 is for examples (RFC 5612).
const P: &str = "1.3.6.1.4.1.32473.1.";

fn certificate(file: &PathBuf) -> Certificate {
    Certificate::read_all(&fs::read(file).unwrap()).unwrap().remove(0)
}

/// A root, an authority with some extensions, another below it if it has any, and a leaf.
struct Case {
    name: &'static str,
    above: &'static str,
    below: &'static str,
    leaf: &'static str,
    subject: &'static str,
    /// As `openssl verify` has them.
    options: &'static str,
    expected: &'static str,
    openssl_differs: Option<&'static str>,
}

impl Case {
    const fn new(name: &'static str, above: &'static str, leaf: &'static str, options: &'static str, expected: &'static str) -> Self {
        Self { name, above, below: "", leaf, subject: "/C=VN/O=Demo/CN=leaf", options, expected, openssl_differs: None }
    }

    const fn through(self, below: &'static str) -> Self {
        Self { below, ..self }
    }

    const fn of(self, subject: &'static str) -> Self {
        Self { subject, ..self }
    }

    const fn unlike_openssl(self, why: &'static str) -> Self {
        Self { openssl_differs: Some(why), ..self }
    }

    /// What hoso and openssl say.
    fn judge(&self, root: &Authority, place: usize, now: i64) -> (String, Result<String, String>) {
        let policies = |text: &str| text.replace("P.", P);
        let validity = (now - DAY, now + DAY);
        let authority = |issuer: &Authority, label: &str, extensions: &str| {
            let name = format!("{label}-{place}");
            let extensions = format!("{AUTHORITY}{}", policies(extensions));
            issuer.authority_with(&name, &format!("/C=VN/O=Demo/CN={name}"), "ec:P-256", validity, &extensions).unwrap()
        };
        let mut chain = vec![authority(root, "above", self.above)];
        if !self.below.is_empty() {
            let below = authority(chain.last().unwrap(), "below", self.below);
            chain.push(below);
        }
        let leaf = Leaf {
            subject: self.subject.to_owned(),
            validity,
            extensions: format!("keyUsage=critical,digitalSignature\n{}", policies(self.leaf)),
            ..Leaf::citizen(&format!("leaf-{place}"), "ec:P-256", now)
        };
        let leaf = chain.last().unwrap().issue(&leaf).unwrap().certificate();
        let mut arguments =
            vec!["verify".to_owned(), "-attime".to_owned(), now.to_string(), "-no-CAfile".to_owned(), "-no-CApath".to_owned()];
        arguments.extend(["-trusted".to_owned(), root.certificate().display().to_string()]);
        chain.iter().for_each(|authority| arguments.extend(["-untrusted".to_owned(), authority.certificate().display().to_string()]));
        arguments.extend(policies(self.options).split_whitespace().map(str::to_owned));
        arguments.push(leaf.display().to_string());
        let arguments: Vec<_> = arguments.iter().map(String::as_str).collect();
        let chain: Vec<_> = chain.iter().map(|authority| certificate(&authority.certificate())).collect();
        (self.hoso(&certificate(&leaf), &chain, &certificate(&root.certificate()), now), openssl(&arguments))
    }

    fn hoso(&self, leaf: &Certificate, chain: &[Certificate], root: &Certificate, now: i64) -> String {
        let options = self.options.replace("P.", P);
        let words: Vec<_> = options.split_whitespace().collect();
        let named = words.iter().zip(words.iter().skip(1)).filter(|(word, _)| **word == "-policy").map(|(_, oid)| Oid::parse(oid).unwrap());
        let purpose = match () {
            () if words.contains(&"smimesign") => Purpose::Signing,
            () if words.contains(&"timestampsign") => Purpose::TimeStamping,
            () => Purpose::Any,
        };
        let rules = Rules {
            policies: named.collect(),
            explicit_policy: words.contains(&"-explicit_policy"),
            inhibit_policy_mapping: words.contains(&"-inhibit_map"),
            inhibit_any_policy: words.contains(&"-inhibit_any"),
            ..Rules::new(Instant::from_unix(now), purpose)
        };
        let found = validate(leaf, chain, std::slice::from_ref(root), &rules, &Evidence::default(), Policy::None);
        found.problem.map_or("good".to_owned(), |problem| problem.code().to_owned())
    }
}

const P1: &str = "certificatePolicies=P.1\n";
const P12: &str = "certificatePolicies=P.1,P.2\n";
const ANY: &str = "certificatePolicies=2.5.29.32.0\n";
/// Without a policy, openssl takes none; without one, hoso takes any.
const EXPLICIT: &str = "-policy_check -explicit_policy -policy 2.5.29.32.0";

const fn policies() -> [Case; 14] {
    let (refused, good) = ("path.policies", "good");
    [
        Case::new("one policy all the way", P1, P1, EXPLICIT, good),
        Case::new("another policy in the leaf", P1, "certificatePolicies=P.2\n", EXPLICIT, refused),
        Case::new("another policy that nobody asks for", P1, "certificatePolicies=P.2\n", "-policy_check", good),
        Case::new("no policy in the leaf", P1, "", EXPLICIT, refused),
        Case::new("any policy above", ANY, P1, EXPLICIT, good),
        Case::new("any policy above, inhibited", ANY, P1, "-policy_check -explicit_policy -inhibit_any", refused),
        Case::new("the policy asked for", P12, P1, "-policy_check -explicit_policy -policy P.1", good),
        Case::new("not the policy asked for", P12, P1, "-policy_check -explicit_policy -policy P.2", refused),
        Case::new(
            "an authority asks for a policy",
            "certificatePolicies=P.1\npolicyConstraints=requireExplicitPolicy:0\n",
            "",
            "-policy_check",
            refused,
        ),
        Case::new(
            "mapped",
            "certificatePolicies=P.1\npolicyMappings=P.1:P.7\n",
            "certificatePolicies=P.7\n",
            "-policy_check -explicit_policy -policy P.1",
            good,
        ),
        Case::new(
            "mapped, inhibited",
            "certificatePolicies=P.1\npolicyMappings=P.1:P.7\n",
            "certificatePolicies=P.7\n",
            "-policy_check -explicit_policy -inhibit_map",
            refused,
        ),
        Case::new(
            "mapped to the name of another",
            "certificatePolicies=P.1\npolicyMappings=P.1:P.7\n",
            "certificatePolicies=P.1\n",
            EXPLICIT,
            refused,
        ),
        Case::new(
            "mapping stopped above",
            "certificatePolicies=P.1\npolicyConstraints=inhibitPolicyMapping:0\n",
            "certificatePolicies=P.7\n",
            EXPLICIT,
            refused,
        )
        .through("certificatePolicies=P.1\npolicyMappings=P.1:P.7\n"),
        Case::new("any policy stopped above", "certificatePolicies=2.5.29.32.0\ninhibitAnyPolicy=0\n", P1, EXPLICIT, refused).through(ANY),
    ]
}

const fn names() -> [Case; 22] {
    let (refused, good) = ("path.name-constraints", "good");
    let permitted_mail = "nameConstraints=critical,permitted;email:example.vn\n";
    let permitted_dns = "nameConstraints=critical,permitted;DNS:example.vn\n";
    let excluded_dns = "nameConstraints=critical,excluded;DNS:www.example.vn\n";
    let permitted_uri = "nameConstraints=critical,permitted;URI:.example.vn\n";
    let permitted_ip = "nameConstraints=critical,permitted;IP:10.0.0.0/255.0.0.0\n";
    let permitted_name = "nameConstraints=critical,permitted;dirName:allowed\n[allowed]\nC=VN\nO=Demo\n";
    let excluded_name = "nameConstraints=critical,excluded;dirName:forbidden\n[forbidden]\nC=VN\nO=Demo\n";
    [
        Case::new("address permitted", permitted_mail, "subjectAltName=email:a@example.vn\n", "", good),
        Case::new("address of another host", permitted_mail, "subjectAltName=email:a@example.com\n", "", refused),
        Case::new("address of a host below", permitted_mail, "subjectAltName=email:a@mail.example.vn\n", "", refused),
        Case::new("address in the subject", permitted_mail, "", "", refused).of("/C=VN/O=Demo/CN=leaf/emailAddress=a@example.com"),
        Case::new("address in the subject, permitted", permitted_mail, "", "", good).of("/C=VN/O=Demo/CN=leaf/emailAddress=a@example.vn"),
        Case::new("names of other forms", permitted_mail, "subjectAltName=DNS:example.com\n", "", good),
        Case::new("host permitted", permitted_dns, "subjectAltName=DNS:a.b.example.vn\n", "", good),
        Case::new("host of the same letters", permitted_dns, "subjectAltName=DNS:badexample.vn\n", "", refused),
        Case::new("host in other case", permitted_dns, "subjectAltName=DNS:WWW.EXAMPLE.VN\n", "", good),
        Case::new("host excluded", excluded_dns, "subjectAltName=DNS:www.example.vn\n", "", refused),
        Case::new("host beside the excluded", excluded_dns, "subjectAltName=DNS:example.vn\n", "", good),
        Case::new("one of two hosts", permitted_dns, "subjectAltName=DNS:example.vn,DNS:example.com\n", "", refused),
        Case::new("wildcard over the excluded", excluded_dns, "subjectAltName=DNS:*.example.vn\n", "", refused)
            .unlike_openssl("it compares the asterisk as a letter"),
        Case::new("URI permitted", permitted_uri, "subjectAltName=URI:https://www.example.vn/a\n", "", good),
        Case::new("URI of the domain itself", permitted_uri, "subjectAltName=URI:https://example.vn/a\n", "", refused),
        Case::new("URI without a host", permitted_uri, "subjectAltName=URI:urn:uuid:1\n", "", refused),
        Case::new("IP address permitted", permitted_ip, "subjectAltName=IP:10.1.2.3\n", "", good),
        Case::new("IP address outside", permitted_ip, "subjectAltName=IP:11.1.2.3\n", "", refused),
        Case::new("IP address of the other length", permitted_ip, "subjectAltName=IP:fe80::1\n", "", refused),
        Case::new("subject permitted", permitted_name, "", "", good).of("/C=VN/O=DEMO/CN=leaf"),
        Case::new("subject outside", permitted_name, "", "", refused).of("/C=VN/O=Other/CN=leaf"),
        Case::new("subject excluded", excluded_name, "", "", refused).of("/C=VN/O=Demo/CN=leaf"),
    ]
}

const fn purposes() -> [Case; 6] {
    let (refused, good) = ("path.not-for-purpose", "good");
    let mail = "extendedKeyUsage=emailProtection\n";
    let stamps = "extendedKeyUsage=critical,timeStamping\n";
    [
        Case::new("authority for servers alone", "extendedKeyUsage=serverAuth\n", mail, "-purpose smimesign", refused),
        Case::new("authority for mail and servers", "extendedKeyUsage=serverAuth,emailProtection\n", mail, "-purpose smimesign", good),
        Case::new("authority for servers below one for all", "", mail, "-purpose smimesign", refused)
            .through("extendedKeyUsage=serverAuth\n"),
        Case::new("timestamps", "", stamps, "-purpose timestampsign", good),
        Case::new(
            "timestamps and mail",
            "",
            "extendedKeyUsage=critical,timeStamping,emailProtection\n",
            "-purpose timestampsign",
            "certificate.not-for-timestamps",
        ),
        Case::new(
            "timestamps, not critical",
            "",
            "extendedKeyUsage=timeStamping\n",
            "-purpose timestampsign",
            "certificate.not-for-timestamps",
        ),
    ]
}

#[test]
fn openssl_agrees_about_policies_names_and_purposes() {
    let (now, dir) = (support::now(), temporary::folder("paths-judge"));
    let root = Authority::root(&dir, "root", "/C=VN/O=Demo/CN=root", "ec:P-256", now).unwrap();
    let mut cases = Vec::from(policies());
    cases.extend(names());
    cases.extend(purposes());
    let (mut mistakes, mut differ) = (Vec::new(), Vec::new());
    for (place, case) in cases.iter().enumerate() {
        let (ours, theirs) = case.judge(&root, place, now);
        let alike = (ours == "good") == theirs.is_ok();
        if ours != case.expected || alike == case.openssl_differs.is_some() {
            mistakes.push(format!("{}: hoso {ours}, not {}; openssl {theirs:?}", case.name, case.expected));
        }
        differ.extend(case.openssl_differs.map(|why| format!("{} ({why})", case.name)));
    }
    assert!(mistakes.is_empty(), "{}", mistakes.join("\n"));
    println!("hoso and openssl agree on {} cases of {}; not on: {}", cases.len() - differ.len(), cases.len(), differ.join(", "));
}

/// One authority with one key, certified by two roots: by the first in a way that breaks, by the second in one that holds.
struct Cross {
    now: i64,
    dir: PathBuf,
    roots: [Authority; 2],
    leaf: Certificate,
    /// The authority's certificates by the first and the second root.
    authority: Vec<Certificate>,
}

impl Cross {
    fn new(name: &str, first: &str, leaf: &str) -> Self {
        let (now, dir) = (support::now(), temporary::folder(&format!("paths-{name}")));
        let validity = (now - DAY, now + DAY);
        let roots = ["one", "two"].map(|name| Authority::root(&dir, name, &format!("/CN={name}"), "ec:P-256", now).unwrap());
        let authority = roots[0].authority_with("ca", "/CN=ca", "ec:P-256", validity, &format!("{AUTHORITY}{first}")).unwrap();
        fs::copy(dir.join("ca.csr"), dir.join("cross.csr")).unwrap();
        let cross = Leaf { validity, extensions: format!("{AUTHORITY}{P1}").replace("P.", P), ..Leaf::citizen("cross", "", now) };
        roots[1].sign_request(&cross).unwrap();
        let extensions = format!("keyUsage=critical,digitalSignature\n{leaf}").replace("P.", P);
        let leaf = authority.issue(&Leaf { validity, extensions, ..Leaf::citizen("leaf", "ec:P-256", now) }).unwrap();
        let files = [dir.join("ca.pem"), dir.join("cross.pem")];
        Self { now, roots, leaf: certificate(&leaf.certificate()), authority: files.iter().map(certificate).collect(), dir }
    }

    /// The name of the root at which the path ends that was taken, or why there is none.
    fn taken(&self, roots: &[usize], crls: &[PathBuf], explicit: bool) -> String {
        let anchors: Vec<_> =
            roots.iter().filter_map(|place| self.roots.get(*place)).map(|root| certificate(&root.certificate())).collect();
        let crls: Vec<_> = crls.iter().flat_map(|file| Crl::read_all(&fs::read(file).unwrap()).unwrap()).collect();
        let rules = Rules { explicit_policy: explicit, ..Rules::new(Instant::from_unix(self.now), Purpose::Any) };
        let policy = if crls.is_empty() { Policy::None } else { Policy::Require };
        let found = validate(&self.leaf, &self.authority, &anchors, &rules, &Evidence::lists(&crls), policy);
        match (found.problem, found.path) {
            (Some(problem), _) => problem.code().to_owned(),
            (None, path) => path.unwrap().0.anchor().common_name().unwrap(),
        }
    }
}

#[test]
fn a_path_broken_by_names_policies_or_revocation_gives_way_to_another() {
    let names = Cross::new("names", "nameConstraints=critical,excluded;email:example.vn\n", "subjectAltName=email:a@example.vn\n");
    assert_eq!((names.taken(&[0], &[], false), names.taken(&[0, 1], &[], false)), ("path.name-constraints".to_owned(), "two".to_owned()));
    let policies = Cross::new("policies", "", P1);
    assert_eq!((policies.taken(&[0], &[], true), policies.taken(&[0, 1], &[], true)), ("path.policies".to_owned(), "two".to_owned()));
    assert_eq!(policies.taken(&[0, 1], &[], false), "one", "what comes first is taken where it holds");
    let revoked = Cross::new("revoked", "", "");
    let [one, two] = &revoked.roots;
    one.revoke(&support::Holder::existing(&revoked.dir, "ca"), Some("cACompromise")).unwrap();
    let list = |authority: &Authority| authority.list("now", revoked.now - 60, revoked.now + DAY).unwrap();
    // openssl's database of the authority itself stands beside its certificate by the first root.
    let ca = Authority::existing(&revoked.dir, "ca");
    let crls = [list(one), list(two), list(&ca)];
    let later = Cross { now: revoked.now + 60, ..revoked };
    assert_eq!(
        (later.taken(&[0], &crls, false), later.taken(&[0, 1], &crls, false)),
        ("path.authority-revoked".to_owned(), "two".to_owned())
    );
    // Where the other way is of unknown state, so is the certificate.
    let [first, _, third] = crls;
    assert_eq!(later.taken(&[0, 1], &[first, third], false), "crl.missing");
}

#[test]
fn the_policies_of_a_path_are_those_of_the_authority_below_the_anchor() {
    let cross =
        Cross::new("set", "certificatePolicies=P.1\npolicyMappings=P.1:P.7\n".replace("P.", P).as_str(), "certificatePolicies=P.7\n");
    let root = certificate(&cross.roots[0].certificate());
    let rules = Rules::new(Instant::from_unix(cross.now), Purpose::Any);
    let path = hoso::pki::path::build(&cross.leaf, &cross.authority, std::slice::from_ref(&root), &rules).unwrap();
    assert_eq!(path.policies().iter().map(Oid::text).collect::<Vec<_>>(), [format!("{P}1")]);
}

/// What authorities can write to make a validator work: RFC 5280's tree of policies would have 8⁸ leaves here, and a million names would be compared.
#[test]
fn hostile_policies_and_names_cost_little() {
    let (now, dir) = (support::now(), temporary::folder("paths-hostile"));
    let root = Authority::root(&dir, "root", "/CN=root", "ec:P-256", now).unwrap();
    let validity = (now - DAY, now + DAY);
    let list = |letter: &str, count: usize| (0..count).map(|number| format!("{letter}{number}")).collect::<Vec<_>>();
    let policies = list(P, 8).join(",");
    let mappings: Vec<_> = list(P, 8).iter().flat_map(|from| list(P, 8).into_iter().map(move |to| format!("{from}:{to}"))).collect();
    let extensions = format!("{AUTHORITY}certificatePolicies={policies}\npolicyMappings={}\n", mappings.join(","));
    let mut chain = vec![root.authority_with("step-0", "/CN=step-0", "ec:P-256", validity, &extensions).unwrap()];
    for step in 1..7 {
        let name = format!("step-{step}");
        let next = chain.last().unwrap().authority_with(&name, &format!("/CN={name}"), "ec:P-256", validity, &extensions).unwrap();
        chain.push(next);
    }
    let leaf = |issuer: &Authority, name: &str, extensions: String| {
        let extensions = format!("keyUsage=critical,digitalSignature\n{extensions}");
        certificate(&issuer.issue(&Leaf { validity, extensions, ..Leaf::citizen(name, "ec:P-256", now) }).unwrap().certificate())
    };
    let mapped = leaf(chain.last().unwrap(), "mapped", format!("certificatePolicies={policies}\n"));
    let chain: Vec<_> = chain.iter().map(|authority| certificate(&authority.certificate())).collect();
    let root = certificate(&root.certificate());
    let rules = Rules { explicit_policy: true, ..Rules::new(Instant::from_unix(now), Purpose::Any) };
    let judged = |leaf: &Certificate, chain: &[Certificate]| {
        let started = std::time::Instant::now();
        let found = validate(leaf, chain, std::slice::from_ref(&root), &rules, &Evidence::default(), Policy::None);
        (found.problem.map(|problem| problem.code()), started.elapsed())
    };
    let (problem, took) = judged(&mapped, &chain);
    assert_eq!(problem, None);
    assert!(took.as_millis() < 1_000, "{took:?}");
    let names = |prefix: &str| list(prefix, 900).iter().map(|name| format!("{name}.example.vn")).collect::<Vec<_>>();
    let permitted = names("permitted;DNS:").join(",");
    let issuer = Authority::existing(&dir, "root");
    let narrow = format!("{AUTHORITY}certificatePolicies={policies}\nnameConstraints=critical,{permitted}\n");
    let narrow = issuer.authority_with("narrow", "/CN=narrow", "ec:P-256", validity, &narrow).unwrap();
    let many = leaf(&narrow, "many", format!("certificatePolicies={policies}\nsubjectAltName={}\n", names("DNS:").join(",")));
    let (problem, took) = judged(&many, &[certificate(&narrow.certificate())]);
    assert_eq!(problem, Some("path.too-costly"));
    assert!(took.as_millis() < 1_000, "{took:?}");
}
