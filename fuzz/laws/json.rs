//! Reading: hoso reads what serde_json reads, but for its limits and I-JSON, and the canonical form of a text is its own canonical form.

#[path = "../../tests/support/same_json.rs"]
mod same_json;

use hoso::json::{Document, Pointer, ReadProblem, Value, canonical};
use same_json::same;

/// Any bytes are read or refused.
pub fn holds(input: &[u8]) {
    let theirs = serde_json::from_slice::<serde_json::Value>(input);
    match (Document::read(input), theirs) {
        (Ok(document), Ok(theirs)) => {
            assert!(same(document.root(), &theirs), "serde_json reads {theirs}");
            read(&document, input.len());
        }
        (Ok(document), Err(error)) => {
            assert!(error.to_string().starts_with("number out of range"), "hoso reads what serde_json does not: {error}");
            read(&document, input.len());
        }
        (Err(error), Ok(_)) => assert!(
            matches!(error.problem, ReadProblem::DuplicateName | ReadProblem::NumberTooLong | ReadProblem::TooDeep),
            "hoso does not read what serde_json reads: {error:?}"
        ),
        (Err(error), Err(_)) => assert!(error.position.line >= 1 && error.position.column >= 1 && error.position.line <= input.len() + 1),
    }
}

fn read(document: &Document, bytes: usize) {
    assert!(document.len() <= bytes, "more values than bytes");
    places(document.root(), &Pointer::root(), document);
    let exact = document.values().filter_map(Value::as_number).all(|number| number.is_exact());
    let Ok(text) = canonical(document.root()) else {
        assert!(!exact, "numbers are exact and there is no canonical form");
        return;
    };
    assert!(exact, "a number is not exact and there is a canonical form");
    let again = Document::read(text.as_str()).expect("a canonical form is read");
    assert!(again.root().equals(document.root()) && document.root().equals(again.root()), "the canonical form is another value: {text}");
    assert_eq!(canonical(again.root()).as_deref(), Ok(text.as_str()));
}

/// Every value is found where it stands.
fn places(value: Value<'_>, path: &Pointer, document: &Document) {
    assert_eq!(path.find(document.root()).map(Value::id), Some(value.id()), "{path}");
    assert_eq!(Pointer::parse(path.as_str()).as_ref(), Some(path));
    // The square of what is wide, else.
    for (at, item) in value.items().enumerate().take(20) {
        places(item, &path.child(&at.to_string()), document);
    }
    for (name, member) in value.members().take(20) {
        places(member, &path.child(name), document);
    }
}
