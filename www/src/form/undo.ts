// Taking the last edit back, and doing it again: steps of the live form, told by the field they concern.

import type { Json } from "hoso";
import { h } from "../dom.js";
import { reconcile } from "../journey/papers.js";
import { holdsAnswer, typed } from "../schema/furnish.js";
import type { Model } from "../schema/model.js";
import { child, isObject, member } from "../schema/pointer.js";
import { app, type Session } from "../state.js";
import { t } from "../words/index.js";

type Way = "undo" | "redo";

/** The two buttons, and the keys for those who are in no text field: there they are the browser's own. */
export class Undo {
  readonly #undo = this.#button("undo");
  readonly #redo = this.#button("redo");
  readonly element = h("div", { class: "undo" }, this.#undo, this.#redo);
  readonly #keys = (event: KeyboardEvent): void => this.#pressed(event);

  constructor(
    readonly session: Session,
    /** Called with the place of what was taken back or done again; with nothing where there was nothing. */
    readonly done: (way: Way, place: string | null) => void,
  ) {
    document.addEventListener("keydown", this.#keys);
    this.update();
  }

  left(): void {
    document.removeEventListener("keydown", this.#keys);
  }

  update(): void {
    this.#undo.hidden = !this.session.canUndo;
    this.#redo.hidden = !this.session.canRedo;
  }

  #button(way: Way): HTMLButtonElement {
    return h("button", { type: "button", class: "link", id: way, on: { click: () => this.#go(way) } }, t(way));
  }

  #go(way: Way): void {
    this.done(way, step(this.session, way));
  }

  #pressed(event: KeyboardEvent): void {
    const key = event.key.toLowerCase();
    if (!(event.ctrlKey || event.metaKey) || event.altKey || (key !== "z" && key !== "y")) return;
    if (event.target instanceof Element && event.target.matches("input:not([type=radio], [type=checkbox]), textarea")) return;
    event.preventDefault();
    this.#go(key === "y" || event.shiftKey ? "redo" : "undo");
  }
}

/** Goes one step that a person can see: what the page itself put in or took out, an empty group, is none. */
function step(session: Session, way: Way): string | null {
  const { form } = session;
  session.isStepping = true;
  try {
    for (let before = typed(form), is = form[way](); is; is = form[way]()) {
      const after = typed(form);
      const place = difference(app.model, before, after, "");
      before = after;
      if (place === null) continue;
      session.canUndo = way === "redo" || session.canUndo;
      session.canRedo = way === "undo" || session.canRedo;
      reconcile();
      return place;
    }
  } finally {
    session.isStepping = false;
  }
  if (way === "undo") session.canUndo = false;
  else session.canRedo = false;
  return null;
}

/** The first place where two answers differ. */
function difference(model: Model, before: Json | undefined, after: Json | undefined, at: string): string | null {
  if (JSON.stringify(before) === JSON.stringify(after)) return null;
  if (isObject(before) && isObject(after) && model.kind(at) !== "files") {
    for (const name of model.fields(at)) {
      const found = difference(model, member(before, name), member(after, name), child(at, name));
      if (found !== null) return found;
    }
    return null;
  }
  const isSameRows = Array.isArray(before) && Array.isArray(after) && before.length === after.length && model.kind(at) === "list";
  if (isSameRows && sorted(before) !== sorted(after)) {
    const row = before.findIndex((value, index) => JSON.stringify(value) !== JSON.stringify(after[index]));
    return difference(model, before[row], after[row], child(at, row));
  }
  return holdsAnswer(model, before, at) || holdsAnswer(model, after, at) ? at : null;
}

const sorted = (rows: readonly Json[]): string =>
  rows
    .map((row) => JSON.stringify(row))
    .sort()
    .join();

/** What to say of a step. */
export function stepWords(way: Way, place: string | null): string {
  if (place === null) return t(way === "undo" ? "undo-none" : "redo-none");
  return t(way === "undo" ? "undone" : "redone", { label: app.model.label(place, app.language) });
}
