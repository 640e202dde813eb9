// The receipt: what was signed, what happens next, and everything to keep. It also waits for a network, when there was none.

import { announce, fill, focusOn, h, type Child } from "../dom.js";
import { DAYS } from "../draft/store.js";
import { shortDigest } from "../form/digest.js";
import { errorLine } from "../form/frame.js";
import { icon } from "../icons.js";
import { bytes, moment } from "../input/shown.js";
import { addressOf, portal, serviceOf } from "../portal/portal.js";
import { to } from "../routes.js";
import { app, type Kept } from "../state.js";
import { redraw, type View } from "../view.js";
import { inWordsOf, t, type Key } from "../words/index.js";
import { box } from "./aside.js";
import { download } from "./download.js";
import { forget, send, update, type Sent } from "./send.js";
import { checkNext } from "../verify/verify.js";
import { fact } from "./sheet.js";

export function receiptView(): View {
  const { kept } = app;
  return kept ? full(kept) : empty();
}

function empty(): View {
  return {
    title: t("receipt.none"),
    main: [
      h("h1", { id: "title" }, t("receipt.none")),
      h("p", { class: "lead" }, t("receipt.none-more", { days: DAYS })),
      h("p", {}, h("a", { href: to.verify }, t("footer-verify"))),
    ],
    aside: [],
    back: to.start,
    step: null,
  };
}

function full(kept: Kept): View {
  const title = t(kept.sent ? "receipt.title" : kept.refused === null ? "receipt.title-unsent" : "receipt.title-refused");
  const sender = kept.sent ? null : new Sender(kept);
  return {
    title,
    main: [
      h("h1", { id: "title" }, title),
      h(
        "p",
        { class: kept.sent ? "passed" : "hint" },
        kept.sent && icon("passed"),
        t(kept.sent ? "receipt.sent" : "receipt.signed", { when: moment(new Date(kept.sent?.at ?? kept.signedAt), app.language) }),
      ),
      reference(kept),
      sender?.element,
      kept.sent && h("p", {}, t("receipt.not-form")),
      kept.sent && next(kept),
      keepBox(kept),
      signedSheet(kept),
      elsewhere(kept),
      h(
        "div",
        { class: "actions no-print" },
        h("button", { type: "button", class: "button outline", id: "print", on: { click: () => print() } }, t("receipt.print")),
        h(
          "a",
          {
            href: to.verify,
            class: "link-action",
            id: "verify-this",
            on: { click: () => checkNext({ name: kept.fileName, blob: kept.package }) },
          },
          t("receipt.verify"),
        ),
      ),
    ],
    aside: [
      box("draft", h("p", {}, t(kept.sent ? "receipt.draft-gone" : "receipt.draft-kept"))),
      deviceBox(),
      box("receipt.questions", h("p", {}, t("receipt.questions-more"))),
    ],
    back: null,
    step: null,
    left: () => sender?.left(),
  };
}

function reference(kept: Kept): HTMLElement {
  return h(
    "div",
    { class: "panel", id: "reference" },
    h("p", { class: "hint" }, t("receipt.dossier")),
    h("p", { class: "reference" }, kept.dossier),
    h("p", {}, t("receipt.for", { title: (kept.title ?? app.schema.procedure?.title)?.[app.language] ?? "", office: kept.office[app.language] })),
  );
}

/** Sends again: when asked, and by itself when the network is back. */
class Sender {
  readonly #state = h("div", { role: "status" });
  readonly #button: HTMLButtonElement;
  readonly element: HTMLElement;
  readonly #online = (): void => void this.#send();
  #isBusy = false;

  constructor(readonly kept: Kept) {
    this.#button = h(
      "button",
      { type: "button", class: "button", id: "send-again", on: { click: () => void this.#send() } },
      t("receipt.send"),
    );
    const words =
      kept.refused === null
        ? h("p", {}, t("receipt.unsent", { days: DAYS }))
        : [
            h("h2", {}, t("receipt.answer")),
            errorLine({ message: kept.refused }),
            h("p", {}, h("a", { href: addressOf(serviceOf(kept.procedure), to.review) }, t("receipt.mend"))),
          ];
    this.element = h(
      "section",
      { class: "unsent" },
      words,
      this.#state,
      kept.refused === null && h("div", { class: "actions no-print" }, this.#button),
    );
    if (kept.refused === null) addEventListener("online", this.#online);
  }

  left(): void {
    removeEventListener("online", this.#online);
  }

  async #send(): Promise<void> {
    if (this.#isBusy) return;
    this.#isBusy = true;
    this.#button.textContent = t("receipt.sending");
    const sent = await send(this.kept);
    this.#isBusy = false;
    this.#button.textContent = t("receipt.send");
    if (sent === "sent" || sent === "refused") return redraw({ focus: true });
    fill(this.#state, errorLine({ message: t(WHY[sent]) }));
  }
}

const WHY: { readonly [sent in Exclude<Sent, "sent" | "refused">]: Key } = { offline: "receipt.offline", "no-office": "receipt.no-office" };

function next(kept: Kept): HTMLElement {
  const { words } = serviceOf(kept.procedure);
  const step = (title: string, more: string): HTMLElement => h("li", {}, h("strong", {}, title), h("p", {}, more));
  return h(
    "section",
    { class: "no-print-break" },
    h("h2", {}, t("receipt.next")),
    h(
      "ol",
      { class: "next-steps" },
      step(t("receipt.next-1"), t("receipt.next-1-more")),
      step(t("receipt.next-2"), t("receipt.next-2-more")),
      step(inWordsOf(words, "receipt.next-3"), inWordsOf(words, "receipt.next-3-more")),
    ),
  );
}

function keepBox(kept: Kept): HTMLElement {
  const json = new Blob([JSON.stringify(receipt(kept), null, 2)], { type: "application/json" });
  const copy = new Blob([kept.view], { type: "text/html" });
  const line = (id: string, name: Key, more: string, act: () => void): HTMLElement =>
    h(
      "li",
      {},
      icon("download"),
      h("div", {}, h("button", { type: "button", class: "link strong", id, on: { click: act } }, t(name)), h("p", { class: "hint" }, more)),
    );
  const save = (): void => {
    download(kept.package, kept.fileName);
    void update({ ...(app.kept ?? kept), downloaded: true });
  };
  return h(
    "section",
    { class: "no-print" },
    h("h2", {}, t("receipt.keep")),
    h(
      "ul",
      { class: "downloads" },
      line("download-package", "receipt.package", t("receipt.package-more", { size: bytes(kept.package.size, app.language) }), save),
      line("download-copy", "receipt.copy", t("receipt.copy-more", { size: bytes(copy.size, app.language) }), () =>
        download(copy, t("review.copy-name", { dossier: kept.dossier })),
      ),
      line("download-receipt", "receipt.json", t("receipt.json-more", { size: bytes(json.size, app.language) }), () =>
        download(json, t("receipt.json-name", { dossier: kept.dossier })),
      ),
    ),
  );
}

function receipt(kept: Kept): object {
  const { dossier, procedure, fileName, signedAt, signer, parts, sent, isStamped = false } = kept;
  const [sentAt, reference] = [sent?.at ?? null, sent?.reference ?? null];
  return { dossier, procedure, package: fileName, signedAt, timestamp: isStamped, sentAt, reference, signer, parts };
}

function signedSheet(kept: Kept): HTMLElement {
  return h(
    "section",
    { class: "sheet", id: "signed-sheet", "aria-labelledby": "signed-title" },
    h(
      "p",
      { class: "sheet-mark" },
      t("receipt.signed-mark"),
      h("span", { class: "plain" }, ` ${t("receipt.signed-at", { when: moment(new Date(kept.signedAt), app.language, true) })}`),
    ),
    h("h2", { id: "signed-title" }, t("receipt.what")),
    h(
      "dl",
      { class: "facts-list" },
      fact(t("sign.signer"), [kept.signer.name, h("p", { class: "hint" }, kept.signer.issuer)]),
      (kept.isStamped || portal.timestamps) && fact(t("stamp.fact"), t(kept.isStamped ? "stamp.there" : "stamp.not-there")),
      partFacts(kept.parts),
    ),
  );
}

type Part = Pick<Kept["parts"][number], "name" | "sha256"> & { readonly fileName?: string | null; readonly size?: number };

/** The parts of a dossier, by what people call them. */
export function partFacts(parts: readonly Part[]): HTMLElement[] {
  const names: { readonly [name: string]: Key } = {
    "form.json": "part.form",
    "view.html": "part.view",
    "schema.json": "part.schema",
    "submission.json": "part.submission",
  };
  let file = 0;
  return parts.map((part) => {
    const known = names[part.name];
    const name = known ? t(known) : t("part.file", { n: (file += 1) });
    const size = part.size !== undefined && part.fileName ? ` · ${bytes(part.size, app.language)}` : "";
    return fact(name, [part.fileName ? `${part.fileName}${size}` : part.name, shortDigest(part.sha256)]);
  });
}

function elsewhere(kept: Kept): HTMLElement {
  return h(
    "section",
    { class: "no-print-break" },
    h("h2", {}, t("receipt.elsewhere")),
    h("p", {}, t("receipt.elsewhere-more")),
    h(
      "pre",
      { class: "command", tabindex: 0, role: "region", "aria-label": t("receipt.elsewhere") },
      `hoso verify ${kept.fileName} --trust root.pem --crl crl.pem`,
    ),
  );
}

/** On a device that others use too, the dossier can be taken off it. */
function deviceBox(): HTMLElement {
  const act = h("div", { class: "box-act" });
  const remove = async (): Promise<void> => {
    await forget();
    redraw({ focus: true });
    announce(t("receipt.none"));
  };
  const offer = (): void =>
    fill(act, h("button", { type: "button", class: "link", id: "delete-signed", on: { click: ask } }, t("receipt.delete")));
  const ask = (): void => {
    const question: HTMLElement = h(
      "p",
      { class: "attention" },
      t(app.kept?.downloaded ? "receipt.delete-sure-kept" : "receipt.delete-sure"),
    );
    const keep = (): void => {
      offer();
      act.querySelector("button")?.focus();
    };
    const buttons: Child = [
      h("button", { type: "button", class: "link", id: "delete-signed-yes", on: { click: () => void remove() } }, t("draft-delete-yes")),
      h("button", { type: "button", class: "link", on: { click: keep } }, t("draft-delete-no")),
    ];
    fill(act, question, h("div", { class: "box-acts" }, buttons));
    focusOn(question);
  };
  offer();
  return h("div", { class: "no-print" }, box("receipt.device", h("p", {}, t("receipt.device-more", { days: DAYS })), act));
}
