//! More beside the signatures of a package, over them or to them: further signers, counter-signatures, timestamps, evidence.
//!
//! Nothing that is there changes: ETSI EN 319 122-1 5.3 and 5.5, ETSI TS 119 182-1 5.3.

use super::format::Format;
use super::package::Package;
use super::signature;
use crate::crypto::SignatureAlgorithm;
use crate::limits;
use crate::pki::Certificate;
use crate::report::Language;
use crate::sign::cades::{self, Content, Countersigned};
use crate::sign::verdict::SignatureVerdict;
use crate::sign::{SignError, SignatureError, ToBeSigned, Trust, Used, jades};
use crate::text::Instant;

/// A signature that is still to come, beside those of a package or over one of them.
#[derive(Clone, Debug)]
pub struct Addition(Pending);

#[derive(Clone, Debug)]
enum Pending {
    Jades(jades::Pending),
    Cades(cades::Pending),
}

impl Addition {
    /// What the key must sign.
    #[must_use]
    pub const fn to_be_signed(&self) -> &ToBeSigned {
        match &self.0 {
            Pending::Jades(pending) => pending.to_be_signed(),
            Pending::Cades(pending) => pending.to_be_signed(),
        }
    }

    /// The signature file with it, once what came back is verified.
    ///
    /// # Errors
    /// What came back is no signature over the message by the certificate's key.
    pub fn attach(&self, signature: &[u8]) -> Result<Vec<u8>, SignError> {
        match &self.0 {
            Pending::Jades(pending) => pending.attach(signature),
            Pending::Cades(pending) => pending.attach(signature),
        }
    }
}

/// Signatures are counted from 0. What is made is the signature file, for [`Package::with_signature`].
impl Package {
    /// How many signatures there are.
    #[must_use]
    pub fn signatures(&self) -> usize {
        (0..limits::SIGNERS).take_while(|place| self.stamped(*place).is_ok()).count()
    }

    /// What is to be said of each signature.
    #[must_use]
    pub fn verdicts(&self, trust: &Trust<'_>, language: Language) -> Vec<SignatureVerdict> {
        let mut verdicts = Vec::new();
        for judged in signature::verify(self, trust, language).signatures {
            verdicts.push(judged.verdict);
        }
        verdicts
    }

    /// Whether the package still holds what the signatures of a message are over: whoever adds to a signature of something else has seen something
    /// else. Named parts are compared when somebody signs beside.
    ///
    /// # Errors
    /// It holds something else.
    pub fn check_content(&self) -> Result<(), SignatureError> {
        self.content().map_or(Ok(()), |content| cades::check_content(&self.signature, &content))
    }

    /// Prepares one more signature over what is signed.
    ///
    /// # Errors
    /// The certificate may not sign at that moment with that algorithm, or the signature file cannot be read.
    pub fn prepare_beside(&self, chain: &[Certificate], algorithm: SignatureAlgorithm, at: Instant) -> Result<Addition, SignError> {
        Ok(Addition(match self.content() {
            None => Pending::Jades(jades::prepare_beside(&self.signature, &self.parts, chain, algorithm, at)?),
            Some(content) => {
                let over = Countersigned::Content(&self.signature);
                Pending::Cades(cades::countersign(over, Some(&content), chain, algorithm, at)?)
            }
        }))
    }

    /// Prepares a signature over the one at a place.
    ///
    /// # Errors
    /// As [`Package::prepare_beside`]; there is no such signature.
    pub fn prepare_over(
        &self,
        place: usize,
        chain: &[Certificate],
        algorithm: SignatureAlgorithm,
        at: Instant,
    ) -> Result<Addition, SignError> {
        Ok(Addition(match self.format {
            Format::Jades => Pending::Jades(jades::prepare_over(&self.signature, place, chain, algorithm, at)?),
            Format::Cades | Format::Asice => {
                let over = Countersigned::Signature(&self.signature, place);
                Pending::Cades(cades::countersign(over, None, chain, algorithm, at)?)
            }
        }))
    }

    /// What a timestamp of the signature at a place is of.
    ///
    /// # Errors
    /// There is no such signature.
    pub fn stamped(&self, place: usize) -> Result<Vec<u8>, SignError> {
        match self.format {
            Format::Jades => jades::stamped(&self.signature, place),
            Format::Cades | Format::Asice => cades::stamped(&self.signature, place),
        }
    }

    /// The signature file with a timestamp token at the signature at a place.
    ///
    /// # Errors
    /// There is no such signature.
    pub fn with_timestamp(&self, place: usize, token: &[u8]) -> Result<Vec<u8>, SignError> {
        match self.format {
            Format::Jades => jades::with_timestamp(&self.signature, place, token),
            Format::Cades | Format::Asice => cades::with_timestamp(&self.signature, place, token),
        }
    }

    /// What the signature at a place needs to last (B-LT), from what the verifier has.
    ///
    /// # Errors
    /// The signature is not valid, or something is missing, as its verdict says.
    pub fn lasting(&self, place: usize, trust: &Trust<'_>, language: Language) -> Result<Used, Box<SignatureVerdict>> {
        match self.content() {
            None => jades::lasting(&self.signature, place, &self.parts, trust, language),
            Some(content) => cades::lasting(&self.signature, place, Some(&content), trust, language),
        }
    }

    /// The signature file with evidence at the signature at a place.
    ///
    /// # Errors
    /// There is no such signature.
    pub fn with_evidence(&self, place: usize, used: &Used) -> Result<Vec<u8>, SignError> {
        match self.format {
            Format::Jades => jades::with_evidence(&self.signature, place, used),
            Format::Cades | Format::Asice => cades::with_evidence(&self.signature, used),
        }
    }

    /// What a signed message is over.
    fn content(&self) -> Option<Content<'_>> {
        match self.format {
            Format::Jades => None,
            Format::Cades => Some(Content::of(&self.submission)),
            Format::Asice => Some(Content::of(&self.manifest)),
        }
    }
}
