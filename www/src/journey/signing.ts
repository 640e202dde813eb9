// The signing module. It is fetched while the citizen fills in, so that attaching and signing need no network.

import { portal } from "../portal/portal.js";
import { fetchEarly } from "../portal/samples.js";

export type Signing = typeof import("hoso/sign");

let loading: Promise<Signing> | null = null;

/** The module, loaded once. A failure is forgotten, so that the next call tries again. */
export function signing(): Promise<Signing> {
  loading ??= load().catch((error: unknown) => {
    loading = null;
    throw error;
  });
  return loading;
}

async function load(): Promise<Signing> {
  const module = await import("hoso/sign");
  await module.init();
  return module;
}

/** Fetches all that signing and verifying will need, when the browser has nothing else to do. */
export function fetchAhead(): void {
  const later: (work: () => void) => void =
    typeof requestIdleCallback === "function"
      ? (work) => void requestIdleCallback(work, { timeout: 5_000 })
      : (work) => void setTimeout(work, 1_000);
  later(() => {
    signing().catch(() => undefined);
    // The worker starts only when a key is opened; its script has to be in the cache by then.
    fetch(new URL("key-worker.js", import.meta.url))
      .then((response) => response.arrayBuffer())
      .catch(() => undefined);
    for (const address of [portal.key.file, portal.key.password, portal.trust.root]) fetchEarly(address).catch(() => undefined);
  });
}
