import { failure } from "./failure.js";
import type { Language } from "./types.js";

const encoder = new TextEncoder();
/** Texts up to this many UTF-16 units are written into one buffer that is kept. */
const KEPT = 65_536;
/** Starts a surrogate in UTF-8's scheme, which UTF-8 does not allow: the engine refuses it and tells the place. */
const SURROGATE = 0xed;
let scratch: Uint8Array | undefined;

/** The UTF-8 bytes of a text. They may be overwritten by the next call: copy or use them at once. */
export function bytesOf(text: string | Uint8Array): Uint8Array {
  if (typeof text !== "string") return text;
  const bytes = encoded(text);
  // The encoder puts U+FFFD in place of a lone surrogate, which is another text than the one given.
  return bytes.length === text.length || isWellFormed(text) ? bytes : cutAtSurrogate(text);
}

/** Writes a text where there is room for it: its length in UTF-8, or -1 where it has lone surrogates. */
export function writeInto(room: Uint8Array, text: string | Uint8Array): number {
  if (typeof text !== "string") {
    room.set(text);
    return text.length;
  }
  const { written } = encoder.encodeInto(text, room);
  return written === text.length || isWellFormed(text) ? written : -1;
}

function encoded(text: string): Uint8Array {
  if (text.length > KEPT) return encoder.encode(text);
  scratch ??= new Uint8Array(3 * KEPT);
  return scratch.subarray(0, encoder.encodeInto(text, scratch).written);
}

function isWellFormed(text: string): boolean {
  const known = text as string & { isWellFormed?(): boolean };
  return known.isWellFormed ? known.isWellFormed() : !/\p{Surrogate}/u.test(text);
}

function cutAtSurrogate(text: string): Uint8Array {
  const before = encoder.encode(text.slice(0, text.search(/\p{Surrogate}/u)));
  const bytes = new Uint8Array(before.length + 1);
  bytes.set(before);
  bytes[before.length] = SURROGATE;
  return bytes;
}

/** What a caller gave as a text. */
export function textOf(given: unknown, lang: Language): string | Uint8Array {
  if (typeof given === "string" || ArrayBuffer.isView(given)) return given as string | Uint8Array;
  throw failure("input.not-text", { kind: given === null ? "null" : typeof given }, lang);
}
