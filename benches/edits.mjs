// node benches/edits.mjs [FOLDER]: one edit of a live form, in Chromium: beside ajv validating the whole again, and in tables of 10 to 10,000 rows. FOLDER may hold gov-form60.

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { launch } from "../tests/browser/chromium.mjs";
import { bare } from "./bare.mjs";
import { print } from "./print.mjs";
import { root } from "./sets.mjs";

const folder = join(process.argv[2] ?? ".", "gov-form60");
const forms = [household(), ...(existsSync(folder) ? [sixty()] : [])];

const browser = await launch();
try {
  const whole = await ran("forms", forms);
  print(`Chromium ${browser.version()}; one edit; ajv validates the whole form.`, whole.head, whole.rows);
  const edited = await both("tables");
  print("A field of a row; ajv validates the whole of 10,000 rows.", edited.head, edited.rows);
  const moved = await both("places");
  print("Rows that come, go and move.", moved.head, moved.rows);
  const held = await ran("memory");
  print("WebAssembly's memory, from before a table of 10,000 rows of 8 cells is opened until after.", held.head, held.rows);
} finally {
  await browser.close();
}

/** What a part of edits.js finds in a page of its own. */
async function ran(part, argument) {
  const { page } = await bare(browser, { name: "edits", scripts: ["edits.js"] });
  const found = await page.evaluate(async ([part, argument]) => (await import("/edits.js"))[part](argument), [part, argument]);
  await page.close();
  return found;
}

/** What a part finds without a total over the table and with one. */
async function both(part) {
  const [without, over] = [await ran(part, false), await ran(part, true)];
  const rows = [...without.rows.map(([name, ...rest]) => [name, "no", ...rest]), ...over.rows.map(([name, ...rest]) => [name, "yes", ...rest])];
  return { head: [without.head[0], "total over the table", ...without.head.slice(1)], rows };
}

/** What its rules and attachments say, ajv leaves out. */
function household() {
  const form = join(root, "forms/1.001612-ho-kinh-doanh");
  const { $schema: _, ...schema } = json(join(form, "schema.json"));
  const edits = { "/owner/name": ["Trần Thị Minh Anh", "Trần Thị Minh Hạnh"], "/owner/phone": ["0912000145", "091200014"] };
  return { name: "household form", schema, data: json(join(form, "examples/valid/sole-owner.json")), edits, formats: true };
}

function sixty() {
  const data = JSON.parse(readFileSync(join(folder, "valid.jsonl"), "utf8").split("\n")[0]);
  const edits = { "/applicant/givenName": ["Anna0", "Anna"], "/applicant/personalId": ["000000-12345", "000000-1234"] };
  return { name: "gov-form60", schema: json(join(folder, "schema.json")), data, edits, formats: false };
}

function json(file) {
  return JSON.parse(readFileSync(file, "utf8"));
}
