//! The laws that the fuzzer tries to break hold for what it kept: inputs that took different ways through the code, and those that once broke one.

#[path = "../fuzz/laws/mod.rs"]
mod laws;

use std::path::Path;

#[test]
fn every_law_holds_for_its_corpus() {
    for &(name, law) in laws::LAWS {
        let inputs = corpus(name);
        // A path of certificates takes so much of a corpus that a few dozen fill it.
        assert!(inputs.len() > 60, "{name}: {} inputs", inputs.len());
        for input in inputs {
            let held = std::panic::catch_unwind(|| law(&input));
            assert!(held.is_ok(), "the law `{name}` is broken by {input:?}");
        }
    }
}

/// The inputs of a target; the length of each stands before it.
fn corpus(name: &str) -> Vec<Vec<u8>> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(format!("{name}.bin"));
    let packed = std::fs::read(&file).unwrap_or_default();
    let (mut rest, mut inputs) = (packed.as_slice(), Vec::new());
    while let Some((length, next)) = rest.split_first_chunk::<2>() {
        let (input, next) = next.split_at_checked(u16::from_le_bytes(*length).into()).unwrap_or((next, &[]));
        inputs.push(input.to_vec());
        rest = next;
    }
    inputs
}
