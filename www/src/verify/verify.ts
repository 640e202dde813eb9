// The page that checks a dossier or a signed file: choose it, drop it, or paste it, with what was signed where that lies beside it.

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
import { judge, lacksContent, type Chosen, type Named } from "./judge.js";
import { verdictView } from "./verdict.js";

/** What is being checked. It stays when the language changes. */
let chosen: Chosen | null = null;

/** Checks this as soon as the page is open. */
export function checkNext(next: Named): void {
  chosen = { ...next, contents: [] };
}

/** What holds a signature, by the name's ending: of several files it is the one to check, and the others are what it is over. */
const SIGNED = /\.(?:hoso\.zip|asic[es]|sc[es]|p7[smb]|sig|jws|jose|jose\.json)$/i;

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
  readonly #picker = picker("package-input", (files) => this.#take(files));
  readonly #contents = picker("content-input", (files) => this.#add(files));
  #turn = 0;
  /** The last verdict lacks what was signed. */
  #isWaiting = false;

  constructor() {
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
    // What comes to a signature that waits for its document is that.
    if (this.#isWaiting && !files.some(({ name }) => SIGNED.test(name))) return this.#add(files);
    const file = files.find(({ name }) => SIGNED.test(name)) ?? files[0];
    if (!file) return;
    const others = files.filter((each) => each !== file);
    // Each of several signed files is a question of its own.
    const contents = others.filter(({ name }) => !SIGNED.test(name));
    chosen = { ...named(file), contents: contents.map(named) };
    void this.check(chosen);
    if (contents.length < others.length) announce(t("verify.one"));
  }

  /** What was signed, for a signature that lies beside it. */
  #add(files: readonly File[]): void {
    if (!chosen || files.length === 0) return;
    chosen = { ...chosen, contents: files.map(named) };
    void this.check(chosen);
  }

  async check(next: Chosen): Promise<void> {
    const turn = (this.#turn += 1);
    this.#isWaiting = false;
    const progress = h("progress", { max: Math.max(1, next.blob.size), value: 0, "aria-label": t("verify.reading") });
    this.#show(next, h("div", { class: "working" }, h("p", { role: "status" }, t("verify.reading")), progress));
    const result = await judge(next, (done) => (progress.value = done)).then(
      (judged) => {
        this.#isWaiting = turn === this.#turn && lacksContent(judged);
        return verdictView(judged, { again: () => void this.check(next), add: () => this.#contents.click() });
      },
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
      [next, ...next.contents].map(fileRow),
      this.#contents,
      result,
      h("section", { class: "no-print" }, h("h2", {}, t("verify.other")), this.#zone("button outline")),
    );
  }
}

const named = (file: File): Named => ({ name: file.name, blob: file });

function fileRow({ name, blob }: Named): HTMLElement {
  return h(
    "div",
    { class: "file file-package" },
    icon("file"),
    h(
      "div",
      { class: "file-text" },
      h("p", { class: "file-name" }, name),
      h("p", { class: "hint" }, t("verify.read-here", { size: bytes(blob.size, app.language) })),
    ),
  );
}

/** A chooser that buttons open. It takes any file: systems know few of these endings. */
function picker(id: string, take: (files: readonly File[]) => void): HTMLInputElement {
  const input = h("input", { type: "file", id, multiple: true, hidden: true, tabindex: -1, "aria-hidden": "true" });
  input.addEventListener("change", () => {
    const files = [...(input.files ?? [])];
    input.value = "";
    take(files);
  });
  return input;
}
