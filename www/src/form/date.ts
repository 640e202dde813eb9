// A day in three fields. Nobody is moved from one to the next, and only the part that is wrong is marked.

import type { Issue } from "hoso";
import { h } from "../dom.js";
import { canonicalDate, dateParts } from "../input/canonical.js";
import { service } from "../portal/portal.js";
import { idOf } from "../schema/pointer.js";
import { t, type Key } from "../words/index.js";
import { focusControl, hasError, type Context, type Control } from "./control.js";
import { frame, mark } from "./frame.js";

const PARTS = ["day", "month", "year"] as const;
type Part = (typeof PARTS)[number];

export function dateControl(context: Context, pointer: string): Control {
  const id = idOf(pointer);
  const around = frame({
    id,
    label: context.model.label(pointer, context.language),
    hint: context.model.hint(pointer, context.language),
    isOptional: !context.isAsked(pointer),
    kind: "several",
  });
  const value = context.value(pointer);
  const known = typeof value === "string" ? dateParts(value) : { day: "", month: "", year: "" };
  const inputs = Object.fromEntries(PARTS.map((part) => [part, partInput(pointer, part, known[part])])) as Record<Part, HTMLInputElement>;
  const read = (): void => {
    const typed = canonicalDate(inputs.day.value, inputs.month.value, inputs.year.value);
    if (typed !== context.value(pointer)) context.change(pointer, typed);
  };
  for (const input of Object.values(inputs)) {
    input.addEventListener("input", (event) => (event as InputEvent).isComposing || read());
    input.addEventListener("change", read);
  }
  around.body.append(
    h(
      "div",
      { class: "date", id },
      PARTS.map((part) => h("div", { class: `date-${part}` }, h("label", { for: `${id}-${part}` }, t(part)), inputs[part])),
    ),
  );
  let wrong: readonly Part[] = [];
  return {
    pointer,
    element: around.element,
    read,
    show: (issues) => {
      around.show(issues);
      wrong = hasError(issues) ? wrongParts(issues[0], context.value(pointer)) : [];
      for (const part of PARTS) mark(inputs[part], wrong.includes(part), wrong.includes(part) ? `${id}-messages` : "");
    },
    focus: () => focusControl(inputs[wrong[0] ?? "day"], around.element.querySelector("legend")),
    ask: around.ask,
  };
}

function partInput(pointer: string, part: Part, value: string): HTMLInputElement {
  const autocomplete = service.autocomplete[pointer] === "bday" ? `bday-${part}` : "off";
  const input = h("input", {
    type: "text",
    id: `${idOf(pointer)}-${part}`,
    name: `${pointer}#${part}`,
    inputmode: "numeric",
    autocomplete,
    enterkeyhint: "next",
  });
  input.value = value;
  return input;
}

/** hoso's sentence speaks of `2026-11-24`, which nobody types here. */
export function inParts(issue: Issue, value: unknown): Issue {
  return issue.code === "date.form" ? { ...issue, message: t(incomplete(value)) } : issue;
}

function incomplete(value: unknown): Key {
  const missing = missingParts(value);
  return missing.length === 1 ? (`date-missing-${missing[0]}` as Key) : "date-incomplete";
}

function missingParts(value: unknown): Part[] {
  const parts = dateParts(typeof value === "string" ? value : "");
  return PARTS.filter((part) => parts[part] === "");
}

function wrongParts(issue: Issue | undefined, value: unknown): readonly Part[] {
  const parts = dateParts(typeof value === "string" ? value : "");
  if (issue?.code === "date.not-real") return Number(parts.month) > 12 || Number(parts.month) < 1 ? ["month"] : ["day"];
  if (issue?.code !== "date.form") return PARTS;
  const missing = missingParts(value);
  const odd = PARTS.filter((part) => !(part === "year" ? /^\d{4}$/ : /^\d{1,2}$/).test(parts[part]));
  return missing.length > 0 ? missing : odd.length > 0 ? odd : PARTS;
}
