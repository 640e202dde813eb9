// The tarball under bundlers, and without one: each page does the whole job in Chromium under the strict policy.

import assert from "node:assert/strict";
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import * as esbuild from "esbuild";
import { rollup } from "rollup";
import { build as viteBuild, createServer as viteServer } from "vite";
import webpack from "webpack";
import { POLICY, launch, open, serve, title } from "./support/browser.mjs";
import { app, form, installed, keys, root } from "./support/world.mjs";

let browser;
before(async () => (browser = await launch()));
after(() => browser.close());

const PAGE = '<!doctype html><meta charset="utf-8" /><script type="module" src="./main.js"></script>';

/** A folder with the page's sources, below the one where the package is installed. */
function project(name) {
  const folder = join(app, "bundles", name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "index.html"), PAGE);
  cpSync(join(root, "tests/package/support/journey.js"), join(folder, "main.js"));
  return folder;
}

/** Opens the page and tells what it loaded. */
async function visit(url) {
  const { page, complaints, workers } = await open(browser);
  const loaded = [];
  page.on("response", (response) => response.ok() && loaded.push(response.url()));
  await page.goto(url);
  const outcome = await title(page);
  await page.close();
  assert.equal(outcome, "6 mistakes, accepted");
  assert.deepEqual(complaints, []);
  const having = (pattern) => loaded.filter((url) => pattern.test(url)).length;
  // A worker whose script is not there is one for a moment, too.
  return { modules: having(/\.wasm/) === 3, copies: having(/inline/) === 3, worker: workers.length === 1 && loaded.includes(workers[0].url) };
}

async function served(folder) {
  const site = await serve({ "/": folder, "/form/": form, "/keys/": keys });
  try {
    return await visit(site.url);
  } finally {
    await site.close();
  }
}

const CARRIED = { modules: true, copies: false, worker: true };
/** The modules are lost, so the copies are loaded; the worker's script is lost, so the key is held in the page. */
const COPIED = { modules: false, copies: true, worker: false };

test("vite, built", async () => {
  const folder = project("vite");
  await viteBuild({ root: folder, logLevel: "error" });
  assert.deepEqual(await served(join(folder, "dist")), CARRIED);
});

test("vite, in development", async () => {
  const folder = project("vite-dev");
  cpSync(form, join(folder, "public/form"), { recursive: true });
  cpSync(keys, join(folder, "public/keys"), { recursive: true });
  const server = await viteServer({ root: folder, logLevel: "error", server: { host: "127.0.0.1", port: 0, headers: { "content-security-policy": POLICY }, fs: { allow: [root] } } });
  await server.listen();
  try {
    assert.deepEqual(await visit(server.resolvedUrls.local[0]), CARRIED);
  } finally {
    await server.close();
  }
});

test("webpack", async () => {
  const folder = project("webpack");
  const compiler = webpack({ mode: "production", context: folder, entry: "./main.js", devtool: false, performance: false, output: { path: join(folder, "dist"), filename: "main.js", trustedTypes: true } });
  const stats = await new Promise((resolve, reject) => compiler.run((error, stats) => (error ? reject(error) : resolve(stats))));
  assert.deepEqual(stats.toJson({ errors: true, warnings: true }).errors, []);
  assert.deepEqual(stats.toJson({ errors: true, warnings: true }).warnings, []);
  writeFileSync(join(folder, "dist/index.html"), PAGE);
  assert.deepEqual(await served(join(folder, "dist")), CARRIED);
});

test("esbuild with splitting", async () => {
  const folder = project("esbuild-splitting");
  const options = { entryPoints: [join(folder, "main.js")], bundle: true, format: "esm", splitting: true, outdir: join(folder, "dist"), logLevel: "error" };
  await esbuild.build(options);
  writeFileSync(join(folder, "dist/index.html"), PAGE);
  assert.deepEqual(await served(join(folder, "dist")), COPIED);
  // With the files beside the script, as the README says, they are used.
  for (const name of ["core.wasm", "sign.wasm", "key.wasm", "key-worker.js", "file-worker.js"]) cpSync(join(installed, "dist", name), join(folder, "dist", name));
  assert.deepEqual(await served(join(folder, "dist")), CARRIED);
});

test("esbuild without splitting", async () => {
  const folder = project("esbuild");
  await esbuild.build({ entryPoints: [join(folder, "main.js")], bundle: true, format: "esm", outfile: join(folder, "dist/main.js"), logLevel: "error" });
  writeFileSync(join(folder, "dist/index.html"), PAGE);
  // The copies are inside the one script.
  assert.deepEqual(await served(join(folder, "dist")), { ...COPIED, copies: false });
});

test("rollup", async () => {
  const folder = project("rollup");
  const resolve = { name: "resolve", resolveId: (id) => (id === "hoso" ? join(installed, "dist/index.js") : id === "hoso/sign" ? join(installed, "dist/sign.js") : null) };
  const bundle = await rollup({ input: join(folder, "main.js"), plugins: [resolve], onwarn: (warning) => assert.fail(warning.message) });
  await bundle.write({ dir: join(folder, "dist"), format: "es" });
  await bundle.close();
  writeFileSync(join(folder, "dist/index.html"), PAGE);
  assert.deepEqual(await served(join(folder, "dist")), COPIED);
});

test("no bundler: modules from a folder of a server", async () => {
  const folder = project("plain");
  const code = readFileSync(join(folder, "main.js"), "utf8");
  writeFileSync(join(folder, "main.js"), code.replaceAll('"hoso"', '"./hoso/index.js"').replaceAll('"hoso/sign"', '"./hoso/sign.js"'));
  cpSync(join(installed, "dist"), join(folder, "hoso"), { recursive: true });
  assert.deepEqual(await served(folder), CARRIED);
});

test("no bundler, no modules: one classic script", async () => {
  const folder = project("classic");
  const code = readFileSync(join(folder, "main.js"), "utf8");
  const classic = code.replace(/^import .*$/m, "const { compile, init } = hoso;").replace('await import("hoso/sign")', "await hoso.sign()");
  writeFileSync(join(folder, "main.js"), classic);
  writeFileSync(join(folder, "index.html"), '<!doctype html><meta charset="utf-8" /><script src="files/of/hoso/hoso.global.js"></script><script src="main.js"></script>');
  cpSync(join(installed, "dist"), join(folder, "files/of/hoso"), { recursive: true });
  assert.deepEqual(await served(folder), CARRIED);
});
