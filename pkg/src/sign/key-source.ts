import type * as glue from "#key-glue";
import type { Language } from "../types.js";

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
