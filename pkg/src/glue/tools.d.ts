// What wasm-bindgen writes for the module `tools`, as src/wasm/ exports it: of what `core` exports too, what is called here; and its own.

export { __wbg_reset_state, compile, default, isValid, memory, release, renew } from "./core.js";

export function evaluate(expression: string, variables: Uint8Array, now: string, lang: string): string;
export function lint(schema: number, lang: string): string;
export function list(schema: number, document: Uint8Array, seconds: number, lang: string): string;
