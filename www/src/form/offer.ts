// What hoso offers to write instead: a number in its one spelling, or with the zero that is missing. One press takes it.

import type { Issue } from "hoso";
import { h } from "../dom.js";
import { t } from "../words/index.js";

/** Takes a text into the field, as if it had been typed. */
export type Take = (text: string) => void;

/** The buttons under the sentences of a field. The same offer is made once. */
export function offers(issues: readonly Issue[], shown: (text: string) => string, take: Take): HTMLElement[] {
  const texts = new Set(issues.map(({ params }) => params["normalized"] ?? params["suggestion"]).filter((text) => typeof text === "string"));
  return [...texts].map((text) =>
    h("div", { class: "offer" }, h("button", { type: "button", class: "link", on: { click: () => take(text) } }, t("offer", { text: shown(text) }))),
  );
}
