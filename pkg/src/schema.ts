import { textOf } from "./bytes.js";
import { moment } from "./clock.js";
import { compiling } from "./compiling.js";
import { type CoreGlue, core, withDocument } from "./core.js";
import { Handle } from "./engine.js";
import { LiveForm } from "./form.js";
import type {
  CompileOptions,
  Form,
  Language,
  OpenOptions,
  Procedure,
  Report,
  Schema,
  StandardSchema,
  ValidateOptions,
} from "./types.js";
import { jsonOf, together } from "./value.js";

/**
 * Compiles a schema: its JSON text, or the value that `JSON.parse` gives.
 *
 * @throws HosoError with every mistake of the schema in `errors`, each with its place.
 */
export function compile(schema: string | Uint8Array | object, options: CompileOptions = {}): Schema {
  const lang = options.lang ?? "vi";
  const codeLists = together(options.codeLists, lang);
  const handle = new Handle(core, compiling(schema, options, codeLists), (glue, id) => glue.release(id));
  const description = handle.use(lang, (glue, id) => glue.describe(id)) as Description;
  return new CompiledSchema(handle, description, lang, codeLists);
}

interface Description {
  readonly id: string;
  readonly canonical: string;
  readonly procedure: Procedure | null;
}

class CompiledSchema implements Schema {
  readonly #handle: Handle<CoreGlue>;
  readonly #description: Description;
  readonly #codeLists: string | undefined;
  readonly lang: Language;

  constructor(handle: Handle<CoreGlue>, description: Description, lang: Language, codeLists: string | undefined) {
    this.#handle = handle;
    this.#description = description;
    this.#codeLists = codeLists;
    this.lang = lang;
  }

  get id(): string {
    return this.#description.id;
  }

  get canonical(): string {
    return this.#description.canonical;
  }

  get procedure(): Procedure | null {
    return this.#description.procedure;
  }

  validate(value: unknown, options: ValidateOptions = {}): Report {
    return this.validateJson(jsonOf(value, options.lang ?? this.lang), options);
  }

  validateJson(text: string | Uint8Array, options: ValidateOptions = {}): Report {
    const lang = options.lang ?? this.lang;
    const now = moment(options.now, lang);
    const given = textOf(text, lang);
    const found = this.#handle.use(lang, (glue, id) =>
      withDocument(glue, given, (length, whole) => glue.validate(id, length, whole, now, lang === "en")),
    );
    // Nothing to tell: the report of a right form is made here, which costs less than reading it.
    return found === undefined ? { valid: true, now, schema: this.id, issues: [] } : (JSON.parse(found) as Report);
  }

  isValid(value: unknown): boolean {
    return this.isValidJson(jsonOf(value, this.lang));
  }

  isValidJson(text: string | Uint8Array): boolean {
    const given = textOf(text, this.lang);
    return this.#handle.use(this.lang, (glue, id) =>
      withDocument(glue, given, (length, whole) => glue.isValid(id, length, whole, Date.now() / 1000, this.lang === "en")),
    );
  }

  open(value: unknown = {}, options: OpenOptions = {}): Form {
    return this.#form(jsonOf(value, this.lang), false, options);
  }

  restore(draft: string, options: OpenOptions = {}): Form {
    return this.#form(draft, true, options);
  }

  #form(text: string, isDraft: boolean, options: OpenOptions): Form {
    return new LiveForm({ schema: this, handle: this.#handle, codeLists: this.#codeLists, text, isDraft }, options);
  }

  in(lang: Language): Schema {
    return new CompiledSchema(this.#handle, this.#description, lang, this.#codeLists);
  }

  dispose(): void {
    this.#handle.release();
  }

  get "~standard"(): StandardSchema {
    return { version: 1, vendor: "hoso", validate: (value) => this.#standard(value) };
  }

  #standard(value: unknown): ReturnType<StandardSchema["validate"]> {
    const errors = this.validate(value).issues.filter((issue) => issue.level === "error");
    if (errors.length === 0) return { value };
    return { issues: errors.map((issue) => ({ message: issue.message, path: path(issue.path, value) })) };
  }
}

/** An RFC 6901 pointer as a list; the place in a list is a number, by which form libraries know it. */
function path(pointer: string, value: unknown): (string | number)[] {
  let at = value;
  return pointer.split("/").slice(1).map((token) => {
    const name = token.replace(/~1/g, "/").replace(/~0/g, "~");
    const key = Array.isArray(at) ? Number(name) : name;
    at = (at as Record<string | number, unknown> | null | undefined)?.[key];
    return key;
  });
}
