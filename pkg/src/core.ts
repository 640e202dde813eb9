import * as glue from "#core-glue";
import { place } from "#core-place";
import { bytesOf, writeInto } from "./bytes.js";
import { Engine } from "./engine.js";

/** The module `core`: schemas, reports, the documents of dossiers. */
const calls = {
  start: (module: WebAssembly.Module) => glue.default({ module_or_path: module }),
  restart: glue.__wbg_reset_state,
  renew: glue.renew,
  memory: glue.memory,
  compile: glue.compile,
  describe: glue.describe,
  dossierAttach: glue.dossierAttach,
  dossierCompose: glue.dossierCompose,
  dossierJudge: glue.dossierJudge,
  formAsk: glue.formAsk,
  formChanges: glue.formChanges,
  formField: glue.formField,
  formInsert: glue.formInsert,
  formMove: glue.formMove,
  formOpen: glue.formOpen,
  formRelease: glue.formRelease,
  formReport: glue.formReport,
  formStep: glue.formStep,
  formText: glue.formText,
  formTouch: glue.formTouch,
  formWrite: glue.formWrite,
  isValid: glue.isValid,
  release: glue.release,
  room: glue.room,
  validate: glue.validate,
  version: glue.version,
};

export type CoreGlue = typeof calls;

export const core = new Engine<CoreGlue>(calls, place, "init()");

/** So many bytes the module has room for, where it reads them without being handed anything: `BYTES` in src/wasm/core.rs. */
const ROOM = 49_152;
let room = new Uint8Array();
let roomOf: WebAssembly.Memory | undefined;

/** Makes a call about a document, which stands in the module's room, so many bytes long, or is handed over. */
export function withDocument<R>(glue: CoreGlue, text: string | Uint8Array, call: (length: number, whole: Uint8Array | undefined) => R): R {
  const length = inRoom(glue, text);
  return length < 0 ? call(0, bytesOf(text)) : call(length, undefined);
}

/** Writes a document into the room: its length in bytes, or -1 where it may not fit or is no Unicode text. */
function inRoom(glue: CoreGlue, text: string | Uint8Array): number {
  if (text.length > ROOM / 3) return -1;
  const memory = glue.memory();
  // A memory that has grown leaves its old views empty.
  if (roomOf !== memory || room.length === 0) {
    const start = glue.room();
    room = new Uint8Array(memory.buffer, start, ROOM);
    roomOf = memory;
  }
  return writeInto(room, text);
}
