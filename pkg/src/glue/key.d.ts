// What wasm-bindgen writes for the module `key`, as src/wasm/key.rs exports it.

export default function start(source: { module_or_path: WebAssembly.Module }): Promise<unknown>;
export function __wbg_reset_state(): void;
// What build.mjs adds.
export function memory(): WebAssembly.Memory;
export function renew(module: WebAssembly.Module): Promise<void>;

export interface Told {
  certificate: unknown;
  chain: Uint8Array[];
  algorithms: string[];
}

export interface Kept extends Told {
  id: number;
}

export interface Exported extends Told {
  pkcs8: Uint8Array<ArrayBuffer>;
}

export function keyExport(
  file: Uint8Array,
  password: string,
  alias: string | undefined,
  certificate: string | undefined,
  lang: string,
): Exported;

export function keyOpen(
  file: Uint8Array,
  password: string,
  alias: string | undefined,
  certificate: string | undefined,
  lang: string,
): Kept;
export function keyOpenPem(key: Uint8Array, password: string, certificates: Uint8Array[], lang: string): Kept;
export function keyRelease(key: number): void;
export function keySign(key: number, message: Uint8Array, algorithm: string, lang: string): Uint8Array;
