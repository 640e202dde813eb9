import * as glue from "#sign-glue";
import { place } from "#sign-place";
import { Engine } from "../engine.js";

/** The module `sign`: files, sealing, packages. */
const calls = {
  start: (module: WebAssembly.Module) => glue.default({ module_or_path: module }),
  restart: glue.__wbg_reset_state,
  renew: glue.renew,
  memory: glue.memory,
  attach: glue.attach,
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
  seal: glue.seal,
  sealedAttach: glue.sealedAttach,
  sealedDescribe: glue.sealedDescribe,
  sealedDocument: glue.sealedDocument,
  sealedRelease: glue.sealedRelease,
  sealedToBeSigned: glue.sealedToBeSigned,
};

export type SignGlue = typeof calls;

export const engine = new Engine<SignGlue>(calls, place, 'init() of "hoso/sign"');
