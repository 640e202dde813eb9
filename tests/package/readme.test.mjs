// Every code block of the package's README runs: the page in Chromium, built by vite; the server and the rest in Node.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import * as esbuild from "esbuild";
import { build } from "vite";
import { POLICY, launch, open, serve, title } from "./support/browser.mjs";
import { blocks, write } from "./support/readme.mjs";
import { app, command, form, installed, keys, made, root, text } from "./support/world.mjs";

const project = join(app, "readme");
const signed = join(made, "readme.hoso.zip");
let browser;

before(async () => {
  write(project, ["index.html", "src/main.js", "public/schema.json", "server.mjs", "check.cjs"]);
  cpSync(keys, join(project, "public/keys"), { recursive: true });
  writeFileSync(join(project, "package.json"), '{ "private": true, "type": "module" }');
  await build({ root: project, logLevel: "error" });
  browser = await launch();
});

after(() => browser?.close());

test("every block is one that a test here runs", () => {
  const files = ["public/schema.json", "index.html", "src/main.js", "server.mjs", "check.cjs", "live.html", "live.js", "assets.js", "plain.html", "plain.js", "classic.html", "classic.js"];
  assert.deepEqual([...new Set(blocks().map(({ file }) => file).filter(Boolean))], files);
  const others = blocks().filter(({ file }) => file === "");
  assert.deepEqual(others.map(({ language }) => language), ["sh", "sh", ""]);
  assert.equal(others[2].code.trim(), POLICY);
});

test("the commands that make the tarball are there", () => {
  const [{ code }] = blocks().filter(({ language }) => language === "sh");
  const lines = code.trim().split("\n").map((line) => line.replace(/\s*#.*/, ""));
  assert.deepEqual(lines, ["cargo xtask pkg", "npm pack --workspace pkg"]);
  const packed = command("npm", ["pack", "--workspace", "pkg", "--dry-run", "--json"], { cwd: root });
  assert.equal(JSON.parse(packed.out)[0]?.filename ?? JSON.parse(packed.out).hoso?.filename, "hoso-0.1.0.tgz", packed.out.slice(0, 300));
  assert.match(readFileSync(join(root, "xtask/src/main.rs"), "utf8"), /cargo xtask pkg .*\n(.*\n)*.*cargo xtask keys FOLDER/);
});

test("the page goes from an empty form to a signed dossier that verifies", async () => {
  const site = await serve({ "/": join(project, "dist") });
  const { page, complaints, workers } = await open(browser);
  await page.goto(site.url);
  await page.waitForLoadState("networkidle");
  await page.fill("#name", "Trần Thị Minh Anh");
  await page.fill("#birth", "2026-02-30");
  await page.click("#fill button");

  const summary = page.locator("#summary");
  await summary.waitFor({ state: "visible" });
  const listed = await summary.locator("a").allTextContents();
  assert.deepEqual(listed, ["Tháng 2 không có ngày 30. Sửa ngày sinh", "Nhập số điện thoại", "Đính kèm giấy tờ về chỗ ở"]);
  assert.equal(await page.evaluate(() => document.activeElement.id), "summary");
  assert.deepEqual(await page.locator(".issue").allTextContents(), listed);
  const phone = page.getByRole("textbox", { name: "Số điện thoại", description: "Nhập số điện thoại" });
  assert.equal(await phone.getAttribute("aria-invalid"), "true");
  await summary.getByRole("link", { name: "Nhập số điện thoại" }).click();
  assert.equal(await page.evaluate(() => document.activeElement.id), "phone");
  assert.equal(await page.inputValue("#name"), "Trần Thị Minh Anh");

  await page.setInputFiles("#papers", { name: "trong.pdf", mimeType: "application/pdf", buffer: Buffer.alloc(0) });
  await page.click("#fill button");
  await summary.getByRole("link", { name: "Chọn tệp khác thay “trong.pdf”: tệp này trống" }).waitFor();

  await page.fill("#birth", "1985-11-24");
  await page.fill("#phone", "0912000145");
  await page.setInputFiles("#papers", join(form, "examples/files/hop-dong-chuyen-giao.pdf"));
  await page.click("#fill button");
  await page.locator("#sign").waitFor({ state: "visible" });
  assert.equal(await summary.isHidden(), true);
  const [copy] = await Promise.all([page.waitForEvent("popup"), page.click("#view")]);
  await copy.getByText("Trần Thị Minh Anh").waitFor();
  await copy.close();

  await page.click("#sign button");
  await page.locator("#problem:not(:empty)").waitFor();
  assert.equal(await page.locator("#problem").textContent(), "Chọn tệp khóa");
  await page.setInputFiles("#key", join(keys, "citizen-ec.p12"));
  await page.fill("#password", "sai mật khẩu");
  await page.click("#sign button");
  await page.getByText("Mật khẩu không mở được tệp khóa").waitFor();
  await page.fill("#password", text(keys, "password.txt"));
  await page.click("#sign button");
  await page.locator("#done:not(:empty)").waitFor();
  assert.equal(await page.locator("#done").textContent(), "accepted: TRẦN THỊ MINH ANH");
  const [download] = await Promise.all([page.waitForEvent("download"), page.click("#download")]);
  assert.equal(download.suggestedFilename(), "H24.15-261124-0001.hoso.zip");
  await download.saveAs(signed);
  assert.deepEqual(complaints, []);
  assert.equal(workers.length, 2);
  await page.close();
  await site.close();
});

test("the server takes the dossier once, and answers a verdict to all else", async () => {
  const server = spawn(process.execPath, ["server.mjs"], { cwd: project, env: { ...process.env, PORT: "0" } });
  try {
    const url = await new Promise((resolve, reject) => {
      server.stdout.once("data", (line) => resolve(String(line).trim()));
      server.once("exit", () => reject(new Error("the server ended")));
    });
    const post = async (body) => {
      const response = await fetch(url, { method: "POST", body });
      return [response.status, await response.json()];
    };
    const dossier = readFileSync(signed);
    assert.deepEqual(await post(dossier), [201, { id: "H24.15-261124-0001", signer: "031185000002" }]);
    assert.deepEqual(await post(dossier), [409, { id: "H24.15-261124-0001" }]);
    const [status, verdict] = await post(new Uint8Array(3_000_000));
    assert.deepEqual([status, verdict.outcome, verdict.gate.length], [422, "refused", 1]);
    const { page } = await open(browser);
    await page.goto(url);
    const answer = await page.evaluate(async () => (await fetch("/", { method: "POST", body: new Blob([new Uint8Array(20_000_000).fill(7)]) })).status);
    assert.equal(answer, 422);
    await page.close();
  } finally {
    server.kill();
  }
});

test("CommonJS checks a form", () => {
  const { out, err } = command(process.execPath, ["check.cjs"], { cwd: project });
  const expected = ["/birthDate: Month 2 has no day 30. Change the date of birth", "/phone: Enter the phone number", "/papers: Attach the papers on the place to live"];
  assert.deepEqual(out.trim().split("\n"), expected, err);
});

test("modules and classic scripts work from a folder of a server, and named files are used", async () => {
  const folder = join(app, "readme-plain");
  rmSync(folder, { recursive: true, force: true });
  write(folder, ["live.html", "live.js", "plain.html", "plain.js", "classic.html", "classic.js", "assets.js"]);
  cpSync(join(installed, "dist"), join(folder, "hoso"), { recursive: true });
  mkdirSync(join(folder, "assets"));
  for (const name of ["core.wasm", "sign.wasm", "key.wasm", "key-worker.js", "file-worker.js"]) cpSync(join(installed, "dist", name), join(folder, "assets", name));
  await esbuild.build({ entryPoints: [join(folder, "assets.js")], bundle: true, splitting: true, format: "esm", outdir: join(folder, "built"), logLevel: "error" });
  writeFileSync(join(folder, "built/end.js"), 'import "./assets.js"; document.title = "loaded";');
  writeFileSync(join(folder, "assets.html"), '<!doctype html><script type="module" src="built/end.js"></script>');
  // These two have a title of their own before the script gives one.
  for (const name of ["plain.html", "classic.html"]) writeFileSync(join(folder, name), text(folder, name).replace("<title>hoso</title>", "<title></title>"));
  const site = await serve({ "/": folder });
  await liveForm(`${site.url}/live.html`);
  for (const [path, expected] of [["plain.html", "true"], ["classic.html", "true, function"], ["assets.html", "loaded"]]) {
    const { page, complaints } = await open(browser);
    await page.goto(`${site.url}/${path}`);
    assert.equal(await title(page), expected);
    assert.deepEqual(complaints, []);
    await page.close();
  }
  assert.deepEqual(["core", "sign", "key"].filter((name) => !site.requests.includes(`/assets/${name}.wasm`)), []);
  await site.close();
});

/** A person fills in the example of the live form. */
async function liveForm(url) {
  const { page, complaints } = await open(browser);
  await page.goto(url);
  const [price, total, discount] = ["price", "total", "discount"].map((name) => page.locator(`[data-path$="/${name}"]`));
  await price.fill("0");
  assert.equal(await page.locator('[data-issues$="price"]').textContent(), "");
  await page.locator('[data-path$="/count"]').fill("20");
  assert.match(await page.locator('[data-issues$="price"]').textContent(), /^Ghi đơn giá từ 1 trở lên/);
  assert.equal(await discount.isVisible(), false);
  await price.fill("1.000");
  assert.equal(await total.textContent(), "20000");
  assert.equal(await discount.isVisible(), true);
  await page.click("#undo");
  assert.deepEqual([await price.inputValue(), await discount.isVisible()], ["0", false]);
  await page.reload();
  assert.deepEqual([await price.inputValue(), await page.locator('[data-path$="/count"]').inputValue()], ["0", "20"]);
  assert.deepEqual(complaints, []);
  await page.close();
}
