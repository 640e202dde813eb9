// Loading the modules: every source, every way to fail. In Node the browsers' entry runs too, with another `fetch`.

import assert from "node:assert/strict";
import { cpSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, beforeEach, test } from "node:test";
import { pathToFileURL } from "node:url";
import { launch, open, serve, title } from "./support/browser.mjs";
import { thrown } from "./support/dossier.mjs";
import { keys as folder, installed, made } from "./support/world.mjs";

const wasm = readFileSync(join(installed, "dist/core.wasm"));
const otherBuild = Buffer.from(wasm);
otherBuild[otherBuild.length - 1] ^= 1;
/** A right module that is not ours: its header alone. */
const stranger = wasm.subarray(0, 8);
const INDEX = "<!doctype html><title>single-page application</title>";

/** What the server gives beside the package. */
const ANSWERS = {
  "/html": { type: "text/html; charset=utf-8", body: INDEX },
  "/html-as-wasm": { type: "application/wasm", body: INDEX },
  "/missing": { status: 404, type: "text/html", body: INDEX },
  "/octets": { type: "application/octet-stream", body: wasm },
  "/parameter": { type: "application/wasm; charset=utf-8", body: wasm },
  "/no-type": { body: wasm },
  "/cut": { type: "application/wasm", body: wasm.subarray(0, wasm.length / 2) },
  "/cut-octets": { type: "application/octet-stream", body: wasm.subarray(0, wasm.length / 2) },
  "/empty": { type: "application/octet-stream", body: "" },
  "/other-build": { type: "application/wasm", body: otherBuild },
};

let site, browser;
const realFetch = globalThis.fetch;

before(async () => {
  site = await serve({ "/dist/": join(installed, "dist") }, { answer: (path) => ANSWERS[path] });
  browser = await launch();
});
after(() => Promise.all([site.close(), browser.close()]));
beforeEach(() => (globalThis.fetch = realFetch));

let copies = 0;
/** A copy of the browsers' entry that has not loaded anything, with the scripts that it shares with others. */
function fresh() {
  const dist = join(made, "fresh", String((copies += 1)), "dist");
  const scripts = readdirSync(join(installed, "dist")).filter((file) => /^(index|chunk-.*|core-inline-.*)\.js$/.test(file));
  for (const file of scripts) cpSync(join(installed, "dist", file), join(dist, file));
  writeFileSync(join(dist, "package.json"), '{ "type": "module" }\n');
  return import(pathToFileURL(join(dist, "index.js")).href);
}

test("every kind of source loads", async () => {
  const url = `${site.url}/dist/core.wasm`;
  const sources = {
    "a text": () => url,
    "a URL": () => new URL(url),
    "a Request": () => new Request(url),
    "a Response": () => fetch(url),
    "a Response that is there": async () => await fetch(url),
    "a promise of a Response": () => fetch(url),
    "a Uint8Array": () => new Uint8Array(wasm),
    "an ArrayBuffer": () => new Uint8Array(wasm).buffer,
    "a DataView": () => new DataView(new Uint8Array(wasm).buffer),
    "a Buffer": () => wasm,
    "a Module": () => new WebAssembly.Module(wasm),
    "another type": () => `${site.url}/octets`,
    "a type with a parameter": () => `${site.url}/parameter`,
    "no type": () => `${site.url}/no-type`,
  };
  for (const [name, source] of Object.entries(sources)) {
    const { compile, init, version } = await fresh();
    await init({ core: name.endsWith("is there") ? await source() : source() });
    assert.equal(compile('{"type":"string"}').isValid("x"), true, name);
    assert.match(version(), /^\d+\.\d+\.\d+$/);
  }
});

test("a source that is none says what is wrong with it, and nothing else is tried", async () => {
  const at = (path) => `${site.url}${path}`;
  const badResponse = (path, status, type) => [at(path), "init.bad-response", { url: at(path), status, type, file: "core.wasm" }];
  const cases = [
    badResponse("/html", 200, "text/html; charset=utf-8"),
    badResponse("/html-as-wasm", 200, "application/wasm"),
    badResponse("/missing", 404, "text/html"),
    badResponse("/cut", 200, "application/wasm"),
    badResponse("/cut-octets", 200, "application/octet-stream"),
    badResponse("/empty", 200, "application/octet-stream"),
    [at("/other-build"), "init.other-build", { file: "core.wasm" }],
    ["http://localhost:9/core.wasm", "init.unreachable", { url: "http://localhost:9/core.wasm", file: "core.wasm" }],
    [() => Promise.reject(new TypeError("Failed to fetch")), "init.unreachable", { url: "core.wasm", file: "core.wasm" }],
    [new Response(INDEX), "init.bad-response", { url: "core.wasm", status: 200, type: "text/plain;charset=UTF-8", file: "core.wasm" }],
    [new Uint8Array(), "init.not-wasm", { file: "core.wasm" }],
    [wasm.subarray(0, 9), "init.not-wasm", { file: "core.wasm" }],
    [{}, "init.not-wasm", { file: "core.wasm" }],
    [stranger, "init.other-build", { file: "core.wasm" }],
    [new WebAssembly.Module(stranger), "init.other-build", { file: "core.wasm" }],
  ];
  for (const [core, code, params] of cases) {
    const { init } = await fresh();
    for (const [lang, asks] of [["vi", /^(Đặt|Kiểm tra|Đưa) /], ["en", /^(Put|Check|Give) /]]) {
      const source = core instanceof Response ? core.clone() : typeof core === "function" ? core() : core;
      const error = await thrown(() => init({ core: source, lang }));
      assert.deepEqual([error.code, error.params], [code, params]);
      assert.match(error.message, asks);
      for (const fact of Object.values(params)) assert.ok(error.message.includes(fact) || code === "init.unreachable", error.message);
    }
  }
});

test("it loads once, however often and by whomever it is asked", async () => {
  const { compile, init } = await fresh();
  let fetched = 0;
  globalThis.fetch = (...args) => ((fetched += 1), realFetch(...args));
  const core = `${site.url}/dist/core.wasm`;
  await Promise.all([init({ core }), init({ core }), init({ core: `${site.url}/html` })]);
  await init({ core: `${site.url}/missing` });
  await init();
  assert.equal(fetched, 1);
  assert.equal(compile("{}").isValid(1), true);
});

test("a failure is forgotten: the next call tries again", async () => {
  const { compile, init } = await fresh();
  const [first, second] = await Promise.all([1, 2].map(() => thrown(() => init({ core: `${site.url}/missing` }))));
  assert.equal(first, second);
  assert.equal((await thrown(() => init({ core: `${site.url}/html` }))).code, "init.bad-response");
  await init({ core: `${site.url}/dist/core.wasm` });
  assert.equal(compile("{}").isValid(1), true);
});

test("the module for keys loads when its source is named, otherwise with the first key, and tries again after a failure", async () => {
  const { init, keys } = await import(`${pathToFileURL(join(installed, "dist/sign.js")).href}?copy=${(copies += 1)}`);
  const asked = [];
  globalThis.fetch = (url, ...rest) => (asked.push(String(url).split("/").pop()), realFetch(url, ...rest));
  const open = () => keys.fromPkcs12(readFileSync(join(folder, "citizen-ec.p12")), readFileSync(join(folder, "password.txt"), "utf8"));
  const error = await thrown(() => init({ key: `${site.url}/missing`, sign: `${site.url}/dist/sign.wasm` }));
  assert.deepEqual([error.code, error.params.file], ["init.bad-response", "key.wasm"]);
  await init();
  assert.deepEqual(asked.sort(), ["missing", "sign.wasm"]);
  await init({ key: `${site.url}/dist/key.wasm` });
  (await open()).dispose();
  (await open()).dispose();
  assert.deepEqual(asked, ["missing", "sign.wasm", "key.wasm"]);
});

test("where no source was named, the copy inside the scripts takes over", async () => {
  const answers = {
    "the page of a single-page application": () => new Response(INDEX, { headers: { "content-type": "text/html" } }),
    "not found": () => new Response("", { status: 404 }),
    "cut short": () => new Response(wasm.subarray(0, 5000), { headers: { "content-type": "application/wasm" } }),
    "of another build": () => new Response(otherBuild, { headers: { "content-type": "application/wasm" } }),
    "no network": () => Promise.reject(new TypeError("Failed to fetch")),
  };
  for (const [name, answer] of Object.entries(answers)) {
    let asked;
    globalThis.fetch = async (url) => ((asked = String(url)), answer());
    const { compile, init } = await fresh();
    await init();
    assert.match(asked, /\/dist\/core\.wasm/);
    assert.equal(compile("{}").isValid(1), true, name);
  }
});

test("before it is loaded every call says what to call", async () => {
  const { compile, init, version } = await fresh();
  for (const call of [() => compile("{}"), () => compile("{}", { lang: "en" }), version]) {
    const error = await thrown(call);
    assert.equal(error.code, "init.first");
    assert.ok(error.message.includes("init()"), error.message);
  }
  globalThis.fetch = () => new Promise(() => {});
  void init();
  assert.equal((await thrown(version)).code, "init.first");
});

test("where there is no WebAssembly, the citizen is told so", async () => {
  const { init } = await fresh();
  const real = globalThis.WebAssembly;
  try {
    delete globalThis.WebAssembly;
    const error = await thrown(() => init({ lang: "en" }));
    assert.equal(error.code, "init.unavailable");
    assert.match(error.message, /^Use another browser/);
  } finally {
    globalThis.WebAssembly = real;
  }
  await init({ core: wasm });
});

/** Runs `init` in a page under a policy: its title is `ok` or the code. */
async function underPolicy(policy, given = () => undefined) {
  const page = `<!doctype html><script type="module" src="/page.js"></script>`;
  const script = `import { init, compile } from "/dist/index.js";
    try { await init(); document.title = String(compile("{}").isValid(1)); } catch (error) { document.title = error.code + " " + error.message; }`;
  const answer = (path) => given(path) ?? (path === "/" ? { type: "text/html", body: page } : path === "/page.js" ? { type: "text/javascript", body: script } : undefined);
  const site = await serve({ "/dist/": join(installed, "dist") }, { policy, answer });
  const opened = await open(browser);
  await opened.page.goto(site.url);
  const found = await title(opened.page);
  await opened.page.close();
  await site.close();
  return { found, requests: site.requests };
}

test("a page whose policy blocks WebAssembly is told the words to add", async () => {
  const { found, requests } = await underPolicy("default-src 'self'");
  assert.match(found, /^init\.blocked .*'wasm-unsafe-eval'/);
  assert.ok(!requests.some((path) => path.includes("inline")), "the copy would be blocked too");
});

test("under the strict policy the module itself is loaded, and the copy is not", async () => {
  const { found, requests } = await underPolicy("default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; require-trusted-types-for 'script'");
  assert.equal(found, "true");
  assert.ok(requests.includes("/dist/core.wasm") && !requests.some((path) => path.includes("inline")), requests.join());
});

test("a page that may not fetch loads the copy as a script", async () => {
  const { found, requests } = await underPolicy("script-src 'self' 'wasm-unsafe-eval'; connect-src 'none'");
  assert.equal(found, "true");
  assert.ok(requests.some((path) => path.includes("core-inline")), requests.join());
});

test("where neither the module nor the copy is there, the module is asked for", async () => {
  const gone = (path) => (/core/.test(path) ? { status: 404, type: "text/html", body: INDEX } : undefined);
  const { found, requests } = await underPolicy(undefined, gone);
  assert.match(found, /^init\.bad-response .*core\.wasm.* 404/);
  assert.ok(requests.some((path) => path.includes("core-inline")), requests.join());
});

test("where the module cannot be fetched and the copy is blocked, the words to add are told", async () => {
  const { found } = await underPolicy("script-src 'self'; connect-src 'none'");
  assert.match(found, /^init\.blocked /);
});
