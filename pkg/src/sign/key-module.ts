import { place } from "#key-place";
import { load } from "../load.js";
import type { Language, WasmSource } from "../types.js";

let loading: Promise<WebAssembly.Module> | undefined;

/** Loads the module `key` once, which opens keys and signs with them. A failure is forgotten, so that the next call tries again. */
export function keyModule(source: WasmSource | undefined, lang: Language): Promise<WebAssembly.Module> {
  loading ??= load(source, place, lang).catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
}
