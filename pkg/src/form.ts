import { moment } from "./clock.js";
import { type CoreGlue, core, withDocument } from "./core.js";
import { Handle } from "./engine.js";
import { failure } from "./failure.js";
import type {
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
  OpenOptions,
  Report,
  Schema,
} from "./types.js";
import { jsonOf } from "./value.js";

/** What every edit that changes nothing else answers. */
const NOTHING: Change = Object.freeze({ changed: Object.freeze([]) });

/** How `formWrite` takes what it is given: `src/wasm/live.rs`. */
const enum Kind {
  Text,
  Json,
  Typed,
  Nothing,
}

const enum Step {
  Undo,
  Redo,
  Begin,
  Commit,
}

const enum Text {
  Data,
  Typed,
  Draft,
  Dropped,
}

type Call<R> = (glue: CoreGlue, id: number) => R;
type Listener = (change: Change) => void;

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
  readonly #source: Source;
  readonly #lang: Language;
  readonly #now: number;
  /** Every call that led here: another instance of the module is brought to the same state by them. */
  readonly #journal: Call<unknown>[] = [];
  #handle: Handle<CoreGlue> | undefined;
  readonly #places = new Map<string, Place>();
  readonly #byId = new Map<number, Place>();
  readonly #listeners = new Set<Listener>();
  #snapshot: FormSnapshot | undefined;
  #edits = 0;
  #batches = 0;

  constructor(source: Source, options: OpenOptions) {
    this.schema = source.schema;
    this.#source = source;
    this.#lang = options.lang ?? source.schema.lang;
    this.#now = Date.parse(moment(options.now, this.#lang)) / 1000;
    // A draft is read at once, so that one that is damaged is refused here.
    if (source.isDraft) this.#ask((glue, id) => glue.formText(id, Text.Dropped));
  }

  get lang(): Language {
    return this.#lang;
  }

  get json(): string {
    return this.#handle === undefined ? this.#source.text : this.#ask((glue, id) => glue.formText(id, Text.Data));
  }

  get typed(): string {
    return this.#ask((glue, id) => glue.formText(id, Text.Typed));
  }

  get value(): Json {
    return JSON.parse(this.json) as Json;
  }

  get dropped(): readonly Dropped[] {
    return JSON.parse(this.#ask((glue, id) => glue.formText(id, Text.Dropped))) as Dropped[];
  }

  draft(): string {
    return this.#ask((glue, id) => glue.formText(id, Text.Draft));
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

  undo(): boolean {
    return this.#back(Step.Undo);
  }

  redo(): boolean {
    return this.#back(Step.Redo);
  }

  batch(edits: () => void): Change {
    this.#batches += 1;
    if (this.#batches === 1) this.do((glue, id) => glue.formStep(id, Step.Begin, this.english));
    try {
      edits();
    } finally {
      this.#batches -= 1;
    }
    if (this.#batches > 0) return NOTHING;
    const changed = this.do((glue, id) => glue.formStep(id, Step.Commit, this.english));
    return this.told(changed, undefined, true);
  }

  report(options: CheckOptions = {}): Report {
    const now = moment(options.now, this.#lang);
    if (this.#handle === undefined) return this.schema.validateJson(this.#source.text, { now, lang: options.lang ?? this.#lang });
    const english = (options.lang ?? this.#lang) === "en";
    return JSON.parse(this.do((glue, id) => glue.formReport(id, now, english))) as Report;
  }

  check(options: CheckOptions = {}): Checked {
    const lang = options.lang ?? this.#lang;
    const fields = options.page === undefined ? undefined : this.#fields(options.page, lang);
    const report = this.report(options);
    if (fields === undefined) return this.#whole(report, lang);
    const issues = report.issues.filter((issue) => fields.some((field) => touches(issue.path, field)));
    const valid = !issues.some((issue) => issue.level === "error");
    const ofPage = { ...report, valid, issues };
    return valid ? { type: "valid-page", report: ofPage } : { type: "invalid", issues, report: ofPage };
  }

  subscribe(pointerOrListener: string | Listener, listener?: Listener): () => void {
    if (typeof pointerOrListener === "string") return this.#place(pointerOrListener).subscribe(listener ?? (() => {}));
    const own: Listener = (change) => pointerOrListener(change);
    this.#listeners.add(own);
    return () => this.#listeners.delete(own);
  }

  readonly getSnapshot = (): FormSnapshot => (this.#snapshot ??= Object.freeze({ edits: this.#edits, json: this.json }));

  dispose(): void {
    this.#handle?.release();
  }

  get english(): boolean {
    return this.#lang === "en";
  }

  /** Makes a call that leads to another state. */
  do<R>(call: Call<R>): R {
    const result = this.#ask(call);
    this.#journal.push(call);
    return result;
  }

  /** Makes a call that leaves everything as it is. */
  ask<R>(call: Call<R>): R {
    return this.#ask(call);
  }

  #ask<R>(call: Call<R>): R {
    this.#handle ??= this.#open();
    return this.#handle.use(this.#lang, call);
  }

  #open(): Handle<CoreGlue> {
    const { handle, text, isDraft } = this.#source;
    const make = (): number =>
      handle.use(this.#lang, (glue, schema) => {
        const form = withDocument(glue, text, (length, whole) => glue.formOpen(schema, length, whole, isDraft, this.#now, this.english));
        for (const call of this.#journal) call(glue, form);
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

  placeOf(id: number): Place {
    let place = this.#byId.get(id);
    if (place === undefined) this.#byId.set(id, (place = new Place(this, id)));
    return place;
  }

  #back(step: Step.Undo | Step.Redo): boolean {
    const done = this.do((glue, id) => glue.formStep(id, step, this.english));
    if (done) this.told(true, undefined, true);
    return done;
  }

  /** Tells everybody what an edit changed. `moved` where places may be at other pointers than before. */
  told(changed: boolean, written: Place | undefined, moved: boolean): Change {
    if (this.#batches > 0) return NOTHING;
    this.#edits += 1;
    this.#snapshot = undefined;
    const change = changed ? this.#changes(moved) : NOTHING;
    const all = moved || change.changed.some((one) => one.inside === true);
    if (all) {
      this.#places.clear();
      for (const place of this.#byId.values()) place.forget();
    } else {
      written?.forget();
      for (const one of change.changed) this.#byId.get(one.id)?.forget();
    }
    const places = all ? this.#byId.values() : new Set([written, ...change.changed.map((one) => this.#byId.get(one.id))]);
    for (const place of places) place?.tell(change);
    for (const listener of this.#listeners) listener(change);
    return change;
  }

  #changes(moved: boolean): Change {
    const changed = JSON.parse(this.do((glue, id) => glue.formChanges(id, this.english))) as FieldChange[];
    return changed.length === 0 && !moved ? NOTHING : { changed };
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

  constructor(form: LiveForm, id: number) {
    this.#form = form;
    this.id = id;
  }

  readonly getSnapshot = (): FieldState => (this.#state ??= this.#read());

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

  touch(): void {
    this.#form.do((glue, form) => glue.formTouch(form, this.id, this.#form.english));
    this.forget();
    this.tell(NOTHING);
  }

  subscribe(listener: Listener): () => void {
    const own: Listener = (change) => listener(change);
    this.#listeners.add(own);
    return () => this.#listeners.delete(own);
  }

  forget(): void {
    this.#state = undefined;
  }

  tell(change: Change): void {
    for (const listener of this.#listeners) listener(change);
  }

  #read(): FieldState {
    return Object.freeze(JSON.parse(this.#form.ask((glue, form) => glue.formAsk(form, this.id, 0, this.#form.english))) as FieldState);
  }

  #write(kind: Kind, text: string): Change {
    const { english } = this.#form;
    const changed = this.#form.do((glue, form) =>
      withDocument(glue, text, (length, whole) => glue.formWrite(form, this.id, kind, length, whole, english)),
    );
    return this.#form.told(changed, this, false);
  }

  #move(to: number | undefined): Change {
    const changed = this.#form.do((glue, form) => glue.formMove(form, this.id, to, this.#form.english));
    return this.#form.told(changed, undefined, true);
  }
}

interface Page {
  readonly id: string;
  readonly fields: readonly string[];
}

/** An issue belongs to a field when it stands there, below it, or on something that holds it. */
function touches(path: string, field: string): boolean {
  return path === field || path.startsWith(`${field}/`) || field.startsWith(`${path}/`);
}
