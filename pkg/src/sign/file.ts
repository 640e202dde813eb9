import { stopIfAborted } from "../abort.js";
import { bytesOf } from "../bytes.js";
import { core } from "../core.js";
import { Fleeting, again } from "../engine.js";
import { HosoError } from "../error.js";
import { failure } from "../failure.js";
import type { Attachment, Json, Language, MeasureOptions } from "../types.js";
import { jsonOf } from "../value.js";
import { type SignGlue, engine } from "./engine.js";
import { Unreadable, look } from "./file-reading.js";
import { type Asked, inFileWorker } from "./file-worker-holder.js";

/** For smaller files no worker is started. */
const SMALL = 1_000_000;

/**
 * Looks through a file: size, digest, and the type its content shows. Nothing of it is kept. In a page a worker does it; where none can be started, and
 * in Node, it is done here, in pieces between which the page breathes.
 *
 * @throws HosoError `file.…` or `seal.attachment-…`, with a sentence for the citizen; the signal's reason when ended early.
 */
export async function measure(file: Blob, options: MeasureOptions): Promise<Attachment> {
  const { field, signal, onProgress, lang = "vi" } = options;
  const name = options.name ?? (file as Partial<File>).name ?? "";
  if (file.size === 0) throw failure("file.empty", { name }, lang);
  const module = await engine.init(undefined, lang);
  stopIfAborted(signal);
  const progress = (done: number) => onProgress?.(done, file.size);
  const asked = { module, file, field, name, lang, signal, progress };
  const outcome = file.size > SMALL ? await inFileWorker(asked) : undefined;
  if (outcome?.type === "failed") throw new HosoError(outcome.errors);
  if (outcome?.type === "unreadable") throw failure("file.unreadable", { name }, lang, { cause: outcome.cause });
  const found = outcome ? outcome.found : await again(1, lang, () => here(asked));
  return { ...(found as Omit<Attachment, "file">), file };
}

/** Looks through a file in the page's own process. */
async function here({ file, field, name, lang, signal, progress }: Asked): Promise<unknown> {
  let measuring: Fleeting<SignGlue> | undefined;
  const open = (digests: boolean) => {
    const mine = (measuring = new Fleeting(engine, lang, (glue) => glue.measureOpen(digests), (glue, id) => glue.measureRelease(id)));
    const push = (piece: Uint8Array) => mine.use(lang, (glue, id) => glue.measurePush(id, piece));
    const finish = (digest: string | undefined) => mine.use(lang, (glue, id) => glue.measureFinish(id, field, name, digest, lang));
    return { push, finish };
  };
  try {
    return await look(file, { open, check: () => stopIfAborted(signal), progress, pause });
  } catch (error) {
    throw error instanceof Unreadable ? failure("file.unreadable", { name }, lang, { cause: error.cause }) : error;
  } finally {
    measuring?.release();
  }
}

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

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
