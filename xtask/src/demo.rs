//! `cargo xtask demo`: the main job on a real form, in the terminal, then in the browser.

use std::fs;
use std::path::{Path, PathBuf};

use crate::package;
use crate::page;
use crate::pki::{self, PASSWORD, Pki};
use crate::run::{Outcome, Run};
use crate::setup::{self, For};

/// How far the demo goes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Length {
    /// The terminal part, then the page.
    Whole,
    /// The terminal part.
    Once,
}

/// Registering a household business, which the law has the citizen sign digitally.
const SCHEMA: &str = "forms/1.001612-ho-kinh-doanh/schema.json";
/// One dossier with six mistakes, and the same dossier mended.
const MISTAKEN: &str = "forms/1.001612-ho-kinh-doanh/examples/invalid/six-mistakes-at-once.json";
const MENDED: &str = "forms/1.001612-ho-kinh-doanh/examples/valid/family-members.json";
/// The owner in the mended dossier, as her certificate names her.
pub const OWNER: &str = "/C=VN/UID=CCCD:031164000008/CN=PHẠM THỊ THU HÀ";
/// The paper that the dossier needs, at its field.
const PAPER: &str = "/attachments/familyAuthorisation=forms/1.001612-ho-kinh-doanh/examples/files/uy-quyen-thanh-vien.pdf";
const AUDIENCE: &str = "https://dichvucong.haiphong.gov.vn";
const DOSSIER: &str = "H24.15-261124-0001";

/// Runs the demo.
///
/// # Errors
/// At the first step that does not end as it should.
pub fn run(length: Length) -> Outcome {
    setup::set_up(For::Terminal).into_iter().next().map_or(Ok(()), Err)?;
    let demo = Demo::prepare()?;
    demo.mistakes()?;
    demo.mended()?;
    demo.reading_copy()?;
    demo.sign()?;
    demo.verify()?;
    demo.tampered()?;
    println!("\nDone. The signed dossier is TOTAL-PASSED and accepted; the tampered one is refused.");
    if length == Length::Whole {
        page::serve(&demo.folder)?;
    }
    Ok(())
}

struct Demo {
    hoso: PathBuf,
    folder: PathBuf,
    pki: Pki,
    password_file: PathBuf,
}

impl Demo {
    fn prepare() -> Outcome<Self> {
        println!("Building hoso.");
        Run::cargo().args(["build", "--quiet", "--features", "cli"]).show()?;
        println!("Making a throw-away certification authority and a citizen's key in target/demo, with openssl.");
        let folder = setup::root().join("target/demo");
        fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}.", folder.display()))?;
        let pki = Pki::create(&folder, OWNER, pki::now())?;
        let password_file = folder.join("password.txt");
        fs::write(&password_file, PASSWORD).map_err(|error| format!("{}: {error}.", password_file.display()))?;
        // Cargo puts every program of a profile into one folder.
        let xtask = std::env::current_exe().map_err(|error| format!("The folder of xtask is unknown: {error}."))?;
        let hoso = xtask.with_file_name(format!("hoso{}", std::env::consts::EXE_SUFFIX));
        Ok(Self { hoso, folder, pki, password_file })
    }

    fn mistakes(&self) -> Outcome {
        step(1, "A citizen registers a household business, and makes mistakes. hoso says what to mend, in Vietnamese.");
        expect(1, self.hoso("validate").args(["--lang", "vi"]).arg(MISTAKEN))
    }

    fn mended(&self) -> Outcome {
        step(2, "The same form, mended, with the family's authorisation attached.");
        expect(0, self.hoso("validate").args(["--lang", "vi"]).arg(MENDED))
    }

    fn reading_copy(&self) -> Outcome {
        step(3, "The reading copy: what the citizen sees is what will be signed.");
        let view = self.hoso("view").args(["--lang", "vi"]).arg(MENDED).read()?;
        let file = self.folder.join("view.html");
        fs::write(&file, &view).map_err(|error| format!("{}: {error}.", file.display()))?;
        println!("  {} bytes of HTML in target/demo/view.html, the same bytes on every machine.", view.len());
        Ok(())
    }

    fn sign(&self) -> Outcome {
        step(
            4,
            "One password, once: form, paper, schema and reading copy are sealed and signed together, with the citizen's key from a PKCS#12 file.",
        );
        let line =
            self.hoso("sign").arg("--data").arg(MENDED).arg("--attach").arg(PAPER).arg("--p12").arg(self.pki.citizen_ec.pkcs12_file(""));
        let line = line.arg("--password-file").arg(&self.password_file).args(["--format", "jades"]);
        expect(0, line.args(["--audience", AUDIENCE, "--dossier", DOSSIER, "-o"]).arg(self.package()))
    }

    fn verify(&self) -> Outcome {
        step(5, "The office verifies: the container, the data against the schema, the signature, the certificates, the revocation lists.");
        expect(0, self.check(&self.package()))
    }

    fn tampered(&self) -> Outcome {
        let mut bytes = fs::read(self.package()).map_err(|error| format!("The signed package cannot be read: {error}."))?;
        let change = package::tamper(&mut bytes, "form.json")?;
        step(
            6,
            &format!(
                "Someone changes one digit of form.json, {} to {}, and mends the ZIP's checksums. The signature tells.",
                change.from, change.to
            ),
        );
        let copy = self.folder.join("tampered.hoso.zip");
        fs::write(&copy, bytes).map_err(|error| format!("{}: {error}.", copy.display()))?;
        expect(1, self.check(&copy))
    }

    fn check(&self, package: &Path) -> Run {
        let line = Run::new(&self.hoso).arg("verify").arg(package).arg("--trust").arg(self.pki.root_pem());
        line.arg("--crl").arg(self.pki.crl_pem()).args(["--audience", AUDIENCE, "--lang", "vi"])
    }

    /// A command of hoso on the form's schema.
    fn hoso(&self, verb: &str) -> Run {
        Run::new(&self.hoso).arg(verb).arg("--schema").arg(SCHEMA)
    }

    fn package(&self) -> PathBuf {
        self.folder.join("ho-so.hoso.zip")
    }
}

fn step(number: u8, sentence: &str) {
    println!("\n{number}. {sentence}\n");
}

fn expect(wanted: i32, run: Run) -> Outcome {
    match run.code()? {
        code if code == wanted => Ok(()),
        code => Err(format!("The demo stops here: exit code {code}, where {wanted} was expected.")),
    }
}
