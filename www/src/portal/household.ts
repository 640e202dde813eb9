// 1.001612: a household business.

import { get, set, type Data } from "../schema/pointer.js";
import { HOUSEHOLD } from "../words/household.js";
import type { Service } from "./service.js";

const FORM = "forms/1.001612-ho-kinh-doanh";

export const household: Service = {
  code: "1.001612",
  schema: `${FORM}/schema.json`,
  dossiers: "H24.15",
  commune: "/headOffice/commune",
  signer: () => "/owner/personalId",
  autocomplete: {
    "/owner/name": "name",
    "/owner/birthDate": "bday",
    "/owner/phone": "tel",
    "/owner/email": "email",
    "/owner/sex": "sex",
    "/headOffice/phone": "work tel",
    "/headOffice/email": "work email",
    "/headOffice/website": "url",
  },
  before: { "/business/name": { vi: "HỘ KINH DOANH", en: "HỘ KINH DOANH" } },
  after: { "/capital/amount": { vi: "đồng", en: "đồng" } },
  inWords: { "/capital/amount": "/capital/inWords" },
  words: HOUSEHOLD,
  sample: {
    values: `${FORM}/examples/valid/family-members.json`,
    papers: { "Ủy quyền thành viên hộ gia đình.pdf": `${FORM}/examples/files/uy-quyen-thanh-vien.pdf` },
    adopt: () => undefined,
    spoil,
  },
};

/** A digit is missing, and no industry is the main one. */
function spoil(values: Data): void {
  const id = get(values, "/owner/personalId");
  if (typeof id === "string") set(values, "/owner/personalId", id.replace(/^0/, ""));
  const rows = get(values, "/industries");
  if (Array.isArray(rows)) rows.forEach((row) => set(row as Data, "/isMain", false));
}
