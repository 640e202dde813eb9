//! The object identifiers that hoso knows, each with the document that assigns it.

use super::OidRef;
use super::oid::{encoded, encoded_bytes};

macro_rules! known {
    ($($(#[$doc:meta])* $name:ident = $text:literal;)*) => {
        /// What an object identifier names.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Known {
            /// None of those below.
            Other,
            $($(#[$doc])* $name,)*
        }

        /// Each with the contents of its OBJECT IDENTIFIER.
        const KNOWN: &[(Known, &[u8])] = &[$((Known::$name, &const { encoded::<{ encoded_bytes($text) }>($text) })),*];

        #[cfg(test)]
        const TEXTS: &[&str] = &[$($text),*];
    };
}

known! {
    // Keys (RFC 3279 2.3, RFC 5480 2.1.1).
    /// rsaEncryption, RFC 3279 2.3.1.
    RsaEncryption = "1.2.840.113549.1.1.1";
    /// id-ecPublicKey, RFC 5480 2.1.1.
    EcPublicKey = "1.2.840.10045.2.1";
    /// secp256r1, RFC 5480 2.1.1.1.
    P256 = "1.2.840.10045.3.1.7";
    /// secp384r1, RFC 5480 2.1.1.1.
    P384 = "1.3.132.0.34";
    /// secp521r1, RFC 5480 2.1.1.1.
    P521 = "1.3.132.0.35";

    // Signatures (RFC 4055, RFC 5758 3.2) and what is too weak (RFC 3279 2.2).
    /// sha256WithRSAEncryption, RFC 4055 5.
    RsaSha256 = "1.2.840.113549.1.1.11";
    /// sha384WithRSAEncryption, RFC 4055 5.
    RsaSha384 = "1.2.840.113549.1.1.12";
    /// sha512WithRSAEncryption, RFC 4055 5.
    RsaSha512 = "1.2.840.113549.1.1.13";
    /// id-RSASSA-PSS, RFC 4055 3.1.
    RsaPss = "1.2.840.113549.1.1.10";
    /// id-mgf1, RFC 4055 2.2.
    Mgf1 = "1.2.840.113549.1.1.8";
    /// ecdsa-with-SHA256, RFC 5758 3.2.
    EcdsaSha256 = "1.2.840.10045.4.3.2";
    /// ecdsa-with-SHA384, RFC 5758 3.2.
    EcdsaSha384 = "1.2.840.10045.4.3.3";
    /// ecdsa-with-SHA512, RFC 5758 3.2.
    EcdsaSha512 = "1.2.840.10045.4.3.4";
    /// md5WithRSAEncryption, RFC 3279 2.2.1.
    RsaMd5 = "1.2.840.113549.1.1.4";
    /// sha1WithRSAEncryption, RFC 3279 2.2.1.
    RsaSha1 = "1.2.840.113549.1.1.5";
    /// ecdsa-with-SHA1, RFC 3279 2.2.3.
    EcdsaSha1 = "1.2.840.10045.4.1";

    // Hashes (RFC 4055 2.1, RFC 8017 B.1) and HMACs (RFC 8018 B.1.2).
    /// id-sha1, RFC 3279 2.1.
    Sha1 = "1.3.14.3.2.26";
    /// id-sha256, RFC 4055 2.1.
    Sha256 = "2.16.840.1.101.3.4.2.1";
    /// id-sha384, RFC 4055 2.1.
    Sha384 = "2.16.840.1.101.3.4.2.2";
    /// id-sha512, RFC 4055 2.1.
    Sha512 = "2.16.840.1.101.3.4.2.3";
    /// id-hmacWithSHA1, RFC 8018 B.1.1.
    HmacSha1 = "1.2.840.113549.2.7";
    /// id-hmacWithSHA256, RFC 8018 B.1.2.
    HmacSha256 = "1.2.840.113549.2.9";
    /// id-hmacWithSHA384, RFC 8018 B.1.2.
    HmacSha384 = "1.2.840.113549.2.10";
    /// id-hmacWithSHA512, RFC 8018 B.1.2.
    HmacSha512 = "1.2.840.113549.2.11";

    // Password-based encryption (RFC 8018 A) and AES (NIST CSOR, RFC 3565 4.1).
    /// id-PBKDF2, RFC 8018 A.2.
    Pbkdf2 = "1.2.840.113549.1.5.12";
    /// id-PBES2, RFC 8018 A.4.
    Pbes2 = "1.2.840.113549.1.5.13";
    /// aes128-CBC-PAD, RFC 8018 B.2.5.
    Aes128Cbc = "2.16.840.1.101.3.4.1.2";
    /// aes192-CBC-PAD, RFC 8018 B.2.5.
    Aes192Cbc = "2.16.840.1.101.3.4.1.22";
    /// aes256-CBC-PAD, RFC 8018 B.2.5.
    Aes256Cbc = "2.16.840.1.101.3.4.1.42";

    /// id-PBMAC1, RFC 8018 A.5.
    Pbmac1 = "1.2.840.113549.1.5.14";
    /// des-EDE3-CBC-Pad, RFC 8018 B.2.2.
    TripleDesCbc = "1.2.840.113549.3.7";
    /// pbeWithSHAAnd3-KeyTripleDES-CBC, RFC 7292 C.
    PbeTripleDes = "1.2.840.113549.1.12.1.3";
    /// pbeWithSHAAnd2-KeyTripleDES-CBC, RFC 7292 C.
    PbeTripleDes2 = "1.2.840.113549.1.12.1.4";
    /// pbeWithSHAAnd128BitRC2-CBC, RFC 7292 C.
    PbeRc2 = "1.2.840.113549.1.12.1.5";
    /// pbewithSHAAnd40BitRC2-CBC, RFC 7292 C.
    PbeRc2Weak = "1.2.840.113549.1.12.1.6";

    // PKCS#12 (RFC 7292 4.2) and what it contains (RFC 5652, RFC 2985).
    /// id-data, RFC 5652 4.
    Data = "1.2.840.113549.1.7.1";
    /// id-encryptedData, RFC 5652 8.
    EncryptedData = "1.2.840.113549.1.7.6";
    /// keyBag, RFC 7292 4.2.1.
    KeyBag = "1.2.840.113549.1.12.10.1.1";
    /// pkcs8ShroudedKeyBag, RFC 7292 4.2.2.
    ShroudedKeyBag = "1.2.840.113549.1.12.10.1.2";
    /// certBag, RFC 7292 4.2.3.
    CertificateBag = "1.2.840.113549.1.12.10.1.3";
    /// crlBag, RFC 7292 4.2.4.
    CrlBag = "1.2.840.113549.1.12.10.1.4";
    /// secretBag, RFC 7292 4.2.5.
    SecretBag = "1.2.840.113549.1.12.10.1.5";
    /// x509Certificate, RFC 7292 4.2.3.
    X509Certificate = "1.2.840.113549.1.9.22.1";
    /// friendlyName, RFC 2985 5.5.1.
    FriendlyName = "1.2.840.113549.1.9.20";
    /// localKeyId, RFC 2985 5.5.2.
    LocalKeyId = "1.2.840.113549.1.9.21";

    // Signed messages (RFC 5652), their attributes (RFC 5652 11, RFC 5035, EN 319 122-1 5) and timestamps (RFC 3161).
    /// id-signedData, RFC 5652 5.1.
    SignedData = "1.2.840.113549.1.7.2";
    /// id-ct-TSTInfo, RFC 3161 2.4.2.
    TstInfo = "1.2.840.113549.1.9.16.1.4";
    /// id-contentType, RFC 5652 11.1.
    ContentType = "1.2.840.113549.1.9.3";
    /// id-messageDigest, RFC 5652 11.2.
    MessageDigest = "1.2.840.113549.1.9.4";
    /// id-signingTime, RFC 5652 11.3.
    SigningTime = "1.2.840.113549.1.9.5";
    /// id-countersignature, RFC 5652 11.4.
    CounterSignature = "1.2.840.113549.1.9.6";
    /// id-aa-CMSAlgorithmProtection, RFC 6211 2.
    AlgorithmProtection = "1.2.840.113549.1.9.52";
    /// id-aa-signingCertificate, RFC 5035 5.
    SigningCertificate = "1.2.840.113549.1.9.16.2.12";
    /// id-aa-signatureTimeStampToken, RFC 3161 A.
    SignatureTimeStamp = "1.2.840.113549.1.9.16.2.14";
    /// id-aa-ets-commitmentType, EN 319 122-1 5.2.3.
    CommitmentType = "1.2.840.113549.1.9.16.2.16";
    /// id-aa-signingCertificateV2, RFC 5035 3.
    SigningCertificateV2 = "1.2.840.113549.1.9.16.2.47";
    /// id-cti-ets-proofOfApproval, EN 319 122-1 5.2.3.
    ProofOfApproval = "1.2.840.113549.1.9.16.6.5";
    /// id-aa-ets-archiveTimestampV3, EN 319 122-1 5.5.3.
    ArchiveTimeStamp = "0.4.0.1733.2.4";
    /// id-ri-ocsp-response, RFC 5940 2.1.
    OcspInSignedData = "1.3.6.1.5.5.7.16.2";

    // Extensions of certificates and CRLs (RFC 5280 4.2, 5.2, 5.3).
    /// id-ce-subjectKeyIdentifier, RFC 5280 4.2.1.2.
    SubjectKeyIdentifier = "2.5.29.14";
    /// id-ce-keyUsage, RFC 5280 4.2.1.3.
    KeyUsage = "2.5.29.15";
    /// id-ce-subjectAltName, RFC 5280 4.2.1.6.
    SubjectAltName = "2.5.29.17";
    /// id-ce-issuerAltName, RFC 5280 4.2.1.7.
    IssuerAltName = "2.5.29.18";
    /// id-ce-basicConstraints, RFC 5280 4.2.1.9.
    BasicConstraints = "2.5.29.19";
    /// id-ce-cRLNumber, RFC 5280 5.2.3.
    CrlNumber = "2.5.29.20";
    /// id-ce-cRLReasons, RFC 5280 5.3.1.
    CrlReason = "2.5.29.21";
    /// id-ce-invalidityDate, RFC 5280 5.3.2.
    InvalidityDate = "2.5.29.24";
    /// id-ce-deltaCRLIndicator, RFC 5280 5.2.4.
    DeltaCrlIndicator = "2.5.29.27";
    /// id-ce-issuingDistributionPoint, RFC 5280 5.2.5.
    IssuingDistributionPoint = "2.5.29.28";
    /// id-ce-certificateIssuer, RFC 5280 5.3.3.
    CertificateIssuer = "2.5.29.29";
    /// id-ce-nameConstraints, RFC 5280 4.2.1.10.
    NameConstraints = "2.5.29.30";
    /// id-ce-cRLDistributionPoints, RFC 5280 4.2.1.13.
    CrlDistributionPoints = "2.5.29.31";
    /// id-ce-certificatePolicies, RFC 5280 4.2.1.4.
    CertificatePolicies = "2.5.29.32";
    /// anyPolicy, RFC 5280 4.2.1.4.
    AnyPolicy = "2.5.29.32.0";
    /// id-ce-policyMappings, RFC 5280 4.2.1.5.
    PolicyMappings = "2.5.29.33";
    /// id-ce-policyConstraints, RFC 5280 4.2.1.11.
    PolicyConstraints = "2.5.29.36";
    /// id-ce-inhibitAnyPolicy, RFC 5280 4.2.1.14.
    InhibitAnyPolicy = "2.5.29.54";
    /// id-ce-authorityKeyIdentifier, RFC 5280 4.2.1.1.
    AuthorityKeyIdentifier = "2.5.29.35";
    /// id-ce-extKeyUsage, RFC 5280 4.2.1.12.
    ExtendedKeyUsage = "2.5.29.37";
    /// anyExtendedKeyUsage, RFC 5280 4.2.1.12.
    AnyExtendedKeyUsage = "2.5.29.37.0";
    /// id-ce-freshestCRL, RFC 5280 4.2.1.15.
    FreshestCrl = "2.5.29.46";
    /// id-pe-authorityInfoAccess, RFC 5280 4.2.2.1.
    AuthorityInfoAccess = "1.3.6.1.5.5.7.1.1";
    /// id-pe-qcStatements, RFC 3739 3.2.6.
    QcStatements = "1.3.6.1.5.5.7.1.3";

    // Extended key usages (RFC 5280 4.2.1.12).
    /// id-kp-serverAuth.
    ServerAuth = "1.3.6.1.5.5.7.3.1";
    /// id-kp-clientAuth.
    ClientAuth = "1.3.6.1.5.5.7.3.2";
    /// id-kp-codeSigning.
    CodeSigning = "1.3.6.1.5.5.7.3.3";
    /// id-kp-emailProtection.
    EmailProtection = "1.3.6.1.5.5.7.3.4";
    /// id-kp-timeStamping.
    TimeStamping = "1.3.6.1.5.5.7.3.8";
    /// id-kp-OCSPSigning.
    OcspSigning = "1.3.6.1.5.5.7.3.9";
    /// id-kp-documentSigning, RFC 9336 3.
    DocumentSigning = "1.3.6.1.5.5.7.3.36";

    // OCSP (RFC 6960 4.2.1, 4.2.2.2.1, 4.4) and where it is asked (RFC 5280 4.2.2.1).
    /// id-ad-ocsp, RFC 5280 4.2.2.1.
    Ocsp = "1.3.6.1.5.5.7.48.1";
    /// id-ad-caIssuers, RFC 5280 4.2.2.1.
    CaIssuers = "1.3.6.1.5.5.7.48.2";
    /// id-pkix-ocsp-basic, RFC 6960 4.2.1.
    OcspBasic = "1.3.6.1.5.5.7.48.1.1";
    /// id-pkix-ocsp-nonce, RFC 6960 4.4.1.
    OcspNonce = "1.3.6.1.5.5.7.48.1.2";
    /// id-pkix-ocsp-nocheck, RFC 6960 4.2.2.2.1.
    OcspNoCheck = "1.3.6.1.5.5.7.48.1.5";
    /// id-pkix-ocsp-archive-cutoff, RFC 6960 4.4.4.
    OcspArchiveCutoff = "1.3.6.1.5.5.7.48.1.6";

    // Attributes of names (RFC 5280 4.1.2.4 and A.1, RFC 4519 2, RFC 2985 5.2.1).
    /// commonName, RFC 4519 2.3.
    CommonName = "2.5.4.3";
    /// surname, RFC 4519 2.32.
    Surname = "2.5.4.4";
    /// serialNumber, RFC 4519 2.31.
    SerialNumber = "2.5.4.5";
    /// countryName, RFC 4519 2.2.
    Country = "2.5.4.6";
    /// localityName, RFC 4519 2.16.
    Locality = "2.5.4.7";
    /// stateOrProvinceName, RFC 4519 2.33.
    State = "2.5.4.8";
    /// streetAddress, RFC 4519 2.34.
    Street = "2.5.4.9";
    /// organizationName, RFC 4519 2.19.
    Organization = "2.5.4.10";
    /// organizationalUnitName, RFC 4519 2.20.
    OrganizationalUnit = "2.5.4.11";
    /// title, RFC 4519 2.38.
    Title = "2.5.4.12";
    /// givenName, RFC 4519 2.12.
    GivenName = "2.5.4.42";
    /// organizationIdentifier, ITU-T X.520 6.2.11.
    OrganizationIdentifier = "2.5.4.97";
    /// uid, RFC 4519 2.39.
    Uid = "0.9.2342.19200300.100.1.1";
    /// domainComponent, RFC 4519 2.4.
    DomainComponent = "0.9.2342.19200300.100.1.25";
    /// emailAddress, RFC 2985 5.2.1.
    EmailAddress = "1.2.840.113549.1.9.1";
}

impl OidRef<'_> {
    /// What it names.
    #[must_use]
    pub fn known(self) -> Known {
        KNOWN.iter().find(|(_, bytes)| *bytes == self.bytes()).map_or(Known::Other, |(known, _)| *known)
    }
}

impl Known {
    /// Its identifier; an empty one for [`Known::Other`].
    #[must_use]
    pub fn oid(self) -> OidRef<'static> {
        KNOWN.iter().find(|(known, _)| *known == self).map_or_else(OidRef::default, |(_, bytes)| OidRef::known_bytes(bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_identifier_is_found_by_the_bytes_of_its_text() {
        assert_eq!(KNOWN.len(), TEXTS.len());
        for ((known, bytes), text) in KNOWN.iter().zip(TEXTS) {
            assert_eq!(der::asn1::ObjectIdentifier::new_unwrap(text).as_bytes(), *bytes, "{text}");
            let oid = OidRef::read(bytes).unwrap();
            assert_eq!((oid.known(), known.oid(), oid.to_string().as_str()), (*known, oid, *text));
        }
        assert_eq!(OidRef::read(&[0x2a]).unwrap().known(), Known::Other);
    }
}
