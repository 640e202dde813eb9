// The sheet: exactly what a signature covers, read from the sealed bytes and from nothing else.

import type { Form, Json, Sealed } from "hoso";
import { h, hidden, type Child } from "../dom.js";
import { fullDigest, shortDigest } from "../form/digest.js";
import { bytes, moment, shown } from "../input/shown.js";
import { to } from "../routes.js";
import { Model, text, type Page, type Rules } from "../schema/model.js";
import { child, get, idOf, isObject, lastToken, leaves, within, type Data } from "../schema/pointer.js";
import { isRelevant } from "../schema/place.js";
import { app } from "../state.js";
import { t } from "../words/index.js";

/** The whole form on a sheet with its spine. */
export function sheet(sealed: Sealed): HTMLElement {
  return new Sheet(sealed).draw();
}

/** A row of a list of facts. */
export function fact(name: Child, value: Child, act: Child = null): HTMLElement {
  return h("div", { class: "fact" }, h("dt", {}, name), h("dd", {}, value), act && h("dd", { class: "fact-act" }, act));
}

class Sheet {
  readonly #model: Model;
  readonly #form: Data;
  readonly #asked: Form;
  /** What stands on the sheet so far. Whatever is left over is shown at the end: nothing is signed unseen. */
  readonly #shown: string[] = [];

  constructor(readonly sealed: Sealed) {
    this.#model = new Model(JSON.parse(sealed.document("schema.json")) as Rules);
    this.#form = JSON.parse(sealed.document("form.json")) as Data;
    this.#asked = app.schema.open(this.#form);
  }

  draw(): HTMLElement {
    const files = this.sealed.submission.attachments.length;
    return h(
      "section",
      { class: "sheet", id: "sheet", "aria-labelledby": "sheet-mark sheet-title" },
      h("p", { class: "sheet-mark", id: "sheet-mark" }, t("review.sheet")),
      h("p", { class: "hint" }, files > 0 ? t("review.count", { n: files }) : t("review.count-none")),
      h("h2", { id: "sheet-title" }, app.schema.procedure?.title[app.language] ?? ""),
      this.#model.pages.map((page) => this.#page(page)),
      this.#leftOver(),
      this.#about(),
    );
  }

  #page(page: Page): HTMLElement | null {
    const isOne = page.groups.length === 1;
    const groups = page.groups.map((group) => {
      const rows = group.fields.map((field) => this.#row(field, page)).filter((row) => row !== null);
      if (rows.length === 0) return null;
      const heading = !isOne && group.owner !== "" && h("h4", {}, this.#model.label(group.owner, app.language));
      return [heading, h("dl", { class: "facts-list" }, rows)];
    });
    if (groups.every((group) => group === null)) return null;
    return h("section", { class: "sheet-page" }, h("h3", {}, text(page.title, app.language)), groups);
  }

  #row(pointer: string, page: Page): HTMLElement | null {
    if (!isRelevant(this.#asked, pointer)) return null;
    const value = get(this.#form, pointer);
    const label = this.#model.label(pointer, app.language);
    // What the form makes for everybody cannot be changed.
    const edit =
      this.#model.kind(pointer) !== "fixed" &&
      h("a", { href: to.edit(page.id, idOf(pointer)), id: `edit-${idOf(pointer)}` }, t("review.edit"), hidden(` ${label}`));
    const row = fact(label, value === undefined ? h("span", { class: "hint" }, t("review.empty")) : this.#value(pointer, value), edit);
    if (Array.isArray(value) && value.some(isObject) && this.#model.kind(pointer) !== "files") row.classList.add("fact-wide");
    // The heading of the page has said it.
    if (label === text(page.title, app.language) && page.groups.flatMap((group) => group.fields).length === 1)
      row.classList.add("fact-sole");
    return row;
  }

  #value(pointer: string, value: Json): Child {
    if (this.#model.kind(pointer) === "files" && Array.isArray(value)) return this.#files(pointer, value as Json[]);
    if (Array.isArray(value)) return this.#rows(pointer, value as Json[]);
    if (isObject(value)) return this.#group(pointer, value);
    this.#shown.push(pointer);
    if (this.#model.kind(pointer) === "code") {
      const { options } = this.#asked.field(pointer);
      return options.find(({ code }) => code === value)?.label ?? String(value);
    }
    return shown(this.#model, pointer, value, app.language, { yes: t("yes"), no: t("no") });
  }

  #group(pointer: string, value: Data): HTMLElement {
    const named = this.#model.fields(pointer).filter((name) => Object.hasOwn(value, name));
    if (named.length === 0) return h("span", { class: "hint" }, t("review.empty"));
    return h(
      "dl",
      { class: "inner" },
      named.map((name) =>
        fact(this.#model.label(child(pointer, name), app.language), this.#value(child(pointer, name), value[name] as Json)),
      ),
    );
  }

  #rows(pointer: string, rows: Json[]): HTMLElement {
    return h(
      "ol",
      { class: "inner-rows" },
      rows.map((row, index) =>
        h(
          "li",
          {},
          isObject(row) && h("strong", {}, t("row", { label: this.#model.label(child(pointer, index), app.language), row: index + 1 })),
          this.#value(child(pointer, index), row),
        ),
      ),
    );
  }

  #files(pointer: string, files: Json[]): HTMLElement {
    this.#shown.push(pointer);
    return h(
      "ul",
      { class: "inner-files" },
      files.map((file) =>
        h(
          "li",
          {},
          String(get(file, "/name")),
          h("p", { class: "hint" }, bytes(Number(get(file, "/size")), app.language)),
          shortDigest(String(get(file, "/sha256"))),
        ),
      ),
    );
  }

  /** What no page of the form names. */
  #leftOver(): Child {
    const rest = leaves(this.#form, "").filter(([pointer]) => !this.#shown.some((place) => within(pointer, place)));
    if (rest.length === 0) return null;
    return h(
      "section",
      { class: "sheet-page" },
      h("h3", {}, t("review.other")),
      h(
        "dl",
        { class: "facts-list" },
        rest.map(([pointer, value]) =>
          fact(
            `${this.#model.label(pointer, app.language)} (${lastToken(pointer)})`,
            shown(this.#model, pointer, value, app.language, { yes: t("yes"), no: t("no") }),
          ),
        ),
      ),
    );
  }

  #about(): HTMLElement {
    const { submission, parts } = this.sealed;
    const whole = parts.find((part) => part.name === "submission.json");
    return h(
      "section",
      { class: "sheet-page" },
      h("h3", {}, t("review.about")),
      h(
        "dl",
        { class: "facts-list" },
        fact(t("review.dossier"), submission.dossier.id),
        fact(t("review.audience"), submission.audience),
        fact(t("review.created"), moment(new Date(submission.createdAt), app.language, true)),
        fact(t("review.schema"), [t("review.version", { version: submission.procedure.version }), shortDigest(submission.schema.sha256)]),
      ),
      h("h3", {}, t("review.digest")),
      h("p", { class: "hint" }, t("review.digest-more")),
      whole && fullDigest(whole.sha256),
    );
  }
}
