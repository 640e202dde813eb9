// The JSONTestSuite in WebAssembly: every text of it is read or refused as tests/json_grammar.rs has it natively, by the same lists.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { root } from "./support/world.mjs";

const { HosoError, compile, init } = await import("hoso");
before(() => init());

const suite = join(process.env.HOSO_JUDGES, "json-suite");
/** What stands behind the name of a file, by that name. */
const listed = (name) => {
  const lines = readFileSync(join(root, "tests", name), "utf8").split("\n").filter((line) => line && !line.startsWith("#"));
  return new Map(lines.map((line) => [line.slice(0, line.indexOf(" ")), line.slice(line.indexOf(" ") + 1)]));
};

/** `read`, or the code without its area, line and column. */
function decided(schema, bytes) {
  try {
    assert.equal(schema.isValidJson(bytes), true);
    return "read";
  } catch (error) {
    if (!(error instanceof HosoError)) throw error;
    return `${error.code.replace("json.", "")} ${error.params.line}:${error.params.column}`;
  }
}

test("every text is read or refused as it is natively", () => {
  const [refused, chosen] = [listed("json_grammar.refused.txt"), listed("json_grammar.chosen.txt")];
  const schema = compile("true");
  const files = readdirSync(suite).filter((name) => /^[yni]_/.test(name));
  const wrong = files.flatMap((name) => {
    const found = decided(schema, readFileSync(join(suite, name)));
    const place = chosen.has(name) ? found.split(" ")[0] : found;
    const expected = chosen.get(name) ?? refused.get(name) ?? "read";
    return place === expected ? [] : [`${name}: ${place}, not ${expected}`];
  });
  schema.dispose();
  assert.deepEqual(wrong, []);
  assert.equal(files.length, 95 + 188 + 35);
});
