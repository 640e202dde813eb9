import * as glue from "#tools-glue";
import { place } from "#tools-place";
import { bytesOf, textOf } from "../bytes.js";
import { moment } from "../clock.js";
import { compiling } from "../compiling.js";
import { Engine, Handle } from "../engine.js";
import type { CompileOptions, Findings, Flag, Language, List, ValidateOptions, WasmSource } from "../types.js";
import { jsonOf, together } from "../value.js";

export { HosoError } from "../error.js";
export type * from "../types.js";

export interface InitOptions {
  /** Where the module comes from; beside the script where nothing is said. */
  tools?: WasmSource;
  /** The language of what may go wrong. */
  lang?: Language;
}

/** The module `tools`: what those ask who write schemas. */
const calls = {
  start: (module: WebAssembly.Module) => glue.default({ module_or_path: module }),
  restart: glue.__wbg_reset_state,
  renew: glue.renew,
  memory: glue.memory,
  compile: glue.compile,
  evaluate: glue.evaluate,
  isValid: glue.isValid,
  lint: glue.lint,
  list: glue.list,
  release: glue.release,
};

const engine = new Engine<typeof calls>(calls, place, 'init() of "hoso/tools"');

/**
 * Loads the module. What follows is synchronous.
 *
 * @throws HosoError `init.…` that says what is in the way.
 */
export async function init(options: InitOptions = {}): Promise<void> {
  await engine.init(options.tools, options.lang ?? "vi");
}

/**
 * What a schema that compiles probably does not mean: each with its place in the schema, and a sentence that says why and what to do.
 *
 * @throws HosoError with every mistake of a schema that does not compile.
 */
export function lint(schema: string | Uint8Array | object, options: CompileOptions = {}): Findings {
  const lang = options.lang ?? "vi";
  return JSON.parse(asked(schema, options, lang, (glue, id) => glue.lint(id, lang))) as Findings;
}

/** Whether a JSON text is valid, in the output format "Flag" of JSON Schema. */
export function flagJson(schema: string | Uint8Array | object, text: string | Uint8Array, options: CompileOptions = {}): Flag {
  const lang = options.lang ?? "vi";
  const given = textOf(text, lang);
  return { valid: asked(schema, options, lang, (glue, id) => glue.isValid(id, 0, bytesOf(given), Date.now() / 1000, lang === "en")) };
}

/** Whether a value is valid, in the output format "Flag" of JSON Schema. */
export function flag(schema: string | Uint8Array | object, value: unknown, options: CompileOptions = {}): Flag {
  return flagJson(schema, jsonOf(value, options.lang ?? "vi"), options);
}

/** Every keyword that a JSON text fails, in the output format "List" of JSON Schema. What it passes is not listed. */
export function listJson(schema: string | Uint8Array | object, text: string | Uint8Array, options: CompileOptions = {}): List {
  const lang = options.lang ?? "vi";
  const given = textOf(text, lang);
  return JSON.parse(asked(schema, options, lang, (glue, id) => glue.list(id, bytesOf(given), Date.now() / 1000, lang))) as List;
}

/** Every keyword that a value fails, in the output format "List" of JSON Schema. What it passes is not listed. */
export function list(schema: string | Uint8Array | object, value: unknown, options: CompileOptions = {}): List {
  return listJson(schema, jsonOf(value, options.lang ?? "vi"), options);
}

/**
 * The value of an expression in CEL, as rules are written in: its variables are the members of an object, and `now` and `today`. What JSON has not
 * becomes a text: bytes in Base64, times, `NaN`. A whole number beyond 2^53 is rounded.
 *
 * @throws HosoError with every mistake of the expression, or why it has no value.
 */
export function evaluate(expression: string, variables: Record<string, unknown> = {}, options: ValidateOptions = {}): unknown {
  return JSON.parse(evaluateJson(expression, jsonOf(variables, options.lang ?? "vi"), options)) as unknown;
}

/** The same of variables as JSON text, the value as JSON text: no number of it is rounded. */
export function evaluateJson(expression: string, variables: string | Uint8Array, options: ValidateOptions = {}): string {
  const lang = options.lang ?? "vi";
  const [given, now] = [textOf(variables, lang), moment(options.now, lang)];
  return engine.call(lang, (glue) => glue.evaluate(expression, bytesOf(given), now, lang));
}

/** Asks a schema once; nothing of it is kept. */
function asked<R>(schema: string | Uint8Array | object, options: CompileOptions, lang: Language, ask: (glue: typeof calls, id: number) => R): R {
  const handle = new Handle(engine, compiling(schema, options, together(options.codeLists, lang)), (glue, id) => glue.release(id));
  try {
    return handle.use(lang, ask);
  } finally {
    handle.release();
  }
}
