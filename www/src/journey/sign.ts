// Signing: open a key, see who signs, undertake, sign once. Leaving it goes back to the review with everything as it was.

import { announce, attribute, fill, focusOn, h, type Child } from "../dom.js";
import { errorLine } from "../form/frame.js";
import { focusSummary, showSummary, type Item } from "../form/summary.js";
import { shortDigest } from "../form/digest.js";
import { office } from "../portal/portal.js";
import { go, to } from "../routes.js";
import type { Data } from "../schema/pointer.js";
import { app, type Session, type Waiting } from "../state.js";
import { setWrong, type View } from "../view.js";
import { t } from "../words/index.js";
import { draftBox, officeBox, whereBox } from "./aside.js";
import { closeKey, KeyForm } from "./key-form.js";
import { keep, send } from "./send.js";
import { fitness, signerCard } from "./signer.js";
import { sentence } from "./signing.js";

export function signView(session: Session, waiting: Waiting): View {
  const screen = new SignScreen(session, waiting);
  return {
    title: t("sign.title"),
    main: screen.main(),
    aside: [officeBox(session.form.value as Data), draftBox(), whereBox()],
    back: to.review,
    step: "sign",
    left: () => screen.left(),
  };
}

class SignScreen {
  readonly #summary = h("div", { class: "summary-holder" });
  readonly #body = h("div", { id: "sign" });
  readonly #agree = h("input", { type: "checkbox", id: "agree", name: "agree" });
  readonly #agreeError = h("div", { class: "messages", id: "agree-messages" });
  #isBusy = false;

  constructor(
    readonly session: Session,
    readonly waiting: Waiting,
  ) {
    this.#draw();
  }

  main(): Child[] {
    return [this.#summary, h("h1", { id: "title" }, t("sign.title")), this.#body];
  }

  /** The key does not outlive the page that it was opened for. A change of language draws the same page again. */
  left(): void {
    if (location.hash !== to.sign) closeKey();
  }

  #draw(): void {
    const { opened } = app;
    if (!opened) {
      fill(
        this.#body,
        new KeyForm(
          (problems) => this.#problems(problems),
          () => this.#opened(),
        ).draw(),
      );
      return;
    }
    const unfit = fitness(opened, this.session.form.value as Data);
    fill(
      this.#body,
      h(
        "section",
        {},
        h("h2", {}, t("sign.signer")),
        signerCard(opened, unfit, () => this.#close(), this.session.form.value as Data),
      ),
      unfit ? null : this.#act(),
    );
  }

  #opened(): void {
    this.#problems([]);
    this.#draw();
    announce(t("sign.opened", { name: app.opened?.key.certificate.name ?? "" }));
    const card = document.getElementById("signer");
    if (card) focusOn(card);
    card?.scrollIntoView({ block: "start" });
  }

  #close(): void {
    closeKey();
    this.#draw();
    document.getElementById("key-choose")?.focus();
  }

  #act(): HTMLElement {
    const button = h("button", { type: "submit", class: "button", id: "sign-button" }, t("sign.go"));
    return h(
      "form",
      { novalidate: true, id: "sign-form", on: { submit: (event) => void this.#sign(event, button) } },
      this.#undertaking(),
      this.#aboutToSign(),
      h("div", { class: "actions" }, button, h("a", { href: to.review, class: "link-action", id: "sign-cancel" }, t("sign.cancel"))),
      h("p", { class: "hint", id: "sign-once" }, t("sign.once")),
    );
  }

  #undertaking(): HTMLElement {
    this.#agree.setAttribute("aria-describedby", "undertaking-text agree-messages");
    this.#agree.addEventListener("change", () => {
      if (this.#agree.checked) this.#disagree([]);
    });
    return h(
      "section",
      { class: "field undertaking", id: "agree-field" },
      h("h2", {}, t("sign.undertaking")),
      h("p", { id: "undertaking-text" }, t("sign.undertaking-text")),
      this.#agreeError,
      h("div", { class: "radio" }, this.#agree, h("label", { for: "agree" }, t("sign.agree"))),
    );
  }

  #aboutToSign(): HTMLElement {
    const { submission, parts } = this.waiting.sealed;
    const whole = parts.find((part) => part.name === "submission.json");
    const [files, place] = [submission.attachments.length, office(this.session.form.value as Data, app.language)];
    return h(
      "section",
      { class: "sheet sheet-small", "aria-labelledby": "about-to-sign" },
      h("h2", { class: "sheet-mark", id: "about-to-sign" }, t("sign.about")),
      h(
        "p",
        {},
        h("strong", {}, app.schema.procedure?.title[app.language]),
        files > 0 ? t("sign.what-files", { n: files, office: place }) : t("sign.what-none", { office: place }),
      ),
      whole && shortDigest(whole.sha256),
      h("p", {}, h("a", { href: to.review }, t("sign.see"))),
    );
  }

  async #sign(event: Event, button: HTMLButtonElement): Promise<void> {
    event.preventDefault();
    const { opened } = app;
    if (this.#isBusy || !opened) return;
    if (!this.#agree.checked)
      return this.#disagree([{ issue: { message: t("sign.agree-first"), level: "error" }, href: to.sign, go: () => this.#agree.focus() }]);
    if (this.waiting.revision !== this.session.revision) return go(to.review);
    this.#isBusy = true;
    attribute(button, "aria-disabled", "true");
    button.textContent = t("sign.busy");
    try {
      const signed = await this.waiting.sealed.sign(opened.key, { format: "jades", lang: app.language });
      const kept = await keep(this.waiting.sealed, signed, opened);
      button.textContent = t("sign.sending");
      announce(t("sign.sending"));
      await send(kept);
      app.waiting = null;
      closeKey();
      go(to.receipt);
    } catch (error) {
      this.#failed(error);
    } finally {
      this.#isBusy = false;
    }
  }

  /** The key is gone after a failure: it has to be opened again. */
  #failed(error: unknown): void {
    closeKey();
    this.#draw();
    this.#problems([{ issue: { message: sentence(error), level: "error" }, href: to.sign, go: () => document.getElementById("key-choose")?.focus() }]);
  }

  #disagree(items: Item[]): void {
    fill(
      this.#agreeError,
      items.map(({ issue }) => errorLine(issue)),
    );
    document.getElementById("agree-field")?.classList.toggle("has-error", items.length > 0);
    attribute(this.#agree, "aria-invalid", items.length > 0 ? "true" : null);
    if (items.length > 0) this.#problems(items);
  }

  #problems(items: Item[]): void {
    showSummary(this.#summary, items);
    setWrong(items.length > 0);
    if (items.length > 0) focusSummary();
  }
}
