// A tab that dies: at most three seconds of typing are lost, and no file.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach, before, test } from "node:test";
import { begin, button, choose, open, row } from "./portal.mjs";

const STREET = "Đường, phố, tổ, xóm, ấp, thôn";
const ADD = "Thêm tệp cho “Giấy tờ khác”";

let portal;
let folder;
let large;
let digest;
before(async () => {
  portal = await open();
  folder = mkdtempSync(join(tmpdir(), "hoso-crash-"));
  large = join(folder, "ban-do.pdf");
  const bytes = Buffer.alloc(70_000_000, "hoso");
  bytes.write("%PDF-1.7\n");
  digest = createHash("sha256").update(bytes).digest("hex");
  writeFileSync(large, bytes);
});
afterEach(() => portal.leave());
after(async () => {
  await portal?.close();
  if (folder) rmSync(folder, { recursive: true });
});

test("while somebody types: what was typed three seconds before is there", async () => {
  const page = await portal.visit(320);
  await begin(page, "head-office");
  const street = page.getByLabel(STREET);
  await street.focus();
  const typed = [];
  const started = Date.now();
  let text = "";
  // Without any pause, so that nothing is saved because somebody rests.
  while (Date.now() - started < 4_500) {
    text += "a";
    await street.press("a");
    typed.push([Date.now(), text.length]);
  }
  const died = Date.now();
  const again = await crash(page);
  const found = (await again.getByLabel(STREET).inputValue()).length;
  const least = typed.filter(([at]) => at <= died - 3_000).at(-1)[1];
  assert.ok(found >= least, `${found} letters are left of ${text.length}; ${least} were typed three seconds before`);
});

test("while a large file is read: its bytes are there, and it is read again", async () => {
  const page = await portal.visitor(320);
  await page.route("**/schema.json", takesMore);
  await page.goto(portal.address);
  await begin(page, "submitter");
  await choose(page, ADD, large);
  await row(page, "ban-do.pdf").getByText("đang đọc để tính mã đối chiếu").waitFor();
  const again = await crash(page);
  await row(again, "ban-do.pdf").getByText("đã đọc xong").waitFor({ timeout: 20_000 });
  assert.equal(await shownDigest(again), `${digest.slice(0, 4)} ${digest.slice(4, 8)} ${digest.slice(-8, -4)} ${digest.slice(-4)}`);
  assert.equal(await again.evaluate(digestOf), digest);
});

test("while the draft is written: the one before it or itself is there", async () => {
  const page = await portal.visit(320);
  await begin(page, "head-office");
  await page.getByLabel(STREET).fill("Đường Lạch Tray");
  await page.getByText("Đã lưu trên máy này").waitFor();
  const house = page.getByLabel("Số nhà");
  // Each change of visibility saves; the tab dies among these saves.
  await page.evaluate(() => setInterval(() => document.dispatchEvent(new Event("visibilitychange")), 1));
  await house.fill("Số 12");
  const again = await crash(page);
  assert.equal(await again.getByLabel(STREET).inputValue(), "Đường Lạch Tray");
  assert.match(await again.getByLabel("Số nhà").inputValue(), /^(Số 12)?$/);
});

/** Kills the tab, and opens the page again in another, where it goes on with the draft. */
async function crash(page) {
  const died = page.waitForEvent("crash");
  page.goto("chrome://crash").catch(() => {});
  await died;
  const again = await page.context().newPage();
  again.setDefaultTimeout(8_000);
  await again.route("**/schema.json", takesMore);
  await again.goto(portal.address);
  await button(again, "Tiếp tục bản nháp").click();
  return again;
}

/** The form, but files may be larger. */
async function takesMore(route) {
  const response = await route.fetch();
  const schema = await response.json();
  schema.properties.attachments.properties.others["x-attachment"].maxBytes = 100_000_000;
  await route.fulfill({ response, json: schema });
}

const shownDigest = (page) => page.locator(".digest-short code").evaluate((code) => code.textContent.match(/[0-9a-f]{4}/g).join(" "));

/** The digest of the one stored file; runs in the page. */
async function digestOf() {
  const opening = indexedDB.open("hoso-portal");
  const database = await new Promise((resolve) => (opening.onsuccess = () => resolve(opening.result)));
  const request = database.transaction("files").objectStore("files").getAll();
  await new Promise((resolve) => (request.onsuccess = resolve));
  const [file] = request.result;
  const bytes = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
  return [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
