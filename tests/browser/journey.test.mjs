// The citizen's way through the page, right and wrong, on a phone and at a desk.

import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { begin, button, download, heading, keepsNothing, open, PAGES, password, provoke, toReview, unlock, usable, verified, WIDTHS } from "./portal.mjs";

let portal;
before(async () => (portal = await open()));
afterEach(() => portal.leave());
after(() => portal?.close());

for (const width of WIDTHS) {
  test(`from the start to a receipt, every state usable, at ${width} px`, async () => {
    const page = await portal.visit(width);
    await usable(page, "start");
    await button(page, "English").click();
    await button(page, "Start").waitFor();
    await usable(page, "start in English");
    await button(page, "Tiếng Việt").click();
    await button(page, "Bắt đầu kê khai").waitFor();
    await toReview(page, (part) => usable(page, part));
    await usable(page, "review");
    await unlock(page, "wrong");
    const secret = page.getByLabel("Mật khẩu của tệp khóa");
    assert.match(await page.getByRole("alert").textContent(), /Mật khẩu không mở được tệp khóa\./);
    assert.match(await secret.evaluate(described), /Mật khẩu không mở được tệp khóa\./);
    assert.ok(await page.getByText("citizen-ec.p12").isVisible(), "the key stays chosen");
    await usable(page, "wrong password");
    await secret.fill(password);
    await button(page, "Mở khóa").click();
    await page.getByRole("checkbox", { name: "Tôi cam kết các điều trên" }).check();
    await usable(page, "signer");
    await button(page, "Ký và nộp hồ sơ").click();
    await heading(page, "Bạn đã nộp hồ sơ").waitFor();
    await usable(page, "receipt");
    assert.equal(verified(await download(page)), "accepted");
    await page.getByRole("link", { name: "Kiểm tra hồ sơ này ngay" }).click();
    await page.getByRole("heading", { name: "Chữ ký đạt, hồ sơ còn nguyên" }).waitFor();
    await usable(page, "verdict");
    await button(page, "English").click();
    await page.getByRole("heading", { name: "The signature holds, nothing was changed" }).waitFor();
    await usable(page, "verdict in English");
  });

  test(`mistakes are told at once, where they are, at ${width} px`, async () => {
    const page = await portal.visit(width);
    await begin(page, "owner");
    const number = page.getByLabel("Số định danh cá nhân").first();
    await number.fill("03116400000l");
    assert.equal(await page.getByText("Lỗi:").count(), 0, "nothing is told before Continue");
    await button(page, "Tiếp tục").click();
    const links = page.getByRole("alert").getByRole("link");
    await links.first().waitFor();
    assert.ok(await page.getByRole("alert").evaluate((alert) => alert.parentElement === document.activeElement), "the summary has the focus");
    assert.match(await page.title(), /^Có lỗi: /);
    await usable(page, "errors");
    const told = await links.allTextContents();
    const inline = await page.getByRole("main").locator("form").getByText("Lỗi:").locator("..").allTextContents();
    assert.deepEqual(inline.map((text) => text.replace("Lỗi: ", "")), told);
    for (const link of await links.all()) await leadsToItsField(page, link);
    await number.fill("０31 164 000 008");
    await page.waitForFunction((input) => !input.hasAttribute("aria-invalid"), await number.elementHandle());
    assert.equal(await number.inputValue(), "０31 164 000 008", "what was typed stays");
  });

  test(`a reload in the middle loses nothing, at ${width} px`, async () => {
    const page = await portal.visit(width);
    await begin(page, "head-office");
    const street = page.getByLabel("Đường, phố");
    await street.fill("Đường Lạch Tray");
    await page.reload();
    await street.waitFor();
    assert.equal(await street.inputValue(), "Đường Lạch Tray");
    await usable(page, "reloaded");
  });

  test(`a double click on the button signs and sends once, at ${width} px`, async () => {
    const page = await portal.visit(width);
    await toReview(page);
    await unlock(page);
    await page.getByRole("checkbox", { name: "Tôi cam kết các điều trên" }).check();
    const sent = [];
    page.on("request", (request) => request.method() === "POST" && sent.push(request.url()));
    const sign = button(page, "Ký và nộp hồ sơ");
    if (width === 1280) await sign.dblclick();
    else await sign.evaluate(atOnce);
    await heading(page, "Bạn đã nộp hồ sơ").waitFor();
    assert.equal(sent.length, 1);
  });

  test(`without a network the dossier is checked and signed, kept, and sent later, at ${width} px`, async () => {
    const page = await portal.visit(width);
    provoke(page, /ERR_INTERNET_DISCONNECTED/);
    await toReview(page, async (part) => {
      if (part !== PAGES[0]) return;
      await page.waitForFunction(fetched, AHEAD);
      await page.context().setOffline(true);
    });
    await unlock(page);
    await page.getByRole("checkbox", { name: "Tôi cam kết các điều trên" }).check();
    await button(page, "Ký và nộp hồ sơ").click();
    await heading(page, "Hồ sơ đã ký, chưa gửi").waitFor();
    await usable(page, "signed, not sent");
    await page.context().setOffline(false);
    await heading(page, "Bạn đã nộp hồ sơ").waitFor();
    assert.equal(verified(await download(page)), "accepted");
  });
}

test("a browser that keeps nothing says so, and the dossier is signed and sent all the same", async () => {
  const page = await portal.visitor(320);
  await page.addInitScript(keepsNothing);
  await page.goto(portal.address);
  await toReview(page, async (part) => {
    if (part !== PAGES[0]) return;
    await page.locator("#not-kept").getByText("Trình duyệt không cho lưu bản nháp trên máy này.").waitFor();
    await usable(page, "nothing kept");
  });
  await unlock(page);
  await page.getByRole("checkbox", { name: "Tôi cam kết các điều trên" }).check();
  await button(page, "Ký và nộp hồ sơ").click();
  await heading(page, "Bạn đã nộp hồ sơ").waitFor();
  assert.equal(verified(await download(page)), "accepted");
});

/** Presses with nothing at all between them, and Enter; runs in the page. */
function atOnce(button) {
  button.click();
  button.click();
  button.form.requestSubmit();
}

/** Follows a link of the summary: its field has the focus and is in sight. */
async function leadsToItsField(page, link) {
  await link.click();
  const [tag, visible] = await page.evaluate(() => {
    const { tagName } = document.activeElement;
    const { top, bottom } = document.activeElement.getBoundingClientRect();
    return [tagName, top >= 0 && bottom <= innerHeight];
  });
  assert.ok(/^(INPUT|SELECT|TEXTAREA|BUTTON)$/.test(tag) && visible, `${await link.textContent()} leads to ${tag}`);
}

/** What describes a control; runs in the page. */
function described(control) {
  const ids = control.getAttribute("aria-describedby").split(" ");
  return ids.map((id) => document.getElementById(id).textContent).join(" ");
}

/** What the page fetches while the form is filled in. */
const AHEAD = ["/sign.wasm", "/key.wasm", "/key-worker.js", "/citizen-ec.p12", "/password.txt", "/root.pem"];

/** Whether all of these have arrived; runs in the page. */
function fetched(names) {
  const there = performance.getEntriesByType("resource").filter((entry) => entry.responseEnd > 0 && entry.responseStatus === 200);
  return names.every((name) => there.some((entry) => entry.name.endsWith(name)));
}
