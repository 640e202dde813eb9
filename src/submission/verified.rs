//! A package that was accepted, and what can be believed of it.

use super::package::Package;
use super::verify::{Verdict, VerifyOptions, verify};
use crate::dossier::{Claim, Submission};
use crate::report::Language;
use crate::sign::SignaturePolicy;
use std::sync::Arc;

/// A package that was accepted: only [`accept`] makes one, so whoever holds it need not ask again.
#[derive(Clone, Debug)]
pub struct Verified {
    package: Package,
    submission: Arc<Submission>,
    verdict: Verdict,
}

/// Verifies a package and keeps it when it is accepted.
///
/// # Errors
/// The verdict on a package that was refused, or of which something could not be determined.
pub fn accept(package: Package, options: &VerifyOptions) -> Result<Verified, Box<Verdict>> {
    let verdict = verify(&package, options);
    match &verdict.submission {
        Some(submission) if verdict.accepted => Ok(Verified { package, submission: Arc::clone(submission), verdict }),
        _ => Err(Box::new(verdict)),
    }
}

impl Verified {
    /// The package as a policy has it.
    ///
    /// # Errors
    /// The verdict, when the policy does not take a signature.
    pub fn held_against(self, policy: &SignaturePolicy, language: Language) -> Result<Self, Box<Verdict>> {
        let verdict = self.verdict.held_against(policy, language);
        if verdict.accepted { Ok(Self { verdict, ..self }) } else { Err(Box::new(verdict)) }
    }

    /// What the dossier says of itself.
    #[must_use]
    pub fn submission(&self) -> &Submission {
        &self.submission
    }

    /// The bytes of `form.json`: the data, canonical.
    #[must_use]
    pub fn form(&self) -> &[u8] {
        &self.package.form
    }

    /// The bytes of `schema.json`: the rule schema, canonical.
    #[must_use]
    pub fn schema(&self) -> &[u8] {
        &self.package.schema
    }

    /// The bytes of `view.html`: what the citizen read and signed.
    #[must_use]
    pub fn view(&self) -> &[u8] {
        &self.package.view
    }

    /// What the form says that databases answered. The signer claims it: ask again before anything rests on it.
    #[must_use]
    pub fn claims(&self) -> &[Claim] {
        &self.verdict.claims
    }

    /// The verdict, which accepts.
    #[must_use]
    pub const fn verdict(&self) -> &Verdict {
        &self.verdict
    }
}
