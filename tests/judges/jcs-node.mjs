// jcs-node.mjs: canonical forms (RFC 8785) by npm's `canonicalize`.
// stdin: a line for each document, the document's text as a JSON string. stdout: its canonical form as a JSON string, or ERROR.
import { createInterface } from "node:readline";
import { judge } from "./packages.mjs";

const { default: canonicalize } = await judge("canonicalize");

for await (const line of createInterface({ input: process.stdin })) {
  const text = JSON.parse(line);
  console.log(canonical(text));
}

function canonical(text) {
  try {
    return JSON.stringify(canonicalize(JSON.parse(text)));
  } catch {
    return "ERROR";
  }
}
