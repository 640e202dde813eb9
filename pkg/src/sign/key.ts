import { forgotten } from "../engine.js";
import { failure } from "../failure.js";
import type { Algorithm, CertificateInfo, Key, Language } from "../types.js";
import { type Holder, inModule } from "./key-holder.js";
import { keyModule } from "./key-module.js";
import type { KeySource } from "./key-source.js";
import { inWorker } from "./key-worker-holder.js";
import { keyWorker } from "#key-worker";

export interface KeyOptions {
  lang?: Language;
}

export interface Pkcs12Options extends KeyOptions {
  /** Which key, where the file has several: its friendly name. */
  alias?: string;
  /** Which key, by its certificate: the certificate's SHA-256, 64 hexadecimal digits. It goes before a name. */
  certificate?: string;
}

export interface PemOptions extends KeyOptions {
  /** The password, where the key is encrypted. */
  password?: string;
}

/** A file, or a text as PEM is. */
export type KeyFile = Uint8Array | ArrayBuffer | Blob | string;

/** Where keys come from. */
export const keys = {
  /**
   * Opens a PKCS#12 file, new or old. In a page the key lives in a worker, which ends with the first signature or `dispose`; where no
   * worker can be started, and in Node, it lives in a module instance of its own, whose memory is overwritten then.
   *
   * @throws HosoError `key.…` with a sentence for the citizen: another password, a file of another kind … `key.several-keys` and
   * `key.not-found` name the keys in `params`: `keys` their names, with `; ` between them, `certificates` the digests of their certificates,
   * with a space between them, in the same order.
   */
  async fromPkcs12(file: Uint8Array | ArrayBuffer | Blob, password: string, options: Pkcs12Options = {}): Promise<Key> {
    const { alias, certificate, lang = "vi" } = options;
    return open({ file: await bytesOf(file), password, alias, certificate }, lang);
  },

  /**
   * Opens a key by itself: PKCS#8, SEC 1 or PKCS#1, in PEM or DER, plain or encrypted as PKCS#8 is. The certificates are in PEM or DER, in any
   * order: the one of the key, and those above it. The key lives where one of `fromPkcs12` does.
   *
   * @throws HosoError `key.…` or `certificate.…` with a sentence for the citizen.
   */
  async fromPem(key: KeyFile, certificates: KeyFile | readonly KeyFile[], options: PemOptions = {}): Promise<Key> {
    const { password = "", lang = "vi" } = options;
    const files = Array.isArray(certificates) ? (certificates as readonly KeyFile[]) : [certificates as KeyFile];
    return open({ file: await bytesOf(key), password, certificates: await Promise.all(files.map(bytesOf)) }, lang);
  },
};

async function open(source: KeySource, lang: Language): Promise<Key> {
  const module = await keyModule(undefined, lang);
  const worker = keyWorker();
  const question = { type: "open", module, source, lang } as const;
  return keyOf((worker && (await inWorker(worker, question))) ?? (await inModule(question)), lang);
}

async function bytesOf(file: KeyFile): Promise<Uint8Array> {
  if (typeof file === "string") return new TextEncoder().encode(file);
  return new Uint8Array(file instanceof Blob ? await file.arrayBuffer() : file);
}

/** A key that signs once. */
function keyOf(holder: Holder, lang: Language): Key {
  const { certificate, chain, algorithms } = holder.opened;
  let state: "ready" | "signing" | "ended" = "ready";
  const dispose = () => {
    if (state === "ended") return;
    state = "ended";
    holder.end();
  };
  const sign = async (message: Uint8Array, algorithm: Algorithm) => {
    if (state !== "ready") throw failure(state === "signing" ? "sign.pending" : "key.used", {}, lang);
    state = "signing";
    try {
      const signature = await holder.sign(message, algorithm, lang);
      dispose();
      return signature;
    } catch (error) {
      if ((state as string) === "ended") throw failure("key.used", {}, lang, { cause: error });
      state = "ready";
      throw error;
    }
  };
  const key: Key = { certificate: certificate as CertificateInfo, chain, algorithms: algorithms as Algorithm[], sign, dispose };
  forgotten.register(key, dispose);
  return key;
}
