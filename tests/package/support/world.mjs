// Where things are that the tests share. `run.mjs` makes what lies in target/package.

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../../../", import.meta.url));
export const made = join(root, "target/package");
/** An empty folder into which the tarball was installed. */
export const app = join(made, "app");
export const installed = join(app, "node_modules/hoso");
/** A throw-away certification authority and a citizen's keys. */
export const keys = join(made, "keys");
export const form = join(root, "forms/1.001612-ho-kinh-doanh");
/** The command of the same sources. */
export const hoso = join(process.env.CARGO_TARGET_DIR ?? join(root, "target"), "debug", process.platform === "win32" ? "hoso.exe" : "hoso");

export const NOW = "2026-11-24T09:00:00+07:00";
export const AUDIENCE = "https://portal.example";
export const NONCE = "AAECAwQFBgcICQoLDA0ODw";

export const text = (...path) => readFileSync(join(...path), "utf8");
export const json = (...path) => JSON.parse(text(...path));

/** Runs a program to its end: `{code, out, err}`. */
export function command(program, args, options = {}) {
  try {
    return { code: 0, out: execFileSync(program, args, { encoding: "utf8", stdio: ["pipe", "pipe", "pipe"], maxBuffer: 1 << 28, ...options }), err: "" };
  } catch (error) {
    if (typeof error.status !== "number") throw error;
    return { code: error.status, out: error.stdout, err: error.stderr };
  }
}
