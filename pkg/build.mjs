// Builds the package into dist/ from src/ and the modules that `cargo xtask wasm` left in target/wasm/.

import { build } from "esbuild";
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const wasm = join(here, "../target/wasm");
const dist = join(here, "dist");
const modules = ["core", "sign", "key", "tools"];

/** What the glue of wasm-bindgen does not offer: to see the memory, and to take a new instance without hurry. */
const MORE = `
export const memory = () => wasm.memory;
export const renew = async (module) => { __wbg_finalize_init(await WebAssembly.instantiate(module, __wbg_get_imports()), module); };
`;

rmSync(dist, { recursive: true, force: true });
mkdirSync(dist);
const builds = Object.fromEntries(modules.map((name) => [`${name.toUpperCase()}_BUILD`, JSON.stringify(stamped(name))]));
for (const name of ["LICENSE-APACHE", "LICENSE-MIT"]) copyFileSync(join(here, "..", name), join(dist, name));

// Code lists are data beside the scripts, never in a module.
rmSync(join(here, "data"), { recursive: true, force: true });
mkdirSync(join(here, "data"));
const lists = join(here, "../data");
for (const name of readdirSync(lists).filter((file) => /\.(json|md)$/.test(file))) copyFileSync(join(lists, name), join(here, "data", name));

const shared = { bundle: true, target: "es2022", absWorkingDir: here, legalComments: "none", minify: true, logLevel: "warning", define: builds };
const entries = [
  { in: "src/index.ts", out: "index" },
  { in: "src/sign/index.ts", out: "sign" },
];
/** By itself, so that it shares no script with the others: they would come in more pieces. */
const tools = [{ in: "src/tools/index.ts", out: "tools" }];

// For browsers and bundlers: modules beside the script, with a copy inside scripts that are loaded only at need.
const { metafile } = await build({
  ...shared,
  entryPoints: entries,
  outdir: "dist",
  format: "esm",
  splitting: true,
  chunkNames: "[name]-[hash]",
  metafile: true,
  plugins: [names("beside")],
});
await build({
  ...shared,
  entryPoints: tools,
  outdir: "dist",
  format: "esm",
  splitting: true,
  chunkNames: "[name]-[hash]",
  plugins: [names("beside")],
});
// Workers stand alone: one classic script each, the same under every bundler and policy.
for (const name of ["key-worker", "file-worker"])
  await build({ ...shared, entryPoints: [`src/sign/${name}.ts`], outfile: `dist/${name}.js`, format: "iife", plugins: [names("beside")] });
// For pages without modules: a classic script that takes all else from beside it.
const inline = Object.keys(metafile.outputs).find((file) => file.includes("core-inline"));
await build({
  ...shared,
  entryPoints: ["src/global.ts"],
  outfile: "dist/hoso.global.js",
  format: "iife",
  define: { ...builds, CORE_INLINE: JSON.stringify(basename(inline)) },
  plugins: [names("classic")],
});
// For Node, and for tools that read CommonJS: the modules inside the scripts, so that no file has to be found.
for (const entryPoints of [entries, tools])
  await build({ ...shared, entryPoints, outdir: "dist/node", format: "esm", splitting: true, chunkNames: "[name]-[hash]", plugins: [names("inline")] });
await build({ ...shared, entryPoints: [...entries, ...tools], outdir: "dist/node", format: "cjs", outExtension: { ".js": ".cjs" }, target: "es2019", plugins: [names("inline")] });

types();

/** A module as it is delivered: it says which build it is of, so that the scripts of another one find out. */
function stamped(name) {
  const bytes = readFileSync(join(wasm, name, "hoso_bg.wasm"));
  const glue = readFileSync(join(wasm, name, "hoso.js"));
  const build = createHash("sha256").update(bytes).update(glue).digest("hex").slice(0, 16);
  const section = Buffer.from(`\x0ahoso.build${build}`);
  writeFileSync(join(dist, `${name}.wasm`), Buffer.concat([bytes, Buffer.of(0, section.length), section]));
  return build;
}

/** What the names with `#` stand for. */
function names(place) {
  const files = {
    "#core-place": join(here, `src/place/core.${place}.ts`),
    "#sign-place": join(here, `src/place/sign.${place}.ts`),
    "#tools-place": join(here, `src/place/tools.${place}.ts`),
    "#key-place": join(here, `src/place/key.${place}.ts`),
    "#workers": join(here, `src/place/workers.${place === "beside" ? "beside" : "none"}.ts`),
  };
  return {
    name: "names",
    setup(build) {
      build.onResolve({ filter: /^#/ }, ({ path }) => (files[path] ? { path: files[path] } : { path: path.slice(1), namespace: path.split("-").pop() }));
      build.onLoad({ filter: /./, namespace: "inline" }, ({ path }) => {
        const bytes = readFileSync(join(dist, `${path.replace("-inline", "")}.wasm`));
        return { contents: `export default ${JSON.stringify(bytes.toString("base64"))};` };
      });
      build.onLoad({ filter: /./, namespace: "glue" }, ({ path }) => {
        const glue = readFileSync(join(wasm, path.replace("-glue", ""), "hoso.js"), "utf8");
        return { contents: glue + MORE };
      });
    },
  };
}

/** The declarations that the entries reach, and the same again for CommonJS, whose files are named otherwise. */
function types() {
  const tsc = join(dirname(fileURLToPath(import.meta.resolve("typescript/package.json"))), "bin/tsc");
  const all = join(wasm, "types");
  rmSync(all, { recursive: true, force: true });
  const { status } = spawnSync(process.execPath, [tsc, "-p", here, "--outDir", all], { stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
  const reached = new Set(["index.d.ts", "sign/index.d.ts", "tools/index.d.ts"]);
  for (const file of reached) {
    const text = readFileSync(join(all, file), "utf8");
    for (const [, path] of text.matchAll(/from "(\.[^"]*)\.js"/g)) reached.add(join(dirname(file), `${path}.d.ts`));
    const to = join(dist, "types", file);
    mkdirSync(dirname(to), { recursive: true });
    writeFileSync(to, text);
    writeFileSync(to.replace(/\.d\.ts$/, ".d.cts"), text.replace(/(from "\.[^"]*)\.js"/g, '$1.cjs"'));
  }
}
