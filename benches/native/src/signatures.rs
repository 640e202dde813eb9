//! Signatures verified, beside OpenSSL's command and pyHanko: `signatures HOSO [PYTHON]`, the command `hoso` and the Python that has pyHanko.
//!
//! Commands are started once for each file, as a script would; pyHanko is also asked again and again in one process. All are given the root, the lists
//! of both authorities and the document. Then a thousand packages in bulk, and one package by the library.

mod compared;
#[path = "../../../tests/support/pki.rs"]
mod pki;

use compared::{compared, median};
use hoso::pki::crl::Crl;
use hoso::pki::{Certificate, Policy};
use hoso::report::Language;
use hoso::submission::{Intake, VerifyOptions, verify};
use hoso::text::{Instant as Second, Moment};
use pki::{Authority, Holder, Leaf, Result};
use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

const ROUNDS: usize = 41;
const WARM: usize = 3;
/// Python takes a second to start.
const SLOW_ROUNDS: usize = 5;
const PACKAGES: usize = 1_000;
const KEYS: [(&str, &str, &str); 2] = [("P-256", "ec:P-256", "ES256"), ("RSA-2048", "rsa:2048", "RS256")];
const SIZES: [(&str, usize); 2] = [("1 kB", 1_000), ("5 MB", 5_000_000)];
const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../again.py");
const FORM: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../forms/1.001612-ho-kinh-doanh");

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let hoso = PathBuf::from(arguments.next().ok_or("the command hoso is not named")?);
    let python = arguments.next().map(PathBuf::from);
    let folder = std::env::temp_dir().join(format!("hoso-bench-{}", std::process::id()));
    fs::create_dir_all(&folder).map_err(told)?;
    let done = measured(&folder, &hoso, python.as_deref());
    fs::remove_dir_all(&folder).map_err(told)?;
    done
}

fn measured(folder: &Path, hoso: &Path, python: Option<&Path>) -> Result<()> {
    println!("\nA CAdES signature over a file, three certificates, two lists; medians of {ROUNDS}, a process for each file.\n");
    println!(
        "| key, file | hoso, ms | openssl, ms | hoso / openssl | pyHanko in one process, ms | hoso / pyHanko | pyHanko as a process, ms |"
    );
    println!("|---|---|---|---|---|---|---|");
    let mut families = Vec::new();
    for (name, key, algorithm) in KEYS {
        let family = Family::new(&folder.join(name), key, algorithm)?;
        for (size, bytes) in SIZES {
            println!("| {name}, {size} {}", family.file(hoso, python, bytes)?);
        }
        families.push((name, family));
    }
    println!("\n{PACKAGES} packages of a form without attachments.\n");
    println!("| key | cores | packages a second | for each core | peak memory, MB |\n|---|---|---|---|---|");
    for (name, family) in &families {
        family.packages(hoso)?;
        for cores in 1..=std::thread::available_parallelism().map_err(told)?.get().min(2) {
            println!("| {name} | {cores} | {}", family.bulk(hoso, cores)?);
        }
    }
    println!("\nOne such package by the library.\n\n| key | read and verified, ms | verified, ms |\n|---|---|---|");
    for (name, family) in &families {
        println!("| {name} | {}", family.library()?);
    }
    Ok(())
}

/// A root, an authority below it and a citizen, with keys of one kind, and the lists of both authorities.
struct Family {
    folder: PathBuf,
    algorithm: &'static str,
    root: Authority,
    ca: Authority,
    citizen: Holder,
}

impl Family {
    fn new(folder: &Path, key: &str, algorithm: &'static str) -> Result<Self> {
        fs::create_dir_all(folder).map_err(told)?;
        let now = pki::now();
        let root = Authority::root(folder, "root", "/C=VN/O=hoso bench/CN=hoso bench root", key, now)?;
        let ca = root.authority("ca", "/C=VN/O=hoso bench/CN=hoso bench CA", key, now)?;
        let citizen = ca.issue(&Leaf::citizen("citizen", key, now))?;
        for authority in [&root, &ca] {
            authority.list("now", now - 3_600, now + 86_400)?;
        }
        Ok(Self { folder: folder.to_owned(), algorithm, root, ca, citizen })
    }

    fn path(&self, name: &str) -> String {
        self.folder.join(name).to_string_lossy().into_owned()
    }

    fn lists(&self) -> [String; 2] {
        ["root", "ca"].map(|name| self.path(&format!("{name}-now.crl.pem")))
    }

    /// A row: hoso, OpenSSL and pyHanko over one file.
    fn file(&self, hoso: &Path, python: Option<&Path>, bytes: usize) -> Result<String> {
        let (document, signature) = (self.path("document"), self.path("document.p7s"));
        fs::write(&document, (0..bytes).map(|at| (at * 31 % 251) as u8).collect::<Vec<_>>()).map_err(told)?;
        let (ca, root, certificate, key) = (self.ca.certificate(), self.root.certificate(), self.citizen.certificate(), self.citizen.key());
        let sign = ["cms", "-sign", "-cades", "-binary", "-md", "sha256", "-outform", "DER", "-in", &document, "-out", &signature];
        run(Command::new("openssl").args(sign).arg("-signer").arg(certificate).arg("-inkey").arg(key).arg("-certfile").arg(&ca))?;
        // openssl takes lists from the file of what it trusts.
        let trusted = self.path("trusted.pem");
        let parts = [root.to_string_lossy().into_owned()].into_iter().chain(self.lists());
        fs::write(&trusted, parts.map(fs::read).collect::<std::io::Result<Vec<_>>>().map_err(told)?.concat()).map_err(told)?;
        let mut ours = Command::new(hoso);
        ours.args(["verify", &signature, "--content", &document, "--trust"])
            .arg(&root)
            .args(self.lists().iter().flat_map(|list| ["--crl", list]));
        let mut theirs = Command::new("openssl");
        theirs.args(["cms", "-verify", "-cades", "-binary", "-purpose", "any", "-crl_check_all", "-inform", "DER", "-out", "/dev/null"]);
        theirs.args(["-in", &signature, "-content", &document, "-CAfile", &trusted]);
        let [mut own, mut other, mut ratios] = [const { Vec::new() }; 3];
        for round in 0..WARM + ROUNDS {
            let pair = [timed(&mut ours)?, timed(&mut theirs)?];
            if round >= WARM {
                own.push(pair[0]);
                other.push(pair[1]);
                ratios.push(pair[0] / pair[1]);
            }
        }
        let own = median(own);
        let row = format!("| {:.2} | {:.2} | {:.2} ", own * 1e3, median(other) * 1e3, median(ratios));
        let Some(python) = python else { return Ok(format!("{row}| | | |")) };
        let mut line = format!("cms\tfile={signature}\tcontent={document}\troot={}\tchain={}", root.display(), ca.display());
        self.lists().iter().for_each(|list| line += &format!("\tcrl={list}"));
        let asked = |rounds: usize| {
            let mut command = Command::new(python);
            command.args([SCRIPT, &rounds.to_string(), &line]);
            command
        };
        let told = run(&mut asked(ROUNDS))?;
        let each: Vec<f64> = told.lines().skip(WARM).filter_map(|line| line.parse().ok()).collect();
        let process = (0..SLOW_ROUNDS).map(|_| timed(&mut asked(1))).collect::<Result<Vec<_>>>()?;
        let loop_time = median(each);
        Ok(format!("{row}| {:.2} | {:.2} | {:.0} |", loop_time * 1e3, own / loop_time, median(process) * 1e3))
    }

    /// A package of the household form, signed by the command.
    fn package(&self, hoso: &Path, package: &Path) -> Result<()> {
        let mut sign = Command::new(hoso);
        sign.args(["sign", "--audience", "https://portal.example", "--dossier", "H24.15-261124-0001", "--alg", self.algorithm, "--key"]);
        sign.arg(self.citizen.key()).arg("--cert").arg(self.citizen.certificate()).arg("--chain").arg(self.ca.certificate());
        sign.args(["--schema", &format!("{FORM}/schema.json"), "--data", &format!("{FORM}/examples/valid/sole-owner.json"), "--out"]);
        run(sign.arg(package)).map(drop)
    }

    /// A thousand packages, each of its own nonce, since one that stands twice in a list is told.
    fn packages(&self, hoso: &Path) -> Result<()> {
        let folder = self.folder.join("bulk");
        fs::create_dir_all(&folder).map_err(told)?;
        let mut list = String::new();
        for at in 0..PACKAGES {
            let package = folder.join(format!("{at}.zip"));
            self.package(hoso, &package)?;
            list += &format!("{}\n", package.display());
        }
        fs::write(self.path("packages.txt"), list).map_err(told)
    }

    /// A row: these packages on so many cores.
    fn bulk(&self, hoso: &Path, cores: usize) -> Result<String> {
        let (names, memory) = (self.path("packages.txt"), self.path("memory.txt"));
        let mut seconds = Vec::new();
        for _ in 0..SLOW_ROUNDS {
            let mut line = Command::new("taskset");
            line.args(["--cpu-list", if cores == 1 { "0" } else { "0,1" }, "/usr/bin/time", "-f", "%M", "-o", &memory]).arg(hoso);
            line.args(["verify", "--ndjson", &names, "--trust"]).arg(self.root.certificate());
            seconds.push(timed(line.args(self.lists().iter().flat_map(|list| ["--crl", list])))?);
        }
        let rate = PACKAGES as f64 / median(seconds);
        let peak: f64 = fs::read_to_string(memory).map_err(told)?.trim().parse().map_err(told)?;
        Ok(format!("{rate:.0} | {:.0} | {:.1} |", rate / cores as f64, peak / 1024.0))
    }

    /// A row: the same package by the library.
    fn library(&self) -> Result<String> {
        let bytes = fs::read(self.folder.join("bulk/0.zip")).map_err(told)?;
        let file = |name: &str| fs::read(self.path(name)).map_err(told);
        let mut crls = Vec::new();
        for list in self.lists() {
            crls.extend(Crl::read_all(&fs::read(list).map_err(told)?).map_err(told)?);
        }
        let options = VerifyOptions {
            anchors: Certificate::read_all(&file("root.pem")?).map_err(told)?,
            certificates: Vec::new(),
            crls,
            answers: Vec::new(),
            revocation: Policy::Require,
            schemas: None,
            audience: None,
            code_lists: None,
            received: Moment::new(Second::from_unix(pki::now()), Moment::VIETNAM),
            language: Language::Vi,
        };
        let read = || {
            let mut intake = Intake::default();
            intake.push(&bytes).and_then(|()| intake.finish())
        };
        let package = read().map_err(told)?;
        let verdict = verify(&package, &options);
        if !verdict.accepted {
            return Err(format!("the package is refused: {verdict:?}"));
        }
        let whole = || _ = black_box(read().map(|package| verify(&package, &options)));
        let (ratio, time) = compared(&whole, &|| _ = black_box(verify(&package, &options)));
        Ok(format!("{:.2} | {:.2} |", time.as_secs_f64() * 1e3, time.as_secs_f64() * 1e3 / ratio))
    }
}

/// The seconds that a command takes, which has to end well.
fn timed(command: &mut Command) -> Result<f64> {
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let start = Instant::now();
    let status = command.status().map_err(told)?;
    let taken = start.elapsed().as_secs_f64();
    if status.success() { Ok(taken) } else { Err(format!("{command:?}: {status}")) }
}

/// What a command says, which has to end well.
fn run(command: &mut Command) -> Result<String> {
    let output = command.output().map_err(told)?;
    if output.status.success() { Ok(String::from_utf8_lossy(&output.stdout).into_owned()) } else { Err(format!("{command:?}: {output:?}")) }
}

fn told(error: impl std::fmt::Debug) -> String {
    format!("{error:?}")
}
