//! AuthenticatedSafe and its bags (RFC 7292 4.1, 4.2), decrypted with PBES2 (RFC 8018 6.2).

use super::pfx::not_pkcs12;
use crate::asn1::{AlgorithmIdentifier, Asn1Error, Element, Oid, Reader, Tag, context, context_primitive, document, oid};
use crate::crypto::{AesCbc, Iterations, KeyError, Pbkdf2};
use crate::limits;
use crate::pki::Certificate;
use zeroize::Zeroizing;

/// What the bags hold that hoso needs.
#[derive(Default)]
pub(super) struct Bags {
    pub(super) keys: Vec<Held<Zeroizing<Vec<u8>>>>,
    pub(super) certificates: Vec<Held<Certificate>>,
    count: usize,
}

/// A bag's content with its localKeyId, which pairs keys and certificates.
pub(super) struct Held<T> {
    pub(super) id: Option<Vec<u8>>,
    pub(super) held: T,
}

impl Bags {
    /// Reads an AuthenticatedSafe: a sequence of contents, each plain or encrypted.
    pub(super) fn read(content: &[u8], password: &str, iterations: &mut Iterations) -> Result<Self, KeyError> {
        let mut bags = Self::default();
        let mut unlock = Unlock { password: password.as_bytes(), iterations };
        document(content).and_then(|safe| safe.tagged(Tag::Sequence)).map_err(not_pkcs12)?.read(|infos| {
            while !infos.is_empty() {
                let (kind, content) = infos.sequence(content_info).map_err(not_pkcs12)?;
                match kind {
                    oid::DATA => bags.safe_contents(content.octets().map_err(not_pkcs12)?, &mut unlock)?,
                    oid::ENCRYPTED_DATA => {
                        let (algorithm, cipher_text) = encrypted_data(&content).map_err(not_pkcs12)?;
                        let plain = unlock.decrypt(&algorithm, cipher_text)?;
                        bags.safe_contents(&plain, &mut unlock)?;
                    }
                    oid => return Err(KeyError::EncryptionUnsupported { oid }),
                }
            }
            Ok(())
        })?;
        Ok(bags)
    }

    fn safe_contents(&mut self, der: &[u8], unlock: &mut Unlock<'_>) -> Result<(), KeyError> {
        let contents = document(der).and_then(|contents| contents.tagged(Tag::Sequence)).map_err(|_| KeyError::Damaged)?;
        contents.read(|sequence| {
            while !sequence.is_empty() {
                self.count += 1;
                if self.count > limits::PKCS12_BAGS {
                    return Err(KeyError::TooManyEntries);
                }
                let bag = sequence.sequence(bag).map_err(|_| KeyError::Damaged)?;
                self.take(&bag, unlock)?;
            }
            Ok(())
        })
    }

    fn take(&mut self, bag: &Bag<'_>, unlock: &mut Unlock<'_>) -> Result<(), KeyError> {
        let id = bag.id.map(<[u8]>::to_vec);
        match bag.kind {
            oid::KEY_BAG => self.keys.push(Held { id, held: Zeroizing::new(bag.value.raw().to_vec()) }),
            oid::SHROUDED_KEY_BAG => {
                let (algorithm, cipher_text) =
                    bag.value.tagged(Tag::Sequence).and_then(|bag| bag.read(shrouded)).map_err(|_| KeyError::Damaged)?;
                self.keys.push(Held { id, held: unlock.decrypt(&algorithm, cipher_text)? });
            }
            oid::CERTIFICATE_BAG => {
                let (kind, der) = bag.value.tagged(Tag::Sequence).and_then(|bag| bag.read(certificate)).map_err(|_| KeyError::Damaged)?;
                if kind != oid::X509_CERTIFICATE {
                    return Err(KeyError::EntryUnsupported { oid: kind });
                }
                let held = Certificate::parse(der).map_err(|_| KeyError::CertificateMalformed)?;
                self.certificates.push(Held { id, held });
            }
            // Neither is needed to sign: lists come from the caller, secrets are no keys.
            oid::CRL_BAG | oid::SECRET_BAG => {}
            // A bag of bags is among them: nobody writes it, and it would make the depth the file's choice.
            oid => return Err(KeyError::EntryUnsupported { oid }),
        }
        Ok(())
    }
}

struct Unlock<'a> {
    /// UTF-8, which is what PBES2 in PKCS#12 uses everywhere (RFC 8018 3, RFC 7292 notes only the BMPString of B.1).
    password: &'a [u8],
    iterations: &'a mut Iterations,
}

impl Unlock<'_> {
    /// PBES2 (RFC 8018 6.2.2). The MAC has proven the password, so a failure here means damage.
    fn decrypt(&mut self, algorithm: &AlgorithmIdentifier<'_>, cipher_text: &[u8]) -> Result<Zeroizing<Vec<u8>>, KeyError> {
        if algorithm.oid != oid::PBES2 {
            return Err(KeyError::EncryptionUnsupported { oid: algorithm.oid });
        }
        let parameters = algorithm.parameters().and_then(|element| element.tagged(Tag::Sequence)).map_err(not_pkcs12)?;
        let (derivation, scheme) = parameters.read(schemes).map_err(not_pkcs12)?;
        let derivation = Pbkdf2::from_identifier(&derivation)?;
        let cipher = AesCbc::from_identifier(&scheme).map_err(|oid| KeyError::EncryptionUnsupported { oid })?;
        let key = derivation.derive(self.password, cipher.key_bytes(), self.iterations)?;
        cipher.decrypt(&key, cipher_text).ok_or(KeyError::Damaged)
    }
}

/// PBES2-params (RFC 8018 A.4).
fn schemes<'a>(fields: &mut Reader<'a>) -> Result<(AlgorithmIdentifier<'a>, AlgorithmIdentifier<'a>), Asn1Error> {
    Ok((AlgorithmIdentifier::read(fields)?, AlgorithmIdentifier::read(fields)?))
}

/// ContentInfo (RFC 5652 3).
fn content_info<'a>(fields: &mut Reader<'a>) -> Result<(Oid, Element<'a>), Asn1Error> {
    Ok((fields.any()?.oid()?, fields.element(context(0))?.read(Reader::any)?))
}

/// EncryptedData (RFC 5652 8): version 0 and one encrypted content of type data.
fn encrypted_data<'a>(content: &Element<'a>) -> Result<(AlgorithmIdentifier<'a>, &'a [u8]), Asn1Error> {
    content.tagged(Tag::Sequence)?.read(|fields| {
        if fields.any()?.number()? != 0 {
            return Err(Asn1Error::UnexpectedType);
        }
        fields.sequence(|info| {
            let kind = info.any()?.oid()?;
            let algorithm = AlgorithmIdentifier::read(info)?;
            let cipher_text = info.element(context_primitive(0))?.contents();
            if kind == oid::DATA { Ok((algorithm, cipher_text)) } else { Err(Asn1Error::UnexpectedType) }
        })
    })
}

struct Bag<'a> {
    kind: Oid,
    value: Element<'a>,
    id: Option<&'a [u8]>,
}

/// SafeBag (RFC 7292 4.2): of its attributes only localKeyId matters.
fn bag<'a>(fields: &mut Reader<'a>) -> Result<Bag<'a>, Asn1Error> {
    let (kind, value) = content_info(fields)?;
    let mut id = None;
    if let Some(attributes) = fields.optional(Tag::Set)? {
        attributes.read(|set| {
            while !set.is_empty() {
                let (kind, values) = set.sequence(|pair| Ok::<_, Asn1Error>((pair.any()?.oid()?, pair.element(Tag::Set)?)))?;
                if kind == oid::LOCAL_KEY_ID {
                    id = Some(values.read(|inner| inner.any()?.octets())?);
                }
            }
            Ok::<_, Asn1Error>(())
        })?;
    }
    Ok(Bag { kind, value, id })
}

/// EncryptedPrivateKeyInfo (RFC 5208 6).
fn shrouded<'a>(fields: &mut Reader<'a>) -> Result<(AlgorithmIdentifier<'a>, &'a [u8]), Asn1Error> {
    Ok((AlgorithmIdentifier::read(fields)?, fields.any()?.octets()?))
}

/// CertBag (RFC 7292 4.2.3).
fn certificate<'a>(fields: &mut Reader<'a>) -> Result<(Oid, &'a [u8]), Asn1Error> {
    Ok((fields.any()?.oid()?, fields.element(context(0))?.read(|inner| inner.any()?.octets())?))
}
