import { forgotten } from "../engine.js";
import { HosoError } from "../error.js";
import { failure } from "../failure.js";
import type { Algorithm, CertificateInfo, GeneratedKey, ImportedKey, Key, Language, OutsideSigner, WebCryptoKey } from "../types.js";
import { chainOf } from "./dossier.js";
import { engine } from "./engine.js";
import { type Holder, importInModule, inModule } from "./key-holder.js";
import { keyModule } from "./key-module.js";
import type { KeySource } from "./key-source.js";
import { importInWorker, inWorker } from "./key-worker-holder.js";
import { Late, answered, within } from "./wait.js";
import { algorithmOf, named, signedBy } from "./web-crypto.js";
import { keyWorker } from "#workers";

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

export interface ImportOptions extends Pkcs12Options {
  /** What WebCrypto is to sign with; the usual one of the key where nothing is said. */
  algorithm?: Algorithm;
}

export interface GenerateOptions extends KeyOptions {
  algorithm: Algorithm;
}

/** A file, or a text as PEM is. */
export type KeyFile = Uint8Array | ArrayBuffer | Blob | string;

/** Where keys come from. */
export const keys = {
  /**
   * Opens a PKCS#12 file, new or old. In a page the key lives in a worker, which ends with the first signature or `dispose`, and is a key of WebCrypto there
   * that cannot be extracted. Where no worker can be started, and in Node, it is opened in a module instance of its own, whose memory is overwritten; where there
   * is no WebCrypto it stays there until it has signed.
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
   * order: the one of the key, and those above it. The key lives where one of `fromPkcs12` does, but never in WebCrypto.
   *
   * @throws HosoError `key.…` or `certificate.…` with a sentence for the citizen.
   */
  async fromPem(key: KeyFile, certificates: KeyFile | readonly KeyFile[], options: PemOptions = {}): Promise<Key> {
    const { password = "", lang = "vi" } = options;
    const files = Array.isArray(certificates) ? (certificates as readonly KeyFile[]) : [certificates as KeyFile];
    return open({ file: await bytesOf(key), password, certificates: await Promise.all(files.map(bytesOf)) }, lang);
  },

  /**
   * Opens a PKCS#12 file once and gives its key to WebCrypto, which signs with it from then on (`fromCryptoKey`) and never gives it out. The file is
   * opened where one of `fromPkcs12` is; what it leaves in memory goes.
   *
   * @throws HosoError `key.…`, as `fromPkcs12`; `key.no-webcrypto` or `key.not-importable` where WebCrypto cannot keep it.
   */
  async importPkcs12(file: Uint8Array | ArrayBuffer | Blob, password: string, options: ImportOptions = {}): Promise<ImportedKey> {
    const { alias, certificate, algorithm, lang = "vi" } = options;
    webCrypto(lang);
    const source = { file: await bytesOf(file), password, alias, certificate };
    const question = { type: "import", module: await keyModule(undefined, lang), source, algorithm, lang } as const;
    const worker = keyWorker();
    const { key, ...told } = (worker && (await importInWorker(worker, question))) ?? (await importInModule(question));
    if (key === undefined) throw failure("key.not-importable", {}, lang);
    return { key, certificate: told.certificate as CertificateInfo, chain: told.chain };
  },

  /**
   * Makes a key in WebCrypto. Its private half never comes out; a certificate is asked for with its public half.
   *
   * @throws HosoError `key.no-webcrypto`, or `key.not-usable` where WebCrypto knows no such algorithm.
   */
  async generate({ algorithm, lang = "vi" }: GenerateOptions): Promise<GeneratedKey> {
    const { subtle } = webCrypto(lang);
    const params = named(algorithm)?.key;
    if (params === undefined) throw failure("key.not-usable", {}, lang);
    const rsa = { modulusLength: RSA_BITS, publicExponent: new Uint8Array([1, 0, 1]) };
    const making = subtle.generateKey({ ...("namedCurve" in params ? {} : rsa), ...params } as RsaHashedKeyGenParams, false, ["sign", "verify"]);
    const key = await making.catch((cause: unknown) => {
      throw failure("key.not-usable", {}, lang, { cause });
    });
    return { key, publicKey: new Uint8Array(await subtle.exportKey("spki", key.publicKey)) };
  },

  /**
   * A key of WebCrypto: one that `generate` made or `importPkcs12` gave it, or any other with ECDSA, RSA-PSS or RSASSA-PKCS1-v1_5. It signs as
   * often as it is asked. Certificates are in PEM or DER, the signer's first.
   *
   * @throws HosoError `key.not-usable` when it does not sign with an algorithm of hoso's; `certificate.…`.
   */
  async fromCryptoKey(key: WebCryptoKey, chain: readonly (string | Uint8Array)[], options: KeyOptions = {}): Promise<Key> {
    const { lang = "vi" } = options;
    webCrypto(lang);
    const algorithm = algorithmOf(key as CryptoKey);
    if (algorithm === undefined) throw failure("key.not-usable", {}, lang);
    const kept = new Map([[algorithm, key as CryptoKey]]);
    const sign = (message: Uint8Array, algorithm: Algorithm) => signedBy(kept, message, algorithm, lang);
    return lastingKey(chain, [algorithm], sign, lang);
  },

  /**
   * A key that is elsewhere: on a token behind an agent, or at a signing service. Nothing comes of an answer that is late, or no signature of the key; what is ended early rejects with
   * the signal's reason.
   *
   * @throws HosoError `certificate.…`; when it signs `key.no-answer`, `key.failed`, `key.bad-answer`, `signature.rejected`.
   */
  async outside({ chain, algorithms, signs, sign, timeout = ANSWER_TIMEOUT, signal: forAll, lang = "vi" }: OutsideSigner): Promise<Key> {
    const asked = async (message: Uint8Array, algorithm: Algorithm, forOne: AbortSignal | undefined) => {
      const bytes = signs === "message" ? message : await digested(message, algorithm, signs === "digestInfo", lang);
      try {
        const signature = answered(await within(timeout, [forAll, forOne], (signal) => sign(bytes, { algorithm, signal })));
        if (signature === undefined) throw failure("key.bad-answer", {}, lang);
        return signature;
      } catch (error) {
        if (error instanceof Late) throw failure("key.no-answer", { seconds: timeout / 1000 }, lang, { cause: error });
        throw error instanceof HosoError || forAll?.aborted || forOne?.aborted ? error : failure("key.failed", {}, lang, { cause: error });
      }
    };
    return lastingKey(chain, algorithms, asked, lang);
  },
};

type Signing = (message: Uint8Array, algorithm: Algorithm, signal: AbortSignal | undefined) => Promise<Uint8Array>;

/** A key that signs until it is disposed of. */
async function lastingKey(files: readonly (string | Uint8Array)[], algorithms: readonly Algorithm[], signing: Signing, lang: Language): Promise<Key> {
  await engine.init(undefined, lang);
  let ended = false;
  const sign: Key["sign"] = async (message, algorithm, { signal } = {}) => {
    if (ended) throw failure("key.used", {}, lang);
    if (!algorithms.includes(algorithm)) throw failure("key.algorithm", { algorithm, usable: algorithms.join(", ") }, lang);
    return signing(message, algorithm, signal);
  };
  return { ...chainOf(files, lang), algorithms: [...algorithms], sign, dispose: () => void (ended = true) };
}

/** The digest of a message, or DigestInfo (RFC 8017 9.2). */
async function digested(message: Uint8Array, algorithm: Algorithm, info: boolean, lang: Language): Promise<Uint8Array> {
  const long = algorithm.endsWith("384");
  const digest = await webCrypto(lang).subtle.digest(long ? "SHA-384" : "SHA-256", message as Uint8Array<ArrayBuffer>);
  return new Uint8Array([...(info ? DIGEST_INFO(long) : []), ...new Uint8Array(digest)]);
}

/** RFC 8017 9.2, note 1: what stands before the digest. */
const DIGEST_INFO = (long: boolean) => [0x30, long ? 0x41 : 0x31, 0x30, 0x0d, 6, 9, 0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, long ? 2 : 1, 5, 0, 4, long ? 48 : 32];

const ANSWER_TIMEOUT = 120_000;
/** As strong as 128 bits are (NIST SP 800-57 part 1 revision 5, table 2). */
const RSA_BITS = 3072;

/** WebCrypto; pages that do not come over HTTPS have none. */
function webCrypto(lang: Language): Crypto {
  const { crypto } = globalThis as { crypto?: Crypto };
  if (crypto?.subtle === undefined) throw failure("key.no-webcrypto", {}, lang);
  return crypto;
}

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
