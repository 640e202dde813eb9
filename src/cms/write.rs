//! Writing SignedData: a signer's part first, then the message around it; later more in it, without touching what is there.

use super::signed_data::{SignedData, SignerId, SignerInfo};
use crate::asn1::{AlgorithmIdentifier, Element, Known, Reader, Tag, Writer, context};
use crate::crypto::{HashAlgorithm, SignatureAlgorithm};
use crate::pki::Certificate;

/// What a signer signs and how, once the signature is there a SignerInfo.
#[derive(Clone, Debug)]
pub struct SignerParts {
    /// IssuerAndSerialNumber.
    id: Vec<u8>,
    algorithm: SignatureAlgorithm,
    /// The signed attributes as a SET OF, which is what is signed (RFC 5652 5.4).
    attributes: Vec<u8>,
}

impl SignerParts {
    /// A signer's part with these signed attributes, each as [`attribute`] writes it.
    #[must_use]
    pub fn new(certificate: &Certificate, algorithm: SignatureAlgorithm, attributes: Vec<Vec<u8>>) -> Self {
        let mut id = Writer::default();
        id.within(Tag::SEQUENCE, |out| out.raw(certificate.issuer().raw()).element(Tag::INTEGER, certificate.serial_bytes()));
        let mut set = Writer::default();
        set.set_of(attributes);
        Self { id: id.finish(), algorithm, attributes: set.finish() }
    }

    /// What must be signed.
    #[must_use]
    pub fn message(&self) -> &[u8] {
        &self.attributes
    }

    /// The SignerInfo with its signature: DER for ECDSA.
    #[must_use]
    pub fn signer_info(&self, signature: &[u8]) -> Vec<u8> {
        let mut out = Writer::default();
        out.within(Tag::SEQUENCE, |out| {
            // RFC 5652 5.3: 1 with issuer and serial number.
            out.number(1).raw(&self.id).raw(&hash_identifier(self.algorithm.hash()));
            out.element(context(0), contents(&self.attributes)).raw(&identifier(self.algorithm)).octets(signature)
        });
        out.finish()
    }
}

/// An attribute with its one value.
#[must_use]
pub fn attribute(kind: Known, value: &[u8]) -> Vec<u8> {
    let mut out = Writer::default();
    out.within(Tag::SEQUENCE, |out| out.oid(kind.oid()).within(Tag::SET, |out| out.raw(value)));
    out.finish()
}

/// The AlgorithmIdentifier of a hash, without parameters (RFC 5754 2).
pub(super) fn hash_identifier(hash: HashAlgorithm) -> Vec<u8> {
    let mut out = Writer::default();
    out.within(Tag::SEQUENCE, |out| out.oid(hash.known().oid()));
    out.finish()
}

/// The AlgorithmIdentifier of an algorithm (RFC 5758 3.2, RFC 4055 3.1 and 5).
pub(super) fn identifier(algorithm: SignatureAlgorithm) -> Vec<u8> {
    let mut out = Writer::default();
    out.within(Tag::SEQUENCE, |out| {
        let hash = algorithm.hash();
        match algorithm {
            SignatureAlgorithm::Es256 => out.oid(Known::EcdsaSha256.oid()),
            SignatureAlgorithm::Es384 => out.oid(Known::EcdsaSha384.oid()),
            SignatureAlgorithm::Rs256 => out.oid(Known::RsaSha256.oid()).null(),
            SignatureAlgorithm::Ps256 | SignatureAlgorithm::Ps384 => {
                let mask = hash_identifier(hash);
                out.oid(Known::RsaPss.oid()).within(Tag::SEQUENCE, |out| {
                    out.within(context(0), |out| out.raw(&mask));
                    out.within(context(1), |out| out.within(Tag::SEQUENCE, |out| out.oid(Known::Mgf1.oid()).raw(&mask)));
                    out.within(context(2), |out| out.number(hash.digest_bytes() as u64))
                })
            }
        }
    });
    out.finish()
}

/// CMSAlgorithmProtection (RFC 6211 2) of a signature.
#[must_use]
pub fn algorithm_protection(algorithm: SignatureAlgorithm) -> Vec<u8> {
    let mut out = Writer::default();
    out.within(Tag::SEQUENCE, |out| {
        // [1] signatureAlgorithm, implicit.
        out.raw(&hash_identifier(algorithm.hash())).element(context(1), contents(&identifier(algorithm)))
    });
    attribute(Known::AlgorithmProtection, &out.finish())
}

/// A message over a content, with one signer. Without `held` it is detached.
#[must_use]
pub fn signed_data(content_type: Known, held: Option<&[u8]>, certificates: &[Certificate], hash: HashAlgorithm, signer: &[u8]) -> Vec<u8> {
    let mut encapsulated = Writer::default();
    encapsulated.within(Tag::SEQUENCE, |out| {
        out.oid(content_type.oid());
        if let Some(content) = held {
            out.within(context(0), |out| out.octets(content));
        }
        out
    });
    let message = Message {
        // RFC 5652 5.1: 3 where the content is not plain data.
        version: if content_type == Known::Data { 1 } else { 3 },
        hashes: vec![hash_identifier(hash)],
        encapsulated: &encapsulated.finish(),
        certificates: certificates.iter().map(|certificate| certificate.der().to_vec()).collect(),
        revocations: Vec::new(),
        signers: vec![signer.to_vec()],
    };
    message.write()
}

/// The message with one more signer, and the certificates that come with it.
#[must_use]
pub fn add_signer(data: &SignedData<'_>, certificates: &[Certificate], hash: HashAlgorithm, signer: &[u8]) -> Vec<u8> {
    let mut message = Message::of(data);
    message.hashes.push(hash_identifier(hash));
    message.certificates.extend(certificates.iter().map(|certificate| certificate.der().to_vec()));
    message.signers.push(signer.to_vec());
    message.write()
}

/// The message with one more unsigned attribute at a signer.
#[must_use]
pub fn add_unsigned(data: &SignedData<'_>, signer: usize, attribute: &[u8]) -> Vec<u8> {
    let mut message = Message::of(data);
    if let (Some(written), Some(info)) = (message.signers.get_mut(signer), data.signers.get(signer)) {
        *written = with_unsigned(info, attribute);
    }
    message.write()
}

/// The message with more certificates, revocation lists and OCSP responses.
#[must_use]
pub fn add_evidence(data: &SignedData<'_>, certificates: &[Vec<u8>], crls: &[Vec<u8>], ocsps: &[Vec<u8>]) -> Vec<u8> {
    let mut message = Message::of(data);
    message.certificates.extend_from_slice(certificates);
    message.revocations.extend_from_slice(crls);
    for response in ocsps {
        // RFC 5940 2: [1] other, implicit.
        let mut out = Writer::default();
        out.within(context(1), |out| out.oid(Known::OcspInSignedData.oid()).raw(response));
        message.revocations.push(out.finish());
        message.version = 5;
    }
    message.write()
}

/// Whether a message is detached, over plain data, and framed as those that are written here.
///
/// The frame is not signed: version numbers, the list of hash functions, the order of certificates. Where there is one form only, it is this.
#[must_use]
pub fn is_framed(der: &[u8], data: &SignedData<'_>) -> bool {
    let mut message = Message::of(data);
    // RFC 5652 5.1: 5 with OCSP responses, else 1 where every signer is named by issuer and serial number.
    message.version = if data.ocsps.is_empty() { 1 } else { 5 };
    message.hashes.clear();
    for signer in &data.signers {
        match signer.hash() {
            Ok(hash) if signer.head.starts_with(&VERSION_ONE) => message.hashes.push(hash_identifier(hash)),
            _ => return false,
        }
    }
    data.content.is_none() && data.content_type.known() == Known::Data && message.write() == der
}

/// Whether a message by one signer holds nothing outside its signature that is not known: what hoso passes over, another number of a version, hash
/// functions that nobody used, attributes that nobody signed.
#[must_use]
pub fn is_known(data: &SignedData<'_>) -> bool {
    // RFC 5652 5.1.
    let version = match data.content_type.known() {
        _ if !data.ocsps.is_empty() => 5,
        Known::Data => 1,
        _ => 3,
    };
    let [signer] = data.signers.as_slice() else { return false };
    data.version == version
        && holds_known(data)
        && signer.unsigned_set.is_none()
        && is_versioned(signer)
        && elements(Some(data.digest_algorithms)).iter().all(|hash| names(hash, signer))
}

/// Whether an identifier is of the hash function that a signer used, with NULL or without (RFC 5754 2).
fn names(identifier: &[u8], signer: &SignerInfo<'_>) -> bool {
    let hash = AlgorithmIdentifier::read(&mut Reader::new(identifier));
    hash.oid == signer.digest.oid && (hash.has_none() || hash.has_null())
}

/// Whether every certificate of a message is one of X.509, and every piece of evidence a list or an OCSP response.
#[must_use]
pub fn holds_known(data: &SignedData<'_>) -> bool {
    elements(data.certificate_set).len() == data.certificates.len()
        && elements(data.revocation_set).len() == data.crls.len() + data.ocsps.len()
}

/// RFC 5652 5.3: 1 with issuer and serial number, 3 with the identifier of a key.
#[must_use]
pub fn is_versioned(signer: &SignerInfo<'_>) -> bool {
    let version = if matches!(signer.id, SignerId::Issued { .. }) { VERSION_ONE } else { [2, 1, 3] };
    signer.head.starts_with(&version)
}

/// The first field of a SignerInfo with issuer and serial number (RFC 5652 5.3): INTEGER 1.
const VERSION_ONE: [u8; 3] = [2, 1, 1];

/// A SignerInfo with one more unsigned attribute; all before these stays as it was.
pub(super) fn with_unsigned(info: &SignerInfo<'_>, attribute: &[u8]) -> Vec<u8> {
    let mut attributes = elements(info.unsigned_set);
    attributes.push(attribute.to_vec());
    let mut set = Writer::default();
    set.set_of(attributes);
    let mut out = Writer::default();
    out.within(Tag::SEQUENCE, |out| out.raw(info.head).element(context(1), contents(&set.finish())));
    out.finish()
}

/// A message's parts, sorted when they are written.
struct Message<'a> {
    version: u64,
    hashes: Vec<Vec<u8>>,
    encapsulated: &'a [u8],
    certificates: Vec<Vec<u8>>,
    revocations: Vec<Vec<u8>>,
    signers: Vec<Vec<u8>>,
}

impl<'a> Message<'a> {
    fn of(data: &SignedData<'a>) -> Self {
        Self {
            version: data.version,
            hashes: elements(Some(data.digest_algorithms)),
            encapsulated: data.encapsulated.raw(),
            certificates: elements(data.certificate_set),
            revocations: elements(data.revocation_set),
            signers: data.signers.iter().map(|signer| signer.raw.to_vec()).collect(),
        }
    }

    fn write(self) -> Vec<u8> {
        let mut out = Writer::default();
        out.within(Tag::SEQUENCE, |out| {
            out.oid(Known::SignedData.oid()).within(context(0), |out| {
                out.within(Tag::SEQUENCE, |out| {
                    out.number(self.version);
                    push_set(out, Tag::SET, self.hashes);
                    out.raw(self.encapsulated);
                    if !self.certificates.is_empty() {
                        push_set(out, context(0), self.certificates);
                    }
                    if !self.revocations.is_empty() {
                        push_set(out, context(1), self.revocations);
                    }
                    push_set(out, Tag::SET, self.signers)
                })
            })
        });
        out.finish()
    }
}

/// A SET OF under a tag, each element once.
fn push_set(out: &mut Writer, tag: Tag, elements: Vec<Vec<u8>>) -> &mut Writer {
    let mut unique: Vec<Vec<u8>> = Vec::new();
    for element in elements {
        if !unique.contains(&element) {
            unique.push(element);
        }
    }
    let mut set = Writer::default();
    set.set_of(unique);
    out.element(tag, contents(&set.finish()))
}

/// The elements of a set, as received.
fn elements(set: Option<Element<'_>>) -> Vec<Vec<u8>> {
    let (mut found, mut reader) = (Vec::new(), Reader::new(set.unwrap_or_default().contents()));
    while reader.more() {
        found.push(reader.any().raw().to_vec());
    }
    found
}

/// What stands inside the one element that the bytes are.
fn contents(der: &[u8]) -> &[u8] {
    Reader::new(der).any().contents()
}
