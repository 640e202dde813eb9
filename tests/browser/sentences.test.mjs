// Every mistake of the forms' examples, as the page tells it: the sentence stands at its field, in Vietnamese.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { compile, init } from "hoso";
import { button, open, root, usable, WIDTHS } from "./portal.mjs";

const FORMS = { "1.001612": "1.001612-ho-kinh-doanh", "1.004194": "1.004194-tam-tru" };

/**
 * What happens to a mistake that is not told in hoso's words at its field: "asked" there in words that fit its control, such as those
 * of each field in place of those of their group; or "gone", since the page leaves out of the data what the form does not ask for, and
 * a list that is empty. A name that no page has cannot be typed either; the review would tell it.
 */
const OTHERWISE = {
  "1.001612": {
    "address-for-tax-letters-left-empty /tax/mailingAddress": "asked",
    "agent-not-named /submitter/agent": "asked",
    "dates-that-cannot-be /tax/startDate": "asked",
    "family-without-members /registrants/members": "asked",
    "former-business-not-named /registration/formerBusiness": "asked",
    "hidden-characters /business/name": "gone",
    "hidden-characters /owner/name": "gone",
    "misspelt-field /headOffice/emial": "gone",
    "old-or-missing-commune /tax/mailingAddress/province": "asked",
  },
  "1.004194": {
    "commune-of-another-province /request/place/commune": "asked",
    "empty-table-of-members /members": "gone",
    "empty-table-of-owners /consents/owners": "asked",
    "filer-not-named /filer/person": "asked",
    "guardian-not-named-for-vneid /consents/guardianPerson": "asked",
    "head-not-named /household/head": "asked",
    "last-day-written-day-first /request/to": "asked",
    "nothing-filled-in /applicant": "asked",
    "nothing-filled-in /household": "asked",
    "nothing-filled-in /request": "asked",
    "nothing-filled-in /dwelling": "asked",
    "nothing-filled-in /consents": "asked",
    "nothing-filled-in /filer": "asked",
    "nothing-filled-in /attachments": "gone",
    "owner-not-named-for-vneid /consents/owners": "asked",
    "permanent-address-left-empty /applicant/permanentAddress": "asked",
    "province-of-before-the-merger /applicant/permanentAddress/province": "asked",
    "seven-mistakes-at-once /members/1/birthDate": "asked",
  },
};

let portal;
before(async () => {
  await init();
  portal = await open();
});
after(() => portal?.close());

for (const [code, folder] of Object.entries(FORMS)) {
  test(`every mistake of the examples of ${code} is told at its field`, { timeout: 600_000 }, async () => {
    const rules = readFileSync(join(root, "forms", folder, "schema.json"), "utf8");
    const schema = compile(rules, { lang: "vi" });
    const page = await portal.visitor(360);
    await page.addInitScript(takeUp);
    await page.goto(`${portal.address}?procedure=${code}`);
    await button(page, "Bắt đầu kê khai").waitFor();
    const otherwise = {};
    for (const [name, data] of examples(folder)) {
      const { issues } = schema.validate(data);
      const parts = new Map();
      for (const issue of issues) {
        const part = partOf(JSON.parse(rules), issue.path);
        parts.set(part, [...(parts.get(part) ?? []), issue]);
      }
      for (const [part, told] of parts) {
        await page.evaluate(draft, { code, form: schema.open(data).draft(), files: filesOf(data), part });
        await page.reload();
        await button(page, "Tiếp tục").click();
        for (const { path, message } of told) {
          const how = outcome(await page.evaluate(shown), path, message);
          if (how !== "told") otherwise[`${name} ${path}`] = how;
        }
      }
    }
    assert.deepEqual(otherwise, OTHERWISE[code]);
  });
}

for (const width of WIDTHS) {
  test(`a number with spaces is offered in its one spelling, and one press takes it, at ${width} px`, async () => {
    const rules = readFileSync(join(root, "forms", FORMS["1.004194"], "schema.json"), "utf8");
    const data = JSON.parse(readFileSync(join(root, "forms", FORMS["1.004194"], "examples/valid/couple-in-own-flat.json"), "utf8"));
    data.applicant.phone = "0912 345 678";
    const page = await portal.visitor(width);
    await page.addInitScript(takeUp);
    await page.goto(`${portal.address}?procedure=1.004194`);
    await button(page, "Bắt đầu kê khai").waitFor();
    await page.evaluate(draft, { code: "1.004194", form: compile(rules).open(data).draft(), files: [], part: "applicant", done: ["applicant"] });
    await page.reload();
    const phone = page.getByRole("textbox", { name: "Số điện thoại liên hệ" });
    const offer = button(page, "Ghi là 0912345678");
    await offer.waitFor();
    assert.match(await phone.evaluate(described), /Nên xem lại\. Viết lại số điện thoại liên hệ thành 0912345678/);
    await usable(page, "a number with spaces");
    await offer.focus();
    await page.keyboard.press("Space");
    assert.equal(await phone.inputValue(), "0912345678");
    assert.ok(await phone.evaluate((input) => input === document.activeElement), "the focus is on the field");
    assert.equal(await offer.count(), 0);
    await page.getByRole("status").getByText("Đã ghi 0912345678.").waitFor();
  });
}

/** What describes a control; runs in the page. */
function described(control) {
  const ids = control.getAttribute("aria-describedby").split(" ");
  return ids.map((id) => document.getElementById(id).textContent).join(" ");
}

function outcome(lines, path, message) {
  const ids = [...above(path)];
  if (lines.some(({ id, text }) => ids.includes(id) && text.endsWith(message))) return "told";
  return lines.some(({ id }) => ids.includes(id) || id.startsWith(`${ids[0]}-`)) ? "asked" : "gone";
}

function* examples(folder) {
  const invalid = join(root, "forms", folder, "examples/invalid");
  for (const file of readdirSync(invalid).sort()) {
    if (file.endsWith(".json") && !file.endsWith(".expected.json")) yield [file.slice(0, -5), JSON.parse(readFileSync(join(invalid, file), "utf8"))];
  }
}

/** The page of the form that a place stands on. */
function partOf(rules, path) {
  const within = (inner, outer) => inner === outer || inner.startsWith(`${outer}/`);
  const shows = (part) => part.fields.some((field) => within(path, field) || within(field, path));
  return (rules["x-pages"].find(shows) ?? rules["x-pages"].find(({ fields }) => fields.some((field) => path.split("/")[1] === field.split("/")[1])) ?? rules["x-pages"][0]).id;
}

/** The ids under which a place, or what holds it, shows its sentences. */
function* above(path) {
  for (let at = path; at !== ""; at = at.slice(0, at.lastIndexOf("/"))) yield at.split("/").slice(1).join("-");
}

/** The files that the data lists, as the page keeps them. */
function filesOf(data) {
  const lists = Object.entries(data.attachments ?? {}).filter(([, list]) => Array.isArray(list));
  return lists.flatMap(([field, list]) =>
    list.map(({ name, mediaType, size, sha256 }, at) => {
      const place = `/attachments/${field}`;
      return { id: `${field}-${at}`, field: place, name, renamedFrom: null, size, attachment: { field: place, name, mediaType, size, sha256, crc32: 0 } };
    }),
  );
}

/** Leaves a draft for the next load of the page, with files of the right size; runs in the page. */
async function draft({ code, form, files, part, done = [] }) {
  const opening = indexedDB.open("hoso-portal");
  const database = await new Promise((resolve) => (opening.onsuccess = () => resolve(opening.result)));
  const transaction = database.transaction("files", "readwrite");
  for (const { id, size } of files) transaction.objectStore("files").put(new Blob([new Uint8Array(size)]), `${code} ${id}`);
  await new Promise((resolve) => (transaction.oncomplete = resolve));
  database.close();
  const savedAt = new Date(Date.now() + 60_000).toISOString();
  localStorage.setItem("example", JSON.stringify({ procedure: code, savedAt, form, done, page: part, sample: false, files }));
  history.replaceState(null, "", `#/fill/${part}`);
}

/** Takes up what was left, as this tab's last moment; runs in the page before anything else. */
function takeUp() {
  const left = localStorage.getItem("example");
  if (left === null) return;
  localStorage.removeItem("example");
  sessionStorage.setItem("hoso-open", JSON.parse(left).procedure);
  sessionStorage.setItem("hoso-last", left);
}

/** What the page says, and at which fields; runs in the page. */
function shown() {
  return [...document.querySelectorAll("main form :is(.error-message, .note)")].map((line) => ({
    id: line.closest("[id$=-messages], [id$=-notes]").id.replace(/-(?:messages|notes)$/, ""),
    text: line.textContent,
  }));
}
