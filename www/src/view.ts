// What every view gives the frame of the page.

import type { Child } from "./dom.js";

export interface View {
  /** The name of the page, in the title of the window. */
  readonly title: string;
  readonly main: readonly Child[];
  readonly aside: readonly Child[];
  /** Where “back” leads; nothing where there is no way back. */
  readonly back: string | null;
  /** The step of the journey, where the view is one. */
  readonly step: string | null;
  /** Something has to be mended: the title says so. */
  readonly isWrong?: boolean;
  /** Takes the focus once the view is on the page; the heading does where it takes none. */
  readonly shown?: () => boolean;
  /** Called when the view makes room for another. */
  readonly left?: () => void;
}

let render: (options?: { focus: boolean }) => void = () => undefined;
let retitle: (isWrong: boolean) => void = () => undefined;

/** Set by the frame. */
export function onRender(again: typeof render, title: typeof retitle): void {
  render = again;
  retitle = title;
}

/** Draws the present view anew. */
export const redraw = (options?: { focus: boolean }): void => render(options);

/** Says in the title whether something has to be mended. */
export const setWrong = (isWrong: boolean): void => retitle(isWrong);
