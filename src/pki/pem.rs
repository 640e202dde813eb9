//! PEM texts (RFC 7468): certificates, revocation lists, status answers and keys, several in one file, with text around them.

use super::crl::Crl;
use super::ocsp::Response;
use super::{Certificate, CertificateError, CrlError, OcspError};
use crate::limits;
use crate::text::Base64;
use zeroize::Zeroizing;

pub(crate) const BEGIN: &[u8] = b"-----BEGIN ";
const DASHES: &[u8] = b"-----";

pub(super) fn looks_like(file: &[u8]) -> bool {
    // DER starts with the SEQUENCE tag, and no text starts with 0x30 0x82 or the like.
    file.first() != Some(&0x30) && file.windows(BEGIN.len()).any(|window| window == BEGIN)
}

/// One block: what it is called and the bytes it holds.
pub(crate) struct Block<'a> {
    pub(super) label: &'a str,
    /// Whether headers stand before the bytes, as they do where the bytes are encrypted in the old way (RFC 1421 4.6).
    pub(crate) has_headers: bool,
    pub(crate) contents: Zeroizing<Vec<u8>>,
}

/// Every block of a text. A block without its end is passed over, and a list lost that way would be a revocation nobody hears of; so as many
/// blocks must be found as begin.
pub(crate) fn blocks(file: &[u8]) -> Option<Vec<Block<'_>>> {
    let begun = file.windows(BEGIN.len()).filter(|window| *window == BEGIN).count();
    let (mut rest, mut blocks) = (file, Vec::new());
    while let Some((label, payload, end)) = lines(&mut rest) {
        blocks.push(block(label, payload, end)?);
    }
    (blocks.len() == begun).then_some(blocks)
}

/// Label, payload and end label of the next block, taken off the text.
fn lines<'a>(text: &mut &'a [u8]) -> Option<(&'a [u8], &'a [u8], &'a [u8])> {
    until(text, BEGIN)?;
    let label = until(text, DASHES)?;
    let payload = until(text, b"-----END ")?;
    Some((label, payload, until(text, DASHES)?))
}

/// RFC 7468 2: both labels are the same. RFC 1421 4.6: headers, each with a colon, end with an empty line.
fn block<'a>(label: &'a [u8], payload: &'a [u8], end: &[u8]) -> Option<Block<'a>> {
    let label = str::from_utf8(label).ok().filter(|label| !label.is_empty() && label.as_bytes() == end)?;
    let start = payload.iter().position(|byte| !b" \t\n\r".contains(byte));
    let mut data = payload.get(start.unwrap_or(payload.len())..)?;
    let headers = until(&mut data, b"\n\n").or_else(|| until(&mut data, b"\r\n\r\n"));
    if let Some(headers) = headers {
        str::from_utf8(headers).ok().filter(|headers| headers.lines().all(|header| header.bytes().any(|byte| byte == b':')))?;
    }
    let mut letters = Zeroizing::new(String::with_capacity(data.len()));
    letters.extend(str::from_utf8(data).ok()?.chars().filter(|letter| !letter.is_whitespace()));
    Some(Block { label, has_headers: headers.is_some(), contents: Zeroizing::new(Base64::Standard.decode(&letters)?) })
}

/// What stands before the next marker; both are taken off the text. A marker with a dash too many before it is none (RFC 7468 3).
fn until<'a>(text: &mut &'a [u8], marker: &[u8]) -> Option<&'a [u8]> {
    let mut found = 0;
    let end = text.iter().position(|byte| {
        found = if marker.get(found) == Some(byte) { found + 1 } else { 0 };
        found == marker.len()
    })?;
    let (before, rest) = text.split_at_checked(end + 1)?;
    *text = rest;
    before.get(..end + 1 - marker.len())
}

pub(super) fn certificates(file: &[u8]) -> Result<Vec<Certificate>, CertificateError> {
    // A certificate in Base64 is a third longer.
    let most = limits::CERTIFICATES.saturating_mul(limits::CERTIFICATE_BYTES) / 3 * 4;
    if file.len() > most {
        return Err(CertificateError::TooLarge { bytes: file.len() });
    }
    let blocks = blocks(file).ok_or(CertificateError::NotPem)?;
    let certificates: Vec<_> = blocks.into_iter().filter(|block| block.label == "CERTIFICATE").collect();
    match certificates.len() {
        0 => Err(CertificateError::NotPem),
        count if count > limits::CERTIFICATES => Err(CertificateError::TooMany { count }),
        _ => certificates.into_iter().map(|mut block| Certificate::parse(std::mem::take(&mut *block.contents))).collect(),
    }
}

pub(super) fn lists(file: &[u8]) -> Result<Vec<Crl>, CrlError> {
    if file.len() > limits::CRL_BYTES / 3 * 4 {
        return Err(CrlError::TooLarge { bytes: file.len() });
    }
    let blocks = blocks(file).ok_or(CrlError::NotPem)?;
    let lists: Vec<_> = blocks.into_iter().filter(|block| block.label == "X509 CRL").collect();
    match lists.len() {
        0 => Err(CrlError::NotPem),
        count if count > limits::CRLS => Err(CrlError::TooMany { count }),
        _ => lists.into_iter().map(|mut block| Crl::parse(std::mem::take(&mut *block.contents))).collect(),
    }
}

pub(super) fn answers(file: &[u8]) -> Result<Vec<Response>, OcspError> {
    if file.len() > limits::OCSPS.saturating_mul(limits::OCSP_BYTES) / 3 * 4 {
        return Err(OcspError::TooLarge { bytes: file.len() });
    }
    let blocks = blocks(file).ok_or(OcspError::NotPem)?;
    let answers: Vec<_> = blocks.into_iter().filter(|block| block.label == "OCSP RESPONSE").collect();
    match answers.len() {
        0 => Err(OcspError::NotPem),
        count if count > limits::OCSPS => Err(OcspError::TooMany { count }),
        _ => answers.into_iter().map(|mut block| Response::parse(std::mem::take(&mut *block.contents))).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn both_labels_are_the_same_and_headers_end_with_an_empty_line() {
        let count = |text: &str| blocks(text.as_bytes()).map(|blocks| blocks.len());
        for (text, expected) in [
            ("-----BEGIN A-----\nAAAA\n-----END A-----\n-----BEGIN B-----AAAA-----END B-----", Some(2)),
            ("-----BEGIN A-----\nX: y\n\nAAAA\n-----END A-----", Some(1)),
            ("-----BEGIN A-----\nX\n\nAAAA\n-----END A-----", None),
            ("-----BEGIN A-----\nAAAA\n-----END B-----", None),
            ("-----BEGIN -----\nAAAA\n-----END -----", None),
            ("-----BEGIN A-----\nAAAA\n------END A-----", None),
            ("-----BEGIN A-----\nAAA\n-----END A-----", None),
            ("", Some(0)),
        ] {
            assert_eq!(count(text), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn blocks_are_those_that_the_crate_finds(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..24)) {
            let text = pieces.concat();
            let begun = text.match_indices("-----BEGIN ").count();
            let theirs = ::pem::parse_many(&text).ok().filter(|blocks| blocks.len() == begun);
            let theirs = theirs.map(|blocks| blocks.into_iter().map(|block| (block.tag().to_owned(), block.into_contents())).collect::<Vec<_>>());
            let ours = blocks(text.as_bytes());
            prop_assert_eq!(ours.map(|blocks| blocks.into_iter().map(|block| (block.label.to_owned(), block.contents.to_vec())).collect::<Vec<_>>()), theirs);
        }
    }

    const PIECES: &[&str] = &[
        "-----BEGIN A-----\nAAAA\n-----END A-----\n",
        "-----BEGIN ",
        "-----END ",
        "A",
        "B",
        "-----",
        "-",
        "\n",
        "\r\n",
        "\n\n",
        "\r\n\r\n",
        "\r",
        " ",
        "\u{a0}",
        "ê",
        "AAAA",
        "AA==",
        "Zg=",
        "x: y",
        "x",
        ":",
    ];
}
