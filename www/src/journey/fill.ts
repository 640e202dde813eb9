// One page of the form, with Continue and what it finds.

import type { Issue } from "hoso";
import { announce, h, type Child } from "../dom.js";
import { markOpen, saveNow } from "../draft/autosave.js";
import { block, waitingWords } from "../form/files.js";
import { PageForm } from "../form/page-form.js";
import { focusSummary, showSummary } from "../form/summary.js";
import { stepWords, Undo } from "../form/undo.js";
import { go, to, type Route } from "../routes.js";
import { text, type Page } from "../schema/model.js";
import { idOf, leaves, parent, type Data } from "../schema/pointer.js";
import { app, type Session } from "../state.js";
import { redraw, setWrong, type View } from "../view.js";
import { t } from "../words/index.js";
import { filesOf } from "./attach.js";
import { draftBox, officeBox, storageNotice, whereBox } from "./aside.js";

type FillRoute = Extract<Route, { name: "fill" }>;

export function fillView(route: FillRoute, session: Session, page: Page): View {
  session.page = page.id;
  markOpen();
  const screen = new FillScreen(route, session, page);
  return {
    title: screen.title,
    main: screen.main(),
    aside: [officeBox(session.form.value as Data), draftBox(), whereBox()],
    back: route.back ? to.review : previous(page),
    step: page.id,
    shown: () => screen.shown(),
    left: () => screen.left(),
  };
}

function previous(page: Page): string {
  const before = app.model.pages[app.model.pages.indexOf(page) - 1];
  return before ? to.page(before.id) : to.start;
}

class FillScreen {
  readonly title: string;
  readonly #summary = h("div", { class: "summary-holder" });
  readonly #button: HTMLButtonElement;
  readonly #reason = h("p", { id: "continue-reason", class: "blocked-reason", hidden: true });
  readonly #form: PageForm;
  readonly #undo: Undo;

  constructor(
    readonly route: FillRoute,
    readonly session: Session,
    readonly page: Page,
  ) {
    this.title = text(page.title, app.language) ?? page.id;
    this.#button = h("button", { type: "submit", class: "button", id: "continue" }, t(route.back ? "continue-review" : "continue"));
    this.#form = new PageForm(page, session, () => this.#changed());
    this.#undo = new Undo(session, (way, place) => this.#stepped(way, place));
  }

  main(): Child[] {
    const fields = this.#form.draw(this.title);
    const owner = this.page.groups.length === 1 ? (this.page.groups[0]?.owner ?? "") : "";
    const lead = owner === "" ? "" : app.model.hint(owner, app.language);
    const form = h(
      "form",
      { novalidate: true, id: "page-form", on: { submit: (event) => void this.#submit(event) } },
      lead && h("p", { class: "hint page-hint" }, lead),
      fields,
      h(
        "div",
        { class: "actions" },
        this.#button,
        h("a", { href: to.start, class: "link-action", on: { click: () => void saveNow() } }, t("save-later")),
      ),
      this.#reason,
      this.#undo.element,
    );
    this.#block();
    return [
      this.#summary,
      h("h1", { id: "title" }, this.title),
      storageNotice(),
      droppedNotice(this.session),
      form,
      this.session.sample ? sampleNote() : h("span", { hidden: true }),
    ];
  }

  /** Shows what is known of the page, and moves to the field that a link asked for. */
  shown(): boolean {
    this.#recall();
    return this.route.field !== null && this.#form.focus(this.route.field);
  }

  left(): void {
    this.#form.left();
    this.#undo.left();
  }

  #changed(): void {
    this.#block();
    this.#undo.update();
  }

  /** After a step back or forth the page is drawn anew, with the focus on the field that it concerned. */
  #stepped(way: "undo" | "redo", place: string | null): void {
    const page = place === null ? undefined : app.model.pageOf(place);
    this.#undo.update();
    announce(stepWords(way, place));
    if (!page || place === null) return;
    if (page !== this.page) return go(to.page(page.id, idOf(place)));
    history.replaceState(null, "", this.#address(idOf(place)));
    redraw({ focus: true });
  }

  /** What a person was told to mend is told again when the page is drawn anew; what is only good to know, once the page was left by Continue. */
  #recall(): void {
    const isDone = this.session.done.includes(this.page.id);
    const issues = this.#form.look().filter((issue) => (issue.level === "error" ? this.#form.isTold(issue) : isDone));
    const isWrong = issues.some((issue) => issue.level === "error");
    if (!isWrong && !isDone) return;
    this.#form.showAll(issues);
    if (!isWrong) return;
    this.#summarise(issues);
    setWrong(true);
  }

  async #submit(event: Event): Promise<void> {
    event.preventDefault();
    this.#form.read();
    this.#block();
    if (this.#button.getAttribute("aria-disabled") === "true") return this.#button.focus();
    const issues = this.#form.look();
    if (issues.some((issue) => issue.level === "error")) return this.#wrong(issues);
    this.#form.showAll(issues);
    this.session.dropped = [];
    if (!this.session.done.includes(this.page.id)) this.session.done.push(this.page.id);
    await saveNow();
    go(this.#next());
  }

  #wrong(issues: readonly Issue[]): void {
    this.#form.tell(issues);
    this.#form.showAll(issues);
    this.#summarise(issues);
    setWrong(true);
    focusSummary();
  }

  #summarise(issues: readonly Issue[]): void {
    const items = this.#form.items(issues, (field) => this.#address(field));
    showSummary(this.#summary, items);
  }

  #address(field: string): string {
    return this.route.back ? to.edit(this.page.id, field) : to.page(this.page.id, field);
  }

  #next(): string {
    const after = app.model.pages[app.model.pages.indexOf(this.page) + 1];
    return this.route.back || !after ? to.review : to.page(after.id);
  }

  /** Files that are being read, or that hoso does not take, keep the page. */
  #block(): void {
    const fields = this.page.groups
      .flatMap((group) => group.fields)
      .flatMap((field) => app.model.filesIn(field))
      .filter((field) => this.#form.isRelevant(field));
    block(this.#button, this.#reason, waitingWords(fields.flatMap(filesOf)));
  }
}

function sampleNote(): HTMLElement {
  return h("p", { class: "demo-note" }, t("demo.note"), " ", h("a", { href: to.review }, t("demo.to-review")));
}

/** What a draft of earlier rules held that this form has no place for. */
function droppedNotice({ dropped }: Session): Child {
  if (dropped.length === 0) return null;
  const lines = dropped
    .flatMap(({ path, value }) => leaves(value, path))
    .map(([path, value]) => {
      let known = parent(path);
      while (known !== "" && Object.keys(app.model.at(known)).length === 0) known = parent(known);
      const label = known === "" ? (app.schema.procedure?.title[app.language] ?? "") : app.model.label(known, app.language);
      return h("li", {}, t("dropped-item", { value: String(value), label }));
    });
  return h(
    "section",
    { class: "note-summary", id: "dropped", "aria-labelledby": "dropped-title" },
    h("p", { id: "dropped-title" }, h("strong", {}, t("dropped-title"))),
    h("p", {}, t("dropped")),
    h("ul", {}, lines),
  );
}
