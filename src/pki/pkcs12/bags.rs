//! AuthenticatedSafe and its bags (RFC 7292 4.1, 4.2), decrypted with PBES2 (RFC 8018 6.2).

use crate::asn1::{AlgorithmIdentifier, Asn1Error, Element, Known, OidRef, Reader, Tag, context, context_primitive};
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
        let mut safe = Reader::document(content);
        safe.within(Tag::SEQUENCE, |infos| {
            while infos.more() {
                let (kind, content) = infos.within(Tag::SEQUENCE, content_info);
                infos.check_as(KeyError::NotPkcs12)?;
                bags.content(kind, &content, &mut unlock)?;
            }
            Ok::<_, KeyError>(())
        })?;
        safe.check_as(KeyError::NotPkcs12)?;
        Ok(bags)
    }

    fn content(&mut self, kind: OidRef<'_>, content: &Element<'_>, unlock: &mut Unlock<'_>) -> Result<(), KeyError> {
        let mut reader = Reader::new(content.raw());
        match kind.known() {
            Known::Data => {
                let plain = reader.octets();
                reader.check_as(KeyError::NotPkcs12)?;
                self.safe_contents(plain, unlock)
            }
            Known::EncryptedData => {
                let (algorithm, cipher_text) = reader.within(Tag::SEQUENCE, encrypted_data);
                reader.check_as(KeyError::NotPkcs12)?;
                self.safe_contents(&unlock.decrypt(&algorithm, cipher_text)?, unlock)
            }
            _ => Err(KeyError::EncryptionUnsupported { oid: kind.into() }),
        }
    }

    fn safe_contents(&mut self, der: &[u8], unlock: &mut Unlock<'_>) -> Result<(), KeyError> {
        let mut contents = Reader::document(der);
        contents.within(Tag::SEQUENCE, |sequence| {
            while sequence.more() {
                self.count += 1;
                if self.count > limits::PKCS12_BAGS {
                    return Err(KeyError::TooManyEntries);
                }
                let bag = sequence.within(Tag::SEQUENCE, bag);
                sequence.check_as(KeyError::Damaged)?;
                self.take(&bag, unlock)?;
            }
            Ok(())
        })?;
        contents.check_as(KeyError::Damaged)
    }

    fn take(&mut self, bag: &Bag<'_>, unlock: &mut Unlock<'_>) -> Result<(), KeyError> {
        let id = bag.id.map(<[u8]>::to_vec);
        let mut value = Reader::new(bag.value.raw());
        match bag.kind.known() {
            Known::KeyBag => self.keys.push(Held { id, held: Zeroizing::new(bag.value.raw().to_vec()) }),
            Known::ShroudedKeyBag => {
                // EncryptedPrivateKeyInfo (RFC 5208 6).
                let (algorithm, cipher_text) = value.within(Tag::SEQUENCE, |fields| (AlgorithmIdentifier::read(fields), fields.octets()));
                value.check_as(KeyError::Damaged)?;
                self.keys.push(Held { id, held: unlock.decrypt(&algorithm, cipher_text)? });
            }
            Known::CertificateBag => {
                // CertBag (RFC 7292 4.2.3).
                let (kind, der) = value.within(Tag::SEQUENCE, |fields| (fields.oid(), fields.within(context(0), Reader::octets)));
                value.check_as(KeyError::Damaged)?;
                if kind.known() != Known::X509Certificate {
                    return Err(KeyError::EntryUnsupported { oid: kind.into() });
                }
                let held = Certificate::parse(der).map_err(|_| KeyError::CertificateMalformed)?;
                self.certificates.push(Held { id, held });
            }
            // Neither is needed to sign: lists come from the caller, secrets are no keys.
            Known::CrlBag | Known::SecretBag => {}
            // A bag of bags is among them: nobody writes it, and it would make the depth the file's choice.
            _ => return Err(KeyError::EntryUnsupported { oid: bag.kind.into() }),
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
        if algorithm.known() != Known::Pbes2 {
            return Err(KeyError::EncryptionUnsupported { oid: algorithm.oid.into() });
        }
        // PBES2-params (RFC 8018 A.4).
        let mut parameters = algorithm.parameters();
        let (derivation, scheme) =
            parameters.within(Tag::SEQUENCE, |fields| (AlgorithmIdentifier::read(fields), AlgorithmIdentifier::read(fields)));
        parameters.check_as(KeyError::NotPkcs12)?;
        let derivation = Pbkdf2::from_identifier(&derivation)?;
        let cipher = AesCbc::from_identifier(&scheme).map_err(|oid| KeyError::EncryptionUnsupported { oid })?;
        let key = derivation.derive(self.password, cipher.key_bytes(), self.iterations)?;
        cipher.decrypt(&key, cipher_text).ok_or(KeyError::Damaged)
    }
}

/// ContentInfo (RFC 5652 3).
fn content_info<'a>(fields: &mut Reader<'a>) -> (OidRef<'a>, Element<'a>) {
    (fields.oid(), fields.within(context(0), Reader::any))
}

/// EncryptedData (RFC 5652 8): version 0 and one encrypted content of type data.
fn encrypted_data<'a>(fields: &mut Reader<'a>) -> (AlgorithmIdentifier<'a>, &'a [u8]) {
    if fields.number() != 0 {
        fields.fail(Asn1Error::UnexpectedType);
    }
    fields.within(Tag::SEQUENCE, |info| {
        if info.oid().known() != Known::Data {
            info.fail(Asn1Error::UnexpectedType);
        }
        (AlgorithmIdentifier::read(info), info.element(context_primitive(0)).contents())
    })
}

struct Bag<'a> {
    kind: OidRef<'a>,
    value: Element<'a>,
    id: Option<&'a [u8]>,
}

/// SafeBag (RFC 7292 4.2): of its attributes only localKeyId matters.
fn bag<'a>(fields: &mut Reader<'a>) -> Bag<'a> {
    let (kind, value) = content_info(fields);
    let mut id = None;
    if fields.next_is(Tag::SET) {
        fields.within(Tag::SET, |set| {
            while set.more() {
                set.within(Tag::SEQUENCE, |pair| {
                    if pair.oid().known() == Known::LocalKeyId {
                        id = Some(pair.within(Tag::SET, Reader::octets));
                    } else {
                        pair.element(Tag::SET);
                    }
                });
            }
        });
    }
    Bag { kind, value, id }
}
