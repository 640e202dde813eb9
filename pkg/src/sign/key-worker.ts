// The worker that holds a key: it opens one file, signs or gives the key to WebCrypto, and is ended by the page.

import * as glue from "#key-glue";
import type { Language, Reason } from "../types.js";
import { type KeySource, exportIn, openIn } from "./key-source.js";
import { imported } from "./web-crypto.js";

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

let key = 0;

async function answer(question: Question): Promise<Answer> {
  if (question.type === "sign") {
    return { type: "signed", signature: glue.keySign(key, question.message, question.algorithm, question.lang) };
  }
  await glue.default({ module_or_path: question.module });
  if (question.type === "import") {
    const { pkcs8, algorithms, certificate, chain } = exportIn(glue, question.source, question.lang);
    return { type: "imported", key: { key: await imported(pkcs8, algorithms, question.algorithm), certificate, chain } };
  }
  const { id, ...opened } = openIn(glue, question.source, question.lang);
  key = id;
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
