//! A small public key infrastructure made by `openssl` and `keytool`, so that what hoso reads was written by others.
//!
//! Tests and the demo include this file, so it uses only the standard library and keeps to the lints of code that is no test.
//! All persons are invented.

#![allow(dead_code, reason = "each test and the demo use a part")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What went wrong, with what the tool said.
pub type Result<T> = std::result::Result<T, String>;

/// The password of every key file made here.
pub const PASSWORD: &str = "hồ sơ 2026";

const DAY: i64 = 86_400;

/// The citizen's certificate subject, in the form Vietnamese authorities write it.
pub const CITIZEN: &str = "/C=VN/UID=CCCD:031185000002/CN=TRẦN THỊ MINH ANH";

/// A root, a CA below it, a citizen with an EC key and one with an RSA key, current revocation lists.
pub struct Pki {
    /// The root authority.
    pub root: Authority,
    /// The authority that certifies citizens.
    pub ca: Authority,
    /// `citizen-ec`, valid now.
    pub citizen_ec: Holder,
    /// `citizen-rsa`, valid now.
    pub citizen_rsa: Holder,
}

impl Pki {
    /// Makes everything in a directory, for the citizen of that subject, valid around `now` (seconds since 1970).
    pub fn create(dir: &Path, citizen: &str, now: i64) -> Result<Self> {
        let root = Authority::root(dir, "root", "/C=VN/O=hoso demo/CN=hoso demo root", "ec:P-384", now)?;
        let ca = root.authority("ca", "/C=VN/O=hoso demo/CN=hoso demo CA", "ec:P-256", now)?;
        let issue = |name, key| ca.issue(&Leaf { subject: citizen.to_owned(), ..Leaf::citizen(name, key, now) });
        let (citizen_ec, citizen_rsa) = (issue("citizen-ec", "ec:P-256")?, issue("citizen-rsa", "rsa:2048")?);
        for citizen in [&citizen_ec, &citizen_rsa] {
            citizen.pkcs12(&[&ca], &["-keypbe", "AES-256-CBC", "-certpbe", "AES-256-CBC", "-macalg", "sha256"], "")?;
        }
        let pki = Self { root, ca, citizen_ec, citizen_rsa };
        pki.lists(now)?;
        Ok(pki)
    }

    /// The trust anchor.
    pub fn root_pem(&self) -> PathBuf {
        self.root.certificate()
    }

    /// Both lists in one file.
    pub fn crl_pem(&self) -> PathBuf {
        self.root.dir.join("crl.pem")
    }

    /// Writes current lists of both authorities to [`Pki::crl_pem`]; again after something was revoked.
    pub fn lists(&self, now: i64) -> Result<()> {
        let both = [self.root.list("current", now - 3_600, now + 7 * DAY)?, self.ca.list("current", now - 3_600, now + 7 * DAY)?];
        let text: Vec<_> = both.iter().map(read).collect::<Result<_>>()?;
        write(&self.crl_pem(), &text.concat())
    }
}

/// An authority with its key, its certificate and openssl's database of what it issued.
pub struct Authority {
    dir: PathBuf,
    name: String,
    /// Options of `openssl ca` that choose how the authority signs, such as RSASSA-PSS.
    pub signing: Vec<String>,
}

/// What a certificate is to say.
pub struct Leaf {
    /// The stem of its files.
    pub name: String,
    /// `ec:P-256`, `ec:P-384`, `rsa:2048` …
    pub key: String,
    /// The subject as openssl's `-subj` takes it.
    pub subject: String,
    /// First and last instant, in seconds since 1970.
    pub validity: (i64, i64),
    /// Lines of an extension section.
    pub extensions: String,
}

impl Leaf {
    /// A citizen's signing certificate, valid from ten days ago for a year.
    pub fn citizen(name: &str, key: &str, now: i64) -> Self {
        Self {
            name: name.to_owned(),
            key: key.to_owned(),
            subject: CITIZEN.to_owned(),
            validity: (now - 10 * DAY, now + 355 * DAY),
            extensions: "basicConstraints=critical,CA:false\nkeyUsage=critical,nonRepudiation,digitalSignature\n\
                         extendedKeyUsage=emailProtection,clientAuth\n"
                .to_owned(),
        }
    }

    /// A time-stamping authority's certificate, whose one purpose is critical (RFC 3161 2.3).
    pub fn tsa(name: &str, key: &str, now: i64) -> Self {
        let extensions = "basicConstraints=critical,CA:false\nkeyUsage=critical,digitalSignature\nextendedKeyUsage=critical,timeStamping\n";
        Self::service(name, key, "/C=VN/O=hoso demo/CN=hoso demo TSA", extensions, now)
    }

    /// The certificate of someone who answers for an authority (RFC 6960 4.2.2.2), and about whom nobody need ask (4.2.2.2.1).
    pub fn responder(name: &str, key: &str, now: i64) -> Self {
        let extensions =
            "basicConstraints=critical,CA:false\nkeyUsage=critical,digitalSignature\nextendedKeyUsage=OCSPSigning\nnoCheck=yes\n";
        Self::service(name, key, "/C=VN/O=hoso demo/CN=hoso demo OCSP", extensions, now)
    }

    fn service(name: &str, key: &str, subject: &str, extensions: &str, now: i64) -> Self {
        let validity = (now - 100 * DAY, now + 1_000 * DAY);
        Self { name: name.to_owned(), key: key.to_owned(), subject: subject.to_owned(), validity, extensions: extensions.to_owned() }
    }
}

/// A certificate with its private key.
pub struct Holder {
    dir: PathBuf,
    name: String,
}

impl Authority {
    /// An authority that was made before.
    pub fn existing(dir: &Path, name: &str) -> Self {
        Self { dir: dir.to_owned(), name: name.to_owned(), signing: Vec::new() }
    }

    /// A self-signed root, valid from a year ago for ten years.
    pub fn root(dir: &Path, name: &str, subject: &str, key: &str, now: i64) -> Result<Self> {
        let authority = Self::prepare(dir, name)?;
        make_key(&authority.key(), key)?;
        request(dir, name, subject)?;
        authority.sign(name, (now - 365 * DAY, now + 3_650 * DAY), AUTHORITY, &["-selfsign"])?;
        Ok(authority)
    }

    /// An authority below this one, valid from half a year ago for five years.
    pub fn authority(&self, name: &str, subject: &str, key: &str, now: i64) -> Result<Self> {
        self.authority_with(name, subject, key, (now - 180 * DAY, now + 1_825 * DAY), AUTHORITY)
    }

    /// An authority below this one with the validity and extensions given.
    pub fn authority_with(&self, name: &str, subject: &str, key: &str, validity: (i64, i64), extensions: &str) -> Result<Self> {
        let authority = Self::prepare(&self.dir, name)?;
        make_key(&authority.key(), key)?;
        request(&self.dir, name, subject)?;
        self.sign(name, validity, extensions, &[])?;
        Ok(authority)
    }

    /// A certificate for a new key.
    pub fn issue(&self, leaf: &Leaf) -> Result<Holder> {
        let holder = Holder { dir: self.dir.clone(), name: leaf.name.clone() };
        make_key(&holder.key(), &leaf.key)?;
        request(&self.dir, &leaf.name, &leaf.subject)?;
        self.sign(&leaf.name, leaf.validity, &leaf.extensions, &[])?;
        Ok(holder)
    }

    /// A certificate for a request that someone else wrote to `NAME.csr`.
    pub fn sign_request(&self, leaf: &Leaf) -> Result<()> {
        self.sign(&leaf.name, leaf.validity, &leaf.extensions, &[])
    }

    /// Marks a certificate as revoked; the next list says so, with the reason if one is given.
    pub fn revoke(&self, holder: &Holder, reason: Option<&str>) -> Result<()> {
        let certificate = holder.certificate();
        let mut options = vec!["-revoke", text(&certificate)?];
        options.extend(reason.iter().flat_map(|reason| ["-crl_reason", reason]));
        self.ca(&options)
    }

    /// Moves every revocation to an instant, which the next list gives; `openssl ca` itself only knows its own clock.
    pub fn date_revocations(&self, at: i64) -> Result<()> {
        let index = self.database("index");
        // The third of the fields is empty, or the time as UTCTime, with the reason after a comma.
        let dated = |line: &str| {
            let fields = line.split('\t').enumerate().map(|(place, field)| match (place, field.split_once(',')) {
                (2, Some((_, reason))) => format!("{},{reason}", utc_time(at)),
                (2, None) if !field.is_empty() => utc_time(at),
                _ => field.to_owned(),
            });
            fields.collect::<Vec<_>>().join("\t") + "\n"
        };
        write(&index, &read(&index)?.lines().map(dated).collect::<String>())
    }

    /// A revocation list with the instants given, as `NAME-LABEL.crl.pem`.
    pub fn list(&self, label: &str, this_update: i64, next_update: i64) -> Result<PathBuf> {
        let out = self.dir.join(format!("{}-{label}.crl.pem", self.name));
        self.list_with(&out, &["-crl_lastupdate", &time(this_update), "-crl_nextupdate", &time(next_update)])?;
        Ok(out)
    }

    /// A revocation list with the options of `openssl ca` given.
    pub fn list_with(&self, out: &Path, options: &[&str]) -> Result<()> {
        self.ca(&[&["-gencrl", "-out", text(out)?], options].concat())
    }

    /// What a responder says now about a certificate, by `openssl ocsp` with the options given: the file of a response in DER.
    pub fn status(&self, responder: &Holder, about: &Holder, out: &str, options: &[&str]) -> Result<PathBuf> {
        let (out, request) = (self.dir.join(out), self.dir.join(format!("{out}.request")));
        let (index, own, leaf) = (self.database("index"), self.certificate(), about.certificate());
        let (certificate, key) = (responder.certificate(), responder.key());
        let ask = ["ocsp", "-issuer", text(&own)?, "-cert", text(&leaf)?, "-no_nonce", "-reqout", text(&request)?];
        openssl(&ask)?;
        let answer = ["ocsp", "-index", text(&index)?, "-CA", text(&own)?, "-rsigner", text(&certificate)?, "-rkey", text(&key)?];
        let files = ["-reqin", text(&request)?, "-respout", text(&out)?];
        openssl(&[&answer[..], &files[..], options].concat())?;
        Ok(out)
    }

    /// The file with the index of what this authority issued, for `openssl ocsp`.
    pub fn index(&self) -> PathBuf {
        self.database("index")
    }

    /// The certificate's file.
    pub fn certificate(&self) -> PathBuf {
        self.dir.join(format!("{}.pem", self.name))
    }

    fn key(&self) -> PathBuf {
        self.dir.join(format!("{}.key", self.name))
    }

    fn prepare(dir: &Path, name: &str) -> Result<Self> {
        fs::create_dir_all(dir.join(format!("{name}.db"))).map_err(|error| error.to_string())?;
        let authority = Self { dir: dir.to_owned(), name: name.to_owned(), signing: Vec::new() };
        write(&authority.database("index"), "")?;
        write(&authority.database("index.attr"), "unique_subject = no\n")?;
        // Serial numbers of one byte with the high bit set show whether signs are handled.
        write(&authority.database("serial"), "9001\n")?;
        write(&authority.database("crlnumber"), "01\n")?;
        let db = dir.join(format!("{name}.db"));
        let db = text(&db)?;
        let config = format!(
            "[ca]\ndefault_ca=this\n[this]\ndatabase={db}/index\nserial={db}/serial\ncrlnumber={db}/crlnumber\nnew_certs_dir={db}\n\
             certificate={}\nprivate_key={}\ndefault_md=sha256\npolicy=any\nunique_subject=no\nstring_mask=utf8only\n\
             crl_extensions=crl\n[any]\ncommonName=supplied\n[crl]\nauthorityKeyIdentifier=keyid\n",
            text(&authority.certificate())?,
            text(&authority.key())?
        );
        write(&authority.database("conf"), &config)?;
        Ok(authority)
    }

    fn database(&self, file: &str) -> PathBuf {
        self.dir.join(format!("{}.db", self.name)).join(file)
    }

    fn sign(&self, name: &str, (from, until): (i64, i64), extensions: &str, options: &[&str]) -> Result<()> {
        let (csr, pem, ext) =
            (self.dir.join(format!("{name}.csr")), self.dir.join(format!("{name}.pem")), self.dir.join(format!("{name}.ext")));
        write(&ext, extensions)?;
        let (from, until) = (time(from), time(until));
        let fixed = ["-batch", "-notext", "-utf8", "-preserveDN", "-startdate", &from, "-enddate", &until];
        self.ca(&[&fixed, &["-in", text(&csr)?, "-out", text(&pem)?, "-extfile", text(&ext)?][..], options].concat())
    }

    fn ca(&self, options: &[&str]) -> Result<()> {
        let config = self.database("conf");
        let signing: Vec<_> = self.signing.iter().map(String::as_str).collect();
        openssl(&[&["ca", "-config", text(&config)?], &signing[..], options].concat()).map(|_| ())
    }
}

impl Holder {
    /// A holder whose files another tool wrote.
    pub fn existing(dir: &Path, name: &str) -> Self {
        Self { dir: dir.to_owned(), name: name.to_owned() }
    }

    /// The certificate's file.
    pub fn certificate(&self) -> PathBuf {
        self.dir.join(format!("{}.pem", self.name))
    }

    /// The private key's file: PKCS#8 in PEM, not encrypted.
    pub fn key(&self) -> PathBuf {
        self.dir.join(format!("{}.key", self.name))
    }

    /// A time-stamp token over a file now, by `openssl ts`, with the digest given (`sha256`) and with or without the authority's certificate.
    pub fn stamp(&self, data: &Path, out: &Path, digest: &str, certificate: bool) -> Result<()> {
        let (request, digest) = (out.with_extension("request"), format!("-{digest}"));
        let mut ask = vec!["ts", "-query", "-data", text(data)?, &digest, "-out", text(&request)?];
        ask.extend(certificate.then_some("-cert"));
        openssl(&ask)?;
        let (config, serial) = (out.with_extension("ts.conf"), out.with_extension("ts.serial"));
        let (own, key) = (self.certificate(), self.key());
        self.time_stamping(&config, &serial)?;
        let reply = ["ts", "-reply", "-config", text(&config)?, "-queryfile", text(&request)?, "-signer", text(&own)?];
        openssl(&[&reply[..], &["-inkey", text(&key)?, "-token_out", "-out", text(out)?]].concat())?;
        [config, serial].iter().try_for_each(|file| fs::remove_file(file).map_err(|error| format!("{}: {error}", file.display())))
    }

    /// Writes the configuration with which `openssl ts` answers. It keeps its serial numbers in a file, so whoever answers has one of their own.
    pub fn time_stamping(&self, config: &Path, serial: &Path) -> Result<()> {
        let said = format!(
            "[tsa]\ndefault_tsa=this\n[this]\nserial={}\nsigner_digest=sha256\ndefault_policy=1.2.3.4.1\ndigests=sha256,sha384,sha512\n\
             accuracy=secs:1\nordering=no\ntsa_name=no\ness_cert_id_chain=no\ness_cert_id_alg=sha256\n",
            text(serial)?
        );
        write(config, &said)
    }

    /// The key file made by [`Holder::pkcs12`] with that suffix.
    pub fn pkcs12_file(&self, suffix: &str) -> PathBuf {
        self.dir.join(format!("{}{suffix}.p12", self.name))
    }

    /// A key file with the chain given, encrypted as the options of `openssl pkcs12` say.
    pub fn pkcs12(&self, chain: &[&Authority], options: &[&str], suffix: &str) -> Result<PathBuf> {
        self.pkcs12_with_password(chain, options, suffix, PASSWORD)
    }

    /// The same with another password.
    pub fn pkcs12_with_password(&self, chain: &[&Authority], options: &[&str], suffix: &str, password: &str) -> Result<PathBuf> {
        let out = self.pkcs12_file(suffix);
        let bundle = self.dir.join(format!("{}.chain", self.name));
        let certificates: Vec<_> = chain.iter().map(|authority| read(authority.certificate())).collect::<Result<_>>()?;
        write(&bundle, &certificates.concat())?;
        let (key, certificate, password) = (self.key(), self.certificate(), format!("pass:{password}"));
        let mut command = vec!["pkcs12", "-export", "-inkey", text(&key)?, "-in", text(&certificate)?, "-passout", &password];
        if !chain.is_empty() {
            command.extend(["-certfile", text(&bundle)?]);
        }
        command.extend(["-out", text(&out)?]);
        command.extend(options);
        openssl(&command)?;
        Ok(out)
    }
}

/// What an authority's certificate says.
pub const AUTHORITY: &str = "basicConstraints=critical,CA:true\nkeyUsage=critical,keyCertSign,cRLSign\nsubjectKeyIdentifier=hash\n\
                             authorityKeyIdentifier=keyid\n";

/// Runs openssl and gives what it wrote; `Err` holds what it complained about.
pub fn openssl(arguments: &[&str]) -> Result<String> {
    run(Command::new("openssl").args(arguments))
}

/// Whether Java's `keytool` is there.
pub fn has_keytool() -> bool {
    Command::new("keytool").arg("-help").output().is_ok()
}

/// Runs keytool.
pub fn keytool(arguments: &[&str]) -> Result<String> {
    run(Command::new("keytool").args(["-J-Duser.language=en", "-J-Dfile.encoding=UTF-8"]).args(arguments))
}

/// Seconds since 1970, by this machine's clock.
pub fn now() -> i64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_secs()).unwrap_or_default()
}

fn make_key(file: &Path, kind: &str) -> Result<()> {
    let (algorithm, option) = match kind.split_once(':') {
        Some(("ec", curve)) => ("EC", format!("ec_paramgen_curve:{curve}")),
        Some(("rsa", bits)) => ("RSA", format!("rsa_keygen_bits:{bits}")),
        _ => return Err(format!("unknown kind of key {kind}")),
    };
    openssl(&["genpkey", "-algorithm", algorithm, "-pkeyopt", &option, "-out", text(file)?]).map(|_| ())
}

fn request(dir: &Path, name: &str, subject: &str) -> Result<()> {
    let (key, csr) = (dir.join(format!("{name}.key")), dir.join(format!("{name}.csr")));
    let config = dir.join("request.conf");
    write(&config, "[req]\nstring_mask=utf8only\nutf8=yes\ndistinguished_name=dn\n[dn]\n")?;
    openssl(&["req", "-new", "-utf8", "-config", text(&config)?, "-key", text(&key)?, "-subj", subject, "-out", text(&csr)?]).map(|_| ())
}

fn run(command: &mut Command) -> Result<String> {
    let output = command.output().map_err(|error| format!("{command:?}: {error}"))?;
    let said = || String::from_utf8_lossy(&output.stderr).into_owned() + &String::from_utf8_lossy(&output.stdout);
    if output.status.success() { Ok(String::from_utf8_lossy(&output.stdout).into_owned()) } else { Err(format!("{command:?}: {}", said())) }
}

fn read(file: impl AsRef<Path>) -> Result<String> {
    fs::read_to_string(file.as_ref()).map_err(|error| format!("{}: {error}", file.as_ref().display()))
}

fn write(file: &Path, content: &str) -> Result<()> {
    fs::write(file, content).map_err(|error| format!("{}: {error}", file.display()))
}

fn text(path: &Path) -> Result<&str> {
    path.to_str().ok_or_else(|| format!("{} is not UTF-8", path.display()))
}

/// `YYMMDDHHMMSSZ`.
fn utc_time(unix: i64) -> String {
    time(unix).split_off(2)
}

/// `YYYYMMDDHHMMSSZ`. (Howard Hinnant, "chrono-compatible low-level date algorithms".)
fn time(unix: i64) -> String {
    let (days, second) = (unix.div_euclid(DAY), unix.rem_euclid(DAY));
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    format!("{year:04}{month:02}{day:02}{:02}{:02}{:02}Z", second / 3_600, second / 60 % 60, second % 60)
}
