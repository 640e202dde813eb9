//! Signed messages, signature files, timestamps and whatever else may be signed: any bytes are read or refused; what is written again with nothing
//! more in it is the same; nothing that nobody trusted signed passes; and a verdict is the same each time.

use hoso::cms::timestamp::{Token, token_of};
use hoso::cms::{self, SignedData};
use hoso::crypto::HashAlgorithm;
use hoso::pki::Policy;
use hoso::report::Language;
use hoso::sign::jades::{self, Given};
use hoso::sign::verdict::SignatureVerdict;
use hoso::sign::{Content, Trust, Used, cades, file};
use hoso::text::Instant;

const fn trust() -> Trust<'static> {
    Trust {
        anchors: &[],
        certificates: &[],
        crls: &[],
        answers: &[],
        revocation: Policy::None,
        received: Instant::from_unix(1_795_485_600),
    }
}

/// A token, alone or in an answer.
pub fn tsp(input: &[u8]) {
    if let Ok(token) = Token::read(input) {
        let longer = [input, &[0]].concat();
        assert!(Token::read(&longer).is_err(), "bytes behind a token");
        assert!(token.check_imprint(b"a").is_err() || token.check_imprint(b"b").is_err(), "of two texts");
        drop((token.verified_by(&[]), cms::is_known(token.data())));
    }
    if let Ok(token) = token_of(input, HashAlgorithm::Sha256, &[0; 32], None) {
        assert!(Token::read(token).is_ok_and(|token| token.is_of(HashAlgorithm::Sha256, &[0; 32])));
    }
}

/// A signed message.
pub fn cades(input: &[u8]) {
    let judge = || cades::verify(input, Some(&Content::of(b"a")), &trust(), Language::Vi);
    let verdicts = judge();
    assert_eq!(verdicts, judge());
    refused(&verdicts);
    let Ok(data) = SignedData::read(input) else { return };
    assert_eq!(data.signers.len(), verdicts.len());
    // What hoso passes over need not be DER within; then nothing is written.
    let Ok(again) = cades::with_evidence(input, &Used::default()) else { return };
    let same = SignedData::read(&again).expect("what is written is read");
    assert_eq!(same.signers.len(), data.signers.len());
    assert_eq!(cades::with_evidence(&again, &Used::default()), Ok(again.clone()), "written twice");
    assert!(!cms::is_framed(input, &data) || again == input, "another frame");
}

/// A signature file of JSON.
pub fn jades(input: &[u8]) {
    let judge = || jades::verify(input, &[], &trust(), Language::Vi);
    let found = judge();
    assert_eq!(found, judge());
    let any = jades::verify_any(input, &Given::default(), &trust(), Language::Vi);
    for judged in found.signatures.iter().chain(&any.signatures) {
        refused(std::slice::from_ref(&judged.verdict));
    }
    if let Ok(again) = jades::with_evidence(input, 0, &Used::default()) {
        assert_eq!(again, input, "what is read is written again");
    }
}

/// Whatever may be signed.
pub fn verify(input: &[u8]) {
    let judge = || file::verify(input, &[("a".to_owned(), Content::of(b"a"))], &trust(), Language::Vi);
    let found = judge();
    assert!(found == judge() && !found.accepted(), "nobody signed");
    refused(&found.signatures);
}

fn refused(verdicts: &[SignatureVerdict]) {
    for verdict in verdicts {
        assert!(!verdict.passed() && !verdict.reasons.is_empty(), "nobody signed: {verdict:?}");
    }
}
