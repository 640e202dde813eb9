import { HosoError } from "./error.js";
import { failure } from "./failure.js";
import { type Place, load } from "./load.js";
import type { Language, Reason, Report, WasmSource } from "./types.js";

/** What the glue of every module has. */
interface Glue {
  /** Makes the first instance. */
  start(module: WebAssembly.Module): Promise<unknown>;
  /** Puts a new instance of the same module in place of the present one, at once. */
  restart(): void;
  /** The same without hurry. */
  renew(module: WebAssembly.Module): Promise<unknown>;
  memory(): WebAssembly.Memory;
}

/** One WebAssembly module and its present instance. */
export class Engine<G extends Glue> {
  readonly #glue: G;
  readonly #place: Place;
  /** How to load it, for the sentence that asks for it. */
  readonly #call: string;
  #loading: Promise<WebAssembly.Module> | undefined;
  #module: WebAssembly.Module | undefined;
  #started = false;
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
    await (this.#started ? this.#glue.renew(module) : this.#glue.start(module));
    this.#started = true;
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
    let trap: unknown;
    for (let attempt = 0; attempt < 2 && this.#module !== undefined; attempt += 1) {
      try {
        return work(this.#glue);
      } catch (error) {
        if (!isTrap(error)) throw translated(error, lang);
        trap = error;
        this.#replace(this.#module);
      }
    }
    throw failure("internal.panic", {}, lang, { cause: trap });
  }

  /** Overwrites all that the present instance remembers, and puts a new one in its place. */
  wipe(): void {
    if (this.#module === undefined) return;
    new Uint8Array(this.#glue.memory().buffer).fill(0);
    this.#replace(this.#module);
  }

  #replace(module: WebAssembly.Module): void {
    try {
      this.#glue.restart();
      this.generation += 1;
    } catch {
      // Older Chromes refuse to make an instance of more than 4 kB at once in a page. `init` then waits for the new one.
      this.#module = this.#loading = undefined;
      this.init(module, "vi").catch(() => {});
    }
  }
}

/** Memory goes with the object, for those who never dispose of it. */
export const forgotten = new FinalizationRegistry<() => void>((release) => release());

/** What an instance holds by id. */
class Held<G extends Glue> {
  readonly engine: Engine<G>;
  generation = -1;
  id = 0;
  readonly #release: (glue: G, id: number) => void;

  constructor(engine: Engine<G>, release: (glue: G, id: number) => void) {
    this.engine = engine;
    this.#release = release;
  }

  get lost(): boolean {
    return this.generation !== this.engine.generation;
  }

  made(id: number): void {
    this.id = id;
    this.generation = this.engine.generation;
  }

  readonly release = (): void => {
    if (this.lost) return;
    this.generation = -1;
    try {
      this.engine.call("vi", (glue) => this.#release(glue, this.id));
    } catch {
      // The instance is gone, and with it what it held.
    }
  };
}

/** Something that an instance holds by id, and how to make it again in another instance. */
export class Handle<G extends Glue> {
  readonly #held: Held<G>;
  readonly #make: (glue: G) => number;

  constructor(engine: Engine<G>, make: (glue: G) => number, release: (glue: G, id: number) => void) {
    this.#held = new Held(engine, release);
    this.#make = make;
    forgotten.register(this, this.#held.release);
  }

  use<R>(lang: Language, work: (glue: G, id: number) => R): R {
    const held = this.#held;
    return held.engine.call(lang, (glue) => {
      if (held.lost) held.made(this.#make(glue));
      return work(glue, held.id);
    });
  }

  release(): void {
    this.#held.release();
  }
}

/** Something that an instance holds by id and that cannot be made again: it goes with the instance. */
export class Fleeting<G extends Glue> {
  readonly #held: Held<G>;

  constructor(engine: Engine<G>, lang: Language, make: (glue: G) => number, release: (glue: G, id: number) => void) {
    this.#held = new Held(engine, release);
    this.#held.made(engine.call(lang, make));
  }

  /** Throws `Lost` where the instance is another one by now. */
  use<R>(lang: Language, work: (glue: G, id: number) => R): R {
    const held = this.#held;
    return held.engine.call(lang, (glue) => {
      if (held.lost) throw new Lost();
      return work(glue, held.id);
    });
  }

  release(): void {
    this.#held.release();
  }
}

/** What was held went with its instance. */
export class Lost extends Error {}

/** Does work that holds something fleeting; when a trap takes that away, as often again as is said. */
export async function again<R>(times: number, lang: Language, work: () => Promise<R>): Promise<R> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Lost)) throw error;
    if (times === 0) throw failure("internal.panic", {}, lang, { cause: error });
  }
  return again(times - 1, lang, work);
}

/** A trap, or the stack's end, which Firefox names InternalError: afterwards the instance's memory may hold anything. */
function isTrap(error: unknown): boolean {
  return error instanceof WebAssembly.RuntimeError || error instanceof RangeError || (error as Error | undefined)?.name === "InternalError";
}

/** What the module threw, as the error that hoso throws. */
function translated(error: unknown, lang: Language): unknown {
  if (error instanceof Error) return error;
  const { errors, report } = (error ?? {}) as { errors?: readonly Reason[]; report?: string };
  if (errors) return new HosoError(errors);
  if (report === undefined) return failure("internal.panic", {}, lang, { cause: error });
  const found = JSON.parse(report) as Report;
  const count = found.issues.filter((issue) => issue.level === "error").length;
  return failure("seal.form-invalid", { count }, lang, { report: found });
}
