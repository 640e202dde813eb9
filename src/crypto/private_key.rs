//! Private keys, read from PKCS#8 (RFC 5208, RFC 5958), PKCS#1 (RFC 8017 A.1.2) or SEC 1 (RFC 5915), and proven to belong to a certificate.

use super::public_key::Padding;
use super::ring::Signer;
use super::{KeyError, KeyKind, PublicKey, SignatureAlgorithm, SignatureForm, rsa};
use crate::asn1::{AlgorithmIdentifier, Asn1Error, Known, OidRef, Reader, Tag, Writer, context, document};
use std::fmt;
use zeroize::Zeroizing;

/// What the trial signature of [`PrivateKey::from_pkcs8`] covers. It can be no JWS signing input (no dot)
/// and no DER, so it is of no use to anyone who sees it.
const TRIAL: &[u8] = b"hoso: does this key belong to this certificate?";

/// A private key that matches the certificate it was opened with.
pub struct PrivateKey {
    signer: Signer,
    kind: KeyKind,
    /// The public key's bytes.
    material: Vec<u8>,
    padding: Padding,
}

impl PrivateKey {
    /// Reads a PKCS#8 key for the certificate whose SubjectPublicKeyInfo is given.
    ///
    /// An EC key takes its public point from there, since Java's keytool writes keys without one. That
    /// the two are a pair is proven by a signature that is made and verified.
    ///
    /// # Errors
    /// The key or `spki` is malformed, unsupported, or they are not a pair.
    pub fn from_pkcs8(der: &[u8], spki: &[u8]) -> Result<Self, KeyError> {
        Self::from_material(&document(der, Tag::SEQUENCE, key_info)?, spki)
    }

    /// The same for a key in any of the three forms, which are told apart by what follows their version.
    ///
    /// # Errors
    /// As [`PrivateKey::from_pkcs8`].
    pub fn from_der(der: &[u8], spki: &[u8]) -> Result<Self, KeyError> {
        let mut form = Reader::document(der).enter(Tag::SEQUENCE);
        form.number();
        let material = if form.next_is(Tag::INTEGER) {
            Material::Rsa(der)
        } else if form.next_is(Tag::OCTET_STRING) {
            elliptic(None, der)?
        } else {
            document(der, Tag::SEQUENCE, key_info)?
        };
        Self::from_material(&material, spki)
    }

    /// A PKCS#8 key anew, for keepers of keys that read less than hoso does: with the curve and the point of the certificate, which some writers
    /// leave out, the scalar in full length (RFC 5915 3), and RSA by its general name.
    ///
    /// # Errors
    /// As [`PrivateKey::from_pkcs8`], but that the two are a pair is not proven.
    pub fn rewritten(der: &[u8], spki: &[u8]) -> Result<Zeroizing<Vec<u8>>, KeyError> {
        let public = public_of(spki)?;
        let (kind, key) = match document(der, Tag::SEQUENCE, key_info)? {
            Material::Rsa(key) => (Known::RsaEncryption, Zeroizing::new(key.to_vec())),
            Material::Elliptic { curve, digits } => {
                let scalar = scalar(curve, digits, &public)?;
                let mut out = Writer::default();
                out.within(Tag::SEQUENCE, |out| out.number(1).octets(&scalar).within(context(1), |out| out.bit_string(public.material())));
                (Known::EcPublicKey, Zeroizing::new(out.finish()))
            }
        };
        let mut out = Writer::default();
        out.within(Tag::SEQUENCE, |out| {
            let algorithm = |out: &mut Writer| {
                out.oid(kind.oid());
                match public.kind() {
                    KeyKind::P256 => out.oid(Known::P256.oid()),
                    KeyKind::P384 => out.oid(Known::P384.oid()),
                    KeyKind::P521 => out.oid(Known::P521.oid()),
                    KeyKind::Rsa { .. } => out.null(),
                };
            };
            out.number(0).within(Tag::SEQUENCE, |out| {
                algorithm(out);
                out
            });
            out.octets(&key)
        });
        Ok(Zeroizing::new(out.finish()))
    }

    fn from_material(material: &Material<'_>, spki: &[u8]) -> Result<Self, KeyError> {
        let public = public_of(spki)?;
        let signer = match material {
            Material::Elliptic { curve, digits } => Signer::elliptic(&public, &scalar(*curve, digits, &public)?)?,
            Material::Rsa(key) if matches!(public.kind(), KeyKind::Rsa { .. }) => rsa_signer(key, &public)?,
            Material::Rsa(_) => return Err(KeyError::DoesNotMatchCertificate),
        };
        let key = Self { signer, kind: public.kind(), material: public.material().to_vec(), padding: public.padding() };
        key.prove()?;
        Ok(key)
    }

    /// The algorithms the key can sign with, the usual one first.
    #[must_use]
    pub fn algorithms(&self) -> &'static [SignatureAlgorithm] {
        use SignatureAlgorithm::{Es256, Es384, Ps256, Ps384, Rs256};
        let allows = |algorithm: SignatureAlgorithm| self.padding.allows(algorithm.into());
        match self.kind {
            KeyKind::P256 => &[Es256],
            KeyKind::P384 => &[Es384],
            KeyKind::P521 => &[],
            KeyKind::Rsa { .. } => match (allows(Ps256), allows(Ps384), allows(Rs256)) {
                (true, true, true) => &[Ps256, Ps384, Rs256],
                (true, true, false) => &[Ps256, Ps384],
                (true, false, _) => &[Ps256],
                (false, true, _) => &[Ps384],
                (false, false, _) => &[],
            },
        }
    }

    /// The public key of the pair.
    #[must_use]
    pub fn public_key(&self) -> PublicKey<'_> {
        PublicKey::of(self.kind, &self.material, self.padding)
    }

    /// Signs a message: r and s of fixed length for ECDSA.
    ///
    /// # Errors
    /// The key cannot sign with the algorithm, or no random bytes are to be had.
    pub fn sign(&self, algorithm: SignatureAlgorithm, message: &[u8]) -> Result<Vec<u8>, KeyError> {
        if !self.algorithms().contains(&algorithm) {
            return Err(KeyError::AlgorithmDoesNotFit { algorithm: algorithm.jose_name() });
        }
        self.signer.sign(algorithm, message)
    }

    fn prove(&self) -> Result<(), KeyError> {
        // An RSA key may be meant for a hash that nothing here signs with.
        let algorithm = *self.algorithms().first().ok_or(KeyError::Unsupported { oid: Known::RsaPss.into() })?;
        let signature = self.sign(algorithm, TRIAL)?;
        // What `ring` signed it verifies: the module that signs holds no other verifier.
        super::ring::verify(&self.public_key(), algorithm.into(), SignatureForm::Fixed, TRIAL, &signature)
            .map_err(|_| KeyError::DoesNotMatchCertificate)
    }
}

impl fmt::Debug for PrivateKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("PrivateKey").field("kind", &self.kind).finish_non_exhaustive()
    }
}

enum Material<'a> {
    Elliptic {
        /// The curve, when the key names it.
        curve: Option<OidRef<'a>>,
        /// The scalar without leading zeros.
        digits: &'a [u8],
    },
    /// An RSAPrivateKey.
    Rsa(&'a [u8]),
}

fn public_of(spki: &[u8]) -> Result<PublicKey<'_>, KeyError> {
    PublicKey::from_spki(spki).map_err(|error| match error.oid() {
        Some(oid) => KeyError::Unsupported { oid },
        None => KeyError::CertificateMalformed,
    })
}

/// The scalar is brought to the curve's length: some writers strip or add leading zeros.
fn scalar(curve: Option<OidRef<'_>>, digits: &[u8], public: &PublicKey<'_>) -> Result<Zeroizing<Vec<u8>>, KeyError> {
    let kind = match curve.map(OidRef::known) {
        Some(Known::P256) => Some(KeyKind::P256),
        Some(Known::P384) => Some(KeyKind::P384),
        Some(Known::P521) if public.kind() != KeyKind::P521 => return Err(KeyError::DoesNotMatchCertificate),
        Some(_) => return Err(KeyError::Unsupported { oid: curve.unwrap_or_default().into() }),
        None => None,
    };
    let length = match public.kind().coordinate_bytes() {
        Some(length) if kind.is_none_or(|kind| kind == public.kind()) => length,
        _ => return Err(KeyError::DoesNotMatchCertificate),
    };
    let padding = length.checked_sub(digits.len()).ok_or(KeyError::NotPkcs8)?;
    let mut scalar = Zeroizing::new(Vec::with_capacity(length));
    scalar.resize(padding, 0);
    scalar.extend_from_slice(digits);
    Ok(scalar)
}

/// A key of another modulus is told before `ring` looks at it, which takes its time.
fn rsa_signer(key: &[u8], public: &PublicKey<'_>) -> Result<Signer, KeyError> {
    let mut fields = Reader::document(key).enter(Tag::SEQUENCE);
    fields.number();
    let modulus = fields.magnitude();
    fields.check()?;
    match rsa::numbers(public.material()) {
        Ok((other, _)) if other == modulus => Signer::rsa(key),
        _ => Err(KeyError::DoesNotMatchCertificate),
    }
}

/// PrivateKeyInfo (RFC 5208 5) or OneAsymmetricKey (RFC 5958 2); attributes and public key are not needed.
fn key_info<'a>(fields: &mut Reader<'a>) -> Result<Material<'a>, KeyError> {
    let version = fields.number();
    let algorithm = AlgorithmIdentifier::read(fields);
    let key = fields.octets();
    while fields.more() {
        fields.any();
    }
    fields.check()?;
    if version > 1 {
        return Err(KeyError::NotPkcs8);
    }
    match algorithm.known() {
        Known::RsaEncryption | Known::RsaPss => Ok(Material::Rsa(key)),
        Known::EcPublicKey => elliptic(Some(&algorithm), key),
        _ => Err(KeyError::Unsupported { oid: algorithm.oid.into() }),
    }
}

/// ECPrivateKey (RFC 5915 3). Its curve stands around it (RFC 5958) or inside, as `[0]`.
fn elliptic<'a>(algorithm: Option<&AlgorithmIdentifier<'a>>, key: &'a [u8]) -> Result<Material<'a>, KeyError> {
    let around = match algorithm {
        Some(algorithm) => {
            let mut parameters = algorithm.parameters();
            let curve = parameters.oid();
            parameters.check()?;
            Some(curve)
        }
        None => None,
    };
    let (version, digits, inside) = document::<_, KeyError>(key, Tag::SEQUENCE, |fields| {
        let (version, digits) = (fields.number(), fields.octets());
        let inside = fields.next_is(context(0)).then(|| fields.within(context(0), Reader::oid));
        while fields.more() {
            fields.any();
        }
        fields.check()?;
        Ok((version, digits, inside))
    })?;
    if version != 1 || digits.is_empty() {
        return Err(KeyError::NotPkcs8);
    }
    let zeros = digits.iter().take_while(|byte| **byte == 0).count();
    Ok(Material::Elliptic { curve: around.or(inside), digits: digits.get(zeros..).unwrap_or_default() })
}

impl From<Asn1Error> for KeyError {
    /// Inside a private key, whatever is not DER is not PKCS#8.
    fn from(_: Asn1Error) -> Self {
        Self::NotPkcs8
    }
}
