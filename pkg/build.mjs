// Builds the package into dist/ from src/ and the two modules that `cargo xtask wasm` left in target/wasm/.

import { build } from "esbuild";
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const wasm = join(here, "../target/wasm");
const dist = join(here, "dist");
const modules = ["core", "sign"];

rmSync(dist, { recursive: true, force: true });
mkdirSync(dist);
for (const name of modules) cpSync(join(wasm, name, "hoso_bg.wasm"), join(dist, `${name}.wasm`));

const shared = { bundle: true, target: "es2022", absWorkingDir: here, legalComments: "none", minify: true, logLevel: "warning" };
const entries = [
  { in: "src/index.ts", out: "index" },
  { in: "src/sign/index.ts", out: "sign" },
];

// For browsers and bundlers: modules beside the script, with a copy inside scripts that are loaded only at need.
await build({ ...shared, entryPoints: entries, outdir: "dist", format: "esm", splitting: true, chunkNames: "[name]-[hash]", plugins: [names("beside")] });
// The worker stands alone: one classic script, the same under every bundler and policy.
await build({ ...shared, entryPoints: ["src/sign/key-worker.ts"], outfile: "dist/key-worker.js", format: "iife", plugins: [names("none")] });
// For Node, and for tools that read CommonJS: the modules inside the scripts, so that no file has to be found.
await build({ ...shared, entryPoints: entries, outdir: "dist/node", format: "esm", splitting: true, chunkNames: "[name]-[hash]", plugins: [names("inline")] });
await build({ ...shared, entryPoints: entries, outdir: "dist/node", format: "cjs", outExtension: { ".js": ".cjs" }, target: "es2019", plugins: [names("inline")] });

types();

/** What the names with `#` stand for. */
function names(place) {
  const worker = place === "beside" ? "beside" : "none";
  const files = {
    "#core-glue": join(wasm, "core/hoso.js"),
    "#sign-glue": join(wasm, "sign/hoso.js"),
    "#core-place": join(here, `src/place/core.${place === "beside" ? "beside" : "inline"}.ts`),
    "#sign-place": join(here, `src/place/sign.${place === "beside" ? "beside" : "inline"}.ts`),
    "#key-worker": join(here, `src/place/key-worker.${worker}.ts`),
  };
  return {
    name: "names",
    setup(build) {
      build.onResolve({ filter: /^#/ }, ({ path }) => (files[path] ? { path: files[path] } : { path: path.slice(1), namespace: "inline" }));
      build.onLoad({ filter: /./, namespace: "inline" }, ({ path }) => {
        const bytes = readFileSync(join(dist, `${path.replace("-inline", "")}.wasm`));
        return { contents: `export default ${JSON.stringify(bytes.toString("base64"))};` };
      });
    },
  };
}

/** The declarations, and the same again for CommonJS, whose files are named otherwise. */
function types() {
  const tsc = join(dirname(fileURLToPath(import.meta.resolve("typescript/package.json"))), "bin/tsc");
  const { status } = spawnSync(process.execPath, [tsc, "-p", here], { stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
  for (const file of readdirSync(join(dist, "types"), { recursive: true })) {
    if (!file.endsWith(".d.ts")) continue;
    const text = readFileSync(join(dist, "types", file), "utf8").replace(/(from "|import\(")(\.[^"]*)\.js"/g, '$1$2.cjs"');
    writeFileSync(join(dist, "types", file.replace(/\.d\.ts$/, ".d.cts")), text);
  }
}
