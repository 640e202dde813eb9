import { stopIfAborted } from "../abort.js";
import { bytesOf } from "../bytes.js";
import { core } from "../core.js";
import { Fleeting, again } from "../engine.js";
import { failure } from "../failure.js";
import type { Attachment, Json, Language, MeasureOptions, WorkOptions } from "../types.js";
import { jsonOf } from "../value.js";
import { engine } from "./engine.js";

/** Larger files are digested as they stream by; up to here one call of WebCrypto, which is faster, sees all of it. */
const AT_ONCE = 64_000_000;
/** Bytes between two chances for the page to breathe. */
const PIECE = 1_048_576;
const PIECE_DIGESTED = 262_144;

/**
 * Looks through a file: size, digest, and the type its content shows. Nothing of it is kept.
 *
 * @throws HosoError `file.…` or `seal.attachment-…`, with a sentence for the citizen; the signal's reason when ended early.
 */
export async function measure(file: Blob, options: MeasureOptions): Promise<Attachment> {
  const lang = options.lang ?? "vi";
  const name = options.name ?? (file as Partial<File>).name ?? "";
  if (file.size === 0) throw failure("file.empty", { name }, lang);
  await engine.init(undefined, lang);
  return again(1, lang, () => look(file, name, options, lang));
}

async function look(file: Blob, name: string, options: MeasureOptions, lang: Language): Promise<Attachment> {
  const atOnce = file.size <= AT_ONCE && globalThis.crypto?.subtle !== undefined;
  const measuring = new Fleeting(engine, lang, (glue) => glue.measureOpen(!atOnce), (glue, id) => glue.measureRelease(id));
  try {
    const whole = atOnce ? new Uint8Array(file.size) : undefined;
    let done = 0;
    options.onProgress?.(0, file.size);
    for await (const piece of pieces(file, name, atOnce ? PIECE : PIECE_DIGESTED, options)) {
      measuring.use(lang, (glue, id) => glue.measurePush(id, piece));
      whole?.set(piece, done);
      done += piece.length;
      options.onProgress?.(done, file.size);
    }
    const digest = whole && (await digestOf(whole, options.signal));
    const found = measuring.use(lang, (glue, id) => glue.measureFinish(id, options.field, name, digest, lang));
    return { ...(found as Omit<Attachment, "file">), file };
  } finally {
    measuring.release();
  }
}

/** The bytes of a file, a piece at a time. */
async function* pieces(file: Blob, name: string, size: number, { signal, lang = "vi" }: WorkOptions): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < file.size; from += size) {
    stopIfAborted(signal);
    const piece = await file.slice(from, from + size).arrayBuffer().catch((cause: unknown) => {
      throw failure("file.unreadable", { name }, lang, { cause });
    });
    // A file that was cut short behind the browser's back reads as less than it said.
    if (piece.byteLength !== Math.min(size, file.size - from)) throw failure("file.unreadable", { name }, lang);
    yield new Uint8Array(piece);
  }
  stopIfAborted(signal);
}

async function digestOf(whole: Uint8Array<ArrayBuffer>, signal: AbortSignal | undefined): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", whole));
  stopIfAborted(signal);
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * Enters files into the data: a list of `{name, mediaType, size, sha256, part}` at the field of each, files of one field
 * in the order given. A list that the field held before is replaced. The data given is left as it is.
 */
export async function attach(value: unknown, attachments: readonly Attachment[], options: { lang?: Language } = {}): Promise<Json> {
  const lang = options.lang ?? "vi";
  await core.init(undefined, lang);
  const files = jsonOf(attachments.map(described), lang);
  const text = core.call(lang, (glue) => glue.dossierAttach(bytesOf(jsonOf(value, lang)).slice(), bytesOf(files), lang));
  return JSON.parse(text) as Json;
}

/** What the module takes of an attachment. */
export function described({ field, name, mediaType, size, sha256, crc32 }: Attachment): Omit<Attachment, "file"> {
  return { field, name, mediaType, size, sha256, crc32 };
}
