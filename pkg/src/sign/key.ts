import { Fleeting, Lost } from "../engine.js";
import { HosoError, failure } from "../error.js";
import type { Algorithm, CertificateInfo, Key, Language } from "../types.js";
import { type SignGlue, engine } from "./engine.js";
import type { Answer, Opened, Question } from "./key-worker.js";
import { keyWorker } from "#key-worker";

export interface KeyOptions {
  lang?: Language;
}

/** Where keys come from. */
export const keys = {
  /**
   * Opens a key file. In a page the key lives in a worker, which ends with the first signature or `dispose`; where no
   * worker can be started, and in Node, it lives in the module's own memory and is wiped from there.
   *
   * @throws HosoError `key.…` with a sentence for the citizen: another password, a file of another kind …
   */
  async fromPkcs12(file: Uint8Array | ArrayBuffer | Blob, password: string, options: KeyOptions = {}): Promise<Key> {
    const lang = options.lang ?? "vi";
    const module = await engine.init(undefined, lang);
    const bytes = file instanceof Blob ? new Uint8Array(await file.arrayBuffer()) : file instanceof Uint8Array ? file.slice() : new Uint8Array(file.slice(0));
    const worker = keyWorker();
    const opened = worker ? await inWorker(worker, module, bytes, password, lang) : undefined;
    return opened ?? here(bytes, password, lang);
  },
};

/** The key in a worker; nothing where the worker does not start. */
async function inWorker(worker: Worker, module: WebAssembly.Module, file: Uint8Array, password: string, lang: Language): Promise<Key | undefined> {
  const ask = (question: Question) => answer(worker, question, lang);
  const opened = await ask({ type: "open", module, file, password, lang }).catch((error: unknown) => {
    worker.terminate();
    if (error instanceof HosoError) throw error;
    return undefined;
  });
  if (opened?.type !== "opened") return undefined;
  let ended = false;
  const end = () => {
    ended = true;
    worker.terminate();
  };
  return keyOf(opened.key, end, async (message, algorithm) => {
    if (ended) throw failure("key.used", {}, lang);
    const signed = await ask({ type: "sign", message, algorithm, lang });
    end();
    return signed.type === "signed" ? signed.signature : new Uint8Array();
  });
}

/** One answer to one question. A worker that fails to start answers with an `error` event. */
function answer(worker: Worker, question: Question, lang: Language): Promise<Answer> {
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<Answer>) => {
      if (data.type === "failed") reject(new HosoError(data.errors));
      else if (data.type === "trapped") reject(failure("internal.panic", {}, lang));
      else resolve(data);
    };
    worker.onerror = (event) => {
      event.preventDefault();
      reject(new Error("the worker did not start"));
    };
    worker.onmessageerror = () => reject(new Error("the worker did not understand"));
    worker.postMessage(question);
  });
}

/** The key in the module's own memory. */
function here(file: Uint8Array, password: string, lang: Language): Key {
  let opened: Opened | undefined;
  const open = (glue: SignGlue) => {
    const { id, ...key } = glue.keyOpen(file, password, lang);
    opened = key;
    return id;
  };
  const held = new Fleeting(engine, lang, open, (glue, id) => glue.keyRelease(id));
  let ended = false;
  const end = () => {
    ended = true;
    held.release();
  };
  return keyOf(opened!, end, async (message, algorithm) => {
    if (ended) throw failure("key.used", {}, lang);
    try {
      const signature = held.use(lang, (glue, id) => glue.keySign(id, message, algorithm, lang));
      end();
      return signature;
    } catch (error) {
      throw error instanceof Lost ? failure("key.used", {}, lang) : error;
    }
  });
}

function keyOf(opened: Opened, dispose: () => void, sign: (message: Uint8Array, algorithm: Algorithm) => Promise<Uint8Array>): Key {
  const { certificate, chain, algorithms } = opened;
  return { certificate: certificate as CertificateInfo, chain, algorithms: algorithms as Algorithm[], sign, dispose };
}
