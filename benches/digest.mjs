// node benches/digest.mjs [MB…]: `measure` of hoso/sign against WebCrypto over files on the disk, in Chromium, and the longest task of the page meanwhile.

import { randomFillSync } from "node:crypto";
import { closeSync, mkdirSync, openSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import { launch } from "../tests/browser/chromium.mjs";
import { bare } from "./bare.mjs";
import { print } from "./print.mjs";
import { root } from "./sets.mjs";

const sizes = process.argv.length > 2 ? process.argv.slice(2).map(Number) : [6, 64, 256];
const folder = join(root, "target/benches/digest-files");
const browser = await launch();
try {
  mkdirSync(folder, { recursive: true });
  const { page } = await bare(browser, { name: "digest", scripts: ["digest.js"], html: '<!doctype html><input type="file" />' });
  for (const size of sizes) {
    await page.setInputFiles("input", paper(size));
    const rows = await page.evaluate(async () => (await import("/digest.js")).file(document.querySelector("input").files[0]));
    print(`A file of ${size} MB on the disk, in Chromium ${browser.version()}; reading it and giving it to WebCrypto takes 1.`, ["SHA-256", "time", "longest task in ms"], rows);
  }
} finally {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
}

/** A file of so many million bytes, with a name and a start that a form takes. */
function paper(size) {
  const path = join(folder, `${size}.pdf`);
  const file = openSync(path, "w");
  const piece = Buffer.alloc(1_000_000);
  for (let at = 0; at < size; at += 1) {
    randomFillSync(piece);
    if (at === 0) piece.write("%PDF-1.7\n");
    writeSync(file, piece);
  }
  closeSync(file);
  return path;
}
