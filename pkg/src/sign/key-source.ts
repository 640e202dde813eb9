import type * as glue from "#key-glue";
import type { Language } from "../types.js";
import type { Imported } from "./key-worker.js";
import { type Kept, imported } from "./web-crypto.js";

/** A file with a key, and how it is opened: with certificates of their own when it holds none. */
export interface KeySource {
  readonly file: Uint8Array;
  readonly password: string;
  readonly alias?: string | undefined;
  readonly certificate?: string | undefined;
  readonly certificates?: readonly Uint8Array[] | undefined;
}

/** Opens it in an instance of the module. */
export function openIn(
  { keyOpen, keyOpenPem }: Pick<typeof glue, "keyOpen" | "keyOpenPem">,
  { file, password, alias, certificate, certificates }: KeySource,
  lang: Language,
): glue.Kept {
  return certificates ? keyOpenPem(file, password, [...certificates], lang) : keyOpen(file, password, alias, certificate, lang);
}

/** Opens it for WebCrypto to keep. */
export function exportIn({ keyExport }: Pick<typeof glue, "keyExport">, source: KeySource, lang: Language): glue.Exported {
  return keyExport(source.file, source.password, source.alias, source.certificate, lang);
}

/** Gives an opened key to WebCrypto for one algorithm, the usual one where none is named. */
export async function importedFor(algorithm: string | undefined, { pkcs8, algorithms, certificate, chain }: glue.Exported): Promise<Imported> {
  const chosen = algorithm ?? algorithms[0] ?? "";
  const kept = await imported(pkcs8, algorithms.includes(chosen) ? [chosen] : []);
  return { key: kept?.get(chosen), certificate, chain };
}

/**
 * Opens a PKCS#12 file and gives its key to WebCrypto, so that it lies nowhere where a script could read it; nothing where there is no WebCrypto, or it does not take
 * the key for all that the key signs with.
 */
export async function keptByWebCrypto(exported: () => glue.Exported, source: KeySource): Promise<{ opened: glue.Told; kept: Kept } | undefined> {
  if (source.certificates !== undefined || globalThis.crypto?.subtle === undefined) return undefined;
  const { pkcs8, ...opened } = exported();
  const kept = await imported(pkcs8, opened.algorithms);
  return kept && { opened, kept };
}
