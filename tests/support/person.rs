//! People who can sign and the authorities above them: the files of a throw-away PKI as hoso reads them.

#![allow(dead_code, reason = "each test uses a part")]

#[path = "pki.rs"]
mod pki;
#[path = "temporary.rs"]
pub mod temporary;

use hoso::crypto::PrivateKey;
use hoso::pki::crl::Crl;
use hoso::pki::{Certificate, Policy};
use hoso::report::Language;
use hoso::submission::VerifyOptions;
use hoso::text::Moment;
pub use pki::Holder;
use pki::{AUTHORITY, Authority, Leaf};
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

const DAY: i64 = 86_400;

/// What the certificate of somebody who may sign says.
pub const SIGNER: &str = "basicConstraints=CA:FALSE\nkeyUsage=critical,nonRepudiation\nsubjectKeyIdentifier=hash\n\
                          authorityKeyIdentifier=keyid\n";
/// What a certificate for logging in says.
pub const LOGIN: &str = "basicConstraints=CA:FALSE\nkeyUsage=critical,keyAgreement\n";

/// A root and an issuing authority below it.
pub struct Authorities {
    folder: PathBuf,
    now: i64,
    root: Authority,
    issuing: Authority,
}

/// Somebody who can sign.
pub struct Person {
    holder: Holder,
    pub key: PrivateKey,
    /// The person's certificate, then the issuing authority's, then the root's.
    pub chain: Vec<Certificate>,
}

impl Authorities {
    /// New ones, in a folder of their own.
    pub fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let folder = temporary::folder(&format!("person-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed)));
        let now = pki::now();
        let root = Authority::root(&folder, "root", "/C=VN/CN=Gốc thử nghiệm", "ec:P-256", now).unwrap();
        let extensions = AUTHORITY.replace("CA:true", "CA:true,pathlen:0");
        let validity = (now, now + 3_650 * DAY);
        let issuing = root.authority_with("issuing", "/C=VN/CN=CA thử nghiệm", "ec:P-256", validity, &extensions).unwrap();
        Self { folder, now, root, issuing }
    }

    /// Somebody with a key of a kind (`ec:P-256`, `rsa:2048` …) and a certificate with those extensions, valid from now for a year.
    pub fn person(&self, name: &str, key: &str, extensions: &str) -> Person {
        let leaf = Leaf {
            name: name.to_owned(),
            key: key.to_owned(),
            subject: "/C=VN/CN=Nguyễn Văn Mẫu/serialNumber=CCCD:001099000001".to_owned(),
            validity: (self.now, self.now + 365 * DAY),
            extensions: extensions.to_owned(),
        };
        let holder = self.issuing.issue(&leaf).unwrap();
        let files = [holder.certificate(), self.issuing.certificate(), self.root.certificate()];
        let chain: Vec<_> = files.iter().flat_map(certificates).collect();
        let key = pem::parse(std::fs::read(holder.key()).unwrap()).unwrap();
        let key = PrivateKey::from_pkcs8(key.contents(), chain[0].spki()).unwrap();
        Person { holder, key, chain }
    }

    /// Revokes a person's certificate now.
    pub fn revoke(&self, person: &Person) {
        self.issuing.revoke(&person.holder, None).unwrap();
    }

    /// Moves every revocation of the issuing authority to an instant, in seconds since 1970.
    pub fn date_revocations(&self, at: i64) {
        self.issuing.date_revocations(at).unwrap();
    }

    /// A list of each authority, the root's first, made now and current for thirty days.
    pub fn crls(&self) -> Vec<Crl> {
        let list = |authority: &Authority| {
            let file = authority.list("current", self.now, self.now + 30 * DAY).unwrap();
            Crl::read_all(&std::fs::read(file).unwrap()).unwrap()
        };
        [&self.root, &self.issuing].into_iter().flat_map(list).collect()
    }

    /// A key file with a person's key, of one round, so that a thousand of them open at once.
    pub fn key_file(&self, person: &Person) -> Vec<u8> {
        let weak = ["-keypbe", "AES-256-CBC", "-certpbe", "AES-256-CBC", "-macalg", "sha256", "-iter", "1"];
        std::fs::read(person.holder.pkcs12_with_password(&[&self.issuing], &weak, "-mutated", "a").unwrap()).unwrap()
    }

    /// What a responder says now about a person's certificate.
    pub fn status(&self, person: &Person) -> Vec<u8> {
        let leaf = Leaf { validity: (self.now, self.now + 365 * DAY), ..Leaf::responder("responder", "ec:P-256", self.now) };
        let responder = self.issuing.issue(&leaf).unwrap();
        std::fs::read(self.issuing.status(&responder, &person.holder, "status.ocsp", &["-ndays", "7"]).unwrap()).unwrap()
    }

    /// Another certificate for a person's key.
    pub fn same_key(&self, person: &Person) -> Certificate {
        let request = person.holder.certificate().with_extension("csr");
        std::fs::copy(request, self.folder.join("second.csr")).unwrap();
        let leaf = Leaf {
            name: "second".to_owned(),
            key: String::new(),
            subject: String::new(),
            validity: (self.now, self.now + 365 * DAY),
            extensions: SIGNER.to_owned(),
        };
        self.issuing.sign_request(&leaf).unwrap();
        certificates(&self.folder.join("second.pem")).remove(0)
    }

    /// A time-stamping authority of that name below the issuing one.
    pub fn time_stamper(&self, name: &str) -> Holder {
        self.issuing.issue(&Leaf { validity: (self.now, self.now + 365 * DAY), ..Leaf::tsa(name, "ec:P-256", self.now) }).unwrap()
    }

    /// A token over bytes, made now.
    pub fn stamp(&self, by: &Holder, bytes: &[u8]) -> Vec<u8> {
        let (data, out) = (self.folder.join("stamped"), self.folder.join("token"));
        std::fs::write(&data, bytes).unwrap();
        by.stamp(&data, &out, "sha256", true).unwrap();
        std::fs::read(out).unwrap()
    }

    /// What a verifier is given who believes these and expects nothing.
    pub fn believed(&self, received: Moment, language: Language) -> VerifyOptions {
        VerifyOptions {
            anchors: self.roots(),
            certificates: Vec::new(),
            crls: self.crls(),
            answers: Vec::new(),
            revocation: Policy::Require,
            schemas: None,
            audience: None,
            code_lists: None,
            received,
            language,
        }
    }

    /// The trust anchor.
    pub fn roots(&self) -> Vec<Certificate> {
        certificates(&self.root.certificate())
    }
}

fn certificates(file: &PathBuf) -> Vec<Certificate> {
    Certificate::read_all(&std::fs::read(file).unwrap()).unwrap()
}

impl Drop for Authorities {
    fn drop(&mut self) {
        // Only tidiness: a folder that stays does no harm.
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}
