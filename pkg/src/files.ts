import { HosoError } from "./error.js";
import { sentence } from "./failure.js";
import type { Attachment, Field, Form, Issue, Json, Language } from "./types.js";

/** The files of a live form: what it says of each stands in its data, the bytes stay with the page. */
export class Files {
  readonly #form: Form;
  /** Every file that was attached, also one that was taken out since: a step back brings it again. */
  readonly #known = new Map<string, Attachment>();
  /** The fields whose files are being read. */
  readonly #reading = new Set<{ readonly field: Field }>();
  /** The files of a field stand in the order in which they were attached, whichever is read first. */
  readonly #lines = new Map<number, Promise<unknown>>();

  constructor(form: Form) {
    this.#form = form;
  }

  attach(field: Field, file: Attachment | PromiseLike<Attachment>): Promise<Attachment> {
    const entered = this.#attach(field, file, this.#lines.get(field.id));
    const line = entered.then(done, done);
    this.#lines.set(field.id, line);
    return entered;
  }

  async #attach(field: Field, file: Attachment | PromiseLike<Attachment>, before: Promise<unknown> | undefined): Promise<Attachment> {
    const reading = { field };
    this.#reading.add(reading);
    try {
      const found = await file;
      await before;
      return this.#enter(field, found);
    } finally {
      this.#reading.delete(reading);
    }
  }

  #enter(field: Field, file: Attachment): Attachment {
    const { name, mediaType, size, sha256 } = file;
    const rows = field.value;
    const listed = Array.isArray(rows) ? rows : [];
    // A draft names its files already, and only their bytes were missing.
    if (!listed.some((row) => key(row) === key(file))) field.insert(listed.length, { name, mediaType, size, sha256 });
    const attached = { ...file, field: field.path };
    this.#known.set(key(file) ?? "", attached);
    return attached;
  }

  /** The files that the form lists now, each at the field where it stands now. */
  get listed(): readonly Attachment[] {
    const found: Attachment[] = [];
    if (this.#known.size > 0) this.#find(this.#form.value, "", found);
    return found;
  }

  #find(value: Json, path: string, found: Attachment[]): void {
    if (typeof value !== "object" || value === null) return;
    for (const [name, inner] of Object.entries(value)) {
      const known = Array.isArray(value) ? this.#known.get(key(inner) ?? "") : undefined;
      if (known !== undefined) found.push({ ...known, field: path });
      else this.#find(inner as Json, `${path}/${name.replace(/~/g, "~0").replace(/\//g, "~1")}`, found);
    }
  }

  /** What a check says of files that are still being read. */
  waiting(lang: Language): Issue[] {
    const issues: Issue[] = [];
    for (const { path, relevant } of this.#states()) {
      if (!relevant || issues.some((issue) => issue.path === path)) continue;
      const message = sentence("file.reading", {}, lang);
      const said = { keyword: "x-attachment", schemaPath: "", rule: null, level: "error", legalBasis: null } as const;
      issues.push({ path, code: "file.reading", params: {}, message, ...said });
    }
    return issues;
  }

  *#states(): Generator<{ path: string; relevant: boolean }> {
    for (const { field } of this.#reading) {
      try {
        const { path, relevant } = field.getSnapshot();
        yield { path, relevant };
      } catch (error) {
        // Its row is gone; entering it will say so.
        if (!isGone(error)) throw error;
      }
    }
  }
}

const done = (): void => undefined;

/** Whether a place is no more. */
export const isGone = (error: unknown): boolean => error instanceof HosoError && error.code === "edit.gone";

/** What tells a file from another: content and name. */
function key(row: Json | Attachment | undefined): string | undefined {
  if (typeof row !== "object" || row === null) return undefined;
  const { sha256, name } = row as Partial<Attachment>;
  return typeof sha256 === "string" && typeof name === "string" ? `${sha256} ${name}` : undefined;
}
