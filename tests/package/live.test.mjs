// The live form from JavaScript: what each edit answers, what is refused, and that a trap loses nothing.

import assert from "node:assert/strict";
import { before, test } from "node:test";

const memories = [];
const real = { instantiate: WebAssembly.instantiate, Instance: WebAssembly.Instance };
WebAssembly.instantiate = async (...args) => {
  const instance = await real.instantiate(...args);
  memories.push(instance.exports.memory);
  return instance;
};
WebAssembly.Instance = new Proxy(real.Instance, {
  construct(target, args) {
    const instance = new target(...args);
    memories.push(instance.exports.memory);
    return instance;
  },
});
const wreck = () => memories.forEach((memory) => new Uint8Array(memory.buffer).fill(0xff));

const { esm, invalid, schemaText, thrown, valid } = await import("./support/dossier.mjs");
const { NOW } = await import("./support/world.mjs");
const { core } = await esm();
before(() => core.init());

/** A bill: lines with totals, a discount that is asked for from 100 on, and a row that must not repeat. */
const BILL = {
  type: "object",
  required: ["buyer"],
  properties: {
    buyer: { type: "object", required: ["name"], properties: { name: { type: "string", minLength: 2, "x-label": { vi: "Tên", en: "Name" } } }, additionalProperties: false },
    lines: {
      type: "array",
      uniqueItems: true,
      items: {
        type: "object",
        properties: {
          what: { type: "string" },
          parts: { type: "array", items: { type: "string" } },
          price: { type: "integer", minimum: 1, "x-label": { vi: "Giá", en: "Price" } },
          count: { type: "integer" },
          total: { type: "integer", "x-calculate": "parent.price * parent.count" },
        },
        additionalProperties: false,
      },
    },
    total: { type: "integer", "x-calculate": "sum(root.lines.map(line, line.total))" },
    discount: { type: "integer", "x-relevant": "root.total >= 100", "x-required": "root.total >= 200" },
    paid: { type: "boolean", "x-readonly": "root.total == 0" },
  },
  additionalProperties: false,
};

const bill = (lang = "en") => core.compile(BILL, { lang, strict: true });
const opened = (value) => bill().open(value, { now: NOW });
const fresh = (form) => form.schema.validateJson(form.json, { now: NOW });
const paths = (change) => change.changed.map(({ path }) => path);

test("an edit answers with what changed besides what it wrote", () => {
  const form = opened({ lines: [{ what: "a", price: 10, count: 2 }] });
  assert.deepEqual(form.value, { lines: [{ what: "a", price: 10, count: 2, total: 20 }], total: 20, buyer: {} });
  const change = form.set("/lines/0/count", 12);
  assert.deepEqual(change.changed.map(({ path, value, relevant }) => [path, value, relevant]).sort(), [
    ["/discount", undefined, true],
    ["/lines/0/total", 120, undefined],
    ["/total", 120, undefined],
  ]);
  assert.equal(form.set("/lines/0/what", "b"), form.set("/buyer/name", "Lan Trần").changed.length === 1 && form.set("/lines/0/what", "c"));
  assert.deepEqual(paths(form.set("/lines/0/count", 20)).sort(), ["/discount", "/lines/0/total", "/total"]);
  assert.equal(form.field("/discount").required, true);
  assert.deepEqual(form.report({ now: NOW }), fresh(form));
});

test("what a database answered is given by the page, and by nobody else", async () => {
  const check = { type: "object", "x-lookup": true, properties: { asked: { type: "object", properties: { id: { type: "string" } } } } };
  const known = "has(parent.check) && parent.check.status == 'match' && parent.check.asked.id == parent.id";
  const properties = { id: { type: "string" }, check, known: { type: "boolean", "x-calculate": known }, why: { type: "string", "x-relevant": "!parent.known" } };
  const schema = core.compile({ type: "object", properties, additionalProperties: false }, { lang: "en", strict: true });
  const form = schema.open({ id: "1" }, { now: NOW });
  const change = form.lookupResult("/check", { status: "match", source: "A", at: undefined, asked: { id: "1" } });
  assert.deepEqual(paths(change).sort(), ["/check", "/known", "/why"]);
  assert.deepEqual(form.value, { id: "1", check: { status: "match", source: "A", asked: { id: "1" } }, known: true });
  assert.equal(form.field("/check").readonly && form.field("/check/asked/id").readonly, true);
  for (const edit of [() => form.set("/check", {}), () => form.input("/check/status", "x"), () => form.field("/check").clear()])
    assert.equal((await thrown(edit)).code, "edit.lookup");
  assert.equal((await thrown(() => form.lookupResult("/id", { status: "match" }))).code, "edit.not-a-lookup");
  wreck();
  assert.deepEqual(paths(form.set("/id", "2")).sort(), ["/known", "/why"]);
  form.field("/check").lookupResult(null);
  assert.deepEqual(form.value, { id: "2", known: false });
  assert.ok(form.undo() && form.value.check.status === "match");
  assert.deepEqual(schema.restore(form.draft(), { now: NOW }).value, form.value);
  form.lookupResult("/check", { status: "yes" });
  assert.deepEqual(form.report({ now: NOW }).issues.map(({ path, code }) => [path, code]), [["/check", "lookup.status"]]);
  assert.deepEqual(form.report({ now: NOW }), fresh(form));
});

test("what changes nothing else always answers with the same object", () => {
  const form = opened({ buyer: { name: "Lan" }, lines: [{ what: "a" }] });
  const nothing = form.set("/lines/0/what", "b");
  assert.deepEqual(nothing, { changed: [] });
  assert.equal(form.set("/lines/0/what", "c"), nothing);
  assert.equal(form.field("/lines/0/what").set("d"), nothing);
});

test("a place keeps its id and its issues when rows come, go and move", () => {
  const form = opened({ buyer: { name: "Lan" }, lines: [{ what: "a", price: 0 }, { what: "b" }] });
  const [row, price] = [form.field("/lines/0"), form.field("/lines/0/price")];
  assert.deepEqual(price.issues.map(({ code, path }) => [code, path]), [["number.too-small", "/lines/0/price"]]);
  const inserted = form.insert("/lines", 0, { what: "new" });
  assert.deepEqual([row.path, price.path, price.issues[0].path], ["/lines/1", "/lines/1/price", "/lines/1/price"]);
  row.move(2);
  assert.deepEqual([row.path, price.path, inserted.path], ["/lines/2", "/lines/2/price", "/lines/0"]);
  inserted.remove();
  assert.equal(price.path, "/lines/1/price");
  assert.equal(form.field("/lines/1").id, row.id);
  assert.deepEqual(form.report({ now: NOW }), fresh(form));
  row.remove();
  assert.equal(form.check({ now: NOW }).type, "valid");
});

test("what is refused has a code, and leaves the form as it was", async () => {
  const form = opened({ buyer: { name: "Lan" }, lines: [{ what: "a", price: 1, count: 0 }], paid: true });
  const row = form.field("/lines/0");
  const before = form.draft();
  for (const [code, edit] of [
    ["edit.no-place", () => form.set("/buyer/name/first", 1)],
    ["edit.no-place", () => form.set("no pointer", 1)],
    ["edit.no-place", () => form.set("/lines/first", 1)],
    ["edit.no-row", () => form.set("/lines/1/what", "b")],
    ["edit.no-row", () => form.set("/lines/0/parts/0", "b")],
    ["edit.no-row", () => form.insert("/lines", 2, {})],
    ["edit.no-row", () => form.move("/lines/0", 1)],
    ["edit.not-a-list", () => form.insert("/buyer", 0, {})],
    ["edit.not-a-list", () => form.remove("/buyer")],
    ["edit.not-a-field", () => form.field("/lines/0").clear()],
    ["edit.computed", () => form.set("/total", 5)],
    ["edit.read-only", () => form.set("/paid", false)],
    ["input.unsupported", () => form.set("/discount", Number.NaN)],
    ["input.unsupported", () => form.set("/discount", new Date())],
    ["json.lone-surrogate", () => form.set("/buyer", { name: "\ud800" })],
    ["json.not-utf8", () => form.set("/buyer/name", "\ud800")],
  ]) {
    const error = await thrown(edit);
    assert.deepEqual([error instanceof core.HosoError, error.code], [true, code], String(edit));
    assert.ok(error.message.length > 20 && error.message !== code);
  }
  assert.equal(form.draft(), before);
  row.remove();
  assert.equal((await thrown(() => row.set({}))).code, "edit.gone");
  assert.equal((await thrown(() => row.path)).code, "edit.gone");
  form.undo();
  assert.equal(row.path, "/lines/0");
});

test("text is kept in NFC and trimmed, and empty text is no value", () => {
  const form = opened({ lines: [] });
  form.set("/buyer/name", "  Le\u0302 \n");
  assert.equal(form.field("/buyer/name").value, "Lê");
  form.set("/buyer/name", "   ");
  assert.deepEqual([form.field("/buyer/name").value, form.value], [undefined, { lines: [], buyer: {}, total: 0 }]);
  form.set("/buyer/name", "Lê");
  form.set("/buyer/name", undefined);
  assert.equal(form.field("/buyer/name").value, undefined);
});

test("what was typed into a control becomes what the field takes", () => {
  const form = bill("vi").open({ lines: [{}] }, { now: NOW });
  for (const [path, text, value] of [
    ["/lines/0/price", "1.500.000", 1500000],
    ["/lines/0/price", " 12 ", 12],
    ["/lines/0/price", "mười", "mười"],
    ["/lines/0/what", "1.500", "1.500"],
    ["/lines/0/price", "", undefined],
  ]) {
    form.input(path, text);
    assert.equal(form.field(path).value, value, text);
  }
  form.set("/lines/0/price", 5);
  form.set("/lines/0/count", 1);
  form.input("/paid", "on");
  assert.equal(form.field("/paid").value, true);
});

test("steps are taken back and done again; writing one field is one step; a batch is one", () => {
  const form = opened({ lines: [] });
  const first = form.draft();
  for (const text of ["L", "La", "Lan"]) form.set("/buyer/name", text);
  form.batch(() => {
    form.insert("/lines", 0, { what: "a", price: 5 });
    form.set("/lines/0/count", 30);
    form.set("/discount", 3);
  });
  const last = form.draft();
  assert.equal(form.field("/total").value, 150);
  assert.deepEqual([form.undo(), form.json], [true, '{"lines":[],"total":0,"buyer":{"name":"Lan"}}']);
  assert.deepEqual([form.undo(), form.undo(), form.draft()], [true, false, first]);
  assert.deepEqual([form.redo(), form.redo(), form.redo(), form.draft()], [true, true, false, last]);
});

test("a batch in which something is thrown keeps what was done before", async () => {
  const form = opened({ lines: [{ price: 2, count: 3 }] });
  const told = await thrown(() =>
    form.batch(() => {
      form.set("/lines/0/count", 50);
      form.set("/total", 1);
    }),
  );
  assert.deepEqual([told.code, form.field("/total").value, form.report({ now: NOW })], ["edit.computed", 100, fresh(form)]);
  assert.deepEqual([form.undo(), form.field("/total").value], [true, 6]);
});

test("who listens hears of what concerns them, and snapshots stay until something changes", () => {
  const form = opened({ lines: [{ price: 1, count: 1 }] });
  const heard = [];
  const ends = [
    form.subscribe("/total", () => heard.push("total")),
    form.subscribe("/buyer/name", () => heard.push("name")),
    form.subscribe((change) => heard.push(`form ${change.changed.length}`)),
  ];
  const [total, name, whole] = [form.field("/total").getSnapshot(), form.field("/buyer/name").getSnapshot(), form.getSnapshot()];
  form.set("/buyer/name", "Lan");
  assert.deepEqual(heard.splice(0), ["name", "form 1"]);
  assert.deepEqual([form.field("/total").getSnapshot() === total, form.field("/buyer/name").getSnapshot() === name], [true, false]);
  assert.notEqual(form.getSnapshot(), whole);
  assert.equal(form.getSnapshot(), form.getSnapshot());
  form.set("/lines/0/count", 3);
  assert.deepEqual(heard.splice(0), ["total", "form 2"]);
  assert.equal(form.field("/total").value, 3);
  ends.forEach((end) => end());
  form.set("/lines/0/count", 4);
  assert.deepEqual(heard, []);
});

test("a draft is taken up as it was put aside, a damaged one not at all, one of another schema as far as it fits", async () => {
  const schema = bill();
  const form = schema.open({ lines: [{ what: "a", price: 60, count: 2 }] }, { now: NOW });
  form.set("/discount", 7);
  form.set("/lines/0/count", 1);
  form.field("/buyer/name").touch();
  // The discount is not asked for now, and comes back with its reason.
  const draft = form.draft();
  const again = schema.restore(draft, { now: NOW });
  assert.deepEqual([again.draft(), again.value, again.dropped], [draft, form.value, []]);
  assert.equal(again.field("/buyer/name").touched, true);
  again.set("/lines/0/count", 2);
  assert.equal(again.field("/discount").value, 7);
  for (const damaged of [draft.slice(0, -1), draft.replace("60", "61"), draft.replace('"a"', '"b"'), "", "{}", "[]", draft + " "]) {
    assert.equal((await thrown(() => schema.restore(damaged))).code, "draft.damaged", damaged);
  }
  assert.equal((await thrown(() => schema.restore('{"formatVersion":2,"x":1}'))).code, "draft.too-new");
  const { discount, ...rest } = BILL.properties;
  const other = core.compile({ ...BILL, properties: { ...rest, buyer: { type: "object", properties: { name: { type: "integer" } } } } }, { strict: true });
  form.set("/buyer/name", "Lan");
  const kept = other.restore(form.draft(), { now: NOW });
  assert.deepEqual(kept.dropped.map(({ path, value }) => [path, value]).sort(), [["/buyer/name", "Lan"], ["/discount", 7]]);
  assert.deepEqual(kept.value.lines[0], { what: "a", price: 60, count: 1, total: 60 });
});

test("a trap loses nothing: what was done is done again in a fresh instance", () => {
  const form = opened({ lines: [{ what: "a", price: 1, count: 1 }] });
  const price = form.field("/lines/0/price");
  form.set("/buyer/name", "Lan");
  form.insert("/lines", 0, { what: "b", price: 9, count: 2 });
  price.set(4);
  const before = [form.draft(), form.json, price.path];
  wreck();
  assert.deepEqual([form.draft(), form.json, price.path], before);
  wreck();
  price.set(5);
  assert.equal(form.field("/total").value, 23);
  wreck();
  assert.deepEqual([form.undo(), price.value], [true, 1]);
});

test("an edit out of a listener and a check inside a batch find the form whole", () => {
  const form = opened({ buyer: { name: "An" }, lines: [{ what: "a", price: 10, count: 2 }] });
  const heard = [];
  form.subscribe("/total", ({ changed }) => {
    heard.push(changed.map(({ path }) => path).sort());
    if (form.field("/total").value >= 200 && form.field("/discount").value === undefined) form.set("/discount", 5);
  });
  form.set("/lines/0/price", 150);
  assert.deepEqual(form.value.discount, 5);
  assert.deepEqual(heard[0], ["/discount", "/lines/0/total", "/total"]);
  assert.deepEqual(form.report({ now: NOW }), fresh(form));
  form.batch(() => {
    form.set("/lines/0/price", 0);
    assert.deepEqual(form.report({ now: NOW }), fresh(form));
    assert.deepEqual(form.check({ now: NOW }).type, "invalid");
    form.set("/lines/0/price", 1);
  });
  assert.deepEqual([form.check({ now: NOW }).type, form.report({ now: NOW })], ["valid", fresh(form)]);
});

test("inside a batch pointers name what is there by now, and places are as they are", () => {
  const form = opened({ lines: [{ what: "a", price: 1 }, { what: "b", price: 2, count: 0 }] });
  form.set("/lines/0/count", 10);
  const [first, total] = [form.field("/lines/0"), form.field("/total")];
  const change = form.batch(() => {
    form.insert("/lines", 0, { what: "new" });
    form.set("/lines/0/price", 99);
    assert.deepEqual([form.field("/lines/0/price").value, first.path], [99, "/lines/1"]);
    form.set("/lines/0/count", 2);
    assert.equal(total.value, 10, "what is computed follows at the end");
  });
  assert.deepEqual(form.value.lines.map(({ what, price }) => [what, price]), [["new", 99], ["a", 1], ["b", 2]]);
  assert.deepEqual([total.value, change.changed.some(({ path }) => path === "/total")], [208, true]);
});

test("a group is as what it holds, and what it holds is relevant with it", () => {
  const group = { type: "object", properties: { x: { type: "string" } } };
  const schema = core.compile({ type: "object", properties: { a: { type: "string" }, g: { ...group, "x-relevant": "root.a == 'k'" }, h: group } }, { lang: "en", strict: true });
  const form = schema.open({ g: { x: "1" }, h: { x: "1" } }, { now: NOW });
  const [inside, held, other] = [form.field("/g/x"), form.field("/h"), form.field("/a")];
  assert.deepEqual([inside.relevant, held.value], [false, { x: "1" }]);
  const heard = [];
  held.subscribe(() => heard.push(held.value.x));
  form.set("/a", "k");
  assert.equal(inside.relevant, true);
  const before = held.getSnapshot();
  form.set("/a", "kk");
  assert.deepEqual([inside.relevant, held.getSnapshot() === before], [false, true]);
  form.set("/h/x", "2");
  assert.deepEqual([held.value, heard.at(-1), other.value], [{ x: "2" }, "2", "kk"]);
});

test("a form goes on in another language, with all that could be taken back", () => {
  const form = opened({ lines: [{ what: "a", price: 0 }] });
  const price = form.field("/lines/0/price");
  const heard = [];
  price.subscribe(() => heard.push(price.issues[0]?.message));
  form.set("/lines/0/what", "b");
  assert.match(price.issues[0].message, /^Enter|^Change|^Use/);
  form.lang = "vi";
  assert.match(heard.at(-1), /^Nhập|^Sửa|^Ghi/);
  assert.deepEqual([form.lang, price.issues[0].message], ["vi", heard.at(-1)]);
  assert.deepEqual(form.report({ now: NOW }), fresh({ schema: form.schema.in("vi"), json: form.json }));
  assert.equal(form.undo(), true);
  assert.equal(form.value.lines[0].what, "a");
});

test("a part is checked alone: what it holds, and what is said of what holds it", async () => {
  const form = opened({ lines: [{ what: "a", price: 0 }, { what: "b", price: 2 }] });
  const check = (part) => {
    const { type, report } = form.check({ part, now: NOW });
    return [type, report.valid, report.issues.map(({ path }) => path)];
  };
  assert.deepEqual(check("/lines/0"), ["invalid", false, ["/lines/0/price"]]);
  assert.deepEqual(check("/lines/1"), ["valid-part", true, []]);
  assert.deepEqual(check("/buyer"), ["invalid", false, ["/buyer/name"]]);
  form.set("/lines/1", { what: "a", price: 0 });
  // Which of two equal rows is one too many is said at the second.
  assert.deepEqual(check("/lines/1")[2], ["/lines/1", "/lines/1/price"]);
  assert.equal((await thrown(() => check("/lines/9"))).code, "edit.no-row");
});

test("what changed is plain data, as it is when it is looked at first", () => {
  const form = opened({ lines: [{ what: "a", price: 10, count: 2 }] });
  const change = form.set("/lines/0/price", -1);
  const own = change.changed.find(({ issues }) => issues !== undefined);
  const others = change.changed.filter((one) => one !== own);
  assert.deepEqual(Object.keys(own), ["id", "path", "issues"]);
  assert.deepEqual([structuredClone(change.changed), JSON.parse(JSON.stringify(change))], [change.changed, { changed: change.changed }]);
  assert.deepEqual([own.path, own.issues.map(({ code }) => code)], ["/lines/0/price", ["number.too-small"]]);
  assert.deepEqual(others.map(({ path, value }) => [path, value]).sort(), [["/lines/0/total", -2], ["/total", -2]]);
  form.set("/lines/0/price", 2);
  const unread = form.set("/lines/0/price", -3);
  form.set("/lines/0/price", 3);
  assert.deepEqual([own.issues.length, unread.changed.find(({ id }) => id === own.id)?.issues], [1, []]);
  const [lost, kept] = [form.set("/lines/0/price", -4), form.set("/lines/0/price", 5)];
  assert.equal(kept.changed.length, 3);
  form.remove("/lines/0");
  assert.deepEqual([lost.changed.map(({ path }) => path), kept.changed.length], [["/total"], 3]);
});

test("the household form says after every edit what a fresh validation says", () => {
  const schema = core.compile(schemaText);
  const form = schema.open({}, { now: NOW });
  const fill = (value, path) => {
    if (Array.isArray(value)) {
      value.forEach((item, at) => (typeof item === "object" ? (form.insert(path, at), fill(item, `${path}/${at}`)) : form.insert(path, at, item)));
    } else if (typeof value === "object" && value !== null) {
      for (const [name, member] of Object.entries(value)) fill(member, `${path}/${name}`);
    } else {
      form.set(path, value);
    }
    assert.deepEqual(form.report({ now: NOW }), schema.validateJson(form.json, { now: NOW }), path);
  };
  fill(valid("sole-owner"), "");
  assert.deepEqual(form.value, schema.open(valid("sole-owner"), { now: NOW }).value);
  for (const [name, value] of Object.entries(invalid("six-mistakes-at-once"))) {
    form.set(`/${name}`, value);
    assert.deepEqual(form.report({ now: NOW }), schema.validateJson(form.json, { now: NOW }), name);
  }
  while (form.undo()) assert.deepEqual(form.report({ now: NOW }), schema.validateJson(form.json, { now: NOW }));
});
