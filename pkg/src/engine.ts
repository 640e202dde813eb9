import { HosoError, failure } from "./error.js";
import { type Place, load } from "./load.js";
import type { Language, Reason, Report, WasmSource } from "./types.js";

/** What the glue of every module has. */
interface Glue {
  /** Loads the instance. */
  start(module: WebAssembly.Module): Promise<unknown>;
  /** Puts a new instance of the same module in place of the present one. */
  restart(): void;
}

/** One WebAssembly module and its present instance. */
export class Engine<G extends Glue> {
  readonly #glue: G;
  readonly #place: Place;
  /** How to load it, for the sentence that asks for it. */
  readonly #call: string;
  #loading: Promise<WebAssembly.Module> | undefined;
  #module: WebAssembly.Module | undefined;
  /** Counts instances: an id belongs to the instance that gave it. */
  generation = 0;

  constructor(glue: G, place: Place, call: string) {
    this.#glue = glue;
    this.#place = place;
    this.#call = call;
  }

  /** Loads the module once, however often it is called. A failure is forgotten, so that the next call tries again. */
  init(source: WasmSource | undefined, lang: Language): Promise<WebAssembly.Module> {
    this.#loading ??= this.#load(source, lang).catch((error: unknown) => {
      this.#loading = undefined;
      throw error;
    });
    return this.#loading;
  }

  async #load(source: WasmSource | undefined, lang: Language): Promise<WebAssembly.Module> {
    const module = await load(source, this.#place, lang);
    await this.#glue.start(module);
    this.#module = module;
    this.generation += 1;
    return module;
  }

  /**
   * Calls into the module. After a trap the instance is replaced and the call made once more, since it may have been
   * the earlier calls that wore the instance out; a second trap is told as `internal.panic`. Nothing else is lost:
   * what is held by id is made again from what it was made of.
   */
  call<R>(lang: Language, work: (glue: G) => R): R {
    if (this.#module === undefined) throw failure("init.first", { call: this.#call }, lang);
    try {
      return work(this.#glue);
    } catch (error) {
      if (!isTrap(error)) throw translated(error, lang);
      this.#replace();
    }
    try {
      return work(this.#glue);
    } catch (error) {
      if (!isTrap(error)) throw translated(error, lang);
      this.#replace();
      throw failure("internal.panic", {}, lang, { cause: error });
    }
  }

  #replace(): void {
    this.#glue.restart();
    this.generation += 1;
  }
}

/** Something that an instance holds by id, and how to make it again in another instance. */
export class Handle<G extends Glue> {
  readonly #engine: Engine<G>;
  readonly #make: (glue: G) => number;
  readonly #release: (glue: G, id: number) => void;
  #generation = -1;
  #id = 0;

  constructor(engine: Engine<G>, make: (glue: G) => number, release: (glue: G, id: number) => void) {
    this.#engine = engine;
    this.#make = make;
    this.#release = release;
  }

  use<R>(lang: Language, work: (glue: G, id: number) => R): R {
    return this.#engine.call(lang, (glue) => {
      if (this.#generation !== this.#engine.generation) {
        this.#id = this.#make(glue);
        this.#generation = this.#engine.generation;
      }
      return work(glue, this.#id);
    });
  }

  release(): void {
    if (this.#generation === this.#engine.generation) {
      this.#generation = -1;
      this.#engine.call("vi", (glue) => this.#release(glue, this.#id));
    }
  }
}

/** Something that an instance holds by id and that cannot be made again: it goes with the instance. */
export class Fleeting<G extends Glue> {
  readonly #engine: Engine<G>;
  readonly #release: (glue: G, id: number) => void;
  readonly #generation: number;
  readonly #id: number;

  constructor(engine: Engine<G>, lang: Language, make: (glue: G) => number, release: (glue: G, id: number) => void) {
    this.#engine = engine;
    this.#release = release;
    this.#id = engine.call(lang, make);
    this.#generation = engine.generation;
  }

  /** Throws `Lost` where the instance is another one by now. */
  use<R>(lang: Language, work: (glue: G, id: number) => R): R {
    return this.#engine.call(lang, (glue) => {
      if (this.#generation !== this.#engine.generation) throw new Lost();
      return work(glue, this.#id);
    });
  }

  release(): void {
    if (this.#generation === this.#engine.generation) this.#engine.call("vi", (glue) => this.#release(glue, this.#id));
  }
}

/** What was held went with its instance. */
export class Lost extends Error {}

/** Does work that holds something fleeting; once more, when a trap took that away. */
export async function again<R>(work: () => Promise<R>): Promise<R> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Lost)) throw error;
    return await work();
  }
}

/** A trap, or the stack's end: afterwards the instance's memory may hold anything. */
function isTrap(error: unknown): boolean {
  return error instanceof WebAssembly.RuntimeError || error instanceof RangeError;
}

/** What the module threw, as the error that hoso throws. */
function translated(error: unknown, lang: Language): unknown {
  if (typeof error !== "object" || error === null || error instanceof Error) return error;
  const { errors, report } = error as { errors?: readonly Reason[]; report?: string };
  if (report !== undefined) {
    const found = JSON.parse(report) as Report;
    const count = found.issues.filter((issue) => issue.level === "error").length;
    return failure("seal.form-invalid", { count }, lang, { report: found });
  }
  return new HosoError(errors ?? []);
}
