// A timestamp for a signature (RFC 3161), from the authority that the portal names. Only a digest of the signature is sent.

import { HosoError, type Signed } from "hoso";
import { portal } from "../portal/portal.js";

/** Milliseconds that somebody who has just signed is made to wait. */
export const PATIENCE = 10_000;

/** Asks through the portal's back end, since the page's policy lets it ask nobody else. */
export async function timestamp(question: Uint8Array, { signal }: { readonly signal: AbortSignal }): Promise<ArrayBuffer> {
  const response = await fetch(portal.timestamps ?? "", {
    method: "POST",
    headers: { "content-type": "application/timestamp-query" },
    body: question as Uint8Array<ArrayBuffer>,
    signal,
  });
  if (!response.ok) throw new Error(`${portal.timestamps}: ${response.status}`);
  return response.arrayBuffer();
}

/** What was signed, where only its timestamp did not come. */
export const signedIn = (error: unknown): Signed | null => (error instanceof HosoError ? (error.signed ?? null) : null);
