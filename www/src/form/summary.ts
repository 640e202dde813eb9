// What has to be mended, first on the page and with the focus on it; and, apart, what is only good to know.

import type { Issue } from "hoso";
import { fill, focusOn, h } from "../dom.js";
import { icon } from "../icons.js";
import { t } from "../words/index.js";

export interface Item {
  readonly issue: Pick<Issue, "message" | "level">;
  /** Where the link leads; nothing where no field shows it. */
  readonly href: string | null;
  /** The part of the form it stands in, where the summary is of several. */
  readonly part?: string;
  /** Goes there without leaving the page. */
  readonly go?: () => void;
}

/** The two boxes. The alert stands inside the box that takes focus: on one element, screen readers lose one of the two. */
export function showSummary(holder: HTMLElement, items: readonly Item[], isCut = false): void {
  const errors = items.filter(({ issue }) => issue.level === "error");
  const notes = items.filter(({ issue }) => issue.level !== "error");
  fill(
    holder,
    errors.length > 0 &&
      h(
        "div",
        { class: "error-summary", id: "error-summary" },
        h(
          "div",
          { role: "alert" },
          h("h2", {}, icon("error"), h("span", {}, t("summary", { n: errors.length }))),
          byPart(errors).map(([part, items]) => [
            part && h("h3", {}, part),
            h(
              "ul",
              {},
              items.map((item) => h("li", {}, line(item))),
            ),
          ]),
          isCut && h("p", {}, t("summary-more")),
        ),
      ),
    notes.length > 0 && noteBox(notes),
  );
}

/** The items that follow one another in the same part. */
function byPart(items: readonly Item[]): [part: string, items: Item[]][] {
  const parts: [string, Item[]][] = [];
  for (const item of items) {
    const last = parts.at(-1);
    if (last && last[0] === (item.part ?? "")) last[1].push(item);
    else parts.push([item.part ?? "", [item]]);
  }
  return parts;
}

export function focusSummary(): void {
  const summary = document.getElementById("error-summary");
  if (!summary) return;
  focusOn(summary);
  summary.scrollIntoView({ block: "start" });
}

export function noteBox(notes: readonly Item[]): HTMLElement {
  return h(
    "section",
    { class: "note-summary", "aria-labelledby": "note-summary-title" },
    h("p", { id: "note-summary-title", class: "hint" }, t("notes")),
    h(
      "ul",
      {},
      notes.map((item) =>
        h(
          "li",
          {},
          icon(item.issue.level === "warning" ? "warning" : "review"),
          h("span", {}, h("strong", {}, t(item.issue.level === "warning" ? "warning" : "review")), " ", line(item)),
        ),
      ),
    ),
  );
}

function line({ issue, href, go }: Item): HTMLElement {
  if (href === null) return h("span", {}, issue.message);
  const link = h("a", { href }, issue.message);
  if (go) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      go();
    });
  }
  return link;
}
