// The citizen's way through the page, right and wrong, on a phone and at a desk.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { download, keys, open, password, root, toReview, unlock, usable } from "./portal.mjs";

const WIDTHS = [320, 1280];
let portal;
before(async () => (portal = await open()));
after(() => portal?.close());

for (const width of WIDTHS) {
  test(`from the start to a receipt, every state usable, at ${width} px`, async () => {
    const page = await portal.visit(width);
    await usable(page, "start");
    await page.locator("#language").click();
    await page.locator("html[lang=en] #start").waitFor();
    await usable(page, "start in English");
    await page.locator("#language").click();
    await page.locator("html[lang=vi] #start").waitFor();
    await toReview(page, (part) => usable(page, part));
    await usable(page, "review");
    await unlock(page, "wrong");
    assert.match(await page.locator("#password-messages .error-message").textContent(), /Mật khẩu không mở được tệp khóa\./);
    assert.equal(await page.locator(".file-name").textContent(), "citizen-ec.p12", "the key stays chosen");
    await usable(page, "wrong password");
    await page.locator("#password").fill(password);
    await page.locator("#unlock").click();
    await page.locator("#agree").check();
    await usable(page, "signer");
    await page.locator("#sign-button").click();
    await page.locator("#reference").waitFor();
    await usable(page, "receipt");
    const packaged = await download(page);
    assert.equal(verified(packaged), "accepted");
    await page.locator("#verify-this").click();
    await page.locator(".verdict").waitFor();
    await usable(page, "verdict");
    await page.locator("#language").click();
    await usable(page, "verdict in English");
  });

  test(`mistakes are told at once, where they are, at ${width} px`, async () => {
    const page = await portal.visit(width);
    await page.locator("#start").click();
    await page.locator("#page-form").waitFor();
    await page.goto(`${portal.address}#/fill/owner`);
    await page.locator("#owner-personalId").fill("03116400000l");
    assert.equal(await page.locator(".error-message").count(), 0, "nothing is told before Continue");
    await page.locator("#continue").click();
    await page.locator("#error-summary").waitFor();
    assert.equal(await page.evaluate(() => document.activeElement.id), "error-summary");
    assert.match(await page.title(), /^Có lỗi: /);
    await usable(page, "errors");
    const told = await page.locator("#error-summary a").allTextContents();
    const inline = await page.locator(".page-fields .error-message span:not(.visually-hidden)").allTextContents();
    assert.deepEqual(inline.map((text) => text.replace(/^Lỗi: /, "")), told);
    for (const link of await page.locator("#error-summary a").all()) {
      await link.click();
      const [tag, visible] = await page.evaluate(() => {
        const { tagName } = document.activeElement;
        const { top, bottom } = document.activeElement.getBoundingClientRect();
        return [tagName, top >= 0 && bottom <= innerHeight];
      });
      assert.ok(/^(INPUT|SELECT|TEXTAREA|BUTTON)$/.test(tag) && visible, `${await link.textContent()} leads to ${tag}`);
    }
    await page.locator("#owner-personalId").fill("０31 164 000 008");
    await page.locator("#owner-personalId:not([aria-invalid])").waitFor();
    assert.equal(await page.inputValue("#owner-personalId"), "０31 164 000 008", "what was typed stays");
  });
}

test("a reload in the middle loses nothing", async () => {
  const page = await portal.visit(320);
  await page.locator("#start").click();
  await page.locator("#page-form").waitFor();
  await page.goto(`${portal.address}#/fill/head-office`);
  await page.locator("#headOffice-street").fill("Đường Lạch Tray");
  await page.reload();
  await page.locator("#headOffice-street").waitFor();
  assert.equal(await page.inputValue("#headOffice-street"), "Đường Lạch Tray");
});

test("two clicks on the button sign and send once", async () => {
  const page = await portal.visit(320);
  await toReview(page);
  await unlock(page);
  await page.locator("#agree").check();
  const sent = [];
  page.on("request", (request) => request.method() === "POST" && sent.push(request.url()));
  await page.evaluate(() => {
    const button = document.querySelector("#sign-button");
    button.click();
    button.click();
    button.form.requestSubmit();
  });
  await page.locator("#reference").waitFor();
  assert.equal(sent.length, 1);
});

test("without a network the dossier is checked and signed, kept, and sent later", async () => {
  const page = await portal.visit(320);
  await toReview(page, async (part) => {
    if (part !== "registration") return;
    await page.waitForFunction(fetched, AHEAD);
    await page.context().setOffline(true);
  });
  await unlock(page);
  await page.locator("#agree").check();
  await page.locator("#sign-button").click();
  await page.locator("#send-again").waitFor();
  await page.context().setOffline(false);
  await page.evaluate(() => dispatchEvent(new Event("online")));
  await page.locator("#reference").waitFor();
  assert.equal(verified(await download(page)), "accepted");
});

/** What the page fetches while the form is filled in. */
const AHEAD = ["/sign.wasm", "/key-worker.js", "/citizen-ec.p12", "/password.txt", "/root.pem"];

/** Whether all of these have arrived; runs in the page. */
function fetched(names) {
  const there = performance.getEntriesByType("resource").filter((entry) => entry.responseEnd > 0 && entry.responseStatus === 200);
  return names.every((name) => there.some((entry) => entry.name.endsWith(name)));
}

/** What the command says of a package. */
function verified(file) {
  const hoso = process.env.HOSO_BIN ?? join(root, "target/debug/hoso");
  const trust = ["--trust", join(keys, "root.pem"), "--crl", join(keys, "crl.pem")];
  const { stdout, stderr } = spawnSync(hoso, ["verify", file, ...trust, "--output", "json"], { encoding: "utf8" });
  assert.ok(stdout, stderr);
  return JSON.parse(stdout).outcome;
}
