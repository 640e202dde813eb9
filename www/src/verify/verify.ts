// The page that checks a package: choose it, drop it, or paste it.

import { announce, attribute, fill, focusOn, h, type Child } from "../dom.js";
import { dropOn } from "../form/files.js";
import { errorLine } from "../form/frame.js";
import { icon, type Icon } from "../icons.js";
import { bytes } from "../input/shown.js";
import { box } from "../journey/aside.js";
import { isOfPage, sentence } from "../journey/signing.js";
import { to } from "../routes.js";
import { app } from "../state.js";
import type { View } from "../view.js";
import { t, type Key } from "../words/index.js";
import { judge, type Chosen } from "./judge.js";
import { verdictView } from "./verdict.js";

/** What is being checked. It stays when the language changes. */
let chosen: Chosen | null = null;

/** Checks this as soon as the page is open. */
export function checkNext(next: Chosen | null): void {
  chosen = next;
}

export function verifyView(): View {
  const screen = new VerifyScreen();
  return {
    title: t("verify.title"),
    main: [h("h1", { id: "title" }, t("verify.title")), screen.element],
    aside: [screen.three],
    back: app.kept && chosen ? to.receipt : to.start,
    step: null,
    shown: () => {
      if (chosen) void screen.check(chosen);
      return false;
    },
    left: () => screen.left(),
  };
}

const THREE: readonly (readonly [name: Key, more: Key, icon: Icon])[] = [
  ["verify.passed", "verify.passed-more", "passed"],
  ["verify.failed", "verify.failed-more", "failed"],
  ["verify.undecided", "verify.undecided-more", "undecided"],
];

class VerifyScreen {
  /** Beside a verdict; before there is one, the page itself explains the three. */
  readonly three = box(
    "verify.three-short",
    THREE.map(([name, more]) => h("p", {}, h("strong", {}, `${t(name)}: `), t(more))),
  );
  readonly element = h("div", { id: "verify" });
  readonly #leave = new AbortController();
  readonly #picker: HTMLInputElement;
  #turn = 0;

  constructor() {
    this.#picker = h("input", {
      type: "file",
      id: "package-input",
      accept: ".zip,application/zip",
      hidden: true,
      tabindex: -1,
      "aria-hidden": "true",
    });
    this.#picker.addEventListener("change", () => {
      const files = [...(this.#picker.files ?? [])];
      this.#picker.value = "";
      this.#take(files);
    });
    const { signal } = this.#leave;
    document.addEventListener("paste", (event) => this.#take([...(event.clipboardData?.files ?? [])]), { signal });
    // A file dropped beside the frame must not take the place of the page.
    document.addEventListener("dragover", (event) => event.dataTransfer?.types.includes("Files") && event.preventDefault(), { signal });
    document.addEventListener("drop", (event) => event.preventDefault(), { signal });
    this.#empty();
  }

  left(): void {
    this.#leave.abort();
    if (location.hash !== to.verify) chosen = null;
  }

  #empty(): void {
    this.three.hidden = true;
    const line = ([name, more, shape]: (typeof THREE)[number]): HTMLElement =>
      h("li", {}, icon(shape), h("div", {}, h("strong", {}, t(name)), h("p", {}, t(more))));
    fill(
      this.element,
      h("p", { class: "lead" }, t("verify.lead")),
      this.#zone("button"),
      h("p", { class: "hint" }, t("verify.takes")),
      h("section", {}, h("h2", {}, t("verify.three")), h("ul", { class: "checks" }, THREE.map(line))),
      h("section", {}, h("h2", {}, t("verify.offline")), h("p", {}, t("verify.offline-more"))),
    );
  }

  #zone(kind: "button" | "button outline"): HTMLElement {
    const button = h(
      "button",
      { type: "button", class: kind, id: "choose-package", on: { click: () => this.#picker.click() } },
      t("verify.choose"),
    );
    const zone = h("div", { class: "drop", id: "drop" }, button, h("span", { class: "drop-hint" }, t("verify.drop")), this.#picker);
    dropOn(zone, (files) => this.#take(files));
    return zone;
  }

  #take(files: readonly File[]): void {
    const [file] = files;
    if (!file) return;
    chosen = { name: file.name, blob: file };
    void this.check(chosen);
    if (files.length > 1) announce(t("verify.one"));
  }

  async check(next: Chosen): Promise<void> {
    const turn = (this.#turn += 1);
    const progress = h("progress", { max: Math.max(1, next.blob.size), value: 0, "aria-label": t("verify.reading") });
    this.#show(next, h("div", { class: "working" }, h("p", { role: "status" }, t("verify.reading")), progress));
    const result = await judge(next, (done) => (progress.value = done)).then(
      (judged) => verdictView(judged, () => void this.check(next)),
      (error: unknown) => this.#unread(error, next),
    );
    if (turn !== this.#turn || this.#leave.signal.aborted) return;
    this.#show(next, result);
    const verdict = this.element.querySelector<HTMLElement>("#verdict");
    if (verdict) focusOn(verdict);
    attribute(this.element, "aria-busy", null);
  }

  /** A file that cannot be read is no dossier; what the network kept from being checked is neither right nor wrong. */
  #unread(error: unknown, next: Chosen): Child {
    const answer = isOfPage(error) ? "undecided" : "failed";
    const again = h("button", { type: "button", class: "button", id: "check-again", on: { click: () => void this.check(next) } }, t("verify.retry"));
    return [
      h(
        "div",
        { class: `verdict verdict-${answer}`, id: "verdict" },
        icon(answer, "large"),
        h("div", {}, h("h2", {}, t(answer === "failed" ? "verify.not-package" : "verify.not-checked")), errorLine({ message: sentence(error) })),
      ),
      answer === "undecided" && h("div", { class: "actions no-print" }, again),
    ];
  }

  #show(next: Chosen, result: Child): void {
    this.three.hidden = false;
    fill(
      this.element,
      h(
        "div",
        { class: "file file-package" },
        icon("file"),
        h(
          "div",
          { class: "file-text" },
          h("p", { class: "file-name" }, next.name),
          h("p", { class: "hint" }, t("verify.read-here", { size: bytes(next.blob.size, app.language) })),
        ),
      ),
      result,
      h("section", { class: "no-print" }, h("h2", {}, t("verify.other")), this.#zone("button outline")),
    );
  }
}
