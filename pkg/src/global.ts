// For pages without modules and without a bundler: one classic script that gives `globalThis.hoso`.

import * as core from "./index.js";
import { beside } from "./place/core.classic.js";

const hoso = {
  ...core,
  /** The entry `hoso/tools`, loaded when it is asked for. */
  tools: () => import(beside("tools.js").href) as Promise<typeof import("./tools/index.js")>,
  /** The second entry, `hoso/sign`, loaded when it is asked for. */
  sign: () => import(beside("sign.js").href) as Promise<typeof import("./sign/index.js")>,
};

Object.assign(globalThis, { hoso });
