// What a citizen signs with: a key file, or a key that this device keeps. Where it keeps none there is nothing to choose.

import { announce, attribute, fill, h } from "../dom.js";
import { deviceKeys, type DeviceKey } from "../draft/keys.js";
import type { Item } from "../form/summary.js";
import { to } from "../routes.js";
import { app } from "../state.js";
import { t, type Key } from "../words/index.js";
import { deviceKeyList, openedOn } from "./device-keys.js";
import { KeyForm, type Purpose } from "./key-form.js";
import { sentence } from "./signing.js";

type Way = "file" | "device" | "keep";

/** What was chosen, for as long as the signing page is open; it stays when the language changes. */
let way: Way | null = null;
/** The keys of this device, once they were read. */
let known: DeviceKey[] | null = null;

export function forgetChoice(): void {
  way = known = null;
}

export class KeyChoice {
  readonly element = h("div", { id: "key-choice" });

  constructor(
    readonly problems: (items: Item[]) => void,
    readonly opened: () => void,
  ) {
    if (known) this.#draw();
    else void this.#read();
  }

  /** A browser that keeps nothing has no keys to choose from. */
  async #read(): Promise<void> {
    known = await deviceKeys().catch(() => []);
    this.#draw();
  }

  #draw(): void {
    const keys = known ?? [];
    way ??= keys.length > 0 ? "device" : "file";
    if (way === "device" && keys.length === 0) way = "file";
    const isChoice = keys.length > 0 && way !== "keep";
    fill(this.element, isChoice && this.#choice(), way === "device" ? this.#list(keys) : this.#form(way === "keep" ? "keep" : "sign"));
  }

  #choice(): HTMLElement {
    const one = (value: Way, name: Key, more: Key): HTMLElement => {
      const input = h("input", {
        type: "radio",
        name: "way",
        id: `way-${value}`,
        value,
        "aria-describedby": `way-${value}-more`,
        on: { change: () => this.#go(value) },
      });
      attribute(input, "checked", way === value);
      return h(
        "div",
        { class: "radio" },
        input,
        h("div", {}, h("label", { for: `way-${value}` }, t(name)), h("p", { class: "hint", id: `way-${value}-more` }, t(more))),
      );
    };
    return h(
      "fieldset",
      { class: "field", id: "ways" },
      h("legend", { class: "legend-h2" }, h("h2", { class: "legend-heading" }, t("sign.way"))),
      one("device", "sign.way-device", "sign.way-device-more"),
      one("file", "sign.way-file", "sign.file-hint"),
    );
  }

  #list(keys: readonly DeviceKey[]): HTMLElement {
    return deviceKeyList(keys, {
      use: (key) => void this.#use(key),
      removed: () => void this.#removed(),
      keep: () => this.#go("keep", "key-choose"),
    });
  }

  #form(purpose: Purpose): HTMLElement[] {
    const [filled, leave] = [() => void this.#filled(purpose), () => this.#go(null, "keep-key")];
    const form = new KeyForm(purpose, this.problems, filled, leave).draw();
    if (purpose === "keep") return [form];
    const go = (): void => this.#go("keep", "key-choose");
    const keep = h("button", { type: "button", class: "link", id: "keep-key", on: { click: go } }, t("device.keep"));
    return [form, h("p", { class: "keep-offer" }, keep, h("span", { class: "hint" }, t("device.keep-offer-more")))];
  }

  /** Draws another way, with the focus on what was chosen or on what comes first there. */
  #go(next: Way | null, focus = `way-${next}`): void {
    way = next;
    this.problems([]);
    this.#draw();
    document.getElementById(focus)?.focus();
  }

  async #use(key: DeviceKey): Promise<void> {
    try {
      app.opened = await openedOn(key);
      this.opened();
    } catch (error) {
      this.problems([{ issue: { message: sentence(error), level: "error" }, href: to.sign, go: () => document.getElementById("way-file")?.focus() }]);
    }
  }

  async #filled(purpose: Purpose): Promise<void> {
    if (purpose === "keep") [way, known] = [null, await deviceKeys()];
    this.opened();
    if (purpose === "keep") announce(t("device.kept", { name: app.opened?.key.certificate.name ?? "" }));
  }

  async #removed(): Promise<void> {
    await this.#read();
    document.getElementById(known?.length ? "way-device" : "key-choose")?.focus();
  }
}
