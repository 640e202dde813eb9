// Digests as people can compare them.

import { h, hidden } from "../dom.js";
import { digestGroups } from "../input/shown.js";
import { t } from "../words/index.js";

/** The first two and the last two of sixteen groups. */
export function shortDigest(sha256: string, label = true): HTMLElement {
  const groups = digestGroups(sha256);
  return h(
    "p",
    { class: "digest-short" },
    label && [h("span", { class: "hint" }, t("digest")), " "],
    h(
      "code",
      {},
      groups.slice(0, 2).join(" "),
      h("span", { "aria-hidden": "true" }, " … "),
      hidden(` ${t("digest-gap")} `),
      groups.slice(-2).join(" "),
    ),
  );
}

/** The short form, and all of it behind a click. */
export function fullDigest(sha256: string): HTMLElement {
  const groups = digestGroups(sha256);
  const all = groups.map((group, index) => h(index < 2 || index > 13 ? "b" : "span", {}, group, " "));
  return h(
    "div",
    { class: "digest" },
    shortDigest(sha256, false),
    h("details", {}, h("summary", {}, t("digest-all")), h("code", { class: "digest-grid" }, all)),
  );
}
