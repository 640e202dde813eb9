//! Verifying a container of any maker: each signature by itself, and what none of them covers.
//!
//! A signature over a manifest is as good as what the manifest says: the files that it names are there and have the digests that it gives
//! (ETSI EN 319 102-1 V1.4.1, 5.2.7.4). A file that no signature covers is told, and the container is not accepted: whoever opens it sees that file
//! beside the signed ones.

use super::manifest::{self, Manifest, shown};
use super::{AsicError, EXTENDED, FOLDER, MIME_TYPE, SIMPLE};
use crate::cms::SignedData;
use crate::crypto::{HashAlgorithm, digest};
use crate::json::{ToJson, Writer};
use crate::limits;
use crate::report::{Coded, Language};
use crate::sign::cades::{self, Content};
use crate::sign::verdict::{Indication, Reason, SignatureVerdict, SubIndication};
use crate::sign::{SignatureError, Trust};
use crate::zip::{Archive, Member};

/// The media types of containers.
pub const MEDIA_TYPES: [&str; 2] = [EXTENDED, SIMPLE];

/// Where the content of a stored first entry named `mimetype`, without an extra field, stands (A.1).
const MIME_TYPE_AT: usize = 30;

/// The verdict on a container.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AsicVerdict {
    /// What the container says that it is.
    pub media_type: Option<&'static str>,
    /// One for each signature.
    pub signatures: Vec<AsicSignature>,
    /// Files that no signature covers, but for those that are refuted.
    pub uncovered: Vec<String>,
    /// Files beside the signatures that hoso knows and does not look at: archive manifests, timestamps and evidence records over the container.
    pub passed_over: Vec<String>,
    /// What keeps the container from being accepted, whatever its signatures.
    pub issues: Vec<Reason>,
}

/// A signature of a container.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AsicSignature {
    /// The file it stands in.
    pub file: String,
    /// The manifest that it signs; none in a simple container.
    pub manifest: Option<String>,
    /// The files that it covers, as far as they are there.
    pub covers: Vec<String>,
    /// The conclusion.
    pub verdict: SignatureVerdict,
}

impl AsicVerdict {
    /// Whether somebody signed, every signature passed, all files are covered, and nothing is wrong with the container.
    #[must_use]
    pub fn accepted(&self) -> bool {
        let sound = self.issues.is_empty() && self.uncovered.is_empty() && !self.signatures.is_empty();
        sound && self.signatures.iter().all(|signature| signature.verdict.passed())
    }

    /// Whether something is wrong with the container or refutes a signature. Where neither this holds nor [`AsicVerdict::accepted`],
    /// something could not be determined.
    #[must_use]
    pub fn refused(&self) -> bool {
        let failed = |signature: &AsicSignature| signature.verdict.indication == Indication::TotalFailed;
        !self.issues.is_empty() || !self.uncovered.is_empty() || self.signatures.iter().any(failed)
    }
}

impl ToJson for AsicSignature {
    fn write(&self, out: &mut Writer) {
        out.object(|out| {
            out.member("file", &self.file)
                .member("manifest", &self.manifest)
                .member("covers", &self.covers)
                .member("verdict", &self.verdict)
        });
    }
}

impl ToJson for AsicVerdict {
    fn write(&self, out: &mut Writer) {
        out.object(|out| {
            out.member("accepted", &self.accepted())
                .member("refused", &self.refused())
                .member("mediaType", &self.media_type)
                .member("signatures", &self.signatures)
                .member("uncovered", &self.uncovered)
                .member("passedOver", &self.passed_over)
                .member("issues", &self.issues)
        });
    }
}

/// Verifies a container, which is held whole.
#[must_use]
pub fn verify(bytes: &[u8], trust: &Trust<'_>, language: Language) -> AsicVerdict {
    let open =
        |media_type| AsicVerdict { media_type, signatures: Vec::new(), uncovered: Vec::new(), passed_over: Vec::new(), issues: Vec::new() };
    let refused = |media_type, error: &AsicError| {
        let mut verdict = open(media_type);
        verdict.issues.push(Reason::of(error, language));
        verdict
    };
    if bytes.len() > limits::ZIP_BYTES {
        return refused(None, &AsicError::Zip(crate::zip::ZipError::TooLarge));
    }
    let archive = match Archive::read(bytes) {
        Ok(archive) => archive,
        Err(error) => return refused(None, &error.into()),
    };
    let Some(media_type) = media_type(bytes, archive.members()) else { return refused(None, &AsicError::MimeType) };
    let members = archive.members();
    let covered = vec![false; members.len()];
    let digests = members.iter().map(|_| [None, None, None]).collect();
    let mut container = Container { members, trust, language, covered, digests, verdict: open(Some(media_type)) };
    match sorted(members) {
        Err(error) => container.issue(&error),
        Ok(sorted) => {
            for at in &sorted.passed_over {
                let name = container.name(*at);
                container.pass_over(&name);
            }
            if media_type == SIMPLE { container.simple(&sorted) } else { container.extended(&sorted) }
        }
    }
    container.verdict
}

/// A.1, and 4.3.3.1 and 4.4.3.1: whoever looks at the first bytes alone finds name and type at fixed places.
pub(super) fn media_type(bytes: &[u8], members: &[Member<'_>]) -> Option<&'static str> {
    let first = members.first().filter(|first| first.name == MIME_TYPE)?;
    let (_, magic) = bytes.split_at_checked(MIME_TYPE_AT)?;
    let content = magic.strip_prefix(MIME_TYPE.as_bytes()).filter(|content| content.starts_with(&first.content))?;
    MEDIA_TYPES.into_iter().find(|known| known.as_bytes() == &*first.content && content.starts_with(known.as_bytes()))
}

/// The places of the files of a container, by what they are.
#[derive(Default)]
pub(super) struct Sorted {
    pub(super) data: Vec<usize>,
    pub(super) manifests: Vec<usize>,
    pub(super) signatures: Vec<usize>,
    /// XAdES.
    pub(super) unsupported: Vec<usize>,
    /// What is named and not looked at.
    pub(super) passed_over: Vec<usize>,
}

/// What each file is. Archive manifests, timestamps and evidence records (A.4, 4.4.3.2) are named and passed over: they say how long the
/// signatures may be believed, and hoso does not ask them.
pub(super) fn sorted(members: &[Member<'_>]) -> Result<Sorted, AsicError> {
    let mut sorted = Sorted::default();
    for (at, member) in members.iter().enumerate().skip(1) {
        let name = member.name.as_str();
        let (folder, rest) = name.split_once('/').unwrap_or(("", name));
        if folder.is_empty() || !folder.eq_ignore_ascii_case(FOLDER) {
            sorted.data.push(at);
            continue;
        }
        if folder != FOLDER || rest.contains('/') {
            return Err(AsicError::MetaInf { name: name.to_owned() });
        }
        let is_xml = rest.ends_with(".xml");
        let list = match rest {
            _ if is_xml && (rest.contains("ASiCArchiveManifest") || rest.contains("ASiCEvidenceRecordManifest")) => &mut sorted.passed_over,
            _ if is_xml && rest.contains("ASiCManifest") => &mut sorted.manifests,
            _ if is_xml && rest.contains("signatures") => &mut sorted.unsupported,
            _ if rest.ends_with(".p7s") && rest.contains("signature") => &mut sorted.signatures,
            _ if rest.ends_with(".tst") && rest.contains("timestamp") => &mut sorted.passed_over,
            _ if (is_xml || rest.ends_with(".ers")) && rest.contains("evidencerecord") => &mut sorted.passed_over,
            // It is not signed, and nothing here says what it is.
            _ => &mut sorted.data,
        };
        list.push(at);
    }
    refuse_too_many(members, &sorted)?;
    Ok(sorted)
}

/// A signature costs a path to be found: there is a bound on how many.
fn refuse_too_many(members: &[Member<'_>], sorted: &Sorted) -> Result<(), AsicError> {
    let mut signers = sorted.unsupported.len().max(sorted.manifests.len());
    for member in sorted.signatures.iter().filter_map(|at| members.get(*at)) {
        signers += SignedData::read(&member.content).map_or(1, |data| data.signers.len());
    }
    if signers > limits::SIGNERS { Err(AsicError::TooManySignatures) } else { Ok(()) }
}

struct Container<'c> {
    members: &'c [Member<'c>],
    trust: &'c Trust<'c>,
    language: Language,
    covered: Vec<bool>,
    /// Each file is digested once with each function, however many manifests name it.
    digests: Vec<[Option<Vec<u8>>; 3]>,
    verdict: AsicVerdict,
}

impl<'c> Container<'c> {
    /// 4.3: one file, and one signed message over its bytes.
    fn simple(&mut self, sorted: &Sorted) {
        self.unsupported(sorted);
        let object = match sorted.data.as_slice() {
            [object] if sorted.manifests.is_empty() => Some(*object),
            _ => {
                self.issue(&AsicError::DataObjects);
                None
            }
        };
        for at in &sorted.signatures {
            match object.filter(|_| sorted.signatures.len() == 1) {
                Some(object) => {
                    let covers = vec![self.name(object)];
                    self.signed(*at, None, self.content(object), &covers, |_, verdict| verdict);
                    self.cover(&[object]);
                }
                None => self.unreferenced(*at),
            }
        }
        self.finish(sorted);
    }

    /// 4.4: manifests, each with the signature that it names.
    fn extended(&mut self, sorted: &Sorted) {
        self.unsupported(sorted);
        let mut taken = Vec::new();
        for at in &sorted.manifests {
            match manifest::read(self.content(*at), &self.name(*at)) {
                Ok(manifest) => self.by_manifest(*at, &manifest, sorted, &mut taken),
                Err(error) => self.issue(&error),
            }
        }
        for at in sorted.signatures.iter().filter(|at| !taken.contains(*at)) {
            self.unreferenced(*at);
        }
        self.finish(sorted);
    }

    fn by_manifest(&mut self, at: usize, manifest: &Manifest, sorted: &Sorted, taken: &mut Vec<usize>) {
        let place = |name: &str| self.members.iter().position(|member| member.name == name);
        let signature = place(&manifest.signature);
        if signature.is_some_and(|at| self.verdict.passed_over.contains(&self.name(at))) {
            // A timestamp over a manifest is no signature.
            let name = self.name(at);
            return self.pass_over(&name);
        }
        let Some(signature) = signature.filter(|at| sorted.signatures.contains(at)) else {
            return self.issue(&AsicError::SignatureMissing { name: shown(&manifest.signature) });
        };
        if taken.contains(&signature) {
            return self.issue(&AsicError::SignatureShared { name: self.name(signature) });
        }
        taken.push(signature);
        if let Some(nested) = manifest.references.iter().find(|reference| is_in_folder(&reference.name)) {
            self.issue(&AsicError::ManifestNested { name: shown(&nested.name) });
        }
        let places: Vec<_> = manifest.references.iter().map(|reference| place(&reference.name)).collect();
        let held = self.check_references(manifest, &places);
        let places: Vec<usize> = places.into_iter().flatten().collect();
        let covers: Vec<_> = places.iter().map(|at| self.name(*at)).collect();
        let signed = self.signed(signature, Some(self.name(at)), self.content(at), &covers, |language, verdict| match &held {
            Err((why, reason)) if verdict.indication != Indication::TotalFailed => verdict.concluded(*why, reason, language),
            _ => verdict,
        });
        if signed {
            self.cover(&places);
        }
    }

    /// EN 319 102-1 5.2.7.4, 1) and 2). A digest that differs refutes the signature, whatever else is missing.
    fn check_references(&mut self, manifest: &Manifest, places: &[Option<usize>]) -> Result<(), (SubIndication, SignatureError)> {
        let mut missing = None;
        for (reference, place) in manifest.references.iter().zip(places) {
            match place {
                Some(at) if self.digest(*at, reference.hash) != reference.digest => {
                    let part = shown(&reference.name);
                    return Err((SubIndication::HashFailure, SignatureError::PartChanged { part }));
                }
                Some(_) => {}
                None => missing = missing.or(Some(reference)),
            }
        }
        match missing {
            Some(reference) => {
                let part = shown(&reference.name);
                Err((SubIndication::SignedDataNotFound, SignatureError::PartMissing { part }))
            }
            None => Ok(()),
        }
    }

    /// Verifies a signed message over a content, and answers whether a signature in it is not refuted.
    fn signed(
        &mut self,
        at: usize,
        manifest: Option<String>,
        content: &[u8],
        covers: &[String],
        conclude: impl Fn(Language, SignatureVerdict) -> SignatureVerdict,
    ) -> bool {
        let format = if manifest.is_some() { "asice" } else { "asics" };
        let mut stands = false;
        for mut verdict in cades::verify(self.content(at), Some(&Content::of(content)), self.trust, self.language) {
            verdict.format = format;
            let verdict = conclude(self.language, verdict);
            stands |= verdict.indication != Indication::TotalFailed;
            let (file, manifest, covers) = (self.name(at), manifest.clone(), covers.to_vec());
            self.verdict.signatures.push(AsicSignature { file, manifest, covers, verdict });
        }
        stands
    }

    /// EN 319 102-1 5.2.2: what is said to sign nothing is not of the format.
    fn unreferenced(&mut self, at: usize) {
        let error = AsicError::SignatureUnreferenced { name: self.name(at) };
        self.conclude(at, "asice", SubIndication::FormatFailure, &error);
    }

    /// A signature in XAdES was not looked at, so nothing refutes it: FORMAT_FAILURE, which is TOTAL-FAILED (EN 319 102-1 5.1.3, table 6), would say
    /// so. It is undetermined, since its format is none that the validation takes: a constraint on signatures (5.2.8).
    fn unsupported(&mut self, sorted: &Sorted) {
        for at in &sorted.unsupported {
            let error = AsicError::Unsupported { name: self.name(*at) };
            self.conclude(*at, "xades", SubIndication::SigConstraintsFailure, &error);
        }
    }

    fn conclude(&mut self, at: usize, format: &'static str, why: SubIndication, reason: &dyn Coded) {
        let verdict = SignatureVerdict::open(format).concluded(why, reason, self.language);
        self.verdict.signatures.push(AsicSignature { file: self.name(at), manifest: None, covers: Vec::new(), verdict });
    }

    /// What no signature covers. What a signature in XAdES covers is not known: where there is one, it is not said.
    fn finish(&mut self, sorted: &Sorted) {
        if self.verdict.signatures.is_empty() {
            self.issue(&AsicError::NoSignature);
        }
        for at in &sorted.data {
            let name = self.name(*at);
            if self.covered.get(*at) == Some(&true) || !sorted.unsupported.is_empty() {
                continue;
            }
            self.issue(&AsicError::Uncovered { name: name.clone() });
            self.verdict.uncovered.push(name);
        }
    }

    fn cover(&mut self, places: &[usize]) {
        for at in places {
            if let Some(covered) = self.covered.get_mut(*at) {
                *covered = true;
            }
        }
    }

    fn digest(&mut self, at: usize, hash: HashAlgorithm) -> Vec<u8> {
        let slot = match hash {
            HashAlgorithm::Sha384 => 1,
            HashAlgorithm::Sha512 => 2,
            _ => 0,
        };
        let content = self.members.get(at).map_or(&[][..], |member| &member.content);
        match self.digests.get_mut(at).and_then(|known| known.get_mut(slot)) {
            Some(known) => known.get_or_insert_with(|| digest(hash, &[content])).clone(),
            None => Vec::new(),
        }
    }

    fn issue(&mut self, error: &AsicError) {
        if self.verdict.issues.len() < limits::ISSUES {
            self.verdict.issues.push(Reason::of(error, self.language));
        }
    }

    fn pass_over(&mut self, name: &str) {
        self.verdict.passed_over.push(name.to_owned());
    }

    fn name(&self, at: usize) -> String {
        self.members.get(at).map(|member| member.name.clone()).unwrap_or_default()
    }

    fn content(&self, at: usize) -> &'c [u8] {
        self.members.get(at).map_or(&[], |member| &member.content)
    }
}

fn is_in_folder(name: &str) -> bool {
    name.split_once('/').is_some_and(|(folder, _)| folder == FOLDER)
}
