import { stopIfAborted } from "../abort.js";
import { Fleeting, again } from "../engine.js";
import { failure } from "../failure.js";
import type { Language, PackageSource, Signed, WorkOptions } from "../types.js";
import { type SignGlue, engine } from "./engine.js";

const PIECE = 1_048_576;

export function files(given: readonly (string | Uint8Array)[]): Uint8Array[] {
  return given.map((file) => (typeof file === "string" ? new TextEncoder().encode(file) : file));
}

/** Streams a package in and asks of it. */
export async function intake<R>(source: PackageSource, options: WorkOptions, ask: (glue: SignGlue, id: number) => R): Promise<R> {
  const lang = options.lang ?? "vi";
  await engine.init(undefined, lang);
  const given = isObject(source) && "package" in source ? source.package : source;
  // A stream cannot be read a second time.
  return again(isBlob(given) || isBytes(given) ? 1 : 0, lang, () => once(given, lang, options, ask));
}

async function once<R>(source: Unsigned, lang: Language, options: WorkOptions, ask: (glue: SignGlue, id: number) => R): Promise<R> {
  const intake = new Fleeting(engine, lang, (glue) => glue.intakeOpen(), (glue, id) => glue.intakeRelease(id));
  try {
    const total = isBlob(source) ? source.size : isBytes(source) ? source.byteLength : 0;
    let done = 0;
    options.onProgress?.(0, total);
    for await (const piece of pieces(source, lang)) {
      stopIfAborted(options.signal);
      // Once something is wrong, the rest changes nothing. A stream is read to its end nevertheless: a browser whose
      // upload is broken off sees the answer late or never.
      const wanted = intake.use(lang, (glue, id) => glue.intakePush(id, piece));
      done += piece.length;
      options.onProgress?.(done, Math.max(done, total));
      if (!wanted && total > 0) break;
    }
    return intake.use(lang, ask);
  } finally {
    intake.release();
  }
}

type Unsigned = Exclude<PackageSource, Signed>;

async function* pieces(source: Unsigned, lang: Language): AsyncGenerator<Uint8Array> {
  if (isBlob(source)) {
    for (let from = 0; from < source.size; from += PIECE) yield new Uint8Array(await source.slice(from, from + PIECE).arrayBuffer());
  } else if (isBytes(source)) {
    const bytes = source instanceof Uint8Array ? source : new Uint8Array(source);
    for (let from = 0; from < bytes.length; from += PIECE) yield bytes.subarray(from, from + PIECE);
  } else if (isObject(source) && Symbol.asyncIterator in source) {
    yield* source;
  } else if (isObject(source) && "getReader" in source) {
    yield* read(source);
  } else {
    throw failure("input.not-package", { kind: source === null ? "null" : typeof source }, lang);
  }
}

/** Not every browser's streams can be iterated. */
async function* read(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
  } finally {
    await reader.cancel().catch(() => {});
  }
}

function isBytes(source: Unsigned): source is Uint8Array | ArrayBuffer {
  return source instanceof Uint8Array || source instanceof ArrayBuffer;
}

/** A Blob or a File, of this realm or another. */
export function isBlob(source: Unsigned): source is Blob {
  return isObject(source) && "size" in source && "slice" in source;
}

function isObject(source: unknown): source is object {
  return typeof source === "object" && source !== null;
}
