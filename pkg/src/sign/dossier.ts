import { bytesOf } from "../bytes.js";
import { moment } from "../clock.js";
import { core } from "../core.js";
import { Handle } from "../engine.js";
import { failure } from "../failure.js";
import type {
  Algorithm,
  Attachment,
  CertificateInfo,
  CheckedForm,
  Format,
  Key,
  Language,
  Part,
  Sealed,
  SealOptions,
  SignOptions,
  Signed,
  StampOptions,
  Submission,
  ToBeSigned,
  ToBeSignedOptions,
} from "../types.js";
import { jsonOf } from "../value.js";
import { type SignGlue, both, engine } from "./engine.js";
import { described, measure } from "./file.js";
import { signedOf } from "./signed.js";
import { askAuthority, newNonce, unstamped } from "./timestamp.js";
import { answered, within } from "./wait.js";

/**
 * Fixes every byte of a dossier. The form is checked again, and every file is read again: one that changed since it was
 * attached is refused.
 *
 * @throws HosoError `seal.…` or `file.…`; nothing is half done.
 */
export async function seal(checked: CheckedForm, options: SealOptions): Promise<Sealed> {
  const lang = options.lang ?? checked.lang;
  await both(lang);
  const files = await readAgain(options.attachments ?? [], { ...options, lang });
  const attachments = files.map(described);
  const request = jsonOf({
    now: checked.now,
    audience: options.audience,
    id: options.dossier.id,
    nonce: options.dossier.nonce,
    createdAt: moment(options.createdAt, lang),
    supersedes: options.supersedes,
    attachments,
  }, lang);
  const lists = checked.codeLists;
  const documents = core.call(lang, (glue) => {
    const codeLists = lists === undefined ? undefined : bytesOf(lists).slice();
    return glue.dossierCompose(bytesOf(checked.schema).slice(), bytesOf(checked.json).slice(), codeLists, bytesOf(request), checked.lang);
  });
  const known = jsonOf(attachments, lang);
  const make = (glue: SignGlue) => glue.sealedOpen(documents, bytesOf(known), checked.lang);
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

/** Who signs, and how. */
interface How {
  readonly chain: Uint8Array[];
  readonly algorithm: string;
  readonly format: Format;
  readonly at: string;
}

const FORMATS: readonly Format[] = ["jades", "asice", "cades"];

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
    if (this.#signing) throw failure("sign.pending", {}, lang);
    this.#signing = true;
    try {
      const algorithm = options.algorithm ?? key.algorithms[0] ?? "";
      const how = { chain: [...key.chain], algorithm, format: options.format, at: moment(options.at, lang) };
      const { message } = this.#ask(how, lang);
      const signing = (signal: AbortSignal) => key.sign(message, algorithm as Algorithm, { signal });
      return await this.#attach(how, await within(Infinity, [options.signal], signing), options, lang);
    } finally {
      this.#signing = false;
    }
  }

  async toBeSigned(options: ToBeSignedOptions): Promise<ToBeSigned> {
    const lang = options.lang ?? this.submission.language;
    const { algorithm, format } = options;
    const how = { chain: chainOf(options.chain, lang).chain, algorithm, format, at: moment(options.at, lang) };
    const attach = async (signature: Uint8Array | ArrayBuffer, more: StampOptions = {}) => this.#attach(how, signature, more, more.lang ?? lang);
    return { algorithm, ...this.#ask(how, lang), attach };
  }

  #ask({ chain, algorithm, format, at }: How, lang: Language): ReturnType<SignGlue["sealedToBeSigned"]> {
    if (!FORMATS.includes(format)) throw failure("sign.format", { format: String(format) }, lang);
    return this.#handle.use(lang, (glue, id) => glue.sealedToBeSigned(id, chain, algorithm, format, at, lang));
  }

  async #attach(how: How, given: unknown, options: StampOptions, lang: Language): Promise<Signed> {
    const signature = answered(given);
    if (signature === undefined) throw failure("key.bad-answer", {}, lang);
    const { chain, algorithm, format, at } = how;
    const made = (nonce?: Uint8Array, reply?: Uint8Array) =>
      this.#handle.use(lang, (glue, id) => glue.sealedAttach(id, chain, algorithm, format, at, signature, nonce, reply, lang));
    if (options.timestamp === undefined) return this.#signed(format, made());
    const nonce = newNonce();
    const bare = made(nonce);
    try {
      return this.#signed(format, made(nonce, await askAuthority(bare.question!, options, lang)));
    } catch (error) {
      // The key may have signed for the last time: what it signed is not lost.
      throw unstamped(error, options, lang, this.#signed(format, bare));
    }
  }

  #signed(format: Format, { signature, chunks }: ReturnType<SignGlue["sealedAttach"]>): Signed {
    const pieces = chunks.map((chunk) => (typeof chunk === "number" ? this.#files[chunk]!.file : chunk));
    return signedOf({ submission: this.submission, parts: this.parts, format, signature }, pieces);
  }
}

/** The certificates of a signer, PEM or DER, and what the first says of its holder. */
export function chainOf(files: readonly (string | Uint8Array)[], lang: Language): { certificate: CertificateInfo; chain: Uint8Array[] } {
  const read = engine.call(lang, (glue) => glue.chainRead(files.map((file) => bytesOf(file).slice()), lang));
  return read as { certificate: CertificateInfo; chain: Uint8Array[] };
}
