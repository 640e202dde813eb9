// The files that the package's README tells its reader to write: code blocks whose fence names a file.

import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { root, text } from "./world.mjs";

/** Every code block: `{language, file, code}`, `file` where the fence names one. */
export function blocks() {
  const fences = text(root, "pkg/README.md").matchAll(/^```(\w*) ?(\S*)\n(.*?)^```$/gms);
  return [...fences].map(([, language, file, code]) => ({ language, file, code }));
}

/** Writes the named blocks into a folder. Blocks of one name are one file. */
export function write(folder, names) {
  for (const name of names) {
    const code = blocks().filter(({ file }) => file === name).map(({ code }) => code).join("\n");
    if (code === "") throw new Error(`README.md has no block ${name}`);
    const file = join(folder, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, code);
  }
}
