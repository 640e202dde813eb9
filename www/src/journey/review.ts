// The review: the form is checked as a whole, sealed, and shown from the sealed bytes. Or it is said what is missing.

import { HosoError, type Checked, type Issue } from "hoso";
import { announce, fill, h } from "../dom.js";
import { markOpen, saveNow } from "../draft/autosave.js";
import { waitingWords } from "../form/files.js";
import { focusSummary, noteBox, showSummary, type Item } from "../form/summary.js";
import { newDossier, portal } from "../portal/portal.js";
import { to } from "../routes.js";
import { text } from "../schema/model.js";
import { fieldAt } from "../schema/place.js";
import { idOf, type Data } from "../schema/pointer.js";
import { app, type Session, type Waiting } from "../state.js";
import { setWrong, type View } from "../view.js";
import { t } from "../words/index.js";
import { atRest, relevantFiles } from "./attach.js";
import { draftBox, officeBox, whereBox } from "./aside.js";
import { check, issuesOf, rowName } from "./compose.js";
import { download } from "./download.js";
import { sheet } from "./sheet.js";
import { isOfPage, sentence, signing } from "./signing.js";

export function reviewView(session: Session): View {
  markOpen();
  const [summary, body] = [h("div", { class: "summary-holder" }), h("div", { id: "review" })];
  const leave = new AbortController();
  const last = app.model.pages.at(-1);
  return {
    title: t("review.title"),
    main: [summary, h("h1", { id: "title" }, t("review.title")), body],
    aside: [officeBox(session.form.value as Data), draftBox(), whereBox()],
    back: last ? to.page(last.id) : to.start,
    step: "review",
    shown: () => {
      void make(session, summary, body, leave.signal);
      return false;
    },
    left: () => leave.abort(),
  };
}

async function make(session: Session, summary: HTMLElement, body: HTMLElement, signal: AbortSignal): Promise<void> {
  try {
    if (app.waiting?.revision !== session.revision) working(body);
    await saveNow();
    await atRest();
    const checked = check(session);
    if (signal.aborted) return;
    const [problems, waiting] = [missing(session, checked), app.waiting];
    if (problems.length > 0) return mend(summary, body, problems);
    if (checked.type !== "valid") return;
    const isFresh = waiting?.revision === session.revision && waiting.language === app.language;
    if (!isFresh) app.waiting = await seal(session, checked, body, signal);
    if (!signal.aborted && app.waiting) show(body, app.waiting, checked);
  } catch (error) {
    if (!signal.aborted) fail(session, summary, body, signal, error);
  }
}

/** What keeps the form from being sealed, each with the way to its field. */
function missing({ form }: Session, checked: Checked): Item[] {
  const waiting = waitingWords(relevantFiles());
  const files: Item[] = waiting ? [{ issue: { message: waiting, level: "error" }, href: fileAddress() }] : [];
  const errors = issuesOf(checked).filter((issue) => issue.level === "error");
  // Its page then tells it too.
  for (const issue of errors) fieldAt(form, issue.path)?.touch();
  return [...errors.map(item), ...files];
}

function item(issue: Issue): Item {
  const page = app.model.pageOf(issue.path);
  const row = app.session ? rowName(app.session.form, issue.path) : "";
  return { issue, href: address(issue), part: [text(page?.title, app.language), row].filter(Boolean).join(": ") };
}

function address(issue: Issue): string | null {
  const page = app.model.pageOf(issue.path);
  return page ? to.edit(page.id, idOf(issue.path)) : null;
}

function fileAddress(): string | null {
  const file = relevantFiles().find((each) => each.state !== "ready");
  const page = file && app.model.pageOf(file.field);
  return page ? to.edit(page.id, idOf(file.field)) : null;
}

function mend(summary: HTMLElement, body: HTMLElement, problems: Item[]): void {
  showSummary(summary, problems);
  fill(body, h("p", { class: "lead" }, t("review.mend")));
  setWrong(true);
  focusSummary();
}

/** Says that the sheet is being made. */
function working(body: HTMLElement): HTMLProgressElement {
  const progress = h("progress", { "aria-label": t("review.making") });
  fill(body, h("div", { class: "working" }, h("p", { role: "status" }, t("review.making")), progress));
  return progress;
}

async function seal(
  session: Session,
  checked: Extract<Checked, { type: "valid" }>,
  body: HTMLElement,
  signal: AbortSignal,
): Promise<Waiting> {
  const progress = working(body);
  const { seal: sealDossier } = await signing();
  const attachments = relevantFiles().flatMap((file) => (file.attachment ? [file.attachment] : []));
  const onProgress = (done: number, total: number): void => {
    progress.max = Math.max(1, total);
    progress.value = done;
  };
  const { revision } = session;
  const options = { audience: portal.audience, dossier: newDossier(new Date()), attachments, signal, onProgress, lang: app.language };
  return { sealed: await sealDossier(checked.form, options), report: checked.report, revision, language: app.language };
}

function show(body: HTMLElement, { sealed, report }: Waiting, checked: Checked): void {
  const notes = issuesOf(checked).filter((issue) => issue.level !== "error");
  const copy = (): void =>
    download(new Blob([sealed.view], { type: "text/html" }), t("review.copy-name", { dossier: sealed.submission.dossier.id }));
  fill(
    body,
    h("p", { class: "lead" }, t("review.lead")),
    sheet(sealed),
    notes.length > 0 && noteBox(notes.map(item)),
    h(
      "div",
      { class: "actions" },
      h("a", { href: to.sign, class: "button", id: "to-sign" }, t("review.go")),
      h("button", { type: "button", class: "link", id: "download-copy", on: { click: copy } }, t("review.copy")),
    ),
  );
  if (report.issues.length === 0) announce(t("review.lead"));
}

/** A file that changed, a module that did not load: said where it can be mended. */
function fail(session: Session, summary: HTMLElement, body: HTMLElement, signal: AbortSignal, error: unknown): void {
  const again = (): void => {
    fill(summary);
    setWrong(false);
    void make(session, summary, body, signal);
  };
  const button = h("button", { type: "button", class: "button", id: "again", on: { click: again } }, t("review.again"));
  // What the page lacks is nothing that the citizen has to mend.
  if (isOfPage(error))
    return fill(body, h("p", { class: "note note-warning", role: "alert" }, sentence(error)), h("div", { class: "actions" }, button));
  const isFile = error instanceof HosoError && error.code.startsWith("file.");
  if (isFile) loseFile(String(error.params["name"]));
  showSummary(summary, [{ issue: { message: sentence(error), level: "error" }, href: isFile ? fileAddress() : null }]);
  fill(body, h("div", { class: "actions" }, button));
  setWrong(true);
  focusSummary();
}

/** What can no longer be read, or reads otherwise than before, has to be chosen again. */
function loseFile(name: string): void {
  const file = relevantFiles().find((each) => each.name === name);
  if (!file) return;
  file.state = "lost";
  file.attachment = null;
}
