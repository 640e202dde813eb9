//! SignedData (RFC 5652 5).

use super::CmsError;
use super::attributes::{Attributes, is_sorted};
use crate::asn1::{AlgorithmIdentifier, Element, Known, OidRef, Reader, Tag, context, context_primitive, document};
use crate::crypto::{CryptoError, HashAlgorithm, PublicKey, SignatureForm, VerificationAlgorithm, digest};
use crate::limits;
use crate::pki::Certificate;

/// A signed message as it was read. It holds the bytes it was read from.
#[derive(Clone, Debug)]
pub struct SignedData<'a> {
    /// What kind of content is signed.
    pub content_type: OidRef<'a>,
    /// The content, when the message holds it.
    pub content: Option<&'a [u8]>,
    /// The certificates it carries, DER.
    pub certificates: Vec<&'a [u8]>,
    /// The revocation lists it carries, DER.
    pub crls: Vec<&'a [u8]>,
    /// The OCSP responses it carries (RFC 5940), DER.
    pub ocsps: Vec<&'a [u8]>,
    /// Who signed.
    pub signers: Vec<SignerInfo<'a>>,
    pub(super) version: u64,
    /// The parts as received, to be written again with more in them.
    pub(super) digest_algorithms: Element<'a>,
    pub(super) encapsulated: Element<'a>,
    pub(super) certificate_set: Option<Element<'a>>,
    pub(super) revocation_set: Option<Element<'a>>,
}

impl<'a> SignedData<'a> {
    /// Reads a ContentInfo that holds SignedData, in DER.
    ///
    /// # Errors
    /// It is none, not DER, or holds more than hoso reads.
    pub fn read(der: &'a [u8]) -> Result<Self, CmsError> {
        if der.len() > limits::SIGNATURE_BYTES {
            return Err(CmsError::TooLarge { bytes: der.len() });
        }
        document(der, Tag::SEQUENCE, |info| {
            let kind = info.oid();
            info.check()?;
            if kind.known() != Known::SignedData {
                return Err(CmsError::NotSignedData);
            }
            let data = info.within(context(0), |explicit| explicit.within(Tag::SEQUENCE, Self::fields))?;
            info.check()?;
            Ok(data)
        })
    }

    fn fields(fields: &mut Reader<'a>) -> Result<Self, CmsError> {
        // RFC 5652 5.1: 1, 3, 4 or 5, by what the message holds; writers do not all keep to it.
        let version = fields.number();
        let digest_algorithms = fields.element(Tag::SET);
        let encapsulated = fields.element(Tag::SEQUENCE);
        let certificate_set = fields.optional(context(0));
        let revocation_set = fields.optional(context(1));
        let infos = fields.element(Tag::SET);
        fields.check()?;
        if !(1..=5).contains(&version) || fields.more() {
            return Err(CmsError::Unexpected);
        }
        let mut inner = Reader::new(encapsulated.contents());
        let content_type = inner.oid();
        let content = inner.more().then(|| inner.within(context(0), Reader::octets));
        inner.check()?;
        if inner.more() {
            return Err(CmsError::Unexpected);
        }
        let certificates = certificates(certificate_set)?;
        let (crls, ocsps) = revocations(revocation_set)?;
        let signers = signers(infos)?;
        Ok(Self {
            content_type,
            content,
            certificates,
            crls,
            ocsps,
            signers,
            version,
            digest_algorithms,
            encapsulated,
            certificate_set,
            revocation_set,
        })
    }

    /// Reads the certificates that can be read; others are of no use to any path.
    #[must_use]
    pub fn read_certificates(&self) -> Vec<Certificate> {
        self.certificates.iter().filter_map(|der| Certificate::parse(*der).ok()).collect()
    }
}

/// CertificateSet (RFC 5652 10.2.3): X.509 certificates; obsolete and attribute certificates (`[0]` to `[3]`) are passed over.
fn certificates<'a>(set: Option<Element<'a>>) -> Result<Vec<&'a [u8]>, CmsError> {
    let (mut found, mut reader) = (Vec::new(), Reader::new(set.unwrap_or_default().contents()));
    while reader.more() {
        let element = reader.any();
        if element.tag() == Tag::SEQUENCE {
            found.push(element.raw());
        }
        if found.len() > limits::CERTIFICATES {
            return Err(CmsError::TooMany);
        }
    }
    reader.check()?;
    Ok(found)
}

/// Lists and responses.
type Revocations<'a> = (Vec<&'a [u8]>, Vec<&'a [u8]>);

/// RevocationInfoChoices (RFC 5652 10.2.1): lists, and OCSP responses as RFC 5940 puts them there.
fn revocations<'a>(set: Option<Element<'a>>) -> Result<Revocations<'a>, CmsError> {
    let (mut lists, mut responses, mut reader) = (Vec::new(), Vec::new(), Reader::new(set.unwrap_or_default().contents()));
    while reader.more() {
        if reader.next_is(context(1)) {
            let (kind, response) = reader.within(context(1), |other| (other.oid(), other.any().raw()));
            if kind.known() == Known::OcspInSignedData {
                responses.push(response);
            }
        } else {
            lists.push(reader.element(Tag::SEQUENCE).raw());
        }
        if lists.len() + responses.len() > limits::CRLS {
            return Err(CmsError::TooMany);
        }
    }
    reader.check()?;
    Ok((lists, responses))
}

fn signers<'a>(set: Element<'a>) -> Result<Vec<SignerInfo<'a>>, CmsError> {
    let (mut found, mut reader) = (Vec::new(), Reader::new(set.contents()));
    while reader.more() {
        if found.len() == limits::SIGNERS {
            return Err(CmsError::TooMany);
        }
        let element = reader.any();
        reader.check()?;
        found.push(SignerInfo::read(&element)?);
    }
    reader.check()?;
    if found.is_empty() { Err(CmsError::NoSigner) } else { Ok(found) }
}

/// Which certificate is a signer's (RFC 5652 5.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignerId<'a> {
    /// The one of this issuer with this serial number.
    Issued {
        /// The issuer's name, DER.
        issuer: &'a [u8],
        /// The contents of the serial number.
        serial: &'a [u8],
    },
    /// The one whose key has this identifier.
    Key(&'a [u8]),
}

impl SignerId<'_> {
    /// Whether it names a certificate.
    #[must_use]
    pub fn names(&self, certificate: &Certificate) -> bool {
        match self {
            Self::Issued { issuer, serial } => certificate.issuer().raw() == *issuer && certificate.serial_bytes() == *serial,
            Self::Key(id) => certificate.subject_key_id() == Some(*id),
        }
    }
}

/// One signature of a message.
#[derive(Clone, Debug)]
pub struct SignerInfo<'a> {
    /// As received.
    pub raw: &'a [u8],
    /// Who.
    pub id: SignerId<'a>,
    /// The hash over the content.
    pub digest: AlgorithmIdentifier<'a>,
    /// What the signer signed beside the content.
    pub signed: Attributes<'a>,
    /// How the signature was made.
    pub algorithm: AlgorithmIdentifier<'a>,
    /// Its value.
    pub signature: &'a [u8],
    /// What was added later.
    pub unsigned: Attributes<'a>,
    /// The signed attributes, as received.
    signed_set: Element<'a>,
    /// All fields up to the unsigned attributes, as received.
    pub(super) head: &'a [u8],
    pub(super) unsigned_set: Option<Element<'a>>,
}

impl<'a> SignerInfo<'a> {
    /// Reads one that stands for itself, as in a counter-signature.
    ///
    /// # Errors
    /// It is none, has no signed attributes, or these are not in the order of DER.
    pub fn read(element: &Element<'a>) -> Result<Self, CmsError> {
        let mut reader = Reader::new(element.raw());
        let mut fields = reader.enter(Tag::SEQUENCE);
        let version = fields.number();
        let id = if fields.next_is(context_primitive(0)) { SignerId::Key(fields.any().contents()) } else { issued(&mut fields) };
        let digest = AlgorithmIdentifier::read(&mut fields);
        let signed_set = fields.optional(context(0));
        let algorithm = AlgorithmIdentifier::read(&mut fields);
        let signature = fields.octets();
        let unsigned_set = fields.optional(context(1));
        fields.check()?;
        if fields.more() || !matches!(version, 1 | 3) {
            return Err(CmsError::Unexpected);
        }
        // Without them the signature would be over the content itself, and a set of attributes can be given out as a content.
        let signed_set = signed_set.ok_or(CmsError::NoSignedAttributes)?;
        if !is_sorted(signed_set.contents()) {
            return Err(CmsError::AttributesNotDer);
        }
        let unsigned = Attributes::read(unsigned_set.unwrap_or_default().contents())?;
        let tail = unsigned_set.map_or(0, |set| set.raw().len());
        let head = element.contents().get(..element.contents().len().saturating_sub(tail)).unwrap_or_default();
        let signed = Attributes::read(signed_set.contents())?;
        Ok(Self { raw: element.raw(), id, digest, signed, algorithm, signature, unsigned, signed_set, head, unsigned_set })
    }

    /// The hash over the content.
    ///
    /// # Errors
    /// It is none that hoso verifies with.
    pub fn hash(&self) -> Result<HashAlgorithm, CmsError> {
        match HashAlgorithm::from_identifier(&self.digest) {
            Some(HashAlgorithm::Sha1) => Err(CmsError::Crypto(CryptoError::AlgorithmWeak { oid: self.digest.oid.into() })),
            Some(hash) => Ok(hash),
            None => Err(CmsError::Crypto(CryptoError::AlgorithmUnsupported { oid: self.digest.oid.into() })),
        }
    }

    /// The algorithm of the signature.
    ///
    /// # Errors
    /// It is none that hoso verifies, or uses another hash than the content's (RFC 5652 5.4: attributes are hashed with that).
    pub fn verification(&self) -> Result<VerificationAlgorithm, CmsError> {
        let hash = self.hash()?;
        // RFC 3370 3.2: rsaEncryption names RSASSA-PKCS1-v1_5 with the hash over the content.
        let plain_rsa = self.algorithm.known() == Known::RsaEncryption && (self.algorithm.has_null() || self.algorithm.has_none());
        let algorithm =
            if plain_rsa { VerificationAlgorithm::RsaPkcs1(hash) } else { VerificationAlgorithm::from_identifier(&self.algorithm)? };
        if algorithm.hash() == hash { Ok(algorithm) } else { Err(CmsError::HashesDiffer) }
    }

    /// What the signature was made over: the signed attributes as a SET OF (RFC 5652 5.4).
    #[must_use]
    pub fn message(&self) -> Vec<u8> {
        let mut message = self.signed_set.raw().to_vec();
        if let Some(tag) = message.first_mut() {
            *tag = SET;
        }
        message
    }

    /// Verifies the signature with a key.
    ///
    /// # Errors
    /// The algorithm is none that hoso verifies, or the signature is not of this key.
    pub fn verify(&self, key: &PublicKey<'_>) -> Result<(), CmsError> {
        let algorithm = self.verification()?;
        key.verify(algorithm, SignatureForm::Der, &self.message(), self.signature).map_err(CmsError::Crypto)
    }

    /// The digest of the content that the signer signed (RFC 5652 11.2).
    ///
    /// # Errors
    /// The attribute is missing, stands twice or is malformed.
    pub fn message_digest(&self) -> Result<&'a [u8], CmsError> {
        self.signed.need(Known::MessageDigest)?.single(Reader::octets)
    }

    /// The kind of content that the signer signed (RFC 5652 11.1).
    ///
    /// # Errors
    /// The attribute stands twice or is malformed.
    pub fn signed_content_type(&self) -> Result<Option<OidRef<'a>>, CmsError> {
        self.signed.find(Known::ContentType)?.map(|attribute| attribute.single(Reader::oid)).transpose()
    }

    /// RFC 6211: what the signer signed of the algorithms must be what stands outside.
    ///
    /// # Errors
    /// It differs, stands twice or is malformed.
    pub fn check_algorithm_protection(&self) -> Result<(), CmsError> {
        let Some(attribute) = self.signed.find(Known::AlgorithmProtection)? else { return Ok(()) };
        let (digest, signature) = attribute.single(|value| {
            value.within(Tag::SEQUENCE, |fields| {
                let digest = AlgorithmIdentifier::read(fields);
                // [1] signatureAlgorithm, [2] macAlgorithm, both implicit.
                let mut signature = Reader::new(fields.element(context(1)).contents());
                (digest, AlgorithmIdentifier::fields(&mut signature))
            })
        })?;
        if digest == self.digest && signature == self.algorithm { Ok(()) } else { Err(CmsError::AlgorithmsDiffer) }
    }

    /// Whether the signed attributes bind the signature to this certificate (RFC 5035 3 and 5); nothing where they name none.
    ///
    /// # Errors
    /// An attribute stands twice or is malformed, or its hash is none that hoso knows.
    pub fn binds(&self, certificate: &Certificate) -> Result<Option<bool>, CmsError> {
        let (second, first) = (self.signed.find(Known::SigningCertificateV2)?, self.signed.find(Known::SigningCertificate)?);
        let mut bound = None;
        for (attribute, version) in [(second, 2), (first, 1)] {
            let Some(attribute) = attribute else { continue };
            let (hash, expected) = attribute.single(|value| value.within(Tag::SEQUENCE, |list| first_id(list, version)))?;
            let hash = hash.ok_or(CmsError::AttributeMalformed { oid: attribute.kind.into() })?;
            let same = digest(hash, &[certificate.der()]) == expected;
            bound = Some(same && bound.unwrap_or(true));
        }
        Ok(bound)
    }
}

/// SigningCertificate and SigningCertificateV2: the first id is the signer's (RFC 5035 3). What else may stand there says nothing here.
fn first_id<'a>(list: &mut Reader<'a>, version: u8) -> (Option<HashAlgorithm>, &'a [u8]) {
    let mut ids = list.enter(Tag::SEQUENCE);
    let id = ids.within(Tag::SEQUENCE, |id| {
        let hash = match version {
            1 => Some(HashAlgorithm::Sha1),
            // The default is SHA-256.
            _ if id.next_is(Tag::SEQUENCE) => HashAlgorithm::from_identifier(&AlgorithmIdentifier::read(id)),
            _ => Some(HashAlgorithm::Sha256),
        };
        let expected = id.octets();
        id.optional(Tag::SEQUENCE);
        (hash, expected)
    });
    if let Err(error) = ids.check() {
        list.fail(error);
    }
    list.optional(Tag::SEQUENCE);
    id
}

/// IssuerAndSerialNumber (RFC 5652 10.2.4).
fn issued<'a>(fields: &mut Reader<'a>) -> SignerId<'a> {
    let (issuer, serial) = fields.within(Tag::SEQUENCE, |pair| (pair.element(Tag::SEQUENCE).raw(), pair.integer()));
    SignerId::Issued { issuer, serial }
}

/// X.680 8.4: SET, constructed.
const SET: u8 = 0x31;
