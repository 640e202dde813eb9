// From a document to a verdict: hoso against JSON.parse and a compiled ajv. The same in Node and in a page.

import Ajv7 from "ajv";
import Ajv2019 from "ajv/dist/2019.js";
import Ajv2020 from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { HosoError, compile, init } from "hoso";
import { compared } from "./compared.js";

export const HEAD = ["documents", "text → verdict", "text → every issue, invalid", "value → verdict", "compile the schema"];

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
  const schema = set.formats ? set.schema : withoutFormat(set.schema);
  try {
    compile(JSON.stringify(schema)).dispose();
  } catch (error) {
    if (!(error instanceof HosoError) || !error.code.endsWith("-unsupported")) throw error;
    return { name: set.name, not: error.params.keyword ?? error.params.dialect ?? error.code };
  }
  return { ...set, schema };
}

async function validating({ name, schema, valid, invalid, formats }) {
  const ours = compile(JSON.stringify(schema));
  const theirs = theirsOf(schema, formats);
  const theirsAll = theirsOf(schema, formats, { allErrors: true });
  for (const [at, document] of valid.entries()) {
    if (ours.isValidJson(document) !== theirs(JSON.parse(document))) throw new Error(`${name}: hoso and ajv disagree on document ${at + 1}`);
  }
  // Without formats some documents may be invalid no more.
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

export function theirsOf(schema, validateFormats, options = {}) {
  const Ajv = /draft-07/.test(schema.$schema) ? Ajv7 : /2019-09/.test(schema.$schema) ? Ajv2019 : Ajv2020;
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

/** A schema without `format`. */
function withoutFormat(schema) {
  if (Array.isArray(schema)) return schema.map(withoutFormat);
  if (typeof schema !== "object" || schema === null) return schema;
  const kept = Object.entries(schema).filter(([name, value]) => name !== "format" || typeof value !== "string");
  return Object.fromEntries(kept.map(([name, value]) => [name, withoutFormat(value)]));
}
