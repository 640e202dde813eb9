// node benches/chromium.mjs [FOLDER]: from a document to a verdict, and a file's digest, in Chromium. FOLDER holds further data sets.
// Without a policy, since ajv makes its validators with `new Function`.

import { launch } from "../tests/browser/chromium.mjs";
import { bare } from "./bare.mjs";
import { print } from "./print.mjs";
import { sets } from "./sets.mjs";
import { HEAD } from "./verdict.js";

const browser = await launch();
try {
  const { page } = await bare(browser, { name: "chromium", scripts: ["verdict.js", "digest.js"] });
  const verdicts = await page.evaluate(async (sets) => (await import("/verdict.js")).rows(sets), sets(process.argv[2]));
  print(`Chromium ${browser.version()}; JSON.parse + ajv, or ajv alone for values, takes 1.`, HEAD, verdicts);
  const digests = await page.evaluate(async () => (await import("/digest.js")).rows(30_000_000));
  print("A file of 30 MB, in the same browser; reading it and giving it to WebCrypto takes 1.", ["SHA-256", "time"], digests);
} finally {
  await browser.close();
}
