import * as glue from "#key-glue";
import { place } from "#key-place";
import { Engine, Fleeting, Lost } from "../engine.js";
import { failure } from "../failure.js";
import type { Language } from "../types.js";
import { type KeySource, exportIn, importedFor, keptByWebCrypto, openIn } from "./key-source.js";
import type { Import, Imported, Opened, Question } from "./key-worker.js";
import { type Kept, signedBy } from "./web-crypto.js";

/** Whatever holds an opened key. */
export interface Holder {
  readonly opened: Opened;
  sign(message: Uint8Array, algorithm: string, lang: Language): Promise<Uint8Array>;
  /** Forgets the key; a signature under way fails. */
  end(): void;
}

const calls = {
  start: (module: WebAssembly.Module) => glue.default({ module_or_path: module }),
  restart: glue.__wbg_reset_state,
  renew: glue.renew,
  memory: glue.memory,
  keyExport: glue.keyExport,
  keyOpen: glue.keyOpen,
  keyOpenPem: glue.keyOpenPem,
  keyRelease: glue.keyRelease,
  keySign: glue.keySign,
};

/** An instance for keys alone: what a key leaves in its memory is overwritten when the last key ends. */
const engine = new Engine<typeof calls>(calls, place, 'init() of "hoso/sign"');
let held = 0;

/** A key in the page's own process, where there is no worker. */
export async function inModule({ module, source, lang }: Extract<Question, { type: "open" }>): Promise<Holder> {
  await engine.init(module, lang);
  held += 1;
  try {
    const found = await keptByWebCrypto(() => engine.call(lang, (glue) => exportIn(glue, source, lang)), source);
    if (found === undefined) return inMemory(openInModule(source, lang));
    end();
    return inWebCrypto(found);
  } catch (error) {
    end();
    throw error;
  }
}

// Each holder is made where it cannot see the password: what a function can see lives as long as the function.

function inWebCrypto({ opened, kept }: { opened: Opened; kept: Kept }): Holder {
  return { opened, sign: (message, algorithm, lang) => signedBy(kept, message, algorithm, lang), end: () => {} };
}

function openInModule(source: KeySource, lang: Language): { key: Fleeting<typeof calls>; opened: Opened } {
  let opened: Opened | undefined;
  const open = (glue: typeof calls) => {
    const { id, ...key } = openIn(glue, source, lang);
    opened = key;
    return id;
  };
  const key = new Fleeting(engine, lang, open, (glue, id) => glue.keyRelease(id));
  return { key, opened: opened! };
}

function inMemory({ key, opened }: ReturnType<typeof openInModule>): Holder {
  const sign = async (message: Uint8Array, algorithm: string, lang: Language) => {
    try {
      return key.use(lang, (glue, id) => glue.keySign(id, message, algorithm, lang));
    } catch (error) {
      throw error instanceof Lost ? failure("key.used", {}, lang, { cause: error }) : error;
    }
  };
  return { opened, sign, end: () => (key.release(), end()) };
}

/** A key that WebCrypto keeps, from a file that is opened in the page's own process. */
export async function importInModule({ module, source, algorithm, lang }: Import): Promise<Imported> {
  await engine.init(module, lang);
  held += 1;
  try {
    return await importedFor(algorithm, engine.call(lang, (glue) => exportIn(glue, source, lang)));
  } finally {
    end();
  }
}

function end(): void {
  held -= 1;
  if (held === 0) engine.wipe();
}
