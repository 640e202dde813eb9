import { forgotten } from "../engine.js";
import { failure } from "../failure.js";
import type { Algorithm, CertificateInfo, Key, Language } from "../types.js";
import { type Holder, inModule } from "./key-holder.js";
import { keyModule } from "./key-module.js";
import { inWorker } from "./key-worker-holder.js";
import { keyWorker } from "#key-worker";

export interface KeyOptions {
  lang?: Language;
}

/** Where keys come from. */
export const keys = {
  /**
   * Opens a key file. In a page the key lives in a worker, which ends with the first signature or `dispose`; where no
   * worker can be started, and in Node, it lives in a module instance of its own, whose memory is overwritten then.
   *
   * @throws HosoError `key.…` with a sentence for the citizen: another password, a file of another kind …
   */
  async fromPkcs12(file: Uint8Array | ArrayBuffer | Blob, password: string, options: KeyOptions = {}): Promise<Key> {
    const lang = options.lang ?? "vi";
    const module = await keyModule(undefined, lang);
    const bytes = new Uint8Array(file instanceof Blob ? await file.arrayBuffer() : file);
    const worker = keyWorker();
    const question = { type: "open", module, file: bytes, password, lang } as const;
    return keyOf((worker && (await inWorker(worker, question))) ?? (await inModule(question)), lang);
  },
};

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
