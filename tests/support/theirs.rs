//! Signatures made by others: what OpenSSL, pyHanko, Bouncy Castle, `jose` and zipfile write, for hoso and for the judges.
#![allow(dead_code, reason = "each test program uses some of it")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test that cannot make its samples has failed")]

use std::fs;
use std::path::{Path, PathBuf};

use super::judges::{self, Facts};
use super::pki::{Authority, Holder, Leaf, now, openssl};
use super::temporary;

/// Authorities, a TSA, a responder, three people, and the document they sign.
pub struct World {
    pub folder: PathBuf,
    pub now: i64,
    pub root: Authority,
    pub ca: Authority,
    pub tsa: Holder,
    pub responder: Holder,
    people: Vec<(&'static str, Holder)>,
    /// The document.
    pub content: PathBuf,
    /// Current lists of the root and of the CA.
    pub crls: Vec<PathBuf>,
    /// A response for each of the people.
    pub ocsps: Vec<PathBuf>,
    /// The certificates of the CA and of the root in one file.
    pub trusted: PathBuf,
}

/// A signature that somebody else made, and what it is.
#[derive(Debug)]
pub struct Theirs {
    /// Maker, level, form and keys in one.
    pub name: String,
    pub maker: &'static str,
    /// `B-B`, `B-T` or `B-LT`.
    pub level: &'static str,
    pub file: PathBuf,
    /// The document, where the signature does not hold it.
    pub content: Option<PathBuf>,
    pub signers: usize,
    /// How many countersigned each of them.
    pub counter: usize,
    /// Whether it has what a baseline needs: signing-certificate-v2 and signing-time.
    pub baseline: bool,
    /// Whether it is in DER; else in BER with indefinite lengths.
    pub der: bool,
}

/// A kind of key: the name of its holder, and how OpenSSL, pyHanko and Bouncy Castle are told to sign with it.
struct Kind {
    name: &'static str,
    holder: &'static str,
    openssl: &'static [&'static str],
    pyhanko: &'static str,
    java: &'static str,
}

const KINDS: [Kind; 6] = [
    Kind { name: "p256", holder: "p256", openssl: &["-md", "sha256"], pyhanko: "sha256", java: "SHA256withECDSA" },
    Kind { name: "p384", holder: "p384", openssl: &["-md", "sha384"], pyhanko: "sha384", java: "SHA384withECDSA" },
    Kind { name: "rsa", holder: "rsa", openssl: &["-md", "sha256"], pyhanko: "sha256", java: "SHA256withRSA" },
    Kind {
        name: "pss",
        holder: "rsa",
        openssl: &["-md", "sha256", "-keyopt", "rsa_padding_mode:pss", "-keyopt", "rsa_pss_saltlen:digest"],
        pyhanko: "sha256:pss:32",
        java: "SHA256withRSAandMGF1:32",
    },
    Kind {
        name: "pss-long",
        holder: "rsa",
        openssl: &["-md", "sha256", "-keyopt", "rsa_padding_mode:pss", "-keyopt", "rsa_pss_saltlen:max"],
        pyhanko: "sha256:pss",
        java: "SHA256withRSAandMGF1:222",
    },
    Kind {
        name: "pss384",
        holder: "rsa",
        openssl: &["-md", "sha384", "-keyopt", "rsa_padding_mode:pss", "-keyopt", "rsa_pss_saltlen:digest"],
        pyhanko: "sha384:pss:48",
        java: "SHA384withRSAandMGF1:48",
    },
];

impl World {
    /// A new one, in a folder of the test's own.
    pub fn new(test: &str) -> Self {
        let (folder, now) = (temporary::folder(&format!("theirs-{test}")), now());
        let root = Authority::root(&folder, "root", "/C=VN/CN=Gốc thử nghiệm", "ec:P-384", now).unwrap();
        let ca = root.authority("ca", "/C=VN/CN=CA thử nghiệm", "rsa:2048", now).unwrap();
        let issue = |name, key| (name, ca.issue(&Leaf::citizen(name, key, now)).unwrap());
        let people = vec![issue("p256", "ec:P-256"), issue("p384", "ec:P-384"), issue("rsa", "rsa:2048")];
        let tsa = ca.issue(&Leaf::tsa("tsa", "rsa:2048", now)).unwrap();
        let responder = ca.issue(&Leaf::responder("responder", "ec:P-256", now)).unwrap();
        let content = folder.join("content.bin");
        fs::write(&content, b"%PDF-1.7\r\nH\xe1\xbb\x93 s\xc6\xa1\n\x00\xff").unwrap();
        let crls = vec![root.list("now", now - 3_600, now + 864_000).unwrap(), ca.list("now", now - 3_600, now + 864_000).unwrap()];
        let status = |(name, holder): &(&str, Holder)| ca.status(&responder, holder, &format!("{name}.ocsp"), &["-ndays", "7"]).unwrap();
        let ocsps = people.iter().map(status).collect();
        let trusted = folder.join("trusted.pem");
        fs::write(&trusted, [&ca, &root].map(|authority| fs::read(authority.certificate()).unwrap()).concat()).unwrap();
        Self { folder, now, root, ca, tsa, responder, people, content, crls, ocsps, trusted }
    }

    /// `p256`, `p384` or `rsa`.
    pub fn person(&self, name: &str) -> &Holder {
        &self.people.iter().find(|(known, _)| *known == name).unwrap().1
    }

    /// What a judge is asked about a signature: the file, the content if it is elsewhere, and the root to trust.
    pub fn question(&self, verb: &str, file: &Path, content: Option<&Path>) -> String {
        let mut words = vec![verb.to_owned(), word("file", file), word("root", &self.root.certificate())];
        words.extend(content.map(|content| word("content", content)));
        words.push(word("chain", &self.ca.certificate()));
        words.extend(self.crls.iter().map(|list| word("crl", list)));
        words.join("\t")
    }

    /// CAdES by all three makers, of every level, form and kind of key.
    pub fn cades(&self) -> Vec<Theirs> {
        let mut made = self.by_openssl();
        made.extend(self.by_program("pyhanko", judges::python("make-cades.py")));
        made.extend(self.by_program("java", judges::java()));
        made
    }

    /// A detached signature over a file, by a maker of [`World::cades`], of a level and with a kind of key.
    pub fn sign(&self, maker: &'static str, level: &'static str, kind: &str, content: &Path) -> PathBuf {
        let kinds: Vec<_> = KINDS.iter().filter(|known| known.name == kind).collect();
        let file = content.with_extension(format!("{maker}-{kind}-{level}.p7s"));
        let theirs = Theirs { file, content: Some(content.to_owned()), ..self.theirs(maker, level, kind, false) };
        if maker == "openssl" {
            return self.openssl(&theirs, &kinds, &["-cades"]).file;
        }
        let more = if level == "B-B" { Vec::new() } else { self.records(maker, level == "B-LT") };
        let judge = if maker == "java" { judges::java() } else { judges::python("make-cades.py") };
        let made = judges::facts(judge, self.recipe(&theirs, &kinds, &more));
        assert!(made.iter().all(|facts| facts.accepted), "{made:?}");
        theirs.file
    }

    /// What a maker is told for a time-stamp, and for lists beside it.
    fn records(&self, maker: &str, lists: bool) -> Vec<String> {
        let way = if maker == "java" { ",SHA256withRSA" } else { "" };
        let stamp = format!("tsa={},{}{way}", text(&self.tsa.key()), text(&self.tsa.certificate()));
        let lists = self.crls.iter().filter(|_| lists).map(|list| word("crl", list));
        std::iter::once(stamp).chain(lists).collect()
    }

    fn by_openssl(&self) -> Vec<Theirs> {
        let mut made = Vec::new();
        for kind in &KINDS {
            for enveloping in [false, true] {
                made.push(self.openssl(&self.theirs("openssl", "B-B", kind.name, enveloping), &[kind], &["-cades"]));
            }
        }
        let both = [&KINDS[0], &KINDS[2]];
        made.push(self.openssl(&Theirs { signers: 2, ..self.theirs("openssl", "B-B", "two", false) }, &both, &["-cades"]));
        let streamed = Theirs { der: false, ..self.theirs("openssl", "B-B", "stream", true) };
        made.push(self.openssl(&streamed, &both[..1], &["-cades", "-stream"]));
        made.push(self.openssl(&Theirs { baseline: false, ..self.theirs("openssl", "B-B", "plain", false) }, &both[..1], &[]));
        made
    }

    fn openssl(&self, theirs: &Theirs, kinds: &[&Kind], options: &[&str]) -> Theirs {
        let (content, out, ca) = (text(theirs.content.as_ref().unwrap_or(&self.content)), text(&theirs.file), text(&self.ca.certificate()));
        let mut line = vec!["cms", "-sign", "-binary", "-outform", "DER", "-in", &content, "-out", &out, "-certfile", &ca];
        line.extend(theirs.content.is_none().then_some("-nodetach"));
        let files = kinds.iter().map(|kind| self.person(kind.holder)).map(|holder| (text(&holder.certificate()), text(&holder.key())));
        let files: Vec<_> = files.collect();
        for (kind, (certificate, key)) in kinds.iter().zip(&files) {
            line.extend(["-signer", certificate, "-inkey", key]);
            // One digest for all of them: OpenSSL takes no other.
            line.extend(kind.openssl.iter().skip(if kinds.len() > 1 { kind.openssl.len() } else { 0 }));
        }
        openssl(&[&line[..], options].concat()).unwrap();
        theirs.again()
    }

    /// What pyHanko or Bouncy Castle makes, all asked at once.
    fn by_program(&self, maker: &'static str, program: std::process::Command) -> Vec<Theirs> {
        let (mut made, mut asked) = (Vec::new(), String::new());
        let mut add = |theirs: Theirs, kinds: &[&Kind], more: &[String]| {
            asked += &self.recipe(&theirs, kinds, more);
            made.push(theirs);
        };
        let (stamp, records) = (self.records(maker, false), self.records(maker, true));
        let with_response = [&records[..], &[word("ocsp", &self.ocsps[0])]].concat();
        for kind in &KINDS {
            for enveloping in [false, true] {
                add(self.theirs(maker, "B-B", kind.name, enveloping), &[kind], &[]);
                add(self.theirs(maker, "B-T", kind.name, enveloping), &[kind], &stamp);
                add(self.theirs(maker, "B-LT", kind.name, enveloping), &[kind], &records);
            }
        }
        let both = [&KINDS[0], &KINDS[3]];
        add(Theirs { signers: 2, ..self.theirs(maker, "B-B", "two", false) }, &both, &[]);
        add(Theirs { signers: 2, ..self.theirs(maker, "B-LT", "two", true) }, &both, &records);
        add(self.theirs(maker, "B-LT", "ocsp", false), &both[..1], &with_response);
        add(Theirs { baseline: false, ..self.theirs(maker, "B-B", "plain", false) }, &both[..1], &["ess=no".to_owned()]);
        if maker == "java" {
            // pyHanko makes no counter-signatures.
            let holder = self.person("p384");
            let counter = [format!("counter={},{},SHA384withECDSA", text(&holder.key()), text(&holder.certificate()))];
            add(Theirs { counter: 1, ..self.theirs(maker, "B-B", "counter", false) }, &both[..1], &counter);
            add(Theirs { counter: 1, ..self.theirs(maker, "B-LT", "counter", true) }, &both[..1], &[&records[..], &counter].concat());
        }
        for (facts, theirs) in judges::facts(program, asked).iter().zip(&made) {
            assert!(facts.accepted, "{}: {}", theirs.name, facts.words);
        }
        made
    }

    fn recipe(&self, theirs: &Theirs, kinds: &[&Kind], more: &[String]) -> String {
        let mut words =
            vec!["make".to_owned(), word("out", &theirs.file), word("content", theirs.content.as_ref().unwrap_or(&self.content))];
        words.extend(theirs.content.is_none().then(|| "enveloping=yes".to_owned()));
        words.push(word("chain", &self.ca.certificate()));
        for kind in kinds {
            let (holder, way) = (self.person(kind.holder), if theirs.maker == "java" { kind.java } else { kind.pyhanko });
            words.push(format!("signer={},{},{way}", text(&holder.key()), text(&holder.certificate())));
        }
        words.extend_from_slice(more);
        words.join("\t") + "\n"
    }

    fn theirs(&self, maker: &'static str, level: &'static str, kind: &str, enveloping: bool) -> Theirs {
        let name = format!("{maker}-{}-{kind}-{}", level.to_lowercase(), if enveloping { "enveloping" } else { "detached" });
        let file = self.folder.join(format!("{name}.p7s"));
        let content = (!enveloping).then(|| self.content.clone());
        Theirs { name, maker, level, file, content, signers: 1, counter: 0, baseline: true, der: true }
    }

    /// A time-stamp token by OpenSSL over bytes, in DER.
    pub fn stamp(&self, name: &str, bytes: &[u8], digest: &str, certificate: bool) -> PathBuf {
        let (data, out) = (self.folder.join(format!("{name}.stamped")), self.folder.join(format!("{name}.tst")));
        fs::write(&data, bytes).unwrap();
        self.tsa.stamp(&data, &out, digest, certificate).unwrap();
        out
    }
}

impl Theirs {
    fn again(&self) -> Self {
        Self { name: self.name.clone(), file: self.file.clone(), content: self.content.clone(), ..*self }
    }
}

/// `KEY=PATH`.
pub fn word(key: &str, path: &Path) -> String {
    format!("{key}={}", text(path))
}

fn text(path: &Path) -> String {
    path.to_str().unwrap().to_owned()
}

/// The verdict of each judge about each question.
pub fn ask(judge: std::process::Command, questions: &[String]) -> Vec<Facts> {
    judges::facts(judge, questions.iter().map(|question| format!("{question}\n")).collect())
}
