import type { Language } from "../types.js";
import type { Answer, Question } from "./file-worker.js";
import { fileWorker } from "#workers";

/** What came of a file in the worker. */
export type Outcome = Extract<Answer, { type: "measured" | "unreadable" | "failed" }>;

interface Waiting {
  answer(outcome: Outcome | undefined): void;
  progress(done: number): void;
}

/** A worker that has nothing to do ends after so many milliseconds. */
const IDLE = 5_000;

let present: { readonly worker: Worker; readonly waiting: Map<number, Waiting>; idle?: ReturnType<typeof setTimeout> } | undefined;
/** No worker starts in this page. */
let none = false;
let last = 0;

export interface Asked {
  readonly module: WebAssembly.Module;
  readonly file: Blob;
  readonly field: string;
  readonly name: string;
  readonly lang: Language;
  readonly signal: AbortSignal | undefined;
  progress(done: number): void;
}

/** Has a file looked through in the worker; nothing where there is none. The worker hears when nobody waits any more. */
export function inFileWorker({ module, signal, progress, ...asked }: Asked): Promise<Outcome | undefined> {
  const held = none ? undefined : (present ??= started(module));
  if (held === undefined) return Promise.resolve(undefined);
  clearTimeout(held.idle);
  const id = (last += 1);
  return new Promise((resolve, reject) => {
    const done = () => {
      signal?.removeEventListener("abort", leave);
      held.waiting.delete(id);
      if (held.waiting.size === 0) held.idle = setTimeout(() => end(held), IDLE);
    };
    const stop = (reason: unknown) => {
      done();
      // Ended, it holds nothing of the file.
      if (held.waiting.size === 0) end(held);
      else held.worker.postMessage({ type: "leave", id } satisfies Question);
      reject(reason);
    };
    const leave = () => stop((signal?.reason as unknown) ?? new DOMException("The work was ended early", "AbortError"));
    const told = (bytes: number) => {
      try {
        progress(bytes);
      } catch (error) {
        stop(error);
      }
    };
    signal?.addEventListener("abort", leave);
    held.waiting.set(id, { progress: told, answer: (outcome) => (done(), resolve(outcome)) });
    held.worker.postMessage({ type: "measure", id, ...asked } satisfies Question);
  });
}

type Held = NonNullable<typeof present>;

function started(module: WebAssembly.Module): Held | undefined {
  const worker = fileWorker();
  none = worker === undefined;
  if (worker === undefined) return undefined;
  const held: Held = { worker, waiting: new Map() };
  worker.onmessage = ({ data }: MessageEvent<Answer>) => {
    if (data.type === "trapped") fail(held);
    else if (data.type === "progress") held.waiting.get(data.id)?.progress(data.done);
    else held.waiting.get(data.id)?.answer(data);
  };
  // A script that is not there, or that a policy blocks, shows as an event alone.
  worker.onerror = (event) => {
    event.preventDefault();
    fail(held);
  };
  worker.postMessage({ type: "start", module } satisfies Question);
  return held;
}

/** It is of no use: whoever waits has the work done elsewhere. */
function fail(held: Held): void {
  none = true;
  for (const { answer } of [...held.waiting.values()]) answer(undefined);
  end(held);
}

function end(held: Held): void {
  clearTimeout(held.idle);
  held.worker.terminate();
  if (present === held) present = undefined;
}
