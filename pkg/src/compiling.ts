import { bytesOf } from "./bytes.js";
import type { CoreGlue } from "./core.js";
import type { CompileOptions } from "./types.js";
import { jsonOf, together } from "./value.js";

/** What compiles a schema in a module, as often as an instance of it asks. The code lists are the options', as one text. */
export function compiling(
  schema: string | Uint8Array | object,
  options: CompileOptions,
  codeLists: string | undefined,
): (glue: Pick<CoreGlue, "compile">) => number {
  const lang = options.lang ?? "vi";
  const source = typeof schema === "string" || schema instanceof Uint8Array ? schema : jsonOf(schema, lang);
  // Kept, since a new instance compiles it again.
  const text = typeof source === "string" ? source : source.slice();
  const strict = options.strict ?? false;
  const asserts = options.formats === "assert";
  const dialect = options.dialect ?? "2020-12";
  const refs = together(options.refs, lang);
  const copied = (text: string | undefined) => (text === undefined ? undefined : bytesOf(text).slice());
  return (glue) => glue.compile(bytesOf(text).slice(), strict, asserts, dialect, copied(refs), copied(codeLists), lang);
}
