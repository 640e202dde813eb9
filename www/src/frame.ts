// The frame around every view: header, way back, steps, main, aside, footer.

import { byId, fill, focusOn, h, hidden, type Child } from "./dom.js";
import { icon, mark } from "./icons.js";
import { to } from "./routes.js";
import { text } from "./schema/model.js";
import { app } from "./state.js";
import type { View } from "./view.js";
import { t } from "./words/index.js";

/** Lays the frame down once; its words follow the language. */
export function layFrame(switchLanguage: () => void): void {
  const skip = h("a", { href: "#main", class: "skip", on: { click: toMain } }, t("skip"));
  const other = app.language === "vi" ? "en" : "vi";
  const language = h(
    "button",
    { type: "button", class: "language", id: "language", lang: other, on: { click: switchLanguage } },
    t("other-language"),
  );
  const home = h(
    "a",
    { href: to.start, class: "home", "aria-label": t("home") },
    mark(),
    h("span", { class: "home-name" }, "hoso"),
    h("span", { class: "home-site" }, t("site")),
  );
  fill(
    document.body,
    skip,
    h("header", { class: "header" }, h("div", { class: "width" }, home, language)),
    h(
      "div",
      { class: "width layout" },
      h("div", { id: "back" }),
      h("div", { id: "steps" }),
      h("main", { id: "main" }),
      h("aside", { id: "aside", "aria-label": t("aside") }),
    ),
    footer(),
    h("div", { id: "status", class: "visually-hidden", role: "status" }),
  );
  document.documentElement.lang = app.language;
}

function footer(): HTMLElement {
  return h(
    "footer",
    { class: "footer" },
    h(
      "div",
      { class: "width" },
      h(
        "nav",
        { "aria-label": t("footer-nav") },
        h(
          "ul",
          { class: "footer-links" },
          h("li", {}, h("a", { href: "tel:02250000000" }, t("help"))),
          h("li", {}, h("a", { href: to.verify }, t("footer-verify"))),
        ),
      ),
      h("p", {}, t("footer-demo")),
    ),
  );
}

function toMain(event: Event): void {
  event.preventDefault();
  const main = byId("main");
  if (main) focusOn(main);
}

/** Puts a view into the frame. */
export function place(view: View, takesFocus: boolean): void {
  const [back, steps, main, aside] = ["back", "steps", "main", "aside"].map(byId);
  if (!back || !steps || !main || !aside) return;
  fill(
    back,
    view.back &&
      h(
        "nav",
        { "aria-label": t("back") },
        h("a", { href: view.back, class: "back-link", id: "back-link" }, icon("back"), h("span", {}, t("back"))),
      ),
  );
  fill(steps, view.step && stepsNav(view.step));
  fill(main, view.main);
  fill(aside, view.aside);
  aside.hidden = view.aside.length === 0;
  document.body.classList.toggle("has-aside", view.aside.length > 0);
  retitle(view, view.isWrong ?? false);
  if (takesFocus) {
    scrollTo(0, 0);
  }
  const took = view.shown?.() ?? false;
  const heading = byId("title");
  if (takesFocus && !took && heading) focusOn(heading);
}

export function retitle(view: View, isWrong: boolean): void {
  document.title = t(isWrong ? "title-error" : "title", { page: view.title });
}

interface Step {
  readonly id: string;
  readonly title: string;
  readonly address: string;
  readonly isDone: boolean;
}

function steps(): Step[] {
  const done = app.session?.done ?? [];
  const pages = app.model.pages.map((page) => ({
    id: page.id,
    title: text(page.title, app.language) ?? page.id,
    address: to.page(page.id),
    isDone: done.includes(page.id),
  }));
  const all = pages.every((page) => page.isDone) || app.session?.sample === true;
  return [
    ...pages,
    { id: "review", title: t("step-review"), address: to.review, isDone: all && app.waiting !== null },
    { id: "sign", title: t("step-sign"), address: to.sign, isDone: false },
  ];
}

/** Bars and a count on a phone, the list beside the form on a wide screen. */
function stepsNav(current: string): HTMLElement {
  const all = steps();
  const at = all.findIndex((step) => step.id === current);
  const count = t("step", { step: at + 1, steps: all.length });
  const bar = (step: Step, index: number): HTMLElement =>
    h("span", { class: index === at ? "bar bar-current" : step.isDone ? "bar bar-done" : "bar" });
  return h(
    "nav",
    { "aria-label": t("steps") },
    h(
      "p",
      { class: "steps-count" },
      h("span", { class: "steps-name" }, app.schema.procedure?.title[app.language]),
      " ",
      h("span", { class: "steps-at" }, count),
    ),
    h("div", { class: "bars", "aria-hidden": "true" }, all.map(bar)),
    h(
      "ol",
      { class: "steps-list" },
      all.map((step, index) => h("li", {}, line(step, index === at))),
    ),
  );
}

function line(step: Step, isCurrent: boolean): Child {
  const shape = isCurrent
    ? h("span", { class: "dot dot-current", "aria-hidden": "true" })
    : step.isDone
      ? icon("tick")
      : h("span", { class: "dot", "aria-hidden": "true" });
  if (isCurrent) return [shape, h("strong", { "aria-current": "step" }, step.title)];
  const canGo = step.isDone || app.session?.sample === true;
  return [
    shape,
    canGo && step.id !== "sign" ? h("a", { href: step.address }, step.title) : h("span", {}, step.title),
    hidden(` (${t(step.isDone ? "step-done" : "step-ahead")})`),
  ];
}
