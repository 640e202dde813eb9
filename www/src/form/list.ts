// Rows: a table where each has a few short answers, else cards. On a phone the rows of a table are cards too.

import type { Issue, Json } from "hoso";
import { announce, fill, focusOn, h, hidden } from "../dom.js";
import { get, child, idOf, isObject, set } from "../schema/pointer.js";
import { t } from "../words/index.js";
import { focusControl, type Context, type Control, type MakeOptions } from "./control.js";
import { frame } from "./frame.js";
import { slots, deeper } from "./group.js";
import { tableRow, tableHead } from "./table.js";

const MOST_COLUMNS = 4;

export function listControl(context: Context, pointer: string, options: MakeOptions): Control {
  const around = frame({
    id: idOf(pointer),
    label: context.model.label(pointer, context.language),
    hint: context.model.hint(pointer, context.language),
    isOptional: !context.standing().required.has(pointer),
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
    if (this.#rows().length === 0 && context.standing().required.has(pointer)) set(context.data, pointer, [{}]);
    this.#draw();
  }

  #rows(): Json[] {
    const rows = get(this.context.data, this.pointer);
    return Array.isArray(rows) ? (rows as Json[]) : [];
  }

  #draw(): void {
    const { context, pointer } = this;
    context.forget(`${pointer}/`);
    const rows = this.#rows().map((_, index) =>
      this.#isTable ? tableRow(context, pointer, index, this.#removeButton(index)) : this.#card(index),
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
      h("div", { class: "card-actions" }, this.#removeButton(index)),
    );
    const focus = (): void => focusControl(around.element.querySelector("input, select") ?? around.element, around.element);
    context.adopt({ pointer: row, element: around.element, read: () => undefined, show: (issues) => around.show(issues), focus });
    return around.element;
  }

  #name(index: number): string {
    return t("row", { label: this.context.model.label(child(this.pointer, index), this.context.language), row: index + 1 });
  }

  #removeButton(index: number): HTMLElement {
    return h(
      "button",
      { type: "button", class: "link", id: `${idOf(child(this.pointer, index))}-remove`, on: { click: () => this.#remove(index) } },
      t("remove"),
      hidden(` ${this.#name(index)}`),
    );
  }

  #addButton(): HTMLElement {
    const most = this.context.model.at(this.pointer)["maxItems"];
    if (typeof most === "number" && this.#rows().length >= most) return h("p", { class: "hint" }, t("rows-full", { most }));
    const label = this.context.model.label(child(this.pointer, this.#rows().length), this.context.language);
    const text = t("add-row", { label: `${label.charAt(0).toLowerCase()}${label.slice(1)}` });
    return h(
      "button",
      { type: "button", class: "button outline", id: `${idOf(this.pointer)}-add`, on: { click: () => this.#add() } },
      text,
    );
  }

  #add(): void {
    this.#status.replaceChildren();
    const rows = this.#rows();
    this.#change([...rows, {}]);
    this.element.querySelector<HTMLElement>(`[id^="${idOf(child(this.pointer, rows.length))}-"]:is(input, select, textarea)`)?.focus();
  }

  #remove(index: number): void {
    const rows = this.#rows();
    const removed = rows[index] ?? {};
    const name = this.#name(index);
    this.#change(rows.filter((_, at) => at !== index));
    const text = t("row-removed", { row: name });
    const undo = h("button", { type: "button", class: "link", on: { click: () => this.#restore(index, removed, name) } }, t("undo"));
    const line = h("p", {}, text, " ", isObject(removed) && Object.keys(removed).length > 0 && undo);
    fill(this.#status, line);
    announce(text);
    focusOn(line);
  }

  #restore(index: number, row: Json, name: string): void {
    const rows = this.#rows();
    this.#status.replaceChildren();
    this.#change([...rows.slice(0, index), row, ...rows.slice(index)]);
    announce(t("row-restored", { row: name }));
    document.getElementById(`${idOf(child(this.pointer, index))}-remove`)?.focus();
  }

  #change(rows: Json[]): void {
    this.context.change(this.pointer, rows);
    this.#draw();
  }
}

function isTable(context: Context, pointer: string): boolean {
  const row = child(pointer, 0);
  const kinds = context.model.fields(row).map((name) => context.model.kind(child(row, name)));
  return (
    context.model.kind(row) === "group" &&
    kinds.length <= MOST_COLUMNS &&
    kinds.every((kind) => kind === "text" || kind === "integer" || kind === "number" || kind === "boolean")
  );
}
