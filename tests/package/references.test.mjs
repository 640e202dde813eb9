// Schemas of every draft, and of several documents.

import assert from "node:assert/strict";
import { before, test } from "node:test";
import { thrown } from "./support/dossier.mjs";

const { compile, init } = await import("hoso");
before(() => init());

test("references lead into documents that came along, as texts or values", () => {
  const schema = { $id: "https://portal.example/form", properties: { home: { $ref: "address" }, work: { $ref: "address#street" } } };
  const address = { $id: "https://portal.example/address", required: ["street"], $defs: { street: { $anchor: "street", minLength: 2 } } };
  for (const given of [address, JSON.stringify(address)]) {
    const compiled = compile(schema, { refs: { "https://portal.example/address": given } });
    assert.deepEqual([{ home: {}, work: "x" }, { home: { street: "" }, work: "xy" }].map((value) => compiled.isValid(value)), [false, true]);
    // A new instance of the module compiles it again.
    assert.equal(compiled.validate({ work: "x" }).issues.length, 1);
  }
});

test("what did not come along, or is no JSON, is told", async () => {
  const missing = await thrown(() => compile({ $ref: "https://portal.example/address" }, { lang: "en" }));
  assert.deepEqual([missing.code, missing.params], ["schema.reference-unsupported", { place: "/$ref", reference: "https://portal.example/address" }]);
  assert.match((await thrown(() => compile({}, { refs: { "https://portal.example/address": "{" } }))).code, /^json\./);
  const inside = await thrown(() => compile({ $ref: "a:b" }, { refs: { "a:b": { properties: { x: { type: "text" } } } } }));
  assert.deepEqual([inside.code, inside.params.place], ["schema.keyword-value", "a:b#/properties/x/type"]);
});

test("a draft is read as its own $schema says, else as the caller says", async () => {
  const old = { items: [{ type: "integer" }], additionalItems: false };
  assert.deepEqual(["7", "2019-09"].map((dialect) => compile(old, { dialect }).isValid([1, 2])), [false, false]);
  assert.equal(compile({ $schema: "http://json-schema.org/draft-07/schema#", ...old }).isValid(["a"]), false);
  assert.equal((await thrown(() => compile(old))).code, "schema.not-a-schema");
  assert.equal((await thrown(() => compile({ $schema: "http://json-schema.org/draft-04/schema#" }))).code, "schema.dialect-unsupported");
  assert.equal((await thrown(() => compile({}, { dialect: "8" }))).code, "schema.dialect-unsupported");
  assert.equal((await thrown(() => compile(old, { dialect: "7", strict: true }))).code, "schema.dialect-unsupported");
});

test("the meta-schemas judge schemas", () => {
  for (const uri of ["https://json-schema.org/draft/2020-12/schema", "https://json-schema.org/draft/2019-09/schema", "http://json-schema.org/draft-07/schema#"]) {
    const meta = compile({ $ref: uri });
    const verdicts = [{ type: "object", properties: { a: { minLength: 1 } } }, { type: "text" }, { properties: { a: { minLength: -1 } } }, 5].map((schema) => meta.isValid(schema));
    assert.deepEqual(verdicts, [true, false, false, false], uri);
  }
});

test("formats of a plain schema are checked when asked for", () => {
  assert.deepEqual([undefined, "annotate", "assert"].map((formats) => compile({ format: "date" }, { formats }).isValid("31/12/2026")), [true, true, false]);
});
