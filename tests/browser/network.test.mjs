// Networks as citizens have them: slow, standing still, cut off. The page says what happens, offers to try again, and loses nothing.

import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { begin, button, choose, heading, open, provoke, row, toReview, usable, WIDTHS } from "./portal.mjs";

const STREET = "Đường, phố, tổ, xóm, ấp, thôn";
const OPENING = "Đang mở biểu mẫu";
const PAPER = { name: "can-cuoc.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.7\n%%EOF\n") };
const ADD = "Thêm tệp cho “Giấy tờ khác”";
/** Without any of these there is no page. */
const NEEDED = { module: "**/core.wasm", schema: "**/schema.json", script: "**/main.js" };
const SIGN = "**/sign*.wasm";

let portal;
before(async () => (portal = await open()));
afterEach(() => portal.leave());
after(() => portal?.close());

test("on slow 4G the page says at once that it opens, and then nothing waits for the network", async () => {
  const page = await portal.visitor(320);
  await throttle(page, { latency: 150, bits: 1_600_000 });
  await page.goto(portal.address, { waitUntil: "commit" });
  await heading(page, OPENING).waitFor();
  await button(page, "Bắt đầu kê khai").waitFor();
  await begin(page, "submitter");
  await choose(page, ADD, PAPER);
  await row(page, PAPER.name).getByText("đã đọc xong").waitFor();
  await page.evaluate(() => (location.hash = "#/fill/head-office"));
  await page.getByLabel(STREET).fill("Đường Lạch Tray");
  await page.reload();
  await page.getByLabel(STREET).waitFor();
  assert.equal(await page.getByLabel(STREET).inputValue(), "Đường Lạch Tray");
  assert.deepEqual(page.complaints, []);
});

for (const width of WIDTHS) {
  for (const [what, address] of Object.entries(width === 320 ? NEEDED : { module: NEEDED.module })) {
    test(`a ${what} that does not come is waited for, and a reload goes on where it was, at ${width} px`, async () => {
      const page = await typed(width);
      const held = await hold(page, address);
      page.reload({ waitUntil: "commit" }).catch(() => {});
      await heading(page, OPENING).waitFor();
      const [link, note] = [page.getByRole("link", { name: "tải lại trang" }), page.getByRole("status")];
      // Told only when it takes long. Until the styles are there everything shows.
      await link.waitFor({ state: "hidden" });
      await page.evaluate(() => document.getAnimations().forEach((animation) => animation.finish()));
      assert.match(await note.innerText(), /^Mạng đang chậm hoặc bị ngắt\./);
      if (what === "module") await usable(page, "opening slowly");
      await held.end();
      await link.click();
      if (what === "script") await button(page, "Tiếp tục bản nháp").click();
      assert.equal(await page.getByLabel(STREET).inputValue(), "Đường Lạch Tray");
    });
  }

  test(`a module or a schema that fails is told, and asked for again in place, at ${width} px`, async () => {
    const page = await typed(width);
    for (const address of ["**/core*", "**/schema.json"]) {
      await fail(page, address);
      await page.reload();
      await heading(page, "Chưa mở được biểu mẫu").waitFor();
      assert.equal(await page.title(), "Chưa mở được biểu mẫu · hoso");
      await usable(page, "could not be opened");
      await button(page, "Thử lại").click();
      await heading(page, "Chưa mở được biểu mẫu").waitFor();
      await page.unroute(address);
      await button(page, "Thử lại").click();
      assert.equal(await page.getByLabel(STREET).inputValue(), "Đường Lạch Tray");
    }
  });

  test(`a file waits for what reads it, can be stopped, and comes in later, at ${width} px`, async () => {
    const page = await portal.visit(width);
    const held = await hold(page, SIGN);
    await page.reload();
    await begin(page, "submitter");
    await choose(page, ADD, PAPER);
    await row(page, PAPER.name).getByText("đang chờ tải phần đọc tệp").waitFor();
    await usable(page, "file waiting");
    const go = button(page, "Tiếp tục");
    assert.equal(await go.getAttribute("aria-disabled"), "true");
    await button(page, "Dừng tệp can-cuoc.pdf").click();
    await row(page, PAPER.name).getByText("đã dừng đọc").waitFor();
    await button(page, "Đọc lại tệp can-cuoc.pdf").click();
    await row(page, PAPER.name).getByText("đang chờ tải phần đọc tệp").waitFor();
    await held.end(true);
    await row(page, PAPER.name).getByText("đã đọc xong").waitFor();
    assert.equal(await go.getAttribute("aria-disabled"), null);
  });

  test(`a file whose reader cannot be loaded stays, through a reload too, at ${width} px`, async () => {
    const page = await portal.visit(width);
    await fail(page, "**/sign*");
    await page.reload();
    await begin(page, "submitter");
    await choose(page, ADD, PAPER);
    const again = button(page, "Đọc lại tệp can-cuoc.pdf");
    await again.waitFor();
    assert.ok(await page.getByText("Chưa tiếp tục được: 1 tệp chưa đọc xong.").isVisible());
    await usable(page, "file not read");
    await again.click();
    await again.waitFor();
    await page.reload();
    await again.waitFor();
    await page.unroute("**/sign*");
    await page.evaluate(() => dispatchEvent(new Event("online")));
    await row(page, PAPER.name).getByText("đã đọc xong").waitFor();
  });

  test(`a review and a check that lack their module say so and can be tried again, at ${width} px`, async () => {
    const page = await portal.visit(width);
    await toReview(page);
    await fail(page, "**/sign*");
    await page.reload();
    await page.getByRole("alert").getByText("Chưa tải được phần ký. Kiểm tra mạng rồi thử lại").waitFor();
    assert.doesNotMatch(await page.title(), /Có lỗi/, "there is nothing to mend");
    await usable(page, "review without its module");
    await page.getByRole("link", { name: "Kiểm tra một hồ sơ đã ký" }).click();
    await choose(page, "Chọn tệp hồ sơ", { ...PAPER, name: "ho-so.hoso.zip" });
    await page.getByRole("heading", { name: "Chưa kiểm tra được" }).waitFor();
    await usable(page, "check without its module");
    await page.unroute("**/sign*");
    await button(page, "Kiểm tra lại").click();
    await page.getByRole("heading", { name: "Không nhận hồ sơ này" }).waitFor();
    await page.goBack();
    await page.getByRole("link", { name: "Đúng rồi, sang bước ký" }).waitFor();
  });
}

test("a connection that stands still is given up, and the file can be read again", async () => {
  const page = await portal.visitor(320);
  await page.clock.install();
  const held = await hold(page, SIGN);
  await page.goto(portal.address);
  await begin(page, "submitter");
  await choose(page, ADD, PAPER);
  await row(page, PAPER.name).getByText("đang chờ tải phần đọc tệp").waitFor();
  await page.clock.fastForward(15_000);
  assert.ok(await row(page, PAPER.name).getByText("đang chờ tải phần đọc tệp").isVisible());
  await page.clock.fastForward(10_000);
  const again = button(page, "Đọc lại tệp can-cuoc.pdf");
  await again.waitFor();
  await held.end();
  await again.click();
  await row(page, PAPER.name).getByText("đã đọc xong").waitFor();
});

/** A visitor who has typed something and not yet sent it. */
async function typed(width) {
  const page = await portal.visit(width);
  await begin(page, "head-office");
  await page.getByLabel(STREET).fill("Đường Lạch Tray");
  return page;
}

async function throttle(page, { latency, bits }) {
  const session = await page.context().newCDPSession(page);
  const bytes = bits / 8;
  await session.send("Network.emulateNetworkConditions", { offline: false, latency, downloadThroughput: bytes, uploadThroughput: bytes });
}

/** Cuts off every connection to an address. */
function fail(page, address) {
  provoke(page, /ERR_CONNECTION_RESET|preload/);
  return page.route(address, (route) => route.abort("connectionreset"));
}

/** Lets nothing of an address arrive. `end` lets later requests through, and with `true` those that waited. */
async function hold(page, address) {
  let isOver = false;
  const waiting = [];
  await page.route(address, (route) => (isOver ? route.continue() : void waiting.push(route)));
  return {
    async end(through = false) {
      isOver = true;
      if (through) await Promise.all(waiting.map((route) => route.continue().catch(() => {})));
    },
  };
}
