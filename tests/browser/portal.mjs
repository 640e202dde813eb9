// The page as a visitor meets it: served under its policy, in Chromium, watched for what it complains of.
// With HOSO_SHOTS, a folder, every state that is found usable leaves a picture there, also in the dark.

import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { launch } from "./chromium.mjs";

export const root = fileURLToPath(new URL("../..", import.meta.url));
/** Throw-away keys; `cargo xtask keys` makes them. */
export const keys = process.env.HOSO_KEYS ?? join(root, "target/demo");
export const password = readFileSync(join(keys, "password.txt"), "utf8").trim();
/** A phone and a desk. */
export const WIDTHS = [320, 1280];
/** The pages of the form of a household business, by their headings. */
export const PAGES = [
  "Hình thức đăng ký",
  "Địa chỉ trụ sở",
  "Ngành, nghề kinh doanh",
  "Tên hộ kinh doanh",
  "Chủ hộ và người cùng đăng ký",
  "Vốn kinh doanh",
  "Thông tin về thuế",
  "Người nộp hồ sơ và giấy tờ kèm theo",
];
/** Those of temporary residence. */
export const RESIDENCE = [
  "Người đăng ký tạm trú",
  "Hộ nơi tạm trú",
  "Nội dung đề nghị",
  "Những thành viên trong hộ gia đình cùng thay đổi",
  "Chỗ ở hợp pháp và ý kiến đồng ý",
  "Người kê khai và giấy tờ kèm theo",
];
const AXE = readFileSync(fileURLToPath(import.meta.resolve("axe-core/axe.min.js")), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** The server and the browser, until `close`. `tsa` is the address of a timestamp authority. */
export async function open({ tsa } = {}) {
  const more = tsa === undefined ? [] : ["--tsa", tsa];
  const server = spawn(process.execPath, [join(root, "www/serve.mjs"), "--port", "0", "--demo", keys, ...more], { stdio: ["ignore", "pipe", "inherit"] });
  const address = await new Promise((resolve, reject) => {
    server.stdout.once("data", (data) => resolve(String(data).trim()));
    server.once("exit", () => reject(new Error("the server did not start")));
  });
  const browser = await launch();
  return {
    address,
    visitor: (width) => visitor(browser, width),
    async visit(width) {
      const page = await visitor(browser, width);
      await page.goto(address);
      await button(page, "Bắt đầu kê khai").waitFor();
      return page;
    },
    /** Ends every visit: pages left open take their share of a small machine. */
    leave: () => Promise.all(browser.contexts().map((context) => context.close())),
    async close() {
      await browser.close();
      server.kill();
    },
  };
}

/** An empty page of a new visitor, on a phone below 700 px. */
async function visitor(browser, width) {
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
  page.setDefaultTimeout(8_000);
  page.complaints = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type()) && !page.provoked?.test(message.text())) page.complaints.push(message.text());
  });
  page.on("pageerror", (error) => page.complaints.push(String(error)));
  return page;
}

/** A state that everybody can use: no violation that axe knows, nothing wider than the screen, no complaint of the browser. */
export async function usable(page, state) {
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(AXE);
  assert.deepEqual(await violations(page, { type: "tag", values: TAGS }), [], state);
  await picture(page, state);
  // The colours of the dark are the same at every width.
  if (page.viewportSize().width === WIDTHS[0]) {
    await page.emulateMedia({ colorScheme: "dark" });
    assert.deepEqual(await violations(page, ["color-contrast"]), [], `${state}, dark`);
    await picture(page, `${state} dark`);
    await page.emulateMedia({ colorScheme: "light" });
  }
  const [wide, screen] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  assert.ok(wide <= screen, `${state}: ${wide} px on a screen of ${screen}`);
  assert.deepEqual(page.complaints, [], state);
}

/** Usable, and still so with letters twice as large: nothing is wider than the screen, and no text is cut off. */
export async function readable(page, state) {
  await usable(page, state);
  await fits(page, state);
  const session = await page.context().newCDPSession(page);
  // As in the browser's settings: media queries follow, which they do not where only the page is made larger.
  await session.send("Page.setFontSizes", { fontSizes: { standard: 32, fixed: 26 } });
  await page.waitForFunction(() => getComputedStyle(document.documentElement).fontSize === "32px");
  await fits(page, `${state}, letters twice as large`);
  await session.send("Page.setFontSizes", { fontSizes: { standard: 16, fixed: 13 } });
  await session.detach();
}

const fits = async (page, state) => assert.deepEqual(await page.evaluate(cutOff, page.viewportSize().width), [], state);

/** What does not fit where it stands; runs in the page. */
function cutOff(width) {
  const isHidden = (element) => element.closest(".visually-hidden, .skip, pre, select, svg") !== null;
  const hides = (element) => getComputedStyle(element).overflowX !== "visible" && element.scrollWidth > element.clientWidth + 1;
  const isBeyond = (element) => element.getBoundingClientRect().right > width + 1;
  const isCut = (element) => !isHidden(element) && element.getBoundingClientRect().width > 0 && (hides(element) || isBeyond(element));
  return [...document.querySelectorAll("body *")].filter(isCut).map((element) => element.outerHTML);
}

function violations(page, runOnly) {
  return page.evaluate(async (runOnly) => {
    const { violations } = await axe.run(document, { runOnly, resultTypes: ["violations"] });
    return violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`);
  }, runOnly);
}

async function picture(page, state) {
  const folder = process.env.HOSO_SHOTS;
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  const name = `${state.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, "-")}-${page.viewportSize().width}`;
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}

/** From here on the browser may complain of this, since the test is the reason. */
export function provoke(page, complaint) {
  page.provoked = complaint;
}

export const button = (page, name) => page.getByRole("button", { name });
export const heading = (page, name) => page.getByRole("heading", { level: 1, name });

/** Starts a dossier of one's own and goes to a page of it. */
export async function begin(page, part) {
  await button(page, "Bắt đầu kê khai").click();
  await heading(page, PAGES[0]).waitFor();
  await page.evaluate((hash) => (location.hash = hash), `#/fill/${part}`);
}

/** Fills in the sample and goes page by page to the review. */
export async function toReview(page, at = async () => {}) {
  await button(page, "Điền thử bằng dữ liệu mẫu").click();
  for (const name of PAGES) {
    await heading(page, name).waitFor();
    if (name === PAGES.at(-1)) await page.getByRole("listitem").getByText("đã đọc xong").waitFor();
    await at(name);
    await button(page, "Tiếp tục").click();
  }
  await page.getByRole("link", { name: "Đúng rồi, sang bước ký" }).waitFor();
}

/** From the review to a key that is open. */
export async function unlock(page, secret = password) {
  await page.getByRole("link", { name: "Đúng rồi, sang bước ký" }).click();
  await button(page, "Dùng khóa thử").click();
  await page.getByText("citizen-ec.p12").waitFor();
  await page.getByLabel("Mật khẩu của tệp khóa").fill(secret);
  await button(page, "Mở khóa").click();
}

/** Downloads the signed package and gives its path. */
export async function download(page) {
  const [file] = await Promise.all([page.waitForEvent("download"), button(page, "Hồ sơ đã ký").click()]);
  return file.path();
}

/** Chooses files as the button's picker gives them. */
export async function choose(page, name, files) {
  const [picker] = await Promise.all([page.waitForEvent("filechooser"), button(page, name).click()]);
  await picker.setFiles(files);
}

/** A browser with storage turned off; runs in the page. */
export function keepsNothing() {
  const refuse = () => {
    throw new DOMException("The operation is insecure.", "SecurityError");
  };
  for (const name of ["indexedDB", "localStorage", "sessionStorage"]) Object.defineProperty(globalThis, name, { get: refuse });
}

/** The row of a file. */
export const row = (page, name) => page.getByRole("listitem").filter({ has: page.getByText(name, { exact: true }) });

/** What the command says of a package, in one word. */
export const verified = (file) => verdictOf(file).outcome;

/** What the command says of a package. */
export function verdictOf(file) {
  const trust = ["--trust", join(keys, "root.pem"), "--crl", join(keys, "crl.pem")];
  const { stdout, stderr } = hoso("verify", file, ...trust, "--output", "json");
  assert.ok(stdout, stderr);
  return JSON.parse(stdout);
}

/** Runs the command of the same sources. */
export const hoso = (...words) => spawnSync(process.env.HOSO_BIN ?? join(root, "target/debug/hoso"), words, { encoding: "utf8" });
