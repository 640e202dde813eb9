import { stopIfAborted } from "../abort.js";

/** Nobody answered in time. */
export class Late extends Error {}

/** What a timer can count. */
const LONGEST = 2_147_483_647;

/** Waits for an answer from outside, until the time is over or a signal says so; whoever answers is told by a signal of their own. */
export async function within<R>(milliseconds: number, signals: readonly (AbortSignal | undefined)[], ask: (signal: AbortSignal) => Promise<R>): Promise<R> {
  signals.forEach(stopIfAborted);
  const stop = new AbortController();
  let leave = () => {};
  let timer: ReturnType<typeof setTimeout> | undefined;
  const end = new Promise<never>((_, reject) => {
    const because = (reason: unknown) => {
      reject(reason);
      stop.abort(reason);
    };
    leave = () => because((signals.find((signal) => signal?.aborted)?.reason as unknown) ?? new DOMException("The work was ended early", "AbortError"));
    for (const signal of signals) signal?.addEventListener("abort", leave);
    // A timer that is never needed would keep Node from ending.
    if (milliseconds <= LONGEST) timer = setTimeout(() => because(new Late("no answer in time")), milliseconds);
  });
  try {
    return await Promise.race([Promise.resolve().then(() => ask(stop.signal)), end]);
  } finally {
    clearTimeout(timer);
    for (const signal of signals) signal?.removeEventListener("abort", leave);
  }
}

/** What an answer from outside holds; nothing where it is no bytes, or none at all. */
export function answered(given: unknown): Uint8Array | undefined {
  const bytes = given instanceof ArrayBuffer ? new Uint8Array(given) : given;
  return bytes instanceof Uint8Array && bytes.length > 0 ? bytes : undefined;
}
