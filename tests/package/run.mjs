// node tests/package/run.mjs [NAME…]: packs the npm package, installs it into an empty folder, and tests it there.
// With names, only the test files whose names hold one of them. Expects `npm ci` here, the package built in pkg/dist,
// and the judges in target/judges (`cargo xtask doctor --install` makes them).

import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { run } from "node:test";
import { spec } from "node:test/reporters";
import { fileURLToPath } from "node:url";
import { app, keys, made, root } from "./support/world.mjs";

const npm = process.platform === "win32" ? "npm.cmd" : "npm";
const show = (program, args, cwd) => execFileSync(program, args, { cwd, stdio: ["ignore", "ignore", "inherit"] });

rmSync(made, { recursive: true, force: true });
mkdirSync(app, { recursive: true });
show(npm, ["pack", "--silent", "--pack-destination", made], join(root, "pkg"));
writeFileSync(join(app, "package.json"), '{ "name": "app", "private": true, "type": "module" }\n');
writeFileSync(join(app, "by-name.mjs"), 'export * as core from "hoso";\nexport * as sign from "hoso/sign";\nexport * as tools from "hoso/tools";\n');
show(npm, ["install", "--ignore-scripts", "--no-audit", "--no-fund", join(made, readdirSync(made).find((file) => file.endsWith(".tgz")))], app);
show("cargo", ["build", "--quiet", "--features", "cli"], root);
show("cargo", ["xtask", "keys", keys], root);

const here = dirname(fileURLToPath(import.meta.url));
const wanted = process.argv.slice(2);
const named = (file) => wanted.length === 0 || wanted.some((name) => file.includes(name));
const files = readdirSync(here).filter((file) => file.endsWith(".test.mjs") && named(file));

// The last line is that of `cargo test`, by which `cargo xtask test` counts.
const counts = { passed: 0, failed: 0 };
const count = (outcome) => ({ details, name }) => {
  if (details.type !== "suite" && !name.endsWith(".test.mjs")) counts[outcome] += 1;
};
const stream = run({ files: files.map((file) => join(here, file)), concurrency: 2 });
stream.on("test:pass", count("passed"));
stream.on("test:fail", count("failed"));
stream.on("end", () => {
  const well = counts.failed === 0 && counts.passed > 0;
  console.log(`test result: ${well ? "ok" : "FAILED"}. ${counts.passed} passed; ${counts.failed} failed; 0 ignored`);
  process.exitCode = well ? 0 : 1;
});
stream.compose(new spec()).pipe(process.stdout);
