// What wasm-bindgen writes for the module `tools`, as src/wasm/ exports it, without what nothing here calls.

export default function start(source: { module_or_path: WebAssembly.Module }): Promise<unknown>;
export function __wbg_reset_state(): void;
// What build.mjs adds.
export function memory(): WebAssembly.Memory;
export function renew(module: WebAssembly.Module): Promise<void>;

export function compile(
  text: Uint8Array,
  strict: boolean,
  assertFormats: boolean,
  dialect: string,
  refs: Uint8Array | undefined,
  codeLists: Uint8Array | undefined,
  lang: string,
): number;
export function isValid(schema: number, length: number, document: Uint8Array | undefined, english: boolean): boolean;
export function lint(schema: number, lang: string): string;
export function list(schema: number, document: Uint8Array, lang: string): string;
export function release(schema: number): void;
