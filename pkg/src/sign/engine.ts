import * as glue from "#sign-glue";
import { place } from "#sign-place";
import { core } from "../core.js";
import { Engine } from "../engine.js";
import type { Language } from "../types.js";

/** The module `sign`: files, signatures, packages. */
const calls = {
  start: (module: WebAssembly.Module) => glue.default({ module_or_path: module }),
  restart: glue.__wbg_reset_state,
  renew: glue.renew,
  memory: glue.memory,
  chainRead: glue.chainRead,
  fileVerify: glue.fileVerify,
  intakeInspect: glue.intakeInspect,
  intakeOpen: glue.intakeOpen,
  intakePush: glue.intakePush,
  intakeRelease: glue.intakeRelease,
  intakeVerify: glue.intakeVerify,
  measureFinish: glue.measureFinish,
  measureOpen: glue.measureOpen,
  measurePush: glue.measurePush,
  measureRelease: glue.measureRelease,
  packageAttach: glue.packageAttach,
  packageDescribe: glue.packageDescribe,
  packageLast: glue.packageLast,
  packageOpen: glue.packageOpen,
  packageQuestion: glue.packageQuestion,
  packageRelease: glue.packageRelease,
  packageStamp: glue.packageStamp,
  packageToBeSigned: glue.packageToBeSigned,
  packageVerdicts: glue.packageVerdicts,
  packageWrite: glue.packageWrite,
  sealedAttach: glue.sealedAttach,
  sealedDescribe: glue.sealedDescribe,
  sealedDocument: glue.sealedDocument,
  sealedOpen: glue.sealedOpen,
  sealedRelease: glue.sealedRelease,
  sealedToBeSigned: glue.sealedToBeSigned,
};

export type SignGlue = typeof calls;

export const engine = new Engine<SignGlue>(calls, place, 'init() of "hoso/sign"');

/** Loads what dossiers need: their documents are composed and judged by `core`. */
export async function both(lang: Language): Promise<void> {
  await Promise.all([engine.init(undefined, lang), core.init(undefined, lang)]);
}
