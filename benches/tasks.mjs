// node benches/tasks.mjs: how long the demo page keeps its main thread busy in one piece, from typing to the signature.
// The dossier holds a file of 30 MB. It is signed without a network, which would only add waiting.

import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { root, unlock } from "../tests/browser/portal.mjs";
import { median } from "./compared.js";
import { inChromium } from "./in-chromium.mjs";
import { longest } from "./longest.mjs";
import { print } from "./print.mjs";

const RUNS = 5;
const SLOWER = [1, 4];
const FILE = join(root, "target/benches/scan.pdf");

mkdirSync(dirname(FILE), { recursive: true });
writeFileSync(FILE, Buffer.concat([Buffer.from("%PDF-1.7\n"), Buffer.alloc(30_000_000, "hoso ")]));
await inChromium(async (browser, portal) => {
  const found = new Map();
  for (const rate of SLOWER) for (let run = 0; run < RUNS; run += 1) await journey(portal, rate, found);
  const rows = [...found].map(([name, byRate]) => [name, ...SLOWER.map((rate) => median(byRate[rate]).toFixed(0))]);
  const head = ["while", "ms", `ms, processor slowed down ${SLOWER[1]} times`];
  print(`Chromium ${browser.version()}; the longest task of the page's main thread; medians of ${RUNS}.`, head, rows);
});

/** Goes through the form and notes the longest task of each part under its name. */
async function journey(portal, rate, found) {
  const page = await portal.visit(360);
  const step = async (name, work) => {
    const byRate = found.get(name) ?? found.set(name, Object.fromEntries(SLOWER.map((rate) => [rate, []]))).get(name);
    byRate[rate].push(await longest(page, work));
  };
  await page.route("**/schema.json", withLargeFiles);
  await page.reload();
  await (await page.context().newCDPSession(page)).send("Emulation.setCPUThrottlingRate", { rate });
  await page.locator("#sample").click();
  await page.locator("#page-form").waitFor();
  await page.goto(`${portal.address}#/fill/owner`);
  await page.locator("#owner-personalId").fill("");
  await page.locator("#continue").click();
  await page.locator("#error-summary").waitFor();
  await step("a field is typed into that had a mistake, and judged with every letter", async () => {
    await page.locator("#owner-personalId").pressSequentially("031164000008", { delay: 50 });
    await page.locator("#owner-personalId:not([aria-invalid])").waitFor();
  });
  await page.goto(`${portal.address}#/fill/submitter`);
  await page.locator(".file-ready").waitFor();
  await step("a file of 30 MB is attached", async () => {
    await page.locator('input[type="file"]').first().setInputFiles(FILE);
    await page.locator(".file-ready").nth(1).waitFor();
  });
  await step("the file is read again, the dossier sealed and shown", async () => {
    await page.goto(`${portal.address}#/review`);
    await page.locator("#sheet").waitFor();
  });
  await step("the key is opened", async () => {
    await unlock(page);
    await page.locator("#agree").waitFor();
  });
  await page.locator("#agree").check();
  await page.context().setOffline(true);
  await step("it is signed", async () => {
    await page.locator("#sign-button").click();
    await page.locator("#send-again").waitFor();
  });
  await page.context().close();
}

/** The form's own limit is 6 MB. */
async function withLargeFiles(route) {
  const schema = await (await route.fetch()).text();
  await route.fulfill({ contentType: "application/json", body: schema.replaceAll('"maxBytes": 6000000', '"maxBytes": 40000000') });
}
