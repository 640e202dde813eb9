// A choice: a few as radio buttons, many as a list. One that the schema makes for everybody is only shown.

import type { Issue, Json } from "hoso";
import { h } from "../dom.js";
import { loadCommunes } from "../portal/communes.js";
import { isListed, knownList, nameOf } from "../portal/lists.js";
import { service } from "../portal/portal.js";
import type { Choice } from "../schema/model.js";
import { idOf } from "../schema/pointer.js";
import { before } from "../schema/sources.js";
import { t } from "../words/index.js";
import { focusControl, hasError, type Context, type Control } from "./control.js";
import { frame, mark, type Frame, type FrameParts } from "./frame.js";

const MOST_RADIOS = 5;
const MOST_LONG = 8;
const CUT_OFF = 24;
/** From here on the order of the list is no help, and the alphabet is. */
const SORTED_FROM = 15;

export function choiceControl(context: Context, pointer: string): Control {
  const choices = context.model.choices(pointer, context.language);
  // A list on a phone cuts long labels off.
  const isLong = choices.length <= MOST_LONG && choices.some(({ label }) => label.length > CUT_OFF);
  return choices.length > MOST_RADIOS && !isLong ? selectControl(context, pointer, choices) : radioControl(context, pointer, choices);
}

/** What has one choice needs no choosing: it is in the data from the start. */
export function fixedControl(context: Context, pointer: string): Control {
  const label = context.model.label(pointer, context.language);
  const element = h(
    "div",
    { class: "field fixed", id: `${idOf(pointer)}-field` },
    h("p", { class: "fixed-label" }, label),
    h("p", { id: idOf(pointer) }, context.model.choices(pointer, context.language)[0]?.label),
  );
  return { pointer, element, read: () => undefined, show: () => undefined, focus: () => element.scrollIntoView() };
}

/** A code of a list, of which the form offers what fits the other answers. */
export function codeControl(context: Context, pointer: string): Control {
  const first = before(context.model, pointer).find((place) => context.value(place) === undefined);
  if (first !== undefined) return waitingControl(context, pointer, first, context.model.label(pointer, context.language));
  const { options } = context.form.field(pointer);
  return selectControl(
    context,
    pointer,
    options.map(({ code, label }) => ({ value: code, label })),
  );
}

/** A text whose codes the portal lists. */
export function listedControl(context: Context, pointer: string): Control | null {
  if (isListed(context.model, pointer)) loadCommunes(() => context.listed(pointer));
  const known = knownList(context, pointer);
  if (!known) return null;
  if (known.type === "waiting") return waitingControl(context, pointer, known.for, t("commune"));
  return selectControl(context, pointer, known.choices, (value) =>
    context.form.field(known.name).set(value === undefined ? undefined : nameOf(context, pointer, String(value))),
  );
}

function parts(
  context: Context,
  pointer: string,
  kind: FrameParts["kind"],
  hint = context.model.hint(pointer, context.language),
): FrameParts {
  return {
    id: idOf(pointer),
    label: context.model.label(pointer, context.language),
    hint,
    isOptional: !context.isAsked(pointer),
    kind,
  };
}

function radioControl(context: Context, pointer: string, choices: readonly Choice[]): Control {
  const around = frame(parts(context, pointer, "several"));
  const current = context.value(pointer);
  const radios = choices.map((choice, index) => radio(pointer, index, choice.value === current, choice.label));
  const read = (): void => {
    const chosen = choices[radios.findIndex(({ input }) => input.checked)]?.value;
    if (chosen !== context.value(pointer)) context.change(pointer, chosen);
  };
  for (const { input, element } of radios) {
    input.addEventListener("change", read);
    around.body.append(element);
  }
  const first = (): HTMLInputElement | undefined => (radios.find(({ input }) => input.checked) ?? radios[0])?.input;
  return {
    pointer,
    element: around.element,
    read,
    show: (issues) => around.show(issues),
    focus: () => toFirst(first(), around),
    ask: around.ask,
  };
}

function radio(pointer: string, index: number, checked: boolean, label: string): { input: HTMLInputElement; element: HTMLElement } {
  const id = `${idOf(pointer)}-${index}`;
  const input = h("input", { type: "radio", id, name: pointer, value: index, autocomplete: service.autocomplete[pointer] ?? "off" });
  input.checked = checked;
  return { input, element: h("div", { class: "radio" }, input, h("label", { for: id }, label)) };
}

function toFirst(control: HTMLElement | undefined, around: Frame): void {
  if (control) focusControl(control, around.element.querySelector("legend"));
}

function selectControl(context: Context, pointer: string, choices: readonly Choice[], also?: (value: Json | undefined) => void): Control {
  // Who chooses from a list of the portal needs no hint on how codes are written.
  const around = frame(
    also ? { ...parts(context, pointer, "one", t("commune-hint")), label: t("commune") } : parts(context, pointer, "one"),
  );
  const sorted = choices.length >= SORTED_FROM ? [...choices].sort((left, right) => left.label.localeCompare(right.label, "vi")) : choices;
  const select = h(
    "select",
    { id: idOf(pointer), name: pointer, autocomplete: service.autocomplete[pointer] ?? "off" },
    h("option", { value: "" }, t("choose")),
    sorted.map((choice, index) => h("option", { value: `${index}` }, choice.label)),
  );
  select.value = String(sorted.findIndex((choice) => choice.value === context.value(pointer)));
  if (select.selectedIndex < 0) select.value = "";
  const read = (): void => {
    const value = select.value === "" ? undefined : sorted[Number(select.value)]?.value;
    if (value === context.value(pointer)) return;
    if (!also) return context.change(pointer, value);
    context.edit(() => {
      context.form.field(pointer).set(value);
      also(value);
    });
  };
  select.addEventListener("change", read);
  around.body.append(h("div", { class: "select" }, select));
  mark(select, false, around.describe());
  return {
    pointer,
    element: around.element,
    read,
    show: (issues: readonly Issue[]) => {
      around.show(issues);
      mark(select, hasError(issues), around.describe());
    },
    focus: () => focusControl(select, around.element.querySelector("label")),
    ask: around.ask,
  };
}

/** Stands in for a list until the choice before it is made; says so, and leads there. */
function waitingControl(context: Context, pointer: string, first: string, label: string): Control {
  const words = t("choose-first", { label: context.model.label(first, context.language) });
  const around = frame({ ...parts(context, pointer, "one", words), label });
  const select = h("select", { id: idOf(pointer), name: pointer, disabled: true, class: "waiting" }, h("option", {}, t("choose-later")));
  mark(select, false, around.describe());
  around.body.append(h("div", { class: "select" }, select));
  const lead = (): void => {
    const control = document.getElementById(idOf(first)) ?? document.getElementById(`${idOf(first)}-0`);
    if (control) focusControl(control, document.getElementById(`${idOf(first)}-label`));
  };
  return {
    pointer,
    element: around.element,
    read: () => undefined,
    show: (issues) => {
      around.show(issues);
      mark(select, hasError(issues), around.describe());
    },
    focus: lead,
    ask: around.ask,
  };
}

/** Yes or no. An unticked box is a no. */
export function checkControl(context: Context, pointer: string): Control {
  const id = idOf(pointer);
  const input = h("input", { type: "checkbox", id, name: pointer });
  input.checked = context.value(pointer) === true;
  const around = frame({ ...parts(context, pointer, "several"), label: context.model.label(pointer, context.language), isOptional: false });
  const read = (): void => {
    if (input.checked !== (context.value(pointer) ?? false)) context.change(pointer, input.checked);
  };
  input.addEventListener("change", read);
  around.body.append(h("div", { class: "radio" }, input, h("label", { for: id }, t("yes"))));
  return { pointer, element: around.element, read, show: (issues) => around.show(issues), focus: () => toFirst(input, around) };
}
