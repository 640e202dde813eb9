// One verdict everywhere: what WebAssembly answers is byte for byte what the command answers.

import assert from "node:assert/strict";
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { esm, schemaText } from "./support/dossier.mjs";
import { documents } from "./support/documents.mjs";
import { NOW, command, form, hoso, made, text } from "./support/world.mjs";

const { core } = await esm();
before(() => core.init());

/** At every depth of a document the same keywords. */
const everywhere = (keywords) => ({ $ref: "#/$defs/any", $defs: { any: { additionalProperties: { $ref: "#/$defs/any" }, items: { $ref: "#/$defs/any" }, ...keywords } } });

/** Small schemas for what the form does not have: each is a family of keywords. */
const PLAIN = {
  numbers: everywhere({ minimum: -0.5, exclusiveMaximum: 1e6, multipleOf: 0.01, not: { const: 0 } }),
  texts: everywhere({ minLength: 2, maxLength: 40, not: { enum: ["Hà Nội", "a\u0301", ""] } }),
  lists: everywhere({ maxItems: 20, uniqueItems: true, contains: { type: ["object", "string"] }, maxContains: 6, prefixItems: [{ type: "object" }] }),
  objects: everywhere({ maxProperties: 12, propertyNames: { maxLength: 15 }, required: [], dependentRequired: { name: ["phone"] } }),
  branches: everywhere({ oneOf: [{ type: "object" }, { type: "array" }, { type: ["string", "integer"] }, { const: null }], anyOf: [{ minLength: 1 }, { minItems: 1 }] }),
  patterns: everywhere({ pattern: "^\\p{L}(?:[^x]|\\d{3})*$|^$|(?<=0)\\d", patternProperties: { "^[a-m]": { maxLength: 12 }, "(?i:NAME)": { type: "string" } } }),
  unevaluated: {
    anyOf: [{ properties: { registration: true } }, { patternProperties: { "^p": { minLength: 3 } } }, { prefixItems: [true], contains: { type: "string" } }],
    unevaluatedItems: { type: "object" },
    unevaluatedProperties: { unevaluatedProperties: { type: ["string", "array"] }, properties: { owner: true, business: { type: "object" } } },
  },
  meanings: { $id: "https://portal.example/a", $ref: "b", $defs: { b: { $id: "b", $dynamicAnchor: "node", type: ["object", "array", "string"], additionalProperties: { $dynamicRef: "#node" } }, c: { $dynamicAnchor: "node", type: ["object", "integer"] } } },
  conditions: everywhere({ if: { required: ["name"] }, then: { required: ["phone"] }, else: { type: ["object", "string", "array", "number"] } }),
};

/** The command's report on each line of a file. */
function native(schema, lines, lang, now) {
  const [rules, data] = [join(made, "rules.json"), join(made, "data.ndjson")];
  writeFileSync(rules, schema);
  writeFileSync(data, lines.join("\n") + "\n");
  const { out, err } = command(hoso, ["validate", "--schema", rules, "--ndjson", "--output", "json", "--lang", lang, "--now", now, data]);
  const reports = out.split("\n").slice(0, -1);
  assert.equal(reports.length, lines.length, err);
  return reports;
}

/** What the package answers: the report, or the error where there is none, as the command writes both. */
function ours(schema, line, now) {
  try {
    return JSON.stringify(schema.validateJson(line, { now }));
  } catch (error) {
    if (!(error instanceof core.HosoError)) throw error;
    return JSON.stringify({ errors: error.errors });
  }
}

function compare(schemaText, lines, lang, now = NOW) {
  const schema = core.compile(schemaText, { lang });
  const expected = native(schemaText, lines, lang, now);
  let invalid = 0;
  lines.forEach((line, at) => {
    const found = ours(schema, line, now);
    assert.equal(found, expected[at], line);
    if (!found.startsWith('{"valid":true')) invalid += 1;
  });
  return invalid;
}

test("every example of the form, in both languages, in several spellings of the moment", () => {
  const examples = ["valid", "doubtful", "invalid"].flatMap((kind) =>
    readdirSync(join(form, "examples", kind))
      .filter((file) => file.endsWith(".json") && !file.endsWith(".expected.json"))
      .map((file) => JSON.stringify(JSON.parse(text(form, "examples", kind, file)))),
  );
  for (const lang of ["vi", "en"]) {
    for (const now of [NOW, "2026-11-24T02:00:00.25z", "2026-11-24T02:00:00-00:00"]) {
      assert.equal(compare(schemaText, examples, lang, now), readdirSync(join(form, "examples/invalid")).length / 2);
    }
  }
});

test("10,000 documents made from the examples, in both languages", () => {
  const lines = documents(10_000, 1);
  for (const lang of ["vi", "en"]) {
    const invalid = compare(schemaText, lines, lang);
    // Most are wrong, not all: both ways of making a report are seen.
    assert.ok(invalid > 5_000 && invalid < 9_900, `${invalid} of 10,000 were wrong`);
  }
});

for (const [name, schema] of Object.entries(PLAIN)) {
  test(`1,000 documents under a plain schema of ${name}`, () => {
    const invalid = compare(JSON.stringify(schema), documents(1_000, name.length), "en");
    assert.ok(invalid > 100, `${invalid} were wrong`);
  });
}
