// The documents that are measured: the forms, a long table, and the data sets of a folder.

import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("..", import.meta.url));

/** Every set; those of `folder` are folders with schema.json, valid.jsonl and mutated.jsonl. */
export function sets(folder) {
  return [household(), residence(), table(), ...(folder ? readdirSync(folder).sort().map((name) => fromFolder(name, join(folder, name))) : [])];
}

function household() {
  return fromForm("household form", "1.001612-ho-kinh-doanh");
}

function residence() {
  return fromForm("temporary residence", "1.004194-tam-tru");
}

function fromForm(name, procedure) {
  const form = join(root, "forms", procedure);
  const of = (kind) => {
    const files = readdirSync(join(form, "examples", kind)).filter((name) => name.endsWith(".json") && !name.endsWith(".expected.json") && !name.startsWith("hidden-parts"));
    return files.map((name) => JSON.stringify(json(join(form, "examples", kind, name))));
  };
  // Files of an attachment and what expressions say are judged by hoso alone: it does more for each document than its peers.
  const same = (text) => !text.includes('"mediaType"');
  // The meta-schema it names checks nothing of the data, and ajv does not know it.
  const { $schema: _, ...schema } = json(join(form, "schema.json"));
  return { name, schema, valid: of("valid").filter(same), invalid: of("invalid").filter(same), formats: true };
}

/** A table of 10,000 rows, 1 MB; where it is invalid, one row in a hundred has a mistake. */
function table() {
  const schema = {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    type: "object",
    required: ["rows"],
    additionalProperties: false,
    properties: { rows: { type: "array", minItems: 1, items: { $ref: "#/$defs/row" } } },
    $defs: {
      row: {
        type: "object",
        required: ["code", "name", "amount"],
        additionalProperties: false,
        properties: {
          code: { type: "string", pattern: "^\\d{4}$" },
          name: { type: "string", minLength: 2, maxLength: 100 },
          amount: { type: "integer", minimum: 0 },
          main: { type: "boolean" },
          kind: { enum: ["a", "b", "c"] },
        },
      },
    },
  };
  const row = (at) => ({ code: String(at % 10_000).padStart(4, "0"), name: `Ngành nghề số ${at}`, amount: at * 1000, main: at % 7 === 0, kind: "abc"[at % 3] });
  const rows = Array.from({ length: 10_000 }, (_, at) => row(at));
  const wrong = rows.map((one, at) => (at % 100 === 99 ? { ...one, amount: -1 } : one));
  return { name: "a table of 10,000 rows", schema, valid: [JSON.stringify({ rows })], invalid: [JSON.stringify({ rows: wrong })], formats: false };
}

function fromFolder(name, path) {
  const lines = (file) => (existsSync(join(path, file)) ? readFileSync(join(path, file), "utf8").trim().split("\n") : []);
  return { name, schema: json(join(path, "schema.json")), valid: lines("valid.jsonl"), invalid: lines("mutated.jsonl"), formats: false };
}

function json(file) {
  return JSON.parse(readFileSync(file, "utf8"));
}
