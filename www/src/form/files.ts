// The files of one paper: rows with progress, a frame to drop into, and a button that works for everybody.

import type { Issue } from "hoso";
import { announce, attribute, fill, focusOn, h, hidden } from "../dom.js";
import { icon } from "../icons.js";
import { bytes } from "../input/shown.js";
import { saveNow } from "../draft/autosave.js";
import { addFiles, filesOf, isBusy, onFile, readAgain, removeFile, replaceFile, stopReading } from "../journey/attach.js";
import { idOf } from "../schema/pointer.js";
import { isSigningLoaded } from "../journey/signing.js";
import type { FileEntry, FileState } from "../state.js";
import { t } from "../words/index.js";
import { shortDigest } from "./digest.js";
import { focusControl, type Context, type Control, type MakeOptions } from "./control.js";
import { errorLine, frame } from "./frame.js";

export function filesControl(context: Context, pointer: string, options: MakeOptions): Control {
  const id = idOf(pointer);
  const label = context.model.label(pointer, context.language);
  const around = frame({
    id,
    label,
    hint: context.model.hint(pointer, context.language),
    isOptional: !context.isAsked(pointer),
    kind: "several",
    heading: options.heading,
    class: "files",
  });
  const list = h("ul", { class: "file-list", "aria-label": t("file.list", { label }) });
  const picker = filePicker(pointer, id, true, (files) => add(files));
  const button = h(
    "button",
    { type: "button", class: "button outline", id: `${id}-add`, on: { click: () => void open(picker) } },
    t("file.add"),
    hidden(` ${t("file.add-for", { label })}`),
  );
  const zone = h("div", { class: "drop" }, button, h("span", { class: "drop-hint" }, t("file.drop")));
  const rows = new Map<string, FileRow>();
  const draw = (): void => {
    const files = filesOf(pointer);
    fill(
      list,
      files.map((entry) => row(entry).element),
    );
    list.hidden = files.length === 0;
    zone.hidden = files.length >= context.model.files(pointer).maxFiles;
  };
  const row = (entry: FileEntry): FileRow => {
    const known =
      rows.get(entry.id) ??
      new FileRow(entry, id, {
        redraw: draw,
        removed: () => context.refresh(pointer),
        toButton: () => (zone.hidden ? focusOn(around.element) : button.focus()),
      });
    rows.set(entry.id, known);
    return known;
  };
  const add = (files: readonly File[]): void => {
    addFiles(pointer, files);
    draw();
    context.refresh(pointer);
  };
  dropOn(zone, add);
  around.body.append(list, zone, picker);
  draw();
  let wasOnPage = false;
  const stop = onFile((entry) => {
    // Drawn anew elsewhere: this one is no longer looked at.
    if (wasOnPage && !around.element.isConnected) return stop();
    wasOnPage = around.element.isConnected;
    if (entry.field !== pointer) return;
    if (!list.contains(row(entry).element) && filesOf(pointer).includes(entry)) draw();
    row(entry).update();
    if (!isBusy(entry)) context.refresh(pointer);
  });
  return {
    pointer,
    element: around.element,
    read: () => undefined,
    show: (issues: readonly Issue[]) => around.show(issues),
    focus: () => focusControl(button, around.element.querySelector("legend")),
    ask: around.ask,
  };
}

function filePicker(pointer: string, id: string, multiple: boolean, take: (files: readonly File[]) => void): HTMLInputElement {
  const picker = h("input", {
    type: "file",
    id: `${id}-input`,
    name: pointer,
    multiple,
    hidden: true,
    tabindex: -1,
    "aria-hidden": "true",
  });
  picker.addEventListener("change", () => {
    const files = [...(picker.files ?? [])];
    // The same file may be chosen again after it was removed.
    picker.value = "";
    if (files.length > 0) take(files);
  });
  return picker;
}

async function open(picker: HTMLInputElement): Promise<void> {
  void saveNow();
  picker.click();
}

export function dropOn(zone: HTMLElement, take: (files: readonly File[]) => void): void {
  const over = (event: DragEvent, isOver: boolean): void => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    zone.classList.toggle("is-over", isOver);
  };
  zone.addEventListener("dragover", (event) => over(event, true));
  zone.addEventListener("dragleave", (event) => over(event, false));
  zone.addEventListener("drop", (event) => {
    over(event, false);
    const files = [...(event.dataTransfer?.files ?? [])];
    if (files.length > 0) take(files);
  });
}

interface Around {
  redraw(): void;
  removed(): void;
  toButton(): void;
}

class FileRow {
  readonly element = h("li", { class: "file" });
  #state = "";
  #quarter = 0;
  #progress: HTMLProgressElement | null = null;
  #percent: HTMLElement | null = null;

  constructor(
    readonly entry: FileEntry,
    readonly owner: string,
    readonly around: Around,
  ) {
    this.update();
  }

  update(): void {
    if (this.entry.state !== this.#state) this.#draw();
    if (this.entry.state === "reading") this.#advance();
  }

  #draw(): void {
    const { entry } = this;
    const first = this.#state === "";
    const hadFocus = this.element.contains(document.activeElement);
    this.#state = entry.state;
    this.element.className = `file file-${entry.state}`;
    this.element.id = `file-${entry.id}`;
    fill(
      this.element,
      icon(entry.state === "ready" ? "passed" : entry.state === "refused" || entry.state === "lost" ? "failed" : "file"),
      this.#text(),
      this.#actions(),
    );
    if (!first) this.#say();
    if (hadFocus) this.element.querySelector<HTMLElement>("button, a")?.focus();
  }

  #text(): HTMLElement {
    const { entry } = this;
    const state = {
      waiting: t(isSigningLoaded() ? "file.waiting" : "file.loading"),
      unread: t("file.unread"),
      reading: t("file.reading"),
      ready: t("file.ready"),
      refused: t("file.refused"),
      lost: t("file.lost-state"),
      stopped: t("file.stopped"),
    }[entry.state];
    const reason = { lost: t("file.lost"), unread: t("reading-failed"), refused: entry.reason?.message };
    this.#progress =
      entry.state === "reading"
        ? h("progress", { max: Math.max(1, entry.size), value: entry.done, "aria-label": t("file.progress-of", { name: entry.name }) })
        : null;
    this.#percent = this.#progress && h("p", { class: "hint", "aria-hidden": "true" });
    return h(
      "div",
      { class: "file-text" },
      h("p", { class: "file-name" }, entry.name),
      h("p", { class: "hint" }, `${bytes(entry.size, document.documentElement.lang === "en" ? "en" : "vi")} · ${state}`),
      entry.renamedFrom !== null && h("p", { class: "hint file-renamed" }, renamedWords(entry)),
      entry.state === "ready" && entry.attachment && shortDigest(entry.attachment.sha256),
      this.#progress,
      this.#percent,
      Object.entries(reason).map(([state, message]) => state === entry.state && message && errorLine({ message })),
      entry.state === "unread" && h("p", { class: "hint" }, t("reading-failed-more")),
    );
  }

  #actions(): HTMLElement {
    const { entry } = this;
    const name = hidden(` ${t("file.named", { name: entry.name })}`);
    const act = (words: string, work: () => void): HTMLElement =>
      h("button", { type: "button", class: "link", on: { click: work } }, words, name.cloneNode(true));
    const needsOther = entry.state === "refused" || entry.state === "lost";
    const picker = needsOther ? filePicker(entry.field, `file-${entry.id}`, false, ([file]) => file && this.#replace(file)) : null;
    return h(
      "div",
      { class: "file-actions" },
      isBusy(entry) && act(t("file.stop"), () => stopReading(entry)),
      (entry.state === "stopped" || entry.state === "unread") && act(t("file.read-again"), () => void readAgain(entry)),
      picker && act(t(entry.state === "lost" ? "file.again" : "file.other"), () => void open(picker)),
      picker,
      entry.state === "ready" && act(t("file.view"), () => view(entry)),
      !isBusy(entry) && act(t("remove"), () => this.#remove()),
    );
  }

  #replace(file: File): void {
    replaceFile(this.entry, file);
    this.around.redraw();
    this.around.toButton();
  }

  #remove(): void {
    removeFile(this.entry);
    this.around.redraw();
    announce(t("file.removed", { name: this.entry.name }));
    this.around.toButton();
    this.around.removed();
  }

  #advance(): void {
    const { entry } = this;
    const percent = Math.floor((entry.done / Math.max(1, entry.size)) * 100);
    if (this.#progress) this.#progress.value = entry.done;
    if (this.#percent) this.#percent.textContent = t("file.percent", { n: percent });
    const quarter = Math.floor(percent / 25);
    // Said four times, not a hundred; and not at all for what is over at once.
    if (quarter > this.#quarter && quarter < 4) announce(t("file.progress", { n: quarter * 25, name: entry.name }));
    this.#quarter = quarter;
  }

  #say(): void {
    const { entry } = this;
    if (entry.state === "ready") announce(t("file.ready-said", { name: entry.name }));
    else if (entry.state === "stopped") announce(t("file.stopped-said", { name: entry.name }));
    else if (entry.state === "unread") announce(`${entry.name}: ${t("reading-failed")}`);
    else if (entry.state === "refused") announce(`${entry.name}: ${entry.reason?.message ?? ""}`);
  }
}

function renamedWords({ name, renamedFrom }: FileEntry): string {
  const from = renamedFrom ?? "";
  return t(/\(\d+\)(\.\w+)?$/.test(name) ? "file.renamed" : "file.name-cut", { from, to: name });
}

/** Shows a file in a tab of its own, straight from this device. */
function view(entry: FileEntry): void {
  if (!entry.blob || !entry.attachment) return;
  const url = URL.createObjectURL(new Blob([entry.blob], { type: entry.attachment.mediaType }));
  window.open(url, "_blank", "noopener");
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** The words under a button that cannot be used yet. */
export function waitingWords(files: readonly FileEntry[]): string {
  const count = (...states: FileState[]): number => files.filter((file) => states.includes(file.state)).length;
  const [reading, unread, mend] = [count("waiting", "reading"), count("unread", "stopped"), count("refused", "lost")];
  const reasons = [
    reading > 0 && t("file.wait-reading", { n: reading }),
    unread > 0 && t("file.wait-unread", { n: unread }),
    mend > 0 && t("file.wait-mend", { n: mend }),
  ].filter((reason) => reason !== false);
  return reasons.length > 0 ? t("file.wait", { reasons: reasons.join(t("and")) }) : "";
}

/** Says on a button that it cannot be used yet, and why. */
export function block(button: HTMLElement, reason: HTMLElement, words: string): void {
  attribute(button, "aria-disabled", words ? "true" : null);
  attribute(button, "aria-describedby", words ? reason.id : null);
  reason.textContent = words;
  reason.hidden = words === "";
}
