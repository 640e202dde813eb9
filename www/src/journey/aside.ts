// The side of the page: where the dossier goes, the draft, and where the data is.

import { fill, focusOn, h, type Child } from "../dom.js";
import { discard, onSaved, snapshot } from "../draft/autosave.js";
import { draftName } from "../draft/file.js";
import { DAYS, type Draft } from "../draft/store.js";
import { moment } from "../input/shown.js";
import { office } from "../portal/portal.js";
import { go, to } from "../routes.js";
import type { Data } from "../schema/pointer.js";
import { app } from "../state.js";
import { announce } from "../dom.js";
import { t, type Key } from "../words/index.js";
import { download } from "./download.js";

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
  onSaved("aside", say);
  say();
  ask(act);
  const copy = h("button", { type: "button", class: "link", id: "draft-download", on: { click: downloadNow } }, t("draft-download"));
  return box("draft", state, h("div", { class: "box-act" }, copy), act);
}

/** Says that nothing is kept, where everybody sees it, and offers the draft as a file. */
export function storageNotice(): HTMLElement {
  const notice = h("div", {});
  const say = (): void => {
    const { storage } = app;
    if (storage === "ready") return fill(notice);
    const copy = h("button", { type: "button", class: "link", id: "notice-download", on: { click: downloadNow } }, t("draft-download"));
    const words = h(
      "span",
      {},
      t(storage === "none" ? "draft-none" : "draft-short"),
      " ",
      storage === "none" && [copy, " ", t("draft-download-more")],
    );
    fill(notice, h("p", { class: "note note-warning", id: "not-kept" }, words));
  };
  onSaved("notice", say);
  say();
  return notice;
}

function downloadNow(): void {
  if (app.session) downloadDraft(snapshot(app.session));
}

export const downloadDraft = (draft: Draft): void =>
  download(new Blob([JSON.stringify(draft)], { type: "application/json" }), draftName(draft));

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
