import { bytesOf } from "../bytes.js";
import { moment } from "../clock.js";
import { Handle } from "../engine.js";
import { failure } from "../failure.js";
import type { Attachment, CheckedForm, Key, Language, Part, Sealed, SealOptions, SignOptions, Signed, Submission } from "../types.js";
import { jsonOf } from "../value.js";
import { type SignGlue, engine } from "./engine.js";
import { described, measure } from "./file.js";

/**
 * Fixes every byte of a dossier. The form is checked again, and every file is read again: one that changed since it was
 * attached is refused.
 *
 * @throws HosoError `seal.…` or `file.…`; nothing is half done.
 */
export async function seal(checked: CheckedForm, options: SealOptions): Promise<Sealed> {
  const lang = options.lang ?? checked.lang;
  await engine.init(undefined, lang);
  const files = await readAgain(options.attachments ?? [], { ...options, lang });
  const request = jsonOf({
    now: checked.now,
    audience: options.audience,
    id: options.dossier.id,
    nonce: options.dossier.nonce,
    createdAt: moment(options.createdAt, lang),
    supersedes: options.supersedes,
    attachments: files.map(described),
  }, lang);
  const lists = checked.codeLists;
  const make = (glue: SignGlue) => {
    const codeLists = lists === undefined ? undefined : bytesOf(lists).slice();
    return glue.seal(bytesOf(checked.schema).slice(), bytesOf(checked.json).slice(), codeLists, bytesOf(request), checked.lang);
  };
  const handle = new Handle(engine, make, (glue, id) => glue.sealedRelease(id));
  const found = JSON.parse(handle.use(lang, (glue, id) => glue.sealedDescribe(id))) as { submission: Submission; parts: Part[] };
  return new SealedDossier(handle, found.submission, found.parts, files);
}

async function readAgain(attachments: readonly Attachment[], options: SealOptions & { lang: Language }): Promise<Attachment[]> {
  const total = attachments.reduce((sum, attachment) => sum + attachment.size, 0);
  const files: Attachment[] = [];
  let before = 0;
  options.onProgress?.(0, total);
  for (const { file, field, name, size, sha256 } of attachments) {
    const onProgress = (done: number) => options.onProgress?.(before + done, total);
    const found = await measure(file, { ...options, field, name, onProgress });
    if (found.sha256 !== sha256) throw failure("file.changed", { name }, options.lang);
    files.push(found);
    before += size;
  }
  return files;
}

class SealedDossier implements Sealed {
  readonly #handle: Handle<SignGlue>;
  readonly #files: readonly Attachment[];
  readonly submission: Submission;
  readonly parts: readonly Part[];
  #signing = false;

  constructor(handle: Handle<SignGlue>, submission: Submission, parts: readonly Part[], files: readonly Attachment[]) {
    this.#handle = handle;
    this.submission = submission;
    this.parts = parts;
    this.#files = files;
  }

  get view(): string {
    return this.document("view.html");
  }

  document(name: string): string {
    return this.#handle.use("vi", (glue, id) => glue.sealedDocument(id, name)) ?? "";
  }

  async sign(key: Key, options: SignOptions): Promise<Signed> {
    const lang = options.lang ?? this.submission.language;
    if (options.format !== "jades") throw failure("sign.format", { format: String(options.format) }, lang);
    if (this.#signing) throw failure("sign.pending", {}, lang);
    this.#signing = true;
    try {
      return await this.#sign(key, options, lang);
    } finally {
      this.#signing = false;
    }
  }

  async #sign(key: Key, options: SignOptions, lang: Language): Promise<Signed> {
    const algorithm = options.algorithm ?? key.algorithms[0] ?? "";
    const at = moment(options.at, lang);
    const chain = [...key.chain];
    const message = this.#handle.use(lang, (glue, id) => glue.sealedMessage(id, chain, algorithm, at, lang));
    const signature = await key.sign(message, algorithm as Key["algorithms"][number]);
    const signed = this.#handle.use(lang, (glue, id) => glue.sealedAttach(id, chain, algorithm, at, signature, lang));
    const parts = signed.chunks.map((chunk) => (typeof chunk === "number" ? this.#files[chunk]!.file : chunk));
    return {
      submission: this.submission,
      parts: this.parts,
      signature: signed.signature,
      package: new Blob(parts as BlobPart[], { type: "application/zip" }),
      fileName: `${this.submission.dossier.id.replace(/[^\w.-]+/g, "-")}.hoso.zip`,
    };
  }
}
