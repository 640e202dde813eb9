// From a document to a verdict: hoso against JSON.parse and a compiled ajv. The same in Node and in a page.

import Ajv from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { HosoError, compile, init } from "hoso";
import { compared } from "./compared.js";

export const HEAD = ["documents", "text → verdict", "text → every issue, invalid", "value → verdict", "compile the schema"];

/** What hoso does not run yet. A set that needs it is measured without, for both, and says so. */
const NOT_YET = ["pattern", "patternProperties", "unevaluatedProperties", "unevaluatedItems"];

/** The same check of the letters; hoso also says what is wrong with them. */
const VIETNAMESE = {
  "vn-personal-id": /^\d{12}$/,
  "vn-phone": /^(?:0\d{9,10}|\+84\d{9,10})$/,
  "vn-tax-code": /^(?:\d{10}(?:-\d{3})?|\d{12})$/,
  "vn-name": /^[\p{L}\p{M} .'’-]+$/u,
  "vn-province": /^\d{2}$/,
  "vn-commune": /^\d{5}$/,
  "vn-vsic": /^\d{4}$/,
};

/** A row for each set, under `HEAD`. */
export async function rows(sets) {
  await init();
  const runs = sets.map(prepared);
  for (const run of runs) if (run.schema) run.ratios = await validating(run);
  // Last: an engine that has just run a compiler again and again runs everything else slower.
  for (const run of runs) if (run.schema) run.ratios.push(await compiling(run));
  return runs.map(({ name, ratios, not }) => [name, ...(ratios?.map((ratio) => ratio.toFixed(2)) ?? [`not yet: ${not}`, "", "", ""])]);
}

/** A set as both can run it, or the reason why hoso does not. */
function prepared(set) {
  const left = new Set();
  const schema = without(set.schema, set.formats ? [] : ["format"], left);
  try {
    compile(JSON.stringify(schema)).dispose();
  } catch (error) {
    if (!(error instanceof HosoError) || !error.code.endsWith("-unsupported")) throw error;
    return { name: set.name, not: error.params.keyword ?? error.params.dialect ?? error.code };
  }
  return { ...set, schema, name: left.size ? `${set.name}, without ${[...left].map((name) => `\`${name}\``).join(", ")}` : set.name };
}

async function validating({ name, schema, valid, invalid, formats }) {
  const ours = compile(JSON.stringify(schema));
  const theirs = theirsOf(schema, formats);
  const theirsAll = theirsOf(schema, formats, { allErrors: true });
  for (const [at, document] of valid.entries()) {
    if (ours.isValidJson(document) !== theirs(JSON.parse(document))) throw new Error(`${name}: hoso and ajv disagree on document ${at + 1}`);
  }
  // Without a keyword some documents may be valid no more, and some invalid no more.
  const right = valid.filter((document) => ours.isValidJson(document));
  const wrong = invalid.filter((document) => !theirs(JSON.parse(document)) && !ours.isValidJson(document));
  const values = right.map((document) => JSON.parse(document));
  const ratios = [
    await compared(each(right, (text) => ours.isValidJson(text)), each(right, (text) => theirs(JSON.parse(text)))),
    await compared(each(wrong, (text) => ours.validateJson(text)), each(wrong, (text) => theirsAll(JSON.parse(text)))),
    await compared(each(values, (value) => ours.isValid(value)), each(values, (value) => theirs(value))),
  ];
  ours.dispose();
  return ratios;
}

function compiling({ schema, formats }) {
  const text = JSON.stringify(schema);
  return compared(() => compile(text).dispose(), () => theirsOf(schema, formats));
}

function theirsOf(schema, validateFormats, options = {}) {
  const ajv = new Ajv({ strict: false, logger: false, validateFormats, formats: VIETNAMESE, ...options });
  addFormats(ajv);
  return ajv.compile(schema);
}

/** Work on every item of a list. */
function each(list, work) {
  return () => {
    for (const item of list) work(item);
  };
}

/** A schema without some keywords; `left` gathers the names of those that hoso does not run yet. */
function without(schema, names, left) {
  if (Array.isArray(schema)) return schema.map((item) => without(item, names, left));
  if (typeof schema !== "object" || schema === null) return schema;
  const kept = Object.entries(schema).filter(([name, value]) => {
    const isKeyword = name === "pattern" || name === "format" ? typeof value === "string" : typeof value === "object" || typeof value === "boolean";
    if (NOT_YET.includes(name) && isKeyword) left.add(name);
    return !(isKeyword && (names.includes(name) || NOT_YET.includes(name)));
  });
  return Object.fromEntries(kept.map(([name, value]) => [name, without(value, names, left)]));
}
