import { bytesOf } from "./bytes.js";
import type { CoreGlue } from "./core.js";
import type { CompileOptions } from "./types.js";
import { jsonOf } from "./value.js";

/** What compiles a schema in a module, as often as an instance of it asks. */
export function compiling(schema: string | Uint8Array | object, options: CompileOptions): (glue: Pick<CoreGlue, "compile">) => number {
  const lang = options.lang ?? "vi";
  const source = typeof schema === "string" || schema instanceof Uint8Array ? schema : jsonOf(schema, lang);
  // Kept, since a new instance compiles it again.
  const text = typeof source === "string" ? source : source.slice();
  const strict = options.strict ?? false;
  const asserts = options.formats === "assert";
  const dialect = options.dialect ?? "2020-12";
  const others = Object.entries(options.refs ?? {}).map(([uri, other]) => `${JSON.stringify(uri)}:${typeof other === "string" ? other : jsonOf(other, lang)}`);
  const refs = others.length > 0 ? bytesOf(`{${others.join()}}`).slice() : undefined;
  return (glue) => glue.compile(bytesOf(text), strict, asserts, dialect, refs, lang);
}
