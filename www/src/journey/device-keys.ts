// The keys that this device keeps: whose they are, how long they hold, one to sign with, and the way to remove them.

import { announce, fill, focusOn, h, type Child } from "../dom.js";
import { removeKey, type DeviceKey } from "../draft/keys.js";
import { errorLine } from "../form/frame.js";
import { civilDay, longDate } from "../input/shown.js";
import { to } from "../routes.js";
import { app, type Opened } from "../state.js";
import { t } from "../words/index.js";
import { commonName } from "./send.js";
import { fact } from "./sheet.js";
import { expiry, numberFacts, untilFact } from "./signer.js";
import { signing } from "./signing.js";

/** A key of this device, ready to sign. */
export async function openedOn({ key, chain }: DeviceKey): Promise<Opened> {
  const { keys } = await signing();
  return { key: await keys.fromCryptoKey(key, chain, { lang: app.language }), fileName: null };
}

export interface Around {
  /** Takes a key to sign with. */
  use(key: DeviceKey): void;
  /** A key is gone. */
  removed(): void;
  /** Goes on to keep another one. */
  keep(): void;
}

export function deviceKeyList(keys: readonly DeviceKey[], around: Around): HTMLElement {
  return h(
    "section",
    { id: "device-keys" },
    h("h2", {}, t("device.title")),
    h(
      "ul",
      { class: "device-keys" },
      keys.map((key, index) => card(key, index, around)),
    ),
    h(
      "div",
      { class: "actions" },
      h("button", { type: "button", class: "link", id: "keep-key", on: { click: around.keep } }, t("device.keep-other")),
      h("a", { href: to.review, class: "link-action", id: "sign-cancel" }, t("sign.cancel")),
    ),
  );
}

function card(key: DeviceKey, index: number, around: Around): HTMLElement {
  const { certificate } = key;
  const expired = expiry(certificate);
  const title = h("h3", { id: `device-key-${index}` }, certificate.name);
  const use =
    expired === null &&
    h(
      "button",
      { type: "button", class: "button outline", id: `device-use-${index}`, "aria-describedby": title.id, on: { click: () => around.use(key) } },
      t("device.use"),
    );
  return h(
    "li",
    { class: `card device-key${expired === null ? "" : " has-error"}` },
    title,
    expired !== null && errorLine({ message: t("device.expired", { day: longDate(civilDay(new Date(certificate.notAfter)), app.language) }) }),
    h(
      "dl",
      { class: "facts-list" },
      numberFacts(certificate),
      fact(t("sign.issuer"), commonName(certificate.issuer)),
      untilFact(certificate),
      fact(t("device.since"), longDate(civilDay(new Date(key.keptSince)), app.language)),
    ),
    acts(key, index, use, title.id, around),
  );
}

/** Removing is asked twice, in place. */
function acts(key: DeviceKey, index: number, use: Child, titleId: string, around: Around): HTMLElement {
  const place = h("div", { class: "card-actions" });
  const remove = async (): Promise<void> => {
    try {
      await removeKey(key);
    } catch {
      return fill(place, errorLine({ message: t("device.not-removed") }), offered());
    }
    around.removed();
    announce(t("device.removed", { name: key.certificate.name }));
  };
  const ask = (): void => {
    const question = h("p", { class: "attention" }, t("device.remove-sure", { name: key.certificate.name }));
    const stay = (): void => {
      offer();
      place.querySelector<HTMLElement>("button.link")?.focus();
    };
    fill(
      place,
      question,
      h(
        "div",
        { class: "box-acts" },
        h("button", { type: "button", class: "link", id: `device-remove-yes-${index}`, on: { click: () => void remove() } }, t("draft-delete-yes")),
        h("button", { type: "button", class: "link", on: { click: stay } }, t("draft-delete-no")),
      ),
    );
    focusOn(question);
  };
  const offered = (): HTMLElement =>
    h(
      "div",
      { class: "device-acts" },
      use,
      h(
        "button",
        { type: "button", class: "link", id: `device-remove-${index}`, "aria-describedby": titleId, on: { click: ask } },
        t("device.remove"),
      ),
    );
  const offer = (): void => fill(place, offered());
  offer();
  return place;
}
