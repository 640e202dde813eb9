// The modules that seal, verify and sign. They are fetched while the citizen fills in, so that attaching and signing need no network.

// The script comes with the page: Firefox never asks again for a script that failed once, so only the modules are fetched late.
import * as signer from "hoso/sign";
import { HosoError } from "hoso";
import { arriving } from "../portal/arriving.js";
import { portal } from "../portal/portal.js";
import { fetchEarly } from "../portal/samples.js";
import { t } from "../words/index.js";

export type Signing = typeof signer;

let loading: Promise<Signing> | null = null;
let isLoaded = false;

/** Whether nothing has to be fetched any more. */
export const isSigningLoaded = (): boolean => isLoaded;

/** The modules, loaded once. A failure is forgotten, so that the next call tries again. */
export function signing(): Promise<Signing> {
  loading ??= load().catch((error: unknown) => {
    loading = null;
    throw error;
  });
  return loading;
}

async function load(): Promise<Signing> {
  const [sign, key] = await Promise.all(["sign.wasm", "key.wasm"].map((name) => arriving(new URL(name, import.meta.url))));
  await signer.init({ sign: sign!, key: key! });
  isLoaded = true;
  return signer;
}

/** Whether the page is at fault or its network, and not what the citizen gave. */
export function isOfPage(error: unknown): boolean {
  return !(error instanceof HosoError) || error.code.startsWith("init.");
}

/** What the citizen is told of an error. hoso's sentences about its own files are for those who build the page. */
export function sentence(error: unknown): string {
  return error instanceof HosoError && !isOfPage(error) ? error.message : t("sign.not-loaded");
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
