// Papers: read with progress, stopped halfway, refused with a reason, replaced, removed, named alike.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach, before, test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { begin, button, choose, open, row, usable, WIDTHS } from "./portal.mjs";

const ADD = "Thêm tệp cho “Giấy tờ khác”";
const MIB = 1_048_576;
const pdf = (name, size = 1_000) => ({ name, mimeType: "application/pdf", buffer: Buffer.concat([Buffer.from("%PDF-1.7\n"), Buffer.alloc(size - 9, 10)]) });

let portal;
let folder;
/** A file of 60 MB. */
let large;
before(async () => {
  portal = await open();
  folder = mkdtempSync(join(tmpdir(), "hoso-files-"));
  large = join(folder, "ban-do.pdf");
  writeFileSync(large, "%PDF-1.7\n");
  truncateSync(large, 60_000_000);
});
afterEach(() => portal.leave());
after(async () => {
  await portal?.close();
  if (folder) rmSync(folder, { recursive: true });
});

for (const width of WIDTHS) {
  test(`a large file is read with progress, and stopping it leaves nothing of it, at ${width} px`, async () => {
    const page = await portal.visitor(width);
    await page.addInitScript(listen);
    await page.route("**/schema.json", takesMore);
    await page.route("**/file-worker.js", stuckDisk);
    await page.goto(portal.address);
    await begin(page, "submitter");
    const [file, go] = [row(page, "ban-do.pdf"), button(page, "Tiếp tục")];
    await choose(page, ADD, large);
    await file.getByText("55%").waitFor();
    assert.equal(await progressOf(page), 32 * MIB);
    assert.deepEqual((await page.evaluate(() => said)).filter((text) => text.includes("%")), ["Đã đọc 25% tệp ban-do.pdf", "Đã đọc 50% tệp ban-do.pdf"]);
    await cannotGoOn(page, go, "Chưa tiếp tục được: đang đọc 1 tệp.");
    await usable(page, "reading a file");
    await button(page, "Dừng tệp ban-do.pdf").click();
    await file.getByText("đã dừng đọc, chưa nằm trong hồ sơ").waitFor();
    assert.equal(await page.getByRole("progressbar").count(), 0);
    assert.equal(await page.evaluate(() => document.activeElement.textContent), "Đọc lại tệp ban-do.pdf");
    await cannotGoOn(page, go, "Chưa tiếp tục được: 1 tệp chưa đọc xong.");
    await usable(page, "stopped a file");
    await stored(page, 0);
    await page.unroute("**/file-worker.js");
    await page.reload();
    await button(page, ADD).waitFor();
    assert.equal(await file.count(), 0, "what was stopped is no part of the dossier");

    await choose(page, ADD, large);
    await file.getByText("đã đọc xong").waitFor();
    assert.match(await file.innerText(), /Mã đối chiếu/);
    assert.equal(await go.getAttribute("aria-disabled"), null);
    await stored(page, 1);
    await page.reload();
    await file.getByText("đã đọc xong").waitFor();
  });

  test(`a file that is not taken says why, and another can be chosen in its place, at ${width} px`, async () => {
    const page = await portal.visit(width);
    await begin(page, "submitter");
    await choose(page, ADD, [
      pdf("nang.pdf", 6_000_001),
      { name: "thu.pdf", mimeType: "application/pdf", buffer: Buffer.from("not what its name says") },
      { name: "anh.pdf", mimeType: "application/pdf", buffer: Buffer.from("....ftypheic....mif1heic", "latin1").fill(0, 0, 3).fill(24, 3, 4) },
      { name: "trong.pdf", mimeType: "application/pdf", buffer: Buffer.alloc(0) },
      pdf("can-cuoc.pdf"),
    ]);
    await row(page, "can-cuoc.pdf").getByText("đã đọc xong").waitFor();
    await row(page, "nang.pdf").getByText("Chọn tệp không quá 6 MB").waitFor();
    await row(page, "thu.pdf").getByText("Không nhận ra loại của tệp thu.pdf. Chọn tệp PDF hoặc ảnh JPG, PNG").waitFor();
    await row(page, "anh.pdf").getByText("Lưu tệp thành một trong các loại này rồi chọn lại").waitFor();
    await row(page, "trong.pdf").getByText("Tệp này không có nội dung. Chọn tệp khác").waitFor();
    await cannotGoOn(page, button(page, "Tiếp tục"), "Chưa tiếp tục được: 4 tệp cần đổi hoặc xóa.");
    await stored(page, 1);
    await usable(page, "files not taken");

    await choose(page, "Chọn tệp khác tệp thu.pdf", pdf("thu-moi.pdf"));
    await row(page, "thu-moi.pdf").getByText("đã đọc xong").waitFor();
    assert.deepEqual(await names(page), ["nang.pdf", "thu-moi.pdf", "anh.pdf", "trong.pdf", "can-cuoc.pdf"]);
    for (const name of ["nang.pdf", "anh.pdf", "trong.pdf", "can-cuoc.pdf"]) {
      await button(page, `Xóa tệp ${name}`).click();
      await page.getByRole("status").getByText(`Đã xóa tệp ${name}.`).waitFor();
      assert.ok(await button(page, ADD).evaluate((element) => element === document.activeElement), "the focus is not lost");
    }
    assert.deepEqual(await names(page), ["thu-moi.pdf"]);
    assert.equal(await button(page, "Tiếp tục").getAttribute("aria-disabled"), null);
    await stored(page, 1);
  });

  test(`two files of one name are both kept, under two names, at ${width} px`, async () => {
    const page = await portal.visit(width);
    await begin(page, "submitter");
    await choose(page, ADD, pdf("image.pdf", 1_000));
    await row(page, "image.pdf").getByText("đã đọc xong").waitFor();
    await choose(page, ADD, pdf("IMAGE.pdf", 2_000));
    const second = row(page, "IMAGE (2).pdf");
    await second.getByText("đã đọc xong").waitFor();
    await second.getByText("Đã có tệp tên “IMAGE.pdf”, nên trang đổi tên tệp này thành “IMAGE (2).pdf”.").waitFor();
    await usable(page, "two files of one name");
    await page.reload();
    await second.getByText("đã đọc xong").waitFor();
    assert.deepEqual(await names(page), ["image.pdf", "IMAGE (2).pdf"]);
  });
}

test("one file more than a paper takes is not taken, until there is room", async () => {
  const page = await portal.visit(320);
  await begin(page, "submitter");
  await choose(page, ADD, Array.from({ length: 11 }, (_, at) => pdf(`trang-${at + 1}.pdf`)));
  await row(page, "trang-11.pdf").getByText("Mục này nhận nhiều nhất 10 tệp.").waitFor();
  await row(page, "trang-10.pdf").getByText("đã đọc xong").waitFor();
  assert.equal(await button(page, ADD).count(), 0);
  await button(page, "Xóa tệp trang-11.pdf").click();
  await button(page, "Xóa tệp trang-1.pdf").click();
  await choose(page, ADD, pdf("trang-11.pdf"));
  await row(page, "trang-11.pdf").getByText("đã đọc xong").waitFor();
});

/** The names in the list of files, in its order. */
const names = (page) => page.getByRole("list", { name: "Các tệp của “Giấy tờ khác”" }).locator(".file-name").allTextContents();

const progressOf = (page) => page.getByRole("progressbar", { name: "Tiến độ đọc tệp ban-do.pdf" }).evaluate(({ value }) => value);

/** Continue stays where it is and says why. */
async function cannotGoOn(page, go, why) {
  assert.equal(await go.getAttribute("aria-disabled"), "true");
  await page.getByText(why).waitFor();
  const before = page.url();
  await go.click({ force: true });
  assert.equal(page.url(), before);
}

/** The form, but files may be larger. */
async function takesMore(route) {
  const response = await route.fetch();
  const schema = await response.json();
  schema.properties.attachments.properties.others["x-attachment"].maxBytes = 100_000_000;
  await route.fulfill({ response, json: schema });
}

/** Notes what screen readers are told; runs in the page. */
function listen() {
  globalThis.said = [];
  const hear = new MutationObserver((changes) => {
    for (const { target } of changes) if (target.role === "status") said.push(target.textContent);
  });
  addEventListener("DOMContentLoaded", () => hear.observe(document.body, { childList: true, subtree: true }));
}

/** The worker that reads files, with a disk that gives 32 MiB and then nothing. */
async function stuckDisk(route) {
  const response = await route.fetch();
  const stuck = (left) => {
    const read = Blob.prototype.arrayBuffer;
    Blob.prototype.arrayBuffer = async function () {
      left -= this.size;
      if (left < 0) await new Promise(() => {});
      return read.call(this);
    };
  };
  await route.fulfill({ response, body: `(${stuck})(${32 * MIB});${await response.text()}` });
}

/** Waits until so many files lie in the store. */
async function stored(page, count) {
  for (let tries = 0, found = -1; found !== count; tries += 1) {
    found = await page.evaluate(storedFiles);
    assert.ok(found === count || tries < 50, `${found} files are stored instead of ${count}`);
    if (found !== count) await setTimeout(50);
  }
}

/** How many files lie in the store; runs in the page. */
function storedFiles() {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open("hoso-portal");
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const counting = opening.result.transaction("files").objectStore("files").count();
      counting.onsuccess = () => {
        opening.result.close();
        resolve(counting.result);
      };
    };
  });
}
