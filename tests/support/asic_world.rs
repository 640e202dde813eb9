//! People who sign containers, and who verifies them.

#![allow(dead_code, reason = "each test uses a part")]

use hoso::crypto::SignatureAlgorithm;
use hoso::pki::crl::Crl;
use hoso::pki::{Certificate, Policy};
use hoso::report::Language;
use hoso::sign::Trust;
use hoso::sign::asic::{self, AsicVerdict, File};
use hoso::sign::cades::{self, Content};
use hoso::sign::verdict::SubIndication;
use hoso::text::Instant;

use super::person::{Authorities, Person, SIGNER};
use super::raw_zip::{Raw, zip};

pub const ASICE: &str = "application/vnd.etsi.asic-e+zip";
pub const ASICS: &str = "application/vnd.etsi.asic-s+zip";
pub const SIGNATURE: &str = "META-INF/signature001.p7s";
pub const MANIFEST: &str = "META-INF/ASiCManifest001.xml";

pub const FILES: [File<'static>; 2] = [
    File { name: "Tờ khai.pdf", media_type: "application/pdf", bytes: b"%PDF-1.7 To khai" },
    File { name: "att/so-do.png", media_type: "image/png", bytes: b"\x89PNG\r\n\x1a\n so do" },
];

pub struct World {
    pub authorities: Authorities,
    pub signer: Person,
    pub anchors: Vec<Certificate>,
    pub crls: Vec<Crl>,
    pub now: Instant,
}

impl World {
    pub fn new() -> Self {
        let authorities = Authorities::new();
        let signer = authorities.person("signer", "ec:P-256", SIGNER);
        let (anchors, crls) = (authorities.roots(), authorities.crls());
        let now = signer.chain[0].not_before().plus(3_600);
        Self { authorities, signer, anchors, crls, now }
    }

    pub fn verify(&self, bytes: &[u8]) -> AsicVerdict {
        let (crls, anchors) = (&self.crls, &self.anchors);
        let trust = Trust { anchors, certificates: &[], crls, answers: &[], revocation: Policy::Require, received: self.now };
        asic::verify(bytes, &trust, Language::En)
    }

    /// A container of hoso's over [`FILES`].
    pub fn container(&self) -> Vec<u8> {
        let pending = asic::prepare(&FILES, &self.signer.chain, SignatureAlgorithm::Es256, self.now).unwrap();
        let value = self.signer.key.sign(SignatureAlgorithm::Es256, pending.to_be_signed().message()).unwrap();
        pending.attach(&value).unwrap()
    }

    /// A signed message over bytes, which it does not hold.
    pub fn sign(&self, content: &[u8]) -> Vec<u8> {
        let pending = cades::prepare(&Content::of(content), false, &self.signer.chain, SignatureAlgorithm::Es256, self.now).unwrap();
        pending.attach(&self.signer.key.sign(SignatureAlgorithm::Es256, pending.to_be_signed().message()).unwrap()).unwrap()
    }

    /// The entries of an extended container over files, with a manifest and a signature that hold.
    pub fn entries(&self, files: &[(&str, &[u8])]) -> Vec<Raw> {
        let manifest = manifest(SIGNATURE, files);
        let mut entries = vec![Raw::stored("mimetype", ASICE.as_bytes())];
        entries.extend(files.iter().map(|(name, content)| Raw::deflated(name, content)));
        entries.push(Raw::deflated(MANIFEST, &manifest));
        entries.push(Raw::deflated(SIGNATURE, &self.sign(&manifest)));
        entries
    }

    /// The codes of what is wrong with these entries.
    pub fn codes(&self, entries: &[Raw]) -> Vec<&'static str> {
        self.verify(&zip(entries)).issues.iter().map(|issue| issue.code).collect()
    }
}

/// A manifest as many write it: with line ends, and media types.
pub fn manifest(signature: &str, files: &[(&str, &[u8])]) -> Vec<u8> {
    use base64::prelude::{BASE64_STANDARD, Engine};
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\"?>\n<asic:ASiCManifest \
         xmlns:asic=\"http://uri.etsi.org/02918/v1.2.1#\">\n<asic:SigReference URI=\"{signature}\"/>\n"
    );
    for (name, content) in files {
        let digest = BASE64_STANDARD.encode(hoso::digest::Sha256::of(content).bytes());
        out += &format!(
            "<asic:DataObjectReference URI=\"{}\" MimeType=\"a/b\"><DigestMethod xmlns=\"http://www.w3.org/2000/09/xmldsig#\" \
             Algorithm=\"http://www.w3.org/2001/04/xmlenc#sha256\"/><ds:DigestValue \
             xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\">{digest}</ds:DigestValue></asic:DataObjectReference>\n",
            name.replace(' ', "%20")
        );
    }
    (out + "</asic:ASiCManifest>").into_bytes()
}

/// The sub-indication of each signature, and the last reason.
pub fn whys(verdict: &AsicVerdict) -> Vec<(Option<SubIndication>, Option<&'static str>)> {
    let why =
        |signature: &asic::AsicSignature| (signature.verdict.sub_indication, signature.verdict.reasons.last().map(|reason| reason.code));
    verdict.signatures.iter().map(why).collect()
}
