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
export function dossierAttach(document: Uint8Array, files: Uint8Array, lang: string): string;
export function dossierCompose(
  schema: Uint8Array,
  document: Uint8Array,
  codeLists: Uint8Array | undefined,
  options: Uint8Array,
  lang: string,
): string[];
export function dossierJudge(
  schema: Uint8Array,
  form: Uint8Array,
  codeLists: Uint8Array | undefined,
  now: string,
  sealed: string,
  lang: string,
): string[];
export function formAsk(form: number, place: number, what: number, english: boolean): string;
export function formChanges(form: number, english: boolean): Float64Array;
export function formField(form: number, pointer: string, english: boolean): number;
export function formInsert(form: number, list: number, at: number, length: number, row: Uint8Array | undefined, english: boolean): number;
export function formMove(form: number, row: number, to: number | undefined, english: boolean): boolean;
export function formOpen(schema: number, length: number, text: Uint8Array | undefined, isDraft: boolean, seconds: number, english: boolean): number;
export function formRelease(form: number): void;
export function formReport(form: number, now: string, english: boolean): string;
export function formStep(form: number, what: number, english: boolean): boolean;
export function formText(form: number, what: number): string;
export function formTouch(form: number, place: number, english: boolean): void;
export function formWrite(form: number, place: number, kind: number, length: number, text: Uint8Array | undefined, english: boolean): boolean;
export function isValid(schema: number, length: number, document: Uint8Array | undefined, seconds: number, english: boolean): boolean;
export function release(schema: number): void;
export function room(): number;
export function validate(schema: number, length: number, document: Uint8Array | undefined, now: string, english: boolean): string | undefined;
export function version(): string;
