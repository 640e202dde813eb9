// What wasm-bindgen writes for the module `tools`, as src/wasm/ exports it: of what `core` exports too, what is called here; and its own.

export { __wbg_reset_state, compile, default, isValid, memory, release, renew } from "./core.js";

export function lint(schema: number, lang: string): string;
export function list(schema: number, document: Uint8Array, lang: string): string;
