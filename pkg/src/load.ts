import { HosoError, failure } from "./error.js";
import type { Language, WasmSource } from "./types.js";

/** Where a module is found when nobody says. */
export interface Place {
  /** The file's name, for sentences. */
  readonly file: string;
  /** Beside the script; absent where scripts have no address. */
  readonly url?: () => URL;
  /** The bytes inside a script, in base64: for bundlers that do not carry the file along, and for Node. */
  readonly inline: () => Promise<{ default: string }>;
}

/**
 * Loads and compiles a module. What the caller names is used and nothing else; otherwise the file beside the script,
 * and where a bundler or a server has lost that, the copy inside a script.
 */
export async function load(source: WasmSource | undefined, place: Place, lang: Language): Promise<WebAssembly.Module> {
  if (typeof WebAssembly !== "object") throw failure("init.unavailable", {}, lang);
  try {
    if (source !== undefined) return await compileSource(await source, place, lang);
    return place.url ? await besideOrInline(place, lang) : await inline(place);
  } catch (error) {
    throw explained(error, lang);
  }
}

async function besideOrInline(place: Place, lang: Language): Promise<WebAssembly.Module> {
  try {
    return await compileSource(place.url!(), place, lang);
  } catch (error) {
    if (!(error instanceof HosoError)) throw error;
    // Without a network the copy cannot be fetched either: then the first error says more.
    return await inline(place).catch((second) => {
      throw isCompileError(second) ? second : error;
    });
  }
}

async function inline(place: Place): Promise<WebAssembly.Module> {
  const text = atob((await place.inline()).default);
  return WebAssembly.compile(Uint8Array.from(text, (letter) => letter.charCodeAt(0)));
}

async function compileSource(source: Awaited<WasmSource>, place: Place, lang: Language): Promise<WebAssembly.Module> {
  if (source instanceof WebAssembly.Module) return source;
  if (typeof source === "string" || source instanceof URL || (typeof Request === "function" && source instanceof Request)) {
    const url = source instanceof URL || typeof source === "string" ? String(source) : source.url;
    const response = await fetch(source).catch((cause: unknown) => {
      throw failure("init.unreachable", { url, file: place.file }, lang, { cause });
    });
    return compileResponse(response, place, lang);
  }
  if (typeof Response === "function" && source instanceof Response) return compileResponse(source, place, lang);
  return WebAssembly.compile(source as BufferSource);
}

async function compileResponse(response: Response, place: Place, lang: Language): Promise<WebAssembly.Module> {
  const type = response.headers.get("content-type") ?? "";
  const bad = () => failure("init.bad-response", { url: response.url, status: response.status, type, file: place.file }, lang);
  if (!response.ok) throw bad();
  if (/^application\/wasm\b/i.test(type) && typeof WebAssembly.compileStreaming === "function") {
    return WebAssembly.compileStreaming(response);
  }
  const bytes = await response.arrayBuffer();
  const [a, b, c, d] = new Uint8Array(bytes, 0, Math.min(4, bytes.byteLength));
  // A server of single-page applications answers 200 and its own page for whatever it does not have.
  if (a !== 0 || b !== 0x61 || c !== 0x73 || d !== 0x6d) throw bad();
  return WebAssembly.compile(bytes);
}

function isCompileError(error: unknown): boolean {
  return error instanceof Error && (error.name === "CompileError" || error.name === "EvalError");
}

function explained(error: unknown, lang: Language): unknown {
  const blocked = error instanceof Error && !(error instanceof HosoError) && /unsafe-eval|Content.?Security.?Policy|call to WebAssembly/i.test(error.message);
  return blocked ? failure("init.blocked", {}, lang, { cause: error }) : error;
}
