//! Asking a timestamp authority (RFC 3161 3.4), or writing the question and reading the answer where there is no network.

use crate::args::TsaArgs;
use crate::exit::{CliError, Done, Failed};
use crate::files;
use hoso::asn1::{Asn1Error, Tag, document};
use hoso::cms::timestamp::{Token, request, token_of};
use hoso::crypto::{HashAlgorithm, digest};
use hoso::pki::{Certificate, Purpose};
use hoso::report::catalogue::{self, Area};
use hoso::report::{Coded, Facts};
use std::fmt;
use std::time::Duration;

/// Whole, from the look-up of the name to the last byte.
const TIME_OUT: Duration = Duration::from_secs(30);
/// A token is a few kilobytes; with a whole chain, tens.
const MOST: u64 = 200_000;
const HASH: HashAlgorithm = HashAlgorithm::Sha256;

/// Why there is no answer of a timestamp authority.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TsaError {
    /// Its address is none.
    Address { url: String },
    /// It answered with an error of HTTP.
    HttpStatus { url: String, status: u16 },
    /// A question that was written before is about another signature.
    RequestDiffers,
    /// It did not answer in time.
    TimeOut { url: String },
    /// The answer is longer than any timestamp.
    TooLarge { url: String },
    /// There is no connection.
    Unreachable { url: String },
}

impl Coded for TsaError {
    fn code(&self) -> &'static str {
        match self {
            Self::Address { .. } => "tsa.address",
            Self::HttpStatus { .. } => "tsa.http-status",
            Self::RequestDiffers => "tsa.request-differs",
            Self::TimeOut { .. } => "tsa.timeout",
            Self::TooLarge { .. } => "tsa.too-large",
            Self::Unreachable { .. } => "tsa.unreachable",
        }
    }

    fn sentences(&self) -> Area {
        catalogue::CLI
    }

    fn facts(&self) -> Facts {
        let facts = Facts::none();
        match self {
            Self::HttpStatus { url, status } => facts.with("url", url).with("status", u64::from(*status)),
            Self::Address { url } | Self::TimeOut { url } | Self::TooLarge { url } | Self::Unreachable { url } => facts.with("url", url),
            Self::RequestDiffers => facts,
        }
    }
}

impl fmt::Display for TsaError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.code())
    }
}

/// A token of these bytes; none when the question was written for somebody else to ask.
pub fn token(options: &TsaArgs, stamped: &[u8], known: &[Certificate]) -> Done<Option<Vec<u8>>> {
    let imprint = digest(HASH, &[stamped]);
    let answered = match (&options.tsa, &options.tsa_request, &options.tsa_response) {
        (Some(url), ..) => {
            let nonce = nonce()?;
            (ask(url, &request(HASH, &imprint, Some(&nonce)))?, nonce)
        }
        (None, Some(question), Some(answer)) => {
            let nonce = nonce_of(&files::read_most(question, MOST as usize)?, &imprint)?;
            (files::read_most(answer, MOST as usize)?, nonce)
        }
        (None, Some(question), None) => {
            files::write_all(question, &request(HASH, &imprint, Some(&nonce()?)))?;
            return Ok(None);
        }
        (None, None, _) => return Err(CliError::ArgumentMissing { argument: "--tsa" }.into()),
    };
    let (answer, nonce) = answered;
    let token = token_of(&answer, HASH, &imprint, Some(&nonce))?;
    // What does not hold is not added; whether the authority is believed is for whoever verifies.
    let authority = Token::read(token)?.verified_by(known)?;
    Purpose::TimeStamping.check(&authority).map_err(Failed::no)?;
    Ok(Some(token.to_vec()))
}

/// Positive and of one length, so that it is written in one way.
fn nonce() -> Done<Vec<u8>> {
    let mut nonce = files::random::<16>()?;
    if let Some(first) = nonce.first_mut() {
        *first = *first & 0x7f | 0x40;
    }
    Ok(nonce.to_vec())
}

/// The nonce of a question that was written before: it must be the whole of it about this digest.
fn nonce_of(question: &[u8], imprint: &[u8]) -> Done<Vec<u8>> {
    let read = document(question, Tag::SEQUENCE, |fields| {
        fields.number();
        fields.within(Tag::SEQUENCE, |pair| {
            pair.any();
            pair.octets();
        });
        let nonce = fields.integer();
        fields.boolean();
        fields.check().map(|()| nonce)
    });
    let nonce = read.map_err(|_: Asn1Error| TsaError::RequestDiffers)?.to_vec();
    if request(HASH, imprint, Some(&nonce)) == question { Ok(nonce) } else { Err(TsaError::RequestDiffers.into()) }
}

fn ask(url: &str, question: &[u8]) -> Result<Vec<u8>, TsaError> {
    let config = ureq::Agent::config_builder().timeout_global(Some(TIME_OUT)).max_redirects(3).build();
    let sent = ureq::Agent::new_with_config(config)
        .post(url)
        .header("Content-Type", "application/timestamp-query")
        .header("Accept", "application/timestamp-reply")
        .send(question);
    let read = sent.and_then(|mut answer| answer.body_mut().with_config().limit(MOST).read_to_vec());
    let url = url.to_owned();
    read.map_err(|error| match error {
        ureq::Error::StatusCode(status) => TsaError::HttpStatus { url, status },
        ureq::Error::Timeout(_) => TsaError::TimeOut { url },
        ureq::Error::BodyExceedsLimit(_) => TsaError::TooLarge { url },
        ureq::Error::BadUri(_) | ureq::Error::Http(_) => TsaError::Address { url },
        _ => TsaError::Unreachable { url },
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use hoso::report::{Language, sentence};

    #[test]
    fn every_error_of_an_authority_has_a_sentence() {
        let url = || "http://a".to_owned();
        let errors = [
            TsaError::Address { url: url() },
            TsaError::HttpStatus { url: url(), status: 500 },
            TsaError::RequestDiffers,
            TsaError::TimeOut { url: url() },
            TsaError::TooLarge { url: url() },
            TsaError::Unreachable { url: url() },
        ];
        for error in &errors {
            for language in Language::ALL {
                assert_ne!(sentence(error, language), error.code());
            }
        }
    }
}
