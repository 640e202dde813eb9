// node benches/chromium.mjs [FOLDER]: from a document to a verdict, and a file's digest, in Chromium. FOLDER holds further data sets.
// Without a policy, since ajv makes its validators with `new Function`.

import { build } from "esbuild";
import { readFileSync } from "node:fs";
import { basename, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { inChromium } from "./in-chromium.mjs";
import { print } from "./print.mjs";
import { root, sets } from "./sets.mjs";
import { HEAD } from "./verdict.js";

const TYPES = { ".js": "text/javascript", ".wasm": "application/wasm" };
/** No server: the answers are given by the test driver. A secure context, which WebCrypto wants. */
const PLACE = "https://benches.example/";

await inChromium(async (browser) => {
  const page = await bare(browser);
  const verdicts = await page.evaluate(async (sets) => (await import("/verdict.js")).rows(sets), sets(process.argv[2]));
  print(`Chromium ${browser.version()}; JSON.parse + ajv, or ajv alone for values, takes 1.`, HEAD, verdicts);
  const digests = await page.evaluate(async () => (await import("/digest.js")).rows(30_000_000));
  print("A file of 30 MB, in the same browser; reading it and giving it to WebCrypto takes 1.", ["SHA-256", "time"], digests);
});

/** An empty page that can import the comparisons, with hoso as a portal would bundle it. */
async function bare(browser) {
  const outdir = join(root, "target/benches");
  const entryPoints = ["verdict.js", "digest.js"].map((name) => join(root, "benches", name));
  await build({ entryPoints, outdir, bundle: true, splitting: true, format: "esm", target: "es2022", minify: true, logLevel: "warning" });
  const page = await browser.newPage();
  await page.route(`${PLACE}**`, (route) => {
    const name = basename(new URL(route.request().url()).pathname);
    if (name === "") return route.fulfill({ contentType: "text/html", body: "<!doctype html>" });
    const file = name.endsWith(".wasm") ? fileURLToPath(import.meta.resolve(`hoso/${name}`)) : join(outdir, name);
    return route.fulfill({ contentType: TYPES[extname(name)], body: readFileSync(file) });
  });
  await page.goto(PLACE);
  return page;
}
