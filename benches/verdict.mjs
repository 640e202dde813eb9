// From a document to a verdict: hoso against JSON.parse and a compiled ajv, both warm, in one run.
//
// node benches/verdict.mjs [FOLDER]
// FOLDER holds data sets, each a folder with schema.json, valid.jsonl and mutated.jsonl. The household form is always there.

import Ajv from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { HosoError, compile, init } from "hoso";

const ROUNDS = 15;
const WARM_MS = 600;
const ROUND_MS = 40;
/** What hoso does not run yet. A set that needs it is measured without, for both, and says so. */
const NOT_YET = ["pattern", "patternProperties", "unevaluatedProperties", "unevaluatedItems"];

/** The same check of the letters; hoso also says what is wrong with them. */
const VIETNAMESE = [
  ["vn-personal-id", /^\d{12}$/],
  ["vn-phone", /^(?:0\d{9,10}|\+84\d{9,10})$/],
  ["vn-tax-code", /^(?:\d{10}(?:-\d{3})?|\d{12})$/],
  ["vn-name", /^[\p{L}\p{M} .'’-]+$/u],
  ["vn-province", /^\d{2}$/],
  ["vn-commune", /^\d{5}$/],
  ["vn-vsic", /^\d{4}$/],
];

await init();
const root = fileURLToPath(new URL("..", import.meta.url));
const [folder] = process.argv.slice(2);
const sets = [household(), ...(folder ? readdirSync(folder).sort().map((name) => fromFolder(name, join(folder, name))) : [])];
console.log(`Node ${process.version}. Time of JSON.parse + ajv, or of ajv alone for values, = 1; lower is faster.\n`);
console.log("| documents | text → verdict | text → every issue, invalid | value → verdict | compile | µs, text → verdict |");
console.log("|---|---|---|---|---|---|");
for (const set of sets) console.log(measured(set));

function household() {
  const form = join(root, "forms/1.001612-ho-kinh-doanh");
  const schema = JSON.parse(readFileSync(join(form, "schema.json"), "utf8"));
  const of = (kind) => {
    const files = readdirSync(join(form, "examples", kind)).filter((name) => name.endsWith(".json") && !name.endsWith(".expected.json"));
    return files.map((name) => JSON.stringify(JSON.parse(readFileSync(join(form, "examples", kind, name), "utf8"))));
  };
  // Files of an attachment are judged by hoso alone.
  const same = (text) => !text.includes('"mediaType"');
  return { name: "household form", schema, valid: of("valid").filter(same), invalid: of("invalid").filter(same), formats: true };
}

function fromFolder(name, path) {
  const lines = (file) => (existsSync(join(path, file)) ? readFileSync(join(path, file), "utf8").trim().split("\n") : []);
  return { name, schema: JSON.parse(readFileSync(join(path, "schema.json"), "utf8")), valid: lines("valid.jsonl"), invalid: lines("mutated.jsonl"), formats: false };
}

function measured(set) {
  const left = new Set();
  const schema = strip(set.schema, set.formats ? [] : ["format"], left);
  const name = left.size ? `${set.name}, without ${[...left].join(", ")}` : set.name;
  try {
    return `| ${name} | ${ratios(schema, set).join(" | ")} |`;
  } catch (error) {
    if (error instanceof HosoError && error.code.endsWith("-unsupported")) return `| ${name} | not yet: ${error.params.keyword ?? error.params.dialect ?? error.code} |||||`;
    throw error;
  }
}

function ratios(schema, set) {
  const text = JSON.stringify(schema);
  const make = () => compile(text);
  const makeTheirs = () => {
    const ajv = new Ajv({ strict: false, allErrors: false, validateFormats: set.formats, logger: false });
    addFormats(ajv);
    for (const [name, form] of VIETNAMESE) ajv.addFormat(name, form);
    return ajv.compile(schema);
  };
  const ours = make();
  const theirs = makeTheirs();
  const all = new Ajv({ strict: false, allErrors: true, validateFormats: set.formats, logger: false });
  addFormats(all);
  for (const [name, form] of VIETNAMESE) all.addFormat(name, form);
  const theirsAll = all.compile(schema);
  for (const [at, document] of set.valid.entries()) {
    if (ours.isValidJson(document) !== theirs(JSON.parse(document))) throw new Error(`${set.name}: hoso and ajv disagree on document ${at + 1}`);
  }
  // Without a keyword some documents may be valid no more.
  const documents = set.valid.filter((document) => ours.isValidJson(document));
  const values = documents.map((document) => JSON.parse(document));
  const invalid = set.invalid.filter((document) => !theirs(JSON.parse(document)) && !ours.isValidJson(document));
  const [fromText, mine] = compared(() => each(documents, (document) => ours.isValidJson(document)), () => each(documents, (document) => theirs(JSON.parse(document))));
  const [issues] = compared(() => each(invalid, (document) => ours.validateJson(document)), () => each(invalid, (document) => theirsAll(JSON.parse(document))));
  const [fromValue] = compared(() => each(values, (value) => ours.isValid(value)), () => each(values, (value) => theirs(value)));
  const [compiling] = compared(() => make().dispose(), makeTheirs);
  return [fromText, issues, fromValue, compiling].map((ratio) => ratio.toFixed(2)).concat((mine / documents.length / 1000).toFixed(1));
}

/** Median ratio of two pieces of work whose rounds alternate, and the median time of the first in ns. */
function compared(ours, theirs) {
  const [oursCount, theirsCount] = [warm(ours), warm(theirs)];
  const rounds = Array.from({ length: ROUNDS }, (_, at) => {
    const [first, second] = at % 2 ? [() => time(theirs, theirsCount), () => time(ours, oursCount)] : [() => time(ours, oursCount), () => time(theirs, theirsCount)];
    const [a, b] = [first(), second()];
    return at % 2 ? [b, a] : [a, b];
  });
  return [median(rounds.map(([a, b]) => a / b)), median(rounds.map(([a]) => a))];
}

/** Runs until it is warm; how often fits a round. */
function warm(work) {
  const start = performance.now();
  let count = 0;
  for (; performance.now() - start < WARM_MS; count += 1) work();
  return Math.max(1, Math.round((count * ROUND_MS) / WARM_MS));
}

function time(work, count) {
  const start = process.hrtime.bigint();
  for (let at = 0; at < count; at += 1) work();
  return Number(process.hrtime.bigint() - start) / count;
}

function each(list, work) {
  for (const item of list) work(item);
}

function median(list) {
  return list.sort((a, b) => a - b)[list.length >> 1];
}

/** A schema without some keywords; `left` gathers the names of those that hoso does not run yet. */
function strip(schema, names, left) {
  if (Array.isArray(schema)) return schema.map((item) => strip(item, names, left));
  if (typeof schema !== "object" || schema === null) return schema;
  const kept = Object.entries(schema).filter(([name, value]) => {
    const isKeyword = name === "pattern" || name === "format" ? typeof value === "string" : typeof value === "object" || typeof value === "boolean";
    if (NOT_YET.includes(name) && isKeyword) left.add(name);
    return !(isKeyword && (names.includes(name) || NOT_YET.includes(name)));
  });
  return Object.fromEntries(kept.map(([name, value]) => [name, strip(value, names, left)]));
}
