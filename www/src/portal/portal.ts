// What the demo portal adds to the form: where it is, whose signature it wants, and the dress of a few fields. The rest of
// the page knows no procedure.

import type { Language } from "hoso";
import { app } from "../state.js";
import { tIn } from "../words/index.js";
import { get } from "../schema/pointer.js";
import type { Data } from "../schema/pointer.js";

const FORM = "forms/1.001612-ho-kinh-doanh";

export const portal = {
  schema: `${FORM}/schema.json`,
  sample: `${FORM}/examples/valid/family-members.json`,
  /** The papers of the sample, by the names they have in it. */
  samplePapers: { "Ủy quyền thành viên hộ gia đình.pdf": `${FORM}/examples/files/uy-quyen-thanh-vien.pdf` } as {
    readonly [name: string]: string;
  },
  audience: "https://dichvucong.haiphong.gov.vn",
  intake: "intake",
  key: { file: "demo/citizen-ec.p12", password: "demo/password.txt" },
  trust: { root: "demo/root.pem", crl: "demo/crl.pem" },
  /** Whose certificate has to sign. */
  signerId: "/owner/personalId",
  /** What fields are filled in for by browsers: WCAG 2.2, 1.3.5 asks it of the person's own data. */
  autocomplete: {
    "/owner/name": "name",
    "/owner/birthDate": "bday",
    "/owner/phone": "tel",
    "/owner/email": "email",
    "/owner/sex": "sex",
    "/headOffice/phone": "work tel",
    "/headOffice/email": "work email",
    "/headOffice/website": "url",
  } as { readonly [pointer: string]: string },
  /** Fixed words before a field. */
  before: { "/business/name": { vi: "HỘ KINH DOANH", en: "HỘ KINH DOANH" } } as {
    readonly [pointer: string]: { readonly [language in Language]: string };
  },
  /** Units after a field. */
  after: { "/capital/amount": { vi: "đồng", en: "đồng" } } as { readonly [pointer: string]: { readonly [language in Language]: string } },
  /** A field that holds another one in words. */
  inWords: { "/capital/amount": "/capital/inWords" } as { readonly [pointer: string]: string },
};

/** The office that a dossier goes to, by the commune it names. */
export function office(data: Data, language: Language): string {
  const commune = get(data, "/headOffice/commune");
  const name = app.model.choices("/headOffice/commune", language).find((choice) => choice.value === commune)?.label;
  if (!name) return tIn("office-any", language);
  return tIn("office-of", language, { commune: language === "vi" ? `${name.charAt(0).toLowerCase()}${name.slice(1)}` : name });
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
  return { id: `H24.15-${part("year")}${part("month")}${part("day")}-${number}`, nonce: nonce() };
}

// A real portal gives the nonce. This one has no session, so the page draws it, and the intake refuses any it has seen.
function nonce(): string {
  return btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(24))))
    .replaceAll("+", "-")
    .replaceAll("/", "_");
}
