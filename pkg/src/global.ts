// For pages without modules and without a bundler: one classic script that gives `globalThis.hoso`.

import { core as engine } from "./core.js";
import * as core from "./index.js";
import { beside } from "./place/core.classic.js";
import type { Language } from "./types.js";

const hoso = {
  ...core,
  /** The entry `hoso/tools`, loaded when it is asked for. */
  tools: () => import(beside("tools.js").href) as Promise<typeof import("./tools/index.js")>,
  /** The second entry, `hoso/sign`, loaded when it is asked for. */
  sign: async (lang: Language = "vi") => {
    const entry = (await import(beside("sign.js").href)) as typeof import("./sign/index.js");
    // The entry is a script of its own, which would load the core once more.
    await entry.init({ core: await engine.init(undefined, lang), lang });
    return entry;
  },
};

Object.assign(globalThis, { hoso });
