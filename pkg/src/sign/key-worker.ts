// The worker that holds a key: it opens one file, signs or gives the key to WebCrypto, and is ended by the page.

import * as glue from "#key-glue";
import type { Language, Reason } from "../types.js";
import { type KeySource, exportIn, importedFor, keptByWebCrypto, openIn } from "./key-source.js";
import { signedBy } from "./web-crypto.js";

export type Question =
  | { readonly type: "open"; readonly module: WebAssembly.Module; readonly source: KeySource; readonly lang: Language }
  | Import
  | { readonly type: "sign"; readonly message: Uint8Array; readonly algorithm: string; readonly lang: Language };

export interface Import {
  readonly type: "import";
  readonly module: WebAssembly.Module;
  readonly source: KeySource;
  readonly algorithm: string | undefined;
  readonly lang: Language;
}

/** A key that WebCrypto keeps, where it took it. */
export interface Imported {
  readonly key: CryptoKey | undefined;
  readonly certificate: unknown;
  readonly chain: Uint8Array[];
}

export interface Opened {
  readonly certificate: unknown;
  readonly chain: Uint8Array[];
  readonly algorithms: string[];
}

export type Answer =
  | { readonly type: "opened"; readonly key: Opened }
  | { readonly type: "imported"; readonly key: Imported }
  | { readonly type: "signed"; readonly signature: Uint8Array }
  | { readonly type: "failed"; readonly errors: readonly Reason[] }
  | { readonly type: "trapped" };

let sign: (message: Uint8Array, algorithm: string, lang: Language) => Promise<Uint8Array>;

async function answer(question: Question): Promise<Answer> {
  if (question.type === "sign") {
    return { type: "signed", signature: await sign(question.message, question.algorithm, question.lang) };
  }
  const { module, source, lang } = question;
  await glue.default({ module_or_path: module });
  return question.type === "import" ? { type: "imported", key: await importedFor(question.algorithm, exportIn(glue, source, lang)) } : open(source, lang);
}

async function open(source: KeySource, lang: Language): Promise<Answer> {
  const found = await keptByWebCrypto(() => exportIn(glue, source, lang), source);
  if (found !== undefined) {
    // The instance is of no more use.
    new Uint8Array(glue.memory().buffer).fill(0);
    sign = (message, algorithm, lang) => signedBy(found.kept, message, algorithm, lang);
    return { type: "opened", key: found.opened };
  }
  const { id, ...opened } = openIn(glue, source, lang);
  sign = async (message, algorithm, lang) => glue.keySign(id, message, algorithm, lang);
  return { type: "opened", key: opened };
}

function failed(error: unknown): Answer {
  const errors = (error as { errors?: readonly Reason[] } | null)?.errors;
  return errors ? { type: "failed", errors } : { type: "trapped" };
}

if (typeof document === "undefined" && typeof postMessage === "function") {
  addEventListener("message", ({ data }: MessageEvent<Question>) => {
    answer(data).catch(failed).then((answer) => postMessage(answer));
  });
  // A module cannot be read here where the policy of this script's own answer blocks WebAssembly.
  addEventListener("messageerror", () => postMessage({ type: "trapped" }));
}
