//! Object identifiers, each with the document that assigns it.

use super::Oid;

macro_rules! oids {
    ($($(#[$doc:meta])* $name:ident = $text:literal;)*) => {
        $($(#[$doc])* pub const $name: Oid = Oid::new_unwrap($text);)*
    };
}

// Keys (RFC 3279 2.3, RFC 5480 2.1.1).
oids! {
    /// rsaEncryption, RFC 3279 2.3.1.
    RSA_ENCRYPTION = "1.2.840.113549.1.1.1";
    /// id-ecPublicKey, RFC 5480 2.1.1.
    EC_PUBLIC_KEY = "1.2.840.10045.2.1";
    /// secp256r1, RFC 5480 2.1.1.1.
    P256 = "1.2.840.10045.3.1.7";
    /// secp384r1, RFC 5480 2.1.1.1.
    P384 = "1.3.132.0.34";
}

// Signatures (RFC 4055, RFC 5758 3.2) and what is too weak (RFC 3279 2.2).
oids! {
    /// sha256WithRSAEncryption, RFC 4055 5.
    RSA_SHA256 = "1.2.840.113549.1.1.11";
    /// sha384WithRSAEncryption, RFC 4055 5.
    RSA_SHA384 = "1.2.840.113549.1.1.12";
    /// sha512WithRSAEncryption, RFC 4055 5.
    RSA_SHA512 = "1.2.840.113549.1.1.13";
    /// id-RSASSA-PSS, RFC 4055 3.1.
    RSA_PSS = "1.2.840.113549.1.1.10";
    /// id-mgf1, RFC 4055 2.2.
    MGF1 = "1.2.840.113549.1.1.8";
    /// ecdsa-with-SHA256, RFC 5758 3.2.
    ECDSA_SHA256 = "1.2.840.10045.4.3.2";
    /// ecdsa-with-SHA384, RFC 5758 3.2.
    ECDSA_SHA384 = "1.2.840.10045.4.3.3";
    /// md5WithRSAEncryption, RFC 3279 2.2.1.
    RSA_MD5 = "1.2.840.113549.1.1.4";
    /// sha1WithRSAEncryption, RFC 3279 2.2.1.
    RSA_SHA1 = "1.2.840.113549.1.1.5";
    /// ecdsa-with-SHA1, RFC 3279 2.2.3.
    ECDSA_SHA1 = "1.2.840.10045.4.1";
}

// Hashes (RFC 4055 2.1, RFC 8017 B.1) and HMACs (RFC 8018 B.1.2).
oids! {
    /// id-sha1, RFC 3279 2.1.
    SHA1 = "1.3.14.3.2.26";
    /// id-sha256, RFC 4055 2.1.
    SHA256 = "2.16.840.1.101.3.4.2.1";
    /// id-sha384, RFC 4055 2.1.
    SHA384 = "2.16.840.1.101.3.4.2.2";
    /// id-sha512, RFC 4055 2.1.
    SHA512 = "2.16.840.1.101.3.4.2.3";
    /// id-hmacWithSHA1, RFC 8018 B.1.1.
    HMAC_SHA1 = "1.2.840.113549.2.7";
    /// id-hmacWithSHA256, RFC 8018 B.1.2.
    HMAC_SHA256 = "1.2.840.113549.2.9";
    /// id-hmacWithSHA384, RFC 8018 B.1.2.
    HMAC_SHA384 = "1.2.840.113549.2.10";
    /// id-hmacWithSHA512, RFC 8018 B.1.2.
    HMAC_SHA512 = "1.2.840.113549.2.11";
}

// Password-based encryption (RFC 8018 A) and AES (NIST CSOR, RFC 3565 4.1).
oids! {
    /// id-PBKDF2, RFC 8018 A.2.
    PBKDF2 = "1.2.840.113549.1.5.12";
    /// id-PBES2, RFC 8018 A.4.
    PBES2 = "1.2.840.113549.1.5.13";
    /// aes128-CBC-PAD, RFC 8018 B.2.5.
    AES128_CBC = "2.16.840.1.101.3.4.1.2";
    /// aes192-CBC-PAD, RFC 8018 B.2.5.
    AES192_CBC = "2.16.840.1.101.3.4.1.22";
    /// aes256-CBC-PAD, RFC 8018 B.2.5.
    AES256_CBC = "2.16.840.1.101.3.4.1.42";
}

// PKCS#12 (RFC 7292 4.2) and what it contains (RFC 5652, RFC 2985).
oids! {
    /// id-data, RFC 5652 4.
    DATA = "1.2.840.113549.1.7.1";
    /// id-encryptedData, RFC 5652 8.
    ENCRYPTED_DATA = "1.2.840.113549.1.7.6";
    /// keyBag, RFC 7292 4.2.1.
    KEY_BAG = "1.2.840.113549.1.12.10.1.1";
    /// pkcs8ShroudedKeyBag, RFC 7292 4.2.2.
    SHROUDED_KEY_BAG = "1.2.840.113549.1.12.10.1.2";
    /// certBag, RFC 7292 4.2.3.
    CERTIFICATE_BAG = "1.2.840.113549.1.12.10.1.3";
    /// crlBag, RFC 7292 4.2.4.
    CRL_BAG = "1.2.840.113549.1.12.10.1.4";
    /// secretBag, RFC 7292 4.2.5.
    SECRET_BAG = "1.2.840.113549.1.12.10.1.5";
    /// x509Certificate, RFC 7292 4.2.3.
    X509_CERTIFICATE = "1.2.840.113549.1.9.22.1";
    /// localKeyId, RFC 2985 5.5.2.
    LOCAL_KEY_ID = "1.2.840.113549.1.9.21";
}

// Extensions of certificates and CRLs (RFC 5280 4.2, 5.2, 5.3).
oids! {
    /// id-ce-subjectKeyIdentifier, RFC 5280 4.2.1.2.
    SUBJECT_KEY_IDENTIFIER = "2.5.29.14";
    /// id-ce-keyUsage, RFC 5280 4.2.1.3.
    KEY_USAGE = "2.5.29.15";
    /// id-ce-subjectAltName, RFC 5280 4.2.1.6.
    SUBJECT_ALT_NAME = "2.5.29.17";
    /// id-ce-issuerAltName, RFC 5280 4.2.1.7.
    ISSUER_ALT_NAME = "2.5.29.18";
    /// id-ce-basicConstraints, RFC 5280 4.2.1.9.
    BASIC_CONSTRAINTS = "2.5.29.19";
    /// id-ce-cRLNumber, RFC 5280 5.2.3.
    CRL_NUMBER = "2.5.29.20";
    /// id-ce-cRLReasons, RFC 5280 5.3.1.
    CRL_REASON = "2.5.29.21";
    /// id-ce-invalidityDate, RFC 5280 5.3.2.
    INVALIDITY_DATE = "2.5.29.24";
    /// id-ce-deltaCRLIndicator, RFC 5280 5.2.4.
    DELTA_CRL_INDICATOR = "2.5.29.27";
    /// id-ce-issuingDistributionPoint, RFC 5280 5.2.5.
    ISSUING_DISTRIBUTION_POINT = "2.5.29.28";
    /// id-ce-nameConstraints, RFC 5280 4.2.1.10.
    NAME_CONSTRAINTS = "2.5.29.30";
    /// id-ce-cRLDistributionPoints, RFC 5280 4.2.1.13.
    CRL_DISTRIBUTION_POINTS = "2.5.29.31";
    /// id-ce-certificatePolicies, RFC 5280 4.2.1.4.
    CERTIFICATE_POLICIES = "2.5.29.32";
    /// id-ce-authorityKeyIdentifier, RFC 5280 4.2.1.1.
    AUTHORITY_KEY_IDENTIFIER = "2.5.29.35";
    /// id-ce-extKeyUsage, RFC 5280 4.2.1.12.
    EXTENDED_KEY_USAGE = "2.5.29.37";
    /// id-ce-freshestCRL, RFC 5280 4.2.1.15.
    FRESHEST_CRL = "2.5.29.46";
    /// id-pe-authorityInfoAccess, RFC 5280 4.2.2.1.
    AUTHORITY_INFO_ACCESS = "1.3.6.1.5.5.7.1.1";
    /// id-pe-qcStatements, RFC 3739 3.2.6.
    QC_STATEMENTS = "1.3.6.1.5.5.7.1.3";
}

// Extended key usages (RFC 5280 4.2.1.12).
oids! {
    /// id-kp-serverAuth.
    SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
    /// id-kp-codeSigning.
    CODE_SIGNING = "1.3.6.1.5.5.7.3.3";
    /// id-kp-timeStamping.
    TIME_STAMPING = "1.3.6.1.5.5.7.3.8";
    /// id-kp-OCSPSigning.
    OCSP_SIGNING = "1.3.6.1.5.5.7.3.9";
}

// Attributes of names (RFC 5280 4.1.2.4 and A.1, RFC 4519 2, RFC 2985 5.2.1).
oids! {
    /// commonName, RFC 4519 2.3.
    COMMON_NAME = "2.5.4.3";
    /// surname, RFC 4519 2.32.
    SURNAME = "2.5.4.4";
    /// serialNumber, RFC 4519 2.31.
    SERIAL_NUMBER = "2.5.4.5";
    /// countryName, RFC 4519 2.2.
    COUNTRY = "2.5.4.6";
    /// localityName, RFC 4519 2.16.
    LOCALITY = "2.5.4.7";
    /// stateOrProvinceName, RFC 4519 2.33.
    STATE = "2.5.4.8";
    /// streetAddress, RFC 4519 2.34.
    STREET = "2.5.4.9";
    /// organizationName, RFC 4519 2.19.
    ORGANIZATION = "2.5.4.10";
    /// organizationalUnitName, RFC 4519 2.20.
    ORGANIZATIONAL_UNIT = "2.5.4.11";
    /// title, RFC 4519 2.38.
    TITLE = "2.5.4.12";
    /// givenName, RFC 4519 2.12.
    GIVEN_NAME = "2.5.4.42";
    /// organizationIdentifier, ITU-T X.520 6.2.11.
    ORGANIZATION_IDENTIFIER = "2.5.4.97";
    /// uid, RFC 4519 2.39.
    UID = "0.9.2342.19200300.100.1.1";
    /// domainComponent, RFC 4519 2.4.
    DOMAIN_COMPONENT = "0.9.2342.19200300.100.1.25";
    /// emailAddress, RFC 2985 5.2.1.
    EMAIL_ADDRESS = "1.2.840.113549.1.9.1";
}
