// Builds the page into dist/: one folder of scripts, with hoso's modules and its worker beside them, where it looks for them.

import { build } from "esbuild";
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const dist = join(here, "dist");
const assets = join(dist, "assets");

rmSync(dist, { recursive: true, force: true });
mkdirSync(assets, { recursive: true });

await build({
  absWorkingDir: here,
  entryPoints: [{ in: "src/main.ts", out: "main" }, { in: "src/styles/main.css", out: "main" }],
  outdir: "dist/assets",
  bundle: true,
  splitting: true,
  format: "esm",
  target: "es2022",
  minify: true,
  sourcemap: true,
  legalComments: "none",
  chunkNames: "[name]-[hash]",
  assetNames: "[name]-[hash]",
  loader: { ".woff2": "file" },
  logLevel: "warning",
});

for (const name of ["core.wasm", "sign.wasm", "key-worker.js"]) cpSync(fileURLToPath(import.meta.resolve(`hoso/${name}`)), join(assets, name));
cpSync(join(here, "icon.svg"), join(dist, "icon.svg"));
writeFileSync(join(dist, "index.html"), readFileSync(join(here, "index.html")));
