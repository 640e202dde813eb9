// A page with nothing but scripts of ours, and hoso as a portal would bundle it.

import { build } from "esbuild";
import { readFileSync } from "node:fs";
import { basename, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { root } from "./sets.mjs";

const TYPES = { ".js": "text/javascript", ".css": "text/css", ".wasm": "application/wasm", ".json": "application/json" };
/** No server: the answers are given by the test driver. A secure context, which WebCrypto wants. */
const PLACE = "https://benches.example/";
/** A page that is alone with its origin has a clock of 5 µs; any other, of 100 µs. */
const ALONE = { "cross-origin-opener-policy": "same-origin", "cross-origin-embedder-policy": "require-corp" };

/** The page, and what was sent to it by its names. Scripts are named from this folder; `files` are further answers. */
export async function bare(browser, { name, scripts, html = "<!doctype html>", files = {} }) {
  const outdir = join(root, "target/benches", name);
  const entryPoints = scripts.map((script) => join(root, "benches", script));
  const define = { "process.env.NODE_ENV": '"production"' };
  await build({ entryPoints, outdir, bundle: true, splitting: true, format: "esm", target: "es2022", minify: true, jsx: "automatic", define, logLevel: "warning" });
  const page = await browser.newPage();
  const sent = new Map();
  await page.route(`${PLACE}**`, (route) => {
    const asked = basename(new URL(route.request().url()).pathname);
    if (asked === "") return route.fulfill({ contentType: "text/html", headers: ALONE, body: html });
    const isOfHoso = /\.wasm$|-worker\.js$/.test(asked);
    const body = files[asked] ?? readFileSync(isOfHoso ? fileURLToPath(import.meta.resolve(`hoso/${asked}`)) : join(outdir, asked));
    sent.set(asked, body);
    return route.fulfill({ contentType: TYPES[extname(asked)], headers: ALONE, body });
  });
  await page.goto(PLACE);
  return { page, sent };
}
