// What wasm-bindgen writes for the module `sign`, as src/wasm/ exports it.

export default function start(source: { module_or_path: WebAssembly.Module }): Promise<unknown>;
export function __wbg_reset_state(): void;
// What build.mjs adds.
export function memory(): WebAssembly.Memory;
export function renew(module: WebAssembly.Module): Promise<void>;

export function chainRead(files: Uint8Array[], lang: string): { certificate: unknown; chain: Uint8Array[] };
export function fileVerify(
  signed: Uint8Array,
  names: string[],
  contents: Uint8Array[],
  options: Uint8Array,
  trust: Uint8Array[],
  certificates: Uint8Array[],
  crls: Uint8Array[],
  ocsps: Uint8Array[],
  lang: string,
): string;
export function intakeInspect(intake: number, lang: string): string;
export function intakeOpen(): number;
export function intakePush(intake: number, piece: Uint8Array): boolean;
export function intakeRelease(intake: number): void;
export function intakeVerify(
  intake: number,
  options: Uint8Array,
  trust: Uint8Array[],
  crls: Uint8Array[],
  ocsps: Uint8Array[],
  codeLists: Uint8Array | undefined,
  judge: (schema: Uint8Array, form: Uint8Array, now: string, language: string) => string[],
  contents: boolean,
  lang: string,
): { verdict: string; form?: string; schema?: string; view?: string };
export function measureFinish(measure: number, field: string, name: string, digest: string | undefined, lang: string): unknown;
export function measureOpen(digests: boolean): number;
export function measurePush(measure: number, piece: Uint8Array): void;
export function measureRelease(measure: number): void;
export function packageAttach(pack: number, over: number | undefined, chain: Uint8Array[], algorithm: string, at: string, signature: Uint8Array, lang: string): void;
export function packageDescribe(pack: number, lang: string): string;
export function packageLast(
  pack: number,
  place: number,
  options: Uint8Array,
  trust: Uint8Array[],
  certificates: Uint8Array[],
  crls: Uint8Array[],
  ocsps: Uint8Array[],
  lang: string,
): string | undefined;
export function packageOpen(intake: number, lang: string): number;
export function packageQuestion(pack: number, place: number, nonce: Uint8Array, lang: string): Uint8Array;
export function packageRelease(pack: number): void;
export function packageStamp(pack: number, place: number, nonce: Uint8Array, reply: Uint8Array, lang: string): void;
export function packageToBeSigned(
  pack: number,
  over: number | undefined,
  chain: Uint8Array[],
  algorithm: string,
  at: string,
  lang: string,
): { message: Uint8Array; digest: Uint8Array; digestInfo: Uint8Array };
export function packageVerdicts(
  pack: number,
  options: Uint8Array,
  trust: Uint8Array[],
  certificates: Uint8Array[],
  crls: Uint8Array[],
  ocsps: Uint8Array[],
  lang: string,
): string;
export function packageWrite(pack: number, lang: string): { kept: number; tail: Uint8Array };
export function sealedAttach(
  sealed: number,
  chain: Uint8Array[],
  algorithm: string,
  format: string,
  at: string,
  signature: Uint8Array,
  nonce: Uint8Array | undefined,
  reply: Uint8Array | undefined,
  lang: string,
): { signature: string; chunks: (Uint8Array | number)[]; question?: Uint8Array };
export function sealedDescribe(sealed: number): string;
export function sealedDocument(sealed: number, name: string): string | undefined;
export function sealedOpen(documents: string[], files: Uint8Array, lang: string): number;
export function sealedRelease(sealed: number): void;
export function sealedToBeSigned(
  sealed: number,
  chain: Uint8Array[],
  algorithm: string,
  format: string,
  at: string,
  lang: string,
): { message: Uint8Array; digest: Uint8Array; digestInfo: Uint8Array };
