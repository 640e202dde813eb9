// node benches/peers.mjs FOLDER: one form of 60 fields as a page, by hoso and by other libraries, each in its own way. From a letter typed to the text of
// the mistake, and to the next frame. FOLDER holds gov-form60.

import { existsSync, readFileSync } from "node:fs";
import { basename, extname, join } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { launch } from "../tests/browser/chromium.mjs";
import { bare } from "./bare.mjs";
import { answersOf, surveyOf } from "./peers/survey.mjs";
import { print } from "./print.mjs";

/** The control that is typed into, and where its mistake is told. */
const PEERS = [
  { name: "hoso", script: "peers/hoso.js", input: '[name="/applicant/personalId"]', told: '[id="/applicant/personalId#issue"]' },
  { name: "SurveyJS", script: "peers/surveyjs.jsx", styled: true, input: '[data-name="applicant.personalId"] input', told: '[data-name="applicant.personalId"] .sd-error' },
  { name: "react-jsonschema-form", script: "peers/rjsf.jsx", input: "#root_applicant_personalId", told: "#root_applicant_personalId__error" },
];
const SLOWER = [1, 6];
/** The pages take turns. */
const TURNS = 6;
const EDITS = 40;
const WARM = 40;

const set = join(process.argv[2] ?? ".", "gov-form60");
if (!existsSync(set)) {
  console.log(`\n${set} is not there: pages are not measured.`);
  process.exit();
}
const schema = JSON.parse(readFileSync(join(set, "schema.json"), "utf8"));
const data = readFileSync(join(set, "valid.jsonl"), "utf8").trim().split("\n").map((line) => JSON.parse(line)).find((data) => fields(data) === 60);
const form = JSON.stringify({ schema, data, survey: surveyOf(schema), answers: answersOf(data) });

const browser = await launch();
try {
  const pages = [];
  for (const peer of PEERS) pages.push(await opened(peer));
  const found = pages.map(() => SLOWER.map(() => ({ told: [], frame: [] })));
  for (let turn = 0; turn < TURNS; turn += 1) {
    for (const [at, { page, devtools, peer }] of pages.entries()) {
      await page.bringToFront();
      for (const [of, rate] of SLOWER.entries()) {
        await devtools.send("Emulation.setCPUThrottlingRate", { rate });
        const edits = await page.evaluate(typed, { ...peer, warm: WARM, edits: EDITS });
        for (const what of ["told", "frame"]) found[at][of][what].push(...edits.map((edit) => edit[what]));
      }
      await devtools.send("Emulation.setCPUThrottlingRate", { rate: 1 });
    }
  }
  const rows = pages.map(({ peer, bytes, controls }, at) => [peer.name, Math.round(bytes / 1000), controls, ...found[at].flatMap(({ told, frame }) => [spread(told), spread(frame)])]);
  const head = ["page", "kB", "controls", ...SLOWER.flatMap((rate) => [`to the text, ms${slowed(rate)}`, `to the next frame, ms${slowed(rate)}`])];
  print(`Chromium ${browser.version()}; medians and, in brackets, what 95 of 100 edits stay below; scripts and modules with brotli.`, head, rows);
} finally {
  await browser.close();
}

/** The form as a page of this library, its text of a mistake seen once. */
async function opened(peer) {
  const name = basename(peer.script, extname(peer.script));
  const style = peer.styled ? `<link rel="stylesheet" href="/${name}.css">` : "";
  const html = `<!doctype html>${style}<div id="form"></div><script type="module" src="/${name}.js"></script>`;
  const { page, sent } = await bare(browser, { name: `peers/${name}`, scripts: [peer.script], html, files: { "form.json": form } });
  page.on("pageerror", (error) => console.error(`${peer.name}: ${error}`));
  await page.locator(peer.input).waitFor();
  const code = [...sent].filter(([name]) => [".js", ".wasm"].includes(extname(name)));
  const bytes = code.reduce((sum, [, body]) => sum + brotliCompressSync(body).length, 0);
  const controls = await page.locator("#form :is(input, select, textarea)").count();
  return { peer, page, bytes, controls, devtools: await page.context().newCDPSession(page) };
}

/** How many values a person fills in. */
function fields(value) {
  return typeof value === "object" ? Object.values(value).reduce((sum, inner) => sum + fields(inner), 0) : 1;
}

function slowed(rate) {
  return rate === 1 ? "" : `, processor slowed down ${rate} times`;
}

function spread(list) {
  const sorted = [...list].sort((a, b) => a - b);
  const at = (part) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
  return [0.5, 0.95].map((part) => at(part).toFixed(2)).join(" (") + ")";
}

/** Runs in the page: takes the last letter of the field away and puts it back, again and again, each time at another moment between two frames. */
async function typed({ input, told, warm, edits }) {
  const write = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set;
  const wrong = () => (document.querySelector(told)?.textContent ?? "") !== "";
  const right = document.querySelector(input).value;
  const found = [];
  document.querySelector(input).focus();
  for (let at = 0; at < warm + edits; at += 1) {
    await new Promise((resolve) => setTimeout(resolve, 5 + Math.random() * 17));
    found.push(await edit(wrong() ? right : right.slice(0, -1)));
  }
  return found.slice(warm);

  function edit(text) {
    const [field, before] = [document.querySelector(input), wrong()];
    return new Promise((resolve, reject) => {
      const start = performance.now();
      const late = setTimeout(() => reject(new Error(`${input}: no text came or went`)), 5_000);
      const observer = new MutationObserver(look);
      observer.observe(document, { subtree: true, childList: true, characterData: true });
      write.call(field, text);
      field.dispatchEvent(new Event("input", { bubbles: true }));
      look();
      function look() {
        if (wrong() === before) return;
        const told = performance.now() - start;
        observer.disconnect();
        clearTimeout(late);
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => resolve({ told, frame: performance.now() - start });
          port2.postMessage(null);
        });
      }
    });
  }
}
