import { core } from "./core.js";
import type { Language, WasmSource } from "./types.js";

export { HosoError } from "./error.js";
export { compile } from "./schema.js";
export type * from "./types.js";

export interface InitOptions {
  /** Where the module comes from; beside the script where nothing is said. */
  core?: WasmSource;
  /** The language of what may go wrong. */
  lang?: Language;
}

/**
 * Loads the module. Call it as often as you like: it loads once, and tries again after a failure. A
 * `core` that is named once it is loaded is not looked at.
 *
 * @throws HosoError `init.…` that says what is in the way.
 */
export async function init(options: InitOptions = {}): Promise<void> {
  await core.init(options.core, options.lang ?? "vi");
}

/** The version of the engine, once it is loaded. */
export function version(): string {
  return core.call("vi", (glue) => glue.version());
}
