// A key that the device keeps: what it means is told before, it signs without file and password, and it can be removed.

import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { people, SECRET } from "./authority.mjs";
import { button, choose, download, heading, keepsNothing, keys, open, password, provoke, readable, toReview, unlock, verified, WIDTHS } from "./portal.mjs";
import { join } from "node:path";

const KEEP = "Lưu khóa trên thiết bị này";
const DEVICE = "Khóa trên thiết bị này";
const FILE = "Tệp chữ ký số (.p12, .pfx)";
const USE = "Ký bằng khóa này";
const OWN = join(keys, "citizen-ec.p12");
const DENIED = "Trình duyệt không cho lưu khóa trên thiết bị này";

let others;
let portal;
before(async () => {
  others = people();
  portal = await open();
});
afterEach(() => portal.leave());
after(async () => {
  await portal?.close();
  others?.leave();
});

for (const width of WIDTHS) {
  test(`a key is kept once, after its meaning was told, and signs without file and password, at ${width} px`, async () => {
    const page = await toKey(width);
    assert.equal(await page.getByRole("radio").count(), 0, "nothing to choose");
    await readable(page, "device none");
    await button(page, KEEP).click();
    const terms = await page.locator("#keep-terms").innerText();
    for (const word of ["Ai mở được trình duyệt này đều ký thay bạn được", "không rời thiết bị này", "xóa khóa được bất cứ lúc nào"]) assert.ok(terms.includes(word), word);
    await readable(page, "device terms");
    await button(page, KEEP).click();
    await page.getByRole("alert").getByText("Chọn tệp khóa .p12 hoặc .pfx").waitFor();
    await give(page, OWN, "wrong");
    await page.getByRole("alert").getByText("Mật khẩu không mở được tệp khóa").waitFor();
    assert.deepEqual(await page.evaluate(kept), [], "nothing is kept of a key that was not opened");
    await readable(page, "device wrong password");
    await page.getByLabel("Mật khẩu của tệp khóa").fill(password);
    await button(page, KEEP).click();
    await page.getByRole("status").getByText("Đã lưu khóa của PHẠM THỊ THU HÀ").waitFor({ state: "attached" });
    await page.locator("#signer").getByText(DEVICE).waitFor();
    await readable(page, "device opened");
    await page.reload();
    await toKeyAgain(page);
    assert.ok(await page.getByRole("radio", { name: DEVICE }).isChecked());
    await page.locator("#device-keys").getByText("031 164 000 008").waitFor();
    await readable(page, "device choice");
    await button(page, "English").click();
    await page.getByRole("radio", { name: "Key on this device" }).waitFor();
    await readable(page, "device choice in English");
    await button(page, "Tiếng Việt").click();
    await button(page, USE).click();
    await page.getByRole("checkbox", { name: "Tôi cam kết các điều trên" }).check();
    await button(page, "Ký và nộp hồ sơ").click();
    await heading(page, "Bạn đã nộp hồ sơ").waitFor();
    assert.equal(verified(await download(page)), "accepted");
  });

  test(`a key that has expired is told and signs no more, and one is removed only when asked twice, at ${width} px`, async () => {
    const page = await withKey(width);
    await page.evaluate(keepExpired);
    await page.reload();
    await toKeyAgain(page);
    const [expired, good] = [card(page, "NGUYỄN VĂN CŨ"), card(page, "PHẠM THỊ THU HÀ")];
    await expired.getByText("Chứng thư đã hết hạn ngày 1/2/2026").waitFor();
    assert.deepEqual([await expired.getByRole("button", { name: USE }).count(), await good.getByRole("button", { name: USE }).count()], [0, 1]);
    await readable(page, "device expired");
    await good.getByRole("button", { name: "Xóa khỏi thiết bị này" }).click();
    await good.getByText("Xóa hẳn khóa của PHẠM THỊ THU HÀ khỏi thiết bị này?").waitFor();
    await readable(page, "device remove");
    await good.getByRole("button", { name: "Giữ lại" }).click();
    assert.equal((await page.evaluate(kept)).length, 2);
    for (const each of [good, expired]) {
      await each.getByRole("button", { name: "Xóa khỏi thiết bị này" }).click();
      await each.locator("[id^=device-remove-yes]").click();
      await each.waitFor({ state: "detached" });
    }
    assert.deepEqual(await page.evaluate(kept), []);
    assert.equal(await page.getByRole("radio").count(), 0, "nothing to choose any more");
    await button(page, "Mở khóa").waitFor();
  });
}

test("the key stays in the browser: it cannot be taken out, and neither file nor password is kept", async () => {
  const page = await withKey(320);
  const [key] = await page.evaluate(kept);
  assert.deepEqual([key.extractable, key.usages, key.type, key.exported], [false, ["sign"], "private", "InvalidAccessError"]);
  assert.deepEqual(key.members, ["certificate", "chain", "keptSince", "key"]);
});

test("a file is still there to sign with, and a key once kept is kept once", async () => {
  const page = await withKey(320);
  await page.reload();
  await toKeyAgain(page);
  await button(page, "Lưu thêm khóa khác").click();
  await give(page, OWN, password);
  await page.locator("#signer").waitFor();
  assert.equal((await page.evaluate(kept)).length, 1);
  await page.locator("#key-change").click();
  await page.getByRole("radio", { name: FILE }).check();
  await choose(page, "Chọn tệp khóa", OWN);
  await page.getByLabel("Mật khẩu của tệp khóa").fill(password);
  await button(page, "Mở khóa").click();
  await page.locator("#signer").getByText("citizen-ec.p12").waitFor();
});

test("a certificate that has expired, or is somebody else’s, is told before anything is signed", async () => {
  const page = await toKey(320);
  await button(page, KEEP).click();
  await give(page, others.path("expired.p12"), SECRET);
  await page.getByRole("alert").getByText("Chứng thư đã hết hạn ngày").waitFor();
  assert.deepEqual(await page.evaluate(kept), []);
  await readable(page, "device keep expired");
  await choose(page, "Đổi", others.path("spouse.p12"));
  await page.getByLabel("Mật khẩu của tệp khóa").fill(SECRET);
  await button(page, KEEP).click();
  await page.locator("#signer").getByText("Chứng thư mang số định danh khác chủ hộ").waitFor();
  assert.equal(await button(page, "Ký và nộp hồ sơ").count(), 0);
});

test("a browser that keeps nothing is told of, and the file signs", async () => {
  const page = await portal.visitor(320);
  await page.addInitScript(keepsNothing);
  await page.goto(portal.address);
  await toReview(page);
  await page.getByRole("link", { name: "Đúng rồi, sang bước ký" }).click();
  await button(page, KEEP).click();
  await give(page, OWN, password);
  await page.getByRole("alert").getByText(DENIED).waitFor();
  await readable(page, "device denied");
  await button(page, "Không lưu, quay lại chọn khóa").click();
  await page.getByLabel("Mật khẩu của tệp khóa").fill(password);
  await button(page, "Mở khóa").click();
  await page.locator("#signer").waitFor();
});

test("a browser that keeps drafts and no keys is told of", async () => {
  const page = await portal.visitor(320);
  await page.addInitScript(keepsNoKeys);
  await page.goto(portal.address);
  await toReview(page);
  await page.getByRole("link", { name: "Đúng rồi, sang bước ký" }).click();
  await button(page, KEEP).click();
  await give(page, OWN, password);
  await page.getByRole("alert").getByText(DENIED).waitFor();
});

test("a key that its browser lost does not sign, and says so", async () => {
  const page = await withKey(320);
  provoke(page, /./);
  await page.reload();
  await toKeyAgain(page);
  await page.evaluate(() => (SubtleCrypto.prototype.sign = () => Promise.reject(new DOMException("gone", "OperationError"))));
  await button(page, USE).click();
  await page.getByRole("checkbox", { name: "Tôi cam kết các điều trên" }).check();
  await button(page, "Ký và nộp hồ sơ").click();
  await page.getByRole("alert").getByText("Trình duyệt không ký được bằng khóa trên thiết bị này").waitFor();
});

/** A visitor at the choice of a key. */
async function toKey(width) {
  const page = await portal.visit(width);
  await toReview(page);
  await toKeyAgain(page);
  return page;
}

async function toKeyAgain(page) {
  const link = page.getByRole("link", { name: "Đúng rồi, sang bước ký" });
  await link.click();
  await page.locator("#key-choice > *").first().waitFor();
}

/** A visitor whose device keeps the owner's key. */
async function withKey(width) {
  const page = await toKey(width);
  await button(page, KEEP).click();
  await give(page, OWN, password);
  await page.locator("#signer").waitFor();
  return page;
}

/** Chooses a key file that is to be kept. */
async function give(page, file, secret) {
  await choose(page, "Chọn tệp khóa", file);
  await page.getByLabel("Mật khẩu của tệp khóa").fill(secret);
  await button(page, KEEP).click();
}

const card = (page, name) => page.locator(".device-key").filter({ has: page.getByRole("heading", { name }) });

/** What the device keeps of keys; runs in the page. */
async function kept() {
  const opening = indexedDB.open("hoso-keys", 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore("keys");
  const database = await new Promise((resolve) => (opening.onsuccess = () => resolve(opening.result)));
  const asked = database.transaction("keys").objectStore("keys").getAll();
  const all = await new Promise((resolve) => (asked.onsuccess = () => resolve(asked.result)));
  database.close();
  return Promise.all(
    all.map(async (each) => ({
      extractable: each.key.extractable,
      usages: each.key.usages,
      type: each.key.type,
      exported: await crypto.subtle.exportKey("pkcs8", each.key).then(() => "taken out", ({ name }) => name),
      members: Object.keys(each).sort(),
    })),
  );
}

/** Keeps a key whose certificate has expired; runs in the page. */
async function keepExpired() {
  const { privateKey: key } = await crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, false, ["sign", "verify"]);
  const name = "NGUYỄN VĂN CŨ";
  const dates = { notBefore: "2025-02-01T00:00:00+07:00", notAfter: "2026-02-01T00:00:00+07:00" };
  const certificate = { name, subject: `CN=${name}`, issuer: "CN=hoso demo CA", serial: "01", personalId: null, taxCode: "0200123456", sha256: "00", ...dates };
  const opening = indexedDB.open("hoso-keys", 1);
  const database = await new Promise((resolve) => (opening.onsuccess = () => resolve(opening.result)));
  const transaction = database.transaction("keys", "readwrite");
  transaction.objectStore("keys").put({ key, certificate, chain: [], keptSince: "2025-03-01T00:00:00Z" }, "00");
  await new Promise((resolve) => (transaction.oncomplete = resolve));
  database.close();
}

/** A browser that cannot store keys, as some are in private windows; runs in the page. */
function keepsNoKeys() {
  const { put } = IDBObjectStore.prototype;
  IDBObjectStore.prototype.put = function (value, key) {
    if (this.name === "keys") throw new DOMException("A key could not be cloned.", "DataCloneError");
    return put.call(this, value, key);
  };
}
