import { HosoError } from "./error.js";
import { failure } from "./failure.js";
import type { Language, WasmSource } from "./types.js";

/** Where a module is found when nobody says. */
export interface Place {
  /** The file's name, for sentences. */
  readonly file: string;
  /** What the module of this build carries in its section `hoso.build`: the glue of one build does not fit another's module. */
  readonly build: string;
  /** Beside the script; absent where scripts have no address. */
  readonly url?: () => URL;
  /** The bytes inside a script, in base64: for bundlers that do not carry the file along, and for Node. */
  readonly inline: () => Promise<{ default: string }>;
}

/**
 * Loads and compiles a module. What the caller names is used and nothing else; otherwise the file beside the script,
 * and where a bundler, a server or a cache has lost that, the copy inside a script.
 *
 * @throws HosoError `init.…`
 */
export async function load(source: WasmSource | undefined, place: Place, lang: Language): Promise<WebAssembly.Module> {
  if (typeof WebAssembly !== "object") throw failure("init.unavailable", {}, lang);
  if (source !== undefined) return named(source, place, lang);
  if (place.url === undefined) return inline(place, lang);
  try {
    return await named(place.url(), place, lang);
  } catch (first) {
    if (isBlocked(first)) throw first;
    // Without a network the copy cannot be fetched either: then the first error says more.
    return await inline(place, lang).catch((second: unknown) => {
      throw isBlocked(second) ? second : first;
    });
  }
}

async function inline(place: Place, lang: Language): Promise<WebAssembly.Module> {
  const text = atob((await place.inline()).default);
  return given(Uint8Array.from(text, (letter) => letter.charCodeAt(0)), place, lang);
}

async function named(source: WasmSource, place: Place, lang: Language): Promise<WebAssembly.Module> {
  const unreachable = (url: string) => (cause: unknown) => {
    throw failure("init.unreachable", { url, file: place.file }, lang, { cause });
  };
  if (source instanceof WebAssembly.Module) return ofThisBuild(source, place, lang);
  if (source instanceof ArrayBuffer || ArrayBuffer.isView(source)) return given(source, place, lang);
  const isAddress = typeof source === "string" || source instanceof URL || isA("Request", source);
  const url = isA("Request", source) ? source.url : isAddress ? String(source) : place.file;
  const response = await (isAddress ? fetch(source as string) : Promise.resolve(source)).catch(unreachable(url));
  return isA("Response", response) ? answered(response, place, lang, unreachable(response.url || url)) : given(response, place, lang);
}

async function answered(response: Response, place: Place, lang: Language, unreachable: (cause: unknown) => never): Promise<WebAssembly.Module> {
  const { status, url } = response;
  const type = response.headers.get("content-type") ?? "";
  const bad = (cause?: unknown) => failure("init.bad-response", { url: url || place.file, status, type, file: place.file }, lang, { cause });
  if (!response.ok) throw bad();
  // A type with parameters is refused by `compileStreaming`.
  if (/^application\/wasm$/i.test(type)) {
    return compiled(WebAssembly.compileStreaming(response), place, lang, (cause) => (isCompileError(cause) ? bad(cause) : unreachable(cause)));
  }
  const bytes = await response.arrayBuffer().catch(unreachable);
  return compiled(WebAssembly.compile(bytes), place, lang, bad);
}

function given(source: ArrayBuffer | ArrayBufferView, place: Place, lang: Language): Promise<WebAssembly.Module> {
  // Not every engine compiles a DataView.
  const bytes = ArrayBuffer.isView(source) ? new Uint8Array(source.buffer, source.byteOffset, source.byteLength) : source;
  return compiled(WebAssembly.compile(bytes as BufferSource), place, lang, (cause) => failure("init.not-wasm", { file: place.file }, lang, { cause }));
}

async function compiled(
  compiling: Promise<WebAssembly.Module>,
  place: Place,
  lang: Language,
  bad: (cause: unknown) => HosoError,
): Promise<WebAssembly.Module> {
  const module = await compiling.catch((cause: unknown) => {
    throw isPolicy(cause) ? failure("init.blocked", {}, lang, { cause }) : bad(cause);
  });
  return ofThisBuild(module, place, lang);
}

function ofThisBuild(module: WebAssembly.Module, place: Place, lang: Language): WebAssembly.Module {
  const [build] = WebAssembly.Module.customSections(module, "hoso.build");
  if (build && new TextDecoder().decode(build) === place.build) return module;
  throw failure("init.other-build", { file: place.file }, lang);
}

/** Test environments may have no `Request` and no `Response`. */
function isA<N extends "Request" | "Response">(name: N, value: unknown): value is InstanceType<(typeof globalThis)[N]> {
  return typeof globalThis[name] === "function" && value instanceof globalThis[name];
}

function isCompileError(error: unknown): boolean {
  return error instanceof WebAssembly.CompileError;
}

/** The words of Chrome, Firefox and Safari for a Content-Security-Policy that blocks WebAssembly. */
function isPolicy(error: unknown): boolean {
  return error instanceof Error && /unsafe-eval|Content.?Security.?Policy|blocked by CSP/i.test(error.message);
}

function isBlocked(error: unknown): boolean {
  return error instanceof HosoError && error.code === "init.blocked";
}
