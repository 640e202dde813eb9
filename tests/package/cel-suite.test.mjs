// The conformance tests of CEL in WebAssembly, in Node and in Chromium: what `evaluate` of `hoso/tools` can be asked, it answers as the suite
// has it, but for the tests that tests/cel_suite.rs lists.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { tests } from "../judges/cel-suite.mjs";
import { launch, open, serve } from "./support/browser.mjs";
import { installed, root } from "./support/world.mjs";

const { HosoError, evaluate, evaluateJson, init } = await import("hoso/tools");
before(() => init());

const listed = new Set(readFileSync(join(root, "tests/cel_suite.expected-failures.txt"), "utf8").split("\n").filter((line) => line && !line.startsWith("#")));

/** A tagged value as JSON text; undefined where JSON has nothing that is read as the same. */
function asJson([tag, of]) {
  const inner = (value) => asJson(Object.entries(value)[0]);
  switch (tag) {
    case "null":
    case "bool":
    case "string":
      return JSON.stringify(of);
    case "int":
      return of;
    case "double":
      return Number.isFinite(Number(of)) ? (/[.e]/.test(of) ? of : `${of}.0`) : undefined;
    case "list": {
      const items = of.map(inner);
      return items.includes(undefined) ? undefined : `[${items}]`;
    }
    case "map": {
      const members = of.map(([key, value]) => (key.string === undefined || inner(value) === undefined ? undefined : `${JSON.stringify(key.string)}:${inner(value)}`));
      return members.includes(undefined) ? undefined : `{${members}}`;
    }
    default:
      return undefined;
  }
}

/** A tagged value as `evaluate` gives it. */
function expected([tag, of]) {
  const inner = (value) => expected(Object.entries(value)[0]);
  switch (tag) {
    case "int":
    case "uint":
      return Number(of);
    case "double":
      // JSON, as hoso writes it, has one zero.
      return Number.isFinite(Number(of)) ? Number(of) + 0 : of;
    case "list":
      return of.map(inner);
    case "map":
      return Object.fromEntries(of.map(([key, value]) => [String(Object.values(key)[0]), inner(value)]));
    default:
      return of;
  }
}

/** The variables as JSON text; undefined where a test cannot be asked so. */
function variables({ leftOut, suite, container, check, error, variables }) {
  // A test whose types are not checked must only fail, wherever it does.
  if (leftOut || suite !== "conformance" || container || (!check && error === undefined)) return undefined;
  if (variables.some(([, type]) => type !== "dyn" && !/^(int|double|string|bool|null)$/.test(type))) return undefined;
  const members = variables.filter((variable) => variable.length > 2).map(([name, , value]) => [name, asJson(Object.entries(value)[0])]);
  return members.length < variables.length || members.some(([, value]) => value === undefined)
    ? undefined
    : `{${members.map(([name, value]) => `${JSON.stringify(name)}:${value}`)}}`;
}

/** What is asked, and the value or failure that must come of it. */
const asked = [];
for (const one of tests()) {
  const given = variables(one);
  if (given === undefined || (one.value ?? one.error) === undefined || listed.has(`${one.suite}/${one.section}: ${one.name}`)) continue;
  asked.push({ expression: one.expression, given, ...(one.error === undefined && { value: expected(Object.entries(one.value)[0]) }) });
}

/** The answers, JSON texts or else messages, to `[expression, given]`; in a page this runs by itself. */
async function answers({ address, questions }) {
  const { HosoError, evaluateJson, init } = await import(address);
  await init();
  return questions.map(([expression, given]) => {
    try {
      return { json: evaluateJson(expression, given) };
    } catch (error) {
      if (!(error instanceof HosoError)) throw error;
      return { message: error.message };
    }
  });
}

function compare(given) {
  assert.equal(given.length, asked.length);
  assert.ok(asked.length > 1_400, `${asked.length}`);
  given.forEach(({ json, message }, at) => {
    const { expression, value } = asked[at];
    if (value === undefined) assert.notEqual(message, undefined, `${expression} is ${json}`);
    else assert.deepEqual(json === undefined ? message : JSON.parse(json), value, expression);
  });
}

const questions = asked.map(({ expression, given }) => [expression, given]);

test("every test that can be asked has its value in Node", async () => compare(await answers({ address: "hoso/tools", questions })));

test("every test that can be asked has its value in Chromium, under the policy that the package promises", async () => {
  const page = "<!doctype html><html lang=\"vi\"><title>CEL</title>";
  const site = await serve({ "/dist/": join(installed, "dist") }, { answer: (path) => (path === "/" ? { type: "text/html", body: page } : undefined) });
  const browser = await launch();
  try {
    const opened = await open(browser);
    await opened.page.goto(site.url);
    compare(await opened.page.evaluate(answers, { address: `${site.url}/dist/tools.js`, questions }));
    assert.deepEqual(opened.complaints, []);
  } finally {
    await Promise.all([browser.close(), site.close()]);
  }
});

test("members of an object are variables, and mistakes are told", () => {
  assert.equal(evaluate("shares.map(x, x * 2)[1] + ho.size()", { shares: [1, 2], ho: "Lê" }), 6);
  assert.equal(evaluateJson("9007199254740993 + n", "{\"n\": 0}"), "9007199254740993");
  assert.throws(
    () => evaluate("a + b", {}, { lang: "en" }),
    (error) => error instanceof HosoError && error.errors.map(({ code }) => code).join() === "expression.name-unknown,expression.name-unknown",
  );
  assert.equal(evaluate("today - date('2026-11-23') == duration('24h')", {}, { now: "2026-11-24T09:00:00+07:00" }), true);
  assert.throws(() => evaluate("1 / a", { a: 0 }), { code: "evaluation.division-by-zero" });
});
