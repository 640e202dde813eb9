// The start: what the procedure is, what it takes, the way in, and a draft that can be taken up again.

import { fill, focusOn, h, type Child } from "../dom.js";
import { discard, saveNow } from "../draft/autosave.js";
import { damage, draftOf, unusable } from "../draft/file.js";
import type { Draft } from "../draft/store.js";
import { errorLine } from "../form/frame.js";
import { moment } from "../input/shown.js";
import { addressOf, service, services } from "../portal/portal.js";
import { fillSample } from "../portal/samples.js";
import { go, to } from "../routes.js";
import { text } from "../schema/model.js";
import { app } from "../state.js";
import type { View } from "../view.js";
import { inWordsOf, t, type Key } from "../words/index.js";
import { box, downloadDraft } from "./aside.js";
import { takeUp } from "./attach.js";
import { follow, newSession } from "./session.js";

export function startView(draft: Draft | null): View {
  return {
    title: t("start.title"),
    main: [
      procedures(),
      h("p", { class: "hint kicker" }, t("start.procedure", { code: app.schema.procedure?.code ?? "" })),
      h("h1", { id: "title" }, t("start.title")),
      h("p", { class: "lead" }, t("start.lead")),
      facts(),
      unsent(),
      draft ? withDraft(draft) : begin(),
      openFile(draft),
      sample(draft),
      needs(),
      part("start.who", "start.who-1", "start.who-2"),
      part("start.not", "start.not-more"),
    ],
    aside: [
      box("start.data", h("p", {}, t("start.data-more"))),
      box("start.fee", h("p", {}, t("start.fee-more"))),
      box("start.offline", h("p", {}, t("start.offline-more"))),
    ],
    back: null,
    step: null,
  };
}

/** The other procedures of the portal, in one line: the way in has to stay on the first screen of a phone. */
function procedures(): HTMLElement {
  const others = services.filter((each) => each !== service);
  return h(
    "nav",
    { class: "procedures", "aria-label": t("start.procedures") },
    h("span", { class: "hint" }, t("start.procedures"), ": "),
    others.map((each) => h("a", { href: addressOf(each, to.start), id: `procedure-${each.code}` }, inWordsOf(each.words, "start.title"))),
  );
}

function facts(): HTMLElement {
  const fact = (name: Key, value: Key): HTMLElement => h("div", {}, h("dt", {}, t(name)), h("dd", {}, t(value)));
  return h(
    "dl",
    { class: "facts" },
    fact("start.fill", "start.fill-time"),
    fact("start.result", "start.result-time"),
    fact("start.office", "start.office-name"),
    fact("start.signer", "start.signer-name"),
  );
}

/** A dossier that was signed and not sent must not be forgotten. */
function unsent(): Child {
  const { kept } = app;
  if (!kept || kept.sent) return null;
  return h(
    "p",
    { class: "note note-warning", id: "unsent" },
    h("span", {}, t("start.unsent", { dossier: kept.dossier }), " ", h("a", { href: to.receipt }, t("start.unsent-open"))),
  );
}

function begin(): HTMLElement {
  return h(
    "div",
    { class: "actions start-actions" },
    h("button", { type: "button", class: "button", id: "start", on: { click: () => void startNew() } }, t("start.begin")),
  );
}

async function startNew(): Promise<void> {
  await discard();
  const session = newSession();
  follow(session);
  go(to.page(session.page));
}

async function goOn(draft: Draft): Promise<void> {
  await takeUp(draft);
  go(to.page(app.session?.page ?? ""));
}

function withDraft(draft: Draft): HTMLElement {
  const [page, damaged] = [app.model.pages.find((each) => each.id === draft.page), damage(draft)];
  const when = moment(new Date(draft.savedAt), app.language);
  const again = h("div", { class: "again" });
  const offer = (): void =>
    fill(again, h("button", { type: "button", class: "link", id: "start-again", on: { click: ask } }, t("start.again")));
  const ask = (): void => {
    const question = h("p", {}, t("start.again-sure"));
    const keep = (): void => {
      offer();
      again.querySelector("button")?.focus();
    };
    fill(
      again,
      h(
        "div",
        { class: "confirm" },
        question,
        h(
          "div",
          { class: "actions" },
          h(
            "button",
            { type: "button", class: "button outline", id: "start-again-yes", on: { click: () => void startNew() } },
            t("start.again-yes"),
          ),
          h("button", { type: "button", class: "link", on: { click: keep } }, t("start.again-no")),
        ),
      ),
    );
    focusOn(question);
  };
  offer();
  if (damaged !== null) {
    const copy = h(
      "button",
      { type: "button", class: "button outline", id: "draft-download", on: { click: () => downloadDraft(draft) } },
      t("draft-download"),
    );
    const words = h("p", { class: "small" }, t("draft-damaged-more"));
    return h(
      "div",
      { class: "start-actions", id: "damaged" },
      errorLine({ message: damaged }),
      words,
      h("div", { class: "actions" }, copy),
      again,
    );
  }
  return h(
    "div",
    { class: "start-actions" },
    h(
      "div",
      { class: "actions" },
      h("button", { type: "button", class: "button", id: "continue-draft", on: { click: () => void goOn(draft) } }, t("start.continue")),
    ),
    h("p", { class: "small" }, t("start.draft", { when, page: (page && text(page.title, app.language)) ?? draft.page })),
    again,
  );
}

/** The way in for a draft that was downloaded. */
function openFile(draft: Draft | null): HTMLElement {
  const failed = h("div", { role: "status" });
  const picker = h("input", {
    type: "file",
    id: "draft-file",
    accept: ".json,application/json",
    hidden: true,
    tabindex: -1,
    "aria-hidden": "true",
  });
  const open = async (file: File): Promise<void> => {
    const found = draftOf(await file.text().catch(() => ""));
    const why = unusable(found);
    if (found && why === null) return goOn(found);
    fill(failed, errorLine({ message: why ?? t("draft-not-one") }));
  };
  picker.addEventListener("change", () => {
    const [file] = picker.files ?? [];
    picker.value = "";
    if (file) void open(file);
  });
  return h(
    "div",
    { class: "open-draft" },
    h("button", { type: "button", class: "link", id: "draft-open", on: { click: () => picker.click() } }, t("draft-open")),
    draft && h("span", { class: "hint" }, " ", t("draft-open-replaces")),
    picker,
    failed,
  );
}

/** The demo's own way in. It stands apart: nothing of it belongs to the form. */
function sample(draft: Draft | null): HTMLElement {
  const failed = h("div", { role: "status" });
  const run = async (withMistakes: boolean): Promise<void> => {
    try {
      await fillSample(withMistakes);
      await saveNow();
      go(to.page(app.session?.page ?? ""));
    } catch {
      fill(failed, errorLine({ message: t("demo.failed") }));
    }
  };
  const button = (id: string, words: Key, withMistakes: boolean): HTMLElement =>
    h("button", { type: "button", class: "button outline", id, on: { click: () => void run(withMistakes) } }, t(words));
  return h(
    "section",
    { class: "demo", "aria-labelledby": "demo-title" },
    h("h2", { id: "demo-title", class: "box-title" }, t("demo.title")),
    h("p", {}, t("demo.more"), draft ? ` ${t("demo.replaces")}` : ""),
    h("div", { class: "actions" }, button("sample", "demo.fill", false), button("sample-mistakes", "demo.mistakes", true)),
    failed,
  );
}

function needs(): HTMLElement {
  const need = (name: Key, more: Key): HTMLElement => h("li", {}, h("strong", {}, t(name)), t(more));
  return h(
    "section",
    {},
    h("h2", {}, t("start.need")),
    h(
      "ul",
      { class: "bullets" },
      need("start.need-1", "start.need-1-more"),
      need("start.need-2", "start.need-2-more"),
      need("start.need-3", "start.need-3-more"),
      need("start.need-4", "start.need-4-more"),
      need("start.need-5", "start.need-5-more"),
    ),
    h("h3", {}, t("start.case")),
    h("p", {}, t("start.case-more")),
  );
}

function part(title: Key, ...paragraphs: Key[]): HTMLElement {
  return h(
    "section",
    {},
    h("h2", {}, t(title)),
    paragraphs.map((words) => h("p", {}, t(words))),
  );
}
