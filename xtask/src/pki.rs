//! A throw-away public key infrastructure for the demo, made by openssl: a root, an issuing authority,
//! a citizen's certificate, a full revocation list of each authority, and the citizen's PKCS#12 file.

use std::fs;
use std::path::{Path, PathBuf};

use crate::run::{Outcome, Run};

/// The files that signing and verifying need.
pub struct Pki {
    pub root: PathBuf,
    pub crls: [PathBuf; 2],
    pub p12: PathBuf,
    pub password_file: PathBuf,
}

/// The people and authorities are invented.
const CONFIGURATION: &str = r"
[req]
prompt = no
utf8 = yes
string_mask = utf8only
distinguished_name = root_name

[root_name]
C = VN
O = Hoso Demo
CN = Hoso Demo Root CA
[ca_name]
C = VN
O = Hoso Demo
CN = Hoso Demo Issuing CA
[citizen_name]
C = VN
CN = PHẠM THỊ THU HÀ
UID = CCCD:031164000008

[root_extensions]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
[ca_extensions]
basicConstraints = critical, CA:TRUE, pathlen:0
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid:always
[citizen_extensions]
basicConstraints = critical, CA:FALSE
keyUsage = critical, nonRepudiation, digitalSignature
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid:always

[list]
database = index.txt
crlnumber = crlnumber.txt
default_md = sha256
default_crl_days = 30
crl_extensions = list_extensions
[list_extensions]
authorityKeyIdentifier = keyid:always
";

const PASSWORD: &str = "mat-khau-dung-thu";

/// Makes everything in this folder.
///
/// # Errors
/// When a file cannot be written or openssl fails, with what it said.
pub fn make(folder: &Path) -> Outcome<Pki> {
    for (name, text) in [("openssl.cnf", CONFIGURATION), ("index.txt", ""), ("crlnumber.txt", "01\n"), ("password.txt", PASSWORD)] {
        fs::write(folder.join(name), text).map_err(|error| format!("{}: {error}.", folder.join(name).display()))?;
    }
    certify(folder, "root", 3650, "")?;
    certify(folder, "ca", 1825, "-CA root.pem -CAkey root.key")?;
    certify(folder, "citizen", 365, "-CA ca.pem -CAkey ca.key")?;
    for who in ["root", "ca"] {
        openssl(folder, &format!("ca -gencrl -config openssl.cnf -name list -keyfile {who}.key -cert {who}.pem -out {who}.crl.pem"))?;
    }
    let protection = "-keypbe AES-256-CBC -certpbe AES-256-CBC -macalg SHA256 -passout file:password.txt";
    openssl(folder, &format!("pkcs12 -export -inkey citizen.key -in citizen.pem -certfile ca.pem -out citizen.p12 {protection}"))?;
    Ok(Pki {
        root: folder.join("root.pem"),
        crls: [folder.join("root.crl.pem"), folder.join("ca.crl.pem")],
        p12: folder.join("citizen.p12"),
        password_file: folder.join("password.txt"),
    })
}

/// A P-256 key and its certificate, signed by the issuer or by itself.
fn certify(folder: &Path, who: &str, days: u16, issuer: &str) -> Outcome {
    openssl(folder, &format!("ecparam -genkey -noout -name prime256v1 -out {who}.key"))?;
    // `req` takes the subject's section only from `distinguished_name`, so each gets its own configuration.
    let own = CONFIGURATION.replace("distinguished_name = root_name", &format!("distinguished_name = {who}_name"));
    let file = folder.join(format!("{who}.cnf"));
    fs::write(&file, own).map_err(|error| format!("{}: {error}.", file.display()))?;
    openssl(
        folder,
        &format!("req -x509 -config {who}.cnf -key {who}.key -days {days} -extensions {who}_extensions -out {who}.pem {issuer}"),
    )
}

/// Runs openssl in this folder; none of the words holds a space.
fn openssl(folder: &Path, words: &str) -> Outcome {
    Run::new("openssl").args(words.split_whitespace()).dir(folder).read().map(drop)
}
