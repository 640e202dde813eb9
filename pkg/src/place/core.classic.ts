import type { Place } from "../load.js";

/** Where this script lies: known only while it runs for the first time. */
const here = (document.currentScript as HTMLScriptElement).src;

/** A file beside this script. */
export const beside = (file: string): URL => new URL(file, here);

export const place: Place = {
  file: "core.wasm",
  build: CORE_BUILD,
  url: () => beside("core.wasm"),
  inline: () => import(beside(CORE_INLINE).href) as Promise<{ default: string }>,
};
