//! The harness protocol of Bowtie: each command has its answer, and a case that cannot be judged says why.

#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, reason = "a harness that does not answer has failed")]

use serde_json::{Value, json};
use std::io::Write;
use std::process::{Command, Stdio};

fn answers(commands: &[Value]) -> (Vec<Value>, Option<i32>) {
    let mut running = Command::new(env!("CARGO_BIN_EXE_hoso"))
        .args(["bowtie", "--repository", "https://example.org/hoso"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines: String = commands.iter().map(|command| format!("{command}\n")).collect();
    running.stdin.take().unwrap().write_all(lines.as_bytes()).unwrap();
    let output = running.wait_with_output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    (text.lines().map(|line| serde_json::from_str(line).unwrap()).collect(), output.status.code())
}

#[test]
fn a_conversation_ends_with_verdicts() {
    let case = json!({
        "description": "remote",
        "schema": {"$ref": "https://example.org/text", "maxLength": 3},
        "registry": {"https://example.org/text": {"type": "string"}},
        "tests": [{"description": "a", "instance": "ê"}, {"description": "b", "instance": 12}, {"description": "c", "instance": "xyzw"}]
    });
    let old = json!({"description": "draft 7", "schema": {"items": [{"const": 1.0}], "additionalItems": false},
        "tests": [{"description": "a", "instance": [1]}, {"description": "b", "instance": [1, 2]}]});
    let (answers, code) = answers(&[
        json!({"cmd": "start", "version": 1}),
        json!({"cmd": "dialect", "dialect": "https://json-schema.org/draft/2020-12/schema"}),
        json!({"cmd": "run", "seq": 1, "case": case}),
        json!({"cmd": "run", "seq": "two", "case": {"description": "bad", "schema": {"type": "text"}, "tests": []}}),
        json!({"cmd": "dialect", "dialect": "http://json-schema.org/draft-07/schema#"}),
        json!({"cmd": "run", "seq": {"at": 3}, "case": old}),
        json!({"cmd": "dialect", "dialect": "http://json-schema.org/draft-03/schema#"}),
        json!({"cmd": "stop"}),
    ]);
    assert_eq!(code, Some(0));
    assert_eq!((&answers[0]["version"], &answers[0]["implementation"]["name"]), (&json!(1), &json!("hoso")));
    assert_eq!(answers[0]["implementation"]["dialects"].as_array().unwrap().len(), 3);
    assert_eq!(answers[1], json!({"ok": true}));
    assert_eq!(answers[2], json!({"seq": 1, "results": [{"valid": true}, {"valid": false}, {"valid": false}]}));
    assert_eq!((&answers[3]["seq"], &answers[3]["errored"]), (&json!("two"), &json!(true)));
    assert!(answers[3]["context"]["message"].as_str().unwrap().contains("/type"));
    assert_eq!(answers[5], json!({"seq": {"at": 3}, "results": [{"valid": true}, {"valid": false}]}));
    assert_eq!(answers[6], json!({"ok": false}));
}

#[test]
fn what_is_no_command_ends_the_harness() {
    for command in [json!({"cmd": "start", "version": 2}), json!({"cmd": "dance"}), json!([])] {
        assert_eq!(answers(&[command]), (Vec::new(), Some(2)));
    }
}
