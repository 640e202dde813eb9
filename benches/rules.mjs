// node benches/rules.mjs: rules in CEL, in Node. A schema with 200 times the same rule, less the same schema without it, beside 200 calls of
// @marcbachmann/cel-js, its expression compiled and its data parsed beforehand. Then the forms' own expressions.

import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { judge } from "../tests/judges/packages.mjs";
import { median } from "./compared.js";
import { print } from "./print.mjs";

const { init, compile } = await import("hoso");
const { Environment } = await judge("@marcbachmann/cel-js");
await init();

const COPIES = 200;
const ROUNDS = 15;
const ROUND_MS = 60;

const PROPERTIES = {
  start: { type: "integer" },
  end: { type: "integer" },
  rows: { type: "array", items: { type: "object", properties: { amount: { type: "integer" } } } },
  code: { type: "string" },
  from: { type: "string" },
  to: { type: "string" },
  note: { type: "string" },
};
const DATA = {
  start: 3,
  end: 12,
  rows: [1, 2, 3, 4, 5].map((amount) => ({ amount })),
  code: "HP123456",
  from: "2026-11-24T09:00:00+07:00",
  to: "2026-11-25T09:00:00+07:00",
  note: "đã nộp bản giấy",
};
const RULES = {
  "end >= start": "self.end >= self.start",
  "size + all over 5 rows": "self.rows.size() <= 5 && self.rows.all(row, row.amount > 0)",
  "startsWith + matches": "self.code.startsWith('HP') && self.code.matches('^HP[0-9]{6}$')",
  timestamps: "timestamp(self.from) < timestamp(self.to)",
  "ternary + has": "has(self.note) ? self.note.size() < 100 : true",
};

/** Whole numbers as cel-js has them. */
const whole = (value) =>
  typeof value === "number" ? BigInt(value) : Array.isArray(value) ? value.map(whole) : typeof value === "object" ? Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, whole(inner)])) : value;

const text = JSON.stringify(DATA);
const bare = compile({ type: "object", properties: PROPERTIES });
const variables = { self: whole(DATA) };
const environment = new Environment({ unlistedVariablesAreDyn: true });
const rows = [];
for (const [name, rule] of Object.entries(RULES)) {
  const copies = Array.from({ length: COPIES }, (_, at) => ({ id: `r${at}`, rule, message: { vi: "x" } }));
  const ours = compile({ type: "object", properties: PROPERTIES, "x-rules": copies });
  const theirs = environment.parse(rule);
  if (!ours.isValidJson(text) || theirs(variables) !== true) throw new Error(name);
  const { ratio, added } = compared(
    () => ours.isValidJson(text),
    () => bare.isValidJson(text),
    () => {
      for (let at = 0; at < COPIES; at += 1) theirs(variables);
    },
  );
  rows.push([name, ratio.toFixed(2), Math.round((added / COPIES) * 1e6)]);
}
print(`Node ${process.versions.node}; @marcbachmann/cel-js takes 1.`, ["rule", "hoso", "ns a rule"], rows);

// The forms' own expressions, on their first valid example: what judging them adds to a form, beside cel-js evaluating each once. What cel-js cannot
// evaluate is left out for both, and so are code lists. It has the functions for forms in JavaScript, its dates are texts, and numbers in words come from a table.
const KEYWORDS = ["x-relevant", "x-required", "x-calculate", "x-rules"];
const today = new Date().toISOString().slice(0, 10);
const folded = (name) => name.normalize("NFC").trim().replaceAll(/\s+/g, " ").toLowerCase();
const days = (from, to) => BigInt((Date.parse(to) - Date.parse(from)) / 86_400_000);
const age = (birth, day) => BigInt(day.slice(0, 4) - birth.slice(0, 4) - (day.slice(5) < birth.slice(5) ? 1 : 0));
const century = (id) => 1900 + 100 * Math.floor(id[3] / 2);
const forForms = new Environment({ unlistedVariablesAreDyn: true, homogeneousAggregateLiterals: false, enableOptionalTypes: true });
for (const [signature, work] of Object.entries({
  "sexOf(dyn): string": (id) => (id[3] % 2 === 0 ? "male" : "female"),
  "birthYearOf(dyn): int": (id) => BigInt(century(id) + Number(id.slice(4, 6))),
  "sameName(dyn, dyn): bool": (one, other) => folded(one) === folded(other),
  "age(dyn): int": (birth) => age(birth, today),
  "age(dyn, dyn): int": age,
  "daysBetween(dyn, dyn): int": days,
  "addMonths(dyn, int): string": (day, months) => new Date(Date.UTC(day.slice(0, 4), day.slice(5, 7) - 1 + Number(months), day.slice(8))).toISOString().slice(0, 10),
  "string.getFullYear(): int": (day) => BigInt(day.slice(0, 4)),
  "list.distinct(): list": (list) => [...new Set(list)],
  "numberInWords(dyn): string": () => "một trăm triệu",
})) {
  forForms.registerFunction(signature, work);
}

/** The schema with those of its expressions that cel-js can evaluate, and the evaluations. */
function shared(schema, data) {
  const asked = [];
  const root = whole(data);
  const attempt = (source, variables) => {
    try {
      const call = forForms.parse(source);
      const value = call(variables);
      asked.push(() => call(variables));
      return { value };
    } catch {
      return undefined;
    }
  };
  const place = (inner, instances) => {
    const kept = {};
    // An expression stays if it can be evaluated at every instance.
    const stays = (source) => {
      const before = asked.length;
      const all = instances.map((variables) => attempt(source, { ...variables, root, today, now: new Date() }));
      if (instances.length > 0 && !all.includes(undefined)) return all;
      asked.length = before;
      return undefined;
    };
    for (const [keyword, value] of Object.entries(inner)) {
      if (keyword === "x-rules") kept[keyword] = value.filter(({ rule, when }) => (when === undefined || stays(when)?.every(({ value }) => value)) && stays(rule));
      else if (KEYWORDS.includes(keyword) && typeof value === "string") stays(value) && (kept[keyword] = value);
      else if (keyword === "properties") {
        const members = Object.entries(value).map(([name, of]) => [name, place(of, instances.flatMap(({ self }) => (self?.[name] === undefined ? [] : [{ self: self[name], parent: self }])))]);
        kept[keyword] = Object.fromEntries(members);
      } else if (keyword === "items") kept[keyword] = place(value, instances.flatMap(({ self }) => (self ?? []).map((item) => ({ self: item, parent: self }))));
      else kept[keyword] = value;
    }
    return kept;
  };
  return { schema: place(schema, [{ self: root }]), asked };
}

/** A schema without some keywords, wherever they stand. */
function without(value, keywords) {
  if (Array.isArray(value)) return value.map((item) => without(item, keywords));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).flatMap(([name, of]) => (keywords.includes(name) ? [] : [[name, without(of, keywords)]])));
}

const forms = [];
for (const folder of readdirSync("forms").filter((name) => /^\d/.test(name))) {
  const read = (file) => JSON.parse(readFileSync(join("forms", folder, file), "utf8"));
  const [example] = readdirSync(join("forms", folder, "examples/valid")).sort();
  const data = read(`examples/valid/${example}`);
  const { schema, asked } = shared(without(read("schema.json"), ["x-options"]), data);
  const [ours, bare] = [compile(schema), compile(without(schema, KEYWORDS))];
  const form = JSON.stringify(data);
  const { ratio, added } = compared(
    () => ours.isValidJson(form),
    () => bare.isValidJson(form),
    () => {
      for (const ask of asked) ask();
    },
  );
  forms.push([folder.slice(0, 8), asked.length, ratio.toFixed(2), (added * 1000).toFixed(1)]);
}
print("The forms' own expressions; @marcbachmann/cel-js takes 1.", ["form", "expressions evaluated", "hoso", "µs in all"], forms);

/** How long what ours does more than bare takes, beside theirs, in turns; and how many milliseconds that is. */
function compared(ours, bare, theirs) {
  const works = [ours, bare, theirs];
  for (const work of works) time(work, 400);
  const ratios = [];
  const taken = [[], [], []];
  for (let round = 0; round < ROUNDS; round += 1) {
    const each = works.map((work) => time(work, ROUND_MS));
    each.forEach((one, at) => taken[at].push(one));
    ratios.push((each[0] - each[1]) / each[2]);
  }
  return { ratio: median(ratios), added: median(taken[0]) - median(taken[1]) };
}

/** Milliseconds that a piece of work takes, run for so long. */
function time(work, milliseconds) {
  const start = performance.now();
  let count = 0;
  let now = start;
  for (; now - start < milliseconds; now = performance.now()) {
    for (let at = 0; at < 10; at += 1) work();
    count += 10;
  }
  return (now - start) / count;
}
