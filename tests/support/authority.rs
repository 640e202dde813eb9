//! A certificate authority of two levels for tests, made by OpenSSL: what hoso reads here, hoso did not write.

use hoso::crypto::PrivateKey;
use hoso::pki::Certificate;
use hoso::pki::crl::Crl;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};

/// A root and an issuing authority below it.
pub struct Authority {
    folder: PathBuf,
}

/// Somebody who can sign.
pub struct Person {
    pub name: String,
    pub key: PrivateKey,
    /// The person's certificate, then the issuing authority's, then the root's.
    pub chain: Vec<Certificate>,
}

const CONFIG: &str = "
[req]
distinguished_name = name
utf8 = yes
string_mask = utf8only
[name]
[root]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
[issuing]
basicConstraints = critical, CA:TRUE, pathlen:0
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[signer]
basicConstraints = CA:FALSE
keyUsage = critical, nonRepudiation
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[login]
basicConstraints = CA:FALSE
keyUsage = critical, keyAgreement
[ca]
[root_ca]
database = root.db
certificate = root.pem
private_key = root.key
default_md = sha256
default_crl_days = 30
crlnumber = root.number
[issuing_ca]
database = issuing.db
certificate = issuing.pem
private_key = issuing.key
default_md = sha256
default_crl_days = 30
crlnumber = issuing.number
";

impl Authority {
    /// A new one, of its own folder.
    pub fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!("authority-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        std::fs::create_dir_all(&folder).unwrap();
        let authority = Self { folder };
        authority.write("openssl.cnf", CONFIG);
        for name in ["root", "issuing"] {
            authority.write(&format!("{name}.db"), "");
            authority.write(&format!("{name}.number"), "01\n");
            authority.key(name, "ec");
        }
        authority.openssl(
            "req -x509 -new -utf8 -config openssl.cnf -extensions root -key root.key -days 3650 -out root.pem -subj",
            &["/C=VN/CN=Gốc thử nghiệm"],
        );
        authority.request("issuing", "/C=VN/CN=CA thử nghiệm");
        authority.openssl("x509 -req -in issuing.csr -CA root.pem -CAkey root.key -CAcreateserial -days 3650 -extfile openssl.cnf -extensions issuing -out issuing.pem", &[]);
        authority
    }

    /// Somebody with a key of a kind (`ec`, `p384`, `rsa`) and a certificate with the extensions of a section (`signer`, `login`).
    pub fn person(&self, name: &str, kind: &str, section: &str) -> Person {
        self.key(name, kind);
        self.request(name, "/C=VN/CN=Nguyễn Văn Mẫu/serialNumber=CCCD:001099000001");
        self.openssl(&format!("x509 -req -in {name}.csr -CA issuing.pem -CAkey issuing.key -CAcreateserial -days 365 -extfile openssl.cnf -extensions {section} -out {name}.pem"), &[]);
        self.openssl(&format!("pkcs8 -topk8 -nocrypt -in {name}.key -outform DER -out {name}.p8"), &[]);
        let mut chain = self.certificates(&format!("{name}.pem"));
        chain.extend(self.certificates("issuing.pem"));
        chain.extend(self.roots());
        let key = PrivateKey::from_pkcs8(&self.read(&format!("{name}.p8")), chain[0].spki()).unwrap();
        Person { name: name.to_owned(), key, chain }
    }

    /// Revokes a person's certificate now.
    pub fn revoke(&self, person: &Person) {
        self.openssl(&format!("ca -config openssl.cnf -name issuing_ca -revoke {}.pem", person.name), &[]);
    }

    /// Moves every revocation of the issuing authority to a time, written `YYMMDDHHMMSSZ`.
    pub fn date_revocations(&self, time: &str) {
        let database = String::from_utf8(self.read("issuing.db")).unwrap();
        let lines = database.lines().map(|line| {
            let mut fields: Vec<_> = line.split('\t').collect();
            fields[2] = time;
            fields.join("\t") + "\n"
        });
        self.write("issuing.db", &lines.collect::<String>());
    }

    /// A list of each authority, made now.
    pub fn crls(&self) -> Vec<Crl> {
        let list = |name: &str| {
            self.openssl(&format!("ca -config openssl.cnf -name {name}_ca -gencrl -out {name}.crl"), &[]);
            Crl::read_all(&self.read(&format!("{name}.crl"))).unwrap()
        };
        [list("root"), list("issuing")].concat()
    }

    /// The trust anchor.
    pub fn roots(&self) -> Vec<Certificate> {
        self.certificates("root.pem")
    }

    fn certificates(&self, name: &str) -> Vec<Certificate> {
        Certificate::read_all(&self.read(name)).unwrap()
    }

    fn key(&self, name: &str, kind: &str) {
        let algorithm = match kind {
            "ec" => "EC -pkeyopt ec_paramgen_curve:P-256",
            "p384" => "EC -pkeyopt ec_paramgen_curve:P-384",
            _ => "RSA -pkeyopt rsa_keygen_bits:2048",
        };
        self.openssl(&format!("genpkey -algorithm {algorithm} -out {name}.key"), &[]);
    }

    fn request(&self, name: &str, subject: &str) {
        self.openssl(&format!("req -new -utf8 -config openssl.cnf -key {name}.key -out {name}.csr -subj"), &[subject]);
    }

    fn openssl(&self, arguments: &str, more: &[&str]) {
        let output = Command::new("openssl").current_dir(&self.folder).args(arguments.split(' ')).args(more).output().unwrap();
        assert!(output.status.success(), "openssl {arguments}: {}", String::from_utf8_lossy(&output.stderr));
    }

    fn read(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.folder.join(name)).unwrap()
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.folder.join(name), text).unwrap();
    }
}

impl Drop for Authority {
    fn drop(&mut self) {
        // Only tidiness: a folder that stays does no harm.
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}
