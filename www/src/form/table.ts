// A row of a table. Its messages stand in a line of their own above its fields, so that none is squeezed into a column.

import type { Issue } from "hoso";
import { fill, h, hidden } from "../dom.js";
import { child, idOf } from "../schema/pointer.js";
import { t } from "../words/index.js";
import { focusControl, hasError, type Context } from "./control.js";
import { errorLine, mark, noteLine } from "./frame.js";
import { offersFor, textInput } from "./text.js";

export function tableHead(context: Context, list: string): HTMLElement {
  const row = child(list, 0);
  const column = (name: string): HTMLElement => {
    const place = child(row, name);
    const hint = context.model.hint(place, context.language);
    const isOptional = !context.model.isAlwaysRequired(place) && context.model.kind(place) !== "boolean";
    return h(
      "th",
      { role: "columnheader", scope: "col", class: `column-${context.model.kind(place)}` },
      context.model.label(place, context.language),
      isOptional && h("span", { class: "optional" }, ` ${t("optional")}`),
      hint && h("span", { class: "hint", id: hintId(list, name) }, hint),
    );
  };
  const columns = context.model.fields(row).map(column);
  return h(
    "thead",
    { role: "rowgroup" },
    h("tr", { role: "row" }, columns, h("th", { role: "columnheader", scope: "col" }, hidden(t("row-actions")))),
  );
}

const hintId = (list: string, name: string): string => `${idOf(list)}-column-${name}-hint`;

export function tableRow(context: Context, list: string, index: number, actions: HTMLElement): HTMLElement {
  const row = child(list, index);
  const messages = new RowMessages(context, row);
  const cells = context.model.fields(row).map((name) => {
    const place = child(row, name);
    return context.model.kind(place) === "boolean" ? flagCell(context, list, index, name) : textCell(context, list, index, name, messages);
  });
  messages.adoptRow(cells);
  return h(
    "tbody",
    { role: "rowgroup", class: "row", id: `${idOf(row)}-field` },
    messages.element,
    h("tr", { role: "row" }, cells, h("td", { role: "cell", class: "cell-actions" }, actions)),
  );
}

function cellLabel(context: Context, place: string, index: number): HTMLElement[] {
  const isOptional = !context.model.isAlwaysRequired(place) && context.model.kind(place) !== "boolean";
  return [
    h(
      "span",
      { class: "cell-label" },
      context.model.label(place, context.language),
      isOptional && h("span", { class: "optional" }, ` ${t("optional")}`),
    ),
    hidden(`, ${t("in-row", { row: index + 1 })}`),
  ];
}

function textCell(context: Context, list: string, index: number, name: string, messages: RowMessages): HTMLElement {
  const place = child(child(list, index), name);
  const input = textInput(context, place);
  const hint = context.model.hint(place, context.language) ? hintId(list, name) : "";
  mark(input, false, hint);
  // Cards have no head of columns to keep the hint; the first one shows it, to eyes alone.
  const words =
    index === 0 && hint && h("span", { class: "hint cell-hint", "aria-hidden": "true" }, context.model.hint(place, context.language));
  const cell = h(
    "td",
    { role: "cell", class: `cell-${context.model.format(place) || "text"}` },
    h("label", { for: input.id }, cellLabel(context, place, index)),
    words,
    input,
  );
  context.adopt({
    pointer: place,
    element: cell,
    read: () => void input.dispatchEvent(new Event("change")),
    show: (issues) => {
      const described = messages.show(place, issues, offersFor(context, place, input, issues));
      mark(input, hasError(issues), [hint, described].filter(Boolean).join(" "));
    },
    focus: () => focusControl(input, messages.element),
  });
  return cell;
}

/** One radio button of the set that all rows share, or a box to tick. */
function flagCell(context: Context, list: string, index: number, name: string): HTMLElement {
  const place = child(child(list, index), name);
  const isSole = context.model.soleFlag(list) === name;
  const input = h("input", {
    type: isSole ? "radio" : "checkbox",
    id: idOf(place),
    name: isSole ? `${list}#${name}` : place,
    value: index,
    autocomplete: "off",
  });
  input.checked = context.value(place) === true;
  input.addEventListener("change", () => {
    if (!isSole) return context.change(place, input.checked);
    const rows = context.value(list);
    context.edit(() => {
      if (Array.isArray(rows)) rows.forEach((_, at) => context.form.field(child(child(list, at), name)).set(at === index));
    });
  });
  return h(
    "td",
    { role: "cell", class: "cell-flag" },
    h("div", { class: "radio" }, input, h("label", { for: input.id }, cellLabel(context, place, index))),
  );
}

class RowMessages {
  readonly #cell: HTMLElement;
  readonly element: HTMLElement;
  readonly #shown = new Map<string, readonly Issue[]>();
  readonly #offers = new Map<string, readonly HTMLElement[]>();

  constructor(
    readonly context: Context,
    readonly row: string,
  ) {
    this.#cell = h("td", { role: "cell", colspan: context.model.fields(row).length + 1 });
    this.element = h("tr", { role: "row", class: "row-messages", hidden: true }, this.#cell);
  }

  /** The row itself can be wrong, as when it repeats another. */
  adoptRow(cells: readonly HTMLElement[]): void {
    const focus = (): void => {
      const first = cells[0]?.querySelector<HTMLElement>("input, textarea");
      if (first) focusControl(first, this.element);
    };
    this.context.adopt({
      pointer: this.row,
      element: this.element,
      read: () => undefined,
      show: (issues) => void this.show(this.row, issues),
      focus,
    });
  }

  /** Shows what is known of a place of the row; gives the id of its sentences. */
  show(place: string, issues: readonly Issue[], offers: readonly HTMLElement[] = []): string {
    this.#shown.set(place, issues);
    this.#offers.set(place, offers);
    const lines = [...this.#shown].filter(([, known]) => known.length > 0);
    fill(
      this.#cell,
      lines.map(([at, known]) =>
        h(
          "div",
          { id: `${idOf(at)}-messages` },
          known.map((issue) => (issue.level === "error" ? errorLine(issue) : noteLine(issue))),
          this.#offers.get(at),
        ),
      ),
    );
    this.element.hidden = lines.length === 0;
    this.element.closest(".row")?.classList.toggle(
      "has-error",
      lines.some(([, known]) => hasError(known)),
    );
    return issues.length > 0 ? `${idOf(place)}-messages` : "";
  }
}
