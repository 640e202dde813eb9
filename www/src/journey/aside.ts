// The side of the page: where the dossier goes, the draft, and where the data is.

import { fill, focusOn, h, type Child } from "../dom.js";
import { discard, onSaved } from "../draft/autosave.js";
import { DAYS } from "../draft/store.js";
import { moment } from "../input/shown.js";
import { office } from "../portal/portal.js";
import { go, to } from "../routes.js";
import type { Data } from "../schema/pointer.js";
import { app } from "../state.js";
import { announce } from "../dom.js";
import { t, type Key } from "../words/index.js";

export function box(title: Key, ...children: Child[]): HTMLElement {
  return h("section", { class: "box" }, h("h2", { class: "box-title" }, t(title)), children);
}

export const officeBox = (data: Data): HTMLElement => box("office", h("p", {}, office(data, app.language)));

export const whereBox = (): HTMLElement => box("where", h("p", {}, t("where-more")));

/** What is kept of the draft, kept up to date, and the way to delete it. */
export function draftBox(): HTMLElement {
  const state = h("p", { id: "draft-state" });
  const act = h("div", { class: "box-act" });
  const say = (): void => {
    const { session, storage } = app;
    const when = session?.savedAt && moment(session.savedAt, app.language);
    state.textContent =
      storage === "none" ? t("draft-none") : when ? t("draft-saved", { when, days: DAYS }) : t("draft-unsaved", { days: DAYS });
    state.classList.toggle("attention", storage === "none");
  };
  onSaved(say);
  say();
  ask(act);
  return box("draft", state, act);
}

function ask(act: HTMLElement): void {
  fill(act, h("button", { type: "button", class: "link", id: "draft-delete", on: { click: () => confirm(act) } }, t("draft-delete")));
}

function confirm(act: HTMLElement): void {
  const question = h("p", { class: "attention" }, t("draft-delete-sure"));
  const keep = (): void => {
    ask(act);
    act.querySelector("button")?.focus();
  };
  const remove = async (): Promise<void> => {
    await discard();
    go(to.start);
    announce(t("draft-deleted"));
  };
  fill(
    act,
    question,
    h(
      "div",
      { class: "box-acts" },
      h("button", { type: "button", class: "link", id: "draft-delete-yes", on: { click: () => void remove() } }, t("draft-delete-yes")),
      h("button", { type: "button", class: "link", on: { click: keep } }, t("draft-delete-no")),
    ),
  );
  focusOn(question);
}
