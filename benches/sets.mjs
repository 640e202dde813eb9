// The documents that are measured: the household form, and the data sets of a folder.

import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("..", import.meta.url));

/** Every set; those of `folder` are folders with schema.json, valid.jsonl and mutated.jsonl. */
export function sets(folder) {
  return [household(), ...(folder ? readdirSync(folder).sort().map((name) => fromFolder(name, join(folder, name))) : [])];
}

function household() {
  const form = join(root, "forms/1.001612-ho-kinh-doanh");
  const of = (kind) => {
    const files = readdirSync(join(form, "examples", kind)).filter((name) => name.endsWith(".json") && !name.endsWith(".expected.json"));
    return files.map((name) => JSON.stringify(json(join(form, "examples", kind, name))));
  };
  // Files of an attachment are judged by hoso alone.
  const same = (text) => !text.includes('"mediaType"');
  return { name: "household form", schema: json(join(form, "schema.json")), valid: of("valid").filter(same), invalid: of("invalid").filter(same), formats: true };
}

function fromFolder(name, path) {
  const lines = (file) => (existsSync(join(path, file)) ? readFileSync(join(path, file), "utf8").trim().split("\n") : []);
  return { name, schema: json(join(path, "schema.json")), valid: lines("valid.jsonl"), invalid: lines("mutated.jsonl"), formats: false };
}

function json(file) {
  return JSON.parse(readFileSync(file, "utf8"));
}
