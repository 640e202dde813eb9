import { chooseWorker } from "#key-worker";
import type { Language, WasmSource, WorkerSource } from "../types.js";
import { engine } from "./engine.js";

export { HosoError } from "../error.js";
export { seal } from "./dossier.js";
export { attach, measure } from "./file.js";
export { type KeyOptions, keys } from "./key.js";
export { accept, inspect, verify } from "./package.js";
export type * from "../types.js";

export interface InitOptions {
  /** Where the module comes from; beside the script where nothing is said. */
  sign?: WasmSource;
  /** Where the worker that holds keys comes from; beside the script where nothing is said. */
  worker?: WorkerSource;
  /** The language of what may go wrong. */
  lang?: Language;
}

/**
 * Loads the module ahead of time. Every call of this entry loads it anyway; call it to load it early, or from elsewhere.
 *
 * @throws HosoError `init.…` that says what is in the way.
 */
export async function init(options: InitOptions = {}): Promise<void> {
  chooseWorker(options.worker);
  await engine.init(options.sign, options.lang ?? "vi");
}
