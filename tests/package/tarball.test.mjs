// What the tarball holds, and what it must not hold.

import assert from "node:assert/strict";
import { readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { build } from "esbuild";
import { publint } from "publint";
import { app, command, installed, json, made, root } from "./support/world.mjs";

const here = join(root, "tests/package");
const tarball = join(made, readdirSync(made).find((file) => file.endsWith(".tgz")));
const files = readdirSync(installed, { recursive: true })
  .map((file) => file.replaceAll("\\", "/"))
  .filter((file) => statSync(join(installed, file)).isFile());
const scripts = files.filter((file) => /\.c?js$/.test(file));
const inBrowsers = scripts.filter((file) => /^dist\/[^/]+\.js$/.test(file));

test("the tarball holds these files and no others", () => {
  // Chunks are named by their content.
  const names = files.map((file) => file.replace(/-[A-Z0-9]{8}\.js$/, "-#.js")).sort();
  const expected = readFileSync(join(here, "tarball.txt"), "utf8").trim().split("\n");
  assert.deepEqual(names, expected);
});

test("it depends on nothing and runs nothing when it is installed", () => {
  const { dependencies, optionalDependencies, peerDependencies, scripts } = json(installed, "package.json");
  assert.deepEqual([dependencies, optionalDependencies, peerDependencies], [undefined, undefined, undefined]);
  assert.deepEqual(Object.keys(scripts), ["build"]);
});

test("every address that the manifest names is there", () => {
  const { exports, main, module, types } = json(installed, "package.json");
  const addresses = (node) => (typeof node === "string" ? [node] : Object.values(node).flatMap(addresses));
  for (const address of [...addresses(exports), main, module, types]) {
    const [before, after = ""] = address.replace(/^\.\//, "").split("*");
    assert.ok(files.some((file) => (address.includes("*") ? file.startsWith(before) && file.endsWith(after) : file === before)), address);
  }
});

test("publint and Are The Types Wrong have nothing to say", async () => {
  const { messages } = await publint({ pkgDir: installed, pack: false });
  assert.deepEqual(messages, []);
  const attw = join(here, "node_modules/@arethetypeswrong/cli/dist/index.js");
  // Modules and plain scripts have no types.
  const args = [attw, tarball, "--format", "json", "--exclude-entrypoints", "./core.wasm", "./sign.wasm", "./key.wasm", "./tools.wasm", "./key-worker.js", "./file-worker.js", "./hoso.global.js"];
  const { out, err } = command(process.execPath, args);
  const { analysis, problems } = JSON.parse(out);
  assert.deepEqual([analysis.problems ?? [], problems ?? {}], [[], {}], err);
});

test("scripts evaluate no text and take nothing from elsewhere", () => {
  for (const file of scripts) {
    const code = readFileSync(join(installed, file), "utf8");
    for (const forbidden of [/\beval\s*\(/, /\bnew Function\b/, /(^|[^`\w.])Function\s*\(/, /["'`]data:/, /["'`]blob:/, /https?:\/\//, /document\.write/, /innerHTML/]) {
      assert.doesNotMatch(code, forbidden, file);
    }
  }
});

test("nothing of Node is named where browsers and bundlers look", async () => {
  for (const file of inBrowsers) {
    const code = readFileSync(join(installed, file), "utf8");
    assert.doesNotMatch(code, /["'`](node:|fs["'`]|path["'`]|url["'`]|worker_threads|crypto["'`])/, file);
    assert.doesNotMatch(code, /\bBuffer\b|\b__dirname\b|\bprocess\.(?!node|versions)/, file);
  }
  const entry = 'import * as core from "hoso"; import * as sign from "hoso/sign"; import * as tools from "hoso/tools"; console.log(core, sign, tools);';
  const { metafile } = await build({ stdin: { contents: entry, resolveDir: app }, bundle: true, write: false, metafile: true, platform: "browser", format: "esm", logLevel: "error" });
  for (const input of Object.keys(metafile.inputs)) assert.doesNotMatch(input, /dist\/node|\.cjs$/);
});

test("what is imported and not used leaves nothing behind", async () => {
  const bundle = async (contents, options) => {
    const { outputFiles } = await build({ stdin: { contents, resolveDir: app }, bundle: true, write: false, minify: true, format: "esm", outdir: "out", splitting: true, logLevel: "error", ...options });
    return outputFiles.find(({ path }) => path.endsWith("stdin.js")).text;
  };
  assert.equal(await bundle('import "hoso"; import "hoso/sign"; import "hoso/tools"; import { compile } from "hoso";'), "");
  // The scripts with an effect are kept.
  assert.match(await bundle('import "hoso/hoso.global.js";'), /currentScript/);
  for (const worker of ["key", "file"]) assert.match(await bundle(`import "hoso/${worker}-worker.js";`), /addEventListener/);
});

test("the declarations name no file that is not there", () => {
  for (const file of files.filter((name) => /\.d\.c?ts$/.test(name))) {
    const code = readFileSync(join(installed, file), "utf8");
    for (const [, from] of code.matchAll(/(?:from|import\()\s*"([^"]+)"/g)) {
      assert.match(from, /^\.{1,2}\/.*\.c?js$/, `${file}: ${from}`);
      const target = join(file, "..", from.replace(/\.(c?)js$/, ".d.$1ts"));
      assert.ok(files.includes(target.replaceAll("\\", "/")), `${file}: ${from}`);
    }
  }
});

test("the README, the licences and the version are those of the repository", () => {
  for (const [inside, outside] of [["README.md", "pkg/README.md"], ["dist/LICENSE-MIT", "LICENSE-MIT"], ["dist/LICENSE-APACHE", "LICENSE-APACHE"]]) {
    assert.equal(readFileSync(join(installed, inside), "utf8"), readFileSync(join(root, outside), "utf8"));
  }
  const [, version] = readFileSync(join(root, "Cargo.toml"), "utf8").match(/^name = "hoso"\nversion = "(.*)"$/m);
  assert.equal(json(installed, "package.json").version, version);
});
