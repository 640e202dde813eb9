// The frame of a field: label, hint, what hoso says of it, and the control. Which of the three levels a sentence has shows
// in its first words, its icon, its line and, last, its colour.

import type { Issue } from "hoso";
import { attribute, fill, h, hidden, type Child } from "../dom.js";
import { icon } from "../icons.js";
import { t } from "../words/index.js";

export interface FrameParts {
  readonly id: string;
  readonly label: string;
  readonly hint: string;
  readonly isOptional: boolean;
  /** One control has a label; several have a legend. */
  readonly kind: "one" | "several";
  /** The level of the legend's heading, where it heads a part of the page. */
  readonly heading?: 2 | 3 | 4;
  /** What stands behind the sentences: ways out that need no typing. */
  readonly offers?: (issues: readonly Issue[]) => HTMLElement[];
  /** The legend repeats the page's own heading, and is for screen readers. */
  readonly isNamedAbove?: boolean;
  readonly class?: string;
}

export interface Frame {
  readonly element: HTMLElement;
  /** Where the control goes. */
  readonly body: HTMLElement;
  /** What describes the control, besides what it is told itself. */
  describe(): string;
  show(issues: readonly Issue[]): void;
  /** Says whether the field has to be filled in. */
  ask(isAsked: boolean): void;
}

/** An empty frame around `body`. */
export function frame(parts: FrameParts): Frame {
  const { id } = parts;
  const errors = h("div", { class: "messages", id: `${id}-messages` });
  const notes = h("div", { class: "notes", id: `${id}-notes` });
  const body = h("div", { class: "field-body" });
  const hint = parts.hint ? h("p", { class: "hint", id: `${id}-hint` }, parts.hint) : null;
  const optional = h("span", { class: "optional" });
  const ask = (isAsked: boolean): void => void (optional.textContent = isAsked ? "" : ` ${t("optional")}`);
  ask(!parts.isOptional);
  const name: Child[] = [parts.label, optional];
  const element =
    parts.kind === "one"
      ? h(
          "div",
          { class: `field ${parts.class ?? ""}`, id: `${id}-field` },
          h("label", { for: id, id: `${id}-label` }, name),
          hint,
          errors,
          body,
          notes,
        )
      : h("fieldset", { class: `field ${parts.class ?? ""}`, id: `${id}-field` }, legend(parts, name), hint, errors, body, notes);
  const describe = (): string =>
    [hint && `${id}-hint`, errors.hasChildNodes() && `${id}-messages`, notes.hasChildNodes() && `${id}-notes`].filter(Boolean).join(" ");
  const show = (issues: readonly Issue[]): void => {
    const wrong = issues.filter((issue) => issue.level === "error");
    const others = issues.filter((issue) => issue.level !== "error");
    fill(errors, wrong.map(errorLine), parts.offers?.(wrong));
    fill(notes, others.map(noteLine), parts.offers?.(others));
    element.classList.toggle("has-error", errors.hasChildNodes());
    if (parts.kind === "several") attribute(element, "aria-describedby", describe() || null);
  };
  if (parts.kind === "several") attribute(element, "aria-describedby", describe() || null);
  return { element, body, describe, show, ask };
}

function legend(parts: FrameParts, name: Child[]): HTMLElement {
  const heading = parts.heading;
  return h(
    "legend",
    { class: parts.isNamedAbove ? "visually-hidden" : heading ? `legend-h${heading}` : "legend" },
    heading ? h(`h${heading}`, { id: `${parts.id}-label`, class: "legend-heading" }, name) : name,
  );
}

export function errorLine(issue: Pick<Issue, "message">): HTMLElement {
  return h("p", { class: "error-message" }, icon("error"), h("span", {}, hidden(`${t("error")} `), issue.message));
}

export function noteLine(issue: Pick<Issue, "message" | "level">): HTMLElement {
  const isWarning = issue.level === "warning";
  return h(
    "p",
    { class: isWarning ? "note note-warning" : "note note-review" },
    icon(isWarning ? "warning" : "review"),
    h("span", {}, h("strong", {}, t(isWarning ? "warning" : "review")), " ", issue.message),
  );
}

/** Ties a control to its sentences, and says whether it is wrong. */
export function mark(control: HTMLElement, isWrong: boolean, describedBy: string, canBeWrong = true): void {
  attribute(control, "aria-describedby", describedBy || null);
  if (canBeWrong) attribute(control, "aria-invalid", isWrong ? "true" : null);
}
