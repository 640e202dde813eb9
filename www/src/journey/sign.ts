// Signing: choose a key, see who signs, undertake, sign once, get a timestamp where the portal has any. Leaving it goes back to the review with
// everything as it was.

import { HosoError, type Signed, type StampOptions } from "hoso";
import { announce, attribute, fill, focusOn, h, type Child } from "../dom.js";
import { errorLine } from "../form/frame.js";
import { focusSummary, showSummary, type Item } from "../form/summary.js";
import { shortDigest } from "../form/digest.js";
import { office, portal } from "../portal/portal.js";
import { go, to } from "../routes.js";
import type { Data } from "../schema/pointer.js";
import { app, type Opened, type Reason, type Session, type Waiting } from "../state.js";
import { redraw, setWrong, type View } from "../view.js";
import { t } from "../words/index.js";
import { draftBox, officeBox, whereBox } from "./aside.js";
import { forgetChoice, KeyChoice } from "./key-choice.js";
import { closeKey } from "./key-form.js";
import { keep, send } from "./send.js";
import { fitness, signerCard } from "./signer.js";
import { sentence } from "./signing.js";
import { PATIENCE, signedIn, timestamp } from "./timestamp.js";

export function signView(session: Session, waiting: Waiting): View {
  const screen = new SignScreen(session, waiting);
  return {
    title: t("sign.title"),
    main: screen.main(),
    aside: [officeBox(session.form.value as Data), draftBox(), whereBox()],
    back: to.review,
    step: "sign",
    shown: () => screen.shown(),
    left: () => screen.left(),
  };
}

/** Makes the package of a signature, with a timestamp where it is to have one. */
type Attach = (options: StampOptions) => Promise<Signed>;

/** A dossier that is signed and has no timestamp yet. */
interface Unstamped {
  readonly waiting: Waiting;
  readonly attach: Attach;
  readonly signed: Signed;
  readonly opened: Opened;
  readonly why: Reason;
}

// A change of language draws another screen; neither what is under way nor what is signed may depend on it.
let isBusy = false;
let unfinished: Unstamped | null = null;

class SignScreen {
  readonly #summary = h("div", { class: "summary-holder" });
  readonly #body = h("div", { id: "sign" });
  readonly #agree = h("input", { type: "checkbox", id: "agree", name: "agree" });
  readonly #agreeError = h("div", { class: "messages", id: "agree-messages" });

  constructor(
    readonly session: Session,
    readonly waiting: Waiting,
  ) {
    this.#draw();
  }

  main(): Child[] {
    return [this.#summary, h("h1", { id: "title" }, t("sign.title")), this.#body];
  }

  /** What could not be done has the focus, in sight. */
  shown(): boolean {
    const title = document.getElementById("unstamped-title");
    if (!title) return false;
    focusOn(title);
    title.scrollIntoView({ block: "center" });
    return true;
  }

  /** The key does not outlive the page that it was opened for. A change of language draws the same page again. */
  left(): void {
    if (location.hash === to.sign) return;
    closeKey();
    forgetChoice();
    unfinished = null;
  }

  #draw(): void {
    const { opened } = app;
    if (unfinished?.waiting === this.waiting) return this.#without(unfinished);
    if (!opened) {
      const choice = new KeyChoice(
        (problems) => this.#problems(problems),
        () => this.#opened(),
      );
      fill(this.#body, choice.element);
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
    toKeys()?.focus();
  }

  #act(): HTMLElement {
    const words = t(isBusy ? "sign.busy" : "sign.go");
    const button = h("button", { type: "submit", class: "button", id: "sign-button", "aria-disabled": isBusy && "true" }, words);
    return h(
      "form",
      { novalidate: true, id: "sign-form", on: { submit: (event) => void this.#sign(event, button) } },
      this.#undertaking(),
      this.#aboutToSign(),
      h("div", { class: "actions" }, button, h("a", { href: to.review, class: "link-action", id: "sign-cancel" }, t("sign.cancel"))),
      h("p", { class: "hint", id: "sign-once" }, t("sign.once")),
      portal.timestamps && h("p", { class: "hint", id: "sign-stamp" }, t("stamp.before")),
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
    if (isBusy || !opened) return;
    if (!this.#agree.checked)
      return this.#disagree([{ issue: { message: t("sign.agree-first"), level: "error" }, href: to.sign, go: () => this.#agree.focus() }]);
    if (this.waiting.revision !== this.session.revision) return go(to.review);
    isBusy = true;
    attribute(button, "aria-disabled", "true");
    button.textContent = t("sign.busy");
    try {
      await this.#finish(await this.#attach(opened), opened, (words) => (button.textContent = words));
    } catch (error) {
      this.#failed(error);
    } finally {
      isBusy = false;
    }
  }

  /** Signs, and gives what makes the package: as often as a timestamp is asked for, while the key signs once. */
  async #attach({ key }: Opened): Promise<Attach> {
    const { sealed } = this.waiting;
    const lang = app.language;
    const asked = await sealed.toBeSigned({ chain: key.chain, algorithm: key.algorithms[0]!, format: "jades", lang });
    const signature = await key.sign(asked.message, asked.algorithm);
    return (options) => asked.attach(signature, { lang: app.language, ...options });
  }

  /** Gets the timestamp, keeps what was signed, sends it. */
  async #finish(attach: Attach, opened: Opened, say: (words: string) => void): Promise<void> {
    const tell = (key: "stamp.asking" | "sign.sending"): void => {
      say(t(key));
      announce(t(key));
    };
    const { timestamps } = portal;
    if (timestamps) tell("stamp.asking");
    try {
      const signed = await attach(timestamps ? { timestamp, timestampTimeout: PATIENCE } : {});
      await this.#send(signed, opened, timestamps !== null, () => tell("sign.sending"));
    } catch (error) {
      const signed = signedIn(error);
      if (!signed) throw error;
      // Whatever happens from here on, the signature is there.
      await keep(this.waiting.sealed, signed, opened, false);
      unfinished = { waiting: this.waiting, attach, signed, opened, why: { message: sentence(error), language: app.language } };
      if (location.hash === to.sign) redraw();
    }
  }

  async #send(signed: Signed, opened: Opened, isStamped: boolean, tell: () => void): Promise<void> {
    const kept = await keep(this.waiting.sealed, signed, opened, isStamped);
    tell();
    await send(kept);
    app.waiting = unfinished = null;
    closeKey();
    go(to.receipt);
  }

  /** Signed, and no timestamp came: ask again, or go on without. */
  #without({ attach, signed, opened, why }: Unstamped): void {
    const again = h("button", { type: "button", class: "button", id: "stamp-again" }, t("stamp.again"));
    const without = h("button", { type: "button", class: "button outline", id: "stamp-without" }, t("stamp.without"));
    const act = (button: HTMLButtonElement, work: (say: (words: string) => void) => Promise<void>): void =>
      button.addEventListener("click", () => {
        if (isBusy) return;
        isBusy = true;
        for (const each of [again, without]) attribute(each, "aria-disabled", "true");
        void work((words) => (button.textContent = words))
          .catch((error: unknown) => this.#failed(error))
          .finally(() => (isBusy = false));
      });
    act(again, (say) => this.#finish(attach, opened, say));
    act(without, (say) => this.#send(signed, opened, false, () => say(t("sign.sending"))));
    fill(
      this.#body,
      h(
        "section",
        { class: "unstamped", id: "unstamped" },
        h("h2", { id: "unstamped-title" }, t("stamp.missing")),
        h("div", { role: "alert" }, errorLine({ message: why.language === app.language ? why.message : t("stamp.missing-why") })),
        h("p", {}, t(app.storage === "none" ? "stamp.missing-unkept" : "stamp.missing-kept")),
        h("p", {}, t("stamp.missing-more")),
        h("div", { class: "actions" }, again, without),
      ),
    );
  }

  /** The key is gone after a failure: it has to be opened again. */
  #failed(error: unknown): void {
    const isOfDevice = app.opened?.fileName === null && error instanceof HosoError && error.code === "key.failed";
    const message = isOfDevice ? t("device.failed") : sentence(error);
    closeKey();
    unfinished = null;
    if (!this.#body.isConnected) return redraw();
    this.#draw();
    this.#problems([{ issue: { message, level: "error" }, href: to.sign, go: () => toKeys()?.focus() }]);
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

/** Where a key is chosen. */
const toKeys = (): HTMLElement | null => document.getElementById("key-choose") ?? document.getElementById("way-device");
