//! What a package holds. Nothing is judged.

use crate::json::{ToJson, Writer};
use crate::submission::{Format, Package, PackageError, Submission};
use crate::text::{Base64, readable};

/// What a package holds, as it says itself.
#[derive(Clone, Debug)]
pub struct Inspection {
    /// What the dossier says of itself.
    pub submission: Submission,
    /// Every part, in package order.
    pub parts: Vec<PartDigest>,
    /// The signature file: its text, or the base64 of what is no text.
    pub signature: String,
}

/// A part and the digest of its bytes.
#[derive(Clone, Debug)]
pub struct PartDigest {
    /// The name in the package.
    pub name: String,
    /// 64 hexadecimal digits.
    pub sha256: String,
}

impl ToJson for PartDigest {
    fn write(&self, out: &mut Writer) {
        out.object(|out| out.member("name", &self.name).member("sha256", &self.sha256));
    }
}

impl ToJson for Inspection {
    fn write(&self, out: &mut Writer) {
        out.object(|out| out.member("submission", &self.submission).member("parts", &self.parts).member("signature", &self.signature));
    }
}

impl Inspection {
    /// What a package holds.
    ///
    /// # Errors
    /// Its `submission.json` cannot be read.
    pub fn of(package: &Package) -> Result<Self, PackageError> {
        let parts = package.parts.iter().map(|part| PartDigest { name: part.name.clone(), sha256: part.sha256.hex() });
        let signature = signature_text(package.format, &package.signature);
        Ok(Self { submission: Submission::read(&package.submission)?, parts: parts.collect(), signature })
    }
}

/// A signature file as text: of a signed message, which is none, the base64.
#[must_use]
pub fn signature_text(format: Format, signature: &[u8]) -> String {
    match format {
        Format::Jades => readable(signature),
        Format::Cades | Format::Asice => Base64::Standard.encode(signature),
    }
}
