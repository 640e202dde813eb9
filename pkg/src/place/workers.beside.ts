import type { TrustedScriptURL, WorkerSource } from "../types.js";

interface Policy {
  createScriptURL(url: string): TrustedScriptURL;
}

interface PolicyFactory {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): Policy;
}

/** Where the workers come from that hold keys and that read files. */
interface Sources {
  readonly key?: WorkerSource | undefined;
  readonly file?: WorkerSource | undefined;
}

let chosen: Sources = {};
let policy: Policy | undefined;

export function chooseWorkers({ key = chosen.key, file = chosen.file }: Sources): void {
  chosen = { key, file };
}

/** A worker that has not been asked anything; nothing where none can be made. It may still fail to start. */
export const keyWorker = (): Worker | undefined => started(chosen.key, () => new URL("./key-worker.js", import.meta.url));

/** The same for files. */
export const fileWorker = (): Worker | undefined => started(chosen.file, () => new URL("./file-worker.js", import.meta.url));

function started(chosen: WorkerSource | undefined, beside: () => URL): Worker | undefined {
  if (typeof Worker !== "function") return undefined;
  try {
    return typeof chosen === "function" ? chosen() : new Worker((chosen ?? trusted(beside())) as string);
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
