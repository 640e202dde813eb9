// One page of the form: its controls, its check on Continue, and the second look at fields that were wrong.

import type { Issue, Json, Language } from "hoso";
import { announce, h } from "../dom.js";
import { saveSoon } from "../draft/autosave.js";
import { checkPage, issuesOf } from "../journey/compose.js";
import { dependents } from "../portal/lists.js";
import type { Model, Page } from "../schema/model.js";
import { get, idOf, isObject, parent, set, within, type Data } from "../schema/pointer.js";
import { standing, type Standing } from "../schema/standing.js";
import { app, touch, type Session } from "../state.js";
import { t } from "../words/index.js";
import { checkControl, choiceControl, fixedControl, listedControl } from "./choice.js";
import { hasError, type Context, type Control, type MakeOptions } from "./control.js";
import { dateControl } from "./date.js";
import { filesControl } from "./files.js";
import { groupControl, redrawField, slots, updateSlots } from "./group.js";
import { listControl } from "./list.js";
import type { Item } from "./summary.js";
import { textControl } from "./text.js";

export class PageForm implements Context {
  readonly model: Model = app.model;
  readonly language: Language = app.language;
  readonly data: Data;
  readonly #controls = new Map<string, Control>();
  /** The places that show something, and what. */
  readonly #shown = new Map<string, readonly Issue[]>();
  #standing: Standing | null = null;

  constructor(
    readonly page: Page,
    readonly session: Session,
    /** Called after every change of a value or a file. */
    readonly changed: () => void,
  ) {
    this.data = session.values;
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
    return issuesOf(checkPage(this.page.id));
  }

  showAll(issues: readonly Issue[]): void {
    const byPlace = this.#placed(issues);
    for (const control of this.#controls.values()) this.#show(control, byPlace.get(control.pointer) ?? []);
  }

  /** The issues as lines of a summary. */
  items(issues: readonly Issue[], address: (field: string) => string): Item[] {
    return issues.map((issue) => {
      const control = this.#controlFor(issue.path);
      return control ? { issue, href: address(idOf(control.pointer)), go: () => control.focus() } : { issue, href: null };
    });
  }

  focus(id: string): boolean {
    const control = [...this.#controls.values()].find((each) => idOf(each.pointer) === id);
    control?.focus();
    return control !== undefined;
  }

  standing(): Standing {
    this.#standing ??= standing(this.model, this.data);
    return this.#standing;
  }

  change(pointer: string, value: Json | undefined): void {
    set(this.data, pointer, value);
    this.#standing = null;
    touch(this.session);
    saveSoon();
    this.#clearDependents(pointer);
    updateSlots();
    this.changed();
    this.#lookAgain(pointer);
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
    this.#lookAgain(pointer, true);
  }

  #control(pointer: string, options: MakeOptions): Control {
    switch (this.model.kind(pointer)) {
      case "choice":
        return choiceControl(this, pointer);
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
  #clearDependents(pointer: string): void {
    const [first, ...others] = dependents(this.model, pointer);
    if (first === undefined) return;
    if (get(this.data, first) !== undefined) announce(t("cleared", { label: this.model.label(first, this.language) }));
    for (const place of [first, ...others]) set(this.data, place, undefined);
    for (const place of [first, ...others]) redrawField(place);
  }

  /** Looks again at what was wrong, and only at that: a field that nobody has been told about stays quiet until Continue. */
  #lookAgain(pointer: string, isRedrawn = false): void {
    const wrong = [...this.#shown].filter(([, issues]) => issues.length > 0).map(([place]) => place);
    if (wrong.length === 0) return;
    const byPlace = this.#placed(this.look());
    const isTold = isRedrawn && wrong.some((place) => within(place, pointer));
    for (const control of this.#controls.values()) {
      const isKnown = wrong.includes(control.pointer) || (isTold && within(control.pointer, pointer) && !this.#isEmptyRow(control.pointer));
      if (isKnown) this.#show(control, byPlace.get(control.pointer) ?? []);
    }
  }

  #isEmptyRow(pointer: string): boolean {
    for (let at = pointer; at !== ""; at = parent(at)) {
      const value = get(this.data, at);
      if (/\/\d+$/.test(at) && isObject(value) && Object.keys(value).length === 0) return true;
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
