// The key file and its password, to sign with once or to keep the key on this device. The password is forgotten as soon as it was tried.

import { HosoError } from "hoso";
import { attribute, fill, h, type Child } from "../dom.js";
import { canKeepKeys, keepKey, type DeviceKey } from "../draft/keys.js";
import { errorLine } from "../form/frame.js";
import { focusControl } from "../form/control.js";
import type { Item } from "../form/summary.js";
import { icon } from "../icons.js";
import { bytes } from "../input/shown.js";
import { portal } from "../portal/portal.js";
import { found } from "../portal/samples.js";
import { to } from "../routes.js";
import { app, type Opened } from "../state.js";
import { t, type Key } from "../words/index.js";
import { openedOn } from "./device-keys.js";
import { expiry } from "./signer.js";
import { sentence, signing } from "./signing.js";

/** The file that was chosen, kept while the password is typed. */
let chosen: { readonly name: string; readonly size: number; readonly file: Blob } | null = null;
/** The password of the throw-away key, once the demo gave it. */
let demoPassword: string | null = null;

/** Ends an opened key, and the worker that holds it. */
export function closeKey(): void {
  app.opened?.key.dispose();
  app.opened = null;
}

/** What becomes of the key: one signature, or a place on this device. */
export type Purpose = "sign" | "keep";

const WORDS: { readonly [purpose in Purpose]: { readonly title: Key; readonly act: Key; readonly busy: Key } } = {
  sign: { title: "sign.unlock", act: "sign.open", busy: "sign.opening" },
  keep: { title: "device.keep", act: "device.keep", busy: "device.keeping" },
};

export class KeyForm {
  readonly #file = h("div", { class: "key-file" });
  readonly #fileErrors = h("div", { class: "messages", id: "key-messages" });
  readonly #passwordErrors = h("div", { class: "messages", id: "password-messages" });
  readonly #password = h("input", {
    type: "password",
    id: "password",
    name: "password",
    autocomplete: "off",
    autocapitalize: "none",
    spellcheck: "false",
    enterkeyhint: "go",
    "aria-describedby": "password-hint",
  });
  readonly #picker = h("input", {
    type: "file",
    id: "key-input",
    accept: ".p12,.pfx,application/x-pkcs12",
    hidden: true,
    tabindex: -1,
    "aria-hidden": "true",
  });
  readonly #button = h("button", { type: "submit", class: "button", id: "unlock" });
  readonly #demo = h("div", { class: "demo-key" });
  #isBusy = false;

  /** `leave` is the way out of keeping a key. */
  constructor(
    readonly purpose: Purpose,
    readonly problems: (items: Item[]) => void,
    readonly opened: () => void,
    readonly leave: () => void,
  ) {
    this.#button.textContent = t(WORDS[purpose].act);
    this.#picker.addEventListener("change", () => {
      const file = this.#picker.files?.[0];
      this.#picker.value = "";
      if (file) this.#choose(file, file.name);
    });
  }

  draw(): HTMLElement {
    this.#drawFile();
    this.#drawDemo();
    return h(
      "form",
      { novalidate: true, id: "key-form", on: { submit: (event) => void this.#unlock(event) } },
      h("h2", {}, t(WORDS[this.purpose].title)),
      this.purpose === "keep" && terms(),
      h(
        "fieldset",
        { class: "field", id: "key-field", "aria-describedby": "key-hint" },
        h("legend", { class: "legend" }, t("sign.file")),
        h("p", { class: "hint", id: "key-hint" }, t("sign.file-hint")),
        this.#fileErrors,
        this.#file,
        this.#picker,
      ),
      this.#demo,
      h(
        "div",
        { class: "field field-short", id: "password-field" },
        h("label", { for: "password" }, t("sign.password")),
        h("p", { class: "hint", id: "password-hint" }, t("sign.password-hint")),
        this.#passwordErrors,
        this.#password,
        this.#reveal(),
      ),
      h("div", { class: "actions" }, this.#button, this.#wayOut()),
    );
  }

  #wayOut(): HTMLElement {
    if (this.purpose === "sign") return h("a", { href: to.review, class: "link-action", id: "sign-cancel" }, t("sign.cancel"));
    return h("button", { type: "button", class: "link", id: "keep-cancel", on: { click: this.leave } }, t("device.keep-not"));
  }

  #drawFile(): void {
    const pick = (): void => this.#picker.click();
    fill(
      this.#file,
      chosen
        ? h(
            "div",
            { class: "file file-ready" },
            icon("file"),
            h(
              "div",
              { class: "file-text" },
              h("p", { class: "file-name" }, chosen.name),
              h("p", { class: "hint" }, bytes(chosen.size, app.language)),
            ),
            h(
              "div",
              { class: "file-actions" },
              h("button", { type: "button", class: "link", id: "key-choose", on: { click: pick } }, t("sign.change")),
            ),
          )
        : h("button", { type: "button", class: "button outline", id: "key-choose", on: { click: pick } }, t("sign.choose")),
    );
  }

  #drawDemo(): void {
    const words: Child = demoPassword && h("p", { class: "demo-note" }, t("sign.demo-more", { password: demoPassword }));
    fill(
      this.#demo,
      demoPassword
        ? words
        : h("button", { type: "button", class: "link", id: "demo-key", on: { click: () => void this.#takeDemo() } }, t("sign.demo")),
    );
  }

  #reveal(): HTMLElement {
    const button = h("button", { type: "button", class: "link", id: "reveal", "aria-controls": "password" }, t("sign.show"));
    button.addEventListener("click", () => {
      const isShown = this.#password.type === "text";
      this.#password.type = isShown ? "password" : "text";
      button.textContent = t(isShown ? "sign.show" : "sign.hide");
    });
    return button;
  }

  #choose(file: Blob, name: string): void {
    chosen = { name, size: file.size, file };
    this.#wrong(null, null);
    this.#drawFile();
    this.#password.focus();
  }

  async #takeDemo(): Promise<void> {
    try {
      const [key, password] = await Promise.all([
        found(portal.key.file).then((response) => response.blob()),
        found(portal.key.password).then((response) => response.text()),
      ]);
      demoPassword = password.trim();
      this.#drawDemo();
      this.#choose(key, "citizen-ec.p12");
    } catch {
      fill(this.#demo, this.#demo.firstChild, errorLine({ message: t("sign.demo-failed") }));
    }
  }

  async #unlock(event: Event): Promise<void> {
    event.preventDefault();
    if (this.#isBusy) return;
    const [file, password] = [chosen ? null : t("sign.no-file"), this.#password.value ? null : t("sign.no-password")];
    if (!chosen || file || password) return this.#wrong(file, password);
    this.#busy(true);
    try {
      app.opened = await (this.purpose === "sign" ? openedOnce : openedAndKept)(chosen.file, chosen.name, this.#password.value);
      this.#password.value = "";
      if (this.purpose === "keep") chosen = null;
      this.opened();
    } catch (error) {
      const message = error instanceof Unkept ? error.message : sentence(error);
      const isPassword = error instanceof HosoError && error.code === "key.wrong-password";
      this.#wrong(isPassword ? null : message, isPassword ? message : null);
    } finally {
      this.#busy(false);
    }
  }

  #busy(isBusy: boolean): void {
    this.#isBusy = isBusy;
    attribute(this.#button, "aria-disabled", isBusy ? "true" : null);
    this.#button.textContent = t(WORDS[this.purpose][isBusy ? "busy" : "act"]);
  }

  /** Says what is wrong with the file, with the password, or nothing. */
  #wrong(file: string | null, password: string | null): void {
    const items: Item[] = [];
    const say = (holder: HTMLElement, field: string, message: string | null, control: HTMLElement | null): void => {
      fill(holder, message !== null && errorLine({ message }));
      holder.closest(".field")?.classList.toggle("has-error", message !== null);
      if (message !== null)
        items.push({
          issue: { message, level: "error" },
          href: to.sign,
          go: () => control && focusControl(control, document.getElementById(field)),
        });
    };
    say(this.#fileErrors, "key-field", file, this.#file.querySelector("button"));
    say(this.#passwordErrors, "password-field", password, this.#password);
    attribute(this.#password, "aria-invalid", password === null ? null : "true");
    attribute(this.#password, "aria-describedby", password === null ? "password-hint" : "password-hint password-messages");
    attribute(this.#fileErrors.closest("fieldset") ?? this.#file, "aria-describedby", file === null ? "key-hint" : "key-hint key-messages");
    this.problems(items);
  }
}

/** Why a key does not stay on this device, in a sentence for the citizen. */
class Unkept extends Error {}

async function openedOnce(file: Blob, fileName: string, password: string): Promise<Opened> {
  const { keys } = await signing();
  return { key: await keys.fromPkcs12(file, password, { lang: app.language }), fileName };
}

async function openedAndKept(file: Blob, _: string, password: string): Promise<Opened> {
  const denied = (): never => {
    throw new Unkept(t("device.denied"));
  };
  await canKeepKeys().catch(denied);
  const { keys } = await signing();
  const imported = await keys.importPkcs12(file, password, { lang: app.language });
  const expired = expiry(imported.certificate);
  if (expired !== null) throw new Unkept(expired);
  const kept: DeviceKey = { ...imported, keptSince: new Date().toISOString() };
  await keepKey(kept).catch(denied);
  return openedOn(kept);
}

/** What it means to keep a key here, before it is done. */
function terms(): HTMLElement {
  const lines: readonly Key[] = ["device.term-who", "device.term-where", "device.term-end"];
  return h(
    "div",
    { class: "terms", id: "keep-terms" },
    h("p", {}, t("device.keep-more")),
    h(
      "ul",
      { class: "bullets" },
      lines.map((line) => h("li", {}, t(line))),
    ),
  );
}
