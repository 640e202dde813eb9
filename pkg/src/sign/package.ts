import { stopIfAborted } from "../abort.js";
import { bytesOf } from "../bytes.js";
import { moment } from "../clock.js";
import { core } from "../core.js";
import { Fleeting, again } from "../engine.js";
import { failure } from "../failure.js";
import type {
  Accepted,
  FileContent,
  FileVerdict,
  Inspection,
  Json,
  Language,
  PackageSource,
  Signed,
  Verdict,
  VerifyFileOptions,
  VerifyOptions,
  WorkOptions,
} from "../types.js";
import { jsonOf, together } from "../value.js";
import { type SignGlue, engine } from "./engine.js";

const PIECE = 1_048_576;

/**
 * Verifies a package, read piece by piece. Whatever the bytes are, the answer is a verdict.
 *
 * @throws HosoError when a certificate, a list or an option cannot be read.
 */
export async function verify(source: PackageSource, options: VerifyOptions): Promise<Verdict> {
  const found = await judge(source, options, false);
  return JSON.parse(found.verdict) as Verdict;
}

/** Verifies a package and, when it is accepted, gives what it holds. */
export async function accept(source: PackageSource, options: VerifyOptions): Promise<Accepted> {
  const { verdict: text, form, schema, view } = await judge(source, options, true);
  const verdict = JSON.parse(text) as Verdict;
  if (verdict.outcome !== "accepted") return { type: verdict.outcome, verdict };
  const json = (part: string | undefined) => JSON.parse(part ?? "null") as Json;
  return { type: "accepted", verdict, submission: verdict.submission!, form: json(form), schema: json(schema), view: view ?? "" };
}

/**
 * What a package holds, as it says itself. Nothing is judged.
 *
 * @throws HosoError when it is no package.
 */
export async function inspect(source: PackageSource, options: WorkOptions = {}): Promise<Inspection> {
  const lang = options.lang ?? "vi";
  const text = await intake(source, options, (glue, id) => glue.intakeInspect(id, lang));
  return JSON.parse(text) as Inspection;
}

/**
 * Verifies a signed file of any maker: CMS (CAdES), JWS (JAdES) or an ASiC container. File and contents are held whole. For a package `verify` says
 * more.
 *
 * @throws HosoError when a certificate, a list or an option cannot be read.
 */
export async function verifyFile(file: FileContent, options: VerifyFileOptions): Promise<FileVerdict> {
  const lang = options.lang ?? "vi";
  await engine.init(undefined, lang);
  const given = options.content;
  const named = given === undefined ? [] : isContent(given) ? [["", given] as const] : Object.entries(given);
  const contents = await Promise.all(named.map(([, content]) => whole(content)));
  const names = named.map(([name]) => name);
  const request = jsonOf({ receivedAt: moment(options.receivedAt, lang), revocation: options.revocation ?? "require" }, lang);
  const [trust, certificates] = [files(options.trust), files(options.certificates ?? [])];
  const [crls, ocsps] = [files(options.crls ?? []), files(options.ocsps ?? [])];
  const signed = await whole(file);
  const verified = engine.call(lang, (glue) =>
    glue.fileVerify(signed, names, contents, bytesOf(request).slice(), trust, certificates, crls, ocsps, lang),
  );
  return JSON.parse(verified) as FileVerdict;
}

function isContent(given: NonNullable<VerifyFileOptions["content"]>): given is FileContent {
  return given instanceof Uint8Array || given instanceof ArrayBuffer || ("size" in given && "arrayBuffer" in given);
}

async function whole(file: FileContent): Promise<Uint8Array> {
  return file instanceof Uint8Array ? file : new Uint8Array(file instanceof ArrayBuffer ? file : await file.arrayBuffer());
}

async function judge(source: PackageSource, options: VerifyOptions, contents: boolean): Promise<ReturnType<SignGlue["intakeVerify"]>> {
  const lang = options.lang ?? "vi";
  const request = jsonOf({
    receivedAt: moment(options.receivedAt, lang),
    revocation: options.revocation ?? "require",
    schemas: options.schemas,
    audience: options.audience,
  }, lang);
  const [trust, crls, ocsps] = [files(options.trust), files(options.crls ?? []), files(options.ocsps ?? [])];
  const lists = together(options.codeLists, lang);
  const codeLists = () => (lists === undefined ? undefined : bytesOf(lists).slice());
  const judged = (schema: Uint8Array, form: Uint8Array, now: string, language: string) =>
    core.call(lang, (glue) => glue.dossierJudge(schema, form, codeLists(), now, language, lang));
  await core.init(undefined, lang);
  return intake(source, options, (glue, id) => glue.intakeVerify(id, bytesOf(request), trust, crls, ocsps, codeLists(), judged, contents, lang));
}

function files(given: readonly (string | Uint8Array)[]): Uint8Array[] {
  return given.map((file) => (typeof file === "string" ? new TextEncoder().encode(file) : file));
}

/** Streams a package in and asks of it. */
async function intake<R>(source: PackageSource, options: WorkOptions, ask: (glue: SignGlue, id: number) => R): Promise<R> {
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
function isBlob(source: Unsigned): source is Blob {
  return isObject(source) && "size" in source && "slice" in source;
}

function isObject(source: unknown): source is object {
  return typeof source === "object" && source !== null;
}
