// Drafts: of earlier rules, damaged, without the bytes of their files, on a device that keeps nothing, and as a file.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, afterEach, before, test } from "node:test";
import { compile, init } from "hoso";
import { begin, button, choose, heading, open, PAGES, root, row, usable, WIDTHS } from "./portal.mjs";

const STREET = "Đường, phố, tổ, xóm, ấp, thôn";
const PAPER = { name: "can-cuoc.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.7\n%%EOF\n") };
const ADD = "Thêm tệp cho “Giấy tờ khác”";

let portal;
let rules;
before(async () => {
  await init();
  rules = JSON.parse(readFileSync(join(root, "forms/1.001612-ho-kinh-doanh/schema.json"), "utf8"));
  portal = await open();
});
afterEach(() => portal.leave());
after(() => portal?.close());

for (const width of WIDTHS) {
  test(`a draft of earlier rules keeps what fits, and the rest is listed, at ${width} px`, async () => {
    const before = structuredClone(rules);
    before["x-procedure"].version = "0.9.0";
    before.properties.headOffice.properties.hamlet = { type: "string", "x-label": { vi: "Xóm", en: "Hamlet" } };
    const page = await portal.visit(width);
    await leave(page, compile(before).open({ headOffice: { street: "Đường Lạch Tray", hamlet: "Xóm Chùa" } }).draft());
    await page.reload();
    await button(page, "Tiếp tục bản nháp").click();
    await heading(page, PAGES[1]).waitFor();
    assert.equal(await page.getByLabel(STREET).inputValue(), "Đường Lạch Tray");
    await page.getByText("Biểu mẫu đã thay đổi từ lần lưu trước").waitFor();
    await page.getByText("“Xóm Chùa” ở mục “Trụ sở hộ kinh doanh”").waitFor();
    await usable(page, "a draft of earlier rules");
  });

  test(`a damaged draft is refused in hoso's words, can be downloaded, and stays until somebody deletes it, at ${width} px`, async () => {
    const page = await portal.visit(width);
    const damaged = compile(rules).open({ headOffice: { street: "Đường Lạch Tray" } }).draft().replace("Lạch Tray", "Cầu Đất");
    await leave(page, damaged);
    for (let visits = 0; visits < 2; visits += 1) {
      await page.reload();
      await page.locator("#damaged .error-message").waitFor();
    }
    assert.equal(await button(page, "Tiếp tục bản nháp").count(), 0);
    await usable(page, "a damaged draft");
    const [file] = await Promise.all([page.waitForEvent("download"), button(page, "Tải bản nháp").click()]);
    assert.equal(JSON.parse(readFileSync(await file.path(), "utf8")).form, damaged);
    await choose(page, "Mở bản nháp đã tải về", await file.path());
    await page.locator(".open-draft .error-message").waitFor();
    await button(page, "Bắt đầu lại từ đầu").click();
    await button(page, "Xóa bản nháp và bắt đầu lại").click();
    await heading(page, PAGES[0]).waitFor();
  });

  test(`a draft goes on from its file, where its papers have to be chosen again, at ${width} px`, async () => {
    const page = await portal.visit(width);
    await begin(page, "head-office");
    await page.getByLabel(STREET).fill("Đường Lạch Tray");
    await page.evaluate(() => (location.hash = "#/fill/submitter"));
    await choose(page, ADD, PAPER);
    await row(page, PAPER.name).getByText("đã đọc xong").waitFor();
    const [file] = await Promise.all([page.waitForEvent("download"), page.locator("#draft-download").click()]);
    assert.equal(file.suggestedFilename(), "ban-nhap-1.001612.json");

    const other = await portal.visit(width);
    await choose(other, "Mở bản nháp đã tải về", { name: "x.json", mimeType: "application/json", buffer: Buffer.from("{}") });
    await other.getByText("Tệp này không phải bản nháp của trang này.").waitFor();
    await usable(other, "a file that is no draft");
    await choose(other, "Mở bản nháp đã tải về", await file.path());
    await row(other, PAPER.name).getByText("thiếu nội dung").waitFor();
    assert.equal(await button(other, "Tiếp tục").getAttribute("aria-disabled"), "true");
    await usable(other, "a file that lost its content");
    await choose(other, "Chọn lại tệp tệp can-cuoc.pdf", PAPER);
    await row(other, PAPER.name).getByText("đã đọc xong").waitFor();
    await other.evaluate(() => (location.hash = "#/fill/head-office"));
    assert.equal(await other.getByLabel(STREET).inputValue(), "Đường Lạch Tray");
  });
}

test("a draft of another procedure is told", async () => {
  const page = await portal.visit(320);
  const draft = { procedure: "1.004194", form: compile(rules).open({}).draft(), page: "x", done: [], files: [], savedAt: new Date().toISOString() };
  await choose(page, "Mở bản nháp đã tải về", { name: "x.json", mimeType: "application/json", buffer: Buffer.from(JSON.stringify(draft)) });
  await page.getByText("Bản nháp này của thủ tục 1.004194. Mở thủ tục đó rồi mở lại tệp").waitFor();
});

test("a device without room for a file says so, and goes on", async () => {
  const page = await portal.visit(320);
  await begin(page, "submitter");
  await page.evaluate(noRoom);
  await choose(page, ADD, PAPER);
  await row(page, PAPER.name).getByText("đã đọc xong").waitFor();
  await page.getByText("Máy này không còn đủ chỗ để giữ các tệp.").waitFor();
  await usable(page, "no room for files");
  await page.getByText("Đã lưu trên máy này").waitFor();
  assert.ok(await page.locator("#not-kept").isVisible());
});

test("a device that keeps nothing offers the draft as a file", async () => {
  const page = await portal.visitor(320);
  await page.addInitScript(() => Object.defineProperty(globalThis, "indexedDB", { get: () => { throw new DOMException("no", "SecurityError"); } }));
  await page.goto(portal.address);
  await begin(page, "head-office");
  await page.getByLabel(STREET).fill("Đường Lạch Tray");
  await page.locator("#not-kept").waitFor();
  const [file] = await Promise.all([page.waitForEvent("download"), page.locator("#notice-download").click()]);
  assert.match(JSON.parse(readFileSync(await file.path(), "utf8")).form, /Đường Lạch Tray/);
});

test("whoever types without a pause is saved all the same", async () => {
  const page = await portal.visit(320);
  await begin(page, "head-office");
  await page.getByLabel(STREET).waitFor();
  await page.evaluate(typeOn, STREET);
  const saved = await page.evaluate(storedForm);
  assert.match(saved, /Đường Lạch Tray/);
});

/** Leaves a draft in the store of this device. */
const leave = (page, form) =>
  page.evaluate(async (form) => {
    const opening = indexedDB.open("hoso-portal");
    const database = await new Promise((resolve) => (opening.onsuccess = () => resolve(opening.result)));
    const transaction = database.transaction("drafts", "readwrite");
    const draft = { procedure: "1.001612", savedAt: new Date().toISOString(), form, done: [], page: "head-office", sample: false, files: [] };
    transaction.objectStore("drafts").put(draft, "1.001612");
    await new Promise((resolve) => (transaction.oncomplete = resolve));
    database.close();
  }, form);

/** What the store holds; runs in the page. */
async function storedForm() {
  const opening = indexedDB.open("hoso-portal");
  const database = await new Promise((resolve) => (opening.onsuccess = () => resolve(opening.result)));
  const request = database.transaction("drafts").objectStore("drafts").get("1.001612");
  await new Promise((resolve) => (request.onsuccess = resolve));
  database.close();
  return request.result?.form ?? "";
}

/** Types a letter every 100 ms for three seconds; runs in the page. */
async function typeOn() {
  const field = document.getElementById("headOffice-street");
  const text = "Đường Lạch Tray";
  for (let at = 0; at < 30; at += 1) {
    field.value = at < text.length ? text.slice(0, at + 1) : `${text} ${"i".repeat(at - text.length)}`;
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** A store that takes no bytes of files; runs in the page. */
function noRoom() {
  const put = IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = function (value, key) {
    if (value instanceof Blob) throw new DOMException("full", "QuotaExceededError");
    return put.call(this, value, key);
  };
}
