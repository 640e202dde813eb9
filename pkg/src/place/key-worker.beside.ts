import type { TrustedScriptURL, WorkerSource } from "../types.js";

interface Policy {
  createScriptURL(url: string): TrustedScriptURL;
}

interface PolicyFactory {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): Policy;
}

let chosen: WorkerSource | undefined;
let policy: Policy | undefined;

export function chooseWorker(source: WorkerSource | undefined): void {
  chosen = source ?? chosen;
}

/** A worker that has not been asked anything; nothing where none can be made. It may still fail to start. */
export function keyWorker(): Worker | undefined {
  if (typeof Worker !== "function") return undefined;
  try {
    return typeof chosen === "function" ? chosen() : new Worker((chosen ?? trusted(new URL("./key-worker.js", import.meta.url))) as string);
  } catch {
    return undefined;
  }
}

/** Under `require-trusted-types-for 'script'` an address must come from a policy. This one lets pass what it is asked for here. */
function trusted(url: URL): TrustedScriptURL {
  const factory = (globalThis as { trustedTypes?: PolicyFactory }).trustedTypes;
  if (factory === undefined) return url;
  policy ??= factory.createPolicy("hoso", { createScriptURL: (text) => text });
  return policy.createScriptURL(url.href);
}
