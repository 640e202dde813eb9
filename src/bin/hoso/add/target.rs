//! A signed file to which more is added: its signatures, what they are over, and the file around them.

use crate::args::Added;
use crate::exit::{CliError, Done, Failed};
use crate::files;
use crate::signed::{Given, Kind, STRONG, kind, refuse_content};
use crate::signer::Signer;
use crate::verify::package;
use hoso::cms::{Armour, CmsError};
use hoso::digest::Sha256Stream;
use hoso::limits;
use hoso::report::Language;
use hoso::sign::asic::Held;
use hoso::sign::cades::{self, Countersigned};
use hoso::sign::verdict::SignatureVerdict;
use hoso::sign::{Content, Part, SignError, Trust, Used, jades};
use hoso::submission::{Format, Package};
use std::io::Write;
use std::path::{Path, PathBuf};

pub struct Target {
    /// The signed message, or the signature file in JSON.
    pub signature: Vec<u8>,
    over: Over,
    place: Place,
}

/// Where the signature stands.
enum Place {
    /// In a file of its own, perhaps as text.
    File(Option<Armour>),
    Package(Box<Package>),
    /// In a container of files, which is held whole.
    Container(Vec<u8>),
}

/// What the signatures are over.
enum Over {
    /// The content of a message, where it is not in it.
    Content(Option<Given>),
    /// Named parts, in JSON as it is written here.
    Parts(Vec<Part>),
    /// Files beside a JWS in JSON of another maker.
    Any(Vec<Given>),
}

impl Target {
    pub fn open(options: &Added) -> Done<Self> {
        files::spare(&options.out, options.content.iter())?;
        let path = options.signed.as_path();
        match kind(path)? {
            Kind::Package => {
                refuse_content(&options.content)?;
                Self::of_package(package(path)?.map_err(Failed::unusable)?)
            }
            Kind::Message => {
                let file = files::read_most(path, Armour::BYTES)?;
                let (armour, signature) = Armour::open(&file)?;
                let given = Given::beside_message(&options.content, &STRONG)?;
                let target = Self { signature: signature.into_owned(), over: Over::Content(given), place: Place::File(armour) };
                target.check_content()?;
                Ok(target)
            }
            Kind::Jws => {
                let signature = files::read_most(path, limits::SIGNATURE_BYTES)?;
                let over = if jades::is_ours(&signature) {
                    Over::Parts(parts(&options.content)?)
                } else {
                    Over::Any(options.content.iter().map(|path| Given::beside_jws(path)).collect::<Done<_>>()?)
                };
                Ok(Self { signature, over, place: Place::File(None) })
            }
            Kind::Container => {
                refuse_content(&options.content)?;
                let container = files::read_most(path, limits::ZIP_BYTES)?;
                let held = Held::open(&container)?;
                let (signature, over) = (held.message().to_vec(), Over::Content(Some(Given::of(held.content().to_vec()))));
                let target = Self { signature, over, place: Place::Container(container) };
                target.check_content()?;
                Ok(target)
            }
        }
    }

    fn of_package(package: Package) -> Done<Self> {
        let over = match package.format {
            Format::Jades => Over::Parts(package.parts.clone()),
            Format::Cades => Over::Content(Some(Given::of(package.submission.clone()))),
            Format::Asice => Over::Content(Some(Given::of(package.manifest.clone()))),
        };
        let target = Self { signature: package.signature.clone(), over, place: Place::Package(Box::new(package)) };
        target.check_content()?;
        Ok(target)
    }

    /// Whoever adds to a signature of something else has seen something else.
    fn check_content(&self) -> Done<()> {
        let Over::Content(Some(given)) = &self.over else { return Ok(()) };
        Ok(cades::check_content(&self.signature, &given.content())?)
    }

    fn content(&self) -> Option<Content<'_>> {
        match &self.over {
            Over::Content(given) => given.as_ref().map(Given::content),
            Over::Parts(_) | Over::Any(_) => None,
        }
    }

    /// What stands beside a JWS of another maker: files by their names, or its payload.
    fn beside<T>(&self, files: &[Given], ask: impl FnOnce(&jades::Given<'_>) -> T) -> T {
        let named: Vec<_> = files.iter().map(|given| (given.name.clone(), given.content())).collect();
        match named.as_slice() {
            [(_, payload)] if !jades::names_parts(&self.signature) => ask(&jades::Given { payload: Some(payload), files: &[] }),
            files => ask(&jades::Given { payload: None, files }),
        }
    }

    /// Signs beside the signatures there are.
    pub fn cosigned(&self, signer: &Signer) -> Done<Vec<u8>> {
        let Signer { chain, algorithm, at, .. } = signer;
        match &self.over {
            Over::Parts(parts) => {
                let pending = jades::prepare_beside(&self.signature, parts, chain, *algorithm, *at)?;
                Ok(pending.attach(&signer.sign(pending.to_be_signed())?)?)
            }
            Over::Any(files) => {
                let pending = self.beside(files, |given| jades::prepare_beside_any(&self.signature, given, chain, *algorithm, *at))?;
                Ok(pending.attach(&signer.sign(pending.to_be_signed())?)?)
            }
            Over::Content(_) => {
                let over = Countersigned::Content(&self.signature);
                let pending = cades::countersign(over, self.content().as_ref(), chain, *algorithm, *at)?;
                Ok(pending.attach(&signer.sign(pending.to_be_signed())?)?)
            }
        }
    }

    /// Signs over a signature.
    pub fn countersigned(&self, place: usize, signer: &Signer) -> Done<Vec<u8>> {
        let Signer { chain, algorithm, at, .. } = signer;
        match &self.over {
            Over::Parts(_) => {
                let pending = jades::prepare_over(&self.signature, place, chain, *algorithm, *at)?;
                Ok(pending.attach(&signer.sign(pending.to_be_signed())?)?)
            }
            Over::Any(_) => {
                let pending = jades::prepare_over_any(&self.signature, place, chain, *algorithm, *at)?;
                Ok(pending.attach(&signer.sign(pending.to_be_signed())?)?)
            }
            Over::Content(_) => {
                let over = Countersigned::Signature(&self.signature, place);
                let pending = cades::countersign(over, None, chain, *algorithm, *at)?;
                Ok(pending.attach(&signer.sign(pending.to_be_signed())?)?)
            }
        }
    }

    /// How many signatures there are.
    pub fn count(&self) -> usize {
        let there = |place: &usize| self.stamped(*place).is_ok();
        (0..limits::SIGNERS).take_while(there).count()
    }

    /// Where the signature of a value stands.
    pub fn place(&self, value: &[u8]) -> Done<usize> {
        let found = (0..self.count()).find(|place| self.stamped(*place).is_ok_and(|stamped| stamped == value));
        Ok(found.ok_or(SignError::from(CmsError::NoSigner))?)
    }

    /// What a timestamp of a signature is of: its value.
    pub fn stamped(&self, place: usize) -> Done<Vec<u8>> {
        Ok(match &self.over {
            Over::Parts(_) => jades::stamped(&self.signature, place)?,
            Over::Any(_) => jades::stamped_any(&self.signature, place)?,
            Over::Content(_) => cades::stamped(&self.signature, place)?,
        })
    }

    pub fn add_timestamp(&mut self, place: usize, token: &[u8]) -> Done<()> {
        self.signature = match &self.over {
            Over::Parts(_) => jades::with_timestamp(&self.signature, place, token)?,
            Over::Any(_) => jades::with_timestamp_any(&self.signature, place, token)?,
            Over::Content(_) => cades::with_timestamp(&self.signature, place, token)?,
        };
        Ok(())
    }

    pub fn verdicts(&self, trust: &Trust<'_>, language: Language) -> Vec<SignatureVerdict> {
        let found = match &self.over {
            Over::Parts(parts) => jades::verify(&self.signature, parts, trust, language),
            Over::Any(files) => self.beside(files, |given| jades::verify_any(&self.signature, given, trust, language)),
            Over::Content(_) => return cades::verify(&self.signature, self.content().as_ref(), trust, language),
        };
        found.signatures.into_iter().map(|judged| judged.verdict).collect()
    }

    /// What a signature needs to last.
    pub fn lasting(&self, place: usize, trust: &Trust<'_>, language: Language) -> Result<Used, Box<SignatureVerdict>> {
        match &self.over {
            Over::Parts(parts) => jades::lasting(&self.signature, place, parts, trust, language),
            Over::Any(files) => self.beside(files, |given| jades::lasting_any(&self.signature, place, given, trust, language)),
            Over::Content(_) => cades::lasting(&self.signature, place, self.content().as_ref(), trust, language),
        }
    }

    pub fn add_evidence(&mut self, place: usize, used: &Used) -> Done<()> {
        self.signature = match &self.over {
            Over::Parts(_) => jades::with_evidence(&self.signature, place, used)?,
            Over::Any(_) => jades::with_evidence_any(&self.signature, place, used)?,
            Over::Content(_) => cades::with_evidence(&self.signature, used)?,
        };
        Ok(())
    }

    /// Writes the file with these signatures: of a package everything before them as it was.
    pub fn write(&self, options: &Added, signature: &[u8]) -> Done<()> {
        let package = match &self.place {
            Place::Package(package) => package,
            Place::Container(container) => return files::write_all(&options.out, &Held::open(container)?.with(signature)?),
            Place::File(_) if signature.len() > limits::SIGNATURE_BYTES => {
                return Err(files::too_large(&options.out, limits::SIGNATURE_BYTES).into());
            }
            Place::File(None) => return files::write_all(&options.out, signature),
            Place::File(Some(armour)) => return files::write_all(&options.out, &armour.close(signature)),
        };
        let (kept, tail) = package.with_signature(signature)?;
        files::write(&options.out, |file| {
            copy(&options.signed, kept, package, file, &options.out)?;
            Ok(file.write_all(&tail).map_err(|error| files::unwritable(&options.out, &error))?)
        })
    }
}

/// The start of the package, which must still be what was read.
fn copy(from: &Path, kept: u64, package: &Package, file: &mut dyn Write, out: &Path) -> Done<()> {
    let (mut left, mut again) = (kept, hoso::submission::Intake::default());
    files::stream(from, |piece| {
        // The rest is only read to be compared.
        let _ = again.push(piece);
        let now = piece.get(..usize::try_from(left).unwrap_or(usize::MAX)).unwrap_or(piece);
        left -= now.len() as u64;
        file.write_all(now)
    })?
    .map_err(|error| files::unwritable(out, &error))?;
    match again.finish() {
        Ok(same) if same == *package => Ok(()),
        _ => Err(CliError::FileChanged { file: from.display().to_string() }.into()),
    }
}

fn parts(paths: &[PathBuf]) -> Done<Vec<Part>> {
    let mut parts = Vec::new();
    for path in paths {
        let (mut digest, mut size) = (Sha256Stream::default(), 0);
        files::each(path, |piece| {
            digest.update(piece);
            size += piece.len() as u64;
        })?;
        parts.push(Part { name: files::name(path)?, size, sha256: digest.finish() });
    }
    Ok(parts)
}
