import { HosoError } from "../error.js";
import { failure } from "../failure.js";
import type { Language, Signed, StampOptions } from "../types.js";
import { Late, answered, within } from "./wait.js";

const TIMEOUT = 30_000;
/** Bytes that no two questions to an authority share. */
const NONCE = 16;

export const newNonce = (): Uint8Array => crypto.getRandomValues(new Uint8Array(NONCE));

/** What an authority answers to a question. */
export async function askAuthority(question: Uint8Array, options: StampOptions, lang: Language): Promise<Uint8Array> {
  const { timestamp, timestampTimeout = TIMEOUT, signal } = options;
  const reply = answered(await within(timestampTimeout, [signal], (signal) => timestamp!(question, { signal })));
  if (reply === undefined) throw failure("timestamp.bad-answer", {}, lang);
  return reply;
}

/** Why there is no timestamp; with what was signed without one. */
export function unstamped(error: unknown, { timestampTimeout = TIMEOUT }: StampOptions, lang: Language, signed?: Signed): HosoError {
  const more = { cause: error, ...(signed && { signed }) };
  if (error instanceof HosoError) return new HosoError(error.errors, more);
  if (error instanceof Late) return failure("timestamp.no-answer", { seconds: timestampTimeout / 1000 }, lang, more);
  return failure("timestamp.failed", {}, lang, more);
}
