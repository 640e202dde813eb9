import { HosoError } from "./error.js";
import sentences from "./sentences.json";
import type { Language, Params, Report, Signed } from "./types.js";

type Keys = keyof typeof sentences;

/** A code of this package's own. Those of the engine are in docs/issues.md too. */
export type OwnCode = Exclude<Keys, `${string}#${string}`>;

/** The sentence of a code of this package's own. */
export function sentence(code: OwnCode, params: Params, lang: Language): string {
  const root = `${code}#root`;
  const both: { readonly vi: string; readonly en: string } = sentences[params["path"] === "" && root in sentences ? (root as Keys) : code];
  // As in the engine, another language than the two is Vietnamese.
  return (both[lang] ?? both.vi).replace(/\{(\w+)\}/g, (_, name: string) => String(params[name] ?? ""));
}

/** An error with a code of this package's own. */
export function failure(code: OwnCode, params: Params, lang: Language, options?: { cause?: unknown; report?: Report; signed?: Signed }): HosoError {
  return new HosoError([{ code, params, message: sentence(code, params, lang) }], options);
}
