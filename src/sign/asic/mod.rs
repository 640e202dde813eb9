//! ASiC (ETSI EN 319 162-1 V1.1.1): a zip file of signed files with their signatures, here in CAdES.
//!
//! What is made is the extended container (ASiC-E): `mimetype` first, then the files, one manifest that names each file and its digest, and one
//! signed message over the manifest's bytes. Whoever signs beside the first signs the same manifest, as one more signer of that message: so all have
//! signed the same files, and nothing that was there changes. A second manifest, which 4.4 allows too, could cover other files.
//! What is verified may be anybody's, extended or simple.

mod error;
mod held;
mod manifest;
mod sign;
mod verify;
mod xml;

pub use error::AsicError;
pub use held::Held;
pub use sign::{File, Pending, prepare, prepare_beside};
pub use verify::{AsicSignature, AsicVerdict, MEDIA_TYPES, verify};

use crate::crypto::HashAlgorithm;
use crate::sign::Part;
use manifest::Listed;
pub(crate) use manifest::shown;

/// A.1: the first entry, stored, whose content is the container's media type.
pub const MIME_TYPE: &str = "mimetype";
/// The media type of an extended container.
pub const EXTENDED: &str = "application/vnd.etsi.asic-e+zip";
/// The media type of a simple container.
pub const SIMPLE: &str = "application/vnd.etsi.asic-s+zip";
/// The folder of manifests and signatures.
pub(crate) const FOLDER: &str = "META-INF";
/// The manifest of a container that is made here.
pub const MANIFEST: &str = "META-INF/ASiCManifest001.xml";
/// The signature file of a container that is made here.
pub const SIGNATURE: &str = "META-INF/signature001.p7s";

/// The manifest of a package, over its parts in their order.
pub(crate) fn package_manifest(parts: &[Part]) -> Vec<u8> {
    let mut listed = Vec::new();
    for part in parts {
        listed.push(Listed { name: &part.name, media_type: None, sha256: part.sha256 });
    }
    manifest::write(SIGNATURE, &listed)
}

/// What a manifest of a package says of a part: its name, and its digest where that is SHA-256, the only one that packages have.
pub(crate) struct Named {
    pub(crate) name: String,
    pub(crate) sha256: Option<Vec<u8>>,
}

/// Reads the manifest of a package.
pub(crate) fn read_package_manifest(bytes: &[u8]) -> Result<Vec<Named>, AsicError> {
    let mut named = Vec::new();
    for reference in manifest::read(bytes, MANIFEST)?.references {
        let sha256 = (reference.hash == HashAlgorithm::Sha256).then_some(reference.digest);
        named.push(Named { name: reference.name, sha256 });
    }
    Ok(named)
}
