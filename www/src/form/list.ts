// Rows: a table where each has a few short answers, else cards. On a phone the rows of a table are cards too.

import type { Issue, Json } from "hoso";
import { announce, fill, focusOn, h, hidden } from "../dom.js";
import { furnished, typed } from "../schema/furnish.js";
import { get, child, idOf, isObject, type Data } from "../schema/pointer.js";
import { t } from "../words/index.js";
import { focusControl, type Context, type Control, type MakeOptions } from "./control.js";
import { frame } from "./frame.js";
import { slots, deeper } from "./group.js";
import { tableRow, tableHead } from "./table.js";

const MOST_COLUMNS = 4;
const SLOTTED = new Set(["x-relevant", "x-calculate", "x-readonly", "x-options"]);

export function listControl(context: Context, pointer: string, options: MakeOptions): Control {
  const around = frame({
    id: idOf(pointer),
    label: context.model.label(pointer, context.language),
    hint: context.model.hint(pointer, context.language),
    isOptional: !context.isAsked(pointer),
    kind: "several",
    heading: options.heading,
    isNamedAbove: options.isNamedAbove ?? false,
    class: "list",
  });
  const rows = new Rows(context, pointer, options);
  around.body.append(rows.element);
  return {
    pointer,
    element: around.element,
    read: () => undefined,
    show: (issues: readonly Issue[]) => around.show(issues),
    focus: () => {
      const first = context.model.soleFlag(pointer);
      const target =
        (first && document.getElementById(`${idOf(pointer)}-0-${first}`)) ||
        around.element.querySelector<HTMLElement>("input, select, button");
      if (target) focusControl(target, around.element.querySelector("legend") ?? around.element);
    },
    ask: around.ask,
  };
}

class Rows {
  readonly element = h("div", { class: "rows" });
  readonly #status = h("div", { class: "row-status" });
  readonly #isTable: boolean;

  constructor(
    readonly context: Context,
    readonly pointer: string,
    readonly options: MakeOptions,
  ) {
    this.#isTable = isTable(context, pointer);
    // A list that is asked for starts with a row: an empty page would not say what to do.
    if (this.#count() === 0 && context.isAsked(pointer)) context.form.insert(pointer, 0, this.#empty());
    this.#draw();
  }

  #count(): number {
    const rows = this.context.value(this.pointer);
    return Array.isArray(rows) ? rows.length : 0;
  }

  /** A row before anybody filled it in. */
  #empty(): Data {
    return furnished(this.context.model, child(this.pointer, 0));
  }

  #draw(): void {
    const { context, pointer } = this;
    context.forget(`${pointer}/`);
    const rows = Array.from({ length: this.#count() }, (_, index) =>
      this.#isTable ? tableRow(context, pointer, index, this.#actions(index)) : this.#card(index),
    );
    const body = this.#isTable && rows.length > 0 ? h("table", { role: "table", class: "table" }, tableHead(context, pointer), rows) : rows;
    fill(this.element, body, this.#status, this.#addButton());
    context.refresh(pointer);
  }

  #card(index: number): HTMLElement {
    const { context, pointer } = this;
    const row = child(pointer, index);
    const fields = context.model.fields(row).map((name) => child(row, name));
    const around = frame({
      id: idOf(row),
      label: this.#name(index),
      hint: "",
      isOptional: false,
      kind: "several",
      heading: deeper(this.options).heading,
      class: "card",
    });
    around.body.append(
      slots(context, fields, deeper(deeper(this.options))).element,
      h("div", { class: "card-actions" }, this.#actions(index)),
    );
    const focus = (): void => focusControl(around.element.querySelector("input, select") ?? around.element, around.element);
    context.adopt({ pointer: row, element: around.element, read: () => undefined, show: (issues) => around.show(issues), focus });
    return around.element;
  }

  #name(index: number): string {
    return t("row", { label: this.context.model.label(child(this.pointer, index), this.context.language), row: index + 1 });
  }

  #actions(index: number): HTMLElement {
    const act = (name: string, words: string, work: () => void): HTMLElement =>
      h(
        "button",
        { type: "button", class: "link", id: `${idOf(child(this.pointer, index))}-${name}`, on: { click: work } },
        words,
        hidden(` ${this.#name(index)}`),
      );
    return h(
      "div",
      { class: "row-actions" },
      index > 0 && act("up", t("row-up"), () => this.#move(index, index - 1)),
      index < this.#count() - 1 && act("down", t("row-down"), () => this.#move(index, index + 1)),
      act("remove", t("remove"), () => this.#remove(index)),
    );
  }

  #addButton(): HTMLElement {
    const most = this.context.model.at(this.pointer)["maxItems"];
    if (typeof most === "number" && this.#count() >= most) return h("p", { class: "hint" }, t("rows-full", { most }));
    const label = this.context.model.label(child(this.pointer, this.#count()), this.context.language);
    const text = t("add-row", { label: `${label.charAt(0).toLowerCase()}${label.slice(1)}` });
    return h(
      "button",
      { type: "button", class: "button outline", id: `${idOf(this.pointer)}-add`, on: { click: () => this.#add() } },
      text,
    );
  }

  #add(): void {
    const last = this.#count();
    this.#status.replaceChildren();
    this.context.form.insert(this.pointer, last, this.#empty());
    this.#draw();
    this.element.querySelector<HTMLElement>(`[id^="${idOf(child(this.pointer, last))}-"]:is(input, select, textarea)`)?.focus();
  }

  /** The row goes with its button, which keeps the focus; at an end of the list the other one takes it. */
  #move(index: number, to: number): void {
    const name = this.#name(index);
    this.#status.replaceChildren();
    this.context.form.field(child(this.pointer, index)).move(to);
    this.#draw();
    const [same, other] = to < index ? ["up", "down"] : ["down", "up"];
    const button = (way: string | undefined): HTMLElement | null => document.getElementById(`${idOf(child(this.pointer, to))}-${way}`);
    (button(same) ?? button(other))?.focus();
    announce(t("row-moved", { row: name, at: to + 1, rows: this.#count() }));
  }

  #remove(index: number): void {
    const { context, pointer } = this;
    const row = child(pointer, index);
    const [removed, name] = [get(typed(context.form), row) ?? {}, this.#name(index)];
    // A list that holds nothing is not filled in.
    if (this.#count() === 1 && !context.isAsked(pointer)) context.change(pointer, undefined);
    else context.form.field(row).remove();
    this.#draw();
    const text = t("row-removed", { row: name });
    const back = h(
      "button",
      { type: "button", class: "link", on: { click: () => this.#restore(index, removed, name) } },
      t("row-back"),
      hidden(` ${name}`),
    );
    const line = h("p", {}, text, " ", isObject(removed) && Object.keys(removed).length > 0 && back);
    fill(this.#status, line);
    announce(text);
    focusOn(line);
  }

  #restore(index: number, row: Json, name: string): void {
    this.#status.replaceChildren();
    this.context.form.insert(this.pointer, index, row);
    this.#draw();
    announce(t("row-restored", { row: name }));
    document.getElementById(`${idOf(child(this.pointer, index))}-remove`)?.focus();
  }
}

function isTable(context: Context, pointer: string): boolean {
  const row = child(pointer, 0);
  const kinds = context.model.fields(row).map((name) => context.model.kind(child(row, name)));
  return (
    context.model.kind(row) === "group" &&
    kinds.length <= MOST_COLUMNS &&
    // What comes and goes, or is computed, needs a slot.
    !context.model.fields(row).some((name) => Object.keys(context.model.at(child(row, name))).some((word) => SLOTTED.has(word))) &&
    kinds.every((kind) => kind === "text" || kind === "integer" || kind === "number" || kind === "boolean")
  );
}
