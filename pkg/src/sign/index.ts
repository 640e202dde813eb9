import { chooseWorkers } from "#workers";
import { core } from "../core.js";
import type { Language, WasmSource, WorkerSource } from "../types.js";
import { engine } from "./engine.js";
import { keyModule } from "./key-module.js";

export { HosoError } from "../error.js";
export { cosign, countersign, extend } from "./adding.js";
export { seal } from "./dossier.js";
export { attach, measure } from "./file.js";
export { type GenerateOptions, type ImportOptions, type KeyFile, type KeyOptions, type PemOptions, type Pkcs12Options, keys } from "./key.js";
export { accept, inspect, verify, verifyFile } from "./package.js";
export type * from "../types.js";

export interface InitOptions {
  /** Where the module `core` comes from, unless `init` of `hoso` has loaded it. Dossiers are composed and judged by it. */
  core?: WasmSource;
  /** Where the module comes from; beside the script where nothing is said. */
  sign?: WasmSource;
  /** Where the module that opens keys comes from. It is loaded now if this is said, else from beside the script with the first key. */
  key?: WasmSource;
  /** Where the worker that holds keys comes from; beside the script where nothing is said. */
  worker?: WorkerSource;
  /** Where the worker that reads files comes from; beside the script where nothing is said. */
  fileWorker?: WorkerSource;
  /** The language of what may go wrong. */
  lang?: Language;
}

/**
 * Loads the module ahead of time. Every call of this entry loads what it needs anyway; call it to load that early, or from elsewhere.
 *
 * @throws HosoError `init.…` that says what is in the way.
 */
export async function init(options: InitOptions = {}): Promise<void> {
  chooseWorkers({ key: options.worker, file: options.fileWorker });
  const lang = options.lang ?? "vi";
  await Promise.all([engine.init(options.sign, lang), options.core && core.init(options.core, lang), options.key && keyModule(options.key, lang)]);
}
