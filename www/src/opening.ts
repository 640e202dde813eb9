// Before there is a form to show: what index.html says while the page loads, and what is said when that fails.

import { HosoError } from "hoso";
import { fill, focusOn, h } from "./dom.js";
import { t } from "./words/index.js";

const opening = [...document.body.children];

for (const link of document.querySelectorAll(".opening a")) {
  link.addEventListener("click", (event) => {
    // The address alone would forget which page of the form it was.
    event.preventDefault();
    location.reload();
  });
}

/** Without hoso or the form there is nothing to fill in. The page says so, keeps what there is, and tries again when asked or online. */
export function failed(error: unknown, open: () => void): void {
  const isOfBrowser = error instanceof HosoError && error.code === "init.unavailable";
  document.title = t("title", { page: t("failed.title") });
  // Not a reload: without a network that would leave the browser's own page.
  const again = (): void => {
    removeEventListener("online", again);
    document.title = t("title", { page: t("opening") });
    fill(document.body, opening);
    open();
  };
  if (!isOfBrowser) addEventListener("online", again);
  const heading = h("h1", { id: "title" }, t("failed.title"));
  const button = h("button", { type: "button", class: "button", on: { click: again } }, t("failed.again"));
  const details = error instanceof HosoError ? `${error.code}: ${error.message}` : String(error);
  fill(
    document.body,
    opening.find((element) => element.matches("header")),
    h(
      "main",
      { class: "width failed" },
      heading,
      h("p", { class: "lead" }, isOfBrowser ? error.message : t("failed.more")),
      !isOfBrowser && h("div", { class: "actions" }, button),
      h("details", {}, h("summary", {}, t("failed.details")), h("pre", {}, details)),
    ),
  );
  focusOn(heading);
}
