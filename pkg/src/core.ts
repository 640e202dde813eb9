import * as glue from "#core-glue";
import { place } from "#core-place";
import { Engine } from "./engine.js";

/** The module `core`: schemas and reports. */
const calls = {
  start: (module: WebAssembly.Module) => glue.default({ module_or_path: module }),
  restart: glue.__wbg_reset_state,
  renew: glue.renew,
  memory: glue.memory,
  compile: glue.compile,
  describe: glue.describe,
  isValid: glue.isValid,
  release: glue.release,
  validate: glue.validate,
  version: glue.version,
};

export type CoreGlue = typeof calls;

export const core = new Engine<CoreGlue>(calls, place, "init()");
