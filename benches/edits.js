// One edit of a live form, through the public API. Runs in a page.

import { compile, init } from "hoso";
import { median, ratio, turns } from "./compared.js";
import { theirsOf } from "./verdict.js";

const SIZES = [10, 1_000, 10_000];
const SHOWN = SIZES.map((size) => size.toLocaleString("en"));
/** Rows put in before they are taken away, how often, and in how many forms. */
const [BATCH, TURNS, WARM, ROUNDS] = [5, 10, 10, 15];
const µs = (times) => (median(times) * 1000).toFixed(2);

/** An edit to another value and back, by handle and by pointer, and with the answer read, beside ajv after the same change of an object. */
export async function forms(cases) {
  await init();
  const rows = [];
  for (const { name, schema, data, edits, formats } of cases) {
    const ours = compile(schema);
    const [first, all] = [false, true].map((allErrors) => theirsOf(schema, formats, { allErrors }));
    for (const [pointer, values] of Object.entries(edits)) {
      const form = ours.open(data);
      const field = form.field(pointer);
      const byTheirs = (validate) => theirEdit(validate, structuredClone(data), pointer, values);
      const right = values.map((value) => agreed(form, field, value, all));
      const ourEdits = [(value) => field.set(value), (value) => form.set(pointer, value), (value) => field.set(value).changed.length];
      const [handle, byPointer, read, toFirst, toAll] = await turns([...ourEdits.map((edit) => both(values, edit)), byTheirs(first), byTheirs(all)]);
      const kind = right.every(Boolean) ? "stays valid" : "invalid and valid again";
      const halves = [handle, byPointer, read, toFirst, toAll].map((times) => µs(times.map((time) => time / 2)));
      rows.push([name, `\`${pointer}\`, ${kind}`, ...halves, ratio(handle, toFirst).toFixed(2), ratio(handle, toAll).toFixed(2)]);
    }
  }
  return { head: ["form", "edit", "handle, µs", "pointer, µs", "handle, answer read, µs", "ajv, µs", "ajv, all errors, µs", "handle / ajv", "handle / ajv, all errors"], rows };
}

/** An edit in the first, a middle and the last row. */
export async function tables(total) {
  await init();
  const validate = theirsOf(schemaOf(total), true, { allErrors: true });
  const ours = SIZES.map((size) => compile(schemaOf(total), { strict: true }).open(dataOf(size, total)));
  const rows = [];
  for (const [what, [cell, values]] of Object.entries(CELLS)) {
    for (const [where, place] of Object.entries(PLACES)) {
      const pointers = SIZES.map((size) => `/rows/${place(size)}/${cell}`);
      for (const [at, form] of ours.entries()) values.forEach((value) => agreed(form, form.field(pointers[at]), value, validate));
      const works = ours.map((form, at) => {
        const field = form.field(pointers[at]);
        return both(values, (value) => field.set(value));
      });
      const theirs = theirEdit(validate, dataOf(SIZES.at(-1), total), pointers.at(-1), values);
      const [few, some, many, whole] = await turns([...works, theirs]);
      rows.push([`${what}, ${where} row`, µs(few.map((time) => time / 2)), ratio(some, few).toFixed(2), ratio(many, few).toFixed(2), ratio(many, whole).toFixed(4)]);
    }
  }
  return { head: ["edit", `${SHOWN[0]} rows, µs`, `${SHOWN[1]} / ${SHOWN[0]}`, `${SHOWN[2]} / ${SHOWN[0]}`, `${SHOWN[2]} / ajv`], rows };
}

/** A row put in, taken away, and moved elsewhere and back. Every round has new forms, which hold no more rows than a person has put in. */
export async function places(total) {
  await init();
  const schema = compile(schemaOf(total), { strict: true });
  const tables = SIZES.map((size) => dataOf(size, total));
  const rows = [];
  for (const [where, place] of Object.entries(PLACES)) {
    const taken = SIZES.map(() => []);
    for (let round = -WARM; round < ROUNDS; round += 1) {
      for (const [at, size] of SIZES.entries()) {
        const form = schema.open(tables[at]);
        const times = moved(form, place(size), size);
        if (form.value.rows.length !== size) throw new Error("rows were lost");
        if (round >= 0) taken[at].push(times);
        form.dispose();
      }
    }
    for (const [stage, name] of ["put in", "taken away", "moved to the other end and back"].entries()) {
      const [few, some, many] = taken.map((rounds) => rounds.map((times) => times[stage]));
      rows.push([`${name}, ${where} row`, µs(few), ratio(some, few).toFixed(2), ratio(many, few).toFixed(2)]);
    }
  }
  return { head: ["a row is", `${SHOWN[0]} rows, µs`, `${SHOWN[1]} / ${SHOWN[0]}`, `${SHOWN[2]} / ${SHOWN[0]}`], rows };
}

/** How far memory grows. */
export async function memory() {
  let instance;
  for (const name of ["instantiate", "instantiateStreaming"]) {
    const original = WebAssembly[name];
    WebAssembly[name] = async (...given) => {
      const made = await original.apply(WebAssembly, given);
      instance = made.instance ?? made;
      return made;
    };
  }
  await init();
  const size = SIZES.at(-1);
  const cells = size * Object.keys(row(0)).length;
  const [schema, data] = [compile(schemaOf(true), { strict: true }), dataOf(size, true)];
  const length = JSON.stringify(data).length;
  const bytes = () => Object.values(instance.exports).find((exported) => exported instanceof WebAssembly.Memory).buffer.byteLength;
  const before = bytes();
  // A form comes into the module with the first question about it.
  const forms = [schema.open(data), schema.open(data)];
  const [first, second] = forms.map((form) => {
    form.field("/rows/0/code").value;
    return bytes();
  });
  const found = [["the first", first - before], ["a second one beside it", second - first]];
  return { head: ["table", "MB", "bytes a cell", "bytes of JSON a cell"], rows: found.map(([name, grown]) => [name, (grown / 1e6).toFixed(1), Math.round(grown / cells), Math.round(length / cells)]) };
}

/** A row with a computed line and a rule, and a total over all rows where it is wanted. */
function schemaOf(total) {
  const label = (vi, en) => ({ "x-label": { vi, en } });
  const row = {
    type: "object",
    required: ["code", "name", "kind", "bought", "quantity", "price"],
    additionalProperties: false,
    properties: {
      code: { ...label("Mã hàng", "Code"), type: "string", pattern: "^[A-Z]{2}[0-9]{4}$" },
      name: { ...label("Tên hàng", "Name"), type: "string", minLength: 2, maxLength: 100 },
      kind: { ...label("Loại", "Kind"), enum: ["a", "b", "c"] },
      bought: { ...label("Ngày mua", "Bought on"), type: "string", format: "date" },
      phone: { ...label("Điện thoại người bán", "Seller’s phone"), type: "string", format: "vn-phone" },
      quantity: { ...label("Số lượng", "Quantity"), type: "integer", minimum: 1 },
      price: { ...label("Đơn giá", "Price"), type: "integer", minimum: 0 },
      amount: { ...label("Thành tiền", "Amount"), type: "integer", "x-calculate": "parent.quantity * parent.price" },
    },
    "x-rules": [{ id: "not-before", rule: "self.bought <= today", at: ["/bought"], message: { vi: "Sửa ngày mua: ngày này chưa tới", en: "Change the day: it has not come yet" } }],
  };
  const sum = { total: { ...label("Tổng cộng", "Total"), type: "integer", "x-calculate": "sum(parent.rows.map(row, row.amount))" } };
  return { type: "object", required: ["rows"], additionalProperties: false, properties: { rows: { type: "array", items: row }, ...(total ? sum : {}) } };
}

/** A cell that others are computed from, and one that becomes wrong. */
const CELLS = {
  "a quantity": ["quantity", [3, 4]],
  "a code, invalid and valid again": ["code", ["AB1234", "AB123"]],
};
const PLACES = { first: () => 0, middle: (size) => size >> 1, last: (size) => size - 1 };

function dataOf(size, total) {
  const rows = Array.from({ length: size }, (_, at) => row(at));
  return total ? { rows, total: rows.reduce((sum, { amount }) => sum + amount, 0) } : { rows };
}

function row(at) {
  const [quantity, price] = [(at % 20) + 1, ((at % 900) + 1) * 1000];
  const [code, bought] = [`AB${String(at % 10_000).padStart(4, "0")}`, `2026-0${(at % 9) + 1}-1${at % 10}`];
  return { code, name: `Hàng số ${at}`, kind: "abc"[at % 3], bought, phone: "0912000145", quantity, price, amount: quantity * price };
}

function both(values, work) {
  return () => {
    for (const value of values) work(value);
  };
}

/** The change of an object and its whole validation. */
function theirEdit(validate, data, pointer, values) {
  const [holder, name] = placeOf(data, pointer);
  return both(values, (value) => {
    holder[name] = value;
    return validate(data);
  });
}

function placeOf(data, pointer) {
  const names = pointer.split("/").slice(1);
  const name = names.pop();
  return [names.reduce((inner, name) => inner[name], data), name];
}

/** Whether the form is valid after an edit, as ajv says too. */
function agreed(form, field, value, validate) {
  field.set(value);
  const valid = form.check().type === "valid";
  if (validate(form.value) !== valid) throw new Error(`hoso and ajv disagree on ${JSON.stringify(value)}`);
  return valid;
}

/** Rows put in at a place, taken away there, and one moved to the other end and back: the milliseconds of each. */
function moved(form, at, size) {
  const other = at === 0 ? size - 1 : 0;
  const added = Array.from({ length: BATCH }, (_, add) => row(size + add));
  const stages = [
    (add) => form.insert("/rows", at, added[add]),
    () => form.remove(`/rows/${at}`),
    () => {
      form.move(`/rows/${at}`, other);
      form.move(`/rows/${other}`, at);
    },
  ];
  // A form comes into the module with the first question about it.
  form.field("/rows").value;
  const taken = stages.map(() => 0);
  for (let turn = 0; turn < TURNS; turn += 1) {
    for (const [of, stage] of stages.entries()) {
      const start = performance.now();
      for (let add = 0; add < BATCH; add += 1) stage(add);
      taken[of] += (performance.now() - start) / BATCH / TURNS;
    }
  }
  return taken;
}
