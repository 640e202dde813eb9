// What every control of the form can do, and what it is given.

import type { Issue, Json, Language } from "hoso";
import type { Model } from "../schema/model.js";
import type { Data } from "../schema/pointer.js";
import type { Standing } from "../schema/standing.js";

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
}

/** What a control works on. */
export interface Context {
  readonly model: Model;
  readonly language: Language;
  readonly data: Data;
  standing(): Standing;
  /** Puts a value into the data and tells the page. */
  change(pointer: string, value: Json | undefined): void;
  /** Makes the control of a place, and remembers it for as long as it is on the page. */
  make(pointer: string, options: MakeOptions): Control | null;
  /** Forgets the controls below a place that is drawn again. */
  forget(pointer: string): void;
  /** Controls that belong to places below others, such as the cells of a table. */
  adopt(control: Control): void;
  /** Shows what is known of a place again, after it was drawn anew. */
  refresh(pointer: string): void;
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
