// node benches/signing.mjs: a key is opened, a dossier with six attachments of 5 MB sealed, signed and verified, by hoso in Chromium; beside PKI.js and
// node-forge signing the same bytes as CMS. How long each step takes, the longest task of the main thread, and the memory of the page's process.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { launch } from "../tests/browser/chromium.mjs";
import { bare } from "./bare.mjs";
import { median, ratio } from "./compared.js";
import { longest } from "./longest.mjs";
import { peak } from "./memory.mjs";
import { print } from "./print.mjs";
import { root } from "./sets.mjs";
import { KINDS, PASSWORD, worlds } from "./signing/keys.mjs";

const WARM = 3;
const TURNS = 11;
const TASKS = 3;
const SLOWER = [1, 6];
const STEPS = ["open", "seal", "sign", "verify"];
/** RS256 is what all of them know. */
const ALGORITHMS = { "P-256": "ES256", "RSA-2048": "RS256" };
const PEERS = [
  { name: "hoso", script: "hoso", kinds: KINDS },
  { name: "PKI.js", script: "pkijs", kinds: KINDS },
  { name: "node-forge", script: "forge", kinds: ["RSA-2048"] },
];

const families = worlds();
const form = join(root, "forms/1.001612-ho-kinh-doanh");
const schema = readFileSync(join(form, "schema.json"), "utf8");
const data = JSON.parse(readFileSync(join(form, "examples/valid/sole-owner.json"), "utf8"));
const worker = readFileSync(fileURLToPath(import.meta.resolve("hoso/key-worker.js")), "utf8");

const browser = await launch();
try {
  for (const kind of KINDS) {
    const runs = [];
    for (const peer of PEERS) if (peer.kinds.includes(kind)) runs.push(await opened(peer, kind));
    await steps(kind, runs);
    await tasks(kind, runs);
    for (const { page } of runs) await page.close();
  }
} finally {
  await browser.close();
}

/** A page of its own for each peer, so that none leaves its garbage to another. */
async function opened({ name, script }, kind) {
  const { page } = await bare(browser, { name: `signing/${script}`, scripts: [`signing/${script}.js`, "signing/job.js"] });
  page.on("pageerror", (error) => console.error(`${name}: ${error}`));
  const given = { schema, data, worker, kind, algorithm: ALGORITHMS[kind] };
  await page.evaluate(async ([script, given]) => {
    globalThis.module = await import(`/${script}.js`);
    globalThis.job = await import("/job.js");
    globalThis.peer = await globalThis.module.peer(given);
  }, [script, given]);
  return { name, page, devtools: await page.context().newCDPSession(page), given: { file: families[kind].modern, password: PASSWORD, root: families[kind].root } };
}

async function steps(kind, runs) {
  const whole = ({ page, given }) => page.evaluate((given) => globalThis.job.timed(globalThis.peer, given), given);
  const old = ({ page, given }) => page.evaluate((given) => globalThis.job.opening(globalThis.peer, given), { ...given, file: families[kind].legacy });
  const before = ({ page }) => page.evaluate(() => globalThis.module.attaching?.(globalThis.peer));
  const found = runs.map(() => []);
  const first = runs.map(() => []);
  for (let turn = 0; turn < WARM + TURNS; turn += 1) {
    for (let step = 0; step < runs.length; step += 1) {
      const at = (turn + step) % runs.length;
      await runs[at].page.bringToFront();
      const times = await whole(runs[at]);
      const row = [...times, times.reduce((sum, time) => sum + time), await old(runs[at]), await before(runs[at])];
      if (turn === 0) first[at] = row;
      if (turn >= WARM) found[at].push(row);
    }
  }
  const columns = ["open", "seal", "sign", "verify", "all four", "open, `-legacy`", "attach"];
  const cells = (name, of, digits) => [name, ...columns.map((_, column) => of(column)?.toFixed(digits) ?? "")];
  const times = (at, column) => found[at].map((row) => row[column]).filter((time) => time !== undefined && time !== null);
  const middle = (at) => (column) => median(times(at, column));
  const beside = (at) => (column) => (times(at, column).length > 0 ? ratio(times(0, column), times(at, column)) : undefined);
  const rows = runs.flatMap(({ name }, at) => [cells(`${name}, ms`, middle(at), 1), cells(`${name}, the first time, ms`, (column) => first[at][column] ?? undefined, 0)]);
  const ratios = runs.slice(1).map(({ name }, at) => cells(`hoso / ${name}`, beside(at + 1), 2));
  print(`Chromium ${browser.version()}; ${kind}; six attachments of 5 MB; medians of ${TURNS}.`, ["", ...columns], [...rows, ...ratios]);
}

/** The longest task of the main thread in each step, and the memory that the whole takes. */
async function tasks(kind, runs) {
  const rows = [];
  for (const { name, page, devtools, given } of runs) {
    await page.bringToFront();
    const step = (step) => page.evaluate(async ([step, given]) => void (globalThis.made = await globalThis.peer[step](globalThis.made, given)), [step, given]);
    const row = [name];
    for (const rate of SLOWER) {
      await devtools.send("Emulation.setCPUThrottlingRate", { rate });
      const times = STEPS.map(() => []);
      for (let turn = 0; turn < TASKS; turn += 1) for (const [at, one] of STEPS.entries()) times[at].push(await longest(page, () => step(one)));
      row.push(...times.map((list) => median(list).toFixed(0)));
    }
    await devtools.send("Emulation.setCPUThrottlingRate", { rate: 1 });
    await page.requestGC();
    const memory = await peak(browser, async () => {
      for (const one of STEPS) await step(one);
    });
    rows.push([...row, memory.toFixed(0)]);
  }
  const head = SLOWER.flatMap((rate) => STEPS.map((step) => (rate === 1 ? step : `${step}, slowed down ${rate} times`)));
  print(`${kind}: the longest task of the main thread, ms, medians of ${TASKS}; memory at most, beyond what the page had.`, ["", ...head, "memory, MB"], rows);
}
