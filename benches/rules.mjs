// node benches/rules.mjs: rules in CEL, in Node. A schema with 200 times the same rule, less the same schema without it, beside 200 calls of
// @marcbachmann/cel-js, its expression compiled and its data parsed beforehand.

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
  const works = [
    () => ours.isValidJson(text),
    () => bare.isValidJson(text),
    () => {
      for (let at = 0; at < COPIES; at += 1) theirs(variables);
    },
  ];
  for (const work of works) time(work, 400);
  const ratios = [];
  const taken = [[], [], []];
  for (let round = 0; round < ROUNDS; round += 1) {
    const each = works.map((work) => time(work, ROUND_MS));
    each.forEach((one, at) => taken[at].push(one));
    ratios.push((each[0] - each[1]) / each[2]);
  }
  const nanoseconds = ((median(taken[0]) - median(taken[1])) / COPIES) * 1e6;
  rows.push([name, median(ratios).toFixed(2), Math.round(nanoseconds)]);
}
print(`Node ${process.versions.node}; @marcbachmann/cel-js takes 1.`, ["rule", "hoso", "ns a rule"], rows);

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
