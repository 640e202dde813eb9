// Files are looked through in a worker that ends after use, under a strict policy; where no worker starts, in the page.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { appendFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { crc32 } from "node:zlib";
import { POLICY, launch, open, serve } from "./support/browser.mjs";
import { installed, made } from "./support/world.mjs";

const folder = join(made, "large-files");
const path = (name) => join(folder, `${name}.pdf`);
/** Bytes; above 64 MB the digest is made as the file streams by. */
const SIZES = { small: 100_000, middle: 9_000_000, large: 70_000_000 };
const known = {};

let browser;
before(async () => {
  mkdirSync(folder, { recursive: true });
  for (const name of Object.keys(SIZES)) known[name] = paper(name);
  browser = await launch();
});
after(async () => {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Writes a file of that size, no two megabytes of which are alike, and tells of it what `measure` should. */
function paper(name) {
  const bytes = Buffer.alloc(SIZES[name]);
  for (let at = 0; at < bytes.length; at += 1021) bytes.writeUInt8(at % 251, at);
  for (let at = 0; at + 4 < bytes.length; at += 1_000_000) bytes.writeUInt32BE(at, at);
  bytes.write("%PDF-1.7\n");
  writeFileSync(path(name), bytes);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  return { field: "/scan", name: `${name}.pdf`, mediaType: "application/pdf", size: bytes.length, sha256, crc32: crc32(bytes) };
}

const PAGE = `<!doctype html><meta charset="utf-8" /><input type="file" multiple /><script type="module" src="/page.js"></script>`;

const SCRIPT = `
  import { init, measure } from "/dist/sign.js";
  const files = () => [...document.querySelector("input").files];
  const told = (error) => ({ code: error.code, name: error.name, message: error.message });

  globalThis.steps = {
    init: (fileWorker) => init({ fileWorker }),
    async measure(name) {
      const steps = [];
      const { file, ...found } = await measure(files()[0], { field: "/scan", ...(name && { name }), onProgress: (...step) => steps.push(step) });
      return { found, steps, same: file === files()[0] };
    },
    all: () => Promise.all(files().map((file) => measure(file, { field: "/scan" }).then(({ sha256 }) => sha256, told))),
    fail: (options) => measure(files()[0], { field: "/scan", lang: "en", ...options }).then(() => "nothing", told),
    /** Ends the first of the files when it is being read, and waits for the others. */
    async leave(reason) {
      const stop = new AbortController();
      const onProgress = (done) => done > 0 && (reason ? stop.abort(new Error(reason)) : stop.abort());
      const others = files().slice(1).map((file) => measure(file, { field: "/scan" }));
      const left = await measure(files()[0], { field: "/scan", signal: stop.signal, onProgress }).then(() => "nothing", told);
      return [left, (await Promise.all(others)).map(({ sha256 }) => sha256)];
    },
    throws: () => measure(files()[0], { field: "/scan", onProgress: () => { throw new Error("mine"); } }).then(() => "nothing", told),
  };
  document.title = "ready";`;

async function visit(names, { policy = POLICY, answer = () => undefined } = {}) {
  const pages = { "/": { type: "text/html", body: PAGE }, "/page.js": { type: "text/javascript", body: SCRIPT } };
  const site = await serve({ "/dist/": join(installed, "dist") }, { policy, answer: (path) => answer(path) ?? pages[path] });
  const { page, complaints, workers } = await open(browser);
  await page.goto(site.url);
  await page.waitForFunction(() => document.title === "ready");
  await page.setInputFiles("input", names.map(path));
  const run = (step, ...args) => page.evaluate(([step, args]) => globalThis.steps[step](...args), [step, args]);
  return { page, complaints, workers, run, close: async () => (await page.close(), site.close()) };
}

/** Waits until the page has no worker any more, which takes a moment where it was ended and five seconds where it has nothing to do. */
async function ended(page, milliseconds = 20_000) {
  const start = Date.now();
  while (page.workers().length > 0 && Date.now() - start < milliseconds) await new Promise((resolve) => setTimeout(resolve, 50));
  return page.workers().length === 0;
}

for (const name of Object.keys(SIZES)) {
  test(`a ${name} file is what it is, and its progress never goes back`, async () => {
    const { page, complaints, workers, run, close } = await visit([name]);
    const { found, steps, same } = await run("measure");
    assert.deepEqual([found, same], [known[name], true]);
    assert.deepEqual([steps[0], steps.at(-1)], [[0, SIZES[name]], [SIZES[name], SIZES[name]]]);
    assert.ok(steps.every(([done], at) => at === 0 || done > steps[at - 1][0]), JSON.stringify(steps));
    assert.deepEqual(workers.map(({ url }) => url.replace(/.*\//, "")), name === "small" ? [] : ["file-worker.js"]);
    assert.equal(await ended(page), true, "the worker ends when there is nothing to do");
    assert.deepEqual(complaints, []);
    await close();
  });
}

test("one worker looks through several files, and starts again when it is needed again", async () => {
  const names = ["middle", "large", "middle"];
  const { page, workers, run, close } = await visit(names);
  const expected = names.map((name) => known[name].sha256);
  assert.deepEqual(await run("all"), expected);
  assert.equal(workers.length, 1);
  assert.equal(await ended(page), true);
  assert.deepEqual(await run("all"), expected);
  assert.equal(workers.length, 2);
  await close();
});

for (const name of ["middle", "large"]) {
  test(`who leaves while a ${name} file is read hears so at once, and nothing of it stays; others are not disturbed`, async () => {
    const { page, workers, run, close } = await visit([name]);
    const [left] = await run("leave");
    assert.deepEqual([left.name, left.code], ["AbortError", 20]);
    assert.equal(await ended(page, 3_000), true, "the worker is gone, and with it whatever it held");
    assert.equal((await run("leave", "enough"))[0].message, "enough");
    await page.setInputFiles("input", [path(name), path("middle")]);
    const [again, others] = await run("leave");
    assert.deepEqual([again.name, others], ["AbortError", [known.middle.sha256]]);
    assert.equal(await ended(page), true);
    assert.equal(workers.length, 3);
    await close();
  });
}

test("what goes wrong in the worker is told as in the page", async () => {
  const { page, complaints, run, close } = await visit(["middle"]);
  assert.equal((await run("fail", { name: "a/b.pdf" })).code, "seal.attachment-name");
  assert.equal((await run("fail", { field: "scan" })).code, "request.pointer");
  assert.equal((await run("throws")).message, "mine");
  // Another program writes to the file meanwhile.
  appendFileSync(path("middle"), "more");
  const changed = await run("fail", {});
  assert.deepEqual([changed.code, changed.message.includes("middle.pdf")], ["file.unreadable", true], JSON.stringify(changed));
  rmSync(path("middle"));
  assert.equal((await run("fail", {})).code, "file.unreadable");
  paper("middle");
  assert.deepEqual(complaints, []);
  await page.setInputFiles("input", path("middle"));
  assert.equal((await run("measure")).found.size, SIZES.middle);
  await close();
});

/** Ways in which no worker starts, and what the browser itself complains of then. */
const WITHOUT = {
  "its script is not there": { answer: (path) => (path.endsWith("file-worker.js") ? { status: 404, type: "text/html", body: "" } : undefined) },
  "its own policy blocks WebAssembly": {
    answer: (path) => (path.endsWith("file-worker.js") ? { ...script(), headers: { "content-security-policy": "script-src 'self'" } } : undefined),
  },
  "the policy allows no worker": { policy: `${POLICY}; worker-src 'none'`, complains: /worker-src/ },
};

const script = () => ({ type: "text/javascript", body: readFileSync(join(installed, "dist/file-worker.js")) });

for (const [without, { complains, ...setting }] of Object.entries(WITHOUT)) {
  test(`the page looks through files where ${without}`, async () => {
    const { page, complaints, run, close } = await visit(["middle"], setting);
    const { found, steps } = await run("measure");
    assert.deepEqual([found.sha256, steps.at(-1)], [known.middle.sha256, [SIZES.middle, SIZES.middle]]);
    await page.setInputFiles("input", path("large"));
    assert.equal((await run("measure")).found.sha256, known.large.sha256);
    assert.equal((await run("leave"))[0].name, "AbortError");
    assert.equal(await ended(page, 3_000), true);
    const others = complaints.filter((complaint) => !complains?.test(complaint));
    assert.deepEqual(others, []);
    // It is tried once.
    assert.ok(complaints.length <= 1);
    await close();
  });
}

test("the worker may come from an address, or from a function, that the page gives", async () => {
  const answer = (path) => (path === "/elsewhere.js" ? script() : undefined);
  const policy = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'";
  const { workers, run, close } = await visit(["middle"], { answer, policy });
  await run("init", "/elsewhere.js");
  await run("measure");
  assert.match(workers[0].url, /\/elsewhere\.js$/);
  await close();
});
