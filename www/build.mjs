// Builds the page into dist/: one folder of scripts, with hoso's modules and its worker beside them, where it looks for them.
// The folder's name is a digest of all that is in it: browsers may keep it for good, and never mix two builds.

import { build } from "esbuild";
import { createHash } from "node:crypto";
import { cpSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { brotliCompress } from "node:zlib";

const here = dirname(fileURLToPath(import.meta.url));
const dist = join(here, "dist");
const assets = join(dist, "assets");

rmSync(dist, { recursive: true, force: true });
mkdirSync(assets, { recursive: true });

const { metafile } = await build({
  metafile: true,
  absWorkingDir: here,
  entryPoints: [
    { in: "src/main.ts", out: "main" },
    { in: "src/styles/main.css", out: "main" },
  ],
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

for (const name of ["core.wasm", "sign.wasm", "key.wasm", "key-worker.js", "file-worker.js"])
  cpSync(fileURLToPath(import.meta.resolve(`hoso/${name}`)), join(assets, name));

// The code lists, for rules that name them, and the communes of every address.
for (const name of ["communes", "countries", "ethnic-groups", "holidays-vn", "provinces"])
  cpSync(join(here, `../data/${name}.json`), join(assets, `list-${name}.json`));

const digest = createHash("sha256");
for (const name of readdirSync(assets).sort()) digest.update(name).update(readFileSync(join(assets, name)));
// Unless told otherwise brotli packs as small as it can. That takes seconds, too long for somebody who waits for the page.
// The copies of the modules inside scripts are hardly ever asked for.
const often = readdirSync(assets).filter((name) => /\.(css|js|json|wasm)$/.test(name) && !name.includes("-inline-"));
await Promise.all(
  often.map(async (name) => writeFileSync(join(assets, `${name}.br`), await promisify(brotliCompress)(readFileSync(join(assets, name))))),
);
const folder = `assets-${digest.digest("hex").slice(0, 12)}`;
renameSync(assets, join(dist, folder));
cpSync(join(here, "icon.svg"), join(dist, "icon.svg"));
// What the first script imports is named in the page: the browser need not read one to ask for the next.
const first = metafile.outputs["dist/assets/main.js"].imports.filter(({ kind }) => kind === "import-statement");
const ahead = first.map(({ path }) => `<link rel="modulepreload" href="${path.replace("dist/", "")}">\n    `).join("");
const page = readFileSync(join(here, "index.html"), "utf8").replace("<script", `${ahead}<script`);
writeFileSync(join(dist, "index.html"), page.replaceAll("assets/", `${folder}/`));
