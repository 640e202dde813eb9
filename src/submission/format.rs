//! The formats in which a dossier is signed, and what stands in the package for each.

use crate::sign::asic;

/// How a dossier is signed. All of them cover every part of the package.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// JAdES: `signature.jose.json` names every part with its digest.
    Jades,
    /// CAdES: `signature.p7s` is a signed message over `submission.json`, which names every other part with its digest.
    Cades,
    /// ASiC-E with CAdES: `mimetype` stands first, a manifest names every part with its digest, and a signed message is over the manifest.
    Asice,
}

impl Format {
    /// Every format; the first is what portals take.
    pub const ALL: [Self; 3] = [Self::Jades, Self::Cades, Self::Asice];

    /// As requests and verdicts write it: `jades`, `cades` or `asice`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Jades => "jades",
            Self::Cades => "cades",
            Self::Asice => "asice",
        }
    }

    /// The format of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.name() == name)
    }

    /// The name of the signature file, the last entry.
    #[must_use]
    pub const fn signature(self) -> &'static str {
        match self {
            Self::Jades => "signature.jose.json",
            Self::Cades => "signature.p7s",
            Self::Asice => asic::SIGNATURE,
        }
    }

    /// The format whose signature file has that name, of those that have no entry before the documents.
    pub(super) fn of_signature(name: &str) -> Option<Self> {
        [Self::Jades, Self::Cades].into_iter().find(|format| format.signature() == name)
    }
}
