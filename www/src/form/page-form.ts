// One page of the form: its controls, its check on Continue, and the second look at fields that were wrong.

import type { Change, Form, Issue, Json, Language } from "hoso";
import { announce, h } from "../dom.js";
import { rowName, worded } from "../journey/compose.js";
import { dependents } from "../portal/lists.js";
import type { Model, Page } from "../schema/model.js";
import { get, idOf, parent, within } from "../schema/pointer.js";
import { fieldAt, isRelevant, valueAt } from "../schema/place.js";
import { holdsAnswer, tidy, typed } from "../schema/furnish.js";
import { app, type Session } from "../state.js";
import { t } from "../words/index.js";
import { checkControl, choiceControl, codeControl, fixedControl, listedControl } from "./choice.js";
import { hasError, type Context, type Control, type MakeOptions, type Slots } from "./control.js";
import { dateControl } from "./date.js";
import { filesControl } from "./files.js";
import { groupControl, slots } from "./group.js";
import { listControl } from "./list.js";
import type { Item } from "./summary.js";
import { outputControl } from "./output.js";
import { textControl } from "./text.js";

export class PageForm implements Context {
  readonly model: Model = app.model;
  readonly language: Language = app.language;
  readonly form: Form;
  readonly #controls = new Map<string, Control>();
  /** The slots, and whether they were on the page yet. */
  readonly #slots = new Map<Slots, boolean>();
  /** The places that show something, and what. */
  readonly #shown = new Map<string, readonly Issue[]>();
  /** What hoso says of the page since Continue, by place; kept up to date by what each edit changes. */
  readonly #known = new Map<string, readonly Issue[]>();
  readonly #stop: () => void;

  constructor(
    readonly page: Page,
    readonly session: Session,
    /** Called after every change of a value or a file. */
    readonly changed: () => void,
  ) {
    this.form = session.form;
    this.#stop = this.form.subscribe((change) => this.#told(change));
  }

  /** The page makes room for another: it listens no more. */
  left(): void {
    this.#stop();
  }

  /** The fields of the page; under the label of what holds them, where the page is about several things. */
  draw(title: string): HTMLElement {
    const { groups } = this.page;
    const isOne = groups.length === 1;
    const body = h("div", { class: "page-fields" });
    for (const group of groups) {
      const label = this.model.label(group.owner, this.language);
      const isOnlyField = isOne && group.fields.length === 1 && this.model.label(group.fields[0] ?? "", this.language) === title;
      const inner = slots(this, group.fields, { heading: isOne || group.owner === "" ? 2 : 3, isNamedAbove: isOnlyField });
      if (isOne || group.owner === "") body.append(inner.element);
      else body.append(this.#part(group.owner, label, inner.element));
    }
    return body;
  }

  /** Takes what stands in every control: some tools change fields without an event. */
  read(): void {
    for (const control of [...this.#controls.values()]) control.read();
  }

  /** Checks the page. */
  look(): Issue[] {
    tidy(this.model, this.form);
    return this.#check();
  }

  #check(): Issue[] {
    const { issues } = this.form.check({ page: this.page.id }).report;
    this.#known.clear();
    for (const issue of issues) this.#known.set(issue.path, [...(this.#known.get(issue.path) ?? []), issue]);
    return issues.map((issue) => worded(this.form, issue));
  }

  /** Notes where a person was told of a mistake: there it is told again when the page is drawn anew. */
  tell(issues: readonly Issue[]): void {
    for (const { path, level } of issues) if (level === "error") fieldAt(this.form, this.#controlFor(path)?.pointer ?? path)?.touch();
  }

  /** Whether somebody was told of a mistake there. */
  isTold({ path }: Issue): boolean {
    const control = this.#controlFor(path);
    return [path, control?.pointer ?? path].some((place) => fieldAt(this.form, place)?.touched);
  }

  showAll(issues: readonly Issue[]): void {
    const byPlace = this.#placed(issues);
    for (const control of this.#controls.values()) this.#show(control, byPlace.get(control.pointer) ?? []);
  }

  /** The issues as lines of a summary. */
  items(issues: readonly Issue[], address: (field: string) => string): Item[] {
    return issues.map((issue) => {
      const control = this.#controlFor(issue.path);
      if (!control) return { issue, href: null };
      return { issue, href: address(idOf(control.pointer)), part: rowName(this.form, control.pointer), go: () => control.focus() };
    });
  }

  /** Moves to a field, or to what holds it. */
  focus(id: string): boolean {
    const holders = [...this.#controls.values()].filter(({ pointer }) => id === idOf(pointer) || id.startsWith(`${idOf(pointer)}-`));
    const nearest = holders.sort((left, right) => right.pointer.length - left.pointer.length)[0];
    nearest?.focus();
    return nearest !== undefined;
  }

  value(pointer: string): Json | undefined {
    return valueAt(this.form, pointer);
  }

  isAsked(pointer: string): boolean {
    return this.model.isAlwaysRequired(pointer) || this.form.field(pointer).required;
  }

  isRelevant(pointer: string): boolean {
    return isRelevant(this.form, pointer);
  }

  change(pointer: string, value: Json | undefined): void {
    const dependent = dependents(this.model, pointer);
    if (dependent.length === 0) return void this.form.set(pointer, value);
    this.#changeList(pointer, value, dependent);
  }

  input(pointer: string, text: string): void {
    this.form.input(pointer, text);
  }

  edit(edits: () => void): void {
    this.form.batch(edits);
  }

  hold(slots: Slots): void {
    this.#slots.set(slots, false);
  }

  redraw(pointer: string): void {
    for (const slots of this.#onPage()) slots.redraw(pointer);
  }

  listed(pointer: string): void {
    const element = this.#controls.get(pointer)?.element;
    // Nothing changes under the hands of whoever writes the code already, nor where the list was there all along.
    if (!element?.isConnected || element.contains(document.activeElement) || element.querySelector("select")) return;
    for (const place of [pointer, `${parent(pointer)}/communeName`]) this.redraw(place);
  }

  make(pointer: string, options: MakeOptions): Control | null {
    const control = this.#control(pointer, options);
    this.adopt(control);
    return control;
  }

  adopt(control: Control): void {
    this.#controls.set(control.pointer, control);
  }

  forget(pointer: string): void {
    for (const known of this.#controls.keys()) {
      const isBelow = pointer.endsWith("/") ? known.startsWith(pointer) : within(known, pointer);
      if (isBelow) this.#controls.delete(known);
    }
  }

  refresh(pointer: string): void {
    this.changed();
    const wrong = this.#wrong();
    if (wrong.length === 0) return;
    const byPlace = this.#placed(this.#check());
    const isTold = wrong.some((place) => within(place, pointer));
    for (const control of this.#controls.values()) {
      const isKnown = wrong.includes(control.pointer) || (isTold && within(control.pointer, pointer) && !this.#isEmptyRow(control.pointer));
      if (isKnown) this.#show(control, byPlace.get(control.pointer) ?? []);
    }
  }

  #control(pointer: string, options: MakeOptions): Control {
    const kind = this.model.kind(pointer);
    if (kind !== "group" && kind !== "list" && kind !== "files" && this.form.field(pointer).readonly) return outputControl(this, pointer);
    switch (kind) {
      case "choice":
        return choiceControl(this, pointer);
      case "code":
        return codeControl(this, pointer);
      case "fixed":
        return fixedControl(this, pointer);
      case "date":
        return dateControl(this, pointer);
      case "boolean":
        return checkControl(this, pointer);
      case "group":
        return groupControl(this, pointer, options);
      case "list":
        return listControl(this, pointer, options);
      case "files":
        return filesControl(this, pointer, options);
      default:
        return listedControl(this, pointer) ?? textControl(this, pointer);
    }
  }

  #part(owner: string, label: string, fields: HTMLElement): HTMLElement {
    const hint = this.model.hint(owner, this.language);
    return h(
      "fieldset",
      { class: "part", id: `${idOf(owner)}-part` },
      h("legend", { class: "legend-h2" }, h("h2", { class: "legend-heading" }, label)),
      hint && h("p", { class: "hint part-hint" }, hint),
      fields,
    );
  }

  /** What was chosen from a list that is now another list has to be chosen again. */
  #changeList(pointer: string, value: Json | undefined, places: readonly string[]): void {
    const [first = ""] = places;
    if (this.value(first) !== undefined) announce(t("cleared", { label: this.model.label(first, this.language) }));
    this.edit(() => {
      this.form.set(pointer, value);
      for (const place of places) this.form.field(place).clear();
    });
    for (const place of places) this.redraw(place);
  }

  /** Follows an edit: only what it changed is looked at. */
  #told({ changed }: Change): void {
    const came = new Set(changed.filter(({ relevant }) => relevant !== undefined).map(({ path }) => path));
    if (came.size > 0) for (const slots of this.#onPage()) slots.update(came);
    for (const { path, required, readonly, value, options } of changed) {
      if (required !== undefined) this.#controls.get(path)?.ask?.(this.isAsked(path));
      if (value !== undefined) this.#controls.get(path)?.update?.();
      if (readonly !== undefined || options) this.redraw(path);
    }
    // One that has no value says what it lacks, and that may be something else by now.
    for (const { pointer, update } of this.#controls.values()) if (update && this.value(pointer) === undefined) update();
    this.changed();
    this.#lookAgain(changed);
  }

  #onPage(): Slots[] {
    for (const [slots, was] of this.#slots) {
      if (slots.element.isConnected) this.#slots.set(slots, true);
      else if (was) this.#slots.delete(slots);
    }
    return [...this.#slots.keys()];
  }

  /** Looks again at what was wrong, and only at that: a field that nobody has been told about stays quiet until Continue. */
  #lookAgain(changed: Change["changed"]): void {
    const wrong = this.#wrong();
    if (wrong.length === 0) return;
    // Of what is inside a place that was replaced as a whole nothing is said.
    if (changed.some(({ inside }) => inside)) this.#check();
    for (const { path, issues } of changed) if (issues) this.#known.set(path, issues);
    const known = [...this.#known.values()].flat();
    const byPlace = this.#placed(known.map((issue) => worded(this.form, issue)));
    for (const place of wrong) {
      const control = this.#controls.get(place);
      if (control) this.#show(control, byPlace.get(place) ?? []);
    }
  }

  /** The places that show something. */
  #wrong(): string[] {
    return [...this.#shown].filter(([, issues]) => issues.length > 0).map(([place]) => place);
  }

  #isEmptyRow(pointer: string): boolean {
    for (let at = pointer; at !== ""; at = parent(at)) {
      if (/\/\d+$/.test(at) && !holdsAnswer(this.model, get(typed(this.form), at), at)) return true;
    }
    return false;
  }

  #show(control: Control, issues: readonly Issue[]): void {
    const before = this.#shown.get(control.pointer) ?? [];
    if (hasError(before) && !hasError(issues)) announce(t("mended"));
    this.#shown.set(control.pointer, issues);
    control.show(issues);
  }

  #placed(issues: readonly Issue[]): Map<string, Issue[]> {
    const placed = new Map<string, Issue[]>();
    for (const issue of issues) {
      const place = this.#controlFor(issue.path)?.pointer;
      if (place !== undefined) placed.set(place, [...(placed.get(place) ?? []), issue]);
    }
    return placed;
  }

  /** The control of a place, or of what holds it. */
  #controlFor(path: string): Control | undefined {
    for (let at = path; at !== ""; at = parent(at)) {
      const control = this.#controls.get(at);
      if (control) return control;
    }
    return undefined;
  }
}
