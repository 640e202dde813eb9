//! The signatures of a package, whatever their format: their verdicts, and whether they cover the parts.

use super::format::Format;
use super::package::Package;
use crate::cms::{self, CmsError, SignedData};
use crate::report::{Coded, Language};
use crate::sign::asic::{self, AsicError, Named};
use crate::sign::cades::{self, Content};
use crate::sign::verdict::{Indication, SignatureVerdict, SubIndication};
use crate::sign::{Judged, SignatureError, Trust, Verification, jades};
use crate::text::{Instant, Moment};

/// Verifies the signatures of a package.
pub(super) fn verify(package: &Package, trust: &Trust<'_>, language: Language) -> Verification {
    match package.format {
        Format::Jades => jades::verify(&package.signature, &package.parts, trust, language),
        // The gate holds every other part against what `submission.json` says of it, so what it leaves out is not accepted either.
        Format::Cades => over(&package.submission, package, trust, language),
        Format::Asice => {
            let mut found = over(&package.manifest, package, trust, language);
            if let Err((why, reason)) = compare(package, &mut found) {
                conclude(&mut found, why, reason.as_ref(), language);
            }
            found
        }
    }
}

/// The signatures of a message over these bytes, in the one frame that a package has: what is signed is not in the message too.
fn over(signed: &[u8], package: &Package, trust: &Trust<'_>, language: Language) -> Verification {
    let mut signatures = Vec::new();
    let (verdicts, loose) = cades::verify_whole(&package.signature, Some(&Content::of(signed)), trust, language);
    for mut verdict in verdicts {
        verdict.format = package.format.name();
        signatures.push(Judged { issued: issued(&verdict), verdict });
    }
    let mut found = Verification { signatures, uncovered: Vec::new(), absent: Vec::new(), in_order: true, loose };
    if SignedData::read(&package.signature).is_ok_and(|data| !cms::is_framed(&package.signature, &data)) {
        conclude(&mut found, SubIndication::FormatFailure, &CmsError::Unexpected, language);
    }
    found
}

/// What is wrong with what was signed is said of every signature over it; one that is refuted already stays so.
fn conclude(found: &mut Verification, why: SubIndication, reason: &dyn Coded, language: Language) {
    for Judged { verdict, .. } in &mut found.signatures {
        if verdict.indication != Indication::TotalFailed {
            *verdict = verdict.clone().concluded(why, reason, language);
        }
    }
}

/// Why a manifest does not hold for the parts.
type Differs = (SubIndication, Box<dyn Coded>);

/// Whether the manifest names the parts, all of them, in their order and with their digests, and is written as it must be.
fn compare(package: &Package, found: &mut Verification) -> Result<(), Differs> {
    let named = match asic::read_package_manifest(&package.manifest) {
        Ok(named) => named,
        Err(error) => {
            found.uncovered = package.parts.iter().map(|part| part.name.clone()).collect();
            return Err((SubIndication::FormatFailure, Box::new(error)));
        }
    };
    let mut covered = vec![false; package.parts.len()];
    let (mut last, mut changed) = (None, None);
    for Named { name, sha256 } in &named {
        let place = package.parts.iter().position(|part| part.name == *name);
        let Some((at, part)) = place.and_then(|at| Some((at, package.parts.get(at)?))) else {
            found.absent.push(asic::shown(name));
            continue;
        };
        covered.iter_mut().skip(at).take(1).for_each(|covered| *covered = true);
        found.in_order &= last < Some(at);
        last = Some(at);
        if sha256.as_deref() != Some(part.sha256.bytes()) {
            changed = changed.or(Some(name.clone()));
        }
    }
    for (part, covered) in package.parts.iter().zip(covered) {
        if !covered {
            found.uncovered.push(part.name.clone());
        }
    }
    if let Some(part) = changed {
        return Err((SubIndication::HashFailure, Box::new(SignatureError::PartChanged { part })));
    }
    if let Some(part) = found.absent.first() {
        return Err((SubIndication::SignedDataNotFound, Box::new(SignatureError::PartMissing { part: part.clone() })));
    }
    // What was signed is another set or order, which the gate says.
    let others = !found.uncovered.is_empty() || !found.in_order;
    if others || asic::package_manifest(&package.parts) == package.manifest {
        Ok(())
    } else {
        Err((SubIndication::FormatFailure, Box::new(AsicError::ManifestForm)))
    }
}

/// The claimed time of a verdict. One beyond what a clock shows lies ahead of every receipt.
fn issued(verdict: &SignatureVerdict) -> Option<Instant> {
    let text = verdict.signing_time.as_deref()?;
    Some(Moment::parse(text).map_or(Instant::from_unix(i64::MAX), Moment::instant))
}
