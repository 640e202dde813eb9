// What every control of the form can do, and what it is given.

import type { Form, Issue, Json, Language } from "hoso";
import type { Model } from "../schema/model.js";

/** A place of the form on the page. */
export interface Control {
  readonly pointer: string;
  readonly element: HTMLElement;
  /** Takes what stands in the control into the data, also what came without an event. */
  read(): void;
  /** Shows what hoso says of this place. */
  show(issues: readonly Issue[]): void;
  /** Moves to the control, or to the part of it that is wrong. */
  focus(): void;
  /** Says whether the field has to be filled in. */
  ask?(isAsked: boolean): void;
  /** Shows the value that the form gave the field. */
  update?(): void;
}

/** What a control works on. */
export interface Context {
  readonly model: Model;
  readonly language: Language;
  /** The data of the page, and all that is known of it. */
  readonly form: Form;
  /** What stands in a field. */
  value(pointer: string): Json | undefined;
  /** Whether a field has to be filled in. */
  isAsked(pointer: string): boolean;
  /** Whether a field is part of the form as it stands. */
  isRelevant(pointer: string): boolean;
  /** Puts a value into the form. */
  change(pointer: string, value: Json | undefined): void;
  /** Puts in what was typed. */
  input(pointer: string, text: string): void;
  /** Several edits as one, after which places may be elsewhere. */
  edit(edits: () => void): void;
  /** Makes the control of a place, and remembers it for as long as it is on the page. */
  make(pointer: string, options: MakeOptions): Control | null;
  /** Forgets the controls below a place that is drawn again. */
  forget(pointer: string): void;
  /** Controls that belong to places below others, such as the cells of a table. */
  adopt(control: Control): void;
  /** Slots that come and go with the form. */
  hold(slots: Slots): void;
  /** Draws a field anew: what it offers has changed. */
  redraw(pointer: string): void;
  /** A list that a field takes its choices from has come. */
  listed(pointer: string): void;
  /** Shows what is known of a place again, after it was drawn anew. */
  refresh(pointer: string): void;
}

/** Places of fields that come and go. */
export interface Slots {
  readonly element: HTMLElement;
  /** Shows and hides fields after a change; says what came and went. */
  update(pointers: ReadonlySet<string>): void;
  /** Draws a field again. */
  redraw(pointer: string): void;
}

export interface MakeOptions {
  readonly heading: 2 | 3 | 4;
  /** The label of the whole page is the label of this field. */
  readonly isNamedAbove?: boolean;
}

export const hasError = (issues: readonly Issue[]): boolean => issues.some((issue) => issue.level === "error");

/** Brings the name of a control into view, then moves to it: a soft keyboard hides half of a phone. */
export function focusControl(control: HTMLElement, name: HTMLElement | null): void {
  // A collapsed legend has no box to scroll to.
  (name ?? control).scrollIntoView({ block: "start" });
  control.focus({ preventScroll: true });
  const [box, height] = [control.getBoundingClientRect(), innerHeight];
  if (box.bottom > height || box.top < 0) control.scrollIntoView({ block: "center" });
}
