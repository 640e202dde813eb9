// The demo portal: where it is, which procedures it serves, and which of them this page is about.

import type { Language } from "hoso";
import { app } from "../state.js";
import { inWordsOf } from "../words/index.js";
import { get } from "../schema/pointer.js";
import type { Data } from "../schema/pointer.js";
import { household } from "./household.js";
import { residence } from "./residence.js";
import type { Service } from "./service.js";

export const services: readonly Service[] = [household, residence];

/** The procedure of a code; the first where the portal does not serve it. */
export const serviceOf = (code: string | null): Service => services.find((service) => service.code === code) ?? household;

/** The procedure that the address names. It is another page for each: a reload, a link and “back” then stay with it. */
export const service: Service = serviceOf(new URLSearchParams(location.search).get("procedure"));

/** The address of a view of a procedure, in the language that the address asks for. */
export function addressOf(other: Service, view: string): string {
  if (other === service) return view;
  const asked = new URLSearchParams(location.search);
  asked.set("procedure", other.code);
  return `?${asked}${view}`;
}

export const portal = {
  audience: "https://dichvucong.haiphong.gov.vn",
  intake: "intake",
  /** Where signatures get a timestamp, on this portal; nothing where the page names no authority. */
  timestamps: document.querySelector<HTMLMetaElement>('meta[name="hoso-timestamps"]')?.content || null,
  key: { file: "demo/citizen-ec.p12", password: "demo/password.txt" },
  trust: { root: "demo/root.pem", crl: "demo/crl.pem" },
};

/** The office that a dossier goes to, by the commune it names. */
export function office(data: Data, language: Language): string {
  const commune = get(data, service.commune);
  const name = app.model.choices(service.commune, language).find((choice) => choice.value === commune)?.label;
  if (!name) return inWordsOf(service.words, "office-any", language);
  const place = language === "vi" ? `${name.charAt(0).toLowerCase()}${name.slice(1)}` : name;
  return inWordsOf(service.words, "office-of", language, { commune: place });
}

/** A dossier id in the portal's way. */
export function newDossier(now: Date): { id: string; nonce: string } {
  const day = new Intl.DateTimeFormat("en-GB", {
    timeZone: "Asia/Ho_Chi_Minh",
    year: "2-digit",
    month: "2-digit",
    day: "2-digit",
  }).formatToParts(now);
  const part = (type: string): string => day.find((each) => each.type === type)?.value ?? "";
  const number = String((crypto.getRandomValues(new Uint16Array(1))[0] ?? 0) % 10_000).padStart(4, "0");
  return { id: `${service.dossiers}-${part("year")}${part("month")}${part("day")}-${number}`, nonce: nonce() };
}

// A real portal gives the nonce. This one has no session, so the page draws it, and the intake refuses any it has seen.
function nonce(): string {
  return btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(24))))
    .replaceAll("+", "-")
    .replaceAll("/", "_");
}
