// Who is about to sign, from the certificate, and whether that may be.

import type { CertificateInfo } from "hoso";
import { h, type Child } from "../dom.js";
import { errorLine } from "../form/frame.js";
import { icon } from "../icons.js";
import { civilDay, inGroups, longDate } from "../input/shown.js";
import { service } from "../portal/portal.js";
import { get, type Data } from "../schema/pointer.js";
import { app, type Opened } from "../state.js";
import { t } from "../words/index.js";
import { commonName } from "./send.js";
import { fact } from "./sheet.js";

const DAY = 86_400_000;

/** Why this certificate may not sign this dossier; nothing when it may. hoso judges the rest when it signs. */
export function fitness({ key }: Opened, form: Data, now = new Date()): string | null {
  const { personalId, notBefore } = key.certificate;
  const expired = expiry(key.certificate, now);
  if (expired !== null) return expired;
  if (now < new Date(notBefore)) return t("sign.too-early", { day: day(notBefore) });
  if (personalId === null) return t("sign.no-person");
  return personalId === get(form, service.signer(form)) ? null : t("sign.other-person");
}

/** That a certificate has expired; nothing while it has not. */
export const expiry = ({ notAfter }: CertificateInfo, now = new Date()): string | null =>
  now > new Date(notAfter) ? t("sign.expired", { day: day(notAfter) }) : null;

/** Until when a certificate is valid, with the days that are left. */
export function untilFact({ notAfter }: CertificateInfo): HTMLElement {
  const left = Math.ceil((Date.parse(notAfter) - Date.now()) / DAY);
  return fact(t(left > 0 ? "sign.until" : "sign.until-past"), [
    day(notAfter),
    left > 0 && h("span", { class: "hint" }, ` ${t("sign.days", { n: left })}`),
  ]);
}

/** The numbers that a certificate says of its holder. */
export function numberFacts({ personalId, taxCode }: CertificateInfo): Child {
  return [
    personalId !== null && fact(t("sign.person"), inGroups(personalId, "vn-personal-id")),
    taxCode !== null && fact(t("sign.tax-code"), taxCode),
  ];
}

export function signerCard({ key, fileName }: Opened, unfit: string | null, change: () => void, form: Data): HTMLElement {
  const { name, personalId, issuer, serial } = key.certificate;
  const matches = personalId !== null && personalId === get(form, service.signer(form));
  return h(
    "section",
    { class: `card signer${unfit ? " has-error" : ""}`, id: "signer", "aria-labelledby": "signer-name" },
    h("p", { class: "signer-name", id: "signer-name" }, name),
    matches && !unfit && h("p", { class: "passed" }, icon("passed"), t("sign.matches")),
    unfit && errorLine({ message: unfit }),
    h(
      "dl",
      { class: "facts-list" },
      numberFacts(key.certificate),
      fact(t("sign.issuer"), commonName(issuer)),
      untilFact(key.certificate),
      fact(t("sign.serial"), h("code", {}, (serial.toUpperCase().match(/.{1,2}/g) ?? []).join(" "))),
      fact(
        t(fileName === null ? "device.where" : "sign.file"),
        fileName ?? t("sign.way-device"),
        h("button", { type: "button", class: "link", id: "key-change", on: { click: change } }, t("sign.change")),
      ),
    ),
  );
}

const day = (moment: string): string => longDate(civilDay(new Date(moment)), app.language);
