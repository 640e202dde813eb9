// The worker that looks through files, several at a time: of each it says how far it is, and then what it found.

import * as glue from "#sign-glue";
import type { Language, Reason } from "../types.js";
import { type Measuring, Unreadable, look } from "./file-reading.js";

export type Question =
  | { readonly type: "start"; readonly module: WebAssembly.Module }
  | { readonly type: "measure"; readonly id: number; readonly file: Blob; readonly field: string; readonly name: string; readonly lang: Language }
  | { readonly type: "leave"; readonly id: number };

export type Answer =
  | { readonly type: "progress"; readonly id: number; readonly done: number }
  | { readonly type: "measured"; readonly id: number; readonly found: unknown }
  | { readonly type: "unreadable"; readonly id: number; readonly cause: unknown }
  | { readonly type: "failed"; readonly id: number; readonly errors: readonly Reason[] }
  /** The worker is of no use any more. */
  | { readonly type: "trapped" };

type Asked = Extract<Question, { type: "measure" }>;

let started: Promise<unknown> | undefined;
/** What is being looked through. */
const wanted = new Set<number>();

async function measure({ id, file, field, name, lang }: Asked): Promise<Answer | undefined> {
  let measure: number | undefined;
  const open = (digests: boolean): Measuring => {
    const mine = (measure = glue.measureOpen(digests));
    return { push: (piece) => glue.measurePush(mine, piece), finish: (digest) => glue.measureFinish(mine, field, name, digest, lang) };
  };
  const check = () => {
    if (!wanted.has(id)) throw new Left();
  };
  wanted.add(id);
  try {
    await started;
    const progress = (done: number) => tell({ type: "progress", id, done });
    return { type: "measured", id, found: await look(file, { open, check, progress, pause: async () => {} }) };
  } catch (error) {
    if (error instanceof Left) return undefined;
    if (error instanceof Unreadable) return { type: "unreadable", id, cause: error.cause };
    const errors = (error as { errors?: readonly Reason[] } | null)?.errors;
    return errors ? { type: "failed", id, errors } : { type: "trapped" };
  } finally {
    wanted.delete(id);
    if (measure !== undefined) glue.measureRelease(measure);
  }
}

/** Nobody waits any more. */
class Left extends Error {}

function tell(answer: Answer): void {
  postMessage(answer);
}

if (typeof document === "undefined" && typeof postMessage === "function") {
  addEventListener("message", ({ data }: MessageEvent<Question>) => {
    if (data.type === "start") started = glue.default({ module_or_path: data.module });
    else if (data.type === "leave") wanted.delete(data.id);
    else measure(data).then((answer) => answer && tell(answer));
  });
  // A module cannot be read here where the policy of this script's own answer blocks WebAssembly.
  addEventListener("messageerror", () => tell({ type: "trapped" }));
}
