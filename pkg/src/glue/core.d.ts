// What wasm-bindgen writes for the module `core`, as src/wasm/core.rs exports it.

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
export function describe(schema: number): unknown;
export function isValid(schema: number, length: number, document: Uint8Array | undefined, seconds: number, english: boolean): boolean;
export function release(schema: number): void;
export function room(): number;
export function validate(schema: number, length: number, document: Uint8Array | undefined, now: string, english: boolean): string | undefined;
export function version(): string;
