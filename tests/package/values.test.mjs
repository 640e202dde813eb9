// What may be given as a value or as a text, and what happens to all else.

import assert from "node:assert/strict";
import { before, test } from "node:test";
import { runInNewContext } from "node:vm";
import { esm, thrown } from "./support/dossier.mjs";
import { NOW } from "./support/world.mjs";

const { core } = await esm();
let any, listed;

before(async () => {
  await core.init();
  any = core.compile("true");
  // Shows what arrived: the issue at a member says that it is there.
  listed = core.compile({ properties: { known: true }, additionalProperties: false });
});

class Citizen {
  name = "Hà";
}

const cycle = () => {
  const value = { a: {} };
  value.a.b = value;
  return value;
};
const nested = (levels) => JSON.parse("[".repeat(levels) + "]".repeat(levels));

test("what is no JSON is refused with its place, never changed in silence", async () => {
  const cases = [
    [{ a: [1, Number.NaN] }, "/a/1", "NaN"],
    [{ a: Number.POSITIVE_INFINITY }, "/a", "Infinity"],
    [{ "a/b~c": new Date(0) }, "/a~1b~0c", "Date"],
    [{ a: new Map([[1, 2]]) }, "/a", "Map"],
    [new Set(), "", "Set"],
    [{ a: () => 1 }, "/a", "function"],
    [{ toJSON: () => ({}) }, "/toJSON", "function"],
    [{ a: Symbol("x") }, "/a", "symbol"],
    [[1, , 3], "/1", "undefined"],
    [[undefined], "/0", "undefined"],
    [{ a: new Citizen() }, "/a", "Citizen"],
    [new Citizen(), "", "Citizen"],
    [{ a: new String("x") }, "/a", "String"],
    [{ a: new Uint8Array(2) }, "/a", "Uint8Array"],
    [{ a: new File(["x"], "x.pdf") }, "/a", "File"],
    [{ a: /x/ }, "/a", "RegExp"],
    [{ a: Promise.resolve() }, "/a", "Promise"],
    [{ a: Object.create({ inherited: 1 }) }, "/a", "Object"],
    [undefined, "", "undefined"],
    [{ ok: 10n, a: Number.NaN }, "/a", "NaN"],
    [{ a: runInNewContext("new Date(0)") }, "/a", "Date"],
  ];
  for (const [value, path, kind] of cases) {
    for (const call of [() => any.validate(value), () => any.isValid(value)]) {
      const error = await thrown(call);
      assert.deepEqual([error.code, error.params], ["input.unsupported", { path, kind }]);
      assert.ok(error.message.includes(kind) && error.message.includes(path), error.message);
    }
    // `open` takes an empty form for nothing.
    if (value !== undefined) assert.equal((await thrown(() => any.open(value))).code, "input.unsupported");
  }
  assert.equal(any.open().json, "{}");
});

test("a value that holds itself ends, and so does one that is too deep", async () => {
  const value = cycle();
  value.c = [value, value];
  for (const given of [value, [value], nested(150)]) assert.equal((await thrown(() => any.validate(given))).code, "input.nested");
  assert.deepEqual((await thrown(() => any.validate(cycle()))).params, { path: "/a", depth: 100 });
  assert.match((await thrown(() => any.validate(value, { lang: "en" }))).message, /^Make the value at “\/a” less deep/);
});

test("64 levels are read, 65 are not, as a value and as a text", async () => {
  assert.equal(any.isValid(nested(64)), true);
  const errors = [await thrown(() => any.isValid(nested(65))), await thrown(() => any.isValidJson("[".repeat(65) + "]".repeat(65)))];
  assert.equal(errors[0].code, errors[1].code);
  assert.match(errors[0].code, /^json\./);
});

test("an absent member is absent, whether left out or undefined", () => {
  assert.equal(listed.isValid({ known: 1, other: undefined }), true);
  assert.equal(listed.isValid({ known: 1, other: null }), false);
  assert.equal(listed.open({ known: 1n, other: undefined }).json, '{"known":1}');
});

test("every digit of an integer is kept", () => {
  const whole = core.compile({ type: "integer", maximum: 9007199254740992 });
  assert.equal(whole.isValid(9007199254740992n), true);
  assert.equal(whole.isValid(9007199254740993n), false);
  assert.equal(whole.isValidJson("9007199254740993"), false);
  const big = { a: [2n ** 200n, -(2n ** 63n) - 1n], b: "x", c: undefined, "d\"": { e: 1.5 } };
  assert.equal(any.open(big).json, `{"a":[${2n ** 200n},${-(2n ** 63n) - 1n}],"b":"x","d\\"":{"e":1.5}}`);
  assert.equal(core.compile({ type: "integer" }).isValid(2n ** 200n), true);
  assert.equal(core.compile({ type: "string" }).isValid(1n), false);
});

test("an own member named __proto__ is a member like any other", () => {
  const hidden = JSON.parse('{"__proto__": {"known": 1}}');
  assert.equal(listed.isValid(hidden), false);
  assert.deepEqual(listed.validate(hidden, { now: NOW }), listed.validateJson('{"__proto__": {"known": 1}}', { now: NOW }));
  assert.equal(listed.isValid({ __proto__: null, known: 1 }), true, "here it names the prototype");
  const typed = core.compile('{"properties": {"__proto__": {"type": "string"}, "constructor": {"type": "string"}}}');
  assert.deepEqual([typed.isValid(JSON.parse('{"__proto__": 5}')), typed.isValid(JSON.parse('{"__proto__": "x"}'))], [false, true]);
  assert.deepEqual([typed.isValid({ constructor: 5 }), typed.isValid({}), typed.isValid({ constructor: "x" })], [false, true, true]);
  const big = JSON.parse('{"__proto__": {"a": 1}}');
  big.n = 5n;
  assert.equal(any.open(big).json, '{"__proto__":{"a":1},"n":5}');
});

test("objects of another realm, without a prototype, frozen or behind a proxy are plain", () => {
  const foreign = runInNewContext('({ known: [{ a: "x" }] })');
  assert.equal(listed.open(foreign).json, '{"known":[{"a":"x"}]}');
  assert.equal(listed.isValid(Object.freeze(Object.assign(Object.create(null), { known: 1 }))), true);
  assert.equal(listed.isValid(new Proxy({ known: new Proxy([1], {}) }, {})), true);
  assert.equal(listed.isValidJson(runInNewContext('new TextEncoder().encode("{}")', { TextEncoder })), true);
  assert.equal(core.compile(runInNewContext('({ type: "object" })')).isValid(foreign), true);
});

test("a lone surrogate is no text, in a value and in a JSON text", async () => {
  for (const text of ["\ud800", "Hà\udc00 Nội", "x".repeat(70_000) + "\ud83d"]) {
    const errors = [await thrown(() => any.validate({ a: text })), await thrown(() => any.validateJson(`{"a":"${text}"}`))];
    for (const error of errors) assert.match(error.code, /^json\./, `${error.code} ${error.message}`);
  }
  assert.equal(any.isValid("😀"), true);
  assert.equal(any.isValidJson('"😀"'), true);
});

test("texts of every length and script arrive whole", () => {
  // 65,536 UTF-16 units are the length up to which texts share one buffer.
  for (const letter of ["a", "Đ", "ế", "😀"]) {
    for (const units of [0, 1, 32_766, 65_530, 65_534, 65_535, 65_536, 65_537, 200_000]) {
      const text = letter.repeat(Math.floor(units / letter.length));
      const points = [...text].length;
      const exact = core.compile({ minLength: points, maxLength: points });
      const json = JSON.stringify(text);
      for (const given of [json, new TextEncoder().encode(json), Buffer.from(json)]) assert.equal(exact.isValidJson(given), true, `${points} of ${letter}`);
      assert.equal(exact.isValid(text), true);
      assert.equal(core.compile({ const: text }).isValid(text), true);
    }
  }
});

test("bytes are read where they lie, and left as they are", async () => {
  const whole = new TextEncoder().encode('xx{"known":1}yy');
  const part = whole.subarray(2, whole.length - 2);
  assert.equal(listed.isValidJson(part), true);
  assert.equal(new TextDecoder().decode(whole), 'xx{"known":1}yy');
  const schema = new TextEncoder().encode('{"type":"string"}');
  const compiled = core.compile(schema);
  schema.fill(0);
  assert.equal(compiled.isValid("x"), true);
  assert.match((await thrown(() => any.isValidJson(new Uint8Array([0x22, 0xff, 0x22])))).code, /^json\./);
  for (const [wrong, kind] of [[{}, "object"], [undefined, "undefined"], [null, "null"], [5, "number"]]) {
    for (const call of [() => any.validateJson(wrong), () => any.isValidJson(wrong)]) {
      const error = await thrown(call);
      assert.deepEqual([error.code, error.params], ["input.not-text", { kind }]);
    }
  }
});

test("a report tells the same moment in the same letters, whatever spelling was given", () => {
  const wrong = core.compile("false");
  const spellings = ["2026-11-24T02:00:00Z", "2026-11-24t02:00:00z", "2026-11-24T02:00:00.999Z", "2026-11-24T02:00:00+00:00", "2026-11-24T02:00:00.5-00:00", "2016-12-31T23:59:60Z", "2017-01-01T06:59:60.25+07:00", "2026-11-24T09:00:00+07:00", "2026-11-24T09:00:00-00:30"];
  for (const now of spellings) {
    // The report of a right value is written in JavaScript, that of a wrong one by the engine.
    assert.equal(any.validate(1, { now }).now, wrong.validate(1, { now }).now, now);
  }
  assert.equal(any.validate(1, { now: new Date("2026-11-24T02:00:00.999Z") }).now, NOW);
  assert.match(any.validate(1).now, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+07:00$/);
});
