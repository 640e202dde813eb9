// What tools ask: lint, and the output formats of JSON Schema, byte for byte what the command answers.

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { cjs, esm, invalid, schemaText, thrown, valid } from "./support/dossier.mjs";
import { documents } from "./support/documents.mjs";
import { app, command, hoso, installed, made } from "./support/world.mjs";

const { core, tools } = await esm();

test("what asks before the module is loaded is told to load it", async () => {
  const error = await thrown(() => tools.lint("{}"));
  assert.deepEqual([error.code, error.params.call], ["init.first", 'init() of "hoso/tools"']);
  await tools.init();
});

const ODD = '{"properties": {"a": {"minLength": 5, "maxLength": 3}}, "required": ["b"], "$defs": {"unused": {"title": "x"}}}';

test("lint answers what the command answers", () => {
  const file = join(made, "odd.json");
  for (const [text, options, more] of [[ODD, {}, []], [ODD, { lang: "en" }, ["--lang", "en"]], [ODD, { strict: true }, ["--strict"]], [schemaText, {}, []]]) {
    writeFileSync(file, text);
    const { out } = command(hoso, ["lint", "--output", "json", ...more, file]);
    const expected = JSON.parse(out);
    if (expected.errors) assert.throws(() => tools.lint(text, options), (error) => assert.deepEqual(error.errors, expected.errors) === undefined);
    else assert.equal(JSON.stringify(tools.lint(text, options)), JSON.stringify(expected));
  }
  const { findings } = tools.lint(JSON.parse(ODD), { lang: "en" });
  assert.deepEqual(findings.map(({ path, code }) => [path, code])[0], ["/properties/a/minLength", "lint.bounds-crossed"]);
});

/** The command's answers, a line for each document. */
function native(schema, lines, format, lang) {
  const [rules, data] = [join(made, "tool-rules.json"), join(made, "tool-data.ndjson")];
  writeFileSync(rules, schema);
  writeFileSync(data, lines.join("\n") + "\n");
  const { out, err } = command(hoso, ["validate", "--schema", rules, "--ndjson", "--output", format, "--lang", lang, data]);
  const answers = out.split("\n").slice(0, -1);
  assert.equal(answers.length, lines.length, err);
  return answers;
}

const MEANINGS = JSON.stringify({
  $id: "https://portal.example/a",
  $ref: "b%20c",
  $defs: { b: { $id: "b%20c", $dynamicAnchor: "node", type: ["object", "array", "string"], additionalProperties: { $dynamicRef: "#node" }, maxItems: 1 } },
});

for (const [name, schema] of Object.entries({ household: schemaText, meanings: MEANINGS })) {
  test(`flag and list answer what the command answers: ${name}`, () => {
    const lines = documents(200, name.length);
    for (const lang of ["vi", "en"]) {
      const [flags, lists] = [native(schema, lines, "flag", lang), native(schema, lines, "list", lang)];
      lines.forEach((line, at) => {
        const answered = (ask) => {
          try {
            return JSON.stringify(ask());
          } catch (error) {
            return JSON.stringify({ errors: error.errors });
          }
        };
        assert.equal(answered(() => tools.flagJson(schema, line, { lang })), flags[at], line);
        assert.equal(answered(() => tools.listJson(schema, line, { lang })), lists[at], line);
      });
      assert.ok(lists.some((list) => list.startsWith('{"valid":false,"details":[{"valid":false,"evaluationPath":')));
    }
  });
}

test("a list holds what failed alone, as the output schema of JSON Schema has it", () => {
  assert.deepEqual(tools.list(schemaText, valid("sole-owner")), { valid: true, details: [] });
  const { details } = tools.list(schemaText, invalid("six-mistakes-at-once"));
  assert.ok(details.length >= 5);
  for (const unit of details) {
    assert.deepEqual(Object.keys(unit), ["valid", "evaluationPath", "schemaLocation", "instanceLocation", "errors"]);
    assert.ok(unit.valid === false && Object.keys(unit.errors).length > 0 && unit.schemaLocation.includes("#"));
  }
});

test("CommonJS answers too, and pages that do not ask load none of it", async () => {
  const common = cjs().tools;
  await common.init();
  assert.deepEqual(common.flag({ type: "string" }, 1), { valid: false });
  assert.equal(typeof core.compile, "function");
  for (const file of ["dist/index.js", "dist/sign.js"]) assert.doesNotMatch(readFileSync(join(installed, file), "utf8"), /tools/);
  assert.ok(app);
});
