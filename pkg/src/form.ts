import { moment } from "./clock.js";
import { type CoreGlue, core, withDocument } from "./core.js";
import { Handle } from "./engine.js";
import { failure } from "./failure.js";
import { Files, isGone } from "./files.js";
import type {
  Attachment,
  Change,
  CheckOptions,
  Checked,
  CodeOption,
  Dropped,
  Field,
  FieldChange,
  FieldState,
  Form,
  FormSnapshot,
  Issue,
  Json,
  Language,
  LookupResult,
  OpenOptions,
  Report,
  Schema,
} from "./types.js";
import { jsonOf } from "./value.js";

/** What every edit that changes nothing else answers. */
const NOTHING: Change = Object.freeze({ changed: Object.freeze([]) });
const NONE = new Float64Array();

/** How `formWrite` takes what it is given: `src/wasm/live.rs`. */
const enum Kind {
  Text,
  Json,
  Typed,
  Nothing,
  Lookup,
}

const enum Step {
  Undo,
  Redo,
  Begin,
  Commit,
}

/** What changed at a place: `Changed::bits` in src/form/live/mod.rs. */
const enum Bit {
  Issues = 1,
  Relevant = 2,
  Value = 4,
  Required = 8,
  Readonly = 16,
  Options = 32,
  Inside = 64,
}

const enum Text {
  Data,
  Typed,
  Draft,
  Dropped,
}

type Call<R> = (glue: CoreGlue, id: number) => R;
type Listener = (change: Change) => void;

interface Entry {
  readonly call: Call<unknown>;
  /** The place that it wrote text into. */
  readonly written: Place | undefined;
}

/** What a form is opened with. */
export interface Source {
  readonly schema: Schema;
  readonly handle: Handle<CoreGlue>;
  readonly codeLists: string | undefined;
  /** The data, or a draft, as JSON text. */
  readonly text: string;
  readonly isDraft: boolean;
}

export class LiveForm implements Form {
  readonly schema: Schema;
  readonly dropped: readonly Dropped[];
  readonly #source: Source;
  #lang: Language;
  readonly #now: number;
  /** The calls that led here: another instance of the module is brought to the same state by them, and gives the same numbers to the same places. */
  readonly #journal: Entry[] = [];
  /** The moment it went on to. */
  #at: string | undefined;
  readonly #handle: Handle<CoreGlue>;
  readonly #places = new Map<string, Place>();
  /** Whoever holds a place keeps it; what was read of it is found again by its number. */
  readonly #byId = new Map<number, WeakRef<Place>>();
  readonly #unheld = new FinalizationRegistry<number>((id) => {
    if (this.#byId.get(id)?.deref() === undefined) this.#byId.delete(id);
  });
  /** The places that somebody listens at. */
  readonly heard = new Set<Place>();
  /** Counts edits after which any place may be another or elsewhere. */
  epoch = 0;
  readonly #listeners = new Set<Listener>();
  readonly #files = new Files(this);
  #snapshot: FormSnapshot | undefined;
  /** Counts edits. */
  edits = 0;
  #batches = 0;

  constructor(source: Source, options: OpenOptions) {
    this.schema = source.schema;
    this.#source = source;
    this.#lang = options.lang ?? source.schema.lang;
    this.#now = Date.parse(moment(options.now, this.#lang)) / 1000;
    this.#handle = this.#open();
    // What cannot be opened is refused here.
    this.dropped = JSON.parse(this.ask((glue, id) => glue.formText(id, Text.Dropped))) as Dropped[];
  }

  get lang(): Language {
    return this.#lang;
  }

  set lang(lang: Language) {
    this.#lang = lang;
    // Every sentence is another.
    this.epoch += 1;
    for (const place of [...this.heard]) place.tell(NOTHING);
  }

  get json(): string {
    return this.ask((glue, id) => glue.formText(id, Text.Data));
  }

  get typed(): string {
    return this.ask((glue, id) => glue.formText(id, Text.Typed));
  }

  get value(): Json {
    return JSON.parse(this.json) as Json;
  }

  draft(): string {
    return this.ask((glue, id) => glue.formText(id, Text.Draft));
  }

  field(pointer: string): Field {
    return this.#place(pointer);
  }

  set(pointer: string, value: unknown): Change {
    return this.#place(pointer).set(value);
  }

  input(pointer: string, text: string): Change {
    return this.#place(pointer).input(text);
  }

  insert(pointer: string, at: number, row: unknown = {}): Field {
    return this.#place(pointer).insert(at, row);
  }

  remove(pointer: string): Change {
    return this.#place(pointer).remove();
  }

  move(pointer: string, to: number): Change {
    return this.#place(pointer).move(to);
  }

  async attach(pointer: string, file: Attachment | PromiseLike<Attachment>): Promise<Attachment> {
    const coming = Promise.resolve(file);
    // Whether or not it is waited for, somebody has heard of its failure.
    coming.catch(() => undefined);
    return this.#files.attach(this.#place(pointer), coming);
  }

  get attachments(): readonly Attachment[] {
    return this.#files.listed;
  }

  lookupResult(pointer: string, result: LookupResult | null | undefined): Change {
    return this.#place(pointer).lookupResult(result);
  }

  undo(): boolean {
    return this.#back(Step.Undo);
  }

  redo(): boolean {
    return this.#back(Step.Redo);
  }

  batch(edits: () => void): Change {
    this.#batches += 1;
    if (this.#batches === 1) this.do((glue, id) => glue.formStep(id, Step.Begin, this.english));
    let change = NOTHING;
    try {
      edits();
    } finally {
      // What was done before something was thrown is a step too.
      this.#batches -= 1;
      if (this.#batches === 0) change = this.#commit();
    }
    return change;
  }

  #commit(): Change {
    const changed = this.do((glue, id) => glue.formStep(id, Step.Commit, this.english));
    return this.told(changed, undefined, true);
  }

  report(options: CheckOptions = {}): Report {
    const now = moment(options.now, this.#lang);
    const english = (options.lang ?? this.#lang) === "en";
    const report = JSON.parse(this.ask((glue, id) => glue.formReport(id, now, english))) as Report;
    this.#at = now;
    return report;
  }

  check(options: CheckOptions = {}): Checked {
    const lang = options.lang ?? this.#lang;
    const { page, part } = options;
    // What is no page or place is told before anything is done.
    const fields = page === undefined ? part !== undefined && [this.#place(part).path] : this.#fields(page, lang);
    const report = this.#withFiles(this.report(options), lang);
    if (fields === false) return this.#whole(report, lang);
    const issues = report.issues.filter((issue) => fields.some((field) => touches(issue.path, field)));
    const valid = !issues.some((issue) => issue.level === "error");
    const asked = { ...report, valid, issues };
    if (!valid) return { type: "invalid", issues, report: asked };
    return { type: page === undefined ? "valid-part" : "valid-page", report: asked };
  }

  subscribe(pointerOrListener: string | Listener, listener?: Listener): () => void {
    if (typeof pointerOrListener === "string") return this.#place(pointerOrListener).subscribe(listener ?? (() => {}));
    const own: Listener = (change) => pointerOrListener(change);
    this.#listeners.add(own);
    return () => this.#listeners.delete(own);
  }

  readonly getSnapshot = (): FormSnapshot => (this.#snapshot ??= Object.freeze({ edits: this.edits, json: this.json }));

  dispose(): void {
    this.#handle.release();
  }

  get english(): boolean {
    return this.#lang === "en";
  }

  /** Makes a call that leads to another state. Of texts written into one place, one after the other, the first and the last are enough. */
  do<R>(call: Call<R>, written?: Place): R {
    const result = this.ask(call);
    const journal = this.#journal;
    const [before, last] = [journal[journal.length - 2], journal[journal.length - 1]];
    if (written !== undefined && last?.written === written && before?.written === written) journal.pop();
    journal.push({ call, written });
    return result;
  }

  /** Makes a call that leaves everything as it is. */
  ask<R>(call: Call<R>): R {
    return this.#handle.use(this.#lang, call);
  }

  #open(): Handle<CoreGlue> {
    const { handle, text, isDraft } = this.#source;
    const make = (): number =>
      handle.use(this.#lang, (glue, schema) => {
        const form = withDocument(glue, text, (length, whole) => glue.formOpen(schema, length, whole, isDraft, this.#now, this.english));
        for (const { call } of this.#journal) call(glue, form);
        if (this.#at !== undefined) glue.formReport(form, this.#at, this.english);
        if (this.#journal.length > 0) glue.formChanges(form, this.english);
        return form;
      });
    return new Handle(core, make, (glue, id) => glue.formRelease(id));
  }

  #place(pointer: string): Place {
    const known = this.#places.get(pointer);
    if (known !== undefined) return known;
    const id = this.do((glue, form) => glue.formField(form, pointer, this.english));
    const place = this.placeOf(id);
    this.#places.set(pointer, place);
    return place;
  }

  /** How a place is, as JSON text. */
  state(id: number): string {
    return this.ask((glue, form) => glue.formAsk(form, id, 0, this.english));
  }

  /** How a place is; nothing where it is gone. */
  standing(id: number): FieldState | undefined {
    try {
      return this.#byId.get(id)?.deref()?.getSnapshot() ?? (JSON.parse(this.state(id)) as FieldState);
    } catch (error) {
      if (isGone(error)) return undefined;
      throw error;
    }
  }

  placeOf(id: number): Place {
    const known = this.#byId.get(id)?.deref();
    if (known !== undefined) return known;
    const place = new Place(this, id);
    this.#byId.set(id, new WeakRef(place));
    this.#unheld.register(place, id);
    return place;
  }

  #back(step: Step.Undo | Step.Redo): boolean {
    const done = this.do((glue, id) => glue.formStep(id, step, this.english));
    if (done) this.told(true, undefined, true);
    return done;
  }

  /** Tells everybody what an edit changed. `moved` where places may be at other pointers than before. */
  told(changed: boolean, written: Place | undefined, moved: boolean): Change {
    if (this.#batches > 0) {
      // Nothing is told before the end, but whoever looks finds what is.
      if (moved) this.#places.clear();
      this.epoch += 1;
      return NOTHING;
    }
    this.edits += 1;
    this.#snapshot = undefined;
    const told = changed ? this.ask((glue, id) => glue.formChanges(id, this.english)) : NONE;
    const change = told.length === 0 && !moved ? NOTHING : new Told(this, told);
    const wide = (bits: number, at: number): boolean => at % 2 === 1 && (bits & (Bit.Inside | Bit.Relevant)) !== 0;
    if (moved || told.some(wide)) {
      // What holds another, and what is held, is another too.
      this.#places.clear();
      this.epoch += 1;
      for (const place of [...this.heard]) place.tell(change);
    } else {
      const places = this.#concerned(told, written);
      for (const place of places) place.forget();
      for (const place of places) place.tell(change);
    }
    for (const listener of [...this.#listeners]) listener(change);
    return change;
  }

  /** The places that somebody holds of those that changed. */
  #concerned(told: Float64Array, written: Place | undefined): readonly Place[] {
    const places = written === undefined ? [] : [written];
    for (let at = 0; at < told.length; at += 2) {
      const place = this.#byId.get(told[at] as number)?.deref();
      if (place !== undefined && place !== written) places.push(place);
    }
    for (const place of this.heard) if (place.isGroup && !places.includes(place)) places.push(place);
    return places;
  }

  /** A form is not done before its files are. */
  #withFiles(report: Report, lang: Language): Report {
    const waiting = this.#files.waiting(lang);
    return waiting.length === 0 ? report : { ...report, valid: false, issues: [...report.issues, ...waiting] };
  }

  #whole(report: Report, lang: Language): Checked {
    if (!report.valid) return { type: "invalid", issues: report.issues, report };
    const { codeLists } = this.#source;
    const lists = codeLists === undefined ? {} : { codeLists };
    const form = Object.freeze({ schema: this.schema.canonical, json: this.json, now: report.now, lang, ...lists });
    return { type: "valid", form, report };
  }

  #fields(page: string, lang: Language): readonly string[] {
    const { canonical } = this.schema;
    const pages = canonical === "" ? [] : ((JSON.parse(canonical) as { "x-pages"?: Page[] })["x-pages"] ?? []);
    const found = pages.find((candidate) => candidate.id === page);
    if (found === undefined) throw failure("input.page-unknown", { page, known: pages.map((known) => known.id).join(", ") }, lang);
    return found.fields;
  }
}

/** A place of a form. */
class Place implements Field {
  readonly id: number;
  readonly #form: LiveForm;
  readonly #listeners = new Set<Listener>();
  #state: FieldState | undefined;
  #text = "";
  /** Whether the state is as it is now. */
  #fresh = false;
  #epoch = 0;
  #edits = 0;

  constructor(form: LiveForm, id: number) {
    this.#form = form;
    this.id = id;
  }

  readonly getSnapshot = (): FieldState => {
    // What stands in a group or list may be another after any edit.
    if (this.#epoch !== this.#form.epoch || (this.isGroup && this.#edits !== this.#form.edits)) this.#fresh = false;
    if (!this.#fresh || this.#state === undefined) this.#read();
    return this.#state as FieldState;
  };

  /** Whether it holds others, as far as it is known. */
  get isGroup(): boolean {
    return typeof this.#state?.value === "object" && this.#state.value !== null;
  }

  get path(): string {
    return this.getSnapshot().path;
  }

  get value(): Json | undefined {
    return this.getSnapshot().value;
  }

  get issues(): readonly Issue[] {
    return this.getSnapshot().issues;
  }

  get relevant(): boolean {
    return this.getSnapshot().relevant;
  }

  get required(): boolean {
    return this.getSnapshot().required;
  }

  get readonly(): boolean {
    return this.getSnapshot().readonly;
  }

  get computed(): boolean {
    return this.getSnapshot().computed;
  }

  get touched(): boolean {
    return this.getSnapshot().touched;
  }

  get options(): readonly CodeOption[] {
    return JSON.parse(this.#form.ask((glue, form) => glue.formAsk(form, this.id, 1, this.#form.english))) as CodeOption[];
  }

  set(value: unknown): Change {
    if (typeof value === "string") return this.#write(Kind.Text, value);
    if (value === undefined) return this.#write(Kind.Nothing, "");
    return this.#write(Kind.Json, jsonOf(value, this.#form.lang));
  }

  input(text: string): Change {
    return this.#write(Kind.Typed, text);
  }

  clear(): Change {
    return this.#write(Kind.Nothing, "");
  }

  insert(at: number, row: unknown = {}): Field {
    const { english, lang } = this.#form;
    const text = jsonOf(row, lang);
    const id = this.#form.do((glue, form) =>
      withDocument(glue, text, (length, whole) => glue.formInsert(form, this.id, at, length, whole, english)),
    );
    this.#form.told(true, this, true);
    return this.#form.placeOf(id);
  }

  remove(): Change {
    return this.#move(undefined);
  }

  move(to: number): Change {
    return this.#move(to);
  }

  lookupResult(result: LookupResult | null | undefined): Change {
    return this.#write(Kind.Lookup, jsonOf(result ?? null, this.#form.lang));
  }

  touch(): void {
    this.#form.do((glue, form) => glue.formTouch(form, this.id, this.#form.english));
    this.forget();
    this.tell(NOTHING);
  }

  subscribe(listener: Listener): () => void {
    const own: Listener = (change) => listener(change);
    this.#listeners.add(own);
    this.#form.heard.add(this);
    return () => {
      this.#listeners.delete(own);
      if (this.#listeners.size === 0) this.#form.heard.delete(this);
    };
  }

  forget(): void {
    this.#fresh = false;
  }

  tell(change: Change): void {
    for (const listener of [...this.#listeners]) listener(change);
  }

  #read(): void {
    const text = this.#form.state(this.id);
    // The same object as long as nothing about it changes.
    if (text !== this.#text || this.#state === undefined) this.#state = Object.freeze(JSON.parse(text) as FieldState);
    this.#text = text;
    this.#fresh = true;
    this.#epoch = this.#form.epoch;
    this.#edits = this.#form.edits;
  }

  #write(kind: Kind, text: string): Change {
    const { english } = this.#form;
    const write: Call<boolean> = (glue, form) =>
      withDocument(glue, text, (length, whole) => glue.formWrite(form, this.id, kind, length, whole, english));
    const changed = this.#form.do(write, kind === Kind.Text ? this : undefined);
    return this.#form.told(changed, this, false);
  }

  #move(to: number | undefined): Change {
    const changed = this.#form.do((glue, form) => glue.formMove(form, this.id, to, this.#form.english));
    return this.#form.told(changed, undefined, true);
  }
}

/** What an edit changed. It is read when somebody looks: most changes nobody does. */
class Told implements Change {
  readonly #form: LiveForm;
  /** By turns a place and what changed there. */
  readonly #told: Float64Array;
  #changed: readonly FieldChange[] | undefined;

  constructor(form: LiveForm, told: Float64Array) {
    this.#form = form;
    this.#told = told;
  }

  get changed(): readonly FieldChange[] {
    return (this.#changed ??= this.#read());
  }

  toJSON(): Change {
    return { changed: this.changed };
  }

  #read(): FieldChange[] {
    const changed: FieldChange[] = [];
    for (let at = 0; at < this.#told.length; at += 2) {
      const [id, bits] = [this.#told[at] as number, this.#told[at + 1] as number];
      const state = this.#form.standing(id);
      // What is gone by now is not told.
      if (state !== undefined) changed.push(fieldChange(id, bits, state));
    }
    return changed;
  }
}

/** What changed at a place, with members for that alone. */
function fieldChange(id: number, bits: number, { path, value, relevant, required, readonly, issues }: FieldState): FieldChange {
  return {
    id,
    path,
    ...(bits & Bit.Issues && { issues }),
    ...(bits & Bit.Relevant && { relevant }),
    ...(bits & Bit.Required && { required }),
    ...(bits & Bit.Readonly && { readonly }),
    ...(bits & (Bit.Value | Bit.Inside) && { value: value ?? null }),
    ...(bits & Bit.Options && { options: true as const }),
    ...(bits & Bit.Inside && { inside: true as const }),
  };
}

interface Page {
  readonly id: string;
  readonly fields: readonly string[];
}

/** An issue belongs to a field when it stands there, below it, or on something that holds it. */
function touches(path: string, field: string): boolean {
  return path === field || path.startsWith(`${field}/`) || field.startsWith(`${path}/`);
}
