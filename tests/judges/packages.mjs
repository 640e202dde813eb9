// Finds the pinned npm packages: they live in target/judges, not beside these scripts.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const judges = process.env.HOSO_JUDGES ?? fileURLToPath(new URL("../../target/judges", import.meta.url));

/** The folder of the packages. */
export const modules = join(judges, "node", "node_modules/");

/** Imports a package by name. */
export async function judge(name) {
  const folder = join(modules, name);
  const { exports } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  return import(pathToFileURL(join(folder, exports["."].import ?? exports["."].default)));
}

/** Answers each line of the input with a line; what is thrown is a fault (2). */
export async function answerLines(verdict) {
  try {
    for (const line of readFileSync(0, "utf8").split("\n").filter((line) => line !== "")) console.log(words(await verdict(line)));
  } catch (fault) {
    console.error(fault);
    process.exitCode = 2;
  }
}

const words = (refusal) => (refusal === null ? "accepted" : `refused: ${refusal}`.replaceAll("\n", " "));

/** Runs a judge: true and false are answers (exit code 0 and 1), anything thrown is a fault (2). */
export async function answer(verdict) {
  try {
    const refusal = await verdict();
    console.log(words(refusal));
    process.exitCode = refusal === null ? 0 : 1;
  } catch (fault) {
    console.error(fault);
    process.exitCode = 2;
  }
}
