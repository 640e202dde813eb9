/** Larger files are digested as they stream by; up to here one call of WebCrypto, which is faster, sees all of it. */
const AT_ONCE = 64_000_000;
/** Bytes that are read at a time where all of them are held. */
const READ = 8_388_608;
/** Bytes between two chances to do something else. */
const PIECE = 1_048_576;
const PIECE_DIGESTED = 262_144;

/** What the module makes of a file, piece by piece. */
export interface Measuring {
  push(piece: Uint8Array): void;
  /** The digest is given where the module did not make it. */
  finish(digest: string | undefined): unknown;
}

export interface Reading {
  /** Begins to measure, with the digest or without. */
  open(digests: boolean): Measuring;
  /** Throws when nobody waits any more. */
  check(): void;
  progress(done: number): void;
  /** Lets others do something. */
  pause(): Promise<void>;
}

/** A file cannot be read, or not to its end: it is gone, or another one by now. */
export class Unreadable extends Error {}

/** Looks through a file, which is held whole only up to a size. */
export async function look(file: Blob, reading: Reading): Promise<unknown> {
  reading.check();
  reading.progress(0);
  return file.size <= AT_ONCE && globalThis.crypto?.subtle !== undefined ? atOnce(file, reading) : streamed(file, reading);
}

async function atOnce(file: Blob, reading: Reading): Promise<unknown> {
  const whole = await held(file, reading);
  const digesting = digestOf(whole);
  // Whoever does not wait for it is not told by the browser that it failed.
  digesting.catch(() => {});
  const measuring = reading.open(false);
  // The digest is made elsewhere meanwhile.
  for (let from = 0; from < whole.length; from += PIECE) {
    if (from > 0) await reading.pause();
    reading.check();
    measuring.push(whole.subarray(from, from + PIECE));
  }
  const digest = await digesting;
  reading.check();
  return measuring.finish(digest);
}

async function held(file: Blob, reading: Reading): Promise<Uint8Array<ArrayBuffer>> {
  if (file.size <= READ) {
    const whole = await read(file, 0, READ);
    reading.progress(whole.length);
    return whole;
  }
  const whole = new Uint8Array(file.size);
  let done = 0;
  for await (const piece of pieces(file, READ, reading)) {
    whole.set(piece, done);
    done += piece.length;
    reading.progress(done);
  }
  return whole;
}

async function streamed(file: Blob, reading: Reading): Promise<unknown> {
  const measuring = reading.open(true);
  let done = 0;
  for await (const piece of pieces(file, PIECE_DIGESTED, reading)) {
    measuring.push(piece);
    done += piece.length;
    reading.progress(done);
  }
  return measuring.finish(undefined);
}

/** The bytes of a file, a piece at a time; the next one is read while one is looked at. */
async function* pieces(file: Blob, size: number, reading: Reading): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  let next = read(file, 0, size);
  for (let from = 0; from < file.size; from += size) {
    const piece = await next;
    reading.check();
    next = read(file, from + size, size);
    // Where the work ends before, nobody asks how it went.
    next.catch(() => {});
    yield piece;
  }
}

async function read(file: Blob, from: number, size: number): Promise<Uint8Array<ArrayBuffer>> {
  const piece = await file.slice(from, from + size).arrayBuffer().catch((cause: unknown) => {
    throw new Unreadable("the file cannot be read", { cause });
  });
  // A file that was cut short behind the browser's back reads as less than it said.
  if (piece.byteLength !== Math.min(size, Math.max(0, file.size - from))) throw new Unreadable("the file is shorter than it was");
  return new Uint8Array(piece);
}

async function digestOf(whole: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", whole));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
