// The page as a visitor meets it: served under its policy, in Chromium, watched for what it complains of.

import AxeBuilder from "@axe-core/playwright";
import { chromium } from "playwright-core";
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../..", import.meta.url));
/** Throw-away keys; `cargo xtask keys` makes them. */
export const keys = process.env.HOSO_KEYS ?? join(root, "target/demo");
export const password = readFileSync(join(keys, "password.txt"), "utf8").trim();
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** The server and the browser, until `close`. */
export async function open() {
  const server = spawn(process.execPath, [join(root, "www/serve.mjs"), "--port", "0", "--demo", keys], { stdio: ["ignore", "pipe", "inherit"] });
  const address = await new Promise((resolve, reject) => {
    server.stdout.once("data", (data) => resolve(String(data).trim()));
    server.once("exit", () => reject(new Error("the server did not start")));
  });
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
  return {
    address,
    visit: (width) => visit(browser, address, width),
    async close() {
      await browser.close();
      server.kill();
    },
  };
}

/** A page of a new visitor at the start, on a phone below 700 px. */
async function visit(browser, address, width) {
  const phone = width < 700;
  const context = await browser.newContext({
    viewport: { width, height: phone ? 640 : 800 },
    isMobile: phone,
    hasTouch: phone,
    acceptDownloads: true,
    locale: "vi-VN",
    timezoneId: "Asia/Ho_Chi_Minh",
  });
  const page = await context.newPage();
  page.complaints = [];
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && page.complaints.push(message.text()));
  page.on("pageerror", (error) => page.complaints.push(String(error)));
  await page.goto(address);
  await page.locator("#start").waitFor();
  return page;
}

/** A state that everybody can use: no violation that axe knows, nothing wider than the screen, no complaint of the browser. */
export async function usable(page, state) {
  const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
  assert.deepEqual(violations.map((violation) => `${violation.id}: ${violation.nodes[0].html}`), [], state);
  const [wide, screen] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  assert.ok(wide <= screen, `${state}: ${wide} px on a screen of ${screen}`);
  assert.deepEqual(page.complaints, [], state);
}

/** Fills in the sample and goes page by page to the review. */
export async function toReview(page, at = async () => {}) {
  await page.locator("#sample").click();
  for (const part of ["registration", "head-office", "industries", "name", "owner", "capital", "tax", "submitter"]) {
    await page.waitForFunction((id) => location.hash.startsWith(`#/fill/${id}`), part);
    if (part === "submitter") await page.locator(".file-ready").waitFor();
    await at(part);
    await page.locator("#continue").click();
  }
  await page.locator("#sheet").waitFor();
}

/** From the review to a key that is open. */
export async function unlock(page, secret = password) {
  await page.locator("#to-sign").click();
  await page.locator("#demo-key").click();
  await page.locator(".file-name").waitFor();
  await page.locator("#password").fill(secret);
  await page.locator("#unlock").click();
}

/** Downloads the signed package and gives its path. */
export async function download(page) {
  const [file] = await Promise.all([page.waitForEvent("download"), page.locator("#download-package").click()]);
  return file.path();
}
