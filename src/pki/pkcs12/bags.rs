//! AuthenticatedSafe and its bags (RFC 7292 4.1, 4.2).

use crate::asn1::{AlgorithmIdentifier, Asn1Error, Element, Known, OidRef, Reader, Tag, ber, context, context_primitive};
use crate::crypto::{Encryption, Iterations, KeyError, Password};
use crate::limits;
use crate::pki::Certificate;
use std::borrow::Cow;
use zeroize::Zeroizing;

/// What the bags hold that hoso needs.
#[derive(Default)]
pub(super) struct Bags {
    pub(super) keys: Vec<Held<Zeroizing<Vec<u8>>>>,
    pub(super) certificates: Vec<Held<Certificate>>,
    count: usize,
    /// Whether the password opened something, whatever the MAC says.
    pub(super) opened: bool,
}

/// A bag's content with the attributes that matter.
pub(super) struct Held<T> {
    /// The localKeyId, which pairs keys and certificates.
    pub(super) id: Option<Vec<u8>>,
    /// The friendlyName: what programs call the alias.
    pub(super) name: Option<String>,
    pub(super) held: T,
}

impl Bags {
    /// Reads an AuthenticatedSafe: a sequence of contents, each plain or encrypted.
    pub(super) fn read(&mut self, content: &[u8], password: &Password<'_>, iterations: &mut Iterations) -> Result<(), KeyError> {
        let content = ber::to_der(content).map_err(|_| KeyError::NotPkcs12)?;
        let mut unlock = Unlock { password, iterations };
        let mut safe = Reader::document(&content);
        safe.within(Tag::SEQUENCE, |infos| {
            while infos.more() {
                let (kind, content) = infos.within(Tag::SEQUENCE, content_info);
                infos.check_as(KeyError::NotPkcs12)?;
                self.content(kind, &content, &mut unlock)?;
            }
            Ok::<_, KeyError>(())
        })?;
        safe.check_as(KeyError::NotPkcs12)
    }

    fn content(&mut self, kind: OidRef<'_>, content: &Element<'_>, unlock: &mut Unlock<'_, '_>) -> Result<(), KeyError> {
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
                let plain = self.decrypted(&algorithm, &cipher_text, unlock)?;
                self.safe_contents(&plain, unlock)
            }
            _ => Err(KeyError::EncryptionUnsupported { oid: kind.into() }),
        }
    }

    /// The MAC has proven the password, so a failure here means damage.
    fn decrypted(
        &mut self,
        algorithm: &AlgorithmIdentifier<'_>,
        cipher_text: &[u8],
        unlock: &mut Unlock<'_, '_>,
    ) -> Result<Zeroizing<Vec<u8>>, KeyError> {
        let plain = Encryption::from_identifier(algorithm)?.decrypt(unlock.password, unlock.iterations, cipher_text)?;
        let plain = match ber::to_der(&plain) {
            Ok(Cow::Borrowed(_)) => plain,
            Ok(Cow::Owned(der)) => Zeroizing::new(der),
            Err(_) => return Err(KeyError::Damaged),
        };
        self.opened |= plain.first() == Some(&0x30);
        Ok(plain)
    }

    fn safe_contents(&mut self, bytes: &[u8], unlock: &mut Unlock<'_, '_>) -> Result<(), KeyError> {
        let der = ber::to_der(bytes).map_err(|_| KeyError::Damaged)?;
        let mut contents = Reader::document(&der);
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

    fn take(&mut self, bag: &Bag<'_>, unlock: &mut Unlock<'_, '_>) -> Result<(), KeyError> {
        let (id, name) = (bag.id.map(<[u8]>::to_vec), bag.name.clone());
        let mut value = Reader::new(bag.value.raw());
        match bag.kind.known() {
            Known::KeyBag => self.keys.push(Held { id, name, held: Zeroizing::new(bag.value.raw().to_vec()) }),
            Known::ShroudedKeyBag => {
                // EncryptedPrivateKeyInfo (RFC 5208 6).
                let (algorithm, cipher_text) = value.within(Tag::SEQUENCE, |fields| (AlgorithmIdentifier::read(fields), fields.octets()));
                value.check_as(KeyError::Damaged)?;
                let held = self.decrypted(&algorithm, cipher_text, unlock)?;
                self.keys.push(Held { id, name, held });
            }
            Known::CertificateBag => {
                // CertBag (RFC 7292 4.2.3).
                let (kind, der) = value.within(Tag::SEQUENCE, |fields| (fields.oid(), fields.within(context(0), Reader::octets)));
                value.check_as(KeyError::Damaged)?;
                if kind.known() != Known::X509Certificate {
                    return Err(KeyError::EntryUnsupported { oid: kind.into() });
                }
                let held = Certificate::parse(der).map_err(|_| KeyError::CertificateMalformed)?;
                self.certificates.push(Held { id, name, held });
            }
            // Neither is needed to sign: lists come from the caller, secrets are no keys.
            Known::CrlBag | Known::SecretBag => {}
            // A bag of bags is among them: nobody writes it, and it would make the depth the file's choice.
            _ => return Err(KeyError::EntryUnsupported { oid: bag.kind.into() }),
        }
        Ok(())
    }
}

struct Unlock<'a, 'p> {
    password: &'a Password<'p>,
    iterations: &'a mut Iterations,
}

/// ContentInfo (RFC 5652 3).
fn content_info<'a>(fields: &mut Reader<'a>) -> (OidRef<'a>, Element<'a>) {
    (fields.oid(), fields.within(context(0), Reader::any))
}

/// EncryptedData (RFC 5652 8): version 0 and one encrypted content of type data.
fn encrypted_data<'a>(fields: &mut Reader<'a>) -> (AlgorithmIdentifier<'a>, Cow<'a, [u8]>) {
    if fields.number() != 0 {
        fields.fail(Asn1Error::UnexpectedType);
    }
    fields.within(Tag::SEQUENCE, |info| {
        if info.oid().known() != Known::Data {
            info.fail(Asn1Error::UnexpectedType);
        }
        (AlgorithmIdentifier::read(info), encrypted_content(info))
    })
}

/// `[0] IMPLICIT OCTET STRING`, which BER may write in pieces.
fn encrypted_content<'a>(info: &mut Reader<'a>) -> Cow<'a, [u8]> {
    if !info.next_is(context(0)) {
        return Cow::Borrowed(info.element(context_primitive(0)).contents());
    }
    let mut whole = Vec::new();
    info.within(context(0), |pieces| {
        while pieces.more() {
            whole.extend_from_slice(pieces.octets());
        }
    });
    Cow::Owned(whole)
}

struct Bag<'a> {
    kind: OidRef<'a>,
    value: Element<'a>,
    id: Option<&'a [u8]>,
    name: Option<String>,
}

/// SafeBag (RFC 7292 4.2): of its attributes only localKeyId and friendlyName matter.
fn bag<'a>(fields: &mut Reader<'a>) -> Bag<'a> {
    let (kind, value) = content_info(fields);
    let (mut id, mut name) = (None, None);
    if fields.next_is(Tag::SET) {
        fields.within(Tag::SET, |set| {
            while set.more() {
                set.within(Tag::SEQUENCE, |pair| match pair.oid().known() {
                    Known::LocalKeyId => id = Some(pair.within(Tag::SET, Reader::octets)),
                    Known::FriendlyName => name = friendly_name(&pair.within(Tag::SET, Reader::any)),
                    _ => drop(pair.element(Tag::SET)),
                });
            }
        });
    }
    Bag { kind, value, id, name }
}

/// RFC 2985 5.5.1: a BMPString. A name that is none is not worth a key.
fn friendly_name(value: &Element<'_>) -> Option<String> {
    let units: Vec<u16> = value.contents().as_chunks().0.iter().map(|unit| u16::from_be_bytes(*unit)).collect();
    String::from_utf16(&units).ok().filter(|name| value.tag() == Tag::BMP_STRING && !name.is_empty())
}
